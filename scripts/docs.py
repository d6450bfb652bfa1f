"""The generated pages of ``docs/``: rules, roles, flows, the permission table, the data dictionary,
the glossary, the library of clauses.

``scripts/docs.py``          writes them
``scripts/docs.py --check``  fails when one of them is not what the code says
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.db import models  # noqa: E402

import bermitra  # noqa: E402
from bermitra.agreements import book as clauses  # noqa: E402
from bermitra.foundation.accounts import roles  # noqa: E402
from bermitra.foundation.accounts.permissions import table  # noqa: E402
from bermitra.foundation.flow import Flow  # noqa: E402
from bermitra.foundation.journal.models import AppendOnly  # noqa: E402
from bermitra.foundation.rules import Rule, Status  # noqa: E402
from bermitra.partnership.book import forms as clause_forms  # noqa: E402
from bermitra.portal.handbook import glossary, written_in  # noqa: E402

HEAD = "<!-- Made by scripts/docs.py from the code; changes belong there. -->\n"
HOW_KNOWN = {
    Status.SOURCED: "seen in a source",
    Status.UNVERIFIED: "to be checked: blocks once the regency has confirmed it",
    Status.PRODUCT: "of the product",
}


def rule_modules() -> Iterator[tuple[str, ModuleType]]:
    """(stage, its ``rules`` module) in the order of the house."""
    for found in pkgutil.walk_packages(bermitra.__path__, "bermitra."):
        if found.name.endswith(".rules") and found.name != "bermitra.foundation.rules":
            yield found.name.removeprefix("bermitra.").removesuffix(".rules"), importlib.import_module(found.name)


def rules_page() -> str:
    lines = [HEAD, "# Rules\n"]
    lines.append(
        "Each rule is one object in the code: it refuses the act, stands on the page, names its test, fills this list."
    )
    lines.append("Numbers of law are settings of a regency and stand here by their name. Not legal advice.\n")
    for stage, module in rule_modules():
        own = [r for r in vars(module).values() if isinstance(r, Rule) and written_in(r, module)]
        if not own:
            continue
        lines.append(
            f"## {stage}\n\n| code | what it says | how to meet it | basis | how well known |\n|---|---|---|---|---|"
        )
        lines += [
            f"| **{r.code}** `{r.name}`{'' if r.blocks else ' (warns)'} | {cell(r.says)} | {cell(r.remedy)} "
            f"| {cell(r.basis)} | {HOW_KNOWN[r.status]}{'; a regency may switch it off' if r.switchable else ''} |"
            for r in sorted(own, key=lambda r: r.code)
        ]
        lines.append("")
    return "\n".join(lines)


def roles_page() -> str:
    lines = [
        HEAD,
        "# Roles\n",
        "| role | key | what it is for | how one comes to it | may never |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.name} | `{r.key}` | {cell(r.says)} | {cell(r.appointed)} | {cell('; '.join(r.may_never))} |"
        for r in roles.ALL
    ]
    return "\n".join([*lines, ""])


def flows_page() -> str:
    lines = [HEAD, "# Lives\n", "Every change of state goes through the one door that its line names.\n"]
    for stage, module in rule_modules():
        for flow in (each for each in vars(module).values() if isinstance(each, Flow)):
            lines += [f"## {stage}: {flow.name}\n", "```mermaid", flow.drawn(), "```\n"]
    return "\n".join(lines)


def permissions_page() -> str:
    lines = [HEAD, "# Who may do what\n", "What is not named is shut. *Step-up*: the password is asked for again.\n"]
    lines += ["| page or act | who, and how far | step-up | as a part of |", "|---|---|---|---|"]
    for name, row in sorted(table().items()):
        who = ", ".join(f"{role} ({scope})" for role, scope in sorted(row.scopes.items()))
        lines.append(f"| `{name}` | {who} | {'yes' if row.step_up else ''} | {', '.join(row.within)} |")
    return "\n".join([*lines, ""])


def dictionary_page() -> str:
    lines = [
        HEAD,
        "# Data dictionary\n",
        "Tables in the order of the house. *Grows only*: rows are never changed or deleted.\n",
    ]
    for config in apps.get_app_configs():
        if not config.name.startswith("bermitra."):
            continue
        for model in config.get_models():
            grows = " · grows only" if issubclass(model, AppendOnly) else ""
            lines.append(f"## {config.label}.{model.__name__}{grows}\n\n{' '.join((model.__doc__ or '').split())}\n")
            lines += ["| column | kind | empty | points to |", "|---|---|---|---|"]
            lines += [column(field) for field in model._meta.fields]
            lines.append("")
    return "\n".join(lines)


def column(field: models.Field[Any, Any]) -> str:
    kind = field.get_internal_type()
    if field.max_length:
        kind += f" {field.max_length}"
    if field.choices:
        kind += ": " + ", ".join(str(value) for value, _ in field.flatchoices)
    target = field.related_model
    points = f"{target._meta.label}" if isinstance(target, type) else ""
    return f"| {field.name} | {kind}{' · unique' if field.unique else ''} | {'yes' if field.null or field.blank else ''} | {points} |"


def clauses_page() -> str:
    """The library of clauses: what each form is made of, what it asks, and who has read it."""
    names, whole = clause_forms(), clauses.articles()
    lines = [HEAD, "# Clauses\n"]
    lines.append(
        "Agreements are composed from the articles below; their wording is Indonesian law text and lives in "
        "`bermitra/agreements/clauses/`. Own drafting, not legal advice: have it reviewed by the regency's legal office.\n"
    )
    lines.append(
        "## What every agreement must hold\n\n| content | letter of the law | article | basis |\n|---|---|---|---|"
    )
    lines += [
        f"| {each.code} | {each.letter or 'of the product'} | {', '.join(f'`{code}`' for code in each.one_of)} | {cell(each.basis)} |"
        for each in clauses.required()
    ]
    lines.append(
        "\n## Forms\n\n*Read*: composed into a whole agreement and read page by page on that day, by its makers and by no lawyer."
    )
    lines.append(
        "A form that nobody read says so on page and paper until a legal reviewer has looked at the draft (AG-59).\n"
    )
    lines.append("| form | read | its own articles | its own conditions (AG-42) |\n|---|---|---|---|")
    for code, form in names.items():
        read = clauses.read_forms().get(code)
        own = [f"`{each.code}`" for each in whole.values() if code in each.forms]
        asked = [each.says for each in clauses.conditions() if code in each.forms]
        lines.append(
            f"| {cell(form.name['id'])} (`{code}`) | {read.read_on.isoformat() if read else 'not yet'} | {', '.join(own) or 'none'} "
            f"| {cell(' · '.join(asked)) or 'none'} |"
        )
    lines.append(
        "\n## Articles, in the order of the text\n\n| article | title | content | where | blanks |\n|---|---|---|---|---|"
    )
    for each in whole.values():
        where = ", ".join(sorted(each.forms)) or "every form"
        where += f"; only with `{each.when}`" if each.when else ""
        where += "; in short texts" if each.code in clauses.short_articles() else ""
        blanks = "; ".join(cell(slot.says) for slot in each.slots.values())
        lines.append(f"| `{each.code}` | {cell(each.title)} | {each.content} | {where} | {blanks} |")
    lines.append(
        "\n## Consequences that the wording knows (AG-58)\n\n| consequence | as people write it | stands in |\n|---|---|---|"
    )
    lines += [f"| {each.says} | {', '.join(each.words)} | `{each.article}` |" for each in clauses.measures()]
    return "\n".join([*lines, ""])


def glossary_page() -> str:
    lines = [
        HEAD,
        "# Glossary\n",
        "Words of law and of this house: how pages write them, what the code calls them (nothing where it has no such thing). "
        "Explanation, not legal advice.\n",
        "| in the code | Indonesian | English | what it is | basis |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {f'`{each.called}`' if each.called else ''} | {cell(each.term['id'])} | {cell(each.term['en'])} "
        f"| {cell(each.definition['en'])} | {cell(each.basis)}{' (to be checked)' if each.status == 'unverified' else ''} |"
        for each in glossary()
    ]
    return "\n".join([*lines, ""])


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES = {
    "rules.md": rules_page, "roles.md": roles_page, "flows.md": flows_page,
    "permissions.md": permissions_page, "data-dictionary.md": dictionary_page, "glossary.md": glossary_page,
    "clauses.md": clauses_page,
}  # fmt: skip


def main() -> int:
    stale = []
    for name, make in PAGES.items():
        path, text = ROOT / "docs" / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"docs/{', docs/'.join(stale)}: not what the code says; run scripts/docs.py")
        return 1
    print(f"{len(PAGES)} pages of docs/ say what the code does")
    return 0


if __name__ == "__main__":
    sys.exit(main())
