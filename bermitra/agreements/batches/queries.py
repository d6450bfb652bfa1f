"""Reading a batch: who sees it, how far each village is, and where its words differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from bermitra.agreements import book, text
from bermitra.agreements.batches.models import Batch
from bermitra.agreements.batches.rules import MemberFacts, is_local
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.queries import consent_facts
from bermitra.agreements.rules import DRAFTED_IN, LABELS, TURN, TWO, musyawarah_agreed_first
from bermitra.foundation.commands import clock
from bermitra.foundation.flow import Label
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to
from bermitra.partnership.rules import GIVEN_UP


def batches_visible_to(person: Any) -> QuerySet[Batch]:
    """The partner's own, and those in which one sees a village's case."""
    own = Batch.objects.filter(partner__code__in=[each.party for each in person.offices if each.party])
    seen = Batch.objects.filter(cases__in=cases_visible_to(person))
    return (own | seen).distinct().select_related("partner", "pattern").order_by("-opened_at", "-pk")


def cases_for(agreement: Agreement) -> list[Case]:
    """Other living cases of the partner in a form of this text: each began by itself, in a round or directly."""
    found = Case.objects.filter(partner=agreement.partner).exclude(state__in=GIVEN_UP).exclude(pk=agreement.case_id)
    return [
        each
        for each in found.select_related("village").order_by("village__name", "pk")
        if agreement.forms[0] in each.forms
    ]


@dataclass(frozen=True)
class Difference:
    """One place where a village has other words, in words."""

    place: str
    batch: str
    village: str


@dataclass(frozen=True)
class Member:
    """A village of the batch; ``agreement`` and what it says are None where there is no text yet or it is not for one's eyes."""

    case: Case
    agreement: Agreement | None
    differences: tuple[Difference, ...]
    label: Label
    shown: bool

    @property
    def same(self) -> bool:
        return self.agreement is not None and not self.differences

    @property
    def may_be_offered(self) -> bool:
        return self.agreement is not None and self.agreement.state == TURN[TWO] and bool(self.differences)


def members(batch: Batch, person: Any) -> list[Member]:
    """In the order of the villages' names. Four statements, however many villages."""
    cases = list(batch.cases.select_related("village__parent").order_by("village__name", "pk"))
    seen = set(cases_visible_to(person).filter(pk__in=[each.pk for each in cases]).values_list("pk", flat=True))
    held = {each.case_id: each for each in _texts(cases)}
    newest = _newest(held.values())
    return [_member(batch, each, held.get(each.pk), newest, each.pk in seen) for each in cases]


def _texts(cases: list[Case]) -> QuerySet[Agreement]:
    found = Agreement.objects.filter(case__in=cases).exclude(state="abandoned")
    return found.select_related("case__village", "case__partner", "partner", "sheet")


def _newest(agreements: Any) -> dict[int, DraftVersion]:
    found = DraftVersion.objects.filter(
        agreement__in=[each.pk for each in agreements], number=F("agreement__text_version")
    )
    return {each.agreement_id: each for each in found}


def _member(
    batch: Batch, case: Case, agreement: Agreement | None, newest: dict[int, DraftVersion], seen: bool
) -> Member:
    if agreement is None:
        return Member(case, None, (), case.label, seen)
    shown = seen or agreement.binds
    found = differences(batch, newest[agreement.pk]) if shown else ()
    return Member(case, agreement if shown else None, found, LABELS[agreement.state] if shown else case.label, shown)


def differences(batch: Batch, version: DraftVersion) -> tuple[Difference, ...]:
    """Article by article: other words, or another value in a blank. What the meetings decided is each village's own."""
    known, found = book.articles(), []
    for clause in version.clauses:
        article, code = known[clause["code"]], clause["code"]
        ours, theirs = batch.wording.get(code), version.content["wording"].get(code)
        if ours != theirs and not text.is_decided(article):
            found.append(Difference(clause["title"], _words(ours), _words(theirs)))
            continue
        for name, slot in article.slots.items():
            was, now = batch.blanks.get(name, slot.default), version.content["blanks"].get(name, slot.default)
            if was != now and not is_local(name):
                said = (text.blank_value(slot, was), text.blank_value(slot, now))
                found.append(Difference(f"{clause['title']}: {slot.says}", *said))
    return tuple(found)


STANDARD = "naskah baku"


def _words(body: list[dict[str, Any]] | None) -> str:
    return text.as_typed(body) if body else STANDARD


def worded_by_village(agreement: Agreement) -> frozenset[str]:
    """Articles that the village has changed itself: they stay as they are."""
    versions = DraftVersion.objects.filter(agreement=agreement, party="one").values_list("changes", flat=True)
    return frozenset(
        change["what"].removeprefix("clause:")
        for changes in versions
        for change in changes
        if change["what"].startswith("clause:")
    )


def words_for(batch: Batch, agreement: Agreement, version: DraftVersion) -> dict[str, dict[str, Any]]:
    """Wordings and blanks that would be proposed to this text: where it differs, and its village has not changed it."""
    kept, known = worded_by_village(agreement), book.articles()
    wording: dict[str, str] = {}
    blanks: dict[str, Any] = {}
    for clause in version.clauses:
        article, code = known[clause["code"]], clause["code"]
        if code in kept:
            continue
        ours, theirs = batch.wording.get(code), version.content["wording"].get(code)
        if ours != theirs and not text.is_decided(article):
            wording[code] = text.as_typed(ours) if ours else ""
        for name, slot in article.slots.items():
            was, now = batch.blanks.get(name, slot.default), version.content["blanks"].get(name, slot.default)
            if was != now and not is_local(name):
                blanks[name] = was
    return {"wording": wording, "blanks": blanks}


def offered_to(batch: Batch, codes: list[str]) -> list[Agreement]:
    """Texts of the batch by code, those that may be changed."""
    found = _texts(list(batch.cases.all())).filter(code__in=codes, state__in=DRAFTED_IN)
    return list(found.order_by("pk"))


def member_facts(batch: Batch, agreement: Agreement) -> MemberFacts:
    return MemberFacts(
        of_partner=agreement.partner_id == batch.partner_id,
        in_form=batch.form in agreement.forms,
        own_consent=musyawarah_agreed_first(consent_facts(agreement, clock.today())),
    )
