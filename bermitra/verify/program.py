"""The program: a file, its proof and the certificate of the instance, and the three lights.

It shares no code with the pages, so that a fault of theirs is not a fault of this. From the file it takes the
signatures as they lie in its bytes: the last one must cover the whole file, and each covers all that came before it.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from bermitra.verify.journal import Untrue, line_holds
from bermitra.verify.signatures import Signed, certificates_in, signatures_in

GREEN, RED, MISUSED = 0, 1, 2
COLOURS = {True: "HIJAU", False: "MERAH"}
NAMING = ("file", "scan")  # the facts of a journal line that name a file by its hash
# Lines that register a file as one of a paper; that somebody uploaded it stands in the journal too and says nothing.
REGISTERING = frozenset(
    {
        "agreement.sealed",
        "agreement.stamped",
        "amendment.scan_confirmed",
        "amendment.sealed",
        "joint_scan.confirmed",
        "joint_text.sealed",
        "paper.issued",
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
    return [
        ("Tanda tangan", *_signatures(content, digest, proof, certificate)),
        ("Isi", *_bytes(content, digest, proof)),
        ("Jurnal", *_journal(digest, proof, certificate)),
    ]


def _signatures(content: bytes, digest: str, proof: dict[str, Any], certificate: bytes) -> tuple[bool, str]:
    places = proof["places"]
    if not places:
        return True, "surat ini tidak ditandatangani di dalam berkas."
    given = [place for place in places if place["signed"]]
    if len(given) < len(places):
        return False, f"{len(given)} dari {len(places)} tanda tangan sudah diberikan."
    ink, in_file = proof["ink"], [place for place in given if place["how"] != "ink"]
    if ink and (digest == ink["scan"] or not in_file):
        if digest != ink["scan"]:
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


def _journal(digest: str, proof: dict[str, Any], certificate: bytes) -> tuple[bool, str]:
    for line in proof["lines"]:
        said = json.loads(line["body"])
        facts = said["facts"]
        if said["verb"] not in REGISTERING or digest not in (facts.get(name) for name in NAMING):
            continue
        try:
            return (
                True,
                f"nomor {line_holds(line, certificate.decode())}, tercakup dalam titik periksa bertanda tangan.",
            )
        except Untrue as trouble:
            return False, str(trouble)
    return False, "sidik berkas ini tidak tercatat pada bukti, atau belum tercakup titik periksa."


if __name__ == "__main__":
    sys.exit(main())
