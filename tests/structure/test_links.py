"""The check of links lets the house pass and finds a wrong name, file and heading."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "links.py"


def checked(*root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, root)], capture_output=True, text=True, check=False)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_everything_in_this_house_leads_somewhere():
    said = checked()
    assert said.returncode == 0, said.stdout + said.stderr


def test_what_leads_nowhere_is_named_with_its_line(tmp_path):
    write(tmp_path / "bermitra/page.html", '<a href="{% url "page.home" %}">\n<a href="{% url "page.no_such" code %}">')
    write(
        tmp_path / "bermitra/views.py", 'redirect("page.home")\nreverse("page.nor_this", args=[1])\nredirect("/kerja/")'
    )
    write(
        tmp_path / "README.md",
        "# House\n\n[a](docs/one.md) [b](docs/two.md)\n[c](docs/one.md#second-part) [d](docs/one.md#third)\n"
        "[e](#house) [f](https://bermitra.example/x)\n```\n[g](docs/example.md)\n```\n[h](#barn)\n",
    )
    write(tmp_path / "docs/one.md", "# One\n\n## Second: part\n\n[back](../README.md#house) [wrong](README.md)\n")
    said = checked(tmp_path)
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        "bermitra/page.html:2: page.no_such leads nowhere",
        "bermitra/views.py:2: page.nor_this leads nowhere",
        "README.md:3: docs/two.md leads nowhere",
        "README.md:4: docs/one.md#third leads nowhere",
        "README.md:9: #barn leads nowhere",
        "docs/one.md:5: README.md leads nowhere",
    ]
