"""A regency's round from its draft to the cases that it opens: told by the pages as browsers send them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.uploads import read_workbook
from bermitra.matching.engine import certificate
from bermitra.matching.models import Introduction, Round, RoundOffer, RoundVillage
from bermitra.partnership.models import Case
from bermitra.selection.models import Proposal
from tests.access.browsers import Browsers
from tests.matching.rounds.makers import AFTER, CHOOSING, HEADS, LOCKED, OPENED, offers, six_villages
from tests.people import OURS, People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
POLICY = {
    "village_weight": "60", "partner_weight": "60", "vision_min": "30", "reserve_percent": "30", "tiers": ["0", "1"],
    "size": "20",
}  # fmt: skip
SEED = {
    "thrown": "4 2 6 1 3 5 5 2", "witness_one": "Karsono", "office_one": "Anggota BPD",
    "witness_two": "Haryanto", "office_two": "Camat",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def browser(person: Person | None) -> Client:
    return Browsers().of(Person.objects.get(pk=person.pk) if person else None)


def send(person: Person, page: str, /, *args: object, at: str = "", status: int = 302, **typed: object) -> str:
    """Fill in a page and send it; where it leads, or what stands on the page that came back."""
    answer = browser(person).post(reverse(page, args=args) + at, {**typed, "_key": uuid4().hex})
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer["Location"] if status == 302 else answer.content.decode()


def announce(people: People, code: str, *, status: int = 302, **typed: str) -> str:
    """The page of the meeting, which has a field by the name that ``send`` keeps for itself."""
    where = reverse("matching.announce_throw", args=[code])
    answer = browser(people.dinas).post(where, {"at": "09.00", **typed, "_key": uuid4().hex})
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def read(person: Person | None, page: str, /, *args: object, at: str = "") -> str:
    answer = browser(person).get(reverse(page, args=args) + at)
    assert answer.status_code == 200, page
    return answer.content.decode()


def the_round() -> Round:
    return Round.objects.select_related("regency", "certificate").get()


def work() -> None:
    call_command("worker", once=True, stdout=StringIO())


def test_a_round_runs_on_pages_from_its_draft_to_a_case(people):
    with clock.at(OPENED - timedelta(days=1)):
        six_villages(people)
        offers(people)
        code = the_office_drafts_it_in_three_topics_and_tries_it_out(people)
    with clock.at(OPENED):
        send(people.dinas, "matching.open_round", code)
        both_sides_answer_the_invitation(people, code)
    with clock.at(CHOOSING):
        send(people.dinas, "matching.close_invitations", code)
        assert 'http-equiv="refresh"' in read(people.dinas, "page.round_work", code)
        assert "Siapa pun boleh hadir" not in read(None, "page.round", code)
        work()
        assert "Selesai dihitung" in read(people.dinas, "page.round_work", code)
        both_sides_order_and_strike(people)
    with clock.at(LOCKED):
        the_list_is_hashed_before_the_throw_and_the_round_is_computed(people, code)
        send(people.dinas, "matching.publish_round", code)
        everybody_reads_the_result_and_computes_it_again(code)
        a_village_objects_and_is_answered(people, code)
    with clock.at(AFTER):
        send(people.dinas, "matching.open_responses", code)
        both_accept_and_a_case_begins(people, code)


def the_office_drafts_it_in_three_topics_and_tries_it_out(people: People) -> str:
    leads_to = send(
        people.dinas, "matching.draft_round", title="Putaran air dan pangan", programme="Air bersih.", why="Jatah bagi yang tertinggal."
    )  # fmt: skip
    of = the_round()
    assert leads_to.endswith(f"/kerja/putaran/{of.code}/perubahan/?bagian=jadwal")
    days = {"invite_until": "16 Maret 2026", "prefer_until": "30 Maret 2026"}
    wrong = send(people.dinas, "matching.revise_round", of.code, at="?bagian=jadwal", status=422,
                 invite_until="16/3/2026", prefer_until="15/3/2026")  # fmt: skip
    assert "Mundurkan tanggal ini." in wrong
    send(people.dinas, "matching.revise_round", of.code, at="?bagian=jadwal", **days)
    wrong = send(
        people.dinas, "matching.revise_round", of.code, at="?bagian=kebijakan", status=422, **{**POLICY, "tiers": []}
    )
    assert "Jatah belum punya golongan desa." in wrong
    send(people.dinas, "matching.revise_round", of.code, at="?bagian=kebijakan", **POLICY)
    assert "bagi desa Sangat Tertinggal, Tertinggal" in read(people.dinas, "page.round_room", of.code)
    listed = read(people.dinas, "page.round_villages", of.code)
    assert "6 desa: 6 memenuhi syarat dan akan diundang, 0 belum memenuhi syarat." in listed
    send(people.dinas, "matching.simulate_round", of.code)
    work()
    trial = read(people.dinas, "matching.simulate_round", of.code)
    assert "Percobaan, bukan hasil." in trial and "Tanpa jatah" in trial and "Sangat Tertinggal" in trial
    assert browser(None).get(reverse("page.round", args=[of.code])).status_code == 404  # a draft is nobody else's
    return of.code


def unbroken(page: str) -> str:
    """The words of a page without spaces: hashes are printed in fours."""
    return "".join(page.split())


def both_sides_answer_the_invitation(people: People, code: str) -> None:
    assert read(None, "page.rounds").count(code) == 1
    for village in RoundVillage.objects.filter(round__code=code):
        head = people.held[HEADS[village.village_id]]
        assert "Anda diundang." in read(head, "page.round_village", village.code)
        send(head, "matching.join_round", village.code)
    for offer in RoundOffer.objects.filter(round__code=code).select_related("offer"):
        rep = people.held[f"mitra{offer.offer.title[-1]}"]
        if offer.offer.title == "Tawaran 5":
            assert "Isian ini belum diisi." in send(rep, "matching.decline_round", offer.code, status=422, reason="")
            send(rep, "matching.decline_round", offer.code, reason="Anggaran tahun ini habis.")
        else:
            send(rep, "matching.join_round", offer.code)
    listed = read(people.dinas, "page.round_villages", code)
    assert "Anggaran tahun ini habis." in listed
    stranger = RoundVillage.objects.get(village=OURS)
    assert browser(people.held["mitra0"]).get(reverse("page.round_village", args=[stranger.code])).status_code == 403
    assert browser(people.sekdes_asing).get(reverse("page.round_village", args=[stranger.code])).status_code == 404


def both_sides_order_and_strike(people: People) -> None:
    village = RoundVillage.objects.get(village=OURS)
    codes = [each["code"] for each in village.acceptable]
    assert len(codes) >= 3
    now = {"order": " ".join(codes), "struck": ""}
    page = send(people.kades, "matching.set_preferences", village.code, status=200, move=f"top:{codes[-1]}", **now)
    assert "Perubahan ini belum tersimpan." in page
    assert f'value="{" ".join([codes[-1], *codes[:-1]])}"' in page
    village.refresh_from_db()
    assert village.order == []  # a button moves; only saving writes
    refused = send(people.kades, "matching.set_preferences", village.code, status=409, order="BUKANKODE1", struck="")
    assert "MT-24" in refused
    struck = codes[0]
    wanted = [codes[-1], *codes[1:-1]]
    send(people.kades, "matching.set_preferences", village.code, order=" ".join(wanted), struck=struck)
    village.refresh_from_db()
    assert (village.order, village.struck) == (wanted, [struck])
    offer = RoundOffer.objects.get(offer__title="Tawaran 0")
    theirs = [each["code"] for each in offer.acceptable]
    send(people.held["mitra0"], "matching.set_preferences", offer.code, order=" ".join(reversed(theirs)), struck="")


def the_list_is_hashed_before_the_throw_and_the_round_is_computed(people: People, code: str) -> None:
    refused = send(people.dinas, "matching.close_preferences", code, status=409)
    assert "MT-40" in refused and reverse("matching.announce_throw", args=[code]) in read(
        people.dinas, "page.round_room", code
    )
    early = announce(people, code, status=422, on="31/3/2026", place="Pendopo")
    assert "31 Maret 2026 pukul 09.00 WIB terlalu cepat." in early
    announce(people, code, on="1/4/2026", place="Pendopo kabupaten")
    assert "1 April 2026, pukul 09.00 WIB, di Pendopo kabupaten" in read(None, "page.round", code)
    send(people.dinas, "matching.close_preferences", code)
    assert "MT-25" in send(people.dinas, "matching.throw_seed", code, status=409, **SEED)  # its hash is not out yet
    work()
    of = the_round()
    assert len(of.list_hash) == 64 and of.list_hash in unbroken(read(None, "page.round", code))
    few = send(people.dinas, "matching.throw_seed", code, status=409, **{**SEED, "thrown": "4 2 6"})
    assert "MT-25" in few
    soon = send(people.dinas, "matching.throw_seed", code, status=409, **SEED)
    assert "MT-38" in soon and "MT-41" in soon  # nobody could keep the list yet, and nobody is there
    with clock.at(LOCKED + timedelta(days=1)):
        send(people.dinas, "matching.throw_seed", code, **SEED)
    public = read(None, "page.round", code)
    assert the_round().seed in unbroken(public) and "Anggota BPD" in public and "Karsono" not in public
    assert "Siapa pun boleh hadir" not in public
    minutes = browser(people.dinas).get(reverse("page.round_minutes", args=[code])).content
    assert minutes.startswith(b"%PDF")
    send(people.dinas, "matching.run_round", code)
    work()
    assert the_round().state == "computed"
    assert "Berkas uji" not in read(None, "page.round", code)
    assert browser(None).get(reverse("page.round_file", args=[code])).status_code == 404
    room = read(people.dinas, "page.round_room", code)
    assert "Pemeriksa terpisah" in room and "Setuju" in room and "Terbitkan hasil" in room


def everybody_reads_the_result_and_computes_it_again(code: str) -> None:
    public = read(None, "page.round", code)
    assert "Jatah diisi lebih dahulu" in public and "bermitra verify-round" in public
    file = browser(None).get(reverse("page.round_file", args=[code])).content
    found = certificate.read(file)
    assert certificate.replay(found) == found and found["list_hash"] == the_round().list_hash
    listed = json.loads(browser(None).get(reverse("page.round_list", args=[code])).content)
    assert certificate.list_hash(listed) == found["list_hash"]
    with CaptureQueriesContext(connection) as asked:
        read(None, "page.round", code)
    assert len(asked) <= 6, [each["sql"] for each in asked]


def a_village_objects_and_is_answered(people: People, code: str) -> None:
    village = RoundVillage.objects.get(village=OURS)
    client, address = browser(people.kades), reverse("page.round_village", args=[village.code])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content.decode()
    assert len(asked) <= 12, [each["sql"] for each in asked]
    assert "Hasil dan alasannya" in page
    paper = browser(people.kades).get(reverse("page.round_explanation", args=[village.code]))
    assert paper.content.startswith(b"%PDF-")
    send(people.kades, "matching.file_objection", village.code, text="Nilai air kami keliru.")
    assert "MT-27" in send(people.dinas, "matching.open_responses", code, status=409)
    said = the_round().objections.get()
    send(
        people.dinas,
        "matching.answer_objection",
        said.code,
        outcome="dismissed",
        answer="Nilai sesuai data terverifikasi.",
    )
    public = read(None, "page.round", code)
    assert "Nilai air kami keliru." in public and "Nilai sesuai data terverifikasi." in public


def both_accept_and_a_case_begins(people: People, code: str) -> None:
    made = Introduction.objects.select_related("village", "offer__offer").order_by("pk").first()
    assert made is not None
    head, rep = people.held[HEADS[made.village.village_id]], people.held[f"mitra{made.offer.offer.title[-1]}"]
    page = read(head, "page.round_village", made.village.code)
    assert "Mengapa cocok" in page and reverse("selection.answer_introduction", args=[made.code]) in page
    wrong = send(head, "selection.answer_introduction", made.code, status=422, answer="no", reason="")
    assert "Tulis alasan penolakan." in wrong
    send(head, "selection.answer_introduction", made.code, answer="yes", reason="")
    assert "Diterima desa" in read(people.dinas, "page.round_answers", code)
    send(rep, "selection.answer_introduction", made.code, answer="yes", reason="")
    case, proposal = Case.objects.get(), Proposal.objects.get()
    assert case.state == "introduced"
    assert reverse("page.proposal", args=[proposal.code]) in read(rep, "page.case", case.code)
    assert "Menunggu mitra menulis" in read(head, "page.case", case.code)
    assert browser(head).get(reverse("page.proposal", args=[proposal.code])).status_code == 404
    sheet = browser(people.dinas).get(reverse("page.round_villages_xlsx", args=[code]))
    rows = read_workbook(b"".join(sheet), "peserta.xlsx")
    assert len(rows) == 7 and all(row[-1] for row in rows[1:])  # each village with its reason
    other = Introduction.objects.exclude(pk=made.pk).select_related("village", "offer__offer").order_by("pk").first()
    assert other is not None
    no = people.held[f"mitra{other.offer.offer.title[-1]}"]
    send(no, "selection.answer_introduction", other.code, answer="no", reason="Tim kami penuh.")
    assert "Menolak: Tim kami penuh." in read(people.dinas, "page.round_answers", code)
    assert Case.objects.count() == 1
    call_command("journal_verify", stdout=StringIO())
