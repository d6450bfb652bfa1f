"""An office passes on in one act: duties of the person, records in his charge, and one paper."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, HandOver
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people import actions
from bermitra.foundation.people.letters import hand_over_document, hand_over_paper
from bermitra.foundation.people.passing import assigned
from bermitra.foundation.people.queries import passing, successors
from bermitra.foundation.rules import Refused
from bermitra.registry.models import Verification
from tests.foundation.duties.makers import an_act
from tests.foundation.people.makers import a_person, an_assistance, holding
from tests.partnership.makers import a_partner
from tests.people import OURS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_march():
    with clock.at(NOW):
        yield


def give(people, who: str, before: Appointment, after: Appointment, note: str = "") -> HandOver:
    by = people.by(who)
    paper = hand_over_paper(before, after, key=by.key, dated=NOW.date(), note=note)
    done: HandOver = actions.hand_over(by=by, predecessor=before, successor=after, paper=paper, note=note)
    return done


def a_new_secretary(people) -> Appointment:
    return holding(a_person(people, "sekdes.baru", "Rina Wulandari"), roles.VILLAGE_SECRETARY, since=NOW.date())


def test_duties_of_the_person_go_to_the_successor_and_the_old_office_ends(people):
    before, after = people.sekdes.appointments.get(), a_new_secretary(people)
    act = an_act()
    open_duty(act, door="needs.record", about="need:A", code="A", says="Catat.", region=OURS, person=people.sekdes.code)
    open_duty(act, door="needs.record", about="need:B", code="B", says="Catat.", region=OURS, role="village_secretary")
    done = give(people, "kades", before, after, "Kunci lemari arsip.")
    assert Duty.objects.get(about="need:A").person == after.person.code
    assert Appointment.objects.get(pk=before.pk).state == "ended"
    assert {line["kind"]: line["count"] for line in done.lines} == {"office": 1, "person": 1}
    assert Notice.objects.get(person=after.person.code).url_code == done.code
    assert Event.objects.get(verb="office.handed_over").about == f"handover:{done.code}"


def test_an_office_that_was_over_at_midnight_here_does_not_end_once_more(people):
    before, after = people.sekdes.appointments.get(), a_new_secretary(people)
    Appointment.objects.filter(pk=before.pk).update(until=date(2026, 3, 1))
    before.refresh_from_db()
    with clock.at(datetime(2026, 3, 1, 18, tzinfo=UTC)):  # an hour after midnight in western Indonesia
        give(people, "kades", before, after)
    assert Appointment.objects.get(pk=before.pk).state == "confirmed"


def test_what_the_old_head_granted_a_helper_ends_with_the_hand_over(people):
    held = an_assistance(people)
    after = holding(a_person(people, "pj", "Wagiman"), roles.VILLAGE_HEAD, since=NOW.date())
    give(people, "kades", people.kades.appointments.get(), after)
    held.refresh_from_db()
    assert (held.state, held.appointment.state) == ("ended", "ended")


def test_files_in_the_charge_of_the_person_go_along_and_those_elsewhere_stay(people):
    partner, other = a_partner(people), a_partner(people, name="Yayasan Lain", username="lain")
    for who, where in ((partner, OURS), (other, "51.08.02.2008")):
        Verification.objects.create(
            partner=who, region_id=where, state="under_review", reviewer=people.sekdes.code, started_at=NOW,
            submitted_at=NOW,
        )  # fmt: skip
    after = a_new_secretary(people)
    give(people, "sekdes", people.sekdes.appointments.get(), after)
    held = dict(Verification.objects.filter(state="under_review").values_list("region_id", "reviewer"))
    assert held == {OURS: after.person.code, "51.08.02.2008": people.sekdes.code}
    moved = Event.objects.get(verb="assignment.passed_on")
    assert moved.about.startswith("verification:")


def test_every_stage_names_columns_that_are_there(people):
    assert assigned()
    for each in assigned():
        assert not each.held_by(people.sekdes.code, OURS).exists()


def test_FD_30_handed_over_by_those_concerned(people):
    """The treasurer opens this door for an office of his own; the office of another passes on without him."""
    before, after = people.sekdes.appointments.get(), a_new_secretary(people)
    for who in ("bendahara", "bpd"):
        with pytest.raises(Refused) as refused:
            give(people, who, before, after)
        assert refused.value.codes == ("FD-30",), who
    assert Appointment.objects.get(pk=before.pk).state == "confirmed"
    assert give(people, "sekdes.baru", before, after).successor == after


def test_FD_30_an_officer_of_the_regency_with_an_older_office_in_the_village_writes_it_down(people):
    holding(people.dinas, roles.VILLAGE_TREASURER, since=date(2021, 1, 1))
    assert give(people, "dinas", people.sekdes.appointments.get(), a_new_secretary(people)).by == people.dinas.code
    assert json.loads(Event.objects.get(verb="office.handed_over").body)["role"] == "dpmd_officer"


def test_the_head_of_a_village_does_not_pass_on_the_office_that_watches_him(people):
    before = people.bpd.appointments.get()
    after = holding(a_person(people, "bpd.baru", "Sumarni"), roles.BPD_CHAIR)
    with pytest.raises(Refused) as refused:
        give(people, "kades", before, after)
    assert refused.value.codes == ("FD-30",)
    assert give(people, "camat", before, after).by == people.camat.code


def test_FD_16_office_is_handed_over(people):
    before = people.operator.appointments.get()
    after = holding(a_person(people, "operator.baru", "Yoga"), roles.VILLAGE_OPERATOR)
    with pytest.raises(Refused) as refused:
        give(people, "kades", before, after)
    assert refused.value.codes == ("FD-16",)


def test_FD_25_successor_in_the_same_office(people):
    before = people.sekdes.appointments.get()
    assert successors(before) == []
    for wrong in (
        people.kades.appointments.get(),
        people.sekdes_asing.appointments.get(),
        holding(a_person(people, "usulan", "Usulan"), roles.VILLAGE_SECRETARY, state="proposed"),
    ):
        with pytest.raises(Refused) as refused:
            give(people, "kades", before, wrong)
        assert refused.value.codes == ("FD-25",)


def test_the_paper_names_both_lists_what_passes_and_is_checked_by_its_code(people):
    before, after = people.kades.appointments.get(), holding(a_person(people, "pj", "Sri Mulyono"), roles.VILLAGE_HEAD)
    Appointment.objects.filter(pk=after.pk).update(acting=True)
    after = Appointment.objects.select_related("person", "region").get(pk=after.pk)
    document = hand_over_document(before, after, passing(before), dated=date(2026, 3, 2), note="")
    assert document.letterhead.lines[-1] == "DESA PANDANARUM"
    done = give(people, "kades", before, after)
    assert done.paper.kind == "hand_over"
    assert files.read(done.paper.file.sha256).startswith(b"%PDF-")
