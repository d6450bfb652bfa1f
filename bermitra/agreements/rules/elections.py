"""That no programme of an organisation or an office serves a campaign while people vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

ORGANISATIONS = frozenset({"civil_society", "donor_foundation"})
OFFICES = frozenset({"central_government", "regional_government"})


@dataclass(frozen=True)
class ElectionFacts:
    """``since`` and ``until``: the regency's election period, None where it has set none."""

    today: date
    since: date | None
    until: date | None
    partner_kind: str


@rule(
    "AG-80",
    says=_("Masa pemilihan: program organisasi masyarakat dan pejabat tidak boleh dipakai berkampanye."),
    remedy=_("Tunda acara bersama calon, dan pasang nama desa tanpa gambar calon atau pejabat."),
    basis="UU 6/2014 ps 29; UU 17/2013; product: a warning, never a block",
    status=Status.PRODUCT,
    severity=Severity.WARN,
)
def no_campaign_while_people_vote(f: ElectionFacts) -> bool:
    if f.since is None or f.until is None or f.partner_kind not in ORGANISATIONS | OFFICES:
        return True
    return not f.since <= f.today <= f.until


ELECTION: tuple[Rule, ...] = (no_campaign_while_people_vote,)
