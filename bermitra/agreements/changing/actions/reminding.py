"""Before an agreement ends both sides are told: prolong it in time, or let it end. Silence prolongs nothing."""

from __future__ import annotations

from datetime import date, timedelta

from bermitra.agreements.changing.models import EndReminder
from bermitra.agreements.changing.waiting import asks
from bermitra.agreements.models import Agreement
from bermitra.agreements.rules import BINDS_IN
from bermitra.agreements.waiting import tell_both
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _

REMINDERS = ("renewal_reminder_days", "renewal_musyawarah_days", "last_reminder_days")
LONGEST = 365  # days: the widest that a regency may choose
HEAD, SECRETARY = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key


@command("agreements.remind_of_end", on="agreement")
def remind_of_end(act: Act, *, agreement: Agreement, days: int, today: date) -> None:
    """Tell both sides how many days are left, and ask the village to evaluate and to decide; after the end nobody waits."""
    about, ends = f"end:{agreement.code}", agreement.ends_on or today
    if ends < today:
        close_duties(act, about=about)
        tell_both(act, agreement, _("“{title}” berakhir karena jangka waktunya habis, tanpa perpanjangan."))
        act.log("agreement.term_over", agreement, case=agreement.case.code)
        return
    EndReminder.objects.create(agreement=agreement, ends_on=ends, days=days, at=act.now)
    left = (ends - today).days
    tell_both(
        act,
        agreement,
        _("“{title}” berakhir {days} hari lagi. Perpanjangan tidak terjadi dengan sendirinya."),
        days=left,
    )
    code = agreement.case.code
    asks(
        act, agreement, door="agreements.record_evaluation", about=about, code=code, role=SECRETARY, due_on=ends,
        says=_("Evaluasi “{title}” sebelum masa berlakunya habis."),
    )  # fmt: skip
    asks(
        act, agreement, door="agreements.propose_renewal", about=about, code=code, role=HEAD, due_on=ends,
        says=_("Putuskan: perpanjang “{title}” atau biarkan berakhir."),
    )  # fmt: skip
    act.log("agreement.end_near", agreement, days=left)


def remind_of_ends(today: date) -> int:
    """Those that end within the days of the norms and were not told yet of this one; says how many. Of the daily work."""
    near = Agreement.objects.filter(
        state__in=BINDS_IN, ends_on__gte=today, ends_on__lte=today + timedelta(days=LONGEST)
    ).select_related("case__village", "partner")
    told = 0
    for agreement in near:
        days = _reached(agreement, today)
        if days:
            remind_of_end(by=By.the_system(), agreement=agreement, days=days, today=today)
            told += 1
    for agreement in _over(today):
        remind_of_end(by=By.the_system(), agreement=agreement, days=0, today=today)
    return told


def _reached(agreement: Agreement, today: date) -> int:
    """The nearest of the three days before the end that has been reached and that nobody was told of; 0: none."""
    if agreement.ends_on is None:
        return 0
    numbers, left = standing(agreement.case.village_id).numbers, (agreement.ends_on - today).days
    reached = sorted(int(numbers[name]) for name in REMINDERS if left <= int(numbers[name]))
    told = EndReminder.objects.filter(agreement=agreement, ends_on=agreement.ends_on, days__in=reached[:1])
    return reached[0] if reached and not told.exists() else 0


def _over(today: date) -> list[Agreement]:
    """Those whose end has come while somebody was still asked about it."""
    asked = Duty.objects.filter(closed_at=None, about__startswith="end:").values_list("about", flat=True)
    codes = [about.removeprefix("end:") for about in asked]
    return list(Agreement.objects.filter(code__in=codes, ends_on__lt=today).select_related("case__village", "partner"))
