"""Reading what happens to a running agreement, and the facts that its rules ask."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from bermitra.agreements import book, text
from bermitra.agreements.chains import queries as chains
from bermitra.agreements.changing import wording
from bermitra.agreements.changing.models import AddendumScan, AddendumSlot, Amendment, Evaluation, Suspension
from bermitra.agreements.changing.rules import (
    CONSENTED,
    KINDS,
    OVER,
    RENEWING,
    STILL_RUNS,
    TOUCHES,
    AloneFacts,
    ConsentFacts,
    RenewalFacts,
    RunsFacts,
    SuspensionFacts,
)
from bermitra.agreements.models import Agreement, Content, DraftVersion
from bermitra.agreements.models.scanning import Scanned
from bermitra.agreements.outside import ToSign
from bermitra.agreements.queries import agreements_visible_to, draft_of, facts, gates, newest_version, setting_of
from bermitra.agreements.queries.drafting import Signers, address_of, in_office, mandate_of
from bermitra.agreements.rules import (
    BUILT,
    BURDEN,
    CONTENT,
    COOPERATIVES,
    FUNDED,
    GROUPS,
    LEASED,
    LOANS,
    MANDATE,
    MEASURABLE,
    OTHER,
    PLANTATION,
    SAME_BYTES,
    SHARES,
    SHORT,
    SIZES,
    UTILISED,
    BurdenFacts,
    BytesFacts,
    asset_recorded_and_unpledged,
    build_operate_within_limit,
    lease_within_limit,
    regent_permit_granted,
    utilisation_within_limit,
)
from bermitra.agreements.villages import queries as villages
from bermitra.agreements.villages.rules import HOLDER, OWN_MEETING, OWN_RESIDENTS, OwnResidentsFacts
from bermitra.deliberation.consent.queries import knows_cases
from bermitra.deliberation.queries import decision_on, decree_on
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.calendar import add_months
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.people.queries import contact_facts
from bermitra.foundation.people.rules import COOLED_DOWN
from bermitra.foundation.rules import Standing
from bermitra.partnership import sheet
from bermitra.partnership.queries import Asked
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.registry.models import Partner
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.rules import not_on_watch_list, verdict_fresh
from bermitra.selection.queries import parts

_WITH = ("agreement__case__village", "agreement__case__partner", "agreement__partner")


# Resting --------------------------------------------------------------------------------------------------------------
def suspensions_visible_to(person: Any) -> QuerySet[Suspension]:
    found = Suspension.objects.filter(agreement__in=agreements_visible_to(person).order_by())
    return found.select_related(*_WITH).order_by("-pk")


def open_suspension(agreement: Agreement) -> Suspension | None:
    """The one that is asked for, or that runs."""
    return Suspension.objects.filter(agreement=agreement, state__in=("proposed", "resting")).first()


def suspension_over(today: date) -> QuerySet[Suspension]:
    """Those whose last day has passed."""
    return Suspension.objects.filter(state="resting", until__lt=today).select_related(*_WITH)


def frozen_duties(agreement: Agreement) -> list[dict[str, Any]]:
    """The duties that would rest, as they read now."""
    rows = agreement.obligations.filter(kind="duty", until=None)
    return [{"number": row.number, "party": row.party, "text": row.text} for row in rows]


def suspension_facts(
    cause: str, happened_on: date, until: date, frozen: int, said_on: date, begins_on: date, held: Standing, rested: int
) -> SuspensionFacts:
    """``rested``: the days that the agreement has rested before."""
    most = int(held.numbers["suspension_total_months"])
    return SuspensionFacts(
        cause=cause,
        happened_on=happened_on,
        said_on=said_on,
        notice_days=int(held.numbers["suspension_notice_days"]),
        until=until,
        latest=add_months(begins_on, int(held.numbers["suspension_max_months"])),
        frozen=frozen,
        latest_in_all=add_months(begins_on, most) - timedelta(days=rested),
    )


def days_rested(agreement: Agreement) -> int:
    """In all, of the rests that are over."""
    return sum((each.ended_on - each.began_on).days for each in rested(agreement) if each.began_on and each.ended_on)


def rested(agreement: Agreement) -> list[Suspension]:
    """The rests that are over, the oldest first: delivery moves its days by them."""
    return list(Suspension.objects.filter(agreement=agreement, state="over").order_by("pk"))


# Changing -------------------------------------------------------------------------------------------------------------
def amendments_visible_to(person: Any) -> QuerySet[Amendment]:
    """Those of the agreements one sees. Who is to take the partner's place sees the addendum once it is offered, for it
    answers that text; what another side still drafts is no business of its own."""
    parties = [office.party for office in person.offices if office.party]
    seen = Q(agreement__in=agreements_visible_to(person).order_by()) | Q(new_partner__code__in=parties) & ~Q(
        offered_by=""
    )
    return (
        Amendment.objects.filter(seen).select_related(*_WITH, "new_partner", "paper__file", "stamped").order_by("-pk")
    )


def open_amendment(agreement: Agreement) -> Amendment | None:
    return Amendment.objects.filter(agreement=agreement).exclude(state__in=OVER).first()


def in_force(agreement: Agreement) -> list[Amendment]:
    """The addenda that hold, the oldest first."""
    found = Amendment.objects.filter(agreement=agreement, state="in_force").order_by("in_force_at", "pk")
    return list(found.select_related("paper__file", "new_partner"))


@dataclass(frozen=True)
class Holding:
    """The whole text as it holds now: what was signed, with every addendum since."""

    content: Content
    clauses: list[Content]
    numbers: list[list[str]]


def holding(agreement: Agreement) -> Holding:
    last = Amendment.objects.filter(agreement=agreement, state="in_force").order_by("-in_force_at", "-pk").first()
    if last is not None:
        return Holding(last.content, last.clauses, last.numbers)
    version = newest_version(agreement)
    return Holding(version.content, version.clauses, wording.first_numbers(version.clauses))


def settings_of(agreement: Agreement, new_partner: Partner | None) -> tuple[text.Setting, text.Setting]:
    """What the wording takes from the records: with the partner that is bound, and with the one that will be."""
    before = setting_of(agreement.case, agreement.title)
    if new_partner is None:
        return before, before
    return before, replace(before, partner=new_partner.name, partner_address=address_of(new_partner))


def last_evaluation(agreement: Agreement) -> Evaluation | None:
    """The last that was held; a day that lies ahead is none."""
    held = Evaluation.objects.filter(agreement=agreement, held_on__lte=clock.today())
    return held.order_by("-held_on", "-pk").first()


def as_version(amendment: Amendment) -> DraftVersion:
    """The addendum's whole text in the shape that the rules of a draft are asked about; it is never saved.

    Articles that the parties worded themselves have no blanks and no content of law: the rules look at the library's.
    """
    known = book.articles()
    return DraftVersion(
        agreement=amendment.agreement,
        number=0,
        content=amendment.content,
        clauses=[each for each in amendment.clauses if each["code"] in known],
        text_hash=amendment.text_hash,
    )


def as_bound(amendment: Amendment) -> Agreement:
    """The agreement with the partner that it binds once the addendum holds; it is never saved."""
    bound = copy(amendment.agreement)
    bound.partner = amendment.partner
    return bound


def signers_of(amendment: Amendment, day: date) -> Signers:
    """Who signs: the two who stand behind exactly this text, each with the office he or she holds on that day."""
    sides = {amendment.party: amendment.offered_by, OTHER[amendment.party]: amendment.agreed_by}
    return in_office(sides, amendment.agreement.case, amendment.partner, day)


def mandate_for(person: Person, amendment: Amendment, party: str) -> Appointment | None:
    return mandate_of(person, amendment.agreement.case, amendment.partner, party)


# Facts ----------------------------------------------------------------------------------------------------------------
class Decided(Protocol):
    """A change that a meeting decides on, by the hash of what was read out."""

    @property
    def code(self) -> Any: ...

    @property
    def text_hash(self) -> Any: ...


def decided_exactly(amendment: Decided) -> tuple[bool, bool]:
    """Whether a binding decision agrees to the addendum exactly as it reads, and whether one refuses it."""
    decided = decision_on(amendment.code)
    if decided is None or not decided.binding:
        return False, False
    return decided.agreed and decided.text_hash == amendment.text_hash, not decided.agreed


def consent_facts(amendment: Amendment) -> ConsentFacts:
    agreed, _refused = decided_exactly(amendment)
    return ConsentFacts(tuple(amendment.touches), amendment.sent_to_meeting, agreed)


def alone_facts(amendment: Amendment, *, offered: bool) -> AloneFacts:
    others = Amendment.objects.filter(agreement=amendment.agreement).exclude(state__in=OVER).exclude(pk=amendment.pk)
    differences = len(amendment.changes) + (amendment.new_partner is not None)
    return AloneFacts(amendment.reason, offered, differences, others.count())


def runs_facts(agreement: Agreement, today: date) -> RunsFacts:
    return RunsFacts(agreement.binds, today, agreement.ends_on or date.min)


def renewal_facts(amendment: Amendment, today: date, held: Standing) -> RenewalFacts:
    agreement, now = amendment.agreement, sheet.term(amendment.content["topics"])
    first, last = agreement.starts_on or today, agreement.ends_on or today
    evaluation = last_evaluation(agreement)
    agreed, _refused = decided_exactly(amendment)
    return longer_facts(
        first, last, now[1] if now else last, agreement.forms, held, today=today, agreed=agreed,
        evaluated=evaluation is not None and evaluation.prolong and evaluation.held_on >= first,
    )  # fmt: skip


def longer_facts(
    first: date,
    last: date,
    ends: date,
    forms: Collection[str],
    held: Standing,
    *,
    today: date,
    agreed: bool,
    evaluated: bool,
) -> RenewalFacts:
    """Of a term from ``first`` to ``last`` that would last to ``ends``. Of a lease the law limits each time that is let, of
    the other uses of an asset the whole."""
    limits = [LONGEST]
    years = text.years_begun(first, ends)
    if LEASED in forms:
        years, limits = text.years_begun(last + timedelta(days=1), ends), [int(held.numbers["lease_max_years"])]
    if UTILISED in forms:
        limits.append(int(held.numbers["utilisation_max_years"]))
    if set(BUILT) & set(forms):
        limits.append(int(held.numbers["build_operate_max_years"]))
    return RenewalFacts(
        longer=ends > last,
        evaluated=evaluated,
        minutes_binding=agreed,
        today=today,
        ends_on=last,
        years=years,
        limit_years=min(limits),
    )


LONGEST = 30  # years: no form of the law digest is longer


def burden_facts(amendment: Amendment) -> BurdenFacts:
    """An addendum that costs the village more than what holds wants the BPD's decree for exactly this text (AG-08, AG-45)."""
    was, now = holding(amendment.agreement).content["topics"], amendment.content["topics"]
    more = wording.burden(now) > wording.burden(was) or now["others"]["assets"] != was["others"]["assets"]
    decree = decree_on(amendment.code)
    return BurdenFacts(
        burdens_village=more,
        bpd_decree_number=decree.number if decree else "",
        decree_hash=decree.text_hash if decree else "",
        sheet_hash=amendment.text_hash,
    )


def locking_asked(amendment: Amendment, made_on: date, held: Standing) -> Asked:
    """All that is asked before an addendum is locked."""
    agreement, version = amendment.agreement, as_version(amendment)
    topics = amendment.content["topics"]
    signing = signers_of(amendment, made_on)
    asked: list[Any] = [
        (STILL_RUNS, runs_facts(agreement, made_on)),
        (CONSENTED, consent_facts(amendment)),
        *_holder_asked(amendment),
        (RENEWING, renewal_facts(amendment, made_on, held)),
        (CONTENT, facts.content_facts(version)),
        (MEASURABLE, facts.obligation_facts(topics)),
        (FUNDED, facts.funding_facts(topics)),
        (BURDEN, burden_facts(amendment)),
        (GROUPS, facts.group_facts(agreement.case)),
        (SHARES, facts.share_facts(agreement, version, held)),
        *_form_asked(amendment, version, held),
        *chains.changing_asked(agreement, amendment.content, amendment.clauses),
        (MANDATE, facts.whole_mandate(signing, made_on)),
        ((not_on_watch_list, verdict_fresh), standing_of(amendment.partner)),
    ]
    if {"asset", "term"} & set(amendment.touches):
        draft = replace(draft_of(agreement), version=version)
        limits = (lease_within_limit, utilisation_within_limit, build_operate_within_limit)
        found = facts.asset_facts(agreement, draft, held)
        leased = replace(found, term_years=renewal_facts(amendment, made_on, held).years)
        asked.append((limits, leased))
        asked.append(((regent_permit_granted, asset_recorded_and_unpledged), found))
    return asked


def _holder_asked(amendment: Amendment) -> Asked:
    """Of the village that holds the agreement now: it may bind itself, its own meeting agreed, and those touched did."""
    case = amendment.agreement.case
    agreed, _refused = decided_exactly(amendment)
    return [
        (HOLDER, villages.holder_facts(case.village)),
        (OWN_MEETING, villages.own_meeting_facts(case, agreed=agreed)),
        (OWN_RESIDENTS, residents_facts(amendment)),
    ]


def residents_facts(amendment: Amendment) -> OwnResidentsFacts:
    """Whether those touched are asked about the addendum itself, and whether they agreed (AG-94)."""
    case, touched = amendment.agreement.case, False
    if case.consent_needed:
        novation, was = amendment.new_partner_id is not None, holding(amendment.agreement).content
        touched = wording.asks_residents(amendment.touches, was, amendment.content, novation=novation)
    return villages.own_residents_facts(case, amendment.code, touched=touched)


@knows_cases
def village_of_amendment(code: str) -> str:
    """Who is asked about an addendum is asked by the village that holds its agreement (DB-57)."""
    held = Amendment.objects.filter(code=code).values_list("agreement__case__village_id", flat=True)
    return held.first() or ""


def _form_asked(amendment: Amendment, version: DraftVersion, held: Standing) -> Asked:
    """What form and partner ask of the text as it will read, with the partner that it will bind."""
    bound = as_bound(amendment)
    return [
        (PLANTATION, facts.plantation_facts(bound, version, held)),
        (SIZES, gates.size_facts(bound, version)),
        (COOPERATIVES, gates.cooperative_facts(bound, facts.all_blanks(bound, version), held)),
        (LOANS, gates.loan_facts(bound, version, held)),
        (SHORT, gates.short_facts(bound, version, held)),
    ]


def signing_asked(slot: AddendumSlot, person: Person, seen: str, held: Standing, *, electronic: bool) -> Asked:
    """What is asked of one who signs an addendum."""
    amendment, today = slot.amendment, clock.today()
    office = mandate_for(person, amendment, slot.party) if slot.person_id == person.pk else None
    asked: list[Any] = [
        (STILL_RUNS, runs_facts(amendment.agreement, today)),
        (CONSENTED, consent_facts(amendment)),
        *_holder_asked(amendment),
        (RENEWING, renewal_facts(amendment, today, held)),
        (MANDATE, facts.mandate_facts(office, today)),
        (SAME_BYTES, BytesFacts(seen, slot.text_hash)),
        ((not_on_watch_list,), standing_of(amendment.partner)),
        (TAKING_A_PART, parts(amendment.agreement.case).facts(person.code, "sign")),
    ]
    if electronic:
        asked.append((COOLED_DOWN, contact_facts(person, amendment.agreement.case.village_id)))
    return asked


def slots_of(amendment: Amendment) -> list[AddendumSlot]:
    """The places to sign that count, the village's first."""
    found = AddendumSlot.objects.filter(amendment=amendment).exclude(state="void")
    return list(found.select_related("file", "amendment__agreement__case").order_by("party"))


def newest_file(amendment: Amendment) -> str:
    """The hash of the file with all signatures given so far, else of the one that is signed; "" where it is not locked."""
    held = Amendment.objects.select_related("stamped", "paper__file").get(pk=amendment.pk)
    signed = AddendumSlot.objects.filter(amendment=amendment, state="signed").exclude(file=None)
    last = signed.select_related("file").order_by("-at", "-pk").first()
    if last is not None and last.file is not None:
        return last.file.sha256
    return held.registered.sha256 if held.registered else ""


def to_sign(amendment: Amendment) -> ToSign:
    """The locked addendum as whoever signs or stamps it outside meets it."""
    slots = slots_of(amendment)
    waiting = tuple(each.field for each in slots if each.state != "signed")
    here = [each for each in slots if each.state == "signed" and each.mode == AddendumSlot.Mode.ELECTRONIC]
    return ToSign(newest_file(amendment), waiting, all(each.file_id is not None for each in here))


def newest_scan(amendment: Amendment) -> AddendumScan | None:
    return AddendumScan.objects.filter(amendment=amendment).select_related("file").order_by("-pk").first()


class Locked(Protocol):
    """What is signed has a file."""

    @property
    def registered(self) -> StoredFile | None: ...


def compared_hash(amendment: Locked, scan: Scanned) -> str:
    """What who confirms ink has before him: the locked text and the scan of its signed print."""
    locked = amendment.registered.sha256 if amendment.registered else ""
    return sha256(f"{locked}|{scan.file.sha256}".encode()).hexdigest()


# In words -------------------------------------------------------------------------------------------------------------
def quoted(amendment: Amendment) -> dict[str, str]:
    """The articles by code, as they are quoted: Pasal 7A."""
    return {code: f"Pasal {number}" for code, number in amendment.numbers}


def in_words(amendment: Amendment) -> str:
    """What is read out at the meeting: why, what it touches, and place by place what it was and what it becomes."""
    lines = [
        f"{KINDS[amendment.kind]}: {amendment.agreement.title}",
        f"Alasan: {amendment.reason}",
        *([f"Mitra baru: {amendment.new_partner.name}"] if amendment.new_partner else []),
        *(
            [f"Menyentuh: {', '.join(TOUCHES[each].lower() for each in amendment.touches)}"]
            if amendment.touches
            else []
        ),
    ]
    for place, before, after in differences(amendment):
        lines += [f"{place}", f"  semula: {before or '–'}", f"  menjadi: {after or 'dihapus'}"]
    return "\n".join(lines)


def differences(amendment: Amendment) -> list[tuple[str, str, str]]:
    """Place, what it was, what it becomes. An article says what its topic says, but for the rows of duties and money, which
    hold more (measure, proof, checker, code)."""
    numbers, titles = quoted(amendment), {each["code"]: each["title"] for each in amendment.clauses}
    known = book.articles()
    found = []
    for change in amendment.changes:
        kind, _colon, name = change["what"].partition(":")
        if (
            kind == "topic"
            and name not in ("duties", "money")
            and any(each["what"].startswith("clause:") for each in amendment.changes)
        ):
            continue
        if kind == "clause":
            title = titles.get(name) or (known[name].title if name in known else "")
            place = f"{numbers.get(name, 'Pasal')} {title}"
        else:
            place = sheet.TOPICS[name] if kind == "topic" else f"Lampiran {text.ANNEXES[name][0]}"
        found.append((place, change["before"], change["after"]))
    return found


def is_fillable(code: str) -> bool:
    return code in book.articles() and bool(book.articles()[code].slots)
