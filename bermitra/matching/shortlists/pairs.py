"""One pair, computed at this moment: the gates as rules, what would open the first that failed, and the place on either list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, examine
from bermitra.matching import market
from bermitra.matching.engine.explain import Change, Why, WhyNot, why, why_not
from bermitra.matching.engine.features import MOST, BadInput, Market, Problem
from bermitra.matching.engine.score import Gate, Weights, vision_table
from bermitra.matching.figures import decimal
from bermitra.matching.models import ShortlistRow
from bermitra.matching.shortlists import reasons
from bermitra.matching.shortlists.rules import GATES, PairFacts
from bermitra.needs.catalogue import risks, sectors
from bermitra.needs.models import Offer
from bermitra.needs.queries.labels import goal_label, risk_label, sector_label


@dataclass(frozen=True)
class Pair:
    """``problems`` where the two cannot be computed at all (an offer that is still being written); then nothing else is
    there. ``without_need``: no need of the village counts yet."""

    village: Region
    offer: Offer
    why: Why | None = None
    why_not: WhyNot | None = None
    facts: PairFacts | None = None
    findings: tuple[Finding, ...] = ()
    kept: tuple[dict[str, Any], ...] = ()
    names_amounts: bool = True
    without_need: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def passes(self) -> bool:
        return self.why is not None and self.why.gate is Gate.PASSES


def pair(village: Any, offer: Any) -> Pair:
    """The two as they stand now. The village is read through ``market.with_aims``, the offer through ``market.with_reach``.
    Four statements."""
    norms = standing(village.pk)
    numbers = norms.numbers
    rows = market.of_pair(village, offer, numbers["unverified_weight_percent"])
    if not rows.villages:
        return Pair(village, offer, without_need=True)
    weights = Weights(
        numbers["village_weight_percent"], numbers["partner_weight_percent"], numbers["vision_min_percent"]
    )
    try:
        held = rows.market()
    except BadInput as bad:
        return Pair(village, offer, problems=bad.problems)
    told, facts = why(held, weights, 0, 0), facts_of(held, weights)
    return Pair(
        village,
        offer,
        why=told,
        why_not=why_not(held, weights, 0, 0) if told.gate else None,
        facts=facts,
        findings=examine(GATES, facts, norms),
        kept=reasons.kept(told, rows, village.pk, offer.code),
        names_amounts=rows.villages[village.pk].names_amounts,
    )


def facts_of(held: Market, weights: Weights, v: int = 0, o: int = 0) -> PairFacts:
    """What the five rules are asked about, out of the same arrays as the engine's gates."""
    own, other = int(held.vgoal[v]), int(held.ogoal[o])
    shared = (own & other).bit_count()
    reached = held.cov_idx[held.cov_ptr[o] : held.cov_ptr[o + 1]].tolist()
    return PairFacts(
        covers=int(held.reg[v]) in reached,
        shared_sectors=int(((held.N[v] > 0) & (held.C[o] > 0)).sum()),
        vetoes_touched=int(held.veto[v] & held.flags[o]).bit_count(),
        ask_low=int(held.ask[v, 0]),
        ask_high=int(held.ask[v, 1]),
        budget_low=int(held.budget[o, 0]),
        budget_high=int(held.budget[o, 1]),
        goals_village=own.bit_count(),
        goals_offer=other.bit_count(),
        goals_shared=shared,
        vision_percent=int(vision_table()[shared, own.bit_count(), other.bit_count()]) // 10_000,
        vision_min_percent=weights.vision,
    )


# In words -------------------------------------------------------------------------------------------------------------


def distance(facts: PairFacts, found: WhyNot) -> str:
    """How far the first gate that failed is from opening."""
    match found.gate:
        case Gate.AREA:
            return _("Tawaran ini belum menjangkau kabupaten atau kota desa.")
        case Gate.SECTOR:
            return _("Belum ada satu bidang pun yang dibutuhkan desa dan dikerjakan mitra.")
        case Gate.VETO:
            n = found.distance
            return ngettext("%(n)s risiko menyentuh pantangan desa.", "%(n)s risiko menyentuh pantangan desa.", n) % {
                "n": n
            }
        case Gate.BUDGET:
            return _("Desa meminta %(ask)s, mitra menyediakan %(budget)s: kurang %(gap)s untuk bertemu.") % {
                "ask": interval(facts.ask_low, facts.ask_high),
                "budget": interval(facts.budget_low, facts.budget_high),
                "gap": rupiah(found.distance),
            }
    return _("Kesamaan tujuan %(now)s%%, paling rendah %(least)s%%.") % {
        "now": facts.vision_percent, "least": facts.vision_min_percent,
    }  # fmt: skip


def interval(low: int, high: int) -> str:
    return _("tanpa batas jumlah") if (low, high) == (0, MOST) else f"{rupiah(low)} – {rupiah(high)}"


def least_change(change: Change | None, village: Region) -> str:
    """The smallest change that would open the gate, and whose it is."""
    if change is None:
        return _("Kedua pihak menulis tujuannya lebih dahulu.")
    match change.field:
        case "areas":
            regency = village.parent.parent if village.parent and village.parent.parent else village
            return _("Mitra menambah %(area)s pada wilayah tawaran.") % {"area": regency.name}
        case "abilities":
            code = next(code for code, each in sectors().items() if each.position == change.at)
            return _("Mitra menambah kemampuan %(sector)s, sedikitnya tingkat %(level)s.") % {
                "sector": sector_label(code), "level": change.after,
            }  # fmt: skip
        case "risks":
            gone = set(change.before) - set(change.after)
            named = [risk_label(code) for code, each in risks().items() if each.position in gone]
            return _("Mitra menghilangkan risiko ini dari tawaran: %(risks)s.") % {"risks": ", ".join(named)}
        case "budget":
            says = (
                _("Mitra menaikkan anggaran tertinggi menjadi %(amount)s.")
                if change.at
                else _("Mitra menurunkan anggaran terendah menjadi %(amount)s.")
            )
            return says % {"amount": rupiah(change.after)}
    return _goals(change)


def _goals(change: Change) -> str:
    before, after = set(change.before), set(change.after)
    who = _("Desa") if change.side == "village" else _("Mitra")
    parts = []
    if added := sorted(after - before):
        parts.append(_("menambah tujuan %(goals)s") % {"goals": ", ".join(map(goal_label, added))})
    if left := sorted(before - after):
        parts.append(_("melepas tujuan %(goals)s") % {"goals": ", ".join(map(goal_label, left))})
    return f"{who} {_(' dan ').join(parts)}."


# Places on the lists ----------------------------------------------------------------------------------------------------


def standing_of(rows: Sequence[ShortlistRow], size: int, *, village: str = "", offer: int = 0) -> str:
    """Where the other side stands on a list as it was computed last, or what the last place takes."""
    if not rows:
        return _("Daftar ini masih kosong.")
    own = next((each for each in rows if village in ("", each.village_id) and offer in (0, each.offer_id)), None)
    if own is not None and own.floor:
        return _("Urutan %(rank)s, pada tempat bagi desa yang jarang tampil.") % {"rank": own.rank}
    if own is not None:
        return _("Urutan %(rank)s dari %(n)s pada daftar.") % {"rank": own.rank, "n": len(rows)}
    last = [each.h for each in rows if not each.floor]
    if len(rows) < size or not last:
        return _("Belum ada pada daftar. Mungkin berubah setelah daftar dihitung.")
    return _("Di luar %(n)s teratas; nilai tempat terakhir %(last)s.") % {
        "n": len(rows), "last": decimal(min(last)),
    }  # fmt: skip


def told(found: Pair, places: Mapping[str, str]) -> dict[str, Any]:
    """The pair as a program reads it."""
    gate = int(found.why.gate) if found.why else 0
    return {
        "village": found.village.pk,
        "offer": found.offer.code,
        "passes": found.passes,
        "first_unmet": GATES[gate - 1].code if gate else "",
        "rules": [{"code": each.code, "holds": each.holds} for each in found.findings],
        "h": found.why.h if found.why and found.passes else 0,
        "a": found.why.a if found.why else 0,
        "b": found.why.b if found.why else 0,
        "reasons": list(found.kept),
        "distance": found.why_not.distance if found.why_not else 0,
        "change": found.why_not.change._asdict() if found.why_not and found.why_not.change else None,
        "places": dict(places),
        "without_need": found.without_need,
        "problems": [each._asdict() for each in found.problems],
    }
