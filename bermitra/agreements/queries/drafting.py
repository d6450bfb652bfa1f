"""Who sees which agreement, its text as it stands, and who would sign it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bermitra.agreements import text
from bermitra.agreements.models import Acceptance, Agreement, BpdDecree, DraftVersion, LegalReview, Permit
from bermitra.agreements.rules import BINDS_IN, DRAFTED_IN, ONE, TWO
from bermitra.agreements.villages.queries import consent_of
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import path
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import agreed_sheet, cases_visible_to, form_label
from bermitra.partnership.rules import FIELDS, ROUTES
from bermitra.registry.models import Partner, UmbrellaRegulation
from bermitra.registry.queries.villages import umbrella_regulation_of

# Who signs for a side: the office that the law gives it to.
SIGNING_OFFICE = {ONE: roles.VILLAGE_HEAD.key, TWO: roles.PARTNER_SIGNATORY.key}
PARTNER_OFFICES = frozenset({roles.PARTNER_REP.key, roles.PARTNER_SIGNATORY.key})
Signers = dict[str, tuple[Person, Appointment]]  # side -> who signs, and by which office

_WITH = (
    "case__village",
    "case__partner",
    "case__plan_line",
    "case__midterm_line",
    "partner",
    "sheet",
    "paper__file",
    "stamped",
    "chain",
)


def agreements_visible_to(person: Any) -> QuerySet[Agreement]:
    """Those of the cases one sees, the newest first; a legal reviewer sees the one that he was asked about."""
    found = Agreement.objects.filter(case__in=cases_visible_to(person)) | Agreement.objects.filter(reviewer=person.code)
    return found.select_related(*_WITH).order_by("-pk")


def public_agreements() -> QuerySet[Agreement]:
    """Agreements that bind: what they say is open to everybody."""
    found = Agreement.objects.filter(state__in=BINDS_IN)
    found = found.select_related("case__village", "partner", "paper__file", "stamped")
    found = found.defer("paper__source")  # all its words
    return found.order_by("-in_force_at", "-pk")


def agreement_of(case: Case) -> Agreement | None:
    """The agreement of a case that was not abandoned."""
    found = Agreement.objects.filter(case=case).exclude(state="abandoned")
    return found.select_related(*_WITH).first()


def agreement_on(paper_about: str) -> Agreement | None:
    """The agreement that a paper is about, as the journal names it."""
    kind, _, code = paper_about.partition(":")
    if kind != "agreement":
        return None
    return (
        Agreement.objects.select_related("case__village", "partner", "paper__file", "stamped").filter(code=code).first()
    )


def newest_version(agreement: Agreement) -> DraftVersion:
    return DraftVersion.objects.get(agreement=agreement, number=agreement.text_version)


@dataclass(frozen=True)
class Draft:
    """The newest text with what stands around it: who accepted it, and the papers that locking asks for, by number."""

    version: DraftVersion
    acceptors: dict[str, str]  # side -> code of the person
    decree_number: str
    decree_hash: str
    permit_number: str
    permit_hash: str
    umbrella_number: str
    reviewed: bool  # a legal reviewer looked at a text of this agreement


def draft_of(agreement: Agreement) -> Draft:
    """One statement."""
    accepted = Acceptance.objects.filter(version=OuterRef("pk"), text_hash=OuterRef("text_hash"))
    decrees = BpdDecree.objects.filter(case=OuterRef("agreement__case")).order_by("-pk")
    permits = Permit.objects.filter(agreement=OuterRef("agreement"), state=Permit.State.GRANTED).order_by("-pk")
    umbrellas = UmbrellaRegulation.objects.filter(village=OuterRef("agreement__case__village"))
    found: Any = DraftVersion.objects.annotate(
        one_by=Subquery(accepted.filter(party=ONE).values("by")[:1]),
        two_by=Subquery(accepted.filter(party=TWO).values("by")[:1]),
        decree=Subquery(decrees.values("number")[:1]),
        decree_for=Subquery(decrees.values("sheet_hash")[:1]),
        permit=Subquery(permits.values("number")[:1]),
        permit_for=Subquery(permits.values("text_hash")[:1]),
        umbrella=Subquery(umbrellas.order_by("-dated", "-pk").values("number")[:1]),
        reviewed=Exists(LegalReview.objects.filter(version__agreement=OuterRef("agreement"))),
    ).get(agreement=agreement, number=agreement.text_version)
    acceptors = {party: code for party, code in ((ONE, found.one_by), (TWO, found.two_by)) if code}
    decree, permit = (found.decree or "", found.decree_for or ""), (found.permit or "", found.permit_for or "")
    return Draft(found, acceptors, *decree, *permit, found.umbrella or "", found.reviewed)


def setting_of(case: Case, title: str, village: Region | None = None) -> text.Setting:
    """What the wording takes from the records of a case."""
    village = village or case.village
    above = {each.level: each for each in path(case.village_id)}
    regency, district = above[2], above[3]
    bare = regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    regent = f"Wali Kota {bare}" if regency.kind == Region.Kind.CITY else f"Bupati {bare}"
    regulation = umbrella_regulation_of(village)
    consent = consent_of(case) if case.consent_needed else None
    return text.Setting(
        title=title,
        village=village.name,
        district=district.name,
        regency=regency.name,
        regent=regent,
        partner=case.partner.name if case.partner else "",
        village_address=f"Kantor Desa {village.name}, Kecamatan {district.name}, {regency.name}",
        partner_address=address_of(case.partner),
        field=FIELDS[case.field_of_government].lower().replace(" desa", " Desa"),
        initiative=ROUTES[case.route].replace("Prakarsa", "prakarsa"),
        forms=tuple(case.forms),
        form_names=tuple(form_label(code) for code in case.forms),
        goals=case.goals,
        regulation=f"Peraturan Desa Nomor {regulation.number} Tahun {regulation.year} tentang {regulation.title}"
        if regulation
        else "",
        consent_needed=bool(case.consent_needed),
        consent_number=(consent.minutes_number or consent.code) if consent else "",
        partner_kind=case.partner.kind if case.partner else "",
    )


def address_of(partner: Partner | None) -> str:
    """Where letters reach the partner: its address, else the regency of its seat."""
    if partner is None:
        return ""
    return partner.address or (partner.seat.name if partner.seat else "alamat yang tercatat pada data mitra")


@dataclass(frozen=True)
class Wish:
    """One step of the negotiation about a place of the text."""

    number: int
    party: str
    what: str
    before: str
    after: str
    reason: str
    at: Any


def negotiation(agreement: Agreement, what: str = "") -> list[Wish]:
    """What each side wanted, what came of it, and why; the newest last. ``what`` narrows to one place of the text."""
    return [
        Wish(
            version.number, version.party, change["what"], change["before"], change["after"], version.reason, version.at
        )
        for version in agreement.versions.order_by("number").defer("content", "clauses")
        for change in version.changes
        if not what or change["what"] == what
    ]


def mandate_of(person: Person, case: Case, partner: Partner, party: str) -> Appointment | None:
    """The office by which this person may sign for a side today."""
    for office in person.offices:
        where = office.region_id == case.village_id if party == ONE else office.party == partner.code
        if office.role == SIGNING_OFFICE[party] and where:
            return office
    return None


def side_of_office(role: str) -> str:
    """For which side whoever holds this office acts."""
    return TWO if role in PARTNER_OFFICES else ONE


def signers(agreement: Agreement, draft: Draft, day: date) -> Signers:
    """Who signs: the people who accepted this very text, each with the office he or she holds on this day."""
    return in_office(draft.acceptors, agreement.case, agreement.partner, day)


def in_office(named: Mapping[str, str], case: Case, partner: Partner, day: date) -> Signers:
    """Those of the people named for a side, by code, who hold on this day the office that signs for it."""
    for_village = Q(role=SIGNING_OFFICE[ONE], region=case.village_id, person__code=named.get(ONE, ""))
    for_partner = Q(role=SIGNING_OFFICE[TWO], party=partner.code, person__code=named.get(TWO, ""))
    held = Appointment.objects.in_force(day).filter(for_village | for_partner).select_related("person", "mandate")
    found: Signers = {}
    for office in held.order_by("since", "pk"):
        found.setdefault(ONE if office.role == SIGNING_OFFICE[ONE] else TWO, (office.person, office))
    return found


def giver_of(held: Appointment) -> Appointment | None:
    """The office in whose name somebody signs by a letter of power; nothing is asked of one who signs by an own office."""
    power = getattr(held, "mandate", None)
    if power is None:
        return None
    house = {"party": held.party} if held.party else {"party": "", "region": held.region_id}
    same = Appointment.objects.filter(person=power.giver_id, role=held.role, since__lte=power.dated, **house)
    found: Appointment | None = same.exclude(pk=held.pk).order_by("-since", "-pk").first()
    return found


def sheet_of(agreement: Agreement) -> TermSheet:
    """The sheet that the text must follow: while it is drafted the one that the meeting agreed to last."""
    if agreement.state not in DRAFTED_IN or agreement.sheet.state == "agreed":  # a case has one agreed sheet at most
        return agreement.sheet
    return agreed_sheet(agreement.case) or agreement.sheet
