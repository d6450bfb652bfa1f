"""Reading a chain: its tree, what may stand above a text, the facts of its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bermitra.agreements import text
from bermitra.agreements.chains.models import ChainPlace
from bermitra.agreements.chains.rules import (
    AGREEMENT,
    INTENT,
    LEVELS,
    PARENT,
    WITHIN,
    IntentFacts,
    ParentFacts,
    WithinFacts,
)
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.agreements.rules import BINDS_IN
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.partnership import sheet
from bermitra.partnership.queries import Asked, form_label
from bermitra.partnership.rules import FIELDS


def place_of(agreement: Agreement) -> ChainPlace | None:
    """With the one above, in one statement; none is made for an agreement that was read as one that stands alone."""
    if getattr(agreement, "chain", None) is None:
        return None
    found = ChainPlace.objects.filter(agreement=agreement)
    return found.select_related("under__chain", "under__case", "under__partner").first()


def level_of(agreement: Agreement) -> str:
    place = getattr(agreement, "chain", None)
    return place.level if place is not None else AGREEMENT


def in_force_on(agreement: Agreement, day: date) -> bool:
    return agreement.binds and agreement.ends_on is not None and day <= agreement.ends_on


def parents_for(agreement: Agreement, day: date) -> QuerySet[Agreement]:
    """What this text could be made under: in force between the same two, and of a level that has others under it."""
    found = Agreement.objects.filter(
        case__village=agreement.case.village_id, partner=agreement.partner, state__in=BINDS_IN, ends_on__gte=day
    )
    return found.exclude(pk=agreement.pk).exclude(chain__level="ia").select_related("chain").order_by("-in_force_at")


# Facts ----------------------------------------------------------------------------------------------------------------
def intent_facts(level: str, version: DraftVersion) -> IntentFacts:
    """Sums in the topics, in the budget, in blanks and wherever a text has own words; a clause of ours names none by itself."""
    return _intent(level, version.content, version.clauses)


def _intent(level: str, content: dict[str, Any], clauses: list[dict[str, Any]]) -> IntentFacts:
    topics, money = content["topics"], content["topics"]["money"]
    lines = sum(1 for row in money["sources"] if row["amount"]) + (1 if money["value"] else 0)
    lines += sum(1 for row in topics["duties"] if row["amount"])
    lines += sum(1 for row in content["annexes"]["budget"] if row["amount"])
    said = [*_strings(topics), *_strings(content["annexes"])]
    said += [" ".join([clause["title"], part["text"], *part["sub"]]) for clause in clauses for part in clause["body"]]
    lines += sum(1 for each in said if text.names_a_sum(each))
    return IntentFacts(level, lines, len(topics["others"]["assets"]))


def _strings(value: Any) -> list[str]:
    """Every word that stands in nested values."""
    if isinstance(value, dict):
        return [said for each in value.values() for said in _strings(each)]
    if isinstance(value, list):
        return [said for each in value for said in _strings(each)]
    return [value] if isinstance(value, str) else []


def parent_facts(agreement: Agreement, level: str, under: Agreement | None, day: date) -> ParentFacts:
    if under is None:
        return ParentFacts(level, "", same_parties=True, in_force=True)
    return ParentFacts(
        level,
        level_of(under),
        same_parties=(under.case.village_id, under.partner_id) == (agreement.case.village_id, agreement.partner_id),
        in_force=in_force_on(under, day),
    )


def within_facts(topics: sheet.Topics, under: Agreement | None) -> WithinFacts:
    """Field, forms, what the one above shuts out, and its first and last day."""
    if under is None:
        return WithinFacts(())
    above, scope = under.sheet.topics["scope"], topics["scope"]
    outside = []
    if above["field"] != scope["field"]:
        outside.append(_("bidang {name}").format(name=_(FIELDS[scope["field"]]).lower()))
    outside += [
        _("bentuk {name}").format(name=form_label(form)) for form in scope["forms"] if form not in above["forms"]
    ]
    shut = {_bare(each) for each in above["excluded"]}
    outside += [_("lingkup “{name}”").format(name=each) for each in scope["items"] if _bare(each) in shut]
    days = sheet.term(topics)
    if days and under.starts_on and under.ends_on and not under.starts_on <= days[0] <= days[1] <= under.ends_on:
        outside.append(_("jangka waktu sampai {day}").format(day=long_date(days[1])))
    return WithinFacts(tuple(outside))


def _bare(said: str) -> str:
    return " ".join(said.lower().rstrip(" .;").split())


def locking_asked(agreement: Agreement, version: DraftVersion, day: date) -> Asked:
    """What is asked of a text because of its place in a chain; nothing of one that stands alone."""
    place = place_of(agreement)
    if place is None:
        return []
    return [
        (INTENT, intent_facts(place.level, version)),
        (PARENT, parent_facts(agreement, place.level, place.under, day)),
        (WITHIN, within_facts(version.content["topics"], place.under)),
    ]


def changing_asked(agreement: Agreement, content: dict[str, Any], clauses: list[dict[str, Any]]) -> Asked:
    """The same of the text as an addendum will leave it; the one above may have ended meanwhile, the term stays within it."""
    place = place_of(agreement)
    if place is None:
        return []
    return [(INTENT, _intent(place.level, content, clauses)), (WITHIN, within_facts(content["topics"], place.under))]


def signing_asked(agreement: Agreement, day: date) -> Asked:
    """The one above may have ended since the text was locked."""
    place = place_of(agreement)
    return [] if place is None else [(PARENT, parent_facts(agreement, place.level, place.under, day))]


# Words ----------------------------------------------------------------------------------------------------------------
def named(agreement: Agreement) -> dict[str, Any]:
    """The one above as a text names it."""
    return {
        "code": agreement.code,
        "level": level_of(agreement),
        "numbers": [each for each in (agreement.village_number, agreement.partner_number) if each],
        "made_on": agreement.made_on.isoformat() if agreement.made_on else "",
        "title": agreement.title,
    }


@dataclass(frozen=True)
class Node:
    """A line of the tree; ``warnings`` are sentences on what does not fit any more."""

    agreement: Agreement
    level: str
    depth: int
    here: bool
    warnings: tuple[str, ...]

    @property
    def level_name(self) -> str:
        return _(LEVELS[self.level])

    @property
    def left(self) -> range:
        return range(self.depth)


def tree(agreement: Agreement, seen: QuerySet[Agreement]) -> list[Node]:
    """The whole chain that an agreement belongs to, those above first; only what ``seen`` holds. Empty where it stands alone."""
    top = agreement
    while (above := getattr(top, "chain", None)) is not None and above.under is not None:  # levels go up: it ends
        top = above.under
    under = Q(chain__under=top) | Q(chain__under__chain__under=top)
    found = seen.filter(Q(pk=top.pk) | under).exclude(state="abandoned")
    rows = list(found.select_related("chain", "case__village", "partner", "sheet").order_by("pk"))
    below: dict[int | None, list[Agreement]] = {}
    for each in rows:
        if each.pk != top.pk:
            below.setdefault(each.chain.under_id, []).append(each)
    held = {each.pk: each for each in rows}
    nodes: list[Node] = []
    today = clock.today()

    def grow(each: Agreement, depth: int) -> None:
        above = held.get(each.chain.under_id) if hasattr(each, "chain") and each.chain.under_id else None
        nodes.append(Node(each, level_of(each), depth, each.pk == agreement.pk, _warnings(each, above, today)))
        for child in below.get(each.pk, ()):
            grow(child, depth + 1)

    if top.pk in held:
        grow(held[top.pk], 0)
    return nodes if len(nodes) > 1 or hasattr(agreement, "chain") else []


def _warnings(agreement: Agreement, above: Agreement | None, today: date) -> tuple[str, ...]:
    said = []
    if above is not None and above.ends_on is not None and above.ends_on < today:
        said.append(_("Induknya berakhir pada {day}.").format(day=long_date(above.ends_on)))
    if above is not None and above.ends_on and agreement.ends_on and agreement.ends_on > above.ends_on:
        said.append(_("Berlaku lebih lama daripada induknya; jangka waktunya perlu disesuaikan."))
    return tuple(said)


def children_of_ended(day: date) -> list[ChainPlace]:
    """Places under a text whose last day has passed and whose parties were not told yet."""
    found = ChainPlace.objects.filter(under__ends_on__lt=day, end_told_at=None).exclude(agreement__state="abandoned")
    return list(found.select_related("agreement__case__village", "agreement__partner", "under").order_by("pk"))
