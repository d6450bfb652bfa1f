"""The parts of a dossier about an offer that a partner made of its own accord."""

from __future__ import annotations

import json

from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Table,
    Text,
)
from bermitra.foundation.fields import filled
from bermitra.foundation.journal.models import Event
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.partnership.rules import FIELDS
from bermitra.selection.letters.common import (
    Edition,
    by_eight,
    day_of,
    lines_of,
    moment_of,
    said,
    second_of,
    statements_in,
)
from bermitra.selection.letters.opening import UNNAMED
from bermitra.selection.models import Proposal, ProposalVersion, RivalCall, WrittenAnswer
from bermitra.selection.queries import WAS_OPENED, newest_version, unsolicited_asked
from bermitra.selection.terms import EIGHT, FIGURES, MONEY

FOUND_MET = ("unsolicited.accepted", "comparison.closed")  # words of the journal: the offer met what is asked of it


def offer_of(case: Case) -> Proposal | None:
    """The offer with which the case began."""
    return case.proposals.filter(call=None, partner=case.partner).select_related("partner").order_by("pk").first()


def offer(case: Case, edition: Edition) -> tuple[Block, ...]:
    """What was sent and when; its words for the house alone."""
    one = offer_of(case)
    sent = newest_version(one) if one else None
    if one is None or sent is None:
        return ()
    facts = Facts(
        (
            ("Mitra", one.partner.name),
            ("Bidang", FIELDS.get(case.field_of_government, "")),
            ("Bentuk", ", ".join(cases.form_label(code) for code in case.forms)),
            ("Kiriman", f"ke-{sent.number}, {second_of(case, sent.sent_at)}"),
            ("Sidik isi (SHA-256)", by_eight(sent.content_hash)),
        )
    )
    if edition is Edition.PUBLIC:
        return facts, Paragraph("Isi usulan dibaca oleh desa, BPD, dan peserta Musyawarah.")
    blocks: list[Block] = [facts]
    for name, title in EIGHT.items():
        if sent.content.get(name):
            blocks += [Heading(title), *(Paragraph(line) for line in lines_of(str(sent.content[name])))]
    money: list[tuple[str, Text]] = [
        (label, _value(name, sent.content[name])) for name, label in FIGURES.items() if name in sent.content
    ]
    return (*blocks, *((Heading("Nilai dan jangkauan"), Facts(tuple(money))) if money else ()), *_vision(sent))


def _value(name: str, value: object) -> str:
    if name in MONEY and isinstance(value, int):
        return f"{rupiah(value)} ({in_words(value)})"
    return said(str(value))


def _vision(sent: ProposalVersion) -> tuple[Block, ...]:
    held = statements_in(sent.content.get("vision_ticks", []))
    return (Heading("Visi yang dipegang mitra"), Numbered(held, "letter")) if held else ()


def examined(case: Case) -> tuple[Block, ...]:
    """What the village sees before its meeting: the rules as they stand now while it still looks, then that it found them met."""
    ended = (Facts((("Alasan tidak dilanjutkan", said(case.left_because)),)),) if case.left_because else ()
    found = Event.objects.filter(about=about_of(case), verb__in=FOUND_MET).order_by("-seq").first()
    if found is not None:
        agreement = json.loads(found.body)["facts"].get("agreement")
        facts: list[tuple[str, Text]] = [("Layak dimusyawarahkan", moment_of(case, found.at))]
        if agreement is not None:
            facts.append(("Kesamaan visi", f"{agreement} persen"))
        return (Facts(tuple(facts)), *ended)
    if case.partner is None:
        return ended
    held = standing(case.village_id)
    rows: list[tuple[Cell, ...]] = [
        (each.code, filled(each.rule.says, each.numbers), "Ya" if each.holds else "Belum")
        for each in cases.findings(unsolicited_asked(case, case.partner, held), held)
    ]
    columns = (Column("Aturan", 1), Column("Yang diperiksa", 6), Column("Terpenuhi", 1.2, "center"))
    return (Table(columns, rows, small=True), *ended)


def rivals(case: Case, edition: Edition) -> tuple[Block, ...]:
    """Whom else the village asked, and why it brings this one to its meeting."""
    asked = RivalCall.objects.filter(case=case).first()
    if asked is None:
        return ()
    facts: list[tuple[str, Text]] = [
        ("Yang diminta", said(asked.asks)),
        ("Alasan meminta", said(asked.reason)),
        ("Terbit", moment_of(case, asked.called_at)),
        ("Batas waktu", moment_of(case, asked.deadline)),
        ("Dibuka", moment_of(case, asked.opened_at)),
        ("Berita acara", asked.opening_minutes),
        ("Saksi", ", ".join(asked.opening_witnesses) if edition is Edition.HOUSE else ""),
        ("Perbandingan ditutup", moment_of(case, asked.closed_at)),
        ("Alasan memilih", said(asked.closed_because)),
    ]
    came = Facts(tuple(row for row in facts if row[1] not in ("", "–")))
    return (came, *_came(case, asked, edition))


def _came(case: Case, asked: RivalCall, edition: Edition) -> tuple[Block, ...]:
    """Rivals' offers once they were opened; whose they are, everybody reads when the comparison is closed."""
    if asked.opened_at is None:
        return ()
    open_names = edition is Edition.HOUSE or asked.closed_at is not None
    sent = ProposalVersion.objects.filter(proposal__case=case, proposal__call=None)
    opened = Proposal.objects.filter(WAS_OPENED, case=case, call=None)
    newest = {
        each.proposal_id: each
        for each in sent.filter(proposal__in=opened)
        .select_related("proposal__partner")
        .defer("content")
        .order_by("number")
    }
    rows: list[tuple[Cell, ...]] = [
        (
            each.proposal.partner.name if open_names else UNNAMED,
            second_of(case, each.sent_at),
            by_eight(each.content_hash),
            _left(case, each.proposal),
        )
        for each in sorted(newest.values(), key=lambda each: each.sent_at)
    ]
    columns: tuple[Column, ...] = (Column("Mitra", 2.4), Column("Terkirim", 1.4), Column("Sidik isi (SHA-256)", 3))
    if any(row[-1] for row in rows):
        columns = (*columns, Column("Keterangan", 1.6))
    else:
        rows = [row[:-1] for row in rows]
    told = (
        () if open_names else (Paragraph("Nama mitra tampil setelah Kepala Desa memilih satu usulan.", align="left"),)
    )
    return (Heading("Usulan yang dibandingkan"), Table(columns, rows, small=True), *told)


def _left(case: Case, offer: Proposal) -> str:
    if offer.withdrawn_at is None:
        return ""
    return f"Mundur sesudah dibuka, {long_date(day_of(case, offer.withdrawn_at))}"


def answered(case: Case) -> tuple[Block, ...]:
    answer = WrittenAnswer.objects.filter(case=case).first()
    if answer is None:
        return ()
    facts: list[tuple[str, Text]] = [
        ("Nomor surat", answer.letter_number),
        ("Berita acara", answer.minutes_number),
        ("Dikirim", moment_of(case, answer.at)),
    ]
    if answer.due_on is not None:
        late = f", {answer.days_late} hari terlambat" if answer.days_late else ""
        facts.append(("Batas menjawab", f"{long_date(answer.due_on)}{late}"))
    return (Facts(tuple(facts)), *lines_of(answer.text))
