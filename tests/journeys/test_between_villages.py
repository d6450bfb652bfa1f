"""Four villages and one spring: from the offer that all agreed to, through every village's own Musyawarah, to one Peraturan
Bersama with four numbers and four signatures, promulgated in four gazettes, and the body that carries it out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.body import actions as body_actions
from bermitra.agreements.joint.body import queries as body_queries
from bermitra.agreements.joint.body import sealing as body_sealing
from bermitra.agreements.joint.body.actions import Seated
from bermitra.agreements.joint.body.letters import Decree, decree_paper
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.journal.models import Event
from tests.agreements import joint_makers as m
from tests.deliberation.makers import on, words_of
from tests.people import place

pytestmark = pytest.mark.django_db


def test_four_villages_share_one_spring(people):
    villages = m.villages_of(people)
    regulation = m.locked(villages)
    read = " ".join(words_of(files.read(regulation.paper.file.sha256)).split()).replace("\u00a0", " ")
    names = "KEPALA DESA PANDANARUM, KEPALA DESA BEJI, KEPALA DESA SINDUAJI, DAN KEPALA DESA SIRONGGE"
    assert f"PERATURAN BERSAMA {names}" in read
    assert "NOMOR 2 TAHUN 2026 NOMOR 3 TAHUN 2026 NOMOR 4 TAHUN 2026 NOMOR 5 TAHUN 2026" in read
    for said in (
        "DENGAN RAHMAT TUHAN YANG MAHA ESA",
        "Menimbang",
        "Mengingat",
        "Memperhatikan",
        "MEMUTUSKAN",
        "BAB XIV",
    ):
        assert said in read
    for village in villages:
        assert f"BA-{village.village[-4:]}" in read  # the minutes of each village's own Musyawarah

    for village in villages:
        assert regulation.state == "locked"
        regulation = m.signs(village, regulation, seal=True)
    assert regulation.state == "signed"
    found = signing.found_in(files.read(queries.signed_file(regulation).sha256), example=False)
    assert [each.good for each in found] == [True] * 4

    for number, village in enumerate(villages, 3):
        regulation = m.promulgates(village, regulation, str(number))
    assert regulation.state == "in_force"
    assert Paper.objects.filter(kind="joint_gazette").count() == 4

    formed = m.PROMULGATED + timedelta(days=14)
    offices = ("chair", "secretary", "treasurer", "member")
    seats = [
        Seated(f"Wakil {office}", "LP"[at % 2], village.village, office)
        for at, (office, village) in enumerate(zip(offices, villages, strict=True))
    ]
    with clock.at(on(formed)):
        knock = people.by("kades")
        decree = Decree("01/BKAD/2026", formed, "Bank contoh", "BKAD Banyu Guyub", tuple(seats))
        body = body_actions.form_joint_body(
            by=knock, regulation=regulation, decree_number="01/BKAD/2026", decree_on=formed, bank="Bank contoh",
            account_name="BKAD Banyu Guyub", seats=seats, paper=decree_paper(regulation, decree, key=knock.key),
        )  # fmt: skip
        for village in villages[1:]:
            assert not body_queries.owed(body, formed)  # not formed before every head has accepted it
            body = body_actions.accept_joint_body(
                by=village.by("kades"), village=place(village.village), body=body, seen=body.words_hash
            )
    assert len(body_queries.owed(body, formed)) == 4 * 6
    body_sealing.seal(body.paper)
    found = signing.found_in(files.read(body_queries.signed_file(body.paper).sha256), example=False)
    assert [each.good for each in found] == [True] * 4
    assert all(each.signed and each.agreed and each.consulted for each in queries.stands(regulation))
    told = set(Event.objects.filter(about=f"jointregulation:{regulation.code}").values_list("verb", flat=True))
    assert {"joint_text.tabled", "joint_text.locked", "joint_text.signed", "joint_text.promulgated"} <= told
