"""Who may do what with offers: the partner's own people; its regency looks at abilities and changes nothing."""

from typing import Any

from bermitra.foundation.commands.permits import ANY, PARTY, REGENCY, Row, act, page

_PARTNER: dict[str, Any] = {"partner_rep": PARTY, "partner_signatory": PARTY}
_READERS: dict[str, Any] = {**_PARTNER, "dpmd_officer": REGENCY, "regent_office": REGENCY, "auditor": REGENCY}

# Later stages take a place for a village as a part of their act.
TAKING_A_PLACE = ("matching.respond_to_match",)
GIVING_IT_BACK = (
    "partnership.cancel",
    "partnership.withdraw",
    "selection.decline_unsolicited",
    "selection.lapse_unsolicited",
    "selection.record_refusal",
    "agreements.abandon_draft",
)

ACCESS: tuple[Row, ...] = (
    page("page.offer_list", **_READERS),
    page("page.offer_file", **_READERS),
    act("needs.record_offer", **_PARTNER),
    act("needs.describe_offer", **_PARTNER),
    act("needs.set_ability", **_PARTNER),
    act("needs.drop_ability", **_PARTNER),
    act("needs.seek_return", **_PARTNER),
    act("needs.place_offer", **_PARTNER),
    act("needs.fund_offer", **_PARTNER),
    act("needs.aim_offer", **_PARTNER),
    act("needs.publish_offer", **_PARTNER),
    act("needs.pause_offer", **_PARTNER, system=ANY),
    act("needs.renew_offer", **_PARTNER),
    act("needs.withdraw_offer", **_PARTNER),
    act("needs.expire_offer", system=ANY),
    act("needs.use_quota", within=TAKING_A_PLACE),
    act("needs.free_quota", within=GIVING_IT_BACK),
    act("needs.verify_ability", dpmd_officer=REGENCY),
)
