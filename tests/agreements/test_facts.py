"""What the rules are asked about, read from a real draft: assets, shares, plantation, consent, burdens."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bermitra.agreements import actions, queries, text
from bermitra.agreements.models import Agreement
from bermitra.deliberation.consent import actions as consents
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused, unmet
from bermitra.partnership import actions as cases
from bermitra.partnership import sheet
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import Touching, findings, touching
from tests.agreements.makers import (
    DRAFTED,
    MADE_ON,
    PDMP,
    a_draft,
    accepted,
    an_accepted_text,
    changed,
    fresh,
    locked,
    whole_duties,
)
from tests.deliberation.makers import a_given_consent, refused_at
from tests.partnership.makers import agreed_by_meeting, whole_topics
from tests.people import OURS, People
from tests.registry.makers import an_asset
from tests.selection.makers import an_awarded_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def a_draft_with(people: People, *forms: str, **topics: Any) -> Agreement:
    """A draft that rests on a sheet with these forms and topics, agreed to by a further meeting.

    Where they touch residents whatever is said, land is ticked.
    """
    agreement = a_draft(people)
    field = {"field": "pelaksanaan_pembangunan", "forms": list(forms), "items": ["Pemanfaatan"], "excluded": []}
    with clock.at(DRAFTED):
        given = whole_topics(scope=field, **topics)
        drafted = cases.draft_term_sheet(by=people.by("sekdes"), case=agreement.case, topics=given)
        if touching(agreement.case, drafted) != Touching((), ()):
            cases.say_consent(by=people.by("sekdes"), case=agreement.case, touches=["land"])
        agreed_by_meeting(cases.table_term_sheet(by=people.by("kades"), case=agreement.case))
        cases.agree_term_sheet(by=people.by("bpd"), case=agreement.case)
    Agreement.objects.filter(pk=agreement.pk).update(forms=list(forms))
    Case.objects.filter(pk=agreement.case_id).update(forms=list(forms))
    held = fresh(agreement)
    changed(people, held, follow_sheet=True)
    return fresh(held)


def using(asset, form: str, years: int) -> dict[str, Any]:
    others = whole_topics()["others"]
    return {**others, "assets": [{"asset": asset.code, "name": asset.name, "form": form, "years": years}]}


def codes(agreement: Agreement) -> set[str]:
    held = standing(OURS)
    asked = queries.locking_asked(agreement, queries.draft_of(agreement), MADE_ON, held)
    return {each.code for each in unmet(findings(asked, held))}


def term(years: int) -> dict[str, str]:
    return {"start": "2026-12-01", "end": f"{2026 + years}-11-30"}


def test_AG_43_no_price_slips_in_after_the_meeting(people):
    agreement = a_draft(people)
    assert "AG-43" not in codes(agreement)
    changed(people, agreement, wording={"data": "PIHAK KESATU membayar lima miliar rupiah kepada PIHAK KEDUA."})
    assert "AG-43" in codes(fresh(agreement))
    changed(people, fresh(agreement), wording={"data": "PIHAK KESATU menjaga data warga."})
    assert "AG-43" not in codes(fresh(agreement))
    plan = [{"item": "Kebun", "amount": 9_000_000_000, "source": "Desa"}]
    changed(people, fresh(agreement), annexes={"budget": plan})
    assert "AG-43" in codes(fresh(agreement))
    changed(people, fresh(agreement), annexes={"budget": []})
    assert "AG-43" not in codes(fresh(agreement))
    duties = queries.newest_version(agreement).content["topics"]["duties"]
    unpriced = next(row for row in duties if row["amount"] is None)
    unpriced["amount"] = 5_000_000_000
    changed(people, fresh(agreement), topics={"duties": duties})
    assert "AG-43" in codes(fresh(agreement))


KAHAR = "Gempa, banjir, dan wabah.\n- diberitahukan dalam 3 hari"


def decided_with(people: People, agreement: Agreement, *words: tuple[str, str]) -> Agreement:
    """The meeting agrees to the same sheet with these articles in own words; the text does not follow it yet."""
    others = dict(agreement.sheet.topics["others"])
    rows = [{"article": code, "title": code, "text": typed} for code, typed in words]
    with clock.at(DRAFTED):
        cases.draft_term_sheet(
            by=people.by("sekdes"), case=agreement.case, topics={"others": {**others, "words": rows}}
        )
        agreed_by_meeting(cases.table_term_sheet(by=people.by("kades"), case=agreement.case))
        cases.agree_term_sheet(by=people.by("bpd"), case=agreement.case)
    return fresh(agreement)


def test_law_T4_own_words_of_a_first_draft_are_those_that_the_meeting_decided(people):
    agreement = a_draft(people)
    assert "AG-81" not in codes(agreement)
    changed(people, agreement, wording={"kahar": KAHAR})
    held = fresh(agreement)
    assert "AG-81" in codes(held) and "AG-43" not in codes(held)
    assert "pasal Keadaan Kahar dalam kata sendiri" in queries.departures(held, queries.newest_version(held))
    held = decided_with(people, held, ("kahar", KAHAR))
    changed(people, held, follow_sheet=True)
    held = fresh(held)
    assert not {"AG-81", "AG-43", "AG-01"} & codes(held)
    assert queries.newest_version(held).content["wording"] == {"kahar": text.from_typed(KAHAR)}


@pytest.mark.parametrize(
    "wording",
    [
        {"kahar": "Gempa, banjir, dan wabah, serta tanah kas."},  # a word more than was decided
        {"kahar": ""},  # the library's words instead of those that were decided
        {"data": KAHAR},  # the same words in another article, and theirs fall away
        {"data": "."},  # nothing is said, and the protection that stood there is gone
        {"khusus": "Warga ikut menjaga mata air."},
    ],
)
def test_AG_81_nothing_slips_past_the_meeting_in_own_words(people, wording):
    agreement = decided_with(people, a_draft(people), ("kahar", KAHAR))
    changed(people, agreement, follow_sheet=True)
    agreement = fresh(agreement)
    assert "AG-81" not in codes(agreement)
    changed(people, agreement, wording=wording)
    agreement = accepted(people, fresh(agreement))
    with pytest.raises(Refused) as refused, clock.at(DRAFTED):
        locked(people, agreement)
    assert "AG-81" in refused.value.codes and fresh(agreement).state == "text_agreed"


def test_AG_81_a_text_that_does_not_follow_the_newest_words_is_not_locked(people):
    agreement = a_draft(people)
    changed(people, agreement, wording={"kahar": KAHAR})
    agreement = decided_with(people, fresh(agreement), ("kahar", "Gempa saja."))
    assert "AG-81" in codes(agreement)


def test_AG_82_a_share_or_a_price_is_the_one_that_the_meeting_decided(people):
    decided = {"blank": "nilai_sewa", "title": "Sewa: Nilai sewa", "value": 4_000_000, "unit": "money"}
    others = {**using(an_asset(people), "sewa", 3), "terms": [decided]}
    agreement = a_draft_with(people, "sewa", others=others, term=term(3))
    assert queries.newest_version(agreement).content["blanks"]["nilai_sewa"] == 4_000_000  # filled in from the sheet
    assert "AG-82" not in codes(agreement)
    for other in (0, 400_000):
        changed(people, fresh(agreement), blanks={"nilai_sewa": other})
        assert "AG-82" in codes(fresh(agreement))
    held = fresh(agreement)
    assert "nilai sewa" in queries.departures(held, queries.newest_version(held))
    changed(people, fresh(agreement), blanks={"nilai_sewa": 4_000_000, "nilai_kompensasi_harian": 1_000})
    assert "AG-82" in codes(fresh(agreement))  # a price of which the sheet says nothing
    changed(people, fresh(agreement), follow_sheet=True, blanks={"nilai_kompensasi_harian": ""})
    assert "AG-82" not in codes(fresh(agreement))


MODAL = {"blank": "modal_desa", "title": "Modal: Modal Desa", "value": "tanah kas 0,5 hektare", "unit": "text"}
SEATS = {"blank": "jumlah_kursi", "title": "Pemilihan Peserta: Jumlah kursi", "value": 24, "unit": "count"}
DONE_BY = {"blank": "tanggal_selesai_bangun", "title": "Batas selesai", "value": "2027-06-30", "unit": "date"}
LOCAL = {"blank": "persen_miskin", "title": "Partisipasi: Bagian warga miskin", "value": 40, "unit": "percent"}


@pytest.mark.parametrize(
    ("form", "decided", "other"),
    [
        ("kso", MODAL, "tanah kas 5 hektare"),
        ("latih", SEATS, 240),
        ("infra", DONE_BY, "2037-06-30"),
        ("pdmp", LOCAL, 10),  # in an article that every agreement has
    ],
    ids=["words", "count", "day", "share"],
)
def test_AG_83_a_blank_that_binds_says_what_the_meeting_decided(people, form, decided, other):
    others = whole_topics()["others"]
    others["terms"] = [*others["terms"], decided]
    agreement, name = a_draft_with(people, form, others=others), decided["blank"]
    assert queries.newest_version(agreement).content["blanks"][name] == decided["value"]  # filled in from the sheet
    assert "AG-83" not in codes(agreement)
    changed(people, agreement, blanks={name: other})
    held = fresh(agreement)
    assert "AG-83" in codes(held) and not {"AG-43", "AG-81"} & codes(held)
    changed(people, held, follow_sheet=True)
    assert "AG-83" not in codes(fresh(held))


def test_AG_83_what_the_village_brings_in_is_nothing_that_parties_fill_in_afterwards(people):
    agreement = a_draft_with(people, "kso")
    assert "AG-83" not in codes(agreement)
    changed(people, agreement, blanks={"modal_desa": "lapangan desa"})
    held = fresh(agreement)
    assert "AG-83" in codes(held) and "modal desa" in queries.departures(held, queries.newest_version(held))
    changed(people, held, blanks={"modal_desa": ""})
    assert "AG-83" not in codes(fresh(held))


def test_AG_83_a_name_binds_nobody_and_a_promise_beside_it_does(people):
    agreement = a_draft(people)
    changed(people, agreement, blanks={"pj_desa": "Kepala Urusan Umum", "hari_lapor_kahar": 5})
    assert "AG-83" not in codes(fresh(agreement))
    changed(people, fresh(agreement), blanks={"pj_desa": "Kaur Umum; PIHAK KESATU membayar Rp5.000.000.000"})
    held = accepted(people, fresh(agreement))
    with pytest.raises(Refused) as refused, clock.at(DRAFTED):
        locked(people, held)
    assert "AG-83" in refused.value.codes and fresh(held).state == "text_agreed"


def filled(agreement: Agreement, column: str, value: str) -> list[dict[str, Any]]:
    """The duties of the text with a column filled that the sheet left empty: the last row is a right of the partner."""
    duties = queries.newest_version(agreement).content["topics"]["duties"]
    assert duties[-1][column] == ""
    duties[-1][column] = value
    return duties


@pytest.mark.parametrize(
    ("column", "value", "adds"),
    [
        ("due", "2027-03-01", True),
        ("period", "setiap tahun", True),
        ("measure", "data semua petani", True),
        ("sanction", "Desa membayar ganti rugi", True),
        ("evidence", "kuitansi pembayaran dari Desa", True),
        ("evidence", "lembar izin bertanda tangan", False),
        ("checker", "BPD", False),
    ],
)
def test_AG_84_a_column_that_binds_is_not_filled_in_after_the_meeting(people, column, value, adds):
    agreement = a_draft(people)
    assert "AG-84" not in codes(agreement)
    changed(people, agreement, topics={"duties": filled(agreement, column, value)})
    held = fresh(agreement)
    assert ("AG-84" in codes(held)) is adds and "AG-43" not in codes(held)
    said = "kolom kewajiban “memakai data dengan izin tertulis petani”"
    assert (said in queries.departures(held, queries.newest_version(held))) is adds


PLAN = {
    "activity": "Tanam perdana",
    "output": "1 petak",
    "target": "1,5 ha",
    "start": "2026-12-01",
    "end": "2027-01-31",
}


@pytest.mark.parametrize(
    ("annexes", "adds"),
    [
        ({"work_plan": [{**PLAN, "lead": "PIHAK KESATU"}]}, False),
        ({"work_plan": [{**PLAN, "lead": "PIHAK KESATU membayar Rp 5.000.000"}]}, True),
        (
            {"indicators": [{"name": "Simpanan warga", "baseline": "0", "target": "lima juta rupiah"}]},
            False,
        ),  # hoped for
        ({"indicators": [{"name": "Desa membayar lima juta rupiah", "baseline": "0", "target": "1"}]}, True),
        ({"budget": [{"item": "Bibit", "amount": 82_000_000, "source": "Dana Desa"}]}, False),
        ({"budget": [{"item": "Bibit", "amount": 41_000_001, "source": "Dana Desa"}] * 2}, True),  # more than it gives
        ({"budget": [{"item": "Bibit", "amount": 1_000, "source": "Pendapatan Asli Desa"}]}, True),  # not on the sheet
        ({"budget": [{"item": "Bibit", "amount": 1_000, "source": "PIHAK KESATU"}]}, True),  # none of its duties costs
    ],
)
def test_AG_84_an_annex_spends_what_the_meeting_decided(people, annexes, adds):
    agreement = a_draft(people)
    changed(people, agreement, annexes=annexes)
    held = fresh(agreement)
    assert ("AG-84" in codes(held)) is adds and "AG-43" not in codes(held)
    if adds:
        held = accepted(people, held)
        with pytest.raises(Refused) as refused, clock.at(DRAFTED):
            locked(people, held)
        assert "AG-84" in refused.value.codes and fresh(held).state == "text_agreed"


def test_a_first_draft_begins_with_the_words_that_the_meeting_decided():
    rows = [
        {"article": "kahar", "title": "Keadaan Kahar", "text": KAHAR},
        {"article": "jangka_waktu", "title": "Jangka Waktu", "text": "Tiga puluh tahun."},  # its words are no one's own
    ]
    others = whole_topics()["others"]
    topics = sheet.merged(sheet.blank(), {**whole_topics(), "others": {**others, "words": rows}})
    content = text.start(topics)
    assert content["wording"] == {"kahar": text.from_typed(KAHAR)}
    assert text.undecided_words(content, topics) == ()


def test_AG_09_a_lease_of_four_years_is_not_locked(people):
    asset = an_asset(people)
    agreement = a_draft_with(people, "sewa", others=using(asset, "sewa", 4), term=term(4))
    assert {"AG-09", "AG-08"} <= codes(agreement) and not {"AG-14", "AG-13", "AG-43"} & codes(agreement)


def test_AG_09_three_years_are_lawful(people):
    agreement = a_draft_with(people, "sewa", others=using(an_asset(people), "sewa", 3), term=term(3))
    assert not {"AG-09", "AG-14", "AG-13"} & codes(agreement)


@pytest.mark.parametrize("lack", [{"pledged": True}, {"recorded": False}, {"certificate": ""}])
def test_AG_14_an_asset_that_is_pledged_or_not_proved_is_named(people, lack):
    agreement = a_draft_with(people, "sewa", others=using(an_asset(people, **lack), "sewa", 3), term=term(3))
    assert "AG-14" in codes(agreement)


def test_AG_13_the_permit_of_the_regent_opens_the_way(people):
    agreement = a_draft_with(people, "ksp", others=using(an_asset(people), "ksp", 10), term=term(10))
    assert "AG-13" in codes(agreement) and "AG-11" not in codes(agreement)
    agreement = accepted(people, agreement)
    with clock.at(DRAFTED):
        actions.request_permit(by=people.by("kades"), agreement=agreement, because="Tanah kas desa dimanfaatkan.")
        actions.grant_permit(by=people.by("bupati"), agreement=fresh(agreement), number="593/112/2026", dated=MADE_ON)
    assert not {"AG-13", "AG-46"} & codes(fresh(agreement))
    changed(people, fresh(agreement), wording={"kahar": "Gempa bumi dan banjir."})
    held = accepted(people, fresh(agreement))
    assert "AG-46" in codes(held) and "AG-13" not in codes(held)
    with clock.at(DRAFTED):
        actions.request_permit(by=people.by("kades"), agreement=held, because="Naskah berubah.")
        actions.grant_permit(by=people.by("bupati"), agreement=fresh(held), number="593/120/2026", dated=MADE_ON)
    assert "AG-46" not in codes(fresh(held))


def test_AG_28_a_share_without_figures_and_one_with_figures(people):
    agreement = a_draft_with(people, "bagi")
    assert {"AG-28", "AG-42"} <= codes(agreement)
    example = {"contoh_pendapatan": 600_000_000, "contoh_biaya": 420_000_000, "contoh_bagian_desa": 54_000_000,
               "contoh_bagian_mitra": 126_000_000}  # fmt: skip
    changed(people, agreement, blanks=example)
    assert not {"AG-28", "AG-42"} & codes(fresh(agreement))


def test_AG_29_a_palm_estate_names_its_share_members_map_and_day(people):
    agreement = a_draft_with(people, "inti")
    assert "AG-29" in codes(agreement)
    blanks = {
        "luas_plasma": "200 hektare",
        "persen_plasma": 20,
        "tanggal_hgu": "2026-01-01",
        "tanggal_batas_plasma": "2028-12-31",
    }
    changed(people, agreement, blanks=blanks)
    for proof, missing in (("sudah ada", True), ("Lampiran 1", False)):
        with clock.at(DRAFTED):
            for condition in ("cpcl", "peta_kebun"):
                held = fresh(agreement)
                actions.show_condition(by=people.by("mitra"), agreement=held, condition=condition, proof=proof)
        assert ("AG-29" in codes(fresh(agreement))) is missing
    changed(people, fresh(agreement), blanks={"tanggal_batas_plasma": "2029-12-31"})
    assert "AG-29" in codes(fresh(agreement))


def test_AG_16_land_of_people_asks_for_their_consent(people):
    agreement = a_draft(people)
    Case.objects.filter(pk=agreement.case_id).update(consent_needed=True)
    held = fresh(agreement)
    assert "AG-16" in codes(held)
    a_given_consent(people, held.case.code)
    assert "AG-16" not in codes(held)


def test_PS_17_a_text_is_not_locked_before_it_was_said_what_is_touched(people):
    agreement = a_draft(people)
    assert "PS-17" not in codes(fresh(agreement))
    Case.objects.filter(pk=agreement.case_id).update(consent_needed=None, consent_reason="")
    assert "PS-17" in codes(fresh(agreement))


def test_law_AG16_a_no_at_the_fourth_step_keeps_the_text_open_until_a_new_round_says_yes(people):
    case = an_awarded_case(people)
    with clock.at(DRAFTED):
        cases.say_consent(by=people.by("sekdes"), case=case, touches=["land", "natural_resources"])
    process = refused_at(people, case.code, 4, begun=date(2025, 9, 1))
    assert process.refusals.get().state == "consultation"
    agreement = an_accepted_text(people, case)
    with pytest.raises(Refused) as refused:
        locked(people, agreement)
    assert "AG-16" in refused.value.codes
    process = a_given_consent(people, case.code)
    assert (process.round, process.state) == (2, "given")
    changed(people, fresh(agreement), blanks={"hari_lapor_kahar": 5})
    held = fresh(locked(people, accepted(people, fresh(agreement))))
    assert held.case.state == "ready_to_sign"
    assert "BA-PADIATAPA/6/" in str(queries.newest_version(held).clauses)
    with clock.at(DRAFTED):
        consents.refuse_consent(by=people.by("warga"), process=process, why="Lebak ikut dibuka.")
    signer = people.kades
    slot = next(each for each in queries.slots_of(held) if each.person_id == signer.pk)
    with clock.at(DRAFTED):
        asked = queries.signing_asked(slot, held, signer, slot.text_hash)
        assert "AG-16" in {each.code for each in unmet(findings(asked, standing(OURS)))}
    in_force = queries.activating_asked(held.case, "1/2026", "2/2026", "paper")
    assert "AG-16" in {each.code for each in unmet(findings(in_force, standing(OURS)))}


def test_AG_08_money_of_the_village_asks_for_a_decree(people):
    agreement = a_draft(people)
    assert "AG-08" in codes(agreement)
    with clock.at(DRAFTED):
        actions.issue_bpd_decree(by=people.by("bpd"), case=agreement.case, number="3/2026", dated=MADE_ON, about="Dana")
    assert not {"AG-08", "AG-45"} & codes(fresh(agreement))
    TermSheet.objects.filter(pk=agreement.sheet_id).update(text_hash="f" * 64)  # another sheet was agreed to since
    assert "AG-45" in codes(fresh(agreement))
    with clock.at(DRAFTED):
        actions.issue_bpd_decree(by=people.by("bpd"), case=agreement.case, number="4/2026", dated=MADE_ON, about="Dana")
    assert "AG-45" not in codes(fresh(agreement))


def test_AG_07_money_under_a_code_that_is_none_is_not_covered(people):
    agreement = a_draft(people)
    money = queries.newest_version(agreement).content["topics"]["money"]
    for row in money["sources"]:
        row["apbdes_code"] = "4.3.7"
    changed(people, agreement, topics={"money": money})
    assert "AG-07" in codes(fresh(agreement))


def test_RG_13_a_stale_verdict_of_the_partner_is_seen(people):
    agreement = a_draft(people)
    assert "RG-13" not in codes(agreement)
    from datetime import UTC, datetime

    with clock.at(datetime(2029, 1, 1, tzinfo=UTC)):
        assert "RG-13" in codes(agreement)


def test_what_yields_is_locked_with_a_typed_reason_that_the_journal_names(people):
    from bermitra.foundation.journal.models import Event

    agreement = a_draft(people)
    money = queries.newest_version(agreement).content["topics"]["money"]
    for row in money["sources"]:
        row["apbdes_code"] = row["apbdes_code"] or "4.2.1"
    changed(people, agreement, topics={"duties": whole_duties(agreement), "money": money}, blanks=PDMP)
    with clock.at(DRAFTED):
        actions.issue_bpd_decree(by=people.by("bpd"), case=agreement.case, number="3/2026", dated=MADE_ON, about="Dana")
    held = accepted(people, fresh(agreement))
    with pytest.raises(Refused) as refused:
        locked(people, held)
    assert refused.value.codes == ("AG-42",)
    assert locked(people, held, reason="Pernyataan netralitas menyusul pekan depan.").state == "locked"
    assert '"passed":["AG-42","RG-18"]' in Event.objects.get(verb="agreement.finalised").body
