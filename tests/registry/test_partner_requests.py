"""A body asks to be registered from the public page, and the regency's counter lets it in or says why not."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.actions import change
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.models import Partner, PartnerRequest
from bermitra.registry.queries.requests import counters, requests_visible_to
from tests.people import OURS, place
from tests.registry.makers import a_partner
from tests.registry.test_pages import confirm, send, signed_in, words

pytestmark = pytest.mark.django_db
PATH = "/mitra/daftar/"
TYPED = {
    "kind": "company", "name": "PT Kopi Serayu", "place": "Kabupaten Banjarnegara", "regency": "33.04",
    "business_number": "9120 0012 34567", "tax_number": "01.234.567.8-901.000", "contact_name": "Rina Wulandari",
    "contact_phone": "0812-3456-7811", "consent": "on",
}  # fmt: skip
LETTER = {
    "username": "rina.kopi", "role": "partner_signatory", "mandate": "Akta 14/2020", "since": "1/1/2026",
    "until": "31/12/2027",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def asked(people=None, **given) -> PartnerRequest:
    whole = {"regency": place("33.04"), "kind": "company", "name": "PT Kopi Serayu", "seat": place("33.04"),
             "contact_name": "Rina Wulandari", "contact_phone": "+6281234567811"}  # fmt: skip
    return actions.request_registration(by=By(key=uuid4().hex), **{**whole, **given})


def accepted(people, request: PartnerRequest, **given):
    letter = {"username": "rina.kopi", "role": "partner_signatory", "mandate": "Akta 14/2020"}
    days = {"since": request.sent_at.date(), "until": request.sent_at.date().replace(year=request.sent_at.year + 1)}
    return actions.accept_request(by=people.by("dinas"), request=request, **{**letter, **days, **given})


def test_anybody_asks_without_an_account_and_nothing_is_registered_by_it(people):
    sent = Client().post(PATH, {"_key": "k1", **TYPED})
    request = PartnerRequest.objects.get()
    assert sent["Location"] == reverse("page.registration_request", kwargs={"code": request.code})
    assert (request.business_number, request.tax_number) == ("9120001234567", "0012345678901000")
    assert (request.seat_id, request.contact_phone) == ("33.04", "+6281234567811")
    page = words(Client().get(sent["Location"]))
    assert "PT Kopi Serayu" in page
    assert "Rina" not in page
    assert "3456" not in page
    assert not Partner.objects.exists()
    assert not Person.objects.filter(full_name="Rina Wulandari").exists()
    assert Duty.objects.get(door="registry.accept_request", closed_at=None).region_id == "33.04"
    assert "Rina" not in " ".join(Event.objects.values_list("body", flat=True))


def test_the_same_form_sent_twice_asks_once(people):
    client = Client()
    first, second = (client.post(PATH, {"_key": "k1", **TYPED}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert PartnerRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"consent": ""}, "belum diisi"),
        ({"contact_phone": "+65 6123 4567"}, "bukan nomor Indonesia"),
        ({"business_number": "12345"}, "13 angka"),
        ({"tax_number": "1.2.3"}, "15 atau 16 angka"),
        ({"place": "Kabupaten Entah"}, "bukan nama kabupaten"),
        ({"kind": "bumdes"}, "Isi kode desanya"),
        ({"name": "🏢"}, "gambar atau lambang"),
        ({"regency": "51.09"}, "Pilih kabupaten dari daftar ini."),
    ],
)
def test_what_cannot_be_taken_is_answered_with_a_sentence(people, given, says):
    page = Client().post(PATH, {"_key": "k", **TYPED, **given})
    assert page.status_code == 422
    assert says in words(page)
    assert not PartnerRequest.objects.exists()


def test_a_like_name_is_shown_and_must_be_looked_at_without_a_script_too(people):
    partner = a_partner(people, name="PT Kopi Serayu")
    page = Client().post(PATH, {"_key": "k", **TYPED, "name": "Serayu Kopi P.T."})
    assert page.status_code == 422
    assert f"/mitra/{partner.code}/" in words(page)
    sent = Client().post(PATH, {"_key": "k", **TYPED, "name": "Serayu Kopi P.T.", "declared_different": "on"})
    assert sent.status_code == 302
    assert PartnerRequest.objects.get().declared_different


def test_names_are_told_while_typing_and_nothing_but_public_facts(people):
    partner = a_partner(people, name="PT Kopi Serayu")
    answer = json.loads(Client().get("/mitra/mirip/", {"nama": "kopi ser"}).content)
    assert [each["title"] for each in answer["found"]] == ["PT Kopi Serayu"]
    assert answer["found"][0] == {
        "title": "PT Kopi Serayu",
        "small": "Perusahaan swasta · Kabupaten Banjarnegara",
        "url": f"/mitra/{partner.code}/",
    }
    for nothing in ("", "\0", "x" * 5_000, "zz"):
        assert json.loads(Client().get("/mitra/mirip/", {"nama": nothing}).content)["found"] == []


def test_a_sender_who_asks_too_often_is_slowed_down_and_others_are_not(people):
    client = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(10):
        assert (
            client.post(PATH, {"_key": f"k{number}", **TYPED, "name": f"PT {chr(65 + number) * 6}"}).status_code == 302
        )
    assert client.post(PATH, {"_key": "k99", **TYPED, "name": "PT Zaitun"}).status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.10")
    assert other.post(PATH, {"_key": "k98", **TYPED, "name": "PT Zaitun"}).status_code == 302


def test_a_request_is_accepted_and_its_person_let_in(people):
    request = asked(business_number="9120001234567")
    letter = accepted(people, request)
    partner = Partner.objects.get()
    assert (partner.registered_in_id, partner.business_number) == ("33.04", "9120001234567")
    person = Person.objects.get(username="rina.kopi")
    assert (letter.person, person.phone) == (person, "+6281234567811")
    assert [(each.role, each.party) for each in person.offices] == [("partner_signatory", partner.code)]
    request.refresh_from_db()
    assert (request.state, request.contact_name, request.contact_phone) == ("accepted", "", "")
    assert not Duty.objects.filter(door="registry.accept_request", closed_at=None).exists()
    with pytest.raises(NoSuchMove):
        accepted(people, request, username="rina.lagi")


def test_a_telephone_that_somebody_else_has_is_not_taken_over(people):
    Person.objects.filter(pk=people.kades.pk).update(phone="+6281234567811")
    assert accepted(people, asked()).person.phone == ""


def test_a_like_name_stops_the_counter_as_well(people):
    a_partner(people, name="PT Kopi Serayu")
    request = asked()
    with pytest.raises(Refused, match="RG-16"):
        accepted(people, request)
    assert PartnerRequest.objects.get().state == "waiting"
    assert accepted(people, request, declared_different=True).person.username == "rina.kopi"


def test_a_request_is_declined_with_a_reason_that_its_code_shows(people):
    request = asked()
    actions.decline_request(by=people.by("dinas"), request=request, reason="NIB tidak terdaftar di OSS.")
    page = words(Client().get(reverse("page.registration_request", kwargs={"code": request.code})))
    assert "NIB tidak terdaftar di OSS." in page
    assert "Rina" not in page
    assert PartnerRequest.objects.get().contact_phone == ""


@pytest.mark.parametrize("who", ["sekdes", "camat", "inspektorat", "dinas.asing"])
def test_no_other_office_decides(people, who):
    with pytest.raises(NotAllowed):
        actions.decline_request(by=people.by(who), request=asked(), reason="x")


def test_a_request_is_read_by_the_regency_it_was_sent_to_alone(people):
    request = asked()
    assert set(requests_visible_to(people.dinas)) == set(requests_visible_to(people.inspektorat)) == {request}
    assert not requests_visible_to(people.dinas_asing).exists()
    assert not requests_visible_to(people.sekdes).exists()
    assert [each.code for each in counters()] == ["33.04", "51.08"]


def test_the_counters_pages_lead_from_the_list_to_the_letter(people):
    request = asked(name="PT Kоpi Serayu")  # the first o is Cyrillic
    client = signed_in(people.dinas)
    assert "PT K" in words(client.get(reverse("page.partner_requests")))
    assert "1 pendaftaran menunggu" in words(client.get(reverse("page.partner_list")))
    page = words(client.get(reverse("page.partner_request", kwargs={"code": request.code})))
    assert "0812-3456-7811" in page
    assert "mencampur huruf dari dua aksara" in page
    path = reverse("registry.accept_request", kwargs={"code": request.code})
    confirm(client, path)
    sent = send(client, path, **LETTER)
    assert re.match(r"/surat-akses/\w+/", sent["Location"])
    partner = Partner.objects.get()
    done = words(client.get(reverse("page.partner_request", kwargs={"code": request.code})))
    assert reverse("page.partner_file", kwargs={"code": partner.code}) in done
    assert "sudah dihapus" in done


def test_the_village_is_no_counter_for_those_who_ask(people):
    assert signed_in(people.sekdes).get(reverse("page.partner_requests")).status_code == 403
    assert OURS not in {each.code for each in counters()}


# Nobody looks at it ---------------------------------------------------------------------------------------------------


def days_after(request: PartnerRequest, days: int):
    return clock.at(request.sent_at + timedelta(days=days))


def test_a_request_that_nobody_looks_at_lapses_after_the_norms_days_and_says_so(people):
    old = asked(name="PT Kopi Serayu")
    page = reverse("page.registration_request", kwargs={"code": old.code})
    assert "Bila belum diperiksa sampai" in words(Client().get(page))
    with days_after(old, 90):
        assert actions.lapse_requests() == 0
        young = asked(name="CV Teh Dieng")
    with days_after(old, 91):
        assert (actions.lapse_requests(), actions.lapse_requests()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, old.contact_name, old.contact_phone) == ("lapsed", "", "")
    assert (young.state, young.contact_name) == ("waiting", "Rina Wulandari")
    assert Duty.objects.get(door="registry.accept_request", closed_at=None).url_code == young.code
    assert Notice.objects.get(url_code=old.code).role == "dpmd_officer"
    said = words(Client().get(page))
    assert "Gugur" in said and "belum memeriksanya dalam waktu yang ditetapkan" in said
    assert reverse("registry.request_registration") in said
    assert "Gugur" in words(signed_in(people.dinas).get(reverse("page.partner_request", args=[old.code])))
    with pytest.raises(NoSuchMove):
        accepted(people, old)


def test_a_regency_that_waits_longer_is_given_its_days(people):
    request = asked()
    change(
        by=people.by("dinas"), regency=place("33.04"), name="registration_wait_days", value=200, basis="Perbup 4/2026",
        effective_from=clock.today(),
    )  # fmt: skip
    with days_after(request, 150):
        assert actions.lapse_requests() == 0
    with days_after(request, 201):
        assert actions.lapse_requests() == 1


def test_the_daily_round_asks_the_norm_once_a_regency(people, django_assert_num_queries):
    first = asked(name="PT Kopi Serayu")
    for n in range(1, 8):
        PartnerRequest.objects.create(
            regency=first.regency,
            kind=first.kind,
            name=f"PT Kopi {n}",
            sent_at=first.sent_at,
            consented_at=first.sent_at,
        )
    with days_after(first, 90), django_assert_num_queries(2):  # the requests, the norms of their regency
        assert actions.lapse_requests() == 0


def test_RG_40_waited_long_enough(people):
    request = asked()
    with days_after(request, 90), pytest.raises(Refused) as refused:
        actions.lapse_request(by=By.the_system("k"), request=request)
    assert refused.value.codes == ("RG-40",)
    with days_after(request, 91), pytest.raises(NotAllowed):
        actions.lapse_request(by=people.by("dinas"), request=request)
