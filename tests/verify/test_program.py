"""The program that checks a paper by itself: the same three lights as the page, from a file, a proof and a certificate."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from bermitra.agreements import queries
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.actions import issue_paper
from bermitra.foundation.documents.issuing import prepare
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.journal.models import Event
from bermitra.foundation.journal.proofs import proof_of
from bermitra.verify import program
from tests.agreements import makers
from tests.foundation.documents.test_store_and_papers import MINUTES

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path / "home"


class Checked:
    """A paper with what anybody downloads from its page."""

    def __init__(self, agreement, folder):
        self.folder, code = folder, agreement.paper.code
        self.proof = json.loads(Client().get(reverse("page.paper_proof", args=[code])).content)
        self.certificate = Client().get(reverse("page.paper_certificate", args=[code])).content
        self.agreement = agreement

    def lit(self, content: bytes, **changed) -> list[bool]:
        return [good for _title, good, _says in program.look(content, {**self.proof, **changed}, self.certificate)]

    def run(self, content: bytes) -> int:
        names = ("berkas.pdf", "bukti.json", "sertifikat.pem")
        parts = (content, json.dumps(self.proof).encode(), self.certificate)
        for name, part in zip(names, parts, strict=True):
            (self.folder / name).write_bytes(part)
        return program.main([str(self.folder / name) for name in names])


@pytest.fixture
def signed(people, tmp_path) -> Checked:
    agreement = makers.a_signed_agreement(people)
    make_checkpoint(makers.SIGNED)
    return Checked(agreement, tmp_path)


def content_of(held: Checked) -> bytes:
    return files.read(queries.signed_file(held.agreement).file.sha256)


def test_a_signed_paper_has_three_green_lights(signed, capsys):
    content = content_of(signed)
    assert signed.run(content) == program.GREEN
    said = capsys.readouterr().out
    assert said.count("HIJAU") == 3 and "Sutrisno Hadi" in said and "tidak tersertifikasi" in said


@pytest.mark.parametrize("part", [0.1, 0.4, 0.7, 0.95])
def test_a_changed_byte_turns_lights_red(signed, part, capsys):
    content = bytearray(content_of(signed))
    content[int(len(content) * part)] ^= 1
    assert signed.run(bytes(content)) == program.RED
    assert "MERAH" in capsys.readouterr().out


def test_what_is_put_behind_or_cut_off_is_seen(signed):
    content = content_of(signed)
    locked = files.read(signed.agreement.paper.file.sha256)
    assert signed.lit(content + b"\n") == [False, False, False]
    assert signed.lit(locked) == [False, True, True]  # registered, but nobody has signed it
    assert signed.lit(b"bukan pdf") == [False, False, False]


def test_the_journal_is_not_believed_without_its_checkpoint(signed):
    content, lines = content_of(signed), signed.proof["lines"]
    assert signed.lit(content, lines=[]) == [True, True, False]
    for name, value in (("body", "{}"), ("before", "0" * 64), ("path", []), ("note", "x\n1\n\n")):
        spoilt = [{**each, name: value} for each in lines if "facts" in json.loads(each["body"])]
        if name == "body":
            spoilt = [{**each, "body": each["body"].replace("sealed", "zealed")} for each in lines]
        assert signed.lit(content, lines=spoilt)[2] is False, name


@pytest.fixture
def locked(people, tmp_path) -> Checked:
    agreement = makers.a_locked_agreement(people)
    make_checkpoint(makers.SIGNED)
    return Checked(agreement, tmp_path)


def test_a_proof_may_take_no_place_to_sign_away(locked, people):
    content, places = files.read(locked.agreement.paper.file.sha256), locked.proof["places"]
    assert [each["field"] for each in places] == ["PihakKesatu", "PihakKedua"]
    assert locked.lit(content) == [False, True, True]
    assert locked.lit(content, places=[]) == [False, True, True]
    makers.signed_by(people, locked.agreement, "kades")
    make_checkpoint(makers.SIGNED)
    half = Checked(makers.fresh(locked.agreement), locked.folder)
    first = [each for each in half.proof["places"] if each["signed"]]
    assert len(first) == 1
    assert half.lit(content_of(half), places=first) == [False, True, True]
    assert half.lit(content_of(half), places=first * 2) == [False, True, True]


def test_a_proof_without_the_line_of_issuing_shows_nothing(signed):
    content, lines = content_of(signed), signed.proof["lines"]
    bare = [each for each in lines if json.loads(each["body"])["verb"] != "paper.issued"]
    assert len(bare) == len(lines) - 1
    assert signed.lit(content, lines=bare) == [True, True, False]
    unheld = [each if each in bare else {**each, "note": "x\n1\n\n"} for each in lines]
    assert signed.lit(content, lines=unheld) == [True, True, False]


def with_another_issued(held: Checked) -> list[dict]:
    """The lines of the proof, with that of another paper of the same record instead of the paper's own: nobody signs it."""
    about = about_of(held.agreement)
    paper = issue_paper(by=By.the_system("lain"), paper=prepare(MINUTES, key="lain", about=about))
    make_checkpoint(makers.SIGNED)
    found = proof_of(Event.objects.get(about=f"paper:{paper.code}", verb="paper.issued"))
    line = {"before": found.before, "body": found.event.body, "hash": found.event.hash}
    kept = [each for each in held.proof["lines"] if json.loads(each["body"])["verb"] != "paper.issued"]
    return [*kept, {**line, "path": list(found.path), "note": found.note}]


def test_the_line_of_another_paper_does_not_say_who_signs_this_one(signed):
    assert signed.lit(content_of(signed), places=[], lines=with_another_issued(signed))[2] is False


def test_a_paper_is_no_scan_because_the_proof_says_so(locked):
    content = files.read(locked.agreement.paper.file.sha256)
    places = [{**each, "signed": True, "how": "ink"} for each in locked.proof["places"]]
    ink = {"scan": sha256(content).hexdigest(), "confirmed_by": ["Sutrisno Hadi"]}
    assert locked.lit(content, places=places, ink=ink) == [False, True, True]


def test_a_paper_from_before_its_fields_were_written_down_is_looked_at_as_then(people, tmp_path, monkeypatch):
    log = Act.log
    monkeypatch.setattr(Act, "log", lambda act, *said, fields=None, **facts: log(act, *said, **facts))
    held = makers.a_signed_agreement(people)
    make_checkpoint(makers.SIGNED)
    checked = Checked(held, tmp_path)
    assert all("fields" not in json.loads(each["body"])["facts"] for each in checked.proof["lines"])
    assert checked.lit(content_of(checked)) == [True, True, True]
    assert checked.lit(files.read(held.paper.file.sha256)) == [False, True, True]


def test_another_instance_certifies_nothing_here(signed, settings, tmp_path):
    from bermitra.portal import proofs

    settings.BERMITRA_HOME = tmp_path / "lain"
    signed.certificate = proofs.certificates(signed.agreement.paper).encode()
    assert signed.lit(content_of_home(signed, tmp_path / "home", settings)) == [False, True, False]


def content_of_home(held: Checked, home, settings) -> bytes:
    settings.BERMITRA_HOME = home
    return content_of(held)


def test_before_the_first_checkpoint_the_journal_shows_nothing(people, tmp_path):
    held = Checked(makers.a_signed_agreement(people), tmp_path)
    assert held.lit(content_of(held)) == [True, True, False]


def test_that_a_file_was_uploaded_registers_it_for_no_paper(people, tmp_path):
    agreement = makers.a_wet_scan(people, makers.a_locked_agreement(people))
    make_checkpoint(makers.SIGNED)
    held = Checked(agreement, tmp_path)
    scan = files.read(queries.newest_scan(agreement).file.sha256)
    uploaded = proof_of(Event.objects.get(verb="wet_signatures.uploaded"))
    line = {"before": uploaded.before, "body": uploaded.event.body, "hash": uploaded.event.hash}
    forged = {
        "places": [], "ink": None, "kept": [], "registered": sha256(scan).hexdigest(), "registered_size": len(scan),
        "lines": [{**line, "path": list(uploaded.path), "note": uploaded.note}],
    }  # fmt: skip
    assert held.lit(scan, **forged)[2] is False


def test_ink_is_said_as_it_is(people, tmp_path, capsys):
    agreement = makers.a_wet_scan(people, makers.a_locked_agreement(people))
    for who in ("bpd", "mitra"):
        agreement = makers.confirmed_by(people, agreement, who)
    make_checkpoint(makers.SIGNED)
    held = Checked(agreement, tmp_path)
    scan = files.read(agreement.scans.get().file.sha256)
    assert held.run(scan) == program.GREEN
    assert "mesin tidak membaca kertas" in capsys.readouterr().out
    assert held.run(scan + b" ") == program.RED
    assert held.lit(scan, places=[]) == [False, True, True]
    assert held.lit(scan, places=[], lines=with_another_issued(held)) == [False, True, True]


def test_a_proof_leads_to_its_checkpoint_wherever_the_line_stands(people):
    from bermitra.foundation.journal.merkle import inclusion_proof
    from bermitra.foundation.journal.models import Checkpoint, Event
    from bermitra.foundation.journal.proofs import proof_of

    agreement = makers.a_locked_agreement(people)
    make_checkpoint(makers.DRAFTED)
    makers.signed_by(people, agreement, "kades")
    make_checkpoint(makers.SIGNED)
    hashes = [bytes.fromhex(each) for each in Event.objects.order_by("seq").values_list("hash", flat=True)]
    sizes = sorted(Checkpoint.objects.values_list("size", flat=True))
    assert len(sizes) == 2
    for event in Event.objects.order_by("seq"):
        size = next(each for each in sizes if each >= event.seq)
        found = proof_of(event)
        assert [bytes.fromhex(each) for each in found.path] == inclusion_proof(hashes[:size], event.seq - 1)


def test_the_program_runs_without_django_and_without_settings(tmp_path):
    code = "import sys; import bermitra.verify.program; print(sorted(m for m in sys.modules if m.split('.')[0] in ('django', 'pyhanko')))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    asked = [sys.executable, "-I", "-m", "bermitra.verify.program", "tidak-ada.pdf", "b.json", "s.pem"]
    assert subprocess.run(asked, capture_output=True, cwd=tmp_path).returncode == program.MISUSED
