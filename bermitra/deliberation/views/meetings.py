"""All meetings, and the page of one: how it stands, what it waits for, what may be done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.deliberation import queries, signs
from bermitra.deliberation.models import (
    Meeting,
    Subject,
)
from bermitra.deliberation.rules import LABELS, TOPICS
from bermitra.deliberation.views.common import (
    KIND_OF,
    PAGE,
    meeting_at,
    papers_of,
    remedies,
    sheets_of,
)
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.rules import Finding, unmet
from bermitra.foundation.text import _ as marked

# Doors of a meeting's page: which state, which verb.
DOORS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("deliberation.make_binding", ("objection_window",), marked("Tetapkan keputusan mengikat")),
    ("deliberation.countersign", ("countersigning",), marked("Tandatangani berita acara")),
    ("deliberation.record_signed_sheet", ("countersigning",), marked("Catat lembar bertanda tangan")),
    ("deliberation.finalise_minutes", ("minutes_draft",), marked("Selesaikan berita acara")),
    ("deliberation.record_decision", ("in_session",), marked("Catat keputusan")),
    ("deliberation.name_delegates", ("in_session", "minutes_draft"), marked("Sebut delegasi desa")),
    ("deliberation.draft_minutes", ("in_session", "minutes_draft"), marked("Isi draf berita acara")),
    ("deliberation.hand_chair", ("in_session",), marked("Serahkan pimpinan")),
    ("deliberation.open_second_session", ("adjourned",), marked("Buka sidang kedua")),
    ("deliberation.open_session", ("invited", "waiting_quorum"), marked("Buka sidang")),
    ("deliberation.invite", ("planned",), marked("Kirim undangan")),
    ("deliberation.table_text", ("planned",), marked("Tambah pokok")),
    (
        "deliberation.record_attendance",
        ("invited", "waiting_quorum", "adjourned", "in_session"),
        marked("Catat kehadiran"),
    ),
    (
        "deliberation.add_attendee",
        ("planned", "invited", "waiting_quorum", "adjourned", "in_session"),
        marked("Tambah orang"),
    ),
    ("deliberation.postpone", ("invited",), marked("Tunda menunggu kuorum")),
    ("deliberation.adjourn", ("waiting_quorum",), marked("Jadwalkan sidang kedua")),
    ("deliberation.object", ("objection_window",), marked("Ajukan keberatan")),
    ("deliberation.draw_again", ("countersigning",), marked("Undi pengganti")),
    ("deliberation.return_minutes", ("countersigning", "objection_window"), marked("Kembalikan berita acara")),
    ("deliberation.cancel", ("planned", "invited", "waiting_quorum", "adjourned"), marked("Batalkan musyawarah")),
    ("deliberation.issue_decree", ("binding",), marked("Terbitkan Keputusan BPD")),
    ("deliberation.annul", ("minutes_draft", "objection_window", "binding"), marked("Nyatakan tidak sah")),
)
# Doors that carry a meeting on, the most advanced first; those in GATED only once their rules are met.
FORWARD = (
    "deliberation.make_binding",
    "deliberation.countersign",
    "deliberation.record_signed_sheet",
    "deliberation.finalise_minutes",
    "deliberation.record_decision",
    "deliberation.draft_minutes",
    "deliberation.open_second_session",
    "deliberation.open_session",
    "deliberation.invite",
    "deliberation.table_text",
    "deliberation.record_attendance",
)
GATED = frozenset(
    {
        "deliberation.make_binding",
        "deliberation.finalise_minutes",
        "deliberation.open_second_session",
        "deliberation.open_session",
        "deliberation.invite",
    }
)


def meetings(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.meetings_visible_to(person).select_related("village").order_by("-held_on", "-pk")
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        last = get_object_or_404(queries.meetings_visible_to(person), pk=int(before))
        found = queries.earlier_than(found, last)
    page = list(found[: PAGE + 1])
    context = {
        "items": [_as_row(each) for each in page[:PAGE]],
        "next": f"?sebelum={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "may_plan": any(office.role in queries.CLERKS for office in person.offices),
        "waiting": queries.texts_waiting(
            o.region_id for o in person.offices if o.role in queries.CLERKS and o.region_id
        ),
    }
    return render(request, "deliberation/meetings.html", context)


def _as_row(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "state": LABELS[meeting.state].staff, "kind": KIND_OF.get(meeting.state, "doing")}


def meeting(request: HttpRequest, code: str) -> HttpResponse:
    person, held = person_of(request), queries.read_whole(meeting_at(request, code, signs.with_facts))
    reach, today = held.reach(), clock.today()
    norms = standing(held.village_id) if held.state in queries.ASKED_IN else None
    open_doors = [
        {"url": reverse(door, args=[code]), "verb": _(verb), "door": door}
        for door, states, verb in DOORS
        if held.state in states and may_open(person, door, reach) and _of_use(person, door, held)
    ]
    signed = (
        [each for each in held.signatures.all() if each.minutes_hash == held.minutes_hash] if held.minutes_hash else []
    )
    trouble = signs.shown(held, norms)
    findings = queries.checks(held, today, norms, person_of(request).code) + signs.findings(held, trouble, norms)
    context = {
        "meeting": held,
        "example": held.example,
        "label": LABELS[held.state],
        "kind": KIND_OF.get(held.state, "doing"),
        "doors": open_doors,
        "next": _next(open_doors, findings),
        "findings": findings,
        "signs": trouble,
        "may_explain": bool(trouble) and may_open(person, "deliberation.explain_sign", reach),
        "acts": remedies(person, held),
        "here": queries.presence(held),
        "by_element": _element_rows(held),
        "subjects": held.subjects.all(),
        "topics": _topics(held),
        "signatures": signed,
        "lot": _lot(held),
        "may_see_list": may_open(person, "page.attendance", reach),
        "objections": held.objections.all() if held.published_on else [],
        "window_ends": queries.window_ends(held, norms.numbers) if norms else None,
        "papers": papers_of(held) if held.invited_on else [],
        "sheets": sheets_of(held) if signed and may_open(person, "page.signed_sheet", reach) else [],
        "delegates": _delegates(held),
        "may_complete": may_open(person, "deliberation.complete_attendee", reach),
        "may_answer": may_open(person, "deliberation.answer_objection", reach),
        "may_topic": held.state in ("in_session", "minutes_draft")
        and may_open(person, "deliberation.answer_topic", reach),
    }
    return render(request, "deliberation/meeting.html", context)


def _of_use(person: Any, door: str, held: Meeting) -> bool:
    """Whether a door that a person may open leads anywhere just now: the lot tells who signs for the residents."""
    if door == "deliberation.draw_again":
        return bool(queries.drawn_unsigned(held))
    if door == "deliberation.issue_decree":
        return bool(queries.subjects_to_decree(held))
    if door == "deliberation.name_delegates":
        return queries.may_send(held) and queries.joint_subjects(held).exists()
    return door != "deliberation.countersign" or not unmet(queries.signing_checks(person, held))


def _lot(held: Meeting) -> dict[str, Any]:
    """On whom the lot fell and how many have signed; empty where nobody was drawn."""
    drawn, waiting = queries.witnesses(held) if held.minutes_hash else [], queries.drawn_unsigned(held)
    for each in drawn:
        each.waits = each in waiting  # type: ignore[attr-defined]
    stand = [each for each in drawn if not each.passed_over_because]
    return {"drawn": drawn, "n": len(stand), "signed": len(stand) - len(waiting)} if drawn else {}


def _cooperates(held: Meeting) -> bool:
    return any(each.kind == Subject.Kind.COOPERATION for each in held.subjects.all())


def _delegates(held: Meeting) -> list[tuple[str, str]]:
    """Whom the village sends into a Musyawarah antar-Desa."""
    named = held.delegates.order_by("pk") if held.opened_at and queries.may_send(held) else ()
    return [(each.name, each.get_sex_display()) for each in named]


def _next(doors: list[dict[str, str]], findings: tuple[Finding, ...]) -> dict[str, str] | None:
    """The one door that the green box leads to: never one that ends, returns or waits. What yields is asked there."""
    shut = GATED if any(not each.yields for each in unmet(findings)) else frozenset()
    found = {each["door"]: each for each in doors}
    return next((found[door] for door in FORWARD if door in found and door not in shut), None)


def _element_rows(held: Meeting) -> list[tuple[Any, ...]]:
    return [
        (queries.element_name(code), each.female, each.male, each.invited)
        for code, each in queries.by_element(held).items()
    ]


def _topics(held: Meeting) -> list[dict[str, Any]]:
    """The nine topics with what was said, where the meeting is about a cooperation."""
    if not _cooperates(held):
        return []
    said = {each.topic: each.answer for each in held.answers.all()} if held.opened_at else {}
    return [{"number": number, "title": title, "answer": said.get(number, "")} for number, title in TOPICS.items()]
