"""What a village will not have, and who may take that back."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

LIFT = Flow(
    "veto_lift",
    [
        Move("start", "proposed", "needs.propose_lift"),
        Move("proposed", "lifted", "needs.lift_veto"),
        Move("proposed", "withdrawn", "needs.withdraw_lift"),
    ],
)
LIFT_LABELS: dict[str, Label] = {
    "proposed": Label(_("Diusulkan dicabut"), _("Menunggu Musyawarah Desa"), _("Menunggu keputusan Musyawarah Desa.")),
    "lifted": Label(_("Dicabut"), _("Dicabut Musyawarah Desa"), _("Tidak ada yang ditunggu.")),
    "withdrawn": Label(_("Usulan ditarik"), _("Usulan ditarik"), _("Tidak ada yang ditunggu.")),
}


@dataclass(frozen=True)
class VetoFacts:
    """``lifted``: how many vetoes the act would take back. ``agreed``: a Musyawarah that binds agreed to these very words."""

    lifted: int
    agreed: bool


@rule(
    "ND-10",
    says=_("Pantangan desa hanya dicabut oleh Musyawarah Desa yang sudah mengikat."),
    remedy=_("Usulkan pencabutannya, lalu tunggu putusan Musyawarah Desa yang mengikat."),
    basis="product: the village's right to refuse; UU 6/2014 ps 54",
    status=Status.PRODUCT,
)
def veto_lifted_by_musyawarah(f: VetoFacts) -> bool:
    return f.lifted == 0 or f.agreed


LIFTING: tuple[Rule, ...] = (veto_lifted_by_musyawarah,)
