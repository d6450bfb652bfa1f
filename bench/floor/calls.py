"""What ``bench.selection`` measures: one call with very many proposals, and a country's worth of calls beside it, as rows.

The call is carried to the hour before its deadline by the product's own doors with one proposal; the others are copies of it,
each of a partner of its own. The many calls are those of another village, so that nothing about ours is asked of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.floor.record import like, written

PROPOSALS, SCORERS = 300, 5
CALLS, EACH = 1_000, 13  # 13,000 proposals
READ = "checking"  # in this state the reviewers read the proposals of every second one of the many


def everything() -> dict[str, str]:
    """The addresses that are measured, by name; of ours before the call is closed there is none of the comparison yet."""
    from bermitra.selection.models import Call
    from tests.people import FOREIGN, place, settle
    from tests.selection import makers

    people = settle()
    call = makers.an_open_call(people)
    two_more_scorers(people, call)
    own = makers.a_sealed_proposal(people, call)
    as_many(own, call, PROPOSALS - 1)
    calls = many_calls(call, place(FOREIGN))
    partners = as_many(own, calls[0], EACH, state="opened")
    for each in calls[1:]:
        sealed = "sealed" if each.state == "open" else "opened"
        written(like(own, call_id=each.pk, partner_id=partner, state=sealed) for partner in partners)
    read, opened = Call.objects.get(pk=calls[0].pk), Call.objects.get(pk=calls[1].pk)
    return {
        "calls": "/panggilan/",
        "calls-regency": "/panggilan/?di=51.08",
        "call": f"/panggilan/{opened.code}/",
        "proposals": f"/kerja/kemitraan/{read.case.code}/seleksi/",
        "room": f"/kerja/kemitraan/{call.case.code}/seleksi/",
        "comparison": f"/kerja/kemitraan/{call.case.code}/seleksi/perbandingan/",
    }


def two_more_scorers(people: Any, call: Any) -> None:
    """Beside the three whom the makers appoint."""
    from bermitra.foundation.accounts import roles
    from bermitra.selection import actions
    from tests.partnership.makers import an_office

    for number in range(SCORERS - 3):
        person = an_office(people, f"penilai.{number}", f"Penilai {number}", roles.RESIDENT)
        actions.appoint_panel(by=people.by("kades"), call=call, person=person, seat="resident", decree="06/2026")


def as_many(own: Any, call: Any, many: int, **changes: Any) -> list[int]:
    """Further partners of this call, each with a sealed proposal and its version; their keys."""
    version = own.versions.get()
    partners = written(
        like(own.partner, name=f"Mitra {call.pk} {n:03}", legal_name_key=f"mitra {call.pk} {n:03}") for n in range(many)
    )
    own.refresh_from_db()
    sealed = written(
        like(own, call_id=call.pk, partner_id=each.pk, sealed_at=own.sealed_at + timedelta(seconds=n), **changes)
        for n, each in enumerate(partners)
    )
    written(like(version, proposal_id=each.pk) for each in sealed)
    return [each.pk for each in partners]


def many_calls(call: Any, village: Any) -> list[Any]:
    """As many as the country has, every second one open, the others with their proposals opened."""
    from django.utils import timezone

    now = timezone.now()
    cases = written(
        like(
            call.case,
            title=f"Lereng {n:04}",
            village_id=village.pk,
            partner_id=None,
            opened_at=now - timedelta(minutes=n),
        )
        for n in range(CALLS)
    )
    return written(
        like(
            call, case_id=each.pk, title=f"Mencari mitra {n:04}", state="open" if n % 2 else READ,
            deadline=now + timedelta(days=30, minutes=n), opened_at=now - timedelta(minutes=n),
            opening_minutes="" if n % 2 else "BA-2",
        )
        for n, each in enumerate(cases)
    )  # fmt: skip


def all_scores() -> None:
    """Every scorer's levels on every proposal, as rows: writing them is not what is measured."""
    from bermitra.foundation.commands import clock
    from bermitra.selection.models import Call, Panelist, ProposalVersion, Score

    call = Call.objects.get(state="scoring")
    seats = list(Panelist.objects.filter(call=call, scores=True))
    codes = list(call.criteria.values_list("code", flat=True))
    versions = ProposalVersion.objects.filter(proposal__call=call, proposal__state="admissible").values_list(
        "pk", flat=True
    )
    written(
        Score(
            version_id=version, panelist=seat, round=call.round, criterion=code, level=2 + (version + at + n) % 3,
            reason="Menjawab kebutuhan utama warga dengan sasaran yang terukur setiap musim.", at=clock.now(),
        )
        for version in versions
        for at, seat in enumerate(seats)
        for n, code in enumerate(codes)
    )  # fmt: skip
