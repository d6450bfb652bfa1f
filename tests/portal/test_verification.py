"""Is this paper genuine? The page of a code, for papers of every standing, and for files that were changed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.agreements import actions, queries
from bermitra.agreements.models import Agreement
from bermitra.foundation.codes import grouped
from bermitra.foundation.documents import files
from bermitra.foundation.documents.queries import by_code
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.partnership.models import Case
from bermitra.portal.verification import Verdict, compare, verify
from tests.agreements import makers
from tests.selection.makers import an_awarded_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def answer_of(agreement: Agreement):
    found = by_code(agreement.paper.code)
    assert found is not None
    return verify(found)


def lights(agreement: Agreement) -> list[bool]:
    return [each.good for each in answer_of(agreement).lights]


def page(agreement: Agreement) -> str:
    answer = Client().get(reverse("page.paper", args=[agreement.paper.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def store_of(home, digest: str):
    place = home / "files" / digest[:2] / digest[2:4] / digest
    place.chmod(0o600)
    return place


def test_a_signed_agreement_is_genuine_with_three_lights(people):
    agreement = makers.an_agreement_in_force(people)
    make_checkpoint(makers.SIGNED)
    found = answer_of(agreement)
    assert found.verdict is Verdict.GENUINE and lights(agreement) == [True, True, True]
    shown = page(agreement)
    for words in ("Dokumen ini asli", "2 dari 2: Sutrisno Hadi dan", "Isi sama persis", "titik periksa",
                  "003/PB-PANDANARUM/V/2026", "Berlaku sampai 30 November 2029", grouped(agreement.paper.code)):  # fmt: skip
        assert words in shown, words


def test_one_changed_byte_in_the_store_is_seen(people, tmp_path):
    agreement = makers.a_signed_agreement(people)
    signed = queries.signed_file(agreement)
    place = store_of(tmp_path, signed.file.sha256)
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(bytes(content))
    assert answer_of(agreement).verdict is Verdict.FALSE and lights(agreement)[1] is False
    assert "Jangan percaya berkas ini" in page(agreement)


def test_a_locked_file_that_is_gone_is_seen(people, tmp_path):
    agreement = makers.a_signed_agreement(people)
    store_of(tmp_path, agreement.paper.file.sha256).unlink()
    assert answer_of(agreement).verdict is Verdict.FALSE


def test_a_paper_that_no_journal_line_names_is_not_trusted(people):
    agreement = makers.a_signed_agreement(people)
    with connection.cursor() as cursor:
        from bermitra.foundation.journal.guard import lower_guards

        lower_guards(connection)
        cursor.execute("UPDATE journal_event SET body = replace(body, %s, %s)", [agreement.paper.tree_hash, "0" * 64])
    assert answer_of(agreement).verdict is Verdict.FALSE and lights(agreement)[2] is False
    assert answer_of(agreement).says == "Tidak tercatat di jurnal."  # and not that its bytes are others


def test_before_all_have_signed_it_does_not_hold_yet(people):
    agreement = makers.signed_by(people, makers.a_locked_agreement(people), "kades")
    assert answer_of(agreement).verdict is Verdict.UNSIGNED
    assert "1 dari 2 tanda tangan sudah diberikan." in page(agreement)


def test_a_withdrawn_paper_says_why(people):
    agreement = makers.a_locked_agreement(people)
    code = agreement.paper.code
    actions.reopen_draft(by=people.by("kades"), agreement=agreement, reason="Nomor salah ketik.")
    found = by_code(code)
    assert found is not None and verify(found).verdict is Verdict.WITHDRAWN
    shown = Client().get(reverse("page.paper", args=[code])).content.decode()
    assert "Dokumen ini sudah ditarik" in shown and "Nomor salah ketik." in shown


def test_an_example_is_amber_and_never_green(people):
    case = an_awarded_case(people)
    Case.objects.filter(pk=case.pk).update(example=True)
    case.refresh_from_db()
    agreement = makers.a_signed_agreement(people, case)
    assert answer_of(agreement).verdict is Verdict.EXAMPLE
    shown = page(agreement)
    assert "Dokumen contoh" in shown and "Dokumen ini asli" not in shown


def test_ink_names_who_recorded_it(people):
    agreement = makers.a_wet_scan(people, makers.a_locked_agreement(people))
    for who in ("bpd", "mitra"):
        agreement = makers.confirmed_by(people, agreement, who)
    assert answer_of(agreement).verdict is Verdict.GENUINE
    assert "dicatat oleh Wulan Pratiwi dari lembar bertanda tangan" in page(agreement)


def upload(agreement: Agreement, content: bytes):
    file = SimpleUploadedFile("berkas.pdf", content, "application/pdf")
    return Client().post(reverse("page.paper", args=[agreement.paper.code]), {"file": file})


def test_a_file_is_compared_byte_for_byte_and_not_kept(people, tmp_path):
    agreement = makers.a_signed_agreement(people)
    signed = files.read(queries.signed_file(agreement).file.sha256)
    locked = files.read(agreement.paper.file.sha256)
    kept = sorted((tmp_path / "files").rglob("*"))
    assert "lengkap dengan tanda tangannya" in upload(agreement, signed).content.decode()
    assert "sama persis dengan naskah yang dikunci" in upload(agreement, locked).content.decode()
    other = bytearray(signed)
    for place in (1000, 2000, 3000):
        other[place] ^= 1
    shown = upload(agreement, bytes(other)).content.decode()
    assert "<title>Jangan percaya berkas Anda" in shown and "3 byte berbeda" in shown  # the tab says it as well
    assert "Isinya berbeda" in upload(agreement, b"bukan apa-apa").content.decode()
    assert sorted((tmp_path / "files").rglob("*")) == kept
    empty = Client().post(reverse("page.paper", args=[agreement.paper.code]))
    assert empty.status_code == 422


def test_a_code_is_typed_as_people_type_it(people):
    agreement = makers.a_locked_agreement(people)
    code = agreement.paper.code
    client = Client()
    assert client.get(reverse("page.verify")).status_code == 200
    sent = client.post(reverse("page.verify"), {"code": f" {grouped(code).lower()} "})
    assert sent["Location"] == reverse("page.paper", args=[code])
    assert client.post(reverse("page.verify"), {"code": "terlalu pendek"}).status_code == 422
    unknown = client.get(reverse("page.paper", args=["0" * 13]))
    assert unknown.status_code == 404 and "Kode ini tidak terdaftar" in unknown.content.decode()
    assert client.get(reverse("page.paper", args=["x"])).status_code == 404


def test_too_many_tries_are_slowed_down(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify": "2/m/ip"}
    answers = [Client().post(reverse("page.verify"), {"code": "x"}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]


def test_an_agreement_in_force_is_read_by_everybody(people):
    agreement = makers.a_signed_agreement(people)
    address = reverse("page.agreement", args=[agreement.case.code])
    assert Client().get(address).status_code == 404
    actions.activate(by=people.by("sekdes"), agreement=agreement, partner_number="1/2026")
    actions.publish_summary(
        by=people.by("sekdes"), agreement=makers.fresh(agreement), summary="Dosen mendampingi petani."
    )
    with CaptureQueriesContext(connection) as asked:
        shown = Client().get(address)
    assert shown.status_code == 200 and len(asked) <= 12
    words = shown.content.decode()
    assert "Dosen mendampingi petani." in words and "Ketentuan Umum" in words and "+62" not in words
    pdf = Client().get(reverse("page.agreement_pdf", args=[agreement.case.code]))
    assert pdf.content == files.read(queries.signed_file(makers.fresh(agreement)).file.sha256)


def test_the_page_of_a_code_asks_the_database_little(people):
    agreement = makers.an_agreement_in_force(people)
    with CaptureQueriesContext(connection) as asked:
        page(agreement)
    assert len(asked) <= 12


def lit(comparison) -> list[bool]:
    return [each.good for each in comparison.lights]


def paper_of_agreement(agreement: Agreement):
    found = by_code(agreement.paper.code)
    assert found is not None
    return found


def test_the_three_lights_of_a_file_in_hand_are_told_apart(people):
    agreement = makers.a_locked_agreement(people)
    locked = files.read(agreement.paper.file.sha256)
    agreement = makers.signed_by(people, agreement, "kades")
    once = files.read(queries.signed_file(agreement).file.sha256)
    agreement = makers.signed_by(people, agreement, "mitra.direktur")
    both = files.read(queries.signed_file(agreement).file.sha256)
    paper = paper_of_agreement(agreement)
    assert lit(compare(paper, both)) == [True, True, True]
    assert lit(compare(paper, once)) == [False, True, True]  # registered, but a signature is missing
    assert lit(compare(paper, locked)) == [False, True, True]
    assert lit(compare(paper, both + b"\n%akhir")) == [True, False, False]  # signatures hold, it is not the file
    assert "tidak tersertifikasi" in compare(paper, both).lights[0].says


def test_a_signed_file_without_its_line_in_the_journal_turns_the_third_light_red(people):
    from bermitra.foundation.journal.guard import lower_guards

    agreement = makers.a_signed_agreement(people)
    with connection.cursor() as cursor:
        lower_guards(connection)
        cursor.execute("UPDATE journal_event SET verb = 'x' WHERE verb = 'agreement.sealed'")
    assert lights(agreement) == [True, True, False]


def test_a_certificate_that_was_not_made_for_this_signature_is_not_good(people):
    from bermitra.foundation.journal.guard import lower_guards

    agreement = makers.a_signed_agreement(people)
    with connection.cursor() as cursor:
        lower_guards(connection)
        cursor.execute("UPDATE agreements_signedfile SET certificate = %s", ["0" * 64])
    assert lights(agreement)[0] is False


def test_a_changed_byte_of_the_scan_or_of_the_text_turns_a_light_red(people, tmp_path):
    agreement = makers.a_wet_scan(people, makers.a_locked_agreement(people))
    for who in ("bpd", "mitra"):
        agreement = makers.confirmed_by(people, agreement, who)
    assert lights(agreement) == [True, True, True]
    scan = agreement.scans.get().file.sha256
    for digest in (scan, agreement.paper.file.sha256):
        place = store_of(tmp_path, digest)
        whole = place.read_bytes()
        place.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
        assert lights(agreement) == [True, False, True]
        place.write_bytes(whole)
    assert "mesin tidak membaca kertas" in page(agreement)
    held = files.read(scan)
    assert lit(compare(paper_of_agreement(agreement), held)) == [True, True, True]
    assert lit(compare(paper_of_agreement(agreement), held + b" ")) == [False, False, False]


def test_a_file_is_found_by_its_bytes_without_any_code(people):
    agreement = makers.a_signed_agreement(people)

    def dropped(content: bytes):
        file = SimpleUploadedFile("berkas.pdf", content, "application/pdf")
        return Client().post(reverse("page.verify"), {"code": "", "file": file})

    for digest in (queries.signed_file(agreement).file.sha256, agreement.paper.file.sha256):
        answer = dropped(files.read(digest))
        assert answer.status_code == 200 and grouped(agreement.paper.code) in answer.content.decode()
    unknown = dropped(b"%PDF-1.7 lain")
    assert unknown.status_code == 404 and "Berkas ini tidak terdaftar" in unknown.content.decode()
    nothing = Client().post(reverse("page.verify"), {"code": ""})
    assert nothing.status_code == 422 and "atau pilih berkasnya" in nothing.content.decode()
    assert "(boleh kosong)" not in nothing.content.decode()  # one of the two is needed
