"""The minutes of the selection (berita acara seleksi mitra): who chose, what was found, how it was scored, who is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    Signatures,
    Size,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.selection.letters.common import (
    Edition,
    criterion_name,
    day_of,
    head_of_paper,
    in_indonesian,
    said,
    village_of,
)
from bermitra.selection.letters.comparison import outcome
from bermitra.selection.letters.record import Received, Seat, flags_of, received, seats_of
from bermitra.selection.models import Call, Candidacy, Ranking
from bermitra.selection.points import points, points_of
from bermitra.selection.queries import notes_of, objections_until, ranking, reasons_of, standing_for, weights

SUMMED = 400  # letters of each reason why somebody is out


@in_indonesian
def selection_minutes(call: Call, size: Size, edition: Edition) -> Document | None:
    """Nothing before a candidate was proposed and the result published."""
    lines = ranking(call)
    proposed = Candidacy.objects.filter(proposal__call=call).select_related("proposal__partner").order_by("-pk").first()
    if not lines or proposed is None or call.published_on is None:
        return None
    case, seats = call.case, seats_of(call)
    return Document(
        kind="selection_minutes",
        title=f"Berita acara seleksi mitra: {said(call.title)}",
        dated=call.published_on,
        author=f"Tim seleksi {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        data={"call": call.code, "minutes": proposed.minutes_number, "edition": edition.value},
        blocks=(
            Title(("BERITA ACARA SELEKSI MITRA",), (("Nomor", proposed.minutes_number),), said(call.title).upper()),
            fill(
                "Pada hari ini, {day}, tim seleksi {village} menyelesaikan penilaian {n} usulan dan mengusulkan **{partner}** "
                "sebagai calon mitra.",
                day=date_in_words(call.published_on),
                village=village_of(case),
                n=str(len(lines)),
                partner=proposed.proposal.partner.name,
            ),
            Heading("1. Tim seleksi dan pernyataan kepentingan"),
            *panel(call, seats, edition),
            Heading("2. Seleksi administrasi"),
            *check(received(call), edition),
            Heading("3. Nilai"),
            *matrix(call, lines),
            *_moderated(call, lines, "4. Moderasi"),
            Heading("5. Peringkat dan alasan"),
            ranked(call, lines),
            *_why(call, proposed.proposal_id),
            *_end(call, seats, edition),
        ),
    )


def panel(call: Call, seats: Sequence[Seat], edition: Edition) -> tuple[Block, ...]:
    """Everybody reads which seats there are and what was declared; names are the house's."""
    house = edition is Edition.HOUSE
    columns = (
        Column("No.", 0.5, "center"),
        Column("Nama" if house else "Anggota", 2.2),
        Column("Kedudukan", 1.8),
        Column("Peran", 1.8),
        Column("Pernyataan", 2.2),
    )
    cells = [
        (
            str(each.number),
            each.name if house else f"Anggota {each.number}",
            each.office,
            each.part + (" (sudah berhenti)" if each.sits.left_at else ""),
            _declared(each, house),
        )
        for each in seats
    ]
    decree = (Facts((("Dasar penunjukan", call.panel_decree),)),) if call.panel_decree else ()
    return (*decree, Table(columns, cells, small=True))


def _declared(seat: Seat, house: bool) -> str:
    return f"{seat.declared}: {said(seat.what)}" if house and seat.what else seat.declared


def check(rows: Sequence[Received], edition: Edition) -> tuple[Block, ...]:
    """Why somebody is out, he and the house read; everybody reads how many."""
    out = [each for each in rows if each.proposal.state == "disqualified"]
    counted = Paragraph(f"{len(rows)} usulan diperiksa: {len(rows) - len(out)} lolos, {len(out)} gugur.")
    if edition is Edition.PUBLIC or not rows:
        return (counted,)
    columns = (Column("No.", 0.5, "center"), Column("Calon mitra", 2.4), Column("Hasil", 5))
    cells = [(str(each.number), each.partner.name, _checked(each)) for each in rows]
    return counted, Table(columns, cells, small=True)


def _checked(one: Received) -> str:
    proposal = one.proposal
    if proposal.state == "disqualified":
        return f"Gugur. {said(proposal.out_because, SUMMED)}"
    if proposal.completed_note:
        return f"Lengkap setelah diminta. {said(proposal.completed_note, SUMMED)}"
    return "Lengkap."


def matrix(call: Call, lines: Sequence[Ranking]) -> tuple[Block, ...]:
    """Points by criterion; the letters above the columns are told below."""
    weighed = weights(call)
    letters = {code: f"K{n}" for n, code in enumerate(weighed, 1)}
    columns = (
        Column("Calon mitra", 3.4),
        *(Column(f"{letters[code]} ({weight})", 1, "right") for code, weight in weighed.items()),
        Column("Nilai", 1.1, "right"),
    )
    cells: list[tuple[Cell, ...]] = [
        (
            line.proposal.partner.name,
            *(points_of(line.points).get(code, "–") for code in weighed),
            fill("**{n}**", n=points(line.total)),
        )
        for line in lines
    ]
    told = "; ".join(f"{letters[code]} {criterion_name(code)}" for code in weighed)
    return Table(columns, cells, small=True), Paragraph(f"{told}. Bobot di dalam kurung.", align="left")


def _moderated(call: Call, lines: Sequence[Ranking], title: str) -> tuple[Block, ...]:
    """What was said where levels lay apart; no level was changed by it."""
    notes, weighed = notes_of(call), weights(call)
    items: tuple[Text, ...] = tuple(
        fill(
            "**{partner}**, {name}: {note}",
            partner=line.proposal.partner.name,
            name=criterion_name(code),
            note=said(notes[line.proposal_id, code]),
        )
        for line in lines
        for code in weighed
        if (line.proposal_id, code) in notes
    )
    if not items:
        return Heading(title), Paragraph("Tidak ada nilai penilai yang berjauhan sehingga perlu dibahas.")
    return Heading(title), Numbered(items), Paragraph("Moderasi tidak mengubah nilai siapa pun.", align="left")


def ranked(call: Call, lines: Sequence[Ranking]) -> Table:
    flags = flags_of([line.proposal.partner for line in lines], day_of(call.case, lines[0].at))
    columns = (
        Column("Peringkat", 1, "center"),
        Column("Calon mitra", 2.8),
        Column("Nilai", 0.9, "right"),
        Column("Visi", 0.7, "right"),
        Column("Tanda bahaya", 1.7),
        Column("Hasil dan alasan", 3),
    )
    cells = [
        (
            str(line.place or "–"),
            line.proposal.partner.name,
            points(line.total),
            str(line.vision_agreement),
            flags.get(line.proposal.partner_id, "tidak ada"),
            result_of(call, line),
        )
        for line in lines
    ]
    return Table(columns, cells, small=True)


def result_of(call: Call, line: Ranking) -> str:
    """In one line why a proposal is not the candidate, or that it is."""
    if line.place is not None:
        came = outcome(line)
        return came.capitalize() if came != "lolos" else "Lolos, nilainya di bawah calon mitra"
    whys = []
    if Fraction(line.total) < call.threshold_total:
        whys.append(f"nilai di bawah {call.threshold_total}")
    if line.below_floor:
        whys.append("di bawah batas pada " + ", ".join(criterion_name(code) for code in line.below_floor))
    return f"Tidak lolos: {'; '.join(whys)}" if whys else "Tidak lolos"


def _why(call: Call, proposal: int) -> tuple[Block, ...]:
    """The reasons of all scorers for the candidate; those for the others stand on the page of the call and in the dossier."""
    reasons = reasons_of(call)
    items: tuple[Text, ...] = tuple(
        fill(
            "**{name}**: {said}",
            name=criterion_name(code),
            said=" ".join(f"({level}) {said(reason)}" for level, reason in reasons[proposal, code]),
        )
        for code in weights(call)
        if reasons.get((proposal, code))
    )
    if not items:
        return ()
    lead = "Alasan penilai untuk calon mitra; angka di dalam kurung ialah tingkat 0 sampai 4:"
    return Paragraph(lead, align="left", keep=True), Numbered(items)


def _window(call: Call) -> tuple[Block, ...]:
    until = objections_until(call, standing_for(call))
    if call.published_on is None or until is None:
        return ()
    return (
        fill(
            "Hasil diumumkan {start}. Setiap peserta dan warga dapat menyanggah sampai {end}. Calon mitra diajukan ke "
            "Musyawarah Desa setelah semua sanggahan dijawab.",
            start=long_date(call.published_on),
            end=long_date(until),
        ),
    )


def _end(call: Call, seats: Sequence[Seat], edition: Edition) -> tuple[Block, ...]:
    """The days for objections, and who signs; so the last page never holds signatures alone."""
    window = (Heading("6. Masa sanggah"), *_window(call))
    if edition is Edition.PUBLIC or call.published_on is None:
        return window
    slots = tuple(
        Slot(f"panel_{each.number}", (_signs_as(each),), each.name, (each.office,))
        for each in seats
        if each.sits.left_at is None
    )
    return (
        Signatures(
            lead=(*window, "Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini."),
            place_and_date=(f"{call.case.village.name}, {long_date(call.published_on)}",),
            groups=(("", slots),),
        ),
    )


def _signs_as(seat: Seat) -> str:
    return "Anggota tim," if seat.sits.scores else "Ketua tim,"
