"""The files of a village's archive: which tables hold them, in which folder they lie, and how each is called. The one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast

from bermitra.agreements.changing.models import AddendumScan, AddendumSlot, Amendment
from bermitra.agreements.existing.addenda.models import EarlierAddendumScan
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.joint.body.models import JointHeadSignedFile
from bermitra.agreements.joint.models import JointRegulation, JointSignedFile, JointTextSignature
from bermitra.agreements.models import Agreement, BpdDecree, Permit, SignedFile, WarningWord, WetScan
from bermitra.agreements.villages.models import VillageChange
from bermitra.deliberation.models import (
    AttendanceSheet,
    ConsentRefusal,
    ConsentStep,
    Countersignature,
    JointMeeting,
    JointSignature,
    Meeting,
)
from bermitra.delivery.models import BudgetChange, Evidence, HandoverItem, LedgerEntry, Progress, TrainingDay
from bermitra.foundation.accounts.models import Assistance, Mandate
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.text import is_safe_file_name, shown
from bermitra.monitoring.models import Value as Measured
from bermitra.opendata.sheets import Codes
from bermitra.registry.models import UmbrellaRegulation, VillageTable
from bermitra.selection.models import DirectAppointment, Dossier, SiteVisit

OF_AN_AGREEMENT = "agreement__case__village"
OF_A_REGULATION = "party__regulation__parties__village"  # every village that it binds keeps all of it
# Folder, table, the way to the village, the way to the file, and its day.
KEPT: tuple[tuple[str, type[Model], str, str, str], ...] = (
    ("berkas/jabatan/surat-kuasa", Mandate, "appointment__region", "file", "dated"),
    ("berkas/jabatan/mandat-bantuan", Assistance, "village", "file", "granted_at"),
    ("berkas/perdes-kerja-sama", UmbrellaRegulation, "village", "file", "dated"),
    ("berkas/tabel-yang-dimuat", VillageTable, "village", "file", "loaded_at"),
    ("berkas/musyawarah/lembar-bertanda-tangan", Meeting, "village", "signed_sheet", "held_on"),
    ("berkas/musyawarah/lembar-bertanda-tangan", Countersignature, "meeting__village", "sheet", "signed_at"),
    ("berkas/padiatapa/berita-acara", ConsentStep, "process__village", "file", "held_on"),
    ("berkas/padiatapa/penolakan", ConsentRefusal, "process__village", "file", "recorded_at"),
    ("berkas/musyawarah/daftar-hadir", AttendanceSheet, "meeting__village", "file", "at"),
    ("berkas/musyawarah-antar-desa", JointMeeting, "offer__village", "sheet", "held_on"),
    ("berkas/musyawarah-antar-desa", JointSignature, "seat__village", "sheet", "signed_at"),
    ("berkas/seleksi/bukti-penunjukan-langsung", DirectAppointment, "call__case__village", "file", "at"),
    ("berkas/seleksi", Dossier, "case__village", "house", "made_at"),
    ("berkas/seleksi", Dossier, "case__village", "public", "made_at"),
    ("berkas/seleksi/kunjungan", SiteVisit, "proposal__call__case__village", "file", "day"),
    ("berkas/perjanjian/keputusan-bpd", BpdDecree, "case__village", "file", "dated"),
    ("berkas/perjanjian/izin", Permit, OF_AN_AGREEMENT, "file", "dated"),
    ("berkas/perjanjian/tanda-tangan-basah", WetScan, OF_AN_AGREEMENT, "file", "signed_on"),
    ("berkas/perjanjian/naskah-bertanda-tangan", SignedFile, f"signature__slot__{OF_AN_AGREEMENT}", "file", "at"),
    ("berkas/perjanjian/naskah-bermeterai", Agreement, "case__village", "stamped", "made_on"),
    ("berkas/perjanjian/adendum", AddendumSlot, f"amendment__{OF_AN_AGREEMENT}", "file", "at"),
    ("berkas/perjanjian/adendum", Amendment, OF_AN_AGREEMENT, "stamped", "made_on"),
    ("berkas/perjanjian/adendum", AddendumScan, f"amendment__{OF_AN_AGREEMENT}", "file", "signed_on"),
    ("berkas/perjanjian/adendum", EarlierAddendumScan, "addendum__earlier__case__village", "file", "signed_on"),
    ("berkas/perjanjian/jawaban-peringatan", WarningWord, f"warning__{OF_AN_AGREEMENT}", "file", "at"),
    ("berkas/peraturan-bersama", JointRegulation, "parties__village", "scan", "made_on"),
    ("berkas/peraturan-bersama", JointTextSignature, OF_A_REGULATION, "scan", "at"),
    ("berkas/peraturan-bersama", JointSignedFile, f"signature__{OF_A_REGULATION}", "file", "at"),
    ("berkas/peraturan-bersama", JointHeadSignedFile, "signature__paper__head_signatures__village", "file", "at"),
    ("berkas/perubahan-desa", VillageChange, "village", "file", "dated"),
    ("berkas/perjanjian/terdahulu", EarlierAgreement, "case__village", "text_file", "made_on"),
    ("berkas/perjanjian/terdahulu", EarlierAgreement, "case__village", "decree_file", "made_on"),
    ("berkas/perjanjian/terdahulu", EarlierAgreement, "case__village", "minutes_file", "minutes_on"),
    ("berkas/pelaksanaan/foto-kemajuan", Progress, f"activity__plan__{OF_AN_AGREEMENT}", "photo", "on"),
    ("berkas/pelaksanaan/bukti-kewajiban", Evidence, f"due__obligation__{OF_AN_AGREEMENT}", "file", "at"),
    ("berkas/pelaksanaan/bukti-uang", LedgerEntry, OF_AN_AGREEMENT, "receipt", "on"),
    ("berkas/pelaksanaan/perubahan-apb-desa", BudgetChange, f"entry__{OF_AN_AGREEMENT}", "file", "dated"),
    ("berkas/pelaksanaan/foto-serah-terima", HandoverItem, "handover__case__village", "photo", "handover__on"),
    ("berkas/pelatihan/daftar-hadir", TrainingDay, f"training__{OF_AN_AGREEMENT}", "sheet", "on"),
    ("berkas/indikator", Measured, f"indicator__framework__{OF_AN_AGREEMENT}", "file", "measured_on"),
)
# Who prepares and who signs see nothing of what the panel looked at before the choice is over.
SHUT: dict[type[Model], Q] = {SiteVisit: Q(proposal__call__state__in=("awarded", "cancelled"))}
PAPERS = {
    "invitation": "dokumen/undangan",
    "attendance_sheet": "dokumen/daftar-hadir-musyawarah",
    "minutes": "dokumen/berita-acara",
    "bpd_decree": "dokumen/keputusan-bpd",
    "potential_sheet": "dokumen/potensi",
    "joint_offer_letter": "dokumen/antar-desa",
    "joint_answer_letter": "dokumen/antar-desa",
    "joint_invitation": "dokumen/antar-desa",
    "joint_minutes": "dokumen/antar-desa",
    "joint_regulation": "dokumen/antar-desa",
    "joint_gazette": "dokumen/antar-desa",
    "joint_body_decree": "dokumen/antar-desa",
    "joint_statement": "dokumen/antar-desa",
    "agreement": "dokumen/perjanjian",
    "addendum": "dokumen/perjanjian",
    "warning": "dokumen/peringatan",
    "consent_statement": "dokumen/padiatapa",
    "work_plan": "dokumen/rencana-kerja",
    "handover": "dokumen/serah-terima",
    "training_sheet": "dokumen/daftar-hadir-pelatihan",
    "certificate": "dokumen/sertifikat",
    "cooperation_report": "dokumen/laporan-kerja-sama",
}
OTHER_PAPERS = "dokumen/lainnya"


@dataclass(frozen=True)
class File:
    """One content of the store and where it lies in the archive."""

    path: str
    sha256: str
    size: int


def files_of(codes: Codes) -> list[File]:
    """Every file once per folder, by folder and name. Two statements."""
    rows = [*_papers(codes), *_kept(codes)]
    taken: set[str] = set()
    seen: set[tuple[str, str]] = set()
    found = []
    for folder, day, title, sha256, size, ending in sorted(rows):
        if (folder, sha256) in seen:
            continue
        seen.add((folder, sha256))
        found.append(File(_free(f"{folder}/{_called(day, title)}", ending, taken), sha256, size))
    return found


def _papers(codes: Codes) -> Iterator[tuple[str, str, str, str, int, str]]:
    """Issued papers, also those that no longer hold: their name says so."""
    found = Paper.objects.filter(region__in=codes).order_by("pk")
    columns = ("kind", "issued_at", "title", "file__sha256", "file__size", "withdrawal")
    for kind, issued_at, title, sha256, size, withdrawal in found.values_list(*columns).iterator():
        called = f"{title} (tidak berlaku lagi)" if withdrawal else title
        yield PAPERS.get(kind, OTHER_PAPERS), _day(issued_at), called, sha256, size, ".pdf"


def _kept(codes: Codes) -> Iterator[tuple[str, str, str, str, int, str]]:
    """One statement over all the tables."""
    first, *others = [_rows(codes, *table) for table in KEPT]
    for folder, day, name, sha256, size in first.union(*others, all=True).iterator():
        stem, point, ending = name.rpartition(".")
        yield folder, (day or "")[:10], stem if point else name, sha256, size, f".{ending.lower()}" if point else ""


def _rows(codes: Codes, folder: str, kind: type[Model], village: str, file: str, day: str) -> QuerySet:
    held = kind._default_manager.filter(
        SHUT.get(kind, Q()), **{f"{village}__in": codes, f"{file}__isnull": False}
    ).order_by()
    return held.annotate(
        in_folder=Value(folder, output_field=CharField()), of_day=Cast(F(day), CharField())
    ).values_list("in_folder", "of_day", f"{file}__name", f"{file}__sha256", f"{file}__size")


def _day(at: date | datetime) -> str:
    return at.isoformat()[:10]


def _called(day: str, title: str) -> str:
    """The day first, so that a folder reads in order; without signs that some system would not take."""
    plain = shown(title, 90).rstrip("…")
    plain = "".join("-" if sign in '\\/:*?"<>|' else sign for sign in plain).strip(" .")
    name = f"{day} {plain}".strip()
    return name if is_safe_file_name(name) else f"{day} berkas".strip()


def _free(stem: str, ending: str, taken: set[str]) -> str:
    number, path = 1, f"{stem}{ending}"
    while path.casefold() in taken:
        number += 1
        path = f"{stem} ({number}){ending}"
    taken.add(path.casefold())
    return path
