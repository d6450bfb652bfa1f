"""What makes a decision: the quorum, the counts, who counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bermitra.deliberation.rules.sessions import CountedInSession, quorum_met
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class DecidingFacts(CountedInSession):
    """``approving`` counts, in a consensus, those who agree with what was decided, be it a yes or a no."""

    agreed: bool
    mode: str
    present: int
    approving: int
    in_favour: int
    against: int
    abstaining: int
    consensus_share: Fraction
    vote_majority: Fraction
    held_on: date
    recorded_on: date
    opened: bool


@rule(
    "DB-10",
    says=_("Keputusan harus mufakat, atau suara setuju lebih dari {vote_majority} suara yang diberikan."),
    remedy=_("Hitung ulang suara, atau lanjutkan musyawarah sampai mufakat."),
    basis="Permendesa 2/2015; setengah lebih satu menunggu naskah 16/2019",
    status=Status.UNVERIFIED,
)
def decision_counts_add_up(f: DecidingFacts) -> bool:
    if f.mode == "consensus":
        return 0 < f.approving <= f.present and f.approving >= f.consensus_share * f.present
    cast = f.in_favour + f.against + f.abstaining
    carried = f.in_favour > f.vote_majority * cast
    return f.mode == "vote" and 0 < cast <= f.present and carried == f.agreed


@rule(
    "DB-20",
    says=_("Keputusan tidak dapat dicatat sebelum musyawarah berlangsung."),
    remedy=_("Periksa tanggal sidang; catat setelah sidang selesai."),
    basis="product",
    status=Status.PRODUCT,
)
def meeting_not_in_future(f: DecidingFacts) -> bool:
    return f.held_on <= f.recorded_on and f.opened


DECIDING: tuple[Rule, ...] = (quorum_met, decision_counts_add_up, meeting_not_in_future)
