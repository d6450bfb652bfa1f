"""For the words of the text."""

from __future__ import annotations

from collections.abc import Iterable

from bermitra.agreements.models import Agreement
from bermitra.foundation.calendar import long_date
from bermitra.foundation.money import rupiah
from bermitra.partnership.models import Case
from bermitra.partnership.queries import needs_of_case, potentials_of_case


def grounds(case: Case) -> list[str]:
    """The needs that a case answers and the potentials it uses, by title."""
    return [*(each.title for each in needs_of_case(case)), *(each.title for each in potentials_of_case(case))]


def titles(items: Iterable[str]) -> str:
    """A, B, dan C."""
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" dan {items[-1]}" if items else ""


def plain_summary(agreement: Agreement) -> str:
    """A first summary for residents, made from the rows that were signed."""
    rows = list(agreement.obligations.filter(kind="duty", until=None))
    lines = [
        f"{agreement.title} adalah kerja sama Desa {agreement.case.village.name} dengan {agreement.partner.name}.",
        f"Berlaku {long_date(agreement.starts_on)} sampai {long_date(agreement.ends_on)}."
        if agreement.starts_on and agreement.ends_on
        else "",
        f"Nilainya {rupiah(agreement.value)}." if agreement.value else "Kerja sama ini tidak memakai uang.",
        *(f"{WHO[row.party]} wajib: {row.text.rstrip('.')}." for row in rows),
        *(f"Batas: {limit.text.rstrip('.')}." for limit in agreement.limits.filter(until=None)),
        *(
            f"Bila {row.breach.rstrip('.')}: {row.sanction.rstrip('.')}."
            for row in agreement.sanctions.filter(until=None)
        ),
    ]
    return "\n".join(filter(None, lines))


WHO = {"one": "Desa", "two": "Mitra"}
