"""What happens in real offices, as the digest of the law lists it: each survived by the way that people take.

E1, E13 and E19 stand in ``tests/deliberation``; E8, E12, E16 and E20 in ``tests/agreements``.
"""

from __future__ import annotations

import pytest

from bermitra.agreements import actions, book, queries
from bermitra.agreements.existing import actions as existing
from bermitra.deliberation.models import ReadyText
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from tests.agreements import makers
from tests.agreements import test_existing as existing_tests
from tests.agreements.makers import MADE_ON
from tests.agreements.test_existing import registered
from tests.deliberation import joint_makers as joint_offers
from tests.deliberation import makers as meetings
from tests.deliberation.makers import words_of
from tests.partnership.makers import an_office, decided
from tests.people import FOREIGN, place

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


@pytest.mark.parametrize("length", ["whole", "short"])
def test_E9_no_text_of_any_form_may_serve_a_campaign(length):
    circumstances = frozenset({"short"}) if length == "short" else frozenset()
    for form in sorted({each for article in book.articles().values() for each in article.forms}):
        parts = [part for each in book.chosen([form], circumstances) for part in each.parts]
        assert any("kampanye" in text for part in parts for text in (part.text, *part.sub)), form
    assert "netralitas" in {
        each.code for each in book.conditions_of(["pdmp"])
    }  # the paper of those who stay in the village


def test_E10_what_crosses_a_regency_is_referred_and_nothing_is_written(people):
    far = existing_tests.NewPartner(name="Desa Bestala", kind="village", village=place(FOREIGN))
    with pytest.raises(Refused) as recorded:
        registered(people, coop_type="antar_desa", partner=far)
    assert recorded.value.codes == ("PS-04",) and not Case.objects.exists()
    offer = joint_offers.drafted(people, FOREIGN)
    with pytest.raises(Refused) as sent, clock.at(meetings.on(joint_offers.OFFERED)):
        joint_offers.actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert sent.value.codes == ("DB-41",) and "Bupati" in sent.value.findings[0].rule.remedy
