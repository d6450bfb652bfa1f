"""Verbs of an agreement that runs: it is changed and prolonged by addenda, and rests for a time."""

from bermitra.agreements.changing.actions.binding import (
    confirm_amendment_scan,
    keep_signed_addendum,
    lock_amendment,
    sign_amendment,
    upload_amendment_scan,
)
from bermitra.agreements.changing.actions.outside import affix_amendment_stamp, register_certified_amendment
from bermitra.agreements.changing.actions.proposing import (
    agree_amendment,
    offer_amendment,
    propose_amendment,
    propose_novation,
    propose_renewal,
    record_amendment_consent,
    record_amendment_refusal,
    record_evaluation,
    reject_amendment,
    send_amendment_to_musyawarah,
    withdraw_amendment,
    word_amendment,
)
from bermitra.agreements.changing.actions.reminding import remind_of_end, remind_of_ends
from bermitra.agreements.changing.actions.suspending import (
    propose_suspension,
    refuse_suspension,
    resume,
    resume_due,
    suspend,
)

__all__ = [
    "affix_amendment_stamp",
    "agree_amendment",
    "confirm_amendment_scan",
    "keep_signed_addendum",
    "lock_amendment",
    "offer_amendment",
    "propose_amendment",
    "propose_novation",
    "propose_renewal",
    "propose_suspension",
    "record_amendment_consent",
    "record_amendment_refusal",
    "record_evaluation",
    "refuse_suspension",
    "register_certified_amendment",
    "reject_amendment",
    "remind_of_end",
    "remind_of_ends",
    "resume",
    "resume_due",
    "send_amendment_to_musyawarah",
    "sign_amendment",
    "suspend",
    "upload_amendment_scan",
    "withdraw_amendment",
    "word_amendment",
]
