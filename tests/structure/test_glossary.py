"""What the glossary says the code calls a thing is what the code calls it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bermitra.portal.handbook import glossary

PACKAGE = Path(__file__).resolve().parents[2] / "bermitra"
GLOSSARY = PACKAGE / "portal" / "data" / "glossary.yaml"
WORD = re.compile(r"[a-z][a-z0-9_.]*")


def python_names(tree: ast.AST) -> Iterator[str]:
    """Names of modules, classes, functions, arguments and attributes, and short texts that name something (``"bpd_chair"``)."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Constant(value=str(text)) if WORD.fullmatch(text):
                yield from text.split(".")


def yaml_names(held: Any) -> Iterator[str]:
    """Keys, and what stands under ``code``."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield str(key)
            if key == "code":
                yield str(value)
            yield from yaml_names(value)
    elif isinstance(held, list):
        for each in held:
            yield from yaml_names(each)


def names_of_the_code() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if "migrations" not in path.parts:
            found |= {path.stem, path.parent.name, *python_names(ast.parse(path.read_text(encoding="utf-8")))}
    for path in PACKAGE.rglob("*.yaml"):
        if path != GLOSSARY:
            found |= set(yaml_names(yaml.safe_load(path.read_text(encoding="utf-8"))))
    return {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", each).lower().strip("_") for each in found}


def test_the_code_calls_things_as_the_glossary_says():
    names = names_of_the_code()
    assert "urban_village" not in names  # a plausible word that nobody uses is found out
    wrong = [each.called for each in glossary() if each.called and not {each.called, f"{each.called}s"} & names]
    assert wrong == []


def test_an_entry_says_what_it_is_called_only_where_that_is_another_word():
    rows = yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))["terms"]
    assert [row["code"] for row in rows if row.get("called") == row["code"]] == []
