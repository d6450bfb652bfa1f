"""Pages of cooperation between villages: the offer, each village's answer, whom it sends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation.elements import PRIVATE, elements
from bermitra.deliberation.forms import Sure, Why
from bermitra.deliberation.inter_village import actions, letters, queries
from bermitra.deliberation.inter_village.answers import turns as answering
from bermitra.deliberation.inter_village.answers import words
from bermitra.deliberation.inter_village.forms import (
    PARTS,
    Asked,
    Delegation,
    JointOfferForm,
    KelurahanAsked,
    Sending,
    Wording,
)
from bermitra.deliberation.inter_village.rules import CONTENTS, MEETING_LABELS, OFFER_LABELS
from bermitra.deliberation.models import JointOffer, JointPlace
from bermitra.deliberation.queries import element_name, open_element
from bermitra.deliberation.views.common import PAGE, about, asked, done, meeting_at, village_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import handing
from bermitra.foundation.documents.compose import Issued, compose
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render, sent
from bermitra.foundation.rules import Finding, Refused, unmet
from bermitra.foundation.text import _ as marked

OFFERERS = frozenset({"village_head", "village_secretary", "village_operator", "assisting_officer"})
KIND_OF = {"draft": "idle", "sent": "doing", "agreed": "ok", "refused": "fix", "withdrawn": "late"}
DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("deliberation.send_joint_offer", ("draft",), marked("Kirim penawaran")),
    ("deliberation.call_joint_meeting", ("sent",), marked("Undang Musyawarah antar-Desa")),
    ("deliberation.withdraw_joint_offer", ("draft", "sent"), marked("Tarik penawaran")),
)

ASKING = len(PARTS) + 1  # the page after the contents
AGAIN = "deliberation.ask_joint_village_again"
ONWARD = ("deliberation.send_joint_offer", "deliberation.call_joint_meeting")


def offer_at(request: HttpRequest, code: str) -> JointOffer:
    seen = queries.offers_visible_to(person_of(request))
    return get_object_or_404(seen.select_related("village__parent__parent"), code=code)


def about_offer(
    request: HttpRequest, offer: JointOffer, form: forms.BaseForm, title: str, verb: str, **more: Any
) -> HttpResponse:
    back = reverse("page.joint_offer", args=[offer.code])
    return asked(request, form, title=title, verb=verb, back=back, kicker=offer.title, example=offer.example, **more)


def done_offer(request: HttpRequest, offer: JointOffer, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.joint_offer", code=offer.code)


# The offer -----------------------------------------------------------------------------------------------------------


def offers(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.offers_visible_to(person).select_related("village").order_by("-created_at", "-pk")[:PAGE]
    items = [{"offer": each, "state": OFFER_LABELS[each.state].staff, "kind": KIND_OF[each.state]} for each in found]
    may_offer = any(office.role in OFFERERS for office in person.offices)
    return render(request, "deliberation/joint_offers.html", {"items": items, "may_offer": may_offer})


def offer(request: HttpRequest, code: str) -> HttpResponse:
    person, held, today = person_of(request), offer_at(request, code), clock.today()
    prefetch_related_objects([held], "meetings")
    reach, said = held.reach(), [] if held.state == "draft" else queries.answers(held)
    doors = [
        {"url": reverse(door, args=[code]), "verb": _(verb), "door": door}
        for door, states, verb in DOORS
        if held.state in states and may_open(person, door, reach)
    ]
    findings, meeting = queries.offer_checks(held, today, said), queries.under_way(held)
    if meeting is not None:  # no second meeting beside it, and nothing is taken back meanwhile
        doors = []
    own = None if held.state != "sent" else answering.own(person, said)
    doors += answering.doors_of(person, held, said, own, today, calling=meeting is not None)
    if _renewing(request, held, said) is not None:
        url = reverse("deliberation.renew_delegation", args=[code])
        doors.append(
            {"url": url, "verb": _("Putuskan lagi atau ganti delegasi"), "door": "deliberation.renew_delegation"}
        )
    may_word = held.state == "draft" and may_open(person, "deliberation.word_joint_offer", reach)
    asks = {"url": reverse("deliberation.word_joint_offer", args=[code, ASKING]), "verb": _("Ubah desa yang ditawari")}
    ready = bool(findings) and not unmet(findings)
    onward = next((each for each in doors if ready and each["door"] in ONWARD), None)
    word = {"url": reverse("deliberation.word_joint_offer", args=[code, 1]), "verb": _("Tulis isi penawaran")}
    context = {
        "offer": held,
        "example": held.example,
        "label": OFFER_LABELS[held.state],
        "kind": KIND_OF[held.state],
        "doors": [*doors, asks] if may_word else doors,
        "own": answering.turn_of(person, held, own, today),
        "next": onward or (word if may_word else None),
        "findings": findings,
        "referral": _referral(held, findings),
        "acts": {"DB-41": asks, "DB-42": asks, "DB-43": word} if may_word else {},
        "contents": _contents(held, may_word),
        "answers": _answers(held, said, today, meeting is None and may_open(person, AGAIN, reach)),
        "letters": _letters(held, said),
        "public": reverse("page.public_joint_offer", args=[code]) if held.sent_on is not None else "",
        "meetings": [
            {"meeting": each, "state": MEETING_LABELS[each.state].staff}
            for each in sorted(held.meetings.all(), key=lambda each: -each.pk)
        ],
    }
    return render(request, "deliberation/joint_offer.html", context)


def _referral(held: JointOffer, findings: Iterable[Finding]) -> dict[str, Any]:
    """Where it is taken that crosses the regency (DB-41): which villages, of which regencies, and whether of one province."""
    if not any(each.code == "DB-41" for each in unmet(findings)):
        return {}
    found = queries.away(held)
    return {
        "villages": [(each.name, each.parent.parent.name) for each in found if each.parent and each.parent.parent],
        "province": any(each.pk[:2] != held.village_id[:2] for each in found),
    }


def referral(request: HttpRequest, code: str) -> HttpResponse:
    """The letter to the regent about what villages may not agree on themselves: other regencies, and kelurahan (DB-41,
    DB-42). ``?bentuk=`` pdf or word gives the paper; without it the page asks for a kelurahan."""
    held, form = offer_at(request, code), KelurahanAsked(request.GET or None)
    others = queries.referred(held)
    asked_for = form.cleaned_data["kelurahan"] if form.is_bound and form.is_valid() else None
    if asked_for is not None and asked_for not in others:
        others = [*others, asked_for]
    if others and "bentuk" in request.GET and form.is_valid():
        issued = Issued(example=held.example, by_hand=True)
        tree = compose(letters.referral_letter(held, others, clock.today()), issued)
        name = f"surat-rujukan-{code}"
        if handing.word_asked(request):
            return handing.editable(tree, f"{name}.docx")
        return handing.printed(render_pdf(tree), f"{name}.pdf")
    kept = {"kelurahan": asked_for.pk} if asked_for is not None else {}
    context = {
        "offer": held,
        "example": held.example,
        "form": form,
        "others": [f"{each.get_kind_display()} {each.name}" for each in others],
        "pdf": f"?{urlencode({**kept, 'bentuk': 'pdf'})}" if others else "",
        "word": f"?{urlencode({**kept, 'bentuk': 'word'})}" if others else "",
    }
    return render(request, "deliberation/referral.html", context)


def _contents(held: JointOffer, may_word: bool) -> list[dict[str, Any]]:
    def page(name: str) -> str:
        part = next(number for number, names in enumerate(PARTS, 1) if name in names)
        return reverse("deliberation.word_joint_offer", args=[held.code, part]) if may_word else ""

    return [
        {"title": title, "said": held.contents.get(name, ""), "url": page(name)} for name, title in CONTENTS.items()
    ]


def _answers(held: JointOffer, said: list[queries.Answer], today: date, may_ask_again: bool) -> list[dict[str, Any]]:
    if held.state == "draft":
        return [{"village": e.village, "state": "", "kind": "", "offers": e.village_id == held.village_id}
                for e in held.places.select_related("village").order_by("village_id")]  # fmt: skip
    return [
        {
            "village": each.place.village,
            "offers": each.offers,
            "decided": each.decided,
            "delegates": [(e.name, element_name(open_element(e.element))) for e in each.delegates],
            "written": each.written,
            "letter": reverse("page.joint_answer_letter", args=[held.code, each.place.village_id])
            if each.written is not None and each.written.paper_id is not None
            else "",
            "left": words.days_left(each, today) if held.state == "sent" and each.awaited and not each.offers else "",
            "again": reverse(AGAIN, args=[held.code, each.place.village_id])
            if held.state == "sent" and each.state == "silent" and may_ask_again
            else "",
            "state": words.state_of(each)[0],
            "kind": words.state_of(each)[1],
        }
        for each in said
    ]


def _letters(held: JointOffer, said: Iterable[queries.Answer]) -> list[dict[str, str]]:
    if held.state != "sent":
        return []
    asked_villages = [each.place.village for each in said if not each.offers]
    return [
        {"url": reverse("page.joint_offer_letter", args=[held.code, each.pk]), "name": each.name}
        for each in asked_villages
    ]


def letter(request: HttpRequest, code: str, village: str) -> HttpResponse:
    place = get_object_or_404(offer_at(request, code).places, village_id=village)
    paper = queries.offer_letters([place]).select_related("file").last()
    if paper is None:
        raise Http404
    return handing.paper(request, paper, f"penawaran-{code}-{village}")


def draft_offer(request: HttpRequest) -> HttpResponse:
    village = village_at(request, OFFERERS)
    form = JointOfferForm(request.POST or None, village=village)
    if sent(request, form):
        example = person_of(request).example
        made = actions.draft_joint_offer(by=by(request), village=village, example=example, **form.cleaned_data)
        return done_offer(request, made, _("Penawaran disimpan. Sekarang tulis isinya."))
    lede = _("Naskah yang sama akan dibahas dalam Musyawarah Desa setiap desa, termasuk desa Anda.")
    back = reverse("page.joint_offers")
    return asked(request, form, title=_("Tawarkan kerja sama antar-Desa"), verb=_("Simpan"), back=back, lede=lede)


def word_offer(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """A page for each part of the contents, and after them one for whom to ask."""
    held = offer_at(request, code)
    if part == ASKING:
        return _ask_others(request, held)
    if not 1 <= part <= len(PARTS):
        raise Http404
    form = Wording(request.POST or None, part=part, initial=held.contents)
    if sent(request, form):
        actions.word_joint_offer(by=by(request), offer=held, contents=form.cleaned_data)
        if part < len(PARTS):
            return redirect("deliberation.word_joint_offer", code=code, part=part + 1)
        return done_offer(request, held, _("Isi penawaran tersimpan."))
    title = _("Isi penawaran, bagian %(n)s dari %(of)s") % {"n": part, "of": len(PARTS)}
    return about_offer(request, held, form, title, _("Simpan isi"))


def _ask_others(request: HttpRequest, held: JointOffer) -> HttpResponse:
    others = held.places.exclude(village_id=held.village_id).order_by("village_id").values_list("village_id", flat=True)
    initial = {"others": ", ".join(others), "delegates": held.delegates, "answer_by": held.answer_by}
    form = Asked(request.POST or None, village=held.village, initial=initial)
    if sent(request, form):
        actions.word_joint_offer(by=by(request), offer=held, **form.cleaned_data)
        return done_offer(request, held, _("Desa yang ditawari dan batas jawaban tersimpan."))
    return about_offer(request, held, form, _("Desa yang ditawari dan batas jawaban"), _("Simpan"))


def send_offer(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Sending(request.POST or None)
    findings = queries.offer_checks(held, clock.today())
    if sent(request, form):
        if refused := unmet(findings):
            raise Refused(refused)
        knock, number = by(request), form.cleaned_data["letter_number"]
        papers = letters.offer_letters(held, key=knock.key, number=number, dated=clock.today())
        actions.send_joint_offer(by=knock, offer=held, letter_number=number, letters=papers)
        return done_offer(request, held, _("Penawaran terkirim. Setiap desa sudah diberi tahu."))
    lede = _("Setelah terkirim, isinya tidak berubah kecuali disepakati bersama.")
    return about_offer(request, held, form, _("Kirim penawaran"), _("Kirim penawaran"), findings=findings, lede=lede)


def withdraw_offer(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Why(request.POST or None)
    if sent(request, form):
        actions.withdraw_joint_offer(by=by(request), offer=held, **form.cleaned_data)
        return done_offer(request, held, _("Penawaran ditarik."))
    return about_offer(request, held, form, _("Tarik penawaran?"), _("Tarik penawaran"))


def _renewing(request: HttpRequest, held: JointOffer, said: Iterable[queries.Answer]) -> JointPlace | None:
    """The place of the village whose BPD this person chairs, where it has decided and may decide anew."""
    person, door = person_of(request), "deliberation.renew_delegation"
    if held.state != "sent":
        return None
    decided = [each.place for each in said if each.decided is not None and each.state not in ("out", "silent")]
    return next((each for each in decided if may_open(person, door, each.reach())), None)


def renew_delegation(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Sure(request.POST or None)
    place = _renewing(request, held, queries.answers(held))
    if place is None:
        return redirect("page.joint_offer", code=code)
    if request.method == "POST":
        actions.renew_delegation(by=by(request), place=place)
        return done_offer(request, held, _("Naskah kembali menunggu Musyawarah Desa, yang menyebut delegasi baru."))
    lede = _("Musyawarah Desa memutuskan naskah yang sama sekali lagi dan menyebut delegasinya.")
    return about_offer(request, held, form, _("Putuskan lagi naskah ini?"), _("Ajukan ke Musyawarah Desa"), lede=lede)


# Whom a village sends ------------------------------------------------------------------------------------------------


def name_delegates(request: HttpRequest, code: str) -> HttpResponse:
    """For the joint offer that the meeting agreed to: that of ``?penawaran=``, where it agreed to several."""
    held = meeting_at(request, code)
    subject = queries.joint_subject(held, request.GET.get("penawaran", ""))
    if subject is None:
        return redirect("page.meeting", code=code)
    of = JointOffer.objects.get(code=subject.code)
    named = list(held.delegates.filter(offer=of).order_by("pk"))
    now = "\n".join(f"{each.name}; {each.sex}; {elements()[each.element].id}" for each in named)
    form = Delegation(request.POST or None, initial={"lines": now})
    if sent(request, form):
        actions.name_delegates(by=by(request), meeting=held, offer=of, people=form.cleaned_data["lines"])
        return done(request, held, _("Delegasi tersimpan dan akan tertulis dalam berita acara."))
    lede = _("%(n)s orang untuk: %(title)s") % {"n": of.delegates, "title": of.title}
    more = {
        "lede": lede,
        "element_names": [element_name(each) for each in elements() if each not in PRIVATE],
        "findings": queries.delegation_checks(of, named, held.village_id),
    }
    return about(request, held, form, _("Sebut delegasi desa"), _("Simpan delegasi"), **more)
