"""What is asked of every text before it is locked: consent, contents, duties, money, burden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

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
    basis="product: limits and sanctions",
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
    basis="praktik Perda kabupaten tentang beban desa; Permendagri 96/2017",
    status=Status.SOURCED,
)
def bpd_decree_when_burdened(f: BurdenFacts) -> bool:
    return not f.burdens_village or f.bpd_decree_number != ""


@rule(
    "AG-45",
    says=_("Keputusan BPD harus untuk lembar pokok yang disetujui sekarang."),
    remedy=_("Ketua BPD menerbitkan Keputusan BPD untuk lembar pokok yang baru."),
    basis="praktik Perda kabupaten tentang beban desa; product: consent covers the text",
    status=Status.PRODUCT,
)
def decree_is_for_this_sheet(f: BurdenFacts) -> bool:
    return not f.burdens_village or f.bpd_decree_number == "" or f.decree_hash == f.sheet_hash


@dataclass(frozen=True)
class DecisionFacts:
    """``departing``: the topics that say otherwise than the sheet which the meeting agreed to."""

    departing: tuple[str, ...]


@rule(
    "AG-43",
    says=_("Naskah tidak boleh menyimpang dari sembilan pokok yang diputuskan Musyawarah Desa."),
    remedy=_("Kembalikan isi naskah, atau bawa perbedaannya ke Musyawarah Desa lagi."),
    basis="UU 6/2014 ps 93(2); product: consent covers the text",
    status=Status.PRODUCT,
)
def text_within_decision(f: DecisionFacts) -> bool:
    return not f.departing


@dataclass(frozen=True)
class WordsFacts:
    """``undecided``: articles whose own words are not, to the letter, those on the sheet that the meeting agreed to;
    ``unpriced``: blanks with a share or a price that it did not decide, ``unseen``: the other blanks that bind somebody;
    ``added``: rows of duties and annexes that lay more on somebody than it decided."""

    undecided: tuple[str, ...]
    unpriced: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@rule(
    "AG-81",
    says=_("Pasal dalam kata sendiri harus sama dengan yang diputuskan Musyawarah Desa."),
    remedy=_("Bawa pasal itu ke lembar pokok dan Musyawarah Desa, atau pakai naskah baku."),
    basis="UU 6/2014 ps 93(2); product: consent covers the text",
    status=Status.PRODUCT,
)
def own_words_decided(f: WordsFacts) -> bool:
    return not f.undecided


@rule(
    "AG-82",
    says=_("Harga dan bagian hasil pada isian harus sama dengan yang diputuskan Musyawarah Desa."),
    remedy=_("Bawa angkanya ke lembar pokok dan Musyawarah Desa, atau pakai angka naskah baku."),
    basis="UU 6/2014 ps 93(2); product: consent covers the text",
    status=Status.PRODUCT,
)
def shares_and_prices_decided(f: WordsFacts) -> bool:
    return not f.unpriced


@rule(
    "AG-83",
    says=_("Isian yang mengikat salah satu pihak harus sama dengan yang diputuskan Musyawarah Desa."),
    remedy=_("Bawa isian itu ke lembar pokok dan Musyawarah Desa, atau pakai isian naskah baku."),
    basis="UU 6/2014 ps 93(2); product: consent covers the text",
    status=Status.PRODUCT,
)
def binding_blanks_decided(f: WordsFacts) -> bool:
    return not f.unseen


@rule(
    "AG-84",
    says=_("Kolom kewajiban dan lampiran tidak boleh menambah beban di luar keputusan Musyawarah Desa."),
    remedy=_("Bawa tambahan itu ke lembar pokok dan Musyawarah Desa, atau hapus dari naskah."),
    basis="UU 6/2014 ps 93(2); product: consent covers the text",
    status=Status.PRODUCT,
)
def rows_add_no_burden(f: WordsFacts) -> bool:
    return not f.added


CONSENTED: tuple[Rule, ...] = (musyawarah_agreed_first,)

WITHIN_DECISION: tuple[Rule, ...] = (text_within_decision,)

WORDED: tuple[Rule, ...] = (
    own_words_decided,
    shares_and_prices_decided,
    binding_blanks_decided,
    rows_add_no_burden,
)

CONTENT: tuple[Rule, ...] = (eight_contents_filled, limits_and_sanctions_filled)

MEASURABLE: tuple[Rule, ...] = (obligations_are_measurable,)

ACCEPTED: tuple[Rule, ...] = (both_accept_same_text,)

FUNDED: tuple[Rule, ...] = (funding_covers_obligations,)

BURDEN: tuple[Rule, ...] = (bpd_decree_when_burdened, decree_is_for_this_sheet)
