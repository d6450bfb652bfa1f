"""Measuring, checking and reporting, as the people of a village do it."""

from datetime import UTC, date, datetime

import pytest

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models import Agreement
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Withdrawal
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.monitoring import actions, contents, letters, queries
from bermitra.monitoring.models import Indicator, Report, Target, Value
from bermitra.partnership.models import Case
from bermitra.registry.models import OverdueReport
from bermitra.registry.queries.villages import reports_owed
from tests.monitoring.makers import (
    ADOPTED,
    MEASURED,
    REPORTED,
    THREE,
    a_draft_framework,
    a_framework,
    a_ready_report,
    a_sent_report,
    a_value,
    an_agreement,
    an_approved_value,
    an_open_report,
    booked,
    measured,
    progressed,
    send,
)
from tests.partnership.makers import LONG_AGO, a_partner
from tests.people import OURS, place


def open_doors(about: str = "") -> set[tuple[str, str]]:
    found = Duty.objects.filter(closed_at=None)
    return set((found.filter(about=about) if about else found).values_list("door", "role"))


# What is measured -----------------------------------------------------------------------------------------------------


def test_a_village_says_what_it_measures_and_its_head_adopts_it(people):
    framework = a_framework(people, an_agreement(people))
    assert framework.state == "adopted"
    assert framework.adopted_by == people.kades.code
    assert open_doors() == {("monitoring.open_report", "village_secretary")}
    assert Duty.objects.get(door="monitoring.open_report").due_on == date(2027, 1, 31)


def test_the_partner_may_adopt_what_both_have_drafted(people):
    with clock.at(ADOPTED):
        framework = a_draft_framework(people, an_agreement(people))
        actions.adopt_framework(by=people.by("mitra.direktur"), framework=framework)
    framework.refresh_from_db()
    assert framework.state == "adopted"


@pytest.mark.parametrize("who", ["sekdes", "operator", "mitra", "camat", "dinas", "kades.asing"])
def test_nobody_else_adopts_indicators(people, who):
    framework = a_draft_framework(people, an_agreement(people))
    with pytest.raises(NotAllowed):
        actions.adopt_framework(by=people.by(who), framework=framework)


def test_two_families_are_not_enough_and_nothing_is_left_behind(people):
    with clock.at(ADOPTED):
        framework = a_draft_framework(people, an_agreement(people), rows=2)
        before = Event.objects.count()
        with pytest.raises(Refused) as refused:
            actions.adopt_framework(by=people.by("kades"), framework=framework)
    assert refused.value.codes == ("MN-01",)
    framework.refresh_from_db()
    assert framework.state == "draft"
    assert Event.objects.count() == before


def test_an_old_baseline_is_refused(people):
    with clock.at(datetime(2026, 7, 16, 3, tzinfo=UTC)):  # six months and a day after 15 January
        framework = a_draft_framework(people, an_agreement(people))
        with pytest.raises(Refused) as refused:
            actions.adopt_framework(by=people.by("kades"), framework=framework)
    assert refused.value.codes == ("MN-01",)
    assert queries.months_between(date(2026, 1, 15), date(2026, 7, 15)) == 6


def test_adopted_indicators_stand_still(people):
    framework = a_framework(people, an_agreement(people))
    first = framework.indicators.get(number=1)
    with pytest.raises(NoSuchMove):
        actions.set_target(by=people.by("operator"), indicator=first, year=2027, amount=1)
    with pytest.raises(NoSuchMove):
        actions.drop_indicator(by=people.by("operator"), indicator=first)
    with clock.at(ADOPTED), pytest.raises(NoSuchMove):
        actions.adopt_framework(by=people.by("kades"), framework=framework)
    assert framework.indicators.count() == 3


def test_an_agreement_has_one_set_of_indicators(people):
    agreement = an_agreement(people)
    a_draft_framework(people, agreement)
    with pytest.raises(NoSuchMove):
        actions.draft_framework(by=people.by("sekdes"), agreement=agreement, sub_field="")


def test_an_agreement_that_is_not_in_force_has_none(people):
    agreement = an_agreement(people, state="locked")
    with pytest.raises(NoSuchMove):
        actions.draft_framework(by=people.by("sekdes"), agreement=agreement, sub_field="")


def test_dropping_an_indicator_closes_the_gap_in_the_numbers(people):
    framework = a_draft_framework(people, an_agreement(people))
    actions.drop_indicator(by=people.by("operator"), indicator=framework.indicators.get(number=1))
    assert list(framework.indicators.values_list("number", "title")) == [(1, THREE[1]["title"]), (2, THREE[2]["title"])]


def test_another_precision_asks_for_the_figures_again(people):
    framework = a_draft_framework(people, an_agreement(people), rows=1)
    first = framework.indicators.get()
    other = {**THREE[0], "scale": 2, "method": "timbang", "data_owner": "partner", "indicator": first}
    actions.set_indicator(by=people.by("operator"), framework=framework, **other)
    first.refresh_from_db()
    assert (first.baseline, first.baseline_on, Target.objects.count()) == (None, None, 0)


def test_a_years_target_set_again_replaces_the_first(people):
    framework = a_draft_framework(people, an_agreement(people), rows=1)
    actions.set_target(by=people.by("operator"), indicator=framework.indicators.get(), year=2026, amount=80)
    assert Target.objects.get().amount == 80


# Values ---------------------------------------------------------------------------------------------------------------


def test_a_value_counts_once_somebody_else_approved_it(people):
    agreement = an_agreement(people)
    first = a_framework(people, agreement).indicators.get(number=1)
    with clock.at(MEASURED):
        value = a_value(people, first, 76)
        assert queries.indicators_of(agreement)[0].value is None
        actions.submit_value(by=people.by("lksd"), value=value)
        assert ("monitoring.approve_value", "village_secretary") in open_doors(f"value:{value.code}")
        actions.approve_value(by=people.by("anggota.bpd"), value=Value.objects.get())
    stands = queries.indicators_of(agreement)[0]
    assert (stands.value_words, stands.target_words, stands.met, stands.progress) == ("7,6", "7,4", True, 1154)
    assert open_doors(f"value:{value.code}") == set()


def test_who_measured_does_not_approve(people):
    first = a_framework(people, an_agreement(people)).indicators.get(number=1)
    value = actions.record_value(
        by=people.by("sekdes"),
        indicator=first,
        amount=76,
        measured_on=date(2026, 12, 31),
        source="buku",
        method="timbang",
    )
    actions.submit_value(by=people.by("sekdes"), value=value)
    with pytest.raises(Refused) as refused:
        actions.approve_value(by=people.by("sekdes"), value=value)
    assert refused.value.codes == ("MN-02",)
    assert Value.objects.get().state == "submitted"
    assert ("monitoring.approve_value", "village_head") in open_doors(f"value:{value.code}")


def test_a_value_without_a_source_is_not_approved(people):
    first = a_framework(people, an_agreement(people)).indicators.get(number=1)
    value = actions.record_value(
        by=people.by("lksd"), indicator=first, amount=76, measured_on=date(2026, 12, 31), source="", method="timbang"
    )
    actions.submit_value(by=people.by("lksd"), value=value)
    with pytest.raises(Refused) as refused:
        actions.approve_value(by=people.by("sekdes"), value=value)
    assert refused.value.codes == ("MN-02",)


def test_a_returned_value_goes_back_to_its_measurer_and_comes_again(people):
    first = a_framework(people, an_agreement(people)).indicators.get(number=1)
    value = actions.submit_value(by=people.by("lksd"), value=a_value(people, first, 760))
    value = actions.return_value(by=people.by("sekdes"), value=value, why="Salah koma.")
    duty = Duty.objects.get(closed_at=None, about=f"value:{value.code}")
    assert (duty.door, duty.person) == ("monitoring.submit_value", people.lksd.code)
    given = {"amount": 76, "measured_on": value.measured_on, "source": value.source, "method": value.method}
    value = actions.revise_value(by=people.by("lksd"), value=value, **given)
    value = actions.submit_value(by=people.by("lksd"), value=value)
    assert (value.state, value.amount, value.returned_because) == ("submitted", 76, "")


def test_the_partners_own_measurement_is_checked_by_the_village(people):
    first = a_framework(people, an_agreement(people)).indicators.get(number=1)
    value = actions.record_value(
        by=people.by("mitra"),
        indicator=first,
        amount=76,
        measured_on=date(2026, 12, 31),
        source="kebun",
        method="timbang",
    )
    value = actions.submit_value(by=people.by("mitra"), value=value)
    assert actions.approve_value(by=people.by("kades"), value=value).state == "approved"


def test_the_evidence_of_a_value_is_kept(people):
    first = a_framework(people, an_agreement(people)).indicators.get(number=1)
    content = files.put(b"%PDF-1.7 bukti", media_type="application/pdf", name="bukti.pdf")
    value = actions.record_value(
        by=people.by("lksd"), indicator=first, amount=76, measured_on=date(2026, 12, 31), source="buku", method="timbang",
        file=content,
    )  # fmt: skip
    assert value.file.sha256 == content.sha256


def test_nothing_is_measured_before_the_indicators_are_adopted(people):
    first = a_draft_framework(people, an_agreement(people)).indicators.get(number=1)
    with pytest.raises(NoSuchMove):
        a_value(people, first, 76)


def test_a_later_measurement_is_the_one_that_counts(people):
    agreement = an_agreement(people)
    first = a_framework(people, agreement).indicators.get(number=1)
    an_approved_value(people, first, 76, date(2026, 12, 31))
    an_approved_value(people, first, 70, date(2026, 6, 30))
    assert queries.indicators_of(agreement)[0].value_words == "7,6"
    assert queries.indicators_of(agreement, until=date(2026, 7, 1))[0].value_words == "7,0"


def test_a_count_of_four_people_is_marked_as_not_for_the_public(people):
    agreement = an_agreement(people)
    measured(people, agreement, (76, 4, 71))
    assert [each.hidden for each in queries.indicators_of(agreement)] == [False, True, False]


# Reports --------------------------------------------------------------------------------------------------------------


def test_a_yearly_report_goes_to_the_bpd_then_through_the_camat_to_the_regency(people):
    report = a_ready_report(people)
    with clock.at(REPORTED):
        report = send(people, report)
        assert report.state == "submitted"
        assert open_doors(f"report:{report.code}") == {("monitoring.receive_report", "bpd_chair")}
        assert Notice.objects.filter(role="camat", region_id=OURS[:8]).exists()
        report = actions.receive_report(by=people.by("bpd"), report=report, note="Diterima dengan catatan.")
        assert open_doors(f"report:{report.code}") == {("monitoring.forward_report", "camat")}
        report = actions.forward_report(by=people.by("camat"), report=report)
    assert report.state == "filed"
    assert [each.kind for each in queries.steps_of(report)] == ["sent", "received", "forwarded"]
    assert Notice.objects.filter(role="dpmd_officer").exists()
    assert ("monitoring.open_report", "village_secretary") in open_doors(f"yearly_report:{OURS}:2027")


def test_the_report_tells_what_is_on_record(people):
    content = a_ready_report(people).content
    assert contents.empty_chapters(content) == ()
    (row,) = content["list"]
    assert (row["kind"], row["field"], row["sub_field"]) == ("KDPK", "Pemberdayaan Masyarakat", "Pertanian lereng")
    assert (row["complete"], row["people"], row["status"]) == (True, 84, "Berjalan")
    (done,) = content["execution"]["agreements"]
    assert (done["activities"][0]["made"], done["activities"][0]["percent"]) == (48, 80)
    assert (done["due"], done["met"], done["late"]) == (2, 1, 1)
    (money,) = content["money"]["agreements"]
    first = money["sources"][0]
    assert [first[name] for name in ("planned", "received", "spent", "left")] == [
        82_000_000,
        30_000_000,
        18_000_000,
        12_000_000,
    ]
    assert content["money"]["treasury"] == {"received": 30_000_000, "spent": 18_000_000}
    (results,) = content["results"]["agreements"]
    assert [each["value"] for each in results["indicators"]] == ["7,6", "22", "71"]
    assert [each["party"] for each in content["problems"]["late"]] == ["one"]


def test_money_of_another_year_is_not_of_this_report(people):
    agreement = an_agreement(people)
    booked(agreement, "receipt", 30_000_000, date(2026, 12, 31))
    booked(agreement, "receipt", 5_000_000, date(2027, 1, 1))
    assert an_open_report(people).content["money"]["treasury"]["received"] == 30_000_000


def test_a_counter_entry_takes_back_its_own_side(people):
    agreement = an_agreement(people)
    wrong = booked(agreement, "receipt", 30_000_000, date(2026, 3, 2))
    booked(agreement, "receipt", 30_000_000, date(2026, 3, 3), counters=wrong)
    booked(agreement, "receipt", 3_000_000, date(2026, 3, 3))
    report = an_open_report(people)
    assert report.content["money"]["treasury"] == {"received": 3_000_000, "spent": 0}
    assert report.content["money"]["agreements"][0]["sources"][0]["received"] == 3_000_000


def test_a_report_whose_money_differs_from_the_ledger_is_refused(people):
    report = a_ready_report(people)
    with clock.at(REPORTED):
        report = actions.state_money(by=people.by("bendahara"), report=report, received=45_000_000, spent=18_000_000)
        before = Event.objects.count()
        with pytest.raises(Refused) as refused:
            send(people, report)
    assert refused.value.codes == ("MN-05",)
    report.refresh_from_db()
    assert (report.state, report.paper, Event.objects.count()) == ("open", None, before)


def test_a_ledger_that_moved_since_the_report_was_composed_is_noticed(people):
    agreement = an_agreement(people)
    report = a_ready_report(people, agreement)
    booked(agreement, "receipt", 1_000_000, date(2026, 12, 30))
    with clock.at(REPORTED):
        with pytest.raises(Refused) as refused:
            send(people, report)
        assert refused.value.codes == ("MN-05",)
        report = actions.state_money(by=people.by("bendahara"), report=report, received=31_000_000, spent=18_000_000)
        assert send(people, report).state == "submitted"


def test_figures_are_renewed_from_the_record(people):
    agreement = an_agreement(people)
    report = an_open_report(people)
    progressed(agreement, 100, 60, date(2026, 11, 30))
    report = actions.renew_figures(by=people.by("operator"), report=report)
    assert report.content["execution"]["agreements"][0]["activities"][0]["percent"] == 100


def test_a_report_with_an_empty_chapter_is_refused(people):
    report = a_ready_report(people)
    with clock.at(REPORTED):
        report = actions.describe_report(by=people.by("operator"), report=report, words={"next": ""})
        assert contents.empty_chapters(report.content) == ("next",)
        with pytest.raises(Refused) as refused:
            send(people, report)
    assert refused.value.codes == ("MN-05",)


def test_the_first_year_may_rest_on_the_baseline_and_the_second_must_measure(people):
    a_framework(people, an_agreement(people))
    first, second = an_open_report(people, 2026), an_open_report(people, 2027)
    assert "results" not in contents.empty_chapters(first.content)
    assert "results" in contents.empty_chapters(second.content)


def test_a_year_without_meeting_or_training_must_be_explained(people):
    an_agreement(people)
    report = an_open_report(people)
    assert "participation" in contents.empty_chapters(report.content)
    words = {"participation": "Pertemuan ditunda karena longsor."}
    report = actions.describe_report(by=people.by("operator"), report=report, words=words)
    assert "participation" not in contents.empty_chapters(report.content)


@pytest.mark.parametrize("role", ["bpd_chair", "camat"])
def test_a_report_that_no_bpd_or_no_camat_can_take_in_hand_is_refused(people, role):
    report = a_ready_report(people)
    Appointment.objects.filter(role=role).update(until=date(2026, 12, 31))
    with clock.at(REPORTED), pytest.raises(Refused) as refused:
        send(people, report)
    assert refused.value.codes == ("MN-06",)
    assert Report.objects.get().state == "open"


def test_a_paper_of_another_content_is_not_issued(people):
    report = a_ready_report(people)
    with clock.at(REPORTED):
        stale = people.by("kades")
        from_before = letters.report_paper(report, key=stale.key, number="1", dated=clock.today())
        report = actions.describe_report(by=people.by("operator"), report=report, words={"next": "Lain sekali."})
        with pytest.raises(NoSuchMove):
            send(people, report, paper=from_before, number="1")


def test_a_late_report_still_goes_and_says_so_in_the_journal(people):
    report = a_ready_report(people)
    with clock.at(datetime(2027, 3, 5, 3, tzinfo=UTC)):
        assert send(people, report).state == "submitted"
    assert "MN-07" in Event.objects.get(verb="report.submitted").body


def test_the_bpd_asks_and_the_head_answers_with_a_new_paper(people):
    report = a_sent_report(people)
    first = report.paper
    with clock.at(REPORTED):
        report = actions.question_report(
            by=people.by("anggota.bpd"), report=report, question="Mengapa petak terlambat?"
        )
        assert open_doors(f"report:{report.code}") == {("monitoring.submit_report", "village_head")}
        report = actions.describe_report(
            by=people.by("sekdes"), report=report, words={"problems": "Hujan tiga minggu."}
        )
        report = send(people, report, answer="Karena hujan; sudah dipulihkan.")
    assert report.paper.code != first.code
    assert Withdrawal.objects.get().paper == first
    assert [each.kind for each in queries.steps_of(report)] == ["sent", "questioned", "answered"]


def test_a_sent_report_is_not_written_in(people):
    report = a_sent_report(people)
    with pytest.raises(NoSuchMove):
        actions.describe_report(by=people.by("operator"), report=report, words={"next": "Lain."})
    with pytest.raises(NoSuchMove):
        actions.state_money(by=people.by("bendahara"), report=report, received=1, spent=1)


def test_the_camat_does_not_pass_on_what_the_bpd_has_not_received(people):
    report = a_sent_report(people)
    with pytest.raises(Refused) as refused:
        actions.forward_report(by=people.by("camat"), report=report)
    assert refused.value.codes == ("MN-06",)


@pytest.mark.parametrize("who", ["operator", "bendahara", "bpd", "camat", "dinas", "bupati", "mitra"])
def test_only_the_head_and_the_secretary_send_a_report(people, who):
    report = a_ready_report(people)
    with clock.at(REPORTED), pytest.raises(NotAllowed):
        send(people, report, who)


@pytest.mark.parametrize("who", ["dinas", "bupati", "inspektorat", "kades", "bpd"])
def test_only_the_camat_passes_a_report_on(people, who):
    report = a_sent_report(people)
    actions.receive_report(by=people.by("bpd"), report=report)
    with pytest.raises(NotAllowed):
        actions.forward_report(by=people.by(who), report=report)


def test_a_year_has_one_report_and_a_year_without_agreement_none(people):
    an_agreement(people)
    an_open_report(people)
    with pytest.raises(NoSuchMove):
        an_open_report(people)
    with pytest.raises(NoSuchMove):
        an_open_report(people, 2024)
    assert Report.objects.count() == 1


def test_a_clock_begins_the_reports_of_a_year_that_is_over_and_sends_none(people):
    an_agreement(people)
    an_agreement(people, title="Yang lain")
    assert actions.open_due_reports(date(2027, 1, 1)) == 1
    report = Report.objects.get()
    assert (report.year, report.state, report.opened_by) == (2026, "open", "system")
    assert actions.open_due_reports(date(2027, 1, 2)) == 0
    with pytest.raises(NotAllowed):
        actions.renew_figures(by=By.the_system(), report=report)


def test_a_progress_report_tells_of_one_agreement_in_its_own_time(people):
    agreement = an_agreement(people)
    other = an_agreement(people, title="Yang lain")
    booked(agreement, "receipt", 30_000_000, date(2026, 3, 2))
    booked(other, "receipt", 7_000_000, date(2026, 3, 2))
    measured(people, agreement)
    report = actions.open_progress_report(
        by=people.by("sekdes"), agreement=agreement, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30)
    )
    assert report.due_on == date(2026, 7, 30)
    assert [each["title"] for each in report.content["money"]["agreements"]] == ["Budidaya lereng"]
    assert report.content["money"]["treasury"] == {"received": 30_000_000, "spent": 0}
    assert "list" not in report.content
    assert contents.empty_chapters(report.content) == ("problems", "next")


def test_a_progress_report_is_sent_the_same_way(people):
    agreement = an_agreement(people)
    measured(people, agreement)
    with clock.at(REPORTED):
        report = actions.open_progress_report(
            by=people.by("sekdes"), agreement=agreement, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31)
        )
        report = actions.describe_report(
            by=people.by("sekdes"), report=report, words={"problems": "Tidak ada.", "next": "Lanjut."}
        )
        report = actions.state_money(by=people.by("bendahara"), report=report, received=0, spent=0)
        report = send(people, report)
    assert report.state == "submitted"
    assert list(queries.reports_of(OURS)) == [report]


# Agreements of before the village was here ------------------------------------------------------------------------------
def an_earlier(people, *, running: bool = True, confirmed: int = 2026, **other) -> EarlierAgreement:
    case = Case.objects.create(
        title="Pengolahan gula semut", route="register_existing", coop_type="pihak_ketiga", village_id=OURS,
        field_of_government="pemberdayaan_masyarakat", partner=a_partner(people, "CV Gula Semut", "gula"),
        state="running" if running else "existing_registered", opened_at=LONG_AGO, opened_by="system",
    )  # fmt: skip
    return EarlierAgreement.objects.create(
        case=case, scope="Pembelian gula semut petani", starts_on=date(2023, 2, 1), recorded_at=LONG_AGO,
        recorded_by="system", confirmed_at=datetime(confirmed, 3, 1, tzinfo=UTC) if running else None, **other,
    )  # fmt: skip


def test_an_earlier_agreement_that_runs_stands_in_the_yearly_report_named_as_such(people):
    an_agreement(people)
    an_earlier(people, number="03/PKS/2023", value=0, ends_on=date(2027, 6, 30))
    report = an_open_report(people)
    first, second = report.content["list"]
    assert "earlier" not in first and second["earlier"] is True
    assert (second["partner"], second["scope"], second["number"]) == (
        "CV Gula Semut", ["Pembelian gula semut petani"], "03/PKS/2023",
    )  # fmt: skip
    assert (second["made_on"], second["value"], second["people"], second["complete"]) == ("", 0, None, False)
    assert {"title": "Pengolahan gula semut", "ends_on": "2027-06-30"} in report.content["next"]["ending"]
    shown = str(letters.report_document(report, number="1", dated=date(2027, 1, 20)))
    assert "CV Gula Semut (KDPK, perjanjian terdahulu)" in shown and "belum diketahui" in shown
    assert "Uang dari perjanjian terdahulu tidak termasuk" in shown


def test_a_record_that_nobody_has_declared_to_run_is_in_no_report(people):
    an_earlier(people, running=False)
    assert queries.years_to_report(OURS, date(2027, 3, 1)) == []
    assert queries.villages_to_report(2026) == [] and queries.overdue_reports(OURS, date(2028, 2, 1)) == []
    with pytest.raises(NoSuchMove):
        an_open_report(people)


def test_a_village_with_earlier_agreements_only_reports_from_the_year_in_which_they_were_declared_to_run(people):
    an_earlier(people)
    assert queries.years_to_report(OURS, date(2028, 5, 1)) == [2028, 2027, 2026]
    assert queries.villages_to_report(2025) == [] and queries.villages_to_report(2026) == [OURS]
    assert [each.year for each in queries.all_overdue_reports(date(2028, 2, 1))] == [2026, 2027]
    with pytest.raises(NoSuchMove):
        an_open_report(people, 2025)


def test_what_is_not_on_record_of_earlier_agreements_the_village_tells_itself(people):
    an_earlier(people)
    report = an_open_report(people)
    lacking = {"execution", "results", "participation", "problems", "next"}
    assert set(contents.empty_chapters(report.content)) == lacking
    with clock.at(REPORTED):
        report = actions.describe_report(by=people.by("operator"), report=report, words=dict.fromkeys(lacking, "Baik."))
        report = actions.state_money(by=people.by("bendahara"), report=report, received=0, spent=0)
        assert contents.empty_chapters(report.content) == ()
        assert send(people, report).state == "submitted"


# Overdue --------------------------------------------------------------------------------------------------------------


def test_a_village_that_never_began_its_report_is_late_as_well(people):
    an_agreement(people)
    assert queries.overdue_reports(OURS, date(2027, 1, 31)) == []
    (late,) = queries.overdue_reports(OURS, date(2027, 2, 1))
    assert (late.year, late.due_on, late.report) == (2026, date(2027, 1, 31), None)
    assert [each.village_id for each in queries.overdue_reports("33.04", date(2027, 2, 1))] == [OURS]
    assert queries.overdue_reports("51.08", date(2027, 2, 1)) == []


def test_a_sent_report_is_not_late(people):
    a_sent_report(people)
    assert queries.overdue_reports(OURS, date(2027, 2, 1)) == []
    assert [each.year for each in queries.overdue_reports(OURS, date(2028, 2, 1))] == [2027]


def test_the_clock_notes_what_is_late_once_and_ends_it_when_nothing_is_owed_any_more(people):
    agreement = an_agreement(people)
    assert actions.note_overdue_reports(date(2027, 1, 31)) == (0, 0)
    assert actions.note_overdue_reports(date(2027, 2, 1)) == (1, 0)
    assert actions.note_overdue_reports(date(2027, 2, 2)) == (0, 0)
    noted = OverdueReport.objects.get()
    assert (noted.village_id, noted.year, noted.due_on, noted.closed_at) == (OURS, 2026, date(2027, 1, 31), None)
    Agreement.objects.filter(pk=agreement.pk).update(state="abandoned")
    assert actions.note_overdue_reports(date(2027, 2, 3)) == (0, 1)
    assert OverdueReport.objects.get().closed_at is not None


def test_a_late_report_is_no_arrears_from_the_act_that_sends_it(people):
    report = a_ready_report(people)
    actions.note_overdue_reports(date(2027, 2, 1))
    assert reports_owed(place(OURS)).count() == 1
    with clock.at(datetime(2027, 2, 2, 3, tzinfo=UTC)):
        send(people, report)
    assert reports_owed(place(OURS)).count() == 0
    assert actions.note_overdue_reports(date(2027, 2, 3)) == (0, 0)


def test_a_village_names_the_years_it_has_still_to_report(people):
    an_agreement(people)
    assert queries.years_to_report(OURS, date(2028, 5, 1)) == [2028, 2027, 2026]
    an_open_report(people)
    assert queries.years_to_report(OURS, date(2028, 5, 1)) == [2028, 2027]


def test_who_sees_what(people):
    agreement = an_agreement(people)
    report = a_ready_report(people, agreement)
    for who in ("kades", "bpd", "camat", "dinas", "inspektorat", "mitra"):
        person = people.by(who).person
        assert list(queries.agreements_seen_by(person)) == [agreement], who
        assert list(queries.reports_visible_to(person)) == ([] if who == "mitra" else [report]), who
    for who in ("kades.asing", "dinas.asing", "warga", "pengelola"):
        person = people.by(who).person
        assert not queries.agreements_seen_by(person).exists(), who
        assert not queries.reports_visible_to(person).exists(), who
        assert not queries.values_visible_to(person).exists(), who
        assert not queries.indicators_visible_to(person).exists(), who
    assert Indicator.objects.count() == 3
