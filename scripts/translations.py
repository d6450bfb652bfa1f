"""The English catalogue: gather every sentence of the sources, and compile what is translated.

``scripts/translations.py``           gathers (needs xgettext) and compiles; new sentences wait empty in the catalogue
``scripts/translations.py --check``   fails when a sentence is missing, unfinished or not compiled
``scripts/translations.py --add F``   takes translations from a JSON file {Indonesian: English} into empty entries
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
import yaml

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "bermitra/site/locale/en/LC_MESSAGES/django.po"
KEYWORDS = ["_", "marked", "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2",
            "pgettext:1c,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3"]  # fmt: skip


def from_sources() -> dict[tuple[str, str, str], list[str]]:
    """(context, singular, plural) -> the files that say it, read by xgettext from Python and templates."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")
    import django  # noqa: PLC0415  only when gathering

    django.setup()
    from django.utils.translation import templatize  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        listed = []
        for path in sorted((ROOT / "bermitra").rglob("*")):
            if path.suffix not in (".py", ".html", ".txt") or "migrations" in path.parts:
                continue
            source = path
            if path.suffix != ".py":
                source = Path(folder, str(path.relative_to(ROOT)).replace("/", "__") + ".py")
                source.write_text(templatize(path.read_text(encoding="utf-8"), origin=str(path)), encoding="utf-8")
            listed.append(str(source))
        Path(folder, "list").write_text("\n".join(listed), encoding="utf-8")
        out = Path(folder, "found.po")
        command = ["xgettext", "--from-code=UTF-8", "--language=Python", "-d", "django", "-f", f"{folder}/list",
                   "-o", str(out), "--keyword", *[f"--keyword={word}" for word in KEYWORDS]]  # fmt: skip
        done = subprocess.run(
            command, check=True, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        if "without plural and with plural" in done.stderr:  # English would say the one for the other
            sys.exit(done.stderr)
        found = polib.pofile(str(out)) if out.exists() else []
        said = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): [] for e in found}
    for norm in yaml.safe_load((ROOT / "bermitra/foundation/norms/norms.yaml").read_text(encoding="utf-8")):
        said[("", norm["says"], "")] = []
    return said


def open_catalogue() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=118)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    made = polib.POFile(wrapwidth=118)
    made.metadata = {
        "Language": "en", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }  # fmt: skip
    return made


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def unfinished(entry: polib.POEntry) -> bool:
    return not all(entry.msgstr_plural.values()) if entry.msgid_plural else not entry.msgstr


def gather() -> None:
    catalogue, said = open_catalogue(), from_sources()
    kept = {key(e): e for e in catalogue if key(e) in said}
    made = open_catalogue()
    made.clear()
    for context, singular, plural in sorted(said, key=lambda k: (k[1], k[0])):
        old = kept.get((context, singular, plural))
        new = polib.POEntry(msgid=singular, msgctxt=context or None, msgid_plural=plural)
        if plural:
            new.msgstr_plural = dict(old.msgstr_plural) if old else {0: "", 1: ""}
        else:
            new.msgstr = old.msgstr if old else ""
        if "%(" in singular:
            new.flags = ["python-format"]
        made.append(new)
    made.save(str(CATALOGUE))
    made.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    waiting = [e.msgid for e in made if unfinished(e)]
    print(f"{len(made)} kalimat, {len(waiting)} belum diterjemahkan")
    for each in waiting:
        print(f"  {each}")


def add(path: str) -> None:
    words = json.loads(Path(path).read_text(encoding="utf-8"))
    catalogue = open_catalogue()
    for entry in catalogue:
        given = words.get(entry.msgid)
        if given and unfinished(entry):
            if entry.msgid_plural:
                if not isinstance(given, list) or len(given) != 2:  # else its first two letters would be taken
                    sys.exit(f"{entry.msgid!r} has a plural: give [singular, plural]")
                entry.msgstr_plural = {0: given[0], 1: given[1]}
            else:
                entry.msgstr = given
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def check() -> int:
    catalogue, said = {key(e): e for e in open_catalogue()}, from_sources()
    troubles = [f"belum ada: {k[1]}" for k in said if k not in catalogue]
    troubles += [f"belum diterjemahkan: {e.msgid}" for e in catalogue.values() if unfinished(e)]
    troubles += [f"tidak dipakai lagi: {k[1]}" for k in catalogue if k not in said]
    compiled = {key(e): e.msgstr or e.msgstr_plural for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))}
    wanted = {k: e.msgstr or e.msgstr_plural for k, e in catalogue.items() if not unfinished(e)}
    if compiled != wanted:
        troubles.append("django.mo tidak sama dengan django.po: jalankan make messages")
    print("\n".join(troubles) or f"{len(said)} kalimat, semuanya berbahasa Inggris juga")
    return 1 if troubles else 0


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(check())
    if "--add" in sys.argv:
        add(sys.argv[sys.argv.index("--add") + 1])
    else:
        gather()
