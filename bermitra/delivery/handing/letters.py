"""What the paper of a handing over says (Berita Acara Serah Terima). In Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from bermitra.delivery.handing import queries
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem
from bermitra.delivery.handing.rules import CONDITIONS, VERDICTS, Verdict
from bermitra.delivery.models import VILLAGE
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Numbered,
    Parties,
    Qr,
    Run,
    Signatures,
    Slot,
    Span,
    Table,
    Title,
    fill,
)
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.text import number_in_words
from bermitra.partnership.models import Case
from bermitra.registry.letters import letterhead_of

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa berita acara ini asli dan masih berlaku."
COPIES = 2  # one for each side


def handover_paper(
    handover: GoodsHandover, items: Sequence[HandoverItem], receiver: Appointment, *, key: str
) -> Prepared:
    """The paper, rendered for ``delivery.receive_handover``; ``items`` carry the answers that are about to be written."""
    document = handover_document(handover, items, receiver)
    basis = queries.basis_of(handover.case)
    return prepare(document, key=key, about=about_of(handover), region=handover.case.village_id, example=basis.example)


def handover_document(handover: GoodsHandover, items: Sequence[HandoverItem], receiver: Appointment) -> Document:
    case, words = handover.case, local_words(handover.case.village_id)
    basis, total = queries.basis_of(case), queries.worth(items)
    giver_office = office_words(handover.giver_office, case, handover.giver, words)
    receiver_office = office_words(receiver.role, case, handover.receiver, words)
    name = receiver.person.full_name
    return Document(
        kind="handover",
        title=f"Berita Acara Serah Terima Nomor {handover.number}: {basis.title}",
        dated=handover.on,
        author=side_words(case, handover.giver, words),
        letterhead=letterhead_of(case.village, words),
        data={**queries.content(handover, items), "answers": [[each.verdict, each.shortage] for each in items]},
        blocks=(
            Title(("BERITA ACARA SERAH TERIMA",), (("Nomor", handover.number),), basis.title.upper()),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, yang bertanda tangan di bawah ini:",
                day=date_in_words(handover.on), short=f"{handover.on:%d-%m-%Y}", place=handover.place,
            ),
            Parties(
                (
                    (handover.giver_name, fill("{office}, selanjutnya disebut **PIHAK YANG MENYERAHKAN**.", office=giver_office)),
                    (name, fill("{office}, selanjutnya disebut **PIHAK YANG MENERIMA**.", office=receiver_office)),
                )
            ),
            fill(
                "Berdasarkan {basis} tentang {title}, PIHAK YANG MENYERAHKAN menyerahkan dan PIHAK YANG MENERIMA menerima "
                "barang atau hasil pekerjaan berikut:",
                basis=basis.words, title=basis.title,
            ),
            _goods(items),
            fill("Nilai yang diterima seluruhnya {total} ({words}).", total=rupiah(total), words=in_words(total)),
            Heading("Keadaan dan kekurangan"),
            *_shortages(items),
            *_afterwards(handover, items),
            fill(
                "Berita acara ini dibuat dalam {figure} ({n}) rangkap, satu untuk setiap pihak.",
                n=number_in_words(COPIES), figure=COPIES,
            ),
            Facts(
                (
                    ("Diserahkan dalam sistem", _said(handover.giver_name, giver_office, handover.offered_at)),
                    ("Diterima dalam sistem", _said(name, receiver_office, clock.now())),
                )
            ),
            Signatures(
                lead=("Demikian berita acara ini dibuat dengan sebenarnya.",),
                place_and_date=(f"{handover.place}, {long_date(handover.on)}",),
                groups=(
                    (
                        "",
                        (
                            Slot("giver", ("PIHAK YANG MENYERAHKAN", f"{giver_office},"), handover.giver_name),
                            Slot("receiver", ("PIHAK YANG MENERIMA", f"{receiver_office},"), name),
                        ),
                    ),
                    (
                        "Saksi",
                        (
                            Slot("witness_one", ("Saksi pertama,",), handover.witness_one),
                            Slot("witness_two", ("Saksi kedua,",), handover.witness_two),
                        ),
                    ),
                ),
            ),
            Qr(CHECK),
        ),
    )  # fmt: skip


def office_words(role: str, case: Case, side: str, words: dict[str, str]) -> str:
    """ "Kepala Desa Pandanarum", "Penanda tangan mitra Fakultas Pertanian"."""
    if role == roles.VILLAGE_HEAD.key:
        return f"{words['head']} {case.village.name}"
    if side == VILLAGE:
        return f"{roles.BY_KEY[role].name} {case.village.name}"
    return f"{roles.BY_KEY[role].name} {side_words(case, side, words)}"


def side_words(case: Case, side: str, words: dict[str, str]) -> str:
    if side == VILLAGE:
        return f"Pemerintah {words['village']} {case.village.name}"
    return case.partner.name if case.partner is not None else ""


def _goods(items: Sequence[HandoverItem]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            str(each.number),
            fill("**{name}**{more}", name=each.name, more="".join(f"; {said}" for said in (each.make, each.item_code) if said)),
            each.measure,
            rupiah(each.value),
            CONDITIONS[each.condition],
            "; ".join(said for said in (each.place, each.proof) if said) or "–",
            "ya" if each.for_village else "tidak",
            VERDICTS[each.verdict],
        )
        for each in items
    ]  # fmt: skip
    stated = sum(each.value for each in items)
    return Table(
        (
            Column("No.", 0.45, "center"), Column("Barang, merek, kode", 2.1), Column("Jumlah", 0.9),
            Column("Nilai", 1.3, "right"), Column("Keadaan", 0.9), Column("Tempat, bukti milik", 1.6),
            Column("Aset desa", 0.7, "center"), Column("Penerimaan", 1.2),
        ),
        rows,
        foot=((Span("Jumlah menurut daftar", 3), rupiah(stated), Span("", 4)),),
        small=True,
    )  # fmt: skip


def _shortages(items: Sequence[HandoverItem]) -> list[Numbered | str]:
    short = [each for each in items if each.verdict != Verdict.RECEIVED]
    if not short:
        return ["Semua barang diterima lengkap dan sesuai dengan daftar."]
    lines = tuple(f"Nomor {each.number}, {each.name}: {_lower(queries.verdict_words(each))}." for each in short)
    rest = ["Barang lainnya diterima lengkap dan sesuai dengan daftar."] if len(short) < len(items) else []
    return [Numbered(lines), *rest]


def _lower(said: str) -> str:
    return (said[:1].lower() + said[1:]).rstrip(" .")


def _afterwards(handover: GoodsHandover, items: Sequence[HandoverItem]) -> list[tuple[Run, ...]]:
    """What happens with what became the village's, and who keeps it all up."""
    said = []
    if any(each.for_village and each.came for each in items):
        days = int(standing(handover.case.village_id).numbers["asset_record_days"])
        said.append(
            fill(
                "Barang yang menjadi aset Desa dicatat dalam inventaris paling lambat {days} ({words}) hari sejak diterima.",
                days=days, words=number_in_words(days),
            )
        )  # fmt: skip
    if handover.keeper:
        said.append(fill("Pemeliharaan menjadi tanggung jawab {keeper}.", keeper=handover.keeper))
    return said


def _said(name: str, office: str, at: datetime | None) -> str:
    return f"{name}, {office}, {long_date(localdate(at))}" if at else name
