"""A village that meets: invitees, meetings at every stage, decisions that bind. All through the product's own doors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from bermitra.deliberation import actions, queries
from bermitra.deliberation.actions import Who
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.models import ConsentProcess, Invitee, Meeting
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
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
    actions.list_invitees(by=people.by("sekdes"), village=place(OURS), people=tuple(who))


def a_planned_meeting(people: People, held_on: date = DAY, topic: str = "Kerja sama sekolah lapang") -> Meeting:
    with clock.at(on(held_on - timedelta(days=12))):
        return actions.plan(
            by=people.by("sekdes"),
            village=place(OURS),
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
    if not Invitee.objects.exists():
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
    """Everybody invited signs, but those named; Tarmi leaves a thumbprint."""
    lines = meeting.attendees.filter(invited=True).exclude(name__in=absent)
    return actions.record_attendance(
        by=people.by("anggota.bpd"),
        meeting=meeting,
        signed=tuple(lines.exclude(name="Tarmi").values_list("code", flat=True)),
        thumbs=tuple(lines.filter(name="Tarmi").values_list("code", flat=True)),
    )


def opened(people: People, meeting: Meeting) -> Meeting:
    with clock.at(on(meeting.held_on)):
        signed_in(people, meeting)
        return actions.open_session(by=people.by("bpd"), meeting=meeting, chair="Darsini", minute_taker="Wulan Pratiwi")


def decided(people: People, meeting: Meeting, result: str = "agreed", conditions: str = "") -> Meeting:
    """Every undecided subject by consensus, and the nine topics answered."""
    with clock.at(on(meeting.held_on, 5)):
        for topic in range(1, 10):
            actions.answer_topic(
                by=people.by("sekdes"), meeting=meeting, topic=topic, answer=f"Dibahas, pokok {topic}."
            )
        for code in meeting.subjects.filter(decision__isnull=True).values_list("code", flat=True):
            actions.record_decision(
                by=people.by("bpd"),
                meeting=meeting,
                subject_code=code,
                result=result,
                mode="consensus",
                approving=len(PEOPLE),
                conditions=conditions if result == "agreed" else "",
                reason="" if result == "agreed" else "Belum cukup waktu membaca.",
            )
    return Meeting.objects.get(pk=meeting.pk)


def with_minutes(people: People, meeting: Meeting) -> Meeting:
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
        )
        return actions.finalise_minutes(by=people.by("bpd"), meeting=meeting)


def published(people: People, meeting: Meeting) -> Meeting:
    """Signed by all four with their own accounts, the day after the session."""
    with clock.at(on(meeting.held_on + timedelta(days=1), 4)):
        for who in ("bpd", "sekdes", "kades", "warga"):
            countersigned(people, meeting, who)
    return Meeting.objects.get(pk=meeting.pk)


def countersigned(people: People, meeting: Meeting, who: str) -> None:
    """Signed by account, as the words stand now."""
    words = Meeting.objects.get(pk=meeting.pk).minutes_hash
    actions.countersign(by=people.by(who), meeting=meeting, seen=words)


def bind_as_seen(people: People, meeting: Meeting, who: str = "bpd") -> Meeting:
    """With the signatures as they stand now; names are read on the sheet as they were recorded."""
    held = Meeting.objects.get(pk=meeting.pk)
    names = {each.capacity: each.name for each in queries.on_sheet(held)}
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


def a_given_consent(people: People, about: str, begun: date = date(2026, 1, 5)) -> ConsentProcess:
    """All six steps with the affected group, 14 days apart."""
    with clock.at(on(begun)):
        process = consents.begin_consent(
            by=people.by("bpd"),
            village=place(OURS),
            about=about,
            title="Penjualan buah sawit",
            group="Pekebun dan pencari ikan",
            language="bahasa Jawa",
            informed_on=begun,
        )
    for number in range(1, 7):
        day = begun + timedelta(days=14 * number)
        told = {
            "held_on": day,
            "minutes_number": f"BA-PADIATAPA/{number}/{about}",
            "minutes": "Warga mendengar, bertanya, dan menjawab.",
            "male": 30,
            "female": 28,
            "local_language": True,
        }
        with clock.at(on(day)):
            if number < 6:
                consents.record_consent_step(by=people.by("sekdes"), process=process, number=number, **told)
            else:
                consents.give_consent(by=people.by("bpd"), process=process, given_by="affected_group", **told)
    return ConsentProcess.objects.get(pk=process.pk)
