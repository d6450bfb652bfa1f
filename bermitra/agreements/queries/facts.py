"""The facts that the rules of locking are asked about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from bermitra.agreements import book, text
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.queries.drafting import Draft, Signers, sheet_of
from bermitra.agreements.queries.gates import conditions_asked
from bermitra.agreements.rules import (
    CONTENTS,
    SHARING,
    AcceptanceFacts,
    AssetFacts,
    BurdenFacts,
    ConsentFacts,
    ContentFacts,
    DecisionFacts,
    FundingFacts,
    GateFacts,
    GroupFacts,
    MandateFacts,
    ObligationFacts,
    PlantationFacts,
    ShareFacts,
    WordsFacts,
    names_a_paper,
)
from bermitra.agreements.villages.queries import consent_of
from bermitra.deliberation.models import BpdDecree as MeetingDecree
from bermitra.deliberation.queries import decision_on, decree_on
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.rules import Standing
from bermitra.partnership import book as budget
from bermitra.partnership import sheet
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset


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
    consent = consent_of(case) if case.consent_needed else None
    return GroupFacts(
        touches_land_forest_custom=bool(case.consent_needed),
        consent_state=consent.state if consent else "",
        consent_withdrawn=consent is not None and consent.withdrawn,
        was_given=consent is not None and (consent.given or consent.withdrawn),
    )


def share_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> ShareFacts:
    forms = [form for form in SHARING if form in agreement.forms]
    codes = {clause["code"]: clause for clause in version.clauses}
    blanks = all_blanks(agreement, version)
    return ShareFacts(
        forms=tuple(forms),
        formula_given=all(FORMULA[form] in codes and not codes[FORMULA[form]]["blanks"] for form in forms),
        example_recomputes=all(text.example_recomputes(form, blanks) for form in forms),
        exclusive_seasons=int(blanks.get("musim_eksklusif") or 0),
        exclusive_max_seasons=held.numbers["exclusive_max_seasons"],
    )


FORMULA = {"bagi": "bagi_rumus", "ksp": "ksp_kontribusi", "inti": "inti_harga", "offtake": "offtake_harga"}


def plantation_facts(agreement: Agreement, version: DraftVersion, held: Standing) -> PlantationFacts:
    blanks = all_blanks(agreement, version)
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


def all_blanks(agreement: Agreement, version: DraftVersion) -> dict[str, Any]:
    known = book.articles()
    return {
        name: value
        for clause in version.clauses
        for name, value in text.filled_blanks(known[clause["code"]], version.content).items()
    }


def gate_facts(agreement: Agreement, version: DraftVersion) -> GateFacts:
    """Conditions without a proof, and articles of the forms in which a blank is left."""
    open_conditions = [each.says for each in conditions_asked(agreement) if not agreement.gates.get(each.code)]
    holes = [clause["title"] for clause in version.clauses if clause["blanks"]]
    return GateFacts(tuple(open_conditions + holes))


def decision_facts(agreement: Agreement, version: DraftVersion) -> DecisionFacts:
    """A price in own words or a larger budget departs as well: the meeting has decided on the sums of the sheet alone."""
    found = text.departing(version.content["topics"], sheet_of(agreement).topics)
    more = text.priced_in_own_words(version.content) or text.over_budget(version.content)
    return DecisionFacts((*found, "money") if more and "money" not in found else found)


def words_facts(agreement: Agreement, version: DraftVersion) -> WordsFacts:
    content, agreed = version.content, sheet_of(agreement).topics
    return WordsFacts(
        text.undecided_words(content, agreed),
        text.undecided_terms(content, version.clauses, agreed),
        text.undecided_blanks(content, version.clauses, agreed),
        (
            *(f"duty:{place}" for place in text.undecided_columns(content["topics"], agreed)),
            *(f"annex:{kind}" for kind in text.undecided_annexes(content, agreed)),
        ),
    )


def mandate_facts(held: Appointment | None, today: date) -> MandateFacts:
    return MandateFacts(
        mandate_number=held.decree if held else "",
        mandate_from=held.since if held else today,
        today=today,
        mandate_until=held.until if held else today,
    )


def whole_mandate(signing: Signers, day: date) -> MandateFacts:
    """The weaker of the two mandates: of the side that has none, else of the one that ends first."""
    if len(signing) < 2:
        return mandate_facts(None, day)
    return mandate_facts(min((mandate for _person, mandate in signing.values()), key=lambda each: each.until), day)


def departures(agreement: Agreement, version: DraftVersion) -> list[str]:
    """The topics that depart from the sheet, and the own words, blanks and rows that it does not hold, in words."""
    known, own = book.articles(), words_facts(agreement, version)
    found = [gettext(sheet.TOPICS[name]) for name in decision_facts(agreement, version).departing]
    said = gettext("pasal %s dalam kata sendiri")
    found += [said % known[code].title for code in own.undecided if code in known]
    says = {name: slot.says for article in known.values() for name, slot in article.slots.items()}
    found += [says[name].lower() for name in (*own.unpriced, *own.unseen)]
    return [*found, *(_added(each, version.content) for each in own.added)]


def _added(what: str, content: text.Content) -> str:
    kind, _colon, name = what.partition(":")
    if kind == "annex":
        return gettext("lampiran %s") % text.ANNEXES[name][0]
    return gettext("kolom kewajiban “%s”") % content["topics"]["duties"][int(name)]["text"].rstrip(" .;")
