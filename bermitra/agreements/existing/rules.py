"""What an earlier agreement needs to be recorded, to count as running, and to be complete. Pure Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bermitra.agreements.rules import musyawarah_agreed_first
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _
from bermitra.partnership.rules import BETWEEN_VILLAGES, EARLIER_IN
from bermitra.registry.rules import not_on_watch_list

# A row of the regency's list waits at its village: the village takes it over in its own words, or declines it.
PROPOSAL_FLOW = Flow(
    "proposed_agreement",
    (
        Move("start", "waiting", "agreements.propose_existing"),
        Move("waiting", "taken", "agreements.register_existing"),
        Move("waiting", "declined", "agreements.decline_existing"),
    ),
)
PROPOSAL_LABELS = {
    "waiting": _("Menunggu desa"),
    "taken": _("Sudah dicatat desa"),
    "declined": _("Ditolak desa dengan alasan"),
}
# While a case is in one of these its record may be put right; later only what is missing may be added.
OPEN_IN = EARLIER_IN
RECORDED_IN = frozenset({*OPEN_IN, "running"})


# What a whole record has ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Piece:
    """One thing that a complete record has: the columns that hold it, and the page on which it is added."""

    key: str
    says: str
    part: str
    columns: tuple[str, ...]
    between_villages: bool = False  # asked of an agreement between villages only


PARTS = {"naskah": _("Naskah perjanjian"), "isi": _("Isi perjanjian"), "musyawarah": _("Dasar Musyawarah Desa")}
PIECES = (
    Piece("number", _("Nomor perjanjian"), "naskah", ("number",)),
    Piece("made_on", _("Tanggal perjanjian"), "naskah", ("made_on",)),
    Piece("text_file", _("Berkas perjanjian"), "naskah", ("text_file",)),
    Piece("decree", _("Nomor SK Badan Kerja Sama Desa"), "naskah", ("decree",), between_villages=True),
    Piece("decree_file", _("Berkas SK Badan Kerja Sama Desa"), "naskah", ("decree_file",), between_villages=True),
    Piece("ends_on", _("Tanggal berakhir"), "isi", ("ends_on",)),
    Piece("sub_field", _("Sub-bidang"), "isi", ("sub_field",)),
    Piece("value", _("Nilai kerja sama"), "isi", ("value",)),
    Piece("beneficiaries", _("Jumlah penerima manfaat"), "isi", ("beneficiaries",)),
    Piece("minutes", _("Nomor dan tanggal berita acara"), "musyawarah", ("minutes_number", "minutes_on")),
    Piece("minutes_file", _("Berkas berita acara dan daftar hadir"), "musyawarah", ("minutes_file",)),
)


@dataclass(frozen=True)
class Completeness:
    """``percent`` rounds down: 100 is whole."""

    missing: tuple[Piece, ...]
    asked: int

    @property
    def percent(self) -> int:
        return (self.asked - len(self.missing)) * 100 // self.asked

    @property
    def whole(self) -> bool:
        return not self.missing


def completeness(values: Mapping[str, Any], coop_type: str) -> Completeness:
    """``values`` by column; ``None`` and ``""`` are not known, ``0`` rupiah is an answer."""
    asked = [each for each in PIECES if not each.between_villages or coop_type == BETWEEN_VILLAGES]
    missing = tuple(each for each in asked if any(values.get(column) in (None, "") for column in each.columns))
    return Completeness(missing, len(asked))


# Recording ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RecordFacts:
    parties_known: bool
    kind_known: bool
    start_known: bool
    scope: str


@rule(
    "AG-38",
    says=_("Perjanjian lama dapat dicatat bila pihak, jenis, tanggal mulai, dan lingkupnya diketahui."),
    remedy=_("Isi pihak, jenis, tanggal mulai, dan lingkup; berkas boleh menyusul."),
    basis="product: practice of a regency register, data first and files later",
    status=Status.PRODUCT,
)
def existing_minimum_recorded(f: RecordFacts) -> bool:
    return f.parties_known and f.kind_known and f.start_known and f.scope != ""


@dataclass(frozen=True)
class EarlierFacts:
    """``made_on``: the agreement's own day, else the day it began; ``here_since``: the day on which an office of the village
    was first confirmed, which nobody can put later."""

    made_on: date | None
    here_since: date | None


@rule(
    "AG-52",
    says=_("Hanya perjanjian dari sebelum desa ini terdaftar yang dicatat sebagai perjanjian lama."),
    remedy=_("Periksa tanggalnya, atau buka kemitraan baru untuk perjanjian yang lebih baru."),
    basis="product: an earlier agreement is no way around the musyawarah, the call and the due diligence",
    status=Status.PRODUCT,
)
def made_before_the_village_was_here(f: EarlierFacts) -> bool:
    return f.made_on is None or f.here_since is None or f.made_on < f.here_since


@dataclass(frozen=True)
class DuplicateFacts:
    same_party_and_scope: int
    difference_noted: bool


@rule(
    "PS-09",
    says=_("Kerja sama dengan pihak dan lingkup yang sama sebaiknya tidak digandakan."),
    remedy=_("Buka kemitraan yang serupa, atau catat perbedaan lingkupnya."),
    basis="product: duplicates seen in practice",
    status=Status.PRODUCT,
    severity=Severity.WARN,
    switchable=True,
)
def not_a_duplicate(f: DuplicateFacts) -> bool:
    return f.same_party_and_scope == 0 or f.difference_noted


@dataclass(frozen=True)
class CompletingFacts:
    """``replaced``: values that stood already and would be other ones."""

    running: bool
    replaced: int
    reason: str


@rule(
    "AG-50",
    says=_("Isi perjanjian yang sudah dinyatakan berjalan tidak diganti; yang kosong boleh dilengkapi."),
    remedy=_("Lengkapi yang kosong saja; perubahan isi memerlukan perjanjian perubahan."),
    basis="product: what was confirmed is not rewritten",
    status=Status.PRODUCT,
)
def running_record_only_completed(f: CompletingFacts) -> bool:
    return not f.running or f.replaced == 0


@rule(
    "AG-51",
    says=_("Perbaikan catatan yang sudah terisi harus disertai alasan."),
    remedy=_("Tulis mengapa isinya diganti."),
    basis="product: corrections are acts with a reason",
    status=Status.PRODUCT,
)
def correction_says_why(f: CompletingFacts) -> bool:
    return f.replaced == 0 or f.reason != ""


# Counting as running --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ConfirmerFacts:
    recorded_it: bool
    entered_minutes: bool


@rule(
    "AG-53",
    says=_("Yang menyatakan perjanjian berjalan bukan yang mencatatnya atau mengisi berita acaranya."),
    remedy=_("Minta Sekretaris Desa membawanya ke Musyawarah Desa untuk disahkan."),
    basis="product: two people see every earlier agreement",
    status=Status.PRODUCT,
)
def confirmed_by_another(f: ConfirmerFacts) -> bool:
    return not f.recorded_it and not f.entered_minutes


@dataclass(frozen=True)
class PartnerFacts:
    """``blocking_flags``: proven against the partner, or found by its last due diligence."""

    blocking_flags: tuple[str, ...]
    open_matches: int
    confirmed_matches: int


@rule(
    "AG-54",
    says=_("Perjanjian dengan mitra yang bertanda bahaya terbukti tidak dinyatakan berjalan."),
    remedy=_("Tunggu sampai tanda itu tidak berlaku lagi, atau tarik catatan ini."),
    basis="product: red flags stop regardless of who agreed",
    status=Status.PRODUCT,
)
def partner_without_proven_flag(f: PartnerFacts) -> bool:
    return not f.blocking_flags


@dataclass(frozen=True)
class RatificationFacts:
    """What the newest standing decision says, and whether it was on the record as it stands now."""

    minutes_binding: bool
    decision: str
    residents_saw_text: bool


@rule(
    "AG-39",
    says=_("Perjanjian yang mendahului Musyawarah Desa harus disahkan Musyawarah Desa."),
    remedy=_("Bawa perjanjian lama ke Musyawarah Desa dan tetapkan keputusannya."),
    basis="UU 6/2014 ps 93(2)",
    status=Status.SOURCED,
)
def ratified_by_musyawarah(f: RatificationFacts) -> bool:
    return f.minutes_binding and f.decision == "agreed" and f.residents_saw_text


RECORDING: tuple[Rule, ...] = (existing_minimum_recorded,)
EARLIER: tuple[Rule, ...] = (made_before_the_village_was_here,)
DUPLICATING: tuple[Rule, ...] = (not_a_duplicate,)
COMPLETING: tuple[Rule, ...] = (running_record_only_completed, correction_says_why)
CONFIRMING: tuple[Rule, ...] = (musyawarah_agreed_first,)
CONFIRMER: tuple[Rule, ...] = (confirmed_by_another,)
RATIFYING: tuple[Rule, ...] = (ratified_by_musyawarah,)
PARTNER: tuple[Rule, ...] = (not_on_watch_list, partner_without_proven_flag)  # however the agreement comes to count
