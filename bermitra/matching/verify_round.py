"""``python -m bermitra.matching.verify_round FILE``: whether a published round or draw is what its rules make of its list.

For anybody, without an instance and without its settings: the file alone is read. Five ask in turn, and each must agree:

1. the file itself: every byte is where its canonical form has it, and its digest is that of its content;
2. the first implementation replays it, and refuses what no list may hold;
3. the second implementation (``engine.plain``, pure Python) writes the whole certificate again;
4. a round's list is held against the policy in it: hash, weights, sizes, tiers, every offer's reserve;
5. the verifier (``engine.verify``, NumPy) looks for anybody with a justified complaint, on lists that the second
   implementation made; in a draw every quota must have got the floor or the ceiling of its share.

Exit code 0 if all agree, 1 if not; a simulation is no result, and never agrees. What a file cannot say of itself, whether it
is the one that was published, is for whoever compares its hashes and figures with the public page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from bermitra.foundation.text import _
from bermitra.matching.engine import certificate, plain
from bermitra.matching.engine.features import BadInput
from bermitra.matching.engine.lists import NO_CAP, reserved_of
from bermitra.matching.engine.verify import Report, verify

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError)


@dataclass
class Findings:
    """Indonesian sentences in the order in which things were checked, with the values for their braces."""

    lines: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    sound: bool = True

    def say(self, sentence: str, **values: Any) -> None:
        self.lines.append((sentence, values))

    def ask(self, right: bool, yes: str, no: str, **values: Any) -> bool:
        self.say(yes if right else no, **values)
        self.sound &= right
        return right


@dataclass(frozen=True)
class _Lists:
    ptr: np.ndarray
    offer: np.ndarray
    key: np.ndarray


@dataclass(frozen=True)
class _Seats:
    places: np.ndarray
    reserve: np.ndarray
    cap: np.ndarray
    eligible: np.ndarray
    region: np.ndarray
    quota: np.ndarray


def examine(data: bytes) -> Findings:
    """Everything that can be checked of a file's bytes; stops where nothing further would make sense."""
    found = Findings()
    broken = _("RUSAK: berkas berubah atau bukan sertifikat. Unduh lagi berkas aslinya.")
    try:
        if len(data) > certificate.MOST_BYTES:
            raise ValueError("too long")
        content = plain.read(data)
    except MALFORMED:
        not_it = _("Ini daftar, bukan berkas uji. Unduh “Berkas uji” dari halaman putaran.")
        found.ask(False, "", not_it if _is_list(data) else broken)
        return found
    found.say(_("Berkas utuh. Sidik berkas (SHA-256): {hash}"), hash=sha256(data).hexdigest())
    found.say(_("Sidik isinya: {digest}"), digest=content["sha256"])
    try:
        replayed = certificate.replay(content)  # first, since it refuses what the second would take ages over
        again = plain.certificate(content["list"], content["thrown"], content.get("seed_list_hash"))
    except BadInput as error:
        found.ask(False, "", _("TIDAK SAH: daftar memuat {count} isian yang tidak boleh."), count=len(error.problems))
        return found
    except MALFORMED:
        found.ask(False, "", broken)
        return found
    found.ask(
        replayed == content, _("Hitungan pertama, diulang: sama."), _("BEDA: hitungan pertama memberi hasil lain.")
    )
    _compare(found, content, again)
    if again["kind"] == "draw":
        _draw(found, content)
        found.say(_("Bandingkan sidik daftar dan angka dengan halaman undian."))
    else:
        _policy(found, content["list"])
        _round(found, content)
        found.say(_("Bandingkan sidik berkas, sidik daftar, dan angka dengan halaman putaran."))
    return found


def _is_list(data: bytes) -> bool:
    """The list of a round that its page hands out beside the file to be checked: people take one for the other."""
    try:
        content = json.loads(data[: certificate.MOST_BYTES])
    except MALFORMED:
        return False
    return isinstance(content, dict) and "sha256" not in content and {"offers", "villages"} <= content.keys()


def _compare(found: Findings, content: plain.Json, again: plain.Json) -> None:
    found.ask(
        content.get("list_hash") == again["list_hash"],
        _("Sidik daftar sebelum lemparan: {hash}"), _("BEDA: sidik daftar tidak cocok. Seharusnya {hash}"),
        hash=again["list_hash"],
    )  # fmt: skip
    if again.get("seed_list_hash"):
        found.say(
            _("Daftar diperbaiki sesudah lemparan. Benih tetap dari sidik daftar pertama: {hash}"),
            hash=again["seed_list_hash"],
        )
    if again["thrown"] and not again["thrown"].strip("0"):
        found.ask(False, "", _("Ini simulasi dengan lemparan nol, bukan hasil."))
    elif again["thrown"]:
        found.ask(
            content.get("seed") == again["seed"],
            _("Lemparan {thrown} memberi benih {seed}"), _("BEDA: lemparan {thrown} seharusnya memberi benih {seed}"),
            thrown=again["thrown"], seed=again["seed"],
        )  # fmt: skip
    differing = [key for key in again if content.get(key) != again[key] and key != "sha256"]
    differing += [key for key in content if key not in again]
    found.ask(
        not differing,
        _("Hitungan kedua, dengan program lain: sama."), _("BEDA: hitungan kedua lain pada {parts}."),
        parts=", ".join(differing),
    )  # fmt: skip


def _policy(found: Findings, listed: plain.Json) -> None:
    try:
        policy, told = listed["about"]["policy"], listed["about"]["policy_hash"]
        hashed, differing = plain.sealed(policy), strays(listed, policy)
    except MALFORMED:
        found.ask(False, "", _("SALAH: daftar tidak memuat kebijakan yang diumumkan."))
        return
    found.ask(
        hashed == told,
        _("Sidik kebijakan: {hash}"), _("BEDA: sidik kebijakan tidak cocok. Seharusnya {hash}"),
        hash=hashed,
    )  # fmt: skip
    found.ask(
        not differing,
        _("Pemeriksa: daftar mengikuti kebijakan itu."), _("SALAH: daftar lain dari kebijakan pada {parts}."),
        parts=", ".join(differing),
    )  # fmt: skip


def strays(listed: plain.Json, policy: plain.Json) -> list[str]:
    """What of a list is not as the policy in it says. That an offer left after the choices were locked makes no round plain,
    so of ``plain`` only one direction is asked."""
    places = np.array([row["places"] for row in listed["offers"]], np.int64)
    asked = {
        "weights": {
            "village": policy["village_weight"],
            "partner": policy["partner_weight"],
            "vision": policy["vision_min"],
        },
        "size": policy["size"],
        "floor_slots": policy["floor_slots"],
        "tiers": sorted(policy["tiers"]),
        "village_quota": policy["partners_per_village"],
        "cap": None,
    }
    wrong = [name for name, value in asked.items() if listed[name] != value]
    if [row["reserve"] for row in listed["offers"]] != reserved_of(places, policy["reserve_percent"]).tolist():
        wrong.append("reserve")
    if listed["plain"] and len(listed["offers"]) >= policy["min_offers"]:
        wrong.append("plain")
    return wrong


def _round(found: Findings, content: plain.Json) -> None:
    if content["list"]["plain"]:
        found.say(_("Tawaran terlalu sedikit: daftar peringkat biasa, tidak ada yang diperkenalkan."))
        return
    try:
        report, strangers = checked(content)
    except MALFORMED:
        found.ask(False, "", _("RUSAK: pasangan dalam hasil tidak terbaca."))
        return
    found.say(_("Desa: {villages}. Tawaran: {offers}. Diperkenalkan: {pairs} pasangan."), pairs=report.pairs,
              villages=len(content["list"]["villages"]), offers=len(content["list"]["offers"]))  # fmt: skip
    found.ask(
        not strangers,
        _("Pemeriksa: semua pasangan ada dalam daftar kedua pihak."),
        _("SALAH: {count} pasangan di luar daftar kedua pihak."),
        count=strangers,
    )
    found.ask(
        not (report.over_village or report.over_offer or report.cap),
        _("Pemeriksa: tidak ada yang melebihi tempat atau batasnya."),
        _("SALAH: {villages} desa, {offers} tawaran, dan {caps} batas kabupaten terlampaui."),
        villages=report.over_village, offers=report.over_offer, caps=report.cap,
    )  # fmt: skip
    found.ask(
        not report.blocking,
        _("Pemeriksa: tidak ada desa dan tawaran yang lebih saling memilih; jatah terpenuhi."),
        _("SALAH: {count} pasangan lebih saling memilih daripada hasil ini, {reserve} di antaranya berhak atas jatah."),
        count=report.blocking, reserve=report.reserve,
    )  # fmt: skip


def checked(content: plain.Json) -> tuple[Report, int]:
    """What the verifier counts in the pairs of a certificate, and how many of them are on no list (or there twice)."""
    again = plain.Round(content["list"], content["seed"])
    at = {id: row for row, id in enumerate(again.offers)}
    place = {o: {v: nth for nth, v in enumerate(sorted(rank, key=rank.__getitem__))} for o, rank in again.rank.items()}
    pairs = {(v, o): nth for nth, (v, o) in enumerate((v, o) for v, offers in again.wishes.items() for o in offers)}
    matched = np.zeros(len(pairs), bool)
    claimed = [tuple(pair) for pair in content["result"]["pairs"]]
    matched[[pairs[pair] for pair in set(claimed) if pair in pairs]] = True
    lists = _Lists(
        ptr=np.cumsum([0, *map(len, again.wishes.values())], dtype=np.int64),
        offer=np.array([at[o] for _v, o in pairs], np.int32),
        key=np.array([len(place[o]) - place[o][v] for v, o in pairs], np.int64),
    )
    regencies = sorted({row["regency"] for row in again.villages})
    cap = content["list"]["cap"]
    seats = _Seats(
        places=np.array([row["places"] for row in again.offers.values()], np.int32),
        reserve=np.array([row["reserve"] for row in again.offers.values()], np.int32),
        cap=np.full(len(at), NO_CAP if cap is None else cap, np.int32),
        eligible=np.array([again.may(row["id"]) for row in again.villages], bool),
        region=np.array([regencies.index(row["regency"]) for row in again.villages], np.int32),
        quota=np.full(len(again.villages), again.quota, np.int32),
    )
    return verify(lists, seats, matched), len(claimed) - int(matched.sum())


def _draw(found: Findings, content: plain.Json) -> None:
    try:
        result = content["result"]
        (seats, entrants), everybody = result["chance"], result["everybody"]
        bent = [m for m in result["margins"] if m["seats"] not in (m["owed"] // m["of"], -(-m["owed"] // m["of"]))]
        whole = len(set(result["winners"])) == len(result["winners"]) == seats
    except MALFORMED:
        found.ask(False, "", _("RUSAK: hasil undian tidak terbaca."))
        return
    found.ask(
        whole,
        _("Tempat: {seats} untuk {entrants} peserta, peluang setiap peserta sama."),
        _("SALAH: pemenang tidak {seats}, atau ada yang disebut dua kali."),
        seats=seats, entrants=entrants,
    )  # fmt: skip
    if everybody:
        found.say(_("Tempat cukup untuk semua, jadi tidak ada yang diundi."))
    found.ask(
        not bent,
        _("Pemeriksa: setiap kuota mendapat bagiannya, dibulatkan ke bawah atau ke atas."),
        _("SALAH: {count} nilai kuota mendapat lebih atau kurang dari bagiannya."),
        count=len(bent),
    )


VERDICT = {True: _("BENAR: semua cocok."), False: _("TIDAK BENAR: lihat baris di atas.")}


def main(words: Sequence[str]) -> int:
    if len(words) != 1:
        print(_("Sebut satu berkas: python -m bermitra.matching.verify_round BERKAS"))  # noqa: T201
        return 1
    try:
        data = Path(words[0]).read_bytes()
    except OSError:
        print(_("Berkas {name} tidak terbaca.").format(name=words[0]))  # noqa: T201
        return 1
    found = examine(data)
    for sentence, values in found.lines:
        print(sentence.format(**values))  # noqa: T201
    print(VERDICT[found.sound])  # noqa: T201
    return 0 if found.sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
