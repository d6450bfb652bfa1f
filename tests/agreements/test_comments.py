"""Comments on the text: each side reads all, answers the other's, settles its own; acceptance is warned, never refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bermitra.agreements import actions, queries
from bermitra.agreements.models import DraftComment
from bermitra.foundation.commands import clock
from bermitra.foundation.flow import NoSuchMove
from tests.agreements import makers
from tests.agreements.makers import DRAFTED, changed, fresh
from tests.partnership.test_pages import send, shown, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "kahar"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def said(people, agreement, who="mitra", text="Berapa hari waktu memberi tahu?", place=PLACE) -> DraftComment:
    with clock.at(DRAFTED):
        return actions.comment(by=people.by(who), agreement=agreement, text=text, place=place)


def refused(act, **given) -> None:
    with clock.at(DRAFTED), pytest.raises(NoSuchMove):
        act(**given)


def test_either_side_comments_whoever_has_the_turn_and_the_other_answers_once(people):
    agreement = makers.a_draft(people)  # with the village
    first, second = said(people, agreement), said(people, agreement, "sekdes", "Setuju.", "")
    assert [(each.number, each.party, each.version) for each in (first, second)] == [(1, "two", 1), (2, "one", 1)]
    refused(actions.answer_comment, by=people.by("mitra"), agreement=agreement, number=1, answer="Tujuh.")  # its own
    with clock.at(DRAFTED):
        actions.answer_comment(by=people.by("sekdes"), agreement=agreement, number=1, answer="Tujuh hari.")
    refused(actions.answer_comment, by=people.by("kades"), agreement=agreement, number=1, answer="Sepuluh hari.")
    assert DraftComment.objects.get(number=1).answer == "Tujuh hari."


def test_only_the_side_that_said_it_settles_it_and_the_version_is_kept(people):
    agreement = makers.a_draft(people)
    said(people, agreement)
    refused(actions.settle_comment, by=people.by("sekdes"), agreement=agreement, number=1)
    version = changed(people, agreement, wording={PLACE: "Pihak memberi tahu dalam tujuh hari."})
    (remark,) = queries.remarks_of(agreement)
    assert remark.open and remark.changed_in == version.number
    with clock.at(DRAFTED):
        actions.settle_comment(by=people.by("mitra.direktur"), agreement=agreement, number=1)
    assert DraftComment.objects.get().settled_in == version.number
    refused(actions.settle_comment, by=people.by("mitra"), agreement=agreement, number=1)
    assert queries.open_comments(agreement, "two") == []


def test_a_change_elsewhere_is_no_answer_and_one_anywhere_answers_what_is_said_of_the_whole(people):
    agreement = makers.a_draft(people)
    said(people, agreement)
    said(people, agreement, place="")
    version = changed(people, agreement, wording={"data": "Data warga tidak dibuka."})
    assert [each.changed_in for each in queries.remarks_of(agreement)] == [None, version.number]


def test_no_comment_on_an_article_that_is_not_there_nor_on_a_locked_text(people):
    agreement = makers.a_whole_draft(people)
    with pytest.raises(ValueError):
        said(people, agreement, place="tidak_ada")
    locked = makers.locked(people, makers.accepted(people, agreement))
    refused(actions.comment, by=people.by("mitra"), agreement=locked, text="Terlambat.")
    assert not DraftComment.objects.exists()


def test_comments_stand_at_their_article_on_the_page_of_the_text(people):
    agreement = makers.a_whole_draft(people)
    code = agreement.case.code
    partner, clerk = signed_in(people, "mitra"), signed_in(people, "sekdes")
    at = reverse("agreements.comment", args=[code])
    assert f"{at}?pasal={PLACE}" in shown(partner, "page.agreement_draft", code)[1]
    assert partner.get(f"{at}?pasal=tidak").status_code == 404
    empty = partner.post(f"{at}?pasal={PLACE}", {"text": " "})
    assert empty.status_code == 422
    from uuid import uuid4

    sent = partner.post(f"{at}?pasal={PLACE}", {"_key": uuid4().hex, "text": "Tujuh atau sepuluh hari? <b>"})
    assert sent.status_code == 302
    _status, page = shown(clerk, "page.agreement_draft", code)
    assert "Tujuh atau sepuluh hari? &lt;b&gt;" in page and "Komentar terbuka" in page
    answer, settle = (reverse(f"agreements.{name}_comment", args=[code, 1]) for name in ("answer", "settle"))
    assert answer in page and settle not in page
    assert clerk.post(answer, {"_key": uuid4().hex, "answer": "Tujuh hari."}).status_code == 302
    assert clerk.get(reverse("agreements.answer_comment", args=[code, 9])).status_code == 404
    _status, page = shown(partner, "page.agreement_draft", code)
    assert "Jawaban: Tujuh hari." in page and settle in page and answer not in page
    assert partner.post(settle, {"_key": uuid4().hex}).status_code == 302
    assert "Komentar terbuka" not in shown(partner, "page.agreement_draft", code)[1]


def test_who_accepts_while_his_side_still_has_comments_is_warned_and_may_go_on(people):
    agreement = makers.a_whole_draft(people)
    said(people, agreement)
    director, head = signed_in(people, "mitra.direktur", again=True), signed_in(people, "kades", again=True)
    code, text_hash = agreement.case.code, queries.newest_version(agreement).text_hash
    assert "komentar pihak Anda belum selesai" not in shown(head, "agreements.accept_text", code)[1]
    assert send(head, "agreements.accept_text", code, text_hash=text_hash, read="on").status_code == 302
    page = shown(director, "agreements.accept_text", code)[1]
    assert "komentar pihak Anda belum selesai" in page and "Berapa hari waktu memberi tahu?" in page
    assert send(director, "agreements.accept_text", code, text_hash=text_hash, read="on").status_code == 302
    assert fresh(agreement).state == "text_agreed"
