"""The pages of indicators, reports and the register, as a browser without scripts uses them."""

import csv
import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bermitra.agreements.models import Annex
from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.journal.models import Event
from bermitra.monitoring import actions, queries
from bermitra.monitoring.models import Framework, Indicator, Report, Target, Value
from bermitra.registry.models import Partner
from tests.monitoring.makers import (
    ADOPTED,
    MEASURED,
    REPORTED,
    a_draft_framework,
    a_framework,
    a_ready_report,
    a_sent_report,
    a_value,
    an_agreement,
    an_open_report,
    measured,
)
from tests.partnership.makers import a_partner
from tests.people import OURS, PASSWORD

pytestmark = pytest.mark.django_db
MOST = 12  # statements of a signed-in page
FILLED = {
    "title": "Hasil cabai", "family": "welfare", "unit": "ton/ha", "scale": "1", "direction": "up", "method": "timbang",
    "data_owner": "village_coop_unit",
}  # fmt: skip


def signed_in(person) -> Client:
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.force_login(person, backend="bermitra.foundation.accounts.sign_in.NameOrPhone")
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    return client


def confirm(client: Client, path: str) -> None:
    """Give the password again, as a weighty act asks."""
    asked = client.get(path)
    assert asked["Location"].startswith("/masuk/lagi/")
    client.post(asked["Location"], {"password": PASSWORD})


def send(client: Client, path: str, **typed):
    return client.post(path, {"_key": uuid4().hex, **typed})


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def at(name: str, code: str) -> str:
    return reverse(name, args=[code])


# Indicators -----------------------------------------------------------------------------------------------------------


def test_a_clerk_drafts_the_indicators_page_by_page(people):
    agreement, client = an_agreement(people), signed_in(people.operator)
    with clock.at(ADOPTED):
        listed = client.get(reverse("page.measured_agreements"))
        assert at("monitoring.draft_framework", agreement.code) in words(listed)
        send(client, at("monitoring.draft_framework", agreement.code), sub_field="Pertanian lereng")
        framework = Framework.objects.get()
        row = at("monitoring.set_indicator", framework.code)
        assert "yield_per_ha" in words(client.get(at("page.known_indicators", framework.code)))
        assert 'value="Hasil per hektare"' in words(client.get(f"{row}?dari=yield_per_ha"))
        send(client, f"{row}?dari=yield_per_ha", **FILLED)
        indicator = Indicator.objects.get()
        assert indicator.known == "yield_per_ha"
        answer = send(
            client, at("monitoring.set_baseline", indicator.code), baseline="6,1", baseline_on="15 Januari 2026",
            index_item="e09", index_points="2",
        )  # fmt: skip
        assert answer["Location"] == at("page.indicator", indicator.code)
        send(client, at("monitoring.set_target", indicator.code), year="2026", amount="7,4")
        page = words(client.get(at("page.indicator", indicator.code)))
    indicator.refresh_from_db()
    assert (indicator.baseline, indicator.index_item, Target.objects.get().amount) == (61, "E09", 74)
    assert "6,1 ton/ha, 15 Januari 2026" in page
    assert "perkiraan IDM naik 0,0111" in page


def test_measuring_begins_from_the_rows_that_were_signed(people):
    agreement = an_agreement(people)
    Annex.objects.create(
        agreement=agreement, kind="indicators",
        rows=[{"name": "Lereng berteras", "unit": "ha", "baseline": "0", "target": "9", "evidence": "peta bersama"}],
    )  # fmt: skip
    framework, client = a_draft_framework(people, agreement, rows=0), signed_in(people.sekdes)
    assert "Lereng berteras" in words(client.get(at("page.known_indicators", framework.code)))
    row = at("monitoring.set_indicator", framework.code)
    assert 'value="peta bersama"' in words(client.get(f"{row}?lampiran=1"))
    assert client.get(f"{row}?lampiran=7").status_code == 200


@pytest.mark.parametrize(
    ("page", "typed", "sentence"),
    [
        ("monitoring.set_baseline", {"baseline": "6,15", "baseline_on": "15/01/2026", "index_points": "0"}, "6,15"),
        ("monitoring.set_baseline", {"baseline": "banyak", "baseline_on": "15/01/2026", "index_points": "0"}, "banyak"),
        (
            "monitoring.set_baseline",
            {"baseline": "6,1", "baseline_on": "15/01/2030", "index_points": "0"},
            "belum tiba",
        ),
        (
            "monitoring.set_baseline",
            {"baseline": "6,1", "baseline_on": "15/01/2026", "index_item": "Z99", "index_points": "0"},
            "Indikator Z99 tidak dikenal",
        ),
        ("monitoring.set_target", {"year": "2026", "amount": ""}, "belum diisi"),
    ],
)
def test_bad_figures_come_back_with_a_sentence(people, page, typed, sentence):
    indicator = a_draft_framework(people, an_agreement(people), rows=1).indicators.get()
    with clock.at(ADOPTED):
        answer = send(signed_in(people.operator), at(page, indicator.code), **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_the_head_sees_what_is_missing_and_is_refused_by_the_same_rule(people):
    framework, client = a_draft_framework(people, an_agreement(people), rows=2), signed_in(people.kades)
    with clock.at(ADOPTED):
        page = words(client.get(at("page.framework", framework.code)))
        refused = send(client, at("monitoring.adopt_framework", framework.code))
    assert "MN-01" in page
    assert refused.status_code == 409
    assert "MN-01" in words(refused)
    assert Framework.objects.get().state == "draft"


def test_the_head_adopts(people):
    framework, client = a_draft_framework(people, an_agreement(people)), signed_in(people.kades)
    with clock.at(ADOPTED):
        answer = send(client, at("monitoring.adopt_framework", framework.code))
    assert answer["Location"] == at("page.framework", framework.code)
    assert Framework.objects.get().state == "adopted"


def test_a_value_is_recorded_sent_and_approved(people):
    indicator = a_framework(people, an_agreement(people)).indicators.get(number=1)
    lksd, bpd = signed_in(people.lksd), signed_in(people.anggota_bpd)
    with clock.at(MEASURED):
        typed = {"amount": "7,6", "measured_on": "31/12/2026", "source": "buku panen", "method": "timbang"}
        assert send(lksd, at("monitoring.record_value", indicator.code), **typed).status_code == 302
        value = Value.objects.get()
        assert at("monitoring.submit_value", value.code) in words(lksd.get(at("page.indicator", indicator.code)))
        send(lksd, at("monitoring.submit_value", value.code))
        assert "MN-02" in words(bpd.get(at("monitoring.approve_value", value.code)))
        send(bpd, at("monitoring.approve_value", value.code))
    assert Value.objects.get().state == "approved"


def test_a_returned_value_is_repaired(people):
    indicator = a_framework(people, an_agreement(people)).indicators.get(number=1)
    value = actions.submit_value(by=people.by("lksd"), value=a_value(people, indicator, 760))
    send(signed_in(people.sekdes), at("monitoring.return_value", value.code), why="Salah koma.")
    client = signed_in(people.lksd)
    assert "Salah koma." in words(client.get(at("monitoring.revise_value", value.code)))
    with clock.at(MEASURED):
        typed = {"amount": "7,6", "measured_on": "31/12/2026", "source": "buku panen", "method": "timbang"}
        send(client, at("monitoring.revise_value", value.code), **typed)
    assert Value.objects.get().amount == 76


def test_a_value_before_its_baseline_is_refused(people):
    indicator = a_framework(people, an_agreement(people)).indicators.get(number=1)
    typed = {"amount": "7,6", "measured_on": "14/01/2026", "source": "buku", "method": "timbang"}
    answer = send(signed_in(people.lksd), at("monitoring.record_value", indicator.code), **typed)
    assert answer.status_code == 422
    assert "mendahului data awal 15 Januari 2026" in words(answer)


# Reports --------------------------------------------------------------------------------------------------------------


def test_a_report_is_written_filled_and_sent_with_the_password_asked_again(people):
    agreement = an_agreement(people)
    measured(people, agreement)
    sekdes, kades = signed_in(people.sekdes), signed_in(people.kades)
    with clock.at(REPORTED):
        send(sekdes, at("monitoring.open_report", OURS), year="2026")
        report = Report.objects.get()
        page = words(sekdes.get(at("page.village_report", report.code)))
        assert "MN-05" in page
        assert "Bab yang belum cukup:" in page
        said = {
            "general": "Satu kerja sama.",
            "participation": "Warga hadir.",
            "problems": "Tidak ada.",
            "next": "Lanjut.",
        }
        send(sekdes, at("monitoring.describe_report", report.code), **said)
        send(sekdes, at("monitoring.state_money", report.code), received="0", spent="0")
        path = at("monitoring.submit_report", report.code)
        typed = {"number": "140/018/2027", "dated": "20 Januari 2027"}
        confirm(kades, path)
        send(kades, path, **typed)
    assert Report.objects.get().state == "submitted"


def test_the_head_sends_and_reads_the_paper(people):
    report, client = a_ready_report(people), signed_in(people.kades)
    path = at("monitoring.submit_report", report.code)
    typed = {"number": "140/018/2027", "dated": "20 Januari 2027"}
    with clock.at(REPORTED):
        confirm(client, path)
        answer = send(client, path, **typed)
    assert answer["Location"] == at("page.village_report", report.code)
    report.refresh_from_db()
    page = words(client.get(at("page.village_report", report.code)))
    assert "140/018/2027" in page
    assert "BAB VIII" in page
    pdf = client.get(at("page.report_file", report.code))
    assert pdf.content.startswith(b"%PDF-")


def test_a_report_that_no_bpd_can_receive_is_refused_with_the_rule(people):
    report, client = a_ready_report(people), signed_in(people.kades)
    path = at("monitoring.submit_report", report.code)
    with clock.at(REPORTED):
        confirm(client, path)
        assert "Camat Haryanto" in words(client.get(path))
        Appointment.objects.filter(role="bpd_chair").update(until=date(2026, 12, 31))
        assert "(belum tercatat)" in words(client.get(path))
        answer = send(client, path, number="1", dated="20 Januari 2027")
    assert answer.status_code == 409
    assert "MN-06" in words(answer)
    assert Report.objects.get().state == "open"


def test_the_bpd_asks_receives_and_the_camat_passes_on(people):
    report = a_sent_report(people)
    bpd, camat = signed_in(people.bpd), signed_in(people.camat)
    assert at("monitoring.question_report", report.code) in words(bpd.get(at("page.village_report", report.code)))
    confirm(bpd, at("monitoring.receive_report", report.code))
    send(bpd, at("monitoring.receive_report", report.code), note="Diterima.")
    assert at("monitoring.forward_report", report.code) in words(camat.get(at("page.village_report", report.code)))
    send(camat, at("monitoring.forward_report", report.code), note="")
    assert Report.objects.get().state == "filed"


def test_a_question_stands_on_the_page_until_it_is_answered(people):
    report = a_sent_report(people)
    send(signed_in(people.bpd), at("monitoring.question_report", report.code), question="Mengapa terlambat?")
    page = words(signed_in(people.sekdes).get(at("page.village_report", report.code)))
    assert "BPD bertanya: Mengapa terlambat?" in page


def test_bad_report_forms_come_back(people):
    agreement = an_agreement(people)
    report, client = an_open_report(people), signed_in(people.sekdes)
    answer = send(client, at("monitoring.state_money", report.code), received="12,5", spent="0")
    assert answer.status_code == 422
    answer = send(client, at("monitoring.open_report", OURS), year="1999")
    assert answer.status_code == 422
    path = at("monitoring.open_progress_report", agreement.code)
    answer = send(client, path, starts_on="30/06/2026", ends_on="01/01/2026")
    assert answer.status_code == 422
    assert "sesudah tanggal mulai" in words(answer)
    assert send(client, path, starts_on="01/01/2026", ends_on="30/06/2026").status_code == 302


# Who may --------------------------------------------------------------------------------------------------------------


def test_foreigners_find_nothing(people):
    report = a_sent_report(people)
    value, indicator, framework = Value.objects.first(), Indicator.objects.first(), Framework.objects.get()
    for who in (people.kades_asing, people.dinas_asing):
        client = signed_in(who)
        for name, held in (
            ("page.village_report", report), ("page.report_file", report), ("page.indicator", indicator),
            ("page.framework", framework), ("page.value_file", value),
        ):  # fmt: skip
            assert client.get(at(name, held.code)).status_code == 404, name
    assert signed_in(people.sekdes_asing).get(at("monitoring.open_report", OURS)).status_code == 404
    assert signed_in(people.sekdes_asing).get(at("monitoring.describe_report", report.code)).status_code == 404


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("operator", "monitoring.adopt_framework"),
        ("camat", "monitoring.adopt_framework"),
        ("dinas", "monitoring.set_indicator"),
        ("bpd", "monitoring.draft_framework"),
        ("operator", "monitoring.submit_report"),
        ("dinas", "monitoring.submit_report"),
        ("kades", "monitoring.receive_report"),
        ("dinas", "monitoring.forward_report"),
        ("kades", "page.cooperation_register"),
        ("warga", "page.village_reports"),
    ],
)
def test_the_wrong_office_is_turned_away(people, who, name):
    agreement = an_agreement(people)
    framework, report = a_draft_framework(people, agreement), an_open_report(people)
    code = {"monitoring.draft_framework": agreement.code}.get(
        name, framework.code if "framework" in name else report.code
    )
    code = framework.code if name == "monitoring.set_indicator" else code
    before = Event.objects.count()
    client = signed_in(getattr(people, who))
    path = reverse(name) if name.startswith("page.") else at(name, code)
    assert client.get(path).status_code == 403
    assert send(client, path).status_code in (403, 405)
    assert Event.objects.count() == before


# The register ---------------------------------------------------------------------------------------------------------


def rows_of(client: Client, query: str = "tahun=2026") -> list[list[str]]:
    answer = client.get(f"{at('page.cooperation_register_file', 'csv')}?{query}")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_register_has_exactly_the_columns_of_the_regency(people):
    a_framework(people, an_agreement(people))
    client = signed_in(people.dinas)
    answer = client.get(at("page.cooperation_register_file", "csv"), {"tahun": "2026"})
    first, second = answer.content.decode("utf-8-sig").split("\r\n")[:2]
    assert first == "No;Kecamatan;Desa;Tahun;Jenis;Mitra;Bidang;Sub-bidang;Dokumen lengkap"
    partner = Partner.objects.get().name
    assert second == f"1;Pandanarum;Pandanarum;2026;KDPK;{partner};Pemberdayaan Masyarakat;Pertanian lereng;ya"


def test_the_register_is_narrowed_by_what_stands_in_the_address(people):
    an_agreement(people)
    an_agreement(people, title="Tanpa nomor mitra", partner_number="")
    client = signed_in(people.dinas)
    assert [row[8] for row in rows_of(client)] == ["Dokumen lengkap", "ya", "belum"]
    assert len(rows_of(client, "tahun=2025")) == 1, "tahun"
    assert len(rows_of(client, "tahun=2026&kecamatan=33.04.19")) == 3
    assert len(rows_of(client, "tahun=2026&kecamatan=33.04.06")) == 1
    assert len(rows_of(client, "tahun=2026&bidang=pelaksanaan_pembangunan")) == 1
    assert len(rows_of(client, "tahun=2026&kecamatan=51.08.02")) == 3  # no district of ours: the filter falls away
    page = words(client.get(reverse("page.cooperation_register"), {"tahun": "2026"}))
    assert page.count("Pertanian") >= 1


def test_another_regency_sees_its_own_register(people):
    an_agreement(people)
    assert len(rows_of(signed_in(people.dinas_asing))) == 1
    assert len(rows_of(signed_in(people.camat))) == 2


def test_a_name_that_a_spreadsheet_would_carry_out_is_made_harmless(people):
    an_agreement(people, partner=a_partner(people, name="=HYPERLINK(1)"))
    assert rows_of(signed_in(people.dinas))[1][5] == "'=HYPERLINK(1)"


def test_a_name_with_a_semicolon_stays_in_its_cell(people):
    an_agreement(people, partner=a_partner(people, name="Gapoktan A; B"))
    assert rows_of(signed_in(people.dinas))[1][5] == "Gapoktan A; B"


def test_the_workbook_holds_the_register_and_two_national_lists(people, tmp_path):
    an_agreement(people)
    answer = signed_in(people.dinas).get(at("page.cooperation_register_file", "xlsx"), {"tahun": "2026"})
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Kerja sama", "SDGs Desa D.P710", "Indeks Desa"]
    assert book.get_sheet_by_name("Indeks Desa").to_python()[1] == ["Pandanarum", "tidak", "ada"]
    assert book.get_sheet_by_name("SDGs Desa D.P710").to_python()[1][3:] == [2029, 312_000_000]


def test_other_files_of_the_register_do_not_exist(people):
    assert signed_in(people.dinas).get(at("page.cooperation_register_file", "exe")).status_code == 404


def test_the_board_of_missing_reports(people):
    an_agreement(people)
    with clock.at(REPORTED.replace(month=3)):
        page = words(signed_in(people.dinas).get(reverse("page.overdue_board")))
    assert "Laporan 2026, jatuh tempo 31 Januari 2027" in page


# Weight ---------------------------------------------------------------------------------------------------------------


def test_no_page_asks_the_database_more_than_twelve_times(people):
    agreement = an_agreement(people)
    report = a_ready_report(people, agreement)
    other = an_agreement(people, title="Kedua", starts_on=date(2026, 3, 1))
    a_draft_framework(people, other)
    framework = Framework.objects.get(agreement=agreement)
    indicator = framework.indicators.get(number=1)
    a_value(people, indicator, 70)
    pages = {
        "sekdes": [
            reverse("page.measured_agreements"), at("page.framework", framework.code),
            at("page.known_indicators", framework.code), at("page.indicator", indicator.code),
            reverse("page.village_reports"), at("page.village_report", report.code),
            at("monitoring.describe_report", report.code), at("monitoring.record_value", indicator.code),
            at("monitoring.open_report", OURS), reverse("page.overdue_board"),
        ],
        "dinas": [
            reverse("page.cooperation_register"), reverse("page.overdue_board"), reverse("page.village_reports"),
            at("page.village_report", report.code),
        ],
    }  # fmt: skip
    heavy = {}
    for who, paths in pages.items():
        client = signed_in(getattr(people, who))
        client.get(paths[0])
        for path in paths:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(path).status_code == 200, path
            if len(asked) > MOST:
                heavy[path] = len(asked)
    assert heavy == {}


def test_the_public_table_hides_small_counts_of_people(people):
    agreement = an_agreement(people)
    measured(people, agreement, (76, 4, 71))
    shown = render_to_string("monitoring/open_figures.html", {"figures": queries.indicators_of(agreement)})
    assert "kurang dari 5" in shown
    assert "7,6" in shown
    assert "115,4%" in shown
    assert ">4<" not in shown
