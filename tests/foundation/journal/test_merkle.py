"""RFC 6962: roots, proofs and the growing frontier agree, for every size and leaf."""

from hashlib import sha256

import pytest

from bermitra.foundation.journal.merkle import EMPTY_ROOT, Frontier, inclusion_proof, is_included, leaf, root


def entries(size: int) -> list[bytes]:
    return [bytes([n]) * 32 for n in range(size)]


def naive(items: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word for word."""
    if not items:
        return sha256(b"").digest()
    if len(items) == 1:
        return sha256(b"\x00" + items[0]).digest()
    k = 1
    while k * 2 < len(items):
        k *= 2
    return sha256(b"\x01" + naive(items[:k]) + naive(items[k:])).digest()


@pytest.mark.parametrize("size", range(66))
def test_the_frontier_grows_to_the_root_of_the_rfc(size):
    items = entries(size)
    assert root(items) == naive(items)
    grown = Frontier()
    for each in items:
        grown.add([each])
    assert (grown.root(), grown.size) == (naive(items), size)


def test_golden_vectors():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    known = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
    known.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
    # the test tree of the certificate transparency project: eight leaves
    assert root(known).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(1, 66))
def test_every_leaf_is_proved_and_nothing_else(size):
    items = entries(size)
    top = root(items)
    for index, entry in enumerate(items):
        proof = inclusion_proof(items, index)
        assert is_included(entry, index, size, proof, top)
        assert not is_included(b"x" * 32, index, size, proof, top)
        assert not is_included(entry, index, size, [*proof, top], top)
        assert not is_included(entry, (index + 1) % size, size, proof, top) or size == 1
        if proof:
            assert not is_included(entry, index, size, proof[:-1], top)
            assert not is_included(entry, index, size, [bytes(32), *proof[1:]], top)


def test_a_leaf_outside_the_tree_has_no_proof():
    with pytest.raises(IndexError):
        inclusion_proof(entries(3), 3)
    assert not is_included(b"", 3, 3, [], b"")
