"""Proposals: written, sealed, read, and the acts on one of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.pages import content_of, data_of, render, sent
from bermitra.foundation.text import _ as marked
from bermitra.partnership.queries import said
from bermitra.selection import actions, criteria, forms, terms
from bermitra.selection.models import Proposal
from bermitra.selection.queries import (
    answers_late,
    content_for_partner,
    direct_of,
    files_for_partner,
    may_leave,
    newest_version,
    offer_is_written,
    opened,
    own_proposals,
    public_calls,
    public_rival_calls,
    scores_by,
    sealed_files,
    seat_of,
    vision_bounds,
    vision_is_open,
    visits_of,
    weights,
)
from bermitra.selection.rules import VISITED_IN
from bermitra.selection.views.common import (
    Step,
    asked,
    deadline_line,
    direct_shown,
    done,
    moment_line,
    own_at,
    own_partner,
    proposal_at,
    visit_shown,
)


def proposals(request: HttpRequest) -> HttpResponse:
    """A partner's own proposals, and the calls it may answer."""
    actions.close_due_calls()
    own = list(own_proposals(person_of(request)))
    answered = {each.call_id for each in own if each.state not in ("withdrawn",)}
    calls = [call for call in public_calls(open_only=True)[:50] if call.pk not in answered]
    context = {
        "own": [
            {
                "title": each.call.title if each.call else each.title,
                "url": reverse("page.proposal", args=[each.code]),
                "small": each.call.case.village.name if each.call else each.village.name if each.village else "",
                "state": _(each.label.public),
            }
            for each in own
        ],
        "calls": [
            {
                "title": call.title,
                "url": reverse("selection.draft_proposal", args=[call.code]),
                "small": f"{call.case.village.name} · {deadline_line(call)}",
            }
            for call in calls
        ],
        "rivals": rivals_asked_for({each.rival_of_id for each in own if each.state not in ("withdrawn",)}),
    }
    return render(request, "selection/proposals.html", context)


def rivals_asked_for(answered: Container[int | None]) -> list[dict[str, str]]:
    """Where villages ask for rivals of an offer that they have, without those that were answered already."""
    return [
        {
            "title": asked.asks,
            "url": reverse("page.rival_call", args=[asked.code]),
            "small": f"{asked.case.village.name} · {moment_line(asked.deadline, asked.case.village_id)}",
        }
        for asked in public_rival_calls(open_only=True)[:50]
        if asked.pk not in answered
    ]


@never_cache
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """One's own proposal with its parts, or one that was opened and that this person has read into the record."""
    person, one = person_of(request), proposal_at(request, code)
    own = any(office.party == one.partner.code for office in person.offices)
    prefetch_related_objects([one], "call__panel")
    direct = direct_of(one) if one.call else None
    sent = newest_version(one) if own or direct else opened(one, person)
    content = content_for_partner(one) if own else dict(sent.content) if sent else {}
    reach, scored = one.reach(), [] if own else scores_by(person, one)
    possible = _possible(one, own, bool(sent or direct))
    sits = seat_of(one.call, person) if one.call else None
    scores = sits is not None and sits.scores
    if one.call is not None and (not scores or one.call.round in {each.round for each in scored}):
        possible -= {"selection.score"}
    if one.call is not None and one.call.state == "scoring" and scores:  # his levels say it (FD-04)
        possible -= {"selection.disqualify"}
    context = {
        "proposal": one,
        "own": own,
        "direct": direct_shown(direct, may_open(person, "page.direct_evidence", reach)) if direct else None,
        "example": one.partner.example,
        "title": one.call.title if one.call else one.title,
        "case": one.call.case if one.call else one.case,
        "state": _(one.label.public if own else one.label.staff),
        "sent": sent,
        "shown": shown_content(one, content),
        "visions": _visions(one, content) if sent else None,
        "ticks": [said(criteria.statements()[each].text) for each in content.get("vision_ticks", [])],
        "files": files_for_partner(one) if own else sealed_files(sent) if sent else [],
        "writing": _writing(one) if own else [],
        "readings": list(one_readings(one)) if own else [],
        "visits": _visits(one) if sent and one.call and not own else [],
        "scored": [
            {
                "criterion": said(criteria.criteria()[each.criterion].name),
                "level": each.level,
                "reason": each.reason,
                "round": each.round,
            }
            for each in scored
        ],
        "doors": [
            {"url": reverse(door, args=[code]), "verb": _(PROPOSAL_STEPS[door].title)}
            for door in PROPOSAL_STEPS
            if door in possible and may_open(person, door, reach)
        ],
        "judged": one.call is not None and one.state in NOT_PROPOSED and one.feedback.exists(),
        "answering": answering(one),
        "back": reverse("page.proposals")
        if own
        else reverse("page.selection" if one.call else "page.case", args=[_case_code(one)]),
    }
    return render(request, "selection/proposal.html", context)


# Who may have a sheet of its levels, or the reason why it was out.
NOT_PROPOSED = frozenset({"ranked", "admissible", "disqualified", "withdrawn", "lapsed", "not_chosen"})


def answering(one: Proposal) -> dict[str, str]:
    """Until when the village answers an own offer, or its partner repairs it, and how late that is; nothing otherwise."""
    if one.call is not None or one.answer_due is None or one.case is None:
        return {}
    repairing, late = one.case.state == "returned_to_partner", answers_late(one, clock.today())
    says = _("Perbaiki paling lambat %(day)s.") if repairing else _("Desa menjawab paling lambat %(day)s.")
    words = ngettext("Terlambat %(n)s hari", "Terlambat %(n)s hari", late) % {"n": late} if late else ""
    return {"says": says % {"day": long_date(one.answer_due)}, "late": words}


def _visions(one: Proposal, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What both sides stand by, once neither can write by the other's answers any more."""
    if one.call is None or not vision_is_open(one.call):
        return None
    found = criteria.compare_visions(one.call.vision_ticks, content.get("vision_ticks", ()))
    words = {
        _("Dipegang keduanya"): found.shared,
        _("Hanya dipegang desa"): found.village_only,
        _("Hanya dipegang mitra"): found.partner_only,
        _("Pernyataan inti yang kurang"): found.core_missing,
    }
    return {
        "agreement": found.agreement,
        "groups": [
            (title, [said(criteria.statements()[code].text) for code in codes]) for title, codes in words.items()
        ],
    }


def _case_code(one: Proposal) -> str:
    held = one.call.case if one.call else one.case
    return held.code if held else ""


def _visits(one: Proposal) -> list[dict[str, Any]]:
    """What the panel found outside the papers, with the file that was brought along."""
    return [
        {**visit_shown(each), "url": reverse("page.site_visit_file", args=[each.code]) if each.file_id else ""}
        for each in visits_of([one.pk]).get(one.pk, [])
    ]


def one_readings(one: Proposal) -> Any:
    sent = newest_version(one)
    return sent.readings.select_related("person").order_by("at") if sent else ()


def shown_content(one: Proposal, content: Mapping[str, Any]) -> list[tuple[str, Any]]:
    names = terms.CONTENT if one.call else {**terms.EIGHT, **terms.OFFER, **terms.TAKES}
    return [(_(label), shown_value(name, content[name])) for name, label in names.items() if name in content]


def shown_value(name: str, value: Any) -> Any:
    """Money as money, yes and no as words, everything else as it was written."""
    if name in terms.MONEY:
        return rupiah(value or 0)
    if name in terms.TAKES:
        return {"yes": _("Ya"), "no": _("Tidak")}.get(value, _("Belum dijawab"))
    return value


def _writing(one: Proposal) -> list[dict[str, str]]:
    """The pages on which a partner still writes."""
    if one.call is not None:
        if one.state not in ("draft", "sealed") or one.call.state != "open":
            return []
        pages = [
            ("selection.draft_proposal", one.call.code, _("Tawaran")),
            ("selection.write_proposal", one.code, _("Jawaban atas kriteria")),
            ("selection.tick_proposal", one.code, _("Visi yang Anda pegang")),
            ("selection.attach_file", one.code, _("Berkas pendukung")),
        ]
    else:
        if not offer_is_written(one):
            return []
        pages = [
            ("selection.write_unsolicited", one.code, _("Isi usulan, bagian pertama")),
            ("selection.write_unsolicited_terms", one.code, _("Isi usulan, bagian kedua")),
            ("selection.write_unsolicited_money", one.code, _("Nilai dan jangkauan")),
            ("selection.tick_unsolicited", one.code, _("Visi yang Anda pegang")),
            ("selection.attach_file", one.code, _("Berkas pendukung")),
        ]
    return [{"url": reverse(name, args=[code]), "title": title} for name, code, title in pages]


def draft_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a proposal to a call; the same address leads back to the own one."""
    actions.close_due_calls()
    call, partner = get_object_or_404(public_calls(), code=code), own_partner(person_of(request))
    own = own_proposals(person_of(request)).filter(call=call, partner=partner, state__in=("draft", "sealed")).first()
    form = forms.Parts(data_of(request), parts=terms.OFFER, initial=content_for_partner(own) if own else {})
    if sent(request, form):
        own = actions.draft_proposal(by=by(request), partner=partner, call=call, content=form.content())
        return done(request, _("Draf usulan tersimpan."), "page.proposal", own.code)
    back = reverse("page.proposal", args=[own.code]) if own else reverse("page.proposals")
    return asked(request, form, title=call.title, verb=_("Simpan dan lanjutkan"), back=back, lede=deadline_line(call))


@dataclass(frozen=True)
class Content:
    """A page on which a partner writes a part of its proposal."""

    title: str
    parts: Mapping[str, str] | None = None  # none: the statements of vision


_FIRST = dict(list(terms.EIGHT.items())[:4])
_SECOND = dict(list(terms.EIGHT.items())[4:])
_MONEY = {**terms.FIGURES, **terms.TAKES}
CONTENTS = {
    "selection.write_proposal": Content(marked("Jawaban atas kriteria"), terms.ANSWERS),
    "selection.tick_proposal": Content(marked("Visi yang Anda pegang")),
    "selection.write_unsolicited": Content(marked("Isi usulan, bagian pertama"), _FIRST),
    "selection.write_unsolicited_terms": Content(marked("Isi usulan, bagian kedua"), _SECOND),
    "selection.write_unsolicited_money": Content(marked("Nilai dan jangkauan"), _MONEY),
    "selection.tick_unsolicited": Content(marked("Visi yang Anda pegang")),
}


def write_content(request: HttpRequest, code: str, page: str) -> HttpResponse:
    own, one = own_at(request, code), CONTENTS[page]
    held = content_for_partner(own)
    form: Any
    if one.parts is None:
        form = forms.Ticks(data_of(request), initial={"ticks": held.get("vision_ticks", [])})
    else:
        form = forms.Parts(data_of(request), parts=one.parts, initial=held)
    if sent(request, form):
        content = {"vision_ticks": form.cleaned_data["ticks"]} if one.parts is None else form.content()
        if own.call is not None:
            actions.draft_proposal(by=by(request), partner=own.partner, call=own.call, content=content)
        else:
            actions.write_unsolicited(by=by(request), proposal=own, content=content)
        return done(request, _("Draf usulan tersimpan."), "page.proposal", code)
    return asked(request, form, title=_(one.title), verb=_("Simpan"), back=reverse("page.proposal", args=[code]))


def attach_file(request: HttpRequest, code: str) -> HttpResponse:
    own = own_at(request, code)
    form = forms.Attachment(data_of(request), request.FILES or None)
    if sent(request, form):
        given = form.cleaned_data
        actions.attach_file(by=by(request), proposal=own, file=content_of(given["file"]), title=given["title"])
        return done(request, _("Berkas terlampir."), "page.proposal", code)
    return asked(
        request, form, title=_("Lampirkan berkas"), verb=_("Unggah"), back=reverse("page.proposal", args=[code])
    )


@never_cache
def proposal_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A file of a proposal: for its partner, and, where it was sealed with it, for those who have opened it."""
    person, one = person_of(request), proposal_at(request, code)
    if any(office.party == one.partner.code for office in person.offices):
        found = files_for_partner(one)
    else:
        sent = opened(one, person)
        found = sealed_files(sent) if sent else []
    for each in found:
        if each.pk == pk:
            return download(each.file)
    raise Http404


def draft_unsolicited(request: HttpRequest) -> HttpResponse:
    form = forms.Offer(data_of(request))
    if sent(request, form):
        own = actions.draft_unsolicited(by=by(request), partner=own_partner(person_of(request)), **form.cleaned_data)
        return done(request, _("Draf usulan dibuat. Isi delapan bagiannya."), "page.proposal", own.code)
    return asked(
        request, form, title=_("Usulkan kerja sama kepada desa"), verb=_("Mulai usulan"), back=reverse("page.proposals")
    )


PROPOSAL_STEPS = {
    "selection.submit_proposal": Step(
        actions.submit_proposal, marked("Kirim usulan tersegel"), marked("Kirim usulan"), marked("Usulan terkirim dan tersegel.")
    ),
    "selection.submit_unsolicited": Step(
        actions.submit_unsolicited, marked("Kirim usulan kepada desa"), marked("Kirim usulan"), marked("Usulan terkirim kepada desa.")
    ),
    "selection.submit_rival": Step(
        actions.submit_rival, marked("Kirim usulan pembanding tersegel"), marked("Kirim usulan"),
        marked("Usulan terkirim dan tersegel sampai dibandingkan."),
    ),
    "selection.withdraw_proposal": Step(
        actions.withdraw_proposal, marked("Tarik usulan"), marked("Tarik usulan"), marked("Usulan ditarik.")
    ),
    "selection.read_proposal": Step(
        actions.read_proposal, marked("Baca usulan"), marked("Baca usulan"), marked("Usulan terbuka bagi Anda; mitra melihatnya.")
    ),
    "selection.request_documents": Step(
        actions.request_documents, marked("Minta kelengkapan"), marked("Minta"), marked("Permintaan terkirim kepada mitra."),
        forms.Missing,
    ),
    "selection.complete_documents": Step(
        actions.complete_documents, marked("Lengkapi dokumen"), marked("Kirim"), marked("Kelengkapan terkirim."), forms.Completed
    ),
    "selection.disqualify": Step(
        actions.disqualify, marked("Nyatakan gugur"), marked("Nyatakan gugur"), marked("Usulan dinyatakan gugur."), forms.Reason
    ),
    "selection.accept_candidacy": Step(
        actions.accept_candidacy, marked("Terima pencalonan"), marked("Terima"), marked("Pencalonan diterima.")
    ),
    "selection.decline_candidacy": Step(
        actions.decline_candidacy, marked("Tolak pencalonan"), marked("Tolak"), marked("Pencalonan ditolak."), forms.Reason
    ),
    "selection.record_site_visit": Step(
        actions.record_site_visit, marked("Catat kunjungan atau wawancara"), marked("Simpan"), marked("Kunjungan tercatat.")
    ),
    "selection.score": Step(actions.score, marked("Beri nilai"), marked("Simpan nilai"), marked("Nilai Anda tersimpan.")),
}  # fmt: skip


def _possible(one: Proposal, own: bool, read: bool) -> frozenset[str]:
    """Acts that make sense in the state of a proposal."""
    sending = "selection.submit_unsolicited" if one.rival_of is None else "selection.submit_rival"
    written = one.call is None and offer_is_written(one)
    own_acts = {
        "draft": {sending} if written else set(),
        "sealed": {sending} if written else set(),
        "curing": {"selection.complete_documents"},
        "proposed": {"selection.accept_candidacy", "selection.decline_candidacy"},
    }
    others = {
        "opened": {"selection.request_documents", "selection.disqualify"},
        "curing": {"selection.disqualify"},
        "admissible": {"selection.disqualify", *(("selection.score",) if read else ())},
    }
    possible = set((own_acts if own else others).get(one.state, set()))
    if own and one.call is not None and one.call.state == "open" and one.state in ("draft", "sealed"):
        possible |= {"selection.submit_proposal", "selection.withdraw_proposal"}
    if own and one.call is None and may_leave(one):
        possible.add("selection.withdraw_proposal")
    if not own and not read:
        possible.add("selection.read_proposal")
    if not own and read and one.call is not None and one.state in VISITED_IN:
        possible.add("selection.record_site_visit")
    return frozenset(possible)


def proposal_step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one, on = PROPOSAL_STEPS[door], proposal_at(request, code)
    says_vision = door == "selection.accept_candidacy" and direct_of(on) is not None
    form = (forms.Ticks if says_vision else one.form)(data_of(request), request.FILES or None)
    if sent(request, form):
        given = dict(form.cleaned_data)
        if "file" in given:
            given["file"] = content_of(given["file"])
        one.act(by=by(request), proposal=on, **given)
        return done(request, _(one.says), "page.proposal", code)
    lede = _("Visi Anda dibandingkan dengan visi desa pada halaman penawaran.") if says_vision else ""
    back = reverse("page.proposal", args=[code])
    return asked(request, form, title=_(one.title), verb=_(one.verb), back=back, lede=lede)


def score(request: HttpRequest, code: str) -> HttpResponse:
    """A level and a reason for every criterion, beside the proposal that this person has read."""
    one, on = PROPOSAL_STEPS["selection.score"], proposal_at(request, code)
    if on.call is None:
        raise Http404
    seen = opened(on, person_of(request))
    bounds = vision_bounds(on.call, seen) if seen else {}
    form = forms.Scoring(data_of(request), codes=weights(on.call), bounds=bounds)
    if sent(request, form):
        actions.score(by=by(request), proposal=on, **form.answers())
        return done(request, _(one.says), "page.selection", on.call.case.code)
    return asked(request, form, title=on.partner.name, verb=_(one.verb), back=reverse("page.proposal", args=[code]))
