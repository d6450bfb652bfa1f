"""A strict selection in the browser, without JavaScript: the village announces (J2), partners offer (J3), the panel chooses (J4)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from bermitra.foundation.calendar import long_date
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "Mitra sekolah lapang lereng"
WHY = "Menjawab kebutuhan utama warga dengan sasaran yang terukur setiap musim."
TICKS = (
    "Warga ikut memutuskan sejak awal dan boleh menolak.", "Uang, hasil, dan masalah dibuka kepada warga.",
    "Air, tanah, hutan, dan laut tidak dirusak.", "Ilmu dan teknologi diajarkan sampai warga mampu sendiri.",
    "Hasil tetap ada setelah kerja sama berakhir.",
)  # fmt: skip
# A need that the meeting has ranked, in the plan and weighed, two partners that were examined, two residents for the panel.
BEFORE = """
import django
django.setup()
import json
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from tests.partnership.makers import a_partner, a_prepared_case, an_office
from tests.people import PASSWORD, People
people = People()
for person in Person.objects.exclude(username=None):
    people.held[person.username] = person
for who, name in (("guru.dusun", "Sulastri Ningsih"), ("ketua.kwt", "Warsiyem")):
    an_office(people, who, name, roles.RESIDENT)
for number, who in enumerate(("fakultas", "yayasan"), 1):
    a_partner(people, name=f"Mitra Lereng {number}", username=who)
for who in ("guru.dusun", "ketua.kwt", "fakultas", "yayasan"):
    person = Person.objects.get(username=who)
    person.set_password(PASSWORD)
    person.save()
print(json.dumps(a_prepared_case(people).code))
"""
DEADLINE_OVER = """
import django
django.setup()
from datetime import timedelta
from bermitra.foundation.commands import clock
from bermitra.selection.models import Call
over = clock.now() - timedelta(seconds=1)
Call.objects.filter(state="open").update(opened_at=over - timedelta(days=20), deadline=over)
"""
WINDOW_OVER = """
import django
django.setup()
from datetime import timedelta
from bermitra.foundation.commands import clock
from bermitra.selection.models import Call, Objection
Call.objects.filter(state="provisional").update(published_on=clock.today() - timedelta(days=30))
Objection.objects.update(answered_at=clock.now() - timedelta(days=20))
"""


@pytest.fixture
def as_(site, visit):
    known: dict[str, Visitor] = {}

    def of(who: str) -> Visitor:
        if who not in known:
            known[who] = Visitor(site, visit(who))
        return known[who]

    return of


def test_a_call_is_announced_answered_under_seal_and_decided_in_the_open(site, as_):
    case = json.loads(site.house.run(site.house.start(BEFORE))[-1])
    room = f"/kerja/kemitraan/{case}/seleksi/"
    prepare(as_, case, room)
    public = announce_and_ask(as_, room)
    for who, words in (("fakultas", "Pendampingan 300 jam"), ("yayasan", "Pendampingan 200 jam")):
        offer(as_(who), public, words)
    nobody_reads(as_, room, public)
    site.house.run(site.house.start(DEADLINE_OVER))
    open_and_check(as_, room)
    score(as_, room)
    propose(as_, room)
    object_and_answer(as_, room, public)
    site.house.run(site.house.start(WINDOW_OVER))
    accept_and_forward(as_, room)


# J2: the village announces ---------------------------------------------------------------------------------------------
def prepare(as_, case: str, room: str) -> None:
    secretary = as_("sekdes")
    secretary.at(f"/kerja/kemitraan/{case}/")
    secretary.follow("Siapkan penawaran")
    secretary.fill(
        Judul=TITLE, Nomor="140/027/PDN/2026", Tujuan="Panen naik, lereng kuat.", Visi_desa="Petani menghitung sendiri.",
        Yang_dicari_dari_mitra="pendampingan 300 jam", Yang_disediakan_desa="petak contoh",
    )  # fmt: skip
    secretary.press("Simpan dan lanjutkan")
    for part in ("Kerangka Acuan Kerja: isi pekerjaan", "Kerangka Acuan Kerja: syarat kerja sama"):
        secretary.follow(part)
        secretary.fill_every_text("Sekolah lapang bergilir di empat dusun, diukur setiap musim.")
        secretary.press("Simpan")
    secretary.follow("Bobot kriteria")
    secretary.press("Simpan")  # as the profile of the form has them
    secretary.follow("Visi")
    secretary.check(*TICKS)
    secretary.press("Simpan")
    secretary.follow("Pengumuman")
    secretary.fill(Batas_waktu=long_date(timezone.localdate() + timedelta(days=20)), Pukul="15.00")
    secretary.check("Papan pengumuman desa", "Halaman publik Bermitra")
    secretary.press("Simpan")
    head = as_("kades")
    for name, side, scores in (
        ("Endah Lestari", "Lembaga kerja sama desa", "Tidak"), ("Sulastri Ningsih", "Wakil warga", "Ya"),
        ("Warsiyem", "Wakil warga", "Ya"), ("Karsono", "Anggota BPD", "Ya"),
    ):  # fmt: skip
        head.at(room)
        head.follow("Tambah anggota")
        head.page.get_by_label("Nama").select_option(label=name)
        head.page.get_by_label("Mewakili").select_option(label=side)
        head.page.get_by_label(scores, exact=True).check()
        head.fill(Nomor_surat_keputusan="Keputusan Kades 05/2026")
        head.press("Tambahkan")


def announce_and_ask(as_, room: str) -> str:
    head, anybody = as_("kades"), as_("")
    head.at(room)
    head.follow("Terbitkan penawaran")
    assert "Penawaran terbit" in head.press("Terbitkan")
    anybody.at("/panggilan/")
    anybody.follow(TITLE)
    public = anybody.page.url[len(anybody.site.address) :]
    anybody.follow("Ajukan pertanyaan")
    anybody.fill(Pertanyaan="Apakah petak contoh boleh ditambah?")
    anybody.press("Kirim pertanyaan")
    secretary = as_("sekdes")
    secretary.at(room)
    secretary.follow("Jawab")
    secretary.fill(Jawaban="Boleh, sampai dua hektare.")
    secretary.press("Terbitkan jawaban")
    assert "sampai dua hektare" in anybody.at(public)
    return public


# J3: partners offer -----------------------------------------------------------------------------------------------------
def offer(partner: Visitor, public: str, words: str) -> None:
    partner.at("/kerja/usulan/")
    partner.follow(TITLE)
    partner.fill(
        Yang_ditawarkan=words, Yang_diharapkan_dari_desa="Petak contoh dan peserta.", Uang_tunai="10.000.000",
        Nilai_barang_dan_jasa="180.000.000", Keluarga_yang_dijangkau="150",
        Pemberian_kepada_orang_atau_pejabat_desa="0",
    )  # fmt: skip
    partner.page.get_by_label("Lama kerja sama (tahun)").fill("3")
    partner.press("Simpan dan lanjutkan")
    mine = partner.page.url
    partner.follow("Jawaban atas kriteria")
    partner.fill_every_text("Tim kami bernama, dua kegiatan serupa, dan penerusnya warga sendiri.")
    partner.press("Simpan")
    partner.follow("Visi yang Anda pegang")
    partner.check(*TICKS)
    partner.press("Simpan")
    partner.follow("Kirim usulan tersegel")
    assert "Usulan terkirim dan tersegel." in partner.press("Kirim usulan")
    partner.at(mine)


def nobody_reads(as_, room: str, public: str) -> None:
    for who in ("kades", "bpd", "lksd"):
        text = as_(who).at(room)
        assert "usulan tersegel." not in text and "Mitra Lereng" not in text  # not even how many
    assert "Mitra Lereng" not in as_("").at(public)


# J4: the panel chooses --------------------------------------------------------------------------------------------------
PANEL = ("lksd", "guru.dusun", "ketua.kwt", "anggota.bpd")
SCORERS = PANEL[1:]


def open_and_check(as_, room: str) -> None:
    chair = as_("bpd")
    assert "2 usulan tersegel." in chair.at(room)
    chair.follow("Buka usulan dengan berita acara")
    chair.fill(Nomor_berita_acara_pembukaan="BA-02/TIM/XI/2026", Nama_saksi="Karsono\nPaijo")
    assert "Usulan dibuka." in chair.press("Buka usulan")
    for who in PANEL:
        as_(who).at(room)
        as_(who).follow("Nyatakan kepentingan")
        as_(who).page.get_by_label("Tidak", exact=True).check()
        as_(who).press("Nyatakan")
    lead = as_("lksd")
    lead.at(room)
    lead.follow("Selesaikan seleksi administrasi")
    assert "Penilaian dimulai." in lead.press("Selesaikan")


def score(as_, room: str) -> None:
    for who in SCORERS:
        for number, level in ((1, 4), (2, 3)):
            as_(who).at(room)
            as_(who).follow(f"Mitra Lereng {number}")
            as_(who).follow("Baca usulan")
            as_(who).press("Baca usulan")
            as_(who).follow("Beri nilai")
            for choice in as_(who).page.locator(f'main input[type="radio"][value="{level}"]').all():
                choice.check()
            as_(who).fill_every_text(WHY)
            assert "Nilai Anda tersimpan." in as_(who).press("Simpan nilai")
        assert "Bandingkan semua usulan" not in as_(who).at(room)
    lead = as_("lksd")
    lead.at(room)
    lead.follow("Buka semua nilai")
    lead.press("Buka nilai")
    lead.follow("Bandingkan semua usulan")
    assert WHY in lead.page.content()  # folded away until somebody opens it


def propose(as_, room: str) -> None:
    lead = as_("lksd")
    lead.at(room)
    lead.follow("Usulkan calon mitra")
    lead.fill(Nomor_berita_acara="BA-03/TIM/XI/2026")
    assert "Calon mitra diumumkan." in lead.press("Usulkan")


def object_and_answer(as_, room: str, public: str) -> None:
    """The objection of the partner that was not proposed stops everything until it is answered."""
    assert "Mitra Lereng 1" in as_("").at(public)
    loser, chair = as_("yayasan"), as_("bpd")
    loser.at(f"/kerja{public}sanggahan/")
    loser.fill(Sanggahan="Nilai kemampuan kami tidak membaca lampiran kedua.")
    loser.press("Kirim sanggahan")
    chair.at(room)
    chair.follow("Ajukan ke Musyawarah Desa")
    assert "SL-22" in chair.press("Ajukan")
    chair.at(room)
    chair.follow("Nyatakan kepentingan")
    chair.page.get_by_label("Tidak", exact=True).check()
    chair.press("Nyatakan")
    chair.at(room)
    chair.follow("Tolak dengan alasan")
    chair.fill(Jawaban_dan_alasannya="Lampiran itu dibaca; nilainya tetap seperti alasan penilai.")
    chair.press("Kirim jawaban")


def accept_and_forward(as_, room: str) -> None:
    winner, chair = as_("fakultas"), as_("bpd")
    winner.at("/kerja/usulan/")
    winner.follow(TITLE)
    winner.follow("Terima pencalonan")
    winner.press("Terima")
    chair.at(room)
    chair.follow("Ajukan ke Musyawarah Desa")
    assert "Calon mitra diajukan ke Musyawarah Desa." in chair.press("Ajukan")
