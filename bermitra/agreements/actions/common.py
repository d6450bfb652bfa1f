"""What several verbs share: whose side acts, how a text is written, how ink is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from bermitra.agreements import queries, text
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.queries.drafting import side_of_office
from bermitra.agreements.rules import WetFacts
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content


def side_of(act: Act) -> str:
    return side_of_office(act.role)


def write_version(
    act: Act,
    agreement: Agreement,
    number: int,
    content: text.Content,
    before: DraftVersion | tuple[()],
    reason: str = "",
) -> DraftVersion:
    setting = queries.setting_of(agreement.case, agreement.title)
    clauses = text.clauses(content, setting)
    changes = text.changes(before.content, before.clauses, content, clauses) if isinstance(before, DraftVersion) else []
    version = DraftVersion.objects.create(
        agreement=agreement,
        number=number,
        party=side_of(act),
        content=content,
        clauses=clauses,
        changes=changes,
        reason=reason,
        text_hash=text.text_hash(content, setting),
        at=act.now,
        by=act.by.code,
    )
    Agreement.objects.filter(pk=agreement.pk).update(text_version=number)
    agreement.text_version = number
    return version


class Scan(Protocol):
    """A signed sheet that was scanned, of an agreement or of its addendum."""

    pages: Any
    witnesses: Any
    uploaded_by: Any


def name_of(act: Act) -> str:
    """The name of whoever acts; a program has none."""
    return act.by.person.full_name if isinstance(act.by.person, Person) else ""


def scanned(
    act: Act,
    *,
    file: Content,
    pages: int,
    signed_on: date,
    witnesses: Sequence[str],
    read_aloud: Mapping[str, str] | None,
) -> dict[str, Any]:
    """What is kept of the scan of an addendum (``models.scanning.Scanned``).

    ``read_aloud`` names, for a side whose signatory put a thumbprint, who read the text to him.
    """
    return {
        "file": keep_file(by=act, content=file),
        "pages": pages,
        "signed_on": signed_on,
        "witnesses": list(witnesses),
        "read_aloud": {party: reader for party, reader in (read_aloud or {}).items() if reader},
        "at": act.now,
        "uploaded_by": act.by.code,
        "uploaded_by_name": name_of(act),
    }


def wet_facts(act: Act, scan: Scan, matched: int, of_pages: int) -> WetFacts:
    """Of one who says that ``matched`` pages of the scan read like the locked text."""
    return WetFacts(
        pages=of_pages,
        pages_matched=min(matched, scan.pages),
        witnesses=len({" ".join(each.casefold().split()) for each in scan.witnesses}),  # people, not boxes
        confirmed_by=act.by.code,
        uploaded_by=scan.uploaded_by,
    )


def comparison(act: Act, pages: int) -> dict[str, Any]:
    """What is kept of one who compared a scan with the text, besides his code."""
    return {"name": name_of(act), "role": act.role, "pages": pages, "at": act.now}
