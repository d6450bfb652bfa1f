"""Hostile files are refused with a sentence, in time, and the process that asked lives on; honest ones come through."""

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bermitra.delivery.sheets import read_applicants
from bermitra.foundation.documents import examine, uploads
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.documents.typst_pdf import render
from bermitra.foundation.documents.uploads import make_safe, safe_name, unpacked_size
from bermitra.foundation.text import BadInput
from bermitra.registry.tables.assets import read_assets
from tests.foundation.documents import papers


# --- samples ---
def pdf(change=None, pages: int = 1, **how) -> bytes:
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        if change:
            change(made)
        out = io.BytesIO()
        made.save(out, **how)
        return out.getvalue()


def picture(kind: str = "JPEG", size=(60, 40), mode: str = "RGB", **how) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 90).save(out, kind, **how)
    return out.getvalue()


def action(**entries):
    return lambda made: made.Root.__setitem__(
        "/OpenAction", made.make_indirect(pikepdf.Dictionary({f"/{key}": value for key, value in entries.items()}))
    )


def script_deep_inside(made) -> None:
    """Not where one looks first: in a direct dictionary inside an array inside an annotation."""
    link = pikepdf.Dictionary(
        {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9],
         "/A": pikepdf.Dictionary({"/S": pikepdf.Name.URI, "/URI": "https://desa.id", "/Next": pikepdf.Array(
             [pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})])})}
    )  # fmt: skip
    made.pages[0].Annots = pikepdf.Array([link])


def attached(made) -> None:
    made.attachments["tagihan.exe"] = b"MZ"


def form_program(made) -> None:
    made.Root.AcroForm = pikepdf.Dictionary({"/Fields": [], "/XFA": "<xdp/>"})


def film(made) -> None:
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary({"/Subtype": pikepdf.Name.RichMedia})])


def when_closed(made) -> None:
    made.Root.AA = pikepdf.Dictionary({"/WC": pikepdf.Dictionary({"/S": pikepdf.Name.URI, "/URI": "https://a.id"})})


def from_elsewhere(made) -> None:
    made.pages[0].Contents = pikepdf.Stream(made, b"", {"/F": "https://a.id/x"})


AS_IT_IS = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}


def bomb(made) -> None:
    """A third of a megabyte that becomes three hundred."""
    engine, megabyte = zlib.compressobj(9), b"0" * 1_000_000
    small = b"".join(engine.compress(megabyte) for _ in range(300)) + engine.flush()
    made.pages[0].Contents = pikepdf.Stream(made, small, {"/Filter": pikepdf.Name.FlateDecode})


def bomb_written_as_text(made) -> None:
    engine, megabyte = zlib.compressobj(9), b"0" * 1_000_000
    small = b"".join(engine.compress(megabyte) for _ in range(900)) + engine.flush()
    filters = [pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode]
    made.pages[0].Contents = pikepdf.Stream(made, small.hex().encode() + b">", {"/Filter": filters})


def packed_three_times(made) -> None:
    small = zlib.compress(zlib.compress(zlib.compress(b"0" * 1_000_000)))
    made.pages[0].Contents = pikepdf.Stream(made, small, {"/Filter": [pikepdf.Name.FlateDecode] * 3})


def bomb_of_runs(made) -> None:
    """Five megabytes of runs, each of 128 letters."""
    made.pages[0].Contents = pikepdf.Stream(
        made, b"\x810" * 2_500_000 + b"\x80", {"/Filter": pikepdf.Name.RunLengthDecode}
    )


def lzw_of_one_letter(rounds: int) -> bytes:
    """Each round takes six thousand bytes and becomes seven million: every code is the run before and one letter more."""
    bits = []
    for _round in range(rounds):
        bits.append(f"{256:09b}{ord('0'):09b}")
        for entry in range(258, 4095):
            width = 9 if entry < 511 else 10 if entry < 1023 else 11 if entry < 2047 else 12
            bits.append(f"{entry:0{width}b}")
        bits.append(f"{256:012b}")  # the table is full: begin anew
    whole = "".join(bits) + f"{257:09b}"
    return int(whole.ljust(-(-len(whole) // 8) * 8, "0"), 2).to_bytes(-(-len(whole) // 8), "big")


def bomb_of_old(made) -> None:
    made.pages[0].Contents = pikepdf.Stream(made, lzw_of_one_letter(90), {"/Filter": pikepdf.Name.LZWDecode})


def many_that_add_up(made) -> None:
    """No stream of them is too large."""
    small = zlib.compress(b"0" * 30_000_000, 9)
    made.pages[0].Contents = pikepdf.Array(
        [made.make_indirect(pikepdf.Stream(made, small, {"/Filter": pikepdf.Name.FlateDecode})) for _each in range(10)]
    )


def paper_clip(made) -> None:
    clip = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.FileAttachment, "/Rect": [0, 0, 9, 9]}
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(clip)])


def folder_of_files(made) -> None:
    made.Root.Collection = pikepdf.Dictionary({"/View": pikepdf.Name.D})


def script_by_name(made) -> None:
    """In the tree of names, where scripts run by themselves when the file is opened."""
    script = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})
    made.Root.Names = pikepdf.Dictionary({"/JavaScript": pikepdf.Dictionary({"/Names": pikepdf.Array(["a", script])})})


def jpeg_that_lies(width: int, height: int) -> bytes:
    """A small picture whose frame says that it is a large one."""
    content = bytearray(picture())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def loop(made) -> None:
    """A folder of pages that holds itself."""
    made.Root.Pages.Kids.append(made.Root.Pages)
    made.Root.Pages.Count = 100_000


def png_that_lies(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


HOSTILE = {
    "empty": (lambda: b"", "upload.empty"),
    "a program": (lambda: b"MZ\x90\0" + b"\0" * 99, "upload.kind"),
    "a picture that can hold scripts": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "upload.kind"),
    "a page of the web": (lambda: b"<!doctype html><script>1</script>", "upload.kind"),
    "a PDF behind a page of the web": (lambda: b"<script>1</script>" + pdf(), "upload.kind"),
    "an archive": (lambda: b"PK\x03\x04" + b"\0" * 99, "upload.kind"),
    "a photo of an iPhone": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "upload.heic"),
    "more than ten megabytes": (lambda: b"%PDF-" + b"\0" * 10_000_000, "upload.large"),
    "more than five megabytes": (lambda: b"\xff\xd8\xff" + b"\0" * 5_000_000, "upload.large"),
    "half a PDF": (lambda: pdf()[:-300], "upload.broken"),
    "the beginning of a PDF": (lambda: b"%PDF-1.7\n%%EOF", "upload.broken"),
    "half a picture": (lambda: picture(size=(900, 900), quality=95)[:900], "upload.broken"),
    "a picture of half a gigabyte of dots": (lambda: png_that_lies(50_000, 50_000), "upload.pixels"),
    "a script at the opening": (lambda: pdf(action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")), "pdf.active"),
    "a program at the opening": (lambda: pdf(action(S=pikepdf.Name.Launch, F="cmd.exe")), "pdf.active"),
    "a visit at the opening": (lambda: pdf(action(S=pikepdf.Name.URI, URI="https://a.id")), "pdf.active"),
    "a visit at the closing": (lambda: pdf(when_closed), "pdf.active"),
    "a script deep inside": (lambda: pdf(script_deep_inside), "pdf.active"),
    "a script in a packed object": (
        lambda: pdf(script_deep_inside, object_stream_mode=pikepdf.ObjectStreamMode.generate), "pdf.active"),
    "a form that is a program": (lambda: pdf(form_program), "pdf.active"),
    "a film": (lambda: pdf(film), "pdf.active"),
    "a content from elsewhere": (lambda: pdf(from_elsewhere), "pdf.active"),
    "a file inside": (lambda: pdf(attached), "pdf.attached"),
    "locked": (lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "pdf.locked"),
    "locked without a password": (lambda: pdf(encryption=pikepdf.Encryption(owner="a", user="")), "pdf.locked"),
    "an archive behind": (lambda: pdf() + b"PK\x03\x04" + b"\0" * 99 + b"PK\x05\x06", "pdf.tail"),
    "too many pages": (lambda: pdf(pages=301), "pdf.pages"),
    "pages without end": (lambda: pdf(loop), "upload.broken"),
    "a page that fills the memory": (lambda: pdf(bomb, **AS_IT_IS), "upload.heavy"),
    "a page that fills the memory, written as text": (lambda: pdf(bomb_written_as_text, **AS_IT_IS), "upload.heavy"),
    "a page of runs that fills the memory": (lambda: pdf(bomb_of_runs, **AS_IT_IS), "upload.heavy"),
    "a page packed as long ago that fills the memory": (lambda: pdf(bomb_of_old, **AS_IT_IS), "upload.heavy"),
    "many pages' worth that adds up": (lambda: pdf(many_that_add_up, **AS_IT_IS), "upload.heavy"),
    "a paper clip": (lambda: pdf(paper_clip), "pdf.attached"),
    "a folder of files": (lambda: pdf(folder_of_files), "pdf.attached"),
    "a script by its name": (lambda: pdf(script_by_name), "pdf.active"),
    "a form that is sent away": (lambda: pdf(action(S=pikepdf.Name.SubmitForm, F="https://a.id")), "pdf.active"),
    "a jump into another file": (lambda: pdf(action(S=pikepdf.Name.GoToR, F="a.pdf")), "pdf.active"),
    "a photo of billions of dots": (lambda: jpeg_that_lies(65_000, 65_000), "upload.pixels"),
    "half a drawing": (lambda: picture("PNG", size=(400, 400))[:200], "upload.broken"),
    "a moving picture that is a program": (lambda: b"GIF89a" + b"\0" * 20 + b"PK\x03\x04", "upload.kind"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "upload.kind"),
    "a table of commands": (lambda: b"nama;nilai\n=cmd|'/c calc'!A1;1\n", "upload.kind"),
    "packed three times": (lambda: pdf(packed_three_times, **AS_IT_IS), "upload.heavy"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence_in_time(name):
    make, code = HOSTILE[name]
    content = make()
    began = time.monotonic()
    with pytest.raises(BadInput) as refused:
        make_safe(content, "berkas.pdf")
    assert refused.value.code == code
    assert time.monotonic() - began < uploads.SECONDS + 1
    assert len(str(refused.value).split()) <= 18
    assert "berkas.pdf" in str(refused.value)


@pytest.mark.parametrize("size", [10, 100, 1_000, 4_000])
def test_garbage_behind_a_good_beginning_is_refused(size):
    noise = bytes(pow(7, n, 256) ^ (n * 31) % 256 for n in range(size))
    for beginning in (b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(BadInput) as refused:
            make_safe(beginning + noise, "x")
        assert refused.value.code in {"upload.broken", "upload.heavy", "pdf.tail"}


def test_an_examination_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS", 0.001)
    began = time.monotonic()
    with pytest.raises(BadInput) as refused:
        make_safe(pdf(), "berat.pdf")
    assert refused.value.code == "upload.heavy"
    assert time.monotonic() - began < 1


LIMITED = "import runpy, sys; runpy.run_path(sys.argv[1])['main']('pdf'); "


@pytest.mark.parametrize(
    ("act", "complaint"),
    [("bytearray(600 * 2**20)", "MemoryError"), ("f = open('x', 'w'); f.write('x'); f.flush()", "File too large")],
)
def test_the_examining_process_has_little_memory_and_writes_no_file(tmp_path, act, complaint):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + act, str(uploads._EXAMINE)], input=b"", capture_output=True, cwd=tmp_path
    )
    assert complaint in done.stderr.decode()


# --- honest files ---
def test_a_plain_pdf_stays_byte_for_byte():
    content = pdf(pages=3)
    safe = make_safe(content, "Berita Acara.pdf")
    assert (safe.content, safe.media_type, safe.name, safe.pages) == (content, "application/pdf", "Berita Acara.pdf", 3)


def test_a_pdf_of_a_scanner_that_opens_at_a_page_and_links_are_welcome():
    def scanned(made):
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
        link = pikepdf.Dictionary(
            {"/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9],
             "/A": pikepdf.Dictionary({"/S": pikepdf.Name.URI, "/URI": "https://desa.id"})}
        )  # fmt: skip
        made.pages[0].Annots = pikepdf.Array([link])

    assert make_safe(pdf(scanned), "x.pdf").pages == 1
    assert make_safe(pdf() + b"\0\0\r\n", "x.pdf").pages == 1
    out = io.BytesIO()
    Image.new("RGB", (1700, 2600), "white").save(
        out, "PDF", save_all=True, append_images=[Image.new("L", (1700, 2600))]
    )
    assert make_safe(out.getvalue(), "pindaian.pdf").pages == 2


def test_fonts_with_unlucky_names_and_pages_written_as_text_are_welcome():
    def old_office(made):
        font = pikepdf.Dictionary({"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1})
        made.pages[0].Resources = pikepdf.Dictionary({"/Font": pikepdf.Dictionary({"/AA": font, "/JS": font})})
        filters = [pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode]
        page = zlib.compress(b"q Q").hex().encode() + b">"
        made.pages[0].Contents = pikepdf.Stream(made, page, {"/Filter": filters})

    assert make_safe(pdf(old_office, **AS_IT_IS), "x.pdf").pages == 1


def test_pages_packed_by_old_programs_are_welcome_and_counted_to_the_letter():
    for filters, content, length in (
        (pikepdf.Name.LZWDecode, lzw_of_one_letter(1), sum(range(1, 3839))),
        (pikepdf.Name.RunLengthDecode, b"\x02q Q" + b"\x81 " + b"\x80", 3 + 128),
        ([pikepdf.Name.ASCIIHexDecode, pikepdf.Name.RunLengthDecode], b"0271205180>", 3),
    ):

        def old(made, filters=filters, content=content):
            made.pages[0].Contents = pikepdf.Stream(made, content, {"/Filter": filters})

        made = pdf(old, **AS_IT_IS)
        assert make_safe(made, "x.pdf").content == made
        with pikepdf.open(io.BytesIO(made)) as held:
            assert examine._inflated(held.pages[0].Contents, length) == length
            with pytest.raises(examine.Refused):
                examine._inflated(held.pages[0].Contents, length - 1)


def test_a_paper_of_ours_carries_its_words_inside_and_is_no_upload():
    with pytest.raises(BadInput) as refused:
        make_safe(render(compose(papers.agreement(), papers.ISSUED)), "perjanjian.pdf")
    assert refused.value.code == "pdf.attached"


def test_a_photo_loses_its_place_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone held upright
    exif[0x010F] = "Telepon"
    exif.get_ifd(0x8825)[2] = (7.0, 15.0, 3.0)  # GPS
    content = picture(exif=exif, comment=b"<?php system($_GET[0]) ?>") + b"PK\x03\x04 jar"
    safe = make_safe(content, "IMG_1.jpeg")
    assert (safe.media_type, safe.name) == ("image/jpeg", "IMG_1.jpg")
    for trace in (b"Exif", b"Telepon", b"<?php", b"PK\x03\x04"):
        assert trace in content and trace not in safe.content
    with Image.open(io.BytesIO(safe.content)) as again:
        assert again.size == (40, 60)
        assert dict(again.getexif()) == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_is_drawn_anew(mode):
    safe = make_safe(picture("PNG", mode=mode), "denah.png")
    assert safe.media_type == "image/png"
    with Image.open(io.BytesIO(safe.content)) as again:
        assert again.size == (60, 40)


def test_a_picture_for_print_becomes_one_for_screens():
    with Image.open(io.BytesIO(make_safe(picture(mode="CMYK"), "a.jpg").content)) as again:
        assert again.mode == "RGB"


def test_a_large_photo_of_a_phone_comes_smaller_within_its_time():
    safe = make_safe(picture(size=(8000, 5000), quality=70), "foto.jpg")
    with Image.open(io.BytesIO(safe.content)) as again:
        assert again.size == (4000, 2500)


# --- names and the form ---
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Berita Acara 2026.pdf", "Berita Acara 2026.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\desa\\scan.pdf", "scan.pdf"),
        ("a.pdf\0.exe", "a.pdf"),
        ("tagihan.pdf.exe", "tagihan.pdf"),
        ("tagihan\u202efdp.exe", "tagihanfdp.pdf"),
        ("CON.pdf", "berkas.pdf"),
        ("...", "berkas.pdf"),
        ("", "berkas.pdf"),
        ("Surat <penting>: 1?.pdf", "Surat -penting-- 1-.pdf"),
        ("ꦝꦸꦱꦸꦤ꧀.pdf", "ꦝꦸꦱꦸꦤ꧀.pdf"),
    ],
)
def test_a_name_is_made_safe_for_every_system(name, kept):
    assert safe_name(name, "application/pdf") == kept


def test_a_name_of_three_hundred_letters_is_cut():
    assert len(safe_name("a" * 300 + ".pdf", "application/pdf")) <= 90


def test_the_field_of_a_form_answers_with_the_sentence():
    field = SafeFileField(required=False)
    assert field.clean(SimpleUploadedFile("a.pdf", pdf())).pages == 1
    assert field.clean(None) is None
    for content, says in (
        (b"MZ", "bukan PDF"),
        (b"", "kosong"),
        (b"%PDF-" + b"0" * 20_000_000, "lebih besar dari 10 MB"),
    ):
        with pytest.raises(Exception, match=says):
            field.clean(SimpleUploadedFile("a.pdf", content))
    with pytest.raises(Exception, match="belum diisi"):
        SafeFileField().clean(None)


def test_a_workbook_says_how_large_it_is_before_it_is_read():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert len(held.getvalue()) < 100_000
    assert unpacked_size(held.getvalue()) == 30_000_000
    assert unpacked_size(held.getvalue()[:1000]) == unpacked_size(b"nama;l/p") == 0
    for read in (
        lambda: read_assets("aset.xlsx", held.getvalue()),
        lambda: read_applicants("peserta.xlsx", held.getvalue()),
    ):
        with pytest.raises(BadInput) as refused:
            read()
        assert refused.value.code == "table.large"
