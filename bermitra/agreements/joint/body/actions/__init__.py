"""Verbs of the BKAD: form it and hand seats over, pay dues and see them come in, join and leave."""

from bermitra.agreements.joint.body.actions.common import keep_joint_head_file
from bermitra.agreements.joint.body.actions.dues import confirm_joint_payment, pay_joint_due
from bermitra.agreements.joint.body.actions.forming import (
    accept_joint_body,
    fill_joint_office,
    form_joint_body,
    hand_over_joint_seat,
)
from bermitra.agreements.joint.body.actions.membership import (
    ask_to_leave_joint,
    invite_joint_member,
    settle_joint_member,
    state_joint_member,
    village_is_gone,
)
from bermitra.agreements.joint.body.rules import Seated

__all__ = [
    "Seated",
    "accept_joint_body",
    "ask_to_leave_joint",
    "confirm_joint_payment",
    "fill_joint_office",
    "form_joint_body",
    "hand_over_joint_seat",
    "invite_joint_member",
    "keep_joint_head_file",
    "pay_joint_due",
    "settle_joint_member",
    "state_joint_member",
    "village_is_gone",
]
