"""Tree -> HTML for the page of a document: the words of the paper, as elements that a screen reader understands.

Every word comes from the tree and none is translated: a paper is Indonesian on an English page too. Markers such as "(1)"
are text, so what is copied or read aloud is what stands on the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bermitra.foundation.documents.characters import BY_KEY
from bermitra.foundation.documents.compose import Line, Tree
from bermitra.foundation.documents.qr import svg

Node = dict[str, Any]
NOTHING = SafeString("")
_TOP = 1  # the page has its own h1


def render(tree: Tree) -> SafeString:
    """The whole paper as ``<article class="doc">``, with its status above and its code and fingerprint below."""
    around = tree["furniture"]
    status = format_html('<p class="note warn"><b>{}</b></p>', around["status"]) if around["status"] else NOTHING
    head = _letterhead(tree["kop"]) if tree["kop"] else NOTHING
    return format_html(
        '<article class="{}" lang="id">{}{}{}<footer class="src">{}</footer></article>',
        "doc plain" if tree.get("plain") else "doc", status, head, _blocks(tree["blocks"]), around["foot"],
    )  # fmt: skip


# --- lines ------------------------------------------------------------------------------------------------
def _all(made: Iterable[SafeString], between: str = "") -> SafeString:
    return format_html_join(SafeString(between), "{}", ((each,) for each in made))


def _run(run: Node) -> SafeString:
    said = format_html("{}", run["s"])
    if "x" in run:
        script = BY_KEY[run["x"]]
        direction = "rtl" if script.right_to_left else "ltr"
        said = format_html('<span lang="{}" dir="{}">{}</span>', script.tag, direction, said)
    elif "n" in run:
        said = format_html('<span class="solid">{}</span>', said)
    if "i" in run:
        said = format_html("<i>{}</i>", said)
    return format_html("<b>{}</b>", said) if "b" in run else said


def _line(line: Line) -> SafeString:
    return _all(map(_run, line))


def _lines(lines: Iterable[Line]) -> SafeString:
    """One below the other."""
    return _all((_line(each) for each in lines if each), "<br>")


def _p(said: SafeString, kind: str = "") -> SafeString:
    if not said:
        return NOTHING
    return format_html('<p class="{}">{}</p>', kind, said) if kind else format_html("<p>{}</p>", said)


def _heading(level: int, said: SafeString, name: str = "") -> SafeString:
    level = min(_TOP + level, 6)
    if name:
        return format_html('<h{0} id="{1}"><a href="#{1}">{2}</a></h{0}>', level, name, said)
    return format_html("<h{0}>{1}</h{0}>", level, said)


# --- blocks -----------------------------------------------------------------------------------------------
def _blocks(nodes: Sequence[Node]) -> SafeString:
    return _all(_BLOCKS[node["t"]](node) for node in nodes)


def _letterhead(kop: Node) -> SafeString:
    emblem = format_html('<img src="{}" alt="">', kop["emblem"]) if kop["emblem"] else NOTHING
    lines = _all(
        (format_html("<b>{}</b>" if each["large"] else "<span>{}</span>", _line(each["r"])) for each in kop["lines"]),
        "<br>",
    )
    address = format_html("<small>{}</small>", _line(kop["address"])) if kop["address"] else NOTHING
    return format_html('<div class="kop">{}<div>{}{}</div></div>', emblem, lines, address)


def _title(node: Node) -> SafeString:
    return format_html(
        "{}{}{}",
        _heading(node["level"], _lines(node["lines"])), _p(_lines(node["numbers"]), "mid"), _p(_strong(_lines(node["about"])), "mid"),
    )  # fmt: skip


def _strong(said: SafeString) -> SafeString:
    return format_html("<b>{}</b>", said) if said else NOTHING


def _opening(node: Node) -> SafeString:
    return format_html(
        "{}{}{}", _p(_line(node["place"]), "right"), _rows(node["rows"]), _p(_lines(node["to"])),
    )  # fmt: skip


def _rows(rows: Sequence[Node]) -> SafeString:
    """Label : value."""
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join(
            "",
            "<div><dt>{} {}</dt><dd>{}</dd></div>",
            ((_line(row["label"]), _line(row["colon"]), _line(row["r"])) for row in rows),
        ),
    )


def _recital(node: Node) -> SafeString:
    items = node["items"]
    said = _line(items[0]["r"]) if len(items) == 1 and not items[0]["m"] else _clauses(items)
    return format_html(
        '<dl class="facts"><div><dt>{} {}</dt><dd>{}</dd></div></dl>', _line(node["label"]), _line(node["colon"]), said
    )


def _parties(node: Node) -> SafeString:
    return format_html(
        '<ol class="clauses">{}</ol>',
        format_html_join(
            "",
            '<li><span class="mark">{}</span><div><b>{}</b> {} {}</div></li>',
            ((_line(each["m"]), _line(each["name"]), _line(each["colon"]), _line(each["r"])) for each in node["items"]),
        ),
    )


def _items(node: Node) -> SafeString:
    """Clauses; a table among them stands between two lists, as on paper."""
    made: list[SafeString] = []
    together: list[Node] = []
    for item in [*node["items"], {"blocks": []}]:
        if "blocks" in item:
            made += [_clauses(together)] if together else []
            made.append(_blocks(item["blocks"]))
            together = []
        else:
            together.append(item)
    return _all(made)


def _clauses(items: Sequence[Node]) -> SafeString:
    return format_html('<ol class="clauses">{}</ol>', _all(map(_clause, items)))


def _clause(item: Node) -> SafeString:
    sub = _clauses(item["sub"]) if "sub" in item else NOTHING
    tail = _p(_line(item["tail"])) if "tail" in item else NOTHING
    said = format_html("<p>{}</p>{}{}", _line(item["r"]), sub, tail)
    return format_html('<li><span class="mark">{}</span><div>{}</div></li>', _line(item["m"]), said)


def _table(node: Node) -> SafeString:
    caption = format_html("<caption>{}</caption>", _line(node["caption"])) if node["caption"] else NOTHING
    foot = format_html("<tfoot>{}</tfoot>", _table_rows(node, node["foot"])) if node["foot"] else NOTHING
    return format_html(
        '<div class="scroll" tabindex="0"><table class="t">{}<thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table></div>',
        caption,
        format_html_join("", '<th scope="col">{}</th>', ((_line(cell["r"]),) for cell in node["head"])),
        _table_rows(node, node["rows"]),
        foot,
    )


def _table_rows(node: Node, rows: Sequence[Sequence[Node]]) -> SafeString:
    made = []
    for row in rows:
        cells, column = [], 0
        for cell in row:
            side = node["columns"][column]["align"] if cell["span"] == 1 else "left"
            kind = SafeString(' class="num"') if side == "right" else NOTHING
            span = format_html(' colspan="{}"', cell["span"]) if cell["span"] > 1 else NOTHING
            cells.append(format_html("<td{}{}>{}</td>", kind, span, _line(cell["r"])))
            column += cell["span"]
        made.append(format_html("<tr>{}</tr>", _all(cells)))
    return _all(made)


def _sign(node: Node) -> SafeString:
    groups = _all(
        format_html(
            '{}<div class="sign">{}</div>', _p(_line(group["heading"]), "mid"), _all(map(_slot, group["slots"]))
        )
        for group in node["groups"]
    )
    seen = _p(_lines(node.get("witnesses", [])))
    return format_html("{}{}{}{}", _blocks(node["lead"]), _p(_lines(node["place"]), "right"), groups, seen)


def _slot(slot: Node) -> SafeString:
    return format_html(
        "<div>{}{}{}{}{}{}{}</div>",
        _p(_lines(slot["role"]), "mid"),
        _p(_small(slot["stamp"]), "mid"),
        _p(_small(slot.get("seal", [])), "mid"),
        _p(_small(slot.get("thumb", [])), "mid"),
        _p(_small(slot["note"]), "mid"),
        _p(_line(slot["name"]), "mid ttd"),
        _p(_lines(slot["under"]), "mid"),
    )


def _small(line: Line) -> SafeString:
    return format_html("<small>{}</small>", _line(line)) if line else NOTHING


def _qr(node: Node) -> SafeString:
    return format_html(
        '<div class="side">{}<div>{}{}{}</div></div>',
        SafeString(svg(node["of"], f"Kode QR: {node['of']}")),  # drawn by segno, which escapes the title
        _p(_line(node["r"])), _p(_strong(_line(node["code"]))), _p(_small(node["address"])),
    )  # fmt: skip


def _annex(node: Node) -> SafeString:
    return format_html(
        "<section>{}{}{}</section>",
        _p(_lines(node["lines"])), _heading(node["level"], _line(node["r"])), _blocks(node["blocks"]),
    )  # fmt: skip


def _article(node: Node) -> SafeString:
    return _heading(node["level"], _lines([node["no"], node["r"]]), f"pasal-{node['n']}")


_SIDES = {"center": "mid", "right": "right"}
_BLOCKS: dict[str, Callable[[Node], SafeString]] = {
    "par": lambda node: _p(_line(node["r"]), _SIDES.get(node["align"], "")),
    "items": _items,
    "article": _article,
    "chapter": lambda node: _heading(node["level"], _lines([node["no"], node["r"]])),
    "heading": lambda node: _heading(node["level"], format_html('<span class="left">{}</span>', _line(node["r"]))),
    "title": _title,
    "opening": _opening,
    "recital": _recital,
    "parties": _parties,
    "facts": lambda node: _rows(node["rows"]),
    "table": _table,
    "sign": _sign,
    "copies": lambda node: format_html("{}{}", _p(_line(node["r"])), _clauses(node["items"])),
    "annex": _annex,
    "pagebreak": lambda node: NOTHING,
    "part": lambda node: _heading(node["level"], _line(node["r"])),
    "contents": lambda node: format_html(
        "{}{}", _heading(node["level"], _line(node["r"])), _p(_lines(item["r"] for item in node["items"]))
    ),
    "code": lambda node: format_html(
        '{}<p class="code letter-code">{}</p>', _p(_line(node["label"]), "mid"), _line(node["code"])
    ),
    "qr": _qr,
    "note": lambda node: format_html(
        '<div class="note">{}{}</div>', _p(_strong(_line(node["heading"]))), _p(_line(node["r"]))
    ),
}
