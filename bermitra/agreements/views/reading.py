"""Reading an agreement: its room, its conditions, its text, its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import book, letters, queries, sealing, text
from bermitra.agreements.changing.views.room import changes_of
from bermitra.agreements.models import Agreement, WetScan
from bermitra.agreements.rules import BINDS_IN, DRAFTED_IN, LABELS, PARTIES, SLOT_LABELS, WITHIN_DECISION, WORDED
from bermitra.agreements.views.comments import remarks_by_place
from bermitra.agreements.views.common import DOORS, ENDING, LEAVING, REMEDIES, agreement_at, doors_of, gone_of
from bermitra.agreements.villages.queries import holder_facts, takeovers_of
from bermitra.agreements.villages.rules import HOLDER
from bermitra.agreements.warnings.views import warnings_of
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, handing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import render as render_pdf
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.rules import Finding, examine
from bermitra.foundation.text import _ as marked
from bermitra.partnership import sheet
from bermitra.partnership.queries import form_label
from bermitra.partnership.rules import SHEET_IN


def room(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    version, scanned = queries.newest_version(held), queries.newest_scan(held)
    slots = queries.slots_of(held)
    on_paper = scanned is not None and scanned.state == WetScan.State.WAITING
    doors = doors_of(request, held, slots, on_paper=on_paper)
    gone = gone_of(held)
    if gone is not None:  # nobody signs for the village any more: what is left is to end it
        doors = [each for each in doors if each["door"] in ENDING]
    forward = [each for each in doors if each["door"] not in LEAVING]
    waits = held.state not in BINDS_IN or held.published_at is None
    accepted = {each.party: each for each in version.acceptances.all()}
    context = {
        "agreement": held,
        "case": held.case,
        "example": held.example,
        "version": version,
        "label": LABELS[held.state],
        "waiting": _waiting(held, on_paper=on_paper),
        "gone": gone,
        "next": forward[0] if forward and waits else None,
        "doors": forward[1:] if waits else forward,
        "leaving": [each for each in doors if each["door"] in LEAVING],
        "departures": queries.departures(held, version) if held.state in DRAFTED_IN else [],
        "accepted": [{"party": _(name), "accepted": accepted.get(party)} for party, name in PARTIES.items()],
        "conditions": _conditions(held),
        "election": [each for each in queries.election_checks(held) if not each.holds],
        "slots": [{"slot": each, "label": _(SLOT_LABELS[each.state])} for each in slots],
        "scan": scanned,
        **changes_of(request, held),
        **warnings_of(request, held),
        "takeovers": takeovers_of(held.case) if held.binds else [],
        "permit": held.permits.order_by("-pk").first(),
        "batches": list(held.case.batches.order_by("-pk")[:5]),
        "pattern": may_open(person_of(request), "agreements.open_batch", held.reach()),
        "reviews": list(version.reviews.order_by("pk")),
        "may_show": held.state in DRAFTED_IN
        and gone is None
        and may_open(person_of(request), "agreements.show_condition", held.reach()),
    }
    return render(request, "agreements/room.html", context)


def _waiting(held: Agreement, *, on_paper: bool) -> str:
    """Who is waited for, in one sentence."""
    if on_paper:
        return _("Menunggu kedua pihak mengesahkan pindaian tanda tangan basah.")
    if held.state == "in_force" and held.published_at is None:
        return _("Menunggu Sekretaris Desa mengumumkan ringkasan.")
    if held.state in ("text_agreed", "locked") and held.case.state in ("awaiting_permit", "signed"):
        return _(held.case.label.waiting)  # the text stays as it is, somebody else has it now
    return _(LABELS[held.state].waiting)


def checks(request: HttpRequest, code: str) -> HttpResponse:
    """What the next step asks, each line ticked or not, with the way to tick it."""
    held = agreement_at(request, code)
    found = [each for group in queries.checks_of(held, person_of(request)).values() for each in group]
    if gone_of(held) is not None:
        found = [*examine(HOLDER, holder_facts(held.case.village), standing(held.case.village_id)), *found]
    context = {
        "agreement": held,
        "example": held.example,
        "label": LABELS[held.state],
        "waiting": _waiting(held, on_paper=False),  # that a scan waits to be compared stands in the room
        "findings": found,
        "departures": _departures(held, found),
        "acts": _remedies(request, held, found),
    }
    return render(request, "agreements/checks.html", context)


def _remedies(request: HttpRequest, held: Agreement, found: list[Finding]) -> dict[str, dict[str, str]]:
    """Where each unmet condition is met, also those that only warn; no door that this state of the text shuts."""
    person, reach = person_of(request), held.reach()
    verbs = {door: verb for door, states, _cases, verb in DOORS if held.state in states} | {
        "page.agreement_draft": marked("Buka naskah"),
        "agreements.tell_residents": marked("Catat ringkasan dibacakan"),
    }
    wanted = {each.code: REMEDIES.get(each.code, "") for each in found if not each.holds}
    return {
        rule: {"url": reverse(door, args=[held.case.code]), "verb": _(verbs[door])}
        for rule, door in wanted.items()
        if door in verbs and may_open(person, door, reach)
    }


def _conditions(held: Agreement) -> list[dict[str, Any]]:
    asked = queries.conditions_asked(held)
    url = reverse("agreements.show_condition", args=[held.case.code])
    return [
        {
            "says": each.says,
            "proof": held.gates.get(each.code, ""),
            "url": f"{url}?syarat={each.code}",
            "basis": each.basis,
        }
        for each in asked
    ]


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The text article by article, each with the way to change it, for whoever has the turn."""
    held = agreement_at(request, code)
    version = queries.newest_version(held)
    known, change = book.articles(), reverse("agreements.propose_change", args=[code])
    remarks = remarks_by_place(request, held)
    drafted, own = held.state in DRAFTED_IN and gone_of(held) is None, queries.words_facts(held, version)
    context = {
        "agreement": held,
        "example": held.example,
        "version": version,
        "clauses": [
            {**clause, "remarks": remarks.get(clause["code"], []),
             "decided": text.is_decided(known[clause["code"]]), "own": drafted and clause["code"] in own.undecided,
             "unseen": [slot.says for slot in known[clause["code"]].slots.values()
                        if drafted and slot.name in (*own.unpriced, *own.unseen)],
             "filled": bool(known[clause["code"]].slots)}
            for clause in version.clauses
        ],
        "duties": [
            (place, row, drafted and f"duty:{place}" in own.added)
            for place, row in enumerate(version.content["topics"]["duties"])
        ],
        "sources": list(enumerate(version.content["topics"]["money"]["sources"])),
        "annexes": [
            {"kind": kind, "title": name, "columns": [_(text.COLUMNS[each]) for each in columns],
             "added": drafted and f"annex:{kind}" in own.added,
             "rows": [[_cell(each, row.get(each, "")) for each in columns] for row in version.content["annexes"][kind]]}
            for kind, (name, columns) in text.ANNEXES.items()
        ],
        "change": change,
        "may_change": drafted and may_open(person_of(request), "agreements.propose_change", held.reach()),
        "bring": {
            "sheet": reverse("page.term_sheet", args=[code]),
            **{name: reverse(f"agreements.sheet_{name}", args=[code]) for name in ("words", "terms")},
        }
        if held.case.state in SHEET_IN and may_open(person_of(request), "agreements.sheet_words", held.case.reach())
        else {},
        "short": text.is_short(version.content),
        "unread": [form_label(each) for each in book.unread(held.forms)] if held.state in DRAFTED_IN else [],
        "remarks": remarks.get("", []),
        "comment_url": reverse("agreements.comment", args=[code])
        if drafted and may_open(person_of(request), "agreements.comment", held.reach())
        else "",
        "newer_sheet": drafted and queries.sheet_of(held).pk != held.sheet_id,
    }  # fmt: skip
    return render(request, "agreements/draft.html", context)


def _departures(held: Agreement, found: list[Finding]) -> list[str]:
    """What differs from the decision, in words, where a condition asks for it."""
    astray = {each.rule for each in found if not each.holds} & {*WITHIN_DECISION, *WORDED}
    return queries.departures(held, queries.newest_version(held)) if astray and held.state in DRAFTED_IN else []


def _cell(column: str, value: Any) -> Any:
    """A cell of an annex as its paper prints it: days in words, sums in rupiah."""
    if column in ("start", "end") and value:
        return long_date(date.fromisoformat(value))
    return rupiah(int(value or 0)) if column == "amount" else value


def history(request: HttpRequest, code: str) -> HttpResponse:
    """What each side wanted, what was settled, and why."""
    held = agreement_at(request, code)
    known = book.articles()
    steps = [
        {"step": each, "party": _(PARTIES[each.party]), "place": _place(each.what, known)}
        for each in queries.negotiation(held)
    ]
    return render(request, "agreements/history.html", {"agreement": held, "example": held.example, "steps": steps})


def _place(what: str, known: dict[str, book.Article]) -> str:
    kind, _colon, name = what.partition(":")
    if kind == "clause":
        return known[name].title
    if kind == "shape":
        return _("Panjang naskah")
    return _(sheet.TOPICS[name]) if kind == "topic" else text.ANNEXES[name][0]


def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The paper: signed where it was signed electronically, else locked, else a draft that says so on every page."""
    held = agreement_at(request, code)
    if held.registered is None:
        document = letters.draft_document(held, queries.newest_version(held), clock.today())
        content = render_pdf(compose(document))
    else:
        sealing.seal(held)
        signed = queries.signed_file(held)
        content = files.read(signed.file.sha256 if signed else held.registered.sha256)
    return handing.printed(content, f"perjanjian-{code}.pdf")


def word(request: HttpRequest, code: str) -> HttpResponse:
    """The same words for offices that must edit: of the locked text, else of the draft."""
    held = agreement_at(request, code)
    if held.paper is None:
        tree = compose(letters.draft_document(held, queries.newest_version(held), clock.today()))
    else:
        tree = held.paper.source
    return handing.editable(tree, f"perjanjian-{code}.docx")


def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The scan of the sheet that was signed with ink."""
    held = queries.newest_scan(agreement_at(request, code))
    if held is None:
        raise Http404
    return handing.shown(held.file, f"pindaian-{code}")
