"""What may be written into the register without a decree: nothing but invented areas, under codes that no decree gives."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

INVENTED = "99"  # a province that there is not: the codes of examples, which no register may hold


@dataclass(frozen=True)
class InventionFacts:
    code: str


@rule(
    "FD-15",
    says=_("Wilayah rekaan untuk contoh hanya boleh memakai kode yang diawali 99."),
    remedy=_("Pakai kode yang diawali 99."),
    basis="product: an example takes nobody's code",
    status=Status.PRODUCT,
)
def example_takes_nobodys_code(f: InventionFacts) -> bool:
    return f.code.startswith(f"{INVENTED}.")


INVENTING: tuple[Rule, ...] = (example_takes_nobodys_code,)
