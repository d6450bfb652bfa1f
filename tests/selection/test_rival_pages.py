"""The pages of a comparison: asked in public, written by a partner, laid side by side for the village, chosen by the head."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case
from bermitra.partnership.queries import said
from bermitra.selection import actions, terms
from bermitra.selection.criteria import statements
from bermitra.selection.models import Proposal, RivalCall
from tests.partnership.makers import a_partner
from tests.selection.makers import (
    ASKED,
    OPENED,
    RIVALS_OVER,
    TICKS,
    a_large_offer,
    a_rival_call,
    a_sealed_rival,
    an_offer,
    opened_rivals,
)
from tests.selection.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Isi scope."  # what the first partner wrote


def public(client, address):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert len(asked) <= 6, [each["sql"] for each in asked]
    return answer.status_code, answer.content.decode()


def read(client, name, code):
    with CaptureQueriesContext(connection) as asked:
        status, page = shown(client, name, code)
    return status, page, [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]


def test_the_asking_is_public_with_need_deadline_and_reason_and_without_the_first_offer(people, client):
    asked = a_rival_call(people)
    with clock.at(OPENED + timedelta(days=1)):
        status, page = public(client, f"/pembanding/{asked.code}/")
        _status, listed = public(client, "/pembanding/")
    assert status == 200
    for words in (
        "Air bersih Dusun Dhuwur",
        ASKED["asks"],
        ASKED["reason"],
        "9 Maret 2026 pukul 23.59 WIB",
        "jam Bermitra",
        "Yang dipegang desa",
        said(statements()[TICKS[0]].text),  # ticked by a head who has read the first offer: its rivals know it as well
    ):
        assert words in page, words
    first = Proposal.objects.get()
    for hidden in (SECRET, first.partner.name, first.title, "412.100.000", asked.case.code):
        assert hidden not in page and hidden not in listed, hidden
    assert "Tulis usulan pembanding" in page
    assert "Masih terbuka" in listed and "Air bersih Dusun Dhuwur" in listed
    assert client.get(f"/kemitraan/{asked.case.code}/").status_code == 404


def test_after_the_deadline_the_public_page_takes_nothing_more(people, client):
    asked = a_rival_call(people)
    with clock.at(RIVALS_OVER):
        page = public(client, f"/pembanding/{asked.code}/")[1]
    assert "Ditutup, belum dibuka" in page and "Tulis usulan pembanding" not in page
    closed = page.split("tidak menerima usulan lagi")[1]
    assert 'href="/pembanding/"' in closed and f'href="/desa/{asked.case.village_id}/"' in closed
    assert client.get("/pembanding/ZZZZ000000/").status_code == 404


def test_the_result_is_public_with_its_reason_and_says_when_nobody_else_offered(people, client):
    asked = a_rival_call(people)
    opened_rivals(people, asked)
    with clock.at(RIVALS_OVER):
        assert "Tidak ada mitra lain yang mengusulkan." in public(client, f"/pembanding/{asked.code}/")[1]
        case = Case.objects.select_related("village", "partner").get()
        actions.close_comparison(
            by=people.by("kades"), case=case, chosen=Proposal.objects.get(), reason="Satu-satunya usulan, dan cocok."
        )
        page = public(client, f"/pembanding/{asked.code}/")[1]
    for words in ("Satu-satunya usulan, dan cocok.", "Diajukan ke Musyawarah Desa", "Tidak ada mitra lain", case.code):
        assert words in page, words
    assert f"/pembanding/{asked.code}/" in client.get(f"/kemitraan/{case.code}/").content.decode()


def test_an_offer_taken_back_after_the_opening_stays_on_the_public_page_with_its_day(people, client):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    opened_rivals(people, asked)
    address = f"/pembanding/{asked.code}/"
    with clock.at(RIVALS_OVER):
        actions.withdraw_proposal(by=people.by("pesaing"), proposal=Proposal.objects.get(pk=rival.pk))
        page = public(client, address)[1]
        assert "Satu usulan mundur sesudah dibuka." in page
        assert "Tidak ada mitra lain" not in page and rival.partner.name not in page
        room = shown(signed_in(people, "kades"), "page.rivals", asked.case.code)[1]
        assert "Usulan pembanding. Mundur sesudah dibuka, 10 Maret 2026" in room
        case = Case.objects.select_related("village", "partner").get()
        first = Proposal.objects.get(rival_of=None)
        actions.close_comparison(by=people.by("kades"), case=case, chosen=first, reason="Tinggal satu, dan cocok.")
        page = public(client, address)[1]
    assert "Tidak ada mitra lain" not in page
    for words in (rival.partner.name, "Mundur sesudah dibuka", "10 Maret 2026", "Diajukan ke Musyawarah Desa"):
        assert words in page, words


def test_a_partner_finds_the_asking_writes_and_seals_on_pages(people):
    asked = a_rival_call(people)
    a_partner(people, name="Mitra pesaing", username="pesaing")
    with clock.at(OPENED + timedelta(days=1)):
        client = signed_in(people, "pesaing")
        assert f"/pembanding/{asked.code}/" in shown(client, "page.proposals")[1]
        assert "9 Maret 2026" in shown(client, "selection.draft_rival", asked.code)[1]
        begun = send(client, "selection.draft_rival", asked.code, title="Usulan kami", forms=["offtake"])
        own = Proposal.objects.get(rival_of=asked)
        assert begun.status_code == 302
        names = list(terms.EIGHT)
        send(client, "selection.write_unsolicited", own.code, **dict.fromkeys(names[:4], "Isi rahasia."))
        send(client, "selection.write_unsolicited_terms", own.code, **dict.fromkeys(names[4:], "Isi rahasia."))
        money = {"cash": "380.000.000", "in_kind": "", "term_years": "2", "households_reached": "40"}
        send(client, "selection.write_unsolicited_money", own.code, **money, gifts_to_persons="0")
        send(client, "selection.tick_unsolicited", own.code, ticks=TICKS)
        refused = send(client, "selection.submit_rival", own.code)
        assert refused.status_code == 409 and "SL-48" in refused.content.decode()
        answers = {"uses_asset": "no", "exclusive": "no"}
        send(client, "selection.write_unsolicited_money", own.code, **money, gifts_to_persons="0", **answers)
        assert send(client, "selection.submit_rival", own.code).status_code == 302
        page = shown(client, "page.proposal", own.code)[1]
        assert "Isinya belum dapat dibaca siapa pun." in page and "Tarik usulan" in page
        assert shown(client, "selection.draft_rival", asked.code)[0] == 302  # back to the own one
        head = signed_in(people, "kades")
        waiting = shown(head, "page.rivals", asked.case.code)[1]
        assert "1 usulan pembanding tersegel." in waiting and "Isi rahasia." not in waiting


def test_the_village_reads_all_offers_side_by_side_and_the_head_chooses(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    code = asked.case.code
    with clock.at(RIVALS_OVER):
        chair, head = signed_in(people, "bpd"), signed_in(people, "kades")
        assert "SL-14" in send(chair, "selection.open_rivals", code, minutes_number="", witnesses="").content.decode()
        assert send(chair, "selection.open_rivals", code, minutes_number="BA-7", witnesses="Karsono").status_code == 302
        status, page, statements = read(head, "page.rivals", code)
        assert status == 200
        assert len(statements) <= 12, statements
        for words in (
            SECRET,
            "scope dari pesaing.",
            "412.100.000",
            "380.000.000",
            "Usulan pertama",
            "100",
            "Uji tuntas",
        ):
            assert words in page, words
        assert "Tidak ada mitra lain" not in page
        assert "Pilih usulan untuk Musyawarah Desa" in page and "Buka usulan dengan" not in page
        refused = send(
            head, "selection.close_comparison", code, chosen=rival.code, reason="Lebih kuat.", interest="yes"
        )
        assert "SL-47" in refused.content.decode()
        done = send(head, "selection.close_comparison", code, chosen=rival.code, reason="Lebih kuat.", interest="no")
        assert done.status_code == 302
        page = shown(head, "page.rivals", code)[1]
        assert "Lebih kuat." in page and "Terkirim" not in page
        assert page.index("Diajukan ke Musyawarah Desa") < page.index("Judul usulan")
    first = signed_in(people, "mitra")
    own = Proposal.objects.get(rival_of=None)
    assert "Lebih kuat." in shown(first, "page.proposal", own.code)[1]
    assert shown(first, "page.proposal", rival.code)[0] == 404
    assert shown(signed_in(people, "operator"), "page.rivals", code)[0] == 403


def test_the_room_leads_from_the_unmet_rule_to_asking_and_from_there_to_the_comparison(people):
    case = a_large_offer(people)
    head = signed_in(people, "kades")
    status, page, statements = read(head, "page.case", case.code)
    assert status == 200 and "SL-26" in page and "Minta usulan pembanding" in page
    assert len(statements) <= 18, statements  # what the due diligence of the partner asks is half of them
    with clock.at(OPENED):
        asked = send(
            head, "selection.call_for_rivals", case.code, asks=ASKED["asks"], reason=ASKED["reason"], ticks=TICKS
        )
        assert asked.status_code == 302
    page = shown(head, "page.case", case.code)[1]
    assert "Perbandingan usulan mitra" in page and "Buka usulan pembanding" in page
    assert "Pilih usulan untuk Musyawarah Desa" not in page
    assert RivalCall.objects.get().asks == ASKED["asks"]


def test_both_sides_read_until_which_day_the_village_answers_and_how_late_it_is(people):
    with clock.at(OPENED):
        case = an_offer(people)
        own = Proposal.objects.get()
        partner, head = signed_in(people, "mitra"), signed_in(people, "kades")
        assert "Desa menjawab paling lambat 16 Maret 2026." in shown(partner, "page.proposal", own.code)[1]
        assert "16 Maret 2026" in shown(head, "page.case", case.code)[1]
    with clock.at(OPENED + timedelta(days=17)):
        assert "Terlambat 3 hari" in shown(signed_in(people, "mitra"), "page.proposal", own.code)[1]
        assert "terlambat 3 hari" in shown(signed_in(people, "kades"), "page.case", case.code)[1]
        actions.return_unsolicited(by=people.by("kades"), case=case, reason="Tambahkan rumus harga.")
        assert (
            "Perbaiki paling lambat 18 April 2026." in shown(signed_in(people, "mitra"), "page.proposal", own.code)[1]
        )


def test_the_page_of_the_village_counts_late_answers_once_the_case_is_public(people, client):
    with clock.at(OPENED):
        case = an_offer(people)
        assert "Usulan mitra yang dijawab" not in client.get(f"/desa/{case.village_id}/").content.decode()
    with clock.at(OPENED + timedelta(days=17)):
        actions.decline_unsolicited(by=people.by("kades"), case=case, reason="Belum perlu.")
    page = public(client, f"/desa/{case.village_id}/")[1]
    assert "Usulan mitra yang dijawab" in page and "satu dijawab terlambat" in page
