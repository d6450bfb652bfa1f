"""Public pages kept until something changes: never stale, never somebody else's, never more than there is room for."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from bermitra.agreements.models import Agreement
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from bermitra.selection.models import Call
from bermitra.site import memory
from bermitra.site.demo.memory import Memory as Told
from bermitra.site.memory import MEMORY
from bermitra.site.settings import MIDDLEWARE
from tests.foundation.regions.conftest import COUNTRY
from tests.journeys.told import tell
from tests.people import OURS
from tests.registry.makers import a_partner
from tests.selection.makers import DEADLINE, OPENED, an_open_call

pytestmark = pytest.mark.django_db
OWN_COOKIE = {"cookie": "lain=1"}  # of a visitor whose pages are made for him alone
OUTSIDE_THE_JOURNAL = {
    "django_session", "cache",  # nothing of them stands on a public page
    "selection_guardlist",  # the memory asks it beside the journal
}  # fmt: skip


@pytest.fixture(autouse=True)
def _remembering(settings) -> Iterator[None]:
    settings.MIDDLEWARE = MIDDLEWARE
    MEMORY.forget()
    yield
    MEMORY.forget()


@pytest.fixture
def partner(people) -> Partner:
    """With it, the journal has begun."""
    return a_partner(people)


def get(path: str, at: datetime | None = None, **headers: str) -> HttpResponse:
    with clock.at(at or clock.now()):
        return Client(headers=headers).get(path)


def text(path: str, at: datetime | None = None, **headers: str) -> str:
    answer = get(path, at, **headers)
    assert answer.status_code == 200, path
    return answer.content.decode()


def made_anew(path: str, at: datetime | None = None) -> str:
    return text(path, at, **OWN_COOKIE)


# Nothing is stale -------------------------------------------------------------------------------------------------------


def test_a_page_asked_for_again_costs_one_look_at_the_journal(partner, django_assert_num_queries):
    first = text("/mitra/")
    with django_assert_num_queries(1):
        assert text("/mitra/") == first
    assert first == made_anew("/mitra/")


class Compared(Told):
    """After every act of a story: its last word was the journal's. After every eighth: each public page, which was kept
    eight acts ago and found again since, is the one that is made anew."""

    def __init__(self) -> None:
        super().__init__()
        self.pages, self.unsaid, self.seen = 0, set[str](), set[str]()

    def note(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if written := re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql):
            self.unsaid.add(written[1])
        if sql.startswith("ROLLBACK TO") or (written and written[1] == Event._meta.db_table):
            self.unsaid.clear()
        return execute(sql, *rest)

    def finish(self, step: int, *, last: bool = False) -> None:
        super().finish(step, last=last)
        assert not self.unsaid - OUTSIDE_THE_JOURNAL, f"step {step} wrote these without a line in the journal"
        for path in self.paths() if last or step % 8 == 0 else ():
            kept = text(path)
            assert kept == made_anew(path), f"{path} after step {step}"
            self.seen.add(kept)
            self.pages += 1

    @staticmethod
    def paths() -> list[str]:
        cases = list(Case.objects.values_list("code", "village_id"))
        agreed = Agreement.objects.filter(state="in_force").values_list("case__code", flat=True)
        return [
            *("/", "/panggilan/", "/panggilan/?keadaan=ditutup", "/mitra/", "/kemitraan/"),
            *(f"/kemitraan/{code}/" for code, _village in cases),
            *(f"/desa/{village}/" for village in {village for _code, village in cases}),
            *(f"/mitra/{code}/" for code in Partner.objects.values_list("code", flat=True)),
            *(f"/panggilan/{call.code}/" for call in Call.objects.exclude(state__in=("draft", "cancelled"))),
            *(f"/kemitraan/{code}/perjanjian/" for code in agreed),
        ]


@pytest.mark.slow
def test_after_every_act_of_a_partnership_every_page_shows_what_is():
    story = Compared()
    with connection.execute_wrapper(story.note):
        tell("bali", story)
    assert story.complete
    assert story.pages > 80 and len(story.seen) > 30  # so many of them were different ones
    page = f"/kemitraan/{Case.objects.get().code}/"
    assert "Contoh." in text(page) and "Contoh." in text(page)
    size, paper = MEMORY.size, get(f"{page}perjanjian.pdf")
    assert paper.content.startswith(b"%PDF") and len(paper.content) > memory.LARGEST
    assert MEMORY.size == size


def test_an_index_and_a_register_that_are_loaded_show_at_once(tmp_path, settings):
    settings.BERMITRA_HOME = tmp_path
    load(tmp_path / "wilayah.csv", "import_regions", [["code", "name"], *COUNTRY.items()], yes=True)
    assert "Beji" in text("/desa/?di=33.04") and "Indeks desa ini belum dimuat" in text(f"/desa/{OURS}/")
    head = ["kode", "kode_idm", "nama_idm", "iks", "ike", "ikl", "idm", "status"]
    row = [OURS, OURS, "PANDANARUM", "0.8", "0.9", "0.5333", "0.7444", "Maju"]
    load(tmp_path / "idm_2024.csv", "import_idm", [head, row])
    assert "0,7444" in text(f"/desa/{OURS}/")
    renamed = {**COUNTRY, "33.04.19.2002": "Beji Asri"}
    load(tmp_path / "baru.csv", "import_regions", [["code", "name"], *renamed.items()], yes=True)
    assert "Beji Asri" in text("/desa/?di=33.04")


def load(path: Any, command: str, rows: list[Any], **options: Any) -> None:
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    call_command(command, str(path), stdout=StringIO(), **options)


def test_a_call_ends_at_its_minute_and_a_day_at_midnight_of_the_village(people):
    call = an_open_call(people)
    before = DEADLINE - timedelta(minutes=1)
    assert "Usulan diterima sampai" in text(f"/panggilan/{call.code}/", before)
    assert "Batas waktu:" in text(f"/panggilan/{call.code}/", DEADLINE)
    midnight = datetime(2026, 3, 16, 17, tzinfo=UTC)  # in the west of Indonesia
    assert "Tutup 7 hari lagi" in text("/panggilan/", midnight - timedelta(minutes=1))
    assert "Tutup 6 hari lagi" in text("/panggilan/", midnight)
    assert text("/panggilan/", OPENED) == made_anew("/panggilan/", OPENED)  # a clock that was put back


def test_two_processes_see_each_others_acts(people, partner):
    here, there = memory.Memory(), memory.Memory()
    key = ("/mitra/", "", "testserver", "id", False)
    for each in (here, there):
        each.keep(each.moment(), key, memory.Kept(b"before", ()))
    a_partner(people, name="CV Baru", prefix="baru.")
    for each in (here, there):
        assert each.find(each.moment(), key) is None


def test_what_was_made_of_the_state_before_an_act_is_not_kept_behind_it(people, partner):
    held, key = memory.Memory(), ("/mitra/", "", "testserver", "id", False)
    begun = held.moment()
    a_partner(people, name="CV Baru", prefix="baru.")
    now = held.moment()
    held.keep(begun, key, memory.Kept(b"late", ()))
    assert held.find(now, key) is None and held.find(begun, key) is None and held.size == 0


def test_without_a_journal_nothing_is_kept(people):
    assert not Event.objects.exists()
    text("/desa/")
    assert MEMORY.moment() is None and MEMORY.size == 0


# Nobody gets what is not for him ---------------------------------------------------------------------------------------


def test_signed_in_people_neither_get_nor_fill_it(people, partner, settings):
    clerk = Client()
    clerk.force_login(people.sekdes, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert "Keluar" in clerk.get("/mitra/").content.decode()
    assert MEMORY.size == 0
    assert "Keluar" not in text("/mitra/")
    size = MEMORY.size
    assert "Keluar" in clerk.get("/mitra/").content.decode()
    assert MEMORY.size == size > 0


def test_each_language_has_its_own(partner):
    assert '<html lang="id">' in text("/mitra/")
    for _time in range(2):
        assert '<html lang="en">' in text("/mitra/", cookie="bahasa=en")
        assert '<html lang="id">' in text("/mitra/")


@pytest.mark.parametrize("path", ["/", "/cari/?q=pandanarum", "/desa/", f"/desa/{OURS}/", "/bantuan/aturan/"])
def test_an_open_page_sets_no_cookie_and_carries_the_same_headers_when_it_is_kept(path, partner):
    first, again = get(path), get(path)
    assert MEMORY.size
    assert not first.cookies and not again.cookies
    assert dict(again.headers) == dict(first.headers)
    assert "csrf" not in again.content.decode()


@pytest.mark.parametrize(
    "path", ["/masuk/", "/verifikasi/", "/sehat/", "/.well-known/checkpoint", "/bahasa/en/", "/tidak-ada/"]
)
def test_forms_refusals_and_what_has_its_own_time_are_not_kept(path, partner):
    get(path)
    assert MEMORY.size == 0


def test_a_file_that_streams_is_not_kept(partner):
    assert b"".join(get("/desa/daftar.csv").streaming_content)
    assert MEMORY.size == 0


def test_another_host_name_gets_its_own_and_a_foreign_one_nothing(partner, settings):
    settings.ALLOWED_HOSTS = ["testserver", "desa.example"]
    assert "testserver/mitra/" in text("/mitra/")
    assert "desa.example/mitra/" in text("/mitra/", host="desa.example")
    assert get("/mitra/", host="lain.example").status_code == 400


# On the wire -----------------------------------------------------------------------------------------------------------


def test_it_is_kept_compressed_and_plain_for_whoever_wants_it_so(partner):
    for _time in range(2):
        packed = get("/mitra/", **{"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert int(packed["Content-Length"]) == len(packed.content)
        assert gzip.decompress(packed.content).decode() == text("/mitra/")


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(people, partner):
    for _time in range(2):
        mark = get("/mitra/")["ETag"]
        same = get("/mitra/", **{"if-none-match": mark})
        assert (same.status_code, same.content) == (304, b"")
    a_partner(people, name="CV Baru", prefix="baru.")
    assert get("/mitra/", **{"if-none-match": mark}).status_code == 200


def test_a_head_is_answered_from_it_without_a_body(partner, django_assert_num_queries):
    page = get("/mitra/")
    with django_assert_num_queries(1):
        head = Client().head("/mitra/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", page["ETag"])


# It is never more than there is room for ---------------------------------------------------------------------------------


def keys(*paths: str) -> list[memory.Key]:
    return [(*path.partition("?")[::2], "testserver", "id", False) for path in paths]


def test_of_one_path_only_so_many_questions_are_kept(partner):
    held = memory.Memory(queries=2)
    moment, asked = held.moment(), keys("/cari/?q=satu", "/cari/?q=dua", "/cari/?q=tiga", "/mitra/")
    for key in asked:
        held.keep(moment, key, memory.Kept(b"page", ()))
    assert [bool(held.find(moment, key)) for key in asked] == [True, True, False, True]


def test_a_long_question_is_not_kept(partner):
    assert get(f"/mitra/?q=tirta&x={'x' * memory.LONGEST}").status_code == 200
    assert MEMORY.size == 0


def test_what_was_asked_for_least_lately_goes_first_and_makes_room_on_its_path(partner):
    one = memory.Kept(b"x" * 1_000, ())
    held = memory.Memory(most=2 * one.size, queries=1)
    moment, (a, b, c, a_otherwise) = held.moment(), keys("/a/", "/b/", "/c/", "/b/?q=1")
    held.keep(moment, a, one)
    held.keep(moment, b, one)
    held.find(moment, a)
    held.keep(moment, c, one)
    assert [bool(held.find(moment, key)) for key in (a, b, c)] == [True, False, True]
    held.keep(moment, a_otherwise, one)
    assert held.find(moment, a_otherwise) and held.size == 2 * one.size
