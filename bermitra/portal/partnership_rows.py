"""What the page of one partnership reads: the case and its agreement, each with its lists, and the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models import Case as Chosen
from django.utils.translation import gettext

from bermitra.agreements.models import Agreement, FundingLine
from bermitra.agreements.queries import public_agreements
from bermitra.agreements.villages.models import Takeover
from bermitra.deliberation.consent.queries import LAST
from bermitra.deliberation.models import ConsentProcess, ConsentRefusal, ConsentStep, Decision
from bermitra.delivery.handing.queries import CAME
from bermitra.delivery.models import Activity, Due, HandoverItem, KeptTotal, Plan, Progress, Training
from bermitra.foundation.journal.models import Event
from bermitra.monitoring.models import Report
from bermitra.partnership.models import Case, CaseNeed, CasePotential, TermSheet
from bermitra.partnership.queries import public_cases
from bermitra.portal.rows import Rows, Worked
from bermitra.portal.words import HAPPENED
from bermitra.selection.models import Call, Dossier, RivalCall, WrittenAnswer

HISTORY = 12
HANDED = 30  # rows of goods that the page shows, the newest first


def _case(code: str) -> QuerySet[Case]:
    """The case with what it answers, what was decided on it and how its partner was looked for."""
    needs = CaseNeed.objects.filter(case=OuterRef("pk"))
    potentials = CasePotential.objects.filter(case=OuterRef("pk"))
    sheets = TermSheet.objects.filter(case=OuterRef("pk"))
    calls = Call.objects.filter(case=OuterRef("pk")).exclude(state__in=("draft", "cancelled"))
    # Inside a subquery of a subquery the case is two queries away.
    own_sheets = TermSheet.objects.filter(case=OuterRef(OuterRef("pk"))).values("code")
    own_lists = CaseNeed.objects.filter(case=OuterRef(OuterRef("pk"))).values("need__rows__list__code")
    return (
        public_cases()
        .filter(code=code)
        .select_related("village__parent__parent__parent")
        .annotate(
            need_rows=Rows(
                needs.order_by(F("need__rank").asc(nulls_last=True), "need_id"),
                title="need__title", rank="need__rank", hamlet="need__hamlet", households="need__households",
                male="need__male", female="need__female",
            ),
            potential_rows=Rows(potentials.order_by("potential_id"), title="potential__title"),
            sheet_rows=Rows(sheets.order_by("-pk"), code="code", state="state", topics="topics"),
            call_rows=Rows(
                calls.order_by("-pk"), code="code", title="title", state="state", opened_at="opened_at",
                deadline="deadline", published_on="published_on",
            ),
            decision_rows=Rows(_decisions(Q(subject__code__in=own_sheets))[:1], **_DECIDED),
            consent_rows=Rows(_consents(), state="state", given_on="given_on", refused_at="refused_at"),
            rival_rows=Rows(RivalCall.objects.filter(case=OuterRef("pk")), code="code", closed_at="closed_at"),
            handed_rows=Rows(
                HandoverItem.objects.filter(CAME, handover__case=OuterRef("pk"), handover__state="received")
                .order_by("-handover__on", "-handover_id", "number")[:HANDED],
                name="name", quantity="quantity", unit="unit", value="value", verdict="verdict", on="handover__on",
                giver="handover__giver", for_village="for_village",
            ),
            dossier_there=Exists(Dossier.objects.filter(case=OuterRef("pk"), state=Dossier.State.READY)),
            answer_rows=Rows(WrittenAnswer.objects.filter(case=OuterRef("pk")), at="at", due_on="due_on"),
            priority_rows=Rows(
                _decisions(Q(subject__code__in=own_lists) | Q(subject__code=OuterRef("code")))[:1], **_DECIDED
            ),
        )
    )  # fmt: skip


def _consents() -> Any:
    """How the consent of those touched stands: the day of its newest yes, and the instant of its newest no."""
    yes = ConsentStep.objects.filter(process=OuterRef("pk"), number=LAST).order_by("-pk").values("held_on")[:1]
    no = ConsentRefusal.objects.filter(process=OuterRef("pk")).order_by("-pk").values("recorded_at")[:1]
    before = Takeover.objects.filter(case=OuterRef(OuterRef("pk"))).values("before")  # what its people agreed to stands
    of_the_case = Q(village=OuterRef("village")) | Q(village__in=before)
    about = ConsentProcess.objects.filter(of_the_case, about=OuterRef("code"))
    return about.annotate(given_on=Subquery(yes), refused_at=Subquery(no))


_DECIDED: dict[str, Any] = {
    "held_on": "subject__meeting__held_on", "present": "present", "result": "result", "mode": "mode",
    "votes_for": "votes_for", "votes_against": "votes_against", "number": "subject__meeting__minutes_number",
    "state": "subject__meeting__state", "decree": "subject__decree__number",
    "decree_paper": "subject__decree__paper__code", "invited": "invited", "male": "male", "female": "female",
}  # fmt: skip


def _decisions(about: Q) -> Any:
    """Decisions that stand, the newest first, with counts of those who were there and may decide; nobody's name."""
    here = Q(subject__meeting__attendees__session=F("subject__meeting__session")) & Q(
        subject__meeting__attendees__observer=False
    )

    def people(which: Q) -> Count:
        return Count("subject__meeting__attendees", filter=which)

    found = Decision.objects.filter(about).exclude(subject__meeting__state="annulled")
    return found.annotate(
        invited=people(Q(subject__meeting__attendees__invited=True)),
        male=people(here & Q(subject__meeting__attendees__sex="L")),
        female=people(here & Q(subject__meeting__attendees__sex="P")),
    ).order_by("-decided_at", "-pk")


def _agreement(code: str) -> QuerySet[Agreement]:
    """The agreement of a case in force, with its money, promises, plan, trainings and reports."""
    mine = Q(agreement=OuterRef("pk"))
    newest = Progress.objects.filter(activity=OuterRef("pk")).order_by("-on", "-pk").values("percent")[:1]
    activities = Activity.objects.filter(plan__agreement=OuterRef("pk"), plan__state="adopted")
    people = Training.objects.filter(mine).exclude(state="draft")
    yearly = Q(village=OuterRef("case__village"), kind="annual", year__gte=OuterRef("starts_on__year"))
    return (
        public_agreements().order_by()  # ordered, SQLite would walk all of them for the one
        .filter(case__code=code)
        .annotate(
            source_rows=Rows(
                FundingLine.objects.filter(mine)
                .annotate(planned=Chosen(When(until=None, then="amount"), default=0, output_field=BigIntegerField()))
                .order_by("number"),
                pk="pk", source="source", amount="planned", channel="channel",
            ),
            total_rows=Rows(KeptTotal.objects.filter(mine), line="line_id", received="received", spent="spent"),
            due_rows=Rows(
                Due.objects.filter(obligation__agreement=OuterRef("pk"))
                .exclude(state="open", obligation__until__isnull=False)  # an addendum ended it
                .order_by("due_on", "obligation__number"),
                state="state", due_on="due_on", text="obligation__text", party="obligation__party",
                measure="obligation__measure", evidence="obligation__evidence",
            ),
            activity_rows=Rows(
                activities.annotate(percent=Subquery(newest)).order_by("number"), title="title", ends="ends",
                percent="percent", output="output",
            ),
            training_rows=Rows(
                people.annotate(
                    men=Count("applicants", filter=Q(applicants__sex="L")),
                    women=Count("applicants", filter=Q(applicants__sex="P")),
                ).order_by("starts", "pk"),
                title="title", state="state", starts="starts", men="men", women="women", seats="seats",
            ),
            plan_rows=Rows(
                Plan.objects.filter(mine, state="adopted"), met_on="met_on", men="met_men", women="met_women"
            ),
            report_rows=Rows(
                Report.objects.filter(mine | yearly).exclude(state="open").order_by("-ends_on", "-pk"), kind="kind",
                year="year", sent_at="sent_at", paper="paper__code",
            ),
        )
    )  # fmt: skip


_CASE, _AGREEMENT = Worked(_case), Worked(_agreement)


def one(code: str) -> Case | None:
    """One statement."""
    found: Case | None = _CASE.first(code)
    return found


def agreement_of(case: Case) -> Agreement | None:
    """One statement."""
    found: Agreement | None = _AGREEMENT.first(case.code)
    return found


def history(case: Case, agreement: Agreement | None) -> list[tuple[datetime, str]]:
    """What the journal tells of the case and its papers, the newest first. It holds no names. One statement."""
    about = [f"case:{case.code}"]
    about += [f"termsheet:{row['code']}" for row in case.sheet_rows or ()]  # type: ignore[attr-defined]  # annotated
    about += [f"call:{row['code']}" for row in case.call_rows or ()]  # type: ignore[attr-defined]
    about += [f"agreement:{agreement.code}"] if agreement else []
    told = Event.objects.filter(about__in=about, verb__in=HAPPENED).order_by("-seq")
    return [(each.at, gettext(HAPPENED[each.verb])) for each in told.only("at", "verb", "seq")[:HISTORY]]
