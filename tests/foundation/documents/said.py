"""What a rendering says: the text of an HTML page, of a PDF and of a Word file, and how two texts are compared."""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from bermitra.foundation.documents import docx, html
from bermitra.foundation.documents.compose import Tree, words
from bermitra.foundation.documents.typst_pdf import render

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))


def tight(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).translate(_MARKS).split())


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def typed_out(file: bytes) -> str:
    """The text of a Word file in the order in which it stands, without its foot."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return "".join(
            each.text or "" for each in ElementTree.fromstring(parts.read("word/document.xml")).iter(f"{W}t")
        )


class Reader(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.said, self.outside = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        around = tag in ("svg", "footer") or dict(attrs).get("class") == "note warn"
        if around or (self.outside and tag not in ("br", "img", "path")):
            self.outside += 1

    def handle_endtag(self, tag):
        if self.outside and tag not in ("br", "img", "path"):
            self.outside -= 1

    def handle_data(self, data):
        if not self.outside:
            self.said.append(data)


def poppler(program: str, pdf: bytes, *words: str) -> bytes:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed (poppler-utils)")
    return subprocess.run([program, *words], input=pdf, capture_output=True, check=True).stdout


def pages(pdf: bytes) -> list[str]:
    return poppler("pdftotext", pdf, "-raw", "-enc", "UTF-8", "-", "-").decode().split("\f")[:-1]


def printed(tree: Tree) -> str:
    """The text of the PDF without what stands around the words: the mark across the page comes first, the footer last."""
    around, out = tree["furniture"], ""
    foot = tight(around["foot"] + around["where"])
    pen = tight("".join(around["initials"]) + around["by_pen"])  # places for initials, on every page or on none
    for number, text in enumerate(pages(render(tree)), 1):
        body, _foot, behind = tight(text).removeprefix(tight(around["status"])).rpartition(foot)
        assert re.fullmatch(rf"Halaman{number}dari\d+{re.escape(pen)}", behind)
        out += body
    return out


def says_the_same_in_each_form(tree: Tree) -> None:
    """HTML, PDF and Word say the words of the tree. A PDF gives a page no order and says the head of a long table again."""
    said = words(tree)
    assert tight(typed_out(docx.render(tree))) == tight("".join(said)), tree["kind"]
    assert tight("".join(Reader(html.render(tree)).said)) == tight("".join(said)), tree["kind"]
    paper = printed(tree)
    assert not Counter(tight("".join(said))) - Counter(paper), (
        f"{tree['kind']}: {Counter(tight(''.join(said))) - Counter(paper)}"
    )
    heads = "".join(run["s"] for head in _heads(tree["blocks"]) for cell in head for run in cell["r"])
    assert not set(Counter(paper) - Counter(tight("".join(said)))) - set(tight(heads)), tree["kind"]


def _heads(node):
    if isinstance(node, dict) and node.get("t") == "table":
        yield node["head"]
        yield from (row for row in node["rows"] if len(row) == 1)
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _heads(each)
