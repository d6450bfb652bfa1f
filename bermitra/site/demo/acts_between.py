"""Acts of villages that bind themselves to one another: offer, each village's Musyawarah, the joint text, the body.

A Musyawarah is four acts, each by the chair of one village's BPD: ``between.call``, ``between.hold``, ``between.sign`` and
``between.bind``. The people of a village are told apart by what stands before the hyphen of their code.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from django.db.models import Model

from bermitra.agreements.joint import actions as joint
from bermitra.agreements.joint import letters, queries, sealing
from bermitra.agreements.joint.body import actions as bodies
from bermitra.agreements.joint.body import letters as body_letters
from bermitra.agreements.joint.body import queries as body_queries
from bermitra.agreements.joint.body import sealing as body_sealing
from bermitra.agreements.joint.body.models import JointBody, JointDue
from bermitra.agreements.joint.models import JointParty, JointRegulation
from bermitra.deliberation.inter_village import actions as offers
from bermitra.deliberation.inter_village import letters as offer_letters
from bermitra.deliberation.inter_village.actions import Sent, with_minutes
from bermitra.deliberation.inter_village.answers import actions as answers
from bermitra.deliberation.inter_village.answers.letters import answer_paper
from bermitra.deliberation.inter_village.answers.queries import answer_of
from bermitra.deliberation.inter_village.queries import seats_of
from bermitra.deliberation.models import JointMeeting, JointOffer, Meeting
from bermitra.site.demo import acts_deliberation as village_acts
from bermitra.site.demo.cast import cast, invitees, name_of
from bermitra.site.demo.stage import Stage, StoryBroken, plays
from bermitra.site.demo.story import StoryAct


def _of(act: StoryAct, office: str) -> str:
    """Who holds an office in the village of whoever acts."""
    return f"{act.who.partition('-')[0]}-{office}"


def _place(act: StoryAct) -> str:
    return cast()[act.who].region


# The Musyawarah of one village -------------------------------------------------------------------------------------------
@plays("between.call")
def call(stage: Stage, act: StoryAct) -> Model | None:
    """Planned, with the text that waits for this village, and everybody invited."""
    where, data, name = _place(act), dict(act.data), act.name
    if not data.pop("again", False):
        village_acts.list_invitees(stage, replace(act, data={"where": where}))
    village = stage.village(where)
    plan = {
        "kind": "planned", "topic": data["topic"], "place": f"Balai Desa {village.name}", "where": where,
        "held_on": data["held_on"], "starts": data["starts"],
    }  # fmt: skip
    meeting = village_acts.plan(stage, replace(act, data=plan))
    if meeting is None:
        raise StoryBroken(f"langkah {act.step}: musyawarah tidak terencana")
    stage.memory.remember(name, meeting)
    village_acts.table_text(stage, replace(act, data={"meeting": name, "text": data["text"]}))
    village_acts.invite(stage, replace(act, data={"meeting": name, "number": data["number"]}))
    return meeting


@plays("between.hold")
def hold(stage: Stage, act: StoryAct) -> Model | None:
    """From the attendance sheet to the minutes as they are final; ``delegates`` are whom the village sends."""
    data, clerk = act.data, replace(act, who=_of(act, "bpd-2"))
    of = {"meeting": data["meeting"]}
    village_acts.record_attendance(stage, replace(clerk, data={**of, "absent": data.get("absent", ())}))
    opened = {**of, "chair": act.who, "minute_taker": clerk.who}
    village_acts.open_session(stage, replace(act, act="deliberation.open_session", data=opened))
    village_acts.answer_topics(stage, replace(clerk, data={**of, "topics": data["topics"]}))
    decided = {**of, "result": "agreed", "mode": "consensus", "approving": data["approving"]}
    if "conditions" in data:
        decided["conditions"] = data["conditions"]
    village_acts.record_decision(stage, replace(act, data=decided))
    if "delegates" in data:
        people = {each.name: each for each in invitees(_place(act))}
        sent = [Sent(who.name, who.sex, who.elements[0]) for who in (people[name_of(e)] for e in data["delegates"])]
        meeting, offer = stage.get(data["meeting"], Meeting), stage.get(data["offer"], JointOffer)
        stage.open(offers.name_delegates, act.who, meeting=meeting, offer=offer, people=sent)
    minutes = {**of, "number": data["number"], "dated": act.on, "ends": data["ends"], "discussion": data["discussion"]}
    village_acts.draft_minutes(stage, replace(clerk, data=minutes))
    village_acts.finalise_minutes(stage, replace(act, data=of))
    return None


@plays("between.sign")
def sign_minutes(stage: Stage, act: StoryAct) -> Model | None:
    signers = [_of(act, office) for office in ("bpd", "bpd-2", "kades")]
    told = {"meeting": act.data["meeting"], "by_account": signers}
    return village_acts.countersign(stage, replace(act, who=_of(act, "sekdes"), data=told))


@plays("between.bind")
def bind(stage: Stage, act: StoryAct) -> Model | None:
    return village_acts.make_binding(stage, act)


# The offer and the Musyawarah antar-Desa ---------------------------------------------------------------------------------
@plays("deliberation.draft_joint_offer")
def draft_offer(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    contents = data.pop("contents")
    offer: JointOffer = stage.open(
        offers.draft_joint_offer, act.who, village=stage.village(), example=True, **data,
    )  # fmt: skip
    stage.open(offers.word_joint_offer, act.who, offer=offer, contents=contents)
    return offer


@plays("deliberation.send_joint_offer")
def send_offer(stage: Stage, act: StoryAct) -> Model | None:
    offer, number, by = stage.get(act.data["offer"], JointOffer), act.data["number"], stage.knock(act.who)
    papers = offer_letters.offer_letters(offer, key=by.key, number=number, dated=act.on)
    stage.open(offers.send_joint_offer, by, offer=offer, letter_number=number, letters=papers)
    return None


@plays("deliberation.answer_joint_offer")
def answer_offer(stage: Stage, act: StoryAct) -> Model | None:
    """In writing, as the village's own Musyawarah has decided."""
    offer, by = stage.get(act.data["offer"], JointOffer), stage.knock(act.who)
    said = answer_of(offer.places.select_related("village__parent", "offer__village").get(village=_place(act)))
    given = {
        "kind": said.fitting_kind,
        "number": act.data["number"],
        "notes": said.decided.conditions if said.decided else "",
    }
    paper = answer_paper(said, key=by.key, dated=act.on, **given)
    stage.open(answers.answer_joint_offer, by, place=said.place, paper=paper, **given)
    return None


@plays("deliberation.call_joint_meeting")
def call_jointly(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    offer, by = stage.get(data.pop("offer"), JointOffer), stage.knock(act.who)
    data["starts"] = time.fromisoformat(data["starts"])
    paper = offer_letters.invitation_paper(offer, key=by.key, dated=act.on, **data)
    return stage.open(offers.call_joint_meeting, by, offer=offer, paper=paper, **data)


@plays("deliberation.decide_jointly")
def meet(stage: Stage, act: StoryAct) -> Model | None:
    """Every delegate is there; each village has one voice and names its dues; the minutes are final."""
    data, clerk = act.data, _of(act, "bpd-2")
    meeting = stage.get(data["meeting"], JointMeeting)
    present = [each.code for seat in seats_of(meeting) for each in getattr(seat, "delegates", ())]
    people = {"chair": name_of(data["chair"]), "minute_taker": name_of(clerk)}
    stage.open(offers.record_joint_attendance, clerk, meeting=meeting, present=present, **people)
    for topic, answer in data["topics"].items():
        stage.open(offers.answer_joint_topic, clerk, meeting=meeting, topic=topic, answer=answer)
    for village, said in data["voices"].items():
        stage.open(offers.say_for_village, clerk, meeting=meeting, village=village, agrees=True, **said)
    stage.open(offers.decide_jointly, act.who, meeting=meeting, result="agreed")
    by, minutes = stage.knock(act.who), {**data["minutes"], "dated": act.on}
    minutes["ends"] = time.fromisoformat(minutes["ends"])
    held = with_minutes(JointMeeting.objects.select_related("offer__village__parent").get(pk=meeting.pk), **minutes)
    paper = offer_letters.minutes_paper(held, key=by.key)
    stage.open(offers.finalise_joint_minutes, by, meeting=meeting, paper=paper, **minutes)
    return None


@plays("deliberation.sign_joint_minutes")
def sign_jointly(stage: Stage, act: StoryAct) -> Model | None:
    meeting = stage.get(act.data["meeting"], JointMeeting)
    seat = meeting.seats.select_related("meeting__offer").get(village=_place(act))
    stage.open(offers.sign_joint_minutes, act.who, seat=seat, seen=meeting.minutes_hash)
    return None


# The Peraturan Bersama ---------------------------------------------------------------------------------------------------
def _regulation(stage: Stage, act: StoryAct) -> JointRegulation:
    along = ("offer__village", "village", "paper__file", "scan")
    found = stage.get(act.data["regulation"], JointRegulation)
    return JointRegulation.objects.select_related(*along).get(pk=found.pk)


def _party(stage: Stage, act: StoryAct) -> JointParty:
    """The village of whoever acts."""
    found = JointParty.objects.select_related("village__parent", "regulation")
    return found.get(regulation=stage.get(act.data["regulation"], JointRegulation), village=_place(act))


@plays("agreements.start_joint_draft")
def start_draft(stage: Stage, act: StoryAct) -> Model | None:
    return stage.open(joint.start_joint_draft, act.who, offer=stage.get(act.data["offer"], JointOffer))


@plays("agreements.propose_joint_change")
def propose_change(stage: Stage, act: StoryAct) -> Model | None:
    data: dict[str, Any] = {name: value for name, value in act.data.items() if name != "regulation"}
    blanks = data.get("blanks", {})
    data["blanks"] = {name: each.isoformat() if hasattr(each, "isoformat") else each for name, each in blanks.items()}
    stage.open(joint.propose_joint_change, act.who, party=_party(stage, act), **data)
    return None


@plays("agreements.record_joint_consultation")
def consult(stage: Stage, act: StoryAct) -> Model | None:
    data = {name: value for name, value in act.data.items() if name != "regulation"}
    data["said"] = [(row["text"], row["answer"]) for row in data.get("said", ())]
    stage.open(joint.record_joint_consultation, act.who, party=_party(stage, act), held_on=act.on, **data)
    return None


@plays("agreements.accept_joint_text")
def accept_text(stage: Stage, act: StoryAct) -> Model | None:
    seen = queries.newest_version(_regulation(stage, act)).text_hash
    stage.open(joint.accept_joint_text, act.who, party=_party(stage, act), seen=seen)
    return None


@plays("agreements.give_joint_number")
def give_number(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(joint.give_joint_number, act.who, party=_party(stage, act), number=act.data["number"])
    return None


@plays("agreements.table_joint_text")
def table_text(stage: Stage, act: StoryAct) -> Model | None:
    stage.open(joint.table_joint_text, act.who, regulation=_regulation(stage, act))
    return None


@plays("agreements.lock_joint_text")
def lock_text(stage: Stage, act: StoryAct) -> Model | None:
    held, by, place = _regulation(stage, act), stage.knock(act.who), act.data["place"]
    paper = letters.regulation_paper(held, queries.stands(held), key=by.key, made_on=act.on, place=place)
    stage.open(joint.lock_joint_text, by, regulation=held, made_on=act.on, place=place, paper=paper)
    return None


@plays("agreements.sign_joint_text")
def sign_text(stage: Stage, act: StoryAct) -> Model | None:
    held = _regulation(stage, act)
    if held.paper is None:
        raise StoryBroken(f"langkah {act.step}: naskah belum terkunci")
    stage.open(joint.sign_joint_text, act.who, party=_party(stage, act), seen=held.paper.file.sha256)
    sealing.seal(_regulation(stage, act))
    return None


@plays("agreements.promulgate_joint_text")
def promulgate(stage: Stage, act: StoryAct) -> Model | None:
    held, party, by, number = _regulation(stage, act), _party(stage, act), stage.knock(act.who), act.data["number"]
    papers = letters.gazette_papers(held, party, key=by.key, number=number, dated=act.on, secretary=name_of(act.who))
    stage.open(joint.promulgate_joint_text, by, party=party, gazette_number=number, papers=papers)
    return None


# The body that carries it out --------------------------------------------------------------------------------------------
@plays("agreements.form_joint_body")
def form_body(stage: Stage, act: StoryAct) -> Model | None:
    data = dict(act.data)
    regulation = stage.get(data.pop("regulation"), JointRegulation)
    data["seats"] = [bodies.Seated(**row) for row in data["seats"]]
    by, given = stage.knock(act.who), (data["decree_number"], data["decree_on"], data["bank"], data["account_name"])
    paper = body_letters.decree_paper(regulation, body_letters.Decree(*given, tuple(data["seats"])), key=by.key)
    body = stage.open(bodies.form_joint_body, by, regulation=regulation, paper=paper, **data)
    body_sealing.seal(body.paper)
    return body


@plays("agreements.accept_joint_body")
def accept_body(stage: Stage, act: StoryAct) -> Model | None:
    body = stage.get(act.data["body"], JointBody)
    village = stage.village(_place(act))
    stage.open(bodies.accept_joint_body, act.who, village=village, body=body, seen=body.words_hash)
    body_sealing.seal(body.paper)
    return None


def _due(stage: Stage, act: StoryAct, village: str) -> JointDue:
    """The first due of a village that is not paid whole."""
    owed = body_queries.owed(stage.get(act.data["body"], JointBody), act.on, village)
    return next(each.due for each in owed if each.rest)


@plays("agreements.pay_joint_due")
def pay_due(stage: Stage, act: StoryAct) -> Model | None:
    due, paid = _due(stage, act, _place(act)), {"amount": act.data["amount"], "receipt": act.data["receipt"]}
    stage.open(bodies.pay_joint_due, act.who, due=due, paid_on=act.on, **paid)
    return None


@plays("agreements.confirm_joint_payment")
def see_payment(stage: Stage, act: StoryAct) -> Model | None:
    payment = body_queries.unseen(_due(stage, act, act.data["payer"]))
    stage.open(bodies.confirm_joint_payment, act.who, payment=payment, found=True)
    return None
