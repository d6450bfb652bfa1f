"""Verbs: keep and look at values, allow and withdraw, take along, be forgotten."""

from bermitra.foundation.personal.actions.breaches import notify_data_breach, record_data_breach, set_aside_data_breach
from bermitra.foundation.personal.actions.consents import (
    confirm_use_stopped,
    record_data_consent,
    withdraw_data_consent,
)
from bermitra.foundation.personal.actions.erasing import (
    erase_again,
    erase_person,
    export_my_data,
    request_erasure,
    withdraw_erasure_request,
)
from bermitra.foundation.personal.actions.values import (
    close_number_case,
    keep_account,
    keep_identity_scan,
    keep_nik,
    look_at_value,
    remove_value,
)

__all__ = [
    "close_number_case",
    "confirm_use_stopped",
    "erase_again",
    "erase_person",
    "export_my_data",
    "keep_account",
    "keep_identity_scan",
    "keep_nik",
    "look_at_value",
    "notify_data_breach",
    "record_data_breach",
    "record_data_consent",
    "remove_value",
    "request_erasure",
    "set_aside_data_breach",
    "withdraw_data_consent",
    "withdraw_erasure_request",
]
