"""``bermitra verify-round FILE`` and ``python -m bermitra.matching.verify_round FILE``: what a stranger does with a file."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bermitra.cli import main
from bermitra.matching.engine import plain
from bermitra.matching.engine.certificate import TRIAL, as_bytes, certify, digest
from bermitra.matching.engine.score import Weights
from bermitra.matching.verify_round import examine
from tests.matching.engine.small_certificates import POLICY, THROWN, regency

ROOT = Path(__file__).resolve().parents[2]
DRAW = {
    "entrants": [{"id": f"33.05.01.{2001 + at}", "attributes": {"status": "Maju" if at % 3 else "Mandiri"}} for at in range(9)],
    "seats": 4, "quotas": ["status"],
}  # fmt: skip


def sealed(content: dict[str, Any], **changed: Any) -> bytes:
    bent = {**content, **changed}
    return as_bytes({**bent, "sha256": digest(bent)})


def said(data: bytes) -> str:
    found = examine(data)
    return f"{found.sound}\n" + "\n".join(sentence.format(**values) for sentence, values in found.lines)


def test_a_true_round_is_confirmed_by_all_who_are_asked():
    made = certify(regency(), THROWN)
    lines = said(as_bytes(made)).splitlines()
    assert lines[0] == "True"
    assert lines[1] == f"Berkas utuh. Sidik berkas (SHA-256): {sha256(as_bytes(made)).hexdigest()}"
    assert lines[2] == f"Sidik isinya: {made['sha256']}"
    assert lines[-1] == "Bandingkan sidik berkas, sidik daftar, dan angka dengan halaman putaran."
    assert "Hitungan kedua, dengan program lain: sama." in lines
    assert "Hitungan pertama, diulang: sama." in lines
    assert any(f"Diperkenalkan: {len(made['result']['pairs'])} pasangan" in line for line in lines)
    assert sum(line.startswith("Pemeriksa: ") for line in lines) == 4


def test_a_true_draw_is_confirmed_too():
    lines = said(as_bytes(certify(DRAW, THROWN))).splitlines()
    assert lines[0] == "True"
    assert "Tempat: 4 untuk 9 peserta, peluang setiap peserta sama." in lines
    everybody = said(as_bytes(certify({**DRAW, "seats": 9}, "")))
    assert "tidak ada yang diundi" in everybody
    assert everybody.startswith("True")


def test_a_simulation_and_a_ranked_list_say_what_they_are():
    assert "Ini simulasi" in said(as_bytes(certify(regency(), TRIAL)))
    assert said(as_bytes(certify(regency(), TRIAL))).startswith("False")
    assert said(as_bytes(certify(regency(), "0" * 24))).startswith("False")
    ranked = said(as_bytes(certify(regency(20, 3, plain=True), THROWN)))
    assert ranked.startswith("True")
    assert "daftar peringkat biasa" in ranked


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"weights": Weights(50, 60, 0)}, "weights"),
        ({"size": 9}, "size"),
        ({"floor_slots": 1}, "floor_slots"),
        ({"tiers": (0,)}, "tiers"),
        ({"village_quota": 2}, "village_quota"),
        ({"cap": 3}, "cap"),
        ({"reserve": {}}, "reserve"),
        ({"plain": True}, "plain"),
    ],
)
def test_a_list_that_strays_from_the_policy_in_it_is_no_round_of_it(changed, part):
    words = said(as_bytes(certify(regency(**changed), THROWN)))
    assert words.startswith("False")
    assert f"SALAH: daftar lain dari kebijakan pada {part}." in words


def test_a_policy_that_is_not_the_published_one_or_is_not_there_is_found():
    about = regency()["about"]
    softer = {**about, "policy": {**POLICY, "unverified_weight": 100}}
    assert "BEDA: sidik kebijakan tidak cocok." in said(as_bytes(certify(regency(about=softer), THROWN)))
    for about in ({}, {"policy": {}, "policy_hash": ""}, {"policy": POLICY}):
        words = said(as_bytes(certify(regency(about=about), THROWN)))
        assert words.startswith("False")
        assert "tidak memuat kebijakan yang diumumkan" in words


def test_a_list_that_was_put_right_keeps_the_seed_of_the_first_one_and_says_so():
    first = certify(regency(), THROWN)
    again = certify(regency(40), THROWN, first["list_hash"])
    words = said(as_bytes(again))
    assert words.startswith("True")
    assert f"Benih tetap dari sidik daftar pertama: {first['list_hash']}" in words
    assert again["seed"] == first["seed"]
    assert said(sealed(again, seed_list_hash="0" * 64)).startswith("False")
    assert said(sealed(again, seed_list_hash=None)).startswith("False")


def test_whoever_takes_a_pair_out_is_found_by_both_programs_and_the_verifier():
    made = certify(regency(), THROWN)
    result = {**made["result"], "pairs": made["result"]["pairs"][1:]}
    words = said(sealed(made, result=result))
    assert words.startswith("False")
    assert "BEDA: hitungan kedua lain pada result." in words
    assert "BEDA: hitungan pertama memberi hasil lain." in words
    assert "pasangan lebih saling memilih" in words


def test_whoever_swaps_or_adds_a_pair_is_found():
    made = certify(regency(), THROWN)
    pairs = made["result"]["pairs"]
    (v, o), (w, p) = pairs[0], next(pair for pair in pairs if pair[1] != pairs[0][1])
    swapped = {**made["result"], "pairs": [[v, p], [w, o], *(pair for pair in pairs if pair not in ([v, o], [w, p]))]}
    assert said(sealed(made, result=swapped)).startswith("False")
    twice = said(sealed(made, result={**made["result"], "pairs": [pairs[0], *pairs]}))
    assert "SALAH: 1 pasangan di luar daftar" in twice
    listed = made["result"]["lists"][v]
    more = next(row[0] for row in listed if [v, row[0]] not in pairs)
    added = said(sealed(made, result={**made["result"], "pairs": [[v, more], *pairs]}))
    assert "SALAH: 1 desa" in added


def test_a_seed_or_a_hash_that_was_changed_is_found():
    made = certify(regency(), THROWN)
    assert "seharusnya memberi benih" in said(sealed(made, seed="0" * 64))
    assert "sidik daftar tidak cocok" in said(sealed(made, list_hash="0" * 64))
    assert said(sealed(made, extra=1)).startswith("False")
    assert said(sealed(made, kind="draw")).startswith("False")
    assert said(sealed(made, check={**made["check"], "blocking": 1})).startswith("False")


def test_another_throw_gives_another_draw():
    made = certify(DRAW, THROWN)
    other = certify(DRAW, "6666666666666666")
    assert made["result"]["winners"] != other["result"]["winners"]
    words = said(sealed(made, result=other["result"]))
    assert words.startswith("False")
    fewer = {**made["result"], "winners": made["result"]["winners"][1:]}
    assert "SALAH: pemenang tidak 4" in said(sealed(made, result=fewer))
    margin = {**made["result"]["margins"][0], "seats": 4}
    assert "SALAH: 1 nilai kuota" in said(sealed(made, result={**made["result"], "margins": [margin]}))


@pytest.mark.parametrize(
    "result", [None, [], {}, {"pairs": None}, {"pairs": [1]}, {"pairs": [[[], {}]]}, {"winners": 1}, {"chance": [1]}]
)
def test_a_result_that_is_none_is_said_to_be_broken(result):
    for listed in (regency(6, 3), DRAW):
        words = said(sealed(certify(listed, THROWN), result=result))
        assert words.startswith("False")
        assert "BEDA: hitungan kedua lain pada result." in words


@pytest.mark.parametrize(
    "listed", [None, [], {}, {"entrants": []}, {"entrants": 1, "seats": 1, "quotas": []}, {"villages": [1]}]
)
def test_a_list_that_is_none_is_said_to_be_broken(listed):
    assert said(sealed(certify(DRAW, THROWN), list=listed)).startswith("False")


def test_a_list_that_no_round_may_have_is_refused_though_it_adds_up():
    made = certify(DRAW, THROWN)
    three = {**DRAW, "quotas": ["status", "status"]}
    words = said(as_bytes(plain.certificate(three, made["thrown"])))
    assert words.startswith("False")
    assert "TIDAK SAH: daftar memuat 1 isian yang tidak boleh." in words


@pytest.mark.parametrize("huge", [{"village_quota": 10**15}, {"size": 10**9}, {"cap": 10**15}, {"floor_slots": 10**12}])
def test_a_list_that_would_take_ages_is_refused_at_once(huge):
    made = certify(regency(6, 3), THROWN)
    assert said(sealed(made, list={**made["list"], **huge})).splitlines()[0] == "False"


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"\x00\xff", b'{"sha256":""}'])
def test_a_file_that_is_no_certificate_is_said_to_be_broken(data):
    assert said(data) == "False\nRUSAK: berkas berubah atau bukan sertifikat. Unduh lagi berkas aslinya."


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """As a stranger: no settings, no home, no database."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "BERMITRA", "DATABASE"))}
    command = [sys.executable, "-m", "bermitra.matching.verify_round", *words]
    return subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)


def test_a_stranger_needs_the_file_and_nothing_else(tmp_path):
    path = tmp_path / "putaran.json"
    path.write_bytes(as_bytes(certify(regency(), THROWN)))
    done = run(str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "BENAR: semua cocok."
    path.write_bytes(path.read_bytes().replace(b"introduced", b"unasked", 1))
    done = run(str(path))
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "TIDAK BENAR: lihat baris di atas."
    assert run().returncode == run(str(tmp_path / "none")).returncode == 1
    assert "tidak terbaca" in run(str(tmp_path)).stdout


def test_it_loads_no_django():
    program = (
        "import sys, bermitra.matching.verify_round; print(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_command_of_an_instance_says_the_same(tmp_path, capsys):
    path = tmp_path / "undian.json"
    path.write_bytes(as_bytes(certify(DRAW, THROWN)))
    call_command("verify_round", str(path))
    assert capsys.readouterr().out.splitlines()[-1] == "BENAR: semua cocok."
    path.write_bytes(b"{}")
    with pytest.raises(CommandError, match="TIDAK BENAR"):
        call_command("verify_round", str(path))
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("verify_round", str(tmp_path / "none"))


def test_its_name_may_have_a_hyphen(tmp_path, monkeypatch, capsys):
    path = tmp_path / "undian.json"
    path.write_bytes(as_bytes(certify(DRAW, THROWN)))
    main(["bermitra", "verify-round", str(path)])
    assert capsys.readouterr().out.splitlines()[-1] == "BENAR: semua cocok."
