"""Which dossiers there are, and of which cases one is due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case
from bermitra.partnership.rules import PARTNER_INITIATIVE
from bermitra.selection.models import Call, Candidacy, Dossier
from bermitra.selection.queries.seen import call_of
from bermitra.selection.rules import DOSSIER_WAITS

MOST = 10  # of those that were made, as the page shows them
OF_A_RESULT = ("provisional", "awarded")


def stage_of(case: Case) -> str:
    """How its call stands, or the case of a partner's own offer; ``""`` where nothing was announced or sent yet."""
    call = call_of(case)
    if call is not None and call.state not in ("draft", "cancelled"):
        return call.state
    return case.state if case.route == PARTNER_INITIATIVE else ""


def dossiers_of(case: Case) -> QuerySet[Dossier]:
    """The newest first."""
    return Dossier.objects.filter(case=case).select_related("house", "public").order_by("-pk")


def newest_dossier(case: Case) -> Dossier | None:
    """The last one that was made."""
    return dossiers_of(case).filter(state=Dossier.State.READY).first()


def waiting_dossiers() -> QuerySet[Dossier]:
    found = Dossier.objects.filter(state__in=DOSSIER_WAITS)
    return found.select_related(
        "case__village__parent__parent", "case__partner", "case__midterm_line", "case__plan_line"
    )


def cases_due() -> list[Case]:
    """Cases whose call has a published result, or is awarded, and no dossier that was asked for since: since its newest
    candidate. One that failed is asked for again, a day later. One statement."""
    newest = Candidacy.objects.filter(proposal__call=OuterRef("pk")).order_by("-pk").values("at")[:1]
    since = Coalesce(Subquery(newest), F("drafted_at"))
    made = Dossier.objects.filter(case=OuterRef("case"), stage=OuterRef("state"), asked_at__gte=OuterRef("since"))
    failed = Q(state=Dossier.State.FAILED)
    tried = Dossier.objects.filter(failed, case=OuterRef("case"), asked_at__gt=clock.now() - timedelta(days=1))
    due = Call.objects.annotate(since=since).filter(~Exists(made.exclude(failed)), ~Exists(tried))
    due = due.filter(state__in=OF_A_RESULT, published_on__isnull=False)
    waits = Dossier.objects.filter(case=OuterRef("case"), state__in=DOSSIER_WAITS)
    return [call.case for call in due.filter(~Exists(waits)).select_related("case").order_by(F("pk"))]
