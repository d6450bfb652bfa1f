"""What a plan, a receipt, evidence and a training must be before they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import count

from bermitra.foundation.calendar import add_months
from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.partnership import book

SHORTEST_SEED = 16  # throws of a die: 41 bits

# Lives ---------------------------------------------------------------------------------------------------------------


_NOBODY = _("Tidak ada yang ditunggu.")

PLAN_FLOW = Flow(
    "work_plan",
    (
        Move("start", "draft", "delivery.draft_plan"),
        Move("draft", "draft", "delivery.set_activity"),
        Move("draft", "draft", "delivery.adopt_plan"),  # the first of the two sides
        Move("draft", "adopted", "delivery.adopt_plan"),
        Move("adopted", "adopted", "delivery.record_progress"),
    ),
)
PLAN_LABELS: dict[str, Label] = {
    "draft": Label(
        _("Disusun bersama warga"), _("Draf rencana kerja"),
        _("Menunggu desa dan mitra melengkapi rencana kerja."), "A15",
    ),
    "adopted": Label(_("Berlaku"), _("Rencana kerja berlaku"), _NOBODY, "A15"),
}  # fmt: skip

# "Not due", "due", "overdue" and "frozen" are computed on the day one looks (see ``standing_of_due``): a state that a clock
# must write would be wrong on every day the clock stood still.
DUE_FLOW = Flow(
    "obligation",
    (
        Move("start", "open", "delivery.adopt_plan"),
        Move("start", "open", "delivery.take_up_change"),
        Move("open", "evidence_submitted", "delivery.submit_evidence"),
        Move("evidence_submitted", "met", "delivery.verify_evidence"),
        Move("evidence_submitted", "open", "delivery.return_evidence"),
    ),
)
DUE_LABELS: dict[str, Label] = {
    "not_due": Label(
        _("Belum jatuh tempo"), _("Belum jatuh tempo"), _("Menunggu tanggal jatuh tempo."), "A15"
    ),
    "due": Label(
        _("Jatuh tempo"), _("Jatuh tempo"), _("Menunggu pihak yang wajib mengirim bukti."), "A15"
    ),
    "overdue": Label(
        _("Terlambat"), _("Terlambat"), _("Menunggu pihak yang wajib memenuhi kewajibannya."), "A15"
    ),
    "frozen": Label(
        _("Ditangguhkan"), _("Ditangguhkan selama penundaan"), _("Menunggu kerja sama dilanjutkan."), "A15"
    ),
    "evidence_submitted": Label(
        _("Bukti diperiksa"), _("Bukti diajukan"), _("Menunggu pemeriksa yang bukan pelaksana."), "A15"
    ),
    "met": Label(_("Terpenuhi"), _("Terpenuhi"), _NOBODY, "A15"),
}  # fmt: skip
SOON_DAYS = 30  # a promise shows as falling due this long before its day

ENTRY_FLOW = Flow(
    "ledger_entry",
    (
        Move("start", "pending", "delivery.propose_entry"),
        Move("pending", "posted", "delivery.confirm_entry"),
        Move("pending", "held", "delivery.confirm_entry"),
        Move("pending", "refused", "delivery.refuse_entry"),
        Move("start", "posted", "delivery.post_entry"),
        Move("start", "held", "delivery.post_entry"),
        Move("held", "posted", "delivery.record_budget_change"),
        Move("held", "countered", "delivery.counter_entry"),
        Move("posted", "countered", "delivery.counter_entry"),
    ),
)
ENTRY_LABELS: dict[str, Label] = {
    "pending": Label(
        _("Menunggu orang kedua"), _("Menunggu persetujuan kedua"),
        _("Menunggu petugas kedua memeriksa catatan."), "A15",
    ),
    "posted": Label(_("Tercatat"), _("Tercatat"), _NOBODY, "A15"),
    "held": Label(
        _("Tertahan"), _("Menunggu perubahan APB Desa"), _("Menunggu desa mencatat perubahan APB Desa."), "A15",
    ),
    "countered": Label(_("Dikoreksi"), _("Dikoreksi dengan catatan lawan"), _NOBODY, "A15"),
    "refused": Label(_("Tidak disetujui"), _("Ditolak petugas kedua"), _NOBODY, "A15"),
}  # fmt: skip

TRAINING_FLOW = Flow(
    "training",
    (
        Move("start", "draft", "delivery.plan_training"),
        Move("draft", "draft", "delivery.schedule_training"),
        Move("draft", "enrolling", "delivery.announce_training"),
        Move("enrolling", "enrolling", "delivery.apply_for_training"),
        Move("enrolling", "enrolment_closed", "delivery.close_enrolment"),
        Move("enrolment_closed", "allocated", "delivery.allocate_seats"),
        Move("allocated", "allocated", "delivery.issue_sheet"),
        Move("running", "running", "delivery.issue_sheet"),
        Move("allocated", "running", "delivery.record_attendance"),
        Move("running", "running", "delivery.record_attendance"),
        Move("running", "completed", "delivery.complete_training"),
        Move("completed", "completed", "delivery.issue_certificate"),
    ),
)
TRAINING_LABELS: dict[str, Label] = {
    "draft": Label(
        _("Disiapkan"), _("Draf pelatihan"), _("Menunggu penyelenggara melengkapi kriteria dan kuota."), "A15"
    ),
    "enrolling": Label(
        _("Pendaftaran terbuka"), _("Pendaftaran terbuka"), _("Menunggu pendaftar dari semua dusun."), "A15"
    ),
    "enrolment_closed": Label(
        _("Pendaftaran ditutup"), _("Menunggu penetapan peserta"),
        _("Menunggu undian atau penetapan peserta."), "A15",
    ),
    "allocated": Label(
        _("Peserta ditetapkan"), _("Peserta dan cadangan ditetapkan"), _("Menunggu pelaksanaan pelatihan."), "A15"
    ),
    "running": Label(
        _("Berlangsung"), _("Pelatihan berlangsung"), _("Menunggu penyelenggara mencatat kehadiran."), "A15"
    ),
    "completed": Label(_("Selesai"), _("Selesai"), _("Menunggu sertifikat bagi yang berhak."), "A15"),
}  # fmt: skip

PLACE_FLOW = Flow(
    "training_place",
    (
        Move("start", "applied", "delivery.apply_for_training"),
        Move("applied", "seated", "delivery.allocate_seats"),
        Move("applied", "waiting_list", "delivery.allocate_seats"),
        Move("seated", "attended", "delivery.complete_training"),
        Move("seated", "not_completed", "delivery.complete_training"),
        Move("waiting_list", "not_seated", "delivery.complete_training"),
        Move("attended", "certified", "delivery.issue_certificate"),
    ),
)
PLACE_LABELS: dict[str, Label] = {
    "applied": Label(_("Terdaftar"), _("Terdaftar"), _("Menunggu penetapan peserta."), "A15"),
    "seated": Label(_("Mendapat tempat"), _("Peserta"), _("Menunggu pelatihan dimulai."), "A15"),
    "waiting_list": Label(_("Cadangan"), _("Cadangan berurut"), _("Menunggu tempat kosong."), "A15"),
    "attended": Label(_("Hadir"), _("Hadir"), _("Menunggu sertifikat."), "A15"),
    "certified": Label(_("Bersertifikat"), _("Bersertifikat"), _NOBODY, "A15"),
    "not_completed": Label(_("Tidak menyelesaikan"), _("Kehadiran kurang"), _NOBODY, "A15"),
    "not_seated": Label(_("Tidak mendapat tempat"), _("Tidak mendapat tempat"), _NOBODY, "A15"),
}  # fmt: skip


class Theme(StrEnum):
    """What an activity is for: the five goals of village partnership."""

    PARTICIPATION = "participation"
    ACCESS = "access"
    POTENTIAL = "potential"
    ENVIRONMENT = "environment"
    CULTURE = "culture"


THEMES: dict[str, str] = {
    Theme.PARTICIPATION: _("Partisipasi warga menguat"),
    Theme.ACCESS: _("Akses pada sumber daya meningkat"),
    Theme.POTENTIAL: _("Potensi desa berkembang, warga berdaya"),
    Theme.ENVIRONMENT: _("Lingkungan terjaga dan membaik"),
    Theme.CULTURE: _("Keragaman budaya bertahan"),
}


def standing_of_due(state: str, due_on: date, today: date, *, frozen: bool) -> str:
    """How a promise stands on a day. What was handed in or met stays so while the partnership is suspended."""
    if state != "open":
        return state
    if frozen:
        return "frozen"
    if today > due_on:
        return "overdue"
    return "due" if (due_on - today).days <= SOON_DAYS else "not_due"


IN_FORCE = "in_force"  # the state of an agreement that is carried out
_UNITS = {"triwulan": 3, "semester": 6, "bulan": 1, "tahun": 12}  # in months
_NUMBERS = {
    "dua belas": 12, "sebelas": 11, "sepuluh": 10, "sembilan": 9, "delapan": 8, "tujuh": 7, "enam": 6, "lima": 5,
    "empat": 4, "tiga": 3, "dua": 2, "satu": 1,
}  # fmt: skip
_NUMBER = rf"\d+|setengah|{'|'.join(_NUMBERS)}"
_PERIOD = re.compile(rf"\b(?:({_NUMBER})\s+)?(?:se)?({'|'.join(_UNITS)})(?:an)?\b")
_TIMES = re.compile(rf"\b({_NUMBER})\s+kali\b")


def months_of(period: str) -> int | None:
    """The length of a period such as "setiap dua bulan", "per tahun" or "dua kali setahun"; None where it is tied to no
    calendar, or to no whole number of months."""
    said = period.casefold()
    found, often = _PERIOD.search(said), _TIMES.search(said)
    if found is None:
        return None
    length = _figure(found[1]) * _UNITS[found[2]] / (_figure(often[1]) or 1 if often else 1)
    return int(length) if length >= 1 and length == int(length) else None


def _figure(said: str | None) -> Fraction:
    if said is None:
        return Fraction(1)
    return Fraction(1, 2) if said == "setengah" else Fraction(_NUMBERS.get(said) or said)


def days_due(due_on: date | None, period: str, starts: date, ends: date) -> tuple[date, ...]:
    """The days on which a promise falls due within the term.

    One with a period: at the end of each of them, counted from its day (else from the first day of the term). One with
    neither day nor period is due when the term ends.
    """
    months = months_of(period)
    if months is None:
        return (min(due_on or ends, ends),)
    first = due_on or add_months(starts, months)
    days = []
    for number in count():
        day = add_months(first, months * number)
        if day > ends:
            break
        days.append(day)
    return tuple(days) or (ends,)


# The partnership runs ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RunningFacts:
    agreement_state: str


@rule(
    "DV-21",
    says=_("Pelaksanaan dicatat hanya selama kerja sama berjalan."),
    remedy=_("Berlakukan perjanjiannya lebih dahulu."),
    basis="product",
    status=Status.PRODUCT,
)
def partnership_runs(f: RunningFacts) -> bool:
    return f.agreement_state == IN_FORCE


RUNNING: tuple[Rule, ...] = (partnership_runs,)

# The plan ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanFacts:
    activities_without_obligation: int
    obligations_without_activity: int
    cost_rupiah: int
    funding_rupiah: int
    first_start: date
    last_end: date
    term_start: date
    term_end: date
    cycles: int
    assets_and_services_without_owner: int
    residents_meeting_recorded: bool
    activities_without_both_owners: int


@rule(
    "DV-01",
    says=_("Setiap kegiatan harus terkait kewajiban dalam perjanjian."),
    remedy=_("Kaitkan kegiatan dengan kewajiban, atau usulkan perubahan perjanjian."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def no_activity_without_obligation(f: PlanFacts) -> bool:
    return f.activities_without_obligation == 0


@rule(
    "DV-02",
    says=_("Setiap kewajiban harus memiliki kegiatan yang memenuhinya."),
    remedy=_("Tambahkan kegiatan untuk kewajiban yang belum terencana."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def no_obligation_without_activity(f: PlanFacts) -> bool:
    return f.obligations_without_activity == 0


@rule(
    "DV-03",
    says=_("Jumlah biaya kegiatan harus sama dengan jumlah sumber dana."),
    remedy=_("Samakan biaya dan sumber dana; selisihnya tampil di bawah tabel."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def cost_equals_funding(f: PlanFacts) -> bool:
    return f.cost_rupiah == f.funding_rupiah


@rule(
    "DV-04",
    says=_("Tanggal kegiatan harus di dalam jangka waktu perjanjian dan tidak saling menunggu berputar."),
    remedy=_("Geser tanggal atau hapus ketergantungan yang berputar."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def dates_inside_term(f: PlanFacts) -> bool:
    return f.first_start >= f.term_start and f.last_end <= f.term_end and f.cycles == 0


@rule(
    "DV-05",
    says=_("Setiap aset dan layanan harus memiliki pengelola setelah kerja sama berakhir."),
    remedy=_("Isi nama lembaga pengelola dan sumber biaya perawatannya."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def owner_after_the_end(f: PlanFacts) -> bool:
    return f.assets_and_services_without_owner == 0


@rule(
    "DV-06",
    says=_("Rencana kerja harus disusun bersama warga dan memuat penanggung jawab kedua pihak."),
    remedy=_("Catat pertemuan warga dan isi penanggung jawab setiap kegiatan."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def plan_made_with_residents(f: PlanFacts) -> bool:
    return f.residents_meeting_recorded and f.activities_without_both_owners == 0


@dataclass(frozen=True)
class AdoptingFacts:
    """``seen`` is the hash of the plan that the page showed, ``now`` that of the plan as it stands."""

    seen: str
    now: str


@rule(
    "DV-30",
    says=_("Rencana kerja yang disetujui harus sama dengan yang Anda baca."),
    remedy=_("Rencananya sudah berubah: baca yang terbaru, lalu kirim lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def adopted_as_read(f: AdoptingFacts) -> bool:
    return f.now != "" and f.seen == f.now


AS_READ: tuple[Rule, ...] = (adopted_as_read,)
ADOPTING: tuple[Rule, ...] = (
    no_activity_without_obligation,
    no_obligation_without_activity,
    cost_equals_funding,
    dates_inside_term,
    owner_after_the_end,
    plan_made_with_residents,
)

# Evidence and checks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SubmittingFacts:
    house: str
    obliged: str


@rule(
    "DV-27",
    says=_("Bukti dikirim pihak yang wajib memenuhinya."),
    remedy=_("Minta pihak yang wajib mengirim buktinya."),
    basis="product",
    status=Status.PRODUCT,
)
def shown_by_who_promised(f: SubmittingFacts) -> bool:
    return f.house == f.obliged


SUBMITTING: tuple[Rule, ...] = (shown_by_who_promised,)


@dataclass(frozen=True)
class CheckFacts:
    """``…_party`` is ``village`` or the code of a partner."""

    checked_by: str
    done_by: str
    checker_party: str
    doer_party: str


@rule(
    "DV-14",
    says=_("Bukti harus diperiksa pihak lain, bukan pelaksananya."),
    remedy=_("Minta pihak lain atau anggota BPD memeriksa bukti ini."),
    basis="product",
    status=Status.PRODUCT,
)
def checker_is_not_doer(f: CheckFacts) -> bool:
    return f.checked_by != f.done_by and f.checker_party != f.doer_party


CHECKING: tuple[Rule, ...] = (checker_is_not_doer,)

# Money ---------------------------------------------------------------------------------------------------------------

VILLAGE_ACCOUNT = "village_account"


@dataclass(frozen=True)
class EntryFacts:
    """``channel`` is ``village_account`` where money comes into the village's account. ``own_box``: the cash (or the
    goods) is kept by the side of the person who records it; ``third_box``: by neither side. ``reason`` says why money of
    a day outside the term is booked."""

    channel: str
    budget_code: str
    debits: tuple[int, ...]
    credits: tuple[int, ...]
    times_receipt_used: int
    receipt_attached: bool
    own_box: bool
    third_box: bool
    two_people: bool
    on: date
    term_start: date
    term_end: date
    reason: str = ""


@rule(
    "DV-07",
    says=_("Setiap penerimaan uang harus memakai kode rekening APB Desa yang sesuai."),
    remedy=_("Pilih kode yang sesuai, misalnya hasil kerja sama pihak ketiga."),
    basis="Permendagri 20/2018",
    status=Status.SOURCED,
)
def money_has_budget_code(f: EntryFacts) -> bool:
    return f.channel != VILLAGE_ACCOUNT or f.budget_code in book.apbdes()


@rule(
    "DV-08",
    says=_("Jumlah debit dan kredit harus sama, dalam rupiah bulat."),
    remedy=_("Perbaiki baris catatan sampai selisihnya nol."),
    basis="product",
    status=Status.PRODUCT,
)
def entry_balances(f: EntryFacts) -> bool:
    return sum(f.debits) == sum(f.credits) and sum(f.debits) > 0


@rule(
    "DV-10",
    says=_("Satu bukti hanya boleh dicatat satu kali."),
    remedy=_("Unggah bukti; bila sudah dipakai, buka catatan yang memakainya."),
    basis="product",
    status=Status.PRODUCT,
)
def receipt_used_once(f: EntryFacts) -> bool:
    return f.times_receipt_used == 0 and f.receipt_attached


@rule(
    "DV-22",
    says=_("Uang dicatat pihak yang memegang kasnya."),
    remedy=_("Minta bendahara desa atau mitra mencatat kasnya sendiri."),
    basis="product",
    status=Status.PRODUCT,
)
def recorded_by_the_keeper(f: EntryFacts | CounterFacts) -> bool:
    return f.own_box or f.third_box


@rule(
    "DV-31",
    says=_("Uang pada rekening pihak ketiga dicatat dua orang: satu mengusulkan, satu menyetujui."),
    remedy=_("Usulkan catatan ini untuk disetujui orang kedua."),
    basis="product",
    status=Status.PRODUCT,
)
def third_box_two_people(f: EntryFacts) -> bool:
    return f.two_people or not f.third_box


@rule(
    "DV-32",
    says=_("Uang di luar jangka waktu perjanjian hanya dicatat dengan alasan tertulis."),
    remedy=_("Periksa tanggal pada bukti, atau tulis alasannya."),
    basis="product",
    status=Status.PRODUCT,
)
def booked_inside_term(f: EntryFacts) -> bool:
    return f.term_start <= f.on <= f.term_end or f.reason != ""


RECORDING: tuple[Rule, ...] = (
    money_has_budget_code,
    entry_balances,
    receipt_used_once,
    recorded_by_the_keeper,
    third_box_two_people,
    booked_inside_term,
)


@dataclass(frozen=True)
class TakingFacts:
    """``brings_money``: money, goods or a share come in. ``consent_withdrawn``: those touched took their yes back."""

    brings_money: bool
    consent_withdrawn: bool


@rule(
    "DV-33",
    says=_("Setelah warga menarik persetujuannya, tidak ada uang atau barang baru yang diterima."),
    remedy=_("Bicarakan dengan para pihak; uang diterima lagi setelah warga setuju."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def nothing_taken_in_after_a_no(f: TakingFacts) -> bool:
    return not (f.brings_money and f.consent_withdrawn)


TAKING_IN: tuple[Rule, ...] = (nothing_taken_in_after_a_no,)


@dataclass(frozen=True)
class BudgetFacts:
    """``held``: money of this source in the village's account that no budget holds yet; ``free``: what came in of it
    besides, less what was spent. Both 0 where nothing is spent out of that account."""

    amount: int
    held: int
    free: int


@rule(
    "DV-53",
    says=_("Uang yang belum tercantum dalam APB Desa tidak dibelanjakan."),
    remedy=_("Catat nomor dan tanggal perubahan APB Desa pada catatan uang masuknya."),
    basis="Permendagri 20/2018",
    status=Status.SOURCED,
)
def spent_as_budgeted(f: BudgetFacts) -> bool:
    return f.held == 0 or f.amount <= f.free


SPENDING: tuple[Rule, ...] = (spent_as_budgeted,)


@dataclass(frozen=True)
class SecondFacts:
    amount_rupiah: int
    large_entry_rupiah: int
    entered_by: str
    confirmed_by: str


@rule(
    "DV-11",
    says=_("Catatan uang bernilai besar harus disetujui orang kedua."),
    remedy=_("Ajukan catatan untuk disetujui petugas lain."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def large_entry_two_people(f: SecondFacts) -> bool:
    return f.amount_rupiah < f.large_entry_rupiah or f.confirmed_by not in ("", f.entered_by)


SECOND: tuple[Rule, ...] = (large_entry_two_people,)


@dataclass(frozen=True)
class ConfirmingFacts:
    entered_by: str
    confirmed_by: str


@rule(
    "DV-23",
    says=_("Usulan catatan harus disetujui orang lain, bukan pengusulnya."),
    remedy=_("Minta petugas lain memeriksa catatan ini."),
    basis="product",
    status=Status.PRODUCT,
)
def confirmed_by_another(f: ConfirmingFacts) -> bool:
    return f.confirmed_by != f.entered_by


CONFIRMING: tuple[Rule, ...] = (confirmed_by_another,)


@dataclass(frozen=True)
class CounterFacts:
    points_to_original: bool
    reason: str
    already_countered: bool
    own_box: bool
    third_box: bool


@rule(
    "DV-09",
    says=_("Catatan tidak diubah; kesalahan dikoreksi satu kali dengan catatan lawan beralasan."),
    remedy=_("Buat catatan lawan yang menunjuk catatan asal dan tulis alasannya."),
    basis="product",
    status=Status.PRODUCT,
)
def corrected_by_counter_entry(f: CounterFacts) -> bool:
    return f.points_to_original and f.reason != "" and not f.already_countered


COUNTERING: tuple[Rule, ...] = (corrected_by_counter_entry, recorded_by_the_keeper)

# Training ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnnouncingFacts:
    criteria_published: bool
    quotas_published: bool
    hamlets_reached: int
    hamlets: int
    days_open: int
    training_announcement_days: int
    has_place_and_days: bool


@rule(
    "DV-16",
    says=_(
        "Pelatihan harus diumumkan terbuka dengan kriteria, kuota, dan jalur daftar di setiap dusun, "
        "paling sedikit {training_announcement_days} hari."
    ),
    remedy=_("Lengkapi kriteria, kuota, tempat daftar setiap dusun, dan lamanya pendaftaran."),
    basis="product",
    status=Status.PRODUCT,
)
def open_enrolment(f: AnnouncingFacts) -> bool:
    return (
        f.criteria_published
        and f.quotas_published
        and f.hamlets_reached == f.hamlets > 0
        and f.days_open >= f.training_announcement_days
    )


@rule(
    "DV-29",
    says=_("Pelatihan yang diumumkan harus memiliki tempat dan tanggal."),
    remedy=_("Isi tempat dan tanggal pelatihan."),
    basis="product",
    status=Status.PRODUCT,
)
def has_place_and_days(f: AnnouncingFacts) -> bool:
    return f.has_place_and_days


ANNOUNCING: tuple[Rule, ...] = (open_enrolment, has_place_and_days)


@dataclass(frozen=True)
class ApplyingFacts:
    same_names: int
    declared_different: bool
    in_time: bool


@rule(
    "DV-24",
    says=_("Satu orang hanya mendapat satu tempat dalam daftar pendaftar."),
    remedy=_("Periksa nama yang sama; nyatakan bila orangnya memang berbeda."),
    basis="product",
    status=Status.PRODUCT,
)
def one_lot_per_person(f: ApplyingFacts) -> bool:
    return f.same_names == 0 or f.declared_different


@rule(
    "DV-28",
    says=_("Pendaftaran diterima sampai hari terakhir yang diumumkan."),
    remedy=_("Ikuti pelatihan berikutnya; daftar ini segera ditutup."),
    basis="product",
    status=Status.PRODUCT,
)
def applied_in_time(f: ApplyingFacts) -> bool:
    return f.in_time


APPLYING: tuple[Rule, ...] = (one_lot_per_person, applied_in_time)


@dataclass(frozen=True)
class SeatFacts:
    """``draw_published``: the list of candidates and its hash stood open before the seed was drawn. ``witnesses``: people
    who watched, each counted once, and not who enters the draw; none of both while the draw is still to be held."""

    applicants: int
    seats: int
    draw_published: bool
    quotas: int
    seed_figures: int = 0
    witnesses: int = 0


@rule(
    "DV-17",
    says=_("Bila pendaftar melebihi tempat, peserta harus ditentukan undian adil."),
    remedy=_("Jalankan undian dari daftar yang sudah terbit, disaksikan dua orang selain Anda."),
    basis="product",
    status=Status.PRODUCT,
)
def scarce_seats_drawn(f: SeatFacts) -> bool:
    fair = f.draw_published and f.seed_figures >= SHORTEST_SEED and f.witnesses >= 2
    return f.applicants <= f.seats or fair


@rule(
    "DV-25",
    says=_("Undian sederhana memberi semua pendaftar peluang sama dan tidak dapat menjaga kuota."),
    remedy=_("Tambah tempat sampai cukup, atau umumkan pelatihan tanpa kuota."),
    basis="product",
    status=Status.PRODUCT,
)
def plain_draw_keeps_no_quota(f: SeatFacts) -> bool:
    return f.applicants <= f.seats or f.quotas == 0


ALLOCATING: tuple[Rule, ...] = (scarce_seats_drawn, plain_draw_keeps_no_quota)


@dataclass(frozen=True)
class ClosingFacts:
    today: date
    closes_on: date


@rule(
    "DV-26",
    says=_("Pendaftaran tetap terbuka sampai hari terakhir yang diumumkan."),
    remedy=_("Tunggu hari terakhir itu lewat, lalu tutup pendaftaran."),
    basis="product",
    status=Status.PRODUCT,
)
def open_as_announced(f: ClosingFacts) -> bool:
    return f.today > f.closes_on


CLOSING: tuple[Rule, ...] = (open_as_announced,)


@dataclass(frozen=True)
class CertificateFacts:
    attendance_percent: int
    certificate_attendance_percent: int


@rule(
    "DV-19",
    says=_("Sertifikat hanya untuk peserta dengan kehadiran paling sedikit {certificate_attendance_percent} persen."),
    remedy=_("Perbaiki catatan hadir bila salah, atau tawarkan pelatihan ulang."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def certificate_earned(f: CertificateFacts) -> bool:
    return f.attendance_percent >= f.certificate_attendance_percent


CERTIFYING: tuple[Rule, ...] = (certificate_earned,)
