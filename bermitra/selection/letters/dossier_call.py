"""The parts of a dossier that tell of the call: announced, opened, checked, scored, ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Span,
    Table,
    Text,
    fill,
)
from bermitra.selection.letters import minutes, opening, terms
from bermitra.selection.letters.common import (
    Edition,
    criterion_name,
    moment_of,
    said,
)
from bermitra.selection.letters.record import Received, Seat, opening_of, received, seats_of
from bermitra.selection.models import Call, Candidacy, DirectAppointment, Moderation, Ranking, Score
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import notes_of, public_ranking, ranking, rounds_revealed, visits_of, weights
from bermitra.selection.rules import CHANGES, CHANNELS, DIRECT_KINDS, VISITS

RESULT_AFTER = "Hasil penilaian tampil di sini setelah diumumkan."


def _may(call: Call, edition: Edition) -> bool:
    """Whether this edition may tell how it was scored: everybody reads that from the day of the result on."""
    return edition is Edition.HOUSE or bool(public_ranking(call))


def called(call: Call) -> tuple[Block, ...]:
    facts: list[tuple[str, Text]] = [("Judul", said(call.title)), ("Keadaan", call.label.public)]
    if call.number:
        facts.insert(1, ("Nomor", call.number))
    if call.ended_why:
        facts.append(("Alasan berakhir", said(call.ended_why)))
    return (Facts(tuple(facts)), *terms.body(call), *terms.seal(call))


def announced(call: Call) -> tuple[Block, ...]:
    facts: list[tuple[str, Text]] = [("Terbit", moment_of(call.case, call.opened_at))]
    if not call.direct:  # nobody is waited for where one partner was appointed
        facts.append(("Batas waktu", moment_of(call.case, call.deadline)))
    if call.closed_at is not None:
        facts.append(("Ditutup", moment_of(call.case, call.closed_at)))
    facts.append(("Saluran", ", ".join(CHANNELS[each] for each in call.channels if each in CHANNELS)))
    return (Facts(tuple(facts)), *_changes(call))


def _changes(call: Call) -> tuple[Block, ...]:
    rows: list[tuple[Cell, ...]] = [
        (
            moment_of(call.case, each.at),
            CHANGES[each.kind],
            said(each.reason) or "–",
            moment_of(call.case, each.deadline_after) if each.deadline_after else "–",
        )
        for each in call.changes.order_by("pk")
    ]
    if not rows:
        return (Heading("Perubahan"), Paragraph("Penawaran tidak pernah diubah sejak terbit."))
    columns = (
        Column("Waktu", 1.8),
        Column("Perubahan", 1.8),
        Column("Alasan", 3),
        Column("Batas waktu sesudahnya", 1.8),
    )
    return Heading("Perubahan"), Table(columns, rows, small=True)


def questions(call: Call) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number, each in enumerate(call.questions.select_related("answer").order_by("asked_at", "pk"), 1):
        answer = getattr(each, "answer", None)
        blocks.append(Paragraph(fill("**{n}. {text}**", n=str(number), text=said(each.text)), align="left", keep=True))
        blocks.append(
            Paragraph(f"{said(answer.text)} ({moment_of(call.case, answer.at)})" if answer else "Belum dijawab.")
        )
    return tuple(blocks)


def direct(call: Call) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for each in DirectAppointment.objects.filter(call=call).select_related("proposal__partner").order_by("pk"):
        rows: list[tuple[str, Text]] = [
            ("Mitra", each.proposal.partner.name),
            ("Jenis alasan", DIRECT_KINDS[each.kind]),
            ("Penjelasan", said(each.explanation)),
            ("Bukti", said(each.evidence)),
            ("Ditunjuk", moment_of(call.case, each.at)),
        ]
        blocks.append(Facts(tuple(row for row in rows if row[1])))
    return tuple(blocks)


def opened(call: Call, edition: Edition) -> tuple[Block, ...]:
    held = opening_of(call)
    if held is None:
        return ()
    number = Facts((("Berita acara", call.opening_minutes),))
    return (number, *opening.body(call, held, received(call), edition))


def panel(call: Call, edition: Edition) -> tuple[Block, ...]:
    seats = seats_of(call)
    return minutes.panel(call, seats, edition) if seats else ()


def checked(call: Call, edition: Edition) -> tuple[Block, ...]:
    if opening_of(call) is None or call.state == "checking":
        return ()
    rows = received(call)
    return (*minutes.check(rows, edition), *_visits(rows, edition))


def _visits(taken: Sequence[Received], edition: Edition) -> tuple[Block, ...]:
    """What the panel saw at a partner's: beside the proposal, so for the house alone."""
    if edition is Edition.PUBLIC:
        return ()
    partners = {each.proposal.pk: each.partner.name for each in taken}
    rows: list[tuple[Cell, ...]] = [
        (partners[key], f"{VISITS[each.kind]}, {long_date(each.day)}", said(each.place), said(each.found))
        for key, visits in visits_of(list(partners)).items()
        for each in visits
    ]
    if not rows:
        return ()
    columns = (Column("Calon mitra", 1.8), Column("Kapan", 1.8), Column("Tempat", 1.6), Column("Yang ditemukan", 4))
    return Heading("Kunjungan dan wawancara"), Table(columns, rows, small=True)


# Scores --------------------------------------------------------------------------------------------------------------
def scored(call: Call, edition: Edition) -> tuple[Block, ...]:
    """Every round that was revealed, the running one first: points, then each proposal with all reasons."""
    if not _may(call, edition):
        return (Paragraph(RESULT_AFTER),) if opening_of(call) else ()
    blocks: list[Block] = []
    seats = {each.sits.pk: each for each in seats_of(call)}
    rounds = rounds_revealed(call)
    for number in rounds:
        lines = ranking(call) if number == call.round else _former(call, number)
        if len(rounds) > 1:
            blocks.append(Heading(f"Putaran penilaian ke-{number}"))
        blocks += [*minutes.matrix(call, lines), *_each(call, lines, number, seats, edition)]
    return tuple(blocks)


def _former(call: Call, number: int) -> list[Ranking]:
    found = Ranking.objects.filter(call=call, round=number).select_related("proposal__partner")
    return sorted(found, key=lambda line: (line.place is None, line.place or 0, line.pk))


Given = dict[tuple[int, str], list[tuple[int, str, str]]]  # by proposal and criterion: seat, level, reason


def _given(call: Call, number: int) -> Given:
    """One statement for a whole round."""
    found: Given = {}
    rows = Score.objects.filter(version__proposal__call=call, round=number).order_by("panelist", "pk")
    columns = ("version__proposal", "criterion", "panelist", "level", "reason")
    for proposal, code, seat, level, reason in rows.values_list(*columns):
        found.setdefault((proposal, code), []).append((seat, str(level), reason))
    return found


def _each(
    call: Call, lines: Sequence[Ranking], number: int, seats: Mapping[int, Seat], edition: Edition
) -> tuple[Block, ...]:
    given, weighed = _given(call, number), weights(call)
    house = edition is Edition.HOUSE
    columns = (
        *((Column("Anggota", 1),) if house else ()),
        Column("Tingkat", 1),
        Column("Alasan", 8),
    )
    blocks: list[Block] = []
    for line in lines:
        place = f"{line.place}. " if line.place else ""
        blocks.append(Heading(f"{place}{line.proposal.partner.name}: {points(line.total)}", level=3))
        rows: list[tuple[Cell, ...]] = []
        earned = points_of(line.points)
        for code in weighed:
            n, of = earned.get(code, points("0")), str(weighed[code])
            told = fill("**{name}**: {n} dari {of}", name=criterion_name(code), n=n, of=of)
            rows.append((Span(told, len(columns)),))
            for seat, level, reason in given.get((line.proposal_id, code), ()):
                who = (str(seats[seat].number) if seat in seats else "–",) if house else ()
                rows.append((*who, level, said(reason)))
        blocks.append(Table(columns, rows, small=True))
    return tuple(blocks)


def moderated(call: Call, edition: Edition) -> tuple[Block, ...]:
    """What was said in each sitting; nothing where levels lay close together."""
    sittings = list(Moderation.objects.filter(call=call).order_by("pk"))
    if not sittings or not _may(call, edition):
        return ()
    names = {each.proposal_id: each.proposal.partner.name for each in _former(call, call.round)}
    blocks: list[Block] = []
    for number in sorted({each.round for each in sittings}):
        items: list[Text] = [
            fill("**{who}**, {what}: {note}", who=names.get(key, "–"), what=criterion_name(code), note=said(note))
            for (key, code), note in notes_of(call, of_round=number).items()
        ]
        again = next((each for each in sittings if each.round == number and each.again), None)
        blocks.append(Heading(f"Putaran penilaian ke-{number}"))
        blocks += [Numbered(tuple(items))] if items else []
        if again is not None:
            blocks.append(fill("Tim memutuskan menilai sekali lagi: {why}", why=said(again.reason)))
    return (*blocks, Paragraph("Moderasi tidak mengubah nilai siapa pun.", align="left"))


def ranked(call: Call, edition: Edition) -> tuple[Block, ...]:
    lines = ranking(call)
    if not lines or call.published_on is None or not _may(call, edition):
        return ()
    return Facts((("Hasil diumumkan", long_date(call.published_on)),)), minutes.ranked(call, lines)


def proposed(call: Call, edition: Edition) -> tuple[Block, ...]:
    """Each who was proposed, in order, and what became of it."""
    found = Candidacy.objects.filter(proposal__call=call).select_related("proposal__partner").order_by("pk")
    rows: list[tuple[Cell, ...]] = [
        (
            each.proposal.partner.name,
            each.minutes_number or "–",
            moment_of(call.case, each.at),
            _answered(each),
        )
        for each in found
    ]
    if not rows or call.published_on is None or not _may(call, edition):
        return ()
    columns = (Column("Calon mitra", 2.4), Column("Berita acara", 1.8), Column("Diusulkan", 2), Column("Jawaban", 2.6))
    return (Table(columns, rows, small=True),)


def _answered(candidacy: Candidacy) -> str:
    proposal = candidacy.proposal
    if proposal.accepted_at is not None:
        return f"Menerima, {moment_of(proposal.call.case, proposal.accepted_at)}" if proposal.call else "Menerima"
    return {
        "proposed": "Belum menjawab",
        "withdrawn": "Mundur",
        "lapsed": "Tidak menjawab sampai batas waktu",
    }.get(proposal.state, "Tidak menjadi calon lagi")
