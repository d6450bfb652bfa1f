"""What binds villages to one another, as anybody sees it: numbers, Berita Desa, who was heard, who sits, who has paid."""

from datetime import date

import pytest
from django.test import Client

from bermitra.agreements.joint import queries as joint_queries
from bermitra.agreements.joint import sealing
from bermitra.agreements.joint.body import actions
from bermitra.agreements.joint.body.models import JointBodySeat, JointDue
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from tests.agreements import joint_makers as m
from tests.agreements.test_joint_body import FORMED, formed, sees
from tests.deliberation.joint_makers import CALLED
from tests.deliberation.makers import on
from tests.people import NEIGHBOUR, OURS
from tests.portal.test_joint import at, words

pytestmark = pytest.mark.django_db(transaction=True)

SEEN = on(date(2027, 5, 3))


@pytest.fixture
def villages(people, settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path
    return m.villages_of(people, (NEIGHBOUR,))


def test_nothing_is_shown_before_the_first_village_promulgated_it_and_then_who_still_owes_it(people, villages):
    regulation = m.locked(villages)
    page = f"/antar-desa/peraturan/{regulation.code}/"
    with clock.at(SEEN):
        assert Client().get(page).status_code == 404
        assert Client().get(f"{page}naskah.pdf").status_code == 404
        assert regulation.code not in at("/antar-desa/peraturan/", SEEN)
    offer = at(f"/antar-desa/{regulation.offer.code}/", SEEN)
    assert "Menunggu tanda tangan setiap Kepala Desa." in offer and page not in offer
    for each in villages:
        m.signs(each, regulation)
    m.promulgates(people, regulation, "7")
    said = words(at(page, SEEN))
    for each in (
        "Menunggu pengundangan dalam Berita Desa setiap desa.", "Nomor 2 Tahun 2026", "Nomor 3 Tahun 2026",
        "Berita Desa Nomor 7 Tahun 2026, diundangkan", "Belum diundangkan",
        "Belum berlaku",
    ):  # fmt: skip
        assert each in said, each
    assert page in at(f"/antar-desa/{regulation.offer.code}/", SEEN)


def test_everybody_reads_who_was_heard_who_sits_and_which_village_has_paid(people, villages):
    body = formed(villages)
    regulation = body.regulation
    with clock.at(on(FORMED)):
        JointBodySeat.objects.create(body=body, village_id=OURS, name="Wagiyem", sex="P", office="member", since=FORMED)
        due = JointDue.objects.get(village_id=OURS, year=2026)
        paid = actions.pay_joint_due(
            by=people.by("bendahara"), due=due, amount=due.amount, paid_on=FORMED, receipt="BKM-01"
        )
    assert "lunas</td>" not in at(f"/antar-desa/peraturan/{regulation.code}/", SEEN).replace("belum lunas", "")
    sees(villages[1].by("kades"), paid)
    page = at(f"/antar-desa/peraturan/{regulation.code}/", SEEN)
    said = words(page)
    for each in (
        "Berlaku sejak", "79 orang, 41 perempuan", "Meter gratis untuk semua",
        "Jawaban: Hanya untuk rumah tangga miskin",
        "01/BKAD/2026", "Pandanarum 2026", "lunas", "Beji 2026", "terlambat", "Iuran yang terlambat:",
        "Peraturan Bersama ini mulai berlaku pada tanggal diundangkan.",
    ):  # fmt: skip
        assert each in said, each
    for office, seat in (("Ketua", "Tarmi<small>Pandanarum"), ("Bendahara", "Sukirno<small>Beji")):
        assert f"<dt>{office}</dt><dd>{seat}</small>" in page
    for hidden in ("Wagiyem", "Bank contoh", "BKM-01", "Pandanarum 2028"):  # members, the account, what is not due yet
        assert hidden not in said, hidden
    paper = f"/verifikasi/{m.fresh(regulation).paper.code}/"
    assert paper in page
    assert f"/antar-desa/peraturan/{regulation.code}/" in at(paper, SEEN)  # and back again


def test_the_paper_with_all_signatures_is_handed_out(people, villages):
    regulation = m.in_force(villages)
    with clock.at(on(m.PROMULGATED)):
        sealing.seal(regulation)
        kept = joint_queries.signed_file(regulation)
        answer = Client().get(f"/antar-desa/peraturan/{regulation.code}/naskah.pdf")
    assert kept is not None and kept.sha256 != regulation.paper.file.sha256
    assert answer.content == files.read(kept.sha256)


def test_it_is_found_by_area_and_by_code_and_said_to_be_over_after_its_last_day(people, villages):
    regulation = m.in_force(villages)
    page = f"/antar-desa/peraturan/{regulation.code}/"
    for area in ("", f"?di={OURS}", f"?di={NEIGHBOUR}", "?di=33.04"):
        assert page in at(f"/antar-desa/peraturan/{area}", SEEN)
    assert page not in at("/antar-desa/peraturan/?di=51", SEEN)
    assert page not in at(f"/antar-desa/peraturan/?setelah={regulation.code}", SEEN)
    with clock.at(SEEN):
        assert Client().get("/cari/", {"q": regulation.code})["Location"] == page
    assert f"/antar-desa/peraturan/?di={OURS}" in at(f"/desa/{OURS}/", SEEN)
    assert f"/antar-desa/peraturan/?di={OURS}" in at(f"/antar-desa/?di={OURS}", SEEN)
    assert "Masa berlakunya habis" not in at(page, on(date(2031, 5, 31)))
    assert "Masa berlakunya habis" in at(page, on(date(2031, 6, 1)))


def test_a_number_by_which_somebody_is_found_is_taken_out_of_what_residents_proposed(people, villages):
    regulation = m.filled(villages, m.started(villages))
    for number, each in enumerate(villages, 2):
        m.accepts(each, regulation)
        m.consults(each, regulation, men=40, women=2, said=[("Hubungi 081234567890 soal meter", "Akan dihubungi.")])
        m.numbers(each, regulation, number)
    with clock.at(on(m.DRAFTED, 7)):
        m.actions.table_joint_text(by=people.by("kades"), regulation=m.fresh(regulation))
    for each in villages:
        m.decides(each, regulation)
    regulation = m.lock(people, m.fresh(regulation))
    for each in villages:
        m.signs(each, regulation)
    m.promulgates(people, regulation)
    heard = words(at(f"/antar-desa/peraturan/{regulation.code}/", SEEN)).split("Naskah lengkap")[0]
    assert "42 orang" in heard and "2 perempuan" not in heard  # two women would be recognised
    assert "soal meter" in heard and "081234567890" not in heard


def test_the_page_and_the_list_ask_the_database_little(people, villages, django_assert_max_num_queries):
    regulation = m.fresh(formed(villages).regulation)
    with django_assert_max_num_queries(6):
        at(f"/antar-desa/peraturan/{regulation.code}/", SEEN)
    with django_assert_max_num_queries(2):
        at("/antar-desa/peraturan/", SEEN)
    with django_assert_max_num_queries(7):  # one more than an offer that is still open: what grew from it
        at(f"/antar-desa/{regulation.offer.code}/", on(CALLED))
