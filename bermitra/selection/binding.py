"""What the worker does for dossiers: reads, prints both editions, lays them into the store, and hands them over in a short act."""

from __future__ import annotations

import logging
from datetime import timedelta

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.selection.actions.dossiers import ask_dossier, begin_dossier, fail_dossier, keep_dossier
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.dossier import dossier_pdf
from bermitra.selection.models import Dossier
from bermitra.selection.queries.dossiers import cases_due, waiting_dossiers

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)  # how long a worker is left alone with one; the largest takes a minute
TRIES = 3  # one that ended its worker this often is not begun again


def make_waiting() -> int:
    """Make every dossier that waits, the oldest first; says how many. One that was left in the middle is made anew once its
    lease is over, three times in all."""
    done = 0
    for asked in waiting_dossiers().exclude(begun_at__gt=clock.now() - LEASE).order_by("pk"):
        try:
            if asked.tries >= TRIES:
                fail_dossier(by=By.the_system(), dossier=asked)
            else:
                begin_dossier(by=By.the_system(), dossier=asked)
                _make(asked)
        except NoSuchMove:  # another worker was quicker
            log.warning("dossier %s was not made here", asked.code)
            continue
        done += 1
    return done


def ask_due() -> int:
    """For ``bermitra daily``: a result that was published, or became an award, has its dossier; says how many were asked for."""
    due = cases_due()
    for case in due:
        ask_dossier(by=By.the_system(), case=case)
    return len(due)


def _make(asked: Dossier) -> None:
    try:
        at = clock.now()
        house, public = (_kept(asked, edition, dossier_pdf(asked.case, edition, at=at)) for edition in Edition)
    except Exception:
        log.exception("dossier %s", asked.code)
        fail_dossier(by=By.the_system(), dossier=asked)
    else:
        keep_dossier(by=By.the_system(), dossier=asked, house=house, public=public)


def _kept(asked: Dossier, edition: Edition, pdf: bytes) -> Content:
    name = f"berkas-seleksi-{asked.case.code}{'' if edition is Edition.HOUSE else '-umum'}.pdf"
    return files.put(pdf, media_type="application/pdf", name=name)
