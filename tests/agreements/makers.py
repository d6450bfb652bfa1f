"""Agreements at every stage, through the product's own doors: what delivery and monitoring begin from.

``kades`` accepts, locks and signs for the village, ``mitra.direktur`` for the partner (``mitra`` drafts).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bermitra.agreements import actions, queries, sealing
from bermitra.agreements.letters import agreement_paper
from bermitra.agreements.models import Agreement, DraftVersion
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.uploads import make_safe
from bermitra.partnership.models import Case
from tests.people import People
from tests.selection.makers import AFTER, an_awarded_case

DRAFTED = AFTER + timedelta(days=45)  # 8 May 2026
SIGNED = DRAFTED + timedelta(days=6)
MADE_ON = date(2026, 5, 8)
PLACE = "Kantor Desa Pandanarum"
BECAUSE = "Supaya kewajiban dapat diukur dan diperiksa."
PDMP = {
    "jam_pendampingan": "336 jam",
    "jumlah_pendamping": 2,
    "keluaran_pendampingan": "petak contoh dan pembukuan kelompok",
}


def fresh(agreement: Agreement) -> Agreement:
    """Read again, as a page would."""
    found = Agreement.objects.select_related("case__village", "case__partner", "partner", "sheet", "paper__file")
    return found.get(pk=agreement.pk)


def a_draft(people: People, case: Case | None = None) -> Agreement:
    """The first text, with the village."""
    case = case or an_awarded_case(people)
    with clock.at(DRAFTED):
        return actions.start_draft(by=people.by("sekdes"), case=case)


def changed(
    people: People, agreement: Agreement, who: str = "sekdes", at: datetime = DRAFTED, **what: Any
) -> DraftVersion:
    with clock.at(at):
        return actions.propose_change(by=people.by(who), agreement=agreement, reason=BECAUSE, **what)


def whole_duties(agreement: Agreement) -> list[dict[str, Any]]:
    """The duties of the sheet with every empty column filled."""
    duties = queries.newest_version(agreement).content["topics"]["duties"]
    filled = {"measure": "1 berita acara", "evidence": "berita acara", "checker": "BPD", "sanction": "teguran tertulis"}
    for row in filter(lambda each: each["kind"] == "duty", duties):
        for name, value in filled.items():
            row[name] = row[name] or value
        row["period"] = row["period"] or ("" if row["due"] else "setiap tahun")
    return duties


def a_whole_draft(people: People, case: Case | None = None) -> Agreement:
    """A text to which nothing is missing: duties, budget codes, blanks, numbers, conditions, the BPD's decree."""
    agreement = a_draft(people, case)
    money = queries.newest_version(agreement).content["topics"]["money"]
    for row in money["sources"]:
        row["apbdes_code"] = row["apbdes_code"] or "4.2.1"
    changed(people, agreement, topics={"duties": whole_duties(agreement), "money": money}, blanks=PDMP)
    with clock.at(DRAFTED):
        actions.give_number(by=people.by("sekdes"), agreement=agreement, number="003/PB-PANDANARUM/V/2026")
        actions.show_condition(
            by=people.by("mitra"), agreement=agreement, condition="netralitas", proof="Pernyataan 7 Mei 2026"
        )
        actions.issue_bpd_decree(
            by=people.by("bpd"),
            case=agreement.case,
            number="3/KEP-BPD/2026",
            dated=MADE_ON,
            about="Dana pendamping desa",
        )
    return fresh(agreement)


def accepted(people: People, agreement: Agreement) -> Agreement:
    """Both sides accept the text as it stands; the village has the turn."""
    version = queries.newest_version(agreement)
    with clock.at(DRAFTED):
        for who in ("kades", "mitra.direktur"):
            actions.accept_text(by=people.by(who), agreement=fresh(agreement), text_hash=version.text_hash)
    return fresh(agreement)


def an_accepted_text(people: People, case: Case | None = None) -> Agreement:
    return accepted(people, a_whole_draft(people, case))


def locked(people: People, agreement: Agreement, **other: Any) -> Agreement:
    with clock.at(DRAFTED):
        knock = people.by("kades")
        paper = agreement_paper(agreement, queries.draft_of(agreement), key=knock.key, made_on=MADE_ON, place=PLACE)
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.finalise(by=knock, agreement=agreement, made_on=MADE_ON, place=PLACE, paper=paper, pages=pages, **other)
    return fresh(agreement)


def a_locked_agreement(people: People, case: Case | None = None) -> Agreement:
    """Ready to sign."""
    return locked(people, an_accepted_text(people, case))


def signed_by(people: People, agreement: Agreement, who: str, **other: Any) -> Agreement:
    held = fresh(agreement)
    assert held.paper is not None
    with clock.at(SIGNED):
        given = {"seen": held.paper.file.sha256, **other}
        actions.sign(by=people.by(who), agreement=held, **given)
        sealing.seal(held)
    return fresh(agreement)


def a_signed_agreement(people: People, case: Case | None = None) -> Agreement:
    """Signed electronically by both sides, and sealed."""
    agreement = a_locked_agreement(people, case)
    for who in ("kades", "mitra.direktur"):
        agreement = signed_by(people, agreement, who)
    return agreement


def an_agreement_in_force(people: People, case: Case | None = None) -> Agreement:
    """Numbered and in force: the case is ``running``."""
    agreement = a_signed_agreement(people, case)
    with clock.at(SIGNED):
        actions.activate(
            by=people.by("sekdes"), agreement=agreement, partner_number="1123/FPC/2026", stamp="electronic"
        )
    return fresh(agreement)


def a_wet_scan(
    people: People, agreement: Agreement, who: str = "sekdes", signed_on: date = MADE_ON, **other: Any
) -> Agreement:
    """The locked paper itself stands in for its scan: as many pages, another content would do as well."""
    held = fresh(agreement)
    assert held.paper is not None
    safe = make_safe(_scan_of(held.pages), "pindaian.pdf")
    stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
    with clock.at(SIGNED):
        actions.upload_wet_signatures(
            by=people.by(who), agreement=held, file=stored, pages=safe.pages, signed_on=signed_on,
            witnesses=["Karsono", "Paijo"], **other,
        )  # fmt: skip
    return fresh(agreement)


def _scan_of(pages: int) -> bytes:
    """A PDF of so many empty pages, as a scanner makes it."""
    import io

    import pikepdf

    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        made.add_blank_page(page_size=(609, 935))
    made.save(out)
    return out.getvalue()


def confirmed_by(people: People, agreement: Agreement, who: str, pages: int = 0) -> Agreement:
    held = fresh(agreement)
    with clock.at(SIGNED):
        seen = queries.compared_hash(queries.waiting_scan(held))
        actions.confirm_wet_signatures(by=people.by(who), agreement=held, seen=seen, pages=pages or held.pages)
    return fresh(agreement)
