"""What an office, a mandate, a hand-over and an entry made for a village need; and the two lives among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.rules import term_of_office_recorded
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

# Offices --------------------------------------------------------------------------------------------------------------
APPOINTMENT = Flow(
    "appointment",
    [
        Move("start", "proposed", "accounts.appoint"),
        Move("start", "proposed", "accounts.appoint_for_party"),
        Move("start", "proposed", "accounts.record_mandate"),
        Move("start", "proposed", "accounts.enrol_many"),
        Move("start", "confirmed", "accounts.enrol_many"),
        Move("proposed", "confirmed", "accounts.confirm_many"),
        Move("proposed", "ended", "accounts.drop_many"),
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
# What each office proposes for its own house; the head and the council are proposed by those above the village.
PROPOSED_BY_SECRETARY = tuple(
    each.key
    for each in (
        roles.VILLAGE_SECRETARY, roles.VILLAGE_TREASURER, roles.VILLAGE_OFFICIAL, roles.VILLAGE_OPERATOR,
        roles.VILLAGE_COOP_UNIT, roles.SELECTION_PANELIST, roles.RESIDENT, roles.GROUP_REP,
    )
)  # fmt: skip
PROPOSED_BY_COUNCIL = tuple(each.key for each in (roles.BPD_MEMBER, roles.BPD_CHAIR, roles.RESIDENT, roles.GROUP_REP))
PROPOSED_ABOVE = (roles.VILLAGE_HEAD.key, roles.BPD_CHAIR.key, roles.BPD_MEMBER.key, *PROPOSED_BY_SECRETARY)
PROPOSALS = {
    roles.VILLAGE_SECRETARY.key: PROPOSED_BY_SECRETARY,
    roles.BPD_CHAIR.key: PROPOSED_BY_COUNCIL,
    roles.CAMAT.key: PROPOSED_ABOVE,
    roles.DPMD_OFFICER.key: PROPOSED_ABOVE,
}


@dataclass(frozen=True)
class ProposalFacts:
    """The office that is proposed, and the role in which somebody proposes it."""

    role: str
    proposer_role: str


@rule(
    "FD-19",
    says=_("Setiap jabatan hanya mengusulkan jabatan dalam lingkupnya sendiri."),
    remedy=_("Minta sekretaris desa, ketua BPD, camat, atau dinas mengusulkannya."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def proposed_by_its_own_side(f: ProposalFacts) -> bool:
    return f.role in PROPOSALS.get(f.proposer_role, ())


@dataclass(frozen=True)
class KnownFacts:
    """``known``: the person who is proposed had an account before; ``of_the_village``: and holds or held an office there,
    or nothing anywhere else."""

    known: bool
    of_the_village: bool


@rule(
    "FD-49",
    says=_("Pemilik akun hanya diusulkan di desa tempat ia menjabat atau pernah menjabat."),
    remedy=_("Minta dinas mencatat jabatan ini langsung dari surat keputusannya."),
    basis="product: nobody is tied to a house unasked",
    status=Status.PRODUCT,
)
def known_person_stays_in_the_village(f: KnownFacts) -> bool:
    return f.of_the_village or not f.known


@dataclass(frozen=True)
class GivingFacts:
    """Who proposed an office, who is to hold it, and who would confirm it now, by their codes.

    ``counter``: the whole is one act at the counter of the regency, by the decree that lies on the table. Never so for an
    office that reaches over the whole regency: another looks at it, as decisions of two people rest on their being two.
    ``one_hand``: proposer and confirmer may be one, as one of them printed an access letter of the other these days.
    ``proposer_has_the_key``: the holder's password was last set by a letter that the proposer printed.
    """

    proposer: str
    holder: str
    confirmer: str
    confirmer_role: str
    given_by: tuple[str, ...]
    counter: bool = False
    one_hand: bool = False
    proposer_has_the_key: bool = False


@rule(
    "FD-20",
    says=_("Pengusul dan pemegang jabatan tidak mengesahkan jabatan itu sendiri."),
    remedy=_("Minta pejabat lain yang berwenang memeriksa surat keputusan dan mengesahkannya."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def another_person_confirms(f: GivingFacts) -> bool:
    return f.counter or not (f.one_hand or f.confirmer in (f.proposer, f.holder))


@rule(
    "FD-21",
    says=_("Jabatan disahkan oleh yang berwenang memberinya."),
    remedy=_("Minta pejabat yang disebut pada daftar peran mengesahkannya."),
    basis="UU 6/2014 ps 37-40, 48-50, 58; Permendagri 110/2016",
    status=Status.UNVERIFIED,
)
def confirmed_by_whoever_gives_it(f: GivingFacts) -> bool:
    return f.counter or f.confirmer_role in f.given_by


@rule(
    "FD-48",
    says=_("Kata sandi calon petugas kabupaten bukan dari surat akses buatan pengusulnya."),
    remedy=_("Minta petugas lain membuat surat baru, dan calon memakainya, sebelum jabatan disahkan."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def proposer_does_not_hold_the_key(f: GivingFacts) -> bool:
    return f.counter or not f.proposer_has_the_key


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
class EndingFacts:
    """Who ends an office, by code and in which role, who holds it, and the roles that give it; ``system``: a clock ends it.

    ``last_officer``: the office is held today, and nobody else is an officer of the regency.
    """

    ender: str
    ender_role: str
    holder: str
    given_by: tuple[str, ...]
    system: bool = False
    last_officer: bool = False


@rule(
    "FD-29",
    says=_("Jabatan diakhiri oleh yang berwenang memberinya, atau pemegangnya mengundurkan diri."),
    remedy=_("Minta pejabat yang memberi jabatan mengakhirinya, atau gugat jabatan itu dengan alasan."),
    basis="UU 6/2014 ps 40, 53; product: separation of duties",
    status=Status.PRODUCT,
)
def ended_by_whoever_gives_it(f: EndingFacts) -> bool:
    return f.system or f.ender == f.holder or f.ender_role in f.given_by


@rule(
    "FD-50",
    says=_("Setiap kabupaten selalu punya petugas dinas yang menjabat."),
    remedy=_("Angkat dan sahkan dahulu petugas penggantinya."),
    basis="product: somebody admits people and prints their letters",
    status=Status.PRODUCT,
)
def regency_keeps_an_officer(f: EndingFacts) -> bool:
    return f.system or not f.last_officer


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


# Passed on by one act and one paper; of the other offices nothing waits that a list would name.
HANDED_OVER = frozenset(
    each.key
    for each in (
        roles.VILLAGE_HEAD, roles.VILLAGE_SECRETARY, roles.VILLAGE_TREASURER, roles.BPD_CHAIR, roles.CAMAT,
        roles.DPMD_OFFICER,
    )
)  # fmt: skip


@dataclass(frozen=True)
class HandingFacts:
    """The office that passes on, the roles that give it, who writes the hand-over down, and those whose hand-over it is."""

    role: str
    given_by: tuple[str, ...]
    actor: str
    actor_role: str
    concerned: frozenset[str]


@rule(
    "FD-16",
    says=_("Serah terima dibuat untuk jabatan yang tugas dan berkasnya berpindah."),
    remedy=_("Akhiri saja jabatan ini; tidak ada daftar yang diserahterimakan."),
    basis="product: hand-over of office",
    status=Status.PRODUCT,
)
def office_is_handed_over(f: HandingFacts) -> bool:
    return f.role in HANDED_OVER


@rule(
    "FD-30",
    says=_("Serah terima dicatat pejabat lama, penggantinya, atau yang berwenang memberi jabatan itu."),
    remedy=_("Minta salah satu dari mereka mencatat serah terima ini."),
    basis="product: hand-over of office",
    status=Status.PRODUCT,
)
def handed_over_by_those_concerned(f: HandingFacts) -> bool:
    return f.actor in f.concerned or f.actor_role in f.given_by


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
    says=_("Surat kuasa diberikan penanda tangan yang menjabat dan tidak melebihi masa jabatannya."),
    remedy=_("Periksa pemberi kuasa, tanggal surat, dan tanggal akhirnya."),
    basis="KUH Perdata ps 1792-1819",
    status=Status.UNVERIFIED,
)
def power_given_by_whoever_holds_it(f: MandateFacts) -> bool:
    within = f.dated <= f.today and f.until <= f.giver_until
    return f.giver_signs and within and f.other_person and f.office_can_be_given


@dataclass(frozen=True)
class EmpoweredFacts:
    """``known``: the holder named in the letter had an account before; ``of_the_house``: and holds or held an office there."""

    known: bool
    of_the_house: bool


@rule(
    "FD-17",
    says=_("Pemilik akun hanya menerima kuasa dari pihak tempat ia menjabat atau pernah menjabat."),
    remedy=_("Usulkan dahulu orang ini sebagai rekan dengan nama pengguna baru, lalu catat kuasanya."),
    basis="product: nobody is tied to a house unasked",
    status=Status.PRODUCT,
)
def power_stays_in_the_house(f: EmpoweredFacts) -> bool:
    return f.of_the_house or not f.known


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
class GiverFacts:
    """``head_until``: the last day of the head who gives the mandate; None where the village has no head in office."""

    head_until: date | None
    ends_on: date


@rule(
    "FD-18",
    says=_("Mandat bantuan diberikan Kepala Desa yang menjabat, paling lama sampai hari terakhirnya."),
    remedy=_("Pilih tanggal akhir yang lebih awal, atau tunggu penjabat Kepala Desa disahkan."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def mandate_ends_with_the_head(f: GiverFacts) -> bool:
    return f.head_until is not None and f.ends_on <= f.head_until


@dataclass(frozen=True)
class HelperFacts:
    """Of whoever is to enter for a village: the offices held in that village, and parties held.

    ``recorder_takes_part``: the letter on paper is laid down by the helper, or by the one who asked for the help.
    """

    of_the_village: bool
    of_a_party: bool
    recorder_takes_part: bool


@rule(
    "FD-27",
    says=_("Petugas pembantu bukan orang desa itu atau mitra; ia dan pemintanya tidak mencatat mandatnya."),
    remedy=_("Pilih petugas lain, atau minta orang lain mencatat mandat ini."),
    basis="product: assisted mode",
    status=Status.PRODUCT,
)
def helper_stands_outside(f: HelperFacts) -> bool:
    return not (f.of_the_village or f.of_a_party or f.recorder_takes_part)


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


PROPOSING: tuple[Rule, ...] = (proposed_by_its_own_side,)
KNOWN: tuple[Rule, ...] = (known_person_stays_in_the_village,)
CONFIRMING: tuple[Rule, ...] = (term_of_office_recorded,)
GIVING: tuple[Rule, ...] = (another_person_confirms, confirmed_by_whoever_gives_it)
GIVING_WIDELY: tuple[Rule, ...] = (*GIVING, proposer_does_not_hold_the_key)  # an office over a regency
HOLDING: tuple[Rule, ...] = (terms_within_limit, offices_kept_apart)
CONTESTING: tuple[Rule, ...] = (reason_given,)
ENDING: tuple[Rule, ...] = (ended_by_whoever_gives_it,)
ENDING_AN_OFFICER: tuple[Rule, ...] = (*ENDING, regency_keeps_an_officer)
HANDING_OVER: tuple[Rule, ...] = (office_is_handed_over, handed_over_by_those_concerned)
SUCCEEDING: tuple[Rule, ...] = (successor_in_the_same_office,)
EMPOWERING: tuple[Rule, ...] = (power_given_by_whoever_holds_it,)
EMPOWERED: tuple[Rule, ...] = (power_stays_in_the_house,)
COOLED_DOWN: tuple[Rule, ...] = (contact_has_cooled_down,)
ASKING_FOR_HELP: tuple[Rule, ...] = (helper_stands_outside,)
GRANTING: tuple[Rule, ...] = (assistance_mandated,)
MANDATING: tuple[Rule, ...] = (mandate_ends_with_the_head,)
CONTESTING_AN_ENTRY: tuple[Rule, ...] = (contested_in_time,)
