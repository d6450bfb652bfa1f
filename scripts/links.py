"""Whether everything that leads somewhere does: names of addresses in templates and code, links in the documents.

``scripts/links.py [ROOT]``   prints what leads nowhere, with file and line, and fails

The links of the help pages are made while they are written; ``tests/portal/test_help_links.py`` follows those.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

HOUSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOUSE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")

import django  # noqa: E402

django.setup()

from bermitra.foundation.accounts.gaps import url_names  # noqa: E402

Found = Iterator[tuple[Path, int, str]]  # file, line, what it leads to

IN_TEMPLATES = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
IN_CODE = re.compile(r"""\b(?:reverse|reverse_lazy|redirect)\(\s*["']([^"'/]+)["']|\burl_name=["']([^"']+)["']""")
IN_DOCUMENTS = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def names_used(root: Path) -> Found:
    """Every name of an address that stands in a template or in code as a literal."""
    for path in sorted((root / "bermitra").rglob("*")):
        pattern = {".html": IN_TEMPLATES, ".txt": IN_TEMPLATES, ".py": IN_CODE}.get(path.suffix)
        if pattern is None or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for hit in pattern.finditer(text):
            yield path, _line(text, hit.start()), next(filter(None, hit.groups()))


def names_missing(root: Path) -> Found:
    known = set(url_names())
    yield from (each for each in names_used(root) if each[2] not in known)


def links_of(path: Path) -> Found:
    """Every link of a document that stays in the house; what stands in a fence is an example."""
    text = _without_fences(path)
    for hit in IN_DOCUMENTS.finditer(text):
        target = hit[1] or hit[2]
        if not ELSEWHERE.match(target):
            yield path, _line(text, hit.start()), target


def links_missing(root: Path) -> Found:
    documents = [root / name for name in DOCUMENTS if (root / name).exists()]
    for document in (*documents, *sorted((root / "docs").rglob("*.md"))):
        for path, line, target in links_of(document):
            file, _, anchor = unquote(target).partition("#")
            led_to = (path.parent / file).resolve() if file else path
            if not led_to.exists() or (anchor and led_to.suffix == ".md" and anchor not in anchors(led_to)):
                yield path, line, target


def anchors(path: Path) -> set[str]:
    """What a heading is called in an address: small letters, hyphens for spaces, ``-1`` for the second of a name."""
    found: set[str] = set()
    for hit in HEADING.finditer(_without_fences(path)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", hit[1]).lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        again = (f"{name}-{number}" for number in range(1, 1000))
        found.add(name if name not in found else next(each for each in again if each not in found))
    return found


def _without_fences(path: Path) -> str:
    """With as many lines as before."""
    return FENCED.sub(lambda hit: "\n" * hit[0].count("\n"), path.read_text(encoding="utf-8"))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def main() -> int:
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HOUSE
    missing = [*names_missing(root), *links_missing(root)]
    for path, line, target in missing:
        print(f"{path.relative_to(root)}:{line}: {target} leads nowhere")
    if not missing:
        print(f"{sum(1 for _ in names_used(root))} names of addresses and all links of the documents lead somewhere")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
