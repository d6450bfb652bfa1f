"""Low scores of the published index become drafts, and only the village makes needs of them."""

import csv
import gzip
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import RegisterLoad
from bermitra.foundation.regions.register import SHIPPED, read_register
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.catalogue import sectors
from bermitra.needs.index import ASK_FIRST, MODES, NEVER, RELATIONS, indicators, ladder
from bermitra.needs.models import Need, VillageScores
from bermitra.needs.scores import read_scores
from bermitra.needs.views.index import ACTORS
from bermitra.registry.due_diligence.book import book
from tests.deliberation.test_pages import as_, send, to
from tests.needs import makers
from tests.people import FOREIGN, NEIGHBOUR, OURS, place

HEAD = ["kode", "kode_idm", "tahun", *indicators()]


def a_file(tmp_path: Path, *rows: list[str], head: list[str] = HEAD, name: str = "skor.csv") -> Path:
    path = tmp_path / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def row(code: str = OURS, year: str = "2024", **scores: str) -> list[str]:
    return [code, code, year, *({**dict.fromkeys(indicators(), "5"), **scores}[each] for each in indicators())]


def run(path: Path, **options) -> str:
    out = StringIO()
    call_command("import_indicators", str(path), stdout=out, **options)
    return out.getvalue()


def propose(people, indicator: str, who: str = "kadus") -> Need:
    return actions.propose_from_index(by=people.by(who), village=place(OURS), indicator=indicator)


# The file that ships ----------------------------------------------------------------------------------------------------


def test_each_indicator_speaks_of_the_sector_that_names_it():
    named = {code: sector.code for sector in sectors().values() for code in sector.idm}
    assert {code: each.sector for code, each in indicators().items()} == named


def test_every_entry_is_whole_and_every_low_score_has_its_words():
    kinds = set(book().kinds)
    for code, each in indicators().items():
        assert each.draft in MODES and each.relation in RELATIONS, code
        assert set(each.actors) <= set(ACTORS) and each.actors, code
        assert 0 <= each.urgency <= 100, code
        assert each.id and each.en and each.activity and each.activity_en, code
        assert bool(each.note) == bool(each.note_en), code
        assert each.relation != "changed" or each.note, code
        assert not each.csr or {"company", "bumn"} & set(each.partners), code
        assert set(each.partners) <= kinds, code
        if each.draft == NEVER:
            assert not each.findings and not each.urgency, code
        else:
            assert each.title and each.title_en, code
            assert set(each.findings) == {score for score in each.scores if score in ladder()}, code


def test_a_lower_score_is_never_less_grave():
    for code, each in indicators().items():
        if each.draft != NEVER:
            grave = [each.severity(score) for score in sorted(ladder())]
            assert grave == sorted(grave, reverse=True), code
            assert set(grave) <= {1, 2, 3, 4, 5}, code


def test_a_score_without_words_is_told_by_its_number():
    doctor = indicators()["S02"]
    assert doctor.finding(2024, 0) == "tidak ada dokter"
    assert doctor.finding(2024, 1) == "IDM 2024, skor 1"
    assert doctor.finding(2024, 1, english=True) == "IDM 2024, score 1"


@pytest.mark.data
def test_facts_are_those_of_the_official_table(data):
    folder = data / "kebutuhan"
    with (folder / "idm_indikator.csv").open(encoding="utf-8") as file:
        said = {line["indikator"]: line for line in csv.DictReader(file)}
    seen: dict[str, set[int]] = defaultdict(set)
    with (folder / "idm_indikator_kegiatan.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            seen[line["indikator"]].add(int(line["skor"]))
    columns = {
        "central": "pelaksana_pusat", "province": "pelaksana_provinsi", "regency": "pelaksana_kabupaten",
        "village": "pelaksana_desa", "csr": "pelaksana_csr", "other": "pelaksana_lainnya",
    }  # fmt: skip
    assert list(indicators()) == list(said)
    for code, each in indicators().items():
        assert set(each.scores) == seen[code], code
        assert each.csr == bool(said[code]["pelaksana_csr"]), code
        assert set(each.actors) == {actor for actor, column in columns.items() if said[code][column]}, code


@pytest.mark.data
def test_the_published_scores_of_four_years_are_read_and_make_the_published_index(data):
    path = data / "kebutuhan" / "idm_indikator_desa_2021_2024.csv.gz"
    found = read_scores(path, read_register(SHIPPED).areas)
    assert (len(found.rows), len(found.refused)) == (9_894, 112)  # the others lack a code of the register
    with gzip.open(path, "rt", encoding="utf-8") as file:
        published = {(line["kode"], int(line["tahun"])): line for line in csv.DictReader(file)}
    for village, year, scores, _code in found.rows:
        ecology = sum(scores[code] for code in ("L01", "L02", "L03")) / 15
        assert abs(ecology - float(published[village, year]["ikl"])) < 1e-5, (village, year)


# The table of scores ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_scores_are_loaded_once_and_what_is_wrong_stands_in_a_file(people, tmp_path, settings):
    settings.BERMITRA_HOME = tmp_path
    path = a_file(
        tmp_path, row(S34="1"), row(year="2023"), row("33.04.06.1013"), row("33.04.19.2777"), row(year="2025"),
        row(NEIGHBOUR, E01="6"), row(NEIGHBOUR, E01=""), row(), [OURS, OURS, "2022"], ["", "", "2022", *["5"] * 50],
    )  # fmt: skip
    said = run(path)
    assert "8 baris ditolak" in said and "  Baru     2\n" in said
    held = VillageScores.objects.get(village=OURS, year=2024)
    assert (held.scores["S34"], held.scores["S01"], len(held.scores)) == (1, 5, 50)
    [refused] = (tmp_path / "imports").iterdir()
    reasons = refused.read_text(encoding="utf-8-sig")
    for reason in (
        "adalah kelurahan", "tidak ada dalam daftar wilayah", "Tahun 2025 bukan tahun IDM", "Skor E01 berisi 6",
        "Skor E01 berisi -", "sudah ada di baris 2", "berisi 3 dari 53 kolom", "Kode desa kosong",
    ):  # fmt: skip
        assert reason in reasons, reason
    assert run(path).endswith("Tidak ada perubahan.\n")
    assert (
        RegisterLoad.objects.filter(kind="scores").count(),
        Event.objects.filter(verb="scores.imported").count(),
    ) == (1, 1)


@pytest.mark.django_db
def test_other_scores_are_taken_only_when_agreed(people, tmp_path, settings):
    settings.BERMITRA_HOME = tmp_path
    run(a_file(tmp_path, row(S34="1")))
    other = a_file(tmp_path, row(S34="2"))
    assert "1 desa dan tahun sudah punya skor lain." in run(other)
    assert VillageScores.objects.get().scores["S34"] == 1
    assert "  Berubah  1\n" in run(other, yes=True)
    assert VillageScores.objects.get().scores["S34"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("head", "says"),
    [(HEAD[:-1], "harus memuat kode, tahun, dan S01 sampai L03"), (HEAD[1:], "harus memuat kode"), (HEAD, "tidak berisi")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_changes_nothing(people, tmp_path, settings, head, says):
    settings.BERMITRA_HOME = tmp_path
    with pytest.raises(CommandError, match=says):
        run(a_file(tmp_path, *([] if head is HEAD else [row()]), head=head))
    assert not VillageScores.objects.exists()


@pytest.mark.django_db
def test_a_packed_file_is_read_as_well(people, tmp_path, settings):
    settings.BERMITRA_HOME = tmp_path
    packed = tmp_path / "skor.csv.gz"
    packed.write_bytes(gzip.compress(a_file(tmp_path, row(S34="1")).read_bytes()))
    run(packed)
    assert VillageScores.objects.get().scores["S34"] == 1


@pytest.mark.django_db
def test_nobody_but_the_console_loads_scores(people):
    with pytest.raises(NotAllowed):
        actions.import_indicators(by=people.by("pengelola"), plan=actions.ScorePlan("x", "0" * 64, [], {}))


# Drafts -----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_newest_year_proposes_the_gravest_first_and_nothing_that_lacks_nothing(people):
    makers.scores(2023, S01=1)
    makers.scores(2024, S18=1, S34=1, S20=1, E09=3, S25=1)
    found = queries.suggestions(OURS)
    assert [(each.indicator.code, each.year) for each in found] == [("S34", 2024), ("S25", 2024), ("S18", 2024)]
    assert found[0].severity >= found[-1].severity
    assert found[1].indicator.draft == ASK_FIRST
    assert queries.suggestions(FOREIGN) == []


@pytest.mark.django_db
def test_one_tap_makes_a_draft_that_names_year_and_score_and_is_never_submitted_by_itself(people):
    makers.scores(S34=1)
    need = propose(people, "S34")
    assert (need.state, need.index_year, need.index_score, need.idm_indicator) == ("draft", 2024, 1, "S34")
    assert "IDM 2024, skor 1" in need.text and "2024" in need.source
    assert need.verified_at is not None and need.verified_by == ""  # a published score says how grave it is
    assert not queries.public_needs(OURS).exists()
    with pytest.raises(Refused) as refused:
        actions.submit(by=people.by("kadus"), need=need)
    assert refused.value.codes == ("ND-01",)


@pytest.mark.django_db
def test_a_score_is_proposed_once_until_its_draft_is_withdrawn(people):
    makers.scores(S34=1, S01=4)
    need = propose(people, "S34")
    assert queries.suggestions(OURS)[0].need == need
    for code in ("S34", "S01", "S20"):
        with pytest.raises(Refused) as refused:
            propose(people, code)
        assert refused.value.codes == ("ND-13",)
    actions.withdraw(by=people.by("sekdes"), need=need, why="Sudah ada sumur bor.")
    assert propose(people, "S34").state == "draft"


@pytest.mark.django_db
def test_a_draft_that_was_merged_is_not_proposed_again(people):
    makers.scores(S34=1)
    other = makers.a_submitted_need(people)
    need = propose(people, "S34")
    Need.objects.filter(pk=need.pk).update(hamlet="Kulon", households=6)
    need = actions.submit(by=people.by("kadus"), need=need)
    actions.merge(by=people.by("kadus"), need=need, into=other, why="Satu sumber air.")
    with pytest.raises(Refused) as refused:
        propose(people, "S34")
    assert refused.value.codes == ("ND-13",)


@pytest.mark.django_db
def test_what_the_village_says_otherwise_rests_on_the_index_no_more(people):
    makers.scores(S34=1, S35=1)
    same, other = propose(people, "S34"), propose(people, "S35")
    words = {"hamlet": "Kulon", "location": "", "source": "rembuk dusun"}
    counts = {"male": 10, "female": 12, "households": 6, "poor_households": 2}
    said = {"title": same.title, "text": same.text, "sector": same.sector}
    actions.revise(by=people.by("kadus"), need=same, severity=same.severity, **said, **words)
    actions.count_beneficiaries(by=people.by("kadus"), need=same, idm_indicator="S34", **counts)
    said = {"title": "Kantor baru", "text": other.text, "sector": other.sector}
    actions.revise(by=people.by("kadus"), need=other, severity=other.severity, **said, **words)
    same, other = Need.objects.get(pk=same.pk), Need.objects.get(pk=other.pk)
    assert (same.index_score, same.verified_at is not None) == (1, True)
    assert (other.index_score, other.verified_at) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["bpd", "warga", "camat", "dinas", "kades.asing"])
def test_others_make_no_draft_of_it(people, who):
    makers.scores(S34=1)
    with pytest.raises(NotAllowed):
        propose(people, "S34", who)


# Pages ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_what_is_found_and_a_tap_makes_the_draft(people):
    client, page = as_("kadus"), to("page.index_suggestions")
    assert "belum dimuat" in client.get(page).content.decode()
    makers.scores(2024)
    assert "Tidak ada skor rendah" in client.get(page).content.decode()
    VillageScores.objects.all().delete()
    makers.scores(2024, S34=1, S25=1)
    shown = client.get(page).content.decode()
    assert "IDM 2024" in shown and "Pelaksana menurut tabel resmi" in shown and "Bicarakan dahulu" in shown
    sent = send(client, to("needs.propose_from_index", "S34"))
    need = Need.objects.get()
    assert sent["Location"] == to("page.need", need.code)
    assert "Beratnya menurut IDM 2024, skor 1" in client.get(sent["Location"]).content.decode()
    assert to("page.need", need.code) in client.get(page).content.decode()
    again = send(client, to("needs.propose_from_index", "S34"))
    assert again.status_code == 409 and "ND-13" in again.content.decode()
    for unknown in ("S99", "S20"):
        assert client.get(to("needs.propose_from_index", unknown)).status_code == 404
    assert as_("bpd").get(page).status_code == 200
    assert "Jadikan draf" not in as_("bpd").get(page).content.decode()
    assert as_("dinas").get(page).status_code in (302, 403)
