"""Who is told, what is unread, and carrying a notice on by hand."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages import actions
from bermitra.foundation.messages.api import tell
from bermitra.foundation.messages.models import Notice, NoticeRead, Told
from bermitra.foundation.messages.queries import notices_for, notices_to_pass_on, notices_visible_to, unread_count
from tests.foundation.duties.makers import an_act
from tests.people import OURS

pytestmark = pytest.mark.django_db


def a_notice(**given) -> Notice:
    if not {"region", "party", "person"} & given.keys():
        given["region"] = OURS
    return tell(an_act(), **{"says": "Musyawarah tentang {title} selesai.", "about": "meeting:7K3M9QXD2A",
                             "params": {"title": "air bersih"}, **given})  # fmt: skip


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(page) -> str:
    return page.content.decode()


def key(page) -> str:
    return re.search(r'name="_key" value="([^"]+)"', text(page))[1]


def test_a_notice_for_a_village_reaches_its_offices_and_no_other(people):
    notice = a_notice()
    for person in (people.kades, people.bpd, people.operator):
        assert list(notices_for(fresh(person))) == [notice]
    for person in (people.kades_asing, people.warga, people.dinas):
        assert list(notices_for(fresh(person))) == []
        assert not notices_visible_to(fresh(person)).exists()


def test_a_notice_for_an_office_is_the_holders_and_colleagues_may_carry_it(people):
    notice = a_notice(role="bpd_chair")
    assert list(notices_for(fresh(people.bpd))) == [notice]
    assert list(notices_for(fresh(people.kades))) == []
    assert list(notices_to_pass_on(fresh(people.operator))) == [notice]


def test_a_notice_for_one_person_alone_is_seen_by_nobody_else(people):
    notice = a_notice(person=people.kades.code)
    assert list(notices_visible_to(fresh(people.kades))) == [notice]
    assert not notices_visible_to(fresh(people.sekdes)).exists()
    assert client_of(people.sekdes).get(f"/kerja/kabar/{notice.code}/").status_code == 404


def test_a_notice_for_an_office_above_reaches_it_from_the_village(people):
    notice = a_notice(role="camat")
    assert list(notices_for(fresh(people.camat))) == [notice]


def test_a_notice_for_nobody_is_refused(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(says="Ya.", about="case:X", created_at=an_act().now, act="A")
    with pytest.raises(ValueError, match="no role"):
        a_notice(role="kades")
    with pytest.raises(KeyError):
        a_notice(params={})


def test_reading_marks_what_was_shown_and_leaves_what_came_meanwhile(people):
    first, second = a_notice(), a_notice()
    third = a_notice()
    actions.mark_read(by=people.by("kades"), person=people.kades, newest=second)
    assert unread_count(fresh(people.kades)) == 1
    assert [n.seen for n in notices_for(fresh(people.kades))] == [False, True, True]
    assert unread_count(fresh(people.bpd)) == 3
    actions.mark_read(by=people.by("kades"), person=people.kades, newest=third, only=True)
    assert unread_count(fresh(people.kades)) == 0
    assert NoticeRead.objects.filter(notice=first).count() == 1
    assert '"notices":2' in Event.objects.order_by("seq").first().body


def test_nobody_reads_for_another(people):
    notice = a_notice()
    with pytest.raises(NotAllowed):
        actions.mark_read(by=people.by("operator"), person=people.kades, newest=notice)
    assert not NoticeRead.objects.exists()


def test_the_inbox_shows_new_ones_and_the_button_clears_them(people):
    a_notice()
    client = client_of(people.kades)
    page = client.get("/kerja/kabar/")
    assert "Musyawarah tentang air bersih selesai." in text(page)
    assert "Satu kabar belum dibaca." in text(page)
    newest = re.search(r'name="newest" value="([^"]+)"', text(page))[1]
    sent = client.post("/kerja/kabar/dibaca/", {"newest": newest, "_key": key(page)})
    assert sent["Location"] == "/kerja/kabar/"
    assert "Semua kabar sudah dibaca." in text(client.get("/kerja/kabar/"))


def test_an_empty_inbox_says_so(people):
    assert "Belum ada kabar" in text(client_of(people.kades).get("/kerja/kabar/"))
    assert "Belum ada kabar" in text(client_of(people.kades).get("/kerja/kabar/dibaca/"))


def test_the_inbox_goes_on_behind_a_notice(people):
    made = [a_notice(params={"title": f"perkara ke-{n}"}) for n in range(35)]
    client = client_of(people.kades)
    first = client.get("/kerja/kabar/")
    assert text(first).count('<a href="/kerja/kabar/') >= 30
    assert "perkara ke-34 " in text(first)
    assert "perkara ke-4 " not in text(first)
    following = re.search(r'rel="next" href="([^"]+)"', text(first))[1].replace("&amp;", "&")
    assert following == f"/kerja/kabar/?sebelum={made[5].code}"
    assert "perkara ke-4 " in text(client.get(following))


def test_a_title_that_looks_like_markup_stays_text(people):
    notice = a_notice(params={"title": "<script>alert(1)</script> {0}"})
    page = client_of(people.kades).get(f"/kerja/kabar/{notice.code}/")
    assert "<script>alert" not in text(page)


def test_a_colleague_gets_a_text_for_whatsapp_and_nothing_counts_as_sent_before_he_says_so(people, settings):
    settings.BERMITRA_ORIGIN = "https://desa.example"
    Person.objects.filter(username="bpd").update(phone="+6281234567890")
    notice = a_notice(role="bpd_chair")
    client = client_of(people.operator)
    page = client.get(f"/kerja/kabar/{notice.code}/")
    assert "https://wa.me/6281234567890?text=Musyawarah%20tentang%20air%20bersih%20selesai." in text(page)
    assert "https%3A%2F%2Fdesa.example%2Fkerja%2Fkabar%2F" in text(page)
    assert "Belum dikirim" in text(page)
    assert "Belum dikirim" in text(client.get("/kerja/kabar/?lain=1"))
    form = client.get(f"/kerja/kabar/{notice.code}/tersampaikan/")
    sent = client.post(f"/kerja/kabar/{notice.code}/tersampaikan/", {"how": "wa", "_key": key(form)})
    assert sent["Location"] == f"/kerja/kabar/{notice.code}/"
    assert "Belum dikirim" not in text(client.get(sent["Location"]))
    assert (Told.objects.get().by, Event.objects.get().verb) == (people.operator.code, "notice.passed_on")


def test_somebody_without_a_telephone_gets_a_link_without_a_number(people):
    notice = a_notice(role="bpd_chair")
    assert 'href="https://wa.me/?text=' in text(client_of(people.operator).get(f"/kerja/kabar/{notice.code}/"))


def test_the_reader_himself_is_not_asked_to_carry_it(people):
    notice = a_notice(role="bpd_chair")
    assert "wa.me" not in text(client_of(people.bpd).get(f"/kerja/kabar/{notice.code}/"))


def test_a_missing_answer_is_told_with_what_to_do(people):
    notice = a_notice(role="bpd_chair")
    page = client_of(people.operator).post(f"/kerja/kabar/{notice.code}/tersampaikan/", {"_key": "k"})
    assert page.status_code == 422
    assert "Cara menyampaikan belum dipilih." in text(page)
    assert not Told.objects.exists()


def test_a_foreign_notice_does_not_exist_and_a_wrong_office_is_turned_away(people):
    notice = a_notice(role="bpd_chair")
    foreign = client_of(people.kades_asing)
    assert foreign.get(f"/kerja/kabar/{notice.code}/").status_code == 404
    assert foreign.post(f"/kerja/kabar/{notice.code}/tersampaikan/", {"how": "wa", "_key": "k"}).status_code == 404
    assert client_of(people.warga).get(f"/kerja/kabar/{notice.code}/tersampaikan/").status_code == 403


def test_the_link_leads_to_the_record_where_the_reader_may_go(people):
    notice = a_notice(url_name="page.person", code=people.kades.code)
    assert f"/orang/{people.kades.code}/" not in text(client_of(people.kades).get(f"/kerja/kabar/{notice.code}/"))
    lost = a_notice(url_name="page.no_such_page", code="X")
    assert client_of(people.kades).get(f"/kerja/kabar/{lost.code}/").status_code == 200


@pytest.mark.parametrize("path", ["/kerja/kabar/", "/kerja/kabar/?lain=1", "/kerja/kabar/{code}/"])
def test_pages_ask_few_questions_however_many_notices_there_are(people, path, django_assert_max_num_queries):
    for _each in range(12):
        notice = a_notice(role="bpd_chair")
    client = client_of(people.operator)
    with django_assert_max_num_queries(12):
        assert client.get(path.format(code=notice.code)).status_code == 200
