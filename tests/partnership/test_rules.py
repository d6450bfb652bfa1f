"""Each rule of this stage with an example that passes and one that fails."""

from dataclasses import replace

from bermitra.partnership import rules as r

OPENING = r.OpeningFacts(
    unit_kind="desa", coop_type="pihak_ketiga", field="pemberdayaan_masyarakat", regencies=("33.05",)
)
SHEET = r.SheetFacts(
    empty_topics=0, partner_named=True, value_rupiah=312_000_000, sources_rupiah=312_000_000, starts_before_end=True
)


def test_PS_01_village_not_urban_ward():
    assert r.village_not_urban_ward(OPENING)
    assert r.village_not_urban_ward(replace(OPENING, unit_kind="desa_adat"))
    assert not r.village_not_urban_ward(replace(OPENING, unit_kind="kelurahan"))


def test_PS_02_field_and_kind_lawful():
    assert r.field_and_kind_lawful(OPENING)
    assert not r.field_and_kind_lawful(replace(OPENING, field="pertahanan"))
    assert not r.field_and_kind_lawful(replace(OPENING, coop_type="lain"))


def test_PS_04_not_cross_regency():
    between = replace(OPENING, coop_type="antar_desa")
    assert r.not_cross_regency(replace(between, regencies=("33.05", "33.05")))
    assert not r.not_cross_regency(replace(between, regencies=("33.05", "33.04")))
    assert r.not_cross_regency(replace(OPENING, regencies=("33.05", "33.04")))


def test_PS_05_starts_from_a_need():
    assert r.starts_from_a_need(r.NeedFacts(linked_needs=1, linked_potentials=0))
    assert r.starts_from_a_need(r.NeedFacts(linked_needs=0, linked_potentials=1))
    assert not r.starts_from_a_need(r.NeedFacts(linked_needs=0, linked_potentials=0))


def test_PS_06_in_the_village_plan():
    assert r.in_the_village_plan(r.PlanFacts("2.1.04", "2026-2.1.04", ""))
    assert r.in_the_village_plan(r.PlanFacts("", "", "BA Musrenbang khusus 02/2026"))
    assert not r.in_the_village_plan(r.PlanFacts("2.1.04", "", ""))


def test_PS_07_village_budget_considered():
    assert r.village_budget_considered(r.BudgetFacts("cukup", 20_000_000, 35_000_000))
    assert not r.village_budget_considered(r.BudgetFacts("cukup", 50_000_000, 35_000_000))
    assert not r.village_budget_considered(r.BudgetFacts("", 0, 0))


def test_PS_11_leaving_has_reason():
    assert r.leaving_has_reason(r.LeavingFacts("Mitra menarik anggarannya"))
    assert not r.leaving_has_reason(r.LeavingFacts(""))


def test_PS_12_nine_topics_filled():
    assert r.nine_topics_filled(SHEET)
    assert not r.nine_topics_filled(replace(SHEET, empty_topics=1))
    assert not r.nine_topics_filled(replace(SHEET, starts_before_end=False))


def test_PS_13_sheet_names_partner():
    assert r.sheet_names_partner(SHEET)
    assert not r.sheet_names_partner(replace(SHEET, partner_named=False))


def test_PS_14_sources_add_up():
    assert r.sources_add_up(SHEET)
    assert not r.sources_add_up(replace(SHEET, sources_rupiah=311_999_999))


TOUCHES = r.TouchFacts(said=True, needed=True, touches=("land",), reason="")


def test_PS_16_what_touches_is_ticked():
    assert r.what_touches_is_ticked(replace(TOUCHES, asking_forms=1, land_assets=1))
    assert r.what_touches_is_ticked(replace(TOUCHES, touches=("forest",), asking_forms=1))
    assert not r.what_touches_is_ticked(replace(TOUCHES, touches=("forest",), land_assets=1))
    nothing = replace(TOUCHES, needed=False, touches=(), reason="Tanah sendiri")
    assert r.what_touches_is_ticked(nothing)
    assert not r.what_touches_is_ticked(replace(nothing, asking_forms=1))
    assert not r.what_touches_is_ticked(replace(nothing, land_assets=1))
    assert r.what_touches_is_ticked(replace(TOUCHES, touches=(), land_assets=1))  # said before there were five items


def test_PS_17_said_what_is_touched():
    assert r.said_what_is_touched(TOUCHES)
    assert r.said_what_is_touched(replace(TOUCHES, needed=False, touches=(), reason="Di rumah warga"))
    assert not r.said_what_is_touched(replace(TOUCHES, needed=False, touches=()))
    assert not r.said_what_is_touched(r.TouchFacts(said=False, needed=False, touches=(), reason=""))


def test_PS_18_what_was_asked_stays_ticked():
    asked = replace(TOUCHES, asked_before=True, touched_before=("land",))
    assert r.what_was_asked_stays_ticked(replace(asked, touches=("land", "adat")))
    assert not r.what_was_asked_stays_ticked(replace(asked, touches=("adat",)))
    assert not r.what_was_asked_stays_ticked(replace(asked, touched_before=(), needed=False, touches=()))
    assert r.what_was_asked_stays_ticked(replace(asked, asked_before=False, needed=False, touches=()))


def test_PS_19_what_was_tabled_stays_ticked():
    tabled = replace(TOUCHES, tabled_before=True, needed_before=True, touched_before=("land",))
    assert r.what_was_tabled_stays_ticked(replace(tabled, touches=("land", "adat")))
    assert not r.what_was_tabled_stays_ticked(replace(tabled, touches=("adat",)))
    assert not r.what_was_tabled_stays_ticked(replace(tabled, touched_before=(), needed=False, touches=()))
    assert r.what_was_tabled_stays_ticked(replace(tabled, needed_before=False, touched_before=(), touches=("land",)))
    assert r.what_was_tabled_stays_ticked(replace(tabled, tabled_before=False, needed=False, touches=()))


def test_PS_15_musyawarah_agreed_to_this_sheet():
    good = r.SheetConsentFacts(minutes_binding=True, decision="agreed", decided_hash="9c1d", sheet_hash="9c1d")
    assert r.musyawarah_agreed_to_this_sheet(good)
    for bad in (
        replace(good, minutes_binding=False),
        replace(good, decision="refused"),
        replace(good, sheet_hash="0000"),
        replace(good, decided_hash="", sheet_hash=""),
    ):
        assert not r.musyawarah_agreed_to_this_sheet(bad)


def test_FD_04_one_person_one_part():
    assert r.one_person_one_part(r.PartFacts(proposes_candidate=False, scores=False, signs=True))
    assert not r.one_person_one_part(r.PartFacts(proposes_candidate=False, scores=True, signs=True))
    assert not r.one_person_one_part(r.PartFacts(proposes_candidate=False, scores=True, signs=False, drafts=True))
    assert r.one_person_one_part(r.PartFacts(proposes_candidate=False, scores=False, signs=True, drafts=True))
    parts = r.Parts(proposers=frozenset({"A"}), scorers=frozenset({"B"}))
    assert r.one_person_one_part(parts.facts("C", "sign"))
    assert not r.one_person_one_part(parts.facts("A", "sign"))
    assert not r.one_person_one_part(parts.facts("B", "propose"))
    assert r.one_person_one_part(parts.facts("B", "score"))


def test_sentences_are_short_and_codes_stand_once():
    rules = [
        *r.OPENING,
        *r.SUBMITTING_PRIORITIES,
        *r.LINKING_PLAN,
        *r.LEAVING,
        *r.TABLING,
        *r.AGREEING,
        *r.TAKING_A_PART,
    ]
    codes = [each.code for each in (*rules, r.village_budget_considered)]
    assert len(codes) == len(set(codes))
    assert all(len(each.says.split()) <= 18 and len(each.remedy.split()) <= 18 for each in rules)
