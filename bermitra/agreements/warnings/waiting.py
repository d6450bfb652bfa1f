"""Whom a warning waits for."""

from __future__ import annotations

from datetime import date, timedelta

from bermitra.agreements.changing.waiting import SIGNER, asks
from bermitra.agreements.rules import ONE, OTHER
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import close_duties
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _


def warning_waits(act: Act, warning: WarningLetter) -> None:
    """What waited is done; whoever is awaited now has it in the work box."""
    about = about_of(warning)
    close_duties(act, about=about)
    own, other = SIGNER[warning.party], SIGNER[OTHER[warning.party]]

    def wait(door: str, role: str, says: str, due_on: date | None = None) -> None:
        asks(act, warning.agreement, door=door, about=about, code=warning.code, role=role, says=says, due_on=due_on)

    judge = _("Periksa perbaikan atas peringatan “{title}”.")
    if warning.state == "drafted":
        wait("agreements.send_warning", own, _("Periksa lalu kirim surat peringatan “{title}”."))
    elif warning.state == "sent" and warning.cure_by is not None:
        says = _("Jawab surat peringatan “{title}”, lalu perbaiki sebelum tenggatnya.")
        wait("agreements.answer_warning", other, says, warning.cure_by)
        wait("agreements.accept_cure", own, judge, warning.cure_by + timedelta(days=1))
    elif warning.state == "claimed":
        wait("agreements.accept_cure", own, judge, warning.cure_by)


def tell_the_other(act: Act, warning: WarningLetter, says: str, *, party: str, bpd: bool = False) -> None:
    """Put it into the inbox of one side, and of the BPD where it must know; nobody else is told of a warning."""
    agreement = warning.agreement
    village, partner = {"region": agreement.case.village_id}, {"party": agreement.partner.code}
    where = [{**village, "role": roles.VILLAGE_HEAD.key} if party == ONE else partner]
    if bpd:
        where.append({**village, "role": roles.BPD_CHAIR.key})
    for each in where:
        tell(
            act, says=says, params={"title": agreement.title}, about=about_of(warning), url_name="page.warning",
            code=warning.code, **each,
        )  # fmt: skip
