"""One partner and many villages: the same words proposed to each, each village for itself, and where one differs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bermitra.agreements import actions, queries
from bermitra.agreements.batches import actions as batches
from bermitra.agreements.batches import queries as reading
from bermitra.agreements.batches.rules import MemberFacts, each_village_for_itself
from bermitra.agreements.models import Agreement, Batch
from bermitra.deliberation.models import Meeting
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.examine import workbook
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from tests.agreements import makers
from tests.agreements.chain_makers import a_case_to_draft, a_text
from tests.agreements.makers import DRAFTED, fresh
from tests.partnership.makers import a_partner, an_office
from tests.partnership.test_pages import send, shown, signed_in
from tests.people import NEIGHBOUR, People

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Supaya sama di semua desa."
KAHAR = "Gempa, banjir, dan wabah."


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def a_village_with_a_text(people: People, partner, code: str) -> Agreement:
    """Another village whose own meeting agreed, and whose secretary has begun the text and handed it over."""
    who = f"sekdes.{code[-4:]}"
    an_office(people, who, f"Sekretaris {code}", roles.VILLAGE_SECRETARY, where=code)
    case = a_case_to_draft(partner, village=code, title=f"Naskah {code}")
    with clock.at(DRAFTED):
        made = actions.start_draft(by=people.by(who), case=case)
    return made


def handed_over(people: People, agreement: Agreement, who: str) -> Agreement:
    with clock.at(DRAFTED):
        actions.pass_turn(by=people.by(who), agreement=fresh(agreement))
    return fresh(agreement)


@pytest.fixture
def three(people) -> tuple[Batch, Agreement, Agreement]:
    """The pattern of Pandanarum, and the text of Beji that waits for the partner."""
    partner = a_partner(people)
    pattern = a_text(people, partner, level="pks")
    makers.changed(people, pattern, wording={"kahar": KAHAR})
    other = handed_over(people, a_village_with_a_text(people, partner, NEIGHBOUR), "sekdes.2002")
    with clock.at(DRAFTED):
        batch = batches.open_batch(
            by=people.by("mitra"), agreement=fresh(pattern), title="Sekolah lapang 2026", cases=[other.case]
        )
    return batch, fresh(pattern), other


def offered(people: People, batch: Batch, *agreements: Agreement, who: str = "mitra") -> Batch:
    with clock.at(DRAFTED):
        return batches.offer_batch(
            by=people.by(who), batch=batch, agreements=[fresh(each) for each in agreements], reason=WHY
        )


def test_AG_66_each_village_for_itself():
    assert each_village_for_itself(MemberFacts(True, True, True))
    assert not each_village_for_itself(MemberFacts(False, True, True))
    assert not each_village_for_itself(MemberFacts(True, False, True))
    assert not each_village_for_itself(MemberFacts(True, True, False))


def test_E12_words_are_proposed_to_every_village_and_each_keeps_its_meeting_its_turn_and_its_number(people, three):
    batch, pattern, other = three
    before = queries.newest_version(other)
    sides = {each.place: each for each in reading.differences(batch, before)}
    assert sides["Keadaan Kahar"].batch == KAHAR and sides["Keadaan Kahar"].village == "naskah baku"
    offered(people, batch, other)
    held, version = fresh(other), queries.newest_version(fresh(other))
    assert not reading.differences(batch, version)
    assert version.content["topics"] == before.content["topics"]  # what its meeting decided is its own
    assert (version.party, held.state, held.village_number) == ("two", "partner_turn", "")
    assert not version.acceptances.exists() and fresh(pattern).village_number == "pks/PANDANARUM/2026"


def test_E12_no_village_is_bound_by_the_consent_of_another(people, three):
    batch, _pattern, other = three
    Meeting.objects.filter(subjects__code=other.sheet.code).update(state="annulled")
    with pytest.raises(Refused) as refused:
        offered(people, batch, other)
    assert refused.value.codes == ("AG-66",) and queries.newest_version(other).number == 1


def test_what_a_village_changed_itself_is_not_forced_on_it_and_stands_beside_the_others(people, three):
    batch, _pattern, other = three
    with clock.at(DRAFTED):
        actions.pass_turn(by=people.by("mitra"), agreement=fresh(other))
    makers.changed(people, fresh(other), who="sekdes.2002", wording={"kahar": "Longsor saja."})
    held = handed_over(people, other, "sekdes.2002")
    offered(people, batch, held)
    (found,) = [
        each
        for each in reading.differences(batch, queries.newest_version(fresh(held)))
        if each.place == "Keadaan Kahar"
    ]
    assert (found.batch, found.village) == (KAHAR, "Longsor saja.")


def test_the_text_is_proposed_to_in_the_partners_turn_only(people, three):
    batch, _pattern, other = three
    with clock.at(DRAFTED):
        actions.pass_turn(by=people.by("mitra"), agreement=fresh(other))
    with pytest.raises(NoSuchMove):
        offered(people, batch, other)
    assert queries.newest_version(fresh(other)).number == 1
    with pytest.raises(NotAllowed):
        offered(people, batch, other, who="sekdes")


def test_another_partners_case_is_not_taken_in(people):
    partner, stranger = a_partner(people), a_partner(people, "Mitra Lain Contoh", "lain")
    pattern = a_text(people, partner, level="pks")
    foreign = a_case_to_draft(stranger, village=NEIGHBOUR, title="Naskah lain")
    with clock.at(DRAFTED), pytest.raises(Refused) as refused:
        batches.open_batch(by=people.by("mitra"), agreement=pattern, title="X", cases=[foreign])
    assert refused.value.codes == ("AG-66",) and not Batch.objects.exists()


def test_pages_show_progress_and_differences_and_hand_over_a_table(people, three):
    batch, pattern, _other = three
    late = a_case_to_draft(pattern.partner, village="51.08.02.2008", title="Naskah ketiga")
    Case.objects.filter(pk=late.pk).update(state="awaiting_musyawarah")
    batch.cases.add(late)
    partner = signed_in(people, "mitra")
    with clock.at(DRAFTED):
        page = shown(partner, "page.batch", batch.code)[1]
        assert "3 desa" in page and "Berbeda pada" in page and "Gempa, banjir, dan wabah." in page
        assert "Belum ada naskah." in page and "Menunggu Ketua BPD" in page
        assert batch.title in partner.get(reverse("page.batches")).content.decode()
        assert "Naskahnya belum untuk umum." in shown(signed_in(people, "sekdes"), "page.batch", batch.code)[1]
        sheet = partner.get(reverse("page.batch", args=[batch.code]) + "?bentuk=xlsx")
    rows = workbook(b"".join(sheet.streaming_content))
    assert rows[0][:2] == ["Kode desa", "Desa"] and {row[0] for row in rows[1:]} == {
        "33.04.19.2001",
        NEIGHBOUR,
        "51.08.02.2008",
    }


def test_a_batch_is_opened_and_offered_on_its_pages(people):
    partner = a_partner(people)
    pattern = a_text(people, partner, level="pks")
    makers.changed(people, pattern, wording={"kahar": KAHAR})
    other = handed_over(people, a_village_with_a_text(people, partner, NEIGHBOUR), "sekdes.2002")
    client = signed_in(people, "mitra")
    with clock.at(DRAFTED):
        assert "Jadikan pola untuk banyak desa" in shown(client, "page.agreement_room", pattern.case.code)[1]
        opened = send(client, "agreements.open_batch", pattern.case.code, title="Serentak", cases=[other.case.code])
        batch = Batch.objects.get()
        assert opened["Location"] == reverse("page.batch", args=[batch.code])
        assert send(client, "agreements.offer_batch", batch.code, agreements=[other.code], reason="").status_code == 422
        sent = send(client, "agreements.offer_batch", batch.code, agreements=[other.code], reason=WHY)
    assert sent.status_code == 302 and not reading.differences(batch, queries.newest_version(fresh(other)))
