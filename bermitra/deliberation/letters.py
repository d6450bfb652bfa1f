"""What the papers of a Musyawarah say: the invitation with its sheet to sign, and the minutes. Papers are Indonesian."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from bermitra.deliberation import queries
from bermitra.deliberation.elements import PRIVATE, elements
from bermitra.deliberation.models import Attendee, Decision, Invitee, Meeting, Subject
from bermitra.deliberation.rules import TOPICS, lot_number
from bermitra.foundation.calendar import date_in_words, local_time, long_date, moment, zone_of
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Note,
    Numbered,
    Opening,
    Paragraph,
    Qr,
    Recital,
    Signatures,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.regions.models import Region
from bermitra.registry.letters import letterhead_of

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."
# Papers are Indonesian whatever language the page is read in, so these are not the labels of the choices.
BLANK_LINES = 10  # for those who come uninvited
KINDS = {Meeting.Kind.PLANNED: "Terencana", Meeting.Kind.SUDDEN: "Mendadak"}
BALLOTS = {Decision.Ballot.HANDS: " dengan angkat tangan", Decision.Ballot.PAPER: " dengan kertas suara", "": ""}
MARKS = {Attendee.Mark.PAPER: "ttd", Attendee.Mark.THUMB: "cap jempol", Attendee.Mark.NONE: ""}


def invitation_paper(meeting: Meeting, *, key: str, number: str, invited_on: date, despite: str = "") -> Prepared:
    """The invitation, rendered for ``deliberation.invite`` under the key of the request."""
    document = invitation(meeting, number=number, invited_on=invited_on, despite=despite)
    return _prepared(document, meeting, key)


def minutes_paper(meeting: Meeting, *, key: str) -> Prepared:
    """The minutes, rendered for ``deliberation.finalise_minutes`` under the key of the request."""
    return _prepared(minutes(meeting), meeting, key)


def _prepared(document: Document, meeting: Meeting, key: str) -> Prepared:
    return prepare(document, key=key, about=about_of(meeting), region=meeting.village_id, example=meeting.example)


def invitation(meeting: Meeting, *, number: str, invited_on: date, despite: str = "") -> Document:
    words = local_words(meeting.village_id)
    guests = _guests(meeting)
    subjects: tuple[Text, ...] = tuple(each.title for each in meeting.subjects.order_by("pk")) or (meeting.topic,)
    village = f"{words['village']} {meeting.village.name}"
    return Document(
        kind="invitation",
        title=f"Undangan {words['meeting']}: {meeting.topic}",
        dated=invited_on,
        author=f"{words['council']} {village}",
        letterhead=_head(meeting, words),
        blocks=(
            Opening(
                fill("{place}, {day}", place=meeting.village.name, day=long_date(invited_on)),
                (("Nomor", number), ("Hal", fill("Undangan {meeting}", meeting=words["meeting"]))),
                ("Yth. Bapak/Ibu sebagaimana daftar terlampir", f"di {village}"),
            ),
            fill("Kami mengundang Bapak/Ibu menghadiri {meeting}:", meeting=words["meeting"]),
            Facts(
                (
                    ("Hari, tanggal", date_in_words(meeting.held_on)),
                    ("Pukul", _hour(meeting)),
                    ("Tempat", meeting.place),
                    ("Jenis", KINDS[Meeting.Kind(meeting.kind)]),
                    *_whys(meeting, despite),
                    ("Acara", meeting.topic),
                )
            ),
            "Pokok yang akan diputuskan:",
            Numbered(subjects),
            "Setiap orang yang hadir berhak berbicara. Bila berhalangan, sampaikan pendapat Bapak/Ibu kepada wakil dusun.",
            Signatures(groups=(("", (Slot("chair", (f"Ketua {words['council']},",), ""),)),)),
            Qr(CHECK),
            Annex("DAFTAR UNDANGAN", (_invited(guests),)),
        ),
    )


def blank_sheet_paper(
    meeting: Meeting, *, key: str, dated: date, held_on: date | None = None, starts: time | None = None
) -> Prepared:
    """The attendance list to be signed by hand, for ``deliberation.invite``, and for ``deliberation.adjourn`` with the day
    and hour of the second session."""
    return _prepared(blank_sheet(meeting, dated=dated, held_on=held_on, starts=starts), meeting, key)


def blank_sheet(meeting: Meeting, *, dated: date, held_on: date | None = None, starts: time | None = None) -> Document:
    words = local_words(meeting.village_id)
    village = f"{words['village']} {meeting.village.name}"
    session = 1 if held_on is None else 2
    guests = [(each.name, each.sex, each.hamlet, "", "", "") for each in _guests(meeting)]
    return Document(
        kind="attendance_sheet",
        title=f"Daftar Hadir {words['meeting']}, sidang ke-{session}: {meeting.topic}",
        dated=dated,
        author=f"{words['council']} {village}",
        letterhead=_head(meeting, words),
        blocks=(
            Title(
                ("DAFTAR HADIR", f"{words['meeting'].upper()} {meeting.village.name.upper()}"),
                (),
                meeting.topic.upper(),
            ),
            Facts(
                (
                    ("Hari, tanggal", date_in_words(held_on or meeting.held_on)),
                    ("Pukul", _hour(meeting, starts)),
                    ("Tempat", meeting.place),
                    ("Sidang", "pertama" if session == 1 else "kedua"),
                    ("Undangan", f"{len(guests)} orang"),
                )
            ),
            "Tulis unsur yang Bapak/Ibu wakili. Bagi yang memberi cap jempol, tulis siapa yang membacakan dan membantu.",
            _sheet_to_sign(guests),
            Heading("Hadir tanpa undangan"),
            _sheet_to_sign([("",) * 6] * BLANK_LINES),
            Signatures(groups=(("", (Slot("minute_taker", ("Notulen,",), ""),)),)),
            Qr(CHECK),
        ),
    )


def minutes(meeting: Meeting) -> Document:
    words = local_words(meeting.village_id)
    here = queries.presence(meeting)
    village = f"{words['village']} {meeting.village.name}"
    session = "pertama" if meeting.session == 1 else "kedua, dilanjutkan dengan peserta yang hadir"
    dated = meeting.minutes_on or meeting.held_on
    called = queries.called(meeting, standing(meeting.village_id).numbers["countersigning_residents"])
    return Document(
        kind="minutes",
        title=f"Berita Acara {words['meeting']}: {meeting.topic}",
        dated=dated,
        author=f"{words['council']} {village}",
        letterhead=_head(meeting, words),
        data=queries.minutes_data(meeting),
        blocks=(
            Title(
                ("BERITA ACARA", f"{words['meeting'].upper()} {meeting.village.name.upper()}"),
                (("Nomor", meeting.minutes_number),),
                meeting.topic.upper(),
            ),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, {village}, telah dilaksanakan {meeting} "
                "berdasarkan undangan Nomor {invitation}.",
                day=date_in_words(meeting.held_on),
                short=f"{meeting.held_on:%d-%m-%Y}",
                place=meeting.place,
                village=village,
                meeting=words["meeting"],
                invitation=meeting.invitation_number,
            ),
            Facts(
                (
                    ("Jenis, sidang", f"{KINDS[Meeting.Kind(meeting.kind)]}, sidang {session}"),
                    *_whys(meeting, meeting.late_because),
                    *_first_session(meeting),
                    ("Waktu", _hour(meeting) + (f" sampai pukul {meeting.ends:%H.%M}" if meeting.ends else "")),
                    ("Pimpinan", meeting.chair),
                    ("Notulen", meeting.minute_taker),
                    ("Undangan", f"{here.invited} orang"),
                    ("Hadir dari undangan", f"{here.signed_in} orang"),
                    (
                        "Peserta yang memutuskan",
                        f"{here.present} orang ({here.male} laki-laki, {here.female} perempuan)",
                    ),
                )
            ),
            Heading("Unsur yang hadir"),
            _by_element(meeting),
            *_missing(meeting),
            *_cleared(meeting),
            *_topics(meeting),
            *_discussion(meeting),
            Heading("Keputusan"),
            *(block for subject in queries.decided_subjects(meeting) for block in _decision(subject)),
            *_delegates(meeting),
            Signatures(
                lead=("Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini.",),
                place_and_date=(f"{meeting.village.name}, {long_date(dated)}",),
                groups=(
                    (
                        "",
                        (
                            Slot("chair", ("Pimpinan musyawarah,",), meeting.chair),
                            Slot("minute_taker", ("Notulen,",), meeting.minute_taker),
                        ),
                    ),
                    *_residents_and_head(words, called),
                ),
            ),
            *_how_drawn(meeting, called),
            Qr(CHECK),
            Annex("DAFTAR HADIR", (_sheet(_present(meeting)),)),
            *_lot(meeting),
        ),
    )


def _residents_and_head(words: dict[str, str], called: list[Attendee]) -> tuple[tuple[str, tuple[Slot, ...]], ...]:
    """The slots of those on whom the lot fell, two side by side; where no resident came, one for whoever was there."""
    residents = [Slot(f"resident_{n}", ("Warga terundi,",), each.name) for n, each in enumerate(called, 1)]
    if len(residents) < 2:
        only = residents or [Slot("resident", ("Wakil masyarakat,",), "")]
        return (("", (Slot("village_head", (f"{words['head']},",), ""), *only)),)
    pairs = [tuple(residents[start : start + 2]) for start in range(0, len(residents), 2)]
    return (*(("", pair) for pair in pairs), ("", (Slot("village_head", (f"{words['head']},",), ""),)))


def _how_drawn(meeting: Meeting, called: list[Attendee]) -> tuple[Block, ...]:
    if not called:
        return ()
    return (
        Note(
            fill(
                "Warga penanda tangan terundi dari warga yang hadir, dan siapa pun dapat menghitung ulang dari lampiran: "
                "SHA-256 dari {code}|{edition}|kode peserta, yang terkecil lebih dahulu. Bila yang terundi tidak dapat "
                "menandatangani, warga berikutnya menandatangani di tempatnya dan menulis namanya.",
                code=meeting.code,
                edition=queries.lot_edition(meeting),
            ),
            "Undian",
        ),
    )


def decree_paper(subject: Subject, *, key: str, chair: str, number: str, dated: date) -> Prepared:
    """The decree, rendered for ``deliberation.issue_decree`` under the key of the request."""
    return _prepared(decree(subject, chair=chair, number=number, dated=dated), subject.meeting, key)


# The law as the printed agreements cite it.
VILLAGE_LAW = (
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang "
    "Nomor 3 Tahun 2024"
)
COOPERATION_LAW = (
    "Peraturan Menteri Dalam Negeri Nomor 96 Tahun 2017 tentang Tata Cara Kerja Sama Desa di Bidang Pemerintahan Desa"
)
MEETING_LAW = "Peraturan Menteri Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi Nomor 16 Tahun 2019 tentang Musyawarah Desa"


def decree(subject: Subject, *, chair: str, number: str, dated: date) -> Document:
    """The BPD's decree on a subject that the binding decision agreed to. ``chair``: who signs it."""
    meeting, decision = subject.meeting, subject.decision
    words = local_words(meeting.village_id)
    village = f"{words['village']} {meeting.village.name}"
    issuer = _issuer(meeting.village, words)
    about = f"PERSETUJUAN {subject.title.upper()}"
    minutes_of = fill(
        "Berita Acara {meeting} Nomor {number} tanggal {day}",
        meeting=words["meeting"],
        number=meeting.minutes_number,
        day=long_date(meeting.minutes_on or meeting.held_on),
    )
    cooperation = subject.kind == Subject.Kind.COOPERATION
    laws = (VILLAGE_LAW, *((COOPERATION_LAW,) if cooperation else ()), MEETING_LAW)
    return Document(
        kind="bpd_decree",
        title=f"Keputusan {words['council']} {village}: Persetujuan {subject.title}",
        dated=dated,
        author=f"{words['council']} {village}",
        letterhead=_head(meeting, words),
        data={"meeting": meeting.code, "subject": subject.code, "text": decision.text_hash, "number": number},
        blocks=(
            Title((f"KEPUTUSAN {issuer}",), (("NOMOR", number),), about),
            Recital(
                "Menimbang",
                (
                    fill(
                        "bahwa {meeting} di {village} pada tanggal {day} telah membahas dan menyetujui {title};",
                        meeting=words["meeting"],
                        village=village,
                        day=long_date(meeting.held_on),
                        title=subject.title,
                    ),
                    *_bound(meeting),
                    fill(
                        "bahwa persetujuan itu perlu ditetapkan dengan Keputusan {council}.",
                        council=words["council"],
                    ),
                ),
            ),
            Recital("Mengingat", _closed(laws), "number"),
            Recital("Memperhatikan", (fill("{minutes}.", minutes=minutes_of),), None),
            Paragraph("MEMUTUSKAN:", align="center", keep=True),
            Recital("Menetapkan", (f"KEPUTUSAN {issuer} TENTANG {about}.",), None),
            Facts(_dicta(subject)),
            Signatures(
                place_and_date=(f"Ditetapkan di {meeting.village.name}", f"pada tanggal {long_date(dated)}"),
                groups=(("", (Slot("chair", (f"Ketua {words['council']},",), chair),)),),
            ),
            Annex(
                "NASKAH YANG DISETUJUI",
                (
                    Facts(
                        (
                            ("Pokok", subject.title),
                            ("Kode pokok", subject.code),
                            (
                                "Sidik naskah (SHA-256)",
                                " ".join(decision.text_hash[at : at + 16] for at in range(0, 64, 16)),
                            ),
                        )
                    ),
                    *(Paragraph(line) for line in subject.text.split("\n") if line.strip()),
                    Qr(CHECK),
                ),
                (f"Keputusan {words['council']} {village}", f"Nomor {number}", f"Tanggal {long_date(dated)}"),
            ),
        ),
    )


def _bound(meeting: Meeting) -> tuple[Text, ...]:
    if meeting.bound_on is None:
        return ()
    return (
        f"bahwa keputusan tersebut mengikat sejak tanggal {long_date(meeting.bound_on)} setelah masa keberatan warga;",
    )


def _closed(items: tuple[str, ...]) -> tuple[Text, ...]:
    """The items of a list that reads as one sentence."""
    ends = [";"] * (len(items) - 2) + ["; dan"] * (len(items) > 1) + ["."]
    return tuple(f"{each}{end}" for each, end in zip(items, ends, strict=True))


def _dicta(subject: Subject) -> tuple[tuple[str, Text], ...]:
    """KESATU, KEDUA and so on: what is agreed to, on which text, under what conditions, from when."""
    decision = subject.decision
    said: list[Text] = [f"Menyetujui {subject.title} menurut naskah pada Lampiran Keputusan ini."]
    if decision.conditions:
        conditions = "; ".join(line.strip().rstrip(".;") for line in decision.conditions.splitlines() if line.strip())
        said.append(f"Persetujuan diberikan dengan syarat: {conditions}.")
    said.append("Persetujuan berlaku bagi naskah itu saja; perubahan isinya dimusyawarahkan kembali.")
    said.append("Keputusan ini berlaku sejak tanggal ditetapkan.")
    return tuple(zip(("KESATU", "KEDUA", "KETIGA", "KEEMPAT"), said, strict=False))


# Parts ---------------------------------------------------------------------------------------------------------------


def _whys(meeting: Meeting, late_because: str) -> tuple[tuple[str, str], ...]:
    """Why it was not planned, and why the invitation came late: nobody has to ask."""
    said = (("Alasan mendadak", meeting.sudden_because), ("Alasan terlambat", late_because))
    return tuple((label, why) for label, why in said if why)


def _first_session(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Whoever reads the minutes of a second session sees that the quorum of the first had failed."""
    if meeting.first_held_on is None:
        return ()
    said = f"{long_date(meeting.first_held_on)}, {meeting.first_present} dari undangan hadir, kuorum tidak tercapai"
    return (("Sidang pertama", said),)


def _guests(meeting: Meeting) -> list[Attendee | Invitee]:
    """Whom the invitation is for: as ``invite`` will fix it, or has fixed it."""
    asked: list[Attendee | Invitee] = list(meeting.attendees.filter(invited=True))
    if meeting.state == "planned":
        known = {each.name.casefold() for each in asked}
        listed = Invitee.objects.filter(village_id=meeting.village_id, active=True)
        asked += [each for each in listed if each.name.casefold() not in known]
    return sorted(asked, key=lambda each: (each.hamlet, each.name))


def _head(meeting: Meeting, words: dict[str, str]) -> Letterhead:
    return letterhead(meeting.village, words)


def letterhead(village: Region, words: dict[str, str]) -> Letterhead:
    """Of the village's council; ``words`` are the local ones."""
    return letterhead_of(village, words, _council(words))


def _council(words: dict[str, str]) -> str:
    return "BADAN PERMUSYAWARATAN DESA" if words["council"] == "BPD" else words["council"].upper()


def _issuer(village: Region, words: dict[str, str]) -> str:
    """``BADAN PERMUSYAWARATAN DESA PANDANARUM``: the word for a village stands once."""
    place = f"{words['village']} {village.name}".upper()
    return f"{_council(words).removesuffix(' ' + words['village'].upper())} {place}"


def _hour(meeting: Meeting, starts: time | None = None) -> str:
    zone = zone_of(meeting.village_id)
    return local_time(moment(meeting.held_on, starts or meeting.starts, zone), zone).removeprefix("pukul ")


_ATTENDING = (
    Column("No.", 0.5, "center"), Column("Nama", 2.4), Column("L/P", 0.6, "center"), Column("Dusun", 1.4), Column("Unsur", 2),
    Column("Tanda hadir", 1.6),
)  # fmt: skip
_READ_BY = Column("Dibacakan, dibantu oleh", 1.5)  # beside a thumbprint


def _sheet(rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(_ATTENDING, tuple((str(number), *row) for number, row in enumerate(rows, 1)), small=True)


def _sheet_to_sign(rows: Iterable[tuple[str, ...]]) -> Table:
    cells = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    return Table((*_ATTENDING, _READ_BY), cells, small=True, tall=True)


def _invited(guests: Iterable[Attendee | Invitee]) -> Table:
    rows = tuple((str(n), each.name, each.sex, each.hamlet) for n, each in enumerate(guests, 1))
    columns = (Column("No.", 0.5, "center"), Column("Nama", 3), Column("L/P", 0.6, "center"), Column("Dusun", 2))
    return Table(columns, rows, small=True)


def _present(meeting: Meeting) -> Iterable[tuple[str, str, str, str, str]]:
    """Who was there. Elements that would mark a person as poor or disabled are left out."""
    for each in meeting.attendees.filter(session=meeting.session).order_by("observer", "hamlet", "name"):
        said = ", ".join(elements()[code].id for code in each.elements if code in elements() and code not in PRIVATE)
        yield each.name, each.sex, each.hamlet, "peninjau" if each.observer else said, _mark(each)


def _mark(line: Attendee) -> str:
    helped = f", dibantu {line.helped_by}" if line.helped_by else ""
    return MARKS[Attendee.Mark(line.mark)] + helped


def _lot(meeting: Meeting) -> tuple[Block, ...]:
    """The order of the lot, to be counted again and to see who follows where one cannot sign."""
    order, edition = queries.in_the_lot(meeting), queries.lot_edition(meeting)
    if not order:
        return ()
    rows = [
        (str(n), each.name, each.hamlet, each.code, lot_number(meeting.code, edition, each.code)[:16])
        for n, each in enumerate(order, 1)
    ]
    columns = (
        Column("Urutan", 0.7, "center"),
        Column("Nama", 2.4),
        Column("Dusun", 1.4),
        Column("Kode peserta", 1.4),
        Column("Awal bilangan undian", 1.8),
    )
    return (Annex("URUTAN UNDIAN WARGA PENANDA TANGAN", (Table(columns, rows, small=True),)),)


def _by_element(meeting: Meeting) -> Table:
    counted = queries.by_element(meeting)
    rows: list[tuple[Cell, ...]] = [
        (elements()[code].id, str(each.female), str(each.male), str(each.invited)) for code, each in counted.items()
    ]
    return Table(
        (
            Column("Unsur", 3),
            Column("Perempuan hadir", 1, "right"),
            Column("Laki-laki hadir", 1, "right"),
            Column("Diundang", 1, "right"),
        ),
        rows,
        small=True,
    )


def _missing(meeting: Meeting) -> tuple[Block, ...]:
    if not meeting.absence_reason:
        return ()
    return (fill("Unsur wajib yang tidak hadir dan upaya mengundangnya: {why}", why=meeting.absence_reason),)


def _cleared(meeting: Meeting) -> tuple[Block, ...]:
    """Who has the name of somebody who had to step back, and is another person."""
    said = "{name} bukan orang bernama sama yang berkepentingan pada mitra: {why}"
    return tuple(fill(said, name=each.name, why=each.cleared) for each in queries.cleared(meeting))


def _topics(meeting: Meeting) -> tuple[Block, ...]:
    said = {each.topic: each.answer for each in meeting.answers.all()}
    if not said:
        return ()
    items: tuple[Text, ...] = tuple(
        fill("**{topic}**: {answer}", topic=title, answer=said.get(number, "tidak dibahas"))
        for number, title in TOPICS.items()
    )
    return Heading("Pembahasan sembilan pokok kerja sama"), Numbered(items)


def _discussion(meeting: Meeting) -> tuple[Block, ...]:
    if not meeting.discussion:
        return ()
    return Heading("Jalannya musyawarah"), *(Paragraph(each) for each in meeting.discussion.split("\n") if each)


def _delegates(meeting: Meeting) -> tuple[Block, ...]:
    """Whom the village sends into a Musyawarah antar-Desa; an element that would mark a person is left out."""
    named = list(meeting.delegates.order_by("pk"))
    if not named:
        return ()
    return Heading("Delegasi dalam Musyawarah antar-Desa"), delegates_table((e.name, e.sex, e.element) for e in named)


def delegates_table(people: Iterable[tuple[str, str, str]]) -> Table:
    """Name, sex and element of those whom a village sends."""
    rows: list[tuple[Cell, ...]] = []
    for number, (name, sex, code) in enumerate(people, 1):
        rows.append((str(number), name, sex, "" if code in PRIVATE or code not in elements() else elements()[code].id))
    columns = (Column("No.", 0.5, "center"), Column("Nama", 3), Column("L/P", 0.6, "center"), Column("Mewakili", 2.5))
    return Table(columns, rows, small=True)


def _decision(subject: Subject) -> tuple[Block, ...]:
    decision = subject.decision
    if decision.mode == Decision.Mode.CONSENSUS:
        how = f"secara mufakat; {decision.approving} dari {decision.present} peserta menyatakan sepakat"
    else:
        open_or_secret = "rahasia" if decision.secret else "terbuka"
        how = (
            f"melalui pemungutan suara {open_or_secret}{BALLOTS[decision.ballot]}: {decision.votes_for} setuju, "
            f"{decision.votes_against} tidak setuju, {decision.votes_abstain} tidak memilih"
        )
        if decision.ballot:
            how += f", {decision.votes_invalid} tidak sah, dari {decision.voters} orang yang memberi suara"
    result = "MENYETUJUI" if decision.result == Decision.Result.AGREED else "TIDAK MENYETUJUI"
    blocks: list[Block] = [
        fill("Musyawarah **{result}** {title}, {how}.", result=result, title=subject.title, how=how),
    ]
    if decision.counter_one:
        blocks.append(fill("Suara dihitung oleh {one} dan {two}.", one=decision.counter_one, two=decision.counter_two))
    if decision.chair not in ("", subject.meeting.chair):
        blocks.append(fill("Pengambilan keputusan ini dipimpin {chair}.", chair=decision.chair))
    if decision.conditions:
        blocks.append(fill("Dengan syarat: {said}", said=decision.conditions))
    if decision.reason:
        blocks.append(fill("Alasan: {said}", said=decision.reason))
    blocks.append(fill("Naskah yang diputuskan bersidik {hash}.", hash=decision.text_hash[:16]))
    return tuple(blocks)
