"""What several verbs share: whose side acts, and how a text is written."""

from __future__ import annotations

from bermitra.agreements import queries, text
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.rules import ONE, TWO
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act

PARTNER_OFFICES = frozenset({roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key})


def side_of(act: Act) -> str:
    return TWO if act.role in PARTNER_OFFICES else ONE


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
