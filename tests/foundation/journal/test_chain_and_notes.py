"""What is hashed and what is signed, with vectors that anyone can recompute."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bermitra.foundation.journal.chain import GENESIS, body, chained
from bermitra.foundation.journal.signing import checkpoint_text, note_holds, signed_note, verifier_key

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = "desa.example/jurnal"


def test_a_line_is_canonical_json():
    line = {"verb": "need.recorded", "seq": 1, "facts": {"z": 2, "a": "Desa é"}}
    assert body(line) == '{"facts":{"a":"Desa é","z":2},"seq":1,"verb":"need.recorded"}'


def test_golden_hashes_of_two_lines():
    first = chained(GENESIS, '{"seq":1}')
    assert first == "76335d18c073eaa26486ee0874078f79f5020415571bd9ca8574c1309afde2ce"
    assert chained(first, '{"seq":2}') == "ce19567c4c5c00c59a113eaeef662f78892a1ba921250a55ae967e0bf11163da"


def test_a_note_holds_to_the_letter():
    text = checkpoint_text(NAME, 7, bytes(32))
    note = signed_note(text, NAME, KEY)
    public = KEY.public_key()
    assert note.startswith(f"{NAME}\n7\nAAAA")
    assert note_holds(note, NAME, public)
    assert not note_holds(note.replace("\n7\n", "\n8\n"), NAME, public)
    assert not note_holds(note, "lain.example/jurnal", public)
    assert not note_holds(note[:-10] + "\n", NAME, public)
    assert not note_holds(note, NAME, Ed25519PrivateKey.generate().public_key())
    assert not note_holds(text, NAME, public)
    assert verifier_key(NAME, public).startswith(f"{NAME}+")


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(ValueError):
        body({"x": float("nan")})
