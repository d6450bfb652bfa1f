"""Verbs of knowing one another: a village says who it is, a partner is registered and looked at, a party is listed."""

from bermitra.registry.actions.arrears import close_overdue_report, record_overdue_report
from bermitra.registry.actions.conflicts import explain_conflict, review_conflict
from bermitra.registry.actions.corrections import (
    correct_asset,
    correct_plan_line,
    withdraw_asset,
    withdraw_plan_line,
)
from bermitra.registry.actions.flags import (
    escalate_flag,
    escalate_overdue_flags,
    raise_flag,
    reopen_flag,
    reply_flag,
    resolve_flag,
    review_flag,
)
from bermitra.registry.actions.listings import ListedRow, import_listings, lift_listing, list_party
from bermitra.registry.actions.merging import merge_duplicates, split_duplicates
from bermitra.registry.actions.onboarding import confirm_load, decline_load, onboard_villages, print_letters
from bermitra.registry.actions.partner_accounts import record_partner_account
from bermitra.registry.actions.partner_papers import add_document, declare_owners, withdraw_document
from bermitra.registry.actions.partner_requests import (
    accept_request,
    decline_request,
    lapse_request,
    lapse_requests,
    request_registration,
)
from bermitra.registry.actions.partners import admit_person, correct_partner, register_partner, update_partner
from bermitra.registry.actions.reminders import remind_partner, remind_partners
from bermitra.registry.actions.verifications import (
    answer_verification,
    check_evidence,
    conclude_verification,
    reopen_verification,
    request_repair,
    resubmit_verification,
    review_match,
    start_verification,
    submit_verification,
    take_verification,
)
from bermitra.registry.actions.village_tables import import_assets, import_plan_lines
from bermitra.registry.actions.villages import (
    record_account,
    record_asset,
    record_plan_line,
    record_umbrella_regulation,
    update_village,
)

__all__ = [
    "ListedRow",
    "accept_request",
    "add_document",
    "admit_person",
    "answer_verification",
    "check_evidence",
    "close_overdue_report",
    "conclude_verification",
    "confirm_load",
    "correct_asset",
    "correct_partner",
    "correct_plan_line",
    "declare_owners",
    "decline_load",
    "decline_request",
    "escalate_flag",
    "escalate_overdue_flags",
    "explain_conflict",
    "import_assets",
    "import_listings",
    "import_plan_lines",
    "lapse_request",
    "lapse_requests",
    "lift_listing",
    "list_party",
    "merge_duplicates",
    "onboard_villages",
    "print_letters",
    "raise_flag",
    "record_account",
    "record_asset",
    "record_overdue_report",
    "record_partner_account",
    "record_plan_line",
    "record_umbrella_regulation",
    "register_partner",
    "remind_partner",
    "remind_partners",
    "reopen_flag",
    "reopen_verification",
    "reply_flag",
    "request_registration",
    "request_repair",
    "resolve_flag",
    "resubmit_verification",
    "review_conflict",
    "review_flag",
    "review_match",
    "split_duplicates",
    "start_verification",
    "submit_verification",
    "take_verification",
    "update_partner",
    "update_village",
    "withdraw_asset",
    "withdraw_document",
    "withdraw_plan_line",
]
