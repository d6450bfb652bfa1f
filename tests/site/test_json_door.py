"""Every form speaks JSON: what a program may send, what it is told, and what stays shut to it."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bermitra.foundation.accounts.models import Appointment, Person, Token
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.journal.models import Event
from bermitra.needs.models import Need
from bermitra.registry.models import PartnerRequest, PlanLine, VillageAsset
from bermitra.site import json_door
from tests.access.addresses import routes
from tests.people import FOREIGN, OURS
from tests.programs import Program, a_key
from tests.registry.makers import a_village_profile
from tests.registry.test_pages import at, signed_in

pytestmark = pytest.mark.django_db
PART = re.compile(r"<[^>]*>|\(\?P<[^>]*>[^)]*\)|[\^$]")

LINE = {"reference": "1", "year": 2026, "field_of_government": "pelaksanaan_pembangunan", "activity": "Air bersih",
        "execution_mode": "pihak_ketiga", "estimate": 1000000, "starts_on": "1/2/2026"}  # fmt: skip
ASSET = {"name": "Tanah lapang", "kind": "land", "quantity": 1200, "unit": "m2", "village_land": True}
NEED = {"title": "Tegalan longsor", "text": "Hilang satu meter.", "sector": "disaster_climate", "severity": 5,
        "hamlet": "Wetan", "location": "", "source": "rembuk dusun"}  # fmt: skip
LINES = at("registry.record_plan_line", OURS)
ASSETS = at("registry.record_asset", OURS)


@pytest.fixture
def program(people) -> Program:
    return Program(a_key("operator"))


def codes(answer) -> dict[str, str]:
    assert answer.status_code == 422, answer.content
    return {each["field"]: each["code"] for each in answer.json()["errors"]}


# What it is told ------------------------------------------------------------------------------------------------------
def test_a_form_sent_as_json_is_done_and_tells_where(program):
    answer = program.send(LINES, LINE)
    assert answer.status_code == 201, answer.content
    line = PlanLine.objects.get()
    assert (line.activity, line.estimate, line.year) == ("Air bersih", 1_000_000, 2026)
    told = answer.json()
    assert told["done"] == "registry.record_plan_line" and told["says"]
    assert program.read(told["at"]).status_code == 200


def test_the_journal_names_the_key_and_the_person(program, people):
    program.send(LINES, LINE)
    event = Event.objects.get(door="registry.record_plan_line")
    assert event.actor == people.operator.code
    assert json.loads(event.body)["facts"]["token"] == Token.objects.get().code


def test_what_was_sent_is_not_kept_so_that_it_can_be_found_by_trying(program):
    program.send(LINES, LINE)
    sent = f"POST\n{LINES}\n{json.dumps(LINE)}".encode()
    assert DoneAct.objects.exclude(sent="").get().sent not in (
        sha256(sent).hexdigest(),
        sha256(b"\0" + sent).hexdigest(),
    )


def test_a_form_tells_its_fields(program):
    told = {each["name"]: each for each in program.read(ASSETS).json()["fields"]}
    assert told["village_land"]["kind"] == "yes_no"
    assert told["kind"]["kind"] == "choice" and {"value", "label"} == told["kind"]["choices"][0].keys()
    lines = {each["name"]: each for each in program.read(LINES).json()["fields"]}
    assert (lines["estimate"]["kind"], lines["starts_on"]["kind"]) == ("rupiah", "date")
    assert lines["activity"]["longest"] >= 100 and lines["activity"]["required"]
    assert lines["activity"]["label"] and lines["starts_on"]["help"]


def test_what_a_form_tells_is_enough_to_send_it_back(people):
    a_village_profile(people)
    secretary = Program(a_key("sekdes"))
    told = secretary.read(at("registry.update_village", OURS)).json()["fields"]
    sent = {each["name"]: each["now"] for each in told if "now" in each}
    answer = secretary.send(at("registry.update_village", OURS), sent)
    assert answer.status_code == 201, answer.content


def test_wrong_fields_are_told_by_name_code_and_sentence(program):
    answer = program.send(LINES, {**LINE, "estimate": "banyak", "starts_on": "31/02/2025", "activity": ""})
    assert codes(answer) == {"estimate": "rupiah.form", "starts_on": "date.missing", "activity": "required"}
    assert all(each["says"] for each in answer.json()["errors"])
    assert not PlanLine.objects.exists()


def test_an_act_that_rules_refuse_tells_them_with_their_remedies(people):
    program = Program(a_key("kadus"))
    assert program.send(reverse("needs.record"), NEED).status_code == 201
    need = Need.objects.get()
    answer = program.send(at("needs.submit", need.code), {})
    assert answer.status_code == 409
    (first, *_others) = answer.json()["unmet"]
    assert first["code"] == "ND-01" and first["says"] and first["remedy"]
    need.refresh_from_db()
    assert need.state == "draft"


def test_it_speaks_the_language_that_is_asked_for(people):
    key = a_key("operator")
    said = {
        wanted: Program(key, **{"Accept-Language": wanted}).send(LINES, {**LINE, "activity": ""}).json()["says"]
        for wanted in ("", "en-GB,en;q=0.8", "nl")
    }
    english = Program(key, **{"Accept-Language": "en-GB,en;q=0.8"}).read(LINES)
    assert english.headers["Content-Language"] == "en"
    assert english.json()["fields"][0]["label"] == "Line number"
    assert said[""] == said["nl"] and said[""].startswith("Ada isian")


# What it may send -----------------------------------------------------------------------------------------------------
NOT_JSON = {
    "a list": b"[]", "a text": b'"a"', "nothing": b" ", "twice": b'{"activity":"a","activity":"b"}',
    "a fraction": b'{"estimate":1.5}', "no number": b'{"estimate":NaN}', "a power": b'{"estimate":1e9}',
    "an object inside": b'{"activity":{"a":1}}', "a list inside a list": b'{"activity":[["a"]]}',
    "half a letter": b'{"activity":"\\ud800"}', "half a letter in a name": b'{"\\udfff":"a"}',
    "another encoding": '{"activity":"é"}'.encode("latin-1"), "UTF-16": '{"activity":"a"}'.encode("utf-16"),
    "very deep": b'{"a":' + b"[" * 200_000, "the key of the form": b'{"_key":"0123456789abcdef"}', "cut": b'{"activity":"a',
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_JSON)
def test_what_is_no_flat_object_of_plain_values_is_refused_whole(program, what):
    answer = program.send(LINES, NOT_JSON[what])
    assert answer.status_code == 400
    assert len(answer.json()["says"].split()) <= 18
    assert not PlanLine.objects.exists() and not DoneAct.objects.filter(door="registry.record_plan_line").exists()


MISFITS = {
    "a name with a slip": (LINES, {**LINE, "activty": "x"}, "activty", "json.unknown"),
    "a list for one value": (LINES, {**LINE, "activity": ["Air", "bersih"]}, "activity", "json.list"),
    "a list of one for one value": (LINES, {**LINE, "activity": ["Air bersih"]}, "activity", "json.list"),
    "yes for a day": (LINES, {**LINE, "starts_on": True}, "starts_on", "json.type"),
    "no for a text": (LINES, {**LINE, "activity": False}, "activity", "json.type"),
    "a text for a tick": (ASSETS, {**ASSET, "village_land": "tidak"}, "village_land", "json.tick"),
    "nought for a tick": (ASSETS, {**ASSET, "village_land": 0}, "village_land", "json.tick"),
    "one for a tick": (ASSETS, {**ASSET, "village_land": 1}, "village_land", "json.tick"),
    "nothing for a tick": (ASSETS, {**ASSET, "village_land": None}, "village_land", "json.tick"),
    "the safety mark of pages": (LINES, {**LINE, "csrfmiddlewaretoken": "x"}, "csrfmiddlewaretoken", "json.unknown"),
}


@pytest.mark.parametrize("what", MISFITS)
def test_what_the_form_does_not_ask_for_is_refused_by_name(program, what):
    path, body, field, code = MISFITS[what]
    assert codes(program.send(path, body))[field] == code
    assert not PlanLine.objects.exists() and not VillageAsset.objects.exists()


def test_a_tick_is_true_or_false(program):
    for ticked in (True, False):
        assert program.send(ASSETS, {**ASSET, "village_land": ticked}).status_code == 201
    assert sorted(VillageAsset.objects.values_list("village_land", flat=True)) == [False, True]


@pytest.mark.parametrize("digits", [19, 5_000, 100_000])
def test_a_huge_number_is_an_answer_and_no_error(program, digits):
    answer = program.send(LINES, ('{"estimate": ' + "9" * digits + "}").encode())
    assert codes(answer)["estimate"] in ("rupiah.large", "text.long")


def test_five_megabytes_are_too_large(program):
    answer = program.send(LINES, json.dumps({**LINE, "activity": "a" * 5_000_000}).encode())
    assert answer.status_code == 413 and answer.json()["says"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "",
                                  "application/json; charset=utf-16"])  # fmt: skip
def test_only_json_is_read_from_a_program(program, kind):
    assert program.send(LINES, json.dumps(LINE).encode(), **{"Content-Type": kind or "text/csv"}).status_code == 415
    assert not PlanLine.objects.exists()


# Once -----------------------------------------------------------------------------------------------------------------
def test_the_same_sending_twice_has_one_effect_and_one_answer(program):
    once = str(uuid4())
    first, second = (program.send(LINES, LINE, once=once) for _each in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert PlanLine.objects.count() == 1


def test_the_same_key_with_another_body_or_address_is_refused(program):
    once = str(uuid4())
    program.send(LINES, LINE, once=once)
    for path, body in ((LINES, {**LINE, "estimate": 2}), (LINES, {}), (ASSETS, ASSET), (f"{LINES}?a=1", LINE)):
        answer = program.send(path, body, once=once)
        assert answer.status_code == 409, answer.content
    assert PlanLine.objects.count() == 1 and not VillageAsset.objects.exists()


def test_a_sending_repeated_after_the_form_would_refuse_it_is_told_that_it_was_done(people):
    program = Program(a_key("sekdes"))
    program.send(LINES, LINE)
    path = at("registry.withdraw_plan_line", PlanLine.objects.get().code)
    withdrawn = str(uuid4())
    assert program.send(path, {"reason": "Salah ketik"}, once=withdrawn).status_code == 201
    again = program.send(path, {"reason": "Salah ketik"}, once=withdrawn)
    assert again.status_code in (200, 201) and again.json()["done"] == "registry.withdraw_plan_line"
    assert program.send(path, {"reason": "Salah ketik"}).status_code in (404, 409)


@pytest.mark.parametrize("once", ["", "kunci", "a" * 65, "0123456789abcde\u00e9f", "0123456789abcdef "])
def test_a_sending_without_a_good_key_of_its_own_is_refused(program, once):
    answer = program.client.generic(
        "POST", LINES, json.dumps(LINE).encode(), "application/json",
        headers={**program.headers, **({"Idempotency-Key": once} if once else {})},
    )  # fmt: skip
    assert answer.status_code == 400 and "Idempotency-Key" in answer.json()["says"]
    assert not PlanLine.objects.exists()


# Who ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["", "bmt_falsch", "é"])
def test_without_a_key_that_counts_nothing_opens(people, key):
    program = Program("", Authorization=f"Bearer {key}") if key else Program()
    for answer in (program.send(LINES, LINE), program.read(LINES)):
        assert answer.status_code == 401 and answer.json()["says"]
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert not PlanLine.objects.exists()


def test_the_cookie_of_a_signed_in_person_opens_nothing_to_json(people):
    """A page of another site may make a browser send its cookies; it cannot make it send a key."""
    browser = signed_in(people.operator)
    held = browser.cookies.output()
    answer = browser.post(LINES, json.dumps(LINE), "application/json", headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 401
    assert browser.cookies.output() == held and not answer.cookies
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        assert strict.generic("POST", LINES, json.dumps(LINE), kind).status_code == 403
    assert not PlanLine.objects.exists()


def test_no_cookie_is_set_and_nothing_is_kept(program):
    for answer in (program.send(LINES, LINE), program.read(LINES), program.read("/saya/"), program.read("/tidak-ada/")):
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]


def test_another_site_gets_no_leave_to_ask(program):
    answer = program.client.options(LINES, headers={"Origin": "https://jahat.example", **program.headers})
    assert answer.status_code in (405, 415)
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_foreign_village_is_not_there(program):
    assert program.send(at("registry.record_plan_line", FOREIGN), LINE).status_code == 404


def test_an_office_that_the_person_does_not_hold_opens_nothing(program):
    assert program.send(reverse("registry.list_party"), {}).status_code == 403


def test_a_key_ends_with_its_office_and_never_acts_in_a_later_one(people):
    program = Program(a_key("operator"))
    Appointment.objects.filter(person=people.operator).update(state=Appointment.State.ENDED)
    assert program.send(LINES, LINE).status_code == 401
    office = Appointment.objects.get(person=people.operator)
    office.pk, office.state = None, Appointment.State.CONFIRMED
    office.save()
    assert program.send(LINES, LINE).status_code == 401
    assert not PlanLine.objects.exists()


def test_a_key_ends_on_its_last_day(people):
    program = Program(a_key("operator", days=1))
    with clock.at(timezone.now() + timedelta(days=1)):
        assert program.read(LINES).status_code == 200
    with clock.at(timezone.now() + timedelta(days=2)):
        assert program.read(LINES).status_code == 401


def test_a_new_password_ends_every_key(program, people):
    person = Person.objects.get(pk=people.operator.pk)
    person.set_password("empat kata yang baru")
    person.save()
    assert program.read(LINES).status_code == 401


def test_a_person_who_is_shut_out_is_shut_out_with_every_key(program, people):
    Person.objects.filter(pk=people.operator.pk).update(is_active=False)
    assert program.read(LINES).status_code == 401


IN_PERSON = ("account_change_password", "accounts.make_token", "page.tokens", "mfa_index", "accounts.change_contact",
             "account_login", "accounts.use_letter")  # fmt: skip


@pytest.mark.parametrize("name", ["page.access_letter", "page.onboarding_letters"])
def test_one_time_codes_are_shown_to_no_key(people, name, monkeypatch):
    monkeypatch.setattr(json_door, "is_mfa_enabled", lambda person: True)
    assert Program(a_key("dinas")).read(reverse(name, args=["KOSONG0000"])).status_code == 403


@pytest.mark.parametrize("name", IN_PERSON)
def test_what_gives_or_mends_access_is_for_people_in_person(program, name):
    for answer in (program.read(reverse(name)), program.send(reverse(name), {})):
        assert answer.status_code in (403, 405), answer.content
    assert Token.objects.count() == 1


def test_what_asks_for_the_password_again_never_opens_to_a_key(program):
    weighty = [(name, path) for name, path in _names() if table()[name].step_up]
    assert len(weighty) > 20
    for name, path in weighty:
        cache.clear()  # more doors by now than a program may knock at in a minute
        assert program.read(path).status_code == 403, name
        assert program.send(path, {}).status_code == (403 if "POST" in table()[name].methods else 405), name
    assert not Event.objects.exclude(door="accounts.make_token").exists()


def _names():
    for name, route in routes().items():
        if name in table():
            yield name, "/" + PART.sub(lambda part: "1" if "int:" in part[0] else "KOSONG0000", route)


def test_an_officer_of_the_regency_needs_the_second_factor_for_a_key(people):
    answer = Program(a_key("dinas")).read(reverse("registry.register_partner"))
    assert answer.status_code == 403 and "kode tambahan" in answer.json()["says"]


def test_a_program_that_asks_without_end_waits_and_its_person_does_not(people, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "program": "3/m/key"}
    cache.clear()
    program, other = Program(a_key("operator")), Program(a_key("operator"))
    assert [program.read(LINES).status_code for _each in range(4)] == [200, 200, 200, 429]
    assert other.read(LINES).status_code == 200
    assert signed_in(people.operator).get(LINES).status_code == 200


# The public -----------------------------------------------------------------------------------------------------------
def test_a_form_that_is_open_to_everybody_needs_no_key(people):
    path = reverse("registry.request_registration")
    told = {each["name"] for each in Program().read(path).json()["fields"]}
    asking = {"kind": "company", "name": "PT Kopi Serayu", "place": "33.04", "regency": "33.04",
              "contact_name": "Rina Wulandari", "contact_phone": "081234567811", "consent": True}  # fmt: skip
    assert asking.keys() <= told
    answer = Program().send(path, asking)
    assert answer.status_code == 201, answer.content
    assert PartnerRequest.objects.get().name == "PT Kopi Serayu"


def test_a_page_without_a_form_answers_a_program_as_everybody(program):
    answer = program.read("/desa/33.04.19.2001/")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def test_what_is_not_there_is_told_in_json(program):
    for path, status in (("/tidak-ada/", 404), ("/kerja/desa/33.04.19.2001/", 405)):
        answer = program.send(path, {})
        assert answer.status_code == status and answer.json()["says"]
