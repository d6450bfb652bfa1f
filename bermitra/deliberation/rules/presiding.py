"""Who presides next, and who carries on as chair of the BPD what was decided about a partner."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class NextChairFacts:
    """``present``: takes part in this session. ``tied``: has an interest in a partner that is still to be decided on."""

    present: bool
    tied: bool


@rule(
    "DB-66",
    says=_("Pimpinan berikutnya harus hadir sebagai peserta dan tidak berkepentingan pada mitra."),
    remedy=_("Pilih nama lain dari daftar hadir sidang ini."),
    basis="product; UU 6/2014 ps 64",
    status=Status.PRODUCT,
)
def next_chair_takes_part(f: NextChairFacts) -> bool:
    return f.present and not f.tied


@dataclass(frozen=True)
class ActorFacts:
    """``tied``: who acts has an interest in a partner that the meeting decided on, by the name of his account."""

    tied: bool


@rule(
    "DB-67",
    says=_("Yang berkepentingan pada mitra tidak bertindak sebagai Ketua BPD dalam musyawarah ini."),
    remedy=_("Minta wakil ketua diberi mandat sebagai pelaksana tugas Ketua BPD, lalu ia melanjutkan."),
    basis="product; UU 6/2014 ps 64",
    status=Status.PRODUCT,
)
def chair_has_no_interest(f: ActorFacts) -> bool:
    return not f.tied


HANDING: tuple[Rule, ...] = (next_chair_takes_part,)
AS_CHAIR: tuple[Rule, ...] = (chair_has_no_interest,)
