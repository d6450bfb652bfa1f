"""What forms, partners and the shape of a text ask besides, read from a real draft."""

from __future__ import annotations

import pytest

from bermitra.agreements import actions, letters, queries, text
from bermitra.agreements.models import LegalReview
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import compose, words
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import passed_over
from bermitra.partnership.queries import findings
from bermitra.registry.models import Partner
from tests.agreements.makers import DRAFTED, MADE_ON, a_draft, changed, fresh
from tests.agreements.test_facts import a_draft_with, codes, term, using
from tests.people import OURS
from tests.registry.makers import an_asset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def of_kind(agreement, kind: str):
    Partner.objects.filter(pk=agreement.partner_id).update(kind=kind)
    return fresh(agreement)


def shown(people, agreement, condition: str, proof: str):
    with clock.at(DRAFTED):
        actions.show_condition(by=people.by("mitra"), agreement=fresh(agreement), condition=condition, proof=proof)
    return fresh(agreement)


def words_of(agreement, version) -> str:
    return " ".join(words(compose(letters.draft_document(agreement, version, MADE_ON))))


def warned(agreement) -> set[str]:
    asked = queries.locking_asked(agreement, queries.draft_of(agreement), MADE_ON, standing(OURS))
    return {each.code for each in passed_over(findings(asked, standing(OURS)))}


def test_AG_27_a_company_states_that_it_owns_no_small_partner(people):
    agreement = a_draft_with(people, "subkon")
    assert "AG-27" not in codes(agreement)  # a university is no large business
    agreement = of_kind(agreement, "company")
    assert "AG-27" in codes(agreement)
    changed(people, agreement, blanks={"bahan_subkon": "benang", "ongkos_kerja": 5_000, "satuan_barang": "lembar"})
    assert "AG-27" in codes(shown(people, agreement, "tanpa_penguasaan", "sudah"))
    assert "AG-27" not in codes(shown(people, agreement, "tanpa_penguasaan", "Surat 12/2026"))


def test_AG_30_a_cooperative_s_loan_needs_its_own_meeting_and_stays_under_the_cap(people):
    agreement = of_kind(a_draft_with(people, "perantara"), "cooperative_kdmp")
    assert "AG-30" in codes(agreement)
    shown(people, agreement, "musdes_koperasi", "BA 7/2026 tanggal 4 Mei 2026")
    changed(people, fresh(agreement), blanks={"persen_dukungan_koperasi": 31, "tanggal_musdes_khusus": "2026-05-04"})
    assert "AG-30" in codes(fresh(agreement))
    changed(people, fresh(agreement), blanks={"persen_dukungan_koperasi": 30})
    assert "AG-30" not in codes(fresh(agreement))
    assert "kredit_koperasi" in {each["code"] for each in queries.newest_version(fresh(agreement)).clauses}


def test_AG_31_the_organs_of_a_bumdes_agree(people):
    agreement = of_kind(a_draft(people), "bumdes")
    assert "AG-31" in codes(agreement)
    assert "AG-31" not in codes(shown(people, agreement, "organ_bumdes", "Keputusan 3/2026"))


def test_AG_10_land_is_not_lent_and_a_tent_is_lent_for_a_week(people):
    tent, days = an_asset(people, kind="equipment"), {"start": "2026-12-01", "end": "2026-12-07"}
    agreement = of_kind(a_draft_with(people, "pinjam", others=using(tent, "pinjam", 1), term=days), "village")
    assert "AG-10" not in codes(agreement)
    assert "AG-10" in codes(of_kind(agreement, "company"))


def test_AG_15_a_price_that_is_not_looked_at_for_ten_years_is_warned_of(people):
    agreement = a_draft_with(people, "sewa", others=using(an_asset(people), "sewa", 3), term=term(3))
    assert "AG-15" not in warned(agreement)
    changed(people, agreement, blanks={"tahun_tinjau_harga": 10})
    assert "AG-15" in warned(fresh(agreement))


def test_AG_33_a_term_beyond_the_office_of_the_head_keeps_the_clause_on_successors(people):
    agreement = a_draft_with(people, "pdmp", term=term(9))
    assert "AG-33" not in warned(agreement)


def test_AG_58_a_consequence_that_the_text_does_not_know_is_named(people):
    agreement = a_draft(people)
    duties = queries.newest_version(agreement).content["topics"]["duties"]
    duty = next(row for row in duties if row["kind"] == "duty")
    duty["sanction"] = "dicoret dari hati"
    changed(people, agreement, topics={"duties": duties})
    assert "AG-58" in codes(fresh(agreement))
    duty["sanction"] = "SP1"
    changed(people, fresh(agreement), topics={"duties": duties})
    assert "AG-58" not in codes(fresh(agreement))


def test_AG_59_a_form_that_nobody_read_is_marked_until_a_lawyer_looked(people):
    agreement = a_draft_with(people, "beasiswa")
    assert "AG-59" in warned(agreement)
    version = queries.newest_version(agreement)
    mark = "Beasiswa pada naskah ini belum ditelaah"
    assert mark in words_of(agreement, version)
    LegalReview.objects.create(version=version, text="Sudah dibaca.", at=DRAFTED, by=people.held["sekdes"].code)
    assert "AG-59" not in warned(agreement) and mark not in words_of(agreement, version)


def test_AG_60_a_short_text_is_for_light_partnerships(people):
    agreement = a_draft(people)
    assert not text.is_short(queries.newest_version(agreement).content)
    version = changed(people, agreement, short=True)
    assert {"what": "shape:", "before": "Naskah lengkap", "after": "Naskah ringkas"} in version.changes
    assert "AG-60" in codes(fresh(agreement))
    changed(people, fresh(agreement), short=False)
    assert "AG-60" not in codes(fresh(agreement))


def test_AG_05_a_plan_without_indicators_is_not_locked(people):
    agreement = a_draft(people)
    assert "AG-05" not in codes(agreement)
    changed(people, agreement, annexes={"indicators": []})
    assert "AG-05" in codes(fresh(agreement))
