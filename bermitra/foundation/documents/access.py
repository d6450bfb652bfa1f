"""Who may keep files and issue papers: by themselves only the console; for everybody else it is a part of another act.

Nobody "issues a paper": he signs an agreement or finalises minutes, and that act's own row decides who may. So a later
stage adds the name of its door to the line below that it needs, and no role.
"""

from bermitra.foundation.commands.permits import ANY, Row, act

KEEPING: tuple[str, ...] = (  # doors whose act takes in an uploaded file
    "accounts.record_assistance_mandate",
    "accounts.record_mandate",
    "delivery.post_entry",
    "delivery.propose_entry",
    "delivery.record_attendance",
    "delivery.record_progress",
    "delivery.submit_evidence",
    "monitoring.record_value",
    "registry.add_document",
    "registry.record_umbrella_regulation",
    "registry.import_plan_lines",
    "registry.import_assets",
    "deliberation.record_signed_sheet",
    "deliberation.record_joint_sheet",
    "deliberation.record_consent_step",
    "deliberation.give_consent",
    "deliberation.refuse_consent",
    "deliberation.keep_sheet",
    "agreements.grant_permit",
    "agreements.issue_bpd_decree",
    "agreements.upload_wet_signatures",
    "agreements.keep_signed_file",
    "agreements.complete_existing",
    "matching.keep_choices",
    "matching.keep_list",
    "matching.keep_result",
    "selection.attach_file",
    "registry.raise_flag",
    "registry.reply_flag",
    "matching.commit_draw",
    "matching.throw_draw",
)
ISSUING: tuple[str, ...] = (  # doors whose act issues a paper
    "accounts.hand_over",
    "agreements.finalise",
    "delivery.adopt_plan",
    "delivery.issue_certificate",
    "delivery.issue_sheet",
    "deliberation.invite",
    "deliberation.adjourn",
    "deliberation.finalise_minutes",
    "deliberation.issue_decree",
    "deliberation.give_consent",
    "deliberation.send_joint_offer",
    "deliberation.call_joint_meeting",
    "deliberation.finalise_joint_minutes",
    "monitoring.submit_report",
    "needs.print_potential",
    "matching.commit_draw",
    "matching.throw_draw",
)
WITHDRAWING: tuple[str, ...] = (  # doors whose act makes an issued paper void
    "agreements.reopen_draft",
    "agreements.void_signatures",
    "deliberation.return_minutes",
    "deliberation.refuse_consent",
    "deliberation.withdraw_joint_offer",
    "deliberation.cancel_joint_meeting",
    "deliberation.return_joint_minutes",
    "deliberation.annul",
    "monitoring.submit_report",
    "needs.print_potential",
    "needs.revise_potential",
    "needs.archive_potential",
    "needs.rate_potential",
    "needs.locate_potential",
    "needs.value_potential",
    "needs.verify_potential",
    "matching.void_draw",
)

ACCESS: tuple[Row, ...] = (
    act("documents.keep_file", system=ANY, within=KEEPING),
    act("documents.issue_paper", system=ANY, within=ISSUING),
    act("documents.withdraw_paper", system=ANY, within=WITHDRAWING),
)
