"""What a regency sets: values and their bounds, from when they hold, and the pages that show and change them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from bermitra.foundation import norms
from bermitra.foundation.commands import clock
from bermitra.foundation.norms import actions, rules
from bermitra.foundation.norms.catalogue import REGENCY, UNITS, catalogue
from bermitra.foundation.norms.models import RegencyNorm, RuleSwitch
from bermitra.foundation.norms.queries import settings_of, standing
from bermitra.foundation.norms.words import STAGES
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import BadInput
from bermitra.portal.handbook import rule_named
from tests.access.browsers import Browsers
from tests.partnership.test_pages import shown
from tests.people import OURS, place

pytestmark = pytest.mark.django_db
NAME, BASIS = "musyawarah_invitation_days", "Perbup Nomor 12 Tahun 2026 Pasal 4"
HERE = OURS[:5]


def changed(people, value, day: date, *, name: str = NAME, basis: str = BASIS) -> RegencyNorm:
    by = people.by("dinas")
    return actions.change(by=by, regency=place(HERE), name=name, value=value, basis=basis, effective_from=day)


def test_every_norm_stands_in_the_catalogue_once_and_can_be_said():
    entries = yaml.safe_load(Path(norms.__file__).with_name("norms.yaml").read_text(encoding="utf-8"))
    names = [each["name"] for each in entries]
    assert sorted(names) == sorted(set(names))
    for norm in catalogue().values():
        assert norm.unit in UNITS or norm.unit in {"word", "date", "fraction", "rupiah"}, norm.name
        assert norm.said(norm.default)
        assert norm.level != REGENCY or norm.stage in STAGES, norm.name


def test_FD_51_setting_never_reaches_back(people):
    today = clock.today()
    assert rules.setting_never_reaches_back(rules.DayFacts(today, today))
    assert not rules.setting_never_reaches_back(rules.DayFacts(date(2020, 1, 1), today))
    with pytest.raises(Refused) as refused:
        changed(people, 5, date(2020, 1, 1))
    assert refused.value.codes == ("FD-51",)
    assert not RegencyNorm.objects.exists()


def test_what_was_set_counts_from_its_day_and_of_two_for_one_day_the_later(people):
    today = clock.today()
    later = today + timedelta(days=365)
    changed(people, 5, today)
    changed(people, 6, later)
    changed(people, 7, later)
    (one,) = settings_of(HERE, today, [NAME])
    assert (one.value, one.held.basis, one.differs) == (5, BASIS, True)
    assert [(each.effective_from, each.value) for each in one.coming] == [(later, 7)]
    assert standing(OURS, today).numbers[NAME] == 5 and standing(OURS, later).numbers[NAME] == 7
    (then,) = settings_of(HERE, later, [NAME])
    assert (then.value, then.coming) == (7, ())


@pytest.mark.parametrize("typed", ["nol", "0", "1000", "-3"])
def test_a_value_out_of_bounds_is_refused_with_its_bounds(typed):
    with pytest.raises(BadInput) as bad:
        catalogue()[NAME].accept(typed)
    assert typed in str(bad.value)


def test_the_office_reads_narrows_and_takes_the_list_along(people, django_assert_max_num_queries):
    changed(people, 5, clock.today())
    client = Browsers().of(people.dinas)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("page.norms")).content.decode()
    assert BASIS in page and "5 hari" in page
    only = client.get(reverse("page.norms"), {"ubah": "ya"}).content.decode()
    assert only.count("<li><div>") == 1 and "5 hari" in only
    none = client.get(reverse("page.norms"), {"cari": "zzzz"}).content.decode()
    assert "Tidak ada ketentuan yang cocok" in none
    file = b"".join(client.get(reverse("page.norms"), {"ubah": "ya", "bentuk": "xlsx"}))
    rows = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]] == ["5 hari"]


def test_a_change_is_typed_with_basis_and_day_and_bad_input_gets_its_sentence(people):
    client = Browsers().of(people.dinas)
    address = reverse("norms.change", kwargs={"name": NAME})
    bad = client.post(
        address, {"_key": uuid4().hex, "value": "1000", "basis": "", "effective_from": "31 Februari 2027"}
    )
    said = bad.content.decode()
    assert bad.status_code == 422 and "1000 di luar batas" in said and "Isian ini belum diisi." in said
    back = client.post(address, {"_key": uuid4().hex, "value": "5", "basis": BASIS, "effective_from": "1 Januari 2020"})
    assert back.status_code == 409 and "FD-51" in back.content.decode()
    assert not RegencyNorm.objects.exists()
    day = f"{clock.today():%d/%m/%Y}"
    done = client.post(address, {"_key": uuid4().hex, "value": "5", "basis": BASIS, "effective_from": day})
    assert done.status_code == 302
    assert RegencyNorm.objects.get().value == 5
    status, page = shown(client, "page.norm", NAME)
    assert status == 200 and BASIS in page and "5 hari" in page
    assert shown(client, "page.norm", "tidak_ada")[0] == 404
    assert shown(client, "page.norm", "office_term_years")[0] == 404  # national


def test_what_was_recorded_early_in_the_morning_was_recorded_on_that_day(people):
    client = Browsers().of(people.dinas)
    with clock.at(datetime(2026, 6, 1, 23, tzinfo=UTC)):  # six in the morning of 2 June
        changed(people, 5, date(2026, 7, 1))
        page = shown(client, "page.norm", NAME)[1]
        actions.switch_rule(
            by=people.by("bupati"), regency=place(HERE), rule=rule_named("SL-20")[1], kind="off", basis=BASIS,
            effective_from=date(2026, 7, 1),
        )  # fmt: skip
        of_rule = shown(client, "page.rule_switch", "SL-20")[1]
    for each in (page, of_rule):
        assert "2 Juni 2026" in each and "1 Juni 2026" not in each


def test_an_election_period_is_set_and_ended_by_an_empty_day(people):
    client = Browsers().of(people.dinas)
    for name, typed in (("election_from", "1 Juni 2027"), ("election_from", "")):
        address = reverse("norms.change", kwargs={"name": name})
        given = {"_key": uuid4().hex, "value": typed, "basis": BASIS, "effective_from": f"{clock.today():%d/%m/%Y}"}
        assert client.post(address, given).status_code == 302
    assert standing(OURS).numbers["election_from"] is None


def test_a_last_day_before_the_first_one_is_refused_and_so_are_reminders_in_the_wrong_order(people):
    client, today = Browsers().of(people.dinas), clock.today()
    later = today + timedelta(days=365)

    def sent(name: str, value: str, day: date = today) -> str:
        given = {"_key": uuid4().hex, "value": value, "basis": BASIS, "effective_from": f"{day:%d/%m/%Y}"}
        got = client.post(reverse("norms.change", kwargs={"name": name}), given)
        return "" if got.status_code == 302 else got.content.decode()

    assert not sent("election_from", "1 Juni 2027")
    said = sent("election_until", "31 Mei 2027")
    assert "31 Mei 2027 mendahului 1 Juni 2027" in said and "Hari pertama masa pemilihan" in said
    assert not sent("election_until", "30 Juni 2027")
    assert "1 Juli 2027 melewati 30 Juni 2027" in sent("election_from", "1 Juli 2027")
    assert not sent("election_until", "", later)  # nobody votes any more
    assert "2 Juli 2027 melewati 30 Juni 2027" in sent("election_from", "2 Juli 2027")
    assert not sent("election_from", "2 Juli 2027", later)
    # What begins later counts as well, and only as long as the new value holds.
    assert not sent("village_answer_reminder_days", "28", later)
    assert "20 hari kurang dari 28 hari" in sent("village_answer_days", "20")
    assert not sent("village_answer_days", "30", later)
    assert not sent("village_answer_days", "20")
    assert RegencyNorm.objects.count() == 7


def test_the_office_of_the_regent_switches_a_rule_of_the_product_off_and_everybody_reads_it(people):
    client, address = Browsers().of(people.bupati), reverse("norms.switch_rule", kwargs={"code": "SL-20"})
    today = clock.today()

    def sent(kind: str, basis: str, day: date):
        return client.post(
            address, {"_key": uuid4().hex, "kind": kind, "basis": basis, "effective_from": f"{day:%d/%m/%Y}"}
        )

    bad = sent("confirmed", "", today)
    assert bad.status_code == 422 and "Isian ini belum diisi." in bad.content.decode()
    back = sent("off", BASIS, date(2020, 1, 1))
    assert back.status_code == 409 and "FD-51" in back.content.decode()
    assert not RuleSwitch.objects.exists()
    assert sent("off", BASIS, today).status_code == 302
    assert sent("on", "Perbup Nomor 3 Tahun 2027", today.replace(year=today.year + 1)).status_code == 302
    assert standing(OURS).switched_off == {"SL-20"}
    status, page = shown(client, "page.rule_switch", "SL-20")
    assert status == 200 and BASIS in page and "Dimatikan" in page and f"Mulai {today.day}" in page
    page = client.get(reverse("page.rule_switches")).content.decode()
    assert "SL-20" in page and BASIS in page and "AG-01" not in page
    public = Client().get(reverse("page.public_norms", args=[HERE])).content.decode()
    assert "SL-20" in public and BASIS in public and "Dimatikan" in public


def test_a_basis_that_is_not_sure_is_confirmed_and_the_rule_refuses_from_then_on(people):
    client = Browsers().of(people.bupati)
    given = {"_key": uuid4().hex, "kind": "confirmed", "basis": BASIS, "effective_from": f"{clock.today():%d/%m/%Y}"}
    assert client.post(reverse("norms.switch_rule", kwargs={"code": "DB-02"}), given).status_code == 302
    assert standing(OURS).confirmed == {"DB-02"}
    assert "Dasarnya dipastikan" in shown(client, "page.rule_switch", "DB-02")[1]


def test_a_rule_of_law_is_neither_listed_nor_switched_off(people):
    client = Browsers().of(people.bupati)
    assert shown(client, "page.rule_switch", "AG-01")[0] == 404
    given = {"_key": uuid4().hex, "kind": "off", "basis": BASIS, "effective_from": f"{clock.today():%d/%m/%Y}"}
    assert client.post(reverse("norms.switch_rule", kwargs={"code": "AG-01"}), given).status_code == 404
    sure, unsure = rule_named("AG-01")[1], rule_named("DB-02")[1]
    for rule in (sure, unsure):
        with pytest.raises(Refused) as refused:
            actions.switch_rule(
                by=people.by("bupati"), regency=place(HERE), rule=rule, kind="off", basis=BASIS,
                effective_from=clock.today(),
            )  # fmt: skip
        assert refused.value.codes == ("FD-09",)
    status, page = shown(Browsers().of(people.dinas), "page.rule_switch", "SL-20")
    assert status == 200 and "Tetapkan aturan" not in page
    assert not RuleSwitch.objects.exists()


def test_everybody_reads_what_holds_here_with_basis_and_day(people):
    changed(people, 5, clock.today())
    client = Client()
    page = client.get(reverse("page.public_norms", args=[HERE])).content.decode()
    assert BASIS in page and "5 hari" in page and "bukan nasihat hukum" in page
    table = b"".join(client.get(reverse("page.public_norms_csv", args=[HERE]))).decode("utf-8-sig")
    assert BASIS in table and len(table.splitlines()) == 1 + len(settings_of(HERE))
    assert client.get(reverse("page.public_norms", args=[OURS])).status_code == 404
