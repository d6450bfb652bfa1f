"""The working room of one partnership: what is due, what may be done, what is missing, what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, QuerySet, Subquery, Value
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.agreements import queries as agreements
from bermitra.agreements.existing import queries as existing
from bermitra.agreements.existing.queries import earlier_of
from bermitra.agreements.models import Agreement
from bermitra.agreements.villages.queries import consent_of
from bermitra.delivery.models import GoodsHandover, Plan, Training
from bermitra.desk.box import Line, address, own_line, waiting_line
from bermitra.desk.words import DOORS, HAPPENED, LEAVING, REMEDIES, ROOMS
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import grouped
from bermitra.foundation.commands.act import PUBLIC, SYSTEM
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import about_any, may_open, yours
from bermitra.foundation.journal.models import Event
from bermitra.foundation.money import rupiah
from bermitra.foundation.rules import Finding, unmet
from bermitra.monitoring.models import Framework
from bermitra.partnership import queries as partnership
from bermitra.partnership import sheet
from bermitra.partnership.book import uses_assets
from bermitra.partnership.models import Case, CaseNeed, CaseNote, CasePotential, TermSheet
from bermitra.partnership.queries import cases_visible_to, form_label, touched_words
from bermitra.partnership.rules import (
    EARLIER_IN,
    INTRODUCED,
    LINKED_IN,
    PARTNER_INITIATIVE,
    PREPARED_IN,
    REGISTER_EXISTING,
    SHEET_IN,
    SHEET_LABELS,
    open_doors,
)
from bermitra.selection import queries as selection
from bermitra.selection.models import Call, Proposal, RivalCall, WrittenAnswer

HISTORY = 30
RUNNING = ("pelaksanaan", "pelaporan")
# What belongs to a case besides itself, and the way from there to it.
RECORDS: tuple[tuple[Any, str], ...] = (
    (TermSheet, "case"),
    (Call, "case"),
    (Agreement, "case"),
    (Plan, "agreement__case"),
    (Training, "agreement__case"),
    (GoodsHandover, "case"),
    (Framework, "agreement__case"),
)


def case_for(person: Person) -> QuerySet[Case]:
    """Cases this person may open, with all that the page needs of them in the same statement."""
    needs = Exists(CaseNeed.objects.filter(case=OuterRef("pk")))
    potentials = Exists(CasePotential.objects.filter(case=OuterRef("pk")))
    agreements = Agreement.objects.filter(case=OuterRef("pk")).exclude(state="abandoned").order_by("-pk")
    own = Proposal.objects.filter(case=OuterRef("pk"), call=None, partner=OuterRef("partner")).order_by("-pk")
    rivals = RivalCall.objects.filter(case=OuterRef("pk"))
    seen = cases_visible_to(person).select_related("plan_line", "midterm_line")
    return seen.annotate(
        grounded=needs | potentials,
        call_code=Subquery(Call.objects.filter(case=OuterRef("pk")).exclude(state="cancelled").values("code")[:1]),
        call_direct=Exists(Call.objects.filter(case=OuterRef("pk"), direct=True).exclude(state="cancelled")),
        agreement_code=Subquery(agreements.values("code")[:1]),
        plan_code=Subquery(Plan.objects.filter(agreement__case=OuterRef("pk")).values("code")[:1]),
        offer_code=Subquery(own.values("code")[:1]),
        offer_due=Subquery(own.values("answer_due")[:1]),
        answered=Exists(WrittenAnswer.objects.filter(case=OuterRef("pk"))),
        rivals_code=Subquery(rivals.values("code")[:1]),
        rivals_opened=Subquery(rivals.values("opened_at")[:1]),
        framework_code=Subquery(Framework.objects.filter(agreement__case=OuterRef("pk")).values("code")[:1]),
    )


def records_of(case: Case) -> list[str]:
    """The case, its sheets, calls and agreements, as duties and the journal name them: one statement. Proposals are sealed,
    and stay out."""
    first, *others = (
        kind.objects.filter(**{path: case}).values_list(Value(kind._meta.model_name, output_field=CharField()), "code")
        for kind, path in RECORDS
    )
    return [f"case:{case.code}", *(f"{kind}:{code}" for kind, code in first.union(*others, all=True))]


# What is due ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class NextStep:
    says: str
    url: str
    verb: str
    small: str


@dataclass(frozen=True)
class Due:
    """``next`` fills the green box; ``waiting`` are the duties of others."""

    next: NextStep | None
    waiting: tuple[Line, ...]


def due(about: list[str], person: Person, today: date) -> Due:
    mine = ExpressionWrapper(yours(person), output_field=BooleanField())
    found = Duty.objects.filter(about_any(about)).select_related("region").annotate(mine=mine)
    duties = sorted(found, key=lambda each: (each.due_on or date.max, each.pk))
    steps = [_next(each, person, today) for each in duties if each.mine]
    reachable = [step for step in steps if step is not None]
    waiting = tuple(replace(waiting_line(each, person, today), url="") for each in duties if not each.mine)
    return Due(reachable[0] if reachable else None, waiting)


def _next(duty: Duty, person: Person, today: date) -> NextStep | None:
    line = own_line(duty, person, today)
    url = address(duty.door, duty.url_code)
    verb = _(DOORS[duty.door]) if duty.door in DOORS else _("Kerjakan")
    return NextStep(line.title, url, verb, line.small) if url else None


# What is missing --------------------------------------------------------------------------------------------------
def checks(case: Case, person: Person, held: TermSheet | None) -> dict[str, tuple[Finding, ...]]:
    """What the next doors ask, by door. A stage is asked only in the phases in which it has a door."""
    found = partnership.checks(case, held)
    if case.phase in ("penawaran", "seleksi", "musyawarah") or case.state == "preparing_terms":
        found |= selection.checks(case)
    if case.phase in ("penyusunan", "penandatanganan"):
        found |= agreements.checks(case, person)
    if (earlier := earlier_of(case)) is not None:
        found |= existing.checks(earlier, person.code)
    return found


# What may be done -------------------------------------------------------------------------------------------------
def preparing(case: Any, person: Person, held: TermSheet | None) -> list[Line]:
    """The parts that are prepared before the case moves on, each done or still to do."""
    parts = [
        ("partnership.describe", bool(case.goals and case.forms)),
        *([("partnership.link_needs", case.grounded)] if case.state in LINKED_IN else []),
        ("partnership.record_budget", bool(case.budget_note)),
        ("partnership.weigh", bool(case.benefits and case.costs)),
        ("partnership.check_place", case.spatial_ok is not None and case.environment_ok is not None),
        ("partnership.plan_assets", bool(case.assets) or not uses_assets(case.forms)),
        ("partnership.say_consent", case.consent_needed is not None),
    ]
    doors = parts if case.state in PREPARED_IN else parts[-1:] if case.state in EARLIER_IN else []
    if case.state in SHEET_IN or held is not None:
        doors = [*doors, ("page.term_sheet", held is not None and held.state != "draft")]
    return [line for door, done in doors if (line := _part(door, done, case, person)).url or done]


def _part(door: str, done: bool, case: Case, person: Person) -> Line:
    url = address(door, case.code) if may_open(person, door, case.reach()) else ""
    return Line(_(DOORS[door]), url, "", _("Selesai") if done else _("Belum diisi"), "ok" if done else "")


@dataclass(frozen=True)
class Doors:
    onward: tuple[Line, ...]
    leaving: tuple[Line, ...]


def doors_of(case: Any, person: Person, checks: dict[str, tuple[Finding, ...]]) -> Doors:
    """The doors that lead out of the state and that this person may open here, with what still holds one shut."""
    here = open_doors(case.state, case.route) | (checks.keys() & DOORS.keys())
    if not case.call_code:  # nobody is appointed to terms that are not begun
        here -= {"selection.appoint_directly"}
    elif "partnership.cancel" in here:  # the call that was begun is given up first
        here = here - {"partnership.cancel"} | {"selection.cancel_call"}
    if not case.call_direct:  # who leads the panel says it, in the room of the selection
        here -= {"selection.fail_call"}
    if case.state == "candidate_proposed" and case.partner_id is not None:  # the meeting says whether the result stands
        here -= {"selection.cancel_call"}
    if case.state == "awaiting_musyawarah":  # its result lies before the meeting
        here -= {"selection.fail_call"}
        if "SL-26" not in {each.code for each in unmet(checks.get("selection.record_consent", ()))}:
            here -= {"selection.call_for_rivals"}  # only a sheet that has grown leads back
    here -= {"selection.open_rivals" if case.rivals_opened else "selection.close_comparison"}
    if case.state == "comparison" and not case.rivals_opened:
        here -= {"selection.decline_unsolicited"}
    here -= {
        "agreements.suspend",
        "agreements.resume",
    }  # of a rest that was asked for: the room of the agreement has it
    names = sorted(here, key=list(DOORS).index)
    lines = [(name, _door(name, case, checks.get(name, ()))) for name in names if may_open(person, name, case.reach())]
    onward = tuple(line for name, line in lines if line.url and name not in LEAVING)
    return Doors(onward, tuple(line for name, line in lines if line.url and name in LEAVING))


def _door(name: str, case: Any, asked: tuple[Finding, ...]) -> Line:
    missing = len(unmet(asked))
    words = ngettext("%(n)s syarat belum dipenuhi", "%(n)s syarat belum dipenuhi", missing) % {"n": missing}
    state, kind = (_("Belum bisa dimulai"), "idle") if missing else (_("Bisa dikerjakan"), "")
    code = case.offer_code if name == "selection.submit_unsolicited" else case.code
    return Line(_(DOORS[name]), address(name, code), words if missing else "", state, kind)


OF_THE_VILLAGE = ("registry.update_village", "registry.record_umbrella_regulation")  # these take the village's code


def remedies(case: Case, person: Person, checks: dict[str, tuple[Finding, ...]]) -> dict[str, dict[str, str]]:
    """By rule code, the door at which this person can meet it."""
    found = {}
    for code in {each.code for asked in checks.values() for each in unmet(asked)} & REMEDIES.keys():
        door = REMEDIES[code]
        record = case.village_id if door in OF_THE_VILLAGE else case.code
        url = address(door, record) or address(door)
        if url and may_open(person, door, case.reach()):
            found[code] = {"url": url, "verb": _(DOORS[door])}
    return found


def rooms(case: Any, person: Person) -> list[tuple[str, str]]:
    """Where the work of the later stages is done: (words, address) of those that there are and that he may enter."""
    codes = {
        "case": case.code,
        "call": case.call_code and case.code,
        "rivals": case.rivals_code and case.code,  # found by the case
        "own_offer": case.route == PARTNER_INITIATIVE and case.state != INTRODUCED and case.offer_code and case.code,
        "answered": case.answered and case.code,
        "offer": (case.state != INTRODUCED or _partners(case, person)) and case.offer_code,
        "agreement": case.agreement_code and case.code,  # its pages are found by the case
        "earlier": case.route == REGISTER_EXISTING and case.code,
        "running": case.phase in RUNNING and case.agreement_code,
        "handing": case.phase in RUNNING and case.code,  # also of an agreement that ran before it was recorded
        "unplanned": case.phase in RUNNING and not case.plan_code and case.agreement_code,
        "plan": case.plan_code,
        "unmeasured": case.phase in RUNNING and not case.framework_code and case.agreement_code,
        "framework": case.framework_code,
    }
    return [
        (_(words), url)
        for door, of, words in ROOMS
        if codes[of] and may_open(person, door, case.reach()) and (url := address(door, codes[of]))
    ]


def _partners(case: Case, person: Person) -> bool:
    """Whether this person stands on the partner's side: what it has not sent yet is nobody else's to read."""
    return case.partner is not None and case.partner.code in {office.party for office in person.offices}


# What is known ----------------------------------------------------------------------------------------------------
def facts(case: Any, held: TermSheet | None, today: date) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = [
        (_("Desa"), case.village.name),
        (_("Mitra"), case.partner.name if case.partner else _("Belum ada")),
        (_("Bidang"), _(case.get_field_of_government_display())),
        (_("Bentuk kerja sama"), ", ".join(form_label(code) for code in case.forms) or _("Belum dipilih")),
    ]
    if case.plan_line is not None:
        pairs.append((_("Baris RKP Desa"), f"{case.plan_line.year} · {case.plan_line.reference}"))
    if held is not None:
        pairs.append((_("Lembar pokok"), _(SHEET_LABELS[held.state])))
        if value := held.topics["money"]["value"]:
            pairs.append((_("Nilai kerja sama"), rupiah(int(value))))
        if days := sheet.term(held.topics):
            pairs.append((_("Jangka waktu"), " – ".join(date_format(day, "j F Y") for day in days)))
    if case.consent_needed is not None:
        pairs.append((_("Menyentuh"), touched_words(case) or _("Tidak ada")))
    if case.offer_due is not None:
        pairs.append((_offer_waits(case), _until(case.offer_due, today)))
    pairs.append((_("Dibuka"), date_format(localdate(case.opened_at), "j F Y")))
    return pairs


def _offer_waits(case: Case) -> str:
    return _("Batas perbaikan usulan") if case.state == "returned_to_partner" else _("Batas jawaban desa")


def _until(day: date, today: date) -> str:
    """``5 Februari 2026, terlambat 3 hari``."""
    late = (today - day).days
    on = date_format(day, "j F Y")
    return f"{on}, {ngettext('terlambat %(n)s hari', 'terlambat %(n)s hari', late) % {'n': late}}" if late > 0 else on


def consent_note(case: Case) -> dict[str, str]:
    """What a page says in red where those touched took their yes back; nothing otherwise."""
    consent = consent_of(case) if case.consent_needed else None
    if consent is None or not consent.withdrawn:
        return {}
    on = date_format(consent.refused_on, "j F Y") if consent.refused_on else ""
    return {"says": _("Persetujuan warga ditarik %(day)s") % {"day": on}, "url": address("page.consent", consent.code)}


@dataclass(frozen=True)
class Happened:
    what: str
    who: str
    at: datetime
    note: str


def history(case: Case, about: list[str]) -> list[Happened]:
    """What the journal tells of the case and its records, the newest first, in one statement.

    The journal holds no names and no free text: who acted is looked up, and so is what a note says, by its writer and
    its instant.
    """
    name = Person.objects.filter(code=OuterRef("actor")).values("full_name")[:1]
    note = CaseNote.objects.filter(case=case, by=OuterRef("actor"), at=OuterRef("at")).values("text")[:1]
    told = Event.objects.filter(about__in=about, verb__in=HAPPENED).order_by("-seq")
    rows = told.annotate(name=Subquery(name), note=Subquery(note))[:HISTORY]
    return [
        Happened(
            _(HAPPENED[each.verb]),
            _who(each, each.name),
            each.at,
            each.note if each.verb == "partnership.noted" else "",
        )
        for each in rows
    ]


def _who(event: Event, name: str | None) -> str:
    if event.actor == SYSTEM:
        return _("Sistem")
    if event.actor == PUBLIC:
        return _("Masyarakat")
    told = json.loads(event.body)
    role = roles.BY_KEY.get(told["role"])
    who = f"{name or ''} [{_(role.name)}]" if role else name or ""
    mandate = told["facts"].get("mandate")
    return _("%(who)s, atas nama desa (mandat %(code)s)") % {"who": who, "code": grouped(mandate)} if mandate else who
