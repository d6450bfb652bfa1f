"""Reading written answers: whose turn it is, what a letter may say, what closing and taking back ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bermitra.deliberation.inter_village import queries
from bermitra.deliberation.inter_village.answers.rules import (
    ANSWERING,
    CLOSING,
    TAKING_BACK,
    ClosingFacts,
    TakingBackFacts,
    WrittenFacts,
)
from bermitra.deliberation.inter_village.queries import Answer
from bermitra.deliberation.models import JointOffer, JointPlace
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Finding, examine


def answer_of(place: JointPlace) -> Answer:
    """What this village says to the text of now."""
    return next(each for each in queries.answers(place.offer) if each.place.pk == place.pk)


def state_of(said: Answer) -> str:
    """Where the written answer of an asked village stands in its life."""
    if said.state == "silent":
        return "no_answer"
    return said.written.kind if said.written is not None else "awaited"


# What a letter may say -----------------------------------------------------------------------------------------------


def written_facts(said: Answer, kind: str = "", notes: str = "") -> WrittenFacts:
    """Of the letter that is to be written; ``kind`` empty while none is chosen."""
    found = said.decided
    return WrittenFacts(
        binding=found is not None and found.binding,
        agreed=found is not None and found.agreed,
        conditions=found is not None and bool(found.conditions),
        answer=kind,
        notes=bool(notes),
    )


def written_checks(said: Answer) -> tuple[Finding, ...]:
    return examine(ANSWERING, written_facts(said), standing(said.place.village_id))


def letter_data(said: Answer, *, kind: str, number: str, dated: date, notes: str) -> dict[str, Any]:
    """Everything that the letter states, in a fixed form."""
    found = said.decided
    return {
        "offer": said.place.offer.code,
        "text": said.place.offer.text_hash,
        "village": said.place.village_id,
        "answer": kind,
        "number": number,
        "dated": dated.isoformat(),
        "notes": notes,
        "minutes": found.minutes_number if found is not None else "",
        "conditions": found.conditions if found is not None else "",
        "delegates": [each.name for each in said.delegates],
    }


# Closing, asking again, taking back ----------------------------------------------------------------------------------


def closing_facts(offer: JointOffer, said: Iterable[Answer], today: date) -> ClosingFacts:
    missing = queries.unwritten(said)
    return ClosingFacts(
        awaited=len(missing), today=today, answer_by=max((each.due for each in missing), default=offer.answer_by)
    )


def closing_checks(offer: JointOffer, said: Iterable[Answer], today: date) -> tuple[Finding, ...]:
    return examine(CLOSING, closing_facts(offer, said, today), standing(offer.village_id))


def taking_back_facts(said: Answer) -> TakingBackFacts:
    """Of an answer that is in force."""
    held, decided, written = queries.under_way(said.place.offer), said.decided, said.written
    anew = said.decision is not None and written is not None and said.decision.pk != written.decision_id
    return TakingBackFacts(
        decided_anew=anew and decided is not None and decided.binding,
        begun=held is not None and held.state != "invited",
    )


def taking_back_checks(said: Answer) -> tuple[Finding, ...]:
    return examine(TAKING_BACK, taking_back_facts(said), standing(said.place.village_id))
