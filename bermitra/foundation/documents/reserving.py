"""A field for every signer, put into the paper before anybody signs: the first revision already holds all of them.

So each signer signs the same page, and nothing has to be allowed afterwards but signing. The fields are tagged, named for
whoever has the page read aloud, and printable: PDF/A and PDF/UA hold as they did. Same paper and places, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from bermitra.foundation.documents.compose import Tree
from bermitra.foundation.documents.typst_pdf import Box

PRINTED = 4  # the flag of an annotation that is printed with its page


def labels_of(tree: Tree) -> dict[str, str]:
    """What each place to sign is called aloud: "Tanda tangan Suyatno, Kepala Desa"."""
    said = {}
    for slot in _slots(tree["blocks"]):
        parts = [_text(line).rstrip(",") for line in (slot["name"], *slot["role"])]
        said[slot["field"]] = "Tanda tangan " + ", ".join(each for each in parts if each)
    return said


def reserve(pdf: bytes, boxes: Iterable[Box], labels: Mapping[str, str]) -> bytes:
    """``pdf`` with an empty signature field in each box: the revision that is registered and that all signers see."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        fields = [_field(paper, box, labels[box.field]) for box in boxes]
        paper.Root["/AcroForm"] = Dictionary(Fields=Array(fields), SigFlags=1)
        out = io.BytesIO()
        # The packet of metadata and the way objects are packed stay as the PDF/A writer made them.
        paper.save(
            out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.preserve
        )
    return out.getvalue()


def _field(paper: pikepdf.Pdf, box: Box, label: str) -> Any:
    page = paper.pages[box.page]
    place = [box.left, box.bottom, box.right, box.top]
    empty = paper.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, box.right - box.left, box.top - box.bottom]
    )
    tags = paper.Root["/StructTreeRoot"]
    number = _next_number(paper, tags)
    field = paper.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(box.field), TU=String(label), F=PRINTED,
            Rect=Array(place), P=page.obj, AP=Dictionary(N=empty), StructParent=number,
        )
    )  # fmt: skip
    top = tags["/K"] if not isinstance(tags["/K"], Array) else tags["/K"][0]
    tag = paper.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name.Form, P=top, Pg=page.obj, K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj)
        )
    )
    if not isinstance(top["/K"], Array):
        top["/K"] = Array([top["/K"]])
    top["/K"].append(tag)
    leaf = tags["/ParentTree"]
    while "/Kids" in leaf:
        leaf = leaf["/Kids"][-1]
    leaf["/Nums"].extend([number, tag])
    if "/Limits" in leaf:
        leaf["/Limits"][1] = number
    tags["/ParentTreeNextKey"] = number + 1
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = Array()
    page.obj["/Annots"].append(field)
    page.obj["/Tabs"] = Name.S  # in the order of the tags
    return field


def _next_number(paper: pikepdf.Pdf, tags: Any) -> int:
    if "/ParentTreeNextKey" in tags:
        return int(tags["/ParentTreeNextKey"])
    return 1 + max(
        (int(page.obj["/StructParents"]) for page in paper.pages if "/StructParents" in page.obj), default=-1
    )


def _slots(node: Any) -> Iterable[dict[str, Any]]:
    if isinstance(node, dict):
        if "field" in node and "role" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _slots(each)


def _text(line: Any) -> str:
    return " ".join("".join(run["s"] for run in line).split())
