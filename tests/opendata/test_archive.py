"""A village takes all of its data along: readable, whole, and without what is another's or still sealed."""

import io
import re
import zipfile
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.cache import cache
from python_calamine import CalamineWorkbook

from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import Event
from bermitra.foundation.people.actions import contest_appointment
from bermitra.opendata.archive import BOOK, FIRST, HASHES, contents_of, prepare
from bermitra.opendata.papers import KEPT
from bermitra.opendata.sheets import ROOMS
from bermitra.registry.actions import escalate_flag
from bermitra.registry.models import UmbrellaRegulation
from tests.access.world import NOW, build
from tests.deliberation.joint_makers import binding, decides, drafted, elsewhere, offered, writes
from tests.foundation.duties.makers import a_duty
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry.makers import a_partner, a_plan_line, a_taken_file, a_village_profile, an_asset
from tests.registry.test_conflicts import explained, reviewed, shares
from tests.registry.test_flags import raised
from tests.registry.test_pages import at, confirm, send, signed_in, words
from tests.selection.makers import OPENED, a_sealed_proposal, an_open_call

pytestmark = pytest.mark.django_db
DOOR = "opendata.download_archive"


def archive_of(code: str = OURS) -> zipfile.ZipFile:
    whole = b"".join(prepare(contents_of(place(code)), clock.now()).pieces())
    return zipfile.ZipFile(io.BytesIO(whole))


def sheet(archive: zipfile.ZipFile, name: str) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(BOOK)))
    return book.get_sheet_by_name(name).to_python()


def everything(archive: zipfile.ZipFile) -> str:
    """All words of the archive's own pages and sheets."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(BOOK)))
    rows = [str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join([archive.read(FIRST).decode(), archive.read(HASHES).decode(), *archive.namelist(), *rows])


def test_a_full_village_fills_every_sheet_and_every_file_has_its_hash(people):
    build(people)
    with clock.at(NOW):
        archive = archive_of()
    assert archive.testzip() is None
    book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(BOOK)))
    assert book.sheet_names == [room.name for room in ROOMS]
    filled = {room.name for room in ROOMS if len(sheet(archive, room.name)) > 1}
    never = {"Indeks", "Riwayat perbaikan", "Perjanjian terdahulu", "Bantuan pengisian", "Catatan kemitraan"}
    assert {room.name for room in ROOMS} - filled <= never  # the world has none of these
    for name in ("Kebutuhan", "Musyawarah", "Kemitraan", "Perjanjian", "Janji jatuh tempo", "Pelatihan", "Laporan"):
        head, *rows = sheet(archive, name)
        state = head.index("Keadaan")  # in words, never by its code
        assert all(" " in row[state] or row[state][:1].isupper() for row in rows), (name, rows)
    first = archive.read(FIRST).decode()
    for room in ROOMS:
        assert f'<th scope="row">{room.name.replace("&", "&amp;")}</th>' in first
    told = dict(reversed(line.split("  ", 1)) for line in archive.read(HASHES).decode().splitlines())
    assert told.keys() == set(archive.namelist()) - {HASHES}
    assert all(sha256(archive.read(path)).hexdigest() == digest for path, digest in told.items())
    papers = Paper.objects.filter(region=OURS).count()
    laid = [each for each in archive.namelist() if each.startswith("dokumen/")]
    assert len(laid) == papers > 0
    assert all(re.fullmatch(r"dokumen/[a-z-]+/\d{4}-\d\d-\d\d .+\.pdf(\.RUSAK\.txt)?", each) for each in laid), laid


def test_nothing_sealed_and_nobody_who_sent_it_is_in_the_archive(people):
    with clock.at(OPENED):
        call = an_open_call(people)
        proposal = a_sealed_proposal(people, call)
        archive = archive_of()
    said = everything(archive)
    assert call.code in said
    assert proposal.code not in said
    assert proposal.partner.name not in said
    assert len(sheet(archive, "Usulan diterima")) == 1
    assert Event.objects.filter(about=f"proposal:{proposal.code}").exists()


def test_the_archive_says_of_no_partner_that_a_flag_waits_for_its_reply(people):
    """Operator and secretary take the archive along; flags are shown to others of the village."""
    shut = a_duty(door="registry.reply_flag", region=OURS, says="Gunakan hak jawab PT Rahasia.", party="P4RTN3R000")
    shown = a_duty(door="needs.record", region=OURS, says="Catat kebutuhan dusun.")
    rows = str(sheet(archive_of(), "Tugas"))
    assert shown.says in rows and shut.says not in rows


def test_the_journal_of_the_archive_names_nobody_who_watches_over_partners_or_contests_an_office(people):
    """The sheet of offices turns a code into a name; operator and secretary may open neither flags nor conflicts."""
    partner = a_partner(people)
    flag = raised(people, partner)
    escalate_flag(by=By.the_system(), flag=flag)
    (item,) = shares(people, partner)
    explained(people, partner, item)
    reviewed(people, partner, item)
    verification = a_taken_file(people, partner)
    head = Appointment.objects.get(person=people.kades)
    contest_appointment(by=people.by("warga"), appointment=head, reason="SK dicabut bupati pada Maret 2026.")
    a_plan_line(people)
    verbs = ("flag.raised", "flag.escalated", "conflict.explained", "conflict.reviewed", "appointment.contested",
             "verification.started", "verification.taken")  # fmt: skip
    assert {*verbs} <= {*Event.objects.filter(region=OURS).values_list("verb", flat=True)}
    archive = archive_of()
    head_row, *rows = sheet(archive, "Jurnal")
    assert not {*verbs} & {row[head_row.index("Kejadian")] for row in rows}
    lines = str(rows)
    assert "plan_line.recorded" in lines
    for hidden in (flag.code, verification.code, people.lksd.code, people.warga.code):
        assert hidden not in lines
    assert people.lksd.code in str(sheet(archive, "Jabatan"))


def test_another_village_finds_nothing_of_ours(people):
    a_village_profile(people)
    a_plan_line(people)
    an_asset(people)
    said = everything(archive_of(FOREIGN))
    assert "Sawangan" not in said
    assert OURS not in said


def test_both_villages_keep_what_was_offered_and_answered_between_them(people):
    beji = elsewhere(people)
    draft, offer = drafted(people), offered(people)
    binding(beji, decides(beji, offer, agreed=False))
    writes(beji, offer, "decline", "Belum cukup waktu membaca.")
    for code in (OURS, NEIGHBOUR):
        archive = archive_of(code)
        asked = sheet(archive, "Penawaran antar-Desa")
        assert {row[3] for row in asked[1:] if row[0] == offer.code} >= {"Beji"}
        assert (draft.code in str(asked)) == (code == OURS)  # what is not sent is known in its own village only
        (answer,) = sheet(archive, "Jawaban antar-Desa")[1:]
        assert answer[1] == offer.code
        assert "140/2002/2026" in answer
        assert "Belum cukup waktu membaca." in answer


LEFT_OUT = {
    "documents.Paper": "the papers themselves, by their region",
    "matching.Draw": "open to everybody on the page of the draw; the village's own number stands in the sheet",
    "matching.Round": "open to everybody on the page of the round; the village's own part stands in the sheet",
    "registry.PartnerDocument": "a partner's own",
    "registry.RiskFlag": "what somebody saw of a partner",
    "registry.FlagReply": "a partner's own",
    "selection.ProposalFile": "read by name only, in the room of the selection",
}


def test_every_table_that_holds_a_file_is_in_the_archive_or_left_out_for_a_reason():
    held = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.remote_field is not None and field.remote_field.model is StoredFile
    }
    taken = {(kind._meta.label, file) for _folder, kind, _village, file, _day in KEPT}
    assert taken <= held
    assert {label for label, _name in held - taken} == LEFT_OUT.keys()


def test_a_file_that_the_store_has_lost_says_so_and_the_rest_is_there(people):
    content = files.put(b"%PDF-1.7 perdes", media_type="application/pdf", name="perdes.pdf")
    lost = StoredFile.objects.create(
        sha256="0" * 64, size=9, media_type="application/pdf", name="hilang.pdf", stored_at=clock.now()
    )
    there = StoredFile.objects.create(
        sha256=content.sha256, size=content.size, media_type="application/pdf", name="perdes.pdf", stored_at=clock.now()
    )
    for number, file in (("1", lost), ("2", there)):
        UmbrellaRegulation.objects.create(
            village=place(OURS), number=number, year=2025, title="Kerja Sama", dated="2025-03-01", file=file,
            recorded_at=clock.now(), recorded_by="system",
        )  # fmt: skip
    archive = archive_of()
    folder = "berkas/perdes-kerja-sama"
    assert archive.read(f"{folder}/2025-03-01 perdes.pdf") == b"%PDF-1.7 perdes"
    assert "rusak atau hilang" in archive.read(f"{folder}/2025-03-01 hilang.pdf.RUSAK.txt").decode()


def test_what_is_sent_at_a_time_stays_small(people):
    big = files.put(b"%PDF-1.7 " + bytes(900_000), media_type="application/pdf", name="besar.pdf")
    for number in range(3):
        file, _new = StoredFile.objects.get_or_create(
            sha256=big.sha256,
            defaults={"size": big.size, "media_type": big.media_type, "name": big.name, "stored_at": clock.now()},
        )
        UmbrellaRegulation.objects.create(
            village=place(OURS), number=str(number), year=2025, title="Kerja Sama", dated="2025-03-01", file=file,
            recorded_at=clock.now(), recorded_by="system",
        )  # fmt: skip
    pieces = list(prepare(contents_of(place(OURS)), clock.now()).pieces())
    assert max(map(len, pieces)) < 1_100_000
    assert len(pieces) > 1


# --- its page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["kades", "sekdes", "operator"])
def test_those_of_the_village_take_it_along_after_their_password_and_the_journal_says_so(people, who):
    cache.clear()
    client = signed_in(people.held[who])
    confirm(client, at(DOOR, OURS))
    page = words(client.get(at(DOOR, OURS)))
    assert "Unduh arsip" in page
    assert re.search(r"0 berkas, kira-kira \d+ kB", page)
    answer = send(client, at(DOOR, OURS))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert FIRST in archive.namelist()
    assert f'filename="arsip-desa-{OURS}-' in answer["Content-Disposition"]
    line = Event.objects.get(verb="archive.downloaded")
    assert (line.about, line.actor) == (f"region:{OURS}", people.held[who].code)


def test_it_is_nobody_elses(people):
    for who in ("dinas", "camat", "bupati", "bendahara", "bpd", "inspektorat", "warga"):
        assert signed_in(people.held[who]).get(at(DOOR, OURS)).status_code == 403, who
    assert signed_in(people.held["kades.asing"]).get(at(DOOR, OURS)).status_code in (302, 404)
    assert not Event.objects.filter(verb="archive.downloaded").exists()
