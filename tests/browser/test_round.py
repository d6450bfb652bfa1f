"""A regency's round in the browser, without JavaScript, from its draft to an opened case; then its file in a terminal."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "Putaran air bersih 2027"
# Two villages and five offers of two partners, as their own rooms would have made them; days go by only in the database.
MARKET = """
import django
django.setup()
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from tests.matching.shortlist_makers import a_need, a_potential, aims, an_offer
from tests.partnership.makers import a_partner, an_office, somebody_in_charge
from tests.people import NEIGHBOUR, OURS, PASSWORD, People
people = People()
for code in (OURS, NEIGHBOUR):
    somebody_in_charge(code)
    a_need(code)
    a_potential(code)
    aims(code)
an_office(people, "kades.beji", "Kades Beji", roles.VILLAGE_HEAD, where=NEIGHBOUR)
for number in (0, 1):
    partner = a_partner(people, name=f"Mitra Putaran {number}", username=f"putaran{number}")
    for which in range(3 - number):
        an_offer(partner, title=f"Jaringan air {number}{which}", places=1)
for who in ("kades.beji", "putaran0", "putaran1"):
    person = Person.objects.get(username=who)
    person.set_password(PASSWORD)
    person.save()
"""
WINDOW_OVER = """
import django
django.setup()
from datetime import timedelta
from bermitra.foundation.commands import clock
from bermitra.matching.models import Round
Round.objects.filter(state="provisional").update(objections_until=clock.today() - timedelta(days=1))
"""
DAY_OVER = """
import django
django.setup()
from datetime import timedelta
from django.db.models import F
from bermitra.foundation.commands import clock
from bermitra.matching.models import Round, RoundRun
RoundRun.objects.filter(kind="list").update(done_at=F("done_at") - timedelta(days=1))
Round.objects.filter(state="ready").update(meeting_at=clock.now() - timedelta(minutes=5))
"""  # the list has stood open for a day, and the hour of the meeting has come


class Taker(Visitor):
    """Takes part in a round, or runs one."""

    def fill_the_throw(self) -> str:
        self.fill(
            Angka_yang_dilempar="4 2 6 1 3 5 5 2", Nama_saksi_pertama="Karsono", Jabatan_saksi_pertama="Anggota BPD",
            Nama_saksi_kedua="Haryanto", Jabatan_saksi_kedua="Camat",
        )  # fmt: skip
        return self.press("Catat angka dan saksi")

    def waits_for_the_worker(self) -> None:
        """The page of progress comes again by itself; here it is asked for."""
        assert "memperbarui diri" in self.text or "Selesai dihitung" in self.text, self.text
        self.site.house.run(self.site.house.command("worker", "--once"))
        for _ in range(20):
            self.page.reload()
            if "Selesai dihitung" in self.text:
                return
        raise AssertionError(self.text)


@pytest.fixture
def as_(site, visit):
    known: dict[str, Taker] = {}

    def of(who: str) -> Taker:
        if who not in known:
            known[who] = Taker(site, visit(who))
        return known[who]

    return of


SIDES = ("kades", "kades.beji", "putaran0", "putaran1")


def rounds_of(visitor: Taker) -> list[str]:
    """The addresses of a side's own pages in the round: one for a village, one for each offer of a partner."""
    visitor.at("/kerja/putaran/")
    links = visitor.page.get_by_role("main").locator('a[href^="/kerja/peserta-putaran/"]').all()
    return [link.get_attribute("href") for link in links]


def test_a_round_runs_in_the_browser_and_its_file_is_verified_by_the_separate_program(site, as_, tmp_path):
    site.house.run(site.house.start(MARKET))
    office = as_("dinas")
    room = draft_and_open(office)
    for who in SIDES:
        for page in rounds_of(as_(who)):
            as_(who).at(page)
            as_(who).follow("Ikut putaran")
            assert "Anda ikut putaran ini." in as_(who).press("Kami ikut")
    office.at(room)
    office.follow("Tutup undangan")
    office.press("Tutup undangan")
    office.waits_for_the_worker()
    order_and_strike(as_)
    compute(office, room)
    assert "Hasil terbit." in publish(office, room)
    its_file_is_verified(site, as_(""), room.split("/")[-2], tmp_path)
    site.house.run(site.house.start(WINDOW_OVER))
    site.house.run(site.house.command("worker", "--once"))
    accept(as_)


def draft_and_open(office: Taker) -> str:
    office.at("/kerja/putaran/")
    office.follow("Siapkan putaran")
    office.fill(
        Nama_putaran=TITLE, Untuk_program_apa="Air bersih.", Mengapa_kebijakannya_begini="Yang tertinggal lebih dahulu."
    )
    office.press("Simpan dan atur jadwal")
    office.press("Simpan dan lanjutkan")  # the days of the regency's norms stand there already
    text = office.press("Simpan")
    assert "Draf putaran tersimpan." in text and "Putaran harus mengundang semua desa yang memenuhi syarat." in text
    room: str = office.page.url
    office.follow("Buka putaran dan undang semua")
    assert "Putaran dibuka." in office.press("Buka dan undang")
    return room[len(office.site.address) :]


def order_and_strike(as_) -> None:
    for who in SIDES:
        for page in rounds_of(as_(who)):
            as_(who).at(page)
            as_(who).follow("Susun pilihan")
            if who == "kades":
                names = as_(who).page.locator(".rank div > a").all_inner_texts()
                as_(who).page.get_by_role("button", name=f"Paling atas {names[-1]}").click()
                assert as_(who).page.locator(".rank div > a").all_inner_texts() == [names[-1], *names[:-1]]
                as_(who).page.get_by_role("button", name=f"Coret {names[0]}").click()
                assert "Perubahan ini belum tersimpan." in as_(who).text
            assert "Pilihan Anda tersimpan." in as_(who).press("Simpan pilihan")


def compute(office: Taker, room: str) -> None:
    office.at(room)
    office.follow("Umumkan pertemuan pelemparan")
    office.fill(Hari_pertemuan=f"{date.today() + timedelta(days=200):%d/%m/%Y}", Mulai_pukul="09.00", Tempat="Pendopo")
    assert "Pertemuan pelemparan diumumkan." in office.press("Umumkan pertemuan")
    office.at(room)
    office.follow("Kunci pilihan dan umumkan daftarnya")
    office.press("Kunci dan umumkan sidiknya")
    office.waits_for_the_worker()
    office.at(room)
    office.follow("Catat angka yang dilempar")
    assert "Daftar putaran terbit 24 jam sebelum angka dilempar." in office.fill_the_throw()
    office.site.house.run(office.site.house.start(DAY_OVER))
    assert "Angka tercatat" in office.fill_the_throw()
    office.follow("Jalankan putaran")
    office.press("Jalankan")
    office.waits_for_the_worker()


def publish(office: Taker, room: str) -> str:
    assert re.search(r"Pemeriksa terpisah\s+Setuju\s+Hitungan cara kedua\s+Sama", office.at(room))
    office.follow("Terbitkan hasil")
    return office.press("Terbitkan")


def its_file_is_verified(site, anybody: Taker, code: str, tmp_path) -> None:
    text = anybody.at(f"/putaran/{code}/")
    assert "Jatah diisi lebih dahulu" in text and "Karsono" not in text
    address = anybody.page.get_by_role("link", name="Berkas uji (JSON)").get_attribute("href")
    file = tmp_path / "putaran.json"
    file.write_bytes(anybody.page.request.get(address).body())
    said, _errors = site.house.command("verify-round", str(file)).communicate(timeout=120)
    assert "Hitungan kedua, dengan program lain: sama." in said
    file.write_bytes(file.read_bytes().replace(b'"thrown":"4', b'"thrown":"5', 1))
    assert site.house.run(site.house.command("verify-round", str(file)), fails=True)


def accept(as_) -> None:
    head = as_("kades")
    head.at(rounds_of(head)[0])
    assert "Diperkenalkan kepada Mitra Putaran" in head.text
    partner = as_("putaran" + re.search(r"Mitra Putaran (\d)", head.text)[1])
    head.follow("Terima atau tolak")
    head.page.get_by_label("Terima perkenalan").check()
    assert "Jawaban Anda tercatat." in head.press("Kirim jawaban")
    for page in rounds_of(partner):
        if "Pandanarum" in partner.at(page) and partner.page.get_by_role("link", name="Terima atau tolak").count():
            partner.follow("Terima atau tolak")
            if "Desa Pandanarum" not in partner.page.inner_text("main"):
                continue
            partner.page.get_by_label("Terima perkenalan").check()
            partner.press("Kirim jawaban")
            break
    assert "Lengkapi dan kirim usulan" in partner.at("/kerja/")
    partner.follow("Lengkapi dan kirim usulan")
    assert "Kebutuhan desa yang dijawab: Air bersih dusun atas" in partner.text
