"""What the room of an agreement shows of its life: changes, rests, and the doors to new ones."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.changing import queries
from bermitra.agreements.changing.rules import CAUSES, SUSPENSION_LABELS
from bermitra.agreements.changing.views.common import doors_to
from bermitra.agreements.models import Agreement, Suspension
from bermitra.foundation.calendar import long_date
from bermitra.foundation.text import _ as marked

KINDS = {"proposed": "doing", "resting": "fix", "refused": "idle", "over": "ok"}
NEW = (("agreements.propose_suspension", marked("Usulkan penundaan")),)


def changes_of(request: HttpRequest, held: Agreement) -> dict[str, Any]:
    """Of an agreement that binds; nothing for one that is still drafted."""
    if not held.binds:
        return {}
    rests = list(held.suspensions.order_by("-pk"))
    free = held.state == "in_force" and queries.open_suspension(held) is None
    return {
        "rests": [_rest(each) for each in rests],
        "changing": doors_to(request, held, held.case.code, NEW) if free else [],
    }


def _rest(each: Suspension) -> dict[str, str]:
    return {
        "url": reverse("page.suspension", args=[each.code]),
        "title": _(CAUSES[each.cause]),
        "small": _("paling lama sampai {day}").format(day=long_date(each.until)),
        "state": _(SUSPENSION_LABELS[each.state]),
        "kind": KINDS[each.state],
    }
