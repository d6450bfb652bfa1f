"""What a round must keep to: everybody invited, the policy locked, the seed after the list, a reason for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _, name_key

PRODUCT = "product"

# Why a village may not take part; kept with it and shown, so that nobody is left out silently.
NOT_READY, NO_PRIORITY, HAS_A_PARTNER = "RG-17", "no_priority", "has_partner"
MISSING: dict[str, str] = {
    NOT_READY: _("Belum menunjuk penanggung jawab, atau menunggak laporan kerja sama."),
    NO_PRIORITY: _("Belum punya kebutuhan yang ditetapkan sebagai prioritas."),
    HAS_A_PARTNER: _("Sudah diperkenalkan kepada mitra pada putaran sebelumnya."),
}

# The policy and the opening ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PolicyFacts:
    """Whole percents, numbers and codes of :class:`~bermitra.matching.rounds.policy.Policy`; ``tiers`` are 0, the
    poorest, to 4. ``invite_days`` and ``prefer_days``: how long the two windows are, against the least that the regency
    gives."""

    village_weight: int
    partner_weight: int
    vision_min: int
    size: int
    floor_slots: int
    reserve_percent: int
    tiers: tuple[int, ...]
    partners_per_village: int
    invite_days: int
    prefer_days: int
    round_invitation_days: int
    round_preference_days: int


@rule(
    "MT-20",
    says=_("Bobot, jatah, panjang daftar, dan masa jawaban putaran harus masuk akal."),
    remedy=_(
        "Periksa persen dan golongannya; undangan {round_invitation_days} hari, pilihan {round_preference_days} hari."
    ),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def policy_possible(f: PolicyFacts) -> bool:
    percents = (f.village_weight, f.partner_weight, f.vision_min, f.reserve_percent)
    return (
        all(0 <= each <= 100 for each in percents)
        and 1 <= f.size <= 100
        and 0 <= f.floor_slots < f.size
        and 1 <= f.partners_per_village <= 3
        and set(f.tiers) <= {0, 1, 2, 3, 4}
        and len(set(f.tiers)) == len(f.tiers)
        and (f.reserve_percent == 0) == (not f.tiers)
        and f.invite_days >= f.round_invitation_days
        and f.prefer_days >= f.round_preference_days
    )


@dataclass(frozen=True)
class OpeningFacts:
    """``left_out``: eligible villages that would not be invited, and invited ones that are not eligible."""

    invited: int
    left_out: int
    offers: int


@rule(
    "MT-06",
    says=_("Putaran harus mengundang semua desa yang memenuhi syarat."),
    remedy=_("Tambahkan desa yang belum diundang pada daftar putaran."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def all_eligible_invited(f: OpeningFacts) -> bool:
    return f.left_out == 0 and f.invited > 0


@rule(
    "MT-21",
    says=_("Putaran harus memuat sedikitnya satu tawaran terbit yang menjangkau kabupaten ini."),
    remedy=_("Ajak mitra menerbitkan tawaran, lalu siapkan putaran."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def an_offer_to_match(f: OpeningFacts) -> bool:
    return f.offers > 0


# Answers and choices -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WindowFacts:
    """A window that is asked about ``today``: its last day, and how many have not answered yet."""

    today: date
    last_day: date | None
    waiting: int = 0


@rule(
    "MT-22",
    says=_("Jawaban dan pilihan hanya diterima sampai hari terakhir yang diumumkan."),
    remedy=_("Hari terakhirnya sudah lewat. Ikuti putaran atau undian berikutnya."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def answered_in_time(f: WindowFacts) -> bool:
    return f.last_day is not None and f.today <= f.last_day


@rule(
    "MT-23",
    says=_("Masa jawaban ditutup setelah hari terakhirnya, atau setelah semua menjawab."),
    remedy=_("Tunggu hari terakhir, atau minta yang belum menjawab segera menjawab."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def nobody_cut_short(f: WindowFacts) -> bool:
    return f.waiting == 0 or (f.last_day is not None and f.today > f.last_day)


@dataclass(frozen=True)
class ChoiceFacts:
    """``outside``: entries that are not on the side's own computed list, stand twice, or are ranked and struck out."""

    lists_ready: bool
    outside: int


@rule(
    "MT-24",
    says=_("Urutan hanya memuat nama dari daftar yang dihitung untuk Anda, masing-masing sekali."),
    remedy=_("Hapus nama di luar daftar, atau tunggu daftar selesai dihitung."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def chosen_from_the_list(f: ChoiceFacts) -> bool:
    return f.lists_ready and f.outside == 0


# The meeting in which the seed falls ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MeetingFacts:
    """``earliest``: the list has stood open long enough by then, if it is locked in time. ``thrown``: it is over."""

    now: datetime
    meeting_at: datetime | None
    place: str
    earliest: datetime
    thrown: bool = False


@rule(
    "MT-40",
    says=_("Hari, jam, dan tempat pelemparan diumumkan sebelum pilihan dikunci."),
    remedy=_("Umumkan pertemuan pelemparan yang belum lewat."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def throw_is_announced(f: MeetingFacts) -> bool:
    return f.meeting_at is not None and f.place.strip() != "" and f.meeting_at > f.now


@rule(
    "MT-41",
    says=_("Angka dilempar dalam pertemuan yang diumumkan, tidak sebelum jamnya."),
    remedy=_("Lempar pada jam pertemuan itu, atau umumkan pertemuan lain."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def thrown_where_announced(f: MeetingFacts) -> bool:
    return f.meeting_at is not None and f.place.strip() != "" and f.now >= f.meeting_at


@rule(
    "MT-42",
    says=_("Pertemuan pelemparan diumumkan cukup lama sebelumnya, dan sesudah daftar sempat disimpan semua pihak."),
    remedy=_("Pilih hari lebih lambat; sesudah angka dilempar, pertemuan tidak berubah."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def announced_in_time(f: MeetingFacts) -> bool:
    return not f.thrown and f.meeting_at is not None and f.meeting_at >= f.earliest


# The seed, the run, the publication --------------------------------------------------------------------------------


LEAST_THROWN, MOST_THROWN = 8, 50  # numbers of dice or balls, 0 to 999 each; so many fill the column of the round


@dataclass(frozen=True)
class SeedFacts:
    """``typed_by``: who enters the figures, and is no witness of them. ``hours_open``: whole hours since the list was
    published."""

    list_hash: str
    thrown: tuple[int, ...]
    witnesses: tuple[str, ...]
    thrown_before: bool
    typed_by: str = ""
    hours_open: int = 0
    draw_commit_hours: int = 0


@rule(
    "MT-25",
    says=_("Angka putaran dilempar sekali, setelah daftar diumumkan, di depan dua saksi selain pencatat."),
    remedy=_("Catat sedikitnya delapan angka, tidak semuanya nol, dan dua saksi selain Anda."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def thrown_after_the_list(f: SeedFacts) -> bool:
    names = {name_key(each) for each in f.witnesses}
    enough = LEAST_THROWN <= len(f.thrown) <= MOST_THROWN and all(0 <= each <= 999 for each in f.thrown)
    enough &= any(f.thrown)  # nothing but zeros is what a trial throws
    seen = len(names) >= 2 and not names & {"", name_key(f.typed_by)}
    return f.list_hash != "" and not f.thrown_before and enough and seen


@rule(
    "MT-38",
    says=_("Daftar putaran terbit {draw_commit_hours} jam sebelum angka dilempar."),
    remedy=_("Tunggu jeda itu lewat, supaya semua pihak sempat menyimpan daftarnya."),
    basis="RFC 3797; product",
    status=Status.PRODUCT,
)
def list_stood_open(f: SeedFacts) -> bool:
    return f.hours_open >= f.draw_commit_hours


@dataclass(frozen=True)
class RunningFacts:
    hash_now: str
    hash_published: str
    offers: int
    round_min_offers: int


@rule(
    "MT-07",
    says=_("Bobot, jatah, dan batas putaran harus diumumkan dan dikunci sebelum pilihan masuk."),
    remedy=_("Umumkan kebijakan putaran; perubahan memerlukan putaran baru."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def policy_frozen(f: RunningFacts) -> bool:
    return f.hash_published != "" and f.hash_now == f.hash_published


@rule(
    "MT-08",
    says=_("Putaran memerlukan {round_min_offers} tawaran; bila kurang, pakai daftar peringkat biasa."),
    remedy=_("Terbitkan daftar peringkat biasa dan sebutkan alasannya."),
    basis=PRODUCT,
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def enough_offers(f: RunningFacts) -> bool:
    return f.offers >= f.round_min_offers


@dataclass(frozen=True)
class TurnFacts:
    """Whether nothing is being computed, and what this step builds upon is there: the lists, or the seed."""

    running: bool
    there: bool


@rule(
    "MT-26",
    says=_("Langkah ini menunggu hitungan selesai dan bahannya lengkap: daftar pilihan atau angka putaran."),
    remedy=_("Tunggu hitungan yang berjalan, atau catat angka yang dilempar."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def computed_in_turn(f: TurnFacts) -> bool:
    return f.there and not f.running


@dataclass(frozen=True)
class PublishingFacts:
    """``agrees``: no justified complaint found, and three ways of computing gave the same; ``unexplained`` participants."""

    agrees: bool
    unexplained: int


@rule(
    "MT-09",
    says=_("Pemeriksa terpisah harus menyatakan hasil putaran stabil dan dapat diulang."),
    remedy=_("Jalankan pemeriksa; bila gagal, batalkan dan umumkan putaran."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def verifier_agrees(f: PublishingFacts) -> bool:
    return f.agrees


@rule(
    "MT-10",
    says=_("Setiap peserta putaran harus menerima alasan hasilnya."),
    remedy=_("Buat penjelasan bagi peserta yang belum menerimanya."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def everyone_gets_a_reason(f: PublishingFacts) -> bool:
    return f.unexplained == 0


# Objections, responses, what comes after ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ObjectionsFacts:
    """``upheld``: objections that were found right and after which nothing was computed again yet."""

    today: date
    objections_until: date | None
    open: int
    upheld: int
    changed: str = ""


@rule(
    "MT-27",
    says=_("Jawaban kedua pihak dibuka setelah masa sanggah berakhir dan semua sanggahan dijawab."),
    remedy=_("Tunggu masa sanggah berakhir, jawab sanggahan, dan ulangi hitungan bila diterima."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def objections_settled(f: ObjectionsFacts) -> bool:
    over = f.objections_until is not None and f.today > f.objections_until
    return over and f.open == 0 and f.upheld == 0


@rule(
    "MT-28",
    says=_("Hitungan diulang hanya setelah sanggahan diterima, dengan menyebut masukan yang diperbaiki."),
    remedy=_("Jawab sanggahan lebih dahulu, lalu tulis masukan apa yang diperbaiki."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def rerun_is_deserved(f: ObjectionsFacts) -> bool:
    return f.upheld > 0 and f.open == 0 and f.changed.strip() != ""


@dataclass(frozen=True)
class ReasonFacts:
    reason: str


@rule(
    "MT-29",
    says=_("Penolakan, pembatalan, dan jawaban sanggahan harus disertai alasan."),
    remedy=_("Tulis alasan yang dapat dibaca semua pihak."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def reason_is_given(f: ReasonFacts) -> bool:
    return f.reason.strip() != ""


@dataclass(frozen=True)
class AsReadFacts:
    """``standing``: published, or resting, with a place for this pair. ``same``: it says what both sides read to choose."""

    standing: bool
    same: bool


@rule(
    "MT-35",
    says=_("Perkenalan diterima bila tawaran masih berlaku, masih punya tempat, dan isinya sama seperti saat putaran."),
    remedy=_("Tolak perkenalan dengan alasan itu, atau ikuti putaran berikutnya."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def offer_as_it_was_read(f: AsReadFacts) -> bool:
    return f.standing and f.same


@dataclass(frozen=True)
class VoidFacts:
    thrown: bool
    by_regent: bool


@rule(
    "MT-37",
    says=_("Setelah angka dilempar, hanya kantor bupati yang dapat membatalkan putaran."),
    remedy=_("Sampaikan alasannya kepada kantor bupati, atau lanjutkan putaran ini."),
    basis=PRODUCT,
    status=Status.PRODUCT,
)
def voided_above_after_the_throw(f: VoidFacts) -> bool:
    return not f.thrown or f.by_regent


POLICY: tuple[Rule, ...] = (policy_possible,)
OPENING: tuple[Rule, ...] = (all_eligible_invited, an_offer_to_match)
IN_TIME: tuple[Rule, ...] = (answered_in_time,)
CLOSING: tuple[Rule, ...] = (nobody_cut_short,)
CHOOSING: tuple[Rule, ...] = (chosen_from_the_list,)
ANNOUNCING: tuple[Rule, ...] = (announced_in_time,)
ANNOUNCED: tuple[Rule, ...] = (throw_is_announced,)
IN_THE_MEETING: tuple[Rule, ...] = (thrown_where_announced,)
THROWING: tuple[Rule, ...] = (thrown_after_the_list, list_stood_open)
ENOUGH: tuple[Rule, ...] = (enough_offers,)
RUNNING: tuple[Rule, ...] = (policy_frozen, enough_offers)
IN_TURN: tuple[Rule, ...] = (computed_in_turn,)
PUBLISHING: tuple[Rule, ...] = (verifier_agrees, everyone_gets_a_reason)
ANSWERING: tuple[Rule, ...] = (objections_settled,)
RERUNNING: tuple[Rule, ...] = (rerun_is_deserved,)
REASONED: tuple[Rule, ...] = (reason_is_given,)
VOIDING: tuple[Rule, ...] = (voided_above_after_the_throw,)
AS_READ: tuple[Rule, ...] = (offer_as_it_was_read,)
