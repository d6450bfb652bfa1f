"""The summary as a paper: one page A4, with each text in a language of the place on a page behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from bermitra.agreements import queries
from bermitra.agreements.models import Agreement, LocalSummary
from bermitra.agreements.summary import LEAST, MOST, Listed, Summary, summed_up
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import grouped
from bermitra.foundation.documents.compose import EXAMPLE, Issued, Tree, compose
from bermitra.foundation.documents.issuing import address_of
from bermitra.foundation.documents.model import (
    Block,
    Clause,
    Document,
    Facts,
    Heading,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Size,
    Title,
)
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.signing import page_count
from bermitra.foundation.documents.typst_pdf import render
from bermitra.foundation.norms.queries import local_words

NO_SUBSTITUTE = "Ringkasan ini membantu membaca dan bukan pengganti naskah. Yang mengikat adalah naskah perjanjian yang ditandatangani."


def summary_tree(agreement: Agreement, today: date) -> Tree:
    """As many rows as one page holds. Raises nothing: at the least each list says one row and how many more there are."""
    held, local = queries.text_that_holds(agreement), queries.local_summaries(agreement)
    said, issued = summed_up(held.topics, held.clauses, held.numbers), Issued(example=agreement.example)

    def composed(most: int, local: Sequence[LocalSummary] = ()) -> Tree:
        return compose(_document(agreement, said, held.text_hash, local, today, most), issued)

    most = MOST
    whole = composed(most)
    while most > LEAST and page_count(render(whole)) > 1:
        most -= 1
        whole = composed(most)
    if local:
        whole = composed(most, local)
    return _of_locked(whole, agreement.paper) if agreement.paper else whole


def _of_locked(tree: Tree, paper: Paper) -> Tree:
    """A summary of a locked text is no draft: its foot names the text, and the code beside it leads there."""
    status, address = EXAMPLE if paper.example else "", address_of(paper.code)
    foot = f"Ringkasan naskah dengan kode {grouped(paper.code)}"
    around = {
        "status": status,
        "foot": f"{status} · {foot}" if status else foot,
        "where": f"Naskahnya di {address}",
        "address": address,
    }
    return {**tree, "furniture": {**tree["furniture"], **around}}


def _document(
    agreement: Agreement, said: Summary, text_hash: str, local: Sequence[LocalSummary], today: date, most: int
) -> Document:
    words, case = local_words(agreement.case.village_id), agreement.case
    village = f"{words['village']} {case.village.name}"
    dated = agreement.made_on or today
    return Document(
        kind="agreement_summary",
        title=f"Ringkasan perjanjian {agreement.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        size=Size.A4,
        data={"text_hash": text_hash},
        blocks=(
            Title(("RINGKASAN PERJANJIAN UNTUK WARGA",), (), agreement.title),
            Facts(
                (
                    ("Siapa", f"{village} dengan {agreement.partner.name}"),
                    ("Berlaku", said.term),
                    ("Uang", said.money),
                )
            ),
            *(block for each in said.lists for block in (Heading(each.title), *_listed(each, most))),
            Heading("Bertanya dan mengadu"),
            Paragraph(
                f"Naskah lengkap dapat dibaca di kantor {village}; tanyakan kepada Sekretaris {words['village']}. "
                f"Sampaikan keberatan atau aduan kepada BPD {case.village.name}, lisan atau tertulis.",
                align="left",
            ),
            Note(NO_SUBSTITUTE),
            *(block for each in local for block in _in_language(each)),
        ),
    )


def _listed(each: Listed, most: int) -> tuple[Block, ...]:
    rows = Numbered(tuple(Clause(row) for row in each.rows[:most]))
    left_out = each.left_out(most)
    return (rows, Paragraph(left_out, align="left")) if left_out else (rows,)


def _in_language(each: LocalSummary) -> tuple[Block, ...]:
    lines = [line for line in each.text.splitlines() if line.strip()]
    return (
        PageBreak(),
        Heading(f"Ringkasan dalam bahasa {each.language}"),
        *(Paragraph(line, align="left") for line in lines),
        Paragraph(
            f"Ditulis oleh {each.writer}, {long_date(localdate(each.at))}; diperiksa oleh {each.second_look.name}.",
            align="left",
        ),
        Note(NO_SUBSTITUTE),
    )
