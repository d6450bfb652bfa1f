"""Judges a file that grew outside, in a process of its own: :mod:`outside` starts it, and nothing imports it.

It answers with one line of JSON: the new signature's field and certificate, or a code for the first thing that is wrong.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.generic import IndirectObject
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
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel

from bermitra.foundation.documents.looking import asked_of_me
from bermitra.foundation.documents.signing import MISREAD, judging, looked_at

LARGEST_STAMP = 120  # points, either way: a duty stamp is small, and must not cover a page
NEAR = 2  # points that a program may round away
WORDS = 16  # points above and below each field: there the paper prints who signs
ANY_USE = KeyUsageConstraints(key_usage=set())  # a seal is not somebody's own signature
UNREADABLE = (PdfError, SignatureValidationError, *MISREAD)


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


Box = tuple[float, float, float, float]  # left, bottom, right, top


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
    roots = [bytes.fromhex(each) for each in asked["roots"]]
    found = looked_at(one, judging(roots, at), None if asked["own"] else ANY_USE)
    one.compute_integrity_info()
    _unbroken(one)
    _only_signing(whole, first)
    _in_its_place(one, first, whole, asked)
    valid = one.signer_cert.not_valid_before <= at <= one.signer_cert.not_valid_after
    if asked["own"]:
        if not valid:
            raise _Wrong("expired", found.subject)
        if not found.good:
            raise _Wrong("root", found.subject)
        issuer = ""
    else:
        issuer = _issuer(one, roots, valid=valid, good=found.good)
    return {"field": found.field, "certificate": found.certificate, "subject": found.subject, "issuer": issuer}


def _issuer(one: Any, roots: list[bytes], *, valid: bool, good: bool) -> str:
    """Who issued a stamp's seal, if a root that is trusted here vouches for it. One that says it stands under such a root
    and does not is no seal; of one under roots that nobody laid in nothing is known."""
    chain = [one.signer_cert, *one.other_embedded_certs]
    if good:
        return _name_of(one.signer_cert.issuer)
    trusted = {x509.Certificate.load(each).subject.hashable for each in roots}
    if any(each.issuer.hashable in trusted for each in chain):
        raise _Wrong("seal" if valid else "expired", _name_of(one.signer_cert.issuer))
    return ""


def _name_of(named: Any) -> str:
    said = named.native
    return str(said.get("common_name") or said.get("organization_name") or named.human_friendly)


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
    filled = {name: (value, ref) for name, value, ref in enumerate_sig_fields(whole)}
    if any(name not in filled or filled[name][0] is not None for name in asked["empty"]):
        raise _Wrong("fields")
    level = one.docmdp_level
    shuts = level is not None and (level is MDPPerm.NO_CHANGES or not asked["own"])  # a stamp certifies nothing
    if asked["empty"] and (shuts or one.fieldmdp is not None):
        raise _Wrong("locks")
    if one.field_name == asked["own"]:
        return
    drawn = one.sig_field
    if one.field_name in reserved or any(each in drawn for each in ("/Kids", "/A", "/AA")):
        raise _Wrong("place")
    box = left, bottom, right, top = _box(drawn)
    if not asked["own"] and (right - left > LARGEST_STAMP or top - bottom > LARGEST_STAMP):
        raise _Wrong("large")
    if right <= left or top <= bottom:
        return  # nothing of it is seen
    shown_on = _pages_of(whole)
    pages = shown_on.get(_number(filled[one.field_name][1]), set())
    frames = {
        name: (shown_on.get(_number(filled[name][1]), set()), _box(filled[name][1].get_object())) for name in reserved
    }
    if not asked["own"]:
        if any(pages & there and _covers(box, frame) for there, frame in frames.values()):
            raise _Wrong("covers")
        return
    there, around = frames.get(asked["own"], (set(), box))
    if len(pages) != 1 or pages != there:
        raise _Wrong("place")
    if left < around[0] - NEAR or bottom < around[1] - NEAR or right > around[2] + NEAR or top > around[3] + NEAR:
        raise _Wrong("place")


def _pages_of(pdf: Any) -> dict[tuple[int, int], set[int]]:
    """On which pages each field is shown, whatever it says of itself."""
    found: dict[tuple[int, int], set[int]] = {}
    for number in range(int(pdf.root["/Pages"]["/Count"])):
        page = pdf.find_page_for_modification(number)[0].get_object()
        for each in page.get("/Annots", ()):
            found.setdefault(_number(each), set()).add(number)
    return found


def _number(found: Any) -> tuple[int, int]:
    """Of an object that others point to; one that nobody can point to is shown nowhere else either."""
    return (found.idnum, found.generation) if isinstance(found, IndirectObject) else (0, 0)


def _covers(box: Box, frame: Box) -> bool:
    """Whether it lies on the place where somebody signs, or on his office above or his name below."""
    left, bottom, right, top = frame
    return (
        box[0] < right - NEAR
        and box[2] > left + NEAR
        and box[1] < top + WORDS - NEAR
        and box[3] > bottom - WORDS + NEAR
    )


def _box(drawn: Any) -> Box:
    one, two, three, four = (float(each) for each in drawn["/Rect"])
    return min(one, three), min(two, four), max(one, three), max(two, four)


def main() -> None:
    asked, pdf = asked_of_me()
    try:
        answer = _judged(pdf, asked)
    except _Wrong as wrong:
        answer = {"trouble": wrong.trouble, "subject": wrong.subject}
    except UNREADABLE:
        answer = {"trouble": "broken"}
    print(json.dumps(answer))  # noqa: T201


if __name__ == "__main__":
    main()
