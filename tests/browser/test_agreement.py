"""The village decides (J7), both sides word one text (J6), they sign anywhere (J8): in the browser, without JavaScript."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bermitra.foundation.calendar import long_date
from tests.agreements.makers import _scan_of
from tests.browser.visitor import Visitor
from tests.deliberation.makers import PEOPLE

pytestmark = pytest.mark.browser
TITLE = "Sekolah lapang dusun atas"
CONDITION = "Latihan digilir di semua dusun."
PEOPLE_OF_THE_TEST = """
import django
django.setup()
import json
from datetime import timedelta
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from tests.people import PASSWORD, People
people = People()
for person in Person.objects.exclude(username=None):
    people.held[person.username] = person
def may_enter(*names):
    for name in names:
        person = Person.objects.get(username=name)
        person.set_password(PASSWORD)
        person.save()
"""
# A faculty was chosen, its objections are over, and the sheet of terms waits for the meeting.
CHOSEN = (
    PEOPLE_OF_THE_TEST
    + """
from bermitra.selection import actions
from bermitra.selection.models import Call, Proposal
from tests.partnership.makers import a_partner, a_tabled_sheet, whole_topics
from tests.selection.makers import DIRECT, OPENED, TICKS, a_call
with clock.at(OPENED):
    call = a_call(people, title="Sekolah lapang dusun atas")
partner = a_partner(people, name="Fakultas Lereng Contoh", username="fakultas.lereng")
actions.declare_interest(by=people.by("lksd"), call=call, interest=False)
actions.appoint_directly(by=people.by("lksd"), call=call, partner=partner, **DIRECT)
actions.declare_interest(by=people.by("bpd"), call=call, interest=False)
own = Proposal.objects.get(call=call, state="proposed")
actions.accept_candidacy(by=people.by("fakultas.lereng"), proposal=own, ticks=TICKS)
Call.objects.filter(pk=call.pk).update(published_on=clock.today() - timedelta(days=30))
call.refresh_from_db()
case = actions.forward_to_musyawarah(by=people.by("bpd"), call=call)
topics, start = whole_topics(), clock.today() + timedelta(days=30)
topics["term"] = {"start": start.isoformat(), "end": (start + timedelta(days=3 * 365)).isoformat()}
topics["duties"][0]["due"] = (start + timedelta(days=60)).isoformat()
a_tabled_sheet(people, case, term=topics["term"], duties=topics["duties"])
may_enter("fakultas.lereng", "fakultas.lereng.direktur")
print(json.dumps(case.code))
"""
)
# A text that is locked already, for those who sign with a pen.
LOCKED = (
    PEOPLE_OF_THE_TEST
    + """
from datetime import date
from bermitra.agreements import actions
from tests.agreements import makers
from tests.agreements.chain_makers import a_case_to_draft
from tests.partnership.makers import a_partner
makers.MADE_ON = clock.today()
start = clock.today() + timedelta(days=30)
term = {"start": start.isoformat(), "end": (start + timedelta(days=3 * 365)).isoformat()}
case = a_case_to_draft(a_partner(people), title="Kebun contoh dusun bawah", term=term)
agreement = makers.a_whole_draft(people, case)
actions.give_number(by=people.by("mitra"), agreement=agreement, number="7/FPC/2026")
agreement = makers.locked(people, makers.accepted(people, agreement))
may_enter("mitra", "mitra.direktur")
print(json.dumps([case.code, agreement.pages]))
"""
)
THE_DAY_HAS_COME = """
import django
django.setup()
from datetime import timedelta
from bermitra.foundation.commands import clock
from bermitra.deliberation.models import Meeting
today = clock.today()
Meeting.objects.filter(state="invited").update(held_on=today - timedelta(days=1), invited_on=today - timedelta(days=11))
"""
WINDOW_OVER = """
import django
django.setup()
from datetime import timedelta
from bermitra.foundation.commands import clock
from bermitra.deliberation.models import Meeting
Meeting.objects.filter(state="objection_window").update(published_on=clock.today() - timedelta(days=20))
"""
CHECKPOINT = """
import django
django.setup()
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.checkpoints import make_checkpoint
make_checkpoint(clock.now())
"""


class Party(Visitor):
    """Takes part in a meeting, a text or a signature."""

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_role("main").get_by_label(label, exact=True).check()

    def pick(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=words)

    def follow_at(self, verb: str, place: str) -> None:
        """The link of this verb beside an article or a comment: its place is read aloud behind it."""
        link = self.page.get_by_role("main").get_by_role("link", name=re.compile(f"{verb}.*{place}"))
        assert link.count(), f"{self.page.url}: no {verb} at {place}\n{self.text}"
        link.first.click()

    def give(self, content: bytes, name: str = "berkas.pdf") -> None:
        file: Any = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self.page.set_input_files("main input[type=file]", file)

    def download(self, words: str) -> bytes:
        link = self.page.get_by_role("main").get_by_role("link", name=words)
        assert link.count(), f"{self.page.url}: no {words}\n{self.text}"
        address = link.first.get_attribute("href")
        answer = self.page.request.get(self.site.address + address if address.startswith("/") else address)
        assert answer.ok, (words, answer.status)
        content: bytes = answer.body()
        return content

    @property
    def here(self) -> str:
        address: str = self.page.url[len(self.site.address) :]
        return address


@pytest.fixture
def as_(site, visit):
    known: dict[str, Party] = {}

    def of(who: str) -> Party:
        if who not in known:
            known[who] = Party(site, visit(who))
        return known[who]

    return of


TODAY = timezone.localdate


def test_J7_J6_J8_the_meeting_consents_both_sides_word_one_text_and_sign_it_and_anybody_checks_it(site, as_, tmp_path):
    case = json.loads(site.house.run(site.house.start(CHOSEN))[-1])
    meeting = call_the_meeting(as_)
    site.house.run(site.house.start(THE_DAY_HAS_COME))
    hold_it(as_, meeting)
    minutes_and_objection(as_, meeting)
    site.house.run(site.house.start(WINDOW_OVER))
    open_the_gate(as_, meeting, case)
    room = draft_by_turns(as_, case)
    accept_and_lock(as_, room)
    sign(as_, room)
    site.house.run(site.house.start(CHECKPOINT))
    anybody_checks(as_, room, tmp_path)


# J7: the residents understand and decide ----------------------------------------------------------------------------------
def call_the_meeting(as_) -> str:
    clerk, chair = as_("sekdes"), as_("bpd")
    clerk.at("/kerja/daftar-undangan/salin/")
    lines = [[each.name, each.sex, each.hamlet, ", ".join(each.elements)] for each in PEOPLE]
    clerk.fill(Satu_orang_satu_baris="\n".join("; ".join(each) for each in lines))
    clerk.press("Masukkan semua")
    assert TITLE in clerk.at("/kerja/musyawarah/")  # the sheet of terms waits for a meeting
    clerk.follow("Rencanakan musyawarah")
    day = long_date(TODAY() + timedelta(days=10))
    clerk.fill(Acara=TITLE, Hari_sidang=day, Mulai_pukul="9.30", Tempat="Balai Desa Pandanarum")
    clerk.press("Simpan rencana")
    meeting = clerk.here
    clerk.follow("Tambah pokok")
    clerk.page.get_by_label(f"Kerja sama: {TITLE}").check()
    assert "Pokok masuk acara." in clerk.press("Masukkan ke acara")
    chair.at(meeting)
    chair.follow("Kirim undangan")
    chair.fill(Nomor_undangan="005/11/BPD", Tanggal_undangan=long_date(TODAY()))
    assert "Undangan dibuat." in chair.press("Buat undangan")
    printed = chair.page.locator('main a[href*="/berkas/attendance_sheet/"]').first.get_attribute("href")
    assert chair.page.request.get(printed).body().startswith(b"%PDF")  # to be signed by hand
    return meeting


def hold_it(as_, meeting: str) -> None:
    """Eight sign the printed list, one leaves a thumbprint; hands are counted by two who do not preside."""
    clerk, chair = as_("sekdes"), as_("bpd")
    clerk.at(meeting)
    clerk.follow("Catat kehadiran")
    signed = clerk.page.get_by_role("group", name="Menandatangani daftar hadir")
    for each in PEOPLE:
        if each.name != "Tarmi":
            signed.get_by_label(each.name).check()
    clerk.page.get_by_role("group", name="Memberi cap jempol").get_by_label("Tarmi").check()
    clerk.fill(Yang_membantu_cap_jempol="Wulan Pratiwi")
    assert "9 dari 9 undangan" in clerk.press("Simpan kehadiran")
    chair.at(meeting)
    chair.follow("Buka sidang")
    chair.fill(Pimpinan_musyawarah="Darsini", Notulen="Wulan Pratiwi")
    chair.press("Buka sidang")
    for number in range(1, 10):
        clerk.at(f"{meeting}topik/{number}/")
        clerk.fill(Hasil_pembahasan="Dibacakan, ditanyakan warga, dan dijelaskan.")
        clerk.press("Simpan hasil")
    chair.at(meeting)
    chair.follow("Catat keputusan")
    chair.choose("Setuju", "Suara terbuka, angkat tangan")
    chair.fill(Syarat_bila_setuju=CONDITION)
    chair.press("Catat keputusan")
    chair.fill(
        Suara_setuju="7", Suara_tidak_setuju="1", Tidak_memilih="1", Suara_tidak_sah="0", Orang_yang_memberi_suara="9"
    )
    chair.pick("Penghitung pertama", "Paijo")
    chair.pick("Penghitung kedua", "Ngatini")
    text = chair.press("Catat keputusan")
    assert "Suara: 7 setuju, 1 tidak, 1 tidak memilih." in text and "Dihitung Paijo dan Ngatini." in text
    assert CONDITION in text


def minutes_and_objection(as_, meeting: str) -> None:
    """The officials sign by account, the residents on whom the lot fell on paper; an objection is answered before anything binds."""
    clerk, chair, resident = as_("sekdes"), as_("bpd"), as_("warga")
    clerk.at(meeting)
    clerk.follow("Isi draf berita acara")
    clerk.fill(
        Nomor_berita_acara="BA-11/BPD", Tanggal_berita_acara=long_date(TODAY()), Selesai_pukul="12.10",
        Jalannya_musyawarah="Warga dusun atas minta latihan digilir; diterima sebagai syarat.",
    )  # fmt: skip
    clerk.press("Simpan draf")
    chair.at(meeting)
    chair.follow("Selesaikan berita acara")
    assert "menunggu tanda tangan" in chair.press("Selesaikan berita acara")
    for who in ("bpd", "sekdes", "kades"):
        as_(who).at(meeting)
        as_(who).follow("Tandatangani berita acara")
        assert "BERITA ACARA" in as_(who).text
        as_(who).press("Tandatangani")
    clerk.at(meeting)
    clerk.follow("Catat lembar bertanda tangan")
    drawn = clerk.page.get_by_role("group", name="Warga yang menandatangani").get_by_role("checkbox").all()
    assert len(drawn) == 2
    for each in drawn:
        each.check()
    clerk.give(_scan_of(2), "lembar.pdf")
    clerk.press("Simpan lembar")
    resident.at(meeting)
    resident.follow("Ajukan keberatan")
    resident.page.get_by_label("Keberatan", exact=True).fill("Apakah lahan saya ikut dipakai?")
    resident.press("Kirim keberatan")
    chair.at(meeting)
    assert "DB-17" in chair.text
    chair.follow("Jawab keberatan")
    chair.fill(Jawaban="Tidak. Petak contohnya tanah kas desa.")
    chair.press("Simpan jawaban")
    assert "DB-18" in chair.text  # the days of the residents are not over


def open_the_gate(as_, meeting: str, case: str) -> None:
    chair = as_("bpd")
    chair.at(f"/kerja/kemitraan/{case}/")
    assert "SL-32" in chair.text  # shut until the minutes bind
    chair.at(meeting)
    names = chair.page.locator("main li", has_text="dari lembar bertanda tangan").locator("b").all_inner_texts()
    chair.follow("Tetapkan keputusan mengikat")
    for field, name in zip(chair.page.locator("main input[type=text]").all(), names, strict=True):
        field.fill(name)
    assert "Keputusan sekarang mengikat." in chair.press("Tetapkan")
    chair.at(f"/kerja/kemitraan/{case}/")
    chair.follow("Catat persetujuan Musyawarah Desa")
    chair.press("Catat persetujuan")


# J6: one text by turns ------------------------------------------------------------------------------------------------------
def draft_by_turns(as_, case: str) -> str:
    clerk, partner = as_("sekdes"), as_("fakultas.lereng")
    clerk.at(f"/kerja/kemitraan/{case}/")
    clerk.follow("Mulai naskah perjanjian")
    clerk.press("Susun naskah")
    room = clerk.here
    why = "Sesuai rembuk kedua pihak."
    clerk.follow("Baca pasal demi pasal")
    clerk.follow_at("Lengkapi", "petak contoh")
    clerk.fill(Pemeriksa="BPD", Alasan_perubahan=why)
    clerk.press("Simpan kewajiban")
    clerk.follow("Isi kode")
    clerk.fill(Kode_rekening_APB_Desa="4.2.1", Alasan_perubahan=why)
    clerk.press("Simpan kode")
    clerk.follow_at("Ubah isian", "Layanan Pendampingan")
    clerk.fill(  # what the meeting decided on the sheet stands there already; another count would not be locked
        Lama_pendampingan="336 jam",
        Jumlah_pendamping="2",
        Keluaran_pendampingan="petak contoh dan pembukuan kelompok",
        Alasan_perubahan=why,
    )
    clerk.press("Usulkan isian")
    clerk.follow_at("Beri komentar", "Keadaan Kahar")
    clerk.fill(Komentar="Longsor sering terjadi di sini; sebutkan.")
    clerk.press("Kirim komentar")
    head = as_("kades")
    head.at(room)
    head.follow("Terima naskah")
    head.check("Saya sudah membaca seluruh naskah ini.")
    assert "Anda terima." in head.press("Terima naskah")  # and the text goes to the other side
    assert "Terima naskah" not in head.text and "Serahkan giliran" not in clerk.at(room)
    partner.at(f"{room}naskah/")
    partner.follow_at("Ubah kata-kata", "Keadaan Kahar")
    partner.fill(
        Isi_pasal="Gempa dan longsor adalah keadaan kahar.\n- dilaporkan dalam tiga hari",
        Alasan_perubahan="Longsor disebut.",
    )
    partner.press("Usulkan perubahan")
    partner.follow_at("Jawab", "Longsor sering")
    partner.fill(Jawaban="Sudah kami sebut pada ayat pertama.")
    partner.press("Kirim jawaban")
    text = head.at(room)
    assert text.count("Belum") >= 2  # what the head had accepted has changed, so that it falls
    clerk.at(f"{room}perundingan/")
    assert "Longsor disebut." in clerk.text and "Semula" in clerk.text and "Gempa dan longsor" in clerk.text
    clerk.at(f"{room}naskah/")
    clerk.follow_at("Nyatakan selesai", "Longsor sering")
    clerk.press("Nyatakan selesai")
    # The meeting has not decided these words: the draft says so, and the library's come back.
    assert "belum sama dengan yang diputuskan Musyawarah Desa" in partner.at(f"{room}naskah/")
    partner.follow_at("Ubah kata-kata", "Keadaan Kahar")
    partner.fill(Isi_pasal="", Alasan_perubahan="Musyawarah Desa belum memutuskan kata itu.")
    partner.press("Usulkan perubahan")
    return room


def accept_and_lock(as_, room: str) -> None:
    clerk, chair, head = as_("sekdes"), as_("bpd"), as_("kades")
    partner, director = as_("fakultas.lereng"), as_("fakultas.lereng.direktur")
    for who, number in ((clerk, "003/PB/2026"), (partner, "88/FL/2026")):
        who.at(room)
        who.follow("Isi nomor naskah")
        who.fill(Nomor_naskah_pihak_Anda=number)
        who.press("Simpan nomor")
    partner.at(room)
    while partner.page.get_by_role("main").get_by_text("Belum dipenuhi:").count():
        partner.page.get_by_role("main").locator("li.no").get_by_role("link", name="Isi bukti").first.click()
        partner.fill(Bukti_yang_menunjukkan="Pernyataan tertulis 7 Mei 2026")
        partner.press("Simpan bukti")
    partner.follow("Serahkan giliran")
    partner.press("Serahkan giliran")
    chair.at(room)
    chair.follow("Terbitkan Keputusan BPD")
    chair.fill(Nomor_Keputusan_BPD="3/KEP-BPD/2026", Tanggal_keputusan=long_date(TODAY()))
    chair.fill(Beban_desa_yang_disetujui="Dana pendamping desa")
    chair.press("Terbitkan keputusan")
    for who in (head, director):
        who.at(room)
        who.follow("Terima naskah")
        who.check("Saya sudah membaca seluruh naskah ini.")
        assert "Anda terima." in who.press("Terima naskah")
    assert "Kunci naskah" in head.at(room)
    head.follow("Kunci naskah")
    assert "Naskah terkunci." in head.press("Kunci naskah")


# J8: signed, anywhere -------------------------------------------------------------------------------------------------------
def sign(as_, room: str) -> None:
    director, head, clerk = as_("fakultas.lereng.direktur"), as_("kades"), as_("sekdes")
    for who in (director, head):
        who.at(room)
        who.follow("Tandatangani")
        who.check("Saya sudah membaca naskah ini dan menandatanganinya.")
        assert "Anda telah menandatangani perjanjian ini." in who.press("Tandatangani")
    clerk.at(room)
    clerk.follow("Catat nomor dan berlakukan")
    clerk.pick("Meterai (boleh kosong)", "Meterai elektronik")
    assert "Perjanjian berlaku." in clerk.press("Berlakukan")


def anybody_checks(as_, room: str, folder: Path) -> None:
    """Three green lights for the code and for the file; red for a changed byte; the same in a program without network."""
    signed, anybody = as_("kades"), as_("")
    signed.at(room)
    content = signed.download("Unduh naskah (PDF)")
    assert content.count(b"/ETSI.CAdES.detached") == 2
    code = code_of(content)
    text = anybody.at(f"/verifikasi/{code}/")
    assert "Dokumen ini asli" in text and "2 dari 2: " in text and "tidak tersertifikasi" in text
    anybody.give(content)
    assert "Berkas Anda sama" in anybody.press("Periksa berkas")
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    anybody.at(f"/verifikasi/{code}/")
    anybody.give(bytes(changed))
    assert "Jangan percaya berkas Anda" in anybody.press("Periksa berkas")
    anybody.at(f"/verifikasi/{code}/")
    parts = {"bukti.json": anybody.download("Unduh bukti"), "sertifikat.pem": anybody.download("Unduh sertifikat")}
    for name, part in parts.items():
        (folder / name).write_bytes(part)
    assert checked_alone(folder, content) == 0
    assert checked_alone(folder, bytes(changed)) == 1


def checked_alone(folder: Path, content: bytes) -> int:
    names = [str(folder / name) for name in ("berkas.pdf", "bukti.json", "sertifikat.pem")]
    (folder / "berkas.pdf").write_bytes(content)
    return subprocess.run([sys.executable, "-m", "bermitra.verify.program", *names], capture_output=True).returncode


# J8 with a pen, and a change of what runs -------------------------------------------------------------------------------------
def test_J8_signed_with_a_pen_both_sides_compare_the_scan_and_an_addendum_follows(site, as_):
    case, pages = json.loads(site.house.run(site.house.start(LOCKED))[-1])
    room = f"/kerja/perjanjian/{case}/"
    scan, code = sign_with_a_pen(as_, room, pages)
    clerk = as_("sekdes")
    clerk.at(room)
    clerk.follow("Catat nomor dan berlakukan")
    clerk.pick("Meterai (boleh kosong)", "Meterai tempel")
    assert "Perjanjian berlaku." in clerk.press("Berlakukan")
    anybody_reads_who_compared(as_(""), code, scan)
    change_it(as_, room)


def sign_with_a_pen(as_, room: str, pages: int) -> tuple[bytes, str]:
    """Printed, signed before two witnesses, scanned; one named person of each side compares it, and not who laid it in."""
    clerk, director, chair = as_("sekdes"), as_("mitra.direktur"), as_("bpd")
    clerk.at(room)
    printed = clerk.download("Unduh naskah (PDF)")
    scan = _scan_of(pages)
    clerk.follow("Unggah pindaian tanda tangan basah")
    clerk.give(scan, "pindaian.pdf")
    clerk.fill(Tanggal_ditandatangani=long_date(TODAY()), Saksi_pertama="Karsono", Saksi_kedua="Paijo")
    assert "Pindaian tersimpan." in clerk.press("Unggah pindaian")
    assert "Sahkan tanda tangan basah" not in clerk.text or "AG-20" in confirm(clerk, pages)
    chair.at(room)
    assert chair.download("Pindaian tanda tangan basah").startswith(b"%PDF")
    assert "AG-20" in confirm(chair, pages - 1)  # a page is missing
    chair.at(room)
    assert "Pencocokan Anda tercatat." in confirm(chair, pages)
    director.at(room)
    assert "kedua pihak telah mencocokkannya" in confirm(director, pages)
    return scan, code_of(printed)


def confirm(who: Party, pages: int) -> str:
    who.follow("Sahkan tanda tangan basah")
    who.fill(Jumlah_halaman_yang_cocok=str(pages))
    return who.press("Sahkan")


def code_of(pdf: bytes) -> str:
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    found = re.search(r"/verifikasi/([A-Z0-9-]+)", said.replace("\n", ""))
    assert found, said[:2000]
    return found[1]


def anybody_reads_who_compared(anybody: Party, code: str, scan: bytes) -> None:
    text = anybody.at(f"/verifikasi/{code}/")
    assert "Darsini" in text and "mesin tidak membaca kertas" in text.casefold()
    anybody.give(scan)
    assert "Berkas Anda sama" in anybody.press("Periksa berkas")
    anybody.at(f"/verifikasi/{code}/")
    anybody.give(scan.replace(b"609", b"608", 1))
    assert "Jangan percaya berkas Anda" in anybody.press("Periksa berkas")


def change_it(as_, room: str) -> None:
    """Other days in an article that the meeting did not decide on: both sides agree, lock and sign."""
    partner, head, clerk = as_("mitra.direktur"), as_("kades"), as_("sekdes")
    partner.at(room)
    partner.follow("Usulkan perubahan")
    partner.fill(Alasan="Saat jalan putus, kabar tentang keadaan kahar baru sampai hari kelima.")
    partner.press("Mulai usul")
    addendum = partner.here
    partner.page.get_by_text("Daftar pasal", exact=True).click()
    partner.follow_at("Ubah isian", "Keadaan Kahar")
    partner.page.get_by_label("Hari pemberitahuan keadaan kahar").fill("5")
    partner.press("Simpan perubahan")
    partner.follow("Kirim usul ke pihak lain")
    partner.check("Saya sudah membaca perbandingannya.")
    partner.press("Kirim usul")
    assert "hari kelima" in head.at(addendum) and "Semula" in head.text
    head.follow("Setujui perubahan")
    head.check("Saya sudah membaca perbandingannya.")
    head.press("Setujui")
    head.follow("Kunci adendum")
    head.fill(Nomor_adendum_dari_desa="004/ADD/2026", Nomor_adendum_dari_mitra="9/ADD/FPC/2026")
    assert "Adendum terkunci." in head.press("Kunci adendum")
    for who in (partner, head):
        who.at(addendum)
        who.follow("Tandatangani adendum")
        who.check("Saya sudah membaca naskah ini dan menandatanganinya.")
        assert "Anda telah menandatangani adendum ini." in who.press("Tandatangani")
    assert "Adendum" in clerk.at(room)
    clerk.at(addendum)
    signed = clerk.download("Unduh adendum (PDF)")
    text = as_("").at(f"/verifikasi/{code_of(signed)}/")
    assert "Dokumen ini asli" in text
