"""Signs of trouble: what a reader would ask about a Musyawarah. Worked out from its records, never typed; they block nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class SignFacts:
    """Of a meeting that decided something. Times are those of the village; ``present`` counts those who may decide.

    ``ends`` is not known before the minutes are drafted, ``adults`` where the village has not said how many it has.
    """

    first_decided: datetime
    ends: datetime | None
    invited: int
    present: int
    women: int
    poor: int
    adults: int | None
    file_used_elsewhere: bool
    working_days: int  # from the session to the last decision that was entered
    working_days_allowed: int


@dataclass(frozen=True)
class Sign:
    """One sign: ``says`` is a sentence to be translated and filled with ``figures``."""

    code: str
    says: str
    figures: Mapping[str, object]


def signs_of(f: SignFacts) -> tuple[Sign, ...]:
    """The signs that stand, in the order in which a meeting goes."""
    found = (
        _before_the_end(f),
        _more_than_invited(f),
        _more_than_adults(f),
        _file_used_twice(f),
        _no_women(f),
        _no_poor(f),
        _entered_late(f),
    )
    return tuple(each for each in found if each)


def _before_the_end(f: SignFacts) -> Sign | None:
    if f.ends is None or f.first_decided >= f.ends:
        return None
    says = _("Keputusan dicatat pukul {decided}, sebelum musyawarah selesai pukul {ends}.")
    return Sign("before_end", says, {"decided": f"{f.first_decided:%H.%M}", "ends": f"{f.ends:%H.%M}"})


def _more_than_invited(f: SignFacts) -> Sign | None:
    says = _("Yang hadir {present} orang, lebih banyak daripada {invited} undangan.")
    figures = {"present": f.present, "invited": f.invited}
    return Sign("more_than_invited", says, figures) if f.present > f.invited else None


def _more_than_adults(f: SignFacts) -> Sign | None:
    says = _("Yang hadir {present} orang, lebih banyak daripada {adults} penduduk dewasa desa.")
    figures = {"present": f.present, "adults": f.adults}
    return Sign("more_than_adults", says, figures) if f.adults is not None and f.present > f.adults else None


def _file_used_twice(f: SignFacts) -> Sign | None:
    says = _("Pindaian yang sama dipakai untuk lebih dari satu musyawarah.")
    return Sign("file_used_twice", says, {}) if f.file_used_elsewhere else None


def _no_women(f: SignFacts) -> Sign | None:
    says = _("Tidak ada perempuan di antara {present} peserta.")
    return Sign("no_women", says, {"present": f.present}) if f.women == 0 else None


def _no_poor(f: SignFacts) -> Sign | None:
    says = _("Tidak ada warga miskin yang tercatat di antara {present} peserta.")
    return Sign("no_poor", says, {"present": f.present}) if f.poor == 0 else None


def _entered_late(f: SignFacts) -> Sign | None:
    says = _("Keputusan dicatat {days} hari kerja sesudah sidang, lewat dari batas {allowed} hari kerja.")
    figures = {"days": f.working_days, "allowed": f.working_days_allowed}
    return Sign("entered_late", says, figures) if f.working_days > f.working_days_allowed else None


@dataclass(frozen=True)
class ExplainedFacts:
    signs: frozenset[str]
    explained: frozenset[str]


@rule(
    "DB-22",
    says=_("Tanda kejanggalan musyawarah sebaiknya dijelaskan terbuka."),
    remedy=_("Tulis penjelasan untuk setiap tanda; semua orang dapat membacanya."),
    basis="product",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def signs_explained(f: ExplainedFacts) -> bool:
    return f.signs <= f.explained


EXPLAINING: tuple[Rule, ...] = (signs_explained,)
