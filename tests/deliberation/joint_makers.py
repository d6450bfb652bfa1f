"""Villages that work together: people of further villages, an offer, each village's Musyawarah on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bermitra.deliberation.inter_village import actions, queries
from bermitra.deliberation.inter_village.actions import Sent
from bermitra.deliberation.inter_village.answers import actions as answers
from bermitra.deliberation.inter_village.rules import JOINT_TOPICS
from bermitra.deliberation.models import JointAnswer, JointMeeting, JointOffer, Meeting
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.partnership.makers import an_office
from tests.people import NEIGHBOUR, OURS, People, place

THIRD = "33.04.19.2003"
OFFERED = DAY - timedelta(days=20)
ANSWER_BY = DAY + timedelta(days=30)
OFFICES = {
    "kades": ("Sutrisno Hadi", roles.VILLAGE_HEAD),
    "sekdes": ("Wulan Pratiwi", roles.VILLAGE_SECRETARY),
    "operator": ("Eko Prasetyo", roles.VILLAGE_OPERATOR),
    "bpd": ("Darsini", roles.BPD_CHAIR),
    "anggota.bpd": ("Karsono", roles.BPD_MEMBER),
}
WORDS = {
    "scope": "Air bersih dari satu mata air dan perlindungan hutannya.",
    "procedure": "Dijalankan badan kerja sama antar-Desa dengan satu rekening.",
    "term": "Lima tahun.",
    "rights_duties": "Setiap desa menerima air menurut meter dan merawat pipanya.",
    "funding": "Iuran desa menurut jumlah sambungan.",
    "changes": "Melalui Musyawarah antar-Desa.",
    "disputes": "Musyawarah, lalu Bupati.",
}
SENT = (
    Sent("Sutrisno Hadi", "L", "village_government"),
    Sent("Darsini", "P", "bpd"),
    Sent("Tarmi", "P", "women"),
    Sent("Paijo", "L", "farmers"),
)


@dataclass
class Elsewhere(People):
    """The people of another village, with the same names and user names that end in its code."""

    def by(self, name: str, key: str = "") -> By:
        return super().by(f"{name}.{self.village[-4:]}", key)


def elsewhere(people: People, code: str = NEIGHBOUR, name: str = "Beji") -> Elsewhere:
    if not Region.objects.filter(pk=code).exists():
        Region.objects.create(
            code=code, level=4, kind="desa", name=name, name_key=key_of(name, "desa"), parent_id=code.rpartition(".")[0]
        )
    others = Elsewhere(people.held, code)
    for username, (full_name, role) in OFFICES.items():
        an_office(people, f"{username}.{code[-4:]}", full_name, role, where=code)
    return others


def drafted(people: People, *others: str, delegates: int = len(SENT), answer_by: date = ANSWER_BY) -> JointOffer:
    with clock.at(on(OFFERED)):
        offer = actions.draft_joint_offer(
            by=people.by("sekdes"), village=place(OURS), title="Air bersih dari satu mata air",
            purpose="services_and_development", field="pelaksanaan_pembangunan", others=others or (NEIGHBOUR,),
            delegates=delegates, answer_by=answer_by,
        )  # fmt: skip
        return actions.word_joint_offer(by=people.by("operator"), offer=offer, contents=WORDS)


def offered(people: People, *others: str, **more) -> JointOffer:
    offer = drafted(people, *others, **more)
    with clock.at(on(OFFERED)):
        return actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="140/061/PDN/2026")


def decides(people: People, offer: JointOffer, *, agreed: bool = True, conditions: str = "", send=SENT) -> Meeting:
    """The Musyawarah of one village on the offer, with its delegates named, up to its draft minutes."""
    meeting = makers.an_invited_meeting(people, code=offer.code, title=offer.title, text_hash=offer.text_hash)
    held = makers.decided(people, makers.opened(people, meeting), "agreed" if agreed else "refused", conditions)
    if agreed and send:
        with clock.at(on(DAY, 6)):
            actions.name_delegates(by=people.by("bpd"), meeting=held, offer=offer, people=send)
    return held


def binding(people: People, meeting: Meeting) -> Meeting:
    """As if the minutes of this village had been signed, published, and through their window."""
    number = f"BA-{people.village[-4:]}" + ("" if meeting.held_on == DAY else f"/{meeting.held_on:%m-%d}")
    Meeting.objects.filter(pk=meeting.pk).update(state="binding", minutes_number=number, minutes_on=meeting.held_on)
    return Meeting.objects.get(pk=meeting.pk)


def writes(
    people: People, offer: JointOffer, kind: str = "agree", notes: str = "", at: datetime | None = None, **more
) -> JointAnswer:
    """The head of an asked village answers in writing, with the letter where its Musyawarah has decided."""
    place = offer.places.select_related("village", "offer").get(village=people.village)
    with clock.at(at or on(DAY, 8)):
        return answers.answer_joint_offer(
            by=people.by("kades"), place=place, kind=kind, number=f"140/{people.village[-4:]}/2026", notes=notes, **more
        )


def all_agreed(*villages: People, offer: JointOffer, send=SENT) -> None:
    """Every one of these villages agrees, binding, and sends its delegates; those that are asked say so in writing."""
    for people in villages:
        binding(people, decides(people, offer, send=send))
        if people.village != offer.village_id:
            writes(people, offer)


CALLED, HELD = DAY + timedelta(days=10), DAY + timedelta(days=24)


def called(people: People, offer: JointOffer) -> JointMeeting:
    with clock.at(on(CALLED)):
        return actions.call_joint_meeting(
            by=people.by("kades"), offer=offer, number="01/MAD/III/2026", held_on=HELD, starts=time(9), place="Pendopo"
        )


def in_session(people: People, meeting: JointMeeting, absent: Sequence[str] = ()) -> JointMeeting:
    """Every delegate is there but those of these villages' names; all six topics are answered, every village agrees."""
    here = [e.code for s in queries.seats_of(meeting) for e in s.delegates if e.name not in absent]
    with clock.at(on(HELD)):
        meeting = actions.record_joint_attendance(
            by=people.by("sekdes"), meeting=meeting, chair="Sutrisno Hadi", minute_taker="Wulan Pratiwi", present=here
        )
        for topic in JOINT_TOPICS:
            meeting = actions.answer_joint_topic(
                by=people.by("sekdes"), meeting=meeting, topic=topic, answer=f"Dibahas, pokok {topic}."
            )
        for seat in meeting.seats.all():
            meeting = says(people, meeting, seat.village_id)
    return meeting


def says(people: People, meeting: JointMeeting, village: str, agrees: bool = True) -> JointMeeting:
    return actions.say_for_village(
        by=people.by("sekdes"),
        meeting=meeting,
        village=village,
        agrees=agrees,
        dues=60_000_000,
        note="Dua kali setahun.",
    )


def finalised(people: People, meeting: JointMeeting, result: str = "agreed", reason: str = "") -> JointMeeting:
    with clock.at(on(HELD, 5)):
        meeting = actions.decide_jointly(by=people.by("bpd"), meeting=meeting, result=result, reason=reason)
        return actions.finalise_joint_minutes(
            by=people.by("bpd"), meeting=meeting, number="BA-MAD/01/III/2026", dated=HELD, ends=time(13, 30)
        )


def signs(people: People, meeting: JointMeeting) -> JointMeeting:
    """The head of this village signs what stands there now."""
    seat, words = meeting.seats.get(village=people.village), JointMeeting.objects.get(pk=meeting.pk).minutes_hash
    with clock.at(on(HELD, 6)):
        actions.sign_joint_minutes(by=people.by("kades"), seat=seat, seen=words)
    return JointMeeting.objects.get(pk=meeting.pk)


def words_on(paper: Prepared) -> str:
    """The words of a paper as it is printed."""
    return makers.words_of(files.read(paper.pdf.sha256))
