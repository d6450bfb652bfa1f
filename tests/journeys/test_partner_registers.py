"""J3: a body asks to be registered, is let in at the counter, shows its papers and is examined, page by page and by kind.

Nobody is told of beforehand: the one who asks has no account, and what he gets he gets on paper.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import applicable, judge, required
from bermitra.registry.models import Partner, PartnerRequest, VerdictRecord, Verification
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.verifications import file_of
from tests.people import OURS, PASSWORD, place
from tests.registry.makers import by
from tests.registry.test_pages import at, confirm, send, signed_in, words

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "company", "name": "PT Kopi Serayu Jaya", "place": "Kabupaten Banjarnegara", "regency": "33.04",
    "business_number": "9120001234567", "tax_number": "01.234.567.8-901.000", "contact_name": "Rina Wulandari",
    "contact_phone": "0812-3456-7811", "consent": "on",
}  # fmt: skip
SIGNATORY = {"username": "rina.kopi", "role": "partner_signatory", "mandate": "Akta 14/2020"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def test_a_company_registers_itself_and_is_verified(people):
    request = _asks()
    letter = _counter_lets_in(people, request)
    rina = _signs_in_with(letter)
    partner = Partner.objects.get()
    assert words(rina.get("/kerja/")).count("PT Kopi Serayu Jaya")  # what is due is in the work box
    verification = _fills_in(rina, partner)
    _sees_the_verdict_and_sends(rina, verification)
    record = _examined(people, verification)
    assert record.verdict == "verified", record.repairs
    public = words(Client().get(at("page.partner", partner.code)))
    assert "Terverifikasi" in public
    assert "Rina" not in public


def _asks() -> PartnerRequest:
    """From the public page, with a telephone and without an account; the code shows how it stands."""
    visitor = Client()
    assert "Daftar sebagai mitra" in words(visitor.get(reverse("page.partners")))
    sent = visitor.post("/mitra/daftar/", {"_key": uuid4().hex, **ASKED})
    assert "memeriksa dan menghubungi Anda lewat telepon" in words(visitor.get(sent["Location"]))
    return PartnerRequest.objects.get()


def _counter_lets_in(people, request: PartnerRequest) -> AccessLetter:
    officer = signed_in(people.dinas)
    assert "Periksa pendaftaran PT Kopi Serayu Jaya" in words(officer.get("/kerja/"))
    path = at("registry.accept_request", request.code)
    confirm(officer, path)
    days = {"since": "1/1/2026", "until": f"31/12/{date.today().year + 2}"}
    sent = send(officer, path, **SIGNATORY, **days)
    assert officer.get(sent["Location"]).status_code == 200  # the letter, to be printed
    return AccessLetter.objects.get()


def _signs_in_with(letter: AccessLetter) -> Client:
    """The code on the paper makes the password; then one signs in."""
    client, name = Client(), letter.person.username
    typed = {"login": name, "code": letter.secret(), "password": PASSWORD, "again": PASSWORD}
    assert client.post("/masuk/surat/", {"_key": uuid4().hex, **typed}).status_code == 302
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    assert client.get(reverse("page.partner_list")).status_code == 200
    return client


def _fills_in(client: Client, partner: Partner) -> Verification:
    """What its kind is asked for, papers from the list of what is missing, owners, then the answers part by part."""
    file = at("page.partner_file", partner.code)
    of_kind = at("registry.update_partner", partner.code) + "?bagian=jenis"
    assert send(client, of_kind, tjsl_budget="1,25 miliar", ring_1=OURS, ring_2="").status_code == 302
    dated = f"{clock.today() - timedelta(days=30):%d/%m/%Y}"
    papers = at("registry.add_document", partner.code)
    while missing := re.search(r"\?dokumen=(\w+)", words(client.get(file))):
        _lays_down(client, papers, missing[1], dated)
    for other in re.findall(r'<option value="(\w+)"', words(client.get(papers))):  # what its answers rest on
        if not partner.documents.filter(kind=other).exists():
            _lays_down(client, papers, other, dated)
    owners = at("registry.declare_owners", partner.code)
    confirm(client, owners)
    owner = {"name_1": "Rina Wulandari", "capacity_1": "owner", "share_bp_1": "100", "political_tie_1": "tidak ada"}
    assert send(client, owners, rows="3", **owner).status_code == 302
    begun = send(client, at("registry.start_verification", partner.code), region="33.04")
    verification = Verification.objects.get()
    assert begun["Location"] == at("page.verification_file", verification.code)
    answers = at("registry.answer_verification", verification.code)
    part = send(client, answers)["Location"]
    good = {each.code: each for each in book().kinds["company"].questions}
    while "?bagian=" in part:
        shown = words(client.get(part))
        asked = set(re.findall(r'name="(\w+)"', shown)) & good.keys()
        part = send(client, part, **{code: _typed(good[code].example_answer) for code in asked})["Location"]
    return Verification.objects.get()


def _lays_down(client: Client, path: str, kind: str, dated: str) -> None:
    typed = {"kind": kind, "number": "01/2026", "dated": dated, "issuer": "Contoh"}
    assert send(client, path, **typed).status_code == 302


def _typed(answer: object) -> str:
    return {True: "yes", False: "no"}.get(answer, str(answer)) if isinstance(answer, bool) else str(answer)


def _sees_the_verdict_and_sends(client: Client, verification: Verification) -> None:
    page = words(client.get(at("page.verification_file", verification.code)))
    assert "Putusan bila semua bukti diterima" in page
    assert "Terverifikasi" in page
    for document in verification.partner.documents.all():
        assert document.number in page
    assert send(client, at("registry.submit_verification", verification.code)).status_code == 302


def _examined(people, verification: Verification) -> VerdictRecord:
    """The regency takes the file, looks at the papers a few at a time, and closes it with what was computed."""
    officer = signed_in(people.dinas)
    assert send(officer, at("registry.take_verification", verification.code)).status_code == 302
    evidence = at("registry.check_evidence", verification.code)
    for _page in range(5):
        waiting = set(re.findall(r'name="(\d+)"', words(officer.get(evidence))))
        send(officer, evidence, **dict.fromkeys(waiting, "checked"))
        if not verification.partner.documents.filter(check_state="declared").exists():
            break
    path = at("registry.conclude_verification", verification.code)
    confirm(officer, path)
    stated = re.search(r'name="stated_verdict" value="(\w+)"', words(officer.get(path)))[1]
    assert send(officer, path, stated_verdict=stated).status_code == 302
    return VerdictRecord.objects.get()


@pytest.mark.parametrize("kind", book().kinds)
def test_a_body_of_each_kind_comes_from_its_own_request_to_a_verdict(people, kind):
    """The same way by the acts alone, for all twelve."""
    village = place("33.04.19.2002") if kind in ("village", "bumdes", "cooperative_kdmp") else None
    request = actions.request_registration(
        by=By(key=uuid4().hex), regency=place("33.04"), kind=kind, name=f"Lembaga {kind}", seat=place("33.04"),
        village=village, contact_name="Rina Wulandari", contact_phone="+6281234567811",
    )  # fmt: skip
    days = {"since": clock.today(), "until": clock.today() + timedelta(days=700)}
    letter = actions.accept_request(by=people.by("dinas"), request=request, **SIGNATORY, **days)
    partner, rina = Partner.objects.get(), letter.person
    assert (partner.kind, partner.village) == (kind, village)
    actions.declare_owners(
        by=by(rina), partner=partner, owners=[{"name": "Rina", "capacity": "officer", "political_tie": "tidak ada"}]
    )
    verification = actions.start_verification(by=by(rina), partner=partner, region=place("33.04"))
    _shows_and_answers(rina, partner, verification)
    actions.submit_verification(by=by(rina), verification=verification)
    actions.take_verification(by=people.by("dinas"), verification=verification)
    marks = dict.fromkeys(partner.documents.values_list("pk", flat=True), "checked")
    actions.check_evidence(by=people.by("dinas"), verification=verification, marks=marks)
    verification = Verification.objects.get()  # with its answers
    verdict = judge(book(), file_of(verification, clock.today())).verdict
    actions.conclude_verification(by=people.by("dinas"), verification=verification, stated_verdict=verdict)
    assert standing_of(partner).verdict == "verified"
    assert standing_of(partner).fresh


def _shows_and_answers(who: Person, partner: Partner, verification: Verification) -> None:
    file = file_of(verification, clock.today())
    evidence = [code for each in applicable(book(), file) for code in each.evidence]
    for code in dict.fromkeys([each.code for each in required(book(), file)] + evidence):
        actions.add_document(
            by=by(who), partner=partner, kind=code, number="01/2026", dated=clock.today() - timedelta(days=30)
        )
    good = {each.code: each.example_answer for each in applicable(book(), file)}
    actions.answer_verification(by=by(who), verification=verification, answers=good, reasons={}, facts={})
