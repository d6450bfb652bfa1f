"""Two acts by one person inside the same matter: which are forbidden, and which are only shown. Each stage's rules refuse;
here stands, in one table, what they refuse, so that a person is told when an office is given and not only at the act."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.text import _


class Verdict(StrEnum):
    FORBIDDEN = "forbidden"
    SHOWN = "shown"


@dataclass(frozen=True)
class Pair:
    """``first`` and ``second`` are doors; who has opened the one may not open the other in the same matter."""

    first: str
    second: str
    verdict: Verdict
    says: str


PAIRS: tuple[Pair, ...] = (
    Pair("selection.draft_call", "selection.score", Verdict.FORBIDDEN, _("Penyusun KAK tidak menilai usulan.")),
    Pair(
        "selection.score",
        "selection.propose_candidate",
        Verdict.FORBIDDEN,
        _("Penilai tidak mengusulkan calon dalam perkara yang sama."),
    ),
    Pair(
        "selection.score",
        "agreements.sign",
        Verdict.FORBIDDEN,
        _("Penilai tidak menandatangani perjanjian perkara itu."),
    ),
    Pair(
        "selection.score",
        "agreements.register_certified_signature",
        Verdict.FORBIDDEN,
        _("Penilai tidak menandatangani perjanjian perkara itu."),
    ),
    Pair(
        "selection.draft_call",
        "agreements.sign",
        Verdict.SHOWN,
        _("Kepala Desa boleh menyusun dan menandatangani, tetapi tidak menilai."),
    ),
    Pair(
        "registry.answer_verification",
        "registry.conclude_verification",
        Verdict.FORBIDDEN,
        _("Mitra tidak menutup uji tuntasnya sendiri."),
    ),
    Pair(
        "delivery.propose_entry",
        "delivery.confirm_entry",
        Verdict.FORBIDDEN,
        _("Pencatat uang tidak menyetujui catatannya."),
    ),
    Pair(
        "delivery.submit_evidence",
        "delivery.verify_evidence",
        Verdict.FORBIDDEN,
        _("Pelaksana tidak memeriksa buktinya sendiri."),
    ),
    Pair(
        "monitoring.record_value",
        "monitoring.approve_value",
        Verdict.FORBIDDEN,
        _("Pengukur tidak menyetujui nilainya sendiri."),
    ),
    Pair(
        "agreements.upload_wet_signatures",
        "agreements.confirm_wet_signatures",
        Verdict.FORBIDDEN,
        _("Pengunggah pindaian tidak mengesahkannya."),
    ),
    Pair(
        "accounts.propose_office",
        "accounts.confirm_appointment",
        Verdict.FORBIDDEN,
        _("Pengusul jabatan tidak mengesahkannya."),
    ),
)


def of_role(role: str) -> tuple[Pair, ...]:
    """The pairs of which this role may open at least one door."""
    return tuple(each for each in PAIRS if _opens(role, each.first) or _opens(role, each.second))


def between(one: str, other: str) -> tuple[Pair, ...]:
    """The forbidden pairs that one role opens from the one side and the other role from the other side.

    What either role might open from both sides by itself is no matter of holding two offices.
    """
    found = []
    for each in PAIRS:
        sides = [(_opens(role, each.first), _opens(role, each.second)) for role in (one, other)]
        if (
            each.verdict is Verdict.FORBIDDEN
            and (True, True) not in sides
            and sides[0] != sides[1]
            and all(map(any, sides))
        ):
            found.append(each)
    return tuple(found)


def _opens(role: str, door: str) -> bool:
    row = table().get(door)
    return row is not None and row.scope_of(role) is not None
