"""A village that meets: invitees, meetings at every stage, decisions that bind. All through the product's own doors."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from bermitra.deliberation import actions, queries
from bermitra.deliberation.actions import Who
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.consent import letters as consent_letters
from bermitra.deliberation.models import ConsentProcess, Invitee, Meeting
from bermitra.deliberation.rules import lot_number
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from tests.people import OURS, People, place

DAY = date(2026, 3, 2)  # a Monday; three working days after the 3rd is the 6th
PEOPLE = (
    Who("Sutrisno Hadi", "L", "Krajan", ("village_government",)),
    Who("Darsini", "P", "Krajan", ("bpd", "women")),
    Who("Wulan Pratiwi", "P", "Krajan", ("village_government",)),
    Who("Paijo", "L", "Kulon", ("farmers", "affected")),
    Who("Tarmi", "P", "Wetan", ("women", "poor"), poor=True),
    Who("Karso", "L", "Dhuwur", ("hamlets",)),
    Who("Siti Rokhimah", "P", "Kulon", ("education",)),
    Who("Kyai Mansur", "L", "Krajan", ("religion",)),
    Who("Ngatini", "P", "Dhuwur", ("artisans", "youth")),
)


def on(day: date, hour: int = 3) -> datetime:
    """Ten in the morning in Java, in the zone in which instants are stored."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def with_invitees(people: People, who: Sequence[Who] = PEOPLE) -> None:
    actions.list_invitees(by=people.by("sekdes"), village=place(people.village), people=tuple(who))


def a_planned_meeting(people: People, held_on: date = DAY, topic: str = "Kerja sama sekolah lapang") -> Meeting:
    with clock.at(on(held_on - timedelta(days=12))):
        return actions.plan(
            by=people.by("sekdes"),
            village=place(people.village),
            kind="planned",
            topic=topic,
            place="Balai Desa Pandanarum",
            held_on=held_on,
            starts=time(9, 0),
        )


def a_subject(
    people: People, meeting: Meeting, *, code: str = "", kind: str = "cooperation", title: str = "", text_hash: str = ""
) -> str:
    """Put a subject before a planned meeting; gives its code."""
    subject = actions.table_text(
        by=people.by("bpd"),
        meeting=meeting,
        kind=kind,
        title=title or "Kerja sama sekolah lapang",
        text_hash=text_hash or sha256(b"naskah").hexdigest(),
        subject_code=code or new_code(10),
    )
    return subject.code


def an_invited_meeting(people: People, held_on: date = DAY, **subject: str) -> Meeting:
    """With the standing list of this file, and one subject before it."""
    if not Invitee.objects.filter(village=people.village).exists():
        with_invitees(people)
    meeting = a_planned_meeting(people, held_on)
    a_subject(people, meeting, **subject)
    return invited(people, meeting)


def invited(people: People, meeting: Meeting) -> Meeting:
    with clock.at(on(meeting.held_on - timedelta(days=10))):
        return actions.invite(
            by=people.by("bpd"),
            meeting=meeting,
            number=f"005/{meeting.code}",
            invited_on=meeting.held_on - timedelta(days=10),
        )


def signed_in(people: People, meeting: Meeting, absent: Sequence[str] = ()) -> Meeting:
    """Everybody invited signs, but those named; Tarmi leaves a thumbprint, and the secretary helps her."""
    lines = meeting.attendees.filter(invited=True).exclude(name__in=absent)
    return actions.record_attendance(
        by=people.by("anggota.bpd"),
        meeting=meeting,
        signed=tuple(lines.exclude(name="Tarmi").values_list("code", flat=True)),
        thumbs=tuple(lines.filter(name="Tarmi").values_list("code", flat=True)),
        helper="Wulan Pratiwi",
    )


def opened(people: People, meeting: Meeting) -> Meeting:
    with clock.at(on(meeting.held_on)):
        signed_in(people, meeting)
        return actions.open_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan Pratiwi")


def decided(people: People, meeting: Meeting, result: str = "agreed", conditions: str = "") -> Meeting:
    """Every undecided subject by consensus, and the nine topics answered."""
    with clock.at(on(meeting.held_on, 6)):
        for topic in range(1, 10):
            actions.answer_topic(
                by=people.by("sekdes"), meeting=meeting, topic=topic, answer=f"Dibahas, pokok {topic}."
            )
        for subject in meeting.subjects.filter(decision__isnull=True):
            actions.record_decision(
                by=people.by("bpd"),
                meeting=meeting,
                subject_code=subject.code,
                seen=subject.text_hash,
                result=result,
                mode="consensus",
                approving=len(PEOPLE),
                conditions=conditions if result == "agreed" else "",
                reason="" if result == "agreed" else "Belum cukup waktu membaca.",
            )
    return Meeting.objects.get(pk=meeting.pk)


def with_minutes(people: People, meeting: Meeting, absence_reason: str = "") -> Meeting:
    """Final minutes, waiting for their signatures."""
    after = meeting.held_on + timedelta(days=1)
    with clock.at(on(after)):
        actions.draft_minutes(
            by=people.by("sekdes"),
            meeting=meeting,
            number=f"BA-{meeting.code}",
            dated=after,
            ends=time(12, 10),
            discussion="Usul dibahas satu per satu.",
            absence_reason=absence_reason,
        )
        return actions.finalise_minutes(by=people.by("bpd"), meeting=meeting)


def published(people: People, meeting: Meeting) -> Meeting:
    """Signed by the three officials with their own accounts and by the drawn residents on paper, the day after."""
    with clock.at(on(meeting.held_on + timedelta(days=1), 4)):
        for who in ("bpd", "sekdes", "kades"):
            countersigned(people, meeting, who)
        signed_by_the_drawn(people, meeting)
    return Meeting.objects.get(pk=meeting.pk)


def the_drawn(meeting: Meeting) -> list[str]:
    """The names on which the lot stands."""
    return [each.attendee.name for each in queries.drawn_now(Meeting.objects.get(pk=meeting.pk))]


def signed_by_the_drawn(people: People, meeting: Meeting) -> None:
    """The operator records their signatures from the sheet."""
    sheet = a_sheet(meeting)
    actions.record_signed_sheet(by=people.by("operator"), meeting=meeting, sheet=sheet, residents=the_drawn(meeting))


def a_sheet(meeting: Meeting) -> files.Content:
    """The scan of the signed print."""
    return files.put(f"%PDF-1.4 {meeting.code}".encode(), media_type="application/pdf", name="lembar.pdf")


def words_of(pdf: bytes) -> str:
    """The words of a PDF as it is read on paper, with one blank between them."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def let_the_lot_fall_on(meeting: Meeting, *names: str) -> None:
    """Give these attendees codes whose numbers in the lot are the smallest; before the minutes are final."""
    for name in names:
        line = meeting.attendees.get(name=name)
        others = meeting.attendees.exclude(name__in=names).values_list("code", flat=True)
        smallest = min(lot_number(meeting.code, meeting.edition, code) for code in others)
        while lot_number(meeting.code, meeting.edition, line.code) > smallest:
            line.code = new_code(10)
        line.save(update_fields=["code"])


def countersigned(people: People, meeting: Meeting, who: str) -> None:
    """Signed by account, as the words stand now."""
    words = Meeting.objects.get(pk=meeting.pk).minutes_hash
    actions.countersign(by=people.by(who), meeting=meeting, seen=words)


def bind_as_seen(people: People, meeting: Meeting, who: str = "bpd") -> Meeting:
    """With the signatures as they stand now; names are read on the sheet as they were recorded."""
    held = Meeting.objects.get(pk=meeting.pk)
    names = [(each.capacity, each.name) for each in queries.on_sheet(held)]
    return actions.make_binding(by=people.by(who), meeting=held, seen=queries.signatures_hash(held), names=names)


def bound(people: People, meeting: Meeting) -> Meeting:
    with clock.at(on(meeting.held_on + timedelta(days=14))):
        return bind_as_seen(people, meeting)


def a_binding_decision(
    people: People, *, held_on: date = DAY, agreed: bool = True, conditions: str = "", **subject: str
) -> Meeting:
    """A whole Musyawarah on one subject (``code``, ``kind``, ``title``, ``text_hash``), binding two weeks later."""
    meeting = an_invited_meeting(people, held_on, **subject)
    return bind(people, meeting, agreed=agreed, conditions=conditions)


def bind(people: People, meeting: Meeting, *, agreed: bool = True, conditions: str = "") -> Meeting:
    """Carry an invited meeting to its binding end."""
    opened(people, meeting)
    held = decided(people, meeting, "agreed" if agreed else "refused", conditions)
    return bound(people, published(people, with_minutes(people, held)))


def a_scan(of: str) -> Content:
    """Signed minutes of a step, scanned; each of its own."""
    return files.put(f"%PDF-1.4 {of}".encode(), media_type="application/pdf", name="berita-acara.pdf")


def a_begun_consent(people: People, about: str, begun: date) -> ConsentProcess:
    with clock.at(on(begun)):
        return consents.begin_consent(
            by=people.by("bpd"),
            village=place(OURS),
            about=about,
            title="Penjualan buah sawit",
            group="Pekebun dan pencari ikan",
            language="bahasa Jawa",
            informed_on=begun,
        )


def told_at(process: ConsentProcess, number: int) -> dict[str, Any]:
    """What is recorded of a step, each 14 days after the one before."""
    return {
        "held_on": process.informed_on + timedelta(days=14 * number),
        "minutes_number": f"BA-PADIATAPA/{number}/{process.about}",
        "minutes": "Warga mendengar, bertanya, dan menjawab.",
        "scan": a_scan(f"{process.code} {process.round} {number}"),
        "male": 30,
        "female": 28,
        "local_language": True,
    }


def stepped(people: People, process: ConsentProcess, *numbers: int) -> ConsentProcess:
    """With these of the first five steps taken."""
    for number in numbers:
        told = told_at(process, number)
        with clock.at(on(told["held_on"])):
            consents.record_consent_step(by=people.by("sekdes"), process=process, number=number, **told)
    return ConsentProcess.objects.get(pk=process.pk)


def a_given_consent(
    people: People, about: str, begun: date = date(2026, 1, 5), *, printed: bool = False
) -> ConsentProcess:
    """All six steps with the affected group, 14 days apart; ``printed``: with its statement as a paper."""
    process = stepped(people, a_begun_consent(people, about, begun), 1, 2, 3, 4, 5)
    told = told_at(process, 6)
    with clock.at(on(told["held_on"])):
        knock, paper = people.by("bpd"), None
        if printed:
            last = consent_letters.Held(6, told["held_on"], told["minutes_number"], told["male"], told["female"])
            paper = consent_letters.statement_paper(process, last, "Lebak tetap lebak.", key=knock.key)
        consents.give_consent(by=knock, process=process, given_by="affected_group", paper=paper, **told)
    return ConsentProcess.objects.get(pk=process.pk)


def refused_at(people: People, about: str, number: int, begun: date) -> ConsentProcess:
    """The group says no when the step of this number comes."""
    process = stepped(people, a_begun_consent(people, about, begun), *range(1, number))
    with clock.at(on(process.informed_on + timedelta(days=14 * number))):
        consents.refuse_consent(by=people.by("bpd"), process=process, why="Lebak tidak boleh dibuka.")
    return ConsentProcess.objects.get(pk=process.pk)
