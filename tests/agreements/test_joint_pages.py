"""The pages of a Peraturan Bersama as a browser without scripts sends them."""

from __future__ import annotations

import pytest

from bermitra.agreements.joint import queries
from bermitra.agreements.joint.models import JointConsultation, JointRegulation
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import Paper
from tests.agreements import joint_makers as m
from tests.deliberation.makers import on
from tests.deliberation.test_pages import as_, confirmed, hidden, send, to
from tests.people import NEIGHBOUR

pytestmark = pytest.mark.django_db
CONSULTED = {
    "held_on": f"{m.DRAFTED:%d/%m/%Y}", "place": "Balai Desa", "men": "38", "women": "41", "hamlets": "Krajan, Lor",
    "said": "Meter gratis; Hanya untuk rumah tangga miskin",
}  # fmt: skip


@pytest.fixture
def villages(people, db):
    return m.villages_of(people, (NEIGHBOUR,))


def test_from_the_agreed_offer_to_a_text_that_all_accepted(people, villages):
    with clock.at(on(m.DRAFTED)):
        offer = m.agreed_offer(villages)
        listed = as_("sekdes").get(to("page.joint_regulations")).content.decode()
        assert to("agreements.start_joint_draft", offer.code) in listed
        assert to("page.joint_regulations") in as_("kades").get(to("page.joint_offer", offer.code)).content.decode()
        made = send(as_("sekdes"), to("agreements.start_joint_draft", offer.code))
        code = JointRegulation.objects.get().code
        assert made["Location"] == to("page.joint_regulation", code)
        read = as_("kades.2002").get(to("page.joint_regulation_text", code)).content.decode()
        assert "Masih kosong: Tujuan kerja sama" in read
        change = to("agreements.propose_joint_change", code, "tujuan")
        assert change in read
        assert send(as_("operator.2002"), change, tujuan="air bagi semua", reason="Mengisi.").status_code == 302
        bad = send(as_("sekdes"), to("agreements.propose_joint_change", code, "pendanaan"), reason="x")
        assert bad.status_code == 422  # dues of no village
        path = to("agreements.accept_joint_text", code)
        client = confirmed("kades", path)
        assert send(client, path, **hidden(client.get(path)), read="on").status_code == 302
        assert queries.stands(JointRegulation.objects.get())[0].accepted


def test_a_consultation_without_an_answer_or_without_people_is_named(people, villages):
    regulation = m.started(villages)
    path = to("agreements.record_joint_consultation", regulation.code)
    with clock.at(on(m.DRAFTED, 5)):
        bad = send(as_("sekdes"), path, **{**CONSULTED, "said": "Meter gratis"})
        assert bad.status_code == 422
        assert "belum dijawab" in bad.content.decode()
        empty = send(as_("sekdes"), path, **{**CONSULTED, "men": "0", "women": "0"})
        assert "Tidak ada yang hadir" in empty.content.decode()
        assert not JointConsultation.objects.exists()
        assert send(as_("sekdes"), path, **CONSULTED).status_code == 302
    held = JointConsultation.objects.get()
    assert held.hamlets == ["Krajan", "Lor"]
    assert "38 laki-laki, 41 perempuan" in as_("bpd").get(to("page.joint_regulation", regulation.code)).content.decode()


@pytest.mark.parametrize(
    "said", ["Hubungi Pak Karto 0812-3456-7890; Baik", "Meter gratis; Daftar dengan NIK 3304061203800001"]
)
def test_numbers_of_persons_do_not_reach_what_is_printed_for_everybody(people, villages, said):
    regulation = m.started(villages)
    path = to("agreements.record_joint_consultation", regulation.code)
    with clock.at(on(m.DRAFTED, 5)):
        bad = send(as_("sekdes"), path, **{**CONSULTED, "said": f"Meter gratis; Hanya bagi yang berhak\n{said}"})
    assert bad.status_code == 422
    assert "memuat data pribadi" in bad.content.decode()
    assert not JointConsultation.objects.exists()


def test_what_is_still_awaited_is_not_called_done(people, villages):
    regulation = m.locked(villages)
    asked = to("page.paper", regulation.paper.code)
    assert "Menunggu tanda tangan" in as_("warga").get(asked).content.decode()
    for each in villages:
        m.signs(each, regulation)
    assert "Menunggu pengundangan" in as_("warga").get(asked).content.decode()


@pytest.mark.parametrize("typed", ["nol", "0", "1000", "3 Tahun 2026"])
def test_a_number_that_is_none_is_named(people, villages, typed):
    regulation = m.started(villages)
    page = send(as_("sekdes"), to("agreements.give_joint_number", regulation.code), number=typed)
    assert page.status_code == 422
    assert "bukan nomor peraturan" in page.content.decode()


def test_it_is_locked_signed_and_promulgated_by_its_pages(people, villages):
    regulation = m.tabled(villages)
    code = regulation.code
    lock = to("agreements.lock_joint_text", code)
    with clock.at(on(m.MADE_ON)):
        given = {"made_on": f"{m.MADE_ON:%d/%m/%Y}", "place": "Pandanarum"}
        refused = send(confirmed("kades", lock), lock, **given)
        assert refused.status_code == 409
        assert "AG-23" in refused.content.decode()
    for each in villages:
        m.decides(each, regulation)
    with clock.at(on(m.MADE_ON)):
        assert send(confirmed("kades", lock), lock, **given).status_code == 302
        path = to("agreements.sign_joint_text", code)
        for who in ("kades", "kades.2002"):
            client = confirmed(who, path)
            page = client.get(path)
            assert "MEMUTUSKAN" in page.content.decode()
            assert send(client, path, **hidden(page)).status_code == 302
        printed = as_("camat").get(to("page.joint_regulation_print", code))
        assert b"".join(printed).count(b"/ByteRange") == 2
    with clock.at(on(m.PROMULGATED)):
        for who in ("sekdes", "sekdes.2002"):
            assert send(as_(who), to("agreements.promulgate_joint_text", code), gazette_number="3").status_code == 302
        shown = as_("camat").get(to("page.joint_regulation", code)).content.decode()
    assert "Berita Desa Nomor 3" in shown
    assert Paper.objects.filter(kind="joint_gazette").count() == 2
    assert as_("warga").get(to("page.joint_regulation", code)).status_code in (403, 404)
    assert as_("kades.asing").get(to("page.joint_regulation", code)).status_code == 404


def test_the_page_asks_the_database_little_however_many_villages(people, django_assert_max_num_queries):
    regulation = m.whole(m.villages_of(people))
    client = as_("kades")
    with django_assert_max_num_queries(60):
        assert client.get(to("page.joint_regulation", regulation.code)).status_code == 200


def test_a_draft_prints_as_it_would_read_today(people, villages):
    regulation = m.started(villages)
    page = as_("sekdes").get(to("page.joint_regulation_print", regulation.code))
    assert page["Content-Type"] == "application/pdf"
