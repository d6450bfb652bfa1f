"""What became of an agreement since it was signed, as the public sees it: addenda that hold, a rest, a longer term."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from bermitra.agreements.changing.models import Amendment, Evaluation, Suspension
from bermitra.agreements.changing.queries import differences
from bermitra.agreements.changing.rules import CAUSES, KINDS
from bermitra.agreements.existing.addenda.models import EarlierAddendum
from bermitra.agreements.existing.addenda.queries import new_values
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models import Agreement
from bermitra.foundation.personal.open_text import openly

_COLUMNS = (
    "agreement", "kind", "reason", "clauses", "numbers", "changes", "held", "village_number", "partner_number",
    "made_on", "in_force_at", "paper__code", "new_partner__name",
)  # fmt: skip


@dataclass(frozen=True)
class Addendum:
    """One that holds: its numbers, its day, place by place what it was and what it has become."""

    amendment: Amendment
    order: int
    evaluated_on: date | None

    @property
    def title(self) -> str:
        kind = gettext(KINDS[self.amendment.kind]).lower()
        return gettext("Adendum ke-%(n)s: %(kind)s") % {"n": self.order, "kind": kind}

    @property
    def numbers(self) -> str:
        return openly(" · ".join(filter(None, (self.amendment.village_number, self.amendment.partner_number))))

    @cached_property
    def changes(self) -> list[tuple[str, str, str]]:
        """In words, as they were read out at the meeting; without numbers by which a person is found."""
        return [(place, openly(was), openly(now)) for place, was, now in differences(self.amendment)]

    @property
    def longer(self) -> str:
        """Of a longer term: when it would have ended, and the evaluation that came before."""
        ended = self.amendment.held.get("ends_on")
        if self.amendment.kind != "renewal" or not ended:
            return ""
        said = gettext("Semula berakhir %(day)s.") % {"day": _date(date.fromisoformat(ended))}
        if self.evaluated_on is None:
            return said
        return f"{said} " + gettext("Diperpanjang sesudah evaluasi %(day)s.") % {"day": _date(self.evaluated_on)}


def addenda(agreement: Agreement) -> list[Addendum]:
    """The oldest first. One statement; one more where one of them gave a longer term."""
    found = Amendment.objects.filter(agreement=agreement, state="in_force").select_related("paper", "new_partner")
    held = list(found.only(*_COLUMNS).order_by("in_force_at", "pk"))
    days = _evaluated(agreement) if any(each.kind == "renewal" for each in held) else []
    return [Addendum(each, order, _last(days, each)) for order, each in enumerate(held, 1)]


def earlier_addenda(earlier: EarlierAgreement) -> list[dict[str, Any]]:
    """Of an agreement from before, the oldest first: what its record says otherwise since. One statement."""
    found = EarlierAddendum.objects.filter(earlier=earlier, state="in_force").select_related("paper")
    return [
        {
            "numbers": openly(f"{each.village_number} · {each.partner_number}"),
            "since": each.in_force_at,
            "reason": each.reason,
            "values": new_values(each),
            "changes": [
                (openly(row["article"]), row["page"], openly(row["before"]), openly(row["after"]))
                for row in each.changes
            ],
            "paper": each.paper.code if each.paper else "",
        }
        for each in found.order_by("in_force_at", "pk")
    ]


def _evaluated(agreement: Agreement) -> list[date]:
    """When it was evaluated with the advice to go on."""
    found = Evaluation.objects.filter(agreement=agreement, prolong=True)
    return list(found.order_by("held_on").values_list("held_on", flat=True))


def _last(days: Iterable[date], amendment: Amendment) -> date | None:
    if amendment.kind != "renewal" or amendment.made_on is None:
        return None
    return max((day for day in days if day <= amendment.made_on), default=None)


def older_than(agreement: Agreement, held: Iterable[Addendum]) -> bool:
    """Whether an addendum came into force after the summary was published."""
    told = agreement.published_at
    moments = [each.amendment.in_force_at for each in held]
    return told is not None and any(at is not None and at > told for at in moments)


def rest(agreement: Agreement) -> str:
    """Why it rests and until when, in words; empty while it runs. No statement then."""
    if agreement.state != "suspended":
        return ""
    held = Suspension.objects.filter(agreement=agreement, state="resting").only("cause", "began_on", "until").first()
    if held is None:
        return ""
    cause = gettext(CAUSES[held.cause])
    return gettext("Kerja sama ditunda sejak %(start)s, paling lama sampai %(end)s. Sebab: %(cause)s.") % {
        "start": _date(held.began_on), "end": _date(held.until), "cause": cause.lower(),
    }  # fmt: skip


def _date(on: date | None) -> str:
    return date_format(on, "j F Y") if on else ""
