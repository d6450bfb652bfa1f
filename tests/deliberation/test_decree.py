"""The decree of the BPD: for what was agreed, once, with a number of its own, printed, checked, and fallen with its meeting."""

from datetime import date, timedelta

import pytest

from bermitra.deliberation import actions, letters
from bermitra.deliberation.models import BpdDecree, Meeting
from bermitra.deliberation.queries import decree_on
from bermitra.deliberation.rules import (
    DecreeFacts,
    decree_dated_after_session,
    decree_follows_agreement,
    decree_number_once,
)
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from tests.deliberation import makers
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, confirmed, send, to

pytestmark = pytest.mark.django_db
HASH = "c" * 64
LATER = DAY + timedelta(days=15)
FACTS = DecreeFacts(True, DAY, LATER, LATER, False)


def test_DB_45_decree_follows_agreement():
    assert decree_follows_agreement(FACTS)
    assert not decree_follows_agreement(DecreeFacts(False, DAY, LATER, LATER, False))


def test_DB_46_decree_dated_after_session():
    assert decree_dated_after_session(DecreeFacts(True, DAY, DAY, DAY, False))
    assert not decree_dated_after_session(DecreeFacts(True, DAY, DAY - timedelta(days=1), LATER, False))
    assert not decree_dated_after_session(DecreeFacts(True, DAY, LATER + timedelta(days=1), LATER, False))


def test_DB_47_decree_number_once():
    assert decree_number_once(FACTS)
    assert not decree_number_once(DecreeFacts(True, DAY, LATER, LATER, True))


def binding(people, held_on: date = DAY, code: str = "ABCDEFGHJK", **more) -> Meeting:
    return makers.a_binding_decision(people, held_on=held_on, code=code, text_hash=HASH, **more)


def decreed(people, meeting: Meeting, number: str = "03/KEP/BPD/2026", dated: date = LATER, **more) -> BpdDecree:
    with clock.at(on(LATER)):
        return actions.issue_decree(
            by=people.by(more.get("who", "bpd")), meeting=meeting, subject_code=more.get("code", "ABCDEFGHJK"),
            number=number, dated=dated,
        )  # fmt: skip


def test_a_decree_holds_number_day_and_the_hash_of_the_text_and_comes_once(people):
    meeting = binding(people)
    decree = decreed(people, meeting)
    assert (decree.number, decree.dated, decree.text_hash) == ("03/KEP/BPD/2026", LATER, HASH)
    assert decree_on("ABCDEFGHJK") == decree
    with pytest.raises(NoSuchMove):
        decreed(people, meeting, "04/KEP/BPD/2026")
    assert Meeting.objects.get().state == "binding"


def test_what_was_refused_is_not_decreed(people):
    meeting = binding(people, agreed=False)
    with pytest.raises(Refused) as refused:
        decreed(people, meeting)
    assert refused.value.codes == ("DB-45",)
    assert "deliberation.issue_decree" not in as_("bpd").get(to("page.meeting", meeting.code)).content.decode()


def test_before_the_decision_binds_there_is_no_decree(people):
    meeting = makers.an_invited_meeting(people, code="ABCDEFGHJK")
    held = makers.published(people, makers.with_minutes(people, makers.decided(people, makers.opened(people, meeting))))
    with pytest.raises(NoSuchMove):
        decreed(people, held)


def test_a_day_before_the_session_or_to_come_and_a_used_number_are_refused(people):
    meeting = binding(people)
    for day in (DAY - timedelta(days=1), LATER + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            decreed(people, meeting, dated=day)
        assert refused.value.codes == ("DB-46",)
    decreed(people, meeting)
    second = binding(people, held_on=DAY - timedelta(days=30), code="MNPQRSTVWX")
    with pytest.raises(Refused) as refused:
        decreed(people, second, "03/kep/bpd/2026", code="MNPQRSTVWX")
    assert refused.value.codes == ("DB-47",)


def test_a_decree_falls_with_its_meeting_and_so_does_its_paper(people):
    meeting = binding(people)
    with clock.at(on(LATER)):
        chair, subject = people.by("bpd"), meeting.subjects.get()
        given = {"number": "03/KEP/BPD/2026", "dated": LATER}
        paper = letters.decree_paper(subject, key=chair.key, chair="Darsini", **given)
        actions.issue_decree(by=chair, meeting=meeting, subject_code=subject.code, paper=paper, **given)
        assert not hasattr(decree_on("ABCDEFGHJK").paper, "withdrawal")
        actions.annul(by=people.by("bpd"), meeting=meeting, why="Undangan tidak sampai ke dua dusun.")
    assert decree_on("ABCDEFGHJK") is None
    assert Paper.objects.get(kind="bpd_decree").withdrawal.why == "Undangan tidak sampai ke dua dusun."


@pytest.mark.parametrize("who", ["dinas", "camat", "bupati", "kades", "sekdes", "anggota.bpd", "warga"])
def test_nobody_but_the_bpds_chair_decrees(people, who):
    meeting = binding(people)
    with pytest.raises(NotAllowed):
        decreed(people, meeting, who=who)


def test_the_decree_is_issued_on_its_page_printed_and_checked_by_anybody(people, client):
    meeting = binding(people, title="Kerja sama sekolah lapang", conditions="Tanpa jaminan.\nPelatihan bergilir.")
    with clock.at(on(LATER)):
        page = to("page.meeting", meeting.code)
        path = to("deliberation.issue_decree", meeting.code)
        assert path in as_("bpd").get(page).content.decode()
        chair = confirmed("bpd", f"{path}?pokok=ABCDEFGHJK")
        path = chair.get(path)["Location"]
        wrong = send(chair, path, number="03/KEP/BPD/2026", dated="1 Maret 2026")
        assert (wrong.status_code, "DB-46" in wrong.content.decode()) == (409, True)
        assert not Paper.objects.filter(kind="bpd_decree").exists()
        assert send(chair, path, number="03/KEP/BPD/2026", dated="17 Maret 2026").status_code == 302
        paper = Paper.objects.get(kind="bpd_decree")
        told = as_("warga").get(page).content.decode()
        assert f"{to('page.minutes_print', meeting.code, 'bpd_decree')}?kode={paper.code}" in told
        assert to("deliberation.issue_decree", meeting.code) not in chair.get(page).content.decode()
    assert paper.code in client.get(to("page.paper", paper.code)).content.decode().replace(" ", "")
    said = makers.words_of(files.read(paper.file.sha256))
    for each in (
        "KEPUTUSAN BADAN PERMUSYAWARATAN DESA PANDANARUM", "NOMOR", "03/KEP/BPD/2026", "PERSETUJUAN KERJA SAMA SEKOLAH LAPANG",
        "Menimbang", "Mengingat", "Nomor 3 Tahun 2024", "Nomor 96 Tahun 2017", "Nomor 16 Tahun 2019", "Memperhatikan",
        f"Nomor {meeting.minutes_number} tanggal 3 Maret 2026", "MEMUTUSKAN", "Menetapkan", "KESATU",
        "dengan syarat: Tanpa jaminan; Pelatihan bergilir.", "17 Maret 2026", "Ketua BPD,", " ".join([HASH[:16]] * 4),
    ):  # fmt: skip
        assert each in said, each


def test_the_decree_on_another_matter_cites_no_law_on_cooperation(people):
    meeting = binding(people, kind="other", title="Pagar makam")
    document = letters.decree(meeting.subjects.get(), chair="Darsini", number="4/2026", dated=LATER)
    assert "96 Tahun 2017" not in str(document)
    assert "16 Tahun 2019" in str(document)
