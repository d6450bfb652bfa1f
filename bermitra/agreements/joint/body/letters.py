"""The decrees on its board, and the statement of a village that joins or leaves.

Papers are Indonesian whatever language the reader has chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointMembership
from bermitra.agreements.joint.body.rules import OFFICES, Seated
from bermitra.agreements.joint.letters import BASIS
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import newest_version, parties_of
from bermitra.agreements.joint.text import joined
from bermitra.agreements.text import money
from bermitra.deliberation.inter_village.letters import letterhead_of, signed_by_head
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    Copies,
    Document,
    Facts,
    Numbered,
    Paragraph,
    Qr,
    Recital,
    Signatures,
    Slot,
    Table,
    Title,
    fill,
)
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.regions.models import Region
from bermitra.registry.letters import head_slot

STATEMENT_FIELD = "village_head"  # where its head signs what a village states
CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa pernyataan ini asli."
TITLES = {"join": "SURAT PERNYATAAN BERGABUNG", "leave": "SURAT PERNYATAAN MENARIK DIRI"}


def statement_data(membership: JointMembership, *, number: str, dated: date) -> dict[str, Any]:
    """What the paper states, in a fixed form."""
    own = queries.decisions(membership).get(membership.village_id)
    return {
        "membership": membership.code,
        "village": membership.village_id,
        "kind": membership.kind,
        "text_hash": membership.text_hash,
        "number": number,
        "dated": dated.isoformat(),
        "minutes": own.minutes_number if own is not None else "",
    }


def statement_paper(membership: JointMembership, *, key: str, number: str, dated: date) -> Prepared:
    """Rendered for ``agreements.state_joint_member`` under the key of the request."""
    return prepare(
        statement(membership, number=number, dated=dated),
        key=key,
        about=about_of(membership),
        region=membership.village_id,
        example=membership.regulation.example,
        to_sign=(STATEMENT_FIELD,),
    )


def _numbered(regulation: JointRegulation) -> str:
    numbers = joined([str(each.number) for each in parties_of(regulation) if each.number is not None])
    return f"Nomor {numbers} Tahun {regulation.made_on.year}" if regulation.made_on else f"Nomor {numbers}"


def statement(membership: JointMembership, *, number: str, dated: date) -> Document:
    words, regulation = local_words(membership.village_id), membership.regulation
    village = f"{words['village']} {membership.village.name}"
    own = queries.decisions(membership).get(membership.village_id)
    joins = membership.kind == JointMembership.Kind.JOIN
    district = membership.village.parent.name if membership.village.parent else ""
    told = [f"{words['head']} {each.name}" for each in queries.members(regulation) if each.pk != membership.village_id]
    held = (
        f"Berita Acara Nomor {own.minutes_number} tanggal {long_date(own.minutes_on or own.held_on)}"
        if own
        else "…………………"
    )
    duties = (
        f"terikat pada Peraturan Bersama {_numbered(regulation)} tentang {regulation.title};",
        f"membayar iuran {money(membership.dues)} setiap tahun ke rekening atas nama BKAD;",
        f"menganggarkan iuran itu dalam APB Desa dan menjaga aset bersama di wilayah {village}.",
    )
    settled = (
        f"menarik diri dari Peraturan Bersama {_numbered(regulation)} tentang {regulation.title};",
        "menyelesaikan iuran dan kewajiban yang sudah jatuh tempo sebelum keluar;",
        "tidak menghentikan layanan bagi desa lain dengan penarikan diri ini.",
    )
    return Document(
        kind="joint_statement",
        title=f"{TITLES[membership.kind].capitalize()}: {village}, {regulation.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(membership.village, words),
        data=statement_data(membership, number=number, dated=dated),
        blocks=(
            Title((TITLES[membership.kind],), (("", f"NOMOR {number}"),), ""),
            fill(
                "Berdasarkan keputusan {meeting} {village} ({held}), {head} {name} menyatakan bahwa {village}:",
                meeting=words["meeting"],
                village=village,
                held=held,
                head=words["head"],
                name=membership.village.name,
            ),
            Numbered(duties if joins else settled),
            fill("Alasan: {reason}", reason=membership.reason),
            Facts((("Sidik naskah yang dimusyawarahkan", membership.text_hash[:16]),)),
            signed_by_head(membership.village, words, dated),
            Copies((*told, f"{words['council']} {membership.village.name}", f"Camat {district}")),
            Qr(CHECK),
        ),
    )


# Decrees on the board ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Change:
    """Who left which seat, who came, and why; ``before`` is empty where a village that joins gets a seat of its own."""

    before: str
    after: str
    office: str
    village: str
    reason: str


@dataclass(frozen=True)
class Decree:
    """What the heads decide together on the board. ``change``: nothing in the first one."""

    number: str
    dated: date
    bank: str
    account_name: str
    seats: tuple[Seated, ...]
    change: Change | None = None


def field_of(village: str) -> str:
    """Where the head of a village signs a decree."""
    return f"head_{village.replace('.', '')}"


def changed(
    body: JointBody, seat: JointBodySeat, name: str, sex: str, reason: str, *, number: str, dated: date
) -> Decree:
    """The decree on the board once somebody else has taken this seat."""
    board = tuple(queries.after(seat, name, sex))
    change = Change(seat.name, name, seat.office, seat.village_id, reason)
    return Decree(number, dated, body.bank, body.account_name, board, change)


def filled_by(seat: JointBodySeat, name: str, sex: str, village: str, *, number: str, dated: date) -> Decree:
    """The decree on the board once the office that this seat left vacant is held again."""
    board, body = tuple(queries.filled(seat, name, sex, village)), seat.body
    change = Change(seat.name, name, seat.office, village, seat.ended_because)
    return Decree(number, dated, body.bank, body.account_name, board, change)


def joined_by(body: JointBody, membership: JointMembership, name: str, sex: str, *, number: str, dated: date) -> Decree:
    """The decree on the board once this village, which joins, sits in it as well."""
    village = membership.village_id
    change = Change("", name, "member", village, membership.reason)
    board = tuple(queries.with_newcomer(body, village, name, sex))
    return Decree(number, dated, body.bank, body.account_name, board, change)


def decree_data(regulation: JointRegulation, decree: Decree) -> dict[str, Any]:
    """What the decree decides, in a fixed form, with the heads who are to sign it."""
    slots = _heads(regulation, decree)
    return {
        **asdict(decree),
        "dated": decree.dated.isoformat(),
        "regulation": regulation.code,
        "heads": {each: slot.name for each, slot in slots.items()},
    }


def decree_paper(regulation: JointRegulation, decree: Decree, *, key: str) -> Prepared:
    """Rendered for the doors that form the body, hand a seat over or take a village in, under the key of the request."""
    return prepare(
        decree_document(regulation, decree),
        key=key,
        about=about_of(regulation),
        region=regulation.village_id,
        example=regulation.example,
        to_sign=[field_of(each.pk) for each in _deciding(regulation, decree)],
    )


def _deciding(regulation: JointRegulation, decree: Decree) -> list[Region]:
    """The villages whose heads decide: those inside, and one that comes in with this decree."""
    inside = queries.members(regulation)
    if decree.change is None or decree.change.village in {each.pk for each in inside}:
        return inside
    return [*inside, Region.objects.select_related("parent").get(pk=decree.change.village)]


def _heads(regulation: JointRegulation, decree: Decree) -> dict[str, Slot]:
    return {
        each.pk: head_slot(each, local_words(each.pk), decree.dated, field=field_of(each.pk))
        for each in _deciding(regulation, decree)
    }


def decree_document(regulation: JointRegulation, decree: Decree) -> Document:
    words, villages = local_words(regulation.village_id), _deciding(regulation, decree)
    name, slots = queries.name_of_body(regulation), list(_heads(regulation, decree).values())
    heads = joined([f"{words['head']} {each.name}".upper() for each in villages], "DAN")
    about = f"{'PERUBAHAN' if decree.change else 'PENETAPAN'} PENGURUS BADAN KERJA SAMA ANTAR-DESA {name.upper()}"
    if len(slots) not in (2, 4):  # three abreast leave no room beside a signature
        slots = [replace(each, seal="") for each in slots]
    of_it = (
        f"Keputusan Bersama {words['head']} {joined([each.name for each in villages])}",
        f"Nomor {decree.number}",
    )
    district = villages[0].parent.name if villages[0].parent else ""
    return Document(
        kind=queries.DECREE,
        title=f"Keputusan Bersama: {about.capitalize().replace(name.lower(), name)}",
        dated=decree.dated,
        author=joined([f"Pemerintah {words['village']} {each.name}" for each in villages]),
        plain=True,
        data=decree_data(regulation, decree),
        blocks=(
            Title(("KEPUTUSAN BERSAMA", heads), (("NOMOR", decree.number),), about),
            Recital("Menimbang", _why(regulation, decree, words, villages)),
            Recital(
                "Mengingat",
                (*BASIS, f"Peraturan Bersama {_numbered(regulation)} tentang {regulation.title};"),
                "number",
            ),
            Paragraph("MEMUTUSKAN:", align="center", keep=True),
            Recital("Menetapkan", (f"KEPUTUSAN BERSAMA {heads} TENTANG {about}.",), None),
            Facts(_decided(regulation, decree, name, villages)),
            Signatures(
                place_and_date=(f"Ditetapkan di {villages[0].name}", f"pada tanggal {long_date(decree.dated)}"),
                groups=(("", tuple(slots)),),
            ),
            Copies((*(f"{words['council']} {each.name}" for each in villages), f"Camat {district}")),
            Qr("Arahkan kamera ke kotak ini untuk memeriksa bahwa keputusan ini asli dan masih berlaku."),
            Annex(
                f"PENGURUS DAN TUGAS BADAN KERJA SAMA ANTAR-DESA {name.upper()}",
                (_board(decree, villages), *_tasks(regulation)),
                lines=of_it,
            ),
        ),
    )


def _why(regulation: JointRegulation, decree: Decree, words: dict[str, str], villages: list[Region]) -> tuple[str, ...]:
    carried = f"bahwa Peraturan Bersama tentang {regulation.title} dilaksanakan oleh Badan Kerja Sama antar-Desa;"
    if decree.change is None:
        return (
            carried,
            "bahwa pengurusnya berasal dari setiap desa peserta dengan memperhatikan keadilan gender;",
            f"bahwa pengurus itu perlu ditetapkan dengan Keputusan Bersama {words['head']};",
        )
    left, office = decree.change, OFFICES[decree.change.office].lower()
    because = f"bahwa {left.before} digantikan sebagai {office}, karena: {left.reason.rstrip(' .')};"
    if not left.before:
        because = f"bahwa {words['village']} {_named(villages, left.village)} bergabung dan diwakili dalam pengurusnya;"
    return (
        carried,
        because,
        f"bahwa susunan pengurus yang berubah perlu ditetapkan dengan Keputusan Bersama {words['head']};",
    )


def _named(villages: list[Region], code: str) -> str:
    return next(each.name for each in villages if each.pk == code)


def _decided(
    regulation: JointRegulation, decree: Decree, name: str, villages: list[Region]
) -> tuple[tuple[str, str], ...]:
    until = queries.term_of(regulation, decree.dated)
    body: JointBody | None = getattr(regulation, "body", None)
    first = f"Pengurus BKAD {name} ditetapkan seperti dalam Lampiran."
    if decree.change is not None and body is not None:
        until, came = body.until, decree.change
        changed = f"{came.after} menggantikan {came.before}"
        if not came.before:
            changed = f"{came.after} dari {_named(villages, came.village)} duduk sebagai {OFFICES[came.office].lower()}"
        first = (
            f"Pengurus BKAD {name} yang ditetapkan dengan Keputusan Bersama Nomor {body.decree_number} diubah: "
            f"{changed}. Susunan seluruhnya seperti dalam Lampiran."
        )
    said = (
        first,
        "Pengurus menjalankan tugas yang ditulis dalam Peraturan Bersama dan dikutip dalam Lampiran.",
        f"Masa bakti pengurus berakhir tanggal {long_date(until)}.",
        f"Uang BKAD disimpan pada {decree.bank} dalam rekening atas nama {decree.account_name}.",
        "Keputusan ini berlaku setelah ditandatangani setiap Kepala Desa.",
    )
    return tuple(zip(("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA"), said, strict=True))


def _board(decree: Decree, villages: list[Region]) -> Table:
    order, names = list(OFFICES), {each.pk: each.name for each in villages}
    seats = sorted(decree.seats, key=lambda each: order.index(each.office))
    rows: list[tuple[Cell, ...]] = [
        (
            str(at),
            each.name,
            "Perempuan" if each.sex == "P" else "Laki-laki",
            names.get(each.village, ""),
            str(OFFICES[each.office]),
        )
        for at, each in enumerate(seats, 1)
    ]
    return Table(
        (
            Column("No", 0.4, "center"),
            Column("Nama", 2.4),
            Column("Jenis kelamin", 1.3),
            Column("Desa", 1.6),
            Column("Jabatan", 1.3),
        ),
        rows,
    )


def _tasks(regulation: JointRegulation) -> list[Block]:
    """As the signed text words them."""
    chapters = newest_version(regulation).chapters
    body: list[dict[str, Any]] = next(
        (each["body"] for of in chapters for each in of["articles"] if each["code"] == "tugas_bkad"), []
    )
    blocks: list[Block] = []
    for part in body:
        blocks.append(Paragraph(part["text"], keep=bool(part["sub"])))
        if part["sub"]:
            blocks.append(Numbered(tuple(part["sub"])))
    return blocks
