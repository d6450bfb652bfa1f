"""Flags: raised, answered, decided by two, and what became of each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, content_of, render, typed_in
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms import FindFlag, OpinionOnFlag, RaiseFlag, ReopenFlag, ReplyFlag
from bermitra.registry.models import Partner, RiskFlag
from bermitra.registry.queries.dealings import places_of
from bermitra.registry.queries.flags import flag_facts, flags_visible_to, with_history
from bermitra.registry.queries.words import said
from bermitra.registry.rules import FLAG_FLOW, FLAG_OPEN, RESOLVING_A_FLAG, FlagState
from bermitra.registry.views.common import open_doors

PAGE = 50
KINDS: dict[str, str] = {
    FlagState.RAISED: "late", FlagState.REPLIED: "doing", FlagState.CONFIRMED: "fix", FlagState.CLEARED: "ok",
}  # fmt: skip
EVIDENCE = 0  # the file it was raised with; those of replies go by their round


def risk_flags(request: HttpRequest) -> HttpResponse:
    """What was raised against partners, the newest first; read on from the last one shown."""
    form = FindFlag(request.GET or None)
    found = flags_visible_to(person_of(request))
    states = FindFlag.STATES.get(form.cleaned_data["keadaan"]) if form.is_valid() else None
    if states:
        found = found.filter(state__in=states)
    last = found.filter(code=request.GET.get("setelah", "")).first()
    if last is not None:
        found = found.filter(pk__lt=last.pk)
    page = list(found.order_by("-pk")[: PAGE + 1])
    chosen = {"keadaan": form.cleaned_data["keadaan"]} if states else {}
    context = {
        "form": form,
        "items": [flag_item(each) for each in page[:PAGE]],
        "next": _next({**chosen, "setelah": page[PAGE - 1].code}) if len(page) > PAGE else "",
    }
    return render(request, "registry/risk_flags.html", context)


def _next(asked: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in asked.items())


def flag_item(flag: RiskFlag) -> dict[str, Any]:
    return {
        "url": reverse("page.risk_flag", args=[flag.code]),
        "title": _("%(kind)s: %(partner)s") % {"kind": flag_kind(flag), "partner": flag.partner.name},
        "small": f"{flag.region.name} · {_office(flag.raised_as)}",
        "state": _(flag.label.staff),
        "kind": KINDS[flag.state],
    }


def flag_kind(flag: RiskFlag) -> str:
    return said(book().flags[flag.kind].name)


def _office(role: str) -> str:
    return _(roles.BY_KEY[role].name) if role in roles.BY_KEY else _("Sistem")


def risk_flag(request: HttpRequest, code: str) -> HttpResponse:
    person, today = person_of(request), clock.today()
    flag = get_object_or_404(with_history(flags_visible_to(person)), code=code)
    own = may_open(person, "registry.reply_flag", flag.reach())
    opinion = next(
        (each for each in flag.reviews.all() if each.round == flag.round and each.reviewed_by == person.code), None
    )
    doors = open_doors(person, _doors(flag, person, said_so=opinion is not None), flag, code)
    context = {
        "flag": flag,
        "kind_name": flag_kind(flag),
        "state_word": _(flag.label.staff),
        "state_kind": KINDS[flag.state],
        "raised_as": _office(flag.raised_as),
        "counts": flag.counts_on(today),
        "open": flag.state in FLAG_OPEN,
        "said_so": opinion is not None and flag.state in FLAG_OPEN,
        "history": _history(flag, own=own),
        "findings": _findings(flag, person) if flag.state in FLAG_OPEN and not own else (),
        "next": next((each for each in doors if each["says"]), None),
        "doors": doors,
        "example": flag.partner.example,
    }
    return render(request, "registry/risk_flag.html", context)


def _doors(flag: RiskFlag, person: Person, *, said_so: bool) -> list[str]:
    """What can be done with it now; whoever raised it, or has said so already, is asked for no opinion."""
    doors: list[str] = [
        each for each in ("registry.reply_flag", "registry.reopen_flag") if each in FLAG_FLOW.open_doors(flag.state)
    ]
    if flag.state in FLAG_OPEN and not said_so and flag.raised_by != person.code:
        second = any(each.round == flag.round for each in flag.reviews.all())
        doors += ["registry.resolve_flag", "registry.review_flag"] if second else ["registry.review_flag"]
    return doors


def _findings(flag: RiskFlag, person: Person) -> tuple[Finding, ...]:
    """RG-14 as it stands for whoever would decide now, with the opinion that more people have."""
    of_round = [each.proven for each in flag.reviews.all() if each.round == flag.round]
    likelier = of_round.count(True) >= of_round.count(False)
    held = standing(flag.region_id)
    facts = flag_facts(flag, held, clock.today(), proven=likelier, by=person.code)
    return examine(RESOLVING_A_FLAG, facts, held)


def _history(flag: RiskFlag, *, own: bool) -> list[dict[str, Any]]:
    """Everything said, in its order. The partner reads opinions once they have become a decision."""
    told = [
        {"at": flag.raised_at, "title": _("Dipasang: %(office)s") % {"office": _office(flag.raised_as)}, "text": flag.seen,
         "source": flag.source, "file": EVIDENCE if flag.file_id else None}
    ]  # fmt: skip
    told += [
        {
            "at": each.replied_at,
            "title": _("Hak jawab mitra"),
            "text": each.text,
            "file": each.round if each.file_id else None,
        }
        for each in flag.replies.all()
    ]
    decided = flag.state not in FLAG_OPEN
    told += [
        {
            "at": each.reviewed_at,
            "title": f"{_office(each.reviewed_as)}: {_('terbukti') if each.proven else _('tidak terbukti')}",
            "text": each.reason,
        }
        for each in flag.reviews.all()
        if not own or decided or each.round < flag.round
    ]
    told += [
        {"at": each.reopened_at, "title": _("Dibuka ulang: %(office)s") % {"office": _office(each.reopened_as)}, "text": each.reason}
        for each in flag.reopenings.all()
    ]  # fmt: skip
    return sorted(told, key=lambda each: each["at"])


def flag_file(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """The evidence, or the file of a reply: whoever reads the flag reads them, the partner among them."""
    flag = get_object_or_404(flags_visible_to(person_of(request)), code=code)
    file = flag.file if part == EVIDENCE else next((e.file for e in flag.replies.filter(round=part)), None)
    if file is None:
        raise Http404
    return download(file)


def raise_flag(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    partner = get_object_or_404(Partner.objects.filter(merged_into=None), code=code)
    region = _place(person, partner)
    if region is None:
        raise Http404
    form = RaiseFlag(**typed_in(request))

    def does() -> RiskFlag:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        return actions.raise_flag(by=by(request), partner=partner, region=region, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Pasang tanda risiko"),
        lede=_("%(partner)s membaca isian dan berkas ini, dan berhak menjawab sebelum dua orang memutuskan.")
        % {"partner": partner.name},
        verb=_("Pasang tanda risiko"),
        says=_("Tanda risiko terpasang. Mitra sudah diberi tahu."),
        back=reverse("page.risk_flags"),
        go=lambda flag: reverse("page.risk_flag", args=[flag.code]),
        example=partner.example,
    )


def _place(person: Person, partner: Partner) -> Region | None:
    """The first place of an office of this person that may raise flags, and has to do with the partner."""
    places = places_of(partner)
    regions = (office.region for office in person.offices)
    return next(
        (
            each
            for each in regions
            if each and each.code in places and may_open(person, "registry.raise_flag", each.reach())
        ),
        None,
    )


def _flag(request: HttpRequest, code: str) -> tuple[RiskFlag, dict[str, Any]]:
    flag = get_object_or_404(flags_visible_to(person_of(request)), code=code)
    return flag, {"back": reverse("page.risk_flag", args=[code]), "example": flag.partner.example}


def reply_flag(request: HttpRequest, code: str) -> HttpResponse:
    flag, common = _flag(request, code)
    form = ReplyFlag(**typed_in(request))

    def does() -> RiskFlag:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        return actions.reply_flag(by=by(request), flag=flag, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Gunakan hak jawab"),
        lede=flag.seen,
        verb=_("Kirim jawaban"),
        says=_("Jawaban terkirim. Dua pemeriksa akan memutuskan."),
        **common,
    )


def review_flag(request: HttpRequest, code: str) -> HttpResponse:
    return _opinion(
        request,
        code,
        actions.review_flag,
        heading=_("Nilai tanda risiko"),
        lede=_("Penilaian Anda menjadi putusan bila seorang pemeriksa lain sependapat."),
        verb=_("Simpan penilaian"),
        says=_("Penilaian tersimpan. Pemeriksa kedua ditunggu."),
    )


def resolve_flag(request: HttpRequest, code: str) -> HttpResponse:
    return _opinion(
        request,
        code,
        actions.resolve_flag,
        heading=_("Putuskan tanda risiko"),
        lede=_("Bila Anda sependapat dengan pemeriksa pertama, tanda ini diputus sekarang."),
        verb=_("Putuskan"),
        says=_("Tanda risiko diputus. Mitra sudah diberi tahu."),
    )


def _opinion(request: HttpRequest, code: str, does: Any, **words: str) -> HttpResponse:
    flag, common = _flag(request, code)
    form = OpinionOnFlag(**typed_in(request))

    def act() -> Any:
        given = {"proven": form.cleaned_data["proven"] == "yes", "reason": form.cleaned_data["reason"]}
        return does(by=by(request), flag=flag, **given)

    return act_page(request, form, act, **words, **common)


def reopen_flag(request: HttpRequest, code: str) -> HttpResponse:
    flag, common = _flag(request, code)
    form = ReopenFlag(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.reopen_flag(by=by(request), flag=flag, **form.cleaned_data),
        heading=_("Buka ulang tanda risiko"),
        lede=_("Hanya fakta baru membuka ulang. Putusan lama berlaku sampai diputus lagi."),
        verb=_("Buka ulang"),
        says=_("Tanda risiko dibuka ulang. Mitra berhak menjawab lagi."),
        **common,
    )
