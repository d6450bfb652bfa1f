"""The bad-input corpus through the doors people use: a form over the web, the same form as JSON, and a table in two kinds of
file answer alike.

What is refused is refused by the same code (form) and the same sentence (table) and leaves nothing behind; what is taken is
kept as the corpus says. The tables of village officers and of agreements that run already are asked the same by the tests of
their own stages (``tests/registry/test_onboarding.py``, ``tests/agreements/test_existing.py``).
"""

import csv
import io
from datetime import date, time, timedelta

import pytest
import xlsxwriter
from django.test import Client
from django.urls import reverse

from bermitra.deliberation.models import Meeting
from bermitra.foundation.calendar import long_date, parse_date
from bermitra.foundation.documents import files
from bermitra.foundation.fields import say
from bermitra.foundation.personal.models import NumberCase, PersonalValue
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.workbooks import read as read_table
from bermitra.foundation.text import BadInput, mixed_script
from bermitra.registry import actions as registry
from bermitra.registry.forms import listings
from bermitra.registry.models import Partner, PartnerRequest, PlanLine, VillageAsset, VillageProfile
from bermitra.registry.tables.assets import read_assets
from bermitra.registry.tables.plan_lines import read_plan_lines
from tests.corpus.test_pure import CORPUS, KNOWN, PARSERS, typed
from tests.people import OURS, place
from tests.programs import Program, a_key
from tests.registry.makers import a_partner, an_asset
from tests.registry.tables import ASSETS, RKP, asset_row, rkp_row
from tests.registry.test_pages import at, send, signed_in, words
from tests.selection.makers import a_checking_call
from tests.selection.test_ties import tied

pytestmark = pytest.mark.django_db

READ = {"date": date.fromisoformat, "time": time.fromisoformat}
LONGEST = 100_000  # what is longer is refused before a form sees it, or by the parsers alone
NOUGHT = "rupiah.zero"  # these doors take 0: a plan without money
EMPTY = "text.empty"  # a form says "required" of a field in which nothing can be seen


def rows_of(*kinds, largest=LONGEST, without=""):
    """Rows of these kinds that can be sent: half a letter is none on any wire; ``without`` are letters a file cannot hold."""
    found = []
    for number, row in enumerate(CORPUS):
        if row["where"] in kinds and len(row["value"]) * row.get("repeat", 1) <= largest:
            value = typed(row)
            if not any("\ud800" <= letter <= "\udfff" or letter in without for letter in value):
                found.append(pytest.param(row, id=f"{row['id']}-{row['where']}-{number}"))
    return found


def kept_as(row):
    """What is stored: as the corpus says, or as it was typed; the day of a date, the hour of a time."""
    value = row.get("normalised", typed(row))
    return READ[row["where"]](value) if row["where"] in READ else value


def as_stored(where, value):
    """What the database gives back, as the corpus writes it."""
    if where == "quantity":
        return f"{float(value):g}"
    return str(value) if where == "point" else value


# Forms ----------------------------------------------------------------------------------------------------------------
LINE = {"reference": "1", "year": "2026", "field_of_government": "pelaksanaan_pembangunan", "activity": "Air bersih",
        "execution_mode": "pihak_ketiga", "estimate": "1.000.000", "starts_on": "1/2/2026"}  # fmt: skip
PROFILE = {"vision": "Desa mandiri", "contact_name": "Endah Lestari", "contact_office": "Kaur"}
BODY = {"kind": "company", "name": "PT Kopi Serayu", "place": "33.04"}
ASKING = {
    **BODY,
    "regency": "33.04",
    "contact_name": "Rina Wulandari",
    "contact_phone": "081234567811",
    "consent": "on",
}
ASSET = {"name": "Lumbung desa", "kind": "building", "quantity": "1", "unit": "unit"}
IN_TIME = f"{date.today() + timedelta(days=90):%d/%m/%Y}"  # to invite to a planned meeting
MEETING = {"topic": "Prioritas kebutuhan 2027", "kind": "planned", "held_on": IN_TIME, "place": "Balai Desa"}
PAGES = {
    # what is typed: who opens which page, what else is typed there, into which field, and where it is kept
    "name": ("sekdes", "registry.update_village", PROFILE, "contact_name", VillageProfile),
    "comment": ("sekdes", "registry.update_village", PROFILE, "vision", VillageProfile),
    "text": ("operator", "registry.record_plan_line", LINE, "activity", PlanLine),
    "rupiah": ("operator", "registry.record_plan_line", LINE, "estimate", PlanLine),
    "date": ("operator", "registry.record_plan_line", LINE, "starts_on", PlanLine),
    "quantity": ("operator", "registry.record_plan_line", LINE, "quantity", PlanLine),
    "partner": ("sekdes", "registry.register_partner", BODY, "name", Partner),
    "tax_number": ("sekdes", "registry.register_partner", BODY, "tax_number", Partner),
    "business_number": ("sekdes", "registry.register_partner", BODY, "business_number", Partner),
    "time": ("sekdes", "deliberation.plan", MEETING, "starts", Meeting),
    "point": ("sekdes", "registry.record_asset", ASSET, "point", VillageAsset),
    "nik": ("kades", "accounts.keep_nik", {"agreed": "on"}, "nik", PersonalValue),
    "phone": ("", "registry.request_registration", ASKING, "contact_phone", PartnerRequest),
}


def a_browser(who, page, model, people):
    """Sends what is typed, and tells the answer: nothing where it was taken, else the codes by field."""
    client, path = signed_in(people.held[who]) if who else Client(), address(page, model)

    def sends(typed_in):
        answer = send(client, path, **typed_in)
        if answer.status_code == 302:
            return {}
        assert answer.status_code == 422
        return {name: [each.code for each in wrong] for name, wrong in answer.context["form"].errors.as_data().items()}

    return sends


def a_program(who, page, model, people):
    """The same to the same address, as JSON."""
    program, path = Program(a_key(who) if who else ""), address(page, model)

    def sends(typed_in):
        answer = program.send(path, {name: True if value == "on" else value for name, value in typed_in.items()})
        if answer.status_code == 201:
            return {}
        assert answer.status_code == 422, answer.content
        found = {}
        for each in answer.json()["errors"]:
            found.setdefault(each["field"], []).append(each["code"])
        return found

    return sends


def address(page, model):
    return at(page, OURS) if model in (VillageProfile, PlanLine, VillageAsset) else reverse(page)


@pytest.mark.parametrize("door", [a_browser, a_program])
@pytest.mark.parametrize("row", rows_of(*PAGES))
def test_a_form_gives_the_answer_of_the_corpus(row, door, people):
    who, page, given, field, model = PAGES[row["where"]]
    wrong = door(who, page, model, people)({**given, field: typed(row)})
    if row["expect"] == "refuse" and row.get("message") != NOUGHT:
        assert wrong == {field: ["required" if row["message"] == EMPTY else row["message"]]}
        assert not model.objects.exists()
        return
    assert wrong == {}
    kept = model.objects.get().opened().decode() if model is PersonalValue else getattr(model.objects.get(), field)
    assert as_stored(row["where"], kept) == (0 if row.get("message") == NOUGHT else kept_as(row))
    if row["where"] == "partner":
        assert mixed_script(kept) == (row["expect"] == "flag")


FLAG = "Titik lokasi ini lebih dari 50 km dari semua aset lain desa ini."


@pytest.mark.parametrize("door", [a_browser, a_program])
@pytest.mark.parametrize("row", [each for each in rows_of("point") if each.values[0]["expect"] != "refuse"])
def test_a_point_far_from_all_others_of_its_village_is_taken_and_flagged(row, door, people):
    assert door("sekdes", "registry.record_asset", VillageAsset, people)({**ASSET, "point": typed(row)}) == {}
    new, client = VillageAsset.objects.get(), signed_in(people.sekdes)
    pages = (at("page.village_asset", new.code), at("page.village_assets", OURS))
    assert FLAG not in words(client.get(pages[0]))  # nothing is known yet, and nothing is said
    an_asset(people, name="Balai desa", **KNOWN._asdict())
    said = [FLAG in words(client.get(pages[0])), "Periksa titik lokasinya" in words(client.get(pages[1]))]
    assert said == [row["expect"] == "flag"] * 2


OFFER = {
    "title": "",
    "field": "",
    "forms": [],
}  # the rest is left out, so that every offer is refused and none is begun
PLACES_OF_THE_CORPUS = ("32.01.01.2001", "11.01.01.2001")


@pytest.mark.parametrize("door", [a_browser, a_program])
@pytest.mark.parametrize("row", rows_of("code"))
def test_a_code_of_a_village_gets_the_answer_of_the_corpus(row, door, people):
    a_partner(people)
    for code in PLACES_OF_THE_CORPUS:
        Region.objects.create(code=code, level=4, kind="desa", name="Contoh", name_key="contoh")
    wrong = door("mitra", "selection.draft_unsolicited", None, people)({**OFFER, "village": typed(row)})
    assert wrong["title"] == ["required"]
    if row["expect"] == "refuse":
        assert wrong["village"] == ["required" if row["message"] == EMPTY else row["message"]]
    elif len(row["normalised"]) == 13:
        assert "village" not in wrong
    else:
        assert wrong["village"] == ["code.unknown"]  # a district is no village


HALF_A_LETTER = [each for each in CORPUS if "\\ud" in ascii(typed(each)) and each["where"] in PAGES]


@pytest.mark.parametrize("row", HALF_A_LETTER, ids=lambda row: f"{row['id']}-{row['where']}")
def test_half_a_letter_in_json_is_refused_whole(row, people):
    who, page, given, field, model = PAGES[row["where"]]
    answer = Program(a_key(who)).send(address(page, model), {**given, field: typed(row)})
    assert answer.status_code == 400
    assert not model.objects.exists()


# Rows of the corpus that are no one field -------------------------------------------------------------------------------
def test_row_63_the_nik_of_somebody_else_is_refused_to_a_program_and_the_other_stays_unknown(people):
    """As through the form (``tests/foundation/personal/test_pages.py``)."""
    nik, path = "3304191501907316", reverse("accounts.keep_nik")
    assert Program(a_key("kades")).send(path, {"nik": nik, "agreed": True}).status_code == 201
    refused = Program(a_key("kades.asing")).send(path, {"nik": nik, "agreed": True})
    assert refused.status_code == 409
    assert [each["code"] for each in refused.json()["unmet"]] == ["FD-33"]
    said = refused.content.decode() + str(refused.headers)
    assert not [each for each in (nik, people.kades.full_name, people.kades.code, "Pandanarum", OURS) if each in said]
    assert PersonalValue.objects.get().key.person == people.kades
    case = NumberCase.objects.get()
    assert (case.person, case.holder) == (people.kades_asing, people.kades)


def test_row_72_a_signer_whose_term_ended_yesterday_signs_through_neither_door(people):
    browser, path = signed_in(people.kades), at("agreements.sign", "KOSONG0000")  # a new password ends older keys
    program, open_to_him = Program(a_key("kades", days=366)), at("registry.record_plan_line", OURS)
    yesterday = date.today() - timedelta(days=1)
    people.kades.appointments.update(until=yesterday, decree="SK Bupati 141/25/2022")
    for answer in (browser.get(path), browser.post(path)):
        page = words(answer)
        assert answer.status_code == 403
        assert "FD-02" in page and "Kepala Desa, Pandanarum" in page and "SK Bupati 141/25/2022" in page
        assert f"sampai {long_date(yesterday)}" in page
    for answer in (program.send(path, {}), program.read(path), program.read(open_to_him)):
        assert answer.status_code == 401
        said = answer.json()["says"]
        assert f"Kepala Desa, Pandanarum berlaku 1 Januari 2022 sampai {long_date(yesterday)}" in said
        assert said.endswith("SK Bupati 141/25/2022. Minta kantor kabupaten mencatat surat keputusan yang baru.")


def test_row_73_a_shared_director_stops_the_selection_through_both_doors(people):
    call = a_checking_call(people, "mitra")
    tied(people, call.proposals.get().partner, "mitra")
    path = at("selection.complete_admin_check", call.case.code)
    refused = Program(a_key("lksd")).send(path, {})
    assert refused.status_code == 409
    assert [each["code"] for each in refused.json()["unmet"]] == ["RG-15"]
    page = send(signed_in(people.lksd), path)
    assert page.status_code == 409 and "RG-15" in page.content.decode()
    call.refresh_from_db()
    assert call.state == "checking"


@pytest.mark.parametrize("row", [each for each in CORPUS if len(each["value"]) * each.get("repeat", 1) > LONGEST])
def test_a_form_with_a_text_of_millions_of_letters_is_refused_whole(row, people):
    typed_in = {**LINE, "activity": typed(row)}
    for answer in (
        send(signed_in(people.operator), at("registry.record_plan_line", OURS), **typed_in),
        Program(a_key("operator")).send(at("registry.record_plan_line", OURS), typed_in),
    ):
        assert answer.status_code in (400, 413)
    assert not PlanLine.objects.exists()


# Tables ---------------------------------------------------------------------------------------------------------------
def workbook(head, row) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate((head, row)):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, str(cell))
    return held.getvalue()


def csv_file(head, row) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows([head, row])
    return held.getvalue().encode()


FILES = {"tabel.xlsx": workbook, "tabel.csv": csv_file}
UNSENDABLE = "\0"  # no workbook can hold it, and a CSV file with it is refused as a whole
PLAN = {"text": "activity", "rupiah": "estimate", "date": "starts_on", "quantity": "quantity"}
LISTED = {"name": "name", "date": "since"}


def sentence(row) -> str:
    """What the parser says; days of these tables begin with the republic."""
    parse = PARSERS[row["where"]] if row["where"] != "date" else a_day
    with pytest.raises(BadInput) as refused:
        parse(typed(row))
    return say(refused.value)


def a_day(value: str) -> date:
    return parse_date(value, earliest=date(1945, 8, 17), latest=date(2100, 12, 31))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("row", rows_of(*PLAN, largest=30_000, without=UNSENDABLE))
def test_a_table_of_plan_lines_gives_the_answer_of_the_corpus(row, name, people):
    column = {"text": "nama_kegiatan", "rupiah": "jumlah_biaya", "date": "tanggal_mulai", "quantity": "volume"}[
        row["where"]
    ]
    content = FILES[name](RKP, rkp_row(**{"tanggal_selesai": "", column: typed(row)}))
    found = read_plan_lines(name, content, village=place(OURS), codes=(OURS,), plan="rkp", year=2026)
    said = [(each.column, say(BadInput("cell", each.says, **each.values))) for each in found.wrong]
    if row["expect"] == "refuse" and row["message"] != NOUGHT:
        empty = "Sel ini kosong. Isi, atau hapus barisnya."
        assert said == [(column, empty if row["message"] == EMPTY else sentence(row))]
        return
    assert said == []
    kept = found.values[0][PLAN[row["where"]]]
    assert as_stored(row["where"], kept) == (0 if row.get("message") == NOUGHT else kept_as(row))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("row", rows_of("point"))
def test_a_table_of_assets_gives_the_answer_of_the_corpus(row, name, people):
    content = FILES[name]([*ASSETS, "titik_lokasi"], [*asset_row(), typed(row)])
    found = read_assets(name, content)
    if row["expect"] == "refuse":
        said = [(each.column, say(BadInput("cell", each.says, **each.values))) for each in found.wrong]
        assert said == [("titik_lokasi", sentence(row))]
        return
    assert found.wrong == []
    near = an_asset(people, name="Balai desa", **KNOWN._asdict())
    registry.import_assets(
        by=people.by("sekdes"),
        village=place(OURS),
        rows=found.values,
        file=files.put(content, name=name, media_type="text/csv"),
    )
    loaded = VillageAsset.objects.exclude(pk=near.pk).get()
    assert str(loaded.point) == row["normalised"]
    page = words(signed_in(people.sekdes).get(at("page.village_asset", loaded.code)))
    assert (FLAG in page) == (row["expect"] == "flag")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("row", rows_of(*LISTED, largest=30_000, without=UNSENDABLE))
def test_a_table_of_listed_parties_gives_the_answer_of_the_corpus(row, name, people):
    column = {"name": "nama", "date": "sejak"}[row["where"]]
    given = {
        "nama": "PT Contoh Lama",
        "sumber": "Daftar hitam nasional",
        "dasar": "Keputusan 12/2026",
        "sejak": "1/2/2024",
    }
    table = {**given, column: typed(row)}
    good, wrong = listings.read_rows(read_table(name, FILES[name](list(table), list(table.values())), listings.COLUMNS))
    if row["expect"] == "refuse":
        (each,) = wrong
        assert good == [] and [found for found, _said in each.found] == [column]
        if row["message"] != EMPTY:
            assert each.says == f"{column}: {sentence(row)}"
        return
    assert wrong == []
    assert good[0][LISTED[row["where"]]] == kept_as(row)
