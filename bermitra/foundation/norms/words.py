"""How a regency's settings are told, on pages and in tables."""

from __future__ import annotations

from django.utils.translation import gettext

from bermitra.foundation.calendar import long_date
from bermitra.foundation.norms.catalogue import Norm
from bermitra.foundation.norms.models import RuleSwitch
from bermitra.foundation.norms.queries import Setting, Switch
from bermitra.foundation.rules import Rule, Status
from bermitra.foundation.text import _

STAGES = {
    "foundation": _("Orang, jabatan, dan berkas"),
    "registry": _("Desa dan mitra"),
    "deliberation": _("Musyawarah Desa"),
    "needs": _("Kebutuhan, potensi, dan tawaran"),
    "matching": _("Mempertemukan desa dan mitra"),
    "selection": _("Memilih mitra"),
    "agreements": _("Perjanjian"),
    "delivery": _("Pelaksanaan"),
    "monitoring": _("Pemantauan dan laporan"),
}
COLUMNS = (
    _("Bab"), _("Ketentuan"), _("Berlaku hari ini"), _("Ketentuan baku"), _("Sejak"), _("Dasar"), _("Menyusul"),
)  # fmt: skip


def line(one: Setting) -> tuple[str, ...]:
    """One setting as a row of :data:`COLUMNS`."""
    held = one.held
    coming = (f"{one.norm.said(each.value)} ({long_date(each.effective_from)})" for each in one.coming)
    return (
        gettext(STAGES[one.norm.stage]),
        gettext(one.norm.says),
        one.said,
        one.norm.said(one.norm.default),
        long_date(held.effective_from) if held else "",
        held.basis if held else basis_of(one.norm),
        "; ".join(coming),
    )


# By whether the rule is one of this house, which may be switched off, or one whose basis a regency confirms.
SWITCHED = {
    (True, RuleSwitch.Kind.OFF): _("Dimatikan"),
    (True, RuleSwitch.Kind.ON): _("Berlaku"),
    (False, RuleSwitch.Kind.CONFIRMED): _("Dasarnya dipastikan"),
    (False, RuleSwitch.Kind.ON): _("Dasarnya belum dipastikan"),
}


def stands(rule: Rule, kind: str) -> str:
    """How a rule stands after such a word of the regency."""
    return gettext(
        SWITCHED.get((rule.switchable, RuleSwitch.Kind(kind)), SWITCHED[rule.switchable, RuleSwitch.Kind.ON])
    )


SWITCH_COLUMNS = (_("Kode"), _("Aturan"), _("Keadaan hari ini"), _("Sejak"), _("Dasar"), _("Menyusul"))


def spoken(one: Switch) -> tuple[str, ...]:
    """The rest of a row of :data:`SWITCH_COLUMNS`: how a rule stands, since when, on which basis, and what comes."""
    held = one.held
    return (
        stands(one.rule, one.kind),
        long_date(held.effective_from) if held else "",
        held.basis if held else laws_of(one.rule.basis),
        "; ".join(f"{stands(one.rule, each.kind)} ({long_date(each.effective_from)})" for each in one.coming),
    )


def basis_of(norm: Norm) -> str:
    """What the default rests on, and whether that is certain."""
    named = laws_of(norm.basis)
    return gettext("%(basis)s (belum dipastikan)") % {"basis": named} if norm.status is Status.UNVERIFIED else named


def laws_of(basis: str) -> str:
    """The laws that a norm or rule rests on; what is of this house is said once, without its notes for developers."""
    parts = (part.strip() for part in basis.split(";"))
    named = (gettext("aturan Bermitra") if part.startswith("product") else part for part in parts)
    return "; ".join(dict.fromkeys(named))
