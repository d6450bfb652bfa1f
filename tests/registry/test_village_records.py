"""What a village keeps of itself is mended with a reason and never lost; who may work with others is told line by line."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import VillageIndex
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.models import Correction, OverdueReport, PlanLine, VillageAsset, VillageProfile
from bermitra.registry.queries.villages import assets_of, plan_lines, village_facts
from tests.people import FOREIGN, OURS, place
from tests.registry.makers import a_plan_line, a_village_profile, an_asset
from tests.registry.test_pages import at, send, signed_in, words

pytestmark = pytest.mark.django_db


def refused(does, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as why:
        does(**given)
    return why.value.codes


def a_correction(people, line, who="sekdes", reason="Salah ketik", **values):
    return actions.correct_plan_line(by=people.by(who), line=line, values=values, reason=reason)


# --- corrections -------------------------------------------------------------------------------------------------------


def test_a_line_is_mended_with_a_reason_and_its_old_words_stay(people):
    line = a_plan_line(people)
    a_correction(people, line, activity="Pembangunan embung", estimate=250_000_000)
    line.refresh_from_db()
    assert (line.activity, line.estimate) == ("Pembangunan embung", 250_000_000)
    kept = Correction.objects.get()
    assert kept.changed == {
        "activity": ["Pembangunan sarana air bersih", "Pembangunan embung"],
        "estimate": [231_000_000, 250_000_000],
    }
    assert (kept.reason, kept.corrected_by) == ("Salah ketik", people.sekdes.code)
    said = Event.objects.get(verb="plan_line.corrected").body
    assert "embung" not in said


def test_RG_25_correction_has_reason(people):
    line = a_plan_line(people)
    assert refused(a_correction, people=people, line=line, reason="", activity="Lain") == ("RG-25",)
    assert refused(a_correction, people=people, line=line, activity=line.activity) == ("RG-25",)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("who", ["kades", "bendahara", "bpd", "camat", "dinas", "sekdes.asing"])
def test_nobody_but_the_villages_clerks_mends_its_lines(people, who):
    line = a_plan_line(people)
    with pytest.raises(NotAllowed):
        a_correction(people, line, who=who, activity="Lain")


def test_a_line_that_was_taken_out_is_read_where_it_was_used_and_changes_no_more(people):
    line = a_plan_line(people)
    actions.withdraw_plan_line(by=people.by("sekdes"), line=line, reason="Tidak ada dalam RKP")
    assert not plan_lines(place(OURS)).exists()
    assert PlanLine.objects.get(pk=line.pk).activity == line.activity
    with pytest.raises(NoSuchMove):
        a_correction(people, line, activity="Lain")
    page = signed_in(people.operator).get(at("page.plan_line", line.code))
    assert "Dicabut dari rencana" in words(page)
    assert at("registry.correct_plan_line", line.code) not in words(page)
    a_plan_line(people)  # the number is free again


def test_a_number_stands_once_among_the_lines_in_force(people):
    a_plan_line(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanLine.objects.create(
            village=place(OURS), plan="rkp", year=2026, reference="2.4.3", activity="Lain", execution_mode="swakelola",
            field_of_government="pelaksanaan_pembangunan", recorded_at="2026-01-01T00:00:00Z", recorded_by="system",
        )  # fmt: skip


def test_an_asset_is_mended_and_taken_off_the_list_on_its_pages(people):
    asset = an_asset(people)
    client = signed_in(people.sekdes)
    typed = {"name": asset.name, "kind": "land", "quantity": "2.500,5", "unit": "m²", "certificate": "SHP 12",
             "recorded": "on", "used_by": "Kelompok tani, sewa sampai 2027", "title": "village"}  # fmt: skip
    assert send(client, at("registry.correct_asset", asset.code), **typed).status_code == 422  # without a reason
    sent = send(client, at("registry.correct_asset", asset.code), **typed, reason="Diukur ulang")
    assert sent["Location"] == at("page.village_asset", asset.code)
    page = words(client.get(sent["Location"]))
    assert "Diukur ulang" in page
    assert "2.500,5" in page
    assert "Kelompok tani, sewa sampai 2027" in page
    send(client, at("registry.withdraw_asset", asset.code), reason="Ditukar dengan tanah lain")
    assert not assets_of(place(OURS)).exists()
    assert "Ditukar dengan tanah lain" in words(client.get(at("page.village_history", OURS)))


def test_the_point_of_an_asset_is_mended_and_taken_away_and_its_history_tells_both(people):
    asset, client = an_asset(people), signed_in(people.sekdes)
    path, page = at("registry.correct_asset", asset.code), at("page.village_asset", asset.code)
    typed = {"name": asset.name, "kind": "land", "quantity": "2500", "unit": "m²", "certificate": "SHP 12",
             "recorded": "on"}  # fmt: skip
    send(client, path, **typed, point="-7.3645, 109.6921", reason="Titiknya diukur")
    assert 'value="7,3645° LS, 109,6921° BT"' in client.get(path).content.decode()
    assert "Titik lokasi</dt><dd>7,3645° LS, 109,6921° BT" in client.get(page).content.decode()
    same = send(client, path, **typed, point="7,3645° LS, 109,6921° BT", reason="Tidak ada yang berubah")
    assert same.status_code == 409  # RG-25: as it was typed and as it was kept are one point
    send(client, path, **typed, point="", reason="Titiknya belum pasti")
    asset.refresh_from_db()
    assert (asset.point, asset.latitude, asset.longitude) == (None, None, None)
    assert "Garis lintang" in words(client.get(page)) and "-7,3645" in words(client.get(page))


def test_half_a_point_is_kept_nowhere(people):
    asset = an_asset(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        VillageAsset.objects.filter(pk=asset.pk).update(latitude=Decimal("-7.3645"))


def test_a_profile_that_was_said_changes_with_a_reason(people):
    a_village_profile(people)
    client = signed_in(people.operator)
    path = at("registry.update_village", OURS)
    typed = {"vision": "Desa berdaulat pangan", "contact_name": "Endah Lestari",
             "contact_office": "Ketua Lembaga Kerja Sama Desa"}  # fmt: skip
    assert "Tulis alasan singkat" in words(send(client, path, **typed))
    send(client, path, **typed, reason="Musyawarah mengubah visi")
    kept = Correction.objects.get()
    assert kept.changed == {"vision": ["Desa mandiri dan berbudaya", "Desa berdaulat pangan"]}
    assert "Desa mandiri dan berbudaya" in words(client.get(at("page.village_history", OURS)))


def test_why_an_account_is_no_institutions_is_kept_and_shown(people):
    actions.record_account(
        by=people.by("bendahara"), village=place(OURS), holder_kind="person", holder="Tri Wahyuni", bank="BRI",
        reason="Rekening kas desa baru dibuka minggu depan",
    )  # fmt: skip
    assert VillageProfile.objects.get().account_reason == "Rekening kas desa baru dibuka minggu depan"
    assert "Rekening kas desa baru dibuka minggu depan" in words(
        signed_in(people.kades).get(at("page.village_file", OURS))
    )


# --- who may work with others ------------------------------------------------------------------------------------------


def the_system() -> By:
    return By.the_system()


def test_RG_17_village_ready_to_partner(people):
    village = place(OURS)
    assert village_facts(village).person_in_charge == ""
    a_village_profile(people)
    assert village_facts(village).person_in_charge == "Endah Lestari"
    actions.record_overdue_report(by=the_system(), village=village, year=2024, due_on=date(2025, 3, 31))
    actions.record_overdue_report(by=the_system(), village=village, year=2024, due_on=date(2025, 3, 31))
    assert village_facts(village).overdue_reports == 1
    page = words(signed_in(people.sekdes).get(at("page.village_file", OURS)))
    assert "RG-17" in page
    assert "1 laporan tertunggak, yaitu tahun 2024." in page
    actions.close_overdue_report(by=the_system(), village=village, year=2024)
    assert village_facts(village).overdue_reports == 0
    assert OverdueReport.objects.get().closed_at is not None


def test_reports_are_noted_by_the_clock_alone(people):
    for who in ("dinas", "sekdes", "kades", "inspektorat"):
        with pytest.raises(NotAllowed):
            actions.record_overdue_report(by=people.by(who), village=place(OURS), year=2024, due_on=date(2025, 3, 31))


# --- the file ----------------------------------------------------------------------------------------------------------


def test_the_file_shows_register_offices_and_what_is_missing_with_the_way_to_it(people):
    for year, idm in ((2023, 6400), (2024, 6586)):
        VillageIndex.objects.create(
            village=place(OURS), year=year, iks=7000, ike=6000, ikl=6700, idm=idm, status_published="Berkembang",
            published_code=OURS, how_matched="code_and_name",
        )  # fmt: skip
    page = words(signed_in(people.operator).get(at("page.village_file", OURS)))
    assert "0,6586" in page
    assert 'width="65.9"' in page or 'width="65.8"' in page
    assert "Sutrisno Hadi" in page
    assert "1 Januari 2022 sampai 31 Desember 2029" in page
    assert at("registry.update_village", OURS) in page
    assert at("opendata.download_archive", OURS) in page
    other = words(signed_in(people.dinas).get(at("page.village_file", OURS)))
    assert at("opendata.download_archive", OURS) not in other


def test_lists_are_narrowed_by_what_stands_in_the_address(people):
    a_plan_line(people, reference="1")
    a_plan_line(people, reference="2", plan="rpjm", year=2024)
    an_asset(people)
    an_asset(people, name="Balai desa", kind="building", pledged=True)
    client = signed_in(people.operator)
    assert "1 baris" in words(client.get(at("page.village_plan", OURS) + "?rencana=rpjm"))
    assert "0 baris" in words(client.get(at("page.village_plan", OURS) + "?tahun=2020"))
    assert "1 aset" in words(client.get(at("page.village_assets", OURS) + "?keadaan=dipakai"))
    assert client.get(at("page.village_assets", FOREIGN)).status_code == 404
