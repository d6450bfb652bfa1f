"""Verbs of papers. Rendering and storing come before (``issuing``, ``files``): here only rows are written."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.models import Paper, StoredFile, Withdrawal


@command("documents.keep_file")
def keep_file(act: Act, *, content: Content) -> StoredFile:
    """Give a content of the store its row. The same content kept twice is one file, under the name it first had."""
    file, new = _row_of(act, content)
    act.log("file.kept", file, sha256=file.sha256, size=file.size, new=new)
    return file


@command("documents.issue_paper", on="paper")
def issue_paper(act: Act, *, paper: Prepared) -> Paper:
    """Issue a paper that :func:`issuing.prepare` has rendered; from now on its code answers."""
    file, _new = _row_of(act, paper.pdf)
    issued = Paper.objects.create(
        code=paper.code,
        kind=paper.kind,
        title=paper.title,
        tree_hash=paper.tree_hash,
        file=file,
        source=paper.source,
        about=paper.about,
        region=paper.region,
        example=paper.example,
        issued_at=act.now,
    )
    act.log(
        "paper.issued", issued, kind=issued.kind, of=issued.about, words=issued.tree_hash, file=file.sha256,
        fields=list(paper.fields),
    )  # fmt: skip
    return issued


@command("documents.withdraw_paper", on="paper")
def withdraw_paper(act: Act, *, paper: Paper, why: str) -> Withdrawal:
    """Say of a paper that it no longer holds; the first reason stays when it is said again."""
    withdrawal, _new = Withdrawal.objects.get_or_create(paper=paper, defaults={"why": why, "withdrawn_at": act.now})
    act.log("paper.withdrawn", paper, of=paper.about)
    return withdrawal


def _row_of(act: Act, content: Content) -> tuple[StoredFile, bool]:
    return StoredFile.objects.get_or_create(
        sha256=content.sha256,
        defaults={
            "size": content.size,
            "media_type": content.media_type,
            "name": content.name,
            "stored_at": act.now,
        },
    )
