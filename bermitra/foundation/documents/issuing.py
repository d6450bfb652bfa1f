"""What comes before the act of issuing: the code, the composed words, the PDF in the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from bermitra.foundation.codes import ALPHABET
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents import files
from bermitra.foundation.documents.compose import Issued, Tree, compose
from bermitra.foundation.documents.model import Document
from bermitra.foundation.documents.models import CODE_LENGTH
from bermitra.foundation.documents.reserving import labels_of, reserve
from bermitra.foundation.documents.typst_pdf import render, render_with_boxes


@dataclass(frozen=True)
class Prepared:
    """A paper that is rendered and only waits for its rows."""

    code: str
    kind: str
    title: str
    tree_hash: str
    source: Tree
    pdf: files.Content
    about: str
    region: str
    example: bool
    fields: tuple[str, ...] = ()  # places that wait for an electronic signature

    def reach(self) -> Reach:
        return Reach(region=self.region)


def prepare(
    document: Document,
    *,
    key: str,
    about: str,
    region: str = "",
    example: bool = False,
    to_sign: Collection[str] = (),
) -> Prepared:
    """Render a document and lay its PDF into the store, for ``documents.issue_paper``.

    ``key`` is the key of the request (``By.key``). The code comes from it, so that a request sent twice prepares the same
    paper, byte for byte, and the door gives its first answer again. ``about`` names the record as the journal does
    (``about_of``). A paper that carries a secret is not issued: its words would stay readable here. ``to_sign`` names the
    places in which somebody will sign electronically: their fields stand in the paper from the beginning.
    """
    code = code_for(key, document.kind, about)
    tree = compose(document, Issued(code, address_of(code), example))
    if to_sign:
        bare, boxes = render_with_boxes(tree)
        drawn = reserve(bare, [box for box in boxes if box.field in to_sign], labels_of(tree))
    else:
        drawn = render(tree)
    pdf = files.put(drawn, media_type="application/pdf", name=f"{document.kind}-{code}.pdf")
    return Prepared(
        code,
        document.kind,
        tree["title"],
        tree["fingerprint"],
        tree,
        pdf,
        about,
        region,
        example,
        tuple(sorted(to_sign)),
    )


def code_for(key: str, kind: str, about: str) -> str:
    """The code that this request gives to its paper. Nobody finds it without the instance's own key."""
    if not key:
        raise ValueError("a paper is prepared for a request, and a request has a key")
    digest = salted_hmac("bermitra.documents.code", "\0".join((key, kind, about)), algorithm="sha256").digest()
    number = int.from_bytes(digest, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def address_of(code: str) -> str:
    """Where the QR of a paper leads."""
    return f"{settings.BERMITRA_ORIGIN}/verifikasi/{code}/"
