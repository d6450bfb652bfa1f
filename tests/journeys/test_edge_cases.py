"""What happens in real offices, as the digest of the law lists it: each survived by the way that people take.

E1, E13 and E19 stand in ``tests/deliberation``; E8, E12 and E16 in ``tests/agreements``.
"""

from __future__ import annotations

import pytest

from bermitra.agreements import actions, queries
from bermitra.agreements.existing import actions as existing
from bermitra.deliberation.models import ReadyText
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.rules import Refused
from tests.agreements import makers
from tests.agreements.makers import MADE_ON
from tests.agreements.test_existing import registered
from tests.deliberation.makers import words_of
from tests.partnership.makers import an_office, decided

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def test_E2_an_acting_head_signs_with_the_decree_and_the_paper_says_so(people):
    held = Appointment.objects.filter(person=people.kades)
    held.update(acting=True, decree="141/77/2026")
    agreement = makers.an_accepted_text(people)
    held.update(decree="")
    with pytest.raises(Refused) as refused:
        makers.locked(people, agreement)
    assert refused.value.codes == ("AG-18",)
    held.update(decree="141/77/2026")
    locked = makers.locked(people, agreement)
    words = words_of(files.read(locked.paper.file.sha256))
    assert words.count("Penjabat Kepala Desa Pandanarum") == 2 and "141/77/2026" in words
    assert queries.slots_of(locked)[0].capacity == "Penjabat Kepala Desa Pandanarum"
    assert makers.signed_by(people, locked, "kades").case.state == "partly_signed"


def test_E3_the_deputy_takes_the_chairs_place_by_a_mandate_and_nobody_else_does(people):
    agreement = makers.a_draft(people)
    given = {"case": agreement.case, "number": "4/KEP-BPD/2026", "dated": MADE_ON, "about": "Dana pendamping desa"}
    Appointment.objects.filter(person=people.bpd).update(state="ended")
    with clock.at(makers.DRAFTED):
        for who in ("bpd", "anggota.bpd", "kades"):
            with pytest.raises(NotAllowed):
                actions.issue_bpd_decree(by=people.by(who), **given)
        an_office(people, "wakil.bpd", "Mulyani", roles.BPD_CHAIR)
        Appointment.objects.filter(person=people.held["wakil.bpd"]).update(acting=True)
        assert actions.issue_bpd_decree(by=people.by("wakil.bpd"), **given).number == "4/KEP-BPD/2026"


def test_E5_what_was_signed_before_the_meeting_is_ratified_by_it_or_does_not_count(people):
    case = existing.flag_ratification(by=people.by("sekdes"), case=registered(people).case).case
    assert case.state == "needs_ratification"
    with pytest.raises(Refused) as refused:
        existing.ratify(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("AG-39",)
    decided(case.code, ReadyText.objects.get(code=case.code).text_hash)
    existing.ratify(by=people.by("bpd"), case=case)
    case.refresh_from_db()
    assert case.state == "running"
