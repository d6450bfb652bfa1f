"""The papers of a call by the names they have in an address: what each is called, who may print it when, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bermitra.foundation.documents.compose import Tree
from bermitra.foundation.documents.model import Document, Size
from bermitra.foundation.text import _
from bermitra.selection.letters.announcement import announcement
from bermitra.selection.letters.common import UNANNOUNCED, Edition, call_pdf, call_tree
from bermitra.selection.letters.comparison import Contents, comparison
from bermitra.selection.letters.minutes import selection_minutes
from bermitra.selection.letters.opening import opening_minutes
from bermitra.selection.letters.terms import terms_of_reference
from bermitra.selection.models import Call


@dataclass(frozen=True)
class Kind:
    """``there``: whether it can be printed of this call, asked before anything is read. ``size``: its usual paper."""

    title: str
    make: Callable[[Call, Size, Edition, Contents | None], Document | None]
    there: Callable[[Call], bool]
    size: Size = Size.F4
    result: bool = False  # of the result, which everybody reads from its publication on


def _announced(call: Call) -> bool:
    return call.deadline is not None and not call.direct


def _opened(call: Call) -> bool:
    return call.opening_minutes != ""


def _scored(call: Call) -> bool:
    return call.revealed_at is not None


def _published(call: Call) -> bool:
    return call.revealed_at is not None and call.published_on is not None


KINDS: Mapping[str, Kind] = {
    "pengumuman": Kind(
        _("Pengumuman untuk papan desa"), lambda call, size, *_rest: announcement(call, size), _announced, Size.A4
    ),
    "kak": Kind(
        _("Kerangka Acuan Kerja"),
        lambda call, size, *_rest: terms_of_reference(call, size),
        lambda call: bool(call.kak),
    ),
    "pembukaan": Kind(
        _("Berita acara pembukaan usulan"),
        lambda call, size, edition, _contents: opening_minutes(call, size, edition),
        _opened,
    ),
    "seleksi": Kind(
        _("Berita acara seleksi mitra"),
        lambda call, size, edition, _contents: selection_minutes(call, size, edition),
        _published,
        result=True,
    ),
    "perbandingan": Kind(
        _("Perbandingan usulan, satu lembar A4"),
        lambda call, _size, _edition, contents: comparison(call, contents),
        _scored,
        Size.A4,
        result=True,
    ),
}
SHOWN_RESULT = ("provisional", "awarded")


def kinds_of(call: Call, edition: Edition) -> dict[str, str]:
    """Which papers there are for whom, by their names in an address; asks no statement."""
    return {name: kind.title for name, kind in KINDS.items() if _may(call, kind, edition)}


def _may(call: Call, kind: Kind, edition: Edition) -> bool:
    if edition is Edition.PUBLIC:
        if call.state in UNANNOUNCED:
            return False
        if kind.result and not (call.published_on and call.state in SHOWN_RESULT):
            return False
    return kind.there(call)


def printed(
    call: Call, name: str, edition: Edition, size: Size | None = None, contents: Contents | None = None
) -> bytes | None:
    """The paper as PDF; ``None`` where there is none of this name for this edition."""
    document = _document(call, name, edition, size, contents)
    return call_pdf(document, call) if document is not None else None


def editable(
    call: Call, name: str, edition: Edition, size: Size | None = None, contents: Contents | None = None
) -> Tree | None:
    """Its words, for a file to edit."""
    document = _document(call, name, edition, size, contents)
    return call_tree(document, call) if document is not None else None


def _document(call: Call, name: str, edition: Edition, size: Size | None, contents: Contents | None) -> Document | None:
    kind = KINDS.get(name)
    if kind is None or not _may(call, kind, edition):
        return None
    return kind.make(call, size or kind.size, edition, contents)
