"""Reading addenda to agreements from before, and the facts that their rules ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from bermitra.agreements.changing.queries import decided_exactly, longer_facts
from bermitra.agreements.changing.rules import (
    CONSENTED,
    RENEWING,
    STILL_RUNS,
    TOUCHES,
    AloneFacts,
    ConsentFacts,
    RenewalFacts,
    RunsFacts,
)
from bermitra.agreements.existing.addenda.models import EarlierAddendum, EarlierAddendumScan
from bermitra.agreements.existing.addenda.rules import ASSET_FORMS, OVER, QuotesFacts, RecordFacts
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.existing.queries import partner_facts
from bermitra.agreements.existing.rules import PARTNER
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import facts, sides_missing
from bermitra.agreements.queries.drafting import PARTNER_OFFICES, SIGNING_OFFICE, Signers, in_office
from bermitra.agreements.rules import GROUPS, MANDATE, ONE, TWO, AssetFacts, regent_permit_granted
from bermitra.agreements.villages import queries as villages
from bermitra.agreements.villages.rules import HOLDER, OWN_MEETING, OWN_RESIDENTS
from bermitra.deliberation.consent.queries import knows_cases
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.uploads import make_safe
from bermitra.foundation.money import rupiah
from bermitra.foundation.rules import Standing
from bermitra.partnership.queries import Asked, cases_visible_to
from bermitra.partnership.rules import TAKING_A_PART
from bermitra.registry.models import Partner
from bermitra.selection.queries import parts

_WITH = ("earlier__case__village", "earlier__case__partner", "earlier__text_file", "paper__file")


def addenda_visible_to(person: Any) -> QuerySet[EarlierAddendum]:
    """Those of the agreements one sees, the newest first."""
    found = EarlierAddendum.objects.filter(earlier__case__in=cases_visible_to(person).order_by())
    return found.select_related(*_WITH).order_by("-pk")


def addenda_of(earlier: EarlierAgreement) -> list[EarlierAddendum]:
    """All that were proposed, the newest first."""
    return list(EarlierAddendum.objects.filter(earlier=earlier).select_related(*_WITH).order_by("-pk"))


def open_addendum(earlier: EarlierAgreement) -> EarlierAddendum | None:
    return EarlierAddendum.objects.filter(earlier=earlier).exclude(state__in=OVER).first()


@knows_cases
def village_of_addendum(code: str) -> str:
    """Who is asked about an addendum is asked by the village that holds its agreement (DB-57)."""
    held = EarlierAddendum.objects.filter(code=code).values_list("earlier__case__village_id", flat=True)
    return held.first() or ""


def newest_scan(addendum: EarlierAddendum) -> EarlierAddendumScan | None:
    return EarlierAddendumScan.objects.filter(addendum=addendum).select_related("file").order_by("-pk").first()


def partner_of(addendum: EarlierAddendum) -> Partner:
    """Every record that runs names one (AG-38)."""
    partner = addendum.earlier.case.partner
    if partner is None:
        raise ValueError("a running agreement without a partner")
    return partner


# Who of the partner is here -----------------------------------------------------------------------------------------------
def may_answer(addendum: EarlierAddendum) -> bool:
    """Whether somebody who signs for the partner has an account."""
    return _here(addendum, (SIGNING_OFFICE[TWO],))


def may_compare(addendum: EarlierAddendum) -> bool:
    return _here(addendum, PARTNER_OFFICES)


def _here(addendum: EarlierAddendum, offices: Any) -> bool:
    held = Appointment.objects.in_force(clock.today()).filter(role__in=offices, party=partner_of(addendum).code)
    return bool(held.exists())


def signers_of(addendum: EarlierAddendum, day: date) -> Signers:
    """The head who stands behind the addendum and the partner's signatory who agreed to it, each with the office of that
    day. Of a partner without an account whoever was typed, as it will be printed; nothing of that is saved."""
    partner = partner_of(addendum)
    named = {ONE: addendum.offered_by, TWO: addendum.agreed_by}
    found = in_office(named, addendum.earlier.case, partner, day)
    if not addendum.agreed_by and addendum.partner_signer:
        typed = Appointment(
            role=SIGNING_OFFICE[TWO], party=partner.code, title=addendum.partner_office, decree=addendum.partner_mandate,
            since=day, until=day,
        )  # fmt: skip
        found[TWO] = Person(full_name=addendum.partner_signer), typed
    return found


def as_bound(addendum: EarlierAddendum) -> Agreement:
    """The agreement as the parts of a paper name its parties; it is never saved."""
    case = addendum.earlier.case
    return Agreement(case=case, partner=partner_of(addendum), title=case.title)


def still_to_compare(addendum: EarlierAddendum, scan: EarlierAddendumScan) -> bool:
    """One of each side; of a partner without an account the chair of the BPD and another of the village."""
    if may_compare(addendum):
        return bool(sides_missing(scan))
    found = list(scan.confirmations.values_list("role", flat=True))
    return len(found) < 2 or roles.BPD_CHAIR.key not in found


# Facts ------------------------------------------------------------------------------------------------------------------
def record_facts(earlier: EarlierAgreement) -> RecordFacts:
    return RecordFacts(
        earlier.number, earlier.made_on is not None, earlier.text_file_id is not None, earlier.case.coop_type
    )


def runs_facts(earlier: EarlierAgreement, today: date) -> RunsFacts:
    """Where the end is not known, nothing says that it is over."""
    return RunsFacts(earlier.case.state == "running", today, earlier.ends_on or date.max)


def alone_facts(earlier: EarlierAgreement, reason: str, addendum: EarlierAddendum | None = None) -> AloneFacts:
    """``addendum``: the one that is offered; none where one is only begun."""
    others = EarlierAddendum.objects.filter(earlier=earlier).exclude(state__in=OVER)
    if addendum is None:
        return AloneFacts(reason, offered=False, differences=0, other_open=others.count())
    return AloneFacts(
        reason, offered=True, differences=len(addendum.changes), other_open=others.exclude(pk=addendum.pk).count()
    )


def quotes_facts(addendum: EarlierAddendum, scan_pages: int) -> QuotesFacts:
    rows = tuple((each["article"], each["page"], each["before"], each["after"]) for each in addendum.changes)
    return QuotesFacts(rows, scan_pages)


def scan_pages(earlier: EarlierAgreement) -> int:
    """Pages of the scan of the agreement, counted as when it was uploaded; a picture is one."""
    if earlier.text_file is None:
        return 0
    return make_safe(files.read(earlier.text_file.sha256), earlier.text_file.name).pages


def renewal_facts(addendum: EarlierAddendum, today: date, held: Standing) -> RenewalFacts:
    """Of an end that is not known, what lies ahead counts as longer."""
    earlier = addendum.earlier
    last, (agreed, _refused) = earlier.ends_on or today, decided_exactly(addendum)
    evaluated = addendum.evaluated_on is not None and earlier.starts_on <= addendum.evaluated_on <= today
    return longer_facts(
        earlier.starts_on, last, addendum.ends_on or last, (addendum.asset_form,), held, today=today, agreed=agreed,
        evaluated=evaluated and addendum.evaluation != "",
    )  # fmt: skip


def permit_facts(addendum: EarlierAddendum, held: Standing) -> AssetFacts:
    """The permit of the regent is asked for by the use; how an asset is recorded is not known of such an agreement."""
    return AssetFacts(
        forms=(addendum.asset_form,), term_years=0, permit_number=addendum.permit_number, uses_asset=False,
        asset_in_inventory=False, ownership_proof=False, not_pledged=False, no_pledge_clause=False,
        lease_max_years=int(held.numbers["lease_max_years"]),
        utilisation_max_years=int(held.numbers["utilisation_max_years"]),
        build_operate_max_years=int(held.numbers["build_operate_max_years"]),
    )  # fmt: skip


def consent_facts(addendum: EarlierAddendum) -> ConsentFacts:
    agreed, _refused = decided_exactly(addendum)
    return ConsentFacts(tuple(addendum.touches), True, agreed)


def binding_asked(addendum: EarlierAddendum, day: date, held: Standing) -> Asked:
    """All that is asked before it is locked, and again when its ink is to count; ``day``: when it is, or was, signed."""
    earlier, case = addendum.earlier, addendum.earlier.case
    signing_for, (agreed, _refused) = signers_of(addendum, day), decided_exactly(addendum)
    return [
        (STILL_RUNS, runs_facts(earlier, clock.today())),
        (CONSENTED, consent_facts(addendum)),
        (RENEWING, renewal_facts(addendum, clock.today(), held)),
        ((regent_permit_granted,), permit_facts(addendum, held)),
        (GROUPS, facts.group_facts(case)),
        (HOLDER, villages.holder_facts(case.village)),
        (OWN_MEETING, villages.own_meeting_facts(case, agreed=agreed)),
        (OWN_RESIDENTS, villages.own_residents_facts(case, addendum.code, touched=True)),
        (PARTNER, partner_facts(earlier)),
        (MANDATE, facts.whole_mandate(signing_for, day)),
        *(
            (TAKING_A_PART, parts(case).facts(person.code, "sign"))
            for person, _office in signing_for.values()
            if person.pk is not None
        ),
    ]


# In words ---------------------------------------------------------------------------------------------------------------
def in_words(addendum: EarlierAddendum) -> str:
    """What is read out at the meeting, in Indonesian."""
    earlier = addendum.earlier
    with override("id"):
        lines = [
            f"Adendum perjanjian Nomor {earlier.number} dengan {partner_of(addendum).name}",
            f"Alasan: {addendum.reason}",
            f"Menyentuh: {', '.join(gettext(TOUCHES[each]).lower() for each in addendum.touches)}",
            *(f"{place}: {was} menjadi {now}" for place, was, now in new_values(addendum)),
            *(
                [f"Evaluasi {long_date(addendum.evaluated_on)}: {addendum.evaluation}"]
                if addendum.evaluated_on is not None
                else []
            ),
            *([f"Pemakaian aset desa: {gettext(ASSET_FORMS[addendum.asset_form])}"] if addendum.asset_form else []),
            *([f"Izin Bupati atau Wali Kota: {addendum.permit_number}"] if addendum.permit_number else []),
        ]
    for each in addendum.changes:
        lines += [
            f"{each['article']} (halaman {each['page']} pindaian)",
            f"Semula: {each['before']}",
            f"Menjadi: {each['after'] or 'dihapus'}",
        ]
    return "\n".join(lines)


def new_values(addendum: EarlierAddendum) -> list[tuple[str, str, str]]:
    """What the record says otherwise once it holds: what, before, after."""
    unknown, held, found = gettext("belum diketahui"), addendum.held, []
    if addendum.ends_on is not None:
        was = long_date(date.fromisoformat(held["ends_on"])) if held["ends_on"] else unknown
        found.append((gettext("Berakhir"), was, long_date(addendum.ends_on)))
    if addendum.value is not None:
        worth = unknown if held["value"] is None else rupiah(held["value"])
        found.append((gettext("Nilai"), worth, rupiah(addendum.value)))
    return found
