"""The program: a file, its proof and the certificate of the instance, and the three lights.

It shares no code with the pages, so that a fault of theirs is not a fault of this. From the file it takes the
signatures as they lie in its bytes: the last one must cover the whole file, and each covers all that came before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bermitra.verify.journal import Untrue, line_holds
from bermitra.verify.signatures import Signed, certificates_in, signatures_in

GREEN, RED, MISUSED = 0, 1, 2
COLOURS = {True: "HIJAU", False: "MERAH"}
ISSUED = "paper.issued"
NAMING = ("file", "scan")  # the facts of a journal line that name a file by its hash
# Lines that register a file as one of a paper; that somebody uploaded it stands in the journal too and says nothing.
REGISTERING = frozenset(
    {
        "agreement.sealed",
        "agreement.stamped",
        "amendment.scan_confirmed",
        "amendment.sealed",
        "amendment.stamped",
        "earlier_addendum.scan_confirmed",
        "joint_paper.sealed",
        "joint_scan.confirmed",
        "joint_text.sealed",
        ISSUED,
        "wet_signatures.confirmed",
    }
)


def main(argv: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(
        prog="bermitra-verify",
        description="Memeriksa berkas tanpa jaringan: tanda tangan, kesamaan isi, dan catatan jurnal.",
        epilog="Unduh sendiri bukti dan sertifikat dari halaman verifikasi; jangan pakai kiriman bersama berkasnya.",
    )
    asked.add_argument("file", metavar="BERKAS", type=Path, help="PDF yang diperiksa")
    asked.add_argument("proof", metavar="BUKTI", type=Path, help="bukti.json dari halaman verifikasi")
    asked.add_argument("certificate", metavar="SERTIFIKAT", type=Path, help="sertifikat.pem dari halaman verifikasi")
    given = asked.parse_args(argv)
    try:
        content, certificate = given.file.read_bytes(), given.certificate.read_bytes()
        proof = json.loads(given.proof.read_text(encoding="utf-8"))
        lights = look(content, proof, certificate)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        print(f"Berkas, bukti, atau sertifikat tidak terbaca: {trouble}", file=sys.stderr)  # noqa: T201
        return MISUSED
    for title, good, says in lights:
        print(f"{COLOURS[good]}  {title}: {says}")  # noqa: T201
    return GREEN if all(good for _title, good, _says in lights) else RED


def look(content: bytes, proof: dict[str, Any], certificate: bytes) -> list[tuple[str, bool, str]]:
    """Title, whether it is good, and what was found, of each of the three lights."""
    digest = sha256(content).hexdigest()
    lines = _lines(content, digest, proof)
    return [
        ("Tanda tangan", *_signatures(content, digest, proof, certificate, lines)),
        ("Isi", *_bytes(content, digest, proof)),
        ("Jurnal", *_journal(lines, certificate)),
    ]


@dataclass(frozen=True)
class Lines:
    """The two lines of the proof that say something of the file, as they lie there; ``None`` for what is not there.

    ``own`` registered this very file. ``issued`` issued the paper, and so says which fields wait for a signature.
    """

    own: dict[str, Any] | None
    issued: dict[str, Any] | None

    @property
    def scanned(self) -> bool:
        return self.own is not None and _scanned(self.own)

    @property
    def fields(self) -> list[str] | None:
        """``None`` where the line of issuing does not say them: it stands in the journal from before they were written."""
        return _said(self.issued)["facts"].get("fields") if self.issued else None


def _lines(content: bytes, digest: str, proof: dict[str, Any]) -> Lines:
    own = next((each for each in proof["lines"] if _registers(_said(each), digest)), None)
    first = sha256(content[: proof["issued_size"]]).hexdigest()
    scanned_of = _said(own)["about"] if own is not None and _scanned(own) else None  # a scan grew from no file

    def issues(said: dict[str, Any]) -> bool:
        facts = said["facts"]
        return said["verb"] == ISSUED and (facts["file"] == first or facts["of"] == scanned_of)

    return Lines(own, next((each for each in proof["lines"] if issues(_said(each))), None))


def _said(line: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(line["body"])
    return said


def _scanned(line: dict[str, Any]) -> bool:
    return "scan" in _said(line)["facts"]


def _registers(said: dict[str, Any], digest: str) -> bool:
    return said["verb"] in REGISTERING and digest in (said["facts"].get(name) for name in NAMING)


def _signatures(
    content: bytes, digest: str, proof: dict[str, Any], certificate: bytes, lines: Lines
) -> tuple[bool, str]:
    places = proof["places"]
    if lines.fields is not None and sorted(place["field"] for place in places) != sorted(lines.fields):
        return False, "bukti menyebut tempat tanda tangan lain daripada jurnal."
    if not places and lines.scanned:
        return False, "bukti tidak menyebut siapa yang menandatangani pindaian ini."
    if not places:
        return True, "surat ini tidak ditandatangani di dalam berkas."
    given = [place for place in places if place["signed"]]
    if len(given) < len(places):
        return False, f"{len(given)} dari {len(places)} tanda tangan sudah diberikan."
    ink, in_file = proof["ink"], [place for place in given if place["how"] != "ink"]
    if ink and (digest == ink["scan"] or not in_file):
        if digest != ink["scan"] or (lines.own is not None and not lines.scanned):
            return False, "tanda tangan basah ada pada pindaian, bukan pada berkas ini."
        names = ", ".join(place["name"] for place in given if place["how"] == "ink")
        compared = " dan ".join(ink["confirmed_by"])
        return True, f"{names}; dinyatakan cocok oleh {compared}; mesin tidak membaca kertas."
    found = signatures_in(content, certificates_in(certificate), proof["registered_size"])
    broken = [each.trouble for each in found if each.trouble]
    if broken:
        return False, broken[0]
    if not _are_those(in_file, found):
        return False, f"{len(found)} tanda tangan pada berkas bukan {len(in_file)} yang tercatat."
    names = ", ".join(place["name"] for place in in_file)
    return True, f"{len(found)} dari {len(places)}: {names}. {_kinds(in_file)}"


def _kinds(given: list[dict[str, Any]]) -> str:
    certified = [place["name"] for place in given if place["how"] == "certified"]
    if certified and len(certified) < len(given):
        return f"Tersertifikasi: {', '.join(certified)}; yang lain tidak tersertifikasi."
    return f"Tanda tangan elektronik {'' if certified else 'tidak '}tersertifikasi."


def _are_those(given: list[dict[str, Any]], found: list[Signed]) -> bool:
    """As many as were given, each with the certificate that the rows name, where they name one."""
    held = {each.certificate for each in found}
    wanted = {place["certificate"] for place in given} - {""}
    return len(found) == len(given) and wanted <= held


def _bytes(content: bytes, digest: str, proof: dict[str, Any]) -> tuple[bool, str]:
    scans = [proof["ink"]["scan"]] if proof["ink"] else []
    if digest in scans:
        return True, f"sama persis dengan pindaian yang didaftarkan, sidik {digest[:16]}."
    first = sha256(content[: proof["registered_size"]]).hexdigest()
    if digest in (proof["registered"], *proof["kept"]) and first == proof["registered"]:
        return True, f"sama persis dengan berkas yang didaftarkan, sidik {digest[:16]}."
    return False, f"bukan berkas yang didaftarkan, sidik {digest[:16]}."


def _journal(lines: Lines, certificate: bytes) -> tuple[bool, str]:
    if lines.own is None:
        return False, "sidik berkas ini tidak tercatat pada bukti, atau belum tercakup titik periksa."
    if lines.issued is None:
        return False, "penerbitan surat ini tidak tercatat pada bukti, atau belum tercakup titik periksa."
    try:
        number = line_holds(lines.own, certificate.decode())
        line_holds(lines.issued, certificate.decode())
    except Untrue as trouble:
        return False, str(trouble)
    return True, f"nomor {number}, tercakup dalam titik periksa bertanda tangan."


if __name__ == "__main__":
    sys.exit(main())
