"""Reading agreements: who sees which, and the facts that rules are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext

from bermitra.agreements import book, text
from bermitra.agreements.models import (
    Acceptance,
    Agreement,
    BpdDecree,
    DraftVersion,
    Permit,
    SignatureSlot,
    SignedFile,
    WetScan,
)
from bermitra.agreements.rules import (
    ACCEPTED,
    ACTIVATING,
    ASSETS,
    BURDEN,
    CONSENTED,
    CONTENT,
    CONTENTS,
    DRAFTED_IN,
    FUNDED,
    GATES,
    GROUPS,
    MANDATE,
    MEASURABLE,
    ONE,
    PLANTATION,
    SAME_BYTES,
    SHARES,
    SHARING,
    TWO,
    WITHIN_DECISION,
    AcceptanceFacts,
    AssetFacts,
    BurdenFacts,
    BytesFacts,
    ConsentFacts,
    ContentFacts,
    DecisionFacts,
    FundingFacts,
    GateFacts,
    GroupFacts,
    MandateFacts,
    NumberFacts,
    ObligationFacts,
    PlantationFacts,
    ShareFacts,
    StampFacts,
    names_a_paper,
)
from bermitra.deliberation.consent.queries import consent_on
from bermitra.deliberation.models import BpdDecree as MeetingDecree
from bermitra.deliberation.queries import decision_on, decree_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import contact_facts
from bermitra.foundation.people.rules import COOLED_DOWN
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import path
from bermitra.foundation.rules import Finding, Refused, Standing, passed_over, unmet
from bermitra.partnership import book as budget
from bermitra.partnership import sheet
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import (
    Asked,
    agreed_sheet,
    budget_facts,
    cases_visible_to,
    findings,
    form_label,
    needs_of_case,
    plan_facts_of,
    potentials_of_case,
    touch_facts,
)
from bermitra.partnership.rules import (
    FIELDS,
    ROUTES,
    TAKING_A_PART,
    TOUCHES_SAID,
    in_the_village_plan,
    village_budget_considered,
)
from bermitra.registry.models import Partner, UmbrellaRegulation, VillageAsset
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.villages import umbrella_regulation_of
from bermitra.registry.rules import VillageFacts, not_on_watch_list, umbrella_regulation, verdict_fresh
from bermitra.selection.queries import parts

# Who signs for a side: the office that the law gives it to.
SIGNING_OFFICE = {ONE: roles.VILLAGE_HEAD.key, TWO: roles.PARTNER_SIGNATORY.key}


_WITH = ("case__village", "case__partner", "case__plan_line", "case__midterm_line", "partner", "sheet", "paper__file")


# Who sees which -----------------------------------------------------------------------------------------------------
def agreements_visible_to(person: Any) -> QuerySet[Agreement]:
    """Those of the cases one sees, the newest first; a legal reviewer sees the one that he was asked about."""
    found = Agreement.objects.filter(case__in=cases_visible_to(person)) | Agreement.objects.filter(reviewer=person.code)
    return found.select_related(*_WITH).order_by("-pk")


def public_agreements() -> QuerySet[Agreement]:
    """Agreements in force: what they say is open to everybody."""
    found = Agreement.objects.filter(state="in_force")
    found = found.select_related("case__village", "partner", "paper__file").defer("paper__source")  # all its words
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
    return Agreement.objects.select_related("case__village", "partner", "paper").filter(code=code).first()


# Texts --------------------------------------------------------------------------------------------------------------
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
    ).get(agreement=agreement, number=agreement.text_version)
    acceptors = {party: code for party, code in ((ONE, found.one_by), (TWO, found.two_by)) if code}
    decree, permit = (found.decree or "", found.decree_for or ""), (found.permit or "", found.permit_for or "")
    return Draft(found, acceptors, *decree, *permit, found.umbrella or "")


def setting_of(case: Case, title: str, village: Region | None = None) -> text.Setting:
    """What the wording takes from the records of a case."""
    village = village or case.village
    above = {each.level: each for each in path(case.village_id)}
    regency, district = above[2], above[3]
    bare = regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    regent = f"Wali Kota {bare}" if regency.kind == Region.Kind.CITY else f"Bupati {bare}"
    regulation = umbrella_regulation_of(village)
    consent = consent_on(case.code, case.village_id) if case.consent_needed else None
    return text.Setting(
        title=title,
        village=village.name,
        district=district.name,
        regency=regency.name,
        regent=regent,
        partner=case.partner.name if case.partner else "",
        village_address=f"Kantor Desa {village.name}, Kecamatan {district.name}, {regency.name}",
        partner_address=_address(case.partner),
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
    )


def _address(partner: Partner | None) -> str:
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


# Who signs ----------------------------------------------------------------------------------------------------------
def mandate_of(person: Person, agreement: Agreement, party: str) -> Appointment | None:
    """The office by which this person may sign for a side today."""
    for office in person.offices:
        where = (
            office.region_id == agreement.case.village_id if party == ONE else office.party == agreement.partner.code
        )
        if office.role == SIGNING_OFFICE[party] and where:
            return office
    return None


def signers(agreement: Agreement, draft: Draft, day: date) -> dict[str, tuple[Person, Appointment]]:
    """Who signs: the people who accepted this very text, each with the office he or she holds on this day."""
    for_village = Q(
        role=SIGNING_OFFICE[ONE], region=agreement.case.village_id, person__code=draft.acceptors.get(ONE, "")
    )
    for_partner = Q(role=SIGNING_OFFICE[TWO], party=agreement.partner.code, person__code=draft.acceptors.get(TWO, ""))
    held = Appointment.objects.in_force(day).filter(for_village | for_partner).select_related("person")
    found: dict[str, tuple[Person, Appointment]] = {}
    for office in held.order_by("since", "pk"):
        found.setdefault(ONE if office.role == SIGNING_OFFICE[ONE] else TWO, (office.person, office))
    return found


def slots_of(agreement: Agreement) -> list[SignatureSlot]:
    """The places to sign that count, the village's first."""
    found = SignatureSlot.objects.filter(agreement=agreement).exclude(state="void")
    return list(found.select_related("person", "signature__signed_file__file").order_by("party"))


def own_slot(agreement: Agreement, person: Person) -> SignatureSlot | None:
    found = SignatureSlot.objects.filter(agreement=agreement, person=person).exclude(state="void")
    return found.select_related("person", "agreement__paper__file").first()


def waiting_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement, state=WetScan.State.WAITING).select_related("file").first()


def compared_hash(scan: WetScan) -> str:
    """What who confirms ink has before him: the locked text and the scan of its signed print."""
    return sha256(f"{scan.text_hash}|{scan.file.sha256}".encode()).hexdigest()


def newest_scan(agreement: Agreement) -> WetScan | None:
    return WetScan.objects.filter(agreement=agreement).select_related("file").order_by("-pk").first()


def signed_file(agreement: Agreement) -> SignedFile | None:
    """The PDF with all signatures given so far; ``None`` where none was given electronically."""
    found = SignedFile.objects.filter(signature__slot__agreement=agreement).exclude(signature__slot__state="void")
    return found.select_related("file", "signature__slot").order_by("-signature_id").first()


def sheet_of(agreement: Agreement) -> TermSheet:
    """The sheet that the text must follow: while it is drafted the one that the meeting agreed to last."""
    if agreement.state not in DRAFTED_IN or agreement.sheet.state == "agreed":  # a case has one agreed sheet at most
        return agreement.sheet
    return agreed_sheet(agreement.case) or agreement.sheet


# Facts --------------------------------------------------------------------------------------------------------------
def consent_facts(agreement: Agreement, made_on: date) -> ConsentFacts:
    """What the meeting's newest standing decision says of the sheet, and whether it was on exactly that sheet."""
    sheet_now = sheet_of(agreement)
    decided = decision_on(sheet_now.code)
    same = decided is not None and decided.text_hash == sheet_now.text_hash and sheet_now.state == "agreed"
    return ConsentFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="agreed" if decided and decided.agreed and same else "refused" if decided else "",
        attendance_attached=decided is not None and decided.present > 0,
        minutes_date=decided.held_on if decided else None,
        agreement_date=made_on,
    )


def content_facts(version: DraftVersion) -> ContentFacts:
    topics = version.content["topics"]
    holes = {clause["content"] for clause in version.clauses if clause["blanks"]}
    there = {clause["content"] for clause in version.clauses} - holes
    names = {"duties": "rights_and_obligations", "money": "funding"}
    empty = {names.get(name, name) for name in sheet.empty_topics(topics)}
    return ContentFacts(
        filled=frozenset(there & CONTENTS.keys() - empty),
        limits=len(topics["others"]["limits"]),
        sanctions=len(topics["others"]["sanctions"]),
    )


def obligation_facts(topics: sheet.Topics) -> ObligationFacts:
    duties = [row for row in topics["duties"] if row["kind"] == "duty"]
    return ObligationFacts(
        obligations=len(duties),
        incomplete_obligations=len(text.incomplete_duties(topics)),
        parties_with_obligations=len({row["party"] for row in duties}),
        parties=2,
    )


def acceptance_facts(draft: Draft) -> AcceptanceFacts:
    return AcceptanceFacts(draft.version.text_hash, (draft.version.text_hash,) * len(draft.acceptors), 2)


NO_CODE_NEEDED = frozenset({"barang", "dilaksanakan_mitra", "tanpa_uang"})  # no money of the village goes this way


def funding_facts(topics: sheet.Topics) -> FundingFacts:
    money = topics["money"]
    uncoded = [
        row
        for row in money["sources"]
        if row["amount"] and row["apbdes_code"] not in budget.apbdes() and row["channel"] not in NO_CODE_NEEDED
    ]
    return FundingFacts(sheet.sources_total(topics), int(money["value"]), len(uncoded))


def burden_facts(
    case: Case, topics: sheet.Topics, decree_number: str, decree_hash: str = "", sheet_hash: str = ""
) -> BurdenFacts:
    """The village is burdened by money of its own, by a duty that costs, or by an asset it gives into use."""
    costs = any(row["party"] == "one" and row["kind"] == "duty" and row["amount"] for row in topics["duties"])
    return BurdenFacts(
        burdens_village=bool(case.village_share or costs or topics["others"]["assets"]),
        bpd_decree_number=decree_number,
        decree_hash=decree_hash,
        sheet_hash=sheet_hash,
    )


def decree_issued_here(agreement: Agreement) -> MeetingDecree | None:
    """The decree that the BPD issued from its meeting on the sheet that holds now, as it is worded now."""
    sheet_now = sheet_of(agreement)
    decree = decree_on(sheet_now.code)
    return decree if decree is not None and decree.text_hash == sheet_now.text_hash else None


def asset_facts(agreement: Agreement, draft: Draft, held: Standing) -> AssetFacts:
    version = draft.version
    topics = version.content["topics"]
    days, used = sheet.term(topics), topics["others"]["assets"]
    codes = [row["asset"] for row in used if row["asset"]]
    known = VillageAsset.objects.in_bulk(codes, field_name="code") if codes else {}
    owned = [known[row["asset"]] for row in used if row["asset"] in known]
    whole = len(owned) == len(used)
    years = [int(row["years"]) for row in used] + ([text.years_begun(*days)] if days else [])
    limits = next((clause for clause in version.clauses if clause["code"] == "batasan"), None)
    return AssetFacts(
        forms=tuple({*agreement.forms, *(row["form"] for row in used)}),
        term_years=max(years, default=0),
        permit_number=draft.permit_number,
        uses_asset=bool(used),
        asset_in_inventory=whole and all(each.recorded for each in owned),
        ownership_proof=whole and all(each.certificate for each in owned),
        not_pledged=not any(each.pledged for each in owned),
        no_pledge_clause=limits is not None and "menjaminkan" in str(limits["body"]),
        lease_max_years=held.numbers["lease_max_years"],
        utilisation_max_years=held.numbers["utilisation_max_years"],
        build_operate_max_years=held.numbers["build_operate_max_years"],
        permit_hash=draft.permit_hash,
        text_hash=version.text_hash,
    )


def group_facts(case: Case) -> GroupFacts:
    consent = consent_on(case.code, case.village_id) if case.consent_needed else None
    return GroupFacts(
        touches_land_forest_custom=bool(case.consent_needed),
        consent_state=consent.state if consent else "",
        consent_withdrawn=consent is not None and consent.withdrawn,
        was_given=consent is not None and (consent.given or consent.withdrawn),
    )


def share_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> ShareFacts:
    forms = [form for form in SHARING if form in agreement.forms]
    codes = {clause["code"]: clause for clause in version.clauses}
    blanks = _all_blanks(agreement, version)
    return ShareFacts(
        forms=tuple(forms),
        formula_given=all(FORMULA[form] in codes and not codes[FORMULA[form]]["blanks"] for form in forms),
        example_recomputes=all(text.example_recomputes(form, blanks) for form in forms),
        exclusive_seasons=int(blanks.get("musim_eksklusif") or 0),
        exclusive_max_seasons=held.numbers["exclusive_max_seasons"],
    )


FORMULA = {"bagi": "bagi_rumus", "ksp": "ksp_kontribusi", "inti": "inti_harga", "offtake": "offtake_harga"}


def plantation_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> PlantationFacts:
    blanks = _all_blanks(agreement, version)
    days = [blanks.get(name) for name in ("tanggal_hgu", "tanggal_batas_plasma")]
    begin, end = (date.fromisoformat(day) if day else None for day in days)
    return PlantationFacts(
        plantation_duty="inti" in agreement.forms,
        community_percent=int(blanks.get("persen_plasma") or 0),
        years_after_title=text.years_begun(begin, end) if begin and end and begin < end else 0,
        members_listed=names_a_paper(agreement.gates.get("cpcl", "")),
        map_attached=names_a_paper(agreement.gates.get("peta_kebun", "")),
        plasma_share_percent=held.numbers["plasma_share_percent"],
        plasma_deadline_years=held.numbers["plasma_deadline_years"],
    )


def _all_blanks(agreement: Agreement, version: DraftVersion) -> dict[str, Any]:
    known = book.articles()
    return {
        name: value
        for clause in version.clauses
        for name, value in text.filled_blanks(known[clause["code"]], version.content).items()
    }


def gate_facts(agreement: Agreement, version: DraftVersion) -> GateFacts:
    """Conditions without a proof, and articles of the forms in which a blank is left."""
    open_conditions = [each.says for each in book.conditions_of(agreement.forms) if not agreement.gates.get(each.code)]
    holes = [clause["title"] for clause in version.clauses if clause["blanks"]]
    return GateFacts(tuple(open_conditions + holes))


def decision_facts(agreement: Agreement, version: DraftVersion) -> DecisionFacts:
    return DecisionFacts(text.departing(version.content["topics"], sheet_of(agreement).topics))


# What the doors ask -------------------------------------------------------------------------------------------------
def locking_asked(agreement: Agreement, draft: Draft, made_on: date, held: Standing) -> Asked:
    """All that is asked before a text is locked, in the order in which a clerk meets it."""
    case, version = agreement.case, draft.version
    topics = version.content["topics"]
    return [
        (CONSENTED, consent_facts(agreement, made_on)),
        (WITHIN_DECISION, decision_facts(agreement, version)),
        (ACCEPTED, acceptance_facts(draft)),
        (CONTENT, content_facts(version)),
        (MEASURABLE, obligation_facts(topics)),
        (FUNDED, funding_facts(topics)),
        (BURDEN, burden_facts(case, topics, draft.decree_number, draft.decree_hash, sheet_of(agreement).text_hash)),
        (ASSETS, asset_facts(agreement, draft, held)),
        (TOUCHES_SAID, touch_facts(case, sheet_of(agreement))),
        (GROUPS, group_facts(case)),
        (SHARES, share_facts(agreement, version, held)),
        (PLANTATION, plantation_facts(agreement, version, held)),
        (GATES, gate_facts(agreement, version)),
        (MANDATE, whole_mandate(agreement, draft, made_on)),
        ((in_the_village_plan,), plan_facts_of(case)),
        ((village_budget_considered,), budget_facts(case)),
        ((not_on_watch_list, verdict_fresh), standing_of(agreement.partner)),
        ((umbrella_regulation,), VillageFacts(umbrella_number=draft.umbrella_number)),
    ]


def reading_asked(slot: SignatureSlot, agreement: Agreement, person: Person, seen: str) -> Asked:
    """What a page shows to one who is about to sign: the meeting's word, the mandate, the very same bytes."""
    today = clock.today()
    held = mandate_of(person, agreement, slot.party) if slot.person_id == person.pk else None
    return [
        (CONSENTED, consent_facts(agreement, agreement.made_on or today)),
        (GROUPS, group_facts(agreement.case)),
        (MANDATE, mandate_facts(held, today)),
        (SAME_BYTES, BytesFacts(seen, slot.text_hash)),
    ]


def signing_asked(slot: SignatureSlot, agreement: Agreement, person: Person, seen: str) -> Asked:
    """All that is asked of one who signs; the partner's standing and the person's own part in the case as well."""
    return [
        *reading_asked(slot, agreement, person, seen),
        ((not_on_watch_list,), standing_of(agreement.partner)),
        (TAKING_A_PART, parts(agreement.case).facts(person.code, "sign")),
    ]


def electronic_asked(slot: SignatureSlot, agreement: Agreement, person: Person, seen: str) -> Asked:
    """The same of one who signs on the screen, and that his telephone was not changed a moment ago (FD-10)."""
    cooled = (COOLED_DOWN, contact_facts(person, agreement.case.village_id))
    return [*signing_asked(slot, agreement, person, seen), cooled]


def wet_asked(slot: SignatureSlot, agreement: Agreement, scan: WetScan) -> Asked:
    """What is asked of one who signed with ink: the same, with the mandate of that day as it stands under the text."""
    mandate = MandateFacts(slot.mandate, slot.mandate_from, scan.signed_on, slot.mandate_until)
    asked = signing_asked(slot, agreement, slot.person, scan.text_hash)
    return [(rules, mandate if rules == MANDATE else facts) for rules, facts in asked]


def mandate_facts(held: Appointment | None, today: date) -> MandateFacts:
    return MandateFacts(
        mandate_number=held.decree if held else "",
        mandate_from=held.since if held else today,
        today=today,
        mandate_until=held.until if held else today,
    )


def whole_mandate(agreement: Agreement, draft: Draft, day: date) -> MandateFacts:
    """The weaker of the two mandates: of the side that has none, else of the one that ends first."""
    held = signers(agreement, draft, day)
    if len(held) < 2:
        return mandate_facts(None, day)
    return mandate_facts(min((mandate for _person, mandate in held.values()), key=lambda each: each.until), day)


def activating_asked(case: Case, village_number: str, partner_number: str, stamp: str) -> Asked:
    """Those who are touched may have taken their yes back since the signatures, so they are asked about once more."""
    stamped, numbered = ACTIVATING
    given = sum(1 for number in (village_number, partner_number) if number)
    return [
        ((stamped,), StampFacts(stamp)),
        ((numbered,), NumberFacts(given, 2)),
        (GROUPS, group_facts(case)),
    ]


def refuse_unmet(asked: Asked, held: Standing, reason: str = "") -> list[str]:
    """Raise :class:`Refused` with all unmet rules at once; says which were passed over (warned, or yielding to a reason)."""
    found = findings(asked, held)
    if refused := unmet(found, reason):
        raise Refused(refused)
    return [each.code for each in passed_over(found, reason)]


def checks(case: Case, person: Person | None = None) -> dict[str, tuple[Finding, ...]]:
    """What the next doors of this stage ask, door by door, for a page to show before anybody knocks."""
    agreement = agreement_of(case)
    return checks_of(agreement, person) if agreement is not None else {}


def checks_of(agreement: Agreement, person: Person | None = None) -> dict[str, tuple[Finding, ...]]:
    case, today = agreement.case, clock.today()
    if agreement.state in ("in_force", "abandoned"):
        return {}
    held = standing(case.village_id)
    asked: Asked
    if agreement.state in DRAFTED_IN:
        door, asked = "agreements.finalise", locking_asked(agreement, draft_of(agreement), today, held)
    elif case.state == "signed":
        numbers = (agreement.village_number, agreement.partner_number, agreement.stamp)
        door, asked = "agreements.activate", activating_asked(case, *numbers)
    else:
        door, slots = "agreements.sign", slots_of(agreement)
        own = next((each for each in slots if person is not None and each.person_id == person.pk), None)
        if own is not None and person is not None and own.state == "invited":
            asked = reading_asked(own, agreement, person, own.text_hash)
        else:
            asked = [(CONSENTED, consent_facts(agreement, agreement.made_on or today))]
        asked = [*asked, ((not_on_watch_list,), standing_of(agreement.partner))]
    return {door: findings(asked, held)}


def departures(agreement: Agreement, version: DraftVersion) -> list[str]:
    """The topics that depart from the sheet, in words."""
    return [gettext(sheet.TOPICS[name]) for name in decision_facts(agreement, version).departing]


# For the words of the text --------------------------------------------------------------------------------------------
def grounds(case: Case) -> list[str]:
    """The needs that a case answers and the potentials it uses, by title."""
    return [*(each.title for each in needs_of_case(case)), *(each.title for each in potentials_of_case(case))]


def titles(items: Iterable[str]) -> str:
    """A, B, dan C."""
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" dan {items[-1]}" if items else ""


def plain_summary(agreement: Agreement) -> str:
    """A first summary for residents, made from the rows that were signed."""
    rows = list(agreement.obligations.filter(kind="duty"))
    lines = [
        f"{agreement.title} adalah kerja sama Desa {agreement.case.village.name} dengan {agreement.partner.name}.",
        f"Berlaku {long_date(agreement.starts_on)} sampai {long_date(agreement.ends_on)}."
        if agreement.starts_on and agreement.ends_on
        else "",
        f"Nilainya {rupiah(agreement.value)}." if agreement.value else "Kerja sama ini tidak memakai uang.",
        *(f"{WHO[row.party]} wajib: {row.text.rstrip('.')}." for row in rows),
        *(f"Batas: {limit.text.rstrip('.')}." for limit in agreement.limits.all()),
        *(f"Bila {row.breach.rstrip('.')}: {row.sanction.rstrip('.')}." for row in agreement.sanctions.all()),
    ]
    return "\n".join(filter(None, lines))


WHO = {"one": "Desa", "two": "Mitra"}
