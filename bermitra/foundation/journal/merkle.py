"""The Merkle tree of RFC 6962 over the hashes of journal lines: roots, inclusion proofs, and a frontier that grows.

Hashes are 32 bytes. ``leaf`` hashes are taken over the 32-byte hash of a journal line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf(entry: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    """RFC 6962 §2.1: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Frontier:
    """The roots of the perfect subtrees of a tree of ``size`` leaves, largest first: all that a growing tree needs."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def add(self, entries: Iterable[bytes]) -> Frontier:
        for entry in entries:
            carried, rest = leaf(entry), self.size
            while rest & 1:  # two perfect trees of one size become one of the next
                carried, rest = node(self.roots.pop(), carried), rest >> 1
            self.roots.append(carried)
            self.size += 1
        return self

    def root(self) -> bytes:
        if not self.roots:
            return EMPTY_ROOT
        folded = self.roots[-1]
        for larger in reversed(self.roots[:-1]):
            folded = node(larger, folded)
        return folded


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def root(entries: Sequence[bytes]) -> bytes:
    return Frontier().add(entries).root()


def inclusion_proof(entries: Sequence[bytes], index: int) -> list[bytes]:
    """RFC 6962 §2.1.1: the path from leaf ``index`` to the root of ``entries``, nearest first."""
    if not 0 <= index < len(entries):
        raise IndexError(f"no leaf {index} in a tree of {len(entries)}")
    if len(entries) == 1:
        return []
    cut = _split(len(entries))
    if index < cut:
        return [*inclusion_proof(entries[:cut], index), root(entries[cut:])]
    return [*inclusion_proof(entries[cut:], index - cut), root(entries[:cut])]


def is_included(entry: bytes, index: int, size: int, proof: Sequence[bytes], wanted: bytes) -> bool:
    """Does ``proof`` lead from ``entry`` at ``index`` to the root ``wanted`` of a tree of ``size`` leaves? (RFC 9162 §2.1.3.2)"""
    if not 0 <= index < size:
        return False
    here, last, folded = index, size - 1, leaf(entry)
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            folded = node(sibling, folded)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            folded = node(folded, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and folded == wanted
