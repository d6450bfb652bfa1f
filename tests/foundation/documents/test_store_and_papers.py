"""A content is kept under its own hash, a paper answers to its code, and neither can be changed in silence."""

import io
import json
import stat
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from uuid import uuid4

import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from bermitra.foundation.codes import parse_code
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import KeyUsedOtherwise, NotAllowed
from bermitra.foundation.documents import files, html, queries
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import FileDamaged, put, read
from bermitra.foundation.documents.issuing import code_for, prepare
from bermitra.foundation.documents.model import Document, Qr
from bermitra.foundation.documents.models import Paper, StoredFile, Withdrawal
from bermitra.foundation.journal.models import Event

MINUTES = Document(
    kind="minutes", title="Berita Acara", dated=date(2026, 3, 2), author="Desa Pandanarum",
    blocks=("Musyawarah Desa menyetujui.", Qr("Periksa di sini.")),
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path
    return tmp_path


def kept(content: bytes = b"isi") -> files.Content:
    return put(content, media_type="application/pdf", name="a.pdf")


# --- the store ---
def test_a_content_comes_back_as_it_went_in(own_store):
    content = kept(b"isi" * 1000)
    digest = sha256(b"isi" * 1000).hexdigest()
    assert (content.sha256, content.size) == (digest, 3000)
    assert read(digest) == b"isi" * 1000
    place = own_store / "files" / digest[:2] / digest[2:4] / digest
    assert stat.S_IMODE(place.stat().st_mode) == 0o400
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_the_same_content_is_one_file_and_nothing_unfinished_stays(own_store):
    kept()
    kept()
    assert len([p for p in (own_store / "files").rglob("*") if p.is_file()]) == 1


def test_a_changed_or_lost_content_is_noticed_and_may_be_laid_in_again(own_store):
    content = kept()
    place = next(p for p in (own_store / "files").rglob("*") if p.is_file())
    place.chmod(0o600)
    place.write_bytes(b"ini")
    with pytest.raises(FileDamaged):
        read(content.sha256)
    place.unlink()
    with pytest.raises(FileDamaged):
        read(content.sha256)
    kept()
    assert read(content.sha256) == b"isi"


def test_a_name_that_is_no_hash_reads_nothing(own_store):
    (own_store / "keys").mkdir()
    (own_store / "keys" / "django").write_text("rahasia")
    with pytest.raises(FileDamaged):
        read("../../keys/django")


def lay(home, number: int) -> str:
    files.settings.BERMITRA_HOME = home
    return kept(b"x" * 100_000 * (number % 2 + 1)).sha256


def test_many_processes_may_lay_the_same_content_at_once(own_store):
    with get_context("fork").Pool(4) as pool:
        found = set(pool.starmap(lay, [(own_store, number) for number in range(40)]))
    assert {len(read(digest)) for digest in found} == {100_000, 200_000}
    assert list((own_store / "files").rglob(f"*{files.UNFINISHED}")) == []


# --- keeping ---
def test_a_content_has_one_row_however_often_it_is_kept(people):
    first = keep_file(by=By.the_system(), content=kept())
    again = keep_file(by=By.the_system(), content=put(b"isi", media_type="application/pdf", name="b.pdf"))
    assert first == again
    assert StoredFile.objects.get().name == "a.pdf"
    assert [event.verb for event in Event.objects.order_by("seq")] == ["file.kept"] * 2


def test_nobody_keeps_files_or_issues_papers_by_themselves(people):
    for name in ("kades", "operator", "dinas", "pengelola"):
        with pytest.raises(NotAllowed):
            keep_file(by=people.by(name), content=kept())
        with pytest.raises(NotAllowed):
            issue_paper(by=people.by(name), paper=prepare(MINUTES, key="k", about="meeting:1"))
    assert not StoredFile.objects.exists() and not Paper.objects.exists()


# --- papers ---
def issue(key: str = "", **more) -> Paper:
    key = key or uuid4().hex
    paper = prepare(MINUTES, key=key, about="meeting:7K3M9QXD2A", region="33.04.19.2001", **more)
    return issue_paper(by=By.the_system(key), paper=paper)


def test_an_issued_paper_answers_to_its_code_as_it_is_typed(people, settings):
    settings.BERMITRA_ORIGIN = "https://bermitra.contoh.id"
    paper = issue()
    typed = f" {paper.code[:4].lower()}-{paper.code[4:8]}-{paper.code[8:]} "
    found = queries.by_code(parse_code(typed, 13))
    assert found == paper
    assert (found.kind, found.title, found.region, found.example) == ("minutes", "Berita Acara", "33.04.19.2001", False)
    pdf = read(found.file.sha256)
    assert len(pdf) == found.file.size
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        words = opened.attachments["naskah.json"].get_file().read_bytes()
    assert sha256(words).hexdigest() == found.tree_hash
    assert f"https://bermitra.contoh.id/verifikasi/{paper.code}/" in html.render(found.source)
    assert queries.by_code("0" * 13) is None


def test_the_journal_names_the_paper_its_record_and_both_hashes(people):
    paper = issue()
    line = Event.objects.get()
    assert (line.verb, line.about, line.region) == ("paper.issued", f"paper:{paper.code}", "33.04.19.2001")
    for part in (paper.tree_hash, paper.file.sha256, "meeting:7K3M9QXD2A"):
        assert part in line.body
    assert json.loads(line.body)["facts"]["fields"] == []  # nobody signs it in the file


def test_a_request_sent_twice_issues_one_paper(people):
    assert issue("kunci") == issue("kunci")
    assert Paper.objects.count() == Event.objects.count() == 1
    with pytest.raises(KeyUsedOtherwise):
        issue("kunci", example=True)


def test_the_code_follows_from_the_request_and_the_key_of_the_instance_alone(settings):
    one = code_for("kunci", "minutes", "meeting:1")
    assert one == code_for("kunci", "minutes", "meeting:1") == parse_code(one, 13)
    others = {code_for("lain", "minutes", "meeting:1"), code_for("kunci", "letter", "meeting:1"),
              code_for("kunci", "minutes", "meeting:2")}  # fmt: skip
    settings.SECRET_KEY = "kunci instansi yang lain"
    others.add(code_for("kunci", "minutes", "meeting:1"))
    assert len(others - {one}) == 4
    with pytest.raises(ValueError):
        code_for("", "minutes", "meeting:1")


def test_a_withdrawn_paper_still_answers_and_says_that_it_is_void(people):
    paper = issue()
    withdraw_paper(by=By.the_system(), paper=paper, why="Diganti naskah baru.")
    withdraw_paper(by=By.the_system(), paper=paper, why="Alasan kedua.")
    found = queries.by_code(paper.code)
    assert found.is_withdrawn
    assert found.withdrawal.why == "Diganti naskah baru."
    assert not queries.by_code(issue().code).is_withdrawn


def test_rows_of_files_papers_and_withdrawals_cannot_be_changed(people):
    paper = issue()
    withdraw_paper(by=By.the_system(), paper=paper, why="Salah tulis.")
    for change in (
        lambda: StoredFile.objects.update(sha256="0" * 64),
        lambda: Paper.objects.update(title="Lain"),
        lambda: Paper.objects.filter(pk=paper.pk)._raw_delete("default"),
        lambda: Withdrawal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="tidak boleh diubah"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**{f.attname: getattr(paper, f.attname) for f in Paper._meta.fields if f.name != "id"})


def test_the_code_of_a_paper_is_found_in_one_statement(people, django_assert_num_queries):
    code = issue().code
    with django_assert_num_queries(1):
        found = queries.by_code(code)
        assert found.file.size and not found.is_withdrawn
