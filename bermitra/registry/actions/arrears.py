"""Which reports on cooperation a village owes; told by the stage that knows the reports, counted by RG-17."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import OverdueReport


@command("registry.record_overdue_report", on="village")
def record_overdue_report(act: Act, *, village: Region, year: int, due_on: date) -> OverdueReport:
    """The report on a year is late. Said twice it stays one."""
    report, _new = OverdueReport.objects.get_or_create(
        village=village, year=year, closed_at=None, defaults={"due_on": due_on, "opened_at": act.now}
    )
    act.log("report.overdue", village, year=year)
    return report


@command("registry.close_overdue_report", on="village")
def close_overdue_report(act: Act, *, village: Region, year: int) -> OverdueReport:
    """The report on a year came in, or is owed no more."""
    report = OverdueReport.objects.filter(village=village, year=year, closed_at=None).first()
    if report is None:
        raise NoSuchMove("overdue_report", "closed", act.door)
    report.closed_at = act.now
    report.save(update_fields=["closed_at"])
    act.log("report.caught_up", village, year=year)
    return report
