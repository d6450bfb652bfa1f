"""How a later stage brings a text of its own before a Musyawarah, or passes on what residents agreed to.

Joins the running act: no door, but a journal line.
"""

from __future__ import annotations

from bermitra.deliberation.models import ConsentProcess, ReadyText, Subject
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import pass_duties
from bermitra.foundation.regions.models import Region

STILL_OPEN = ("planned", "invited", "waiting_quorum", "adjourned", "in_session")


def offer_text(
    act: Act, *, village: Region, code: str, kind: str, title: str, text_hash: str, text: str = "",
    partner: str = "",
) -> ReadyText:  # fmt: skip
    """This text waits for a meeting of the village: its clerks put it on an agenda.

    Where it is on one and undecided, the meeting has the newer text before it from now on. ``text`` is what is read out
    there; the decision names ``text_hash``. ``partner`` is the public code of the partner whose text it is.
    """
    values = {"kind": Subject.Kind(kind), "title": title, "text": text, "text_hash": text_hash, "partner": partner}
    ready, _new = ReadyText.objects.update_or_create(
        code=code, village=village, defaults={**values, "offered_at": act.now}
    )
    tabled = Subject.objects.filter(
        code=code, decision__isnull=True, meeting__state__in=STILL_OPEN, meeting__village=village
    ).select_related("meeting")
    for subject in tabled:
        before = subject.text_hash
        subject.title, subject.text, subject.text_hash, subject.tabled_at = title, text, text_hash, act.now
        subject.partner = partner
        subject.save()
        act.log("subject.tabled", subject.meeting, subject=code, text=text_hash, instead_of=before)
    return ready


def withdraw_text(act: Act, *, code: str, village: str = "") -> None:
    """No meeting is asked about it any more, in any village or in that one; an agenda that it stands on keeps it."""
    found = ReadyText.objects.filter(code=code)
    (found.filter(village=village) if village else found).delete()


def pass_consent_on(act: Act, *, about: str, after: Region) -> None:
    """Another village holds the case from now on: what its residents said still stands, and there they say no as well.

    It comes from whichever village wrote it down: one that was a kelurahan in between left it with those who asked.
    """
    process = ConsentProcess.objects.select_for_update(of=("self",)).filter(about=about).first()
    if process is None:
        return
    before = process.village_id
    process.village = after
    process.save(update_fields=["village"])
    pass_duties(about=[about_of(process)], before=before, after=after.pk)
    act.log("consent.passed_on", process, region=after.pk, about_case=about, before=before, after=after.pk)
