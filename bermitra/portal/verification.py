"""Is this paper genuine? What the page of a paper's code answers, from the rows, the file and the journal.

Three things are looked at, each for itself: the signatures, the bytes, the journal. The verdict follows from them and from
what the paper is: one that was withdrawn, that not all have signed, or that is an example never reads as one that holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements.changing.carrying import carried_by_addendum, grown_from_addendum
from bermitra.agreements.existing.addenda.carrying import (
    carried_by_earlier_addendum,
    grown_from_earlier_addendum,
)
from bermitra.agreements.joint.body.carrying import carried_by_heads, grown_from_head_paper
from bermitra.agreements.joint.carrying import carried_by_regulation, grown_from_regulation
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import carried_by, grown_from
from bermitra.agreements.rules import LABELS
from bermitra.agreements.villages.models import Takeover
from bermitra.agreements.villages.queries import holder_on, takeovers_of
from bermitra.foundation.calendar import local_time, tz, zone_of
from bermitra.foundation.documents import authority, lights, signing
from bermitra.foundation.documents.lights import Light
from bermitra.foundation.documents.looking import looked_at
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.text import _ as marked

KINDS = {
    "agreement": marked("Perjanjian Bersama"),
    "addendum": marked("Adendum Perjanjian Bersama"),
    "joint_regulation": marked("Peraturan Bersama Kepala Desa"),
    "joint_gazette": marked("Pengundangan Peraturan Bersama"),
    "joint_body_decree": marked("Keputusan Bersama tentang pengurus BKAD"),
    "joint_statement": marked("Pernyataan desa dalam Peraturan Bersama"),
    "minutes": marked("Berita Acara Musyawarah Desa"),
    "invitation": marked("Undangan Musyawarah Desa"),
    "consent_statement": marked("Pernyataan persetujuan warga terdampak (PADIATAPA)"),
    "warning": marked("Surat peringatan"),
    "work_plan": marked("Rencana kerja"),
    "handover": marked("Berita acara serah terima"),
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
    """An uploaded file beside the one that was issued: the same three lights, for the file in hand."""

    same: bool
    says: str
    lights: tuple[Light, ...]


def verify(paper: Paper) -> Verification:
    """Look at signatures, bytes and journal of a paper, and say what follows."""
    carried, agreement = carried_of(paper)
    contents = lights.read_all(carried)
    newest = contents.get(carried.newest)
    shown = (
        lights.signatures(carried, _found(carried, newest, paper) if carried.kept and newest else []),
        lights.stored(carried, contents),
        lights.in_journal(paper, carried),
    )
    verdict = _verdict(paper, shown)
    title, says = _words(verdict, paper, shown)
    return Verification(paper, verdict, title, says, shown, _facts(paper, agreement), agreement)


def compare(paper: Paper, uploaded: bytes) -> Comparison:
    """Whether a file is, byte for byte, the paper or the paper with signatures. The file is not kept.

    A file that is none of ours is read in a process of its own: what lies in it is not known.
    """
    carried, _agreement = carried_of(paper)
    digest = sha256(uploaded).hexdigest()
    known = digest in carried.known
    on_the_scan = carried.ink is not None and digest == carried.ink.scan
    if on_the_scan or not carried.electronic:
        found: list[signing.Found] | None = []
    elif known:
        found = _found(carried, uploaded, paper)
    else:
        found = looked_at(uploaded, authority.roots(example=paper.example, national=True))
    signed = lights.signatures(carried.inked() if on_the_scan else carried, found or [])
    if carried.ink is not None and not known:
        signed = Light(False, _("Bukan pindaian ini"), _("Tanda tangan basah ada pada pindaian yang disahkan."))
    elif found is None:
        signed = Light(False, _("Tidak terbaca"), _("Berkas ini terlalu berat untuk dibaca tanda tangannya."))
    elif known and digest != carried.newest and not signed.good and not signed.pending:  # nothing in it is broken
        signed = Light(
            False, _("Belum bertanda tangan lengkap"), _("Berkas ini dari sebelum semua pihak menandatangani.")
        )
    shown = (signed, lights.same_bytes(carried, uploaded), lights.in_journal(paper, carried, digest))
    return Comparison(known, _same(carried, digest) if known else _difference(carried, uploaded), shown)


def paper_of(uploaded: bytes) -> Paper | None:
    """The paper that a file is one of, found by its bytes alone."""
    digest = sha256(uploaded).hexdigest()
    issued = Paper.objects.select_related("file", "withdrawal").filter(file__sha256=digest).order_by("-pk").first()
    grown = grown_from(digest) or grown_from_addendum(digest) or grown_from_regulation(digest)
    return issued or grown or grown_from_head_paper(digest) or grown_from_earlier_addendum(digest)


def _same(carried: lights.Carried, digest: str) -> str:
    if digest == carried.registered:
        return _("Berkas ini sama persis dengan naskah yang dikunci.")
    if carried.ink is not None and digest == carried.ink.scan:
        return _("Berkas ini pindaian bertanda tangan yang telah disahkan.")
    if digest == carried.newest:
        return _("Berkas ini sama persis, lengkap dengan tanda tangannya.")
    return _("Berkas ini sama persis, tetapi dari sebelum tanda tangan berikutnya.")


def _difference(carried: lights.Carried, uploaded: bytes) -> str:
    for known in (lights.read(digest) or b"" for digest in (carried.registered, carried.newest)):
        if known and len(known) == len(uploaded):
            count = sum(one != other for one, other in zip(known, uploaded, strict=True))
            return ngettext(
                "Satu byte berbeda dari berkas yang didaftarkan.",
                "%(count)s byte berbeda dari berkas yang didaftarkan.",
                count,
            ) % {"count": count}
    return _("Isinya berbeda dari berkas yang didaftarkan.")


def carried_of(paper: Paper) -> tuple[lights.Carried, Agreement | None]:
    """What this paper must carry: those who sign it; every other paper was issued, and that is all."""
    if (found := carried_by(paper)) is not None:
        return found
    carried = carried_by_addendum(paper) or carried_by_regulation(paper) or carried_by_heads(paper)
    carried = carried or carried_by_earlier_addendum(paper)
    return carried or lights.Carried(paper.file.sha256), None


def _found(carried: lights.Carried, content: bytes, paper: Paper) -> list[signing.Found]:
    national = any(place.how == "certified" for place in carried.places)
    return signing.found_under(content, authority.roots(example=paper.example, national=national), carried.moments)


# What follows -------------------------------------------------------------------------------------------------------
def _verdict(paper: Paper, shown: tuple[Light, ...]) -> Verdict:
    signatures, same, listed = shown
    if not same.good or not listed.good:
        return Verdict.FALSE
    if paper.is_withdrawn:
        return Verdict.WITHDRAWN
    if not signatures.good:
        return Verdict.UNSIGNED if signatures.pending else Verdict.FALSE
    return Verdict.EXAMPLE if paper.example else Verdict.GENUINE


def _words(verdict: Verdict, paper: Paper, shown: tuple[Light, ...]) -> tuple[str, str]:
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
    return _("Jangan percaya berkas ini"), " ".join(f"{each.title}." for each in shown if not each.good)


def _facts(paper: Paper, agreement: Agreement | None) -> tuple[tuple[str, str], ...]:
    facts = [(_("Jenis"), _(KINDS.get(paper.kind, marked("Dokumen")))), (_("Judul"), paper.title)]
    if agreement is not None:
        passed = takeovers_of(agreement.case)
        parties = lights.joined([f"Desa {holder_on(agreement.case, passed, None).name}", agreement.partner.name])
        numbers = [number for number in (agreement.village_number, agreement.partner_number) if number]
        facts += [
            (_("Para pihak"), parties),
            (_("Nomor"), " · ".join(numbers) or _("Belum bernomor")),
            (_("Keadaan sekarang"), _state(agreement, paper)),
            *_holder(passed),
        ]
        if agreement.stamped is not None and agreement.paper_id == paper.pk:
            facts.append((_("Meterai elektronik"), f"{agreement.stamp_serial}. {agreement.seal_said}"))
    amendment = getattr(paper, "amendment", None)
    if amendment is not None:
        partner = amendment.partner.name
        case = amendment.agreement.case
        passed = takeovers_of(case)
        signed_for = holder_on(case, passed, amendment.made_on)
        facts += [
            (_("Para pihak"), lights.joined([f"Desa {signed_for.name}", partner])),
            (_("Nomor"), f"{amendment.village_number} · {amendment.partner_number}"),
            (_("Keadaan sekarang"), _(amendment.said)),
            *_holder(passed),
        ]
        if amendment.stamped is not None:
            facts.append((_("Meterai elektronik"), f"{amendment.stamp_serial}. {amendment.seal_said}"))
    earlier = getattr(paper, "earlier_addendum", None)
    if earlier is not None:
        case = earlier.earlier.case
        passed = takeovers_of(case)
        signed_for = holder_on(case, passed, earlier.made_on)
        facts += [
            (_("Para pihak"), lights.joined([f"Desa {signed_for.name}", case.partner.name])),
            (_("Nomor"), f"{earlier.village_number} · {earlier.partner_number}"),
            (_("Keadaan sekarang"), _(earlier.said)),
            *_holder(passed),
        ]
    regulation = getattr(paper, "joint_regulation", None)
    if regulation is not None:
        sides = list(regulation.parties.select_related("village"))
        given = [f"{each.number} ({each.village.name})" for each in sides if each.number is not None]
        facts += [
            (_("Para pihak"), lights.joined([f"Desa {each.village.name}" for each in sides])),
            (_("Nomor"), " · ".join(given)),
            (_("Keadaan sekarang"), _(regulation.label.public)),
        ]
    return (*facts, (_("Diterbitkan"), _moment(paper.issued_at, paper)))


def _holder(passed: list[Takeover]) -> list[tuple[str, str]]:
    """Who holds it now, where a decree has passed it on; what was signed stays as it is."""
    if not passed:
        return []
    last = passed[-1]
    says = _("{village}, sejak {day} ({decree})").format(
        village=last.after.name, day=_day(last.change.holds_from), decree=last.change.number
    )
    return [(_("Dipegang sekarang oleh"), says)]


def _state(agreement: Agreement, paper: Paper) -> str:
    if paper.is_withdrawn or agreement.paper_id != paper.pk:
        return _("Naskah ini tidak dipakai lagi")
    if agreement.state == "in_force" and agreement.ends_on:
        return _("Berlaku sampai {day}").format(day=_day(agreement.ends_on))
    return _(LABELS[agreement.state].public)


# Words ----------------------------------------------------------------------------------------------------------
def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _moment(at: datetime, paper: Paper) -> str:
    if not paper.region:
        return _day(at.date())
    zone = zone_of(paper.region)
    return f"{_day(at.astimezone(tz(zone)).date())} {local_time(at, zone)}"
