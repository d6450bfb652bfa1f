"""What the papers of a draw say: the list before, and the minutes after. Papers are Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from bermitra.foundation.calendar import date_in_words, local_time, long_date, tz, zone_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Numbered,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.matching.draws import lists, lots, queries, words
from bermitra.matching.draws.rules import ATTRIBUTES
from bermitra.matching.models import Draw, DrawEntrant

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."


@dataclass(frozen=True)
class Thrown:
    """What was typed of the throw: how, the figures, and who watched."""

    thrown: str
    means: str
    witness_one: str
    witness_one_office: str
    witness_two: str
    witness_two_office: str


def organiser_of(draw: Draw) -> str:
    return draw.partner.name if draw.partner else f"Pemerintah {draw.regency.name}"


def _letterhead(draw: Draw) -> Letterhead:
    if draw.partner is not None:
        return Letterhead((draw.partner.name.upper(),))
    return Letterhead((f"PEMERINTAH {draw.regency.name.upper()}", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"))


def _meeting(draw: Draw) -> str:
    at = queries.meeting_moment(draw)
    if at is None or draw.meeting_on is None:
        return "tidak perlu: tempat cukup untuk semua desa"
    return f"{long_date(draw.meeting_on)} {local_time(at, zone_of(draw.regency_id))}, {words.in_public(draw.meeting_place)}"


# The list before -----------------------------------------------------------------------------------------------------


def list_paper(draw: Draw, rows: Sequence[DrawEntrant], *, key: str, now: datetime, attempt: int) -> Prepared:
    """The list as it is about to be published, rendered for ``matching.commit_draw`` under the request's key."""
    dated = lists.day_of(draw, now)
    document = list_document(draw, rows, dated=dated, attempt=attempt)
    return prepare(document, key=key, about=queries.about(draw), region=draw.regency_id, example=draw.example)


def list_document(draw: Draw, rows: Sequence[DrawEntrant], *, dated: date, attempt: int) -> Document:
    districts = queries.district_names(draw.regency_id)
    listed = [each for each in rows if each.number is not None]
    left_out = [each for each in rows if each.left_out]
    rule: tuple[Text, ...] = tuple(words.rule_lines(draw, districts))
    return Document(
        kind="draw_list",
        title=f"Daftar undian {words.in_public(draw.programme)}",
        dated=dated,
        author=organiser_of(draw),
        letterhead=_letterhead(draw),
        data={"draw": draw.code, "list": lists.list_hash(draw, rows), "attempt": attempt},
        blocks=(
            Title(("DAFTAR UNDIAN",), (), words.in_public(draw.programme).upper()),
            Facts(
                (
                    ("Penyelenggara", organiser_of(draw)),
                    ("Satu tempat", words.in_public(draw.what)),
                    ("Banyak tempat", f"{draw.seats} untuk {len(listed)} desa"),
                    ("Peluang setiap desa", _chance(draw.seats, len(listed))),
                    ("Undian program ini", f"ke-{attempt}"),
                    ("Pertemuan undian", _meeting(draw)),
                    ("Terbit", long_date(dated)),
                    ("Sidik daftar", by_eight(lists.list_hash(draw, rows))),
                )
            ),
            "Sidik daftar dihitung dari berkas daftar di halaman undian dengan SHA-256. Bila satu huruf saja berubah, "
            "sidiknya lain.",
            Heading("Aturan"),
            Numbered(rule),
            Heading("Desa dalam daftar"),
            _listed(draw, listed, districts),
            *((Heading("Desa yang tidak masuk daftar"), _left_out(draw, left_out)) if left_out else ()),
            Qr(CHECK),
        ),
    )


def _chance(seats: int, entrants: int) -> str:
    """``10 dari 36``; whole for everybody."""
    return f"{seats} dari {entrants}, sama bagi semua" if seats < entrants else "semua mendapat tempat"


def _listed(draw: Draw, listed: Sequence[DrawEntrant], districts: dict[str, str]) -> Table:
    more = [each for each in draw.quotas if each != "district" and each in ATTRIBUTES]
    columns = (
        Column("Nomor", 0.7, "right"),
        Column("Desa", 2),
        Column("Kecamatan", 2),
        *(Column(ATTRIBUTES[each].capitalize() if each == "status" else "Pernah terundi", 1.6) for each in more),
        Column("Kode", 1.7),
    )
    cells: list[tuple[Cell, ...]] = [
        (
            str(each.number),
            each.listed_name,
            each.listed_district,
            *(words.value_of(name, each.attributes[name], districts) for name in more),
            each.listed_code,
        )
        for each in listed
    ]
    return Table(columns, cells, small=True)


def _left_out(draw: Draw, rows: Sequence[DrawEntrant]) -> Table:
    cells: list[tuple[Cell, ...]] = [
        (each.listed_name, each.listed_district, words.why_left_out(each, draw)) for each in rows
    ]
    return Table((Column("Desa", 1.5), Column("Kecamatan", 1.5), Column("Alasan", 3)), cells, small=True)


# The minutes after ---------------------------------------------------------------------------------------------------


def minutes_paper(
    draw: Draw, rows: Sequence[DrawEntrant], said: Thrown, *, key: str, now: datetime, by: str
) -> Prepared:
    """The minutes of a throw, rendered for ``matching.throw_draw`` under the request's key; ``by``: who types it."""
    dated = lists.day_of(draw, now)
    document = minutes_document(draw, rows, said, dated=dated, by=by)
    return prepare(document, key=key, about=queries.about(draw), region=draw.regency_id, example=draw.example)


def minutes_document(draw: Draw, rows: Sequence[DrawEntrant], said: Thrown, *, dated: date, by: str) -> Document:
    result = lots.result_of(draw, rows, said.thrown)
    districts = queries.district_names(draw.regency_id)
    by_code = {each.listed_code: each for each in rows}
    winners = [by_code[code] for code in result.drawn.winners]
    _seats, entrants = result.drawn.chance
    others = [by_code[each.id] for each in sorted(result.drawn.lots, key=lambda lot: lot.rank) if not each.drawn]
    published = draw.committed_at.astimezone(tz(zone_of(draw.regency_id))) if draw.committed_at else None
    return Document(
        kind="draw_minutes",
        title=f"Berita acara undian {words.in_public(draw.programme)}",
        dated=dated,
        author=organiser_of(draw),
        letterhead=_letterhead(draw),
        data={
            "draw": draw.code,
            "list": draw.list_hash,
            "thrown": result.figures,
            "seed": result.seed,
            "winners": list(result.drawn.winners),
        },
        blocks=(
            Title(("BERITA ACARA UNDIAN",), (), words.in_public(draw.programme).upper()),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, telah dilempar {means} untuk membagi {seats} tempat "
                "di antara {n} desa, disaksikan {one} ({one_office}) dan {two} ({two_office}).",
                day=date_in_words(dated),
                short=f"{dated:%d-%m-%Y}",
                place=words.in_public(draw.meeting_place),
                means=said.means,
                seats=str(draw.seats),
                n=str(entrants),
                one=said.witness_one,
                one_office=said.witness_one_office,
                two=said.witness_two,
                two_office=said.witness_two_office,
            ),
            Facts(
                (
                    ("Daftar terbit", f"{long_date(published.date())}, pukul {published:%H.%M}" if published else ""),
                    ("Undian program ini", f"ke-{draw.attempt}"),
                    ("Sidik daftar", by_eight(draw.list_hash)),
                    ("Angka yang keluar", result.figures),
                    ("Benih", by_eight(result.seed)),
                    ("Sidik hasil", by_eight(result.hash)),
                )
            ),
            Heading("Desa yang mendapat tempat"),
            _in_order(winners, result),
            *_shares(draw, result, districts),
            Heading("Cara menghitung ulang"),
            Numbered(tuple(words.replay_steps(draw))),
            Signatures(
                lead=("Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini.",),
                place_and_date=(fill("{place}, {day}", place=draw.regency.name, day=long_date(dated)),),
                groups=(
                    (
                        "",
                        (
                            Slot("witness_one", ("Saksi,", said.witness_one_office), said.witness_one),
                            Slot("witness_two", ("Saksi,", said.witness_two_office), said.witness_two),
                        ),
                    ),
                    ("", (Slot("organiser", ("Penyelenggara,", organiser_of(draw)), by),)),
                ),
            ),
            Qr(CHECK),
            *(
                (Annex("DESA YANG BELUM TERUNDI, MENURUT URUTAN UNDIAN", (_in_order(others, result),)),)
                if others
                else ()
            ),
        ),
    )


def _in_order(rows: Sequence[DrawEntrant], result: lots.Result) -> Table:
    ranks = {each.id: each.rank for each in result.drawn.lots}
    cells: list[tuple[Cell, ...]] = [
        (str(ranks[each.listed_code]), str(each.number), each.listed_name, each.listed_district, each.listed_code)
        for each in rows
    ]
    columns = (
        Column("Urutan", 0.8, "right"),
        Column("Nomor", 0.8, "right"),
        Column("Desa", 2),
        Column("Kecamatan", 2),
        Column("Kode", 1.8),
    )
    return Table(columns, cells, small=True)


def _shares(draw: Draw, result: lots.Result, districts: dict[str, str]) -> tuple[Block, ...]:
    """What each group of a quota was owed and got."""
    if not result.drawn.margins:
        return ()
    cells: list[tuple[Cell, ...]] = [
        (
            f"{ATTRIBUTES[each.attribute].capitalize()}: {words.value_of(each.attribute, each.value, districts)}",
            str(each.entrants),
            decimal(Fraction(each.owed, each.of)),
            str(each.seats),
        )
        for each in result.drawn.margins
    ]
    columns = (
        Column("Kelompok", 3),
        Column("Desa", 1, "right"),
        Column("Bagian", 1, "right"),
        Column("Tempat", 1, "right"),
    )
    said = "Setiap kelompok mendapat bagiannya, dibulatkan ke bawah atau ke atas menurut undian."
    return Heading("Pembagian menurut kuota"), Paragraph(said), Table(columns, cells, small=True)


def by_eight(key: str) -> str:
    """A hash in groups of eight letters, so that it breaks at the margin."""
    return " ".join(key[start : start + 8] for start in range(0, len(key), 8))


def decimal(share: Fraction) -> str:
    """A share of seats with two decimals: ``2,67``."""
    hundredths = round(share * 100)
    return f"{hundredths // 100},{hundredths % 100:02d}"
