"""What the papers of a Musyawarah say, whatever language the page is read in."""

from datetime import date

import pytest
from django.utils import translation

from bermitra.deliberation import letters
from bermitra.deliberation.models import Meeting
from bermitra.foundation.documents.compose import Issued, compose
from tests.deliberation import makers

pytestmark = pytest.mark.django_db


def words(document) -> str:
    tree = compose(document, Issued("0123456789ABC", "http://127.0.0.1/verifikasi/0123456789ABC/", True))
    return str(tree).replace("\\xa0", " ")  # a number and its word stay on one line


def test_the_invitation_names_day_hour_place_subjects_and_everybody_once(people):
    makers.with_invitees(people)
    meeting = makers.a_planned_meeting(people)
    makers.a_subject(people, meeting)
    said = words(letters.invitation(meeting, number="005/1", invited_on=date(2026, 2, 20)))
    for each in (
        "Senin, dua Maret dua ribu dua puluh enam",
        "09.00 WIB",
        "Balai Desa Pandanarum",
        "Kerja sama sekolah lapang",
    ):
        assert each in said
    assert said.count("Karso") == 1
    makers.invited(people, meeting)
    again = words(letters.invitation(Meeting.objects.get(), number="005/1", invited_on=date(2026, 2, 20)))
    assert again.count("Karso") == 1


def test_the_minutes_state_quorum_topics_decision_and_the_hash_of_the_text(people):
    held = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)), conditions="Tanpa jaminan.")
    with translation.override("en"):
        said = words(letters.minutes(held))
    for each in ("PEMERINTAH KABUPATEN BANJARNEGARA", "Terencana", "9 orang", "MENYETUJUI", "Tanpa jaminan.", "Pembiayaan",
                 "cap jempol", held.subjects.get().text_hash[:16]):  # fmt: skip
        assert each in said, each
    assert "Planned" not in said


def test_the_minutes_of_a_vote_and_of_a_second_session_say_so(people):
    meeting = makers.opened(people, makers.an_invited_meeting(people))
    decided = makers.decided(people, meeting, "refused")
    decided.session = 2
    said = words(letters.minutes(decided))
    assert "TIDAK MENYETUJUI" in said
    assert "sidang kedua" in said
    assert "Belum cukup waktu membaca." in said
