"""Reading a Peraturan Bersama: the list, its room, its text, its papers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.joint import book, letters, queries
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.views.common import regulation_at
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import Issued, compose
from bermitra.foundation.documents.handing import printed, shown
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.typst_pdf import render as as_pdf
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import render
from bermitra.foundation.rules import unmet
from bermitra.foundation.text import _ as marked

KIND_OF = {"in_force": "ok", "abandoned": "late", "locked": "doing", "signed": "doing"}
# Door -> in which states, its verb, and whether it belongs to one's own village or to the one that drafts.
DOORS: tuple[tuple[str, tuple[str, ...], str, bool], ...] = (
    ("agreements.table_joint_text", ("drafting",), marked("Bawa ke Musyawarah Desa setiap desa"), False),
    ("agreements.lock_joint_text", ("deciding",), marked("Kunci naskah untuk ditandatangani"), False),
    ("agreements.sign_joint_text", ("locked",), marked("Tandatangani Peraturan Bersama"), True),
    ("agreements.register_certified_joint_text", ("locked",), marked("Unggah tanda tangan tersertifikasi"), True),
    ("agreements.promulgate_joint_text", ("signed",), marked("Undangkan dalam Berita Desa"), True),
    ("agreements.accept_joint_text", ("drafting",), marked("Terima naskah ini"), True),
    ("agreements.record_joint_consultation", ("drafting",), marked("Catat konsultasi warga"), True),
    ("agreements.give_joint_number", ("drafting", "deciding"), marked("Beri nomor desa Anda"), True),
    ("agreements.confirm_joint_scan", ("locked",), marked("Cocokkan pindaian bertanda tangan"), True),
    ("agreements.lay_down_joint_scan", ("locked",), marked("Unggah pindaian bertanda tangan"), True),
    ("agreements.reopen_joint_text", ("deciding", "locked"), marked("Buka kembali naskah"), True),
    ("agreements.abandon_joint_text", ("drafting", "deciding"), marked("Hentikan penyusunan"), False),
)
ASKING = ("agreements.table_joint_text", "agreements.lock_joint_text")  # shut while a condition is open
BACK = ("agreements.reopen_joint_text", "agreements.abandon_joint_text")


def regulations(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found = queries.visible_to(person).select_related("village").order_by("-created_at", "-pk")[:50]
    items = [{"regulation": each, "state": each.label.staff, "kind": KIND_OF.get(each.state, "idle")} for each in found]
    door = "agreements.start_joint_draft"
    ready = [each for each in queries.offers_to_regulate(person) if may_open(person, door, each.reach())]
    return render(request, "agreements/joint/list.html", {"items": items, "ready": ready})


def regulation(request: HttpRequest, code: str) -> HttpResponse:
    held, person = regulation_at(request, code), person_of(request)
    said = queries.stands(held)
    findings = queries.checks(held, said)
    doors = [
        {"door": door, "url": reverse(door, args=[code]), "verb": _(verb)}
        for door, states, verb, own in DOORS
        if held.state in states and _of_use(held, said, person, door, own)
    ]
    shut = {*BACK, *(ASKING if unmet(findings) else ())}
    onward = [each for each in doors if each["door"] not in shut]
    first = onward[0] if onward else None
    version = queries.newest_version(held)
    context = {
        "regulation": held,
        "example": held.example,
        "label": held.label,
        "kind": KIND_OF.get(held.state, "idle"),
        "findings": findings,
        "doors": [each for each in doors if each is not first],
        "next": first,
        "said": [_village(held, each) for each in said],
        "version": version,
        "changes": [
            {"title": _title(row["what"]), "before": row["before"], "after": row["after"]} for row in version.changes
        ],
        "numbers": [(each.party.village.name, each.party.number) for each in said],
    }
    return render(request, "agreements/joint/regulation.html", context)


def _of_use(held: JointRegulation, said: list[queries.Stand], person: Any, door: str, own: bool) -> bool:
    """Whether this person may open the door here, and it leads anywhere."""
    if not own:
        return may_open(person, door, held.reach())
    for each in said:
        if may_open(person, door, each.party.reach()):
            done = {
                "agreements.accept_joint_text": each.accepted,
                "agreements.sign_joint_text": each.signed is not None,
                "agreements.register_certified_joint_text": each.signed is not None,
                "agreements.confirm_joint_scan": each.signed is not None or held.scan_id is None,
                "agreements.promulgate_joint_text": each.party.gazette_on is not None,
            }
            return not done.get(door, False)
    return False


def _village(held: JointRegulation, each: queries.Stand) -> dict[str, Any]:
    gazette = each.party.gazette_on is not None
    return {
        "party": each.party,
        "drafts": each.party.village_id == held.village_id,
        "steps": [
            (_("Naskah diterima"), each.accepted),
            (_("Warga didengar"), each.heard),
            (_("Musyawarah Desa setuju"), each.agreed),
            (_("Nomor diberikan"), each.party.number is not None),
            (_("Ditandatangani"), each.signed is not None),
            (_("Diundangkan"), gazette),
        ],
        "consulted": each.consulted,
        "since": [{"title": _title(row["what"]), **row} for row in each.since],
        "again": bool(each.since) and not each.heard,
        "decided": each.decided,
        "signed": each.signed,
        "gazette": reverse("page.joint_gazette", args=[held.code, each.party.village_id]) if gazette else "",
    }


def _title(code: str) -> str:
    return book.chapter_of(code).title


def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The text of now, article by article, with what may be changed."""
    held, person = regulation_at(request, code), person_of(request)
    version = queries.newest_version(held)
    door = "agreements.propose_joint_change"
    may = held.state == "drafting" and any(may_open(person, door, each.reach()) for each in held.parties.all())
    slots = book.slots()
    number, chapters = 0, []
    for chapter in version.chapters:
        rows = []
        for each in chapter["articles"]:
            number += 1
            article = book.articles()[each["code"]]
            empty = [slots[name].says if name in slots else name for name in each["blanks"]]
            fills = bool(article.slots) or "dues" in article.lists
            change = reverse(door, args=[code, each["code"]])
            worded = not article.is_kept_to
            rows.append({**each, "number": number, "fills": fills, "worded": worded, "empty": empty, "change": change})
        chapters.append({"title": chapter["title"], "articles": rows})
    context = {
        "regulation": held,
        "example": held.example,
        "version": version,
        "chapters": chapters,
        "may_change": may,
    }
    return render(request, "agreements/joint/text.html", context)


def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The paper with the signatures that it has so far; before it is locked, as it would read today."""
    held = regulation_at(request, code)
    kept = queries.signed_file(held)
    if kept is not None:
        return shown(kept, f"peraturan-bersama-{code}.pdf")
    document = letters.regulation_document(held, queries.stands(held), made_on=clock.today(), place=held.village.name)
    return printed(as_pdf(compose(document, Issued(example=held.example))), f"peraturan-bersama-{code}-rancangan.pdf")


def scan(request: HttpRequest, code: str) -> HttpResponse:
    """The scan of the signed print, for those who may compare it in their village."""
    held = regulation_at(request, code)
    if held.scan is None:
        raise Http404
    return shown(held.scan, f"pindaian-{code}")


def gazette(request: HttpRequest, code: str, village: str) -> HttpResponse:
    """The sheet with which a village promulgated it."""
    held = regulation_at(request, code)
    party = held.parties.filter(village_id=village).first()
    found = (
        Paper.objects.filter(about=f"jointparty:{party.pk}", kind="joint_gazette") if party else Paper.objects.none()
    )
    kept = found.select_related("file").order_by("-pk").first()
    if kept is None:
        raise Http404
    return shown(kept.file, f"pengundangan-{code}-{village}.pdf")
