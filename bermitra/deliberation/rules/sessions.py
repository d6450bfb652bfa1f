"""Opening a session: its day, its quorum, the wait, and the second one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bermitra.deliberation.rules.calling import Convening, convened_by_bpd
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class Counted:
    """``signed_in`` counts invitees only; ``quorum`` is the share of them that must have signed."""

    signed_in: int
    invited: int
    quorum: Fraction


@dataclass(frozen=True)
class CountedInSession(Counted):
    session: int


@dataclass(frozen=True)
class OnItsDay:
    today: date
    session_on: date


@dataclass(frozen=True)
class OpeningFacts(OnItsDay, CountedInSession, Convening):
    """``waited_hours``: since the session was put off; nothing where it was not."""

    waited_hours: Fraction = Fraction(0)
    wait_hours: int = 0


@rule(
    "DB-04",
    says=_("Kuorum harus tercapai: {musyawarah_quorum} undangan hadir, atau sidang kedua yang sah."),
    remedy=_("Tunda sebentar pada hari yang sama, lalu jadwalkan sidang kedua."),
    basis="Perda kabupaten menurut Permendesa 16/2019 (Trenggalek ps 107–108)",
    status=Status.SOURCED,
)
def quorum_met(f: CountedInSession) -> bool:
    return f.session == 2 or (f.invited > 0 and f.signed_in >= f.quorum * f.invited)


@rule(
    "DB-05",
    says=_("Sidang hanya boleh ditunda {musyawarah_wait_hours} jam pada hari yang sama."),
    remedy=_("Jadwalkan sidang kedua; bila kuorum tercapai sesudah batas, batalkan lalu undang lagi."),
    basis="Perda kabupaten (Trenggalek ps 108)",
    status=Status.SOURCED,
)
def wait_not_too_long(f: OpeningFacts) -> bool:
    return f.waited_hours <= f.wait_hours


@rule(
    "DB-33",
    says=_("Sidang hanya dapat dibuka, ditunda, atau dijadwalkan ulang setelah harinya tiba."),
    remedy=_("Tunggu hari sidang, atau batalkan dan rencanakan musyawarah baru."),
    basis="product",
    status=Status.PRODUCT,
)
def session_day_has_come(f: OnItsDay) -> bool:
    return f.session_on <= f.today


OPENING: tuple[Rule, ...] = (convened_by_bpd, session_day_has_come, quorum_met, wait_not_too_long)


@dataclass(frozen=True)
class FailingFacts(OnItsDay, Counted):
    """What is asked before a session is put off, or given up for a second one."""


@rule(
    "DB-32",
    says=_("Sidang hanya ditunda atau dijadwalkan ulang bila kuorumnya belum tercapai."),
    remedy=_("Kuorum sudah tercapai: buka sidang pertama sekarang."),
    basis="Perda kabupaten menurut Permendesa 16/2019 (Trenggalek ps 107–108)",
    status=Status.SOURCED,
)
def quorum_really_failed(f: Counted) -> bool:
    return f.invited == 0 or f.signed_in < f.quorum * f.invited


POSTPONING: tuple[Rule, ...] = (session_day_has_come, quorum_really_failed)


@dataclass(frozen=True)
class SecondSessionFacts(OnItsDay, Convening):
    """``session_on`` and ``second_on`` are one day when the session is opened; when it is set, the first one's day is past."""

    first_on: date
    second_on: date
    first_attempt_recorded: bool
    days: int


@rule(
    "DB-06",
    says=_("Sidang kedua harus pada hari lain, dalam {musyawarah_second_session_days} hari setelah kuorum gagal."),
    remedy=_("Pilih hari sesudah sidang pertama; bila batasnya lewat, undang ulang dari awal."),
    basis="Perda kabupaten (Trenggalek ps 108)",
    status=Status.SOURCED,
)
def second_session_in_time(f: SecondSessionFacts) -> bool:
    return f.first_attempt_recorded and 0 < (f.second_on - f.first_on).days <= f.days


SETTING_AGAIN: tuple[Rule, ...] = (second_session_in_time,)
OPENING_AGAIN: tuple[Rule, ...] = (convened_by_bpd, session_day_has_come, second_session_in_time)
