"""Acts of the Musyawarah and of consent."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db.models import Model

from bermitra.deliberation import actions, letters, queries
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.consent import letters as consent_letters
from bermitra.deliberation.consent.queries import LAST
from bermitra.deliberation.models import Attendee, ConsentProcess, Meeting, ReadyText
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.models import Paper
from bermitra.partnership.models import Case
from bermitra.partnership.queries import sheet_in_words, term_sheet
from bermitra.site.demo.cast import invitees, name_of
from bermitra.site.demo.prints import minutes_of_step, signed_by_hand
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


@plays("deliberation.list_invitees")
def list_invitees(stage: Stage, act: StoryAct) -> Model | None:
    """``where``: somewhere else than in the story's village."""
    without, village = set(act.data.get("without_elements", ())), stage.village(act.data.get("where", ""))
    people = [who for who in invitees(village.pk) if not without & set(who.elements)]
    stage.open(actions.list_invitees, act.who, village=village, people=people)
    return None


@plays("deliberation.plan")
def plan(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    return stage.open(
        actions.plan, act.who, village=stage.village(data.get("where", "")), kind=data["kind"], topic=data["topic"], place=data["place"],
        held_on=data["held_on"], starts=time.fromisoformat(data["starts"]),
        sudden_because=data.get("sudden_because", ""), example=True,
    )  # fmt: skip


@plays("deliberation.table_text")
def table_text(stage: Stage, act: StoryAct) -> Model | None:
    """The sheet of a case comes before the meeting, exactly as it was closed; or a ready text, as its sides agreed to it:
    an addendum, or what several villages are to decide on."""
    meeting = _meeting(stage, act)
    if named := act.data.get("amendment", act.data.get("text")):
        record: Any = stage.memory.recall(named)
        ready = ReadyText.objects.get(code=record.code, village=meeting.village)
        stage.open(
            actions.table_text, act.who, meeting=meeting, kind=ready.kind, title=ready.title, text=ready.text,
            text_hash=ready.text_hash, subject_code=ready.code, partner=ready.partner,
        )  # fmt: skip
        return None  # the record has its name already
    sheet = term_sheet(stage.get(act.data["case"], Case))
    if sheet is None:
        raise StoryBroken(f"langkah {act.step}: belum ada lembar pokok")
    stage.open(
        actions.table_text, act.who, meeting=meeting, kind="cooperation", title=sheet.title, text=sheet_in_words(sheet),
        text_hash=sheet.text_hash, subject_code=sheet.code,
        partner=sheet.partner.code if sheet.partner is not None else "",
    )  # fmt: skip
    return sheet


@plays("deliberation.invite")
def invite(stage: Stage, act: StoryAct) -> Model | None:
    meeting, by = _meeting(stage, act), stage.knock(act.who)
    paper = letters.invitation_paper(meeting, key=by.key, number=act.data["number"], invited_on=act.on)
    sheet = letters.blank_sheet_paper(meeting, key=by.key, dated=act.on)
    stage.open(
        actions.invite, by, meeting=meeting, number=act.data["number"], invited_on=act.on, paper=paper, sheet=sheet
    )
    return None


@plays("deliberation.record_attendance")
def record_attendance(stage: Stage, act: StoryAct) -> Model | None:
    """Everybody of the list has signed, but those who are named ``absent``; guests sign as observers."""
    meeting, data = _meeting(stage, act), act.data
    for guest in data.get("guests", ()):
        who = actions.Who(name_of(guest), data["guests"][guest], "Tamu", ("community_leader",))
        stage.open(actions.add_attendee, act.who, meeting=meeting, who=who, observer=True)
    absent = {name_of(who) for who in data.get("absent", ())}
    thumbs = {name_of(who) for who in data.get("thumbs", ())}
    lines = Attendee.objects.filter(meeting=meeting).order_by("pk")
    here = [line for line in lines if line.name not in absent]
    stage.open(
        actions.record_attendance, act.who, meeting=meeting,
        signed=[line.code for line in here if line.name not in thumbs],
        thumbs=[line.code for line in here if line.name in thumbs],
        helper=name_of(data["helper"]) if thumbs else "",
    )  # fmt: skip
    return None


@plays("deliberation.postpone")
def postpone(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.postpone, act.who, meeting=_meeting(stage, act))
    return None


@plays("deliberation.adjourn")
def adjourn(stage: Stage, act: StoryAct) -> Model | None:
    meeting, by = _meeting(stage, act), stage.knock(act.who)
    second = {"held_on": act.data["held_on"], "starts": time.fromisoformat(act.data["starts"])}
    sheet = letters.blank_sheet_paper(meeting, key=by.key, dated=act.on, **second)
    stage.open(actions.adjourn, by, meeting=meeting, sheet=sheet, **second)
    return None


@plays("deliberation.open_session", "deliberation.open_second_session")
def open_session(stage: Stage, act: StoryAct) -> Model | None:
    given: dict[str, Any] = {"chair": name_of(act.data["chair"]), "minute_taker": name_of(act.data["minute_taker"])}
    if act.act == "deliberation.open_session":
        stage.open(actions.open_session, act.who, meeting=_meeting(stage, act), **given)
    else:
        stage.open(actions.open_second_session, act.who, meeting=_meeting(stage, act), held_on=act.on, **given)
    return None


@plays("deliberation.answer_topic")
def answer_topics(stage: Stage, act: StoryAct) -> Model | None:
    for number, answer in act.data["topics"].items():
        stage.open(actions.answer_topic, act.who, meeting=_meeting(stage, act), topic=number, answer=answer)
    return None


@plays("deliberation.record_decision")
def record_decision(stage: Stage, act: StoryAct) -> Model | None:
    """The same on every subject of the meeting."""
    meeting, data = _meeting(stage, act), dict(act.data)
    del data["meeting"]
    data["conditions"] = "\n".join(data.get("conditions", ()))
    data |= {counter: name_of(data[counter]) for counter in ("counter_one", "counter_two") if counter in data}
    for subject in meeting.subjects.order_by("pk"):
        stage.open(
            actions.record_decision, act.who, meeting=meeting, subject_code=subject.code, seen=subject.text_hash, **data
        )
    return None


@plays("deliberation.draft_minutes")
def draft_minutes(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    stage.open(
        actions.draft_minutes, act.who, meeting=_meeting(stage, act), number=data["number"], dated=data["dated"],
        ends=time.fromisoformat(data["ends"]), discussion=data.get("discussion", ""),
        absence_reason=data.get("absence_reason", ""),
    )  # fmt: skip
    return None


@plays("deliberation.finalise_minutes")
def finalise_minutes(stage: Stage, act: StoryAct) -> Model | None:
    meeting, by = _meeting(stage, act), stage.knock(act.who)
    paper = letters.minutes_paper(meeting, key=by.key)
    stage.open(actions.finalise_minutes, by, meeting=meeting, paper=paper)
    return None


@plays("deliberation.countersign")
def countersign(stage: Stage, act: StoryAct) -> Model | None:
    """Officials with their own accounts; the drawn residents on the printed sheet, which the secretary scans."""
    meeting = _meeting(stage, act)
    for who in act.data["by_account"]:
        stage.open(actions.countersign, who, meeting=meeting, seen=meeting.minutes_hash)
    by = stage.knock(act.who)
    paper = Paper.objects.filter(about=about_of(meeting), kind="minutes").latest("issued_at")
    sheet, _pages = signed_by_hand(paper)
    residents = [each.attendee.name for each in queries.drawn_now(meeting)]  # no story knows on whom the lot falls
    stage.open(actions.record_signed_sheet, by, meeting=meeting, sheet=sheet, residents=residents)
    return None


@plays("deliberation.make_binding")
def make_binding(stage: Stage, act: StoryAct) -> Model | None:
    """The chair reads the names on the signed sheet himself."""
    meeting = _meeting(stage, act)
    names = [(each.capacity, each.name) for each in queries.on_sheet(meeting)]
    seen = queries.signatures_hash(meeting)
    stage.open(actions.make_binding, act.who, meeting=meeting, seen=seen, names=names)
    return None


@plays("deliberation.object")
def object_to(stage: Stage, act: StoryAct) -> Model | None:
    """A resident objects while the minutes lie open, and the chair answers."""
    meeting = _meeting(stage, act)
    name = name_of(act.data["resident"])
    objection = stage.open(actions.object_to, act.who, meeting=meeting, name=name, text=act.data["text"])
    stage.open(actions.answer_objection, act.data["answered_by"], objection=objection, answer=act.data["answer"])
    return None


@plays("deliberation.annul")
def annul(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(actions.annul, act.who, meeting=_meeting(stage, act), why=act.data["why"])
    return None


@plays("deliberation.begin_consent")
def begin_consent(stage: Stage, act: StoryAct) -> Model | None:
    data = act.data
    case = stage.get(data["case"], Case)
    return stage.open(
        consents.begin_consent, act.who, village=stage.village(), about=case.code, title=case.title, group=data["group"],
        language=data["language"], informed_on=act.on, example=True,
    )  # fmt: skip


@plays("deliberation.record_consent_step", "deliberation.give_consent")
def consent_step(stage: Stage, act: StoryAct) -> Model | None:
    """Each step with the photograph of its signed minutes; the last with the statement of the group."""
    data = dict(act.data)
    process = stage.get(data.pop("consent"), ConsentProcess)
    scan = minutes_of_step(data["minutes_number"], act.on, data["male"], data["female"], data["minutes"])
    given = {"process": process, "held_on": act.on, "local_language": True, "scan": scan, **data}
    if act.act != "deliberation.give_consent":
        stage.open(consents.record_consent_step, act.who, **given)
        return None
    by = stage.knock(act.who)
    last = consent_letters.Held(LAST, act.on, data["minutes_number"], data["male"], data["female"])
    paper = consent_letters.statement_paper(process, last, data["minutes"], key=by.key)
    stage.open(consents.give_consent, by, **{"given_by": "affected_group", "paper": paper, **given})
    return None


def _meeting(stage: Stage, act: StoryAct) -> Meeting:
    return stage.get(act.data["meeting"], Meeting)
