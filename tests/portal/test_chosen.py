"""PT-01 on the pages that say how partners are chosen: calls, rivals, direct appointments and what villages offer one another.

They name bodies, villages and what decided; no person, no number or address by which one is found, and no partner before its day.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.personal.open_text import kinds_in
from bermitra.portal.rules import PageFacts, public_page_hides_persons
from bermitra.registry.models import Partner
from bermitra.selection import actions
from bermitra.selection.models import Proposal, RivalCall
from tests.deliberation.joint_makers import CALLED, binding, decides, elsewhere, offered, writes
from tests.deliberation.makers import on
from tests.partnership.makers import a_partner
from tests.people import People
from tests.portal.makers import ACCOUNT, NIK, PHONE
from tests.selection.makers import (
    ASKED,
    DIRECT,
    OPENED,
    RIVALS_OVER,
    a_drafted_rival,
    a_large_offer,
    a_sealed_proposal,
    a_sealed_rival,
    an_open_call,
    content,
    opened_rivals,
)
from tests.selection.makers import a_candidate as a_result
from tests.selection.makers import a_direct_candidate as appointed

pytestmark = pytest.mark.django_db
TYPED = f"Tanya {PHONE}, NIK {NIK}, {ACCOUNT}."  # what people write where everybody reads it
ADDRESS, MAIL = "Jalan Serayu 12 RT 03", "sri.hartati@mitra.example.org"
DURING = OPENED + timedelta(days=4)


def a_body(people: People, name: str, username: str) -> Partner:
    """A partner with the address, the mail and the telephone of its people in its file."""
    made = a_partner(people, name=name, username=username)
    Partner.objects.filter(pk=made.pk).update(contact=f"{MAIL} {PHONE}", address=ADDRESS)
    return made


def read(address: str, at: datetime) -> str:
    with clock.at(at):
        answer = Client().get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def shows_no_person(address: str, at: datetime) -> str:
    """The words of a page on which nobody is found; gives them with the addresses that it leads to."""
    page = read(address, at)
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    assert public_page_hides_persons(PageFacts(kinds_in(text))), (address, kinds_in(text))
    people = Person.objects.filter(pk__in=Appointment.objects.values("person")).values_list("full_name", flat=True)
    assert len(people) > 8
    for hidden in (*people, ADDRESS, MAIL, PHONE, NIK):
        assert hidden not in page, (address, hidden)
    return page


def names_none_of(page: str, *partners: Partner) -> None:
    for each in partners:
        assert each.name not in page and each.code not in page, each.name


def test_PT_01_an_open_call_names_no_partner_and_nobody(people):
    call = an_open_call(people)
    sealed, drafting = a_body(people, "Mitra Tersegel", "segel"), a_body(people, "Mitra Menulis", "tulis")
    a_sealed_proposal(people, call, sealed, "segel")
    with clock.at(DURING):
        actions.draft_proposal(by=people.by("tulis"), partner=drafting, call=call, content=content())
        asked = actions.ask_question(by=By(key="tanya"), call=call, text=TYPED)
        actions.answer_question(by=people.by("sekdes"), question=asked, text=TYPED)
        later = call.deadline + timedelta(days=3)
        actions.extend_call(by=people.by("kades"), call=call, deadline=later, reason=TYPED)
    for address in ("/panggilan/", f"/panggilan/{call.code}/"):
        names_none_of(shows_no_person(address, DURING), sealed, drafting)


def test_PT_01_a_published_result_names_who_was_ranked_and_nobody_else(people):
    call = a_result(people, "mitra", "saingan")
    Partner.objects.update(contact=f"{MAIL} {PHONE}", address=ADDRESS)
    Proposal.objects.filter(state="ranked").update(out_because=TYPED)
    silent = a_body(people, "Mitra Menulis", "tulis")
    Proposal.objects.create(call=call, partner=silent, state="late", created_at=OPENED, created_by="x")
    objecting = {
        "by": people.by("saingan"),
        "call": call,
        "text": TYPED,
        "partner": Partner.objects.get(name="Mitra Contoh 2"),
    }
    at = RIVALS_OVER + timedelta(days=20)
    with clock.at(at):
        said = actions.file_objection(**objecting)
        actions.dismiss_objection(by=people.by("bpd"), objection=said, answer=TYPED)
    page = shows_no_person(f"/panggilan/{call.code}/", at)
    assert "Mitra Contoh 1" in page and "Mitra Contoh 2" in page
    names_none_of(page, silent)


def test_PT_01_rivals_are_nobodys_before_all_is_decided(people):
    first = a_body(people, "Mitra Pertama", "mitra")
    with clock.at(OPENED):
        case = a_large_offer(people, partner=first)
        said = {**ASKED, "reason": f"{ASKED['reason']} {TYPED}", "asks": f"{ASKED['asks']} {TYPED}"}
        asked = actions.call_for_rivals(by=people.by("kades"), case=case, **said)
    a_sealed_rival(people, asked, "segel")
    a_drafted_rival(people, asked, "tulis")
    Partner.objects.update(contact=f"{MAIL} {PHONE}", address=ADDRESS)
    everybody = list(Partner.objects.all())
    assert len(everybody) == 3
    addresses = ("/pembanding/", f"/pembanding/{asked.code}/")
    for address in addresses:
        names_none_of(shows_no_person(address, DURING), *everybody)
    opened_rivals(people, asked)
    for address in addresses:
        names_none_of(shows_no_person(address, RIVALS_OVER), *everybody)
    with clock.at(RIVALS_OVER + timedelta(days=1)):
        asked = RivalCall.objects.select_related("case__village", "case__partner").get()
        actions.close_comparison(
            by=people.by("kades"), case=asked.case, chosen=Proposal.objects.get(partner=first), reason=TYPED
        )
    page = shows_no_person(addresses[1], RIVALS_OVER + timedelta(days=2))
    assert first.name in page
    names_none_of(page, Partner.objects.get(name="Mitra tulis"))


def test_PT_01_a_direct_appointment_names_the_body_that_stands_for_it_and_nobody(people):
    first, kept = a_body(people, "Balai Lama", "mitra"), a_body(people, "Balai Benih Lereng", "balai")
    drafting = a_body(people, "Mitra Menulis", "tulis")
    call = appointed(people, first, **{key: f"{DIRECT[key]} {TYPED}" for key in ("explanation", "evidence")})
    Proposal.objects.create(call=call, partner=drafting, state="late", created_at=OPENED, created_by="x")
    Partner.objects.filter(pk=first.pk).update(merged_into=kept)
    for address in ("/penunjukan-langsung/", "/penunjukan-langsung/?menurut=mitra", "/penunjukan-langsung/daftar.csv"):
        page = shows_no_person(address, DURING)
        assert kept.name in page, address
        names_none_of(page, first, drafting)
    names_none_of(shows_no_person(f"/panggilan/{call.code}/", DURING), drafting)


def test_PT_01_what_villages_offer_one_another_names_no_delegate_and_no_partner(people):
    beji, partner = elsewhere(people), a_body(people, "Mitra Menulis", "tulis")
    offer = offered(people)
    binding(beji, decides(beji, offer, conditions=TYPED))
    writes(beji, offer, "agree_with_notes", TYPED)
    for address in ("/antar-desa/", f"/antar-desa/{offer.code}/"):
        names_none_of(shows_no_person(address, on(CALLED)), partner)
