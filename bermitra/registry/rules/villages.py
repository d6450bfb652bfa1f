"""Villages: ready to be a partner, their account, lines and assets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

# --- villages ---------------------------------------------------------------------------------------------


class Holder(StrEnum):
    """In whose name an account stands, or that there is none because goods and labour were given."""

    VILLAGE = "village"
    VILLAGE_ENTERPRISE = "village_enterprise"
    INTER_VILLAGE_BODY = "inter_village_body"
    PARTNER_INSTITUTION = "partner_institution"
    IN_KIND = "in_kind"
    PERSON = "person"


@dataclass(frozen=True)
class AccountFacts:
    account_holder_kind: str


@rule(
    "RG-19",
    says=_("Rekening harus atas nama lembaga, tidak boleh atas nama pribadi."),
    remedy=_("Gunakan Rekening Kas Desa atau rekening lembaga yang tercatat."),
    basis="Permendagri 20/2018",
    status=Status.UNVERIFIED,
)
def account_of_an_institution(f: AccountFacts) -> bool:
    return f.account_holder_kind != Holder.PERSON and f.account_holder_kind in set(Holder)


RECORDING_AN_ACCOUNT: tuple[Rule, ...] = (account_of_an_institution,)


@dataclass(frozen=True)
class VillageFacts:
    """What a village must have to work with others. Who asks of the umbrella regulation alone leaves the rest out."""

    umbrella_number: str
    person_in_charge: str = ""
    overdue_reports: int = 0
    report_arrears_allowed: int = 0


@rule(
    "RG-17",
    says=_("Desa harus menunjuk penanggung jawab dan tidak menunggak laporan kerja sama."),
    remedy=_("Tunjuk penanggung jawab dan kirim laporan yang tertunggak."),
    basis="product: village eligibility",
    status=Status.PRODUCT,
    switchable=True,
)
def village_ready_to_partner(f: VillageFacts) -> bool:
    return f.person_in_charge != "" and f.overdue_reports <= f.report_arrears_allowed


@rule(
    "RG-18",
    says=_("Sebaiknya desa memiliki Peraturan Desa tentang kerja sama desa."),
    remedy=_("Susun Peraturan Desa tentang kerja sama, lalu catat nomor dan tanggalnya."),
    basis="product",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def umbrella_regulation(f: VillageFacts) -> bool:
    return f.umbrella_number != ""


READY_TO_PARTNER: tuple[Rule, ...] = (village_ready_to_partner, umbrella_regulation)


# --- what a village keeps: lines of its plans, its assets -----------------------------------------------------


@dataclass(frozen=True)
class CorrectionFacts:
    reason: str
    changes: int  # columns that would read otherwise; one where a record is taken out


@rule(
    "RG-25",
    says=_("Perbaikan data desa harus disertai alasan dan sungguh mengubah sesuatu."),
    remedy=_("Ubah isian yang salah, lalu tulis alasan singkat."),
    basis="product: corrections of registers are acts with a reason",
    status=Status.PRODUCT,
)
def correction_has_reason(f: CorrectionFacts) -> bool:
    return f.reason != "" and f.changes > 0


@dataclass(frozen=True)
class TableFacts:
    rows: int
    loaded_before: bool


@rule(
    "RG-26",
    says=_("Tabel yang dimuat harus berisi baris dan belum pernah dimuat."),
    remedy=_("Pilih berkas lain, atau perbaiki baris yang sudah tercatat satu per satu."),
    basis="product",
    status=Status.PRODUCT,
)
def table_is_new(f: TableFacts) -> bool:
    return f.rows > 0 and not f.loaded_before


CORRECTING: tuple[Rule, ...] = (correction_has_reason,)
LOADING: tuple[Rule, ...] = (table_is_new,)
