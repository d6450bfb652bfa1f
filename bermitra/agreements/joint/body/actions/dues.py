"""Dues: a village says that it has paid, another village says that the money is there."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.actions.common import next_due
from bermitra.agreements.joint.body.models import JointDue, JointDuePayment, JointDueReceipt
from bermitra.agreements.joint.body.rules import ARRIVED
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _


@command("agreements.pay_joint_due", on="due")
def pay_joint_due(act: Act, *, due: JointDue, amount: int, paid_on: date, receipt: str) -> JointDuePayment:
    """A village has paid into the account of the body, a part at a time where it is so agreed. It counts once it was seen there."""
    JointDue.objects.select_for_update().get(pk=due.pk)
    twice = due.payments.filter(receipt=receipt).exists()
    if amount > queries.stand_of(due, localdate(act.now)).to_pay or twice:
        raise NoSuchMove("joint_due", "paid", act.door)
    payment = JointDuePayment.objects.create(
        due=due, amount=amount, paid_on=paid_on, receipt=receipt, at=act.now, by=act.by.code
    )
    _now_waits(act, due)
    act.log("joint_due.paid", due, amount=amount)
    return payment


@command("agreements.confirm_joint_payment", on="payment")
def confirm_joint_payment(act: Act, *, payment: JointDuePayment, found: bool, reason: str = "") -> JointDueReceipt:
    """Somebody of the village that keeps the account has looked: the money came in, or it did not (AG-76)."""
    due = payment.due
    JointDue.objects.select_for_update().get(pk=due.pk)
    keeper = due.body.keeper_for(due.village_id)
    act.require(ARRIVED, queries.arrived_facts(payment, act.by.person, act.by.code), standing(keeper))
    if JointDueReceipt.objects.filter(payment=payment).exists():
        raise NoSuchMove("joint_due", "seen", act.door)
    seen = JointDueReceipt.objects.create(
        payment=payment, village_id=keeper, found=found, reason=reason, at=act.now, by=act.by.code
    )
    _now_waits(act, due)
    act.log("joint_due.seen", due, amount=payment.amount, found=found, village=keeper)
    return seen


def _now_waits(act: Act, due: JointDue) -> None:
    """Who is to pay, and who is to look into the account."""
    close_duties(act, about=about_of(due))
    stand = queries.stand_of(due, localdate(act.now))
    if stand.pending:
        open_duty(
            act,
            door="agreements.confirm_joint_payment",
            about=about_of(due),
            code=due.code,
            region=due.body.keeper_for(due.village_id),
            role=roles.VILLAGE_TREASURER.key,
            says=_("Periksa setoran iuran {village} tahun {year} pada rekening BKAD."),
            village=due.village.name,
            year=due.year,
        )
    if stand.to_pay or not stand.pending:  # a payment that is looked for may come back to be paid again
        next_due(act, due.body, due.village_id)
