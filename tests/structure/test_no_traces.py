"""What must never stand in a committed file."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOSTS = "|".join(
    ["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "deb" + r"\.debian", "registry" + r"\.yarnpkg"]
)
MACHINE = r"(^|[^\w.])/(wo" + r"rk|fa" + r"rm|ro" + r"ot)/"
ESCAPES = r"\|safe\b|mark_safe|ATOMIC_REQUESTS|\.extra\(|\.raw\("


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def lines(suffixes: tuple[str, ...], below: str = "") -> list[tuple[str, str]]:
    found = []
    for path in committed():
        name = str(path.relative_to(ROOT))
        if name.startswith(below) and (not suffixes or path.suffix in suffixes) and path.stat().st_size < 3_000_000:
            text = path.read_bytes().decode("utf-8", "replace")
            if "\0" not in text[:1000]:
                found += [(f"{name}:{n}", line) for n, line in enumerate(text.splitlines(), 1)]
    return found


@pytest.mark.parametrize("pattern", [HOSTS, MACHINE])
def test_no_registry_and_no_path_of_a_machine(pattern):
    assert [where for where, line in lines(()) if re.search(pattern, line)] == []


def test_no_lock_file_that_names_hosts():
    assert not {p.name for p in committed()} & {"uv.lock", ".python-version", "poetry.lock"}


def test_no_way_around_escaping_or_the_orm():
    assert [where for where, line in lines((".py", ".html"), "bermitra/") if re.search(ESCAPES, line)] == []


def test_no_inline_style_or_script():
    inline = r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="
    assert [where for where, line in lines((".html",), "bermitra/") if re.search(inline, line)] == []
