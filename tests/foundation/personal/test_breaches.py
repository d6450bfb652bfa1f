"""Personal data got out: who is affected, the hours of the law, who is told, and what everybody may read of it."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.duties.queries import overdue_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal import actions
from bermitra.foundation.personal.breaches import Place, breaches_visible_to, clock_of, people_of
from bermitra.foundation.personal.models import DataBreach, ErasureRequest
from bermitra.foundation.personal.rules import (
    AsideFacts,
    BreachFacts,
    FoundFacts,
    authority_is_told,
    breach_names_whom,
    breach_notice_is_complete,
    breach_set_aside_with_reason,
    clock_starts_when_found,
    data_breach_told_in_time,
)
from bermitra.foundation.rules import Refused
from tests.foundation.personal.test_pages import browser, send, text
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db
FOUND = datetime(2026, 5, 4, 3, tzinfo=UTC)
CONTENT = {
    "leaked": "Nama, nomor telepon, dan foto KTP.",
    "happened": "Laptop kantor desa hilang pada malam 3 Mei 2026.",
    "measures": "Kata sandi diganti. Waspadai telepon yang meminta uang.",
    "authority_letter": "140/7/V/2026",
}
LIMIT = 72


def a_breach(people, who="sekdes", where=OURS, found=FOUND, **given) -> DataBreach:
    """Recorded an hour after it was found."""
    with clock.at(found + timedelta(hours=1)):
        return actions.record_data_breach(
            by=people.by(who), place=Place(place(where) if where else None), found_at=found,
            **{"title": "Laptop desa hilang", "whom": "place", **given},
        )  # fmt: skip


def told(people, breach, hours=20, who="sekdes", **given) -> DataBreach:
    with clock.at(FOUND + timedelta(hours=hours)):
        return actions.notify_data_breach(by=people.by(who), breach=breach, **{**CONTENT, **given})


def archived(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def names(found) -> set[str]:
    return set(found.values_list("username", flat=True))


# Rules --------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hours", "complete", "holds"), [(20, True, True), (72, True, True), (73, True, False), (90, True, False), (20, False, False)]
)  # fmt: skip
def test_FD_13_data_breach_told_in_time(hours, complete, holds):
    assert data_breach_told_in_time(BreachFacts(hours, LIMIT, complete, authority_told=True)) is holds


def test_FD_35_breach_names_whom():
    assert breach_names_whom(FoundFacts(ahead=False, people=1))
    assert not breach_names_whom(FoundFacts(ahead=False, people=0))


def test_FD_36_clock_starts_when_found():
    assert clock_starts_when_found(FoundFacts(ahead=False, people=1))
    assert not clock_starts_when_found(FoundFacts(ahead=True, people=1))


def test_FD_37_breach_notice_is_complete():
    assert breach_notice_is_complete(BreachFacts(90, LIMIT, content_complete=True, authority_told=False))
    assert not breach_notice_is_complete(BreachFacts(1, LIMIT, content_complete=False, authority_told=True))


def test_FD_38_authority_is_told():
    assert authority_is_told(BreachFacts(90, LIMIT, content_complete=False, authority_told=True))
    assert not authority_is_told(BreachFacts(1, LIMIT, content_complete=True, authority_told=False))


def test_FD_40_breach_set_aside_with_reason():
    assert breach_set_aside_with_reason(AsideFacts(15))
    assert not breach_set_aside_with_reason(AsideFacts(14))


# Who is affected ----------------------------------------------------------------------------------------------------------
def test_everybody_of_a_place_is_affected_and_nobody_beyond_it(people):
    of_village = names(people_of(Place(place(OURS)), "place"))
    assert {"kades", "warga", "bpd"} <= of_village
    assert not {"camat", "dinas", "kades.asing"} & of_village
    assert {"kades", "camat", "dinas"} <= names(people_of(Place(place("33.04")), "place"))
    assert names(people_of(Place(), "place")) == names(Person.objects.all())


def test_an_office_means_all_who_ever_held_it_there(people):
    Appointment.objects.create(
        person=people.kadus, role=roles.VILLAGE_HEAD.key, region_id=OURS, decree="1/2015", since=FOUND.date(),
        until=FOUND.date(), state=Appointment.State.ENDED, state_at=FOUND,
    )  # fmt: skip
    assert names(people_of(Place(place(OURS)), "role", "village_head")) == {"kades", "kadus"}
    assert names(people_of(Place(), "role", "village_head")) == {"kades", "kadus", "kades.asing"}


def test_codes_stand_for_people_and_for_those_who_act_for_a_partner(people):
    Appointment.objects.filter(person=people.warga).update(role="partner_rep", party="PTCONTOH00")
    codes = (people.kades.code, "PTCONTOH00", people.kades_asing.code)
    assert names(people_of(Place(place(OURS)), "codes", codes=codes)) == {"kades", "warga"}


def test_whoever_was_erased_is_not_told_any_more(people):
    ErasureRequest.objects.create(person=people.warga, asked_at=FOUND, done_at=FOUND)
    assert "warga" not in names(people_of(Place(place(OURS)), "place"))


# The acts -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "where"), [("kades", OURS), ("operator", OURS), ("sekdes.asing", OURS), ("sekdes", "33.04"), ("dinas", "51.08"), ("dinas", "")]
)  # fmt: skip
def test_only_the_office_of_the_place_records(people, who, where):
    with pytest.raises(NotAllowed):
        a_breach(people, who, where)


def test_a_breach_of_a_village_waits_for_its_secretary_and_the_regency_learns_of_it(people):
    breach = a_breach(people)
    duty = Duty.objects.get(OPEN)
    assert (duty.door, duty.region_id, duty.role) == ("accounts.notify_data_breach", OURS, "village_secretary")
    assert duty.due_on == (FOUND + timedelta(hours=LIMIT)).date()
    assert (Notice.objects.get().role, Notice.objects.get().region_id) == ("dpmd_officer", "33.04")
    assert breach.affected.count() == people_of(Place(place(OURS)), "place").count()
    late = (FOUND + timedelta(days=4)).date()
    assert list(overdue_duties(late)) == [duty]
    assert not overdue_duties(duty.due_on).exists()


def test_a_breach_of_a_regency_waits_for_its_officer_and_one_of_all_for_the_operator(people):
    a_breach(people, "dinas", "33.04")
    a_breach(people, "pengelola", "", whom="role", role="village_head")
    waits = list(Duty.objects.filter(OPEN).order_by("pk").values_list("region_id", "role", "person"))
    assert waits == [("33.04", "dpmd_officer", ""), (None, "", people.pengelola.code)]


@pytest.mark.parametrize(
    ("given", "code"),
    [({"whom": "codes", "codes": ("7K3M9QXD2A",)}, "FD-35"), ({"found": FOUND + timedelta(hours=30)}, "FD-36")],
)
def test_a_breach_of_nobody_or_of_tomorrow_is_not_recorded(people, given, code):
    with clock.at(FOUND), pytest.raises(Refused) as refused:
        actions.record_data_breach(
            by=people.by("sekdes"), place=Place(place(OURS)), title="Laptop", found_at=given.get("found", FOUND),
            whom=given.get("whom", "place"), codes=given.get("codes", ()),
        )  # fmt: skip
    assert refused.value.codes == (code,)
    assert not DataBreach.objects.exists()


def test_everybody_affected_is_told_by_message_and_nobody_else(people):
    breach = told(people, a_breach(people, whom="role", role="village_head"))
    notices = Notice.objects.exclude(person="")
    assert [each.person for each in notices] == [people.kades.code]
    assert "bocor" in notices.get().sentence
    assert not Duty.objects.filter(OPEN).exists()
    line = Event.objects.get(verb="data_breach.told").body
    assert '"hours":20' in line
    assert '"passed_over":[]' in line
    with pytest.raises(NoSuchMove):
        told(people, breach)


@pytest.mark.parametrize(
    ("empty", "codes"),
    [("leaked", ("FD-37",)), ("happened", ("FD-37",)), ("measures", ("FD-37",)), ("authority_letter", ("FD-38",))],
)
def test_an_incomplete_notice_is_told_to_nobody(people, empty, codes):
    breach = a_breach(people)
    before = Notice.objects.count()
    with pytest.raises(Refused) as refused:
        told(people, breach, **{empty: ""})
    assert refused.value.codes == codes
    assert Notice.objects.count() == before
    assert Duty.objects.filter(OPEN).exists()


def test_too_late_is_told_all_the_same_and_stands_in_the_journal(people):
    told(people, a_breach(people), hours=90)
    assert '"passed_over":["FD-13"]' in Event.objects.get(verb="data_breach.told").body
    assert Notice.objects.filter(person=people.kades.code).exists()


def test_the_clock_counts_hours_begun(people):
    breach = a_breach(people)
    assert clock_of(breach, FOUND + timedelta(hours=31)).left == 41
    assert not clock_of(breach, FOUND + timedelta(hours=72)).late
    late = clock_of(breach, FOUND + timedelta(hours=72, minutes=1))
    assert (late.late, late.over) == (True, 1)
    done = clock_of(told(people, breach), FOUND + timedelta(days=30))
    assert (done.taken, done.late) == (20, False)


def test_hours_are_those_of_the_place(people):
    there = clock_of(a_breach(people, "sekdes.asing", FOREIGN), FOUND).due
    assert (there.day.isoformat(), there.hour) == ("2026-05-07", "pukul 11.00 WITA")


def test_each_sees_the_breaches_of_the_own_place(people):
    ours, all_over = a_breach(people), a_breach(people, "pengelola", "")
    foreign = a_breach(people, "sekdes.asing", FOREIGN)
    assert set(breaches_visible_to(people.sekdes)) == {ours}
    assert set(breaches_visible_to(people.dinas)) == {ours}
    assert set(breaches_visible_to(people.dinas_asing)) == {foreign}
    assert set(breaches_visible_to(people.pengelola)) == {ours, foreign, all_over}
    assert not breaches_visible_to(people.kades).exists()


# Recorded by mistake ------------------------------------------------------------------------------------------------------
WHY = "Laptopnya ditemukan di gudang dan tidak pernah dibuka."


def set_aside(people, breach, who="sekdes", reason=WHY) -> DataBreach:
    return actions.set_aside_data_breach(by=people.by(who), breach=breach, reason=reason)


def test_a_breach_recorded_by_mistake_is_set_aside_its_duty_ends_and_the_row_stays(people):
    breach = a_breach(people)
    before = Notice.objects.count()
    set_aside(people, breach)
    kept = DataBreach.objects.get()
    assert (kept.set_aside_why, kept.set_aside_by, kept.told_at) == (WHY, people.sekdes.code, None)
    assert kept.affected.exists() and not Duty.objects.filter(OPEN).exists()
    line = Event.objects.get(verb="data_breach.set_aside")
    assert (line.about, line.actor, WHY in line.body) == (f"databreach:{breach.code}", people.sekdes.code, False)
    assert Notice.objects.count() == before + 1
    told_of_it = Notice.objects.latest("pk")
    assert (told_of_it.role, told_of_it.region_id, told_of_it.person) == ("dpmd_officer", "33.04", "")
    for act in (set_aside, told):
        with pytest.raises(NoSuchMove):
            act(people, breach)
    assert not Notice.objects.exclude(person="").exists()


def test_what_was_told_is_not_set_aside_and_a_mistake_has_its_reason(people):
    breach = a_breach(people)
    with pytest.raises(Refused) as refused:
        set_aside(people, breach, reason="   Keliru.   ")
    assert refused.value.codes == ("FD-40",)
    told(people, breach)
    with pytest.raises(NoSuchMove):
        set_aside(people, breach)
    assert DataBreach.objects.get().set_aside_at is None


@pytest.mark.parametrize("who", ["kades", "operator", "sekdes.asing", "dinas.asing", "warga"])
def test_only_who_records_a_breach_sets_one_aside(people, who):
    breach = a_breach(people)
    with pytest.raises(NotAllowed):
        set_aside(people, breach, who)
    set_aside(people, breach, "dinas")


def test_the_page_sets_a_breach_aside_and_shows_why(people):
    breach, client = a_breach(people), browser(people.sekdes)
    page, address = f"/data-pribadi/kebocoran/{breach.code}/", f"/data-pribadi/kebocoran/{breach.code}/batalkan/"
    assert address in text(client.get(page))
    refused = send(client, address, reason="Keliru")
    assert (refused.status_code, "FD-40" in text(refused)) == (409, True)
    assert send(client, address, reason=WHY)["Location"] == page
    shown = text(client.get(page))
    assert (WHY in shown, address in shown, "beri-tahu" in shown, "Lewat" in shown) == (True, False, False, False)
    listed = text(client.get("/data-pribadi/kebocoran/"))
    assert (
        "Tidak ada kebocoran yang menunggu" in listed and 'id="dibatalkan"' in listed and "Laptop desa hilang" in listed
    )
    for closed in (address, f"{page}beri-tahu/"):
        assert client.get(closed)["Location"] == page
    assert WHY not in text(browser(people.kades).get("/saya/"))


def test_the_list_asks_once_a_regency_and_goes_on_page_by_page(people, django_assert_max_num_queries):
    client, page = browser(people.pengelola), "/data-pribadi/kebocoran/"
    DataBreach.objects.bulk_create(
        DataBreach(region_id=(OURS, FOREIGN)[n % 2], title=f"Kebocoran ke-{n:03d}.", whom="place",
                   found_at=FOUND + timedelta(hours=n), recorded_at=FOUND, recorded_by="system")
        for n in range(60)
    )  # fmt: skip
    client.get(page)
    with django_assert_max_num_queries(20):
        first = text(client.get(page))
    assert first.count("Kebocoran ke-") == 50 and "Kebocoran ke-000." in first and "?hal=2#menunggu" in first
    second = text(client.get(f"{page}?hal=2"))
    assert second.count("Kebocoran ke-") == 10 and "Kebocoran ke-059." in second and "?hal=1#menunggu" in second


# Pages --------------------------------------------------------------------------------------------------------------------
def test_the_secretary_records_tells_and_the_person_reads_it(people):
    client = browser(people.sekdes)
    assert "kode wilayah" not in text(client.get("/data-pribadi/kebocoran/baru/")).lower()
    sent = send(
        client, "/data-pribadi/kebocoran/baru/", title="Laptop desa hilang", day="4 Mei 2026", hour="10.00",
        whom="role", role="village_head",
    )  # fmt: skip
    breach = DataBreach.objects.get()
    assert sent["Location"] == f"/data-pribadi/kebocoran/{breach.code}/"
    assert breach.found_at == FOUND  # 10.00 WIB
    assert "Lewat" in text(client.get("/data-pribadi/kebocoran/"))
    assert "Kebocoran data Anda" not in text(browser(people.kades).get("/saya/"))
    address = f"/data-pribadi/kebocoran/{breach.code}/beri-tahu/"
    assert "FD-13" in text(client.get(address))
    refused = send(client, address, **{**CONTENT, "measures": "Belum"})
    assert (refused.status_code, "FD-37" in text(refused), CONTENT["happened"] in text(refused)) == (409, True, True)
    assert send(client, address, **CONTENT)["Location"] == "/data-pribadi/kebocoran/"
    assert CONTENT["measures"] in text(browser(people.kades).get("/saya/"))
    assert CONTENT["measures"] not in text(browser(people.warga).get("/saya/"))
    assert CONTENT["measures"] not in text(Client().get("/pelindungan-data/"))
    assert client.get(address).status_code == 302  # once told there is nothing to tell


@pytest.mark.parametrize("empty", ["leaked", "happened", "measures", "authority_letter"])
def test_an_empty_content_is_named_beside_its_field(people, empty):
    breach = a_breach(people)
    page = send(browser(people.sekdes), f"/data-pribadi/kebocoran/{breach.code}/beri-tahu/", **{**CONTENT, empty: ""})
    assert (page.status_code, "Isian ini belum diisi." in text(page)) == (422, True)
    assert not DataBreach.objects.get().told_at


def test_what_must_be_public_is_without_numbers_of_people(people):
    happened = "Berkas NIK 3304191501907316 terkirim ke alamat yang keliru pada 3 Mei 2026."
    told(people, a_breach(people), public=True, happened=happened)
    page = text(Client().get("/pelindungan-data/"))
    assert CONTENT["measures"] in page
    assert "3304191501907316" not in page
    assert "Belum ada kebocoran" not in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"whom": "role"}, "Jabatan belum dipilih."),
        ({"whom": "codes"}, "Kode belum ditulis."),
        ({"whom": "codes", "codes": "7K3M-9QXD-2A"}, "Kode 7K3M-9QXD-2A tidak ada di wilayah ini."),
        ({"region": FOREIGN}, "di luar wilayah Anda"),
        ({"day": "31 November 2026"}, "tidak ada"),
    ],
)
def test_what_is_wrong_with_the_form_stands_beside_its_field(people, typed, says):
    given = {"title": "Laptop", "day": "4 Mei 2026", "hour": "10.00", "whom": "place", **typed}
    page = send(browser(people.dinas), "/data-pribadi/kebocoran/baru/", **given)
    assert page.status_code == 422
    assert says in text(page)
    assert not DataBreach.objects.exists()


def test_the_officer_names_a_village_and_people_of_it(people):
    send(
        browser(people.dinas), "/data-pribadi/kebocoran/baru/", title="Surat salah kirim", day="4 Mei 2026", hour="10.00",
        region=OURS, whom="codes", codes=f"{people.kades.code.lower()}\n{people.warga.code}", role="bpd_chair",
    )  # fmt: skip
    breach = DataBreach.objects.get()
    assert (breach.region_id, breach.role) == (OURS, "")
    assert set(breach.affected.values_list("person__username", flat=True)) == {"kades", "warga"}


def test_what_was_told_is_in_what_a_person_takes_along(people):
    told(people, a_breach(people))
    answer = send(browser(people.kades), "/saya/unduh/")
    assert CONTENT["measures"] in archived(answer.content, "data-saya.json")
    assert CONTENT["measures"] in archived(answer.content, "data-saya.html")
