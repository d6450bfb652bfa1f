"""What a change, a rest and a longer term of a running agreement need. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# Resting --------------------------------------------------------------------------------------------------------------
SUSPENSION_FLOW = Flow(
    "suspension",
    (
        Move("start", "proposed", "agreements.propose_suspension"),
        Move("proposed", "resting", "agreements.suspend"),
        Move("proposed", "refused", "agreements.refuse_suspension"),
        Move("resting", "over", "agreements.resume"),
    ),
)
SUSPENSION_LABELS = {
    "proposed": _("Menunggu jawaban pihak lain"),
    "resting": _("Kerja sama ditunda"),
    "refused": _("Tidak jadi ditunda"),
    "over": _("Penundaan selesai"),
}
CAUSES = {
    "force_majeure": _("Keadaan kahar"),
    "regulation": _("Perubahan peraturan"),
    "partner_finance": _("Keuangan mitra"),
    "audit": _("Pemeriksaan yang berjalan"),
    "social_conflict": _("Perselisihan di masyarakat"),
}


@dataclass(frozen=True)
class SuspensionFacts:
    """``latest``: the last day to which it may rest at most; ``frozen``: how many duties rest."""

    cause: str
    happened_on: date
    said_on: date
    notice_days: int
    until: date
    latest: date
    frozen: int


@rule(
    "AG-36",
    says=_("Penundaan harus bersebab, diberitahukan tepat waktu, dan berbatas waktu."),
    remedy=_("Pilih sebab, tulis tanggal kejadian, dan pilih hari terakhir yang lebih dekat."),
    basis="Permendagri 96/2017 ps 6(g); product: days and months",
    status=Status.SOURCED,
)
def suspension_bounded(f: SuspensionFacts) -> bool:
    in_time = 0 <= (f.said_on - f.happened_on).days <= f.notice_days
    return f.cause in CAUSES and in_time and f.said_on < f.until <= f.latest and f.frozen > 0


SUSPENDING: tuple[Rule, ...] = (suspension_bounded,)
