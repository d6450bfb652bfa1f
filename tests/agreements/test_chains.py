"""Memorandum, agreement under it, arrangement under that: what each may hold, and what both sides and everybody read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bermitra.agreements import queries
from bermitra.agreements.chains import queries as chains
from bermitra.agreements.chains.actions import tell_of_ended_parents
from bermitra.agreements.chains.rules import (
    IntentFacts,
    ParentFacts,
    WithinFacts,
    intent_holds_no_money,
    parent_stands,
    within_the_parent,
)
from bermitra.agreements.changing import actions as changing
from bermitra.agreements.changing import queries as changed
from bermitra.agreements.letters import draft_document
from bermitra.agreements.models import ChainPlace
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.html import render as html_of
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.rules import Refused
from bermitra.partnership.queries import findings
from tests.agreements import makers
from tests.agreements.chain_makers import (
    NO_MONEY,
    a_case_to_draft,
    a_memorandum_in_force,
    a_text,
    placed,
    put_in_force,
)
from tests.agreements.makers import DRAFTED, MADE_ON, fresh
from tests.partnership.makers import a_partner, whole_topics
from tests.partnership.test_pages import send, shown, signed_in
from tests.people import OURS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


# Rules ----------------------------------------------------------------------------------------------------------------
def test_AG_17_intent_holds_no_money():
    assert intent_holds_no_money(IntentFacts("mou", 0, 0)) and intent_holds_no_money(IntentFacts("pks", 3, 1))
    assert not intent_holds_no_money(IntentFacts("mou", 1, 0)) and not intent_holds_no_money(IntentFacts("mou", 0, 1))


def test_AG_56_parent_stands():
    def stands(level, above, same=True, in_force=True):
        return parent_stands(ParentFacts(level, above, same, in_force))

    assert (
        stands("mou", "") and stands("pks", "") and stands("pks", "mou") and stands("ia", "pks") and stands("ia", "mou")
    )
    assert not stands("ia", "") and not stands("mou", "mou") and not stands("pks", "pks") and not stands("pks", "ia")
    assert not stands("pks", "mou", same=False) and not stands("pks", "mou", in_force=False)


def test_AG_65_within_the_parent():
    assert within_the_parent(WithinFacts(())) and not within_the_parent(WithinFacts(("bentuk Sewa",)))


# A memorandum -----------------------------------------------------------------------------------------------------------
def test_law_T17_a_memorandum_alone_holds_no_money_and_no_asset(people):
    partner = a_partner(people)
    rich = makers.accepted(people, a_text(people, partner, level="mou"))
    with pytest.raises(Refused) as refused:
        makers.locked(people, rich)
    assert refused.value.codes == ("AG-17",)
    assert fresh(rich).state == "text_agreed" and fresh(rich).paper is None
    # The same text as an agreement may.
    made = makers.locked(people, makers.accepted(people, placed(people, rich, level="pks")))
    assert made.state == "locked"


@pytest.mark.parametrize(
    "what",
    [
        {"wording": {"kahar": "PIHAK KEDUA membayar Rp25.000.000 setiap gempa."}},
        {"wording": {"kahar": "PIHAK KEDUA membayar 25 juta rupiah."}},
        {"wording": {"kahar": "PIHAK KEDUA membayar dua puluh lima juta rupiah setiap gempa."}},
        {"wording": {"kahar": "PIHAK KEDUA membayar 25jt, dan 2,5 persen dari penjualan."}},
        {"annexes": {"work_plan": [{"activity": "Mitra menyerahkan IDR 25.000.000", "output": "Bibit"}]}},
        {"annexes": {"budget": [{"item": "Bibit", "amount": 5_000_000, "source": "Mitra"}]}},
    ],
)
def test_law_T17_money_is_found_in_own_words_and_in_the_budget(people, what):
    text = a_text(people, a_partner(people), level="mou", money=NO_MONEY)
    assert chains.intent_facts("mou", queries.newest_version(text)).money_lines == 0
    makers.changed(people, text, **what)
    with pytest.raises(Refused) as refused:
        makers.locked(people, makers.accepted(people, fresh(text)))
    assert "AG-17" in refused.value.codes


def test_law_T17_no_addendum_puts_money_into_a_memorandum(people):
    made = a_memorandum_in_force(people, a_partner(people))
    change = "PIHAK KESATU menyerahkan lima puluh juta rupiah kepada PIHAK KEDUA."
    with clock.at(makers.SIGNED + timedelta(days=2)):
        held = changing.propose_amendment(by=people.by("mitra"), agreement=fresh(made), reason="Biaya awal.")
        own = {"title": "Biaya Awal", "after": "ruang_lingkup", "typed": change}
        held = changing.word_amendment(by=people.by("mitra"), amendment=held, added=own)
    norms = standing(OURS)
    broken = {
        each.code
        for each in findings(changed.locking_asked(held, makers.SIGNED.date(), norms), norms)
        if not each.holds
    }
    assert "AG-17" in broken


def test_a_memorandum_says_so_on_paper_and_page(people):
    made = a_memorandum_in_force(people, a_partner(people))
    words = html_of(compose(draft_document(made, queries.newest_version(made), MADE_ON)))
    assert "NOTA KESEPAHAMAN" in words and "tidak memuat uang" in words and made.value == 0
    code = made.case.code
    page = shown(signed_in(people, "mitra"), "page.agreement_chain", code)[1]
    assert "hanya niat bersama" in page


# Under it ----------------------------------------------------------------------------------------------------------------
def test_an_agreement_names_what_it_is_made_under_and_both_sides_see_the_tree(people, client):
    partner = a_partner(people)
    above = a_memorandum_in_force(people, partner)
    below = put_in_force(people, a_text(people, partner, level="pks", under=above))
    last = a_text(people, partner, level="ia", under=below, money=NO_MONEY)
    clause = next(each for each in queries.newest_version(below).clauses if each["code"] == "naskah_induk")
    assert "Nota Kesepahaman Nomor mou/PANDANARUM/2026 dan Nomor mou/FPC/2026 tanggal 8 Mei 2026" in str(clause)
    for who in ("sekdes", "mitra"):
        page = shown(signed_in(people, who), "page.agreement_chain", below.case.code)[1].partition('<ul class="rows">')[
            2
        ]
        order = [page.index(f"Naskah {level}</") for level in ("mou", "pks", "ia")]
        assert order == sorted(order)
    seen = client.get(reverse("page.agreement", args=[below.case.code])).content.decode()
    assert "Naskah mou" in seen and "Naskah ia" not in seen  # a draft is nobody's business yet
    assert last.state == "village_turn"


def test_a_text_without_a_place_stands_alone(people, client):
    made = makers.an_agreement_in_force(people)
    assert chains.tree(made, queries.public_agreements()) == [] and not ChainPlace.objects.exists()
    assert "Rangkaian perjanjian" not in client.get(reverse("page.agreement", args=[made.case.code])).content.decode()


def test_what_is_made_under_another_stays_within_it(people):
    partner = a_partner(people)
    above = a_memorandum_in_force(people, partner)
    scope = whole_topics()["scope"]
    wide = {"scope": {**scope, "items": ["Sekolah lapang", "penjualan  pupuk."], "forms": ["pdmp", "latih"]},
            "term": {"start": "2026-12-01", "end": "2031-11-30"}}  # fmt: skip
    text = a_text(people, partner, level="pks", under=above, **wide)
    outside = chains.within_facts(queries.newest_version(text).content["topics"], above).outside
    assert len(outside) == 3 and "penjualan  pupuk." in outside[1] and "30 November 2031" in outside[2]
    found = {each.code: each.holds for group in queries.checks(text.case).values() for each in group}
    assert found["AG-65"] is False and found["AG-56"] is True and found["AG-17"] is True


def test_nothing_is_made_under_a_draft_another_partners_text_or_an_ended_one(people):
    partner = a_partner(people)
    above = a_memorandum_in_force(people, partner)
    draft = a_text(people, partner, level="mou", money=NO_MONEY)
    other = a_partner(people, "Universitas Lain Contoh", "lain")
    theirs = makers.a_draft(people, a_case_to_draft(other, title="Naskah lain"))
    below = a_text(people, partner, level="pks", under=above)
    for wrong, under, at in ((below, draft, DRAFTED), (theirs, above, DRAFTED)):
        with clock.at(at), pytest.raises(Refused) as refused:
            placed(people, wrong, level="pks", under=under)
        assert refused.value.codes == ("AG-56",)
    late = DRAFTED.replace(year=2030)
    with clock.at(late):
        asked = chains.signing_asked(below, clock.today())
    assert not parent_stands(asked[0][1])


def test_placing_is_a_change_that_both_accept_anew_by_the_side_that_has_the_text(people):
    partner = a_partner(people)
    text = makers.accepted(people, a_text(people, partner, level="pks"))
    assert text.state == "text_agreed"
    moved = placed(people, text, level="mou")
    assert moved.state == "village_turn" and not queries.newest_version(moved).acceptances.exists()
    changes = queries.newest_version(moved).changes
    assert {"clause:nota_tanpa_uang"} <= {each["what"] for each in changes}
    back = placed(people, moved, level="pks")
    assert not any(each["code"] == "nota_tanpa_uang" for each in queries.newest_version(back).clauses)


def test_the_page_places_a_text(people):
    partner = a_partner(people)
    above = a_memorandum_in_force(people, partner)
    text = makers.a_draft(people, a_case_to_draft(partner, title="Naskah lain"))
    client, code = signed_in(people, "sekdes"), text.case.code
    with clock.at(DRAFTED):
        status, page = shown(client, "agreements.place_in_chain", code)
        assert status == 200 and "Nota Kesepahaman: Naskah mou" in page
        assert send(client, "agreements.place_in_chain", code, level="pks", under="", reason="").status_code == 422
        sent = send(client, "agreements.place_in_chain", code, level="pks", under=above.code, reason="Sesuai rapat.")
    assert sent.status_code == 302 and text.chain.under_id == above.pk


# The end ------------------------------------------------------------------------------------------------------------------
def test_the_end_of_a_memorandum_is_told_once_to_all_that_stands_under_it(people):
    partner = a_partner(people)
    above = a_memorandum_in_force(people, partner)
    below = put_in_force(people, a_text(people, partner, level="pks", under=above))
    assert tell_of_ended_parents(above.ends_on) == 0
    with clock.at(makers.SIGNED.replace(year=2029, month=12, day=1)):
        assert tell_of_ended_parents(clock.today()) == 1 and tell_of_ended_parents(clock.today()) == 0
    told = Notice.objects.filter(says__startswith="Naskah induk")
    assert told.count() == 2 and {each.params["title"] for each in told} == {below.title}
    with clock.at(makers.SIGNED.replace(year=2029, month=12, day=2)):
        nodes = chains.tree(below, queries.public_agreements())
    assert nodes[1].warnings == ("Induknya berakhir pada 30 November 2029.",)
