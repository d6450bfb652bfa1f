"""Reading earlier agreements: who sees which, what a village meeting is asked to ratify, the facts of the rules."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from bermitra.agreements.existing.models import EarlierAgreement, ProposalLoad, ProposedAgreement
from bermitra.agreements.existing.rules import (
    CONFIRMER,
    CONFIRMING,
    EARLIER,
    OPEN_IN,
    PARTNER,
    RATIFYING,
    ConfirmerFacts,
    DuplicateFacts,
    EarlierFacts,
    PartnerFacts,
    RatificationFacts,
)
from bermitra.agreements.rules import ConsentFacts
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.journal.models import Event
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import codes_held
from bermitra.foundation.rules import Finding
from bermitra.partnership.models import Case
from bermitra.partnership.queries import OF_VILLAGE, Asked, cases_visible_to, findings
from bermitra.partnership.rules import FIELDS, GIVEN_UP, REGISTER_EXISTING, OpeningFacts
from bermitra.registry.models import Partner
from bermitra.registry.queries.likeness import near, threshold
from bermitra.registry.queries.standing import standing_of

CANDIDATES = 5


# Who sees which -------------------------------------------------------------------------------------------------------
def earlier_visible_to(person: Any) -> QuerySet[EarlierAgreement]:
    """Those of the cases one sees, the newest record first."""
    found = EarlierAgreement.objects.filter(case__in=cases_visible_to(person))
    return found.select_related("case__village", "case__partner", "text_file", "decree_file", "minutes_file").order_by(
        "-recorded_at", "-pk"
    )


def earlier_of(case: Case) -> EarlierAgreement | None:
    """The record behind a case of that route; asked of no other."""
    if case.route != REGISTER_EXISTING:
        return None
    return EarlierAgreement.objects.filter(case=case).select_related("case__village", "case__partner").first()


def proposals_visible_to(person: Person) -> QuerySet[ProposedAgreement]:
    """What waits at the villages one is in office for; for the regency's officer all that his lists named."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and office.role in OF_VILLAGE:
            wanted |= Q(village_id=office.region_id)
        elif office.region_id and office.role == roles.DPMD_OFFICER.key:
            wanted |= Q(load__region_id=office.region_id)
    found = ProposedAgreement.objects.filter(wanted).select_related("village__parent", "load", "case")
    return found.order_by("village__name", "row", "pk")


def loads_of(region: Region) -> QuerySet[ProposalLoad]:
    return ProposalLoad.objects.filter(region=region).order_by("-at", "-pk")


def load_of_file(region: Region, file_hash: str) -> ProposalLoad | None:
    return ProposalLoad.objects.filter(region=region, file_hash=file_hash).first()


# The register of partners -----------------------------------------------------------------------------------------------
def candidates(name: str) -> list[Partner]:
    """Registered partners with a name like this one, the likest first: somebody says which it is, if any."""
    return [each.partner for each in near(name, at_least=threshold(), most=CANDIDATES)]


def like_cases(village: Region, partner: Partner | None, field: str) -> list[Case]:
    """Living partnerships of the village with this very partner in the same field."""
    if partner is None:
        return []
    found = Case.objects.filter(village=village, partner=partner, field_of_government=field).exclude(state__in=GIVEN_UP)
    return list(found.order_by("-opened_at", "-pk")[:CANDIDATES])


def duplicate_facts(village: Region, partner: Partner | None, field: str, difference: str) -> DuplicateFacts:
    return DuplicateFacts(len(like_cases(village, partner, field)), difference != "")


# What a meeting is asked to ratify ---------------------------------------------------------------------------------------
def in_words(earlier: EarlierAgreement) -> str:
    """What is read out: the record as it stands, in Indonesian; what is not known is said to be so."""
    case = earlier.case
    unknown = "belum diketahui"
    others = ", ".join(each.name for each in further_villages(earlier))
    with override("id"):
        lines = [
            f"Perjanjian dengan {case.partner.name if case.partner else unknown}",
            f"Bidang: {_(FIELDS[case.field_of_government])}",
            f"Ruang lingkup: {earlier.scope}",
            f"Nomor: {earlier.number or unknown}",
            f"Tanggal: {long_date(earlier.made_on) if earlier.made_on else unknown}",
            *([f"Desa lain yang ikut: {others}"] if others else []),
            f"Mulai: {long_date(earlier.starts_on)}",
            f"Berakhir: {long_date(earlier.ends_on) if earlier.ends_on else unknown}",
            f"Nilai: {rupiah(earlier.value) if earlier.value is not None else unknown}",
            f"Berkas: {earlier.text_file.sha256 if earlier.text_file else unknown}",
        ]
    return "\n".join(lines)


def further_villages(earlier: EarlierAgreement) -> list[Region]:
    """Villages of an agreement between more than two, beside this one and its partner."""
    codes = earlier.further_villages
    return list(Region.objects.filter(pk__in=codes).order_by("name", "pk")) if codes else []


def text_hash(earlier: EarlierAgreement) -> str:
    return sha256(f"{earlier.case.code}\n{in_words(earlier)}".encode()).hexdigest()


# Facts ----------------------------------------------------------------------------------------------------------------
def here_since(village: Region) -> date | None:
    """The day on which an office of the village was first confirmed. It is read from the journal: ended offices and new ones
    do not move it, and where its people were before does not count."""
    codes = [each.code for each in codes_held(village.pk)] if village.since else [village.pk]
    first = [
        Event.objects.filter(region=code, verb="appointment.confirmed")
        .order_by("seq")
        .values_list("at", flat=True)
        .first()
        for code in codes
    ]
    days = [localdate(at) for at in first if at is not None]
    return min(days, default=None)


def earlier_facts(village: Region, made_on: date | None) -> EarlierFacts:
    return EarlierFacts(made_on, here_since(village))


def opening_facts(earlier: EarlierAgreement) -> OpeningFacts:
    """For PS-04, of all the villages of the record."""
    case = earlier.case
    partner = case.partner.village_id if case.partner else None
    codes = (case.village_id, partner, *earlier.further_villages)
    return OpeningFacts(
        unit_kind=case.village.kind,
        coop_type=case.coop_type,
        field=case.field_of_government,
        regencies=tuple(code[:5] for code in codes if code),
    )


def confirmer_facts(earlier: EarlierAgreement, who: str) -> ConfirmerFacts:
    """Who entered what of the minutes, from what the record held after each act."""
    before: tuple[Any, ...] = ("", None, None)
    entered = set()
    for entry in earlier.entries.order_by("pk"):
        minutes = tuple(entry.values[name] for name in ("minutes_number", "minutes_on", "minutes_file"))
        if minutes != before:
            entered.add(entry.by)
        before = minutes
    return ConfirmerFacts(recorded_it=earlier.recorded_by == who, entered_minutes=who in entered)


def partner_facts(earlier: EarlierAgreement) -> PartnerFacts:
    """Of a record that names a partner, as each does."""
    stands = standing_of(earlier.case.partner) if earlier.case.partner else None
    if stands is None:
        return PartnerFacts((), 0, 0)
    return PartnerFacts(stands.blocking_flags, stands.open_matches, stands.confirmed_matches)


def consent_facts(earlier: EarlierAgreement) -> ConsentFacts:
    """What the minutes say that the village still has: held before the agreement was made, with who was there."""
    return ConsentFacts(
        minutes_binding=earlier.minutes_number != "" and earlier.minutes_on is not None,
        decision="agreed" if earlier.minutes_number else "",
        attendance_attached=earlier.minutes_file_id is not None,
        minutes_date=earlier.minutes_on,
        agreement_date=earlier.made_on or earlier.starts_on,
    )


def ratification_facts(earlier: EarlierAgreement) -> RatificationFacts:
    decided = decision_on(earlier.case.code)
    return RatificationFacts(
        minutes_binding=decided is not None and decided.binding,
        decision="" if decided is None else "agreed" if decided.agreed else "refused",
        residents_saw_text=decided is not None and decided.text_hash == text_hash(earlier),
    )


def confirming_asked(earlier: EarlierAgreement, who: str) -> Asked:
    return [
        (CONFIRMING, consent_facts(earlier)),
        (EARLIER, earlier_facts(earlier.case.village, earlier.made_on or earlier.starts_on)),
        (CONFIRMER, confirmer_facts(earlier, who)),
        (PARTNER, partner_facts(earlier)),
    ]


def ratifying_asked(earlier: EarlierAgreement) -> Asked:
    return [(RATIFYING, ratification_facts(earlier)), (PARTNER, partner_facts(earlier))]


def checks(earlier: EarlierAgreement, who: str) -> dict[str, tuple[Finding, ...]]:
    """What the next door asks of the person ``who``, for the page to show before anybody knocks."""
    if earlier.case.state not in OPEN_IN:
        return {}
    held = standing(earlier.case.village_id)
    if earlier.case.state == "needs_ratification":
        return {"agreements.ratify": findings(ratifying_asked(earlier), held)}
    return {"agreements.confirm_existing": findings(confirming_asked(earlier, who), held)}
