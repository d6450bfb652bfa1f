"""What each door asks, and what a page shows of it before anybody knocks."""

from __future__ import annotations

from datetime import date

from bermitra.agreements.chains import queries as chains
from bermitra.agreements.models import Agreement, SignatureSlot, WetScan
from bermitra.agreements.queries.drafting import Draft, agreement_of, draft_of, mandate_of, sheet_of, signers
from bermitra.agreements.queries.facts import (
    acceptance_facts,
    all_blanks,
    asset_facts,
    burden_facts,
    consent_facts,
    content_facts,
    decision_facts,
    funding_facts,
    gate_facts,
    group_facts,
    mandate_facts,
    obligation_facts,
    plantation_facts,
    share_facts,
    whole_mandate,
    words_facts,
)
from bermitra.agreements.queries.gates import (
    annex_facts,
    cooperative_facts,
    election_facts,
    enterprise_facts,
    link_facts,
    loan_facts,
    review_facts,
    reviewed_facts,
    short_facts,
    size_facts,
    succession_facts,
)
from bermitra.agreements.queries.signing import slots_of
from bermitra.agreements.queries.summary import told_facts
from bermitra.agreements.rules import (
    ACCEPTED,
    ACTIVATING,
    ASSETS,
    ATTACHED,
    BINDS_IN,
    BURDEN,
    CONSENTED,
    CONTENT,
    COOPERATIVES,
    DRAFTED_IN,
    ELECTION,
    ENTERPRISES,
    FUNDED,
    GATES,
    GROUPS,
    LINKED,
    LOANS,
    MANDATE,
    MEASURABLE,
    PLANTATION,
    READ,
    REVIEWS,
    SAME_BYTES,
    SHARES,
    SHORT,
    SIZES,
    SUCCESSION,
    TOLD,
    WITHIN_DECISION,
    WORDED,
    BytesFacts,
    MandateFacts,
    NumberFacts,
    StampFacts,
)
from bermitra.agreements.villages.queries import holder_facts
from bermitra.agreements.villages.rules import HOLDER
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import contact_facts
from bermitra.foundation.people.rules import COOLED_DOWN
from bermitra.foundation.rules import Finding, Refused, Standing, passed_over, unmet
from bermitra.partnership.models import Case
from bermitra.partnership.queries import Asked, budget_facts, findings, plan_facts_of, touch_facts
from bermitra.partnership.rules import TAKING_A_PART, TOUCHES_SAID, in_the_village_plan, village_budget_considered
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.rules import VillageFacts, not_on_watch_list, umbrella_regulation, verdict_fresh
from bermitra.selection.queries import parts


def locking_asked(agreement: Agreement, draft: Draft, made_on: date, held: Standing) -> Asked:
    """All that is asked before a text is locked, in the order in which a clerk meets it."""
    case, version = agreement.case, draft.version
    topics, blanks = version.content["topics"], all_blanks(agreement, version)
    signing = signers(agreement, draft, made_on)
    return [
        (CONSENTED, consent_facts(agreement, made_on)),
        (WITHIN_DECISION, decision_facts(agreement, version)),
        (WORDED, words_facts(agreement, version)),
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
        (SIZES, size_facts(agreement, version)),
        (COOPERATIVES, cooperative_facts(agreement, blanks, held)),
        (ENTERPRISES, enterprise_facts(agreement)),
        (LOANS, loan_facts(agreement, version, held)),
        (REVIEWS, review_facts(agreement, version, blanks, held)),
        (GATES, gate_facts(agreement, version)),
        *chains.locking_asked(agreement, version, made_on),
        (ATTACHED, annex_facts(version)),
        (LINKED, link_facts(version)),
        (SHORT, short_facts(agreement, version, held)),
        (SUCCESSION, succession_facts(agreement, draft, signing, made_on)),
        (READ, reviewed_facts(agreement, draft)),
        (MANDATE, whole_mandate(signing, made_on)),
        ((in_the_village_plan,), plan_facts_of(case)),
        ((village_budget_considered,), budget_facts(case)),
        ((not_on_watch_list, verdict_fresh), standing_of(agreement.partner)),
        (ELECTION, election_facts(agreement, clock.today(), held)),
        ((umbrella_regulation,), VillageFacts(umbrella_number=draft.umbrella_number)),
    ]


def reading_asked(slot: SignatureSlot, agreement: Agreement, person: Person, seen: str) -> Asked:
    """What a page shows to one who is about to sign: the meeting's word, the mandate, the very same bytes."""
    today = clock.today()
    held = mandate_of(person, agreement.case, agreement.partner, slot.party) if slot.person_id == person.pk else None
    return [
        (CONSENTED, consent_facts(agreement, agreement.made_on or today)),
        (GROUPS, group_facts(agreement.case)),
        (MANDATE, mandate_facts(held, today)),
        (SAME_BYTES, BytesFacts(seen, slot.text_hash)),
        *chains.signing_asked(agreement, today),
        (TOLD, told_facts(agreement, today)),
    ]


def signing_asked(slot: SignatureSlot, agreement: Agreement, person: Person, seen: str) -> Asked:
    """All that is asked of one who signs; the partner's standing and the person's own part in the case as well."""
    return [
        *reading_asked(slot, agreement, person, seen),
        (HOLDER, holder_facts(agreement.case.village)),
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


def election_checks(agreement: Agreement) -> tuple[Finding, ...]:
    """What the regency's election period says of this partner today, also while the agreement runs. One statement."""
    held = standing(agreement.case.village_id)
    return findings([(ELECTION, election_facts(agreement, clock.today(), held))], held)


def checks_of(agreement: Agreement, person: Person | None = None) -> dict[str, tuple[Finding, ...]]:
    case, today = agreement.case, clock.today()
    if agreement.state in BINDS_IN or agreement.state == "abandoned":
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
