"""Verbs of an agreement: drafting by turns, permits, locking, the two ways of signing, coming into force."""

from bermitra.agreements.actions.comments import answer_comment, comment, settle_comment
from bermitra.agreements.actions.drafting import (
    abandon_draft,
    accept_text,
    change_text,
    end_legal_review,
    give_legal_review,
    give_number,
    pass_turn,
    propose_change,
    request_legal_review,
    return_to_selection,
    show_condition,
    start_draft,
)
from bermitra.agreements.actions.in_force import (
    activate,
    publish_summary,
)
from bermitra.agreements.actions.locking import (
    finalise,
    reopen_draft,
    void_signatures,
)
from bermitra.agreements.actions.permits import (
    grant_permit,
    issue_bpd_decree,
    refuse_permit,
    request_permit,
)
from bermitra.agreements.actions.signing import (
    affix_stamp,
    confirm_wet_signatures,
    decline_to_sign,
    invite_signer,
    keep_signed_file,
    register_certified_signature,
    return_wet_signatures,
    sign,
    upload_wet_signatures,
)
from bermitra.agreements.actions.summary import confirm_local_summary, tell_residents, write_local_summary

__all__ = [
    "abandon_draft",
    "accept_text",
    "activate",
    "affix_stamp",
    "answer_comment",
    "change_text",
    "comment",
    "confirm_local_summary",
    "confirm_wet_signatures",
    "decline_to_sign",
    "end_legal_review",
    "finalise",
    "give_legal_review",
    "give_number",
    "grant_permit",
    "invite_signer",
    "issue_bpd_decree",
    "keep_signed_file",
    "pass_turn",
    "propose_change",
    "publish_summary",
    "refuse_permit",
    "register_certified_signature",
    "reopen_draft",
    "request_legal_review",
    "request_permit",
    "return_to_selection",
    "return_wet_signatures",
    "settle_comment",
    "show_condition",
    "sign",
    "start_draft",
    "tell_residents",
    "upload_wet_signatures",
    "void_signatures",
    "write_local_summary",
]
