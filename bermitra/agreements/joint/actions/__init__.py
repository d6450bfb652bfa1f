"""Verbs of the Peraturan Bersama: word it by turns, hear residents, decide in every village, sign, promulgate."""

from bermitra.agreements.joint.actions.consulting import record_joint_consultation
from bermitra.agreements.joint.actions.deciding import reopen_joint_text, table_joint_text
from bermitra.agreements.joint.actions.drafting import (
    abandon_joint_text,
    accept_joint_text,
    give_joint_number,
    propose_joint_change,
    start_joint_draft,
)
from bermitra.agreements.joint.actions.promulgating import promulgate_joint_text
from bermitra.agreements.joint.actions.signing import (
    confirm_joint_scan,
    keep_joint_signed_file,
    lay_down_joint_scan,
    lock_joint_text,
    register_certified_joint_text,
    sign_joint_text,
)

__all__ = [
    "abandon_joint_text",
    "accept_joint_text",
    "confirm_joint_scan",
    "give_joint_number",
    "keep_joint_signed_file",
    "lay_down_joint_scan",
    "lock_joint_text",
    "promulgate_joint_text",
    "propose_joint_change",
    "record_joint_consultation",
    "register_certified_joint_text",
    "reopen_joint_text",
    "sign_joint_text",
    "start_joint_draft",
    "table_joint_text",
]
