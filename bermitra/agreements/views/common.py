"""How pages of an agreement ask: fetch, act, say, go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import forms as shapes
from bermitra.agreements import queries
from bermitra.agreements.models import Agreement, SignatureSlot
from bermitra.agreements.rules import DRAFTED_IN, TURN
from bermitra.agreements.villages.queries import Gone, gone_from, village_gone
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import ask, data_of, sent
from bermitra.foundation.text import _ as marked
from bermitra.partnership.models import Case
from bermitra.partnership.rules import VILLAGE_INITIATIVE

# Door -> (states of the text, states of the case, verb). The first that is open fills the green box.
DOORS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...] = (
    ("agreements.sign", ("locked",), ("ready_to_sign", "partly_signed"), marked("Tandatangani")),
    ("agreements.confirm_wet_signatures", ("locked",), ("ready_to_sign",), marked("Sahkan tanda tangan basah")),
    ("agreements.activate", ("locked",), ("signed",), marked("Catat nomor dan berlakukan")),
    ("agreements.publish_summary", ("in_force", "suspended"), (), marked("Umumkan ringkasan")),
    ("agreements.finalise", ("text_agreed",), ("drafting",), marked("Kunci naskah")),
    ("agreements.grant_permit", ("text_agreed",), ("awaiting_permit",), marked("Beri izin")),
    ("agreements.refuse_permit", ("text_agreed",), ("awaiting_permit",), marked("Tolak izin dengan alasan")),
    ("agreements.give_legal_review", ("legal_review",), (), marked("Beri telaah hukum")),
    ("agreements.accept_text", tuple(TURN.values()), (), marked("Terima naskah")),
    ("agreements.pass_turn", tuple(TURN.values()), (), marked("Serahkan giliran")),
    ("agreements.give_number", tuple(DRAFTED_IN), (), marked("Isi nomor naskah")),
    ("agreements.place_in_chain", tuple(DRAFTED_IN), ("drafting",), marked("Tetapkan tingkat naskah dan induknya")),
    ("agreements.issue_bpd_decree", tuple(DRAFTED_IN), (), marked("Terbitkan Keputusan BPD")),
    ("agreements.request_legal_review", ("village_turn",), (), marked("Minta telaah hukum")),
    ("agreements.end_legal_review", ("legal_review",), (), marked("Akhiri telaah hukum")),
    ("agreements.request_permit", ("text_agreed",), ("drafting",), marked("Ajukan izin aset")),
    ("agreements.upload_wet_signatures", ("locked",), ("ready_to_sign",), marked("Unggah pindaian tanda tangan basah")),
    ("agreements.return_wet_signatures", ("locked",), ("ready_to_sign",), marked("Kembalikan pindaian")),
    ("agreements.register_certified_signature", ("locked",), ("ready_to_sign", "partly_signed"),
     marked("Unggah tanda tangan tersertifikasi")),
    ("agreements.affix_stamp", ("locked",), ("ready_to_sign",), marked("Unggah naskah bermeterai elektronik")),
    ("agreements.invite_signer", ("locked",), ("ready_to_sign", "partly_signed"), marked("Undang lagi penanda tangan")),
    ("agreements.decline_to_sign", ("locked",), ("ready_to_sign", "partly_signed"), marked("Tolak menandatangani")),
    ("agreements.reopen_draft", ("locked",), ("ready_to_sign",), marked("Buka kembali naskah")),
    ("agreements.void_signatures", ("locked",), ("partly_signed",), marked("Batalkan tanda tangan")),
    ("agreements.return_to_selection", (*TURN.values(), "text_agreed"), ("drafting",), marked("Kembali ke seleksi")),
    ("agreements.abandon_draft", tuple(DRAFTED_IN), ("drafting",), marked("Hentikan naskah")),
)  # fmt: skip

ON_PAPER = ("agreements.confirm_wet_signatures", "agreements.return_wet_signatures")

IN_TURN = ("agreements.accept_text", "agreements.pass_turn")  # of the side only that has the text

LEAVING = ("agreements.return_to_selection", "agreements.abandon_draft", "agreements.decline_to_sign",
           "agreements.reopen_draft", "agreements.void_signatures", "agreements.refuse_permit")  # fmt: skip

# The way out of a text whose village is there no longer.
ENDING = ("agreements.abandon_draft", "agreements.reopen_draft", "agreements.void_signatures",
          "agreements.refuse_permit")  # fmt: skip

# Where an unmet rule is remedied: rule -> door.
REMEDIES = {
    "AG-02": "page.agreement_draft",
    "AG-05": "page.agreement_draft",
    "AG-06": "agreements.accept_text",
    "AG-08": "agreements.issue_bpd_decree",
    "AG-13": "agreements.request_permit",
    "AG-45": "agreements.issue_bpd_decree",
    "AG-46": "agreements.request_permit",
    "AG-22": "agreements.give_number",
    "AG-57": "agreements.tell_residents",
    "AG-58": "page.agreement_draft",
    "AG-59": "agreements.request_legal_review",
    "AG-60": "page.agreement_draft",
    "AG-81": "page.agreement_draft",
    "AG-82": "page.agreement_draft",
    "AG-83": "page.agreement_draft",
    "AG-84": "page.agreement_draft",
    "AG-17": "agreements.place_in_chain",
    "AG-56": "agreements.place_in_chain",
    "AG-65": "agreements.place_in_chain",
}


def agreement_at(request: HttpRequest, code: str) -> Agreement:
    """The living agreement of the case, else the last that was abandoned; 404 for a case one does not see."""
    seen = queries.agreements_visible_to(person_of(request)).annotate(village_gone=village_gone("case__village"))
    found = seen.filter(case__code=code)
    held = found.exclude(state="abandoned").first() or found.first()
    if held is None:
        raise Http404
    return held


def gone_of(held: Agreement) -> Gone | None:
    """Why nobody signs this text for its village any more, if so."""
    return gone_from(held.case) if getattr(held, "village_gone", False) else None


def about(
    request: HttpRequest,
    held: Agreement | Case,
    form: forms.BaseForm,
    title: str,
    verb: str,
    *,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    case = held if isinstance(held, Case) else held.case
    back = reverse("page.agreement_room", args=[case.code])
    common = {"heading": title, "verb": verb, "back": back, "kicker": held.title, "example": held.example}
    return ask(request, form, "agreements/act.html", status=status, **{**common, **more})


def back_to_room(request: HttpRequest, code: str, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("page.agreement_room", code=code)


def plain(
    request: HttpRequest,
    code: str,
    act: Callable[..., Any],
    title: str,
    verb: str,
    done: str,
    shape: type[forms.Form] = shapes.Sure,
    lede: str = "",
) -> HttpResponse:
    """A page whose form is handed to one act as it is."""
    held, form = agreement_at(request, code), shape(data_of(request))
    if sent(request, form):
        act(by=by(request), agreement=held, **form.cleaned_data)
        return back_to_room(request, code, done)
    return about(request, held, form, title, verb, lede=lede)


def doors_of(
    request: HttpRequest, held: Agreement, slots: Sequence[SignatureSlot], *, on_paper: bool
) -> list[dict[str, str]]:
    """What this person may do now. ``on_paper``: a scan waits to be compared, so nobody signs or uploads another."""
    person, reach = person_of(request), held.reach()
    asked = any(each.person_id == person.pk and each.state == "invited" for each in slots)
    leads = {
        **dict.fromkeys(ON_PAPER, on_paper),
        **dict.fromkeys(IN_TURN, held.state == TURN.get(queries.side_of_person(person, held))),
        **dict.fromkeys(("agreements.sign", "agreements.decline_to_sign"), asked),
        "agreements.upload_wet_signatures": not on_paper,
        "agreements.invite_signer": any(each.state == "declined" for each in slots),
        "agreements.return_to_selection": held.case.route == VILLAGE_INITIATIVE,
    }
    return [
        {"door": door, "url": reverse(door, args=[held.case.code]), "verb": _(verb)}
        for door, states, case_states, verb in DOORS
        if held.state in states
        and (not case_states or held.case.state in case_states)
        and leads.get(door, True)
        and may_open(person, door, reach)
    ]
