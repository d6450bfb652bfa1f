"""What the worker does for a round: reads, computes, lays the files into the store, and hands the rest over in one short act.

Four kinds of work: what each side may choose from, the whole list with its hash, a trial, and the result. Of a result three
look at it: the engine that made it, the verifier that only looks for complaints, and the second implementation in plain
Python, which computes the whole file again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import rfc8785

from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.text import _
from bermitra.matching import market
from bermitra.matching.engine import certificate, plain
from bermitra.matching.engine.features import BadInput
from bermitra.matching.engine.score import Weights
from bermitra.matching.market import Offered
from bermitra.matching.models import Round, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.actions.common import reserved
from bermitra.matching.rounds.actions.keeping import keep_choices, keep_failure, keep_list, keep_result, keep_trial
from bermitra.matching.rounds.outcomes import Sides, of_result, sums
from bermitra.matching.rounds.policy import Policy

Json = dict[str, Any]
JSON_FILE = "application/json"
NOBODY = _("Tidak ada lagi desa atau tawaran yang dapat dihitung. Batalkan putaran dengan alasan itu.")
OURS = _("Hitungan gagal di pihak kami. Ulangi; bila terulang, hubungi pengelola.")
log = logging.getLogger(__name__)


def compute_waiting() -> int:
    """All work that rounds have asked for, the oldest first; says how many pieces were taken up."""
    done = 0
    waiting = RoundRun.objects.filter(state="asked").select_related(
        "round__regency", "round__inputs", "round__first_inputs", "round__follows"
    )
    for run in waiting.order_by("pk"):
        try:
            WORK[RoundRun.Kind(run.kind)](run)
        except NoSuchMove:  # with the quicker worker the run is done, and this one leaves it so
            log.warning("round %s went on, or another worker was quicker", run.round.code)
            _failed(run, OURS)
        except BadInput as bad:
            _failed(run, " ".join(f"{each.row} {each.says} {each.remedy}" for each in bad.problems[:3]))
        except Empty:
            _failed(run, NOBODY)
        except Exception:
            log.exception("round %s: %s", run.round.code, run.kind)
            _failed(run, OURS)
        done += 1
    return done


def _failed(run: RoundRun, problem: str) -> None:
    try:
        keep_failure(by=By.the_system(), round=run.round, run=run, problem=problem)
    except NoSuchMove:  # it was given up in the meantime
        log.warning("round %s dropped its work", run.round.code)


class Empty(Exception):
    """Nobody is left on one of the two sides."""


# Reading ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Read(Sides):
    """Both sides as the records have them now: ``villages`` by region code, ``offers`` by the offer's code."""

    def listed(self, of: Round, policy: Policy) -> Json:
        """The list without anybody's order."""
        kept = reserved([each.row.places for each in self.rows.offers.values()], policy.reserve_percent)
        return certificate.round_list(
            [each.row for each in self.rows.villages.values()],
            [each.row for each in self.rows.offers.values()],
            weights=Weights(policy.village_weight, policy.partner_weight, policy.vision_min),
            size=policy.size,
            floor_slots=policy.floor_slots,
            reserve=dict(zip(self.rows.offers, kept, strict=True)),
            tiers=policy.tiers,
            village_quota=policy.partners_per_village,
            about=about(of, policy),
        )


def about(of: Round, policy: Policy) -> Json:
    """Which round a file is of: codes, its title, and the policy with its hash. Nobody's name stands in a file."""
    return {
        "round": of.code,
        "title": of.title,
        "regency": of.regency_id,
        "policy": policy.written(),
        "policy_hash": of.policy_hash or policy.hash,
        "follows": of.follows.code if of.follows else "",
    }


def read_market(of: Round, villages: Iterable[RoundVillage], offers: Iterable[RoundOffer], policy: Policy) -> Read:
    """Whoever of them counts today. A place that is gone by now is no longer given away. Raises :class:`Empty`."""
    found = market.of_regency(of.regency_id, percent=policy.unverified_weight)
    own = {each.village_id: each for each in villages if each.village_id in found.villages}
    theirs = {each.offer.code: each for each in offers if each.offer.code in found.offers}
    if not own or not theirs:
        raise Empty
    here = {code: each for code, each in found.villages.items() if code in own}
    there = {
        code: each
        for code in found.offers
        if code in theirs
        for each in _in_places(found.offers, theirs[code]).values()
    }
    return Read(replace(found, villages=here, offers=there), own, theirs)


def read_corrected(
    of: Round, first: Json, villages: list[RoundVillage], offers: list[RoundOffer], policy: Policy
) -> Read:
    """The list of the throw, with the sides of ``of.corrected`` as the records have them now; one of these that no longer
    counts is left out. What has become of the others since then turns nothing. Raises :class:`Empty`."""
    now, kept = market.of_regency(of.regency_id, percent=policy.unverified_weight), Sides.kept(first, villages, offers)
    here, there, own, theirs = {}, {}, {}, {}
    for village in villages:
        anew = village.code in of.corrected
        code = village.village_id if anew else village.listed_as
        row = (now if anew else kept.rows).villages.get(code)
        if row is not None:
            here[code], own[code] = row, village
    for offer in offers:
        code = offer.offer.code
        given = (_in_places(now.offers, offer) if offer.code in of.corrected else kept.rows.offers).get(code)
        if given is not None:
            there[code], theirs[code] = given, offer
    if not here or not there:
        raise Empty
    return Read(replace(now, villages=dict(sorted(here.items())), offers=dict(sorted(there.items()))), own, theirs)


def _in_places(found: Mapping[str, Offered], of: RoundOffer) -> dict[str, Offered]:
    """The offer as it is now, with no more places than it brought into the round."""
    each = found.get(of.offer.code)
    if each is None:
        return {}
    return {of.offer.code: replace(each, row=replace(each.row, places=min(each.row.places, of.places)))}


def _joined(of: Round) -> tuple[list[RoundVillage], list[RoundOffer]]:
    villages = of.villages.filter(joined=True).select_related("village__parent").order_by("village")
    return list(villages), list(of.offers.filter(joined=True).select_related("offer__partner").order_by("offer__code"))


def _kept_list(of: Round, *, first: bool = False) -> Json:
    """The list as it lies in the store; the ``first`` is that of the throw."""
    kept = of.first_inputs if first else of.inputs
    if kept is None:
        raise Empty
    found: Json = json.loads(files.read(kept.sha256))
    return found


def _stored(of: Round, content: bytes, what: str) -> Content:
    return files.put(content, media_type=JSON_FILE, name=f"putaran-{of.code}-{what}.json")


# The four kinds of work -----------------------------------------------------------------------------------------------


def choices(run: RoundRun) -> None:
    """What each side may choose from: every pair on either side's list, with its scores, and the market it came of."""
    of, policy = run.round, Policy.read(run.round.policy)
    read = read_market(of, *_joined(of), policy)
    listed = read.listed(of, policy)
    found = certificate.certify({**listed, "plain": True}, certificate.TRIAL)["result"]
    sides: dict[str, Json] = {}
    for code, village in read.villages.items():
        pairs = [_pair(read.offers[offer].code, *scores) for offer, *scores in found["lists"][code]]
        sides[village.code] = {
            "acceptable": pairs,
            "listed_as": code,
            "sources": Sides.of_village(read.rows.villages[code]),
        }
    scored = {(code, row[0]): row[1:] for code, rows in found["lists"].items() for row in rows}
    reserve = {each["id"]: each["reserve"] for each in listed["offers"]}
    for code, offer in read.offers.items():
        pairs = [_pair(read.villages[each].code, *scored[each, code]) for each in found["ranks"][code]]
        row = read.rows.offers[code]
        places = {"places": row.row.places, "reserve": reserve[code]}
        sides[offer.code] = {"acceptable": pairs, "sources": Sides.of_offer(row), **places}
    inputs = _stored(of, rfc8785.dumps(listed), "masukan")
    keep_choices(by=By.the_system(), round=of, run=run, sides=sides, inputs=inputs)


def _pair(code: str, a: int, b: int, h: int) -> Json:
    return {"code": code, "a": a, "b": b, "h": h}


def whole_list(run: RoundRun) -> None:
    """Everything but the throw, in one file with its hash."""
    of = run.round
    villages, offers = _joined(of)
    names = {each.code: each.listed_as for each in villages}
    listed = with_orders({**_kept_list(of), "plain": of.plain}, names, villages, offers)
    content = _stored(of, rfc8785.dumps(listed), "daftar")
    list_hash = certificate.list_hash(listed)
    keep_list(by=By.the_system(), round=of, run=run, list_hash=list_hash, listed=content)


def with_orders(listed: Json, names: dict[str, str], villages: list[RoundVillage], offers: list[RoundOffer]) -> Json:
    """The list with what each side ranked and struck out. ``names``: a village's code in the file by that of its row."""
    named = names | {each.code: each.offer.code for each in offers}

    def written(side: RoundVillage | RoundOffer) -> Json:
        return {
            "first": [named[each] for each in side.order if each in named],
            "struck": sorted(named[each] for each in side.struck if each in named),
        }

    both: list[RoundVillage | RoundOffer] = [*villages, *offers]
    chose = [each for each in both if each.code in named and (each.order or each.struck)]
    return {
        **listed,
        "village_orders": {named[each.code]: written(each) for each in chose if isinstance(each, RoundVillage)},
        "offer_orders": {named[each.code]: written(each) for each in chose if isinstance(each, RoundOffer)},
    }


def trial(run: RoundRun) -> None:
    """With the reserve and without it, by the throw that everybody knows. Kept are sums alone: ``villages``, ``offers``,
    ``places``, ``with`` and ``without`` as :func:`outcomes.sums` has them, and how many villages only one of the two serves
    (``gain``, ``lose``). Before the choices are locked, whoever has not declined counts as joined."""
    of, policy = run.round, Policy.read(run.round.policy)
    if of.state == "ready" and of.inputs is not None:
        listed = _kept_list(of)
    else:
        villages = of.villages.filter(eligible=True).exclude(joined=False).select_related("village__parent")
        offers = of.offers.exclude(joined=False).select_related("offer__partner")
        listed = read_market(of, villages, offers, policy).listed(of, policy)
    one = certificate.certify({**listed, "plain": False}, certificate.TRIAL)
    other = certificate.certify(certificate.without_reserve({**listed, "plain": False}), certificate.TRIAL)
    served, unreserved = ({village for village, _offer in each["result"]["pairs"]} for each in (one, other))
    result = {
        "villages": len(listed["villages"]),
        "offers": len(listed["offers"]),
        "places": sum(each["places"] for each in listed["offers"]),
        "with": sums(one),
        "without": sums(other),
        "gain": len(served - unreserved),
        "lose": len(unreserved - served),
    }
    keep_trial(by=By.the_system(), round=of, run=run, result=result)


def result(run: RoundRun) -> None:
    """The result, looked at in three ways. After an upheld objection what was wrong is read anew and all else stays as it
    was listed; the seed stays that of the list before the throw, so that no word in the new one can turn the lots."""
    of, policy = run.round, Policy.read(run.round.policy)
    villages, offers = _joined(of)
    first, dropped = _kept_list(of, first=True), 0
    sides: Sides
    if of.times_run:
        sides = read = read_corrected(of, first, villages, offers, policy)
        names = {each.code: code for code, each in read.villages.items()}
        listed, dropped = _still_possible(with_orders(read.listed(of, policy), names, villages, offers))
    else:
        sides, listed = Sides.kept(first, villages, offers), first
    found = certificate.certify(listed, of.thrown, of.first_list_hash)
    second = plain.certificate(listed, found["thrown"], found.get("seed_list_hash"))
    content = certificate.as_bytes(found)
    again = certificate.replay(certificate.read(content))
    check = {name: count for name, count in found["check"].items() if name not in ("pairs", "reserve")}
    report = {
        "agrees": not any(check.values()) and second == found and again == found,
        "check": check,
        "second_way": second == found,
        "replayed": again == found,
        "sums": {} if of.plain else sums(found),
        "without_reserve": {}
        if of.plain
        else sums(certificate.certify(certificate.without_reserve(listed), of.thrown, of.first_list_hash)),
        "changed_rows": _changed(first, listed),
        "dropped_choices": dropped,
    }
    keep_result(
        by=By.the_system(), round=of, run=run, outcomes=of_result(found, sides, policy), report=report,
        certificate=_stored(of, content, "sertifikat"), listed=_stored(of, rfc8785.dumps(listed), "daftar"),
        list_hash=found["list_hash"], seed=found["seed"],
    )  # fmt: skip


def _still_possible(listed: Json) -> tuple[Json, int]:
    """A list that was put right without the choices that lead to nobody any more; and how many those were."""
    bare = {**listed, "plain": True, "village_orders": {}, "offer_orders": {}}
    lists = certificate.certify(bare, certificate.TRIAL)["result"]["lists"]
    pairs = {(village, row[0]) for village, rows in lists.items() for row in rows}
    dropped = 0

    def held(orders: Json, *, turned: bool) -> Json:
        nonlocal dropped
        found: Json = {}
        for own, said in orders.items():
            kept = {
                part: [other for other in codes if ((other, own) if turned else (own, other)) in pairs]
                for part, codes in said.items()
            }
            dropped += sum(map(len, said.values())) - sum(map(len, kept.values()))
            if any(kept.values()):
                found[own] = kept
        return found

    orders = {
        "village_orders": held(listed["village_orders"], turned=False),
        "offer_orders": held(listed["offer_orders"], turned=True),
    }
    return {**listed, **orders}, dropped


def _changed(before: Json, after: Json) -> list[str]:
    """Codes of villages and offers whose row is no longer the same."""
    old = {each["id"]: each for name in ("villages", "offers") for each in before[name]}
    new = {each["id"]: each for name in ("villages", "offers") for each in after[name]}
    return sorted(code for code in old.keys() | new.keys() if old.get(code) != new.get(code))


WORK = {
    RoundRun.Kind.CHOICES: choices,
    RoundRun.Kind.LIST: whole_list,
    RoundRun.Kind.TRIAL: trial,
    RoundRun.Kind.RESULT: result,
}
