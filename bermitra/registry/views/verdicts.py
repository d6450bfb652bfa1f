"""Every verdict on a partner, and what changed from one to the next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import VerdictRecord
from bermitra.registry.queries.bodies import of_body
from bermitra.registry.queries.verifications import reads_file_of
from bermitra.registry.queries.words import said
from bermitra.registry.rules import LABELS, PASSES
from bermitra.registry.views.common import partner_at

SHOWN = 50


def verdicts(request: HttpRequest, code: str) -> HttpResponse:
    """The newest first, for those who may read the partner's file."""
    partner, back = partner_at(request, code)
    if not reads_file_of(person_of(request), partner):
        raise Http404
    found = list(
        VerdictRecord.objects.filter(of_body(partner.kept_id))
        .select_related("verification__region")
        .order_by("-concluded_at", "-pk")[: SHOWN + 1]
    )
    before = [*found[1:], None]
    items = [_item(record, earlier) for record, earlier in zip(found[:SHOWN], before, strict=False)]
    return render(request, "registry/verdicts.html", {"partner": partner, "back": back, "items": items})


def _item(record: VerdictRecord, earlier: VerdictRecord | None) -> dict[str, Any]:
    last_day = record.stale_on - timedelta(days=1)
    return {
        "record": record,
        "word": _(LABELS[record.verdict].public),
        "kind": "ok"
        if record.verdict in PASSES and last_day >= clock.today()
        else "idle"
        if record.verdict in PASSES
        else "fix",
        "place": record.verification.region.name,
        "last_day": last_day if record.verdict in PASSES else None,
        "stale": last_day < clock.today(),
        "score": record.counts["score"],
        "changes": _changes(record, earlier) if earlier is not None else [],
        "flags": [_flag(each) for each in record.flags] if earlier is None else [],
        "repairs": [_called(each, record) for each in record.repairs] if earlier is None else [],
    }


def _changes(record: VerdictRecord, earlier: VerdictRecord) -> list[tuple[str, str]]:
    """What is different, in words: ``(what, from and to)``."""
    changes = []
    if record.verdict != earlier.verdict:
        changes.append((_("Putusan"), f"{_(LABELS[earlier.verdict].public)} → {_(LABELS[record.verdict].public)}"))
    if record.counts["score"] != earlier.counts["score"]:
        changes.append((_("Nilai"), f"{earlier.counts['score']} → {record.counts['score']}"))
    for words, of in ((_("Tanda bahaya"), "flags"), (_("Daftar perbaikan"), "repairs")):
        now, then = list(getattr(record, of)), list(getattr(earlier, of))
        name = _flag if of == "flags" else lambda each: _called(each, record)
        changes += [(words, _("baru: %(what)s") % {"what": name(each)}) for each in now if each not in then]
        changes += [(words, _("tidak lagi: %(what)s") % {"what": name(each)}) for each in then if each not in now]
    answers, before = record.inputs["answers"], earlier.inputs["answers"]
    changed = [each for each in answers if answers[each] != before.get(each)]
    changes += [(_("Jawaban diubah"), _called(each, record)) for each in changed]
    if record.book_version != earlier.book_version:
        changes.append((_("Buku uji tuntas"), f"{earlier.book_version} → {record.book_version}"))
    return changes


def _flag(code: str) -> str:
    return said(book().flags[code].name) if code in book().flags else code


def _called(code: str, record: VerdictRecord) -> str:
    """A document, or a question of the partner's kind; one that an older book had is named by its code."""
    if code in book().documents:
        return said(book().documents[code].name)
    questions = {each.code: each.ask for each in book().kinds[record.inputs["kind"]].questions}
    return said(questions[code]) if code in questions else code
