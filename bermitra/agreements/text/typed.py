"""Other wording: a body as lines that people type, and what changed between two texts."""

from __future__ import annotations

from typing import Any

from bermitra.agreements.text.content import ANNEXES, SHAPES, Clauses, Content, is_short
from bermitra.partnership import sheet


def as_typed(body: list[dict[str, Any]]) -> str:
    """A body as lines to edit: a paragraph a line, letters below it begin with a dash."""
    return "\n".join("\n".join([part["text"], *(f"- {each}" for each in part["sub"])]) for part in body)


def from_typed(typed: str) -> list[dict[str, Any]]:
    """The body that such lines say. A letter without a paragraph above it is one."""
    body: list[dict[str, Any]] = []
    for line in filter(None, (" ".join(each.split()) for each in typed.splitlines())):
        if line.startswith(("- ", "– ")) and body:
            body[-1]["sub"].append(line[2:].strip())
        else:
            body.append({"text": line.removeprefix("- "), "sub": []})
    return body


def changes(was: Content, read: Clauses, now: Content, reads: Clauses) -> list[dict[str, str]]:
    """What changed between two texts, place by place, in words: articles as they read, topics and annexes as said."""
    before = {each["code"]: as_typed(each["body"]) for each in read}
    after = {each["code"]: as_typed(each["body"]) for each in reads}
    found = [
        {"what": f"clause:{code}", "before": before.get(code, ""), "after": after.get(code, "")}
        for code in dict.fromkeys([*before, *after])
        if before.get(code, "") != after.get(code, "")
    ]
    found += [
        {"what": f"topic:{name}", "before": _plain(was["topics"][name]), "after": _plain(now["topics"][name])}
        for name in sheet.TOPICS
        if was["topics"][name] != now["topics"][name]
    ]
    found += [
        {"what": f"annex:{kind}", "before": _plain(was["annexes"][kind]), "after": _plain(now["annexes"][kind])}
        for kind in ANNEXES
        if was["annexes"][kind] != now["annexes"][kind]
    ]
    if is_short(was) != is_short(now):
        found.append({"what": "shape:", "before": SHAPES[is_short(was)], "after": SHAPES[is_short(now)]})
    return found


def _plain(value: Any) -> str:
    """Nested values as one line that can be laid beside another."""
    if isinstance(value, dict):
        return "; ".join(_plain(each) for each in value.values() if each not in ("", None, [], {}))
    if isinstance(value, list):
        return " | ".join(_plain(each) for each in value)
    return str(value)
