"""Acts of offers: one is written part by part and opened in a breath, as a partner would who has its figures ready."""

from __future__ import annotations

from django.db.models import Model

from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Offer, OfferAbility
from bermitra.needs.offers import actions
from bermitra.needs.offers.queries import words_hash
from bermitra.registry.models import Partner
from bermitra.site.demo.stage import Stage, plays
from bermitra.site.demo.story import StoryAct


@plays("needs.publish_offer")
def publish_offer(stage: Stage, act: StoryAct) -> Model | None:
    """Without ``areas`` it holds in all of the country."""
    told, who = act.data, act.who
    words = {name: told[name] for name in ("title", "brings", "forms")}
    partner = stage.get(told["partner"], Partner)
    offer: Offer = stage.open(actions.record_offer, who, partner=partner, example=True, **words)
    for sector, (level, what) in told["abilities"].items():
        stage.open(actions.set_ability, who, offer=offer, sector=sector, level=level, what=what)
    stage.open(
        actions.seek_return,
        who,
        offer=offer,
        seeks=told["seeks"],
        conditions=told["conditions"],
        gifts_to_persons=False,
    )
    areas = list(Region.objects.filter(pk__in=told.get("areas", ())))
    stage.open(actions.place_offer, who, offer=offer, everywhere=not areas, areas=areas, places=told["places"])
    low, high = told["budget"]
    stage.open(
        actions.fund_offer, who, offer=offer, budget_low=low, budget_high=high, term_months=told["months"],
        valid_until=told["until"],
    )  # fmt: skip
    stage.open(actions.aim_offer, who, offer=offer, goals=told["goals"], vision=told["vision"], risks=told["risks"])
    return stage.open(actions.publish_offer, who, offer=offer)  # type: ignore[no-any-return]


@plays("needs.verify_ability")
def verify_ability(stage: Stage, act: StoryAct) -> Model | None:
    """The regency looks at some of them, each with what it saw."""
    offer = stage.get(act.data["offer"], Offer)
    seen = words_hash(offer)
    for sector, reason in act.data["proven"].items():
        ability = OfferAbility.objects.select_related("offer__partner").get(offer=offer, sector=sector)
        stage.open(actions.verify_ability, act.who, ability=ability, proven=True, reason=reason, seen=seen)
    return None
