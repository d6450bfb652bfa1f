"""That residents know in plain words what will bind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ToldFacts:
    """``told_on``: when the summary of this very text was first read aloud, handed out or put up; None where it was not."""

    told_on: date | None
    today: date


@rule(
    "AG-57",
    says=_("Ringkasan naskah sebaiknya dibacakan atau dibagikan kepada warga sebelum ditandatangani."),
    remedy=_("Cetak ringkasan satu halaman, bacakan atau bagikan, lalu catat harinya."),
    basis="product: residents know in plain words before it binds",
    status=Status.PRODUCT,
    severity=Severity.WARN,
)
def residents_told_before_signing(f: ToldFacts) -> bool:
    return f.told_on is not None and f.told_on <= f.today


TOLD: tuple[Rule, ...] = (residents_told_before_signing,)
