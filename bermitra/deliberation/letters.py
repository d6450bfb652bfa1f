"""What the papers of a Musyawarah say: the invitation with its sheet to sign, and the minutes. Papers are Indonesian."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bermitra.deliberation import queries
from bermitra.deliberation.elements import PRIVATE, elements
from bermitra.deliberation.models import Attendee, Decision, Invitee, Meeting, Subject
from bermitra.deliberation.rules import TOPICS
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
    Numbered,
    Opening,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.norms.queries import local_words

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."
# Papers are Indonesian whatever language the page is read in, so these are not the labels of the choices.
KINDS = {Meeting.Kind.PLANNED: "Terencana", Meeting.Kind.SUDDEN: "Mendadak"}
MARKS = {Attendee.Mark.PAPER: "ttd", Attendee.Mark.THUMB: "cap jempol", Attendee.Mark.NONE: ""}


def invitation_paper(meeting: Meeting, *, key: str, number: str, invited_on: date) -> Prepared:
    """The invitation, rendered for ``deliberation.invite`` under the key of the request."""
    document = invitation(meeting, number=number, invited_on=invited_on)
    return _prepared(document, meeting, key)


def minutes_paper(meeting: Meeting, *, key: str) -> Prepared:
    """The minutes, rendered for ``deliberation.finalise_minutes`` under the key of the request."""
    return _prepared(minutes(meeting), meeting, key)


def _prepared(document: Document, meeting: Meeting, key: str) -> Prepared:
    return prepare(document, key=key, about=about_of(meeting), region=meeting.village_id, example=meeting.example)


def invitation(meeting: Meeting, *, number: str, invited_on: date) -> Document:
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
                    ("Acara", meeting.topic),
                )
            ),
            "Pokok yang akan diputuskan:",
            Numbered(subjects),
            "Setiap orang yang hadir berhak berbicara. Bila berhalangan, sampaikan pendapat Bapak/Ibu kepada wakil dusun.",
            Signatures(groups=(("", (Slot("chair", (f"Ketua {words['council']},",), ""),)),)),
            Qr(CHECK),
            Annex("DAFTAR HADIR", (_sheet((each.name, each.sex, each.hamlet, "", "") for each in guests),)),
        ),
    )


def minutes(meeting: Meeting) -> Document:
    words = local_words(meeting.village_id)
    here = queries.presence(meeting)
    village = f"{words['village']} {meeting.village.name}"
    session = "pertama" if meeting.session == 1 else "kedua, dilanjutkan dengan peserta yang hadir"
    dated = meeting.minutes_on or meeting.held_on
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
            *_topics(meeting),
            *_discussion(meeting),
            Heading("Keputusan"),
            *(block for subject in queries.decided_subjects(meeting) for block in _decision(subject)),
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
                    (
                        "",
                        (
                            Slot("village_head", (f"{words['head']},",), ""),
                            Slot("resident", ("Wakil masyarakat,",), ""),
                        ),
                    ),
                ),
            ),
            Qr(CHECK),
            Annex("DAFTAR HADIR", (_sheet(_present(meeting), tall=False),)),
        ),
    )


# Parts ---------------------------------------------------------------------------------------------------------------


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
    district = meeting.village.parent
    regency = district.parent if district else None
    above = [f"KECAMATAN {district.name.upper()}"] if district else []
    if regency is not None:
        above.insert(0, f"PEMERINTAH {regency.name.upper()}")
    council = "BADAN PERMUSYAWARATAN DESA" if words["council"] == "BPD" else words["council"].upper()
    return Letterhead((*above, council, f"{words['village'].upper()} {meeting.village.name.upper()}"))


def _hour(meeting: Meeting) -> str:
    zone = zone_of(meeting.village_id)
    return local_time(moment(meeting.held_on, meeting.starts, zone), zone).removeprefix("pukul ")


def _sheet(rows: Iterable[tuple[str, str, str, str, str]], *, tall: bool = True) -> Table:
    return Table(
        (
            Column("No.", 0.5, "center"),
            Column("Nama", 2.4),
            Column("L/P", 0.6, "center"),
            Column("Dusun", 1.4),
            Column("Unsur", 2),
            Column("Tanda hadir", 1.6),
        ),
        tuple((str(number), *row) for number, row in enumerate(rows, 1)),
        small=True,
        tall=tall,
    )


def _present(meeting: Meeting) -> Iterable[tuple[str, str, str, str, str]]:
    """Who was there. Elements that would mark a person as poor or disabled are left out."""
    for each in meeting.attendees.filter(session=meeting.session).order_by("observer", "hamlet", "name"):
        said = ", ".join(elements()[code].id for code in each.elements if code in elements() and code not in PRIVATE)
        yield each.name, each.sex, each.hamlet, "peninjau" if each.observer else said, MARKS[Attendee.Mark(each.mark)]


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


def _decision(subject: Subject) -> tuple[Block, ...]:
    decision = subject.decision
    if decision.mode == Decision.Mode.CONSENSUS:
        how = f"secara mufakat; {decision.approving} dari {decision.present} peserta menyatakan sepakat"
    else:
        ballot = "rahasia" if decision.secret else "terbuka"
        how = (
            f"dengan pemungutan suara {ballot}: {decision.votes_for} setuju, {decision.votes_against} tidak setuju, "
            f"{decision.votes_abstain} tidak memilih"
        )
    result = "MENYETUJUI" if decision.result == Decision.Result.AGREED else "TIDAK MENYETUJUI"
    blocks: list[Block] = [
        fill("Musyawarah **{result}** {title}, {how}.", result=result, title=subject.title, how=how),
    ]
    if decision.conditions:
        blocks.append(fill("Dengan syarat: {said}", said=decision.conditions))
    if decision.reason:
        blocks.append(fill("Alasan: {said}", said=decision.reason))
    blocks.append(fill("Naskah yang diputuskan bersidik {hash}.", hash=decision.text_hash[:16]))
    return tuple(blocks)
