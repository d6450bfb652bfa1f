"""Verbs of a strict selection: the call, the sealed proposals, the panel, the candidate, and what the meeting decided."""

from bermitra.selection.actions.calls import (
    answer_question,
    ask_question,
    cancel_call,
    close_call,
    close_due_calls,
    fail_call,
    open_call,
    reopen_call,
    revise_terms,
)
from bermitra.selection.actions.changes import extend_call, withdraw_call
from bermitra.selection.actions.checking import (
    complete_admin_check,
    complete_documents,
    declare_interest,
    disqualify,
    look_for_ties,
    look_for_ties_where_panels_work,
    read_proposal,
    request_documents,
    start_selection,
)
from bermitra.selection.actions.deciding import forward_to_musyawarah, record_consent, record_refusal
from bermitra.selection.actions.direct import appoint_directly
from bermitra.selection.actions.dossiers import ask_dossier
from bermitra.selection.actions.feedback import send_feedback
from bermitra.selection.actions.guarding import keep_due_guards
from bermitra.selection.actions.introductions import answer_introduction
from bermitra.selection.actions.lapsing import lapse_candidate, lapse_due_candidates
from bermitra.selection.actions.moderating import moderate_scores
from bermitra.selection.actions.objections import (
    appeal_objection,
    dismiss_objection,
    file_objection,
    reopen_scoring,
    uphold_objection,
    withdraw_objection,
)
from bermitra.selection.actions.offers import (
    accept_for_musyawarah,
    answer_in_writing,
    decline_unsolicited,
    draft_unsolicited,
    receive_unsolicited,
    resubmit_unsolicited,
    return_unsolicited,
    submit_unsolicited,
    write_unsolicited,
)
from bermitra.selection.actions.preparing import (
    appoint_panel,
    draft_call,
    plan_announcement,
    release_panelist,
    set_criteria,
    tick_vision,
    write_kak,
)
from bermitra.selection.actions.proposals import attach_file, draft_proposal, submit_proposal, withdraw_proposal
from bermitra.selection.actions.rivals import call_for_rivals, close_comparison, open_rivals, submit_rival
from bermitra.selection.actions.scoring import (
    accept_candidacy,
    decline_candidacy,
    propose_candidate,
    propose_next,
    reveal_scores,
    score,
)
from bermitra.selection.actions.visits import record_site_visit
from bermitra.selection.actions.waiting import (
    lapse_due_offers,
    lapse_unsolicited,
    remind_of_offers,
    remind_unsolicited,
)

__all__ = [
    "accept_candidacy",
    "accept_for_musyawarah",
    "answer_in_writing",
    "answer_introduction",
    "answer_question",
    "appeal_objection",
    "appoint_directly",
    "appoint_panel",
    "ask_dossier",
    "ask_question",
    "attach_file",
    "call_for_rivals",
    "cancel_call",
    "close_call",
    "close_comparison",
    "close_due_calls",
    "complete_admin_check",
    "complete_documents",
    "declare_interest",
    "decline_candidacy",
    "decline_unsolicited",
    "dismiss_objection",
    "disqualify",
    "draft_call",
    "draft_proposal",
    "draft_unsolicited",
    "extend_call",
    "fail_call",
    "file_objection",
    "forward_to_musyawarah",
    "keep_due_guards",
    "lapse_candidate",
    "lapse_due_candidates",
    "lapse_due_offers",
    "lapse_unsolicited",
    "look_for_ties",
    "look_for_ties_where_panels_work",
    "moderate_scores",
    "open_call",
    "open_rivals",
    "plan_announcement",
    "propose_candidate",
    "propose_next",
    "read_proposal",
    "receive_unsolicited",
    "record_consent",
    "record_refusal",
    "record_site_visit",
    "release_panelist",
    "remind_of_offers",
    "remind_unsolicited",
    "reopen_call",
    "reopen_scoring",
    "request_documents",
    "resubmit_unsolicited",
    "return_unsolicited",
    "reveal_scores",
    "revise_terms",
    "score",
    "send_feedback",
    "set_criteria",
    "start_selection",
    "submit_proposal",
    "submit_rival",
    "submit_unsolicited",
    "tick_vision",
    "uphold_objection",
    "withdraw_call",
    "withdraw_objection",
    "withdraw_proposal",
    "write_kak",
    "write_unsolicited",
]
