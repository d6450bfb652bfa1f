"""The life of an agreement and of a signature, and what the law and the village ask before a text is locked and signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

PARTIES = {"one": _("Desa"), "two": _("Mitra")}
ONE, TWO = "one", "two"
OTHER = {ONE: TWO, TWO: ONE}
TURN = {ONE: "village_turn", TWO: "partner_turn"}  # the state in which a side has the text

DRAFT_FLOW = Flow(
    "agreement_draft",
    (
        Move("start", "village_turn", "agreements.start_draft"),
        Move("village_turn", "village_turn", "agreements.propose_change"),
        Move("partner_turn", "partner_turn", "agreements.propose_change"),
        Move("text_agreed", "village_turn", "agreements.propose_change"),
        Move("village_turn", "partner_turn", "agreements.pass_turn"),
        Move("partner_turn", "village_turn", "agreements.pass_turn"),
        Move("village_turn", "legal_review", "agreements.request_legal_review"),
        Move("legal_review", "village_turn", "agreements.give_legal_review"),
        Move("legal_review", "village_turn", "agreements.end_legal_review"),
        # The first to accept hands the text to the other side; the second makes it agreed.
        Move("village_turn", "partner_turn", "agreements.accept_text"),
        Move("partner_turn", "village_turn", "agreements.accept_text"),
        Move("village_turn", "text_agreed", "agreements.accept_text"),
        Move("partner_turn", "text_agreed", "agreements.accept_text"),
        Move("text_agreed", "text_agreed", "agreements.grant_permit"),
        Move("text_agreed", "village_turn", "agreements.refuse_permit"),
        Move("text_agreed", "locked", "agreements.finalise"),
        Move("locked", "village_turn", "agreements.reopen_draft"),
        Move("locked", "village_turn", "agreements.void_signatures"),
        Move("locked", "in_force", "agreements.activate"),
        Move("village_turn", "abandoned", "agreements.abandon_draft"),
        Move("partner_turn", "abandoned", "agreements.abandon_draft"),
        Move("legal_review", "abandoned", "agreements.abandon_draft"),
        Move("text_agreed", "abandoned", "agreements.abandon_draft"),
        Move("village_turn", "abandoned", "agreements.return_to_selection"),
        Move("partner_turn", "abandoned", "agreements.return_to_selection"),
        Move("text_agreed", "abandoned", "agreements.return_to_selection"),
    ),
)
DRAFTED_IN = frozenset({"village_turn", "partner_turn", "legal_review", "text_agreed"})

SLOT_FLOW = Flow(
    "signature",
    (
        Move("start", "invited", "agreements.finalise"),
        Move("invited", "signed", "agreements.sign"),
        Move("invited", "paper_uploaded", "agreements.upload_wet_signatures"),
        Move("paper_uploaded", "invited", "agreements.return_wet_signatures"),
        Move("paper_uploaded", "signed", "agreements.confirm_wet_signatures"),
        Move("invited", "declined", "agreements.decline_to_sign"),
        Move("declined", "invited", "agreements.invite_signer"),
        Move("invited", "void", "agreements.reopen_draft"),
        Move("paper_uploaded", "void", "agreements.reopen_draft"),
        Move("declined", "void", "agreements.reopen_draft"),
        Move("invited", "void", "agreements.void_signatures"),
        Move("signed", "void", "agreements.void_signatures"),
        Move("declined", "void", "agreements.void_signatures"),
    ),
)


_NOBODY = _("Tidak ada yang ditunggu.")
LABELS: dict[str, Label] = {
    "village_turn": Label(
        _("Giliran desa"), _("Naskah di tangan desa"), _("Menunggu Sekretaris Desa menyusun naskah.")
    ),
    "partner_turn": Label(_("Giliran mitra"), _("Naskah di tangan mitra"), _("Menunggu mitra memeriksa naskah.")),
    "legal_review": Label(
        _("Telaah hukum"), _("Telaah hukum (pilihan)"), _("Menunggu penelaah hukum memberi catatan.")
    ),
    "text_agreed": Label(
        _("Naskah disepakati"),
        _("Kedua pihak menerima naskah yang sama"),
        _("Menunggu Kepala Desa mengunci naskah."),
    ),
    "locked": Label(_("Naskah terkunci"), _("Terkunci dengan sidik naskah"), _("Menunggu para penandatangan.")),
    "in_force": Label(_("Berlaku"), _("Berlaku"), _NOBODY),
    "abandoned": Label(_("Dihentikan"), _("Naskah dihentikan"), _NOBODY),
}
SLOT_LABELS = {
    "invited": _("Menunggu tanda tangan"),
    "paper_uploaded": _("Tanda tangan basah diperiksa"),
    "signed": _("Sudah menandatangani"),
    "declined": _("Menolak menandatangani"),
    "void": _("Tidak berlaku"),
}

# The eight contents that PP 43/2014 ps 143 and Permendagri 96/2017 ps 6 ask of an agreement.
CONTENTS = {
    "scope": _("Ruang lingkup"),
    "field": _("Bidang kerja sama"),
    "procedure": _("Tata cara pelaksanaan"),
    "term": _("Jangka waktu"),
    "rights_and_obligations": _("Hak dan kewajiban"),
    "funding": _("Pendanaan"),
    "changes": _("Perubahan, penundaan, dan pembatalan"),
    "disputes": _("Penyelesaian perselisihan"),
}
BUILT, UTILISED, LEASED, SHARING = ("bgs", "bsg"), "ksp", "sewa", ("bagi", "inti", "offtake", "ksp")


# Before a text is locked --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ConsentFacts:
    """What the village meeting decided on the sheet that this agreement rests on, and on which day the text is made."""

    minutes_binding: bool
    decision: str
    attendance_attached: bool
    minutes_date: date | None
    agreement_date: date


@rule(
    "AG-01",
    says=_("Musyawarah Desa harus menyetujui kerja sama ini lebih dahulu."),
    remedy=_("Ketua BPD menyelenggarakan Musyawarah Desa dan menetapkan berita acara yang menyetujuinya."),
    basis="UU 6/2014 ps 93(2); Permendagri 96/2017 ps 14-15",
    status=Status.SOURCED,
)
def musyawarah_agreed_first(f: ConsentFacts) -> bool:
    agreed = f.minutes_binding and f.decision == "agreed" and f.attendance_attached
    return agreed and f.minutes_date is not None and f.minutes_date <= f.agreement_date


@dataclass(frozen=True)
class ContentFacts:
    filled: frozenset[str]
    limits: int
    sanctions: int


@rule(
    "AG-02",
    says=_("Delapan isi wajib perjanjian harus terisi."),
    remedy=_("Isi pasal yang masih kosong pada naskah."),
    basis="PP 43/2014 ps 143; Permendagri 96/2017 ps 6",
    status=Status.SOURCED,
)
def eight_contents_filled(f: ContentFacts) -> bool:
    return CONTENTS.keys() <= f.filled


@rule(
    "AG-03",
    says=_("Perjanjian harus memuat batasan dan sanksi."),
    remedy=_("Tambahkan batasan dan tangga sanksi pada lembar pokok."),
    basis="Mission: limits and sanctions; product",
    status=Status.PRODUCT,
    switchable=True,
)
def limits_and_sanctions_filled(f: ContentFacts) -> bool:
    return f.limits >= 1 and f.sanctions >= 1


@dataclass(frozen=True)
class ObligationFacts:
    obligations: int
    incomplete_obligations: int
    parties_with_obligations: int
    parties: int


@rule(
    "AG-04",
    says=_("Setiap kewajiban harus memuat pihak, tindakan, tenggat, ukuran, bukti, pemeriksa, dan sanksi."),
    remedy=_("Lengkapi kolom kewajiban yang masih kosong."),
    basis="product: clauses as data",
    status=Status.PRODUCT,
    switchable=True,
)
def obligations_are_measurable(f: ObligationFacts) -> bool:
    return f.obligations >= 2 and f.incomplete_obligations == 0 and f.parties_with_obligations == f.parties


@dataclass(frozen=True)
class AcceptanceFacts:
    text_hash: str
    accepted_hashes: tuple[str, ...]
    parties: int


@rule(
    "AG-06",
    says=_("Semua pihak harus menerima versi naskah yang sama."),
    remedy=_("Buka versi terakhir, lalu nyatakan menerima."),
    basis="product: drafting by turns",
    status=Status.PRODUCT,
)
def both_accept_same_text(f: AcceptanceFacts) -> bool:
    return len(f.accepted_hashes) == f.parties and set(f.accepted_hashes) == {f.text_hash}


@dataclass(frozen=True)
class FundingFacts:
    funding_rupiah: int
    value_rupiah: int
    money_lines_without_code: int


@rule(
    "AG-07",
    says=_("Sumber dana harus menutup seluruh nilai, dengan kode APB Desa setiap baris uang."),
    remedy=_("Samakan jumlah sumber dana dengan nilai dan isi kodenya."),
    basis="Permendagri 96/2017 ps 6(f); Permendagri 20/2018; product sum check",
    status=Status.PRODUCT,
    switchable=True,
)
def funding_covers_obligations(f: FundingFacts) -> bool:
    return f.funding_rupiah == f.value_rupiah and f.money_lines_without_code == 0


@dataclass(frozen=True)
class BurdenFacts:
    """``decree_hash``: of the sheet for which the decree was given, ``sheet_hash`` of the one that holds now."""

    burdens_village: bool
    bpd_decree_number: str
    decree_hash: str = ""
    sheet_hash: str = ""


@rule(
    "AG-08",
    says=_("Kerja sama yang membebani desa harus disetujui dengan Keputusan BPD."),
    remedy=_("Ketua BPD menerbitkan Keputusan BPD tentang persetujuan beban desa."),
    basis="Regional Perda practice on burdens; Permendagri 96/2017",
    status=Status.SOURCED,
)
def bpd_decree_when_burdened(f: BurdenFacts) -> bool:
    return not f.burdens_village or f.bpd_decree_number != ""


@rule(
    "AG-45",
    says=_("Keputusan BPD harus untuk lembar pokok yang disetujui sekarang."),
    remedy=_("Ketua BPD menerbitkan Keputusan BPD untuk lembar pokok yang baru."),
    basis="Regional Perda practice on burdens; product: consent covers the text",
    status=Status.PRODUCT,
)
def decree_is_for_this_sheet(f: BurdenFacts) -> bool:
    return not f.burdens_village or f.bpd_decree_number == "" or f.decree_hash == f.sheet_hash


@dataclass(frozen=True)
class AssetFacts:
    """``forms`` are those of the case; ``asset_years`` the longest use of an asset by form, in whole years begun.

    ``permit_hash``: of the text for which the permit was given, ``text_hash`` of the one that would be locked.
    """

    forms: tuple[str, ...]
    term_years: int
    permit_number: str
    uses_asset: bool
    asset_in_inventory: bool
    ownership_proof: bool
    not_pledged: bool
    no_pledge_clause: bool
    lease_max_years: int
    utilisation_max_years: int
    build_operate_max_years: int
    permit_hash: str = ""
    text_hash: str = ""


@rule(
    "AG-09",
    says=_("Sewa aset desa tidak boleh melebihi {lease_max_years} tahun setiap kali."),
    remedy=_("Perpendek jangka sewa; perpanjangan dilakukan kelak lewat evaluasi."),
    basis="Permendagri 1/2016 ps 12",
    status=Status.SOURCED,
)
def lease_within_limit(f: AssetFacts) -> bool:
    return LEASED not in f.forms or f.term_years <= f.lease_max_years


@rule(
    "AG-11",
    says=_("Kerja sama pemanfaatan aset desa tidak boleh melebihi {utilisation_max_years} tahun."),
    remedy=_("Perpendek jangka waktu pada naskah."),
    basis="Permendagri 1/2016 ps 14",
    status=Status.UNVERIFIED,
)
def utilisation_within_limit(f: AssetFacts) -> bool:
    return UTILISED not in f.forms or f.term_years <= f.utilisation_max_years


@rule(
    "AG-12",
    says=_("Bangun guna serah atau bangun serah guna tidak boleh melebihi {build_operate_max_years} tahun."),
    remedy=_("Perpendek jangka waktu pada naskah."),
    basis="Permendagri 1/2016 ps 15-16",
    status=Status.UNVERIFIED,
)
def build_operate_within_limit(f: AssetFacts) -> bool:
    return not set(BUILT) & set(f.forms) or f.term_years <= f.build_operate_max_years


@rule(
    "AG-13",
    says=_("Pemanfaatan dan bangun guna aset desa memerlukan izin tertulis Bupati atau Wali Kota."),
    remedy=_("Ajukan permohonan izin lewat camat dan catat surat izinnya."),
    basis="Permendagri 1/2016 ps 17",
    status=Status.UNVERIFIED,
)
def regent_permit_granted(f: AssetFacts) -> bool:
    return not {UTILISED, *BUILT} & set(f.forms) or f.permit_number != ""


@rule(
    "AG-46",
    says=_("Izin Bupati atau Wali Kota harus untuk naskah yang sama."),
    remedy=_("Naskah berubah sesudah izin: ajukan izin lagi untuk naskah ini."),
    basis="Permendagri 1/2016 ps 17; product: the permit covers the text",
    status=Status.PRODUCT,
)
def permit_is_for_this_text(f: AssetFacts) -> bool:
    asked = {UTILISED, *BUILT} & set(f.forms) and f.permit_number != ""
    return not asked or f.permit_hash == f.text_hash


@rule(
    "AG-14",
    says=_("Aset desa harus tercatat, berbukti kepemilikan, dan tidak dijaminkan."),
    remedy=_("Catat aset dan buktinya, serta pertahankan pasal larangan menjaminkan."),
    basis="Permendagri 1/2016 ps 6, 11",
    status=Status.SOURCED,
)
def asset_recorded_and_unpledged(f: AssetFacts) -> bool:
    sound = f.asset_in_inventory and f.ownership_proof and f.not_pledged and f.no_pledge_clause
    return not f.uses_asset or sound


@dataclass(frozen=True)
class GroupFacts:
    """``consent_withdrawn``: given once, and not given now. ``was_given``: given at any time."""

    touches_land_forest_custom: bool
    consent_state: str
    consent_withdrawn: bool
    was_given: bool = False


@rule(
    "AG-16",
    says=_("Kerja sama yang menyentuh lahan, hutan, adat, relokasi, atau alam memerlukan PADIATAPA yang diberikan."),
    remedy=_("Selesaikan tahap PADIATAPA; warga berhak menolak pada setiap tahap."),
    basis="Practice of PADIATAPA (FPIC); UU 6/2014 ps 93(2)",
    status=Status.PRODUCT,
)
def consent_where_land_touched(f: GroupFacts) -> bool:
    return not f.touches_land_forest_custom or (f.consent_state == "given" and not f.consent_withdrawn)


@dataclass(frozen=True)
class ShareFacts:
    forms: tuple[str, ...]
    formula_given: bool
    example_recomputes: bool
    exclusive_seasons: int
    exclusive_max_seasons: int


@rule(
    "AG-28",
    says=_("Bagi hasil, inti-plasma, dan pembelian panen harus memuat rumus dengan contoh angka."),
    remedy=_("Tulis rumus dan contoh hitungan yang menghasilkan angka sama."),
    basis="product; failures seen in plasma",
    status=Status.PRODUCT,
    switchable=True,
)
def shares_shown_with_figures(f: ShareFacts) -> bool:
    shown = f.formula_given and f.example_recomputes and f.exclusive_seasons <= f.exclusive_max_seasons
    return not set(SHARING) & set(f.forms) or shown


@dataclass(frozen=True)
class PlantationFacts:
    plantation_duty: bool
    community_percent: int
    years_after_title: int
    members_listed: bool
    map_attached: bool
    plasma_share_percent: int
    plasma_deadline_years: int


def names_a_paper(typed: str) -> bool:
    """Whether a typed proof says which paper it means, by number or date; "sudah ada" is no list and no map."""
    return len(typed.split()) > 1 and any(each.isdigit() for each in typed)


@rule(
    "AG-29",
    says=_("Perusahaan kebun harus memuat kebun masyarakat, daftar calon, peta, dan batas waktunya."),
    remedy=_("Isi luas dan batas waktu; sebut nomor atau tanggal daftar calon petani dan peta."),
    basis="UU 39/2014 jo. UU 6/2023; PP 26/2021; Permentan 18/2021",
    status=Status.SOURCED,
)
def plantation_share_honoured(f: PlantationFacts) -> bool:
    enough = f.community_percent >= f.plasma_share_percent and 0 < f.years_after_title <= f.plasma_deadline_years
    return not f.plantation_duty or (enough and f.members_listed and f.map_attached)


@dataclass(frozen=True)
class GateFacts:
    """``open_gates``: conditions of the forms without an answer, and blanks left in the articles of these forms."""

    open_gates: tuple[str, ...]


@rule(
    "AG-42",
    says=_("Syarat khusus bentuk kerja sama ini harus terpenuhi."),
    remedy=_("Lengkapi syarat dan isian bentuk yang belum tercentang pada daftar."),
    basis="Each condition names its own basis in the book of forms",
    status=Status.UNVERIFIED,
)
def form_gates_met(f: GateFacts) -> bool:
    return not f.open_gates


@dataclass(frozen=True)
class DecisionFacts:
    """``departing``: the topics that say otherwise than the sheet which the meeting agreed to."""

    departing: tuple[str, ...]


@rule(
    "AG-43",
    says=_("Naskah tidak boleh menyimpang dari sembilan pokok yang diputuskan Musyawarah Desa."),
    remedy=_("Kembalikan isi naskah, atau bawa perbedaannya ke Musyawarah Desa lagi."),
    basis="UU 6/2014 ps 93(2) as motive; product: consent covers the text",
    status=Status.PRODUCT,
)
def text_within_decision(f: DecisionFacts) -> bool:
    return not f.departing


# Signing ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MandateFacts:
    """The mandate of the person who signs; ``mandate_number`` is empty where he or she is not the one named."""

    mandate_number: str
    mandate_from: date
    today: date
    mandate_until: date


@rule(
    "AG-18",
    says=_("Penandatangan harus memegang mandat yang masih berlaku."),
    remedy=_("Catat surat keputusan, akta, atau surat kuasa yang masih berlaku."),
    basis="UU 6/2014 ps 26; mandate of legal entities",
    status=Status.UNVERIFIED,
)
def signatory_has_mandate(f: MandateFacts) -> bool:
    return f.mandate_number != "" and f.mandate_from <= f.today <= f.mandate_until


@dataclass(frozen=True)
class BytesFacts:
    hash_signed: str
    hash_locked: str


@rule(
    "AG-19",
    says=_("Semua pihak harus menandatangani naskah yang sama persis."),
    remedy=_("Buka kembali naskah bila perlu perubahan; tanda tangan lama batal."),
    basis="UU ITE ps 11; PP 71/2019",
    status=Status.SOURCED,
)
def everyone_signs_same_bytes(f: BytesFacts) -> bool:
    return f.hash_locked != "" and f.hash_signed == f.hash_locked


@dataclass(frozen=True)
class ComparedFacts:
    """``seen`` is the hash of scan and locked text that the page showed, ``now`` that of those which stand there."""

    seen: str
    now: str


@rule(
    "AG-44",
    says=_("Pindaian dan naskah yang disahkan harus sama dengan yang Anda cocokkan."),
    remedy=_("Pindaiannya sudah diganti: cocokkan yang terbaru, lalu kirim lagi."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def confirmed_what_was_compared(f: ComparedFacts) -> bool:
    return f.now != "" and f.seen == f.now


@dataclass(frozen=True)
class InkFacts:
    signed_on: date
    locked_on: date
    today: date


@rule(
    "AG-47",
    says=_("Tanggal tanda tangan basah harus sejak naskah dikunci dan paling lambat hari ini."),
    remedy=_("Isi tanggal yang tertulis pada lembar yang ditandatangani."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def signed_after_locking(f: InkFacts) -> bool:
    return f.locked_on <= f.signed_on <= f.today


WET_WITNESSES = 2


@dataclass(frozen=True)
class WetFacts:
    pages: int
    pages_matched: int
    witnesses: int
    confirmed_by: str
    uploaded_by: str


@rule(
    "AG-20",
    says=_("Pindaian tanda tangan basah harus lengkap, cocok setiap halaman, dan disaksikan dua orang."),
    remedy=_("Cocokkan setiap halaman dan lengkapi saksi; pengunggah tidak boleh mengesahkan."),
    basis="product: sign anywhere",
    status=Status.PRODUCT,
)
def wet_ink_bound_to_text(f: WetFacts) -> bool:
    whole = f.pages_matched == f.pages and f.witnesses >= WET_WITNESSES
    return whole and f.confirmed_by != f.uploaded_by


# In force -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StampFacts:
    stamp_kind: str


@rule(
    "AG-21",
    says=_("Meterai perjanjian sebaiknya dibubuhkan dan nomornya dicatat."),
    remedy=_("Bubuhkan meterai pada naskah asli dan catat nomor serinya."),
    basis="UU 10/2020",
    status=Status.UNVERIFIED,
    severity=Severity.WARN,
)
def stamp_duty_noted(f: StampFacts) -> bool:
    return f.stamp_kind in ("physical", "electronic")


@dataclass(frozen=True)
class NumberFacts:
    numbers_given: int
    parties: int


@rule(
    "AG-22",
    says=_("Setiap pihak harus memberi nomor naskahnya sendiri."),
    remedy=_("Isi nomor naskah dari desa dan dari mitra."),
    basis="Existing templates; Permendagri 111/2014",
    status=Status.SOURCED,
)
def numbers_of_every_party(f: NumberFacts) -> bool:
    return f.numbers_given == f.parties


CONSENTED: tuple[Rule, ...] = (musyawarah_agreed_first,)
WITHIN_DECISION: tuple[Rule, ...] = (text_within_decision,)
CONTENT: tuple[Rule, ...] = (eight_contents_filled, limits_and_sanctions_filled)
MEASURABLE: tuple[Rule, ...] = (obligations_are_measurable,)
ACCEPTED: tuple[Rule, ...] = (both_accept_same_text,)
FUNDED: tuple[Rule, ...] = (funding_covers_obligations,)
BURDEN: tuple[Rule, ...] = (bpd_decree_when_burdened, decree_is_for_this_sheet)
ASSETS: tuple[Rule, ...] = (
    lease_within_limit,
    utilisation_within_limit,
    build_operate_within_limit,
    regent_permit_granted,
    permit_is_for_this_text,
    asset_recorded_and_unpledged,
)
GROUPS: tuple[Rule, ...] = (consent_where_land_touched,)
SHARES: tuple[Rule, ...] = (shares_shown_with_figures,)
PLANTATION: tuple[Rule, ...] = (plantation_share_honoured,)
GATES: tuple[Rule, ...] = (form_gates_met,)
MANDATE: tuple[Rule, ...] = (signatory_has_mandate,)
SAME_BYTES: tuple[Rule, ...] = (everyone_signs_same_bytes,)
WET: tuple[Rule, ...] = (wet_ink_bound_to_text,)
COMPARED: tuple[Rule, ...] = (confirmed_what_was_compared,)
UPLOADING: tuple[Rule, ...] = (signed_after_locking,)
ACTIVATING: tuple[Rule, ...] = (stamp_duty_noted, numbers_of_every_party)
