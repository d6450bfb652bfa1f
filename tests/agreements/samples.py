"""Whole agreements to read page by page, composed by the product from ``samples.yaml``.

``BERMITRA_SAMPLES=/tmp/naskah pytest tests/agreements/test_samples.py`` leaves their PDFs in that folder.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bermitra.agreements import letters, queries, text
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.documents.model import Document
from bermitra.partnership import sheet
from bermitra.partnership.models import Case, TermSheet
from bermitra.registry.models import Partner
from tests.agreements.makers import a_draft, changed, fresh
from tests.deliberation.makers import a_given_consent
from tests.people import People
from tests.registry.makers import an_asset

SAMPLES: dict[str, dict[str, Any]] = {
    row["name"]: row for row in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
}
MADE_ON = date(2026, 12, 14)
PLACE = "Kantor Desa Pandanarum"


def topics_of(sample: dict[str, Any], asset: str = "") -> sheet.Topics:
    """The nine topics of a sample."""
    duties = [
        _row(party, kind, row)
        for kind in ("right", "duty")
        for party in ("one", "two")
        for row in sample[f"{kind}_{party}"]
    ]
    used = [
        {"asset": asset, "name": name, "form": sample["forms"][0], "years": years}
        for name, _kind, years in ([sample["asset"]] if "asset" in sample else [])
    ]
    sources = [dict(zip(("from", "amount", "apbdes_code", "channel"), row, strict=True)) for row in sample["sources"]]
    given = {
        "scope": {name: sample[name] for name in ("field", "forms", "items", "excluded")},
        "procedure": {"text": sample["procedure"]},
        "delegation": {"text": "Tidak ada badan kerja sama; PARA PIHAK melaksanakannya sendiri"},
        "term": dict(zip(("start", "end"), (day.isoformat() for day in sample["term"]), strict=True)),
        "duties": duties,
        "money": {"value": sum(row["amount"] for row in sources), "sources": sources},
        "changes": {"text": "Perubahan dibahas bersama dan dituangkan dalam adendum"},
        "disputes": {"text": "Musyawarah lebih dahulu, lalu difasilitasi Camat"},
        "others": {
            "assets": used,
            "limits": sample["limits"],
            "sanctions": [dict(zip(("breach", "sanction", "days"), row, strict=True)) for row in sample["sanctions"]],
            "notes": "",
        },
    }
    return sheet.merged(sheet.blank(), given)


def _row(party: str, kind: str, row: list[Any]) -> dict[str, Any]:
    said, when, measure, evidence, checker, sanction, amount = (*row, *[""] * (7 - len(row)))
    due = when.isoformat() if isinstance(when, date) else ""
    return {
        "party": party, "kind": kind, "text": said, "due": due, "period": "" if due else when, "measure": measure,
        "evidence": evidence, "checker": checker, "sanction": sanction, "amount": amount or None,
    }  # fmt: skip


def composed(people: People, name: str) -> tuple[Agreement, DraftVersion]:
    """A draft of this sample, with nothing left to fill in."""
    sample, agreement = SAMPLES[name], a_draft(people)
    asset = an_asset(people, name=sample["asset"][0], kind=sample["asset"][1]).code if "asset" in sample else ""
    topics = topics_of(sample, asset)
    Partner.objects.filter(pk=agreement.partner_id).update(
        name=sample["partner"], address=sample["address"], kind=sample["kind"]
    )
    Agreement.objects.filter(pk=agreement.pk).update(
        title=sample["title"], forms=sample["forms"], village_number="003/PB-PANDANARUM/XII/2026",
        partner_number="118/PKS/XII/2026",
    )  # fmt: skip
    Case.objects.filter(pk=agreement.case_id).update(
        forms=sample["forms"], consent_needed=sample.get("consent", False), field_of_government=sample["field"]
    )
    TermSheet.objects.filter(pk=agreement.sheet_id).update(topics=topics, title=sample["title"])
    Subject.objects.filter(code=agreement.sheet.code).update(title=sample["title"])
    if sample.get("consent"):
        a_given_consent(people, agreement.case.code)
    annexes = text.start(topics)["annexes"]
    for row, baseline in zip(annexes["indicators"], sample["baseline"], strict=False):
        row["baseline"] = baseline
    version = changed(
        people,
        fresh(agreement),
        topics=topics,
        blanks=sample["blanks"],
        annexes=annexes,
        short=sample.get("short", False),
    )
    return fresh(agreement), version


def paper(people: People, name: str) -> Document:
    """The agreement as it would be signed."""
    agreement, version = composed(people, name)
    signing = {
        "one": _signer("Sutrisno Hadi", "Kepala Desa Pandanarum", "141/28 Tahun 2024", date(2024, 1, 10)),
        "two": _signer("Retno Wulandari Contoh", SAMPLES[name]["office"], "Akta Notaris Nomor 12", date(2025, 6, 3)),
    }
    return letters.agreement_document(agreement, version, made_on=MADE_ON, place=PLACE, signing=signing)


def _signer(name: str, title: str, decree: str, day: date) -> tuple[Person, Appointment]:
    return Person(full_name=name), Appointment(title=title, decree=decree, decree_on=day, since=day)


def unlinked(version: DraftVersion) -> tuple[str, ...]:
    return queries.link_facts(version).unlinked
