"""Tree -> PDF/A-3a and PDF/UA-1 through Typst.

The template is one constant file of ours; the tree goes in as a string and is never markup. The root folder and the package
folders are empty and our own fonts are the only ones: a mistake in the template can read no file and fetch nothing, and the
pages are the same on every server. The clock of the file is the document's date: same tree, same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bermitra.foundation.documents.compose import Tree, canonical
from bermitra.foundation.documents.qr import bare_svg

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
_HEIGHTS = {"f4": 330, "a4": 297}  # mm
_POINTS = 72 / 25.4  # per mm


@dataclass(frozen=True)
class Box:
    """Where a signature is to stand, in PDF points from the lower left corner; ``page`` counts from 0."""

    field: str
    page: int
    left: int
    bottom: int
    right: int
    top: int


def render(tree: Tree) -> bytes:
    """The paper as PDF. Raises ``typst.TypstError`` when the tree holds what the template does not know."""
    year, month, day = tree["dated"]
    stamp = datetime(year, month, day, tzinfo=UTC)
    with _compiler(tree) as compiler:
        return cast(bytes, compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=stamp))


def render_with_boxes(tree: Tree) -> tuple[bytes, list[Box]]:
    """The paper, and where its signature slots lie, from one layout of the document.

    The template lies in the folder as a file: with an input of bytes a compiler answers once and then finds no file (typst 0.15).
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="bermitra-") as folder, tempfile.TemporaryDirectory() as empty:
        template = Path(folder) / "main.typ"
        template.write_bytes((HERE / "bermitra.typ").read_bytes())
        compiler = typst.Compiler(
            input=str(template),
            root=folder,
            font_paths=_fonts(),
            package_path=empty,
            package_cache_path=empty,
            sys_inputs=_inputs(tree),
        )
        year, month, day = tree["dated"]
        stamp = datetime(year, month, day, tzinfo=UTC)
        pdf = cast(bytes, compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=stamp))
        return pdf, _boxes(tree, json.loads(compiler.query("<slot>", field="value")))


def boxes(tree: Tree) -> list[Box]:
    """Where the signature slots lie on the pages that :func:`render` makes; one more layout of the document."""
    with _compiler(tree) as compiler:
        return _boxes(tree, json.loads(compiler.query("<slot>", field="value")))


def _boxes(tree: Tree, marks: list[dict[str, Any]]) -> list[Box]:
    found: dict[str, dict[str, Any]] = {}
    for mark in marks:
        found.setdefault(mark["field"], {}).update(mark)
    height = _HEIGHTS[tree["size"]] * _POINTS
    return [
        Box(field, at["page"] - 1, round(at["x"]), round(height - at["y"] - at["height"] * _POINTS), round(at["right"]),
            round(height - at["y"]))
        for field, at in found.items()
    ]  # fmt: skip


def stamp(lines: list[str], width: int, height: int, at: datetime) -> bytes:
    """A page of the size of a signature's place, in points, that says by whom and when: what is seen where one signed."""
    values = {"lines": lines, "size": {"width": width, "height": height}}
    return fill((HERE / "signature.typ").read_bytes(), values, at)


def fill(template: bytes, values: dict[str, Any], at: datetime) -> bytes:
    """A template of ours with ``values`` as JSON in its ``sys.inputs``: for sheets that are no papers and get no code."""
    import typst

    with tempfile.TemporaryDirectory(prefix="bermitra-") as empty:
        compiler = typst.Compiler(
            input=template,
            root=empty,
            font_paths=_fonts(),
            package_path=empty,
            package_cache_path=empty,
            sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in values.items()},
        )
        return cast(bytes, compiler.compile(format="pdf", timestamp=at.replace(microsecond=0)))


@contextmanager
def _compiler(tree: Tree) -> Iterator[typst.Compiler]:
    import typst

    with tempfile.TemporaryDirectory(prefix="bermitra-") as empty:
        yield typst.Compiler(
            input=(HERE / "bermitra.typ").read_bytes(),
            root=empty,
            font_paths=_fonts(),
            package_path=empty,
            package_cache_path=empty,
            sys_inputs=_inputs(tree),
        )


def _inputs(tree: Tree) -> dict[str, str]:
    return {"tree": json.dumps(tree, ensure_ascii=False), "aside": json.dumps(_aside(tree))}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Read once in a process and shared between compilers."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(HERE / "fonts")],
    )


def _aside(tree: Tree) -> dict[str, Any]:
    addresses = {block["of"] for block in _blocks(tree["blocks"]) if block.get("t") == "qr"}
    addresses.add(tree["furniture"]["address"])
    return {
        "qr": {address: bare_svg(address) for address in sorted(addresses) if address},
        "attach": canonical(tree).decode(),
    }


def _blocks(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    if isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _blocks(each)
