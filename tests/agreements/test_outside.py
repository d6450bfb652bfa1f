"""A paper that was signed or stamped outside: with certificates of roots that these tests make themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bermitra.agreements import actions, outside, queries, sealing
from bermitra.agreements.models import Agreement, Signature
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.queries import by_code
from bermitra.foundation.documents.uploads import take_as_it_is
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.rules import Refused
from bermitra.portal.verification import Verdict, verify
from bermitra.verify import program
from tests.agreements import makers
from tests.agreements.makers import SIGNED, fresh, signed_by
from tests.outside import Root, signed_outside
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trusting")]

KADES = "Sutrisno Hadi"


def newest(agreement: Agreement) -> bytes:
    return files.read(queries.newest_file(agreement))


def slot_of(agreement: Agreement, party: str = "one"):
    return next(each for each in queries.slots_of(agreement) if each.party == party)


def registered(people, agreement: Agreement, content: bytes, who: str = "kades") -> Agreement:
    """As the page does it: read, then the act."""
    held, party = fresh(agreement), "one" if who == "kades" else "two"
    safe = take_as_it_is(content, "naskah.pdf")
    with clock.at(SIGNED):
        found = outside.certified(queries.to_sign(held), slot_of(held, party), safe.content)
        kept = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.register_certified_signature(by=people.by(who), agreement=held, file=kept, found=found)
    return fresh(agreement)


def stamped(people, agreement: Agreement, content: bytes, serial: str = "A1B2C3") -> Agreement:
    held, safe = fresh(agreement), take_as_it_is(content, "bermeterai.pdf")
    with clock.at(SIGNED):
        found = outside.stamped(queries.to_sign(held), safe.content)
        kept = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.affix_stamp(by=people.by("sekdes"), agreement=held, file=kept, serial=serial, found=found)
    return fresh(agreement)


def with_stamp(pdf: bytes, box=(40, 40, 110, 110), **meta) -> bytes:
    """The seal of a distributor whose root nobody here knows, with its picture on the first page."""
    return signed_outside(pdf, Root.made("Distributor Meterai Contoh").signer("Meterai"), "Meterai", box, **meta)


def lights(agreement: Agreement) -> list[bool]:
    found = verify(by_code(agreement.paper.code))
    return [each.good for each in found.lights]


def lit_without_network(agreement: Agreement, content: bytes) -> tuple[list[bool], str]:
    code = agreement.paper.code
    proof = json.loads(Client().get(reverse("page.paper_proof", args=[code])).content)
    certificate = Client().get(reverse("page.paper_certificate", args=[code])).content
    found = program.look(content, proof, certificate)
    return [good for _title, good, _says in found], found[0][2]


# A certified signature ----------------------------------------------------------------------------------------------
def test_a_certified_signature_counts_beside_one_of_the_instance(people, root):
    agreement = makers.a_locked_agreement(people)
    agreement = registered(people, agreement, signed_outside(newest(agreement), root.signer("SUTRISNO HADI, S.Pd.")))
    assert agreement.case.state == "partly_signed"
    agreement = signed_by(people, agreement, "mitra.direktur")
    assert agreement.case.state == "signed"
    assert [each.mode for each in Signature.objects.order_by("pk")] == ["certified", "electronic"]
    make_checkpoint(SIGNED)
    assert lights(agreement) == [True, True, True]
    assert verify(by_code(agreement.paper.code)).verdict is Verdict.GENUINE
    assert "Tersertifikasi: Sutrisno Hadi" in verify(by_code(agreement.paper.code)).lights[0].says
    lit, said = lit_without_network(agreement, newest(agreement))
    assert lit == [True, True, True] and "Tersertifikasi: Sutrisno Hadi" in said


def test_both_sides_may_sign_outside_one_after_the_other(people, root):
    agreement = makers.a_locked_agreement(people)
    agreement = registered(people, agreement, signed_outside(newest(agreement), root.signer(KADES)))
    director = slot_of(agreement, "two").name
    content = signed_outside(newest(agreement), root.signer(director), "PihakKedua")
    agreement = registered(people, agreement, content, "mitra.direktur")
    make_checkpoint(SIGNED)
    assert agreement.case.state == "signed" and lights(agreement) == [True, True, True]
    lit, said = lit_without_network(agreement, content)
    assert lit == [True, True, True] and said.endswith("Tanda tangan elektronik tersertifikasi.")
    broken = bytearray(content)
    broken[len(broken) // 2] ^= 1
    assert lit_without_network(agreement, bytes(broken))[0] == [False, False, False]


def test_after_the_instance_has_certified_the_paper_another_signature_still_goes_on(people, root):
    agreement = signed_by(people, makers.a_locked_agreement(people), "kades")
    content = signed_outside(newest(agreement), root.signer(slot_of(agreement, "two").name), "PihakKedua")
    agreement = registered(people, agreement, content, "mitra.direktur")
    make_checkpoint(SIGNED)
    assert agreement.case.state == "signed" and lights(agreement) == [True, True, True]


def test_a_field_of_the_signers_own_program_counts_where_nothing_is_covered(people, root):
    agreement = makers.a_locked_agreement(people)
    content = signed_outside(newest(agreement), root.signer(KADES), "Signature1", (0, 0, 0, 0))
    agreement = registered(people, agreement, content)
    agreement = signed_by(people, agreement, "mitra.direktur")
    make_checkpoint(SIGNED)
    assert lights(agreement) == [True, True, True]
    assert lit_without_network(agreement, newest(agreement))[0] == [True, True, True]


@pytest.fixture
def ready(people):
    return makers.a_locked_agreement(people)


def test_AG_48_what_is_wrong_with_a_signature_from_outside_is_said_and_nothing_is_written(people, root, ready):
    content = signed_outside(newest(ready), root.signer("Sutrisno Hadiwijaya"))
    with clock.at(SIGNED):
        found = outside.certified(queries.to_sign(ready), slot_of(ready), content)
    assert (found.trouble, found.subject) == ("name", "Sutrisno Hadiwijaya")
    kept = files.put(content, media_type="application/pdf", name="naskah.pdf")
    with clock.at(SIGNED), pytest.raises(Refused) as refused:
        actions.register_certified_signature(by=people.by("kades"), agreement=fresh(ready), file=kept, found=found)
    assert refused.value.codes == ("AG-48",)
    assert not Signature.objects.exists() and fresh(ready).case.state == "ready_to_sign"


def test_without_roots_it_is_said_that_the_keeper_must_lay_them_in(people, root, ready, settings):
    (settings.BERMITRA_HOME / "trust" / "induk.pem").unlink()
    with clock.at(SIGNED):
        found = outside.certified(
            queries.to_sign(ready), slot_of(ready), signed_outside(newest(ready), root.signer(KADES))
        )
    assert found.trouble == "trust"


def test_AG_48_a_file_that_grew_from_an_older_one_is_not_taken_in(people, root, ready):
    """Both sides sign the same file at once: the second must sign what the first has signed."""
    content = signed_outside(newest(ready), root.signer(KADES))
    with clock.at(SIGNED):
        found = outside.certified(queries.to_sign(ready), slot_of(ready), content)
    signed_by(people, ready, "mitra.direktur")
    kept = files.put(content, media_type="application/pdf", name="naskah.pdf")
    with clock.at(SIGNED), pytest.raises(Refused) as refused:
        actions.register_certified_signature(by=people.by("kades"), agreement=fresh(ready), file=kept, found=found)
    assert refused.value.codes == ("AG-48",)
    with clock.at(SIGNED):
        assert outside.certified(queries.to_sign(fresh(ready)), slot_of(ready), content).trouble == "bytes"


def test_a_page_that_was_fetched_before_another_signed_does_not_register(people, root, ready):
    content = signed_outside(newest(ready), root.signer(KADES))
    stale = fresh(ready)
    assert stale.case.state == "ready_to_sign"
    registered(people, ready, content)
    with pytest.raises((NoSuchMove, Refused)):
        registered(people, ready, content)
    assert Signature.objects.count() == 1


def test_a_second_one_of_the_same_signer_is_refused(people, root, ready):
    registered(people, ready, signed_outside(newest(ready), root.signer(KADES)))
    again = signed_outside(newest(ready), root.signer(KADES), "Lagi", (0, 0, 0, 0))
    with pytest.raises(NoSuchMove):
        registered(people, ready, again)
    assert Signature.objects.count() == 1


# The stamp ----------------------------------------------------------------------------------------------------------
def test_a_stamp_before_the_first_signature_makes_the_file_that_is_signed(people, root, ready):
    agreement = stamped(people, ready, with_stamp(newest(ready)))
    assert (agreement.stamp, agreement.stamp_serial) == ("electronic", "A1B2C3")
    assert {each.text_hash for each in queries.slots_of(agreement)} == {agreement.registered.sha256}
    assert agreement.registered.sha256 != agreement.paper.file.sha256
    agreement = registered(people, agreement, signed_outside(newest(agreement), root.signer(KADES)))
    with clock.at(SIGNED):
        actions.sign(by=people.by("mitra.direktur"), agreement=agreement, seen=agreement.registered.sha256)
        sealing.seal(fresh(agreement))
    agreement = fresh(agreement)
    make_checkpoint(SIGNED)
    assert lights(agreement) == [True, True, True]
    content = newest(agreement)
    assert lit_without_network(agreement, content)[0] == [True, True, True]
    for part in (0.3, 0.6, 0.9):
        spoilt = bytearray(content)
        spoilt[int(len(spoilt) * part)] ^= 1
        assert not all(lit_without_network(agreement, bytes(spoilt))[0])
    page = Client().get(reverse("page.paper", args=[agreement.paper.code])).content.decode()
    assert "A1B2C3" in page and "Penerbit segelnya tidak diperiksa" in page
    with clock.at(SIGNED):
        actions.activate(by=people.by("sekdes"), agreement=agreement, partner_number="1/2026")
    assert fresh(agreement).stamp_serial == "A1B2C3"


def test_a_seal_under_a_root_that_the_keeper_laid_in_is_traced_and_the_pages_say_to_whom(people, root, ready):
    content = signed_outside(newest(ready), root.signer("Meterai"), "Meterai", (40, 40, 110, 110))
    agreement = stamped(people, ready, content)
    assert agreement.stamp_issuer == "CA Induk Contoh"
    for page in (shown(signed_in(people, "kades"), "page.agreement_room", ready.case.code)[1],
                 Client().get(reverse("page.paper", args=[ready.paper.code])).content.decode()):  # fmt: skip
        assert "diterbitkan CA Induk Contoh" in page and "tidak diperiksa" not in page
    with clock.at(SIGNED):
        actions.reopen_draft(by=people.by("kades"), agreement=agreement, reason="Salah nama.")
    assert fresh(ready).stamp_issuer == ""


def test_who_saw_the_paper_without_its_stamp_does_not_sign_it(people, ready):
    seen = newest(ready)
    agreement = stamped(people, ready, with_stamp(seen))
    with clock.at(SIGNED), pytest.raises(Refused) as refused:
        actions.sign(by=people.by("kades"), agreement=agreement, seen=ready.paper.file.sha256)
    assert "AG-19" in refused.value.codes


def test_a_text_that_is_opened_again_has_no_stamp_any_more(people, ready):
    agreement = stamped(people, ready, with_stamp(newest(ready)))
    with clock.at(SIGNED):
        actions.reopen_draft(by=people.by("kades"), agreement=agreement, reason="Salah nama.")
    assert (fresh(ready).stamped, fresh(ready).stamp, fresh(ready).stamp_serial) == (None, "", "")


def test_a_stamp_after_a_signature_or_a_second_one_is_refused(people, root, ready):
    signed = signed_by(people, ready, "kades")
    with pytest.raises(NoSuchMove):
        stamped(people, signed, with_stamp(newest(signed), (0, 0, 0, 0)))


def test_a_second_stamp_is_refused(people, ready):
    agreement = stamped(people, ready, with_stamp(newest(ready)))
    other = signed_outside(newest(agreement), Root.made("X").signer("Meterai"), "Meterai2", (40, 140, 110, 210))
    with pytest.raises(NoSuchMove):
        stamped(people, agreement, other)
    assert fresh(ready).stamp_serial == "A1B2C3"


def test_AG_49_a_stamp_on_other_bytes_is_refused_and_nothing_is_written(people, ready):
    content = signed_outside(with_stamp(newest(ready)), Root.made("X").signer("Meterai"), "Lagi", (40, 140, 110, 210))
    with pytest.raises(Refused) as refused:
        stamped(people, ready, content)
    assert refused.value.codes == ("AG-49",) and fresh(ready).stamped is None


# Pages --------------------------------------------------------------------------------------------------------------
def of_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("naskah.pdf", content, "application/pdf")


def test_stamp_and_signature_are_uploaded_on_their_pages_and_faults_are_said(people, root, ready):
    code, clerk, head = ready.case.code, signed_in(people, "operator"), signed_in(people, "kades", again=True)
    until = datetime(2040, 1, 1, tzinfo=UTC)
    unstamped = newest(ready)
    assert "Unggah naskah bermeterai elektronik" in shown(clerk, "page.agreement_room", code)[1]
    assert shown(clerk, "agreements.affix_stamp", code)[0] == 200
    wrong = send(clerk, "agreements.affix_stamp", code, serial="A1B2C3", file=of_file(makers._scan_of(2)))
    assert wrong.status_code == 422 and "tidak berawal dari naskah terbaru" in wrong.content.decode()
    given = {"serial": "A1B2C3", "file": of_file(with_stamp(unstamped))}
    assert send(clerk, "agreements.affix_stamp", code, **given).status_code == 302
    page = shown(head, "page.agreement_room", code)[1]
    assert "nomor seri A1B2C3" in page and "Penerbit segelnya tidak diperiksa" in page
    assert "Unggah tanda tangan tersertifikasi" in page
    held = fresh(ready)
    assert shown(head, "agreements.register_certified_signature", code)[0] == 200
    for signer, says in ((Root.made("CA Lain").signer(KADES, until), "bukan dari penerbit yang dipercaya"),
                         (root.signer("Orang Lain", until), "Sertifikat atas nama Orang Lain, bukan Sutrisno Hadi")):  # fmt: skip
        sent = send(
            head, "agreements.register_certified_signature", code, file=of_file(signed_outside(newest(held), signer))
        )
        assert sent.status_code == 422 and says in sent.content.decode()
    good = of_file(signed_outside(newest(held), root.signer(KADES, until)))
    assert send(head, "agreements.register_certified_signature", code, file=good).status_code == 302
    page = shown(head, "page.agreement_room", code)[1]
    assert fresh(ready).case.state == "partly_signed" and "tanda tangan elektronik tersertifikasi" in page
    stale = send(clerk, "agreements.affix_stamp", code, serial="1", file=of_file(with_stamp(unstamped)))
    assert stale.status_code in (409, 422)


# Names ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("one, other, same", [
    ("SUTRISNO HADI", "Sutrisno Hadi", True), ("H. Sutrisno Hadi, S.Pd., M.Si.", "Sutrisno Hadi", True),
    ("Hadi Sutrisno", "Sutrisno Hadi", True), ("Sutrisno", "Sutrisno Hadi", False), ("", "", False), ("H.", "Hj.", False),
])  # fmt: skip
def test_a_name_fits_whatever_its_case_order_and_titles(one, other, same):
    assert outside.name_fits(one, other) is same


def test_every_trouble_has_a_sentence():
    from tests.foundation.documents.test_outside import FAULTS, OF_STAMPS

    assert {name for name, _made in (*FAULTS, *OF_STAMPS)} | {"heavy", "busy", "trust", "name"} == set(outside.SAYS)
