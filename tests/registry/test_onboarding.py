"""Many villages from one table: every row read or told what to mend, all or nothing, letters that open accounts."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import AccessLetter, Appointment, Person
from bermitra.foundation.codes import grouped
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import duties_for
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.people.actions import end_appointment
from bermitra.foundation.personal.breaches import Place, people_of
from bermitra.foundation.regions.models import Region, RegionAlias
from bermitra.foundation.regions.workbooks import read as read_table
from bermitra.foundation.rules import Refused
from bermitra.registry import actions, printing
from bermitra.registry.forms.onboarding import COLUMNS, OFFICES, Read, read
from bermitra.registry.models import OnboardingLoad
from bermitra.registry.rules import (
    SINGLE,
    VILLAGE_OFFICES,
    DecliningFacts,
    LoadFacts,
    OnboardingFacts,
    TakenFacts,
    load_confirmed_by_another,
    load_declined_with_reason,
    one_holder_of_an_office,
    only_offices_of_a_village,
)
from bermitra.registry.views.onboarding import OF_THIS_SESSION
from tests.corpus.test_pure import CORPUS, PARSERS
from tests.foundation.people.makers import an_officer
from tests.partnership.makers import an_office
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry.test_pages import confirm, signed_in
from tests.tables import cells, xlsx

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
GOOD = {
    "Kode desa": NEIGHBOUR,
    "Nama desa": "BEJI",
    "Nama petugas": "M. Ali, S.Pd., M.Si",
    "Jabatan": "Sekretaris Desa",
    "Nomor SK": "141/9/2024",
    "Tanggal SK": "2/1/2024",
    "Mulai": "01/02/2024",
    "Sampai": "31 Januari 2030",
    "Telepon": "0812-3456-7890",
}
HEAD = {**GOOD, "Nama petugas": "O'Brien", "Jabatan": "kades", "Telepon": "", "Nama pengguna": "kades.beji"}


def understood(*rows, where: str = "33.04") -> Read:
    return read(read_table("petugas.xlsx", xlsx(COLUMNS, rows), COLUMNS), place(where), TODAY)


def said(*rows, **more) -> list[str]:
    return [f"{each.row} {each.says}" for each in understood(*rows, **more).wrong]


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def test_a_row_is_read_as_it_is_meant(people):
    found = understood(GOOD, HEAD)
    assert found.wrong == []
    first, second = found.newcomers
    assert (first.region.pk, first.full_name, first.role) == (NEIGHBOUR, "M. Ali, S.Pd., M.Si", "village_secretary")
    assert (first.decree_on, first.since, first.until) == (date(2024, 1, 2), date(2024, 2, 1), date(2030, 1, 31))
    assert (first.phone, first.username) == ("+6281234567890", "sekdes.beji")
    assert (second.full_name, second.username, second.phone, second.acting) == ("O'Brien", "kades.beji", "", False)
    (acting,) = understood({**HEAD, "Jabatan": "Pj. Kepala Desa"}).newcomers
    assert (acting.role, acting.acting) == ("village_head", True)


def test_a_spreadsheets_own_numbers_and_days_are_read_too(people):
    typed = {
        **GOOD,
        "Kode desa": 3304192002,
        "Telepon": 81234567890,
        "Mulai": date(2024, 2, 1),
        "Sampai": date(2030, 1, 31),
    }
    (newcomer,) = understood(typed).newcomers
    assert (newcomer.region.pk, newcomer.phone) == (NEIGHBOUR, "+6281234567890")
    assert (newcomer.since, newcomer.until) == (date(2024, 2, 1), date(2030, 1, 31))


COLUMN_OF = {"code": "Kode desa", "name": "Nama petugas", "phone": "Telepon"}
TYPED = [
    pytest.param(row, id=f"{row['id']}-{row['where']}-{n}")
    for n, row in enumerate(CORPUS)
    if row["where"] in COLUMN_OF and row["id"] in (*range(1, 17), 27, 46, 53, 65) and "\0" not in row["value"]
]  # fmt: skip


@pytest.mark.parametrize("row", TYPED)
def test_the_table_answers_the_corpus_as_the_parsers_do(row, people):
    column = COLUMN_OF[row["where"]]
    found = understood({**GOOD, "Nama desa": "", column: row["value"]})
    wrong = [words for each in found.wrong for name, words in each.found if name == column]
    if row["expect"] == "refuse":
        with pytest.raises(ValueError) as refused:
            PARSERS[row["where"]](row["value"])
        assert wrong == [f"{column}: {refused.value}"]
    elif row["where"] != "code":  # a code may be well written and yet name no village of ours
        assert wrong == []
        (newcomer,) = found.newcomers
        assert row["normalised"] in (newcomer.full_name, newcomer.phone)


def test_every_wrong_row_says_what_to_do(people):
    assert said({**GOOD, "Kode desa": "33.04.06.1013", "Nama desa": ""}) == [
        "2 Kode desa: Kutabanjarnegara kelurahan, bukan desa: ikut kerja sama daerah. Hapus baris ini."
    ]
    assert said({**GOOD, "Kode desa": FOREIGN, "Nama desa": ""}) == [
        "2 Kode desa: Desa Bestala di luar Kabupaten Banjarnegara. Hapus baris ini."
    ]
    assert said({**GOOD, "Kode desa": "33.04.19.2009", "Nama desa": "Bejo"}) == [
        f"2 Kode desa: Kode 33.04.19.2009 tidak ada. Terdekat: {NEIGHBOUR} Beji; 33.04.19.2001 Pandanarum."
    ]
    assert said({**GOOD, "Nama desa": "Pandanarum"}) == [
        f"2 Nama desa: {NEIGHBOUR} adalah Desa Beji. Perbaiki kode atau nama."
    ]
    assert said({**GOOD, "Sampai": "31/12/2025"}) == [
        "2 Sampai: Masa jabatan berakhir 31 Desember 2025. Isi jabatan yang masih berlaku."
    ]
    assert said({**GOOD, "Sampai": "1/1/2023"}) == [
        "2 Sampai: Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."
    ]
    assert said({**HEAD, "Mulai": "1/1/2020", "Sampai": "31/12/2028"}) == [
        "2 Sampai: Surat keputusan dan masa jabatan harus dicatat dan tidak melebihi batas."
    ]
    (many,) = said({**GOOD, "Jabatan": "Raja", "Nomor SK": "", "Mulai": "kemarin"})
    assert "Jabatan Raja tidak dikenal" in many and "Nomor SK: Isian ini masih kosong" in many and "Mulai: " in many


def test_rows_are_told_from_one_another_and_from_who_is_there_already(people):
    same = {**GOOD, "Nama petugas": "m. ali, s.pd., m.si", "Telepon": ""}
    assert said(GOOD, same) == ["3 Nama petugas: Sama dengan baris 2. Hapus salah satunya."]
    assert said(GOOD, {**GOOD, "Nama petugas": "Suharto", "Telepon": ""}) == [
        "3 Jabatan: Jabatan ini sudah diisi baris 2. Pilih satu orang."
    ]
    assert said({**GOOD, "Kode desa": OURS, "Nama desa": ""}) == [
        "2 Jabatan: Jabatan ini dipegang Wulan Pratiwi. Akhiri jabatan lamanya dahulu."
    ]
    assert said({**GOOD, "Kode desa": OURS, "Nama desa": "", "Nama petugas": "Wulan Pratiwi"}) == [
        "2 Nama petugas: Wulan Pratiwi sudah terdaftar dalam jabatan ini. Hapus baris ini."
    ]
    member = {**GOOD, "Jabatan": "Anggota BPD", "Nama petugas": "Suharto"}
    assert said(GOOD, member) == ["3 Telepon: Nomor ini sudah ada di baris 2. Isi nomor orang itu sendiri."]
    assert said({**GOOD, "Nama pengguna": "kades"}) == [
        "2 Nama pengguna: Nama pengguna kades sudah dipakai. Tambahkan nama desa."
    ]


def test_user_names_are_made_without_taking_one_that_another_row_asks_for(people):
    rows = [{**GOOD, "Nama petugas": name, "Jabatan": "Anggota BPD", "Telepon": ""} for name in ("Adi", "Budi", "Cici")]
    rows.append({**rows[0], "Nama petugas": "Dedi", "Nama pengguna": "anggota.bpd.beji"})
    names = [each.username for each in understood(*rows).newcomers]
    assert names == ["anggota.bpd.beji.2002", "anggota.bpd.beji.2", "anggota.bpd.beji.3", "anggota.bpd.beji"]


def test_a_code_of_before_a_decree_is_read_as_todays_and_said_so(people):
    RegionAlias.objects.create(
        old_code="33.04.19.2099", old_name="Beji", old_key="beji", region=place(NEIGHBOUR), until=date(2020, 1, 1),
        decree="Kepmendagri 1/2020",
    )  # fmt: skip
    found = understood({**GOOD, "Kode desa": "33.04.19.2099"})
    assert found.newcomers[0].region.pk == NEIGHBOUR
    assert found.notes == [(2, f"Kode lama 33.04.19.2099 dibaca sebagai {NEIGHBOUR}, Beji.")]


# The act ----------------------------------------------------------------------------------------------------------------
def taken_in(people, *rows, who: str = "dinas", where: str = "33.04", file_hash: str = "a" * 64) -> OnboardingLoad:
    return actions.onboard_villages(
        by=people.by(who), region=place(where), newcomers=understood(*rows).newcomers, file_name="petugas.xlsx",
        file_hash=file_hash,
    )  # fmt: skip


def test_one_act_gives_persons_confirmed_offices_letters_and_a_line_for_each(people):
    before = Event.objects.count()
    load = taken_in(people, GOOD, HEAD)
    assert (load.villages, load.people, load.skipped) == (1, 2, 0)
    head = Appointment.objects.get(person__username="kades.beji")
    assert (head.state, head.region_id, head.role, head.decree) == (
        "confirmed",
        NEIGHBOUR,
        "village_head",
        "141/9/2024",
    )
    assert not head.person.has_usable_password()
    letters = AccessLetter.objects.filter(pk__in=load.letters.values("letter"))
    assert {each.reason for each in letters} == {"first"} and letters.count() == 2
    lines = list(Event.objects.order_by("seq")[before:])
    assert [each.verb for each in lines] == ["appointment.confirmed", "appointment.confirmed", "villages.onboarded"]
    assert len({each.act for each in lines}) == 1
    assert "Ali" not in "".join(each.body for each in lines) and "81234567890" not in "".join(
        each.body for each in lines
    )


def test_the_camat_takes_in_his_own_district_only_and_the_regency_is_asked(people):
    load = taken_in(people, GOOD, who="camat", where="33.04.19")
    assert (load.region_id, load.state) == ("33.04.19", "waiting")
    duty = Duty.objects.get(about=f"onboardingload:{load.code}", closed_at=None)
    assert (duty.door, duty.role, duty.region_id) == ("registry.confirm_load", "dpmd_officer", "33.04.19")
    assert list(duties_for(people.dinas)) == [duty] and not duties_for(people.dinas_asing)
    with pytest.raises(NotAllowed):
        taken_in(people, HEAD, who="camat", where="33.04", file_hash="b" * 64)
    with pytest.raises(NotAllowed):
        taken_in(people, HEAD, who="kades", where="33.04", file_hash="b" * 64)


def test_letters_of_a_load_are_handed_only_to_who_made_them(people):
    own = taken_in(people, HEAD)
    an_officer(people)
    with pytest.raises(Refused) as refused:
        actions.print_letters(by=people.by("dinas.dua"), load=own)
    assert refused.value.codes == ("FD-47",)
    assert actions.print_letters(by=people.by("dinas"), load=own) == own


def from_the_camat(people, *rows) -> OnboardingLoad:
    return taken_in(people, *(rows or (GOOD, HEAD)), who="camat", where="33.04.19")


def test_what_a_camat_loads_gives_no_office_and_no_letter_until_the_regency_has_confirmed_it(people):
    load = from_the_camat(people)
    offices = Appointment.objects.filter(person__username__in=("sekdes.beji", "kades.beji"))
    assert {each.state for each in offices} == {"proposed"} and not offices.in_force(TODAY).exists()
    assert not AccessLetter.objects.exists()
    for act in (actions.confirm_load, actions.print_letters):
        with pytest.raises(NotAllowed):
            act(by=people.by("camat"), load=load)
    with pytest.raises(NoSuchMove):
        actions.print_letters(by=people.by("dinas"), load=load)
    with pytest.raises(NotAllowed):
        actions.confirm_load(by=people.by("dinas.asing"), load=load)
    confirmed = actions.confirm_load(by=people.by("dinas"), load=load)
    assert confirmed.state == "confirmed" and {each.state for each in offices.all()} == {"confirmed"}
    assert AccessLetter.objects.filter(pk__in=load.letters.values("letter")).count() == 2
    assert not Duty.objects.filter(about=f"onboardingload:{load.code}", closed_at=None).exists()
    assert Notice.objects.get(person=people.camat.code).sentence.startswith("Dinas mengesahkan tabel petugas.xlsx")
    with pytest.raises(NoSuchMove):
        actions.confirm_load(by=people.by("dinas"), load=load)


def test_whoever_loaded_a_table_as_camat_does_not_confirm_it_as_the_regencys_officer(people):
    load = from_the_camat(people)
    of_camat = Appointment.objects.get(person=people.camat)
    of_camat.pk, of_camat.role, of_camat.region = None, roles.DPMD_OFFICER.key, place("33.04")
    of_camat.save()
    with pytest.raises(Refused) as refused:
        actions.confirm_load(by=people.by("camat"), load=load)
    assert refused.value.codes == ("RG-37",)
    assert OnboardingLoad.objects.get().state == "waiting"


def test_an_office_that_was_given_or_ended_meanwhile_is_not_given_twice(people):
    load = from_the_camat(people)
    head = Appointment.objects.get(person__username="kades.beji")
    an_office(people, "lain", "Kades Lain", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    with pytest.raises(Refused) as refused:
        actions.confirm_load(by=people.by("dinas"), load=load)
    assert refused.value.codes == ("RG-36",)
    end_appointment(by=people.by("camat"), appointment=head)
    actions.confirm_load(by=people.by("dinas"), load=load)
    head.refresh_from_db()
    assert head.state == "ended" and AccessLetter.objects.get().person.username == "sekdes.beji"


FROM_APRIL = {**HEAD, "Mulai": "1/4/2027", "Sampai": "31/3/2033"}


def test_two_tables_give_no_village_two_heads_on_a_later_day(people):
    other = {**FROM_APRIL, "Nama petugas": "Suharto", "Nama pengguna": "kades.lain", "Mulai": "1/6/2027"}
    newcomers = understood(other).newcomers
    load = from_the_camat(people, FROM_APRIL)
    assert said(other) == ["2 Jabatan: Jabatan ini diusulkan untuk O'Brien di tabel lain. Tunggu keputusan dinas."]
    for who, where in (("camat", "33.04.19"), ("dinas", "33.04")):
        with pytest.raises(Refused) as refused:
            actions.onboard_villages(
                by=people.by(who), region=place(where), newcomers=newcomers, file_name="b.xlsx", file_hash="b" * 64
            )
        assert refused.value.codes == ("RG-36",)
    later = an_office(people, "lain", "Kades Lain", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    later.appointments.update(since=date(2028, 1, 1))
    with pytest.raises(Refused) as refused:
        actions.confirm_load(by=people.by("dinas"), load=load)
    assert refused.value.codes == ("RG-36",)


def test_two_tables_that_wait_for_one_office_are_not_both_confirmed(people):
    """As they may lie there: put in by an earlier state of the house."""
    first = from_the_camat(people, FROM_APRIL)
    second = taken_in(people, GOOD, who="camat", where="33.04.19", file_hash="b" * 64)
    Appointment.objects.filter(person__username="sekdes.beji").update(role="village_head", since=date(2027, 5, 1))
    for load in (first, second):
        with pytest.raises(Refused) as refused:
            actions.confirm_load(by=people.by("dinas"), load=load)
        assert refused.value.codes == ("RG-36",)
    actions.decline_load(by=people.by("dinas"), load=second, reason="Orangnya keliru.")
    actions.confirm_load(by=people.by("dinas"), load=first)
    assert Appointment.objects.in_force(date(2027, 5, 1)).filter(region=NEIGHBOUR).count() == 1


def test_a_successor_whose_term_begins_after_the_present_one_ends_is_taken_in(people):
    present = an_office(people, "lama", "Kades Lama", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    present.appointments.update(until=date(2027, 3, 31))
    last_day = {**FROM_APRIL, "Mulai": "31/3/2027"}
    assert said(last_day) == ["2 Jabatan: Jabatan ini dipegang Kades Lama. Akhiri jabatan lamanya dahulu."]
    after = {**FROM_APRIL, "Nama petugas": "Suharto", "Nama pengguna": "", "Mulai": "1/4/2033", "Sampai": "31/3/2039"}
    assert understood(FROM_APRIL, after).wrong == []
    taken_in(people, FROM_APRIL, after)
    days = (date(2027, 3, 31), date(2027, 4, 1), date(2033, 4, 1))
    held = [Appointment.objects.in_force(day).get(region=NEIGHBOUR).person.full_name for day in days]
    assert held == ["Kades Lama", "O'Brien", "Suharto"]


def test_a_table_that_is_turned_down_says_why_and_leaves_the_names_free(people):
    load = from_the_camat(people)
    with pytest.raises(Refused) as refused:
        actions.decline_load(by=people.by("dinas"), load=load, reason="")
    assert refused.value.codes == ("RG-38",)
    actions.decline_load(by=people.by("dinas"), load=load, reason="Nomor SK Sekretaris Desa keliru.")
    assert load.state == "declined" and not AccessLetter.objects.exists()
    assert {each.state for each in Appointment.objects.filter(region=NEIGHBOUR)} == {"ended"}
    assert understood(GOOD, HEAD).wrong == []
    again = taken_in(people, GOOD, HEAD, who="camat", where="33.04.19", file_hash="b" * 64)
    actions.confirm_load(by=people.by("dinas"), load=again)
    assert Appointment.objects.in_force(TODAY).filter(person__username="kades.beji").exists()


@pytest.mark.parametrize(("whom", "role"), [("place", ""), ("role", "village_head"), ("codes", "")])
def test_people_of_a_table_that_was_turned_down_are_not_among_those_affected_by_a_leak_of_their_place(
    people, whom, role
):
    load = from_the_camat(people)
    proposed = set(load.offices.values_list("appointment__person", flat=True))
    codes = list(Person.objects.values_list("code", flat=True))

    def affected():
        return set(people_of(Place(place("33.04")), whom, role, codes).values_list("pk", flat=True))

    others = affected() - proposed
    assert affected() & proposed and others
    actions.decline_load(by=people.by("dinas"), load=load, reason="Salinan SK belum diterima dinas.")
    assert affected() == others


def test_the_same_table_may_follow_one_that_was_turned_down_and_its_people_are_gone_from_the_list(people):
    """The reason may lie outside the file: a decree that the regency did not have yet."""
    for _again in range(2):
        load = from_the_camat(people)
        actions.decline_load(by=people.by("dinas"), load=load, reason="Salinan SK belum diterima dinas.")
    load = from_the_camat(people)
    with pytest.raises(Refused) as refused:
        from_the_camat(people, {**GOOD, "Kode desa": "33.04.19.2003", "Nama desa": "", "Telepon": ""})
    assert refused.value.codes == ("RG-26",)
    actions.confirm_load(by=people.by("dinas"), load=load)
    heads = Person.objects.filter(full_name="O'Brien").order_by("pk")
    assert [(each.is_active, each.dropped) for each in heads] == [(False, True), (False, True), (True, False)]
    client = signed_in(people.dinas)
    found = client.get(reverse("page.people"), {"q": "O'Brien"}).content.decode()
    assert [reverse("page.person", args=[each.code]) in found for each in heads] == [False, False, True]
    page = client.get(reverse("page.person", args=[heads[0].code])).content.decode()
    assert "belum pernah masuk" in page and "Tambah jabatan" not in page and "Sudah dihapus" not in page


def test_a_table_that_was_turned_down_is_shown_again_when_it_is_handed_over_again(people):
    client = signed_in(people.camat)
    confirm(client, reverse(PAGE))
    table = xlsx(COLUMNS, (GOOD, HEAD))
    shown = handed(client, table)
    done = client.post(reverse(PAGE), {"held": held_of(shown.content.decode()), "_key": uuid4().hex})
    assert done.status_code == 302
    load = OnboardingLoad.objects.get()
    assert "sudah diimpor" in handed(client, table).content.decode()
    actions.decline_load(by=people.by("dinas"), load=load, reason="Salinan SK belum diterima dinas.")
    assert "2 petugas dari 1 desa siap didaftarkan" in handed(client, table).content.decode()


def test_who_has_opened_the_account_meanwhile_keeps_its_name(people):
    load = from_the_camat(people)
    person = Person.objects.get(username="kades.beji")
    person.set_password("tiga kata saja")
    person.save()
    actions.decline_load(by=people.by("dinas"), load=load, reason="Keliru.")
    person.refresh_from_db()
    assert person.username == "kades.beji"


def test_offices_of_no_village_and_offices_that_are_held_are_refused_by_the_act_itself(people):
    newcomer = understood(HEAD).newcomers[0]
    for change, code in (
        ({"role": "dpmd_officer"}, "RG-35"),
        ({"role": "village_coop_unit"}, "RG-35"),
        ({"region": place(OURS)}, "RG-36"),
    ):
        changed = replace(newcomer, **change)
        with pytest.raises(Refused) as refused:
            actions.onboard_villages(
                by=people.by("dinas"), region=place("33.04"), newcomers=[changed], file_name="b.xlsx", file_hash="b" * 64
            )  # fmt: skip
        assert refused.value.codes == (code,)
    twice = [newcomer, replace(newcomer, username="kades.dua", full_name="Orang Lain")]
    with pytest.raises(Refused) as refused:
        actions.onboard_villages(
            by=people.by("dinas"), region=place("33.04"), newcomers=twice, file_name="b.xlsx", file_hash="b" * 64
        )
    assert refused.value.codes == ("RG-36",)


def test_RG_35_only_offices_of_a_village():
    assert only_offices_of_a_village(OnboardingFacts(0, 0, other_offices=0))
    assert not only_offices_of_a_village(OnboardingFacts(0, 0, other_offices=1))


def test_RG_36_one_holder_of_an_office():
    assert one_holder_of_an_office(TakenFacts(0))
    assert not one_holder_of_an_office(TakenFacts(1))


def test_RG_37_load_confirmed_by_another():
    assert load_confirmed_by_another(LoadFacts(loader="A", decider="B"))
    assert not load_confirmed_by_another(LoadFacts(loader="A", decider="A"))


def test_RG_38_load_declined_with_reason():
    assert load_declined_with_reason(DecliningFacts("SK keliru"))
    assert not load_declined_with_reason(DecliningFacts(""))


def test_every_office_of_the_table_has_its_spellings():
    assert OFFICES.keys() == set(VILLAGE_OFFICES) and SINGLE <= set(VILLAGE_OFFICES)


def test_the_same_file_kelurahan_and_other_places_are_refused_by_the_act_itself(people):
    taken_in(people, GOOD)
    with pytest.raises(Refused) as again:
        taken_in(people, HEAD)
    assert again.value.codes == ("RG-26",)
    newcomer = understood(HEAD).newcomers[0]
    for where in ("33.04.06.1013", FOREIGN, "33.04.19"):
        elsewhere = type(newcomer)(**{**vars(newcomer), "region": Region.objects.get(pk=where)})
        with pytest.raises(Refused) as refused:
            actions.onboard_villages(
                by=people.by("dinas"), region=place("33.04"), newcomers=[elsewhere], file_name="b.xlsx", file_hash="b" * 64
            )  # fmt: skip
        assert refused.value.codes == ("RG-34",)
    assert not Person.objects.filter(username="kades.beji").exists()


def test_the_door_of_many_opens_only_as_a_part_of_this_act(people):
    from bermitra.foundation.accounts.enrolling import enrol_many

    with pytest.raises(NotAllowed):
        enrol_many(by=people.by("dinas"), region=place("33.04"), newcomers=understood(GOOD).newcomers)
    with pytest.raises(NotAllowed):
        enrol_many(by=By.the_system(), region=place("33.04"), newcomers=understood(GOOD).newcomers)


# The pages --------------------------------------------------------------------------------------------------------------
PAGE = "registry.onboard_villages"


def sent(client, *rows):
    return handed(client, xlsx(COLUMNS, rows))


def handed(client, content: bytes):
    return client.post(reverse(PAGE), {"table": SimpleUploadedFile("petugas.xlsx", content)})


def held_of(page: str) -> str:
    found = re.search(r'name="held" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def officer(people):
    client = signed_in(people.dinas)
    confirm(client, reverse(PAGE))
    return client


def test_a_table_is_shown_before_anything_is_saved_then_saved_and_printed(people):
    client = officer(people)
    shown = sent(client, GOOD, HEAD)
    page = shown.content.decode()
    assert shown.status_code == 200 and "2 petugas dari 1 desa siap didaftarkan" in page
    assert "1 Februari 2024 – 31 Januari 2030" in page and "sekdes.beji" in page
    assert not OnboardingLoad.objects.exists()
    done = client.post(reverse(PAGE), {"held": held_of(page), "_key": uuid4().hex})
    load = OnboardingLoad.objects.get()
    assert done["Location"] == reverse("page.onboarding_letters", args=[load.code])
    letters = client.get(done["Location"]).content.decode()
    assert "2 dari 2 surat selesai disusun" in letters and "http-equiv" not in letters
    before = Event.objects.count()
    printed = client.post(reverse("registry.print_letters", args=[load.code]), {"_key": uuid4().hex})
    assert printed["Content-Type"] == "application/pdf" and "attachment" in printed["Content-Disposition"]
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert len(pdf.pages) == 2
    (line,) = Event.objects.order_by("seq")[before:]
    assert (line.verb, line.actor) == ("letters.printed", people.dinas.code)


def test_wrong_rows_are_kept_back_until_the_officer_says_skip(people):
    client = officer(people)
    page = sent(client, GOOD, {**HEAD, "Kode desa": "33.04.06.1013", "Nama desa": ""}).content.decode()
    assert "1 baris perlu diperbaiki" in page and "Baris 3" in page
    repairs = client.post(reverse(PAGE), {"held": held_of(page), "repairs": "1"})
    head, row = cells(repairs.getvalue())
    assert head[-2:] == ["baris semula", "yang perlu diperbaiki"]
    assert row[0] == "33.04.06.1013" and row[-2] == "3" and "kelurahan" in row[-1]
    refused = client.post(reverse(PAGE), {"held": held_of(page), "_key": uuid4().hex})
    assert refused.status_code == 422 and "pilih melewati baris itu" in refused.content.decode()
    assert not OnboardingLoad.objects.exists()
    client.post(reverse(PAGE), {"held": held_of(page), "skip": "on", "_key": uuid4().hex})
    assert OnboardingLoad.objects.get().skipped == 1 and not Person.objects.filter(username="kades.beji").exists()


def test_the_same_file_says_when_it_was_taken_in(people):
    client = officer(people)
    content = xlsx(COLUMNS, [GOOD])
    held = held_of(handed(client, content).content.decode())
    client.post(reverse(PAGE), {"held": held, "_key": uuid4().hex})
    shown = handed(client, content)
    assert shown.status_code == 422 and "Berkas ini sudah diimpor" in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "tidak berisi baris", id="nothing in it"),
        pytest.param(b"%PDF-1.7 tabel", "bukan tabel", id="a PDF"),
        pytest.param(b"PK\x03\x04 rusak", "rusak atau terpotong", id="half a workbook"),
        pytest.param(b"Kode desa;Nama\n1;2\n", "Kolom Nama petugas tidak ada", id="other columns"),
        pytest.param(xlsx(COLUMNS, []), "belum berisi baris", id="only its header"),
        pytest.param(b"x" * 2_000_001, "terlalu besar", id="too large"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(content, words, people):
    answer = officer(people).post(reverse(PAGE), {"table": SimpleUploadedFile("petugas.xlsx", content)})
    assert answer.status_code == 422 and words in answer.content.decode()


def test_a_preview_that_was_changed_on_the_way_is_not_believed(people):
    client = officer(people)
    held = held_of(sent(client, GOOD).content.decode())
    answer = client.post(reverse(PAGE), {"held": held[:-4] + "AAAA", "_key": uuid4().hex})
    assert answer.status_code == 422 and "Unggah tabelnya sekali lagi" in answer.content.decode()
    assert not OnboardingLoad.objects.exists()


def test_a_camats_table_goes_to_the_regency_which_confirms_it_and_prints_the_letters(people):
    camat = signed_in(people.camat)
    confirm(camat, reverse(PAGE))
    shown = sent(camat, GOOD, HEAD)
    assert "Kirim 2 petugas ke dinas" in shown.content.decode()
    done = camat.post(reverse(PAGE), {"held": held_of(shown.content.decode()), "_key": uuid4().hex})
    load = OnboardingLoad.objects.get()
    here = reverse("page.onboarding_load", args=[load.code])
    assert done["Location"] == here
    page = camat.get(here).content.decode()
    assert "Menunggu pemeriksaan dinas" in page and "O&#x27;Brien" in page and "Sahkan tabel ini" not in page
    assert camat.get(reverse("page.onboarding_letters", args=[load.code])).status_code in (403, 404)
    client = officer(people)
    assert "Menunggu pemeriksaan dinas" in client.get(reverse(PAGE)).content.decode()
    page = client.get(here).content.decode()
    assert "Sahkan tabel ini" in page and "141/9/2024" in page
    assert client.get(reverse("page.onboarding_letters", args=[load.code])).status_code == 404
    asked = client.get(reverse("registry.confirm_load", args=[load.code])).content.decode()
    assert "RG-36" in asked and "RG-37" in asked
    confirmed = client.post(reverse("registry.confirm_load", args=[load.code]), {"_key": uuid4().hex})
    assert confirmed["Location"] == reverse("page.onboarding_letters", args=[load.code])
    assert "2 dari 2 surat" in client.get(confirmed["Location"]).content.decode()
    printed = client.post(reverse("registry.print_letters", args=[load.code]), {"_key": uuid4().hex})
    assert printed["Content-Type"] == "application/pdf"
    page = camat.get(here).content.decode()
    assert "Disahkan dinas" in page and "Cetak surat akses" not in page


def test_the_camat_reads_why_his_table_was_turned_down(people):
    load = from_the_camat(people)
    client = officer(people)
    door = reverse("registry.decline_load", args=[load.code])
    assert client.get(door).status_code == 200
    assert client.post(door, {"reason": "", "_key": uuid4().hex}).status_code == 422
    assert client.post(door, {"reason": "Nomor SK keliru.", "_key": uuid4().hex}).status_code == 302
    page = signed_in(people.camat).get(reverse("page.onboarding_load", args=[load.code])).content.decode()
    assert "Nomor SK keliru." in page and "Ditolak dinas" in page
    late = client.post(reverse("registry.confirm_load", args=[load.code]), {"_key": uuid4().hex})
    assert late.status_code == 409


def test_letters_are_only_for_the_session_that_made_them(people):
    client = officer(people)
    client.post(reverse(PAGE), {"held": held_of(sent(client, GOOD).content.decode()), "_key": uuid4().hex})
    load = OnboardingLoad.objects.get()
    again = officer(people)  # signed in anew
    page = again.get(reverse("page.onboarding_letters", args=[load.code])).content.decode()
    assert "Buat surat baru dari halaman orangnya" in page
    answer = again.post(reverse("registry.print_letters", args=[load.code]), {"_key": uuid4().hex})
    assert answer.status_code == 302 and not Event.objects.filter(verb="letters.printed").exists()
    an_office(people, "dinas.dua", "Rina Kartika", roles.DPMD_OFFICER, where="33.04")
    colleague = signed_in(people.dinas_dua)
    assert colleague.get(reverse("page.onboarding_letters", args=[load.code])).status_code == 404


def test_a_letter_holds_its_own_code_and_opens_the_account(people):
    load = taken_in(people, HEAD)
    letter = AccessLetter.objects.get(pk__in=load.letters.values("letter"))
    from bermitra.foundation.accounts.letters import access_letters

    content = access_letters([letter], reverse)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
    client = signed_in(people.kades)
    client.logout()
    answer = client.post(
        reverse("accounts.use_letter"),
        {"login": "kades.beji", "code": grouped(letter.secret()), "password": "tiga kata saja", "again": "tiga kata saja",
         "_key": uuid4().hex},
    )  # fmt: skip
    assert answer["Location"] == reverse("account_login")
    assert Person.objects.get(username="kades.beji").has_usable_password()


def test_the_page_says_honestly_how_far_the_letters_are(people, monkeypatch):
    monkeypatch.setattr(printing, "PART", 1)
    monkeypatch.setattr(printing, "AT_A_TIME", 0.0)
    rows = [{**GOOD, "Nama petugas": f"Petugas {n}", "Jabatan": "Anggota BPD", "Telepon": ""} for n in "ABC"]
    load = taken_in(people, *rows)
    client = signed_in(people.dinas)
    session = client.session
    session[OF_THIS_SESSION] = [load.code]
    session.save()
    address = reverse("page.onboarding_letters", args=[load.code])
    first = client.get(address).content.decode()
    assert "1 dari 3 surat" in first and 'http-equiv="refresh"' in first
    assert "2 dari 3 surat" in client.get(address).content.decode()
    assert "Unduh 3 surat" in client.get(address).content.decode()


def test_parts_of_letters_are_forgotten_after_an_hour(people, settings):
    load = taken_in(people, GOOD)
    printing.go_on(load, reverse)
    room = settings.BERMITRA_HOME / "letters" / load.code
    (part,) = room.iterdir()
    assert (part.stat().st_mode & 0o777, room.stat().st_mode & 0o777) == (0o600, 0o700)
    assert printing.forget_old() == 0
    assert printing.forget_old(room.stat().st_mtime + printing.KEPT + 1) == 1 and not room.exists()


def test_the_empty_table_lists_what_may_be_chosen(people):
    client = signed_in(people.dinas)
    head, *rows = cells(client.get(reverse("page.onboarding_table")).getvalue())
    assert head == [each.name.lower() for each in COLUMNS] and rows == []
