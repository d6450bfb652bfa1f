"""The book fits together, the worked cases come out, and nothing good comes from what is missing."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from bermitra.registry.due_diligence.book import OFFER, REGISTER, Effect, Level, Type, book
from bermitra.registry.due_diligence.expressions import Condition
from bermitra.registry.due_diligence.verdict import File, applicable, as_if_all_evidence_held, judge, required

CASES = yaml.safe_load((Path(__file__).parent / "due_diligence_examples.yaml").read_text(encoding="utf-8"))["examples"]
REASON = "Belum selesai, diurus sampai bulan depan."
ORDER = ["verified", "verified_with_conditions", "not_verified", "blocked"]


def all_good(kind: str, stage: str, **facts) -> File:
    """Every question answered well, every document there; nothing is unchecked."""
    bare = File(kind, stage, facts)
    return replace(
        bare,
        answers={each.code: each.example_answer for each in applicable(book(), bare)},
        present=frozenset(each.code for each in required(book(), bare)),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["code"])
def test_a_worked_case_comes_out(case):
    good = all_good(case["kind"], case["stage"], **case["facts"])
    file = replace(
        good,
        answers={**good.answers, **case["answers"]},
        reasons=dict.fromkeys(case["reasons_given"], REASON),
        present=good.present - set(case["documents_missing"]),
        expired=frozenset(case["documents_expired"]),
        unchecked=frozenset(case["evidence_unchecked"]),
    )
    judgement = judge(book(), file)
    assert judgement.verdict == case["expect"], judgement.counts
    assert list(judgement.repairs) == case["repairs"]


def test_there_are_two_cases_of_each_of_the_twelve_kinds():
    assert len(book().kinds) == 12
    assert sorted(case["kind"] for case in CASES) == sorted([*book().kinds, *book().kinds])


@pytest.mark.parametrize("kind", book().kinds)
@pytest.mark.parametrize("stage", [REGISTER, OFFER])
class TestOfEachKind:
    def test_what_is_all_good_is_verified(self, kind, stage):
        assert judge(book(), all_good(kind, stage)).verdict == "verified"

    def test_an_empty_file_is_not(self, kind, stage):
        judgement = judge(book(), File(kind, stage))
        assert judgement.verdict == "not_verified"
        assert set(judgement.repairs) >= {each.code for each in judgement.required}

    def test_unchecked_evidence_is_not_enough_but_the_partner_sees_what_would_be(self, kind, stage):
        good = all_good(kind, stage)
        file = replace(good, unchecked=frozenset(good.answers))
        assert judge(book(), file).verdict == "not_verified"
        assert as_if_all_evidence_held(book(), file).verdict == "verified"

    def test_every_flag_of_the_registers_has_its_effect(self, kind, stage):
        worst = {Effect.BLOCK: "blocked", Effect.FAIL: "not_verified", Effect.CONDITION: "verified_with_conditions"}
        for raised in book().fact_flags:
            facts = dict.fromkeys(raised.when.names, 1)
            assert judge(book(), all_good(kind, stage, **facts)).verdict == worst[raised.flag.effect]

    def test_no_answer_makes_a_verdict_better_than_the_good_one(self, kind, stage):
        facts = {each.code: True for each in book().facts_asked(kind, stage)}
        good = all_good(kind, stage, **facts)
        for question in applicable(book(), good):
            worse = replace(good, answers={**good.answers, question.code: None})
            assert judge(book(), worse).verdict in ORDER[2:]
            if question.type is Type.YES_NO and question.level is not Level.MINOR:
                no = replace(good, answers={**good.answers, question.code: False}, reasons={question.code: REASON})
                assert judge(book(), no).verdict in ORDER[1:]

    def test_a_no_without_a_reason_stands_in_the_way(self, kind, stage):
        good = all_good(kind, stage)
        file = replace(good, answers={**good.answers, "cm_open": False}, reasons={"cm_open": "lupa"})
        assert judge(book(), file).counts["reasons_missing"] == 1
        assert judge(book(), file).verdict == "not_verified"

    def test_an_expired_document_stands_in_the_repair_list(self, kind, stage):
        file = replace(all_good(kind, stage), expired=frozenset({"integrity_pact"}))
        assert judge(book(), file).verdict == "not_verified"
        assert judge(book(), file).repairs == ("integrity_pact",)


def test_a_gift_to_officials_stops_everything():
    file = all_good("company", REGISTER)
    file = replace(file, answers={**file.answers, "cm_no_gift": False}, reasons={"cm_no_gift": REASON})
    judgement = judge(book(), file)
    assert judgement.verdict == "blocked"
    assert [flag.code for flag in judgement.flags] == ["cash_to_officials"]


def test_nobody_is_asked_to_declare_what_the_registers_know():
    for kind in book().kinds:
        asked = {each.code for each in book().facts_asked(kind, REGISTER)}
        assert not asked & {"on_sanction_register", "open_serious_complaints", "overdue_reports", "election_window"}
    assert {"is_plantation"} <= {each.code for each in book().facts_asked("company", REGISTER)}


def test_every_text_of_the_book_is_in_both_languages():
    words = [each.name for each in (*book().facts.values(), *book().flags.values(), *book().documents.values())]
    words += [part for kind in book().kinds.values() for part in (kind.name, kind.about, kind.worry)]
    words += [part for kind in book().kinds.values() for q in kind.questions for part in (q.ask, q.repair)]
    assert all(each.id and each.en and each.in_language("en") == each.en for each in words)


@pytest.mark.parametrize(
    ("text", "values", "holds"),
    [
        ("a >= 25", {"a": 25}, True),
        ("a >= 25", {}, False),
        ("not a >= 25", {}, True),
        ("a in ['x', 'y']", {"a": "y"}, True),
        ("a in ['x', 'y']", {"a": None}, False),
        ("1 <= a <= 3 and b == True", {"a": 2, "b": True}, True),
        ("a / 2 == b", {"a": 1, "b": Fraction(1, 2)}, True),
        ("a // 2 + 1 > -b or False", {"a": 0, "b": 0}, True),
        ("-a < 0", {}, False),
        ("a + b > 0", {"a": 1}, False),
    ],
)
def test_a_condition_reads_its_values(text, values, holds):
    assert Condition(text, {"a", "b"}).holds(values) is holds


@pytest.mark.parametrize(
    "text",
    ["a.b", "a()", "__import__('os')", "a[0]", "lambda: a", "a if b else a", "a ** b", "c", "a >", "f'{a}'", "a is b"],
)
def test_nothing_but_the_subset_is_read(text):
    with pytest.raises(ValueError):
        Condition(text, {"a", "b"})
