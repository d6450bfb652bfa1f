"""Is this paper genuine? What the page of a paper's code answers, from the rows, the file and the journal.

Three things are looked at, each for itself: the signatures, the bytes, the journal. The verdict follows from them and from
what the paper is: one that was withdrawn, that not all have signed, or that is an example never reads as one that holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements.models import Agreement, Signature, SignedFile, WetScan
from bermitra.agreements.queries import agreement_on, slots_of
from bermitra.agreements.rules import LABELS
from bermitra.foundation.calendar import local_time, tz, zone_of
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.journal.chain import GENESIS, chained
from bermitra.foundation.journal.models import Checkpoint, Event
from bermitra.foundation.text import _ as marked

KINDS = {
    "agreement": marked("Perjanjian Bersama"),
    "minutes": marked("Berita Acara Musyawarah Desa"),
    "invitation": marked("Undangan Musyawarah Desa"),
    "consent_statement": marked("Pernyataan persetujuan warga terdampak (PADIATAPA)"),
    "work_plan": marked("Rencana kerja"),
    "training_sheet": marked("Daftar hadir pelatihan"),
    "certificate": marked("Sertifikat pelatihan"),
    "cooperation_report": marked("Laporan kerja sama"),
}


class Verdict(StrEnum):
    GENUINE = "genuine"
    EXAMPLE = "example"
    UNSIGNED = "unsigned"
    WITHDRAWN = "withdrawn"
    FALSE = "false"


@dataclass(frozen=True)
class Light:
    """``pending``: not wrong, only not there yet."""

    good: bool
    title: str
    says: str
    pending: bool = False


@dataclass(frozen=True)
class Verification:
    """The answer about one paper."""

    paper: Paper
    verdict: Verdict
    title: str
    says: str
    lights: tuple[Light, ...]
    facts: tuple[tuple[str, str], ...]
    agreement: Agreement | None

    @property
    def good(self) -> bool:
        return self.verdict is Verdict.GENUINE


@dataclass(frozen=True)
class Comparison:
    """An uploaded file beside the one that was issued."""

    same: bool
    says: str


def verify(paper: Paper) -> Verification:
    """Look at signatures, bytes and journal of a paper, and say what follows."""
    agreement = agreement_on(paper.about)
    signed = _newest_signed(paper)
    content, signed_content = _read(paper.file.sha256), _read(signed.file.sha256) if signed else None
    lights = (
        _signatures(paper, agreement, signed_content),
        _bytes(paper, content, signed_content, broken=signed is not None and signed_content is None),
        _journal(paper),
    )
    verdict = _verdict(paper, lights)
    title, says = _words(verdict, paper)
    return Verification(paper, verdict, title, says, lights, _facts(paper, agreement), agreement)


def compare(paper: Paper, uploaded: bytes) -> Comparison:
    """Whether a file is, byte for byte, the paper or the paper with signatures. The file is not kept."""
    digest = sha256(uploaded).hexdigest()
    if digest == paper.file.sha256:
        return Comparison(True, _("Berkas ini sama persis dengan naskah yang dikunci."))
    kept = SignedFile.objects.filter(signature__text_hash=paper.file.sha256, file__sha256=digest)
    if kept.exists():
        return Comparison(True, _("Berkas ini sama persis, lengkap dengan tanda tangannya."))
    if WetScan.objects.filter(text_hash=paper.file.sha256, file__sha256=digest, state=WetScan.State.CONFIRMED).exists():
        return Comparison(True, _("Berkas ini pindaian bertanda tangan yang telah disahkan."))
    return Comparison(False, _difference(paper, uploaded))


def _difference(paper: Paper, uploaded: bytes) -> str:
    original = _read(paper.file.sha256) or b""
    signed = _newest_signed(paper)
    for known in (original, (_read(signed.file.sha256) or b"") if signed else b""):
        if known and len(known) == len(uploaded):
            count = sum(one != other for one, other in zip(known, uploaded, strict=True))
            return ngettext(
                "Satu byte berbeda dari berkas yang didaftarkan.",
                "%(count)s byte berbeda dari berkas yang didaftarkan.",
                count,
            ) % {"count": count}
    return _("Isinya berbeda dari berkas yang didaftarkan.")


# The three lights ---------------------------------------------------------------------------------------------------
def _signatures(paper: Paper, agreement: Agreement | None, signed: bytes | None) -> Light:
    if agreement is None:
        says = _("Surat ini diterbitkan sistem; tanda tangan ada pada lembar cetaknya.")
        return Light(True, _("Terbit dengan kode ini"), says)
    slots = [slot for slot in slots_of(agreement) if slot.text_hash == paper.file.sha256]
    given = [slot for slot in slots if slot.state == "signed"]
    if not slots or len(given) < len(slots):
        says = _("{given} dari {all} tanda tangan sudah diberikan.").format(given=len(given), all=len(slots))
        return Light(False, _("Belum semua pihak menandatangani"), says, pending=True)
    names = _and([slot.name for slot in given])
    if given[0].signature.mode == Signature.Mode.WET:
        scan = given[0].signature.scan
        by = scan.uploaded_by_name if scan else ""
        says = _("{names}; dicatat oleh {by} dari lembar bertanda tangan, disahkan dua orang.").format(
            names=names, by=by
        )
        return Light(True, _("Tanda tangan basah sah"), says)
    found = signing.found_in(signed, example=paper.example) if signed else []
    broken = [each for each in found if not each.good]
    fields = {each.field for each in found if each.good}
    if broken or fields != {slot.field for slot in given}:
        return Light(False, _("Tanda tangan tidak sah"), _("Tanda tangan pada berkas rusak atau tidak lengkap."))
    says = _("{given} dari {all}: {names}.").format(given=len(given), all=len(slots), names=names)
    return Light(True, _("Tanda tangan sah"), says)


def _bytes(paper: Paper, content: bytes | None, signed: bytes | None, *, broken: bool) -> Light:
    """The stored file still is what was registered; one with signatures begins with exactly those bytes."""
    whole = content is not None and not broken and (signed is None or signed.startswith(content))
    digest = paper.file.sha256
    short = f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"
    if whole:
        says = _("Setiap byte sama dengan berkas yang didaftarkan. Sidik {short}.").format(short=short)
        return Light(True, _("Isi sama persis"), says)
    return Light(False, _("Isi berubah"), _("Berkas yang tersimpan bukan lagi berkas yang didaftarkan."))


def _journal(paper: Paper) -> Light:
    """The line of issuing names these very bytes and words, and its hash fits the line before it."""
    event = Event.objects.filter(about=f"paper:{paper.code}", verb="paper.issued").first()
    missing = Light(False, _("Tidak tercatat di jurnal"), _("Sidik berkas ini tidak pernah didaftarkan."))
    if event is None:
        return missing
    facts = json.loads(event.body)["facts"]
    before = Event.objects.filter(seq=event.seq - 1).values_list("hash", flat=True).first() or GENESIS
    if (facts["file"], facts["words"]) != (paper.file.sha256, paper.tree_hash) or chained(
        before, event.body
    ) != event.hash:
        return missing
    point = Checkpoint.objects.filter(size__gte=event.seq).order_by("size").first()
    if point is None:
        return Light(True, _("Tercatat di jurnal"), _("Nomor {number}.").format(number=_number(event.seq)))
    says = _("Nomor {number}, tercakup dalam titik periksa {day}.").format(
        number=_number(event.seq), day=_day(point.at.date())
    )
    return Light(True, _("Tercatat di jurnal"), says)


# What follows -------------------------------------------------------------------------------------------------------
def _verdict(paper: Paper, lights: tuple[Light, ...]) -> Verdict:
    signatures, same, listed = lights
    if not same.good or not listed.good:
        return Verdict.FALSE
    if paper.is_withdrawn:
        return Verdict.WITHDRAWN
    if not signatures.good:
        return Verdict.UNSIGNED if signatures.pending else Verdict.FALSE
    return Verdict.EXAMPLE if paper.example else Verdict.GENUINE


def _words(verdict: Verdict, paper: Paper) -> tuple[str, str]:
    match verdict:
        case Verdict.GENUINE:
            return _("Dokumen ini asli"), _("Tidak berubah sejak {moment}.").format(
                moment=_moment(paper.issued_at, paper)
            )
        case Verdict.EXAMPLE:
            return _("Dokumen contoh"), _("Dibuat untuk latihan. Isinya rekaan dan tidak mengikat siapa pun.")
        case Verdict.UNSIGNED:
            return _("Naskah ini belum berlaku"), _("Naskahnya asli, tetapi belum ditandatangani semua pihak.")
        case Verdict.WITHDRAWN:
            return _("Dokumen ini sudah ditarik"), paper.withdrawal.why
    return _("Jangan percaya berkas ini"), _("Isinya tidak sama dengan yang didaftarkan.")


def _facts(paper: Paper, agreement: Agreement | None) -> tuple[tuple[str, str], ...]:
    facts = [(_("Jenis"), _(KINDS.get(paper.kind, marked("Dokumen")))), (_("Judul"), paper.title)]
    if agreement is not None:
        parties = _and([f"Desa {agreement.case.village.name}", agreement.partner.name])
        numbers = [number for number in (agreement.village_number, agreement.partner_number) if number]
        facts += [
            (_("Para pihak"), parties),
            (_("Nomor"), " · ".join(numbers) or _("Belum bernomor")),
            (_("Keadaan sekarang"), _state(agreement, paper)),
        ]
    return (*facts, (_("Diterbitkan"), _moment(paper.issued_at, paper)))


def _state(agreement: Agreement, paper: Paper) -> str:
    if paper.is_withdrawn or agreement.paper_id != paper.pk:
        return _("Naskah ini tidak dipakai lagi")
    if agreement.state == "in_force" and agreement.ends_on:
        return _("Berlaku sampai {day}").format(day=_day(agreement.ends_on))
    return _(LABELS[agreement.state].public)


# Words and files ----------------------------------------------------------------------------------------------------
def _newest_signed(paper: Paper) -> SignedFile | None:
    found = SignedFile.objects.filter(signature__text_hash=paper.file.sha256, signature__slot__state="signed")
    return found.select_related("file").order_by("-signature_id").first()


def _read(digest: str) -> bytes | None:
    try:
        return files.read(digest)
    except files.FileDamaged:
        return None


def _and(names: list[str]) -> str:
    return _(" dan ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _moment(at: datetime, paper: Paper) -> str:
    if not paper.region:
        return _day(at.date())
    zone = zone_of(paper.region)
    return f"{_day(at.astimezone(tz(zone)).date())} {local_time(at, zone)}"
