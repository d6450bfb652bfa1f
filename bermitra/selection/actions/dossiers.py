"""A dossier is asked for, taken up by the worker, and kept or has failed. Nobody edits one."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.flow import NoSuchMove
from bermitra.partnership.models import Case
from bermitra.selection.models import Dossier
from bermitra.selection.queries.dossiers import dossiers_of, stage_of
from bermitra.selection.rules import DOSSIER, DOSSIER_WAITS


@command("selection.ask_dossier", on="case")
def ask_dossier(act: Act, *, case: Case) -> Dossier:
    """Ask for the whole file of a selection, as it stands when the worker comes to it; one at a time for each case."""
    stage = stage_of(case)
    if not stage or dossiers_of(case).filter(state__in=DOSSIER_WAITS).exists():
        raise NoSuchMove(DOSSIER.name, DOSSIER_WAITS[0], act.door)
    asked = Dossier.objects.create(
        case=case,
        state=DOSSIER.through(act.door, DOSSIER.start),
        stage=stage,
        asked_at=act.now,
        asked_by=act.by.code,
    )
    act.log("dossier.asked", asked, region=case.village_id, case=case.code)
    return asked


@command("selection.begin_dossier", on="dossier")
def begin_dossier(act: Act, *, dossier: Dossier) -> Dossier:
    """The worker takes it up, or takes it up again after it was stopped in the middle."""
    _of_this_try(act, dossier)
    move_on(act, DOSSIER, dossier, tries=dossier.tries + 1, begun_at=act.now)
    act.log("dossier.begun", dossier)
    return dossier


@command("selection.keep_dossier", on="dossier")
def keep_dossier(act: Act, *, dossier: Dossier, house: Content, public: Content) -> Dossier:
    """Both editions lie in the store: from now on they are handed out."""
    _of_this_try(act, dossier)
    of_house, of_public = keep_file(by=act, content=house), keep_file(by=act, content=public)
    move_on(act, DOSSIER, dossier, made_at=act.now, house=of_house, public=of_public)
    act.log("dossier.kept", dossier, house=house.sha256, public=public.sha256)
    return dossier


@command("selection.fail_dossier", on="dossier")
def fail_dossier(act: Act, *, dossier: Dossier) -> Dossier:
    """It could not be made; whoever needs it asks again."""
    _of_this_try(act, dossier)
    move_on(act, DOSSIER, dossier)
    act.log("dossier.failed", dossier)
    return dossier


def _of_this_try(act: Act, dossier: Dossier) -> None:
    """Another worker may have begun it anew since the row was read."""
    if not Dossier.objects.select_for_update().filter(pk=dossier.pk, tries=dossier.tries).exists():
        raise NoSuchMove(DOSSIER.name, dossier.state, act.door)
