"""Verbs of knowing one another: a village says who it is, a partner is registered and looked at, a party is listed."""

from bermitra.registry.actions.listings import lift_listing, list_party
from bermitra.registry.actions.partners import add_document, admit_person, declare_owner, register_partner
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
from bermitra.registry.actions.villages import (
    record_account,
    record_asset,
    record_plan_line,
    record_umbrella_regulation,
    update_village,
)

__all__ = [
    "add_document",
    "admit_person",
    "answer_verification",
    "check_evidence",
    "conclude_verification",
    "declare_owner",
    "lift_listing",
    "list_party",
    "record_account",
    "record_asset",
    "record_plan_line",
    "record_umbrella_regulation",
    "register_partner",
    "reopen_verification",
    "request_repair",
    "resubmit_verification",
    "review_match",
    "start_verification",
    "submit_verification",
    "take_verification",
    "update_village",
]
