"""Strength, place, costs and the printed sheet of a potential; and who says that it is so."""

import io
from decimal import Decimal

import pikepdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.place import Point
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.letters import sheet
from bermitra.needs.models import Potential
from bermitra.needs.rules import RatedFacts, potential_verified_by_another
from tests.deliberation.test_pages import as_, hidden, send, to
from tests.needs.makers import a_printed_sheet, a_published_potential
from tests.partnership.makers import an_office
from tests.people import OURS, People

pytestmark = pytest.mark.django_db
POINT = Point(Decimal("-7.364012"), Decimal("109.692341"))


def rated(people: People, who: str = "kadus", strength: int = 75) -> Potential:
    return actions.rate_potential(by=people.by(who), potential=a_published_potential(people), strength=strength)


def again(potential: Potential) -> Potential:
    return Potential.objects.select_related("village__parent__parent").get(pk=potential.pk)


def verify(people: People, potential: Potential, who: str = "bpd") -> Potential:
    """As it is read at this moment."""
    return actions.verify_potential(by=people.by(who), potential=potential, seen=queries.measure_hash(again(potential)))


def test_ND_17_potential_verified_by_another():
    holds = RatedFacts(rated=True, verifier="BPD0000000", said_by=frozenset({"KADUS00000"}))
    assert potential_verified_by_another(holds)
    assert not potential_verified_by_another(RatedFacts(rated=False, verifier="BPD0000000", said_by=frozenset()))
    assert not potential_verified_by_another(RatedFacts(rated=True, verifier="A", said_by=frozenset({"A", "B"})))


def test_the_bpd_or_a_facilitator_verifies_what_another_wrote(people):
    an_office(people, "pendamping", "Sri Contoh", roles.FACILITATOR, where=OURS)
    potential = rated(people)
    for who in ("bpd", "anggota.bpd", "pendamping"):
        done = verify(people, again(potential), who)
        assert done.verified_by == people.by(who).person.code
    for who in ("kades", "sekdes", "dinas", "camat", "kades.asing"):
        with pytest.raises(NotAllowed):
            verify(people, again(potential), who)


def test_nobody_verifies_what_he_once_wrote_even_where_another_wrote_last(people):
    """A member of the BPD who is a clerk of the village as well."""
    an_office(people, "rangkap", "Rangkap Contoh", roles.VILLAGE_OFFICIAL, where=OURS)
    office = Appointment.objects.get(person=people.rangkap)
    Appointment.objects.create(
        person=people.rangkap, role=roles.BPD_MEMBER.key, region_id=OURS, decree="SK", since=office.since,
        until=office.until, state=office.state, state_at=office.state_at,
    )  # fmt: skip
    potential = rated(people, who="rangkap", strength=100)
    actions.rate_potential(by=people.by("kadus"), potential=again(potential), strength=50)
    with pytest.raises(Refused) as refused:
        verify(people, again(potential), "rangkap")
    assert refused.value.codes == ("ND-17",)


def test_only_the_strength_that_was_read_is_verified(people):
    potential = rated(people, strength=50)
    client, path = as_("bpd"), to("needs.verify_potential", potential.code)
    page = client.get(path)
    assert f"58 {queries.unit_label('ha')}" in page.content.decode() and "50 · " in page.content.decode()
    actions.rate_potential(by=people.by("kadus"), potential=again(potential), strength=100)
    refused = client.post(path, hidden(page))
    assert refused.status_code == 409 and "ND-22" in refused.content.decode() and "100 · " in refused.content.decode()
    assert again(potential).verified_at is None
    assert send(client, path).status_code == 302
    assert again(potential).verified_at is not None


def test_what_is_not_rated_is_not_verified(people):
    with pytest.raises(Refused) as refused:
        verify(people, a_published_potential(people), "bpd")
    assert refused.value.codes == ("ND-17",)


def test_a_new_measure_or_strength_takes_the_verification_away_and_a_place_does_not(people):
    potential = rated(people)
    verify(people, again(potential), "bpd")
    actions.locate_potential(by=people.by("kadus"), potential=again(potential), place="Blok Sawangan", point=POINT)
    assert again(potential).verified_at is not None
    actions.rate_potential(by=people.by("kadus"), potential=again(potential), strength=50)
    assert (again(potential).verified_at, again(potential).verified_by) == (None, "")
    verify(people, again(potential), "bpd")
    words = {
        "title": "Kapulaga", "kind": "crops", "unit": "ha", "season": "Mei", "owner": "Gapoktan", "limit": "Lereng",
        "culture_note": "Tidak ada.",
    }  # fmt: skip
    actions.revise_potential(by=people.by("kadus"), potential=again(potential), quantity="60", **words)
    assert again(potential).verified_at is None


def long(letters: int) -> str:
    return ("Batas lereng dan jalan air " * 20)[:letters].strip()


def test_the_sheet_is_one_page_of_a4_that_anybody_can_check_however_much_is_said(people):
    most = {"title": 200, "season": 120, "owner": 120, "limit": 300, "culture_note": 300}
    potential = a_published_potential(people, kind="forest", **{name: long(letters) for name, letters in most.items()})
    actions.rate_potential(by=people.by("kadus"), potential=again(potential), strength=75)
    actions.locate_potential(by=people.by("kadus"), potential=again(potential), place=long(120), point=POINT)
    costs = [{"what": long(200), "amount": 1_000_000 * n} for n in range(1, 9)]
    benefits = [*costs, {"what": "Air terjaga", "amount": None}]
    actions.value_potential(by=people.by("kadus"), potential=again(potential), costs=costs, benefits=benefits)
    paper = a_printed_sheet(people, again(potential))
    with pikepdf.open(io.BytesIO(files.read(paper.file.sha256))) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(each)) for each in pdf.pages[0].mediabox[2:]] == [595, 842]
    cache.clear()
    assert "Lembar Penawaran Potensi" in Client().get(to("page.paper", paper.code)).content.decode()
    answer = as_("warga").get(to("page.potential_sheet", potential.code))
    assert answer["Content-Type"] == "application/pdf"


def test_the_sheet_says_who_looked_and_what_comes_first(people):
    potential = rated(people)
    said = str(sheet(again(potential), again(potential).created_at.date()))
    assert "dinyatakan sendiri" in said
    assert "Inti-plasma wajib memakai rumus harga" in said
    assert "Pasokan bahan baku" in said
    verify(people, again(potential), "bpd")
    assert "(diperiksa)" in str(sheet(again(potential), again(potential).created_at.date()))


def test_a_sheet_that_says_what_is_no_longer_so_holds_no_more(people):
    potential = a_published_potential(people)
    first = a_printed_sheet(people, again(potential))
    second = a_printed_sheet(people, again(potential))
    assert queries.sheet_of(potential) == second
    actions.rate_potential(by=people.by("kadus"), potential=again(potential), strength=75)
    assert queries.sheet_of(potential) is None
    assert as_("kades").get(to("page.potential_sheet", potential.code)).status_code == 404
    third = a_printed_sheet(people, again(potential))
    actions.archive_potential(by=people.by("sekdes"), potential=again(potential))
    assert not Paper.objects.filter(withdrawal__isnull=True, pk__in=[first.pk, second.pk, third.pk]).exists()
    with pytest.raises(NoSuchMove):
        a_printed_sheet(people, again(potential))


def test_the_whole_sheet_is_filled_in_by_its_pages(people):
    potential, clerk = a_published_potential(people), as_("kadus")
    assert send(clerk, to("needs.rate_potential", potential.code)).status_code == 422
    send(clerk, to("needs.rate_potential", potential.code), strength="75")
    bad = send(clerk, to("needs.locate_potential", potential.code), place="Sawangan", point="di sawah")
    assert bad.status_code == 422
    send(clerk, to("needs.locate_potential", potential.code), place="Sawangan", point="7,3645° LS, 109,6921° BT")
    for side, what, amount in (
        ("costs", "Bibit", "12 juta"),
        ("costs", "Tenaga", ""),
        ("benefits", "Panen", "90 juta"),
    ):
        send(clerk, to("needs.value_potential", potential.code), side=side, what=what, amount=amount)
    assert send(clerk, to("needs.value_potential", potential.code), side="", what="", amount="").status_code == 422
    page = clerk.get(to("needs.value_potential", potential.code)).content.decode()
    assert "Biaya: Tenaga" in page and "belum ada angka" in page
    send(clerk, to("needs.value_potential", potential.code), keluar="1")
    held = again(potential)
    assert held.costs == [{"what": "Bibit", "amount": 12_000_000}]
    assert (held.strength, str(held.point)) == (75, "7,3645° LS, 109,6921° BT")
    page = " ".join(clerk.get(to("page.potential", potential.code)).content.decode().split())
    for told in (
        "75 · Unggulan desa",
        "Rp 12.000.000",
        "Rp 90.000.000",
        "dinyatakan sendiri",
        "/tawaran/?di=33.04.19.2001",
    ):
        assert told in page, told
    assert send(as_("bpd"), to("needs.verify_potential", potential.code)).status_code == 302
    assert "diperiksa" in clerk.get(to("page.potential", potential.code)).content.decode()
    head = as_("kades")
    assert send(head, to("needs.print_potential", potential.code)).status_code == 302
    assert to("page.potential_sheet", potential.code) in head.get(to("page.potential", potential.code)).content.decode()


def test_the_page_of_a_potential_asks_the_database_little(people):
    potential = rated(people)
    a_printed_sheet(people, again(potential))
    client = as_("kades")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(to("page.potential", potential.code)).status_code == 200
    assert len(asked) <= 12, [each["sql"] for each in asked]


@pytest.mark.parametrize("field", ["costs", "benefits"])
def test_amounts_and_what_they_are_for_read_openly(people, field):
    """A telephone number in a row is not shown to everybody who may open the page."""
    potential = a_published_potential(people)
    tables = {"costs": [], "benefits": [], field: [{"what": "Hubungi 0812 3456 7890", "amount": 5}]}
    actions.value_potential(by=people.by("kadus"), potential=potential, **tables)
    assert "7890" not in as_("warga").get(to("page.potential", potential.code)).content.decode()
