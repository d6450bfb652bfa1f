"""Between villages: one text before each village's own Musyawarah, and whom each sends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bermitra.deliberation import letters as minutes_letters
from bermitra.deliberation.inter_village import actions, letters, queries
from bermitra.deliberation.inter_village.actions import Sent, remind_of_joint_offers
from bermitra.deliberation.inter_village.forms import read_delegate
from bermitra.deliberation.inter_village.queries import answers, hash_of, offers_visible_to, text_of
from bermitra.deliberation.inter_village.rules import (
    JOINT_OFFER,
    OFFER_LABELS,
    DelegationFacts,
    OfferFacts,
    delegation_as_offered,
    delegation_of_all_sides,
    delegation_with_women,
    offer_whole,
    offered_inside_one_regency,
    offered_to_other_villages,
)
from bermitra.deliberation.models import Delegate, JointOffer, Meeting, ReadyText
from bermitra.deliberation.queries import decision_on, minutes_data, tabled_at, texts_waiting
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.compose import DRAFT, Issued, compose
from bermitra.foundation.documents.compose import words as words_in
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import BadInput
from tests.deliberation import makers
from tests.deliberation.joint_makers import (
    OFFERED,
    SENT,
    THIRD,
    WORDS,
    decides,
    drafted,
    elsewhere,
    offered,
    words_on,
)
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, to
from tests.foundation.documents.said import pages, says_the_same_in_each_form
from tests.people import FOREIGN, NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db
KELURAHAN = "33.04.06.1013"
OFFER = OfferFacts(
    village=OURS, others=frozenset({NEIGHBOUR}), kelurahan=0, contents_filled=7, sent_on=date(2026, 2, 1),
    answer_by=date(2026, 2, 15), answer_days=14,
)  # fmt: skip
SENDS = DelegationFacts(
    named=6, wanted=6, women=2, women_percent=30, elements=frozenset({"village_government", "bpd", "women"})
)


# Rules ---------------------------------------------------------------------------------------------------------------
def test_DB_41_offered_inside_one_regency():
    assert offered_inside_one_regency(OFFER)
    assert not offered_inside_one_regency(replace(OFFER, others=frozenset({NEIGHBOUR, FOREIGN})))


def test_DB_42_offered_to_other_villages():
    assert offered_to_other_villages(OFFER)
    assert not offered_to_other_villages(replace(OFFER, others=frozenset()))
    assert not offered_to_other_villages(replace(OFFER, others=frozenset({OURS, NEIGHBOUR})))
    assert not offered_to_other_villages(replace(OFFER, kelurahan=1))
    nine = frozenset(f"33.04.19.20{n:02}" for n in range(2, 11))
    assert offered_to_other_villages(replace(OFFER, others=nine))
    assert not offered_to_other_villages(replace(OFFER, others=nine | {"33.04.19.2099"}))


def test_DB_43_offer_whole():
    assert offer_whole(OFFER)
    assert not offer_whole(replace(OFFER, contents_filled=6))
    assert not offer_whole(replace(OFFER, answer_by=date(2026, 2, 14)))


def test_DB_36_delegation_as_offered():
    assert delegation_as_offered(SENDS)
    assert not delegation_as_offered(replace(SENDS, named=5))


def test_DB_37_delegation_with_women():
    assert delegation_with_women(SENDS)
    assert not delegation_with_women(replace(SENDS, women=1))


def test_DB_38_delegation_of_all_sides():
    assert delegation_of_all_sides(SENDS)
    assert not delegation_of_all_sides(replace(SENDS, elements=frozenset({"village_government", "bpd"})))
    assert not delegation_of_all_sides(replace(SENDS, elements=frozenset({"bpd", "women"})))


def test_every_state_of_an_offer_has_its_words():
    assert OFFER_LABELS.keys() == JOINT_OFFER.states


# Offering ------------------------------------------------------------------------------------------------------------
def test_the_same_text_comes_before_the_musyawarah_of_every_village_and_each_is_told(people):
    elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    waiting = {each.village_id: each for each in texts_waiting([OURS, NEIGHBOUR, THIRD])}
    assert waiting.keys() == {OURS, NEIGHBOUR, THIRD}
    assert {(each.code, each.text_hash) for each in waiting.values()} == {(offer.code, hash_of(text_of(offer)))}
    assert all(WORDS["scope"] in each.text for each in waiting.values())
    assert {each.region_id for each in Notice.objects.filter(url_code=offer.code)} == {OURS, NEIGHBOUR, THIRD}


def test_what_one_village_puts_on_its_agenda_waits_on_in_the_others(people):
    offer = offered(people)
    makers.an_invited_meeting(people, code=offer.code, text_hash=offer.text_hash)
    assert [each.village_id for each in texts_waiting([OURS, NEIGHBOUR])] == [NEIGHBOUR]
    assert tabled_at(offer.code, OURS) is not None
    assert tabled_at(offer.code, NEIGHBOUR) is None


def test_an_offer_lacking_contents_or_time_is_not_sent(people):
    with clock.at(on(OFFERED)):
        offer = drafted(people, answer_by=OFFERED + timedelta(days=13))
        JointOffer.objects.filter(pk=offer.pk).update(contents=WORDS | {"disputes": ""})
        with pytest.raises(Refused) as refused:
            actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert refused.value.codes == ("DB-43",)
    assert not ReadyText.objects.exists()


def test_law_T20_cross_regency_is_referred(people):
    offer = drafted(people, NEIGHBOUR, FOREIGN)
    with pytest.raises(Refused) as refused, clock.at(on(OFFERED)):
        actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert refused.value.codes == ("DB-41",)
    assert "Bupati" in refused.value.findings[0].rule.remedy
    assert not ReadyText.objects.exists()
    page = as_("kades").get(to("page.joint_offer", offer.code)).content.decode()
    for said in (
        "Ke mana kerja sama lintas kabupaten dibawa", f"{place(FOREIGN).name} berada di ", "melalui Camat", "Gubernur",
        "Desa sekabupaten tetap dapat Anda ajak.",
    ):  # fmt: skip
        assert said in page, said
    assert f"{place(NEIGHBOUR).name} berada di " not in page


def test_law_T20_the_village_prints_the_letter_that_refers_it_to_the_regent(people):
    offer = drafted(people, NEIGHBOUR, FOREIGN)
    head, path = as_("kades"), to("page.referral_letter", offer.code)
    assert path in head.get(to("page.joint_offer", offer.code)).content.decode()
    paper = letters.referral_letter(offer, queries.referred(offer), OFFERED)
    tree = compose(paper, Issued())
    said = "\n".join(words_in(tree))
    for each in (
        "Yth. Bupati Banjarnegara", "melalui Camat Pandanarum", place(FOREIGN).name, "Kabupaten Buleleng", "Gubernur",
        offer.title, "tidak ada naskah yang kami tandatangani",
    ):  # fmt: skip
        assert each in said, each
    assert NEIGHBOUR not in said
    says_the_same_in_each_form(tree)
    on_paper = "".join(pages(head.get(path, {"bentuk": "pdf"}).content))  # the office numbers and signs it: no draft
    assert "Nomor" in on_paper and DRAFT not in on_paper
    assert head.get(path, {"bentuk": "word"}).content.startswith(b"PK")


def test_law_E10_a_kelurahan_is_referred_by_letter_and_a_desa_of_ours_is_not(people):
    offer = drafted(people)
    head, path = as_("kades"), to("page.referral_letter", offer.code)
    asked = head.get(path).content.decode()
    assert "Kode kelurahan" in asked and "bentuk=pdf" not in asked
    assert "bukan kelurahan" in head.get(path, {"kelurahan": NEIGHBOUR}).content.decode()
    assert "bentuk=pdf" in head.get(path, {"kelurahan": KELURAHAN}).content.decode()
    assert head.get(path, {"kelurahan": KELURAHAN, "bentuk": "pdf"}).content.startswith(b"%PDF")
    paper = compose(letters.referral_letter(offer, [place(KELURAHAN)], OFFERED), Issued())
    said = "\n".join(words_in(paper))
    assert "Kelurahan Kutabanjarnegara" in said and "Kelurahan bukan desa" in said and "Gubernur" not in said
    assert as_("kades.asing").get(path).status_code == 404


def test_a_kelurahan_is_not_offered_to(people):
    offer = drafted(people, KELURAHAN)
    with pytest.raises(Refused) as refused, clock.at(on(OFFERED)):
        actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert refused.value.codes == ("DB-42",)


def test_what_was_sent_is_not_worded_anew(people):
    with pytest.raises(NoSuchMove):
        actions.word_joint_offer(by=people.by("kades"), offer=offered(people), contents={"term": "Sepuluh tahun."})


def test_a_draft_is_known_in_its_own_village_and_an_offer_in_every_village_asked(people):
    elsewhere(people)

    def seen(name):
        return offers_visible_to(Person.objects.get(username=name)).exists()

    offer = drafted(people)
    assert [seen(name) for name in ("bpd", "bpd.2002", "camat", "kades.asing")] == [True, False, False, False]
    with clock.at(on(OFFERED)):
        actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert [seen(name) for name in ("bpd", "bpd.2002", "camat", "kades.asing")] == [True, True, True, False]


def test_a_withdrawn_offer_waits_nowhere_and_its_letters_no_longer_hold(people):
    offer = drafted(people)
    with clock.at(on(OFFERED)):
        by = people.by("kades")
        papers = letters.offer_letters(offer, key=by.key, number="1", dated=OFFERED)
        offer = actions.send_joint_offer(by=by, offer=offer, letter_number="1", letters=papers)
        assert Paper.objects.get(kind="joint_offer_letter").region == OURS
        actions.withdraw_joint_offer(by=people.by("kades"), offer=offer, why="Mata air mengecil.")
    assert not texts_waiting([OURS, NEIGHBOUR])
    assert Paper.objects.get().withdrawal.why == "Mata air mengecil."


def test_the_letter_to_each_village_holds_the_eight_contents(people):
    elsewhere(people, THIRD, "Sinduaji")
    offer = drafted(people, NEIGHBOUR, THIRD)
    beji, sinduaji = letters.offer_letters(offer, key="kunci", number="140/061", dated=OFFERED)
    assert beji.code != sinduaji.code
    said = words_on(beji)
    for word in (
        *WORDS.values(),
        "pelaksanaan pembangunan desa",
        "140/061",
        "Beji",
        "bukan persetujuan",
        "Sutrisno Hadi",
    ):
        assert word in said, word
    assert "Sinduaji" in words_on(sinduaji)


# Answers -------------------------------------------------------------------------------------------------------------
def test_each_village_answers_for_itself_with_its_own_minutes(people):
    beji = elsewhere(people)
    offer = offered(people)
    assert [each.state for each in answers(offer)] == ["waiting", "waiting"]
    decides(people, offer, conditions="Air dihitung dengan meter.")
    decides(beji, offer, agreed=False)
    ours, theirs = answers(offer)
    assert (ours.state, theirs.state) == ("pending", "pending")
    assert ours.decided.conditions == "Air dihitung dengan meter."
    assert (decision_on(offer.code, OURS).agreed, decision_on(offer.code, NEIGHBOUR).agreed) == (True, False)


def test_a_binding_yes_with_delegates_takes_part_and_a_no_does_not(people):
    beji = elsewhere(people)
    offer = offered(people)
    ours, theirs = decides(people, offer), decides(beji, offer, agreed=False)
    Meeting.objects.filter(pk__in=(ours.pk, theirs.pk)).update(state="binding")
    first, second = answers(offer)
    assert (first.state, first.takes_part, [each.name for each in first.delegates]) == (
        "agreed", True, [each.name for each in SENT],
    )  # fmt: skip
    assert (second.state, second.takes_part, second.delegates) == ("refused", False, ())


def test_a_decision_on_an_earlier_text_is_no_answer_to_the_present_one(people):
    offer = offered(people)
    Meeting.objects.filter(pk=decides(people, offer).pk).update(state="binding")
    offer.text_hash = "f" * 64
    assert [each.state for each in answers(offer)] == ["waiting", "waiting"]


def test_silence_is_no_consent_and_is_reminded_of_twice_each_once(people):
    elsewhere(people)
    offer = offered(people)
    decides(people, offer)
    for days, reminded in ((13, 0), (14, 1), (15, 0), (30, 1), (31, 0)):
        assert remind_of_joint_offers(OFFERED + timedelta(days=days)) == reminded, days
    told = Notice.objects.filter(says__contains="Diam bukan persetujuan", region_id=NEIGHBOUR)
    assert sorted(told.values_list("role", flat=True)) == ["bpd_chair", "bpd_chair", "village_head", "village_head"]
    assert not Notice.objects.filter(says__contains="Diam bukan persetujuan", region_id=OURS).exists()


# Whom a village sends ------------------------------------------------------------------------------------------------
def test_minutes_that_agree_to_a_joint_offer_are_not_final_without_delegates(people):
    offer = offered(people)
    held = decides(people, offer, send=())
    with pytest.raises(Refused) as refused:
        makers.with_minutes(people, held)
    assert refused.value.codes == ("DB-50",)
    with clock.at(on(DAY, 7)):
        actions.name_delegates(by=people.by("bpd"), meeting=held, offer=offer, people=SENT)
    assert makers.with_minutes(people, held).state == "countersigning"


def test_minutes_that_refuse_it_need_none(people):
    held = decides(people, offered(people), agreed=False)
    assert makers.with_minutes(people, held).state == "countersigning"


def test_the_minutes_and_what_is_signed_name_the_delegates(people):
    held = decides(people, offered(people))
    assert [each["name"] for each in minutes_data(held)["delegates"]] == [each.name for each in SENT]
    said = words_on(minutes_letters.minutes_paper(held, key="kunci"))
    assert "Delegasi dalam Musyawarah antar-Desa" in said
    assert "Kelompok tani" in said


@pytest.mark.parametrize(
    ("send", "codes"),
    [
        (SENT[:3], ("DB-36",)),
        ((SENT[0], Sent("Karsono", "L", "bpd"), Sent("Karso", "L", "women"), SENT[3]), ("DB-37",)),
        ((SENT[0], SENT[1], Sent("Wulan Pratiwi", "P", "village_government"), Sent("Karsono", "L", "bpd")), ("DB-38",)),
    ],
)
def test_a_delegation_is_as_large_as_offered_with_women_and_all_sides(people, send, codes):
    offer = offered(people)
    held = decides(people, offer, send=())
    with pytest.raises(Refused) as refused:
        actions.name_delegates(by=people.by("bpd"), meeting=held, offer=offer, people=send)
    assert refused.value.codes == codes
    assert not Delegate.objects.exists()


def test_delegates_are_named_by_the_bpd_of_the_village_while_its_minutes_are_written(people):
    beji = elsewhere(people)
    offer = offered(people)
    held = decides(people, offer)
    with pytest.raises(NotAllowed):
        actions.name_delegates(by=beji.by("bpd"), meeting=held, offer=offer, people=SENT)
    final = makers.with_minutes(people, held)
    with pytest.raises(NoSuchMove):
        actions.name_delegates(by=people.by("bpd"), meeting=final, offer=offer, people=SENT)


def test_what_marks_a_person_is_no_side_that_a_delegate_stands_for():
    assert read_delegate("Tarmi; P; Kelompok perempuan").element == "women"
    for element in ("Masyarakat miskin", "disability"):
        with pytest.raises(BadInput) as bad:
            read_delegate(f"Tarmi; P; {element}")
        assert bad.value.code == "delegate.private"


def test_no_minutes_name_what_marks_a_person(people):
    held = decides(people, offered(people))
    Delegate.objects.filter(name="Tarmi").update(element="poor")
    assert [each["element"] for each in minutes_data(held)["delegates"]] == [
        "village_government", "bpd", "", "farmers",
    ]  # fmt: skip


@pytest.mark.parametrize("left", ["withdrawn", "out"])
def test_minutes_need_no_delegates_for_an_offer_that_asks_this_village_no_more(people, left):
    offer = offered(people)
    held = decides(people, offer, send=())
    if left == "out":
        offer.places.filter(village=OURS).update(out=True)
    else:
        actions.withdraw_joint_offer(by=people.by("kades"), offer=offer, why="Mata air mengecil.")
    assert makers.with_minutes(people, held).state == "countersigning"
