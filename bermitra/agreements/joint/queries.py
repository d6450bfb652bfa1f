"""Reading a Peraturan Bersama: who sees it, its text, what each village still owes it, the facts its rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from bermitra.agreements.joint import text
from bermitra.agreements.joint.models import (
    JointConsultation,
    JointParty,
    JointRegulation,
    JointTextSignature,
    JointVersion,
)
from bermitra.agreements.joint.rules import (
    ACCEPTED,
    CONSULTED,
    IN_TIME,
    OWN,
    STARTING,
    WHOLE,
    ConsultedFacts,
    OwnFacts,
    TerritoryFacts,
    TextFacts,
    TimeFacts,
    WholeFacts,
)
from bermitra.agreements.outside import ToSign
from bermitra.agreements.rules import MANDATE, SAME_BYTES, BytesFacts, MandateFacts
from bermitra.deliberation.inter_village.queries import FIELDS, PURPOSES, joint_decision_on
from bermitra.deliberation.models import JointMeeting, JointOffer
from bermitra.deliberation.queries import Decided, decided, offices_in, standing_decisions
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.queries import holders
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, Standing, examine, passed_over, unmet

Asked = list[tuple[Any, Any]]


# Whose ---------------------------------------------------------------------------------------------------------------
def visible_to(person: Any) -> QuerySet[JointRegulation]:
    """Those of the villages in which a person's offices lie."""
    own = JointParty.objects.filter(offices_in(person), regulation=OuterRef("pk"))
    asked = JointRegulation.objects.filter(_asked(person), pk=OuterRef("pk"))
    return JointRegulation.objects.filter(Exists(own) | Exists(asked))


def _asked(person: Any) -> Q:
    """Of villages that joined later, or are asked to."""
    wanted = Q(pk__in=())
    for office in person.offices:
        if office.region_id and len(office.region_id) >= 5:
            wanted |= Q(memberships__village__code__startswith=office.region_id)
    return wanted


def public_regulations() -> QuerySet[JointRegulation]:
    """What everybody may read: from the first promulgation on."""
    promulgated = JointParty.objects.filter(regulation=OuterRef("pk"), gazette_on__isnull=False)
    return JointRegulation.objects.filter(Exists(promulgated), state__in=("signed", "in_force"))


def regulation_of(offer: JointOffer) -> JointRegulation | None:
    """The one that lives."""
    return JointRegulation.objects.filter(offer=offer).exclude(state="abandoned").first()


def offers_to_regulate(person: Any) -> list[JointOffer]:
    """What the villages agreed to and nobody has begun to word yet, in the villages of a person's offices that offered it."""
    own = [office.region_id for office in person.offices if office.region_id]
    found = JointOffer.objects.filter(state="agreed", village_id__in=own).select_related("village").order_by("pk")
    begun = JointRegulation.objects.filter(offer=OuterRef("pk")).exclude(state="abandoned")
    return [each for each in found.exclude(Exists(begun)) if joint_decision_on(each.code) is not None]


# The villages --------------------------------------------------------------------------------------------------------
def parties_of(regulation: JointRegulation) -> list[JointParty]:
    """The villages in the order of the title: the one that drafts first."""
    found = regulation.parties.select_related("village__parent__parent", "person")
    return sorted(found, key=lambda each: (each.village_id != regulation.village_id, each.village_id))


def head_of(party: JointParty, day: date) -> Appointment | None:
    """The office of whoever is head of the village on this day, a Pj. too."""
    return holders(roles.VILLAGE_HEAD.key, party.village_id, "", day).order_by("-since", "pk").first()


def office_words(party: JointParty, held: Appointment | None) -> str:
    """Under the signature, whatever language the reader has chosen: KEPALA DESA LOGANDU, Penjabat Kepala Desa …"""
    name = f"{local_words(party.village_id)['head']} {party.village.name}"
    return f"Penjabat {name}" if held is not None and held.acting else name


# The text ------------------------------------------------------------------------------------------------------------
def setting_of(offer: JointOffer, villages: list[Region]) -> text.Setting:
    words = local_words(offer.village_id)
    regency = next(each.parent.parent for each in villages if each.parent is not None)
    city = regency is not None and regency.kind == Region.Kind.CITY
    regent = f"{'Wali Kota' if city else 'Bupati'} {_bare(regency.name) if regency is not None else ''}".strip()
    districts = {each.parent_id: each.parent.name for each in villages if each.parent is not None}
    return text.Setting(
        title=offer.title,
        villages={each.pk: f"{words['village']} {each.name}" for each in villages},
        contents=offer.contents,
        field=FIELDS[offer.field_of_government],
        purpose=PURPOSES[offer.purpose],
        regent=regent,
        facilitator=f"Camat {next(iter(districts.values()))}" if len(districts) == 1 else regent,
        women_percent=standing(offer.village_id).numbers["bkad_women_min_percent"],
    )


def _bare(regency: str) -> str:
    for before in ("Kabupaten ", "Kota "):
        regency = regency.removeprefix(before)
    return regency


def setting(regulation: JointRegulation) -> text.Setting:
    return setting_of(regulation.offer, [each.village for each in parties_of(regulation)])


def newest_version(regulation: JointRegulation) -> JointVersion:
    return regulation.versions.order_by("-number")[0]


def dues_said(offer: JointOffer) -> dict[str, int]:
    """What the delegates named for each village, in the Musyawarah antar-Desa whose minutes all heads have signed."""
    meeting = JointMeeting.objects.filter(offer=offer, state="signed").order_by("-signed_on", "-pk").first()
    return {each.village_id: each.dues or 0 for each in meeting.seats.exclude(head="")} if meeting is not None else {}


# What each village has done ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Stand:
    """What one village has done for the text of now."""

    party: JointParty
    accepted: bool
    consulted: JointConsultation | None
    decided: Decided | None
    signed: JointTextSignature | None
    since: list[dict[str, str]]  # what changed since its residents were heard, article by article

    @property
    def heard(self) -> bool:
        """Whether its residents were heard on what they are asked about as it reads now."""
        return self.consulted is not None and not text.touches_residents(self.since)

    @property
    def agreed(self) -> bool:
        return self.decided is not None and self.decided.agreed and self.decided.binding


def stands(regulation: JointRegulation) -> list[Stand]:
    """One for each village, in the order of the title."""
    parties, version = parties_of(regulation), newest_version(regulation)
    accepted = set(version.acceptances.values_list("party_id", flat=True))
    heard: dict[int, JointConsultation] = {}
    for each in JointConsultation.objects.filter(party__in=parties).select_related("version").order_by("pk"):
        heard[each.party_id] = each
    said: dict[str, Decided] = {}
    for found in standing_decisions(regulation.code).filter(text_hash=version.text_hash):
        village = found.subject.meeting.village_id
        if village not in said:
            said[village] = decided(found)
    signed: dict[int, JointTextSignature] = {}
    if regulation.paper is not None:
        given = JointTextSignature.objects.filter(party__in=parties, text_hash=regulation.paper.file.sha256)
        signed = {each.party_id: each for each in given}
    since = _since(regulation, parties, version, heard)
    return [
        Stand(
            each,
            each.pk in accepted,
            heard.get(each.pk),
            said.get(each.village_id),
            signed.get(each.pk),
            since.get(each.pk, []),
        )
        for each in parties
    ]


def _since(
    regulation: JointRegulation, parties: list[JointParty], now: JointVersion, heard: dict[int, JointConsultation]
) -> dict[int, list[dict[str, str]]]:
    """By party: how the text of now differs from the one that its residents were heard on."""
    older = {pk: each.version for pk, each in heard.items() if each.version.text_hash != now.text_hash}
    if not older:
        return {}
    around = setting_of(regulation.offer, [each.village for each in parties])
    return {pk: text.changes(version.content, now.content, around) for pk, version in older.items()}


def in_file(regulation: JointRegulation) -> list[JointTextSignature]:
    """The signatures that lie in the PDF of now or belong there, in the order in which they were given: all but ink."""
    if regulation.paper is None:
        return []
    found = JointTextSignature.objects.filter(
        party__regulation=regulation,
        mode__in=(JointTextSignature.Mode.ELECTRONIC, JointTextSignature.Mode.CERTIFIED),
        text_hash=regulation.paper.file.sha256,
    )
    return list(found.select_related("party__village", "signed_file__file").order_by("pk"))


def signed_file(regulation: JointRegulation) -> StoredFile | None:
    """The paper with all signatures that lie in it so far, else as it was locked."""
    if regulation.paper is None:
        return None
    kept = [each.signed_file.file for each in in_file(regulation) if hasattr(each, "signed_file")]
    return kept[-1] if kept else regulation.paper.file


def to_sign(regulation: JointRegulation, said: list[Stand]) -> ToSign:
    """The locked text as a head who signs it outside meets it."""
    newest = signed_file(regulation)
    waiting = tuple(each.party.field for each in said if each.signed is None)
    sealed = all(hasattr(each, "signed_file") for each in in_file(regulation))
    return ToSign(newest.sha256 if newest else "", waiting, sealed)


# What is asked -------------------------------------------------------------------------------------------------------
def territory_facts(villages: list[Region]) -> TerritoryFacts:
    return TerritoryFacts(
        frozenset(each.pk[:5] for each in villages), sum(each.kind == Region.Kind.KELURAHAN for each in villages)
    )


def text_facts(version: JointVersion, said: list[Stand]) -> TextFacts:
    return TextFacts(version.text_hash, tuple(version.text_hash for each in said if each.accepted), len(said))


def whole_facts(regulation: JointRegulation, version: JointVersion) -> WholeFacts:
    around = setting(regulation)
    first, last = text.term(version.content)
    return WholeFacts(
        text.filled_contents(version.content, around),
        len(text.holes(version.content, around)),
        first is not None and last is not None and first < last,
    )


def tabling_asked(regulation: JointRegulation, said: list[Stand]) -> Asked:
    """What is asked before the text comes before the Musyawarah of every village."""
    version, villages = newest_version(regulation), [each.party.village for each in said]
    return [
        (STARTING, territory_facts(villages)),
        (WHOLE, whole_facts(regulation, version)),
        (ACCEPTED, text_facts(version, said)),
        (CONSULTED, ConsultedFacts(len(said), sum(each.heard for each in said))),
    ]


def own_facts(said: list[Stand]) -> OwnFacts:
    return OwnFacts(len(said), sum(each.agreed for each in said), sum(each.party.number is not None for each in said))


def mandate_facts(held: Appointment | None, day: date) -> MandateFacts:
    if held is None:
        return MandateFacts("", day, day, day)
    return MandateFacts(held.decree, held.since, day, held.until)


def locking_asked(regulation: JointRegulation, said: list[Stand], made_on: date) -> Asked:
    heads = [head_of(each.party, made_on) for each in said]
    weakest = None if None in heads else min((each for each in heads if each), key=lambda each: each.until)
    return [
        (OWN, own_facts(said)),
        (STARTING, territory_facts([each.party.village for each in said])),
        (ACCEPTED, text_facts(newest_version(regulation), said)),
        (MANDATE, mandate_facts(weakest, made_on)),
    ]


def signing_asked(regulation: JointRegulation, party: JointParty, said: list[Stand], seen: str, code: str) -> Asked:
    """Of one who is about to sign by account: ``seen`` are the bytes he has read, ``code`` is who he is."""
    head, today = head_of(party, clock.today()), clock.today()
    his = head is not None and head.person.code == code and head.person_id == party.person_id
    locked = regulation.paper.file.sha256 if regulation.paper is not None else ""
    return [
        (OWN, own_facts(said)),
        (STARTING, territory_facts([each.party.village for each in said])),
        (MANDATE, mandate_facts(head if his else None, today)),
        (SAME_BYTES, BytesFacts(seen, locked)),
    ]


def ink_asked(regulation: JointRegulation, party: JointParty, said: list[Stand]) -> Asked:
    """Of a signature on the print: the same, with the mandate as it stands under the text."""
    day = regulation.made_on or clock.today()
    mandate = MandateFacts(party.mandate, party.mandate_from or day, day, party.mandate_until or day)
    return [(OWN, own_facts(said)), (MANDATE, mandate)]


def time_facts(regulation: JointRegulation, said: list[Stand]) -> TimeFacts:
    agreed = [each.decided.held_on for each in said if each.decided is not None]
    signed = localdate(regulation.signed_at) if regulation.signed_at else clock.today()
    days = standing(regulation.village_id).numbers["joint_regulation_signing_days"]
    return TimeFacts(max(agreed) if len(agreed) == len(said) else None, signed, days)


def findings(asked: Asked, held: Standing) -> tuple[Finding, ...]:
    return tuple(each for rules, facts in asked for each in examine(rules, facts, held))


def refuse_unmet(asked: Asked, held: Standing, reason: str = "") -> list[str]:
    """Raise :class:`Refused` with all unmet rules at once; says which were passed over."""
    found = findings(asked, held)
    if refused := unmet(found, reason):
        raise Refused(refused)
    return [each.code for each in passed_over(found, reason)]


def checks(regulation: JointRegulation, said: list[Stand]) -> tuple[Finding, ...]:
    """What the next step asks, as lines to tick."""
    held = standing(regulation.village_id)
    match regulation.state:
        case "drafting":
            return findings(tabling_asked(regulation, said), held)
        case "deciding":
            return findings(locking_asked(regulation, said, clock.today()), held)
        case "locked" | "signed":
            return findings([(IN_TIME, time_facts(regulation, said))], held)
    return ()


def sheet_seen(regulation: JointRegulation) -> str:
    """What who confirms a scan has before him: the locked bytes and the scan."""
    if regulation.scan is None or regulation.paper is None:
        return ""
    return f"{regulation.paper.file.sha256}:{regulation.scan.sha256}"
