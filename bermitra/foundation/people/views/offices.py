"""Offices of a village and of one's own house: who holds them, who proposes, confirms, contests, ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, OfficeContest, Person
from bermitra.foundation.accounts.queries import IN_VILLAGE_ORDER, office_facts, offices_of
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.people import actions, queries
from bermitra.foundation.people.forms import Propose, Reason
from bermitra.foundation.people.rows import appointment_kind, appointment_rows
from bermitra.foundation.people.rules import (
    CONFIRMING,
    HANDED_OVER,
    HANDING_OVER,
    HOLDING,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine, unmet

SHOWN = 50
SOON = timedelta(days=90)  # endings that those above are shown
ABOVE = (Scope.DISTRICT, Scope.REGENCY)
# The acts on one office, and their words on a button.
VERBS = (
    ("accounts.confirm_appointment", (Appointment.State.PROPOSED, Appointment.State.CONTESTED)),
    ("accounts.contest_appointment", (Appointment.State.CONFIRMED,)),
    ("accounts.hand_over", Appointment.HOLDING),
    ("accounts.end_appointment", (Appointment.State.PROPOSED, *Appointment.HOLDING)),
)


def village_for(request: HttpRequest, code: str) -> Region:
    """A village of one's own house, or of one's district or regency; of any other nobody says that it is there."""
    for office in person_of(request).offices:
        if office.region_id and not office.party and code.startswith(office.region_id):
            return get_object_or_404(Region.objects.select_related("parent__parent"), pk=code, level=4)
    raise Http404


def appointment_for(request: HttpRequest, code: int) -> Appointment:
    return get_object_or_404(queries.appointments_visible_to(person_of(request)), pk=code)


def offices(request: HttpRequest) -> HttpResponse:
    """For whoever works in one village its page; for those above what waits and what ends soon."""
    person, today = person_of(request), clock.today()
    villages = queries.villages_of(person)
    above = [each.region_id for each in person.offices if each.office.reach in ABOVE and each.region_id]
    if len(villages) == 1 and not above:
        return redirect("page.village_offices", code=villages[0].pk)
    seen = queries.appointments_visible_to(person)
    waiting = seen.filter(state__in=(Appointment.State.PROPOSED, Appointment.State.CONTESTED))
    soon = Appointment.objects.in_force(today).filter(until__lte=today + SOON, role__in=HANDED_OVER)
    ending = seen.filter(pk__in=soon.values("pk"))
    wanted = request.GET.get("desa", "").strip()[:80]
    found = Region.objects.filter(level=4, active=True, name__icontains=wanted) if wanted else Region.objects.none()
    inside = Q(pk__in=())
    for area in above:
        inside |= Q(pk__startswith=area)
    context = {
        "waiting": appointment_rows(waiting.order_by("state_at", "pk")[:SHOWN]),
        "ending": appointment_rows(ending.order_by("until", "pk")[:SHOWN]),
        "places": [*villages, *found.filter(inside).order_by("name")[:SHOWN]],
        "searches": bool(above),
        "wanted": wanted,
    }
    return render(request, "people/offices.html", context)


def village_offices(request: HttpRequest, code: str) -> HttpResponse:
    village, today = village_for(request, code), clock.today()
    held = offices_of(village, today)
    seen = queries.appointments_visible_to(person_of(request)).filter(region=village)
    others = seen.exclude(role__in=IN_VILLAGE_ORDER).in_force(today)
    context = {
        "village": village,
        "government": appointment_rows(each.appointment for each in held if each.now and not each.council),
        "council": appointment_rows(each.appointment for each in held if each.now and each.council),
        "others": appointment_rows(others.order_by("role", "person__full_name")),
        "waiting": appointment_rows(seen.filter(state=Appointment.State.PROPOSED).order_by("pk")),
        "earlier": appointment_rows(each.appointment for each in held if not each.now),
        "may_propose": may_open(person_of(request), "accounts.propose_office", village.reach()),
        "may_empower": may_open(person_of(request), "accounts.record_mandate", village.reach()),
    }
    return render(request, "people/village_offices.html", context)


def appointment(request: HttpRequest, code: int) -> HttpResponse:
    """One office with what it rests on, what was said against it, and the acts that are open to this person."""
    office, person = appointment_for(request, code), person_of(request)
    today = clock.today()
    doors = [
        (reverse(door, kwargs={"code": office.pk}), words(door, office, person))
        for door, states in VERBS
        if office.state in states and may_act(person, door, office)
    ]
    context = {
        "office": office,
        "word": office.stands(today),
        "kind": appointment_kind(office, today),
        "mandate": getattr(office, "mandate", None),
        "assistance": getattr(office, "assistance", None),
        "contests": contests_of(office),
        "findings": checks(office, person) if office.state in VERBS[0][1] else (),
        "clashes": queries.clashes(office.person, office.role, office.region_id or "", office.pk),
        "proposer": Person.objects.filter(code=office.proposed_by).first() if office.proposed_by else None,
        "givers": [roles.BY_KEY[key].name for key in office.office.given_by],
        "hand_over": office.handed_over.first() or office.taken_over.first(),
        "doors": doors,
    }
    return render(request, "people/appointment.html", context)


def may_act(person: Person, door: str, office: Appointment) -> bool:
    """Whether the act is this person's at all: by the permission table, and by the rules about who gives, ends, passes on."""
    role = queries.role_at(person, door, office.reach(), office.office.given_by)
    if not role:
        return False
    match door:
        case "accounts.confirm_appointment":
            facts = queries.giving_facts(office, person.code, role)
            found = examine(queries.giving(office), facts, standing(office.region_id or ""))
        case "accounts.end_appointment":
            found = examine(queries.ending(office), queries.ending_facts(office, person.code, role))
        case "accounts.hand_over":
            others = (each.person.code for each in queries.successors(office))
            found = examine(HANDING_OVER, queries.handing_facts(office, person.code, role, others))
        case _:
            return True
    return not unmet(found)


def contests_of(office: Appointment) -> list[dict[str, Any]]:
    found = list(OfficeContest.objects.filter(appointment=office).order_by("-pk"))
    return [{"role": roles.BY_KEY[each.role].name, "reason": each.reason, "at": each.at} for each in found]


def checks(office: Appointment, person: Person) -> tuple[Finding, ...]:
    """What is asked before it is confirmed: the decree and its term, who confirms, and what is only warned of."""
    held = standing(office.region_id or "")
    role = queries.role_at(person, "accounts.confirm_appointment", office.reach(), office.office.given_by)
    return (
        *examine(CONFIRMING, office_facts(office), held),
        *(examine(queries.giving(office), queries.giving_facts(office, person.code, role), held) if role else ()),
        *examine(HOLDING, queries.holder_facts(office), held),
    )


def words(door: str, office: Appointment, person: Person) -> str:
    turned_down = office.state == Appointment.State.PROPOSED
    ends = _("Mengundurkan diri") if office.person == person else _("Akhiri jabatan")
    return {
        "accounts.confirm_appointment": _("Sahkan jabatan"),
        "accounts.contest_appointment": _("Gugat jabatan ini"),
        "accounts.hand_over": _("Serah terima jabatan"),
        "accounts.end_appointment": _("Tolak usulan ini") if turned_down else ends,
    }[door]


def propose_office(request: HttpRequest, code: str) -> HttpResponse:
    village, person = village_for(request, code), person_of(request)
    offered = queries.proposals_of(person, village)
    if not offered:
        raise PermissionDenied
    form = Propose(**typed_in(request), offered=offered)
    return act_page(
        request,
        form,
        lambda: actions.propose_office(by=by(request), region=village, **form.cleaned_data),
        heading=_("Usulkan jabatan"),
        lede=_("Di %(village)s. Jabatan berlaku sesudah pejabat lain memeriksa surat keputusannya.")
        % {"village": village.name},
        verb=_("Usulkan jabatan"),
        says=_("Usulan tersimpan dan menunggu pengesahan."),
        back=reverse("page.village_offices", kwargs={"code": code}),
        go=lambda done: reverse("page.appointment", kwargs={"code": done.pk}),
    )


def confirm_appointment(request: HttpRequest, code: int) -> HttpResponse:
    office = appointment_for(request, code)
    if request.method == "POST":
        actions.confirm_appointment(by=by(request), appointment=office)
        return said(request, _("Jabatan disahkan."), office)
    found = checks(office, person_of(request))
    return asked(request, office, _("Sahkan jabatan ini?"), _("Sahkan jabatan"), findings=found)


def end_appointment(request: HttpRequest, code: int) -> HttpResponse:
    office, person = appointment_for(request, code), person_of(request)
    turned_down = office.state == Appointment.State.PROPOSED
    own = office.person == person
    if request.method == "POST":
        actions.end_appointment(by=by(request), appointment=office)
        sentence = _("Usulan ditolak.") if turned_down else _("Jabatan diakhiri.")
        return said(request, sentence, office, "page.work_box" if own else "page.appointment")
    ends = _("Mengundurkan diri dari jabatan ini?") if own else _("Akhiri jabatan ini?")
    heading = _("Tolak usulan ini?") if turned_down else ends
    role = queries.role_at(person, "accounts.end_appointment", office.reach(), office.office.given_by)
    found = examine(queries.ending(office), queries.ending_facts(office, person.code, role))
    verb = words("accounts.end_appointment", office, person)
    return asked(request, office, heading, verb, stops=True, findings=found)


def contest_appointment(request: HttpRequest, code: int) -> HttpResponse:
    office = appointment_for(request, code)
    form = Reason(**typed_in(request))
    back = reverse("page.appointment", kwargs={"code": office.pk})
    return act_page(
        request,
        form,
        lambda: actions.contest_appointment(by=by(request), appointment=office, reason=form.cleaned_data["reason"]),
        heading=_("Gugat jabatan ini"),
        lede=_("%(name)s, %(office)s. Jabatan tetap berlaku sampai yang berwenang memeriksanya.")
        % {"name": office.person.full_name, "office": office.called},
        verb=_("Kirim gugatan"),
        says=_("Gugatan tersimpan dan menunggu pemeriksaan."),
        back=back,
    )


def said(request: HttpRequest, sentence: str, office: Appointment, page: str = "page.appointment") -> HttpResponse:
    """Whoever has resigned may no longer see the page of the office, and goes to the work that is left."""
    messages.success(request, sentence)
    return redirect(page, code=office.pk) if page == "page.appointment" else redirect(page)


def asked(request: HttpRequest, office: Appointment, heading: str, verb: str, **context: Any) -> HttpResponse:
    shown = {"office": office, "heading": heading, "verb": verb, **context}
    shown["refused"] = unmet(context["findings"])
    seen = queries.role_at(person_of(request), "page.appointment", office.reach())  # not by one proposed from elsewhere
    shown["back"] = reverse("page.appointment", kwargs={"code": office.pk}) if seen else reverse("page.work_box")
    shown["clashes"] = queries.clashes(office.person, office.role, office.region_id or "", office.pk)
    return render(request, "people/ask.html", shown)
