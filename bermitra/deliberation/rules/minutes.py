"""The minutes: complete, numbered, signed as they were read."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.deliberation.rules.lives import TOPICS
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class MinutesFacts:
    present_elements: frozenset[str]
    required_elements: frozenset[str]
    required_count: int
    absence_reason: str
    rows_complete: int
    rows_total: int
    meeting_kind: str
    topics_answered: int
    numbered: bool
    working_days_since_meeting: int
    working_days_allowed: int
    delegations_missing: int = 0  # joint offers that were agreed to, and for which nobody is sent yet


@rule(
    "DB-07",
    says=_("Perempuan, warga miskin, wakil dusun, dan warga terdampak harus hadir, atau alasannya dicatat."),
    remedy=_("Catat kehadiran unsur itu, atau tulis alasan dan upaya mengundangnya."),
    basis="product; unsur menurut Permendesa 2/2015",
    status=Status.PRODUCT,
)
def required_elements_present(f: MinutesFacts) -> bool:
    return len(f.required_elements & f.present_elements) >= f.required_count or f.absence_reason != ""


@rule(
    "DB-08",
    says=_("Daftar hadir harus memuat nama, unsur, dusun, dan tanda hadir setiap peserta."),
    remedy=_("Lengkapi baris yang masih kosong; pada cap jempol tulis juga siapa yang membantu."),
    basis="Permendesa 16/2019; praktik berita acara",
    status=Status.SOURCED,
)
def attendance_complete(f: MinutesFacts) -> bool:
    return f.rows_complete == f.rows_total and f.rows_total > 0


@rule(
    "DB-09",
    says=_("Sembilan pokok kerja sama harus dibahas dan dijawab dalam musyawarah."),
    remedy=_("Isi hasil pembahasan setiap pokok yang masih kosong."),
    basis="Permendesa 2/2015 ps 71–73, diteruskan Permendesa 16/2019",
    status=Status.SOURCED,
)
def nine_topics_answered(f: MinutesFacts) -> bool:
    return f.meeting_kind != "cooperation" or f.topics_answered == len(TOPICS)


@rule(
    "DB-26",
    says=_("Berita acara harus bernomor dan bertanggal."),
    remedy=_("Isi nomor dan tanggal pada draf berita acara."),
    basis="product",
    status=Status.PRODUCT,
)
def minutes_numbered(f: MinutesFacts) -> bool:
    return f.numbered


@rule(
    "DB-19",
    says=_("Berita acara sebaiknya selesai dalam {minutes_working_days} hari kerja."),
    remedy=_("Selesaikan berita acara; keterlambatan dicatat pada halaman musyawarah."),
    basis="Praktik kabupaten (Kebumen)",
    status=Status.SOURCED,
    severity=Severity.WARN,
)
def minutes_in_time(f: MinutesFacts) -> bool:
    return f.working_days_since_meeting <= f.working_days_allowed


@rule(
    "DB-50",
    says=_("Desa yang menyetujui penawaran antar-Desa harus menyebut delegasinya dalam berita acara."),
    remedy=_("Ketua BPD mengisi nama delegasi sebelum berita acara diselesaikan."),
    basis="UU 6/2014 ps 92; Permendesa 2/2015 ps 71–73",
    status=Status.SOURCED,
)
def delegation_named(f: MinutesFacts) -> bool:
    return f.delegations_missing == 0


FINALISING: tuple[Rule, ...] = (
    required_elements_present,
    attendance_complete,
    nine_topics_answered,
    minutes_numbered,
    delegation_named,
    minutes_in_time,
)


@dataclass(frozen=True)
class SignerFacts:
    """``present`` and ``drawn`` matter for the residents' representatives only.

    ``drawn``: the lot fell on him; where nobody was drawn, on nobody more than on him.
    """

    capacity: str
    present: bool
    drawn: bool = True


@rule(
    "DB-28",
    says=_("Wakil masyarakat yang menandatangani harus tercatat hadir dalam musyawarah."),
    remedy=_("Pilih penanda tangan dari daftar hadir."),
    basis="product",
    status=Status.PRODUCT,
)
def resident_signer_was_there(f: SignerFacts) -> bool:
    return f.capacity != "resident" or f.present


@rule(
    "DB-40",
    says=_("Yang ikut menandatangani sebagai wakil masyarakat adalah warga yang terundi."),
    remedy=_("Minta warga terundi menandatangani; ketua BPD dapat mengundi pengganti dengan alasan."),
    basis="product",
    status=Status.PRODUCT,
)
def resident_signer_was_drawn(f: SignerFacts) -> bool:
    return f.capacity != "resident" or f.drawn


@dataclass(frozen=True)
class SeenFacts:
    """``seen`` is the hash that the page showed with its words, ``now`` that of what stands there when the act is done."""

    seen: str
    now: str


@rule(
    "DB-31",
    says=_("Berita acara dan tanda tangannya harus sama dengan yang Anda baca."),
    remedy=_("Isinya sudah berubah: baca yang terbaru, lalu kirim lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def same_as_was_read(f: SeenFacts) -> bool:
    return f.now != "" and f.seen == f.now


@dataclass(frozen=True)
class FollowingFacts:
    """``following``: how many residents of the lot were not drawn yet."""

    following: int


@rule(
    "DB-65",
    says=_("Pengganti hanya diundi bila masih ada warga hadir yang belum terundi."),
    remedy=_("Datangi warga terundi itu; bila mustahil, kembalikan berita acara lalu nyatakan tidak sah."),
    basis="product",
    status=Status.PRODUCT,
)
def somebody_follows(f: FollowingFacts) -> bool:
    return f.following > 0


@dataclass(frozen=True)
class NumberFacts:
    """``number_taken``: other minutes of this village, which were not annulled, carry it."""

    number_taken: bool


@rule(
    "DB-68",
    says=_("Nomor berita acara hanya dipakai sekali di desa ini."),
    remedy=_("Nomor ini sudah dipakai musyawarah lain: tulis nomor berikutnya."),
    basis="product",
    status=Status.PRODUCT,
)
def minutes_number_once(f: NumberFacts) -> bool:
    return not f.number_taken


@dataclass(frozen=True)
class PaperFacts:
    """``paper_as_drafted``: the paper that was rendered states what the draft states when the minutes are made final."""

    paper_as_drafted: bool


@rule(
    "DB-69",
    says=_("Berita acara yang tercetak harus sama dengan drafnya."),
    remedy=_("Draf berubah selagi dicetak: baca yang terbaru, lalu selesaikan lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def paper_as_drafted(f: PaperFacts) -> bool:
    return f.paper_as_drafted


DRAFTING: tuple[Rule, ...] = (minutes_number_once,)
DRAWING_AGAIN: tuple[Rule, ...] = (somebody_follows,)
PRINTED: tuple[Rule, ...] = (paper_as_drafted,)
COUNTERSIGNING: tuple[Rule, ...] = (resident_signer_was_there, resident_signer_was_drawn)
AS_READ: tuple[Rule, ...] = (same_as_was_read,)
