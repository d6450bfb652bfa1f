"""The pages of an agreement as a browser without scripts sends them: form, bad input, success, stranger, wrong office."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.agreements import book, queries
from bermitra.agreements.models import Agreement, Signature
from bermitra.deliberation.actions import issue_decree
from bermitra.deliberation.letters import decree_paper
from bermitra.deliberation.models import Meeting
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import words
from bermitra.foundation.documents.models import Paper
from bermitra.partnership import actions as cases
from bermitra.partnership.models import Case
from bermitra.partnership.queries import sheet_in_words
from tests.agreements import makers
from tests.agreements.makers import fresh
from tests.foundation.documents.said import tight, typed_out
from tests.partnership.makers import agreed_by_meeting
from tests.partnership.test_pages import send, shown, signed_in
from tests.selection.makers import an_awarded_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def change(client, agreement: Agreement, query: str, **given):
    address = reverse("agreements.propose_change", args=[agreement.case.code]) + query
    assert client.get(address).status_code == 200
    from uuid import uuid4

    return client.post(address, {"_key": uuid4().hex, **given})


def test_the_draft_begins_on_its_page(people):
    case = an_awarded_case(people)
    client = signed_in(people, "operator")
    assert shown(client, "agreements.start_draft", case.code)[0] == 200
    sent = send(client, "agreements.start_draft", case.code)
    assert sent["Location"] == reverse("page.agreement_room", args=[case.code])
    status, page = shown(client, "page.agreement_room", case.code)
    assert status == 200 and "Langkah berikutnya untuk Anda" in page
    assert "AG-06" in shown(client, "page.agreement_checks", case.code)[1]


def test_the_text_is_made_short_and_whole_again_on_its_page(people):
    agreement = makers.a_draft(people)
    client = signed_in(people, "sekdes")
    assert "Naskah lengkap." in shown(client, "page.agreement_draft", agreement.case.code)[1]
    for shape, said in (("short", "Naskah ringkas."), ("whole", "Naskah lengkap.")):
        assert change(client, agreement, "?panjang=1", shape=shape, reason="Kerja sama ringan.").status_code == 302
        assert said in shown(client, "page.agreement_draft", agreement.case.code)[1]
    assert change(client, agreement, "?panjang=1", shape="panjang sekali", reason="x").status_code == 422
    assert "Panjang naskah" in shown(client, "page.agreement_history", agreement.case.code)[1]


def test_articles_blanks_duties_and_annexes_are_changed_on_their_pages(people):
    agreement = makers.a_draft(people)
    client = signed_in(people, "sekdes")
    status, page = shown(client, "page.agreement_draft", agreement.case.code)
    assert status == 200 and "Pasal 1 Ketentuan Umum" in page
    why = {"reason": "Sesuai rembuk."}
    assert change(client, agreement, "?pasal=kahar", typed="Gempa.\n- lapor 3 hari", **why).status_code == 302
    assert change(client, agreement, "?pasal=kahar", typed="Gempa.", reason="").status_code == 422
    blanks = {"jam_pendampingan": "336 jam", "jumlah_pendamping": "2", "keluaran_pendampingan": "petak contoh",
              "hari_hadir_bulan": "8", "hari_ganti_pendamping": "14"}  # fmt: skip
    assert change(client, agreement, "?isian=pdmp_layanan", **blanks, **why).status_code == 302
    wrong = change(client, agreement, "?isian=pdmp_layanan", **{**blanks, "jumlah_pendamping": "dua"}, **why)
    assert wrong.status_code == 422 and "bukan bilangan bulat" in wrong.content.decode()
    duty = {"due": "31 Januari 2027", "measure": "1,5 ha", "evidence": "berita acara", "checker": "BPD",
            "sanction": "teguran tertulis"}  # fmt: skip
    assert change(client, agreement, "?kewajiban=0", **duty, **why).status_code == 302
    assert change(client, agreement, "?dana=0", apbdes_code="4.2.1", **why).status_code == 302
    assert change(client, agreement, "?dana=0", apbdes_code="empat", **why).status_code == 422
    near = change(client, agreement, "?dana=0", apbdes_code="4.3.7", **why)
    assert near.status_code == 422 and "4.3.6 Bunga Bank" in near.content.decode()
    plan = "Sekolah lapang; 8 kali; 80 orang; 1 Desember 2026; 30/11/2027; Dosen\n"
    assert change(client, agreement, "?lampiran=work_plan", rows=plan, **why).status_code == 302
    late = change(client, agreement, "?lampiran=work_plan", rows="Sekolah; a; b; besok", **why)
    assert late.status_code == 422 and "belum jelas" in late.content.decode()
    content = queries.newest_version(fresh(agreement)).content
    assert (
        content["blanks"]["jumlah_pendamping"] == 2 and content["topics"]["duties"][0]["sanction"] == "teguran tertulis"
    )
    assert content["annexes"]["work_plan"][0]["end"] == "2027-11-30"
    status, page = shown(client, "page.agreement_history", agreement.case.code)
    assert status == 200 and "Keadaan Kahar" in page and "Sesuai rembuk." in page


def test_an_article_of_the_meeting_has_no_page_for_other_words(people):
    agreement = makers.a_draft(people)
    client = signed_in(people, "sekdes")
    address = reverse("agreements.propose_change", args=[agreement.case.code])
    for query in ("?pasal=ruang_lingkup", "?pasal=tidak_ada", "?kewajiban=99", "?lampiran=peta", "?dana=x"):
        assert client.get(address + query).status_code == 404


def test_a_departing_term_is_shown_before_anybody_knocks(people):
    agreement = makers.a_draft(people)
    client = signed_in(people, "sekdes")
    sent = change(
        client, agreement, "", start="1 Desember 2026", end="30 November 2031", reason="Mitra ingin lebih lama."
    )
    assert sent.status_code == 302
    _status, page = shown(client, "page.agreement_room", agreement.case.code)
    assert "Berbeda dari lembar pokok yang disetujui" in page and "Jangka waktu" in page
    assert "AG-43" in shown(client, "page.agreement_checks", agreement.case.code)[1]
    backwards = change(client, agreement, "", start="1 Desember 2026", end="1 Januari 2026", reason="x")
    assert backwards.status_code == 422


def test_own_words_lead_from_the_draft_to_the_sheet_and_back(people):
    agreement = makers.a_draft(people)
    code, client = agreement.case.code, signed_in(people, "sekdes")
    change(client, agreement, "?pasal=kahar", typed="Gempa dan banjir.\n- diberitahukan dalam 3 hari", reason="Rembuk.")
    said = "belum sama dengan yang diputuskan Musyawarah Desa"
    for writes, reader in ((True, client), (False, signed_in(people, "mitra"))):
        page = shown(reader, "page.agreement_draft", code)[1]
        assert page.count(said) == 1
        assert (reverse("agreements.sheet_words", args=[code]) + "?pasal=kahar" in page) is writes
    assert "pasal Keadaan Kahar dalam kata sendiri" in shown(client, "page.agreement_room", code)[1]
    assert "AG-81" in shown(client, "page.agreement_checks", code)[1]
    address = reverse("agreements.sheet_words", args=[code])
    assert "- diberitahukan dalam 3 hari" in client.get(f"{address}?pasal=kahar").content.decode()
    assert send(client, "agreements.sheet_words", code, article="lingkup", typed="Apa saja.").status_code == 422
    typed = "Gempa dan banjir.\r\n- diberitahukan dalam 3 hari\r\n"  # as browsers send it
    with clock.at(makers.DRAFTED):
        assert send(client, "agreements.sheet_words", code, article="kahar", typed=typed).status_code == 302
        assert send(client, "agreements.sheet_words", code, article="khusus", typed="Salah ketik.").status_code == 302
        assert send(client, "agreements.sheet_words", code, drop="1").status_code == 302
        sheet = shown(client, "page.term_sheet", code)[1]
        assert "Pasal Keadaan Kahar dalam kata sendiri: Gempa dan banjir." in sheet and "Salah ketik" not in sheet
        tabled = cases.table_term_sheet(by=people.by("kades"), case=agreement.case)
        assert "Keadaan Kahar dalam kata sendiri" in sheet_in_words(tabled)  # what is read out in the meeting
        agreed_by_meeting(tabled)
        cases.agree_term_sheet(by=people.by("bpd"), case=agreement.case)
    assert change(client, agreement, "?lembar=1", reason="Mengikuti musyawarah.").status_code == 302
    page = shown(client, "page.agreement_draft", code)[1]
    assert said not in page and "Gempa dan banjir." in page
    held = makers.fresh(agreement)
    assert queries.words_facts(held, queries.newest_version(held)).undecided == ()


def test_a_price_leads_from_the_draft_to_the_sheet(people):
    agreement = makers.a_draft(people)
    code, client = agreement.case.code, signed_in(people, "sekdes")
    page = shown(client, "agreements.sheet_terms", code)[1]
    assert 'name="lokasi"' in page and 'name="persen_bagian_desa"' not in page  # not of this form
    assert "Naskah baku: wilayah Desa." in page and 'name="pj_desa"' not in page
    Case.objects.filter(pk=agreement.case_id).update(forms=["pdmp", "bagi"])
    with clock.at(makers.DRAFTED):
        makers.changed(people, makers.fresh(agreement), blanks={"persen_bagian_desa": 12})
    page = shown(client, "page.agreement_draft", code)[1]
    address = reverse("agreements.sheet_terms", args=[code])
    assert "belum diputuskan Musyawarah Desa" in page and f"{address}?naskah=1" in page
    assert 'value="12"' in client.get(f"{address}?naskah=1").content.decode()
    assert send(client, "agreements.sheet_terms", code, persen_bagian_desa="12,5").status_code == 422
    with clock.at(makers.DRAFTED):
        assert send(client, "agreements.sheet_terms", code, persen_bagian_desa="12").status_code == 302
        assert (
            "Bagian" in shown(client, "page.term_sheet", code)[1]
            and ": 12%" in shown(client, "page.term_sheet", code)[1]
        )


def test_a_blank_that_binds_leads_from_the_draft_to_the_sheet_and_back(people):
    agreement = makers.a_draft(people)
    code, client = agreement.case.code, signed_in(people, "sekdes")
    made = {"lokasi": "Blok Lor seluas 5 hektare", "jumlah_kader": 60, "pj_desa": "Kaur Umum yang wajib menyewa gedung"}
    makers.changed(people, agreement, blanks=made)
    page = shown(client, "page.agreement_draft", code)[1]
    address = reverse("agreements.sheet_terms", args=[code])
    assert "Isian ini belum diputuskan Musyawarah Desa: Lokasi kerja sama." in page and f"{address}?naskah=1" in page
    page = shown(client, "page.agreement_checks", code)[1]
    assert "AG-83" in page and "lokasi kerja sama; jumlah kader" in page  # what differs stands beside the condition
    asked = client.get(f"{address}?naskah=1").content.decode()
    assert 'value="Blok Lor seluas 5 hektare"' in asked and 'name="pj_desa"' in asked
    assert asked.count("<legend>Sanksi</legend>") == 1 and ">Hari perbaikan peringatan pertama" in asked  # by articles
    assert "Dalam persen, tanpa tanda %. Naskah baku: 5% (lima persen)." in asked
    given = {**{row["blank"]: row["value"] for row in agreement.sheet.topics["others"]["terms"]}, **made}
    assert send(client, "agreements.sheet_terms", code, **{**given, "jumlah_kader": "enam"}).status_code == 422
    with clock.at(makers.DRAFTED):
        assert client.post(f"{address}?naskah=1", {"_key": "0" * 32, **given}).status_code == 302
        assert "Lokasi kerja sama: Blok Lor seluas 5 hektare" in shown(client, "page.term_sheet", code)[1]
        assert (
            'name="pj_desa"' in shown(client, "agreements.sheet_terms", code)[1]
        )  # what stands there stays changeable
        tabled = cases.table_term_sheet(by=people.by("kades"), case=agreement.case)
        assert "Jumlah kader: 60" in sheet_in_words(tabled)
        agreed_by_meeting(tabled)
        cases.agree_term_sheet(by=people.by("bpd"), case=agreement.case)
    assert change(client, agreement, "?lembar=1", reason="Mengikuti musyawarah.").status_code == 302
    held = makers.fresh(agreement)
    assert queries.words_facts(held, queries.newest_version(held)).unseen == ()


def test_what_rows_add_is_shown_with_the_way_to_the_sheet(people):
    agreement = makers.a_draft(people)
    code, client = agreement.case.code, signed_in(people, "sekdes")
    sheet = reverse("page.term_sheet", args=[code])
    drafted = shown(client, "page.agreement_draft", code)[1]
    assert "1 Desember 2026" in drafted[drafted.index("Lampiran: Rencana Kerja") :] and "2026-12-01" not in drafted
    before = drafted.count(sheet)
    spent = "Bibit; 1.000.000; Pendapatan Asli Desa\n"
    assert change(client, agreement, "?lampiran=budget", rows=spent, reason="Bibit tambahan.").status_code == 302
    page = shown(client, "page.agreement_draft", code)[1]
    assert "Lampiran ini memuat uang di luar lembar pokok." in page and page.count(sheet) == before + 1
    assert "Rp\u00a01.000.000" in page[page.index("Lampiran: Rencana Anggaran") :]
    page = shown(client, "page.agreement_checks", code)[1]
    assert "AG-84" in page and "lampiran Rencana Anggaran" in page


def test_both_sides_accept_lock_and_sign_by_their_pages(people):
    agreement = makers.a_whole_draft(people)
    code = agreement.case.code
    head, partner = signed_in(people, "kades", again=True), signed_in(people, "mitra.direktur", again=True)
    text_hash = queries.newest_version(agreement).text_hash
    assert send(head, "agreements.accept_text", code, text_hash=text_hash).status_code == 422  # not ticked
    for client in (head, partner):
        assert shown(client, "agreements.accept_text", code)[0] == 200
        assert send(client, "agreements.accept_text", code, text_hash=text_hash, read="on").status_code == 302
    assert head.get(reverse("page.agreement_print", args=[code])).content.startswith(b"%PDF")
    draft = typed_out(head.get(reverse("page.agreement_word", args=[code])).content)
    assert "menyediakan petak contoh" in draft and "8 Mei 2026" not in draft
    status, page = shown(head, "agreements.finalise", code)
    assert status == 200 and reverse("page.agreement_checks", args=[code]) in page
    assert send(head, "agreements.finalise", code, made_on="kemarin", place="Balai Desa").status_code == 422
    assert send(head, "agreements.finalise", code, made_on="8 Mei 2026", place="Balai Desa").status_code == 302
    held = fresh(agreement)
    assert held.state == "locked"
    word = head.get(reverse("page.agreement_word", args=[code]))
    assert word["Content-Disposition"] == f'attachment; filename="perjanjian-{code}.docx"'
    # The locked words, with their day.
    assert tight(typed_out(word.content)) == tight("".join(words(held.paper.source)))
    for client in (partner, head):
        status, page = shown(client, "agreements.sign", code)
        assert status == 200 and held.paper.file.sha256[:16] in page
        assert "Tandatangani</a>" in shown(client, "page.agreement_room", code)[1]
        assert send(client, "agreements.sign", code, seen=held.paper.file.sha256, agree="on").status_code == 302
        room = shown(client, "page.agreement_room", code)[1]
        assert "Tandatangani</a>" not in room and "Tolak menandatangani</a>" not in room  # once
    assert fresh(agreement).case.state == "signed"
    for name in ("page.agreement_room", "page.agreement_checks"):
        page = shown(head, name, code)[1]
        assert "Menunggu Sekretaris Desa mencatat nomor" in page and "Menunggu para penanda tangan." not in page
    pdf = head.get(reverse("page.agreement_print", args=[code]))
    assert pdf.content.startswith(b"%PDF") and pdf.content.count(b"/ETSI.CAdES.detached") == 2
    clerk = signed_in(people, "sekdes")
    assert "AG-22" in shown(clerk, "agreements.activate", code)[1]
    assert send(clerk, "agreements.activate", code, partner_number="").status_code == 409
    assert send(clerk, "agreements.activate", code, partner_number="1123/2026", stamp="electronic").status_code == 302
    assert "menyediakan petak contoh" in shown(clerk, "agreements.publish_summary", code)[1]
    assert "Menunggu Sekretaris Desa mengumumkan ringkasan." in shown(head, "page.agreement_room", code)[1]
    assert send(clerk, "agreements.publish_summary", code, summary="Ringkas untuk warga.").status_code == 302
    room = shown(clerk, "page.agreement_room", code)[1]
    assert "Tidak ada yang ditunggu." in room and "Langkah berikutnya untuk Anda" not in room


def test_AG_01_stands_on_the_page_unticked_and_refuses_the_signature_with_409(people):
    agreement = makers.a_locked_agreement(people)
    from tests.agreements.test_actions import annul

    annul(agreement)
    head = signed_in(people, "kades", again=True)
    status, page = shown(head, "agreements.sign", agreement.case.code)
    assert status == 200
    line = page[page.index('class="no"') :]
    assert "AG-01" in line and "Musyawarah Desa harus menyetujui kerja sama ini lebih dahulu." in line
    sent = send(head, "agreements.sign", agreement.case.code, seen=agreement.paper.file.sha256, agree="on")
    assert sent.status_code == 409 and "AG-01" in sent.content.decode()
    assert not Signature.objects.exists()


def test_a_scan_is_uploaded_looked_at_and_confirmed_by_its_pages(people):
    agreement = makers.a_locked_agreement(people)
    code = agreement.case.code
    clerk, chair = signed_in(people, "operator"), signed_in(people, "bpd", again=True)
    given = {"signed_on": "8 Mei 2026", "first_witness": "Karsono", "second_witness": "Paijo"}
    no_file = send(clerk, "agreements.upload_wet_signatures", code, **given)
    assert no_file.status_code == 422
    pdf = SimpleUploadedFile("pindai.pdf", makers._scan_of(agreement.pages), "application/pdf")
    assert send(clerk, "agreements.upload_wet_signatures", code, file=pdf, **given).status_code == 302
    assert chair.get(reverse("page.agreement_scan", args=[code])).content.startswith(b"%PDF")
    page = shown(chair, "agreements.confirm_wet_signatures", code)[1]
    seen = queries.compared_hash(queries.waiting_scan(fresh(agreement)))
    assert "Bayu Nugroho" in page and f'name="seen" value="{seen}"' in page
    refused = send(chair, "agreements.confirm_wet_signatures", code, seen=seen, pages="1")
    assert refused.status_code == 409 and "AG-20" in refused.content.decode()
    given = {"pages": str(agreement.pages)}
    old = send(chair, "agreements.confirm_wet_signatures", code, seen="0" * 64, **given)
    assert old.status_code == 409 and "AG-44" in old.content.decode()
    assert f'name="seen" value="{seen}"' in old.content.decode()
    assert send(chair, "agreements.confirm_wet_signatures", code, seen=seen, **given).status_code == 302
    assert fresh(agreement).case.state == "ready_to_sign"


def test_conditions_numbers_and_decrees_have_their_pages(people):
    agreement = makers.a_draft(people)
    code = agreement.case.code
    clerk, chair = signed_in(people, "sekdes"), signed_in(people, "bpd", again=True)
    address = reverse("agreements.show_condition", args=[code])
    assert clerk.get(address).status_code == 404 and clerk.get(f"{address}?syarat=netralitas").status_code == 200
    assert clerk.post(f"{address}?syarat=netralitas", {"_key": "k1", "proof": "Surat 1/2026"}).status_code == 302
    assert send(clerk, "agreements.give_number", code, number="003/PB/2026").status_code == 302
    assert send(chair, "agreements.issue_bpd_decree", code, number="", dated="", about="").status_code == 422
    given = {"number": "3/KEP-BPD/2026", "dated": "8 Mei 2026", "about": "Dana pendamping"}
    assert send(chair, "agreements.issue_bpd_decree", code, **given).status_code == 302
    held = fresh(agreement)
    assert held.gates == {"netralitas": "Surat 1/2026"} and held.village_number == "003/PB/2026"
    assert held.case.bpd_decrees.get().number == "3/KEP-BPD/2026"


def test_a_decree_that_the_bpd_issued_from_its_meeting_is_offered_and_not_typed_twice(people):
    agreement = makers.a_draft(people)
    code, sheet = agreement.case.code, queries.sheet_of(agreement)
    chair = signed_in(people, "bpd", again=True)
    assert 'name="number" value' not in shown(chair, "agreements.issue_bpd_decree", code)[1]
    with clock.at(makers.DRAFTED):
        by, given = people.by("bpd"), {"number": "5/KEP-BPD/2026", "dated": makers.MADE_ON}
        meeting = Meeting.objects.get(subjects__code=sheet.code)
        paper = decree_paper(meeting.subjects.get(code=sheet.code), key=by.key, chair="Darsini", **given)
        issue_decree(by=by, meeting=meeting, subject_code=sheet.code, paper=paper, **given)
    page = shown(chair, "agreements.issue_bpd_decree", code)[1]
    assert 'value="5/KEP-BPD/2026"' in page and "sudah terbit dari musyawarah" in page
    dated = re.search(r'name="dated" value="([^"]+)"', page)[1]
    typed = {"number": "5/KEP-BPD/2026", "dated": dated, "about": "Dana pendamping"}
    assert send(chair, "agreements.issue_bpd_decree", code, **typed).status_code == 302
    kept = fresh(agreement).case.bpd_decrees.get()
    assert (kept.number, kept.dated, kept.sheet_hash) == ("5/KEP-BPD/2026", makers.MADE_ON, sheet.text_hash)
    assert kept.file == Paper.objects.get(kind="bpd_decree").file


def test_each_unmet_condition_leads_to_where_it_is_met_also_one_that_only_warns(people, monkeypatch):
    agreement = makers.a_draft(people)
    client = signed_in(people, "kades")
    assert not _leads_to(client, agreement, "page.agreement_draft")
    with clock.at(makers.DRAFTED):
        makers.changed(people, agreement, blanks={"keluaran_pendampingan": ""})
    assert not _leads_to(client, agreement, "agreements.request_legal_review")
    monkeypatch.setattr(book, "read_forms", dict)
    assert _leads_to(client, agreement, "agreements.request_legal_review")  # AG-59
    assert _leads_to(client, agreement, "page.agreement_draft")  # AG-02
    assert not _leads_to(client, agreement, "agreements.request_permit")  # AG-13: only of a text that both accepted


def test_who_signs_is_led_to_where_residents_are_told(people):
    agreement, client = makers.a_locked_agreement(people), signed_in(people, "kades")
    assert _leads_to(client, agreement, "agreements.tell_residents")  # AG-57


def _leads_to(client, agreement, door: str) -> bool:
    code = agreement.case.code
    return f'href="{reverse(door, args=[code])}"' in shown(client, "page.agreement_checks", code)[1]


def test_a_stranger_finds_nothing_and_the_wrong_office_is_refused(people):
    agreement = makers.a_draft(people)
    code = agreement.case.code
    stranger, resident, clerk = (signed_in(people, who, again=True) for who in ("kades.asing", "warga", "sekdes"))
    for name in ("page.agreement_room", "page.agreement_draft", "page.agreement_print", "agreements.pass_turn"):
        assert shown(stranger, name, code)[0] == 404
        assert resident.get(reverse(name, args=[code])).status_code == 403
    for name in ("agreements.finalise", "agreements.sign", "agreements.accept_text", "agreements.issue_bpd_decree"):
        assert clerk.get(reverse(name, args=[code])).status_code == 403


PAGES = ["page.agreement_room", "page.agreement_checks", "page.agreement_draft", "page.agreement_history"]


@pytest.mark.parametrize("stage", [makers.an_accepted_text, makers.a_locked_agreement, makers.a_signed_agreement])
def test_a_page_asks_the_database_little(people, stage):
    agreement = stage(people)
    client = signed_in(people, "kades", again=True)
    names = [*PAGES, *(["agreements.sign"] if agreement.case.state == "ready_to_sign" else [])]
    for name in names:
        client.get(reverse(name, args=[agreement.case.code]))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name, args=[agreement.case.code])).status_code == 200
        assert len(asked) <= 12, (name, [each["sql"][:130] for each in asked.captured_queries])
