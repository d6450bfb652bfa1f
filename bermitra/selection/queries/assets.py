"""Which assets of the village a case would put to use, and whether that is prepared."""

from __future__ import annotations

from typing import Any

from bermitra.deliberation.consent.queries import consent_on
from bermitra.partnership import book
from bermitra.partnership import queries as cases
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset
from bermitra.selection.rules import AssetPlanFacts


def asset_plan_facts(
    case: Case, *, says_so: bool = False, sheet_assets: list[dict[str, Any]] | None = None
) -> AssetPlanFacts:
    """By the forms of the case, by what the village named, by the sheet, and by what an offer says of itself (``says_so``).

    Land of the village touches whoever lives on it, and so do some forms, whether it was said or not. ``sheet_assets``: the
    rows of the sheet that counts, where it was read already. Three statements.
    """
    known, rows = book.forms(), sheet_assets
    if rows is None:
        sheet = cases.term_sheet(case)
        rows = sheet.topics["others"]["assets"] if sheet else []
    chosen = [known[code] for code in {*case.forms, *(row["form"] for row in rows)} if code in known]
    named = {*case.assets, *(row["asset"] for row in rows if row["asset"])}
    kept = VillageAsset.objects.kept().filter(village=case.village_id, code__in=named)
    held = list(kept) if named else []
    touches = (
        bool(case.consent_needed)
        or any(form.consent for form in chosen)
        or any(each.kind == VillageAsset.Kind.LAND for each in held)
    )
    return AssetPlanFacts(
        uses_asset=says_so or bool(named or rows) or any(form.asset for form in chosen),
        asset_in_inventory=bool(named)
        and len(held) == len(named)
        and all(each.recorded for each in held)
        and all(row["asset"] for row in rows),
        permit_planned=case.permit_plan != "" or not any(form.permit for form in chosen),
        touches_land_or_custom=touches,
        consent_begun=touches and consent_on(case.code, case.village_id) is not None,
    )
