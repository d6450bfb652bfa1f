"""Reasons as they are kept in a row, and as people read them: what met what, from which record, and who stands for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.matching.engine.explain import GOALS, REST, SECTOR, Why
from bermitra.matching.figures import decimal
from bermitra.matching.market import Rows
from bermitra.needs.catalogue import interests, sectors
from bermitra.needs.queries.labels import goal_label, interest_label, sector_label


def kept(why: Why, rows: Rows, village: str, offer: str) -> tuple[dict[str, Any], ...]:
    """The reasons of a pair as plain numbers and codes, each with the records that it comes from. Points sum to ``h``."""
    return tuple(_kept(each, rows, village, offer) for each in why.reasons)


def _kept(reason: Any, rows: Rows, village: str, offer: str) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": reason.kind, "points": reason.points}
    if reason.kind == REST:
        return {**told, "parts": len(reason.parts)}
    if reason.kind == GOALS:
        return {**told, "goals": list(reason.goals)}
    told |= {"at": reason.at, "values": list(reason.values)}
    here, there = rows.villages[village], rows.offers[offer]
    if reason.kind == SECTOR:
        need, ability = here.needs[reason.at], there.abilities[reason.at]
        return {
            **told,
            "need": need.code,
            "verified": [need.verified, ability.verified],
            "said": [need.said, ability.said],
        }
    potential = here.potentials[reason.at]
    return {**told, "potential": potential.code, "verified": [potential.verified, True], "said": [potential.said, 100]}


@dataclass(frozen=True)
class Line:
    """A reason in words. ``points`` are hundredths of the whole score; ``mark`` says on whose word it rests, and is empty
    where there is nothing to look at. ``links``: what it comes from, and where one reads it."""

    says: str
    points: int
    mark: str
    kind: str  # of the capsule
    links: tuple[tuple[str, str], ...]

    @property
    def figure(self) -> str:
        return decimal(self.points * 10_000)


def lines(reasons: Sequence[Mapping[str, Any]], village: str, offer: str, *, inside: bool) -> list[Line]:
    """The reasons of a row. ``inside``: the reader works in the village's house or over it, and opens its own records."""
    shares = hundredths([each["points"] for each in reasons])
    return [_line(each, points, village, offer, inside) for each, points in zip(reasons, shares, strict=True)]


def _line(reason: Mapping[str, Any], points: int, village: str, offer: str, inside: bool) -> Line:
    at_offer = (_("tawaran"), reverse("page.offer", args=[offer]))
    at_village = reverse("page.village", args=[village])
    match reason["kind"]:
        case "sector":
            says = f"{sector_label(_code(sectors(), reason['at']))}: {_wanted(reason)} {_able(reason)}"
            url = reverse("page.need", args=[reason["need"]]) if inside else at_village
            return Line(says, points, *_marked(*reason["verified"]), ((_("kebutuhan"), url), at_offer))
        case "potential":
            sought = interest_label(_code(interests(), reason["at"]))
            says = f"{_('Mitra mencari %(interest)s.') % {'interest': _inside(sought)}} {_strong(reason)}"
            url = reverse("page.potential", args=[reason["potential"]]) if inside else at_village
            return Line(says, points, *_marked(*reason["verified"]), ((_("potensi"), url), at_offer))
        case "goals":
            named = ", ".join(goal_label(goal) for goal in reason["goals"][:3])
            more = len(reason["goals"]) - 3
            says = _("Tujuan yang sama: %(goals)s.") % {"goals": named}
            if more > 0:
                says = _("Tujuan yang sama: %(goals)s, dan %(n)s lagi.") % {"goals": named, "n": more}
            return Line(says, points, "", "", ((_("desa"), at_village), at_offer))
    many = reason["parts"]
    return Line(
        ngettext("%(n)s alasan kecil lain.", "%(n)s alasan kecil lain.", many) % {"n": many}, points, "", "", ()
    )


def _wanted(reason: Mapping[str, Any]) -> str:
    counts, said, looked = _figures(reason, 0)
    if not looked:
        return _("desa menyatakan %(said)s dari 100; dihitung %(n)s karena belum diperiksa.") % {
            "said": said, "n": counts,
        }  # fmt: skip
    if counts >= 80:
        return _("desa sangat membutuhkan (%(n)s dari 100).") % {"n": counts}
    if counts >= 60:
        return _("desa membutuhkan (%(n)s dari 100).") % {"n": counts}
    return _("desa agak membutuhkan (%(n)s dari 100).") % {"n": counts}


def _able(reason: Mapping[str, Any]) -> str:
    counts, said, looked = _figures(reason, 1)
    if not looked:
        return _("Mitra menyatakan %(said)s dari 100; dihitung %(n)s karena belum diperiksa.") % {
            "said": said, "n": counts,
        }  # fmt: skip
    if counts >= 75:
        return _("Mitra berpengalaman (%(n)s dari 100).") % {"n": counts}
    if counts >= 50:
        return _("Mitra pernah mengerjakannya (%(n)s dari 100).") % {"n": counts}
    return _("Mitra baru mulai belajar (%(n)s dari 100).") % {"n": counts}


def _strong(reason: Mapping[str, Any]) -> str:
    counts, said, looked = _figures(reason, 0)
    if not looked:
        return _("Desa menyatakan potensinya %(said)s dari 100; dihitung %(n)s karena belum diperiksa.") % {
            "said": said, "n": counts,
        }  # fmt: skip
    if counts >= 75:
        return _("Potensi desa kuat (%(n)s dari 100).") % {"n": counts}
    if counts >= 50:
        return _("Potensi desa cukup kuat (%(n)s dari 100).") % {"n": counts}
    return _("Potensi desa masih kecil (%(n)s dari 100).") % {"n": counts}


def _figures(reason: Mapping[str, Any], side: int) -> tuple[int, int, bool]:
    """What a figure counts for, what was said, and whether somebody looked at it. Reasons that were kept without what was
    said are read as if it were the same."""
    counts = reason["values"][side]
    said = reason["said"][side] if "said" in reason else counts
    return counts, said, reason["verified"][side] or said == counts


def _inside(name: str) -> str:
    """A name within a sentence: small, unless it begins with an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _marked(village_verified: bool, offer_verified: bool) -> tuple[str, str]:
    if village_verified and offer_verified:
        return _("Diperiksa"), "ok"
    if village_verified:
        return _("Kata mitra sendiri"), "fix"
    return (_("Kata desa sendiri"), "fix") if offer_verified else (_("Kata kedua pihak sendiri"), "fix")


def _code(entries: Mapping[str, Any], at: int) -> str:
    return next((code for code, each in entries.items() if each.position == at), str(at))


def hundredths(points: Sequence[int]) -> list[int]:
    """Points in hundredths that sum to the score as ``figures.decimal`` shows it: rounded down, then by largest remainders."""
    total = (sum(points) + 5_000) // 10_000
    shown = [each // 10_000 for each in points]
    behind = sorted(range(len(points)), key=lambda at: (-(points[at] % 10_000), at))
    for at in behind[: total - sum(shown)]:
        shown[at] += 1
    return shown


def in_one_line(reasons: Sequence[Mapping[str, Any]], village: str, offer: str) -> str:
    """All reasons as a cell of a table."""
    return " ".join(f"{each.says} (+{each.figure})" for each in lines(reasons, village, offer, inside=False))
