"""What each side is handed on one sheet of paper: how its round went, and why. Papers are Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import override

from bermitra.foundation.calendar import date_in_words, long_date, long_moment, tz, zone_of
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Note,
    Numbered,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Title,
    fill,
)
from bermitra.foundation.personal.open_text import HIDDEN, hidden
from bermitra.matching.engine import draw
from bermitra.matching.models import Round, RoundOffer, RoundVillage
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.queries import counts, headline, told

LINES = 10  # of the own list: what fits on the one sheet
GENUINE = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."
CHECK = "Arahkan kamera ke kotak ini untuk membaca hasil seluruh peserta dan mengunduh berkas ujinya."


def explanation(side: RoundVillage | RoundOffer, *, dated: date) -> Document:
    """One side's result in words, its list, and how anybody checks it."""
    of = side.round
    name = f"Desa {side.village.name}" if isinstance(side, RoundVillage) else side.offer.title
    with override("id"):
        sentences, lines = headline(side), told(side)
    rows = [(str(each.place), each.title, each.says) for each in lines[:LINES]]
    left = len(lines) - len(rows)
    return Document(
        kind="round_explanation",
        title=f"Penjelasan hasil putaran: {name}",
        dated=dated,
        author=f"Dinas PMD {of.regency.name}",
        blocks=(
            Title(("PENJELASAN HASIL PUTARAN", name.upper()), (), of.title.upper()),
            Facts(
                (
                    ("Kabupaten", of.regency.name),
                    ("Terbit", long_date(localtime(of.published_at).date()) if of.published_at else ""),
                )
            ),
            Heading("Hasil dan alasannya"),
            *(Paragraph(each, align="left") for each in sentences),
            *_list(rows, left),
            Heading("Bagaimana hasil ini dihitung"),
            Numbered(_how(of)),
            Note(
                "Perkenalan bukan penetapan mitra. Kedua pihak masih menerima atau menolak, lalu Musyawarah Desa memutuskan."
            ),
            Qr(CHECK),
        ),
    )


def _list(rows: list[tuple[str, str, str]], left: int) -> list[Block]:
    if not rows:
        return []
    columns = (Column("No.", 0.5), Column("Nama", 3), Column("Hasil", 5))
    table: list[Block] = [Table(columns, rows, small=True)]
    return [*table, Paragraph(fill("Dan {n} lagi pada halaman putaran Anda.", n=left))] if left else table


def _how(of: Round) -> tuple[str, ...]:
    policy, many = Policy.read(of.policy), counts(of)
    reserve = (
        f"Jatah {policy.reserve_percent} persen diisi lebih dahulu oleh desa {', '.join(policy.tier_names())}; sisanya terbuka. "
        f"Jatah: {many['reserve']} dari {many['places']} tempat. Tawaran dengan satu tempat tidak diberi jatah."
        if policy.reserve_percent
        else "Tidak ada jatah: semua tempat terbuka bagi semua desa."
    )
    return (
        "Setiap desa meminta tawaran menurut urutannya sendiri; tanpa urutan, menurut nilai kecocokan.",
        "Setiap tawaran mengikuti urutan mitra; tanpa urutan, nilai tertinggi bagi mitra; nilai sama diundi.",
        reserve,
        "Benih undian dilempar di depan dua saksi setelah daftar diumumkan, sehingga tidak ada yang dapat mengaturnya.",
    )


# The minutes of the throw --------------------------------------------------------------------------------------------


def minutes_paper(
    of: Round, thrown: Sequence[int], witnesses: Sequence[dict[str, str]], *, key: str, now: datetime, by: str
) -> Prepared:
    """The minutes, rendered for ``matching.throw_seed`` under the request's key; ``by``: who types the figures."""
    document = minutes(of, thrown, witnesses, now=now, by=by)
    return prepare(document, key=key, about=about_of(of), region=of.regency_id, example=of.example)


def minutes(
    of: Round, thrown: Sequence[int], witnesses: Sequence[dict[str, str]], *, now: datetime, by: str
) -> Document:
    """What fell, where and when it had been announced, before whom, and what it was mixed with."""
    zone = zone_of(of.regency_id)
    dated = now.astimezone(tz(zone)).date()
    figures = " ".join(str(each) for each in thrown)
    seed = draw.seed(of.list_hash, figures).hex()
    one, two = witnesses[0], witnesses[1]
    title, place = hidden(of.title, HIDDEN), hidden(of.meeting_place, HIDDEN)
    announced = long_moment(of.meeting_at, zone) if of.meeting_at else ""
    return Document(
        kind="round_minutes",
        title=f"Berita acara pelemparan angka: {title}",
        dated=dated,
        author=f"Dinas PMD {of.regency.name}",
        letterhead=Letterhead(
            (f"PEMERINTAH {of.regency.name.upper()}", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"),
        ),
        data={"round": of.code, "list": of.list_hash, "thrown": figures, "seed": seed},
        blocks=(
            Title(("BERITA ACARA PELEMPARAN ANGKA",), (), title.upper()),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, telah dilempar angka untuk putaran pemadanan "
                "“{title}”, disaksikan {one} ({one_office}) dan {two} ({two_office}).",
                day=date_in_words(dated),
                short=f"{dated:%d-%m-%Y}",
                place=place,
                title=title,
                one=one["name"],
                one_office=one["office"],
                two=two["name"],
                two_office=two["office"],
            ),
            Facts(
                (
                    ("Jadwal pertemuan", announced),
                    ("Dilempar pada", long_moment(now, zone)),
                    ("Sidik daftar", _by_eight(of.list_hash)),
                    ("Angka yang keluar", ", ".join(str(each) for each in thrown)),
                    ("Benih", _by_eight(seed)),
                )
            ),
            Heading("Cara menghitung ulang benih"),
            Numbered(
                (
                    "Unduh daftar dari halaman putaran; sidiknya harus sama dengan sidik di atas.",
                    "Gabungkan sidik daftar dan angka yang keluar seperti tertulis pada berkas uji, lalu hitung SHA-256.",
                    "Hasilnya harus sama dengan benih di atas.",
                )
            ),
            Signatures(
                lead=("Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini.",),
                place_and_date=(fill("{place}, {day}", place=of.regency.name, day=long_date(dated)),),
                groups=(
                    (
                        "",
                        (
                            Slot("witness_one", ("Saksi,", one["office"]), one["name"]),
                            Slot("witness_two", ("Saksi,", two["office"]), two["name"]),
                        ),
                    ),
                    ("", (Slot("organiser", ("Yang mencatat,", f"Dinas PMD {of.regency.name}"), by),)),
                ),
            ),
            Qr(GENUINE),
        ),
    )


def _by_eight(key: str) -> str:
    """A hash in groups of eight letters, so that it breaks at the margin."""
    return " ".join(key[start : start + 8] for start in range(0, len(key), 8))
