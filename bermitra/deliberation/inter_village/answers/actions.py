"""Verbs of the written answer: an asked village writes it and takes it back; the one that offers closes and asks again."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from bermitra.deliberation.actions.common import await_letter
from bermitra.deliberation.api import offer_text
from bermitra.deliberation.inter_village import queries
from bermitra.deliberation.inter_village.actions import fresh, leave_out, tell_place
from bermitra.deliberation.inter_village.answers.queries import (
    answer_of,
    closing_facts,
    letter_data,
    state_of,
    taking_back_facts,
    written_facts,
)
from bermitra.deliberation.inter_village.answers.rules import ANSWERING, CLOSING, JOINT_ANSWER, TAKING_BACK
from bermitra.deliberation.inter_village.rules import JOINT_OFFER, TIME_TO_ANSWER
from bermitra.deliberation.models import JointAnswer, JointAnswerWithdrawal, JointOffer, JointPlace, Subject
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import issue_paper, withdraw_paper
from bermitra.foundation.documents.compose import plain_data
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


def _asked(act: Act, place: JointPlace) -> JointPlace:
    """The place of an asked village as it is now; its offer is kept from others until this act is done."""
    offer = fresh(place.offer)
    if offer.state != "sent" or place.village_id == offer.village_id:
        raise NoSuchMove(JOINT_OFFER.name, offer.state, act.door)
    now = JointPlace.objects.select_related("village").get(pk=place.pk)
    now.offer = offer
    return now


def _tell_offering(act: Act, offer: JointOffer, says: str, village: str) -> None:
    tell(
        act,
        says=says,
        params={"title": offer.title, "village": village},
        about=about_of(offer),
        url_name="page.joint_offer",
        code=offer.code,
        region=offer.village_id,
    )


@command("deliberation.answer_joint_offer", on="place")
def answer_joint_offer(
    act: Act, *, place: JointPlace, kind: str, number: str, notes: str = "", paper: Prepared | None = None
) -> JointAnswer:
    """The head of an asked village writes what its own Musyawarah has decided on exactly this text.

    ``paper`` was rendered before, and says exactly what is recorded: where a record changed meanwhile nothing is answered.
    """
    place = _asked(act, place)
    said, today = answer_of(place), timezone.localdate(act.now)
    if said.state == "out":
        raise NoSuchMove(JOINT_ANSWER.name, said.state, act.door)
    JOINT_ANSWER.through(act.door, state_of(said), JointAnswer.Kind(kind))
    act.require(ANSWERING, written_facts(said, kind, notes), standing(place.village_id))
    if said.decision is None:  # DB-72 has refused it
        raise ValueError("nothing is decided")
    if paper is not None:
        states = letter_data(said, kind=kind, number=number, dated=today, notes=notes)
        if paper.source["data"] != plain_data(states):
            raise NoSuchMove(JOINT_ANSWER.name, state_of(said), act.door)
    answer = JointAnswer.objects.create(
        place=place,
        decision=said.decision,
        kind=kind,
        text_hash=place.offer.text_hash,
        number=number,
        dated=today,
        notes=notes,
        paper=issue_paper(by=act, paper=paper) if paper is not None else None,
        answered_at=act.now,
        by=act.by.code,
    )
    close_duties(act, about=about_of(place))
    _tell_offering(act, place.offer, _("{village} menjawab penawaran Anda: {title}"), place.village.name)
    act.log("joint_offer.answered", answer, offer=place.offer.code, kind=kind, text=answer.text_hash)
    return answer


@command("deliberation.withdraw_joint_answer", on="place")
def withdraw_joint_answer(act: Act, *, place: JointPlace, why: str) -> JointAnswerWithdrawal:
    """Another Musyawarah of the village has decided anew: the letter holds no more, and another may be written."""
    place = _asked(act, place)
    said = answer_of(place)
    JOINT_ANSWER.through(act.door, state_of(said))
    act.require(TAKING_BACK, taking_back_facts(said), standing(place.village_id))
    if said.written is None or said.decision is None:  # neither state nor DB-76 lets this pass
        raise ValueError("nothing is taken back")
    back = JointAnswerWithdrawal.objects.create(
        answer=said.written, decision=said.decision, why=why, at=act.now, by=act.by.code
    )
    if said.written.paper is not None:
        withdraw_paper(by=act, paper=said.written.paper, why=why)
    close_duties(act, about=about_of(place))
    await_letter(act, place, said.due)
    _tell_offering(act, place.offer, _("{village} menarik jawabannya atas penawaran: {title}"), place.village.name)
    act.log("joint_answer.withdrawn", said.written, offer=place.offer.code, kind=said.written.kind)
    return back


@command("deliberation.close_joint_answers", on="offer")
def close_joint_answers(act: Act, *, offer: JointOffer) -> JointOffer:
    """The day has passed: villages without a written answer take no part, and everybody sees that they did not answer."""
    offer = fresh(offer)
    if offer.state != "sent" or queries.under_way(offer) is not None:
        raise NoSuchMove(JOINT_OFFER.name, offer.state, act.door)
    said, today = queries.answers(offer), timezone.localdate(act.now)
    act.require(CLOSING, closing_facts(offer, said, today), standing(offer.village_id))
    act.log("joint_answers.closed", offer, left_out=leave_out(act, offer, said))
    return offer


@command("deliberation.ask_joint_village_again", on="offer")
def ask_joint_village_again(
    act: Act,
    *,
    offer: JointOffer,
    village: str,
    letter_number: str,
    answer_by: date,
    letter: Prepared | None = None,
) -> JointPlace:
    """A village that did not answer is asked once more, with a letter of its own and a new day."""
    offer = fresh(offer)
    place = offer.places.select_related("village").filter(village=village, left_out_on__isnull=False, out=False).first()
    if offer.state != "sent" or place is None or queries.under_way(offer) is not None:
        raise NoSuchMove(JOINT_ANSWER.name, offer.state, act.door)
    norms, today = standing(offer.village_id), timezone.localdate(act.now)
    act.require(TIME_TO_ANSWER, queries.offer_facts(offer, today, norms.numbers, answer_by), norms)
    for earlier in queries.offer_letters([place]):
        withdraw_paper(by=act, paper=earlier, why=f"Diganti surat Nomor {letter_number}.")
    place.left_out_on, place.reminded = None, 0
    place.asked_on, place.letter_number, place.answer_by = today, letter_number, answer_by
    place.save(update_fields=["left_out_on", "reminded", "asked_on", "letter_number", "answer_by"])
    offer_text(
        act,
        village=place.village,
        code=offer.code,
        kind=Subject.Kind.COOPERATION,
        title=offer.title,
        text_hash=offer.text_hash,
        text=queries.in_words(offer),
    )
    if letter is not None:
        issue_paper(by=act, paper=letter)
    if answer_of(place).to_write:  # decided before it was closed, and only the letter is missing
        await_letter(act, place, answer_by)
    tell_place(act, offer, place, _("Desa Anda diminta lagi menjawab penawaran antar-Desa: {title}"))
    act.log("joint_village.asked_again", place, offer=offer.code, letter=letter_number)
    return place
