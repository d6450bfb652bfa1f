"""Numbers and pictures: who may give them, how they lie, who looks, and one number of two people."""

import pytest
from django.db import connection

from bermitra.foundation.codes import masked as masked_number
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal import actions, vault
from bermitra.foundation.personal.models import DataKey, Kind, NumberCase, PersonalLook, PersonalValue
from bermitra.foundation.personal.queries import kept_at, kept_of, masked, same_fingerprint
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.rules import Refused
from tests.foundation.personal.makers import ACCOUNT, NIK, OTHER_NIK, a_nik, a_picture, a_scan
from tests.people import FOREIGN, OURS, place

pytestmark = pytest.mark.django_db
REASON = "Mencocokkan penanda tangan PKS 12/2026"
PARTNER = "PARTNER0AB"


def everything_written() -> str:
    """All rows of all tables as text, bytes as hexadecimal."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                told += [bytes(v).hex() if isinstance(v, bytes | memoryview) else str(v) for v in row]
    return "\n".join(told)


def an_account(people, subject: Subject, number: str = ACCOUNT) -> PersonalValue:
    """As the act of a later stage keeps it, inside its own."""
    act = an_outer_act(people)
    return actions.keep_account(by=act, subject=subject, number=Secret(number))


def an_outer_act(people):
    return Act(people.by("bendahara"), "registry.record_account", "village_treasurer", clock.now(), "OUTERACT01")


def test_a_signatorys_nik_is_kept_sealed_and_shown_by_its_last_four(people):
    value = a_nik(people)
    assert value.opened().decode() == NIK
    assert masked(Subject.of_person(people.kades), Kind.NIK) == masked_number(NIK) == "••••••••••••7316"
    assert kept_of(people.kades)[0].shown.endswith("7316")
    written = everything_written()
    assert NIK not in written
    assert NIK.encode().hex() not in written


def test_what_was_asked_leaves_no_print_of_a_number(people):
    """Numbers are few: a plain hash of one could be tried out. Two different numbers leave the same fingerprint."""
    a_nik(people)
    first = DoneAct.objects.get().asked
    a_nik(people, number=OTHER_NIK)
    assert DoneAct.objects.exclude(asked=first).count() == 0
    assert NIK not in " ".join(Event.objects.values_list("body", flat=True))


def test_a_new_number_takes_the_place_of_the_old(people):
    a_nik(people)
    a_nik(people, number=OTHER_NIK)
    assert [each.opened().decode() for each in PersonalValue.objects.all()] == [OTHER_NIK]
    assert DataKey.objects.count() == 1


@pytest.mark.parametrize("who", ["sekdes", "operator", "warga", "camat"])
def test_nobody_but_a_signatory_is_asked_for_a_nik(people, who):
    with pytest.raises(Refused) as refused:
        actions.keep_nik(by=people.by(who), person=people.held[who], number=Secret(NIK), agreed=True)
    assert refused.value.codes == ("FD-11",)
    with pytest.raises(Refused):
        actions.keep_identity_scan(by=people.by(who), person=people.held[who], picture=a_picture(), agreed=True)
    assert not PersonalValue.objects.exists()


def test_without_consent_nothing_is_kept(people):
    with pytest.raises(Refused) as refused:
        actions.keep_nik(by=people.by("kades"), person=people.kades, number=Secret(NIK), agreed=False)
    assert refused.value.codes == ("FD-11",)
    assert not DataKey.objects.exists()


@pytest.mark.parametrize("who", ["sekdes", "dinas", "kades.asing", "pengelola"])
def test_nobody_gives_a_number_for_another(people, who):
    with pytest.raises(NotAllowed):
        actions.keep_nik(by=people.by(who), person=people.kades, number=Secret(NIK), agreed=True)


def test_a_picture_is_kept_sealed_and_never_enters_the_store_of_files(people, settings):
    picture = a_picture()
    value = a_scan(people, picture=picture)
    assert value.opened() == picture.content
    assert not StoredFile.objects.exists()
    files = settings.BERMITRA_HOME / "files"
    assert picture.content not in [each.read_bytes() for each in files.rglob("*") if each.is_file()]
    assert picture.content.hex() not in everything_written()
    assert [each.shown for each in kept_of(people.kades)] == [""]


def test_a_value_moved_to_another_person_does_not_open(people):
    value, other = a_nik(people), a_nik(people, "kades.asing", OTHER_NIK)
    PersonalValue.objects.filter(pk=other.pk).delete()
    PersonalValue.objects.filter(pk=value.pk).update(key=other.key)
    with pytest.raises(vault.Unreadable):
        PersonalValue.objects.get(pk=value.pk).opened()


# One number, two people ------------------------------------------------------------------------------------------------
def a_case(people) -> NumberCase:
    a_nik(people)
    answer = actions.keep_nik(by=people.by("kades.asing"), person=people.kades_asing, number=Secret(NIK), agreed=True)
    assert isinstance(answer, NumberCase)
    return answer


def test_the_second_person_with_a_nik_keeps_nothing_and_the_regency_is_asked(people):
    case = a_case(people)
    assert (case.person, case.holder) == (people.kades_asing, people.kades)
    assert not PersonalValue.objects.filter(key__person=people.kades_asing).exists()
    duty = Duty.objects.get(OPEN, door="accounts.close_number_case")
    assert (duty.region_id, duty.role) == (FOREIGN[:5], "dpmd_officer")
    assert people.kades.full_name not in duty.sentence
    assert people.kades.code not in Event.objects.get(verb="number_case.opened").body


def test_trying_again_is_one_case(people):
    case = a_case(people)
    again = actions.keep_nik(by=people.by("kades.asing"), person=people.kades_asing, number=Secret(NIK), agreed=True)
    assert again == case


@pytest.mark.parametrize(
    ("outcome", "first_stays", "told"),
    [
        ("typed_wrong", True, {"kades.asing"}),
        ("first_wrong", False, {"kades", "kades.asing"}),
        ("same_person", True, set()),
    ],
)
def test_a_case_is_closed_by_the_regency_of_the_second(people, outcome, first_stays, told):
    case = a_case(people)
    with pytest.raises(NotAllowed):
        actions.close_number_case(by=people.by("dinas"), case=case, outcome=outcome)
    actions.close_number_case(by=people.by("dinas.asing"), case=case, outcome=outcome)
    assert PersonalValue.objects.filter(key__person=people.kades).exists() is first_stays
    names = {people.held[who].code: who for who in ("kades", "kades.asing")}
    assert {names[each] for each in Notice.objects.values_list("person", flat=True)} == told
    assert not Duty.objects.filter(OPEN).exists()
    with pytest.raises(NoSuchMove):
        actions.close_number_case(by=people.by("dinas.asing"), case=case, outcome=outcome)


# Looks ------------------------------------------------------------------------------------------------------------------
def test_a_look_is_told_to_the_person_with_its_reason(people):
    value = a_nik(people)
    look = actions.look_at_value(by=people.by("dinas"), value=value, reason=REASON)
    assert (look.person, look.by, look.role, look.reason) == (people.kades, people.dinas, "dpmd_officer", REASON)
    notice = Notice.objects.get()
    assert (notice.person, notice.url_name) == (people.kades.code, "page.my_data")
    assert REASON not in " ".join(Event.objects.values_list("body", flat=True))


def test_a_look_without_a_reason_is_refused_and_nobody_is_told(people):
    value = a_nik(people)
    with pytest.raises(Refused) as refused:
        actions.look_at_value(by=people.by("dinas"), value=value, reason="cek")
    assert refused.value.codes == ("FD-34",)
    assert not PersonalLook.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["sekdes", "kades.asing", "dinas.asing", "bupati", "inspektorat", "pengelola"])
def test_nobody_else_looks(people, who):
    value = a_nik(people)
    with pytest.raises(NotAllowed):
        actions.look_at_value(by=people.by(who), value=value, reason=REASON)


# Accounts, and who shares a value -----------------------------------------------------------------------------------------
def test_an_account_is_kept_for_a_village_and_for_a_partner(people):
    village, partner = Subject.of_village(place(OURS)), Subject.of_party(PARTNER, "33.04")
    for subject in (village, partner):
        assert an_account(people, subject).opened().decode() == ACCOUNT
        assert masked(subject, Kind.ACCOUNT).endswith("9174")
        assert kept_at(subject, Kind.ACCOUNT) is not None
    assert kept_at(village, Kind.NIK) is None
    assert masked(Subject.of_village(place(FOREIGN)), Kind.ACCOUNT) == ""


def test_an_account_is_kept_only_as_a_part_of_the_act_that_says_whose_it_is(people):
    with pytest.raises(NotAllowed):
        actions.keep_account(by=people.by("bendahara"), subject=Subject.of_village(place(OURS)), number=Secret(ACCOUNT))


def test_who_shares_an_account_is_found_without_reading_it(people):
    an_account(people, Subject.of_village(place(OURS)))
    an_account(people, Subject.of_village(place(FOREIGN)), "900018822734115")
    an_account(people, Subject.of_party(PARTNER, "33.04"))
    a_nik(people)
    both = [OURS, FOREIGN, people.kades.code, PARTNER]
    assert same_fingerprint(Kind.ACCOUNT, [OURS, FOREIGN, people.kades.code], [PARTNER]) == [(OURS, PARTNER)]
    assert same_fingerprint(Kind.ACCOUNT, both, both) == [(OURS, PARTNER), (PARTNER, OURS)]
    assert same_fingerprint(Kind.ACCOUNT, [FOREIGN], [PARTNER]) == []
    assert same_fingerprint(Kind.NIK, both, both) == []
    assert same_fingerprint(Kind.ACCOUNT, [], []) == []


def test_many_thousands_are_compared_at_once(people, django_assert_max_num_queries):
    an_account(people, Subject.of_village(place(OURS)))
    an_account(people, Subject.of_party(PARTNER, "33.04"))
    crowd = [f"X{n:09}" for n in range(12_000)]
    with django_assert_max_num_queries(4):
        assert same_fingerprint(Kind.ACCOUNT, [*crowd, PARTNER], [OURS]) == [(PARTNER, OURS)]
