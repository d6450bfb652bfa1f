"""People of a partner get their accounts at the regency's counter and nowhere else."""

from datetime import date

import pytest
from django.urls import reverse

from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.accounts.queries import letters_told_to
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.registry import actions
from tests.registry.makers import a_partner
from tests.registry.test_pages import at, confirm, send, signed_in, words

pytestmark = pytest.mark.django_db
REP = {"full_name": "Bagus Wibowo", "username": "wakil.tirta", "role": "partner_rep", "mandate": "ST 1/2026",
       "since": date(2026, 1, 1), "until": date(2029, 12, 31)}  # fmt: skip


def test_a_person_admitted_acts_for_the_partner_and_for_nobody_else(people):
    partner = a_partner(people)
    letter = actions.admit_person(by=people.by("dinas"), partner=partner, **REP)
    office = letter.person.offices[0]
    assert (office.role, office.party, office.region_id) == ("partner_rep", partner.code, None)
    people.held["wakil"] = letter.person
    owner = actions.add_document(
        by=people.by("wakil.tirta"), partner=partner, kind="deed", number="1", dated=date(2026, 1, 1)
    )
    assert owner.partner == partner
    assert letter not in letters_told_to(people.kades)


@pytest.mark.parametrize("who", ["sekdes", "kades", "mitra", "direktur", "dinas.asing"])
def test_only_the_regency_that_looks_after_the_partner_admits(people, who):
    partner = a_partner(people)
    with pytest.raises(NotAllowed):
        actions.admit_person(by=people.by(who), partner=partner, **REP)


def test_no_office_of_a_village_is_given_this_way(people):
    partner = a_partner(people)
    with pytest.raises(ValueError, match="village_head"):
        actions.admit_person(by=people.by("dinas"), partner=partner, **{**REP, "role": "village_head"})
    assert not Person.objects.filter(username="wakil.tirta").exists()


def test_the_counter_ends_with_a_printable_letter(people):
    partner = a_partner(people)
    client = signed_in(people.dinas)
    path = at("registry.admit_person", partner.code)
    confirm(client, path)
    typed = {**REP, "since": "1 Januari 2026", "until": "31/12/2029"}
    wrong = send(client, path, **{**typed, "username": "mitra", "until": "31/12/2020"})
    assert wrong.status_code == 422
    assert "sudah dipakai" in words(wrong)
    sent = send(client, path, **typed)
    letter = AccessLetter.objects.get()
    assert sent["Location"] == reverse("page.access_letter", args=[letter.code])
    assert "wakil.tirta" in words(client.get(sent["Location"]))
