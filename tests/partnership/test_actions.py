"""A case from its opening to the plan, and the sheet for the meeting; every refusal leaves nothing behind."""

from datetime import date

import pytest

from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.consent.queries import consent_on
from bermitra.deliberation.models import ConsentProcess, ReadyText
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed, StepUpNeeded
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.partnership import actions
from bermitra.partnership.models import Case, TabledText, TermSheet
from bermitra.partnership.queries import checks, sheet_hash, term_sheet, touched_words
from bermitra.partnership.rules import FLOW, LABELS, PHASES, SHEET_FLOW, SHEET_LABELS, open_doors
from bermitra.registry.models import VillageAsset
from tests.partnership.makers import (
    a_case,
    a_need,
    a_partner,
    a_potential,
    a_prepared_case,
    decided,
    plan_lines,
    priorities_set,
    whole_topics,
)
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db


def open_duties(case: Case) -> set[str]:
    return set(Duty.objects.filter(about=f"case:{case.code}", closed_at=None).values_list("door", flat=True))


def in_selection(case: Case, state: str = "candidate_proposed") -> Case:
    """With all that is prepared before; where nobody has said what is touched, nothing is."""
    Case.objects.filter(pk=case.pk).update(state=state)
    Case.objects.filter(pk=case.pk, consent_needed=None).update(consent_needed=False, consent_reason="Di rumah warga.")
    case.refresh_from_db()
    return case


def test_every_state_has_its_words_a_phase_and_a_state_of_law():
    assert set(LABELS) == FLOW.states
    assert {label.phase for label in LABELS.values()} <= set(PHASES)
    assert all(label.law_state for label in LABELS.values())
    assert set(SHEET_LABELS) == SHEET_FLOW.states


def test_cancelling_is_the_villages_and_withdrawing_the_partners():
    assert "partnership.withdraw" not in open_doors("awaiting_musyawarah", "village_initiative")
    assert "partnership.cancel" not in open_doors("awaiting_musyawarah", "partner_initiative")


def test_from_the_call_on_the_case_is_left_with_its_call_and_a_result_is_the_meetings():
    for state in ("call_failed", "candidate_proposed", "rejected_by_musyawarah"):
        assert "selection.cancel_call" in open_doors(state, "village_initiative")
        assert "partnership.cancel" not in open_doors(state, "village_initiative")
    assert not {"partnership.cancel", "selection.cancel_call"} & open_doors("awaiting_musyawarah", "village_initiative")


def test_a_case_goes_from_inventory_to_the_terms(people):
    case = a_prepared_case(people)
    case.refresh_from_db()
    assert case.state == "preparing_terms"
    assert case.ratio_hundredths == 150
    assert case.plan_line.reference == "21"
    assert open_duties(case) == {"selection.draft_call"}
    verbs = list(Event.objects.filter(about=f"case:{case.code}").order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        "partnership.opened", "partnership.needs_linked", "partnership.budget_recorded", "partnership.weighed",
        "partnership.place_checked", "partnership.consent_said", "priorities.submitted", "priority.recorded",
        "plan_line.linked",
    ]  # fmt: skip


# What is touched ----------------------------------------------------------------------------------------------------
def say(people, case, *touches: str, reason: str = "") -> Case:
    return actions.say_consent(by=people.by("sekdes"), case=case, touches=touches, reason=reason)


def unsaid(people, case, *touches: str, reason: str = "") -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        say(people, case, *touches, reason=reason)
    return refused.value.codes


def test_as_soon_as_one_thing_is_touched_those_affected_are_asked(people):
    case = a_case(people)
    assert unsaid(people, case) == ("PS-17",)
    say(people, case, reason="Di rumah warga peserta.")
    assert (Case.objects.get().consent_needed, Case.objects.get().touches) == (False, [])
    say(people, case, "natural_resources", "land")
    held = Case.objects.get()
    assert (held.consent_needed, held.touches) == (True, ["land", "natural_resources"])
    assert touched_words(held) == "Tanah, Air dan sumber daya alam lain"
    Case.objects.update(touches=[])  # said before there were five items
    assert touched_words(Case.objects.get()) == "Lahan, hutan, adat, atau sumber hidup warga"


def test_PS_16_a_form_or_land_that_touches_cannot_be_said_to_touch_nothing(people):
    case = a_case(people, forms=["inti"])
    assert unsaid(people, case, reason="Tidak ada yang disentuh.") == ("PS-16",)
    say(people, case, "forest")
    in_selection(case)
    land = VillageAsset.objects.create(
        village=place(OURS), name="Tanah kas Blok A", kind="land", quantity=1, unit="ha", recorded_at=case.opened_at,
        recorded_by="system",
    )  # fmt: skip
    topics = whole_topics()
    topics["others"] = {**topics["others"], "assets": [{"asset": land.code, "name": land.name, "form": "sewa"}]}
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=topics)
    with pytest.raises(Refused) as refused:  # the land came in afterwards
        actions.table_term_sheet(by=people.by("kades"), case=case)
    assert "PS-16" in refused.value.codes
    assert unsaid(people, case, "forest") == ("PS-16",)
    say(people, case, "forest", "land")
    assert "PS-16" not in {
        f.code for f in checks(case, term_sheet(case))["partnership.table_term_sheet"] if not f.holds
    }


def test_PS_17_no_sheet_is_tabled_before_it_was_said_what_is_touched(people):
    case = in_selection(a_case(people))
    Case.objects.update(consent_needed=None, consent_reason="")
    case.refresh_from_db()
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    with pytest.raises(Refused) as refused:
        actions.table_term_sheet(by=people.by("kades"), case=case)
    assert "PS-17" in refused.value.codes


def test_PS_18_what_residents_were_asked_about_is_not_taken_back(people):
    case = say(people, a_case(people), "land", "adat")
    consents.begin_consent(
        by=people.by("bpd"), village=place(OURS), about=case.code, title=case.title, group="Pekebun",
        language="bahasa Jawa", informed_on=date(2026, 1, 5),
    )  # fmt: skip
    assert unsaid(people, case, reason="Ternyata tidak menyentuh apa pun.") == ("PS-18",)
    assert unsaid(people, case, "land") == ("PS-18",)
    assert say(people, case, "land", "adat", "forest").touches == ["land", "forest", "adat"]


def test_DB_57_another_village_does_not_begin_consent_about_our_case(people):
    case = say(people, a_case(people), "land")
    asked = {
        "about": case.code, "title": case.title, "group": "Pekebun", "language": "bahasa Jawa",
        "informed_on": date(2026, 1, 5),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        consents.begin_consent(by=people.by("kades.asing"), village=place(FOREIGN), **asked)
    assert refused.value.codes == ("DB-57",)
    assert not ConsentProcess.objects.exists()
    consents.begin_consent(by=people.by("bpd"), village=place(OURS), **asked)
    assert consent_on(case.code, OURS).state == "preconditions"
    ConsentProcess.objects.update(village=FOREIGN)  # begun before the rule was there
    assert consent_on(case.code, OURS) is None


def test_PS_19_after_the_sheet_was_tabled_what_is_touched_is_only_added_to(people):
    case = in_selection(say(people, a_prepared_case(people), "land"))
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    assert say(people, case, "land", "adat").touches == ["land", "adat"]
    assert say(people, case, "land").touches == ["land"]  # the meeting has not seen it yet
    Case.objects.filter(pk=case.pk).update(partner=a_partner(people))
    case.refresh_from_db()
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    actions.table_term_sheet(by=people.by("kades"), case=case)
    assert unsaid(people, case, "adat") == ("PS-19",)
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())  # a draft again
    assert unsaid(people, case, reason="Tidak ada.") == ("PS-19",)
    assert say(people, case, "land", "forest").touches == ["land", "forest"]


def test_once_the_agreement_is_locked_what_is_touched_stays_as_it_was_said(people):
    case = in_selection(a_case(people), "ready_to_sign")
    with pytest.raises(NoSuchMove):
        say(people, case, "land")


def test_PS_01_a_kelurahan_starts_no_case(people):
    from bermitra.foundation.accounts.models import Appointment

    Appointment.objects.filter(person=people.kades).update(region="33.04.06.1013")
    with pytest.raises(Refused) as refused:
        actions.open_case(
            by=people.by("kades"), village=place("33.04.06.1013"), title="Sewa gudang", field="pelaksanaan_pembangunan"
        )
    assert refused.value.codes == ("PS-01",)
    assert not Case.objects.exists()


def test_PS_02_a_field_outside_the_four_is_refused(people):
    with pytest.raises(Refused) as refused:
        a_case(people, field="perdagangan valuta")
    assert refused.value.codes == ("PS-02",)
    assert not Case.objects.exists()


def test_PS_05_priorities_without_a_need_stay_where_they_are(people):
    case = a_case(people)
    with pytest.raises(Refused) as refused:
        actions.submit_priorities(by=people.by("kades"), case=case)
    assert refused.value.codes == ("PS-05",)
    assert Case.objects.get().state == "inventory"
    assert [f.holds for f in checks(case, term_sheet(case))["partnership.submit_priorities"]] == [False]


def test_ND_02_a_priority_wants_a_binding_meeting(people):
    case, need = a_case(people), a_need()
    actions.link_needs(by=people.by("sekdes"), case=case, needs=[need])
    actions.submit_priorities(by=people.by("kades"), case=case)
    with pytest.raises(Refused) as refused:
        actions.record_priority(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("ND-02",)
    priorities_set(need)
    actions.record_priority(by=people.by("bpd"), case=case)
    assert case.state == "priority_agreed"


def test_a_meeting_may_decide_on_the_case_itself(people):
    case, need = a_case(people), a_need()
    actions.link_needs(by=people.by("sekdes"), case=case, needs=[need])
    actions.submit_priorities(by=people.by("kades"), case=case)
    decided(case.code, "b" * 64)
    actions.record_priority(by=people.by("bpd"), case=case)
    assert case.state == "priority_agreed"


def test_a_case_of_potentials_alone_waits_for_the_meeting_by_itself(people):
    case = a_case(people)
    potential = a_potential()
    actions.link_needs(by=people.by("sekdes"), case=case, needs=[], potentials=[potential])
    actions.submit_priorities(by=people.by("kades"), case=case)
    waiting = ReadyText.objects.get()
    assert waiting.code == case.code
    assert potential.title in waiting.text
    decided(case.code, waiting.text_hash)
    actions.record_priority(by=people.by("bpd"), case=case)
    assert not ReadyText.objects.exists()


def test_PS_06_one_line_alone_is_not_the_plan_but_a_change_is(people):
    case = in_selection(a_case(people), "priority_agreed")
    midterm, _annual = plan_lines()
    with pytest.raises(Refused) as refused:
        actions.link_plan_line(by=people.by("sekdes"), case=case, midterm=midterm)
    assert refused.value.codes == ("PS-06",)
    assert Case.objects.get().midterm_line is None
    actions.link_plan_line(by=people.by("sekdes"), case=case, change="BA Musrenbang khusus 02/2026")
    assert case.state == "preparing_terms"


def test_PS_11_leaving_gives_a_reason_that_everybody_reads(people):
    case = a_case(people)
    with pytest.raises(Refused) as refused:
        actions.cancel(by=people.by("kades"), case=case, reason="")
    assert refused.value.codes == ("PS-11",)
    actions.cancel(by=people.by("kades"), case=case, reason="Anggaran dialihkan.")
    gone = Case.objects.get()
    assert (gone.state, gone.left_because) == ("cancelled", "Anggaran dialihkan.")
    assert open_duties(case) == set()


def test_leaving_wants_the_password_again(people):
    case = a_case(people)
    with pytest.raises(StepUpNeeded):
        actions.cancel(by=By(person=people.kades, key="k"), case=case, reason="Batal")


@pytest.mark.parametrize(
    "who", ["kades.asing", "dinas", "bupati", "camat", "inspektorat", "warga", "operator", "sekdes"]
)
def test_only_the_head_puts_priorities_before_the_bpd(people, who):
    case, need = a_case(people), a_need()
    actions.link_needs(by=people.by("sekdes"), case=case, needs=[need])
    with pytest.raises(NotAllowed):
        actions.submit_priorities(by=people.by(who), case=case)


def test_needs_of_another_village_are_not_linked(people):
    case = a_case(people)
    with pytest.raises(ValueError):
        actions.link_needs(by=people.by("sekdes"), case=case, needs=[a_need(village=FOREIGN)])


def test_what_was_prepared_is_closed_with_the_call(people):
    case = in_selection(a_case(people), "call_open")
    with pytest.raises(NoSuchMove):
        actions.record_budget(by=people.by("sekdes"), case=case, note="Lain", share=0, room=0)


# The sheet ----------------------------------------------------------------------------------------------------------
def with_candidate(people) -> Case:
    from tests.partnership.makers import a_partner

    case = in_selection(a_case(people))
    Case.objects.filter(pk=case.pk).update(partner=a_partner(people))
    case.refresh_from_db()
    return case


def test_a_sheet_is_written_topic_by_topic_and_tabled_with_its_hash(people):
    case = with_candidate(people)
    whole = whole_topics()
    for name in whole:
        actions.draft_term_sheet(by=people.by("operator"), case=case, topics={name: whole[name]})
    tabled = actions.table_term_sheet(by=people.by("kades"), case=case)
    assert tabled.state == "tabled"
    assert tabled.text_hash == sheet_hash(tabled)
    assert len(tabled.text_hash) == 64
    assert TermSheet.objects.count() == 1
    assert TabledText.objects.get().topics == tabled.topics
    waiting = ReadyText.objects.get()
    assert (waiting.code, waiting.text_hash) == (tabled.code, tabled.text_hash)
    assert "6. Pembiayaan\nRp\u00a0312.000.000" in waiting.text


def test_PS_12_to_14_a_sheet_with_gaps_without_partner_or_with_a_wrong_sum_is_not_tabled(people):
    case = in_selection(a_case(people))
    wrong = whole_topics(procedure={"text": ""})
    wrong["money"] = {**wrong["money"], "value": 300_000_000}
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=wrong)
    with pytest.raises(Refused) as refused:
        actions.table_term_sheet(by=people.by("kades"), case=case)
    assert refused.value.codes == ("PS-12", "PS-13", "PS-14")
    assert TermSheet.objects.get().state == "draft"
    assert {f.code for f in checks(case, term_sheet(case))["partnership.table_term_sheet"] if not f.holds} == {
        "PS-12",
        "PS-13",
        "PS-14",
    }


def test_a_text_changed_in_the_meeting_is_tabled_again_with_another_hash(people):
    case = with_candidate(people)
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    first = actions.table_term_sheet(by=people.by("kades"), case=case).text_hash
    changed = actions.draft_term_sheet(
        by=people.by("sekdes"), case=case, topics={"changes": {"text": "Lewat adendum."}}
    )
    assert (changed.state, changed.text_hash) == ("draft", "")
    assert not ReadyText.objects.exists()
    second = actions.table_term_sheet(by=people.by("kades"), case=case)
    assert second.code == changed.code
    assert second.version == 2
    assert second.text_hash != first
    assert TabledText.objects.count() == 2


def test_unknown_topics_and_columns_are_not_taken(people):
    case = with_candidate(people)
    for wrong in ({"price": {}}, {"scope": {"colour": "red"}}, {"duties": [{"party": "three", "kind": "duty"}]},
                  {"money": {"value": -1, "sources": []}}):  # fmt: skip
        with pytest.raises(ValueError):
            actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=wrong)
    assert not TermSheet.objects.exists()


def test_PS_15_while_drafting_a_changed_sheet_wants_its_own_meeting(people):
    case = with_candidate(people)
    in_selection(case, "drafting")
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics())
    tabled = actions.table_term_sheet(by=people.by("kades"), case=case)
    decided(tabled.code, "c" * 64)
    with pytest.raises(Refused) as refused:
        actions.agree_term_sheet(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("PS-15",)
    decided(tabled.code, tabled.text_hash)
    agreed = actions.agree_term_sheet(by=people.by("bpd"), case=case)
    assert agreed.state == "agreed"
    again = actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics={"changes": {"text": "Lain."}})
    assert again.pk != agreed.pk
    actions.table_term_sheet(by=people.by("kades"), case=case)
    decided(again.code, sheet_hash(TermSheet.objects.get(pk=again.pk)))
    actions.agree_term_sheet(by=people.by("bpd"), case=case)
    assert set(TermSheet.objects.values_list("state", flat=True)) == {"superseded", "agreed"}


def test_a_note_stays_and_changes_nothing(people):
    case = a_case(people)
    for who in ("dinas", "camat", "lksd"):
        actions.note(by=people.by(who), case=case, text="Sudah dikunjungi.")
    assert case.notes.count() == 3
    with pytest.raises(NotAllowed):
        actions.note(by=people.by("dinas.asing"), case=case, text="x")


def test_two_acts_on_one_state_only_the_first_moves(people):
    case, need = a_case(people), a_need()
    actions.link_needs(by=people.by("sekdes"), case=case, needs=[need])
    stale = Case.objects.get()
    actions.submit_priorities(by=people.by("kades"), case=case)
    with pytest.raises(NoSuchMove):
        actions.submit_priorities(by=people.by("kades"), case=stale)
    assert OURS == case.village_id


def test_every_move_of_these_stages_has_its_door():
    from bermitra.foundation.commands.door import doors

    wanted = {door for door in FLOW.doors | SHEET_FLOW.doors if door.startswith(("partnership.", "selection."))}
    assert wanted - doors.keys() == {"partnership.drop_term_sheet"}  # a step of other acts, never knocked at alone


def test_the_whole_life_draws_itself():
    drawn = FLOW.drawn()
    assert drawn.startswith("stateDiagram-v2")
    assert "[*] --> inventory: partnership.open" in drawn
    assert "drafting --> ready_to_sign: agreements.finalise" in drawn
