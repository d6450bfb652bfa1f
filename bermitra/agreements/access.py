"""Who may do what with an agreement.

Both sides draft by turns; the village head and the partner's signatory accept, lock and sign. The regency answers one
thing, the permit that the law gives to the regent. Preparing is typing: the operator may do it as well as the offices.
"""

from typing import Any

from bermitra.agreements.joint.access import ACCESS as JOINT
from bermitra.foundation.commands.permits import ANY, ASSIGNED, DISTRICT, PARTY, REGENCY, VILLAGE, Row, act, page
from bermitra.partnership.access import PREPARING

READING: dict[str, Any] = {
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    "village_treasurer": VILLAGE,
    "village_official": VILLAGE,
    "village_operator": VILLAGE,
    "bpd_chair": VILLAGE,
    "bpd_member": VILLAGE,
    "village_coop_unit": VILLAGE,
    "partner_rep": PARTY,
    "partner_signatory": PARTY,
    "camat": DISTRICT,
    "dpmd_officer": REGENCY,
    "regent_office": REGENCY,
    "auditor": REGENCY,
    "legal_reviewer": ASSIGNED,
}
OF_CASE: dict[str, Any] = {role: scope for role, scope in READING.items() if role != "legal_reviewer"}
CLERKS: dict[str, Any] = {"village_head": VILLAGE, "village_secretary": VILLAGE, "village_operator": VILLAGE}
PARTNER: dict[str, Any] = {"partner_rep": PARTY, "partner_signatory": PARTY}
SIGNERS: dict[str, Any] = {"village_head": VILLAGE, "partner_signatory": PARTY}
# Ink is compared by one named person of each side.
COMPARERS: dict[str, Any] = {
    "bpd_chair": VILLAGE,
    "village_head": VILLAGE,
    "village_secretary": VILLAGE,
    **PARTNER,
}

# Pages on which own words, shares and prices are put on the sheet: they open the door ``partnership.draft_term_sheet``.
SHEET_PAGES = ("words", "terms")

ACCESS: tuple[Row, ...] = (
    page("page.agreement_room", **READING),
    page("page.agreement_checks", **READING),
    page("page.agreement_draft", **READING),
    page("page.agreement_print", **READING),
    page("page.agreement_word", **READING),
    page("page.agreement_summary", **READING),
    page("page.agreement_history", **READING),
    page("page.agreement_scan", **READING),
    # Drafting by turns.
    act("agreements.start_draft", **CLERKS),
    *(act(f"agreements.sheet_{each}", **PREPARING) for each in SHEET_PAGES),
    act("agreements.propose_change", **CLERKS, **PARTNER, bpd_chair=VILLAGE, village_coop_unit=VILLAGE),
    act("agreements.comment", **CLERKS, **PARTNER, bpd_chair=VILLAGE, village_coop_unit=VILLAGE),
    act("agreements.answer_comment", **CLERKS, **PARTNER, bpd_chair=VILLAGE, village_coop_unit=VILLAGE),
    act("agreements.settle_comment", **CLERKS, **PARTNER, bpd_chair=VILLAGE, village_coop_unit=VILLAGE),
    act("agreements.give_number", **CLERKS, **PARTNER),
    act("agreements.show_condition", **CLERKS, **PARTNER),
    act("agreements.pass_turn", **CLERKS, **PARTNER),
    act("agreements.request_legal_review", village_head=VILLAGE, village_secretary=VILLAGE),
    act("agreements.give_legal_review", legal_reviewer=ASSIGNED),
    act("agreements.end_legal_review", village_head=VILLAGE, system=ANY),
    act("agreements.accept_text", **SIGNERS, step_up=True),
    act("agreements.abandon_draft", **SIGNERS, step_up=True),
    act("agreements.return_to_selection", village_head=VILLAGE, step_up=True),
    # Where a text stands: memorandum, agreement, arrangement, and under which.
    page("page.agreement_chain", **READING),
    act("agreements.place_in_chain", **CLERKS, **PARTNER),
    act("agreements.tell_parent_ended", system=ANY),
    # Residents know what will bind them.
    act("agreements.tell_residents", **CLERKS, bpd_chair=VILLAGE),
    act("agreements.write_local_summary", **CLERKS),
    act(
        "agreements.confirm_local_summary",
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_official=VILLAGE,
        bpd_chair=VILLAGE,
        bpd_member=VILLAGE,
        village_coop_unit=VILLAGE,
    ),
    # One text of a partner with many villages.
    page("page.batches", **OF_CASE),
    page("page.batch", **OF_CASE),
    act("agreements.open_batch", **PARTNER),
    act("agreements.offer_batch", **PARTNER),
    # What the law asks of others.
    act("agreements.request_permit", village_head=VILLAGE),
    act("agreements.grant_permit", dpmd_officer=REGENCY, regent_office=REGENCY, step_up=True),
    act("agreements.refuse_permit", dpmd_officer=REGENCY, regent_office=REGENCY, step_up=True),
    act("agreements.issue_bpd_decree", bpd_chair=VILLAGE, step_up=True),
    # Locking and signing.
    act("agreements.finalise", village_head=VILLAGE, step_up=True),
    act("agreements.reopen_draft", **SIGNERS, step_up=True),
    act("agreements.void_signatures", **SIGNERS, step_up=True),
    act("agreements.invite_signer", village_secretary=VILLAGE, village_operator=VILLAGE, system=ANY),
    act("agreements.sign", **SIGNERS, step_up=True),
    act("agreements.register_certified_signature", **SIGNERS, step_up=True),
    act("agreements.decline_to_sign", **SIGNERS, step_up=True),
    act("agreements.affix_stamp", village_secretary=VILLAGE, village_operator=VILLAGE, partner_rep=PARTY),
    act(
        "agreements.upload_wet_signatures",
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
        partner_rep=PARTY,
    ),
    act("agreements.return_wet_signatures", **COMPARERS),
    act("agreements.confirm_wet_signatures", **COMPARERS, step_up=True),
    act("agreements.keep_signed_file", system=ANY, within=("agreements.register_certified_signature",)),
    # In force.
    act("agreements.activate", village_secretary=VILLAGE),
    act("agreements.publish_summary", village_secretary=VILLAGE),
    # While it runs: it is changed by addenda, prolonged, and rests for a time.
    page("page.amendment", **OF_CASE),
    page("page.amendment_print", **OF_CASE),
    page("page.amendment_scan", **OF_CASE),
    act("agreements.record_evaluation", village_head=VILLAGE, village_secretary=VILLAGE, bpd_chair=VILLAGE, **PARTNER),
    act("agreements.propose_amendment", **CLERKS, **PARTNER),
    act("agreements.propose_renewal", **CLERKS, **PARTNER),
    act("agreements.propose_novation", **CLERKS, **PARTNER),
    act("agreements.word_amendment", **CLERKS, **PARTNER),
    act("agreements.offer_amendment", **SIGNERS, step_up=True),
    act("agreements.agree_amendment", **SIGNERS, step_up=True),
    act("agreements.reject_amendment", **SIGNERS),
    act("agreements.withdraw_amendment", **SIGNERS, step_up=True),
    act("agreements.send_amendment_to_musyawarah", village_head=VILLAGE, bpd_chair=VILLAGE),
    act("agreements.record_amendment_consent", bpd_chair=VILLAGE, step_up=True),
    act("agreements.record_amendment_refusal", bpd_chair=VILLAGE),
    act("agreements.lock_amendment", village_head=VILLAGE, step_up=True),
    act("agreements.sign_amendment", **SIGNERS, step_up=True),
    act("agreements.register_certified_amendment", **SIGNERS, step_up=True),
    act("agreements.affix_amendment_stamp", village_secretary=VILLAGE, village_operator=VILLAGE, partner_rep=PARTY),
    act("agreements.upload_amendment_scan", village_secretary=VILLAGE, village_operator=VILLAGE, partner_rep=PARTY),
    act("agreements.confirm_amendment_scan", **COMPARERS, step_up=True),
    act("agreements.keep_signed_addendum", system=ANY, within=("agreements.register_certified_amendment",)),
    act("agreements.remind_of_end", system=ANY),
    page("page.suspension", **OF_CASE),
    act("agreements.propose_suspension", **SIGNERS, step_up=True),
    act("agreements.suspend", **SIGNERS, step_up=True),
    act("agreements.refuse_suspension", **SIGNERS),
    act("agreements.resume", **SIGNERS, system=ANY, step_up=True),
    # A side warns the other in writing: typed by whoever types, sent and judged by whoever signs.
    page("page.warning", **OF_CASE),
    page("page.warning_print", **OF_CASE),
    page("page.warning_file", **OF_CASE),
    act("agreements.draft_warning", **CLERKS, **PARTNER),
    act("agreements.follow_warning", **CLERKS, **PARTNER),
    act("agreements.word_warning", **CLERKS, **PARTNER),
    act("agreements.send_warning", **SIGNERS, step_up=True),
    act("agreements.hand_warning", **CLERKS, **PARTNER),
    act("agreements.answer_warning", village_head=VILLAGE, village_secretary=VILLAGE, **PARTNER),
    act("agreements.claim_cure", village_head=VILLAGE, village_secretary=VILLAGE, **PARTNER),
    act("agreements.accept_cure", **SIGNERS),
    act("agreements.refuse_cure", **SIGNERS),
    act("agreements.withdraw_warning", **SIGNERS, step_up=True),
    # Agreements that run already. The regency lays its list before the villages; what is so, the village records.
    page("page.existing_agreements", **OF_CASE),
    page("page.existing_agreement", **OF_CASE),
    page("page.existing_file", **OF_CASE),
    page("page.existing_table", dpmd_officer=REGENCY),
    act("agreements.propose_existing", dpmd_officer=REGENCY),
    act("agreements.register_existing", **CLERKS),
    act("agreements.decline_existing", **CLERKS),
    act("agreements.complete_existing", **CLERKS),
    act("agreements.flag_ratification", village_secretary=VILLAGE),
    act("agreements.confirm_existing", village_head=VILLAGE, step_up=True),
    act("agreements.ratify", bpd_chair=VILLAGE, step_up=True),
    act("agreements.withdraw_existing", village_head=VILLAGE, step_up=True),
    # They change by an addendum that quotes their scan: the village proposes, the partner answers, both sign with ink.
    page("page.earlier_addendum", **OF_CASE),
    page("page.earlier_addendum_file", **OF_CASE),
    act("agreements.propose_earlier_addendum", **CLERKS),
    act("agreements.word_earlier_addendum", **CLERKS),
    act("agreements.offer_earlier_addendum", village_head=VILLAGE, step_up=True),
    act("agreements.agree_earlier_addendum", partner_signatory=PARTY, step_up=True),
    act("agreements.reject_earlier_addendum", partner_signatory=PARTY),
    act("agreements.withdraw_earlier_addendum", village_head=VILLAGE, step_up=True),
    act("agreements.lock_earlier_addendum", village_head=VILLAGE, step_up=True),
    act(
        "agreements.upload_earlier_addendum_scan",
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
        partner_rep=PARTY,
    ),
    act("agreements.confirm_earlier_addendum_scan", **COMPARERS, step_up=True),
    # A village is merged, split or made a kelurahan: the regency records it, the former village reads on.
    page("page.village_changes", **OF_CASE),
    page("page.village_change", **OF_CASE),
    page("page.village_change_file", **OF_CASE),
    act("agreements.record_village_change", dpmd_officer=REGENCY, regent_office=REGENCY, step_up=True),
    act("agreements.answer_takeover", **PARTNER),
    # Between villages.
    *JOINT,
)
