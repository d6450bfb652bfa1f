"""An addendum that was signed or stamped outside, or signed with a thumbprint: as an agreement, by the same rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bermitra.agreements import outside
from bermitra.agreements.changing import actions, queries
from bermitra.agreements.changing.models import AddendumSlot, Amendment
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.queries import by_code
from bermitra.foundation.documents.uploads import make_safe, take_as_it_is
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.rules import Refused
from bermitra.portal.verification import Verdict, compare, paper_of, verify
from bermitra.verify import program
from tests.agreements.makers import _scan_of, an_agreement_in_force
from tests.agreements.test_amending import LATER, again, agreed, begun, locked, signed, worded
from tests.outside import Root, signed_outside
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trusting")]

KADES, CORNER = "Sutrisno Hadi", (40, 40, 110, 110)
UNTIL = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def ready(people) -> Amendment:
    """Locked and waiting for both; it touches nothing that the meeting decided."""
    amendment = begun(people, an_agreement_in_force(people))
    worded(people, amendment, blanks={"hari_lapor_kahar": 5})
    return locked(people, agreed(people, amendment))


def newest(amendment: Amendment) -> bytes:
    return files.read(queries.newest_file(amendment))


def slot_of(amendment: Amendment, party: str = "one") -> AddendumSlot:
    return next(each for each in queries.slots_of(amendment) if each.party == party)


def registered(people, amendment: Amendment, content: bytes, who: str = "kades") -> Amendment:
    """As the page does it: read, then the act."""
    held, party = again(amendment), "one" if who == "kades" else "two"
    safe = take_as_it_is(content, "adendum.pdf")
    with clock.at(LATER):
        found = outside.certified(queries.to_sign(held), slot_of(held, party), safe.content)
        kept = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.register_certified_amendment(by=people.by(who), amendment=held, file=kept, found=found)
    return again(amendment)


def stamped(people, amendment: Amendment, content: bytes) -> Amendment:
    held, safe = again(amendment), take_as_it_is(content, "bermeterai.pdf")
    with clock.at(LATER):
        found = outside.stamped(queries.to_sign(held), safe.content)
        kept = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.affix_amendment_stamp(by=people.by("sekdes"), amendment=held, file=kept, serial="A1B2C3", found=found)
    return again(amendment)


def with_stamp(pdf: bytes) -> bytes:
    return signed_outside(pdf, Root.made("Distributor Meterai Contoh").signer("Meterai"), "Meterai", CORNER)


def lit_without_network(amendment: Amendment, content: bytes) -> tuple[list[bool], str]:
    code = amendment.paper.code
    proof = json.loads(Client().get(reverse("page.paper_proof", args=[code])).content)
    certificate = Client().get(reverse("page.paper_certificate", args=[code])).content
    found = program.look(content, proof, certificate)
    return [good for _title, good, _says in found], found[0][2]


def all_green(amendment: Amendment) -> str:
    """Every way to look says that it is genuine, of every file that grew; what the first light says."""
    make_checkpoint(LATER)
    found = verify(by_code(amendment.paper.code))
    assert found.verdict is Verdict.GENUINE and [each.good for each in found.lights] == [True, True, True]
    content = newest(amendment)
    assert paper_of(content) == amendment.paper
    assert [each.good for each in compare(amendment.paper, content).lights] == [True, True, True]
    assert lit_without_network(amendment, content)[0] == [True, True, True]
    for part in (0.3, 0.6, 0.9):
        spoilt = bytearray(content)
        spoilt[int(len(spoilt) * part)] ^= 1
        assert not all(lit_without_network(amendment, bytes(spoilt))[0])
        assert not all(each.good for each in compare(amendment.paper, bytes(spoilt)).lights)
    return found.lights[0].says


# A certified signature ----------------------------------------------------------------------------------------------
def test_a_certified_signature_counts_beside_one_of_the_instance_and_the_second_makes_it_hold(people, root, ready):
    amendment = registered(people, ready, signed_outside(newest(ready), root.signer("SUTRISNO HADI, S.Pd.", UNTIL)))
    assert amendment.state == "locked"
    amendment = signed(people, amendment, "mitra.direktur")
    assert amendment.state == "in_force"
    assert [each.mode for each in queries.slots_of(amendment)] == ["certified", "electronic"]
    assert "Tersertifikasi: Sutrisno Hadi" in all_green(amendment)


def test_both_sides_may_sign_outside_also_in_a_field_of_their_own_program(people, root, ready):
    amendment = registered(
        people, ready, signed_outside(newest(ready), root.signer(KADES, UNTIL), "Signature1", (0, 0, 0, 0))
    )
    director = slot_of(amendment, "two").name
    content = signed_outside(newest(amendment), root.signer(director, UNTIL), "PihakKedua")
    amendment = registered(people, amendment, content, "mitra.direktur")
    assert amendment.state == "in_force" and slot_of(amendment).stands == "Signature1"
    assert all_green(amendment).endswith("Tanda tangan elektronik tersertifikasi.")


def test_AG_48_another_name_or_an_older_file_is_refused_and_nothing_is_written(people, root, ready):
    with pytest.raises(Refused) as refused:
        registered(people, ready, signed_outside(newest(ready), root.signer("Orang Lain", UNTIL)))
    assert refused.value.codes == ("AG-48",)
    content = signed_outside(newest(ready), root.signer(KADES, UNTIL))
    with clock.at(LATER):
        found = outside.certified(queries.to_sign(ready), slot_of(ready), content)
    signed(people, ready, "mitra.direktur")
    kept = files.put(content, media_type="application/pdf", name="adendum.pdf")
    with clock.at(LATER), pytest.raises(Refused) as refused:
        actions.register_certified_amendment(by=people.by("kades"), amendment=again(ready), file=kept, found=found)
    assert refused.value.codes == ("AG-48",) and slot_of(again(ready)).state == "invited"


def test_a_second_one_of_the_same_signer_is_refused(people, root, ready):
    amendment = registered(people, ready, signed_outside(newest(ready), root.signer(KADES, UNTIL)))
    with pytest.raises(NoSuchMove):
        registered(people, ready, signed_outside(newest(amendment), root.signer(KADES, UNTIL), "Lagi", (0, 0, 0, 0)))


# The stamp ----------------------------------------------------------------------------------------------------------
def test_a_stamp_makes_the_file_that_is_signed_and_the_pages_say_what_was_not_checked(people, root, ready):
    before = ready.registered.sha256
    amendment = stamped(people, ready, with_stamp(newest(ready)))
    assert {each.text_hash for each in queries.slots_of(amendment)} == {amendment.registered.sha256} != {before}
    with clock.at(LATER), pytest.raises(Refused) as refused:
        actions.sign_amendment(by=people.by("kades"), amendment=amendment, seen=before)
    assert "AG-19" in refused.value.codes
    amendment = registered(people, amendment, signed_outside(newest(amendment), root.signer(KADES, UNTIL)))
    amendment = signed(people, amendment, "mitra.direktur")
    assert amendment.state == "in_force"
    all_green(amendment)
    assert paper_of(files.read(amendment.stamped.sha256)) == amendment.paper
    for page in (shown(signed_in(people, "kades"), "page.amendment", ready.code)[1],
                 Client().get(reverse("page.paper", args=[ready.paper.code])).content.decode()):  # fmt: skip
        assert "A1B2C3" in page and "Penerbit segelnya tidak diperiksa" in page


def test_a_seal_under_a_trusted_root_is_traced(people, root, ready):
    amendment = stamped(people, ready, signed_outside(newest(ready), root.signer("Meterai", UNTIL), "Meterai", CORNER))
    assert "diterbitkan CA Induk Contoh" in amendment.stamp_said


def test_after_a_signature_a_stamp_or_a_sheet_in_ink_no_stamp_is_put_on(people, ready):
    once = stamped(people, ready, with_stamp(newest(ready)))
    other = signed_outside(newest(once), Root.made("X").signer("Meterai"), "Meterai2", (40, 140, 110, 210))
    with pytest.raises(NoSuchMove):
        stamped(people, once, other)
    laid_down(people, once)
    with pytest.raises(NoSuchMove):
        stamped(people, once, other)


def test_after_a_signature_no_stamp_is_put_on(people, ready):
    amendment = signed(people, ready, "kades")
    with pytest.raises(NoSuchMove):
        stamped(people, amendment, signed_outside(newest(amendment), Root.made("X").signer("M"), "M", (0, 0, 0, 0)))
    assert again(ready).stamped is None


# A thumbprint -------------------------------------------------------------------------------------------------------
def laid_down(people, amendment: Amendment, **more) -> None:
    safe = make_safe(_scan_of(again(amendment).pages), "pindaian.pdf")
    stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
    with clock.at(LATER):
        actions.upload_amendment_scan(
            by=people.by("sekdes"), amendment=again(amendment), file=stored, pages=safe.pages,
            signed_on=LATER.date(), witnesses=["Ngadimin", "Wagiyem"], **more,
        )  # fmt: skip


def test_a_thumbprint_says_who_read_the_text_to_him_wherever_the_signature_is_named(people, ready):
    laid_down(people, ready, read_aloud={"one": "Siti Rahayu", "two": ""})
    for who in ("bpd", "mitra.direktur"):
        held = again(ready)
        with clock.at(LATER):
            seen = queries.compared_hash(held, queries.newest_scan(held))
            actions.confirm_amendment_scan(by=people.by(who), amendment=held, seen=seen, pages=held.pages)
    amendment = again(ready)
    assert amendment.state == "in_force"
    make_checkpoint(LATER)
    says = verify(by_code(amendment.paper.code)).lights[0].says
    assert "Sutrisno Hadi (cap jempol, dibacakan Siti Rahayu)" in says
    scan = files.read(queries.newest_scan(amendment).file.sha256)
    lit, said = lit_without_network(amendment, scan)
    assert lit == [True, True, True] and "dibacakan Siti Rahayu" in said
    assert "cap jempol, dibacakan Siti Rahayu" in shown(signed_in(people, "kades"), "page.amendment", ready.code)[1]


# Pages --------------------------------------------------------------------------------------------------------------
def of_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("adendum.pdf", content, "application/pdf")


def test_stamp_and_signature_are_uploaded_on_their_pages_and_faults_are_said(people, root, ready):
    code, clerk, head = ready.code, signed_in(people, "operator"), signed_in(people, "kades", again=True)
    unstamped = newest(ready)
    assert "Unggah adendum bermeterai elektronik" in shown(clerk, "page.amendment", code)[1]
    assert shown(clerk, "agreements.affix_amendment_stamp", code)[0] == 200
    wrong = send(clerk, "agreements.affix_amendment_stamp", code, serial="A1B2C3", file=of_file(_scan_of(2)))
    assert wrong.status_code == 422 and "tidak berawal dari naskah terbaru" in wrong.content.decode()
    good = {"serial": "A1B2C3", "file": of_file(with_stamp(unstamped))}
    assert send(clerk, "agreements.affix_amendment_stamp", code, **good).status_code == 302
    page = shown(head, "page.amendment", code)[1]
    assert "nomor seri A1B2C3" in page and "Unggah tanda tangan tersertifikasi" in page
    assert "Unggah adendum bermeterai elektronik" not in page
    held, door = again(ready), "agreements.register_certified_amendment"
    assert shown(head, door, code)[0] == 200
    sent = send(head, door, code, file=of_file(signed_outside(newest(held), root.signer("Orang Lain", UNTIL))))
    assert sent.status_code == 422 and "Sertifikat atas nama Orang Lain, bukan Sutrisno Hadi" in sent.content.decode()
    with clock.at(LATER):
        content = signed_outside(newest(held), root.signer(KADES, UNTIL))
        assert send(head, door, code, file=of_file(content)).status_code == 302
    assert slot_of(again(ready)).mode == "certified"
    assert "Tanda tangan elektronik tersertifikasi" in shown(head, "page.amendment", code)[1]


def test_an_addendum_that_was_taken_back_meanwhile_takes_no_certified_signature(people, root, ready):
    """Its paper stays and nobody signs it any more: who still has the page open is told so."""
    content = signed_outside(newest(ready), root.signer("SUTRISNO HADI, S.Pd.", UNTIL))
    head = signed_in(people, "kades", again=True)
    with clock.at(LATER):
        actions.withdraw_amendment(by=people.by("mitra.direktur"), amendment=again(ready), reason="Tidak jadi.")
        file = SimpleUploadedFile("adendum.pdf", content)
        answer = send(head, "agreements.register_certified_amendment", ready.code, file=file)
    assert answer.status_code == 409 and "Keadaan perkara ini sudah berubah" in answer.content.decode()
