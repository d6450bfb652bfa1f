"""An agreement is changed: proposed, compared, agreed to, decided by the meeting, signed; rows end and begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bermitra.agreements import text
from bermitra.agreements.changing import actions, letters, queries, rules, sealing, wording
from bermitra.agreements.changing.models import AddendumSlot, Amendment
from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.deliberation.models import ReadyText
from bermitra.delivery import queries as delivery_queries
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.uploads import make_safe
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.partnership.models import Case
from bermitra.portal.verification import Verdict, compare, paper_of, verify
from tests.agreements.makers import SIGNED, _scan_of, an_agreement_in_force, fresh
from tests.partnership.makers import a_partner, decided
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

LATER = SIGNED + timedelta(days=60)
DAY = LATER.date()


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


# Rules ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("touched", sorted(rules.TOUCHES))
def test_AG_34_amendment_goes_back_to_people(touched):
    assert rules.amendment_goes_back_to_people(rules.ConsentFacts((touched,), True, True))
    assert not rules.amendment_goes_back_to_people(rules.ConsentFacts((touched,), True, False))
    assert not rules.amendment_goes_back_to_people(rules.ConsentFacts((touched,), False, False))
    assert rules.amendment_goes_back_to_people(rules.ConsentFacts((), False, False))
    assert not rules.amendment_goes_back_to_people(rules.ConsentFacts((), True, False))


def test_AG_35_amendment_reasoned_and_alone():
    whole = rules.AloneFacts("harga pasar turun", True, 1, 0)
    assert rules.amendment_reasoned_and_alone(whole)
    assert rules.amendment_reasoned_and_alone(replace(whole, offered=False, differences=0))
    for wrong in ({"reason": ""}, {"differences": 0}, {"other_open": 1}):
        assert not rules.amendment_reasoned_and_alone(replace(whole, **wrong))


def test_AG_37_renewal_never_silent():
    whole = rules.RenewalFacts(True, True, True, date(2026, 10, 1), date(2026, 12, 31), 6, 15)
    assert rules.renewal_never_silent(whole)
    assert rules.renewal_never_silent(replace(whole, longer=False, evaluated=False))
    for wrong in (
        {"evaluated": False}, {"minutes_binding": False}, {"today": date(2027, 1, 1)}, {"years": 16},
    ):  # fmt: skip
        assert not rules.renewal_never_silent(replace(whole, **wrong))


def test_AG_55_agreement_still_runs():
    assert rules.agreement_still_runs(rules.RunsFacts(True, date(2026, 12, 31), date(2026, 12, 31)))
    assert not rules.agreement_still_runs(rules.RunsFacts(True, date(2027, 1, 1), date(2026, 12, 31)))
    assert not rules.agreement_still_runs(rules.RunsFacts(False, date(2026, 12, 31), date(2026, 12, 31)))


# Numbers --------------------------------------------------------------------------------------------------------------
def test_a_new_article_shifts_no_number_that_was_quoted():
    signed = [["tujuan", "1"], ["lingkup", "2"], ["sanksi", "3"]]
    once = wording.numbered(signed, ["tujuan", "lingkup", "uang", "sanksi"])
    assert once == [["tujuan", "1"], ["lingkup", "2"], ["uang", "2A"], ["sanksi", "3"]]
    twice = wording.numbered(once, ["tujuan", "lingkup", "uang", "alat", "sanksi", "penutup"])
    assert twice[2:] == [["uang", "2A"], ["alat", "2B"], ["sanksi", "3"], ["penutup", "3A"]]
    gone = wording.numbered(twice, ["tujuan", "alat", "baru", "sanksi"])
    assert [number for code, number in gone if code in ("lingkup", "baru")] == ["2", "2C"]


# The way of a change --------------------------------------------------------------------------------------------------
def begun(people: People, agreement: Agreement, who: str = "mitra", reason: str = "Harga bibit turun.") -> Amendment:
    with clock.at(LATER):
        return actions.propose_amendment(by=people.by(who), agreement=fresh(agreement), reason=reason)


def again(amendment: Amendment) -> Amendment:
    found = Amendment.objects.select_related(
        "agreement__case__village", "agreement__partner", "new_partner", "paper__file"
    )
    return found.get(pk=amendment.pk)


def worded(people: People, amendment: Amendment, who: str = "mitra", **what: object) -> Amendment:
    with clock.at(LATER):
        return actions.word_amendment(by=people.by(who), amendment=again(amendment), **what)


def agreed(people: People, amendment: Amendment, first: str = "mitra.direktur", second: str = "kades") -> Amendment:
    with clock.at(LATER):
        seen = again(amendment).text_hash
        actions.offer_amendment(by=people.by(first), amendment=again(amendment), seen=seen)
        actions.agree_amendment(by=people.by(second), amendment=again(amendment), seen=seen)
    return again(amendment)


def by_the_meeting(people: People, amendment: Amendment) -> Amendment:
    decided(amendment.code, amendment.text_hash)
    with clock.at(LATER):
        actions.record_amendment_consent(by=people.by("bpd"), amendment=again(amendment))
    return again(amendment)


def locked(people: People, amendment: Amendment, day: date = DAY) -> Amendment:
    with clock.at(LATER):
        knock, held = people.by("kades"), again(amendment)
        said = {
            "made_on": day, "place": "Kantor Desa Pandanarum", "village_number": "004/ADD-PANDANARUM/VII/2026",
            "partner_number": "88/FPC/2026",
        }  # fmt: skip
        paper = letters.addendum_paper(held, key=knock.key, **said)
        pages = signing.page_count(files.read(paper.pdf.sha256))
        actions.lock_amendment(by=knock, amendment=held, paper=paper, pages=pages, **said)
    return again(amendment)


def signed(people: People, amendment: Amendment, *who: str) -> Amendment:
    for each in who:
        with clock.at(LATER):
            held = again(amendment)
            assert held.registered is not None
            actions.sign_amendment(by=people.by(each), amendment=held, seen=held.registered.sha256)
            sealing.seal(held)
    return again(amendment)


def one_more_duty(agreement: Agreement) -> list[dict[str, object]]:
    duties = list(queries.holding(agreement).content["topics"]["duties"])
    more = {
        "party": "two", "kind": "duty", "text": "menyediakan bibit kopi", "due": "2026-11-30", "period": "",
        "measure": "2.000 bibit", "evidence": "berita acara", "checker": "BPD", "sanction": "teguran tertulis", "amount": None,
    }  # fmt: skip
    gone = next(place for place, row in enumerate(duties) if row["kind"] == "right")
    return [*duties[:gone], *duties[gone + 1 :], more]


def test_law_T4_a_change_of_what_the_meeting_decided_goes_back_to_the_meeting(people):
    agreement = an_agreement_in_force(people)
    before = {each.pk: (each.text, each.number, each.since_id) for each in Obligation.objects.all()}
    amendment = worded(people, begun(people, agreement), topics={"duties": one_more_duty(agreement)})
    assert amendment.touches == ["rights"]
    amendment = agreed(people, amendment)
    assert amendment.state == "awaiting_musyawarah"
    ready = ReadyText.objects.get(code=amendment.code)
    assert ready.text_hash == amendment.text_hash and "menyediakan bibit kopi" in ready.text
    with pytest.raises(Refused, match="AG-34"), clock.at(LATER):  # no decision yet
        actions.record_amendment_consent(by=people.by("bpd"), amendment=again(amendment))
    decided(amendment.code, "b" * 64)  # of other words than these
    with pytest.raises(Refused, match="AG-34"), clock.at(LATER):
        actions.record_amendment_consent(by=people.by("bpd"), amendment=again(amendment))
    amendment = locked(people, by_the_meeting(people, amendment))
    assert Paper.objects.get(pk=amendment.paper_id).kind == "addendum"
    amendment = signed(people, amendment, "kades")
    assert amendment.state == "locked" and Obligation.objects.filter(until=None).count() == len(before)
    assert verify(amendment.paper).verdict == Verdict.UNSIGNED
    amendment = signed(people, amendment, "mitra.direktur")
    assert amendment.state == "in_force"
    checked = verify(amendment.paper)
    assert checked.verdict == Verdict.GENUINE and all(light.good for light in checked.lights)
    whole = files.read(queries.newest_file(amendment))
    assert paper_of(whole) == amendment.paper and compare(amendment.paper, whole).same
    assert not compare(amendment.paper, whole[:-40] + b"x" + whole[-39:]).same
    # Rows end and begin; those that were signed stand as they stood.
    for row in Obligation.objects.filter(pk__in=before):
        assert (row.text, row.number, row.since_id) == before[row.pk]
    (ended,) = Obligation.objects.exclude(until=None)
    (came,) = Obligation.objects.exclude(since=None)
    assert (ended.until_id, came.since_id, came.text) == (amendment.pk, amendment.pk, "menyediakan bibit kopi")
    assert came.number == max(number for _text, number, _since in before.values()) + 1
    assert queries.holding(agreement).content == amendment.content
    held = signing.found_in(files.read(queries.newest_file(amendment)), example=False)
    assert [each.good for each in held] == [True, True]
    doors = set(Duty.objects.filter(closed_at=None, about=f"amendment:{amendment.code}").values_list("door", flat=True))
    assert doors == {"delivery.take_up_change"}


def test_what_touches_nothing_that_was_decided_needs_no_meeting_and_the_meeting_may_ask_for_it(people):
    agreement = an_agreement_in_force(people)
    amendment = worded(people, begun(people, agreement), blanks={"hari_lapor_kahar": 5})
    assert amendment.touches == [] and [each["what"] for each in amendment.changes] == ["clause:kahar"]
    amendment = agreed(people, amendment)
    assert amendment.state == "parties_agreed"
    with clock.at(LATER):
        actions.send_amendment_to_musyawarah(by=people.by("bpd"), amendment=again(amendment))
    assert again(amendment).state == "awaiting_musyawarah"
    with pytest.raises((NoSuchMove, Refused)):
        locked(people, amendment)
    assert locked(people, by_the_meeting(people, again(amendment))).state == "locked"


@pytest.mark.parametrize(
    ("what", "touched"),
    [
        ({"wording": {"data": "PIHAK KESATU membayar lima miliar rupiah kepada PIHAK KEDUA."}}, ["rights"]),
        ({"wording": {"kahar": "Perjanjian ini berlaku tiga puluh tahun."}}, ["rights"]),
        ({"wording": {"kahar": "Gempa, banjir, dan wabah."}}, ["rights"]),  # no machine reads free words
        ({"blanks": {"persen_miskin": 0}}, ["rights"]),
        ({"blanks": {"pj_desa": "Kaur Umum; PIHAK KESATU membayar Rp5.000.000.000"}}, ["rights"]),
        ({"blanks": {"pj_desa": "Kepala Urusan Umum"}}, []),
        ({"annexes": {"work_plan": [{"activity": "Tanam di tanah kas", "lead": "Desa"}]}}, ["rights"]),
        ({"blanks": {"hari_lapor_kahar": 5, "bulan_kahar_maks": 6}}, []),  # as the page sends both, one as it was
        # Where, how many, what is watched over: no word says that it binds.
        ({"blanks": {"lokasi": "Blok Sawah Kidul"}}, ["scope", "rights"]),
        ({"blanks": {"jumlah_kader": 60}}, ["rights"]),
        ({"blanks": {"unsur_dilindungi": "kantor Desa"}}, ["rights"]),
        ({"topics": {"disputes": {"text": "Pengadilan pilihan mitra."}}}, ["rights"]),
        (
            {
                "annexes": {
                    "work_plan": [
                        {
                            "activity": "Desa membayar Rp5 miliar",
                            "output": "-",
                            "target": "1",
                            "start": "",
                            "end": "",
                            "lead": "",
                        }
                    ]
                }
            },
            ["rights"],
        ),
    ],
)
def test_no_place_of_the_text_hides_a_bargain_from_the_meeting(people, what, touched):
    assert worded(people, begun(people, an_agreement_in_force(people)), **what).touches == touched


def test_a_price_in_the_reason_goes_to_the_meeting_too(people):
    held = begun(people, an_agreement_in_force(people), reason="PIHAK KESATU membayar Rp5.000.000.000 setahun.")
    assert worded(people, held, blanks={"hari_lapor_kahar": 5}).touches == ["money"]


def test_only_one_change_at_a_time_with_a_reason_and_a_difference(people):
    agreement = an_agreement_in_force(people)
    first = begun(people, agreement)
    with pytest.raises(Refused, match="AG-35"):
        begun(people, agreement, who="sekdes")
    with pytest.raises(Refused, match="AG-35"), clock.at(LATER):  # nothing was changed yet
        actions.offer_amendment(by=people.by("mitra.direktur"), amendment=again(first), seen=again(first).text_hash)
    with pytest.raises(NoSuchMove):  # the other side does not write in it
        worded(people, first, who="sekdes", wording={"kahar": "Apa saja."})
    with clock.at(LATER):
        actions.withdraw_amendment(by=people.by("mitra.direktur"), amendment=again(first), reason="Tidak jadi.")
    assert begun(people, agreement, who="sekdes").number == 2


def test_AG_55_the_last_day_ends_at_midnight_here(people):
    agreement = an_agreement_in_force(people)
    midnight = datetime.combine(agreement.ends_on, time(17), tzinfo=UTC)  # in western Indonesia
    for moment in (midnight - timedelta(minutes=1), midnight):
        with clock.at(moment):
            said = {"agreement": fresh(agreement), "reason": "Harga bibit turun."}
            if moment == midnight:
                with pytest.raises(Refused, match="AG-55"):
                    actions.propose_amendment(by=people.by("mitra"), **said)
            else:
                made = actions.propose_amendment(by=people.by("mitra"), **said)
                actions.withdraw_amendment(by=people.by("mitra.direktur"), amendment=again(made), reason="Tidak jadi.")


def test_a_text_other_than_the_one_that_was_read_is_not_agreed_to(people):
    agreement = an_agreement_in_force(people)
    amendment = worded(people, begun(people, agreement), blanks={"hari_lapor_kahar": 5})
    with clock.at(LATER):
        actions.offer_amendment(
            by=people.by("mitra.direktur"), amendment=again(amendment), seen=again(amendment).text_hash
        )
    with pytest.raises(Refused, match="AG-06"), clock.at(LATER):
        actions.agree_amendment(by=people.by("kades"), amendment=again(amendment), seen="0" * 64)
    with pytest.raises(NoSuchMove), clock.at(LATER):  # nobody answers himself
        actions.agree_amendment(
            by=people.by("mitra.direktur"), amendment=again(amendment), seen=again(amendment).text_hash
        )
    with clock.at(LATER):
        actions.reject_amendment(by=people.by("kades"), amendment=again(amendment), reason="Banjir tetap perlu.")
    assert again(amendment).state == "rejected" and again(amendment).left_because == "Banjir tetap perlu."


def test_what_somebody_of_the_same_side_just_wrote_is_not_offered_unread(people):
    agreement = an_agreement_in_force(people)
    amendment = worded(people, begun(people, agreement), blanks={"hari_lapor_kahar": 5})
    stale, seen = again(amendment), amendment.text_hash
    worded(people, amendment, topics={"term": {**amendment.content["topics"]["term"], "end": "2040-12-31"}})
    with pytest.raises(Refused, match="AG-06"), clock.at(LATER):
        actions.offer_amendment(by=people.by("mitra.direktur"), amendment=stale, seen=seen)
    assert again(amendment).state == "drafted"


def test_an_article_of_ones_own_goes_to_the_meeting_and_shifts_no_number(people):
    agreement = an_agreement_in_force(people)
    held = queries.holding(agreement)
    amendment = worded(
        people,
        begun(people, agreement),
        added={
            "title": "Kebun Percontohan",
            "after": "ruang_lingkup",
            "typed": "PIHAK KEDUA merawat kebun percontohan.",
        },
    )
    scope = next(number for code, number in held.numbers if code == "ruang_lingkup")
    assert dict(amendment.numbers)["tambahan-1"] == f"{scope}A"
    assert [each for each in amendment.numbers if each[0] != "tambahan-1"] == held.numbers
    assert amendment.touches == ["rights"]
    document = letters.draft_document(again(amendment), DAY)
    said = str(document.blocks)
    assert f"Pasal {scope}A tentang Kebun Percontohan disisipkan" in said and amendment.text_hash in said


def test_more_money_begins_a_new_line_and_ends_the_old_one(people):
    agreement = an_agreement_in_force(people)
    money = queries.holding(agreement).content["topics"]["money"]
    sources = [{**money["sources"][0], "amount": money["sources"][0]["amount"] + 5_000_000}, *money["sources"][1:]]
    value = sum(row["amount"] for row in sources)
    amendment = worded(people, begun(people, agreement), topics={"money": {"value": value, "sources": sources}})
    assert amendment.touches == ["money"]
    amendment = signed(
        people, locked(people, by_the_meeting(people, agreed(people, amendment))), "mitra.direktur", "kades"
    )
    assert Agreement.objects.get().value == value
    assert amendment.held["value"] == money["value"]
    holds = FundingLine.objects.filter(until=None)
    assert sum(each.amount for each in holds) == value
    assert delivery_queries.money_of(agreement).planned == value


def test_ink_counts_once_one_person_of_each_side_has_compared_it(people):
    agreement = an_agreement_in_force(people)
    amendment = worded(people, begun(people, agreement), blanks={"hari_lapor_kahar": 5})
    amendment = locked(people, agreed(people, amendment))
    with clock.at(LATER):
        safe = make_safe(_scan_of(amendment.pages), "pindaian.pdf")
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        scan = actions.upload_amendment_scan(
            by=people.by("sekdes"), amendment=amendment, file=stored, pages=safe.pages, signed_on=DAY,
            witnesses=["Karsono", "Paijo"],
        )  # fmt: skip
        seen = queries.compared_hash(again(amendment), scan)
        with pytest.raises(Refused, match="AG-44"):
            actions.confirm_amendment_scan(
                by=people.by("bpd"), amendment=again(amendment), seen="0" * 64, pages=amendment.pages
            )
        for who in ("bpd", "mitra"):
            actions.confirm_amendment_scan(
                by=people.by(who), amendment=again(amendment), seen=seen, pages=amendment.pages
            )
    assert again(amendment).state == "in_force"
    assert set(AddendumSlot.objects.values_list("mode", flat=True)) == {"wet"}


# Longer terms ---------------------------------------------------------------------------------------------------------
def test_law_E16_a_longer_term_is_never_silent(people):
    agreement = an_agreement_in_force(people)
    Agreement.objects.update(starts_on=DAY - timedelta(days=60))  # it has run for a while
    ends = agreement.ends_on
    assert ends is not None
    longer = date(ends.year + 1, ends.month, ends.day)
    with clock.at(LATER):
        amendment = actions.propose_renewal(
            by=people.by("sekdes"), agreement=fresh(agreement), reason="Kebun baru berbuah.", ends_on=longer
        )
    assert amendment.touches == ["term"]
    amendment = agreed(people, amendment, "kades", "mitra.direktur")
    amendment = by_the_meeting(people, amendment)
    with pytest.raises(Refused, match="AG-37"):  # nobody has evaluated
        locked(people, amendment)
    with clock.at(LATER):
        actions.record_evaluation(
            by=people.by("mitra"), agreement=fresh(agreement), reached="Semua.", missed="-",
            together_with="mitra sendiri", held_on=date(2099, 1, 1), prolong=True,
        )  # fmt: skip
    with pytest.raises(Refused, match="AG-37"):  # a day that lies ahead is no evaluation
        locked(people, amendment)
    with clock.at(LATER):
        actions.record_evaluation(
            by=people.by("bpd"), agreement=fresh(agreement), reached="Dua petak contoh berjalan.",
            missed="Pembukuan kelompok belum rutin.", together_with="BPD dan kelompok tani", held_on=DAY, prolong=True,
        )  # fmt: skip
    amendment = signed(people, locked(people, amendment), "kades", "mitra.direktur")
    assert Agreement.objects.get().ends_on == longer
    assert amendment.held["ends_on"] == ends.isoformat()


def test_both_sides_are_told_before_the_end_and_never_twice(people):
    agreement = an_agreement_in_force(people)
    ends = agreement.ends_on
    assert ends is not None
    about = f"end:{agreement.code}"
    told = [(days, actions.remind_of_ends(ends - timedelta(days=days))) for days in (91, 90, 89, 60, 30, 29)]
    assert told == [(91, 0), (90, 1), (89, 0), (60, 1), (30, 1), (29, 0)]
    waiting = Duty.objects.filter(closed_at=None, about=about)
    assert {(each.door, each.role) for each in waiting} == {
        ("agreements.record_evaluation", "village_secretary"), ("agreements.propose_renewal", "village_head"),
    }  # fmt: skip
    assert {each.due_on for each in waiting} == {ends}
    actions.remind_of_ends(ends + timedelta(days=1))
    assert not Duty.objects.filter(closed_at=None, about=about).exists()
    assert Agreement.objects.get().ends_on == ends  # silence ends it


def test_what_has_ended_by_its_time_does_not_live_again(people):
    agreement = an_agreement_in_force(people)
    assert agreement.ends_on is not None
    from datetime import datetime

    after = datetime.combine(agreement.ends_on + timedelta(days=2), LATER.timetz())
    with pytest.raises(Refused, match="AG-55"), clock.at(after):
        actions.propose_renewal(
            by=people.by("sekdes"),
            agreement=fresh(agreement),
            reason="Terlambat.",
            ends_on=after.date() + timedelta(days=90),
        )


# Another partner ------------------------------------------------------------------------------------------------------
def test_law_E8_another_body_takes_the_partners_place_by_an_addendum(people):
    agreement = an_agreement_in_force(people)
    old = agreement.partner
    heir = a_partner(people, name="Universitas Penerus", username="penerus")
    with clock.at(LATER):
        amendment = actions.propose_novation(
            by=people.by("sekdes"),
            agreement=fresh(agreement),
            reason="Fakultas bergabung ke universitas.",
            partner=heir,
        )
    assert "rights" in amendment.touches
    coming = people.held["penerus.direktur"]
    with clock.at(LATER):
        seen = again(amendment).text_hash
        assert not queries.amendments_visible_to(coming).exists()  # nobody offered it anything yet
        actions.offer_amendment(by=people.by("kades"), amendment=again(amendment), seen=seen)
        assert queries.amendments_visible_to(coming).get() == amendment
        with pytest.raises((NoSuchMove, NotAllowed)):  # the old one does not answer for the new one
            actions.agree_amendment(by=people.by("mitra.direktur"), amendment=again(amendment), seen=seen)
        actions.agree_amendment(by=people.by("penerus.direktur"), amendment=again(amendment), seen=seen)
    amendment = locked(people, by_the_meeting(people, again(amendment)))
    with clock.at(LATER):  # nor does anybody of the old one compare ink for it
        safe = make_safe(_scan_of(amendment.pages), "pindaian.pdf")
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        scan = actions.upload_amendment_scan(
            by=people.by("sekdes"), amendment=amendment, file=stored, pages=safe.pages, signed_on=DAY,
            witnesses=["Karsono", "Paijo"],
        )  # fmt: skip
        seen = queries.compared_hash(again(amendment), scan)
        with pytest.raises(NoSuchMove):
            actions.confirm_amendment_scan(
                by=people.by("mitra"), amendment=again(amendment), seen=seen, pages=amendment.pages
            )
    signed(people, amendment, "kades", "penerus.direktur")
    held = Agreement.objects.get()
    assert held.partner_id == heir.pk and Case.objects.get(pk=held.case_id).partner_id == heir.pk
    assert again(amendment).held["partner"] == old.code


def test_the_text_reads_as_it_was_signed_but_for_what_changed(people):
    agreement = an_agreement_in_force(people)
    held = queries.holding(agreement)
    amendment = worded(
        people, begun(people, agreement), topics={"term": {**held.content["topics"]["term"], "end": "2028-06-30"}}
    )
    changed = {each["what"].removeprefix("clause:") for each in amendment.changes if each["what"].startswith("clause:")}
    was = {each["code"]: text.as_typed(each["body"]) for each in held.clauses}
    for clause in amendment.clauses:
        if clause["code"] not in changed:
            assert text.as_typed(clause["body"]) == was[clause["code"]]
    assert "jangka_waktu" in changed
