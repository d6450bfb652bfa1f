"""What an office, a mandate, a hand-over and an entry made for a village need; and the two lives among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bermitra.foundation.accounts.rules import assistance_never_decides, term_of_office_recorded
from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

NOBODY = _("Tidak ada yang ditunggu.")

# Offices --------------------------------------------------------------------------------------------------------------
APPOINTMENT = Flow(
    "appointment",
    [
        Move("start", "proposed", "accounts.appoint"),
        Move("start", "proposed", "accounts.appoint_for_party"),
        Move("start", "proposed", "accounts.record_mandate"),
        Move("proposed", "confirmed", "accounts.confirm_appointment"),
        Move("contested", "confirmed", "accounts.confirm_appointment"),
        Move("confirmed", "contested", "accounts.contest_appointment"),
        Move("proposed", "ended", "accounts.end_appointment"),
        Move("confirmed", "ended", "accounts.end_appointment"),
        Move("contested", "ended", "accounts.end_appointment"),
        Move("confirmed", "ended", "accounts.hand_over"),
        Move("contested", "ended", "accounts.hand_over"),
    ],
)
APPOINTMENT_LABELS = {
    "proposed": Label(
        _("Diusulkan"),
        _("Menunggu bukti pengangkatan"),
        _("Menunggu pejabat berwenang memeriksa surat keputusan."),
    ),
    "confirmed": Label(_("Menjabat"), _("Menjabat"), NOBODY),
    "contested": Label(_("Diperiksa"), _("Digugat"), _("Menunggu pejabat berwenang memeriksa keberatan.")),
    "ended": Label(_("Selesai menjabat"), _("Berakhir"), NOBODY),
}


@dataclass(frozen=True)
class GivingFacts:
    """Who proposed an office, who is to hold it, and who would confirm it now, by their codes.

    ``counter``: the whole is one act at the counter of the regency, by the decree that lies on the table.
    """

    proposer: str
    holder: str
    confirmer: str
    confirmer_role: str
    given_by: tuple[str, ...]
    counter: bool = False


@rule(
    "FD-20",
    says=_("Pengusul dan pemegang jabatan tidak mengesahkan jabatan itu sendiri."),
    remedy=_("Minta pejabat lain yang berwenang memeriksa surat keputusan dan mengesahkannya."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def another_person_confirms(f: GivingFacts) -> bool:
    return f.counter or f.confirmer not in (f.proposer, f.holder)


@rule(
    "FD-21",
    says=_("Jabatan disahkan oleh yang berwenang memberinya."),
    remedy=_("Minta pejabat yang disebut pada daftar peran mengesahkannya."),
    basis="UU 6/2014 ps 37-40, 48-50, 58; Permendagri 110/2016",
    status=Status.UNVERIFIED,
)
def confirmed_by_whoever_gives_it(f: GivingFacts) -> bool:
    return f.counter or f.confirmer_role in f.given_by


@dataclass(frozen=True)
class HolderFacts:
    """``terms``: how often the person holds this office here, this time included; ``apart``: offices held that law keeps apart."""

    terms: int
    most_terms: int
    apart: tuple[str, ...]


@rule(
    "FD-22",
    says=_("Masa jabatan yang sama tidak boleh dijalani melebihi batas."),
    remedy=_("Periksa berapa kali orang ini sudah menjabat sebelum mengesahkan."),
    basis="UU 6/2014 ps 39, 56 jo. UU 3/2024",
    status=Status.SOURCED,
    severity=Severity.WARN,
)
def terms_within_limit(f: HolderFacts) -> bool:
    return f.terms <= f.most_terms


@rule(
    "FD-23",
    says=_("Satu orang tidak merangkap jabatan yang dipisahkan hukum di satu desa."),
    remedy=_("Akhiri salah satu jabatan, atau angkat orang lain."),
    basis="UU 6/2014 ps 29, 51, 64",
    status=Status.UNVERIFIED,
    severity=Severity.WARN,
)
def offices_kept_apart(f: HolderFacts) -> bool:
    return not f.apart


@dataclass(frozen=True)
class ReasonFacts:
    reason: str


@rule(
    "FD-24",
    says=_("Keberatan dan jawabannya memuat alasan."),
    remedy=_("Tulis alasan yang dapat diperiksa orang lain."),
    basis="product",
    status=Status.PRODUCT,
)
def reason_given(f: ReasonFacts) -> bool:
    return f.reason.strip() != ""


@dataclass(frozen=True)
class SuccessionFacts:
    """``same_office``: role and place (or party) of both are one."""

    same_office: bool
    other_person: bool
    successor_holds: bool


@rule(
    "FD-25",
    says=_("Jabatan diserahkan kepada pengganti yang sudah disahkan dalam jabatan yang sama."),
    remedy=_("Sahkan dahulu surat keputusan pengganti atau penjabat."),
    basis="product: hand-over of office",
    status=Status.PRODUCT,
)
def successor_in_the_same_office(f: SuccessionFacts) -> bool:
    return f.same_office and f.other_person and f.successor_holds


# Written powers -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MandateFacts:
    """``giver_signs``: the giver holds, today, the office that signs for this village or partner."""

    giver_signs: bool
    giver_until: date
    until: date
    dated: date
    today: date
    other_person: bool
    office_can_be_given: bool


@rule(
    "FD-26",
    says=_("Surat kuasa diberikan penandatangan yang menjabat dan tidak melebihi masa jabatannya."),
    remedy=_("Periksa pemberi kuasa, tanggal surat, dan tanggal akhirnya."),
    basis="KUH Perdata ps 1792-1819",
    status=Status.UNVERIFIED,
)
def power_given_by_whoever_holds_it(f: MandateFacts) -> bool:
    within = f.dated <= f.today and f.until <= f.giver_until
    return f.giver_signs and within and f.other_person and f.office_can_be_given


# Contact --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ContactFacts:
    """Whole hours since the person changed its telephone or e-mail; many where it never did."""

    hours_since_contact_change: int
    contact_change_cooling_hours: int


@rule(
    "FD-10",
    says=_("Nomor atau rekening yang baru diganti harus menunggu masa jeda."),
    remedy=_("Tunggu sampai masa jeda selesai, lalu ulangi tindakan ini."),
    basis="product: threat T8",
    status=Status.PRODUCT,
)
def contact_has_cooled_down(f: ContactFacts) -> bool:
    return f.hours_since_contact_change >= f.contact_change_cooling_hours


# Entries for a village ------------------------------------------------------------------------------------------------
ASSISTANCE = Flow(
    "assistance",
    [
        Move("start", "requested", "accounts.request_assistance"),
        Move("requested", "active", "accounts.grant_assistance"),
        Move("requested", "active", "accounts.record_assistance_mandate"),
        Move("requested", "ended", "accounts.end_assistance"),
        Move("active", "contested", "accounts.contest_entry"),
        Move("contested", "contested", "accounts.contest_entry"),
        Move("contested", "active", "accounts.correct_entry"),
        Move("contested", "contested", "accounts.correct_entry"),
        Move("active", "ended", "accounts.end_assistance"),
        Move("contested", "ended", "accounts.end_assistance"),
    ],
)
ASSISTANCE_LABELS = {
    "requested": Label(
        _("Diminta desa"), _("Menunggu surat mandat"), _("Menunggu Kepala Desa menandatangani mandat bantuan.")
    ),
    "active": Label(_("Berjalan"), _("Mandat berlaku"), NOBODY),
    "contested": Label(
        _("Digugat desa"),
        _("Isian digugat desa"),
        _("Menunggu petugas pembantu memperbaiki isian yang digugat."),
    ),
    "ended": Label(_("Berakhir"), _("Berakhir"), NOBODY),
}


@dataclass(frozen=True)
class AssistanceFacts:
    """``months``: months begun from the first to the last day of the mandate."""

    mandate_signed: bool
    today: date
    ends_on: date
    months: int
    assistance_max_months: int


@rule(
    "FD-05",
    says=_("Bantuan pengisian memerlukan mandat tertulis Kepala Desa yang masih berlaku."),
    remedy=_("Tandatangani mandat bantuan yang memuat nama petugas dan tanggal akhir."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def assistance_mandated(f: AssistanceFacts) -> bool:
    return f.mandate_signed and f.today <= f.ends_on and f.months <= f.assistance_max_months


@dataclass(frozen=True)
class HelperFacts:
    """Of whoever is to enter for a village: the offices held in that village, parties held, and who records the mandate."""

    of_the_village: bool
    of_a_party: bool
    records_own_mandate: bool


@rule(
    "FD-27",
    says=_("Petugas pembantu bukan pejabat desa itu, bukan orang mitra, dan tidak mencatat mandatnya sendiri."),
    remedy=_("Pilih petugas lain, atau minta orang lain mencatat mandat ini."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def helper_stands_outside(f: HelperFacts) -> bool:
    return not (f.of_the_village or f.of_a_party or f.records_own_mandate)


@dataclass(frozen=True)
class ContestFacts:
    entered_on: date
    today: date
    value_check_days: int


@rule(
    "FD-28",
    says=_("Isian atas nama desa digugat sebelum batas harinya lewat."),
    remedy=_("Perbaiki isian itu sendiri, atau minta petugas memperbaikinya."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def contested_in_time(f: ContestFacts) -> bool:
    return f.today <= f.entered_on + timedelta(days=f.value_check_days)


CONFIRMING: tuple[Rule, ...] = (term_of_office_recorded,)
GIVING: tuple[Rule, ...] = (another_person_confirms, confirmed_by_whoever_gives_it)
HOLDING: tuple[Rule, ...] = (terms_within_limit, offices_kept_apart)
CONTESTING: tuple[Rule, ...] = (reason_given,)
HANDING_OVER: tuple[Rule, ...] = (successor_in_the_same_office,)
EMPOWERING: tuple[Rule, ...] = (power_given_by_whoever_holds_it,)
COOLED_DOWN: tuple[Rule, ...] = (contact_has_cooled_down,)
ASKING_FOR_HELP: tuple[Rule, ...] = (helper_stands_outside,)
GRANTING: tuple[Rule, ...] = (assistance_mandated,)
NEVER_BY_HELPERS: tuple[Rule, ...] = (assistance_never_decides,)
CONTESTING_AN_ENTRY: tuple[Rule, ...] = (contested_in_time,)
