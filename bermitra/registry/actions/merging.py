"""Two entries of one body become one, and are taken apart again where that was wrong. No row of theirs is moved."""

from __future__ import annotations

from bermitra.foundation.accounts.models import PartyAlias
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _
from bermitra.registry.models import Partner, PartnerMerge, PartnerSplit
from bermitra.registry.queries.bodies import merge_facts, roots_after, with_merged
from bermitra.registry.rules import MERGING


@command("registry.merge_duplicates", on="kept")
def merge_duplicates(act: Act, *, kept: Partner, merged: Partner, reason: str) -> PartnerMerge:
    """From now on ``merged`` leads to ``kept``, with its people, papers, verdicts and cases."""
    kept, merged = _locked(kept), _locked(merged)
    act.require(MERGING, merge_facts(kept, merged))
    merge = PartnerMerge.objects.create(
        kept=kept, merged=merged, reason=reason, merged_at=act.now, merged_by=act.by.code
    )
    _lead({*with_merged(kept), *with_merged(merged)})
    act.log("partner.merged", kept, merged=merged.code, merge=merge.code)
    _tell(act, kept, merged, _("Data {merged} digabung ke data {kept}."))
    return merge


@command("registry.split_duplicates", on="merge")
def split_duplicates(act: Act, *, merge: PartnerMerge, reason: str) -> PartnerSplit:
    """The merge was wrong: both entries stand for themselves again, each with what it had and got meanwhile."""
    if PartnerSplit.objects.filter(merge=merge).exists():
        raise NoSuchMove("partner_merge", "split", act.door)
    body = set(with_merged(_locked(merge.merged)))
    split = PartnerSplit.objects.create(merge=merge, reason=reason, split_at=act.now, split_by=act.by.code)
    _lead(body)
    act.log("partner.split", merge.kept, merged=merge.merged.code, merge=merge.code)
    _tell(act, merge.kept, merge.merged, _("Penggabungan data {merged} dengan {kept} dibatalkan."))
    return split


def _locked(partner: Partner) -> Partner:
    return Partner.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=partner.pk)


def _lead(body: set[int]) -> None:
    """Let every entry of these lead to where the merges in force lead it, and its code as well."""
    in_force = PartnerMerge.objects.filter(merged__in=body, split=None).order_by("merged_at", "pk")
    roots = roots_after(list(in_force.values_list("merged", "kept")))
    partners = {each.pk: each for each in Partner.objects.filter(pk__in=body)}
    for key, partner in partners.items():
        partner.merged_into_id = roots.get(key)
        partner.merged_entries = sum(root == key for root in roots.values())
        partner.revision += 1
        partner.save(update_fields=["merged_into", "merged_entries", "revision"])
    PartyAlias.objects.filter(code__in=[each.code for each in partners.values()]).delete()
    PartyAlias.objects.bulk_create(
        PartyAlias(code=partners[key].code, leads_to=partners[root].code) for key, root in roots.items()
    )


def _tell(act: Act, kept: Partner, merged: Partner, says: str) -> None:
    for partner in (kept, merged):
        tell(
            act,
            says=says,
            params={"kept": kept.name, "merged": merged.name},
            about=about_of(kept),
            url_name="page.partner_history",
            code=partner.code,
            party=partner.code,
        )
