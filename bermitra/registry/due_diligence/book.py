"""The book that ships: kinds of partner, their documents, questions, flags and the table of verdicts. Read once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bermitra.registry.due_diligence.expressions import Condition

REGISTER, OFFER = "register", "offer"  # the two stages: the party alone, the party with one offer
ELECTION = "election_window"  # known of a village and a day, so no partner declares it


@dataclass(frozen=True)
class Words:
    """A text of the book in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.id


class Type(StrEnum):
    YES_NO = "yes_no"
    PERCENT = "percent"
    NUMBER = "number"
    CHOICE = "choice"


class Level(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Effect(StrEnum):
    BLOCK = "block"
    FAIL = "fail"
    CONDITION = "condition"


@dataclass(frozen=True)
class Document:
    """``validity_months``: None where it has no end, or the end that is printed on it."""

    code: str
    name: Words
    issuer: Words
    validity_months: int | None
    scope: str


@dataclass(frozen=True)
class Flag:
    code: str
    name: Words
    effect: Effect


@dataclass(frozen=True)
class Raised:
    """A flag and when it is raised."""

    flag: Flag
    when: Condition


@dataclass(frozen=True)
class Question:
    """``applies_if`` None: always. ``evidence`` are documents that somebody must have looked at."""

    code: str
    ask: Words
    type: Type
    scope: str
    level: Level
    weight: int
    test: str
    applies_if: Condition | None
    pass_if: Condition
    raises: Raised | None
    evidence: tuple[str, ...]
    repair: Words
    options: tuple[tuple[str, Words], ...]
    unit: Words | None
    example_answer: Any


@dataclass(frozen=True)
class Asked:
    """A document that a kind of partner must show, where ``when`` holds (None: always)."""

    document: Document
    when: Condition | None


class FieldType(StrEnum):
    RUPIAH = "rupiah"
    WHOLE = "whole"
    YEAR = "year"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    VILLAGES = "villages"


@dataclass(frozen=True)
class ProfileField:
    """A fact of the body itself that a kind of partner is asked for; ``public`` ones stand on its public page."""

    code: str
    name: Words
    type: FieldType
    public: bool
    options: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Kind:
    """A kind of partner: what it must show and answer, what is feared of it, how many days its verdict serves."""

    code: str
    name: Words
    about: Words
    worry: Words
    coop_type: str
    max_age_days: int
    profile: tuple[ProfileField, ...]
    documents: tuple[Asked, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Fact:
    code: str
    name: Words
    default: bool | int


@dataclass(frozen=True)
class Verdict:
    code: str
    name: Words
    may: Words


@dataclass(frozen=True)
class Book:
    version: int
    scopes: dict[str, frozenset[str]]  # by stage
    tests: dict[str, Words]
    facts: dict[str, Fact]
    flags: dict[str, Flag]
    fact_flags: tuple[Raised, ...]
    documents: dict[str, Document]
    kinds: dict[str, Kind]
    verdict_rules: tuple[tuple[str, Condition], ...]
    verdicts: dict[str, Verdict]

    def questions_of(self, kind: str, stage: str) -> tuple[Question, ...]:
        """Those of the stage, in the order they are asked, whether they apply or not."""
        return tuple(each for each in self.kinds[kind].questions if each.scope in self.scopes[stage])

    def tests_of(self, kind: str, stage: str) -> tuple[Words, ...]:
        """By what the worry about a kind is tested, each once, in the order it is asked."""
        return tuple(self.tests[each] for each in dict.fromkeys(q.test for q in self.questions_of(kind, stage)))

    def documents_of(self, kind: str, stage: str) -> tuple[Asked, ...]:
        return tuple(each for each in self.kinds[kind].documents if each.document.scope in self.scopes[stage])

    def facts_asked(self, kind: str, stage: str) -> tuple[Fact, ...]:
        """The facts that a partner of this kind declares of itself, as its questions and documents depend on them.

        What the registers know (sanctions, complaints, overdue reports) nobody declares.
        """
        conditions = [each.applies_if for each in self.questions_of(kind, stage)]
        conditions += [each.when for each in self.documents_of(kind, stage)]
        named = frozenset().union(*(each.names for each in conditions if each))
        known = frozenset({ELECTION}).union(*(each.when.names for each in self.fact_flags))
        return tuple(fact for code, fact in self.facts.items() if code in named and code not in known)


@lru_cache(maxsize=1)
def book() -> Book:
    """Read both files; raises ValueError or KeyError where they do not fit together."""
    here = Path(__file__).parent
    kinds = yaml.safe_load((here / "partner_kinds.yaml").read_text(encoding="utf-8"))
    rules = yaml.safe_load((here / "due_diligence.yaml").read_text(encoding="utf-8"))
    return _Reader(kinds, rules).book()


class _Reader:
    def __init__(self, kinds: dict[str, Any], rules: dict[str, Any]):
        self.given, self.rules = kinds, rules
        self.facts = {e["code"]: Fact(e["code"], Words(**e["name"]), e["default"]) for e in rules["facts"]}
        self.flags = {e["code"]: Flag(e["code"], Words(**e["name"]), Effect(e["effect"])) for e in rules["flags"]}
        self.tests = {e["code"]: Words(**e["name"]) for e in rules["tests"]}
        self.documents = {e["code"]: self._document(e) for e in kinds["documents"]}
        self.profile = {e["code"]: self._profile_field(e) for e in kinds["profile_fields"]}

    def book(self) -> Book:
        common = tuple(self._question(each) for each in self.rules["common_questions"])
        asked = {each["kind"]: each for each in self.rules["kinds"]}
        if asked.keys() != {each["code"] for each in self.given["kinds"]}:
            raise ValueError("the two files know different kinds of partner")
        return Book(
            version=self.rules["version"],
            scopes={e["code"]: frozenset(e["scopes"]) for e in self.rules["stages"]},
            tests=self.tests,
            facts=self.facts,
            flags=self.flags,
            fact_flags=tuple(self._raised(each, self.facts) for each in self.rules["fact_flags"]),
            documents=self.documents,
            kinds={e["code"]: self._kind(e, asked[e["code"]], common) for e in self.given["kinds"]},
            verdict_rules=tuple(
                (e["verdict"], Condition(e["when"], self.rules["aggregates"])) for e in self.rules["verdict_rules"]
            ),
            verdicts={
                code: Verdict(code, Words(**e["name"]), Words(**e["may"])) for code, e in self.rules["verdicts"].items()
            },
        )

    def _kind(self, e: dict[str, Any], asked: dict[str, Any], common: tuple[Question, ...]) -> Kind:
        own = tuple(self._question(each) for each in asked["questions"])
        return Kind(
            code=e["code"],
            name=Words(**e["name"]),
            about=Words(**e["about"]),
            worry=Words(**e["worry"]),
            coop_type=e["coop_type"],
            max_age_days=asked["max_age_days"],
            profile=tuple(self.profile[each] for each in e["profile"]),
            documents=tuple(
                Asked(self.documents[d["document"]], self._condition(d.get("when"), self.facts)) for d in e["documents"]
            ),
            questions=(common if asked["include_common"] else ()) + own,
        )

    @staticmethod
    def _profile_field(e: dict[str, Any]) -> ProfileField:
        options = tuple((each["code"], Words(**each["name"])) for each in e.get("options", ()))
        return ProfileField(e["code"], Words(**e["name"]), FieldType(e["type"]), e["public"], options)

    def _document(self, e: dict[str, Any]) -> Document:
        months = e["validity_months"] if isinstance(e["validity_months"], int) else None
        return Document(e["code"], Words(**e["name"]), Words(**e["issuer"]), months, e["scope"])

    def _question(self, e: dict[str, Any]) -> Question:
        names = {e["code"], *self.facts}
        if e["test"] not in self.tests or not set(e["evidence"]) <= self.documents.keys():
            raise ValueError(f"{e['code']} names a test or a document that is not there")
        passes = Condition(e["pass_if"], names)
        if e["code"] not in passes.names:
            raise ValueError(f"{e['code']} passes whatever is answered")
        labels = e.get("option_labels", {})
        return Question(
            code=e["code"],
            ask=Words(**e["ask"]),
            type=Type(e["type"]),
            scope=e["scope"],
            level=Level(e["level"]),
            weight=e["weight"],
            test=e["test"],
            applies_if=self._condition(e.get("applies_if"), self.facts),
            pass_if=passes,
            raises=self._raised(e["flag"], names) if "flag" in e else None,
            evidence=tuple(e["evidence"]),
            repair=Words(**e["repair"]),
            options=tuple((option, Words(**labels[option])) for option in e.get("options", ())),
            unit=Words(**e["unit"]) if "unit" in e else None,
            example_answer=e["example_answer"],
        )

    def _raised(self, e: dict[str, Any], names: Any) -> Raised:
        flag = self.flags[e["code"]]
        if flag.effect != e["effect"]:
            raise ValueError(f"flag {flag.code} has two effects")
        return Raised(flag, Condition(e["when"], names))

    @staticmethod
    def _condition(text: str | None, names: Any) -> Condition | None:
        return Condition(text, names) if text else None
