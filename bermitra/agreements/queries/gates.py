"""The facts of what form, partner and shape ask besides; the conditions that somebody shows to be met."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements import book, linked, text
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.queries.drafting import SIGNING_OFFICE, Draft, Signers
from bermitra.agreements.rules import (
    COOPERATIVE,
    CREDIT,
    ENTERPRISE,
    ENTERPRISE_FORMS,
    HEALTHY,
    LARGE,
    ONE,
    AnnexFacts,
    CooperativeFacts,
    ElectionFacts,
    EnterpriseFacts,
    LinkFacts,
    LoanFacts,
    ReviewedFacts,
    ReviewFacts,
    ShortFacts,
    SizeFacts,
    SuccessionFacts,
    names_a_paper,
)
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.rules import Standing
from bermitra.partnership import sheet
from bermitra.registry.models import VillageAsset

# The article that says the price, by form; a form without one shares nothing.
PRICES = {"bagi": "bagi_rumus", "inti": "inti_harga", "offtake": "offtake_harga", "subkon": "subkon_bayar",
          "distrib": "distrib_setor", "kso": "bagi_rumus", "wisata": "wisata_tiket"}  # fmt: skip
AUDITED = ("bagi_pembukuan", "catatan_dagang")


def circumstances_of(agreement: Agreement) -> frozenset[str]:
    """Who the partner is and through whom the money goes: ``large``, ``bumdes``, ``cooperative``."""
    kind, sources = agreement.partner.kind, agreement.sheet.topics["money"]["sources"]
    by_enterprise = any(row["channel"] == ENTERPRISE for row in sources)
    through = kind == ENTERPRISE or by_enterprise or bool(set(ENTERPRISE_FORMS) & set(agreement.forms))
    found = {"large": kind in LARGE, "bumdes": through, "cooperative": kind == COOPERATIVE}
    return frozenset(name for name, so in found.items() if so)


def conditions_asked(agreement: Agreement) -> tuple[book.Condition, ...]:
    return book.conditions_of(agreement.forms, circumstances_of(agreement))


def annex_facts(version: DraftVersion) -> AnnexFacts:
    """Money from somewhere is a budget; a text without money needs none."""
    annexes, money = version.content["annexes"], version.content["topics"]["money"]
    there = {
        "work_plan": annexes["work_plan"],
        "budget": not money["value"] or money["sources"] or annexes["budget"],
        "indicators": all(row["baseline"] for row in annexes["indicators"]) and annexes["indicators"],
    }
    return AnnexFacts(tuple(name for name, filled in there.items() if not filled))


def loan_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> LoanFacts:
    topics = version.content["topics"]
    days, codes = sheet.term(topics), [row["asset"] for row in topics["others"]["assets"] if row["asset"]]
    known = VillageAsset.objects.in_bulk(codes, field_name="code") if codes else {}
    return LoanFacts(
        forms=tuple({*agreement.forms, *(row["form"] for row in topics["others"]["assets"])}),
        borrower=agreement.partner.kind,
        object_kinds=tuple(each.kind for each in known.values()),
        term_days=(days[1] - days[0]).days + 1 if days else 0,
        borrow_max_days=held.numbers["borrow_max_days"],
    )


def review_facts(agreement: Agreement, version: DraftVersion, blanks: dict[str, Any], held: Standing) -> ReviewFacts:
    said = int(blanks.get("tahun_tinjau_harga") or 0) if "aset_peninjauan" in _codes(version) else 0
    return ReviewFacts(tuple(agreement.forms), said, held.numbers["asset_price_review_years"])


def size_facts(agreement: Agreement, version: DraftVersion) -> SizeFacts:
    prices = {PRICES[form] for form in HEALTHY if form in agreement.forms and form in PRICES}
    standing = {clause["code"] for clause in version.clauses if not clause["blanks"]}
    return SizeFacts(
        forms=tuple(agreement.forms),
        partner_kind=agreement.partner.kind,
        declared_free=names_a_paper(agreement.gates.get("tanpa_penguasaan", "")),
        healthy_clause="umkm_kemitraan_sehat" in _codes(version),
        price_formula=prices <= standing,
        audit_right=bool(_codes(version) & set(AUDITED)),
    )


def cooperative_facts(agreement: Agreement, blanks: dict[str, Any], held: Standing) -> CooperativeFacts:
    said = blanks.get("persen_dukungan_koperasi")
    return CooperativeFacts(
        cooperative_loan=CREDIT in agreement.forms and agreement.partner.kind == COOPERATIVE,
        special_meeting=names_a_paper(agreement.gates.get("musdes_koperasi", "")),
        support_percent=101 if said in (None, "") else int(said),
        kdmp_loan_cap_percent=held.numbers["kdmp_loan_cap_percent"],
    )


def enterprise_facts(agreement: Agreement) -> EnterpriseFacts:
    return EnterpriseFacts(
        via_bumdes="bumdes" in circumstances_of(agreement),
        organ_approval=names_a_paper(agreement.gates.get("organ_bumdes", "")),
    )


def succession_facts(agreement: Agreement, draft: Draft, signing: Signers, day: date) -> SuccessionFacts:
    """The head who would sign, else the one in office on that day."""
    days = sheet.term(draft.version.content["topics"])
    office = signing[ONE][1] if ONE in signing else _head(agreement, day)
    return SuccessionFacts(
        ends_on=days[1] if days else None,
        head_until=office.until if office else None,
        succession_clause="pergantian_pimpinan" in _codes(draft.version),
    )


def _head(agreement: Agreement, day: date) -> Appointment | None:
    held = Appointment.objects.in_force(day).filter(role=SIGNING_OFFICE[ONE], region=agreement.case.village_id)
    found: Appointment | None = held.order_by("since", "pk").first()
    return found


def election_facts(agreement: Agreement, today: date, held: Standing) -> ElectionFacts:
    numbers = held.numbers
    return ElectionFacts(today, numbers["election_from"], numbers["election_until"], agreement.partner.kind)


def link_facts(version: DraftVersion) -> LinkFacts:
    return LinkFacts(linked.unlinked(version.content["topics"], version.clauses))


def reviewed_facts(agreement: Agreement, draft: Draft) -> ReviewedFacts:
    return ReviewedFacts(book.unread(agreement.forms), draft.reviewed)


def short_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> ShortFacts:
    touched = bool(agreement.case.consent_needed)
    limit = held.numbers["short_text_max_rupiah"]
    heavy = text.too_much_for_short(version.content["topics"], agreement.forms, consent=touched, limit=limit)
    return ShortFacts(text.is_short(version.content), heavy)


def _codes(version: DraftVersion) -> set[str]:
    return {clause["code"] for clause in version.clauses}
