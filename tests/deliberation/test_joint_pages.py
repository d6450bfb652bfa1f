"""The pages between villages as a browser without scripts sends them."""

from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from bermitra.deliberation.inter_village.queries import joint_minutes_data
from bermitra.deliberation.models import Delegate, JointAnswer, JointMeeting, JointOffer
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import Paper
from tests.deliberation import makers
from tests.deliberation.joint_makers import (
    ANSWER_BY,
    CALLED,
    HELD,
    OFFERED,
    SENT,
    THIRD,
    WORDS,
    all_agreed,
    binding,
    called,
    decides,
    drafted,
    elsewhere,
    finalised,
    in_session,
    offered,
    writes,
)
from tests.deliberation.makers import DAY, on
from tests.deliberation.test_pages import as_, confirmed, send, to
from tests.people import NEIGHBOUR, OURS

pytestmark = pytest.mark.django_db
OFFER = {
    "title": "Air bersih", "purpose": "services_and_development", "field": "pelaksanaan_pembangunan",
    "others": NEIGHBOUR, "delegates": "4", "answer_by": f"{ANSWER_BY:%d/%m/%Y}",
}  # fmt: skip
PARTS = (("scope", "procedure", "term", "rights_duties"), ("funding", "changes", "disputes"))


def test_an_offer_is_drafted_worded_in_two_pages_and_sent_with_its_letters(people):
    with clock.at(on(OFFERED)):
        assert send(as_("operator"), to("deliberation.draft_joint_offer"), **OFFER).status_code == 302
        offer = JointOffer.objects.get()
        page = as_("kades").get(to("page.joint_offer", offer.code)).content.decode()
        assert "DB-43" in page
        for part, names in enumerate(PARTS, 1):
            typed = {name: WORDS[name] for name in names}
            assert (
                send(as_("sekdes"), to("deliberation.word_joint_offer", offer.code, part), **typed).status_code == 302
            )
    path = to("deliberation.send_joint_offer", offer.code)
    with clock.at(on(OFFERED)):
        sent = send(confirmed("kades", path), path, letter_number="140/061/PDN/2026")
    assert sent["Location"] == to("page.joint_offer", offer.code)
    letter = as_("camat").get(to("page.joint_offer_letter", offer.code, NEIGHBOUR))
    assert letter["Content-Type"] == "application/pdf"
    assert "Menunggu" in as_("bpd").get(to("page.joint_offer", offer.code)).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("others", "33.04.06.1013", "adalah kelurahan"),
        ("others", "33.04.19", "bukan kode desa"),
        ("others", OURS, "Desa Anda sendiri"),
        ("delegates", "2", "di luar batas"),
    ],
)
def test_what_is_typed_wrongly_is_named(people, field, typed, says):
    page = send(as_("kades"), to("deliberation.draft_joint_offer"), **{**OFFER, field: typed})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not JointOffer.objects.exists()


def test_a_draft_is_not_there_for_the_village_that_will_be_asked(people):
    elsewhere(people)
    with clock.at(on(OFFERED)):
        send(as_("kades"), to("deliberation.draft_joint_offer"), **OFFER)
    code = JointOffer.objects.get().code
    assert as_("kades.2002").get(to("page.joint_offer", code)).status_code == 404


def test_the_chair_names_the_delegates_on_the_page_of_the_meeting(people):
    held = decides(people, offered(people), send=())
    client, path = as_("bpd"), to("deliberation.name_delegates", held.code)
    assert path in client.get(to("page.meeting", held.code)).content.decode()
    bad = send(client, path, lines="Darsini; P; BPD\nDarsini; P; BPD\nPaijo; X; BPD")
    assert bad.status_code == 422
    assert "dua kali" in bad.content.decode()
    assert "bukan L atau P" in bad.content.decode()
    lines = "\n".join(f"{each.name}; {each.sex}; {each.element}" for each in SENT)
    assert send(client, path, lines=lines).status_code == 302
    assert Delegate.objects.filter(meeting=held).count() == 4
    assert "Delegasi dalam Musyawarah antar-Desa" in client.get(to("page.meeting", held.code)).content.decode()


def test_a_meeting_without_a_joint_offer_asks_for_no_delegates(people):
    held = makers.decided(people, makers.opened(people, makers.an_invited_meeting(people)))
    path = to("deliberation.name_delegates", held.code)
    assert path not in as_("bpd").get(to("page.meeting", held.code)).content.decode()
    assert as_("bpd").get(path)["Location"] == to("page.meeting", held.code)


def test_the_delegates_are_called_counted_heard_and_their_decision_written(people):
    beji = elsewhere(people)
    offer = offered(people)
    all_agreed(people, beji, offer=offer)
    with clock.at(on(CALLED)):
        typed = {"number": "01/MAD", "held_on": f"{HELD:%d/%m/%Y}", "starts": "09.00", "place": "Pendopo"}
        assert send(as_("kades"), to("deliberation.call_joint_meeting", offer.code), **typed).status_code == 302
    code = JointMeeting.objects.get().code
    assert Paper.objects.filter(kind="joint_invitation").count() == 1
    everybody = list(Delegate.objects.values_list("code", flat=True))
    with clock.at(on(HELD)):
        clerk = as_("sekdes")
        names = {"chair": "Sutrisno Hadi", "minute_taker": "Wulan Pratiwi", "present": everybody[1:]}
        send(clerk, to("deliberation.record_joint_attendance", code), **names)
        page = clerk.get(to("page.joint_meeting", code)).content.decode()
        assert "3 dari 4 delegasi hadir" in page
        send(clerk, to("deliberation.record_joint_attendance", code), **names | {"present": everybody})
        for topic in range(1, 7):
            send(clerk, to("deliberation.answer_joint_topic", code, topic), answer="Dibahas.")
        for village in (OURS, NEIGHBOUR):
            typed = {"agrees": "yes", "dues": "60 juta", "note": ""}
            assert send(clerk, to("deliberation.say_for_village", code, village), **typed).status_code == 302
        typed = {name: WORDS[name] for name in PARTS[0]} | {"term": "Tiga tahun."}
        send(clerk, to("deliberation.word_joint_text", code, 1), **typed)
        assert "Menjadi: Tiga tahun." in clerk.get(to("page.joint_meeting", code)).content.decode()
    path = to("deliberation.decide_jointly", code)
    chair = confirmed("bpd", path)
    with clock.at(on(HELD, 5)):
        assert send(chair, path, result="refused").status_code == 422
        assert send(chair, path, result="agreed").status_code == 302
        typed = {"number": "BA-MAD/01", "dated": f"{HELD:%d/%m/%Y}", "ends": "13.30"}
        assert send(chair, to("deliberation.finalise_joint_minutes", code), **typed).status_code == 302
    assert JointMeeting.objects.get().state == "signing"
    assert as_("kades.2002").get(to("page.joint_paper", code, "joint_minutes"))["Content-Type"] == "application/pdf"


def test_the_head_of_an_asked_village_answers_on_the_page_and_the_one_that_offers_reads_it(people):
    beji = elsewhere(people)
    offer = offered(people)
    page = to("page.joint_offer", offer.code)
    with clock.at(on(CALLED)):
        assert "Ketua BPD membawa naskah ini ke Musyawarah Desa. Sisa 20 hari." in words(as_("bpd.2002").get(page))
        assert "Sisa 20 hari." in words(as_("kades").get(page))
    held = decides(beji, offer, conditions="Air dihitung dengan meter.")
    with clock.at(on(CALLED)):
        assert "Berita acaranya ditetapkan mengikat dahulu." in words(as_("kades.2002").get(page))
    binding(beji, held)
    path = to("deliberation.answer_joint_offer", offer.code)
    head = confirmed("kades.2002", path)
    with clock.at(on(CALLED)):
        assert path in head.get(page).content.decode()
        assert path not in as_("kades").get(page).content.decode()
        form = words(head.get(path))
        assert "setuju dengan syarat: Air dihitung dengan meter." in form
        typed = {"kind": "agree", "number": "140/044/BJ/2026", "notes": ""}
        assert send(head, path, **typed).status_code == 409
        typed |= {"kind": "agree_with_notes", "notes": "Air dihitung dengan meter."}
        assert send(head, path, **typed).status_code == 302
        letter = to("page.joint_answer_letter", offer.code, NEIGHBOUR)
        told = as_("kades").get(page)
        assert letter in told.content.decode()
        for said in ("Surat jawaban 140/044/BJ/2026, 12 Maret 2026", "Catatan: Air dihitung", "Setuju dengan catatan"):
            assert said in words(told), said
        assert as_("camat").get(letter)["Content-Type"] == "application/pdf"
        assert f'"{path}"' not in head.get(page).content.decode()
        assert send(head, path, **typed).status_code == 409  # it is answered


def test_a_silent_village_is_closed_shown_and_asked_again_on_the_pages(people):
    beji = elsewhere(people)
    elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, offer=offer)
    page, close = to("page.joint_offer", offer.code), to("deliberation.close_joint_answers", offer.code)
    clerk = as_("sekdes")
    with clock.at(on(ANSWER_BY)):
        assert close not in clerk.get(page).content.decode()
        assert send(clerk, close).status_code == 409
    again = to("deliberation.ask_joint_village_again", offer.code, THIRD)
    head = confirmed("kades", again)
    with clock.at(on(ANSWER_BY + timedelta(days=1))):
        assert close in clerk.get(page).content.decode()
        assert "Belum menjawab tertulis: Sinduaji." in words(clerk.get(close))
        assert send(clerk, close).status_code == 302
        assert "Tidak menjawab, tidak ikut" in words(as_("kades.2003").get(page))
        assert again in head.get(page).content.decode()
        assert again not in clerk.get(page).content.decode()
        assert "Batas jawabannya paling cepat 16 April 2026: 14 hari" in words(head.get(again))
        typed = {"letter_number": "140/088/PDN/2026", "answer_by": f"{ANSWER_BY + timedelta(days=5):%d/%m/%Y}"}
        assert send(head, again, **typed).status_code == 409
        typed["answer_by"] = f"{ANSWER_BY + timedelta(days=40):%d/%m/%Y}"
        assert send(head, again, **typed).status_code == 302
        assert "Sisa 39 hari." in words(as_("kades.2003").get(page))
    assert Paper.objects.filter(kind="joint_offer_letter", withdrawal__isnull=True).count() == 1
    assert as_("kades.2003").get(to("page.joint_offer_letter", offer.code, THIRD)).status_code == 200


def test_an_answer_is_taken_back_on_the_page_after_another_decision(people):
    beji = elsewhere(people)
    offer = offered(people)
    all_agreed(people, beji, offer=offer)
    page, path = to("page.joint_offer", offer.code), to("deliberation.withdraw_joint_answer", offer.code)
    head = confirmed("kades.2002", path)
    assert path not in head.get(page).content.decode()
    assert send(head, path, why="Keliru.").status_code == 409
    renew = to("deliberation.renew_delegation", offer.code)
    with clock.at(on(DAY)):
        assert send(as_("bpd.2002"), renew).status_code == 302
    day = DAY + timedelta(days=12)
    held = makers.an_invited_meeting(beji, day, code=offer.code, title=offer.title, text_hash=offer.text_hash)
    binding(beji, makers.decided(beji, makers.opened(beji, held), "refused"))
    with clock.at(on(day, 8)):
        assert path in head.get(page).content.decode()
        assert send(head, path, why="Musyawarah Desa memutuskan lain.").status_code == 302
        assert "Kepala Desa menjawab tertulis." in words(head.get(page))
    assert JointAnswer.objects.get().withdrawal.why == "Musyawarah Desa memutuskan lain."


def test_the_notes_of_a_village_stand_on_the_page_of_the_joint_meeting(people):
    beji = elsewhere(people)
    offer = offered(people)
    binding(people, decides(people, offer))
    binding(beji, decides(beji, offer, conditions="Air dihitung dengan meter."))
    writes(beji, offer, "agree_with_notes", "Air dihitung dengan meter.")
    said = words(as_("kades.2002").get(to("page.joint_meeting", called(people, offer).code)))
    assert "Catatan dalam jawaban tertulis" in said
    assert "Air dihitung dengan meter." in said


@pytest.mark.parametrize("who", ["kades", "kades.2002", "camat"])
def test_the_page_of_an_offer_to_many_costs_no_more_for_each(people, who, django_assert_max_num_queries):
    beji, sinduaji = elsewhere(people), elsewhere(people, THIRD, "Sinduaji")
    offer = offered(people, NEIGHBOUR, THIRD)
    all_agreed(people, beji, sinduaji, offer=offer)
    client = as_(who)
    client.get(to("page.joint_offer", offer.code))
    with django_assert_max_num_queries(12):
        client.get(to("page.joint_offer", offer.code))


def words(answer) -> str:
    """What a page says, on one line."""
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_each_head_signs_on_the_page_what_stands_there(people):
    beji = elsewhere(people)
    offer = offered(people)
    all_agreed(people, beji, offer=offer)
    code = finalised(people, in_session(people, called(people, offer))).code
    path = to("deliberation.sign_joint_minutes", code)
    for who in ("kades", "kades.2002"):
        assert send(confirmed(who, path), path).status_code == 302
    assert JointMeeting.objects.get().state == "signed"
    assert JointOffer.objects.get().state == "agreed"
    assert as_("kades.asing").get(to("page.joint_meeting", code)).status_code == 404


def test_the_district_reads_and_opens_nothing(people):
    elsewhere(people)
    offer = offered(people)
    camat = as_("camat")
    assert camat.get(to("page.joint_offer", offer.code)).status_code == 200
    assert camat.get(to("deliberation.call_joint_meeting", offer.code)).status_code == 403


def test_what_marks_a_person_stands_beside_no_name(people):
    beji = elsewhere(people)
    offer = offered(people)
    all_agreed(people, beji, offer=offer)
    Delegate.objects.filter(name="Tarmi").update(element="poor")
    page = as_("camat").get(to("page.joint_offer", offer.code)).content.decode()
    assert "Tarmi" in page
    assert "Masyarakat miskin" not in page
    meeting = in_session(people, called(people, offer))
    assert "poor" not in str(joint_minutes_data(meeting))
    assert "Masyarakat miskin" not in as_("camat").get(to("page.joint_meeting", meeting.code)).content.decode()


def test_whom_a_draft_asks_and_until_when_is_put_right_before_it_is_sent(people):
    elsewhere(people, THIRD, "Sinduaji")
    offer = drafted(people, answer_by=OFFERED)
    client, path = as_("sekdes"), to("deliberation.word_joint_offer", offer.code, 3)
    assert path in client.get(to("page.joint_offer", offer.code)).content.decode()
    assert f'value="{NEIGHBOUR}"' in client.get(path).content.decode()
    typed = {"others": THIRD, "delegates": "5", "answer_by": f"{ANSWER_BY:%d/%m/%Y}"}
    assert send(client, path, **typed | {"others": OURS}).status_code == 422
    assert send(client, path, **typed).status_code == 302
    offer.refresh_from_db()
    assert (offer.answer_by, offer.delegates, offer.contents) == (ANSWER_BY, 5, WORDS)
    assert sorted(offer.places.values_list("village_id", flat=True)) == [OURS, THIRD]
