"""The pages of a direct appointment, as the unit for cooperation, the partner, the head and everybody else meet them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bermitra.agreements.letters import _how_chosen
from bermitra.foundation.commands import clock
from bermitra.selection import actions
from bermitra.selection.models import Call, Candidacy, DirectAppointment, Proposal
from tests.partnership.makers import a_partner
from tests.people import OURS
from tests.selection.makers import (
    DIRECT,
    OPENED,
    TICKS,
    a_call,
    a_direct_award,
    a_direct_candidate,
    an_open_call,
)
from tests.selection.test_pages import a_picture, send, shown, signed_in

pytestmark = pytest.mark.django_db
LATER = OPENED + timedelta(days=1)


def read(address: str, status: int = 200) -> str:
    with clock.at(LATER):
        answer = Client().get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def cells(address: str) -> list[list[str]]:
    with clock.at(LATER):
        answer = Client().get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


# Signed in ------------------------------------------------------------------------------------------------------------
def test_the_unit_says_it_has_no_interest_and_appoints_with_a_file(people):
    with clock.at(OPENED):
        call, partner = a_call(people), a_partner(people)
        client, code = signed_in(people, "lksd"), call.case.code
        room = shown(client, "page.selection", code)[1]
        assert reverse("selection.appoint_directly", args=[code]) in room
        text = shown(client, "selection.appoint_directly", code)[1]
        assert "Penilai itu mengisi pernyataan kepentingan untuk kemitraan ini." in text
        given = {"partner": partner.code, **DIRECT, "evidence": ""}
        assert send(client, "selection.appoint_directly", code, **{**given, "partner": "TIDAKADA00"}).status_code == 422
        refused = send(client, "selection.appoint_directly", code, **given)
        assert refused.status_code == 409
        assert "Jenis alasan harus terbukti" in refused.content.decode()
        send(client, "selection.declare_interest", code, interest="no", what="")
        proof = SimpleUploadedFile("surat.png", a_picture(), content_type="image/png")
        sent = send(client, "selection.appoint_directly", code, **given, file=proof)
        assert sent.status_code == 302
        made = DirectAppointment.objects.get()
        room = shown(client, "page.selection", code)[1]
        assert made.explanation in room
        assert "selection.reopen_scoring" not in room and "nilai-ulang" not in room
        address = reverse("page.direct_evidence", args=[made.code])
        assert address in room
        assert client.get(address)["Content-Disposition"].startswith("attachment")
        assert signed_in(people, "mitra").get(address).status_code == 200
        assert signed_in(people, "camat").get(address).status_code == 200
        assert signed_in(people, "kades.asing").get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_the_head_finds_no_such_door(people):
    with clock.at(OPENED):
        call = a_call(people)
        client = signed_in(people, "kades")
        assert "penunjukan-langsung" not in shown(client, "page.selection", call.case.code)[1]
        assert "penunjukan-langsung" not in shown(client, "page.case", call.case.code)[1]


def test_the_case_leads_the_unit_to_the_door_once_there_are_terms(people):
    with clock.at(OPENED):
        call = a_call(people)
        text = shown(signed_in(people, "lksd"), "page.case", call.case.code)[1]
        assert reverse("selection.appoint_directly", args=[call.case.code]) in text


def test_the_partner_reads_why_and_answers_with_what_it_stands_by(people):
    call = a_direct_candidate(people)
    with clock.at(LATER):
        client, own = signed_in(people, "mitra"), Proposal.objects.get()
        text = shown(client, "page.proposal", own.code)[1]
        assert DIRECT["explanation"] in text
        assert f'href="/panggilan/{call.code}/"' in text
        form = shown(client, "selection.accept_candidacy", own.code)[1]
        assert 'name="ticks"' in form
        assert send(client, "selection.accept_candidacy", own.code).status_code == 422
        assert send(client, "selection.accept_candidacy", own.code, ticks=TICKS).status_code == 302
        own.refresh_from_db()
        assert own.state == "accepted"
        assert "Kesamaan visi 100 dari 100." in shown(signed_in(people, "anggota.bpd"), "page.proposal", own.code)[1]


def test_officials_read_the_appointment_without_opening_anything(people):
    a_direct_candidate(people)
    with clock.at(LATER):
        text = shown(signed_in(people, "anggota.bpd"), "page.proposal", Proposal.objects.get().code)[1]
        assert DIRECT["evidence"] in text
        assert "Baca usulan" not in text


def test_the_room_and_the_page_of_a_proposal_stay_within_their_statements(people, django_assert_max_num_queries):
    call = a_direct_candidate(people)
    with clock.at(LATER):
        for who, name, code in (
            ("lksd", "page.selection", call.case.code),
            ("mitra", "page.proposal", Proposal.objects.get().code),
        ):
            client = signed_in(people, who)
            client.get(reverse(name, args=[code]))
            with django_assert_max_num_queries(12):
                client.get(reverse(name, args=[code]))


# For everybody --------------------------------------------------------------------------------------------------------
def test_the_page_of_the_call_says_plainly_that_it_is_a_direct_appointment(people, django_assert_max_num_queries):
    call = a_direct_candidate(people, split_because="Dusun kedua punya mata air sendiri.")
    with django_assert_max_num_queries(6):
        text = read(f"/panggilan/{call.code}/")
    assert "Penunjukan langsung: desa menunjuk satu mitra, tanpa mitra pesaing." in text
    assert "Hanya satu pihak yang mampu menyediakannya" in text
    assert DIRECT["explanation"] in text and DIRECT["evidence"] in text
    assert "Dusun kedua punya mata air sendiri." in text
    for asked_of_rivals in ("Cara menilai", "Jam yang menentukan", "Nilainya tampil di sini"):
        assert asked_of_rivals not in text
    assert "Penunjukan langsung" in read("/panggilan/?keadaan=ditutup")
    assert "/penunjukan-langsung/" in read("/panggilan/")


def test_what_was_appointed_before_stays_on_the_page(people):
    call = a_direct_candidate(people)
    with clock.at(LATER):
        actions.decline_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(), reason="Belum siap.")
    text = read(f"/panggilan/{call.code}/")
    assert "Belum siap." in text
    assert DIRECT["explanation"] in text
    assert "Ditarik" in text


def test_an_open_call_says_nothing_of_direct_appointments(people):
    call = an_open_call(people)
    assert "Penunjukan langsung" not in read(f"/panggilan/{call.code}/")


def test_the_list_counts_and_narrows_and_is_a_file(people, django_assert_max_num_queries):
    case = a_direct_award(people)
    made = DirectAppointment.objects.get()
    with django_assert_max_num_queries(6):
        text = read("/penunjukan-langsung/")
    assert "1 mitra ditunjuk desa tanpa mitra pesaing." in text
    assert "Dari 1 mitra yang terpilih, 1 lewat penunjukan langsung (100 persen)." in text
    for narrowed in ("?di=33.04", f"?di={OURS}", "?jenis=only_provider", "?di=33&jenis=only_provider"):
        assert made.proposal.partner.name in read(f"/penunjukan-langsung/{narrowed}")
    for none in ("?di=51", "?jenis=emergency", "?di=51.08&menurut=mitra"):
        assert made.proposal.partner.name not in read(f"/penunjukan-langsung/{none}")
    read("/penunjukan-langsung/?di=99", 404)
    head, row = cells("/penunjukan-langsung/daftar.csv")
    assert (row[0], row[2], row[6], row[8]) == (
        made.code, "Pandanarum", made.proposal.partner.name, "Hanya satu pihak yang mampu menyediakannya",
    )  # fmt: skip
    assert row[head.index("Penjelasan")] == DIRECT["explanation"]
    assert cells("/penunjukan-langsung/daftar.csv?di=51") == [head]
    with clock.at(LATER):
        book = b"".join(Client().get("/penunjukan-langsung/daftar.xlsx?menurut=mitra").streaming_content)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert lines[1] == [made.proposal.partner.name, 1, 1, 1, 100]
    assert case.state == "drafting"


@pytest.mark.parametrize(
    ("tab", "named"), [("kabupaten", "Kabupaten Banjarnegara"), ("desa", "Pandanarum"), ("mitra", "Fakultas Pertanian")]
)
def test_it_is_counted_by_regency_by_village_and_by_partner(people, django_assert_max_num_queries, tab, named):
    a_direct_award(people)
    with django_assert_max_num_queries(6):
        text = read(f"/penunjukan-langsung/?menurut={tab}")
    assert named in text
    assert cells(f"/penunjukan-langsung/daftar.csv?menurut={tab}")[1][1:] == ["1", "1", "1", "100"]


def test_the_list_and_its_counts_go_on_page_by_page(people):
    call = a_direct_candidate(people)
    first = DirectAppointment.objects.get()
    partners = [a_partner(people, name=f"Balai {n:02}", username=f"balai{n:02}", verified=False) for n in range(24)]
    for n, partner in enumerate(partners, 1):
        proposal = Proposal.objects.create(
            partner=partner, call=call, state="withdrawn", created_at=OPENED, created_by="system"
        )
        DirectAppointment.objects.create(
            call=call, proposal=proposal, kind="emergency", explanation="Banjir.", at=OPENED + timedelta(minutes=n % 3),
            by="system",
        )  # fmt: skip
    seen = _walk("/penunjukan-langsung/")
    assert len(seen) == 2
    whole = " ".join(seen)
    for n in range(24):
        assert whole.count(f"Balai {n:02} ·") == 1
    assert whole.count(f"{first.proposal.partner.name} ·") == 1
    counted = " ".join(_walk("/penunjukan-langsung/?menurut=mitra"))
    for partner in partners:
        assert counted.count(f">{partner.name}<") == 1
    assert len(cells("/penunjukan-langsung/daftar.csv?menurut=mitra")) == 26


def _walk(address: str) -> list[str]:
    pages = [read(address)]
    while onward := re.search(r'href="(\?[^"]*setelah=[^"]*)"', pages[-1]):
        pages.append(read("/penunjukan-langsung/" + onward[1].replace("&amp;", "&")))
    return pages


def test_without_any_the_list_says_so(people):
    assert "Belum ada penunjukan langsung" in read("/penunjukan-langsung/")
    assert "Belum ada penunjukan langsung" in read("/penunjukan-langsung/?menurut=desa")


# The agreement --------------------------------------------------------------------------------------------------------
def test_the_agreement_says_that_its_partner_was_appointed_directly(people):
    a_direct_award(people)
    said = _how_chosen(Candidacy.objects.get())
    assert said == (
        "ditunjuk langsung sebagai calon mitra karena hanya pihak ini yang mampu menyediakannya, sebagaimana diumumkan "
        "pada tanggal 2 Maret 2026"
    )
    assert Call.objects.get().state == "awarded"


def test_house_partner_and_everybody_read_the_same_facts_of_an_appointment(people):
    call = a_direct_candidate(people)
    with clock.at(LATER):
        pages = [
            shown(signed_in(people, "lksd"), "page.selection", call.case.code)[1],
            shown(signed_in(people, "mitra"), "page.proposal", Proposal.objects.get().code)[1],
            shown(Client(), "page.call", call.code)[1],
        ]
    told = [
        each[: each.index("</dl>")]
        for page in pages
        for each in page.split('<dl class="facts">')
        if "Jenis alasan" in each
    ]
    assert len(told) == 3 and len(set(told)) == 1
    assert DIRECT["explanation"] in told[0] and DIRECT["evidence"] in told[0]
