"""What the room of an agreement shows of its life: addenda, evaluations, rests, and the doors to new ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.changing import queries
from bermitra.agreements.changing.rules import CAUSES, KINDS, OVER, SUSPENSION_LABELS
from bermitra.agreements.changing.views.common import doors_to
from bermitra.agreements.models import Agreement, Amendment, Suspension
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.text import _ as marked

STATES = {"proposed": "doing", "resting": "fix", "refused": "idle", "over": "ok"}
CHANGE = (
    ("agreements.propose_amendment", marked("Usulkan perubahan")),
    ("agreements.propose_renewal", marked("Usulkan perpanjangan")),
    ("agreements.propose_novation", marked("Usulkan pergantian mitra")),
)
EVALUATE = (("agreements.record_evaluation", marked("Catat evaluasi")),)
REST = (("agreements.propose_suspension", marked("Usulkan penundaan")),)


def changes_of(request: HttpRequest, held: Agreement) -> dict[str, Any]:
    """Of an agreement that binds; nothing for one that is still drafted."""
    if not held.binds:
        return {}
    addenda, rests = list(held.amendments.order_by("-pk")), list(held.suspensions.order_by("-pk"))
    over = held.ends_on is not None and held.ends_on < clock.today()
    wanted = [] if over else [*EVALUATE]
    if not over and all(each.state in OVER for each in addenda):
        wanted = [*CHANGE, *wanted]
    if not over and held.state == "in_force" and queries.open_suspension(held) is None:
        wanted = [*wanted, *REST]
    return {
        "addenda": [_addendum(each) for each in addenda],
        "evaluations": list(held.evaluations.order_by("-held_on", "-pk")),
        "rests": [_rest(each) for each in rests],
        "changing": doors_to(request, held, held.case.code, wanted),
        "ended": _("Berakhir karena jangka waktu pada {day}, tanpa perpanjangan.").format(day=long_date(held.ends_on))
        if over and held.ends_on
        else "",
    }


def _addendum(each: Amendment) -> dict[str, str]:
    kind = "ok" if each.state == "in_force" else "idle" if each.state in OVER else "doing"
    return {
        "url": reverse("page.amendment", args=[each.code]),
        "title": f"{_(KINDS[each.kind])}: {each.reason}"[:160],
        "small": " · ".join(filter(None, (each.village_number, each.partner_number))),
        "state": _(each.said),
        "kind": kind,
    }


def _rest(each: Suspension) -> dict[str, str]:
    return {
        "url": reverse("page.suspension", args=[each.code]),
        "title": _(CAUSES[each.cause]),
        "small": _("paling lama sampai {day}").format(day=long_date(each.until)),
        "state": _(SUSPENSION_LABELS[each.state]),
        "kind": STATES[each.state],
    }
