"""When goods may be handed over, who receives them, and what must be said of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

MOST_ROWS = 200  # of one handover: what people still count together on a day
HANDED_IN = ("pelaksanaan", "pelaporan", "berakhir")  # phases of a partnership in which something may pass over
GIVERS = {"one": _("Desa kepada mitra"), "two": _("Mitra kepada desa")}
CONDITIONS = {"good": _("Baik"), "light_damage": _("Rusak ringan"), "heavy_damage": _("Rusak berat")}


class Verdict(StrEnum):
    """What the receiving side says of a row."""

    RECEIVED = "received"
    SHORT = "short"
    NOT_RECEIVED = "not_received"


VERDICTS: dict[str, str] = {
    Verdict.RECEIVED: _("Diterima"),
    Verdict.SHORT: _("Diterima dengan kekurangan"),
    Verdict.NOT_RECEIVED: _("Tidak diterima"),
}

HANDOVER_FLOW = Flow(
    "goods_handover",
    (
        Move("start", "draft", "delivery.draft_handover"),
        Move("draft", "draft", "delivery.set_handover"),
        Move("draft", "draft", "delivery.set_handover_item"),
        Move("draft", "draft", "delivery.drop_handover_item"),
        Move("draft", "draft", "delivery.import_handover_items"),
        Move("draft", "offered", "delivery.offer_handover"),
        Move("offered", "draft", "delivery.return_handover"),
        Move("offered", "received", "delivery.receive_handover"),
        Move("received", "received", "delivery.record_in_inventory"),
        Move("draft", "withdrawn", "delivery.withdraw_handover"),
        Move("offered", "withdrawn", "delivery.withdraw_handover"),
    ),
)
HANDOVER_LABELS: dict[str, Label] = {
    "draft": Label(
        _("Disiapkan"), _("Draf serah terima"), _("Menunggu pihak yang menyerahkan melengkapi daftarnya."), "A15"
    ),
    "offered": Label(
        _("Diperiksa penerima"), _("Menunggu penerima"), _("Menunggu pihak lain memeriksa setiap barang."), "A15"
    ),
    "received": Label(_("Diserahterimakan"), _("Diterima"), _("Tidak ada yang ditunggu."), "A15"),
    "withdrawn": Label(_("Dibatalkan"), _("Dibatalkan"), _("Tidak ada yang ditunggu."), "A15"),
}  # fmt: skip


@dataclass(frozen=True)
class HandingFacts:
    phase: str
    given_up: bool
    has_partner: bool


@rule(
    "DV-34",
    says=_("Serah terima dicatat setelah perjanjiannya berlaku."),
    remedy=_("Berlakukan perjanjiannya, atau sahkan perjanjian yang sudah berjalan."),
    basis="product",
    status=Status.PRODUCT,
)
def agreement_holds_first(f: HandingFacts) -> bool:
    return f.phase in HANDED_IN and not f.given_up and f.has_partner


@dataclass(frozen=True)
class GiverFacts:
    """``…_side`` is ``one`` for the village, ``two`` for the partner."""

    side: str
    giving_side: str


@rule(
    "DV-35",
    says=_("Daftar barang ditulis pihak yang menyerahkan."),
    remedy=_("Minta pihak yang menyerahkan memperbaiki daftarnya."),
    basis="product",
    status=Status.PRODUCT,
)
def written_by_who_gives(f: GiverFacts) -> bool:
    return f.side == f.giving_side


@dataclass(frozen=True)
class OfferingFacts:
    """``assets`` counts the rows that become the village's."""

    rows: int
    assets: int
    keeper: str
    witnesses: tuple[str, str]  # their keys, in which spelling does not count


@rule(
    "DV-36",
    says=_("Serah terima memuat 1 sampai 200 barang, pengelola aset desa, dan dua saksi yang berbeda."),
    remedy=_("Lengkapi daftar barang, pengelola, dan nama kedua saksi."),
    basis="product; praktik berita acara serah terima",
    status=Status.PRODUCT,
)
def handed_over_whole(f: OfferingFacts) -> bool:
    first, second = f.witnesses
    return 0 < f.rows <= MOST_ROWS and (f.assets == 0 or f.keeper != "") and "" not in f.witnesses and first != second


@dataclass(frozen=True)
class OtherSideFacts:
    """``given_by`` are those who wrote the list and handed over."""

    side: str
    giving_side: str
    received_by: str
    given_by: frozenset[str]


@rule(
    "DV-37",
    says=_("Barang diterima pihak lain, bukan pihak yang menyerahkan."),
    remedy=_("Minta petugas pihak penerima memeriksa dan menerimanya."),
    basis="product",
    status=Status.PRODUCT,
)
def received_by_the_other_side(f: OtherSideFacts) -> bool:
    return f.side != f.giving_side and f.received_by not in f.given_by


@dataclass(frozen=True)
class ReceivingFacts:
    """``seen`` is the hash of what the page showed, ``now`` that of the list as it stands."""

    seen: str
    now: str
    answers: tuple[tuple[str, str], ...]  # of each row: the verdict, and what was said of it
    rows: int


@rule(
    "DV-38",
    says=_("Daftar yang diterima harus sama dengan yang Anda baca."),
    remedy=_("Daftarnya sudah berubah: baca yang terbaru, lalu kirim lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def received_as_read(f: ReceivingFacts) -> bool:
    return f.now != "" and f.seen == f.now


@rule(
    "DV-39",
    says=_("Setiap barang harus dijawab, dan setiap kekurangan disebutkan."),
    remedy=_("Lengkapi jawaban setiap barang. Bila tidak ada yang diterima, kembalikan daftarnya."),
    basis="product; praktik berita acara serah terima",
    status=Status.PRODUCT,
)
def every_row_answered(f: ReceivingFacts) -> bool:
    whole = all(verdict in VERDICTS and (verdict == Verdict.RECEIVED or said) for verdict, said in f.answers)
    came = any(verdict != Verdict.NOT_RECEIVED for verdict, _said in f.answers)
    return len(f.answers) == f.rows and whole and came


@dataclass(frozen=True)
class BookingFacts:
    """Of goods that the book of money names with a handover: their value there, and what was received by the paper."""

    received_here: bool
    booked: int
    amount: int
    received: int


@rule(
    "DV-40",
    says=_("Nilai barang di buku uang tidak melebihi nilai yang diterima menurut berita acaranya."),
    remedy=_("Periksa nilainya, atau pilih berita acara serah terima yang sesuai."),
    basis="product",
    status=Status.PRODUCT,
)
def booked_once(f: BookingFacts) -> bool:
    return f.received_here and f.booked + f.amount <= f.received


@dataclass(frozen=True)
class InventoryFacts:
    """``waiting`` counts what became the village's and stands in no inventory yet."""

    waiting: int
    due_on: date
    today: date
    asset_record_days: int


@rule(
    "DV-41",
    says=_("Barang yang menjadi aset desa dicatat dalam inventaris paling lambat {asset_record_days} hari."),
    remedy=_("Sekretaris Desa mencatatnya dengan nomor inventaris."),
    basis="Permendagri 1/2016",
    status=Status.UNVERIFIED,
    severity=Severity.WARN,
)
def in_inventory_in_time(f: InventoryFacts) -> bool:
    return f.waiting == 0 or f.today <= f.due_on


@dataclass(frozen=True)
class RowFacts:
    in_list: bool


@rule(
    "DV-42",
    says=_("Baris yang diubah atau dihapus harus masih ada dalam daftar."),
    remedy=_("Baris ini sudah dihapus orang lain. Buka daftarnya, lalu tambahkan lagi bila perlu."),
    basis="product",
    status=Status.PRODUCT,
)
def row_still_in_list(f: RowFacts) -> bool:
    return f.in_list


HANDING: tuple[Rule, ...] = (agreement_holds_first,)
WRITING: tuple[Rule, ...] = (written_by_who_gives,)
EDITING: tuple[Rule, ...] = (row_still_in_list,)
OFFERING: tuple[Rule, ...] = (handed_over_whole,)
OTHER_SIDE: tuple[Rule, ...] = (received_by_the_other_side,)
RECEIVING: tuple[Rule, ...] = (received_as_read, every_row_answered)
BOOKING: tuple[Rule, ...] = (booked_once,)
INVENTORY: tuple[Rule, ...] = (in_inventory_in_time,)


_COMMAS = str.maketrans(",.", ".,")


def measured(quantity: Decimal, unit: str) -> str:
    """How much of it, as it is written here: ``1.250,5 m²``."""
    plain = f"{quantity:,.2f}".rstrip("0").rstrip(".")
    return f"{plain.translate(_COMMAS)} {unit}"


def inventory_due(received_on: date, days: int) -> date:
    """The last day on which what became the village's is recorded."""
    return received_on + timedelta(days=days)
