"""Partnerships as the public sees them in a list or a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.partnership.queries import Filters, form_label, public_cases
from bermitra.partnership.rules import GIVEN_UP, PHASES
from bermitra.portal.lists import lying, within
from bermitra.portal.villages import lies_in, path_of

COLUMNS = (
    _("Kode"), _("Kemitraan"), _("Desa"), _("Kode wilayah"), _("Kecamatan"), _("Kabupaten/Kota"), _("Mitra"), _("Bidang"),
    _("Bentuk"), _("Tahap"), _("Keadaan"), _("Dibuka"), _("Alamat"),
)  # fmt: skip
FILE_CHUNK = 1_000
SHOWN = (
    "code", "title", "state", "field_of_government", "forms", "opened_at", "example", "village", "partner",
    "partner__name", *lying("village"),
)  # fmt: skip


def found(chosen: dict[str, str], place: Region | None = None) -> QuerySet[Case]:
    """The cases that fit, the newest first, each with the areas that its village lies in."""
    cases = public_cases(Filters(phase=chosen.get("tahap", "")))
    if place is not None:
        cases = cases.filter(within(place, "village"))
    if field := chosen.get("bidang"):
        cases = cases.filter(field_of_government=field)
    if words := chosen.get("q"):
        cases = cases.filter(Q(title__icontains=words) | Q(partner__name__icontains=words))
    return brief(cases)


def brief(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What a line of a list says of a case, and no more of it."""
    return cases.select_related("village__parent__parent__parent", "partner").only(*SHOWN)


def behind(cases: QuerySet[Case], code: str) -> QuerySet[Case]:
    """What follows the case of this code."""
    last = Case.objects.filter(code=code)
    opened, key = Subquery(last.values("opened_at")), Subquery(last.values("pk"))
    return cases.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, pk__lt=key))


def mark(case: Case) -> str:
    """How the word of a state is marked."""
    if case.state in GIVEN_UP:
        return "idle"
    return "ok" if case.phase in ("pelaksanaan", "pelaporan", "berakhir") else "doing"


def table_of(cases: Sequence[Case], place: Region | None = None) -> dict[str, Any]:
    """What the table component writes; of what lies above the page's own place nothing is said again."""
    below = max(place.level if place else 0, 1)
    return {
        "columns": [gettext("Kemitraan"), gettext("Desa"), gettext("Mitra"), gettext("Tahap"), gettext("Keadaan")],
        "rows": [
            [
                (openly(case.title), reverse("page.partnership", args=[case.code])),
                ", ".join(filter(None, [case.village.name, lies_in(path_of(case.village), below)])),
                case.partner.name if case.partner else "",
                gettext(PHASES[case.phase]),
                gettext(case.label.public),
            ]
            for case in cases
        ],
    }


def lines(cases: Sequence[Case], *, village: bool = True, partner: bool = True) -> list[dict[str, str]]:
    """What the rows component writes: each partnership, between whom (what the page is about left out), how it stands."""
    return [
        {
            "title": openly(case.title),
            "url": reverse("page.partnership", args=[case.code]),
            "small": " · ".join(
                filter(
                    None, [case.village.name if village else "", case.partner.name if case.partner and partner else ""]
                )
            ),
            "state": gettext(case.label.public),
            "kind": mark(case),
        }
        for case in cases
    ]


def file_rows(cases: QuerySet[Case], base: str) -> Iterator[list[str]]:
    """Every case that fits, a chunk at a time; ``base`` is the address of this site."""
    after = ""
    while True:
        chunk = list((behind(cases, after) if after else cases)[:FILE_CHUNK])
        for case in chunk:
            yield _cells(case, base)
        if len(chunk) < FILE_CHUNK:
            return
        after = chunk[-1].code


def _cells(case: Case, base: str) -> list[str]:
    above = {each.level: each.name for each in path_of(case.village)}
    return [
        case.code, openly(case.title), case.village.name, case.village_id, above.get(3, ""), above.get(2, ""),
        case.partner.name if case.partner else "", gettext(case.get_field_of_government_display()),
        ", ".join(form_label(code) for code in case.forms), gettext(PHASES[case.phase]), gettext(case.label.public),
        localdate(case.opened_at).isoformat(), base + reverse("page.partnership", args=[case.code]),
    ]  # fmt: skip
