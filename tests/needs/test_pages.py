"""The pages of needs, priorities and potentials as a browser without scripts sends them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.commands import clock
from bermitra.needs import queries
from bermitra.needs.models import Need, Potential, PriorityList
from tests.deliberation import makers as meetings
from tests.deliberation.test_pages import as_, send, to
from tests.needs import makers

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Tegalan longsor", "text": "Hilang satu meter.", "sector": "disaster_climate", "severity": "5",
    "hamlet": "Wetan", "location": "", "source": "rembuk dusun",
}  # fmt: skip


def test_a_need_is_recorded_counted_and_submitted_by_its_pages(people):
    client = as_("kadus")
    bad = send(client, to("needs.record"), **{**TYPED, "title": "", "severity": "9"})
    assert bad.status_code == 422
    unchosen = send(client, to("needs.record"), **{**TYPED, "sector": ""})
    assert "Bidang kebutuhan belum dipilih. Pilih satu bidang." in unchosen.content.decode()
    assert '<option value="" selected>Pilih bidang</option>' in client.get(to("needs.record")).content.decode()
    sent = send(client, to("needs.record"), **TYPED)
    need = Need.objects.get()
    assert sent["Location"] == to("page.need", need.code)
    page = client.get(sent["Location"]).content.decode()
    assert "ND-01" in page
    refused = send(client, to("needs.submit", need.code))
    assert refused.status_code == 409
    counts = {"male": "141", "female": "133", "households": "129", "poor_households": "34", "idm_indicator": "L03"}
    wrong = send(client, to("needs.count_beneficiaries", need.code), **{**counts, "male": "banyak"})
    assert wrong.status_code == 422
    assert "bukan jumlah orang" in wrong.content.decode()
    send(client, to("needs.count_beneficiaries", need.code), **counts)
    send(client, to("needs.revise", need.code), **{**TYPED, "title": "Tegalan longsor tiap hujan"})
    assert "Kebutuhan sudah lengkap. Ajukan sekarang." in client.get(to("page.need", need.code)).content.decode()
    assert send(client, to("needs.submit", need.code)).status_code == 302
    merging = client.get(to("needs.merge", need.code)).content.decode()
    assert "Ajukan kebutuhan lain dahulu, lalu gabungkan di sini." in merging
    need.refresh_from_db()
    assert (need.state, need.title, need.idm_indicator) == ("submitted", "Tegalan longsor tiap hujan", "L03")
    send(client, to("needs.withdraw", need.code), why="Tercatat dua kali.")
    assert "Tercatat dua kali." in client.get(to("page.need", need.code)).content.decode()


def test_a_list_goes_to_the_meeting_and_back_by_its_pages(people):
    needs = [makers.a_submitted_need(people, title=each) for each in ("Satu", "Dua")]
    client, chair = as_("operator"), as_("bpd")
    send(client, to("needs.draft_priorities"), title="Prioritas 2026", year="2026")
    listed = PriorityList.objects.get()
    page = to("page.priority_list", listed.code)
    assert "ND-09" in client.get(page).content.decode()
    for need in needs:
        send(client, to("needs.place", listed.code), need=need.code, rank="", reason="Mendesak.")
    send(client, to("needs.place", listed.code), need=needs[1].code, rank="1", reason="Paling banyak keluarga.")
    assert "Belum ada musyawarah" in client.get(to("needs.table", listed.code)).content.decode()
    meetings.with_invitees(people)
    meeting = meetings.a_planned_meeting(people)
    assert send(client, to("needs.table", listed.code), meeting="XXXXXXXXXX").status_code == 422
    assert send(client, to("needs.table", listed.code), meeting=meeting.code).status_code == 302
    assert meeting.topic in client.get(page).content.decode()
    early = send(chair, to("needs.prioritise", listed.code))
    assert early.status_code == 409
    assert "ND-02" in early.content.decode()
    send(client, to("needs.place", listed.code), need=needs[0].code, rank="1", reason="Menyangkut keselamatan.")
    assert "Bawa lagi" in client.get(page).content.decode()
    send(client, to("needs.table", listed.code), meeting=meeting.code)
    meetings.bind(people, meetings.invited(people, meeting))
    with clock.at(meetings.on(meetings.DAY.replace(month=4))):
        assert send(chair, to("needs.prioritise", listed.code)).status_code == 302
    assert list(Need.objects.order_by("rank").values_list("title", flat=True)) == ["Satu", "Dua"]
    assert send(as_("bpd"), to("needs.defer", needs[1].code), why="Dana.", next_year="2031").status_code == 302


def test_a_need_is_dropped_from_a_list(people):
    need = makers.a_submitted_need(people)
    listed = makers.a_drafted_list(people, need)
    send(as_("sekdes"), to("needs.drop", listed.code, need.code))
    assert not listed.rows.exists()
    assert as_("sekdes").get(to("needs.drop", listed.code, need.code)).status_code == 404


def test_a_potential_is_recorded_corrected_published_and_put_away(people):
    client = as_("sekdes")
    typed = {"title": "Kapulaga", "kind": "forest", "measure": "58 ha", "season": "Mei–Agustus", "owner": "Gapoktan",
             "limit": "", "culture_note": "Tidak ada."}  # fmt: skip
    assert send(client, to("needs.record_potential"), **{**typed, "measure": "luas"}).status_code == 422
    send(client, to("needs.record_potential"), **typed)
    potential = Potential.objects.get()
    page = client.get(to("page.potential", potential.code)).content.decode()
    assert "58 hektare" in page
    assert "PADIATAPA wajib" in page
    assert send(client, to("needs.publish_potential", potential.code)).status_code == 409
    send(client, to("needs.revise_potential", potential.code), **{**typed, "limit": "Lereng dijaga."})
    assert send(client, to("needs.publish_potential", potential.code)).status_code == 302
    assert send(client, to("needs.archive_potential", potential.code)).status_code == 302
    assert Potential.objects.get().state == "archived"


@pytest.mark.parametrize("who", ["dinas", "camat", "bendahara", "warga"])
def test_those_who_only_read_are_refused_every_act(people, who):
    need = makers.a_submitted_need(people)
    client = as_(who)
    session = client.session
    session["second_factor_seen"] = True
    session.save()
    assert client.get(to("page.need", need.code)).status_code == 200
    assert "Tindakan" not in client.get(to("page.need", need.code)).content.decode()
    for door in ("needs.submit", "needs.withdraw", "needs.defer"):
        assert client.post(to(door, need.code)).status_code == 403
    assert client.get(to("needs.record")).status_code == 403


def test_foreign_records_do_not_exist_and_the_public_signs_in(people):
    need = makers.a_submitted_need(people)
    listed = makers.a_drafted_list(people, need)
    potential = makers.a_published_potential(people)
    pages = (to("page.need", need.code), to("page.priority_list", listed.code), to("page.potential", potential.code))
    for path in (*pages, to("needs.withdraw", need.code), to("needs.place", listed.code)):
        assert as_("sekdes.asing").get(path).status_code == 404
        assert Client().get(path)["Location"].startswith("/masuk/")


def test_lists_and_records_ask_the_database_little(people):
    for number in range(6):
        makers.a_published_potential(people, title=f"Potensi {number}")
    listed = makers.priorities_set(people, *(makers.a_submitted_need(people, title=f"N{n}") for n in range(6)))
    client = as_("bpd")
    need = Need.objects.first()
    pages = [to(name) for name in ("page.needs", "page.priorities", "page.potentials")]
    for path in (*pages, to("page.need", need.code), to("page.priority_list", listed.code)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= 10, path


def test_a_verification_that_does_not_say_what_was_read_is_told_so(people):
    need = makers.a_submitted_need(people)
    address = to("needs.verify_figures", need.code)
    answer = as_("bpd").post(address, {"_key": "tanpa-sidik"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Sidik yang Anda baca (seen) belum terkirim. Buka lagi halaman ini, lalu kirim." in page
    assert queries.figures_hash(need) in page  # the button below the words works at once
