"""Plans and inventories come in as the tables in which villages keep them: what is read, refused, and loaded."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bermitra.foundation.fields import say
from bermitra.foundation.journal.models import Event
from bermitra.foundation.text import BadInput
from bermitra.registry import actions
from bermitra.registry.models import Correction, PlanLine, VillageAsset, VillageTable
from bermitra.registry.tables.assets import read_assets
from bermitra.registry.tables.plan_lines import read_plan_lines
from bermitra.registry.tables.reading import MOST_ROWS
from tests.people import FOREIGN, OURS, place
from tests.registry.makers import a_plan_line, an_asset
from tests.registry.tables import ASSETS, RKP, asset_row, csv, rkp_row, xlsx
from tests.registry.test_pages import at, send, signed_in, words

pytestmark = pytest.mark.django_db
PLAN = "?rencana=rkp"


def read(content: bytes, *, plan: str = "rkp", year: int = 2026, name: str = "rkp.xlsx"):
    return read_plan_lines(name, content, village=place(OURS), codes=(OURS, "33.04.19.2099"), plan=plan, year=year)


def told(found) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, say(BadInput("x", each.says, **each.values))) for each in found.wrong]


# --- what is read ------------------------------------------------------------------------------------------------------


def test_every_column_of_the_law_is_kept(people):
    found = read(xlsx(RKP, rkp_row()))
    assert found.wrong == []
    assert found.values == [
        {
            "reference": "1", "field_of_government": "pelaksanaan_pembangunan", "sub_field": "Kawasan permukiman",
            "activity": "Pembangunan sarana air bersih", "place": "Dusun Sawangan", "quantity": Fraction(120), "unit": "meter",
            "benefit": "86 keluarga", "starts_on": date(2026, 3, 2), "ends_on": date(2026, 9, 30), "duration": "",
            "estimate": 231_000_000, "funding": "Dana Desa", "execution_mode": "pihak_ketiga", "executor": "TPK", "sdg": "",
            "present_state": "", "beneficiaries": "", "plan_years": [],
        }
    ]  # fmt: skip


def test_an_rpjm_knows_goal_state_gainers_and_years(people):
    head = (*RKP, "SDGs_ke", "Data_Existing", "Penerima_Manfaat", "Tahun_1", "Tahun_2", "Tahun_3")
    found = read(xlsx(head, [*rkp_row(), 6, "Mata air belum dipakai", "86 KK", "v", "", "x"]), plan="rpjm")
    assert found.wrong == []
    line = found.values[0]
    assert (line["sdg"], line["beneficiaries"], line["plan_years"]) == ("6", "86 KK", [2026, 2028])


def test_a_real_table_has_titles_two_lines_of_header_numbers_groups_and_sums(people):
    upper = ("No", "Bidang", "Jenis Kegiatan", "Lokasi", "Biaya (Rp)", "Pola Pelaksanaan", "", "")
    lower = ("", "", "", "", "", "Swakelola", "Kerja Sama Antar Desa", "Kerja Sama Pihak Ketiga")
    found = read(
        xlsx(
            upper,
            lower,
            [1, 2, 3, 4, 5, 6, 7, 8],
            [1, "Bidang Pembinaan Kemasyarakatan Desa", "Festival kopi", "Balai desa", 12_500_000, "", "v", ""],
            [2, "", "Pelatihan barista", "Balai desa", 4_000_000, "v", "", ""],
            ["", "JUMLAH", "", "", 16_500_000, "", "", ""],
            above=[["RENCANA KERJA PEMERINTAH DESA"], ["TAHUN 2026"], []],
        )
    )
    assert found.wrong == []
    assert [(row["activity"], row["field_of_government"], row["execution_mode"]) for row in found.values] == [
        ("Festival kopi", "pembinaan_kemasyarakatan", "antar_desa"),
        ("Pelatihan barista", "pembinaan_kemasyarakatan", "swakelola"),
    ]
    assert found.passed_by == [6, 9]


def test_a_table_of_semicolons_is_read_alike(people):
    assert read(csv(RKP, rkp_row()), name="rkp.csv").values == read(xlsx(RKP, rkp_row())).values


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("bidang", "Bidang lain-lain", "Bidang Bidang lain-lain tidak dikenal."),
        ("nama_kegiatan", "", "Sel ini kosong."),
        ("jumlah_biaya", "dua juta", "Jumlah dua juta belum jelas."),
        ("jumlah_biaya", "#REF!", "Rumus di sel ini galat."),
        ("swakelola", "v", "Tandai satu pola saja"),
        ("pihak_ketiga", "", "Tandai satu pola saja"),
        ("pihak_ketiga", "mungkin", "Tanda mungkin tidak dikenal."),
        ("tanggal_mulai", "31/11/2026", "30 November"),
        ("tanggal_selesai", "01/01/2026", "Tanggal selesai mendahului tanggal mulai."),
        ("volume", "1.234", "1234"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_with_its_row_and_what_to_do(people, column, value, says):
    found = read(xlsx(RKP, rkp_row(), rkp_row("2", "Jalan usaha tani", **{column: value})))
    assert found.wrong, (column, value)
    row, _heading, sentence = told(found)[0]
    assert row == 3
    assert says in sentence
    assert len(sentence.split()) <= 18


def test_a_row_that_stands_there_twice_names_the_first(people):
    found = read(xlsx(RKP, rkp_row(), rkp_row("2"), rkp_row("1", "Jalan usaha tani")))
    assert told(found) == [(4, "no", "Sudah ada di baris 2. Hapus salah satunya.")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (xlsx(("No", "Nama_Kegiatan"), [1, "Air"]), "table.columns"),
        (xlsx(RKP), "table.empty"),
        (csv(RKP, *(rkp_row(str(n), f"Kegiatan {n}") for n in range(MOST_ROWS + 1))), "table.long"),
        (b"x" * 1_000_001, "table.large"),
        (b"%PDF-1.7 nothing", "file.kind"),
    ],
)
def test_a_table_that_is_none_is_refused_whole(people, content, code):
    with pytest.raises(BadInput) as bad:
        read(content)
    assert bad.value.code == code


CORPUS = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "bad_inputs.yaml").read_text(encoding="utf-8"))
CODES = [each for each in CORPUS if each["where"] == "code"]


@pytest.mark.parametrize("line", CODES, ids=lambda line: f"{line['id']}-{line['value']!r}")
def test_a_code_in_a_table_is_answered_as_a_code_in_a_form(people, line):
    """As a form does: refused with the same sentence, or read to the same code, and then it is this village's or not."""
    head = ("Kode_Desa", *RKP)
    found = read(csv(head, [line["value"], *rkp_row()]), name="rkp.csv")
    said = {(each.column, each.says) for each in found.wrong}
    if line["expect"] == "refuse" and line["message"] != "text.empty":
        with pytest.raises(BadInput) as bad:
            parse(line["value"])
        assert said == {("kode_desa", bad.value.message)}
    elif line["expect"] == "accept":
        (wrong,) = found.wrong  # another village's code
        assert wrong.values["value"] == line["normalised"]


def parse(text: str) -> str:
    from bermitra.foundation.codes import parse_region_code

    return parse_region_code(text)


@pytest.mark.parametrize("code", [OURS, "3304192001", "33.04.19.2099"])
def test_the_own_code_and_a_former_one_are_taken(people, code):
    assert read(xlsx(("Kode_Desa", "Desa", *RKP), [code, "DESA PANDAN ARUM", *rkp_row()])).wrong == []


def test_another_villages_name_is_refused(people):
    found = read(xlsx(("Desa", *RKP), ["Beji", *rkp_row()]))
    assert told(found) == [(2, "desa", "Beji bukan nama desa ini, Pandanarum. Periksa desanya.")]


def test_an_inventory_is_read_in_the_words_of_its_book(people):
    found = read_assets(
        "aset.xlsx",
        xlsx(
            (*ASSETS, "tahun_perolehan", "asal_usul"),
            [*asset_row(), 1987, "Kekayaan asli desa"],
            [
                *asset_row("Traktor", golongan="B", jumlah=1, status_sertifikat="", tanah_kas_desa=""),
                "03/05/2021",
                "APBDesa",
            ],
        ),
    )
    assert found.wrong == []
    land, tractor = found.values
    assert (land["kind"], land["title"], land["origin"], land["acquired_year"]) == ("land", "village", "own", 1987)
    assert (tractor["kind"], tractor["origin"], tractor["acquired_year"]) == ("equipment", "budget", 2021)
    assert not tractor["village_land"]


# --- what is loaded ----------------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "rkp.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def shown(client, content: bytes, name: str = "rkp.xlsx"):
    return send(client, at("registry.import_plan_lines", OURS) + PLAN, year="2026", table=upload(content, name))


def held_in(page) -> str:
    return page.context["form"].initial["held"]


def test_a_plan_is_shown_before_it_is_loaded_and_loaded_whole(people):
    client = signed_in(people.operator)
    page = shown(client, xlsx(RKP, rkp_row(), rkp_row("2", "Jalan usaha tani")))
    assert page.status_code == 200
    assert "2 baris ditambah, 0 diperbarui" in words(page)
    assert not PlanLine.objects.exists()
    done = send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(page))
    assert done["Location"] == at("page.village_file", OURS)
    assert [each.reference for each in PlanLine.objects.order_by("pk")] == ["1", "2"]
    table = VillageTable.objects.get()
    assert (table.added, table.changed, table.file.name) == (2, 0, "rkp.xlsx")
    line = Event.objects.get(verb="plan_lines.imported")
    assert table.file.sha256 in line.body
    assert "Jalan" not in line.body


def test_a_wrong_row_keeps_all_others_out(people):
    client = signed_in(people.operator)
    page = shown(client, xlsx(RKP, rkp_row(), rkp_row("2", "Jalan", jumlah_biaya="banyak")))
    assert page.status_code == 422
    assert "Baris 3" in words(page)
    refused = send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(page))
    assert refused.status_code == 409
    assert "RG-26" in words(refused)
    assert not PlanLine.objects.exists()


def test_the_same_file_twice_is_told_with_its_day(people):
    client = signed_in(people.operator)
    content = xlsx(RKP, rkp_row())
    send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(shown(client, content)))
    again = shown(client, content)
    assert again.status_code == 422
    assert "Berkas ini sudah diimpor" in words(again)
    assert VillageTable.objects.count() == PlanLine.objects.count() == 1


def test_what_the_table_names_reads_as_it_does_and_the_rest_stays(people):
    same = a_plan_line(people, reference="7")
    other = a_plan_line(people, reference="8")
    client = signed_in(people.sekdes)
    page = shown(client, xlsx(RKP, rkp_row("8", "Jalan usaha tani"), rkp_row("9", "Lumbung desa")))
    assert "1 baris ditambah, 1 diperbarui, 0 sudah sama. 1 baris lain tetap." in words(page)
    send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(page))
    other.refresh_from_db()
    assert other.activity == "Jalan usaha tani"
    assert other.regulation == "Peraturan Desa 4 Tahun 2025"
    assert PlanLine.objects.get(pk=same.pk).activity == same.activity
    kept = Correction.objects.get()
    assert kept.changed["activity"] == ["Pembangunan sarana air bersih", "Jalan usaha tani"]


def test_changing_many_lines_costs_no_more_statements_than_changing_few(people):
    client, told = signed_in(people.operator), []
    for many in (3, 40):
        for activity in ("Jalan", "Lumbung"):
            rows = [rkp_row(str(number), f"{activity} {number} {many}") for number in range(1, many + 1)]
            page = shown(client, xlsx(RKP, *rows))
            with CaptureQueriesContext(connection) as said:
                send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(page))
        told.append(len(said))
    assert told[0] == told[1], told
    assert PlanLine.objects.filter(activity__endswith=" 40", activity__startswith="Lumbung").count() == 40
    assert Correction.objects.filter(changed__has_key="activity").count() == 3 + 3 + 40


def test_lines_without_numbers_get_the_next_and_are_known_by_name_and_place(people):
    a_plan_line(people, reference="4")
    client = signed_in(people.operator)
    first = xlsx(RKP, rkp_row("", "Jalan usaha tani"), rkp_row("", "Lumbung desa"))
    send(client, at("registry.import_plan_lines", OURS) + PLAN, held=held_in(shown(client, first)))
    assert sorted(PlanLine.objects.values_list("reference", flat=True)) == ["4", "5", "6"]
    second = xlsx(RKP, rkp_row("", "JALAN USAHA TANI", jumlah_biaya=1_000_000), rkp_row("", "Lumbung desa"))
    assert "0 baris ditambah, 1 diperbarui, 1 sudah sama." in words(shown(client, second))


def test_what_was_read_for_one_is_loaded_by_no_other(people):
    held = held_in(shown(signed_in(people.operator), xlsx(RKP, rkp_row())))
    other = send(signed_in(people.sekdes), at("registry.import_plan_lines", OURS) + PLAN, held=held)
    assert other.status_code == 422
    assert "Unggah tabelnya sekali lagi" in words(other)
    assert (
        send(signed_in(people.held["sekdes.asing"]), at("registry.import_plan_lines", OURS), held=held).status_code
        == 404
    )
    assert not PlanLine.objects.exists()


def test_an_inventory_is_loaded_and_known_again(people):
    an_asset(people, item_code="01.01.11", certificate="SHP 12")
    client = signed_in(people.operator)
    path = at("registry.import_assets", OURS)
    table = xlsx(ASSETS, asset_row(jumlah=3000), asset_row("Balai desa", golongan="Gedung", satuan="unit", jumlah=1))
    page = send(client, path, table=upload(table, "aset.xlsx"))
    assert "1 baris ditambah, 1 diperbarui" in words(page)
    send(client, path, held=held_in(page))
    assert VillageAsset.objects.get(name__startswith="Tanah").quantity == 3000
    assert VillageAsset.objects.get(name="Balai desa").kind == "building"


def test_assets_go_out_with_their_points_as_they_come_in_and_a_table_without_points_takes_none_away(people):
    asset = an_asset(people, item_code="01.01.11", latitude=Decimal("-7.3645"), longitude=Decimal("110"))
    client = signed_in(people.sekdes)
    path, out = at("registry.import_assets", OURS), at("page.village_assets", OURS) + "?bentuk=xlsx"
    table = b"".join(client.get(out).streaming_content)
    assert (read_assets("aset.xlsx", table).values[0]["longitude"], asset.point) == (110, (Decimal("-7.3645"), 110))
    assert "0 baris ditambah, 0 diperbarui, 1 sudah sama" in words(send(client, path, table=upload(table, "aset.xlsx")))
    page = send(client, path, table=upload(xlsx(ASSETS, asset_row(jumlah=3000)), "aset.xlsx"))
    send(client, path, held=held_in(page))
    kept = VillageAsset.objects.get()
    assert (kept.quantity, kept.point) == (3000, asset.point)


@pytest.mark.parametrize(("kind", "status"), [("rkp", 200), ("rpjm", 200), ("assets", 200), ("lain", 404)])
def test_the_example_table_can_be_filled_in_and_read(people, kind, status):
    path = at("page.village_file", OURS) + f"contoh-tabel/{kind}/"
    assert signed_in(people.operator).get(path).status_code == status


def test_a_plan_goes_out_in_the_columns_in_which_it_comes_in(people):
    a_plan_line(people, reference="2.4.10")
    a_plan_line(people, reference="2.4.3", plan="rpjm")
    answer = signed_in(people.dinas).get(at("page.village_plan", OURS) + "?bentuk=xlsx")
    found = read(b"".join(answer.streaming_content))
    assert found.wrong == []
    assert {row["reference"] for row in found.values} == {"2.4.10", "2.4.3"}
    line = PlanLine.objects.get(reference="2.4.10")
    actions.correct_plan_line(by=people.by("sekdes"), line=line, values={"place": "Dusun Krajan"}, reason="Salah dusun")
    assert signed_in(people.dinas).get(at("page.village_plan", FOREIGN)).status_code == 404
