"""A side warns the other: of what is late, on the rung that the agreement says, answered, made good or withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bermitra.agreements import text
from bermitra.agreements.changing import actions as changing
from bermitra.agreements.models import Suspension
from bermitra.agreements.warnings import actions, ladder, queries, rules
from bermitra.agreements.warnings.models import WarnedOf, WarningLetter
from bermitra.agreements.warnings.rules import (
    CureFacts,
    HandedFacts,
    HeardFacts,
    OrderFacts,
    PartFacts,
    Point,
    PointFacts,
    ReceiptFacts,
    Told,
)
from bermitra.delivery.following import late_promises
from bermitra.delivery.models import Due
from bermitra.foundation.calendar import date_in_words
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import docx
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from tests.agreements.warning_makers import (
    SEEN,
    TYPED,
    a_draft,
    a_sent_notice,
    a_worded_agreement,
    after,
    fresh,
    sent,
    the_next,
)
from tests.foundation.documents.said import says_the_same_in_each_form, tight, typed_out

DUTY, LIMIT = Point("two", 2, holds=True, late=True), Point("", 0, holds=True, late=False)
POINTS = PointFacts("one", (DUTY, LIMIT), frozenset({7}))
ORDER = OrderFacts(
    ("notice", "first", "second", "last"), "second", "first", "sent", date(2026, 7, 20), False, 0, date(2026, 7, 21)
)
HEARD = HeardFacts(True, True, "02/BA-PANEL/2026", date(2026, 7, 14), date(2026, 7, 21))


# Rules ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("point", [{"party": "one"}, {"holds": False}, {"late": False}])
def test_AG_67_warned_for_what_is_due(point):
    assert rules.warned_for_what_is_due(POINTS)
    assert rules.warned_for_what_is_due(replace(POINTS, points=(LIMIT,)))
    assert not rules.warned_for_what_is_due(replace(POINTS, points=(replace(DUTY, **point), LIMIT)))
    assert not rules.warned_for_what_is_due(replace(POINTS, points=()))
    assert not rules.warned_for_what_is_due(replace(POINTS, points=(replace(LIMIT, holds=False),)))


def test_AG_68_not_while_it_rests():
    assert rules.not_while_it_rests(POINTS)
    assert not rules.not_while_it_rests(replace(POINTS, resting=frozenset({2})))
    assert rules.not_while_it_rests(replace(POINTS, points=(LIMIT,), resting=frozenset({2})))  # a limit never rests


@pytest.mark.parametrize(
    "change",
    [
        {"today": date(2026, 7, 20)},
        {"previous_cure_by": None},
        {"previous_state": "claimed"},
        {"previous_state": "cured"},
        {"rung": "last"},
        {"rung": "first"},
        {"previous": "", "rung": "first"},
        {"previous": "notice"},
        {"others": 1},
        {"ladder": ("first", "last")},
        {"ladder": ()},
        {"previous_answered": True, "today": date(2026, 7, 20)},
    ],
)
def test_AG_69_rungs_in_order(change):
    assert rules.rungs_in_order(ORDER)
    assert not rules.rungs_in_order(replace(ORDER, **change))


def test_AG_69_the_first_rung_follows_nothing_and_an_answered_notice_need_not_be_waited_out():
    assert rules.rungs_in_order(replace(ORDER, rung="notice", previous="", previous_state="", previous_cure_by=None))
    early = replace(ORDER, rung="first", previous="notice", today=date(2026, 7, 15))
    assert not rules.rungs_in_order(early)
    assert rules.rungs_in_order(replace(early, previous_answered=True))


def test_AG_70_cure_time_as_agreed():
    assert rules.cure_time_as_agreed(CureFacts(14, 14))
    assert not rules.cure_time_as_agreed(CureFacts(13, 14))


@pytest.mark.parametrize("change", [{"panel_minutes": ""}, {"panel_on": None}, {"panel_on": date(2026, 7, 22)}])
def test_AG_71_contested_breach_was_found(change):
    assert rules.contested_breach_was_found(HEARD)
    assert not rules.contested_breach_was_found(replace(HEARD, **change))
    assert rules.contested_breach_was_found(replace(HEARD, **change, contested=False))
    assert rules.contested_breach_was_found(replace(HEARD, **change, by_panel=False))


def test_AG_90_handed_between_sending_and_today():
    holds = HandedFacts(date(2026, 7, 6), date(2026, 7, 8), date(2026, 7, 8))
    assert rules.handed_between_sending_and_today(holds)
    assert not rules.handed_between_sending_and_today(replace(holds, handed_on=date(2026, 7, 5)))
    assert not rules.handed_between_sending_and_today(replace(holds, today=date(2026, 7, 7)))


def test_AG_91_receipt_known_where_it_counts():
    assert rules.receipt_known_where_it_counts(ReceiptFacts(from_receipt=False, received=False))
    assert rules.receipt_known_where_it_counts(ReceiptFacts(from_receipt=True, received=True))
    assert not rules.receipt_known_where_it_counts(ReceiptFacts(from_receipt=True, received=False))


def test_AG_72_own_part_in_a_warning():
    assert rules.own_part_in_a_warning(PartFacts("one", "one"))
    assert not rules.own_part_in_a_warning(PartFacts("one", "two"))


# The ladder ----------------------------------------------------------------------------------------------------------
SANCTIONS = {
    "code": "sanksi",
    "body": [
        {"text": "Dugaan pelanggaran diberitahukan, dan PIHAK itu menjawab dalam 10 (sepuluh) hari.", "sub": []},
        {"text": "Pelanggaran dikenai:", "sub": ["surat peringatan pertama dengan waktu perbaikan 20 (dua puluh) hari;",
                                                 "surat peringatan terakhir; dan", "pengakhiran."]},
    ],
}  # fmt: skip
DAYS = {"breach_answer_days": 7, "warning_1_cure_days": 14, "warning_2_cure_days": 14, "warning_3_cure_days": 7}


def test_the_ladder_is_what_the_text_says_and_is_quoted_as_it_is_numbered():
    steps = ladder.ladder([SANCTIONS], {"sanksi": "16A"}, DAYS)
    assert [(each.code, each.days) for each in steps] == [("notice", 10), ("first", 20), ("last", 7)]
    assert steps[1].at.place == "Pasal 16A ayat (2) huruf a"
    assert steps[1].after == ladder.Place("Pasal 16A ayat (2) huruf b", "surat peringatan terakhir")
    assert steps[2].after == ladder.Place("Pasal 16A ayat (2) huruf c", "pengakhiran")
    assert [ladder.next_rung(steps, each) for each in ("", "first", "last", "second")] == [
        steps[0],
        steps[2],
        None,
        None,
    ]


def test_a_text_without_warnings_has_no_ladder():
    assert ladder.ladder([], {}, DAYS) == ()
    assert ladder.ladder([{"code": "sanksi", "body": [{"text": "Denda.", "sub": []}]}], {"sanksi": "1"}, DAYS) == ()


@pytest.mark.django_db
def test_a_short_text_has_its_own_rungs(people):
    steps = queries.text_of(a_worded_agreement(people, short=True)).steps
    assert [(each.code, each.days) for each in steps] == [("notice", 7), ("first", 14), ("last", 7)]
    assert "denda keterlambatan" in steps[-1].after.words and steps[-1].after.place.endswith("ayat (3)")


# What is late --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_duty_is_late_by_its_days_or_where_nothing_was_planned_by_the_text(people):
    agreement = a_worded_agreement(people)
    plots, hours = agreement.obligations.filter(kind="duty")
    with clock.at(SEEN):
        assert late_promises(agreement) == {plots.pk: date(2026, 6, 30)}
        Due.objects.create(obligation=plots, due_on=date(2026, 8, 31), state="open")
        assert late_promises(agreement) == {}
        Due.objects.create(obligation=hours, due_on=date(2026, 3, 1), state="met")
        Due.objects.create(obligation=hours, due_on=date(2026, 6, 1), state="open")
        Due.objects.create(obligation=hours, due_on=date(2026, 5, 1), state="open")
        assert late_promises(agreement) == {hours.pk: date(2026, 5, 1)}


# Its way -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


way = pytest.mark.usefixtures("_home")


@way
@pytest.mark.django_db(transaction=True)
def test_a_partner_warns_the_village_and_the_village_makes_it_good(people):
    draft = a_draft(people, a_worded_agreement(people))
    assert (draft.rung, draft.party, draft.state) == ("notice", "two", "drafted")
    assert Notice.objects.count() == 0  # nobody else hears of a draft
    assert {each.role for each in Duty.objects.filter(closed_at=None)} == {"partner_signatory"}
    assert not queries.warnings_visible_to(people.kades).exists()
    assert queries.warnings_visible_to(people.held["mitra"]).exists()
    letter = sent(people, draft)
    assert (letter.cure_by, letter.paper.kind) == (date(2026, 7, 13), "warning")
    assert {each.role for each in Notice.objects.all()} == {"village_head", "bpd_chair"}
    waiting = Duty.objects.filter(closed_at=None)
    assert {(each.role, each.door, each.due_on) for each in waiting} == {
        ("village_head", "agreements.answer_warning", date(2026, 7, 13)),
        ("partner_signatory", "agreements.accept_cure", date(2026, 7, 14)),
    }
    for role in ("kades", "bpd", "camat"):
        assert queries.warnings_visible_to(people.held[role]).exists(), role
    with clock.at(SEEN + timedelta(days=2)):
        actions.answer_warning(by=people.by("sekdes"), warning=fresh(letter), kind="admits", text="Bibit terlambat.")
        actions.claim_cure(by=people.by("kades"), warning=fresh(letter), text="Petak dibuka 7 Juli.")
        actions.refuse_cure(by=people.by("mitra.direktur"), warning=fresh(letter), reason="Baru 1 ha.")
        actions.claim_cure(by=people.by("kades"), warning=fresh(letter), text="Petak kedua dibuka.")
        actions.accept_cure(by=people.by("mitra.direktur"), warning=fresh(letter))
    held = fresh(letter)
    assert held.state == "cured"
    assert [each.kind for each in held.words.all()] == ["admits", "cured", "refused", "cured", "accepted"]
    assert not Duty.objects.filter(closed_at=None, about=f"warningletter:{held.code}").exists()
    told = Event.objects.filter(about=f"warningletter:{held.code}").order_by("seq").values_list("verb", flat=True)
    assert list(told)[-1] == "warning.cured" and "warning.sent" in told


@way
@pytest.mark.django_db(transaction=True)
def test_every_rung_waits_for_the_one_before_it_and_after_the_last_there_is_none(people):
    letter = a_sent_notice(people)
    with pytest.raises(Refused, match="AG-69"):
        the_next(people, letter, SEEN + timedelta(days=7))
    for rung, days in (("first", 14), ("second", 14), ("last", 7)):
        moment = after(letter)
        with pytest.raises(Refused, match="AG-70"):
            the_next(people, letter, moment, days=days - 1)
        draft = the_next(people, letter, moment, days=days)
        assert draft.rung == rung
        before, letter = letter, sent(people, draft, at=moment)
        assert fresh(before).state == "followed"
    with pytest.raises(Refused, match="AG-69"):
        the_next(people, letter, after(letter))
    assert WarningLetter.objects.count() == 4


@way
@pytest.mark.django_db(transaction=True)
def test_what_is_contested_waits_for_the_panel(people):
    letter = a_sent_notice(people)
    with clock.at(SEEN):
        actions.answer_warning(by=people.by("kades"), warning=fresh(letter), kind="contests", text="Petak sudah ada.")
    draft = the_next(people, letter, SEEN + timedelta(days=1))  # it was answered
    with pytest.raises(Refused, match="AG-71"):
        sent(people, draft, at=SEEN + timedelta(days=1))
    with clock.at(SEEN + timedelta(days=1)):
        found = Told(**TYPED, panel_minutes="02/BA-PANEL/2026", panel_on=date(2026, 7, 7))
        actions.word_warning(by=people.by("mitra"), warning=fresh(draft), told=found)
    assert sent(people, draft, at=SEEN + timedelta(days=1)).state == "sent"


RECEIVED_TEXT = (
    "Atas dugaan pelanggaran PIHAK lain menjawab dalam 7 hari sejak surat diterima.\n"
    "Sanksi berjenjang:\n- surat peringatan pertama dengan waktu perbaikan 14 (empat belas) hari kerja sejak diterima;\n"
    "- surat peringatan kedua dengan waktu perbaikan 14 hari."
)


@way
@pytest.mark.django_db(transaction=True)
def test_days_run_from_the_day_on_which_the_letter_was_received_where_the_agreement_says_so(people):
    agreement = a_worded_agreement(people, sanksi=text.from_typed(RECEIVED_TEXT))
    steps = queries.text_of(agreement).steps
    assert [each.from_receipt for each in steps] == [True, True, False]
    letter = a_sent_notice(people, agreement)
    says_the_same_in_each_form(letter.paper.source)
    assert tight("7 (tujuh) hari sejak surat ini diterima") in tight(typed_out(docx.render(letter.paper.source)))
    with pytest.raises(Refused, match="AG-91"):
        the_next(people, letter, after(letter))  # nobody knows whether it came
    handed = {"handed_on": date(2026, 7, 10), "handed_to": "Sarinem"}
    with clock.at(SEEN), pytest.raises(Refused, match="AG-90"):
        actions.hand_warning(by=people.by("mitra"), warning=fresh(letter), **handed)
    with clock.at(SEEN + timedelta(days=6)):
        with pytest.raises(Refused, match="AG-72"):
            actions.hand_warning(by=people.by("kades"), warning=fresh(letter), **handed)
        read_before = fresh(letter)
        actions.hand_warning(by=people.by("mitra"), warning=fresh(letter), **handed)
        for held in (read_before, fresh(letter)):  # it is said once, whenever its page was read
            with pytest.raises(NoSuchMove):
                actions.hand_warning(by=people.by("mitra"), warning=held, **{**handed, "handed_to": "Paijo"})
    held = fresh(letter)
    assert (held.cure_by, held.handed_to) == (date(2026, 7, 17), "Sarinem")
    assert Duty.objects.filter(door="agreements.answer_warning", due_on=held.cure_by, url_code=held.code).exists()
    with pytest.raises(Refused, match="AG-69"):
        the_next(people, held, after(letter))
    assert the_next(people, held, after(held), days=14).rung == "first"


@way
@pytest.mark.django_db(transaction=True)
def test_where_days_run_from_sending_the_receipt_moves_nothing(people):
    letter = a_sent_notice(people)
    before = letter.cure_by
    with clock.at(SEEN + timedelta(days=2)):
        actions.hand_warning(
            by=people.by("mitra"), warning=fresh(letter), handed_on=date(2026, 7, 8), handed_to="Sarinem"
        )
    assert fresh(letter).cure_by == before and fresh(letter).handed_on == date(2026, 7, 8)


@way
@pytest.mark.django_db(transaction=True)
def test_each_side_does_its_own_part(people):
    letter = a_sent_notice(people)
    village, partner = people.by("kades"), people.by("mitra.direktur")
    with clock.at(SEEN):
        for act in (
            lambda: actions.answer_warning(by=partner, warning=fresh(letter), kind="admits", text="Ya"),
            lambda: actions.claim_cure(by=partner, warning=fresh(letter), text="Sudah"),
            lambda: actions.accept_cure(by=village, warning=fresh(letter)),
            lambda: actions.withdraw_warning(by=village, warning=fresh(letter), reason="Tidak benar"),
        ):
            with pytest.raises(Refused, match="AG-72"):
                act()
    assert fresh(letter).state == "sent" and not letter.words.exists()


@way
@pytest.mark.django_db(transaction=True)
def test_nobody_warns_of_his_own_duty_of_what_is_in_time_of_what_rests_or_twice(people):
    agreement = a_worded_agreement(people)
    for points, who in (
        (["kewajiban-1"], "sekdes"),
        (["kewajiban-2"], "sekdes"),
        (["kewajiban-9"], "mitra"),
        ([], "mitra"),
    ):
        with pytest.raises(Refused, match="AG-67"):
            a_draft(people, agreement, who, points=points)
    with clock.at(SEEN):
        flood = changing.propose_suspension(
            by=people.by("kades"), agreement=agreement, cause="force_majeure", happened_on=date(2026, 7, 1),
            reason="Longsor.", until=date(2026, 9, 30), moves_dues=True,
        )  # fmt: skip
    with pytest.raises(Refused, match="AG-68"):
        a_draft(people, agreement)
    with clock.at(SEEN):
        changing.refuse_suspension(by=people.by("mitra.direktur"), suspension=flood, reason="Lahan lain aman.")
    assert Suspension.objects.get().state == "refused"
    a_draft(people, agreement, points=["kewajiban-1", "batasan-1"])
    assert WarnedOf.objects.count() == 2
    with pytest.raises(Refused, match="AG-69"):
        a_draft(people, agreement)
    a_draft(people, agreement, "sekdes", points=["batasan-1"])  # the other side's own matter
    assert WarningLetter.objects.count() == 2


@way
@pytest.mark.django_db(transaction=True)
def test_a_draft_is_dropped_silently_and_a_sent_one_is_withdrawn_with_its_paper(people):
    agreement = a_worded_agreement(people)
    draft = a_draft(people, agreement)
    with clock.at(SEEN):
        actions.withdraw_warning(by=people.by("mitra.direktur"), warning=fresh(draft), reason="Keliru")
    assert fresh(draft).state == "dropped" and not Notice.objects.exists()
    letter = a_sent_notice(people, agreement)
    told = Notice.objects.count()
    with clock.at(SEEN):
        actions.withdraw_warning(by=people.by("mitra.direktur"), warning=fresh(letter), reason="Sudah dipenuhi")
    held = fresh(letter)
    assert (held.state, held.words.get().text) == ("withdrawn", "Sudah dipenuhi")
    assert held.paper.is_withdrawn and held.paper.withdrawal.why != "Sudah dipenuhi"  # the reason is between the sides
    assert Notice.objects.count() == told + 2


@way
@pytest.mark.django_db(transaction=True)
def test_exactly_what_was_read_today_is_sent_and_only_once(people):
    draft = a_draft(people, a_worded_agreement(people))
    for other in ({"seen": "0" * 64}, {"sent_on": date(2026, 7, 5)}):
        with pytest.raises(Refused, match="AG-19"):
            sent(people, draft, **other)
    stale = fresh(draft)
    sent(people, draft)
    with pytest.raises(NoSuchMove), clock.at(SEEN):
        actions.withdraw_warning(by=people.by("mitra.direktur"), warning=stale, reason="Keliru")
    assert fresh(draft).state == "sent"


@way
@pytest.mark.django_db(transaction=True)
def test_the_paper_says_the_same_in_all_three_forms_and_quotes_the_agreement(people):
    agreement = a_worded_agreement(people)
    letter = sent(people, a_draft(people, agreement))
    moment = after(letter)
    first = sent(people, the_next(people, letter, moment), at=moment)
    says_the_same_in_each_form(first.paper.source)
    whole = tight(typed_out(docx.render(first.paper.source)))
    for said in (
        "Surat Peringatan Pertama", "005/SP/2026", date_in_words(date(2026, 7, 14)), "(14-07-2026)",
        "menyediakan petak contoh", "jatuh tempo 30 Juni 2026", "Petak contoh belum dibuka.", "Membuka petak contoh",
        "(28-07-2026), yaitu 14 (empat belas) hari",
        "huruf a: “surat peringatan pertama dengan waktu perbaikan 14 (empat belas) hari”",
        "huruf b: “surat peringatan kedua dengan waktu perbaikan 14 (empat belas) hari”",
        "Pemberitahuan Dugaan Pelanggaran Nomor 005/SP/2026 tanggal 6 Juli 2026", "Direktur Fakultas Pertanian Contoh",
    ):  # fmt: skip
        assert tight(said) in whole, said
