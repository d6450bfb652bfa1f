"""What is measured, who checks it, and how a report reaches the BPD and, through the camat, the regency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

# Lives ----------------------------------------------------------------------------------------------------------------

FRAMEWORK = Flow(
    "indicator_framework",
    [
        Move("start", "draft", "monitoring.draft_framework"),
        Move("draft", "draft", "monitoring.describe_framework"),
        Move("draft", "draft", "monitoring.set_indicator"),
        Move("draft", "draft", "monitoring.set_baseline"),
        Move("draft", "draft", "monitoring.set_target"),
        Move("draft", "draft", "monitoring.drop_indicator"),
        Move("draft", "adopted", "monitoring.adopt_framework"),
    ],
)

FRAMEWORK_LABELS: dict[str, Label] = {
    "draft": Label(
        _("Indikator disusun"), _("Draf indikator"), _("Menunggu Kepala Desa dan mitra menetapkan indikator."), "D"
    ),
    "adopted": Label(_("Indikator ditetapkan"), _("Ditetapkan"), _("Menunggu pengukuran berikutnya."), "D"),
}

VALUE = Flow(
    "indicator_value",
    [
        Move("start", "draft", "monitoring.record_value"),
        Move("draft", "draft", "monitoring.revise_value"),
        Move("returned", "returned", "monitoring.revise_value"),
        Move("draft", "submitted", "monitoring.submit_value"),
        Move("returned", "submitted", "monitoring.submit_value"),
        Move("submitted", "approved", "monitoring.approve_value"),
        Move("submitted", "returned", "monitoring.return_value"),
    ],
)

VALUE_LABELS: dict[str, Label] = {
    "draft": Label(_("Draf"), _("Draf pengukuran"), _("Menunggu pengukur mengirim nilai."), "D"),
    "submitted": Label(_("Diperiksa"), _("Menunggu pemeriksa"), _("Menunggu pemeriksa yang bukan pengukur."), "D"),
    "returned": Label(
        _("Dikembalikan"), _("Dikembalikan dengan alasan"), _("Menunggu pengukur memperbaiki nilai."), "D"
    ),
    "approved": Label(_("Disetujui"), _("Disetujui"), _("Tidak ada yang ditunggu."), "D"),
}

REPORT = Flow(
    "report",
    [
        Move("start", "open", "monitoring.open_report"),
        Move("start", "open", "monitoring.open_progress_report"),
        Move("open", "open", "monitoring.describe_report"),
        Move("open", "open", "monitoring.state_money"),
        Move("open", "open", "monitoring.renew_figures"),
        Move("questioned", "questioned", "monitoring.describe_report"),
        Move("questioned", "questioned", "monitoring.state_money"),
        Move("questioned", "questioned", "monitoring.renew_figures"),
        Move("open", "submitted", "monitoring.submit_report"),
        Move("submitted", "questioned", "monitoring.question_report"),
        Move("questioned", "submitted", "monitoring.submit_report"),
        Move("submitted", "received", "monitoring.receive_report"),
        Move("received", "filed", "monitoring.forward_report"),
    ],
)

REPORT_LABELS: dict[str, Label] = {
    "open": Label(_("Disusun"), _("Laporan disusun"), _("Menunggu Sekretaris Desa menyusun laporan."), "A16"),
    "submitted": Label(_("Dikirim ke BPD"), _("Dikirim ke BPD dan camat"), _("Menunggu BPD menelaah laporan."), "A16"),
    "questioned": Label(_("BPD bertanya"), _("Pertanyaan BPD"), _("Menunggu Kepala Desa menjawab BPD."), "A16"),
    "received": Label(
        _("Diterima BPD"),
        _("Diterima BPD, menunggu camat"),
        _("Menunggu camat meneruskan tembusan kepada bupati atau wali kota."),
        "A16",
    ),
    "filed": Label(_("Sampai di kabupaten"), _("Tercatat di kabupaten"), _("Tidak ada yang ditunggu."), "A16"),
}

# Indicators -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FrameworkFacts:
    """``families`` counts those of welfare, participation and service that are measured whole: with baseline and target.

    ``oldest_baseline_months`` is the age on the day of adoption, ``incomplete`` counts rows without a target or owner.
    """

    families: int
    oldest_baseline_months: int
    incomplete: int
    families_min: int
    months_max: int


@rule(
    "MN-01",
    says=_("Hasil kesejahteraan, partisipasi, dan layanan harus diukur dengan data awal dan sasaran."),
    remedy=_("Pilih indikator tiap rumpun; isi data awal, sasaran, metode, dan pemilik data."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def three_families_measured(f: FrameworkFacts) -> bool:
    return f.families >= f.families_min and f.oldest_baseline_months <= f.months_max and f.incomplete == 0


ADOPTING: tuple[Rule, ...] = (three_families_measured,)


@dataclass(frozen=True)
class ValueFacts:
    checked_by: str
    measured_by: str
    source: str
    method: str
    scheme_version: str


@rule(
    "MN-02",
    says=_("Nilai indikator harus diperiksa orang lain dan memiliki sumber serta metode."),
    remedy=_("Minta orang lain memeriksa, dan lengkapi sumber serta metodenya."),
    basis="product",
    status=Status.PRODUCT,
    switchable=True,
)
def value_checked_by_other(f: ValueFacts) -> bool:
    return f.checked_by != f.measured_by and "" not in (f.source, f.method, f.scheme_version)


APPROVING: tuple[Rule, ...] = (value_checked_by_other,)

# Reports --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReportFacts:
    """Rupiah received and spent: ``stated`` by the village from its cash book, ``reported`` in the tables of the report,
    and in the ``ledger`` now."""

    empty_chapters: int
    stated: tuple[int, int] | None
    reported: tuple[int, int]
    ledger: tuple[int, int]
    recipients: frozenset[str]
    submitted_on: date
    due_on: date


@rule(
    "MN-05",
    says=_("Laporan harus lengkap dan angka uangnya sama dengan buku uang."),
    remedy=_("Lengkapi bab kosong dan cocokkan angka dengan buku uang."),
    basis="Permendagri 96/2017 (pelaporan)",
    status=Status.SOURCED,
)
def report_complete_and_true(f: ReportFacts) -> bool:
    return f.empty_chapters == 0 and f.stated == f.reported == f.ledger


@rule(
    "MN-06",
    says=_("Laporan disampaikan kepada BPD dengan tembusan bupati atau wali kota melalui camat."),
    remedy=_("BPD menerima lebih dahulu, lalu camat meneruskan; keduanya harus tercatat menjabat."),
    basis="Permendagri 96/2017 (pelaporan)",
    status=Status.SOURCED,
)
def report_goes_the_lawful_way(f: ReportFacts | ForwardFacts) -> bool:
    return {"bpd", "camat"} <= f.recipients


@rule(
    "MN-07",
    says=_("Laporan sebaiknya dikirim sebelum tanggal jatuh tempo."),
    remedy=_("Kirim laporan sekarang; keterlambatan tampil pada daftar belum lapor."),
    basis="product",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def report_on_time(f: ReportFacts) -> bool:
    return f.submitted_on <= f.due_on


SENDING: tuple[Rule, ...] = (report_complete_and_true, report_goes_the_lawful_way, report_on_time)


@dataclass(frozen=True)
class ForwardFacts:
    """Who has the report in hand when the camat passes it on."""

    recipients: frozenset[str]


FORWARDING: tuple[Rule, ...] = (report_goes_the_lawful_way,)
