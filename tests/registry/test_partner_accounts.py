"""The account of a partner: given by its signatory, kept sealed, found where a village has the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.people.actions import change_contact
from bermitra.foundation.personal.models import Kind
from bermitra.foundation.personal.queries import masked, same_fingerprint
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.models import Partner
from tests.people import OURS, place
from tests.registry.makers import a_partner, by

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 5, 4, 3, tzinfo=UTC)
NUMBER = "302701836549174"
BANK = "Bank Jateng, cabang Banjarnegara"


def an_account(people, partner: Partner, number: str = NUMBER) -> Partner:
    return actions.record_partner_account(by=by(people.direktur), partner=partner, bank=BANK, number=Secret(number))


def test_a_partners_account_is_kept_sealed_and_shown_by_its_last_four(people):
    partner = a_partner(people)
    an_account(people, partner)
    assert masked(Subject.of_party(partner.code, OURS), Kind.ACCOUNT) == "•••••••••••9174"
    client = Client()
    client.force_login(people.mitra, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    page = client.get(f"/kerja/mitra/{partner.code}/").content.decode()
    assert f"{BANK} · •••••••••••9174" in page
    assert NUMBER not in page


@pytest.mark.parametrize("who", ["mitra", "sekdes", "dinas", "lainnya.direktur"])
def test_only_the_partners_signatory_gives_it(people, who):
    partner = a_partner(people)
    a_partner(people, name="CV Lain", prefix="lainnya.")
    with pytest.raises(NotAllowed):
        actions.record_partner_account(by=by(people.held[who]), partner=partner, bank=BANK, number=Secret(NUMBER))


def test_a_telephone_that_was_just_changed_names_no_account(people):
    partner = a_partner(people)
    changed = people.direktur
    with clock.at(DAY):
        change_contact(by=by(changed), person=changed, phone="+6281234500001", email="")
    for hours, codes in ((23, ("FD-10",)), (24, ())):
        with clock.at(DAY + timedelta(hours=hours)):
            if not codes:
                an_account(people, partner)
                continue
            with pytest.raises(Refused) as refused:
                an_account(people, partner)
            assert refused.value.codes == codes
            assert not Partner.objects.get().account_bank
    assert masked(Subject.of_party(partner.code, OURS), Kind.ACCOUNT) == "•••••••••••9174"


def test_two_numbers_leave_one_print_of_what_was_asked(people):
    partner = a_partner(people)
    an_account(people, partner)
    an_account(people, partner, "900018822734115")
    asked = DoneAct.objects.filter(door="registry.record_partner_account").values_list("asked", flat=True)
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_an_account_shared_with_the_village_is_found(people):
    partner = a_partner(people)
    an_account(people, partner)
    actions.record_account(
        by=people.by("bendahara"), village=place(OURS), holder_kind="village", holder="Pemerintah Desa Pandanarum",
        bank=BANK, number=Secret(NUMBER),
    )  # fmt: skip
    assert same_fingerprint(Kind.ACCOUNT, [OURS], [partner.code]) == [(OURS, partner.code)]


def test_both_pages_that_take_an_account_keep_no_form_while_the_password_is_asked_again():
    assert all(table()[name].private for name in ("registry.record_account", "registry.record_partner_account"))
