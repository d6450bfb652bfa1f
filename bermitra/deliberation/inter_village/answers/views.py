"""Pages of the written answer: the letter of an asked village, taking it back, closing the answers, asking again."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from bermitra.deliberation.forms import Sure, Why
from bermitra.deliberation.inter_village import letters as offer_letters
from bermitra.deliberation.inter_village import queries
from bermitra.deliberation.inter_village.answers import actions, letters
from bermitra.deliberation.inter_village.answers.forms import AskedAgain, Written
from bermitra.deliberation.inter_village.answers.queries import (
    closing_checks,
    taking_back_checks,
    written_checks,
    written_facts,
)
from bermitra.deliberation.inter_village.answers.rules import ANSWERING
from bermitra.deliberation.inter_village.answers.turns import ANSWER, WITHDRAW
from bermitra.deliberation.inter_village.answers.words import days_left
from bermitra.deliberation.inter_village.queries import Answer
from bermitra.deliberation.inter_village.rules import TIME_TO_ANSWER
from bermitra.deliberation.inter_village.views.offers import about_offer, done_offer, offer_at
from bermitra.deliberation.models import JointOffer
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import handing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import sent
from bermitra.foundation.rules import Refused, examine, unmet


def _own(request: HttpRequest, held: JointOffer, door: str) -> Answer | None:
    """The answer of the asked village for which this person may open the door."""
    if held.state != "sent":
        return None
    person, said = person_of(request), queries.answers(held)
    return next((each for each in said if not each.offers and may_open(person, door, each.place.reach())), None)


def answer(request: HttpRequest, code: str) -> HttpResponse:
    held = offer_at(request, code)
    said = _own(request, held, ANSWER)
    if said is None:
        return redirect("page.joint_offer", code=code)
    decided = said.decided
    reason = said.decision.reason if said.decision is not None else ""
    initial = {"kind": said.fitting_kind, "notes": decided.conditions or reason if decided is not None else ""}
    form = Written(request.POST or None, initial=initial)
    if sent(request, form):
        given = form.cleaned_data
        facts, norms = written_facts(said, given["kind"], given["notes"]), standing(said.place.village_id)
        if refused := unmet(examine(ANSWERING, facts, norms)):
            raise Refused(refused)
        knock = by(request)
        paper = letters.answer_paper(said, key=knock.key, dated=clock.today(), **given)
        actions.answer_joint_offer(by=knock, place=said.place, paper=paper, **given)
        return done_offer(request, held, _("Jawaban tertulis terkirim kepada desa yang menawarkan."))
    lede = f"{_decided(said)} {days_left(said, clock.today())}"
    title = _("Jawab penawaran secara tertulis")
    return about_offer(request, held, form, title, _("Kirim jawaban"), lede=lede, findings=written_checks(said))


def _decided(said: Answer) -> str:
    """What the village's own meeting has decided, in a sentence."""
    found = said.decided
    if found is None:
        return _("Musyawarah desa Anda belum memutuskan naskah ini.")
    if not found.agreed:
        return _("Musyawarah desa Anda tidak menyetujui naskah ini.")
    if found.conditions:
        return _("Musyawarah desa Anda setuju dengan syarat: %(said)s") % {"said": found.conditions}
    return _("Musyawarah desa Anda setuju tanpa syarat.")


def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Why(request.POST or None)
    said = _own(request, held, WITHDRAW)
    if said is None or said.written is None:
        return redirect("page.joint_offer", code=code)
    if sent(request, form):
        actions.withdraw_joint_answer(by=by(request), place=said.place, **form.cleaned_data)
        return done_offer(request, held, _("Jawaban ditarik. Jawab lagi menurut keputusan yang baru."))
    lede = _("Surat Nomor %(number)s tidak berlaku lagi. Setelah itu jawablah menurut keputusan yang baru.")
    lede %= {"number": said.written.number}
    more = {"lede": lede, "findings": taking_back_checks(said)}
    return about_offer(request, held, form, _("Tarik jawaban desa?"), _("Tarik jawaban"), **more)


def close(request: HttpRequest, code: str) -> HttpResponse:
    held, form = offer_at(request, code), Sure(request.POST or None)
    if sent(request, form):
        actions.close_joint_answers(by=by(request), offer=held)
        return done_offer(request, held, _("Masa jawaban ditutup. Desa yang tidak menjawab tidak ikut."))
    said = queries.answers(held) if held.state == "sent" else []
    names = ", ".join(each.place.village.name for each in queries.unwritten(said)) or "–"
    lede = _("Belum menjawab tertulis: %(names)s. Diam bukan persetujuan; desa itu boleh diminta lagi.") % {
        "names": names
    }
    findings = closing_checks(held, said, clock.today()) if held.state == "sent" else ()
    return about_offer(
        request, held, form, _("Tutup masa jawaban?"), _("Tutup masa jawaban"), lede=lede, findings=findings
    )


def again(request: HttpRequest, code: str, village: str) -> HttpResponse:
    held, form = offer_at(request, code), AskedAgain(request.POST or None)
    place = get_object_or_404(held.places.select_related("village__parent"), village_id=village)
    if sent(request, form):
        given, today = form.cleaned_data, clock.today()
        norms = standing(held.village_id)
        facts = queries.offer_facts(held, today, norms.numbers, given["answer_by"])
        if refused := unmet(examine(TIME_TO_ANSWER, facts, norms)):
            raise Refused(refused)
        knock, number = by(request), given["letter_number"]
        paper = offer_letters.again_letter(
            held, place, key=knock.key, number=number, dated=today, answer_by=given["answer_by"]
        )
        actions.ask_joint_village_again(by=knock, offer=held, village=village, letter=paper, **given)
        return done_offer(request, held, _("%(name)s diminta lagi menjawab.") % {"name": place.village.name})
    title = _("Minta lagi jawaban %(name)s") % {"name": place.village.name}
    days = standing(held.village_id).numbers["village_answer_reminder_days"]
    lede = _("%(name)s menerima surat baru. Batas jawabannya paling cepat %(day)s: %(n)s hari untuk bermusyawarah.") % {
        "name": place.village.name,
        "day": long_date(clock.today() + timedelta(days=days)),
        "n": days,
    }
    return about_offer(request, held, form, title, _("Kirim lagi"), lede=lede)


def letter(request: HttpRequest, code: str, village: str) -> HttpResponse:
    """The newest letter of the village that holds."""
    place = get_object_or_404(offer_at(request, code).places, village_id=village)
    papers = Paper.objects.filter(about=about_of(place), kind="joint_answer_letter", withdrawal__isnull=True)
    paper = papers.select_related("file").order_by("-pk").first()
    if paper is None:
        raise Http404
    return handing.paper(request, paper, f"jawaban-{code}-{village}")
