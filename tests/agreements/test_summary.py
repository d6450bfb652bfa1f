"""The summary for residents: from the rows of the text, on one page, in the language of the place, told before signing."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bermitra.agreements import actions, queries
from bermitra.agreements.changing import wording
from bermitra.agreements.changing.models import Amendment
from bermitra.agreements.models import DraftVersion, LocalSummary, SummaryTold
from bermitra.agreements.rules import TOLD
from bermitra.agreements.summary import LONGEST, Listed, _duty, summed_up
from bermitra.agreements.summary_paper import NO_SUBSTITUTE, summary_tree
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import words
from bermitra.foundation.documents.signing import page_count
from bermitra.foundation.documents.typst_pdf import render
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused, examine
from tests.agreements import makers
from tests.agreements.makers import DRAFTED, MADE_ON, fresh
from tests.foundation.documents.said import says_the_same_in_each_form, tight, typed_out
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
LOCAL = "Desa nyawisake papan.\nꦢꦺꦱ\nكمفوڠ\nᬤᬾᬲ"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def test_a_list_that_is_too_long_says_how_many_more_and_where():
    rows = tuple(f"Baris {n}." for n in range(1, 10))
    assert Listed("Desa wajib", rows, "Pasal 8").left_out(9) == ""
    assert Listed("Desa wajib", rows, "Pasal 8").left_out(2) == "dan 7 lainnya, lihat Pasal 8."


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Membayar termin I Rp 1.000.000", "Membayar termin I Rp 1.000.000."),
        ("Membayar termin I Rp\u00a01.000.000.", "Membayar termin I Rp\u00a01.000.000."),
        (
            "Membayar sebagian dari Rp 1.000.000.000",
            "Membayar sebagian dari Rp 1.000.000.000, senilai Rp\u00a01.000.000.",
        ),
        ("Membayar termin I", "Membayar termin I, senilai Rp\u00a01.000.000."),
    ],
)
def test_an_amount_that_the_row_names_itself_is_not_said_twice(said, read):
    assert _duty({"text": said, "due": "", "period": "", "amount": 1_000_000}) == read


def test_every_row_of_the_text_is_in_the_summary_with_its_day_and_its_worth(people):
    agreement = makers.a_whole_draft(people)
    version, held = queries.newest_version(agreement), queries.text_that_holds(agreement)
    topics = version.content["topics"]
    said = summed_up(held.topics, held.clauses, held.numbers)
    rows = {each.title: each.rows for each in said.lists}
    duties = [row for row in topics["duties"] if row["kind"] == "duty"]
    assert sum(len(rows.get(title, ())) for title in ("Desa wajib", "Mitra wajib")) == len(duties)
    assert len(rows["Yang tidak boleh"]) == len(topics["others"]["limits"])
    assert len(rows["Bila dilanggar"]) == len(topics["others"]["sanctions"])
    assert "3 (tiga) tahun" in said.term and "Rp" in said.money
    places = {clause["code"]: number for number, clause in enumerate(version.clauses, 1)}
    assert next(each.article for each in said.lists if each.title == "Bila dilanggar") == f"Pasal {places['sanksi']}"


def lengthened(agreement, times: int) -> None:
    """The newest text with many and long rows, as nobody would write it by hand."""
    version = queries.newest_version(agreement)
    content = deepcopy(version.content)
    long = " menyediakan petak contoh bagi kelompok tani di setiap dusun" * 12
    for row in content["topics"]["duties"]:
        row["text"] += long
    content["topics"]["duties"] = [row for row in content["topics"]["duties"] for _n in range(times)]
    content["topics"]["others"]["limits"] = [f"Batas {n}{long}" for n in range(times * 3)]
    content["topics"]["others"]["sanctions"] = [
        {"breach": f"Pelanggaran {n}{long}", "sanction": f"teguran{long}", "days": 14} for n in range(times * 3)
    ]
    DraftVersion.objects.create(
        agreement=agreement, number=version.number + 1, party="one", content=content, clauses=version.clauses,
        text_hash="e" * 64, at=DRAFTED, by="PORANGCNTH",
    )  # fmt: skip
    type(agreement).objects.filter(pk=agreement.pk).update(text_version=version.number + 1)


@pytest.mark.parametrize("times", [1, 8, 60])
def test_it_fits_one_page_however_long_the_text_is(people, times):
    agreement = makers.a_whole_draft(people)
    if times > 1:
        lengthened(agreement, times)
    tree = summary_tree(fresh(agreement), MADE_ON)
    assert page_count(render(tree)) == 1
    text = "\n".join(words(tree))
    assert NO_SUBSTITUTE in text and "Sekretaris Desa" in text and "BPD Pandanarum" in text
    assert (" lainnya, lihat Pasal " in text) == (times > 1)
    assert all(len(line) <= LONGEST + 60 for line in words(tree) if line.startswith("Batas"))
    says_the_same_in_each_form(tree)


def test_law_E20_the_language_of_the_place_stands_behind_it_in_its_own_script(people):
    agreement = makers.a_whole_draft(people)
    with clock.at(DRAFTED):
        for text in ("Lama.", LOCAL):
            written = actions.write_local_summary(
                by=people.by("sekdes"), agreement=agreement, language="Jawa", text=text, writer="Darsini"
            )
            actions.confirm_local_summary(by=people.by("anggota.bpd"), summary=written)
    tree = summary_tree(agreement, MADE_ON)
    assert page_count(render(tree)) == 2
    said = "\n".join(words(tree))
    assert "Ringkasan dalam bahasa Jawa" in said and "Lama." not in said and "ꦢꦺꦱ" in said
    says_the_same_in_each_form(tree)
    makers.changed(people, agreement, wording={"data": "Data warga tidak dibuka."})
    assert page_count(render(summary_tree(fresh(agreement), MADE_ON))) == 1  # it summed up another text


@pytest.mark.parametrize("who", ["sekdes", "bpd", "anggota.bpd"])
def test_AG_79_local_summary_read_by_another(people, who):
    """The secretary typed it, the chair of the BPD wrote it; a member reads it beside the Indonesian one."""
    agreement = makers.a_whole_draft(people)
    written = actions.write_local_summary(
        by=people.by("sekdes"), agreement=agreement, language="Jawa", text="Desa nyawisake papan.", writer="DARSINI"
    )
    if who == "anggota.bpd":
        actions.confirm_local_summary(by=people.by(who), summary=written)
        with pytest.raises(NoSuchMove):
            actions.confirm_local_summary(by=people.by("kades"), summary=written)
    else:
        with pytest.raises(Refused) as refused:
            actions.confirm_local_summary(by=people.by(who), summary=written)
        assert refused.value.codes == ("AG-79",)


def test_who_signs_is_warned_until_residents_were_told_of_this_very_text(people):
    agreement = makers.a_whole_draft(people)

    def found(day: date = MADE_ON) -> bool:
        (finding,) = examine(TOLD, queries.told_facts(fresh(agreement), day))
        return finding.holds

    assert not found()
    with clock.at(DRAFTED):
        actions.tell_residents(
            by=people.by("bpd"), agreement=agreement, way="aloud", told_on=MADE_ON, place="Balai Desa"
        )
    assert found() and not found(date(2026, 5, 1))
    makers.changed(people, agreement, wording={"data": "Data warga tidak dibuka."})
    assert not found()


def test_the_page_of_the_summary_its_papers_and_its_acts(people):
    agreement = makers.a_whole_draft(people)
    code, clerk = agreement.case.code, signed_in(people, "sekdes")
    at = reverse("page.agreement_summary", args=[code])
    assert at in shown(clerk, "page.agreement_room", code)[1]
    status, page = shown(clerk, "page.agreement_summary", code)
    assert status == 200 and "Belum tercatat dibacakan" in page and "Desa wajib" in page
    assert clerk.get(at, {"bentuk": "pdf"}).content.startswith(b"%PDF")
    word = typed_out(clerk.get(at, {"bentuk": "word"}).content)
    assert tight("RINGKASAN PERJANJIAN UNTUK WARGA") in tight(word)
    assert clerk.get(at, {"bentuk": "odt"}).status_code == 404
    tomorrow = send(clerk, "agreements.tell_residents", code, way="aloud", told_on="1 Januari 2099", place="Balai")
    assert tomorrow.status_code == 422 and "belum terjadi" in tomorrow.content.decode()
    given = {"way": "handed", "told_on": "20 April 2026", "place": "RT 03"}
    assert send(clerk, "agreements.tell_residents", code, **given).status_code == 302
    assert SummaryTold.objects.get().place == "RT 03"
    emoji = send(clerk, "agreements.write_local_summary", code, language="Bugis", text="ᨄᨂ", writer="Ani")
    assert emoji.status_code == 422 and "belum dapat dicetak" in emoji.content.decode()
    assert not LocalSummary.objects.exists()
    written = send(clerk, "agreements.write_local_summary", code, language="Jawa", text=LOCAL, writer="Darsini")
    assert written.status_code == 302
    _status, page = shown(clerk, "page.agreement_summary", code)
    assert "Dibagikan kepada warga" in page and "Menunggu diperiksa orang kedua" in page and "nyawisake" in page
    assert len(queries.local_summaries(fresh(agreement))) == 0
    second = signed_in(people, "anggota.bpd")
    summary = str(LocalSummary.objects.get().pk)
    assert "nyawisake" in shown(second, "agreements.confirm_local_summary", code)[1]
    unsaid = send(second, "agreements.confirm_local_summary", code, summary=summary)
    assert unsaid.status_code == 422
    own = send(clerk, "agreements.confirm_local_summary", code, summary=summary, same="on")
    assert own.status_code == 409 and "AG-79" in own.content.decode()
    assert send(second, "agreements.confirm_local_summary", code, summary=summary, same="on").status_code == 302
    _status, page = shown(clerk, "page.agreement_summary", code)
    assert "Menunggu diperiksa orang kedua" not in page and "bahasa Jawa" in page
    member = signed_in(people, "mitra")
    assert send(member, "agreements.tell_residents", code, **given).status_code == 403


def an_addendum(agreement, **text) -> None:
    """In force: the whole text reads so from now on."""
    with clock.at(makers.SIGNED):
        Amendment.objects.create(
            agreement=agreement, number=1, kind="amendment", party="one", state="in_force", reason="Uji.", **text,
            text_hash="a" * 64, made_on=MADE_ON, place="Balai Desa", paper=agreement.paper,
            proposed_at=clock.now(), proposed_by="PORANGCNTH", in_force_at=clock.now() + timedelta(days=30),
        )  # fmt: skip


def test_an_article_that_an_addendum_put_in_between_shifts_no_number_in_the_summary(people):
    agreement = makers.an_agreement_in_force(people)

    def sanctions() -> str:
        held = queries.text_that_holds(fresh(agreement))
        said = summed_up(held.topics, held.clauses, held.numbers)
        return next(each.article for each in said.lists if each.title == "Bila dilanggar")

    before, version = sanctions(), queries.newest_version(agreement)
    own = {
        "code": "tambahan-1",
        "title": "Kebun",
        "content": "",
        "body": [{"text": "Dirawat.", "sub": []}],
        "blanks": [],
    }
    clauses = [version.clauses[0], own, *version.clauses[1:]]
    numbers = wording.numbered(wording.first_numbers(version.clauses), [each["code"] for each in clauses])
    an_addendum(agreement, content=version.content, clauses=clauses, numbers=numbers)
    assert sanctions() == before


def test_everybody_reads_it_in_both_languages_once_it_is_published(people):
    agreement = makers.an_agreement_in_force(people)
    code = agreement.case.code
    with clock.at(makers.SIGNED):
        written = actions.write_local_summary(
            by=people.by("sekdes"), agreement=agreement, language="Jawa", text="Desa nyawisake papan.", writer="Darsini"
        )
    address = reverse("page.agreement", args=[code])
    assert "nyawisake" not in Client().get(address).content.decode()
    with clock.at(makers.SIGNED):
        actions.publish_summary(by=people.by("sekdes"), agreement=agreement, summary="Desa menyediakan tempat.")
    assert "nyawisake" not in Client().get(address).content.decode()  # nobody but its writer has read it
    with clock.at(makers.SIGNED):
        actions.confirm_local_summary(by=people.by("anggota.bpd"), summary=written)
    around = summary_tree(fresh(agreement), MADE_ON)["furniture"]
    assert "RANCANGAN" not in around["foot"] and fresh(agreement).paper.code in around["address"]
    page = Client().get(address).content.decode()
    assert "Perjanjian berubah sesudah ringkasan ini" not in page
    content = deepcopy(queries.newest_version(agreement).content)
    content["topics"]["others"]["limits"] = ["Tidak memindahkan petak contoh"]
    an_addendum(agreement, content=content, clauses=[], numbers=[])
    after = Client().get(address).content.decode()
    assert "Perjanjian berubah sesudah ringkasan ini" in after and "nyawisake" not in after
    assert "Tidak memindahkan petak contoh." in words(summary_tree(fresh(agreement), MADE_ON))
    assert (
        "Desa menyediakan tempat." in page
        and "Desa nyawisake papan." in page
        and "Ditulis oleh Darsini, diperiksa oleh Karsono" in page
    )
