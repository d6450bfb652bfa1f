"""Judges a file that grew outside, in a process of its own: :mod:`outside` starts it, and nothing imports it.

It answers with one line of JSON: the new signature's field and certificate, or a code for the first thing that is wrong.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    DiffResult,
    FormUpdatingRule,
    ModificationLevel,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko.sign.validation.status import SignatureCoverageLevel

from bermitra.foundation.documents.looking import asked_of_me
from bermitra.foundation.documents.signing import judging, looked_at

LARGEST_STAMP = 120  # points, either way: a duty stamp is small, and must not cover a page
NEAR = 2  # points that a program may round away
MISREAD = (
    PdfError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    AssertionError,
)  # fmt: skip


# The library compares with what was signed; here nothing may be signed yet: the form learns that it is, and who certifies.
_POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *DEFAULT_DIFF_POLICY.global_rules[1:],
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)


class _Wrong(Exception):
    """The code of what is wrong, and whose certificate it is about."""

    def __init__(self, trouble: str, subject: str = ""):
        self.trouble, self.subject = trouble, subject
        super().__init__(trouble)


def _judged(pdf: bytes, asked: dict[str, Any]) -> dict[str, str]:
    first, whole = PdfFileReader(io.BytesIO(pdf[: asked["size"]])), PdfFileReader(io.BytesIO(pdf))
    known = {each.field_name for each in first.embedded_signatures}
    added = [each for each in whole.embedded_signatures if each.field_name not in known]
    if len(added) != 1:
        raise _Wrong("many" if added else "none")
    [one] = added
    at = datetime.fromisoformat(asked["at"])
    found = looked_at(one, judging([bytes.fromhex(each) for each in asked["roots"]], at))
    one.compute_integrity_info()
    _unbroken(one)
    _only_signing(whole, first)
    _in_its_place(one, first, whole, asked)
    if asked["own"]:
        certificate = one.signer_cert
        if not certificate.not_valid_before <= at <= certificate.not_valid_after:
            raise _Wrong("expired", found.subject)
        if not found.good:
            raise _Wrong("root", found.subject)
    return {"field": found.field, "certificate": found.certificate, "subject": found.subject}


def _unbroken(one: Any) -> None:
    intact, valid = validate_sig_integrity(
        one.signer_info, one.signer_cert, expected_content_type="data", actual_digest=one.compute_digest()
    )
    if not intact or not valid:
        raise _Wrong("broken")
    if one.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise _Wrong("changed")


def _only_signing(whole: Any, first: Any) -> None:
    """Between the file we know and this one nothing came but the signature: no page, no word, no other field."""
    certified = read_certification_data(first)
    seen = _POLICY.review_file(
        whole, first.xrefs.total_revisions - 1, doc_mdp=certified.permission if certified else None
    )
    if not isinstance(seen, DiffResult) or seen.modification_level > ModificationLevel.FORM_FILLING:
        raise _Wrong("changed")


def _in_its_place(one: Any, first: Any, whole: Any, asked: dict[str, Any]) -> None:
    reserved = {name for name, _value, _ref in enumerate_sig_fields(first)}
    filled = {name: value for name, value, _ref in enumerate_sig_fields(whole)}
    frames = {name: ref.get_object() for name, _value, ref in enumerate_sig_fields(whole) if name in reserved}
    drawn = one.sig_field
    if any(name not in filled or filled[name] is not None for name in asked["empty"]):
        raise _Wrong("fields")
    level = one.docmdp_level
    shuts = level is not None and (level is MDPPerm.NO_CHANGES or not asked["own"])  # a stamp certifies nothing
    if asked["empty"] and (shuts or one.fieldmdp is not None):
        raise _Wrong("locks")
    if one.field_name == asked["own"]:
        return
    if one.field_name in reserved or any(each in drawn for each in ("/Kids", "/A", "/AA")):
        raise _Wrong("place")
    left, bottom, right, top = _box(drawn)
    if not asked["own"]:
        if right - left > LARGEST_STAMP or top - bottom > LARGEST_STAMP:
            raise _Wrong("large")
    elif right > left and top > bottom:
        frame = frames.get(asked["own"])
        if frame is None or "/P" not in drawn or frame.raw_get("/P") != drawn.raw_get("/P"):
            raise _Wrong("place")
        around = _box(frame)
        if left < around[0] - NEAR or bottom < around[1] - NEAR or right > around[2] + NEAR or top > around[3] + NEAR:
            raise _Wrong("place")


def _box(drawn: Any) -> tuple[float, float, float, float]:
    one, two, three, four = (float(each) for each in drawn["/Rect"])
    return min(one, three), min(two, four), max(one, three), max(two, four)


def main() -> None:
    asked, pdf = asked_of_me()
    try:
        answer = _judged(pdf, asked)
    except _Wrong as wrong:
        answer = {"trouble": wrong.trouble, "subject": wrong.subject}
    except MISREAD:
        answer = {"trouble": "broken"}
    print(json.dumps(answer))  # noqa: T201


if __name__ == "__main__":
    main()
