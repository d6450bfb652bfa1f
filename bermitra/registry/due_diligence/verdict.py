"""Computing a verdict: from facts, answers and documents, never from anybody's wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bermitra.registry.due_diligence.book import Book, Document, Effect, Flag, Level, Question, Type

REASON_LETTERS = 20  # fewer are no reason for a "no"
ALL_GOOD = 100  # the score where no question applies


@dataclass(frozen=True)
class File:
    """What is known of a partner on a day. ``facts`` that are not given stand at the book's default.

    ``present`` and ``expired`` are documents by code; ``unchecked`` are questions whose evidence nobody outside the
    partner has looked at.
    """

    kind: str
    stage: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    expired: frozenset[str] = frozenset()
    unchecked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judgement:
    """The verdict and all it rests on. ``repairs`` are documents and questions by code, in the order to mend them."""

    verdict: str
    flags: tuple[Flag, ...]
    repairs: tuple[str, ...]
    counts: Mapping[str, int]
    required: tuple[Document, ...]
    questions: tuple[Question, ...]  # those that apply
    passed: frozenset[str]


def values(book: Book, file: File) -> dict[str, Any]:
    """The facts with the book's defaults under them."""
    return {**{code: fact.default for code, fact in book.facts.items()}, **file.facts}


def applicable(book: Book, file: File) -> tuple[Question, ...]:
    """The questions that this partner must answer, in their order."""
    known = values(book, file)
    asked = book.questions_of(file.kind, file.stage)
    return tuple(each for each in asked if each.applies_if is None or each.applies_if.holds(known))


def required(book: Book, file: File) -> tuple[Document, ...]:
    """The documents that this partner must show, in their order."""
    known = values(book, file)
    asked = book.documents_of(file.kind, file.stage)
    return tuple(each.document for each in asked if each.when is None or each.when.holds(known))


def lacks_reason(question: Question, file: File) -> bool:
    """A "no" without a reason of some length."""
    said_no = question.type is Type.YES_NO and file.answers.get(question.code) is False
    return said_no and len(file.reasons.get(question.code, "").strip()) < REASON_LETTERS


def judge(book: Book, file: File) -> Judgement:
    """The first line of the table that holds gives the verdict."""
    questions, documents = applicable(book, file), required(book, file)
    answers = {each.code: file.answers.get(each.code) for each in questions}  # what does not apply is absent
    known = {**values(book, file), **answers}
    passed = frozenset(each.code for each in questions if each.pass_if.holds(known))
    unchecked = file.unchecked & answers.keys()
    flags = tuple(each.flag for each in book.fact_flags if each.when.holds(known))
    flags += tuple(each.raises.flag for each in questions if each.raises and each.raises.when.holds(known))
    missing = [each.code for each in documents if each.code not in file.present]
    expired = [each.code for each in documents if each.code in file.present & file.expired]

    def count(level: Level, codes: frozenset[str]) -> int:
        return sum(each.level is level and each.code in codes for each in questions)

    failed = frozenset(answers) - passed
    counts = {
        "docs_missing": len(missing),
        "docs_expired": len(expired),
        "unanswered": sum(answer is None for answer in answers.values()),
        "reasons_missing": sum(lacks_reason(each, file) for each in questions),
        "critical_unchecked": count(Level.CRITICAL, unchecked),
        "major_unchecked": count(Level.MAJOR, unchecked),
        "critical_failed": count(Level.CRITICAL, failed),
        "major_failed": count(Level.MAJOR, failed),
        "block_flags": sum(each.effect is Effect.BLOCK for each in flags),
        "fail_flags": sum(each.effect is Effect.FAIL for each in flags),
        "condition_flags": sum(each.effect is Effect.CONDITION for each in flags),
        "score": _score(questions, passed),
    }
    return Judgement(
        verdict=next(verdict for verdict, when in book.verdict_rules if when.holds(counts)),
        flags=flags,
        repairs=tuple(each.code for each in documents if each.code in {*missing, *expired})
        + tuple(each.code for each in questions if each.code in failed | unchecked),
        counts=counts,
        required=documents,
        questions=questions,
        passed=passed,
    )


def as_if_all_evidence_held(book: Book, file: File) -> Judgement:
    """What the partner sees before it sends: the verdict if every document it declares is found good."""
    return judge(book, replace(file, unchecked=frozenset()))


def _score(questions: tuple[Question, ...], passed: frozenset[str]) -> int:
    total = sum(each.weight for each in questions)
    reached = sum(each.weight for each in questions if each.code in passed)
    return 100 * reached // total if total else ALL_GOOD
