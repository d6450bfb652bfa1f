"""The checklist of the law, item by item, each through the doors that people use.

What the other rooms show stands with them: T2, T9, T11 and T22 in ``tests/deliberation``, T4, T16, T17 and T20 in ``tests/agreements``.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from bermitra.agreements import actions, queries
from bermitra.agreements.existing import actions as existing
from bermitra.delivery import actions as delivery
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.personal.open_text import kinds_in
from bermitra.foundation.rules import Refused
from bermitra.partnership import actions as cases
from bermitra.partnership.models import Case
from bermitra.portal import verification
from bermitra.selection import actions as selection
from tests.agreements import makers
from tests.agreements.chain_makers import a_case_to_draft, a_text
from tests.agreements.makers import MADE_ON, fresh
from tests.agreements.test_existing import GIVEN, KOPI
from tests.agreements.test_facts import a_draft_with, term, using
from tests.deliberation import makers as meetings
from tests.delivery import makers as delivering
from tests.partnership.makers import a_partner, an_office
from tests.partnership.test_pages import shown, signed_in
from tests.people import OURS, People, place
from tests.portal.makers import NOW, everything
from tests.registry.makers import an_asset
from tests.registry.test_actions import account
from tests.selection.makers import an_open_call

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def refused(people: People, agreement) -> tuple[str, ...]:
    """The codes by which the lock refuses a text that both sides accept as it stands; nothing of it is written."""
    with pytest.raises(Refused) as found:
        makers.locked(people, makers.accepted(people, fresh(agreement)))
    held = fresh(agreement)
    assert (held.state, held.paper, held.case.state) == ("text_agreed", None, "drafting")
    return found.value.codes


# T1 -----------------------------------------------------------------------------------------------------------------------
def test_law_T1_no_text_is_ready_to_sign_before_the_minutes_of_a_meeting_with_quorum_bind(people):
    case = a_case_to_draft(a_partner(people), met=False)
    sheet = case.sheets.get()
    meeting = meetings.an_invited_meeting(
        people, date(2026, 4, 1), code=sheet.code, text_hash=sheet.text_hash, title=sheet.title
    )
    agreement = makers.a_whole_draft(people, case)
    with clock.at(makers.DRAFTED):
        actions.give_number(by=people.by("mitra"), agreement=agreement, number="7/FPC/2026")
    assert refused(people, agreement) == ("AG-01",)  # nobody has met
    with clock.at(meetings.on(meeting.held_on)):
        meetings.signed_in(people, meeting, absent=("Paijo", "Karso", "Ngatini", "Kyai Mansur", "Siti Rokhimah"))
        with pytest.raises(Refused) as without_quorum:
            meetings.actions.open_session(
                by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan Pratiwi"
            )
    assert without_quorum.value.codes == ("DB-04",)
    held = meetings.decided(people, meetings.opened(people, meeting))
    assert refused_again(people, agreement) == ("AG-01",)  # decided, and no minutes yet
    meetings.bound(people, meetings.published(people, meetings.with_minutes(people, held)))
    assert makers.locked(people, fresh(agreement)).case.state == "ready_to_sign"


def refused_again(people: People, agreement) -> tuple[str, ...]:
    """The same of a text that both sides have accepted already."""
    with pytest.raises(Refused) as found:
        makers.locked(people, fresh(agreement))
    return found.value.codes


@pytest.mark.parametrize(
    "empty",
    [
        {"procedure": {"text": ""}},
        {"term": {"start": "", "end": ""}},
        {"changes": {"text": ""}},
        {"disputes": {"text": ""}},
        {"scope": {"field": "pemberdayaan_masyarakat", "forms": ["pdmp"], "items": [], "excluded": []}},
        {"duties": []},
    ],
    ids=lambda each: next(iter(each)),
)
def test_law_T1_nor_with_one_of_the_eight_contents_empty(people, empty):
    assert "AG-02" in refused(people, a_text(people, a_partner(people), level="pks", **empty))


# T3 -----------------------------------------------------------------------------------------------------------------------
def test_law_T3_a_lease_of_four_years_is_refused_and_of_three_is_not(people):
    asset = an_asset(people)
    four = a_draft_with(people, "sewa", others=using(asset, "sewa", 4), term=term(4))
    assert "AG-09" in refused(people, four)


def test_law_T3_three_years_are_lawful(people):
    three = a_draft_with(people, "sewa", others=using(an_asset(people), "sewa", 3), term=term(3))
    assert "AG-09" not in refused(people, three)  # what else is missing is named still


@pytest.mark.parametrize("form", ["ksp", "bgs"])
def test_law_T3_use_and_building_on_village_land_wait_for_the_regents_permit(people, form):
    agreement = a_draft_with(people, form, others=using(an_asset(people), form, 10), term=term(10))
    assert "AG-13" in refused(people, agreement)
    with clock.at(makers.DRAFTED):
        actions.request_permit(by=people.by("kades"), agreement=fresh(agreement), because="Tanah kas desa dipakai.")
        with pytest.raises(NotAllowed):  # nobody else gives it
            actions.grant_permit(by=people.by("camat"), agreement=fresh(agreement), number="1/2026", dated=MADE_ON)
        actions.grant_permit(by=people.by("bupati"), agreement=fresh(agreement), number="593/112/2026", dated=MADE_ON)
    assert "AG-13" not in refused_again(people, agreement)


# T5 and T6: what every agreement says ----------------------------------------------------------------------------------------
def words_of(agreement, code: str) -> str:
    clause = next(each for each in queries.newest_version(agreement).clauses if each["code"] == code)
    return " ".join(" ".join([part["text"], *part["sub"]]) for part in clause["body"])


def test_law_T5_every_agreement_ends_by_one_of_nine_grounds_with_a_final_report_and_a_handover(people):
    agreement = a_text(people, a_partner(people), level="pks")
    ends = next(each for each in queries.newest_version(agreement).clauses if each["code"] == "pengakhiran")
    assert len(ends["body"][0]["sub"]) == 9
    after = words_of(agreement, "akibat_pengakhiran")
    assert (
        "laporan akhir" in after
        and "Serah terima dituangkan dalam berita acara" in after
        and "serah terima aset" in after
    )


def test_law_T6_a_dispute_goes_from_talks_to_the_camat_and_at_last_to_court(people):
    said = words_of(a_text(people, a_partner(people), level="pks"), "perselisihan")
    way = [said.index(each) for each in ("musyawarah untuk mufakat", "Camat Pandanarum", "pengadilan negeri")]
    assert way == sorted(way) and "Bupati Banjarnegara" in said


# T8 -----------------------------------------------------------------------------------------------------------------------
def test_law_T8_money_in_the_text_has_its_budget_code(people):
    agreement = makers.a_whole_draft(people)
    money = queries.newest_version(agreement).content["topics"]["money"]
    for row in money["sources"]:
        row["apbdes_code"] = "" if row["channel"] == "rkd" else row["apbdes_code"]
    makers.changed(people, agreement, topics={"money": money})
    assert "AG-07" in refused(people, agreement)


def test_law_T8_money_that_comes_in_has_its_code_and_no_account_is_a_persons(people):
    running = delivering.an_adopted_plan(people, delivering.an_agreement(people)).agreement
    with pytest.raises(Refused) as booked:
        delivery.post_entry(by=people.by("bendahara"), **delivering.money_in(running, budget_code=""))
    assert "DV-07" in booked.value.codes
    with pytest.raises(Refused) as persons:
        account(people, holder_kind="person", holder="Sutrisno")
    assert persons.value.codes == ("RG-19",)


# T10 ----------------------------------------------------------------------------------------------------------------------
def test_law_T10_weights_do_not_change_once_the_call_is_public(people):
    call = an_open_call(people)
    before = {each.code: each.weight for each in call.criteria.all()}
    with pytest.raises(NoSuchMove):
        selection.set_criteria(by=people.by("sekdes"), call=call, weights=dict.fromkeys(before, 1))
    assert {each.code: each.weight for each in call.criteria.all()} == before


# T12 ----------------------------------------------------------------------------------------------------------------------
def test_law_T12_no_public_page_of_an_agreement_shows_a_number_of_a_person_or_who_is_poor(people):
    example = everything(people)
    client = Client()
    with clock.at(NOW):
        for address in (f"/kemitraan/{example.case.code}/", f"/desa/{OURS}/", f"/panggilan/{example.call.code}/"):
            page = client.get(address)
            assert page.status_code == 200
            assert not kinds_in(unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))), address


# T13 ----------------------------------------------------------------------------------------------------------------------
def test_law_T13_one_other_byte_or_one_other_word_breaks_the_signature(people):
    signed = makers.a_signed_agreement(people)
    kept = files.read(queries.signed_file(signed).file.sha256)
    assert verification.compare(signed.paper, kept).same
    for spot in (len(kept) // 3, len(kept) // 2, len(kept) - 40):
        changed = kept[:spot] + bytes([kept[spot] ^ 1]) + kept[spot + 1 :]
        assert not verification.compare(signed.paper, changed).same
    other = makers.fresh(signed)
    with pytest.raises(NoSuchMove):  # a signed text takes no other word
        makers.changed(people, other, wording={"kahar": "Gempa."})


# T14 ----------------------------------------------------------------------------------------------------------------------
def test_law_T14_the_regency_decides_nothing_that_is_the_villages(people):
    agreement = makers.an_accepted_text(people)
    version = queries.newest_version(agreement)
    with clock.at(makers.DRAFTED):
        for who in ("dinas", "camat", "bupati"):
            for door, given in (
                (actions.accept_text, {"agreement": agreement, "text_hash": version.text_hash}),
                (actions.issue_bpd_decree, {"case": agreement.case, "number": "1", "dated": MADE_ON, "about": "Beban"}),
                (actions.abandon_draft, {"agreement": agreement, "reason": "Tidak perlu."}),
                (selection.record_consent, {"case": agreement.case}),
            ):
                with pytest.raises(NotAllowed):
                    door(by=people.by(who), **given)
    assert fresh(agreement).state == "text_agreed"


# T15 ----------------------------------------------------------------------------------------------------------------------
def test_law_T15_an_earlier_agreement_is_kept_without_its_files_and_says_how_complete_it_is(people):
    earlier = existing.register_existing(by=people.by("sekdes"), village=place(OURS), partner=KOPI, **GIVEN).earlier
    assert (
        earlier.text_file is None and earlier.completeness.percent < 100 and earlier.case.state == "existing_registered"
    )
    page = shown(signed_in(people, "sekdes"), "page.existing_agreement", earlier.case.code)[1]
    assert f"Lengkap {earlier.completeness.percent}%" in page and "Berkas perjanjian" in page


# T19 ----------------------------------------------------------------------------------------------------------------------
def test_law_T19_a_kelurahan_starts_no_case(people):
    an_office(people, "lurah", "Lurah Contoh", roles.VILLAGE_HEAD, where="33.04.06.1013")
    with pytest.raises(Refused) as found:
        cases.open_case(
            by=people.by("lurah"), village=place("33.04.06.1013"), title="Taman", field="pemberdayaan_masyarakat",
            forms=["pdmp"], goals="Hijau.",
        )  # fmt: skip
    assert found.value.codes == ("PS-01",) and not Case.objects.exists()
