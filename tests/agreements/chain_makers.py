"""Texts that stand above and below each other. The case is written as rows up to its meeting; the text goes through its doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bermitra.agreements import actions, queries
from bermitra.agreements.chains import actions as chains
from bermitra.agreements.models import Agreement
from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import sheet_hash
from bermitra.partnership.sheet import blank, merged
from bermitra.registry.models import Partner
from tests.agreements import makers
from tests.agreements.makers import DRAFTED, MADE_ON, PDMP, fresh, whole_duties
from tests.partnership.makers import LONG_AGO, agreed_by_meeting, plan_lines, whole_topics
from tests.people import OURS, People

NO_MONEY: dict[str, Any] = {"value": 0, "sources": []}
BECAUSE = "Disepakati kedua pihak pada rapat persiapan."


def a_case_to_draft(
    partner: Partner, *, village: str = OURS, title: str = "Pokok", met: bool = True, **topics: Any
) -> Case:
    """A case whose meeting agreed to this sheet (not yet, where nobody ``met``): state ``drafting``."""
    midterm, annual = plan_lines()
    with clock.at(DRAFTED):
        case = Case.objects.create(
            title=title, route="village_initiative", coop_type="pihak_ketiga", midterm_line=midterm, plan_line=annual,
            field_of_government="pemberdayaan_masyarakat", forms=["pdmp"], village_id=village, partner=partner,
            state="drafting", consent_needed=False, consent_reason="Di rumah peserta.", budget_note="Cukup.",
            opened_at=LONG_AGO, opened_by="system",
        )  # fmt: skip
        sheet = TermSheet.objects.create(
            case=case, partner=partner, title=title, topics=merged(blank(), whole_topics(**topics)), state="draft",
            drafted_at=LONG_AGO, by="system",
        )  # fmt: skip
        if met:
            agreed_by_meeting(sheet)
        sheet.text_hash, sheet.tabled_at, sheet.agreed_at, sheet.state = sheet_hash(sheet), DRAFTED, DRAFTED, "agreed"
        sheet.save()
    return case


def a_text(
    people: People,
    partner: Partner,
    *,
    level: str,
    under: Agreement | None = None,
    at: datetime = DRAFTED,
    **topics: Any,
) -> Agreement:
    """Complete, placed, and with the village: nothing but acceptances is missing."""
    agreement = makers.a_draft(people, a_case_to_draft(partner, title=f"Naskah {level}", **topics))
    money = queries.newest_version(agreement).content["topics"]["money"]
    for row in money["sources"]:
        row["apbdes_code"] = row["apbdes_code"] or "4.2.1"
    makers.changed(people, agreement, topics={"duties": whole_duties(agreement), "money": money}, blanks=PDMP)
    with clock.at(DRAFTED):
        actions.give_number(by=people.by("sekdes"), agreement=agreement, number=f"{level}/PANDANARUM/2026")
        actions.give_number(by=people.by("mitra"), agreement=agreement, number=f"{level}/FPC/2026")
        proof = {"condition": "netralitas", "proof": "Pernyataan 7 Mei 2026"}
        actions.show_condition(by=people.by("mitra"), agreement=agreement, **proof)
        if money["value"]:
            actions.issue_bpd_decree(
                by=people.by("bpd"), case=agreement.case, number="3/KEP-BPD/2026", dated=MADE_ON, about="Dana"
            )
        placed(people, agreement, level=level, under=under)
    return fresh(agreement)


def placed(people: People, agreement: Agreement, who: str = "sekdes", **where: Any) -> Agreement:
    with clock.at(DRAFTED):
        chains.place_in_chain(by=people.by(who), agreement=fresh(agreement), reason=BECAUSE, **where)
    return fresh(agreement)


def put_in_force(people: People, agreement: Agreement) -> Agreement:
    held = makers.locked(people, makers.accepted(people, agreement))
    for who in ("kades", "mitra.direktur"):
        held = makers.signed_by(people, held, who)
    with clock.at(makers.SIGNED):
        actions.activate(by=people.by("sekdes"), agreement=held, stamp="electronic")
    return fresh(held)


def a_memorandum_in_force(people: People, partner: Partner, **topics: Any) -> Agreement:
    return put_in_force(people, a_text(people, partner, level="mou", **{"money": NO_MONEY, **topics}))
