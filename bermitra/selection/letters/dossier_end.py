"""The last parts of a dossier: objections, the guards of the award, and what the meeting decided."""

from __future__ import annotations

from django.utils.translation import gettext

from bermitra.deliberation.queries import decision_on
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import Block, Cell, Column, Facts, Heading, Paragraph, Table, Text
from bermitra.foundation.fields import filled
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.selection.letters.common import Edition, by_eight, day_of, moment_of, said
from bermitra.selection.models import Call, Objection
from bermitra.selection.queries import objections_until, standing_for
from bermitra.selection.queries.guards import Guard, guards, kept_guards, next_unmet, staged
from bermitra.selection.rules import OBJECTION_STEPS


def objections(call: Call, edition: Edition) -> tuple[Block, ...]:
    """Every word said, for the house; everybody reads how many there were, when, and what became of each."""
    if call.published_on is None:
        return ()
    until = objections_until(call, standing_for(call))
    window = Facts(
        (
            ("Hasil diumumkan", long_date(call.published_on)),
            *((("Masa sanggah sampai", long_date(until)),) if until else ()),
        )
    )
    found = list(call.objections.select_related("partner").prefetch_related("steps").order_by("pk"))
    if not found:
        return window, Paragraph("Tidak ada sanggahan.")
    if edition is Edition.PUBLIC:
        rows: list[tuple[Cell, ...]] = [
            (str(n), long_date(day_of(call.case, each.filed_at)), each.label.public) for n, each in enumerate(found, 1)
        ]
        columns = (Column("No.", 0.5, "center"), Column("Diajukan", 2), Column("Hasil", 3))
        return window, Table(columns, rows, small=True)
    blocks: list[Block] = [window]
    for number, each in enumerate(found, 1):
        whose = each.partner.name if each.partner else "warga desa"
        blocks += [Heading(f"Sanggahan {number}, dari {whose}: {each.label.public}", level=3), *_words(call, each)]
    return tuple(blocks)


def _words(call: Call, objection: Objection) -> tuple[Block, ...]:
    rows: list[tuple[str, Text]] = [
        (moment_of(call.case, each.at), f"{OBJECTION_STEPS[each.kind]}. {said(each.words)}")
        for each in objection.steps.all()
    ]
    return (Facts(tuple(rows)),) if rows else (Paragraph(said(objection.text)), Paragraph(said(objection.answer)))


def guarded(call: Call) -> tuple[Block, ...]:
    """The list of conditions of the award in its stages, as it was kept last; asked now where it never was."""
    stages = staged(kept_guards(call) or guards(call))
    met, of = sum(each.met for each in stages), sum(len(each.guards) for each in stages)
    blocks: list[Block] = [
        Paragraph("Semua syarat harus terpenuhi sebelum mitra ditetapkan."),
        Paragraph(f"{met} dari {of} syarat terpenuhi.{_following(next_unmet(stages))}"),
    ]
    for stage in stages:
        rows: list[tuple[Cell, ...]] = [
            (each.code, filled(each.says, each.finding.numbers), "Ya" if each.holds else "Belum", _remedied(each))
            for each in stage.guards
        ]
        heading = f"{gettext(stage.title)}: {stage.met} dari {len(stage.guards)} terpenuhi"
        blocks += [Heading(heading, level=3), Table(_GUARD_COLUMNS, rows, small=True)]
    return tuple(blocks)


_GUARD_COLUMNS = (
    Column("Aturan", 0.9),
    Column("Syarat", 4),
    Column("Terpenuhi", 1.1, "center"),
    Column("Cara memenuhinya", 2.6),
)


def _following(guard: Guard | None) -> str:
    if guard is None:
        return ""
    sentence = filled(guard.says, guard.finding.numbers)
    return f" Berikutnya: {sentence} Yang dapat memenuhinya: {_offices(guard)}."


def _remedied(guard: Guard) -> str:
    """What helps, and who can do it; nothing beside what is met."""
    if guard.holds:
        return ""
    return f"{filled(guard.finding.rule.remedy, guard.finding.numbers)} Yang dapat memenuhinya: {_offices(guard)}."


def _offices(guard: Guard) -> str:
    return ", ".join(gettext(name) for name in guard.offices)


def decision(case: Case) -> tuple[Block, ...]:
    """What the village meeting decided on the sheet that was laid before it."""
    sheet = cases.term_sheet(case)
    decided = decision_on(sheet.code) if sheet else None
    if sheet is None or decided is None:
        return ()
    rows: list[tuple[str, Text]] = [
        ("Berita acara", decided.minutes_number),
        ("Musyawarah", long_date(decided.held_on)),
        ("Keputusan", "Menyetujui" if decided.agreed else "Tidak menyetujui"),
        ("Sifat", "Mengikat" if decided.binding else "Belum mengikat: berita acara belum selesai"),
        ("Peserta", f"{decided.present} orang memutuskan, dari {decided.invited} undangan"),
        ("Naskah", said(sheet.title)),
        ("Sidik naskah", by_eight(decided.text_hash)),
    ]
    if decided.conditions:
        rows.append(("Dengan syarat", said(decided.conditions)))
    if case.left_because:
        rows.append(("Alasan", said(case.left_because)))
    return (Facts(tuple(row for row in rows if row[1])),)
