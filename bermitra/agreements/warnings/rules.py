"""What a written warning needs. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.agreements.rules import OTHER
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

NOTICE = "notice"  # the rung on which the other side is heard

WARNING_FLOW = Flow(
    "warning",
    (
        Move("start", "drafted", "agreements.draft_warning"),
        Move("start", "drafted", "agreements.follow_warning"),
        Move("drafted", "drafted", "agreements.word_warning"),
        Move("drafted", "sent", "agreements.send_warning"),
        Move("drafted", "dropped", "agreements.withdraw_warning"),
        Move("sent", "sent", "agreements.hand_warning"),
        Move("sent", "sent", "agreements.answer_warning"),
        Move("sent", "claimed", "agreements.claim_cure"),
        Move("claimed", "sent", "agreements.refuse_cure"),
        Move("sent", "cured", "agreements.accept_cure"),
        Move("claimed", "cured", "agreements.accept_cure"),
        Move("sent", "withdrawn", "agreements.withdraw_warning"),
        Move("claimed", "withdrawn", "agreements.withdraw_warning"),
        Move("sent", "followed", "agreements.send_warning"),
    ),
)
LIVING = ("drafted", "sent", "claimed")
WARNING_LABELS = {  # what it is, and who is awaited
    "drafted": (_("Draf, belum dikirim"), _("Menunggu penanda tangan memeriksa dan mengirimnya.")),
    "sent": (_("Menunggu perbaikan"), _("Menunggu pihak yang diperingatkan menjawab dan memperbaiki.")),
    "claimed": (_("Dinyatakan sudah diperbaiki"), _("Menunggu pihak pengirim menilai perbaikan itu.")),
    "cured": (_("Sudah diperbaiki"), _("Peringatan ini gugur karena sudah diperbaiki.")),
    "followed": (_("Dilanjutkan"), _("Tahap berikutnya sudah dikirim.")),
    "withdrawn": (_("Ditarik"), _("Peringatan ini ditarik oleh pengirimnya.")),
    "dropped": (_("Tidak jadi dikirim"), _("Draf ini tidak jadi dikirim.")),
}
ANSWERS = {
    "explains": _("Menjelaskan"),
    "admits": _("Mengakui"),
    "contests": _("Membantah"),
}
SAID = {**ANSWERS, "handed": _("Menyerahkan surat"), "cured": _("Menyatakan sudah diperbaiki"), "accepted": _("Menerima perbaikan"),
        "refused": _("Belum menerima perbaikan"), "withdrawn": _("Menarik peringatan")}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What one side writes in a warning: what happened and when, what must be done within how many days, and what a panel
    found."""

    facts: str
    happened_on: date
    wanted: str
    days: int
    panel_minutes: str = ""
    panel_on: date | None = None


@dataclass(frozen=True)
class Point:
    """One thing that a warning is about: whose it is, whether it still binds, and whether it is late (a limit never is:
    it is broken as described)."""

    party: str
    number: int  # of the duty; 0 for a limit
    holds: bool
    late: bool

    @property
    def is_limit(self) -> bool:
        return self.number == 0


@dataclass(frozen=True)
class PointFacts:
    """``resting``: numbers of the duties that rest, or for which force majeure was reported and not answered yet."""

    by_party: str
    points: tuple[Point, ...]
    resting: frozenset[int]


@rule(
    "AG-67",
    says=_("Peringatan harus menyebut kewajiban pihak lain yang terlambat, atau batasan yang dilanggar."),
    remedy=_("Pilih kewajiban pihak lain yang lewat tenggatnya, atau batasan yang masih berlaku."),
    basis="product: the agreement's clause on sanctions",
    status=Status.PRODUCT,
)
def warned_for_what_is_due(f: PointFacts) -> bool:
    theirs = all(each.party == OTHER[f.by_party] for each in f.points if not each.is_limit)
    return bool(f.points) and theirs and all(each.holds and (each.late or each.is_limit) for each in f.points)


@rule(
    "AG-68",
    says=_("Kewajiban yang sedang ditunda atau terhalang keadaan kahar tidak diperingatkan."),
    remedy=_("Jawab usul penundaannya dahulu, atau tunggu sampai kewajiban itu berjalan lagi."),
    basis="product: the agreement's clauses on sanctions and force majeure",
    status=Status.PRODUCT,
)
def not_while_it_rests(f: PointFacts) -> bool:
    return not any(each.number in f.resting for each in f.points if not each.is_limit)


WARNABLE: tuple[Rule, ...] = (warned_for_what_is_due, not_while_it_rests)


@dataclass(frozen=True)
class OrderFacts:
    """``ladder``: rungs of the agreement in their order; ``previous``: the rung before this one, "" for none;
    ``others``: living warnings about the same matter that this one does not follow."""

    ladder: tuple[str, ...]
    rung: str
    previous: str
    previous_state: str
    previous_cure_by: date | None
    previous_answered: bool
    others: int
    today: date


@rule(
    "AG-69",
    says=_("Tahap peringatan berurutan menurut perjanjian, dan waktu perbaikan sebelumnya sudah lewat."),
    remedy=_("Tunggu waktu perbaikan berakhir, atau lanjutkan peringatan yang sedang berjalan."),
    basis="product: the agreement's clause on sanctions, a ladder of our own where it is silent",
    status=Status.PRODUCT,
)
def rungs_in_order(f: OrderFacts) -> bool:
    if f.others or f.rung not in f.ladder:
        return False
    if not f.previous:
        return f.rung == f.ladder[0]
    if f.previous not in f.ladder or f.ladder.index(f.rung) != f.ladder.index(f.previous) + 1:
        return False
    heard = f.previous == NOTICE and f.previous_answered
    over = f.previous_cure_by is not None and f.today > f.previous_cure_by
    return f.previous_state == "sent" and (heard or over)


@dataclass(frozen=True)
class CureFacts:
    days: int
    agreed_days: int


@rule(
    "AG-70",
    says=_("Waktu perbaikan tidak boleh lebih pendek daripada yang diperjanjikan."),
    remedy=_("Tulis jumlah hari yang sama atau lebih panjang daripada isi pasal sanksi."),
    basis="product: the agreement's clause on sanctions, days of our own where it is silent",
    status=Status.PRODUCT,
)
def cure_time_as_agreed(f: CureFacts) -> bool:
    return f.days >= f.agreed_days


@dataclass(frozen=True)
class HeardFacts:
    """Whether the other side contested what it was told of, and whether the text leaves the finding to a panel."""

    contested: bool
    by_panel: bool
    panel_minutes: str
    panel_on: date | None
    today: date


@rule(
    "AG-71",
    says=_("Pelanggaran yang dibantah diperingatkan setelah panel menyatakannya terbukti."),
    remedy=_("Minta panel memeriksa, lalu tulis nomor dan tanggal berita acaranya."),
    basis="product: the agreement's clause on sanctions",
    status=Status.PRODUCT,
)
def contested_breach_was_found(f: HeardFacts) -> bool:
    found = bool(f.panel_minutes) and f.panel_on is not None and f.panel_on <= f.today
    return found or not (f.contested and f.by_panel)


@dataclass(frozen=True)
class HandedFacts:
    sent_on: date
    handed_on: date
    today: date


@rule(
    "AG-90",
    says=_("Surat diserahkan paling awal pada hari dikirim dan paling akhir hari ini."),
    remedy=_("Tulis tanggal pada tanda terima surat."),
    basis="product",
    status=Status.PRODUCT,
)
def handed_between_sending_and_today(f: HandedFacts) -> bool:
    return f.sent_on <= f.handed_on <= f.today


@dataclass(frozen=True)
class ReceiptFacts:
    """Of the letter before: whether its days count from its receipt, and whether that is known. Who answered has it."""

    from_receipt: bool
    received: bool


@rule(
    "AG-91",
    says=_("Hari penyerahan surat sebelumnya dicatat, bila perjanjian menghitung waktunya sejak surat diterima."),
    remedy=_("Catat kapan dan kepada siapa surat sebelumnya diserahkan."),
    basis="product: the agreement's clause on sanctions",
    status=Status.PRODUCT,
)
def receipt_known_where_it_counts(f: ReceiptFacts) -> bool:
    return f.received or not f.from_receipt


HANDED: tuple[Rule, ...] = (handed_between_sending_and_today,)
RECEIPT: tuple[Rule, ...] = (receipt_known_where_it_counts,)
SENDING: tuple[Rule, ...] = (rungs_in_order,)
CURING: tuple[Rule, ...] = (cure_time_as_agreed,)
FOUND: tuple[Rule, ...] = (contested_breach_was_found,)


@dataclass(frozen=True)
class PartFacts:
    """``belongs_to``: the side whose act this is."""

    party: str
    belongs_to: str


@rule(
    "AG-72",
    says=_("Peringatan dijawab oleh pihak yang diperingatkan dan dinilai oleh pengirimnya."),
    remedy=_("Minta pihak yang diperingatkan menjawab, atau pengirimnya menilai."),
    basis="product",
    status=Status.PRODUCT,
)
def own_part_in_a_warning(f: PartFacts) -> bool:
    return f.party == f.belongs_to


OWN_PART: tuple[Rule, ...] = (own_part_in_a_warning,)
