"""Pages as people get them: readable on a small phone, sound for a screen reader, light enough for 2G."""

from __future__ import annotations

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.people import OURS

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/cari/", "/cari/?q=Pandanarum", "/cari/?q=Zzyzx", "/desa/", "/desa/?di=33.04", f"/desa/{OURS}/",
          "/mitra/", "/mitra/daftar/", "/kemitraan/", "/panggilan/", "/bantuan/", "/bantuan/istilah/", "/bantuan/aturan/", "/verifikasi/",
          "/peran/", "/masuk/", "/masuk/surat/")  # fmt: skip
SIGNED_IN = {
    "sekdes": ("/kerja/", "/kerja/kabar/", "/kerja/kebutuhan/", "/kerja/potensi/", "/saya/", "/saya/kode-tambahan/"),
    "kades": (
        "/kerja/",
        "/kerja/laporan/",
        "/kerja/tujuan-desa/",
        "/kerja/tujuan-desa/ubah/",
        f"/kerja/kecocokan/desa/{OURS}/",
        "/kerja/kecocokan/mengapa/",
    ),
    "kadus": ("/kerja/kebutuhan/dari-indeks/", "/kerja/kebutuhan/belum-terpenuhi/", "/kerja/kebutuhan/tabel/"),
    "bpd": ("/kerja/", "/kerja/musyawarah/", "/kerja/daftar-undangan/"),
    "dinas": (
        "/kerja/",
        "/kerja/mitra/",
        "/kerja/pendaftaran-mitra/",
        "/orang/",
        "/peran/",
        "/kerja/kecocokan/",
        "/kerja/kecocokan/hitung/",
        "/kerja/kecocokan/mengapa/?q=pandan",
    ),
}
FIRST_VISIT, NEXT_VISIT, REQUESTS, NODES = 20_000, 10_000, 4, 1_500
WORK_PAGE = 40_000
WITH_A_SCRIPT = ("/mitra/daftar/",)  # of its own, under a kilobyte; the page works without it


def all_pages() -> list[tuple[str, str]]:
    public = [("", address) for address in PUBLIC]
    return public + [(name, address) for name, addresses in SIGNED_IN.items() for address in addresses]


def sound(page) -> list[str]:
    """What axe finds wrong, WCAG 2.2 AA and good practice."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("name", "address"), all_pages())
def test_a_page_is_sound_on_a_phone_by_day_and_on_a_desk_by_night(visit, name, address):
    for width, dark in ((360, False), (1280, True)):
        page = visit(name, width=width, dark=dark, script=True)
        page.goto(address)
        assert sound(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.querySelectorAll('*').length") <= NODES


@pytest.mark.parametrize(("name", "address"), all_pages())
def test_a_page_is_light(visit, name, address):
    page, sizes = visit(name, script=True), []
    page.on("response", lambda answer: sizes.append((answer.url, weight(answer))))
    page.goto(address, wait_until="networkidle")
    assert len(sizes) <= REQUESTS + (address in WITH_A_SCRIPT), sizes
    assert sum(size for _url, size in sizes) <= (WORK_PAGE if name else FIRST_VISIT), sizes
    first = next(size for url, size in sizes if url.endswith(address))
    assert first <= (WORK_PAGE if name else NEXT_VISIT)


def weight(answer) -> int:
    """Bytes on the wire: what the server said, or the body compressed as it was sent."""
    length = answer.headers.get("content-length")
    if length:
        return int(length)
    body = answer.body()
    return len(gzip.compress(body, 6)) if answer.headers.get("content-encoding") else len(body)


def test_the_home_page_is_english_for_who_chose_it(visit):
    page = visit(english=True)
    page.goto("/")
    assert page.get_attribute("html", "lang") == "en"
    text = page.inner_text("main")
    assert "Villages choose their partners" in text
    assert [words for words in ("Desa memilih", "Lihat daftarnya", "Mulai dari sini", "Contoh:") if words in text] == []


def test_search_needs_no_script(visit):
    page = visit()
    page.goto("/")
    page.fill("input[name=q]", "pandanarum banjarnegara")
    page.click("form[role=search] button")
    page.click(f'a[href="/desa/{OURS}/"]')
    assert page.inner_text("h1") == "Desa Pandanarum"
