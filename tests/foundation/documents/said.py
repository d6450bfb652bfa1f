"""What a rendering says: the text of an HTML page and of a Word file, and how two texts are compared."""

import io
import unicodedata
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

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
