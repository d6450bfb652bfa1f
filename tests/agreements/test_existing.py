"""Agreements that ran already: the regency's list, the village's own record, what is missing, and how it comes to count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bermitra.agreements.existing import actions, queries, sheets
from bermitra.agreements.existing.actions import NewPartner
from bermitra.agreements.existing.models import EarlierAgreement, ProposedAgreement
from bermitra.agreements.existing.rules import (
    CompletingFacts,
    ConfirmerFacts,
    DuplicateFacts,
    EarlierFacts,
    PartnerFacts,
    RatificationFacts,
    RecordFacts,
    completeness,
    confirmed_by_another,
    correction_says_why,
    existing_minimum_recorded,
    made_before_the_village_was_here,
    not_a_duplicate,
    partner_without_proven_flag,
    ratified_by_musyawarah,
    running_record_only_completed,
)
from bermitra.deliberation.models import ReadyText
from bermitra.desk.case import preparing
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people.actions import enrol
from bermitra.foundation.regions.models import Region, RegionAlias
from bermitra.foundation.regions.workbooks import Column
from bermitra.foundation.regions.workbooks import read as read_table
from bermitra.foundation.rules import Refused, unmet
from bermitra.partnership.actions import say_consent
from bermitra.partnership.models import Case
from bermitra.registry.actions import list_party
from bermitra.registry.models import Partner, RiskFlag
from tests.corpus.test_pure import CORPUS, PARSERS
from tests.partnership.makers import a_partner, decided
from tests.people import NEIGHBOUR, OURS, place
from tests.tables import xlsx

pytestmark = pytest.mark.django_db
CONFIRM = "agreements.confirm_existing"
ROW = {
    "No": 1,
    "Kecamatan": "Kec. Pandanarum",
    "Desa": "PANDANARUM",
    "Tahun": 2023,
    "Jenis": "KDPK",
    "Mitra": "Koperasi Kopi Serayu",
    "Bidang": "Pemberdayaan",
    "Sub-bidang": "Pertanian",
    "Ruang lingkup": "Pendampingan kelompok tani kopi",
    "Nomor perjanjian": "003/PKS/2023",
    "Tanggal perjanjian": "1/2/2023",
    "Mulai": "1/2/2023",
    "Selesai": "31/1/2027",
    "Nilai Rp": 150000000,
    "Penerima manfaat": "1.250 jiwa",
    "Status": "Berjalan",
    "Dokumen lengkap": "belum",
}
KOPI = NewPartner(name="Koperasi Kopi Serayu", kind="cooperative_kdmp", different=True)
GIVEN = {
    "coop_type": "pihak_ketiga", "field": "pemberdayaan_masyarakat", "scope": "Pendampingan kelompok tani kopi",
    "starts_on": date(2023, 2, 1),
}  # fmt: skip


# Rules ----------------------------------------------------------------------------------------------------------------
def test_AG_38_existing_minimum_recorded():
    assert existing_minimum_recorded(RecordFacts(True, True, True, "sewa tanah kas desa"))
    assert not existing_minimum_recorded(RecordFacts(True, True, True, ""))
    assert not existing_minimum_recorded(RecordFacts(True, True, False, "sewa tanah kas desa"))
    assert not existing_minimum_recorded(RecordFacts(False, True, True, "sewa tanah kas desa"))


def test_AG_39_ratified_by_musyawarah():
    assert ratified_by_musyawarah(RatificationFacts(True, "agreed", True))
    assert not ratified_by_musyawarah(RatificationFacts(True, "rejected", True))
    assert not ratified_by_musyawarah(RatificationFacts(True, "agreed", False))
    assert not ratified_by_musyawarah(RatificationFacts(False, "agreed", True))


def test_AG_50_running_record_only_completed():
    assert running_record_only_completed(CompletingFacts(running=True, replaced=0, reason=""))
    assert not running_record_only_completed(CompletingFacts(running=True, replaced=1, reason="keliru"))
    assert running_record_only_completed(CompletingFacts(running=False, replaced=1, reason="keliru"))


def test_AG_51_correction_says_why():
    assert correction_says_why(CompletingFacts(running=False, replaced=1, reason="keliru"))
    assert not correction_says_why(CompletingFacts(running=False, replaced=1, reason=""))
    assert correction_says_why(CompletingFacts(running=False, replaced=0, reason=""))


def test_AG_52_made_before_the_village_was_here():
    assert made_before_the_village_was_here(EarlierFacts(date(2023, 12, 31), date(2024, 1, 1)))
    assert not made_before_the_village_was_here(EarlierFacts(date(2024, 1, 1), date(2024, 1, 1)))
    assert made_before_the_village_was_here(EarlierFacts(None, date(2024, 1, 1)))  # AG-38 asks for the day
    assert made_before_the_village_was_here(EarlierFacts(date(2024, 1, 1), None))


def test_AG_53_confirmed_by_another():
    assert confirmed_by_another(ConfirmerFacts(recorded_it=False, entered_minutes=False))
    assert not confirmed_by_another(ConfirmerFacts(recorded_it=True, entered_minutes=False))
    assert not confirmed_by_another(ConfirmerFacts(recorded_it=False, entered_minutes=True))


def test_AG_54_partner_without_proven_flag():
    assert partner_without_proven_flag(PartnerFacts((), 0, 0))
    assert not partner_without_proven_flag(PartnerFacts(("land_conflict",), 0, 0))


def test_PS_09_not_a_duplicate():
    assert not_a_duplicate(DuplicateFacts(1, True)) and not_a_duplicate(DuplicateFacts(0, False))
    assert not not_a_duplicate(DuplicateFacts(1, False)) and not not_a_duplicate.blocks


def test_what_is_missing_is_listed_by_kind_and_nought_rupiah_is_an_answer():
    nothing = completeness({}, "pihak_ketiga")
    assert (nothing.percent, len(nothing.missing), nothing.asked) == (0, 9, 9)
    between = completeness({}, "antar_desa")
    assert {each.key for each in between.missing} - {each.key for each in nothing.missing} == {"decree", "decree_file"}
    some = completeness({"value": 0, "beneficiaries": 0, "number": "1"}, "pihak_ketiga")
    assert some.percent == 33 and "value" not in {each.key for each in some.missing}
    half = completeness({"minutes_number": "BA-1"}, "pihak_ketiga")
    assert "minutes" in {each.key for each in half.missing}  # a number without its day


# The regency's list -----------------------------------------------------------------------------------------------------
def listed(*rows) -> sheets.Read:
    return sheets.read(read_table("daftar.xlsx", xlsx(sheets.COLUMNS, rows), sheets.COLUMNS), place("33.04"))


def said(*rows) -> list[str]:
    return [f"{each.row} {each.says}" for each in listed(*rows).wrong]


def test_a_row_of_the_list_is_read_and_what_is_empty_stays_unknown(people):
    (whole,) = listed(ROW).proposals
    assert (whole.village.pk, whole.partner_name, whole.row) == (OURS, "Koperasi Kopi Serayu", 2)
    assert whole.values == {
        "coop_type": "pihak_ketiga", "field": "pemberdayaan_masyarakat", "sub_field": "Pertanian",
        "scope": "Pendampingan kelompok tani kopi", "number": "003/PKS/2023", "made_on": "2023-02-01",
        "starts_on": "2023-02-01", "ends_on": "2027-01-31", "value": 150000000, "beneficiaries": 1250, "year": "2023",
        "status": "Berjalan", "whole": "belum",
    }  # fmt: skip
    (bare,) = listed({"Desa": "Ds. Pandanarum", "Jenis": "kad", "Mitra": "Desa Beji"}).proposals
    assert bare.values == {"coop_type": "antar_desa"}


def test_a_row_that_cannot_be_read_says_what_to_do(people):
    assert said({**ROW, "Jenis": "MoU"}) == ["2 Jenis: Jenis MoU tidak dikenal. Tulis KAD atau KDPK."]
    assert said({**ROW, "Selesai": "31/1/2023"}) == [
        "2 Selesai: Tanggal selesai harus setelah tanggal mulai. Perbaiki salah satunya."
    ]
    assert said({**ROW, "Mitra": ""}) == ["2 Mitra: Isian ini masih kosong. Tulis isinya."]
    assert said({**ROW, "Desa": "Pandanarun"}) == [
        "2 Desa: Tidak ada Desa Pandanarun di sini. Terdekat: Pandanarum, Pandanarum; Beji, Pandanarum."
    ]
    assert said({**ROW, "Desa": "Kutabanjarnegara", "Kecamatan": ""})[0].startswith("2 Desa: Tidak ada Desa")
    assert said(ROW, {**ROW, "Mitra": "KOPERASI KOPI SERAYU"}) == ["3 Mitra: Sama dengan baris 2. Hapus salah satunya."]


DAYS = [each for each in CORPUS if each["where"] == "date" and "\0" not in each["value"]]
RUPIAH = [each for each in CORPUS if each["where"] == "rupiah" and "\0" not in each["value"] and "repeat" not in each]


@pytest.mark.parametrize(
    ("column", "name", "row"),
    [
        *(pytest.param("Mulai", "starts_on", row, id=f"{row['id']}-{row['value']}") for row in DAYS),
        *(pytest.param("Nilai Rp", "value", row, id=f"{row['id']}-{row['value']}") for row in RUPIAH),
    ],
)
def test_the_list_answers_the_corpus_as_the_parsers_do(column, name, row, people):
    found = listed({**{k: v for k, v in ROW.items() if k not in ("Mulai", "Selesai")}, column: row["value"]})
    if row["expect"] == "accept" or row.get("message") == "rupiah.zero":  # nought is an answer here: without money
        assert found.proposals[0].values[name] == row.get("normalised", 0)
    else:
        with pytest.raises(ValueError):
            PARSERS[row["where"]](row["value"])
        assert [each for each, _words in found.wrong[0].found] == [column]


AS_REGENCIES_KEEP_IT = {
    "No.": 1, "Kecamatan": "Pandanarum", "Nama Desa": "Pandanarum", "Tahun": 2023, "Jenis (KAD/KDPK)": "pihak_ketiga",
    "MITRA KERJASAMA": "Koperasi Kopi Serayu", "Bidang": "Pemberdayaan", "Sub bidang": "Pertanian",
    "Ruang Lingkup Kerja Sama": "Pendampingan kopi", "Nomor & Tgl Perjanjian/Permakades": "003/PKS/2023, 1 Februari 2023",
    "No. SK BKD": "141/4/2023", "Tgl Mulai": "1/2/2023", "Tanggal Selesai": "31/1/2027", "Nilai (Rp)": 150000000,
    "Penerima Manfaat (jiwa)": "1.250", "Status": "Berjalan", "Dokumen lengkap ya/belum": "ya",
}  # fmt: skip


def test_the_columns_of_a_regencys_own_list_are_read_by_their_usual_names_all_of_them(people):
    content = xlsx([Column(head) for head in AS_REGENCIES_KEEP_IT], [AS_REGENCIES_KEEP_IT])
    found = sheets.read(read_table("daftar.xlsx", content, sheets.READ_COLUMNS), place("33.04"))
    assert found.wrong == []
    assert found.proposals[0].village.pk == OURS and found.proposals[0].partner_name == "Koperasi Kopi Serayu"
    assert found.proposals[0].values == {
        "coop_type": "pihak_ketiga", "field": "pemberdayaan_masyarakat", "sub_field": "Pertanian",
        "scope": "Pendampingan kopi", "number": "003/PKS/2023", "made_on": "2023-02-01", "decree": "141/4/2023",
        "starts_on": "2023-02-01", "ends_on": "2027-01-31", "value": 150_000_000, "beneficiaries": 1250, "year": "2023",
        "status": "Berjalan", "whole": "ya",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("003/PKS/2023 tanggal 01/02/2023", ("003/PKS/2023", date(2023, 2, 1))),
        ("003/PKS/2023; tgl. 1 Februari 2023", ("003/PKS/2023", date(2023, 2, 1))),
        ("003/PKS/2023", ("003/PKS/2023", None)),
    ],
)
def test_number_and_day_of_an_agreement_may_stand_in_one_column(typed, read):
    assert sheets.parse_number_and_day(typed) == read


def test_what_stands_behind_the_number_and_is_no_day_is_said(people):
    head = {key: value for key, value in ROW.items() if key not in ("Nomor perjanjian", "Tanggal perjanjian")}
    row = {**head, sheets.NUMBER_AND_DAY: "003/PKS/2023, kemarin"}
    content = xlsx([Column(each) for each in row], [row])
    found = sheets.read(read_table("daftar.xlsx", content, sheets.READ_COLUMNS), place("33.04"))
    assert [column for column, _words in found.wrong[0].found] == [sheets.NUMBER_AND_DAY]


def proposed(people, *rows, file_hash: str = "c" * 64) -> list[ProposedAgreement]:
    load = actions.propose_existing(
        by=people.by("dinas"), region=place("33.04"), proposals=listed(*(rows or (ROW,))).proposals,
        file_name="daftar.xlsx", file_hash=file_hash,
    )  # fmt: skip
    return list(load.proposals.order_by("row"))


def test_the_list_changes_nothing_of_the_villages_and_tells_them(people):
    (proposal,) = proposed(people)
    assert proposal.state == "waiting" and not Case.objects.exists() and not Partner.objects.exists()
    notice = Notice.objects.get(role="village_secretary", region=OURS)
    assert "1 perjanjian" in notice.sentence
    with pytest.raises(Refused) as again:
        proposed(people)
    assert again.value.codes == ("RG-26",)
    for who in ("sekdes", "camat", "dinas.asing"):
        with pytest.raises(NotAllowed):
            actions.propose_existing(
                by=people.by(who), region=place("33.04"), proposals=[], file_name="x", file_hash="d" * 64
            )


def test_the_regency_records_nothing_by_itself(people):
    for who in ("dinas", "camat", "kades.asing", "bpd"):
        with pytest.raises(NotAllowed):
            actions.register_existing(by=people.by(who), village=place(OURS), partner=KOPI, **GIVEN)


# The village's record -----------------------------------------------------------------------------------------------------
def registered(people, who: str = "sekdes", **other) -> EarlierAgreement:
    case = actions.register_existing(by=people.by(who), village=place(OURS), **{"partner": KOPI, **GIVEN, **other})
    return queries.earlier_visible_to(people.sekdes).get(case=case)


def test_until_it_counts_the_village_says_what_an_earlier_agreement_touches(people):
    earlier = registered(people)
    say_consent(by=people.by("sekdes"), case=earlier.case, touches=["land"])
    assert (earlier.case.consent_needed, earlier.case.touches) == (True, ["land"])
    earlier.case.grounded = False  # as the page reads it
    room = preparing(earlier.case, people.sekdes, None)
    assert [(line.title, line.state) for line in room] == [("Nyatakan apa yang disentuh kerja sama ini", "Selesai")]
    Case.objects.update(state="running")
    with pytest.raises(NoSuchMove):
        say_consent(by=people.by("sekdes"), case=earlier.case, touches=["land", "adat"])


def minutes(people, earlier: EarlierAgreement, held: date = date(2023, 1, 20), who: str = "sekdes") -> EarlierAgreement:
    """The minutes of the meeting that the village still has, with who was there."""
    paper = files.put(b"%PDF-1.7 berita acara", media_type="application/pdf", name="ba.pdf")
    return actions.complete_existing(
        by=people.by(who), case=earlier.case, values={"minutes_number": "BA-02/I/2023", "minutes_on": held},
        files={"minutes_file": paper},
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def test_a_village_takes_a_row_over_in_its_own_words(people):
    (proposal,) = proposed(people)
    earlier = registered(
        people, who="operator", proposal=proposal, known={"number": "003/PKS/2023", "value": 150_000_000}
    )
    case = earlier.case
    assert (case.state, case.route, case.phase) == ("existing_registered", "register_existing", "pelaksanaan")
    assert case.partner is not None and case.partner.name == "Koperasi Kopi Serayu"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.case) == ("taken", case)
    assert earlier.completeness.percent == 22
    doors = dict(Duty.objects.filter(about=f"case:{case.code}", closed_at=None).values_list("door", "role"))
    assert doors == {
        "agreements.complete_existing": "village_secretary", "agreements.confirm_existing": "village_head",
    }  # fmt: skip
    with pytest.raises(NoSuchMove):
        registered(people, proposal=proposal)


def test_a_partner_is_registered_without_a_due_diligence_or_the_known_one_is_meant(people):
    new = registered(people)
    assert new.case.partner is not None and not new.case.partner.verifications.exists()
    known = a_partner(people)
    assert registered(people, partner=known, difference="kelompok lain").case.partner == known


def test_a_name_like_a_registered_one_is_declared_to_be_another_or_refused(people):
    a_partner(people, "Koperasi Kopi Serayu", "kopi")
    with pytest.raises(Refused) as refused:
        registered(people, partner=replace(KOPI, different=False))
    assert refused.value.codes == ("RG-16",) and not Case.objects.exists()
    assert registered(people).case.partner.name == "Koperasi Kopi Serayu"


def test_what_must_be_known_is_asked_all_at_once_and_nothing_is_left_behind(people):
    with pytest.raises(Refused) as refused:
        registered(people, scope="", starts_on=None)
    assert refused.value.codes == ("AG-38",)
    with pytest.raises(Refused) as kelurahan:
        actions.register_existing(by=_of_kelurahan(people), village=place("33.04.06.1013"), partner=KOPI, **GIVEN)
    assert kelurahan.value.codes == ("PS-01",)
    assert not Case.objects.exists() and not Partner.objects.exists()


def _of_kelurahan(people):
    from bermitra.foundation.accounts import roles
    from tests.partnership.makers import an_office

    an_office(people, "lurah", "Lurah Contoh", roles.VILLAGE_HEAD, where="33.04.06.1013")
    return people.by("lurah")


def test_between_villages_is_another_kind_and_across_regencies_goes_elsewhere(people):
    beji = NewPartner(name="Desa Beji", kind="village", village=place(NEIGHBOUR))
    earlier = registered(people, coop_type="antar_desa", partner=beji)
    assert earlier.case.coop_type == "antar_desa" and "decree" in {each.key for each in earlier.completeness.missing}
    far = NewPartner(name="Desa Bestala", kind="village", village=place("51.08.02.2008"))
    with pytest.raises(Refused) as refused:
        registered(people, coop_type="antar_desa", partner=far)
    assert refused.value.codes == ("PS-04",)


def test_an_agreement_of_many_villages_names_them_all_and_none_across_regencies(people):
    beji = NewPartner(name="Desa Beji", kind="village", village=place(NEIGHBOUR))
    lawen = Region.objects.create(
        code="33.04.19.2003", level=4, kind="desa", name="Lawen", name_key="lawen", parent_id="33.04.19"
    )
    further = {"further_villages": [lawen.pk]}
    with pytest.raises(Refused) as refused:
        registered(people, coop_type="antar_desa", partner=beji, known={"further_villages": ["51.08.02.2008"]})
    assert refused.value.codes == ("PS-04",)
    earlier = registered(people, coop_type="antar_desa", partner=beji, known=further)
    assert earlier.further_villages == [lawen.pk] and "Desa lain yang ikut: Lawen" in queries.in_words(earlier)
    with pytest.raises(Refused) as corrected:
        actions.complete_existing(
            by=people.by("sekdes"), case=earlier.case, reason="Salah tulis.",
            values={"further_villages": [lawen.pk, "51.08.02.2008"]},
        )  # fmt: skip
    assert corrected.value.codes == ("PS-04",)


def test_a_like_partnership_is_a_warning_that_the_journal_keeps(people):
    known = a_partner(people)
    registered(people, partner=known)
    registered(people, partner=known)
    line = Event.objects.filter(verb="existing.registered").order_by("seq").last()
    assert line is not None and '"passed":["PS-09"]' in line.body


def test_a_row_is_declined_with_a_reason_that_the_regency_reads(people):
    (proposal,) = proposed(people)
    with pytest.raises(Refused):
        actions.decline_existing(by=people.by("sekdes"), proposal=proposal, reason="")
    actions.decline_existing(by=people.by("sekdes"), proposal=proposal, reason="Sudah berakhir 2023.")
    (seen,) = queries.proposals_visible_to(people.dinas)
    assert (seen.state, seen.reason) == ("declined", "Sudah berakhir 2023.")
    with pytest.raises(NoSuchMove):
        registered(people, proposal=seen)


def test_a_village_sees_its_own_rows_and_records_only(people):
    proposed(people, ROW, {**ROW, "Desa": "Beji"})
    registered(people)
    assert {each.village_id for each in queries.proposals_visible_to(people.sekdes)} == {OURS}
    assert queries.proposals_visible_to(people.dinas).count() == 2
    assert not queries.proposals_visible_to(people.dinas_asing).exists()
    assert not queries.earlier_visible_to(people.kades_asing).exists()


# How it comes to count ------------------------------------------------------------------------------------------------------
def test_the_head_confirms_once_the_minutes_of_before_are_there(people):
    earlier = registered(people)
    with pytest.raises(Refused) as refused:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert refused.value.codes == ("AG-01",)
    with pytest.raises(NotAllowed):
        actions.confirm_existing(by=people.by("sekdes"), case=earlier.case)
    minutes(people, earlier)
    confirmed = actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert confirmed.case.state == "running" and confirmed.confirmed_by == people.kades.code
    assert not Duty.objects.filter(about=f"case:{earlier.case.code}", closed_at=None).exists()


def _confirmed(people, on: datetime, username: str, where: str = OURS) -> Appointment:
    """The regency's counter gives a village office on that day, as it does for the first of a village."""
    with clock.at(on):
        enrol(
            by=people.by("dinas"), region=place(where), full_name="Joko Susilo", username=username, role="bpd_member",
            decree="141/7/2024", since=date(2024, 1, 1), until=date(2029, 12, 31),
        )  # fmt: skip
    return Appointment.objects.get(person__username=username)


def test_an_agreement_of_after_the_village_came_in_is_no_earlier_one(people):
    """It came in on 2 January 2024; neither another day on the paper nor ended and new offices move that."""
    first = _confirmed(people, datetime(2024, 1, 2, tzinfo=UTC), "joko")
    with pytest.raises(Refused) as refused:
        registered(people, starts_on=date(2024, 1, 2))
    assert refused.value.codes == ("AG-52",)
    with pytest.raises(Refused):
        registered(people, known={"made_on": date(2024, 1, 2)})
    assert registered(people, starts_on=date(2024, 1, 1)).case.state == "existing_registered"
    earlier = registered(people, difference="kelompok lain")
    with pytest.raises(Refused) as corrected:
        actions.complete_existing(by=people.by("sekdes"), case=earlier.case, values={"made_on": date(2025, 3, 1)})
    assert corrected.value.codes == ("AG-52",)
    Appointment.objects.filter(pk=first.pk).update(state="ended", state_at=datetime(2026, 11, 1, tzinfo=UTC))
    _confirmed(people, datetime(2026, 11, 2, tzinfo=UTC), "joko.dua")
    with pytest.raises(Refused):
        registered(people, starts_on=date(2026, 1, 1))
    minutes(people, earlier)
    EarlierAgreement.objects.update(made_on=date(2025, 3, 1))
    with pytest.raises(Refused) as confirmed:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert confirmed.value.codes == ("AG-52",)


def test_where_the_people_of_a_village_were_before_does_not_make_its_agreements_late(people):
    """Somebody of another house, known here since 2019, is given an office of the village in 2024."""
    Person.objects.update(created_at=datetime(2019, 5, 1, tzinfo=UTC))
    _confirmed(people, datetime(2022, 5, 1, tzinfo=UTC), "joko.beji", NEIGHBOUR)
    _confirmed(people, datetime(2024, 1, 2, tzinfo=UTC), "joko")
    assert registered(people, starts_on=date(2023, 2, 1)).case.state == "existing_registered"


def test_the_days_of_a_former_code_count_as_the_villages_own(people):
    """A decree that gives the village another code does not make it new."""
    _confirmed(people, datetime(2024, 1, 2, tzinfo=UTC), "joko")
    _confirmed(people, datetime(2026, 1, 2, tzinfo=UTC), "joko.beji", NEIGHBOUR)
    RegionAlias.objects.create(
        old_code=OURS, old_name="Pandanarum", old_key="pandanarum", region=place(NEIGHBOUR), until=date(2025, 6, 1),
        decree="Kepmendagri 1/2025",
    )  # fmt: skip
    Region.objects.filter(pk=NEIGHBOUR).update(since=date(2025, 6, 1))
    assert queries.here_since(place(NEIGHBOUR)) == date(2024, 1, 2)


def test_minutes_that_are_only_typed_in_do_not_make_an_agreement_count(people):
    earlier = registered(people)
    actions.complete_existing(
        by=people.by("sekdes"), case=earlier.case,
        values={"minutes_number": "BA-02/I/2023", "minutes_on": date(2023, 1, 20)},
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert refused.value.codes == ("AG-01",)


@pytest.mark.parametrize(("recorder", "clerk"), [("kades", "sekdes"), ("sekdes", "kades")])
def test_who_recorded_it_or_entered_its_minutes_does_not_confirm_it(recorder, clerk, people):
    earlier = minutes(people, registered(people, who=recorder), who=clerk)
    with pytest.raises(Refused) as refused:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert refused.value.codes == ("AG-53",)
    assert "AG-53" in {each.code for each in unmet(queries.checks(earlier, people.kades.code)[CONFIRM])}


def test_a_partner_under_sanction_does_not_come_to_run_by_the_heads_word_nor_by_the_meetings(people):
    confirmed = minutes(people, registered(people))
    ratified = actions.flag_ratification(by=people.by("sekdes"), case=registered(people, difference="x").case).case
    decided(ratified.code, ReadyText.objects.get(code=ratified.code).text_hash)
    list_party(
        by=people.by("dinas"), region=place("33.04"), name=KOPI.name, source="Daftar rekaan", basis="1/2026",
        since=date(2026, 1, 1),
    )  # fmt: skip
    for act, who, case in ((actions.confirm_existing, "kades", confirmed.case), (actions.ratify, "bpd", ratified)):
        with pytest.raises(Refused) as refused:
            act(by=people.by(who), case=case)
        assert refused.value.codes == ("RG-05",)


def test_a_flag_that_was_proven_keeps_the_agreement_from_counting(people):
    earlier = minutes(people, registered(people))
    today = clock.today()
    RiskFlag.objects.create(
        partner=earlier.case.partner, kind="false_document", region=place(OURS), state="confirmed", seen="Akta palsu",
        source="Salinan akta", raised_at=clock.now(), raised_by="x", raised_as="dpmd_officer", round_on=today,
        due_on=today, proven=True, decided_on=today, counts_until=date(2030, 1, 1),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert refused.value.codes == ("AG-54",)


def test_minutes_of_after_the_agreement_do_not_stand_behind_it(people):
    earlier = minutes(people, registered(people), held=date(2023, 3, 1))
    with pytest.raises(Refused) as refused:
        actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    assert refused.value.codes == ("AG-01",)


def test_the_meeting_ratifies_exactly_the_record_it_was_shown(people):
    case = actions.flag_ratification(by=people.by("sekdes"), case=registered(people).case).case
    assert case.state == "needs_ratification"
    offered = ReadyText.objects.get(code=case.code)
    assert "Koperasi Kopi Serayu" in offered.text and "belum diketahui" in offered.text
    with pytest.raises(Refused) as refused:
        actions.ratify(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("AG-39",)
    decided(case.code, offered.text_hash)
    actions.complete_existing(by=people.by("sekdes"), case=case, values={"value": 5_000_000})
    newer = ReadyText.objects.get(code=case.code)
    assert newer.text_hash != offered.text_hash
    with pytest.raises(Refused):
        actions.ratify(by=people.by("bpd"), case=case)
    decided(case.code, newer.text_hash)
    with pytest.raises(NotAllowed):
        actions.ratify(by=people.by("kades"), case=case)
    actions.ratify(by=people.by("bpd"), case=case)
    assert Case.objects.get().state == "running" and not ReadyText.objects.exists()


def test_a_record_is_put_right_with_a_reason_and_what_stood_before_stays(people):
    earlier = registered(people, known={"value": 1_000_000})
    with pytest.raises(Refused) as refused:
        actions.complete_existing(by=people.by("operator"), case=earlier.case, values={"value": 2_000_000})
    assert refused.value.codes == ("AG-51",)
    actions.complete_existing(
        by=people.by("operator"), case=earlier.case, values={"value": 2_000_000}, reason="Salah ketik."
    )
    entries = list(earlier.entries.order_by("pk"))
    assert [each.values["value"] for each in entries] == [1_000_000, 2_000_000] and entries[1].reason == "Salah ketik."


def test_once_it_runs_only_what_is_missing_is_added(people):
    earlier = minutes(people, registered(people))
    actions.confirm_existing(by=people.by("kades"), case=earlier.case)
    case = Case.objects.get()
    with pytest.raises(Refused) as refused:
        actions.complete_existing(by=people.by("sekdes"), case=case, values={"scope": "Lain"}, reason="x")
    assert refused.value.codes == ("AG-50",)
    done = actions.complete_existing(by=people.by("sekdes"), case=case, values={"beneficiaries": 40})
    assert done.beneficiaries == 40 and "beneficiaries" not in {each.key for each in done.completeness.missing}


def test_a_mistaken_record_is_withdrawn_and_everybody_reads_why(people):
    earlier = registered(people)
    with pytest.raises(Refused):
        actions.withdraw_existing(by=people.by("kades"), case=earlier.case, reason="")
    actions.withdraw_existing(by=people.by("kades"), case=earlier.case, reason="Tercatat dua kali.")
    case = Case.objects.get()
    assert (case.state, case.left_because, case.phase) == ("record_withdrawn", "Tercatat dua kali.", "berakhir")
    with pytest.raises(NoSuchMove):
        actions.complete_existing(by=people.by("sekdes"), case=case, values={"value": 1})


def test_a_column_that_a_record_does_not_have_is_our_mistake(people):
    with pytest.raises(ValueError):
        registered(people, known={"code": "X"})
    with pytest.raises(ValueError):
        actions.complete_existing(by=people.by("sekdes"), case=registered(people).case, values={"confirmed_by": "X"})
