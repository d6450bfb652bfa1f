"""The pages of a selection, as a village, a partner, a panel and strangers meet them."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from PIL import Image

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case, TermSheet
from bermitra.selection import actions, terms
from bermitra.selection.models import Call, Objection, Proposal, ProposalVersion, Question, Reading, Score
from bermitra.selection.urls import CONTENTS, PREPARED, PROPOSAL_STEPS, STEPS
from bermitra.selection.views import room
from tests.partnership.makers import a_partner, a_prepared_case, a_tabled_sheet, agreed_by_meeting, an_office
from tests.people import PASSWORD, People
from tests.selection.makers import (
    AFTER,
    OPENED,
    REASON,
    TICKS,
    a_call,
    a_candidate,
    a_checking_call,
    a_closed_call,
    a_forwarded_case,
    a_scoring_call,
    a_sealed_proposal,
    an_offer,
    an_open_call,
    scored,
)

pytestmark = pytest.mark.django_db


def a_picture(colour: str = "#0b5d3b") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return drawn.getvalue()


def signed_in(people: People, who: str) -> Client:
    """A browser in which the password was just asked for once more."""
    person = people.by(who).person
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/masuk/", {"login": who, "password": PASSWORD})
    client.post("/masuk/lagi/", {"password": PASSWORD})
    return client


def send(client: Client, name: str, code: str = "", **given):
    return client.post(reverse(name, args=[code] if code else []), {"_key": uuid4().hex, **given})


def shown(client: Client, name: str, *args) -> tuple[int, str]:
    answer = client.get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


# The village ----------------------------------------------------------------------------------------------------------
def test_a_call_is_written_on_its_pages_and_announced(people):
    with clock.at(OPENED):
        case = a_prepared_case(people)
        client, code = signed_in(people, "sekdes"), case.code
        sent = send(
            client, "selection.draft_call", code, title="Mitra lereng", number="140/027", goals="Panen naik.",
            village_vision="Petani menghitung sendiri.", seeks="pendampingan\nuji tanah", offers="petak contoh",
        )  # fmt: skip
        assert sent["Location"].endswith(f"/kemitraan/{code}/seleksi/")
        send(client, "selection.write_kak", code, **dict.fromkeys(terms.WORK, "Isi."))
        assert "Belum diisi" in shown(client, "page.selection", code)[1]
        send(client, "selection.write_kak_terms", code, **dict.fromkeys(terms.TERMS, "Isi."))
        weights = {"need_fit": 25, "public_benefit": 15, "capability": 20, "finance": 5, "environment_social": 5,
                   "participation_plan": 10, "continuity": 20}  # fmt: skip
        send(client, "selection.set_criteria", code, **weights)
        assert send(client, "selection.tick_vision", code, ticks=TICKS[:4]).status_code == 422
        send(client, "selection.tick_vision", code, ticks=TICKS)
        bad = send(client, "selection.plan_announcement", code, day="31/02/2026", hour="24.00", channels="notice_board")
        assert bad.status_code == 422
        assert "31 Februari" in bad.content.decode()
        send(
            client, "selection.plan_announcement", code, day="23 Maret 2026", hour="15.00",
            channels=["notice_board", "public_page"], threshold_total="65", threshold_each="40",
        )  # fmt: skip
        head = signed_in(people, "kades")
        for username in ("guru", "kwt"):
            an_office(people, username, username.title(), roles.RESIDENT)
        for person, seat, scores in (
            (people.lksd, "coop_unit", "no"), (people.guru, "resident", "yes"), (people.kwt, "resident", "yes"),
            (people.anggota_bpd, "bpd", "yes"),
        ):  # fmt: skip
            assert (
                send(
                    head,
                    "selection.appoint_panel",
                    code,
                    person=person.code,
                    seat=seat,
                    scores=scores,
                    decree="05/2026",
                ).status_code
                == 302
            )
        assert (
            people.kades.full_name
            not in shown(head, "selection.appoint_panel", code)[1].split("<main")[1].split("Nama")[1]
        )
        call = Call.objects.get()
        assert (call.deadline.hour, call.kak["risks"]) == (8, "Isi.")
        assert shown(client, "selection.open_call", code)[0] == 403
        page = shown(head, "selection.open_call", code)[1]
        assert "SL-07" in page
        assert send(head, "selection.open_call", code).status_code == 302
    assert Case.objects.get().state == "call_open"


def test_an_incomplete_call_answers_409_with_every_rule(people):
    with clock.at(OPENED):
        call = a_call(people)
        actions.write_kak(by=people.by("sekdes"), call=call, sections={"risks": ""})
        actions.set_criteria(by=people.by("sekdes"), call=call, weights={"need_fit": 95})
        sent = send(signed_in(people, "kades"), "selection.open_call", call.case.code)
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "SL-01" in page
    assert "SL-05" in page
    assert Call.objects.get().state == "draft"


ON_CASE = [name for _at, name in (*PREPARED, *STEPS)] + [
    "page.selection", "page.comparison", "selection.draft_call", "selection.appoint_panel", "selection.release_panelist",
    "selection.reopen_call", "selection.extend_call",
]  # fmt: skip
ON_PROPOSAL = [name for _at, name in (*CONTENTS, *PROPOSAL_STEPS)] + [
    "page.proposal",
    "selection.attach_file",
    "selection.score",
]


@pytest.mark.parametrize("name", ON_CASE)
def test_a_foreign_office_finds_no_page_of_this_call(people, name):
    call = a_candidate(people)
    for who in ("kades.asing", "sekdes.asing"):
        assert shown(signed_in(people, who), name, call.case.code)[0] in (403, 404)


@pytest.mark.parametrize("name", ON_PROPOSAL)
def test_a_rival_finds_no_page_of_this_proposal(people, name):
    a_closed_call(people, "mitra", "saingan")
    own = Proposal.objects.order_by("pk").first()
    assert shown(signed_in(people, "saingan"), name, own.code)[0] in (403, 404)


@pytest.mark.parametrize(
    "name", ["page.proposal", "selection.read_proposal", "selection.score", "selection.disqualify"]
)
@pytest.mark.parametrize("who", ["kades", "sekdes", "bpd", "lksd", "anggota.bpd", "guru", "inspektorat", "camat"])
def test_a_sealed_proposal_has_no_page_for_anybody(people, who, name):
    call = a_closed_call(people)
    own = Proposal.objects.get()
    client = signed_in(people, who)
    status = client.get(reverse(name, args=[own.code])).status_code
    assert status in (302, 403, 404)  # 302: an officer of the regency pairs a telephone first
    if who in ("kades", "bpd", "lksd", "guru"):
        with clock.at(AFTER):
            page = shown(client, "page.selection", call.case.code)[1]
        assert "Isi offer dari mitra" not in page
        assert own.partner.name not in page
        assert "1 usulan tersegel" in page


# The partner ----------------------------------------------------------------------------------------------------------
def test_a_partner_writes_seals_and_reads_its_own(people):
    call = an_open_call(people)
    a_partner(people)
    with clock.at(OPENED + timedelta(days=1)):
        client = signed_in(people, "mitra")
        assert call.title in shown(client, "page.proposals")[1]
        offer = {"offer": "336 jam", "wants": "Data", "cash": "0", "in_kind": "180 juta", "term_years": "3",
                 "households_reached": "150", "gifts_to_persons": "0"}  # fmt: skip
        sent = send(client, "selection.draft_proposal", call.code, **{**offer, "term_years": "tiga"})
        assert sent.status_code == 422
        send(client, "selection.draft_proposal", call.code, **offer)
        own = Proposal.objects.get()
        send(client, "selection.write_proposal", own.code, **dict.fromkeys(terms.ANSWERS, "Jawaban."))
        send(client, "selection.tick_proposal", own.code, ticks=TICKS)
        refused = send(client, "selection.submit_proposal", own.code)
        assert refused.status_code == 302
        page = shown(client, "page.proposal", own.code)[1]
    assert "180.000.000" in page
    assert "Tersegel" in page
    assert ProposalVersion.objects.get().content_hash[:4] in page


def test_a_proposal_with_gaps_answers_409(people):
    call = an_open_call(people)
    partner = a_partner(people)
    with clock.at(OPENED):
        own = actions.draft_proposal(by=people.by("mitra"), partner=partner, call=call, content={"offer": "x"})
        sent = send(signed_in(people, "mitra"), "selection.submit_proposal", own.code)
    assert sent.status_code == 409
    assert "SL-13" in sent.content.decode()


def test_a_file_is_attached_and_given_out_only_to_its_partner_while_sealed(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    with clock.at(OPENED + timedelta(days=1)):
        client = signed_in(people, "mitra")
        sent = client.post(
            reverse("selection.attach_file", args=[own.code]),
            {"_key": "f", "title": "Profil", "file": SimpleUploadedFile("kebun.png", a_picture(), "image/png")},
        )
        assert sent.status_code == 302, sent.content.decode()
        laid = own.files.get()
        got = client.get(reverse("page.proposal_file", args=[own.code, laid.pk]))
        assert got.content.startswith(b"\x89PNG")
        assert got["Content-Disposition"].startswith("attachment")
        for who in ("sekdes", "lksd", "kades"):
            assert shown(signed_in(people, who), "page.proposal_file", own.code, laid.pk)[0] in (403, 404)


def test_what_the_panel_asked_for_is_brought_as_a_file_beside_what_was_sealed(people):
    call = a_checking_call(people)
    own = Proposal.objects.get()
    with clock.at(AFTER):
        actions.declare_interest(by=people.by("guru"), call=call, interest=False)
        actions.read_proposal(by=people.by("guru"), proposal=own)
        actions.request_documents(by=people.by("lksd"), proposal=own, missing="Akta pendirian.")
        before = own.versions.get()
        partner, guru = signed_in(people, "mitra"), signed_in(people, "guru")
        assert 'type="file"' in shown(partner, "selection.complete_documents", own.code)[1]
        akta = SimpleUploadedFile("akta.png", a_picture(), "image/png")
        sent = send(partner, "selection.complete_documents", own.code, note="Akta terlampir.", file=akta)
        assert sent.status_code == 302, sent.content.decode()
        laid = own.files.get()
        assert laid.brought_at == AFTER
        at = reverse("page.proposal_file", args=[own.code, laid.pk])
        assert guru.get(at).content.startswith(b"\x89PNG")
        page = shown(guru, "page.proposal", own.code)[1]
        assert at in page and "Belum terkirim" not in page
        assert shown(signed_in(people, "kades"), "page.proposal_file", own.code, laid.pk)[0] in (403, 404)
    assert [(each.content, each.content_hash) for each in own.versions.all()] == [(before.content, before.content_hash)]


def attach(client: Client, own: Proposal, title: str, colour: str) -> str:
    """Lay a file beside the proposal; its address."""
    typed = {
        "_key": uuid4().hex,
        "title": title,
        "file": SimpleUploadedFile("kebun.png", a_picture(colour), "image/png"),
    }
    assert client.post(reverse("selection.attach_file", args=[own.code]), typed).status_code == 302
    laid = own.files.select_related("file").get(title=title)
    return reverse("page.proposal_file", args=[own.code, laid.pk])


def test_the_panel_reads_exactly_the_files_that_were_sealed(people):
    call = an_open_call(people)
    own = a_sealed_proposal(people, call)
    with clock.at(OPENED + timedelta(days=1)):
        client = signed_in(people, "mitra")
        sealed = attach(client, own, "Profil", "#0b5d3b")
        assert "Belum terkirim" in shown(client, "page.proposal", own.code)[1]
        send(client, "selection.submit_proposal", own.code)
        assert "Belum terkirim" not in shown(client, "page.proposal", own.code)[1]
        later = attach(client, own, "Susulan", "#802010")
        assert "Belum terkirim" in shown(client, "page.proposal", own.code)[1]
        attach(client, own, "Profil baru", "#0b5d3b")  # the same file under another title
    with clock.at(AFTER):
        actions.close_due_calls()
        call.refresh_from_db()
        actions.start_selection(by=people.by("lksd"), call=call, minutes_number="BA-01", witnesses=["Karsono", "Endah"])
        actions.declare_interest(by=people.by("guru"), call=call, interest=False)
        actions.read_proposal(by=people.by("guru"), proposal=Proposal.objects.get(pk=own.pk))
        reader = signed_in(people, "guru")
        page = shown(reader, "page.proposal", own.code)[1]
        assert (">Profil</a>" in page, "Profil baru" in page, "Susulan" in page) == (True, False, False)
        assert reader.get(sealed).content.startswith(b"\x89PNG")
        assert reader.get(later).status_code == 404
        assert signed_in(people, "mitra").get(later).status_code == 200


def test_a_partners_own_offer_is_written_and_sent(people):
    a_partner(people)
    client = signed_in(people, "mitra")
    unknown = send(
        client,
        "selection.draft_unsolicited",
        village="33.04.19.2999",
        title="x",
        field="pemberdayaan_masyarakat",
        forms="pkm",
    )
    assert unknown.status_code == 422
    send(
        client,
        "selection.draft_unsolicited",
        village="3304192001",
        title="Riset tanah",
        field="pemberdayaan_masyarakat",
        forms="pkm",
    )
    own = Proposal.objects.get()
    names = list(terms.EIGHT)
    send(client, "selection.write_unsolicited", own.code, **dict.fromkeys(names[:4], "Isi."))
    refused = send(client, "selection.submit_unsolicited", own.code)
    assert refused.status_code == 409
    assert "SL-27" in refused.content.decode()
    send(client, "selection.write_unsolicited_terms", own.code, **dict.fromkeys(names[4:], "Isi."))
    send(
        client,
        "selection.write_unsolicited_money",
        own.code,
        cash="0",
        in_kind="",
        term_years="2",
        households_reached="40",
        gifts_to_persons="0",
        uses_asset="no",
        exclusive="no",
    )
    send(client, "selection.tick_unsolicited", own.code, ticks=TICKS)
    assert send(client, "selection.submit_unsolicited", own.code).status_code == 302
    case = Case.objects.get()
    assert case.state == "proposal_received"
    office = signed_in(people, "sekdes")
    assert send(office, "selection.receive_unsolicited", case.code).status_code == 302
    head = signed_in(people, "kades")
    assert "PS-05" in shown(head, "selection.accept_for_musyawarah", case.code)[1]
    assert send(head, "selection.return_unsolicited", case.code, reason="Tambahkan jadwal.").status_code == 302
    assert "Tambahkan jadwal." in shown(client, "page.proposal", own.code)[1]
    assert send(client, "selection.resubmit_unsolicited", case.code).status_code == 302
    assert send(head, "selection.decline_unsolicited", case.code, reason="Belum perlu.").status_code == 302


# The panel ------------------------------------------------------------------------------------------------------------
def test_opening_declaring_reading_and_scoring_on_pages(people):
    call = a_closed_call(people)
    code, own = call.case.code, Proposal.objects.get()
    with clock.at(AFTER):
        lead, guru = signed_in(people, "lksd"), signed_in(people, "guru")
        refused = send(lead, "selection.start_selection", code, minutes_number="", witnesses="")
        assert "SL-14" in refused.content.decode()
        send(lead, "selection.start_selection", code, minutes_number="BA-2", witnesses="Karsono\nPaijo")
        assert "memilih Baca usulan" in shown(guru, "page.proposal", own.code)[1]
        assert "SL-11" in send(guru, "selection.read_proposal", own.code).content.decode()
        send(guru, "selection.declare_interest", code, interest="no", what="")
        send(guru, "selection.read_proposal", own.code)
        page = shown(guru, "page.proposal", own.code)[1]
        assert "Isi offer dari mitra" in page
        assert Reading.objects.get().person == people.guru
        assert "Sumiati" in shown(signed_in(people, "mitra"), "page.proposal", own.code)[1]
        assert "SL-11" in send(lead, "selection.request_documents", own.code, missing="NPWP").content.decode()
        send(lead, "selection.declare_interest", code, interest="no", what="")
        send(lead, "selection.request_documents", own.code, missing="NPWP")
        send(signed_in(people, "mitra"), "selection.complete_documents", own.code, note="Sudah.")
        send(lead, "selection.complete_admin_check", code)
        codes = list(call.criteria.order_by("position").values_list("code", flat=True))
        given = {f"level_{c}": "3" for c in codes} | {f"reason_{c}": REASON for c in codes}
        assert send(guru, "selection.score", own.code, **{**given, "level_finance": "9"}).status_code == 422
        short = send(guru, "selection.score", own.code, **{**given, "reason_finance": "bagus."})
        assert "SL-16" in short.content.decode()
        assert send(guru, "selection.score", own.code, **given).status_code == 302
        assert Score.objects.count() == 7
        assert "SL-17" in send(guru, "selection.reveal_scores", code).content.decode()
        assert shown(guru, "page.comparison", code)[0] == 404


def test_result_comparison_objection_and_the_meeting_on_pages(people):
    call = a_candidate(people, "mitra", "saingan")
    code, own = call.case.code, Proposal.objects.get(state="proposed")
    with clock.at(AFTER + timedelta(days=3)):
        office = signed_in(people, "sekdes")
        page = shown(office, "page.comparison", code)[1]
        assert "100,00" in page
        assert "75,00" in page
        assert "Nilai dibuka 26 Maret 2026, pukul 09.00 WIB. Hasil diumumkan 26 Maret 2026." in page
        assert REASON in page
        assert "Sumiati" not in page
        rival = signed_in(people, "saingan")
        assert send(rival, "selection.file_objection", call.code, text="Mengapa nomor dua?").status_code == 302
        objection = Objection.objects.get()
        bpd = signed_in(people, "bpd")
        assert "SL-22" in shown(bpd, "selection.forward_to_musyawarah", code)[1]
        assert send(bpd, "selection.dismiss_objection", objection.code, answer="").status_code == 409
        assert (
            send(bpd, "selection.dismiss_objection", objection.code, answer="Nilai Anda lebih rendah.").status_code
            == 302
        )
        assert send(signed_in(people, "mitra"), "selection.accept_candidacy", own.code).status_code == 302
    with clock.at(AFTER + timedelta(days=30)):
        assert send(bpd, "selection.forward_to_musyawarah", code).status_code == 302
        case = Case.objects.select_related("village", "partner").get()
        a_tabled_sheet(people, case)
        assert "SL-32" in send(bpd, "selection.record_consent", code).content.decode()
        agreed_by_meeting(TermSheet.objects.get())
        assert send(bpd, "selection.record_consent", code).status_code == 302
    assert Case.objects.get().state == "drafting"


def test_a_refusal_of_the_meeting_is_recorded_on_its_page(people):
    from tests.partnership.makers import decided

    case = a_forwarded_case(people)
    decided(TermSheet.objects.get().code, "x", agreed=False)
    assert send(signed_in(people, "bpd"), "selection.record_refusal", case.code).status_code == 302
    assert Case.objects.get().state == "rejected_by_musyawarah"


def test_the_public_asks_and_everybody_reads_the_answer(people):
    call = an_open_call(people)
    with clock.at(OPENED + timedelta(days=1)):
        assert send(Client(), "selection.ask_question", call.code, text="Apakah uji tanah wajib?").status_code == 302
        asked = Question.objects.get()
        assert asked.by == "public"
        send(signed_in(people, "sekdes"), "selection.answer_question", asked.code, text="Ya, enam puluh titik.")
        assert "enam puluh titik" in shown(Client(), "selection.ask_question", call.code)[1]
    assert Client().get(reverse("selection.ask_question", args=["TAKADA1234"])).status_code == 404


def test_the_page_of_questions_hides_what_the_page_of_the_call_hides(people):
    call = an_open_call(people)
    with clock.at(OPENED):
        send(Client(), "selection.ask_question", call.code, text="Boleh hubungi saya di 0812-3456-7890?")
        asked = Question.objects.get()
        send(signed_in(people, "sekdes"), "selection.answer_question", asked.code, text="Telepon +62 813 9876 5432.")
        for page in ("selection.ask_question", "page.call"):
            text = shown(Client(), page, call.code)[1]
            assert "Boleh hubungi saya di [nomor disembunyikan]?" in text, page
            assert "3456" not in text, page
            assert "9876" not in text, page


def test_questions_of_one_address_are_bounded(people, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask": "2/h/ip"}
    call = an_open_call(people)
    with clock.at(OPENED):
        sent = [send(Client(), "selection.ask_question", call.code, text=f"Soal {n}?").status_code for n in range(3)]
    assert (sent, Question.objects.count()) == ([302, 302, 429], 2)


def test_the_deadline_is_seen_to_when_somebody_looks(people):
    call = an_open_call(people)
    a_sealed_proposal(people, call)
    with clock.at(AFTER):
        page = shown(signed_in(people, "kades"), "page.selection", call.case.code)[1]
    assert "Ditutup, menunggu pembukaan" in page
    assert Case.objects.get().state == "offers_received"


@pytest.mark.parametrize(
    ("make", "who", "name"),
    [
        (a_call, "sekdes", "page.selection"),
        (an_open_call, "kades", "page.selection"),
        (lambda p: a_checking_call(p, "mitra", "saingan"), "lksd", "page.selection"),
        (lambda p: a_scoring_call(p, "mitra", "saingan"), "guru", "page.selection"),
        (lambda p: a_candidate(p, "mitra", "saingan"), "bpd", "page.selection"),
        (lambda p: a_candidate(p, "mitra", "saingan"), "kades", "page.comparison"),
        (an_open_call, "kades", "selection.cancel_call"),
        (a_call, "kades", "selection.open_call"),
    ],
)
def test_pages_stay_within_their_statements(people, django_assert_max_num_queries, make, who, name):
    call = make(people)
    client = signed_in(people, who)
    with clock.at(AFTER if call.state not in ("draft", "open") else OPENED):
        client.get("/kerja/")
        with django_assert_max_num_queries(LIMIT[name]):
            assert shown(client, name, call.case.code)[0] == 200


LIMIT = dict.fromkeys(("page.comparison", "selection.cancel_call", "selection.open_call", "page.selection"), 12)


def test_offers_stay_within_their_statements(people, django_assert_max_num_queries):
    case = an_offer(people)
    own = Proposal.objects.get()
    client, office = signed_in(people, "mitra"), signed_in(people, "kades")
    pages = (
        (client, "page.proposals", ""),
        (client, "page.proposal", own.code),
        (office, "selection.accept_for_musyawarah", case.code),
    )
    for each, name, code in pages:
        with django_assert_max_num_queries(12):
            assert each.get(reverse(name, args=[code] if code else [])).status_code == 200, name


def test_a_room_with_many_proposals_is_read_page_by_page(people, monkeypatch):
    call = a_checking_call(people, "mitra", "mitra2", "mitra3")
    names = list(Proposal.objects.filter(call=call).order_by("sealed_at", "pk").values_list("partner__name", flat=True))
    monkeypatch.setattr(room, "PAGE", 2)
    client, address = signed_in(people, "lksd"), reverse("page.selection", args=[call.case.code])
    first = client.get(address).content.decode()
    onward = re.search(r"\?setelah=(\w+)#usulan", first)
    assert onward is not None and [name in first for name in names] == [True, True, False]
    rest = client.get(f"{address}?setelah={onward[1]}").content.decode()
    assert [name in rest for name in names] == [False, False, True]
    assert "?setelah=" not in rest


# What a seat opens and a part shuts -------------------------------------------------------------------------------------
def linked(people, who: str, name: str, code: str) -> set[str]:
    """The names of the addresses to which the page leads this person."""
    page, found = shown(signed_in(people, who), name, code)[1], set()
    for path in {urlsplit(each).path for each in re.findall(r'href="([^"]+)"', page)}:
        try:
            found.add(resolve(path).view_name)
        except Resolver404:  # a file
            continue
    return found


LEADS_ONLY = {"selection.propose_next", "selection.reopen_scoring", "selection.fail_call"}


def test_FD_04_the_room_offers_a_scorer_nothing_that_is_of_whoever_leads(people):
    call = a_candidate(people, "mitra", "saingan")
    with clock.at(AFTER + timedelta(days=3)):
        actions.decline_candidacy(
            by=people.by("mitra"), proposal=Proposal.objects.get(state="proposed"), reason="Belum siap."
        )
        assert linked(people, "lksd", "page.selection", call.case.code) >= LEADS_ONLY
        assert not linked(people, "guru", "page.selection", call.case.code) & LEADS_ONLY


def test_FD_04_of_levels_that_lie_apart_only_whoever_leads_is_shown_the_door(people):
    call = a_scoring_call(people)
    with clock.at(AFTER + timedelta(days=2)):
        for who, level in (("guru", 1), ("kwt", 3), ("anggota.bpd", 4)):
            scored(people, call, Proposal.objects.get(), level=level, who=(who,))
        actions.reveal_scores(by=people.by("lksd"), call=call)
        doors = {"selection.moderate_scores", "selection.propose_candidate"}
        assert linked(people, "lksd", "page.selection", call.case.code) >= doors
        assert not linked(people, "kwt", "page.selection", call.case.code) & doors


def test_FD_04_a_scorer_judges_by_levels_and_whoever_leads_gives_none(people):
    call = a_scoring_call(people)
    own = Proposal.objects.get(call=call)
    with clock.at(AFTER + timedelta(days=2)):
        for who in ("lksd", "guru"):
            actions.read_proposal(by=people.by(who), proposal=own)
        doors = {"selection.score", "selection.disqualify"}
        assert linked(people, "guru", "page.proposal", own.code) & doors == {"selection.score"}
        assert linked(people, "lksd", "page.proposal", own.code) & doors == {"selection.disqualify"}


def test_FD_04_a_scorer_is_not_offered_to_appoint_a_partner_directly(people):
    call = a_call(people)
    assert "selection.appoint_directly" in linked(people, "lksd", "page.selection", call.case.code)
    assert "selection.appoint_directly" not in linked(people, "guru", "page.selection", call.case.code)
