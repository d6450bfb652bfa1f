"""Is this paper genuine? Three lights, never one: the signatures, the bytes, the journal.

A signature can be valid in a file that is not the registered one, and registered bytes can lack a signature; so each is
looked at for itself and says what it found. The stage of the record says what the paper must carry
(:class:`Carried`); here it is compared with the file, with the store and with the journal.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.signing import Found
from bermitra.foundation.journal.chain import GENESIS, chained
from bermitra.foundation.journal.models import Checkpoint, Event

# Lines that register a scan that was compared.
INK_BY = (
    "amendment.scan_confirmed",
    "earlier_addendum.scan_confirmed",
    "joint_scan.confirmed",
    "wet_signatures.confirmed",
)
KEPT_BY = ("agreement.sealed", "agreement.stamped")  # lines that register a file that grew from the issued one
INK = "ink"


@dataclass(frozen=True)
class Light:
    """``pending``: not wrong, only not there yet."""

    good: bool
    title: str
    says: str
    pending: bool = False


@dataclass(frozen=True)
class Place:
    """A place to sign: its field in the file, whose it is, whether it was signed and how, and with which certificate.
    ``stands``: the field that the signature made for itself, where it does not stand in the reserved one."""

    field: str
    name: str
    signed: bool
    how: str = "electronic"  # "certified" with a national certificate, INK on paper
    certificate: str = ""
    stands: str = ""


@dataclass(frozen=True)
class Ink:
    """A signed sheet that was scanned: the scan, who uploaded it, who compared it with the text."""

    scan: str
    uploaded_by: str
    confirmed_by: tuple[str, ...]


@dataclass(frozen=True)
class Carried:
    """What a paper must carry, as the rows say. ``registered``: the file that is signed; ``kept``: the files that grew
    from it with each signature, in order. ``keepers``: verbs of the journal lines that registered those. ``stamp_end``: the
    size of the registered file where it holds an electronic duty stamp, whose seal is no party's signature. ``moments``:
    when signatures with a national certificate, which soon runs out, were taken in."""

    registered: str
    places: Sequence[Place] = ()
    kept: Sequence[str] = ()
    ink: Ink | None = None
    keepers: Collection[str] = KEPT_BY
    stamp_end: int = 0
    moments: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        return self.kept[-1] if self.kept else self.registered

    @property
    def electronic(self) -> list[Place]:
        """The places whose signature stands in the file; of many villages some may sign with ink."""
        return [place for place in self.places if place.signed and place.how != INK]

    def inked(self) -> Carried:
        """What the signed sheet must carry: the signatures in ink, and none may be missing altogether."""
        return replace(self, places=[place for place in self.places if place.how == INK or not place.signed])

    @property
    def known(self) -> frozenset[str]:
        """Every file that is one of this paper, byte for byte."""
        return frozenset({self.registered, *self.kept, *({self.ink.scan} if self.ink else ())})


def signatures(carried: Carried, found: Sequence[Found]) -> Light:
    """Are all signatures there and valid? ``found`` is what the file in hand carries."""
    if not carried.places:
        says = _("Surat ini diterbitkan sistem; tanda tangan ada pada lembar cetaknya.")
        return Light(True, _("Terbit dengan kode ini"), says)
    given = [place for place in carried.places if place.signed]
    if len(given) < len(carried.places):
        says = _("{given} dari {all} tanda tangan sudah diberikan.").format(given=len(given), all=len(carried.places))
        return Light(False, _("Belum semua pihak menandatangani"), says, pending=True)
    electronic, found = carried.electronic, [each for each in found if each.end > carried.stamp_end]
    if (carried.ink is None and len(electronic) < len(given)) or (electronic and not _all_there(electronic, found)):
        return Light(False, _("Tanda tangan tidak sah"), _("Tanda tangan pada berkas rusak atau tidak lengkap."))
    if carried.ink is not None:
        names = joined([place.name for place in given if place.how == INK])
        said = _("{names}; dicatat oleh {by} dari lembar bertanda tangan.").format(
            names=names, by=carried.ink.uploaded_by
        )
        by = joined(list(carried.ink.confirmed_by))
        compared = _("Dinyatakan cocok oleh {by}; mesin tidak membaca kertas.").format(by=by)
        ink = f"{said} {compared}"
        if not electronic:
            return Light(True, _("Tanda tangan basah sah"), ink)
        return Light(True, _("Tanda tangan sah"), f"{_in_file(carried)} {ink}")
    return Light(True, _("Tanda tangan sah"), _in_file(carried))


def _in_file(carried: Carried) -> str:
    there = carried.electronic
    names, said = joined([place.name for place in there]), _("{given} dari {all}: {names}.")
    return f"{said.format(given=len(there), all=len(carried.places), names=names)} {_kinds(there)}"


def _all_there(given: Sequence[Place], found: Sequence[Found]) -> bool:
    """Exactly these signatures, every one unbroken, each with the certificate that was made for it."""
    if any(not each.good for each in found) or len(found) != len(given):
        return False
    held = {each.field: each for each in found}
    pairs = [(place, held.get(place.stands or place.field)) for place in given]
    return len(held) == len(given) and all(
        one is not None and place.certificate in ("", one.certificate) for place, one in pairs
    )


def _kinds(given: Sequence[Place]) -> str:
    certified = [place.name for place in given if place.how == "certified"]
    if not certified:
        return _("Tanda tangan elektronik tidak tersertifikasi.")
    if len(certified) == len(given):
        return _("Tanda tangan elektronik tersertifikasi.")
    return _("Tersertifikasi: {names}; yang lain tidak tersertifikasi.").format(names=joined(certified))


def stored(carried: Carried, contents: Mapping[str, bytes | None]) -> Light:
    """Do the files that lie in the store still have the registered bytes? ``None``: gone or damaged."""
    registered = contents.get(carried.registered)
    grown = [contents.get(digest) for digest in carried.kept[-1:]]
    whole = registered is not None and all(each is not None and each.startswith(registered) for each in grown)
    if carried.ink is not None:
        whole = whole and contents.get(carried.ink.scan) is not None
    if whole:
        says = _("Setiap byte sama dengan berkas yang didaftarkan. Sidik {short}.").format(
            short=short(carried.registered)
        )
        return Light(True, _("Isi sama persis"), says)
    if carried.ink is not None and registered is not None:
        return Light(False, _("Pindaian berubah"), _("Pindaian yang tersimpan bukan lagi pindaian yang disahkan."))
    return Light(False, _("Isi berubah"), _("Berkas yang tersimpan bukan lagi berkas yang didaftarkan."))


def same_bytes(carried: Carried, content: bytes) -> Light:
    """Is a file that somebody holds one of this paper, byte for byte?"""
    digest = sha256(content).hexdigest()
    if digest in carried.known:
        says = _("Setiap byte sama dengan berkas yang didaftarkan. Sidik {short}.").format(short=short(digest))
        return Light(True, _("Isi sama persis"), says)
    return Light(False, _("Isi berubah"), _("Berkas ini bukan berkas yang didaftarkan."))


def in_journal(paper: Paper, carried: Carried, digest: str = "") -> Light:
    """The line of issuing names these very bytes and words, and its hash fits the line before it; a file that grew with
    signatures has a line of its own. ``digest``: of the file in hand, the newest one where nothing is said."""
    missing = Light(False, _("Tidak tercatat di jurnal"), _("Sidik berkas ini tidak pernah didaftarkan."))
    issued = Event.objects.filter(about=f"paper:{paper.code}", verb="paper.issued").first()
    if issued is None or not _fits(issued):
        return missing
    facts = json.loads(issued.body)["facts"]
    if (facts["file"], facts["words"]) != (paper.file.sha256, paper.tree_hash):
        return missing
    event = line_of(paper, carried, digest or carried.newest)
    if event is None or not _fits(event):
        return missing
    point = Checkpoint.objects.filter(size__gte=event.seq).order_by("size").first()
    if point is None:
        return Light(True, _("Tercatat di jurnal"), _("Nomor {number}.").format(number=number(event.seq)))
    says = _("Nomor {number}, tercakup dalam titik periksa {day}.").format(
        number=number(event.seq), day=date_format(localdate(point.at), "j F Y")
    )
    return Light(True, _("Tercatat di jurnal"), says)


def line_of(paper: Paper, carried: Carried, digest: str) -> Event | None:
    """The journal's line that registered the file with this hash for this paper."""
    if digest == paper.file.sha256:
        return Event.objects.filter(about=f"paper:{paper.code}", verb="paper.issued").first()
    if carried.ink is not None and digest == carried.ink.scan:
        lines = Event.objects.filter(about=paper.about, verb__in=INK_BY)
        return _naming(lines.order_by("-seq"), "scan", digest)
    about = Q(about=paper.about) | Q(about=f"paper:{paper.code}")
    return _naming(Event.objects.filter(about, verb__in=carried.keepers).order_by("seq"), "file", digest)


def _naming(lines: Iterable[Event], name: str, digest: str) -> Event | None:
    return next((each for each in lines if json.loads(each.body)["facts"].get(name) == digest), None)


def _fits(event: Event) -> bool:
    before = Event.objects.filter(seq=event.seq - 1).values_list("hash", flat=True).first() or GENESIS
    return chained(before, event.body) == event.hash


def read_all(carried: Carried) -> dict[str, bytes | None]:
    """The contents the lights are asked about, from the store; ``None`` for what is gone or no longer itself."""
    wanted = {carried.registered, carried.newest, *({carried.ink.scan} if carried.ink else ())}
    return {digest: read(digest) for digest in wanted}


def read(digest: str) -> bytes | None:
    try:
        return files.read(digest)
    except files.FileDamaged:
        return None


def joined(names: Sequence[str]) -> str:
    return _(" dan ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def short(digest: str) -> str:
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


def number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
