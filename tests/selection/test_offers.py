"""An offer that came by itself: until when the village answers, until when the partner repairs, and what may come again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.queries import standing
from bermitra.partnership import actions as case_actions
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection import actions, terms
from bermitra.selection.models import Proposal, WrittenAnswer
from bermitra.selection.queries import answers_late, checks, repeat_facts
from bermitra.selection.queries.offers import essence
from tests.partnership.makers import a_need, a_partner, a_tabled_sheet, decided
from tests.people import OURS, place
from tests.refusals import codes
from tests.selection.makers import OFFERED, OPENED, TAKES_NOTHING, TICKS, a_rival_call, an_offer

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)  # of OPENED


def at(day: int) -> datetime:
    return OPENED + timedelta(days=day)


def offer() -> Proposal:
    return Proposal.objects.select_related("partner", "case__village", "case__partner", "village", "rival_of").get()


def due(case: Case) -> tuple[str, str, str]:
    duty = Duty.objects.get(OPEN, about=f"case:{case.code}")
    return duty.door, duty.role, str(duty.due_on)


def an_own_draft(people, title="Penjualan buah dengan harga terbuka", **said):
    """Of the partner that the tests have already, with the content of :func:`an_offer`."""
    own = actions.draft_unsolicited(
        by=people.by("mitra"), partner=Partner.objects.get(), village=place(OURS), title=title,
        field="pemberdayaan_masyarakat", forms=["offtake"],
    )  # fmt: skip
    before = Proposal.objects.order_by("pk")[0].versions.get().content
    kept = {name: value for name, value in before.items() if name != "files"}
    return actions.write_unsolicited(by=people.by("mitra"), proposal=own, content={**kept, **said})


# The village answers ----------------------------------------------------------------------------------------------------
def test_the_head_s_duty_has_the_day_that_was_counted_from_the_coming_of_the_offer(people):
    with clock.at(at(0)):
        case = an_offer(people)
    assert due(case) == ("selection.accept_for_musyawarah", "village_head", "2026-03-16")
    assert offer().answer_due == DAY + timedelta(days=14)


def test_who_is_late_is_shown_and_stays_on_record_though_the_next_answer_is_in_time(people):
    with clock.at(at(0)):
        case = an_offer(people)
    assert [answers_late(offer(), DAY + timedelta(days=n)) for n in (14, 15, 20)] == [0, 1, 6]
    with clock.at(at(20)):
        actions.return_unsolicited(by=people.by("kades"), case=case, reason="Tambahkan rumus harga.")
    assert offer().days_late == 6
    with clock.at(at(21)):
        actions.resubmit_unsolicited(by=people.by("mitra"), case=case)
    assert due(case) == ("selection.accept_for_musyawarah", "village_head", str(DAY + timedelta(days=35)))
    with clock.at(at(22)):
        actions.decline_unsolicited(by=people.by("kades"), case=case, reason="Belum perlu.")
    assert (offer().days_late, offer().answer_due, offer().state) == (6, None, "not_chosen")


def test_asking_for_rivals_answers_the_partner(people):
    asked = a_rival_call(people)
    assert (offer().answer_due, offer().days_late) == (None, 0)
    assert asked.case.state == "comparison"


def test_the_head_is_reminded_once_some_days_before(people):
    with clock.at(at(0)):
        an_offer(people)
    for day, told in ((10, 0), (11, 1), (12, 0)):
        with clock.at(at(day)):
            assert actions.remind_of_offers(clock.today()) == told
    notice = Notice.objects.get(says__contains="hampir lewat")
    assert (notice.role, notice.region_id) == ("village_head", OURS)
    with pytest.raises(NoSuchMove), clock.at(at(12)):
        actions.remind_unsolicited(by=By.the_system(), proposal=offer())


def test_nobody_is_reminded_of_what_was_answered(people):
    with clock.at(at(0)):
        case = an_offer(people)
        actions.decline_unsolicited(by=people.by("kades"), case=case, reason="Belum perlu.")
    with clock.at(at(12)):
        assert actions.remind_of_offers(clock.today()) == 0


# The partner repairs ----------------------------------------------------------------------------------------------------
def test_an_offer_that_is_not_repaired_lapses_the_day_after_its_last_one(people):
    with clock.at(at(0)):
        case = an_offer(people)
        actions.return_unsolicited(by=people.by("kades"), case=case, reason="Tambahkan rumus harga.")
    assert due(case) == ("selection.resubmit_unsolicited", "partner_rep", "2026-04-01")
    with clock.at(at(27)):
        assert actions.remind_of_offers(clock.today()) == 1
    assert Notice.objects.filter(party=case.partner.code, says__contains="hampir lewat").exists()
    with clock.at(at(30)):
        assert actions.lapse_due_offers(clock.today()) == 0
        with pytest.raises(NoSuchMove):
            actions.lapse_unsolicited(by=By.the_system(), case=Case.objects.get())
    with clock.at(at(31)):
        assert actions.lapse_due_offers(clock.today()) == 1
        assert actions.lapse_due_offers(clock.today()) == 0
    ended = Case.objects.get()
    assert (ended.state, ended.left_because) == ("cancelled", "Mitra tidak memperbaiki usulannya sampai batas waktu.")
    assert (offer().state, offer().refused_on) == ("not_repaired", None)  # nobody refused it: it may come again
    assert Notice.objects.filter(party=case.partner.code, says__contains="gugur").exists()
    assert not Duty.objects.filter(OPEN, about=f"case:{case.code}").exists()


def test_only_the_system_lets_an_offer_lapse(people):
    case = an_offer(people)
    for who in ("kades", "mitra"):
        with pytest.raises(NotAllowed):
            actions.lapse_unsolicited(by=people.by(who), case=case)


def test_the_daily_round_reminds_and_lets_lapse(people, capsys):
    with clock.at(at(0)):
        case = an_offer(people)
        actions.return_unsolicited(by=people.by("kades"), case=case, reason="Tambahkan rumus harga.")
    with clock.at(at(31)):
        call_command("daily")
    assert "1 usulan mitra gugur, 0 diingatkan." in capsys.readouterr().out


# The same once more -----------------------------------------------------------------------------------------------------
def test_SL_28_not_repeated_too_soon(people):
    with clock.at(at(0)):
        actions.decline_unsolicited(by=people.by("kades"), case=an_offer(people), reason="Belum perlu.")
    with clock.at(at(30)):
        again = an_own_draft(people, title="Judul lain, isi sama")
        assert codes(actions.submit_unsolicited, by=people.by("mitra"), proposal=again) == ("SL-28",)
    with clock.at(datetime(2026, 9, 1, 3, tzinfo=OPENED.tzinfo)):  # a day short of six months
        assert codes(actions.submit_unsolicited, by=people.by("mitra"), proposal=again) == ("SL-28",)
    with clock.at(datetime(2026, 9, 2, 3, tzinfo=OPENED.tzinfo)):
        assert actions.submit_unsolicited(by=people.by("mitra"), proposal=again).state == "proposal_received"


@pytest.mark.parametrize("change", [{"funding": "Rumus baru."}, {"cash": 90_000_000}])
def test_what_has_changed_in_words_or_money_may_come_at_once(people, change):
    with clock.at(at(0)):
        actions.decline_unsolicited(by=people.by("kades"), case=an_offer(people), reason="Belum perlu.")
    with clock.at(at(1)):
        again = an_own_draft(people, **change)
        assert actions.submit_unsolicited(by=people.by("mitra"), proposal=again).state == "proposal_received"


def test_the_same_from_another_entry_of_the_body_is_the_same_and_to_another_village_is_not(people):
    with clock.at(at(0)):
        actions.decline_unsolicited(by=people.by("kades"), case=an_offer(people), reason="Belum perlu.")
        again = an_own_draft(people)
        content = again.draft
        second = Partner.objects.create(
            kind="university", name="Entri kedua", legal_name_key="entri kedua", registered_in_id=OURS,
            registered_at=OPENED, registered_by="system", merged_into=again.partner,
        )  # fmt: skip
        Proposal.objects.filter(refused_on__isnull=False).update(partner=second)
        held = standing(OURS)
        assert not repeat_facts(again, content, held).content_changed
        again.village_id = "33.04.19.2003"
        assert repeat_facts(again, content, held).content_changed


def test_files_do_not_make_an_offer_another_one():
    words = {"scope": "Isi.", "cash": 5}
    assert essence({**words, "files": [{"sha256": "a", "title": "b"}], "title": "x"}) == essence(words)
    assert essence({**words, "in_kind": 1}) != essence(words)


def test_what_the_meeting_refused_may_not_come_again_at_once_and_the_partner_reads_why(people):
    with clock.at(at(0)):
        case = a_case_before_the_meeting(people)
        sheet = a_tabled_sheet(people, case)
        decided(sheet.code, sheet.text_hash, minutes="BA-02/BPD/2026", agreed=False)
        actions.record_refusal(by=people.by("bpd"), case=case)
    assert (offer().state, offer().refused_on) == ("not_chosen", DAY)
    assert offer().out_because == "Musyawarah Desa belum menyetujui."
    with clock.at(at(5)):
        assert codes(actions.submit_unsolicited, by=people.by("mitra"), proposal=an_own_draft(people)) == ("SL-28",)


# In writing -------------------------------------------------------------------------------------------------------------
def a_case_before_the_meeting(people) -> Case:
    case = an_offer(people)
    case_actions.link_needs(by=people.by("sekdes"), case=case, needs=[a_need()])
    case_actions.record_budget(by=people.by("sekdes"), case=case, note="Tanpa dana desa.", share=0, room=0)
    return actions.accept_for_musyawarah(by=people.by("kades"), case=case, ticks=TICKS)


def an_agreed_case(people) -> Case:
    case = a_case_before_the_meeting(people)
    sheet = a_tabled_sheet(people, case, money=OFFERED)
    decided(sheet.code, sheet.text_hash, minutes="BA-02/BPD/2026")
    actions.record_consent(by=people.by("bpd"), case=case)
    return case


def test_SL_33_answered_in_time_is_a_warning_that_is_shown_and_blocks_nothing(people):
    with clock.at(at(0)):
        case = an_agreed_case(people)
    last = Duty.objects.get(OPEN, about=f"case:{case.code}").due_on
    held_on = last - timedelta(days=7)
    midday = datetime(held_on.year, held_on.month, held_on.day, 5, tzinfo=OPENED.tzinfo)
    with clock.at(midday + timedelta(days=7)):
        assert all(each.holds for each in checks(case)["selection.answer_in_writing"])
    with clock.at(midday + timedelta(days=10)):
        (finding,) = checks(case)["selection.answer_in_writing"]
        assert (finding.code, finding.holds, finding.rule.blocks) == ("SL-33", False, False)
        answer = actions.answer_in_writing(by=people.by("kades"), case=case, letter_number="140/9", text="Setuju.")
    assert case.state == "awaiting_plan_line"
    assert (answer.due_on, answer.days_late) == (last, 3)
    assert '"late":["SL-33"]' in Event.objects.get(verb="written_answer.sent").body
    assert WrittenAnswer.objects.get().days_late == 3


def test_the_clock_begins_with_the_sending_though_nobody_has_taken_it_off_the_desk(people):
    with clock.at(at(0)):
        partner = a_partner(people)
        own = actions.draft_unsolicited(
            by=people.by("mitra"),
            partner=partner,
            village=place(OURS),
            title="Tawaran",
            field="pemberdayaan_masyarakat",
        )
        content = {**dict.fromkeys(terms.EIGHT, "Isi."), **TAKES_NOTHING, "gifts_to_persons": 0}
        actions.write_unsolicited(by=people.by("mitra"), proposal=own, content=content)
        case = actions.submit_unsolicited(by=people.by("mitra"), proposal=own)
    assert due(case) == ("selection.receive_unsolicited", "village_secretary", "2026-03-16")
