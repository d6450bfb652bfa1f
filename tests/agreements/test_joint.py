"""The Peraturan Bersama: one text by turns, residents heard, every village's own decision, number, signature, gazette."""

from __future__ import annotations

import pytest

from bermitra.agreements.joint import actions, queries, sealing, text
from bermitra.agreements.joint.models import JointParty, JointRegulation, JointTextSignature
from bermitra.deliberation.models import Meeting
from bermitra.deliberation.queries import texts_waiting
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.compose import words
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Refused
from bermitra.portal.verification import Verdict, compare, paper_of, verify
from tests.agreements import joint_makers as m
from tests.deliberation import joint_makers as offers
from tests.deliberation.makers import on, words_of
from tests.deliberation.test_pages import as_, to
from tests.people import NEIGHBOUR

pytestmark = pytest.mark.django_db


def two(people):
    return m.villages_of(people, (NEIGHBOUR,))


# The text ----------------------------------------------------------------------------------------------------------------
def test_the_first_text_says_what_the_villages_agreed_to_and_what_their_delegates_named(people):
    regulation = m.started(two(people))
    read = text.read_out(queries.newest_version(regulation).content, queries.setting(regulation))
    assert offers.WORDS["scope"] in read
    assert "Desa Beji sebesar Rp 60.000.000 (enam puluh juta rupiah)" in read.replace("\u00a0", " ")
    assert "Camat Pandanarum" in read  # both lie in one district
    assert text.holes(queries.newest_version(regulation).content, queries.setting(regulation))


def test_nothing_is_begun_before_all_agreed_in_writing_and_nothing_twice(people):
    beji = offers.elsewhere(people)
    offer = offers.offered(people)
    with pytest.raises(NoSuchMove):
        actions.start_joint_draft(by=people.by("sekdes"), offer=offer)
    offers.all_agreed(people, beji, offer=offer)
    meeting = offers.finalised(people, offers.in_session(people, offers.called(people, offer)))
    for each in (people, beji):
        offers.signs(each, meeting)
    offer.refresh_from_db()
    with clock.at(on(m.DRAFTED)):
        actions.start_joint_draft(by=people.by("sekdes"), offer=offer)
        with pytest.raises(NoSuchMove):
            actions.start_joint_draft(by=people.by("sekdes"), offer=offer)


def test_what_people_type_in_braces_stays_what_they_typed(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    regulation.offer.contents = {**regulation.offer.contents, "scope": "Air {title} bersih\nHutan {women}"}
    read = text.read_out(queries.newest_version(regulation).content, queries.setting_of(
        regulation.offer, [each.village for each in queries.parties_of(regulation)]
    ))  # fmt: skip
    assert "Air {title} bersih;" in read or "Air {title} bersih; dan" in read
    assert "Hutan {women}." in read


def test_a_change_by_any_village_voids_every_acceptance_and_says_what_changed(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    for each in villages:
        m.accepts(each, regulation)
    assert all(each.accepted for each in queries.stands(regulation))
    with clock.at(on(m.DRAFTED, 6)):
        version = actions.propose_joint_change(
            by=villages[1].by("sekdes"), party=m.party(regulation, villages[1]), reason="Iuran menurut kemampuan.",
            dues={NEIGHBOUR: 45_000_000},
        )  # fmt: skip
    assert not any(each.accepted for each in queries.stands(m.fresh(regulation)))
    assert [row["what"] for row in version.changes] == ["pendanaan"]
    assert "45.000.000" in version.changes[0]["after"]
    assert version.village_id == NEIGHBOUR


def test_an_article_may_be_put_in_other_words_and_back(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    own = m.party(regulation, people)
    for typed in ("Satu kalimat.\n- huruf a", ""):
        with clock.at(on(m.DRAFTED, 6)):
            version = actions.propose_joint_change(
                by=people.by("sekdes"), party=own, reason="Lebih jelas.", wording={"lain": typed}
            )
    assert "lain" not in version.content["wording"]
    with pytest.raises(ValueError, match="no blank or article"):
        actions.propose_joint_change(by=people.by("sekdes"), party=own, reason="x", wording={"tidak_ada": "x"})
    for code in ("pendanaan", "jangka_waktu", "bkad"):  # dues, term and body go by the values, so words may not differ
        with pytest.raises(ValueError, match="their words do not"):
            actions.propose_joint_change(by=people.by("sekdes"), party=own, reason="x", wording={code: "x"})


def test_only_the_text_that_was_read_is_accepted(people):
    villages = two(people)
    regulation = m.started(villages)
    seen = queries.newest_version(regulation).text_hash
    m.filled(villages, regulation)
    with pytest.raises(Refused, match="AG-44"):
        actions.accept_joint_text(by=people.by("kades"), party=m.party(regulation, people), seen=seen)


def test_no_village_speaks_for_another(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    seen, theirs = queries.newest_version(regulation).text_hash, m.party(regulation, villages[1])
    with pytest.raises(NotAllowed):
        actions.accept_joint_text(by=people.by("kades"), party=theirs, seen=seen)
    with pytest.raises(NotAllowed):
        actions.give_joint_number(by=people.by("sekdes"), party=theirs, number=9)


# Consulting and deciding ---------------------------------------------------------------------------------------------------
def test_the_text_comes_before_every_village_when_all_accepted_it_and_heard_their_residents(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    m.accepts(people, regulation)
    m.consults(people, regulation)
    with pytest.raises(Refused) as refused, clock.at(on(m.DRAFTED, 7)):
        actions.table_joint_text(by=people.by("kades"), regulation=regulation)
    assert set(refused.value.codes) == {"AG-24", "AG-61"}
    m.accepts(villages[1], regulation)
    m.consults(villages[1], regulation)
    with clock.at(on(m.DRAFTED, 7)):
        actions.table_joint_text(by=people.by("kades"), regulation=regulation)
    waiting = texts_waiting([each.village for each in villages])
    assert {each.village_id for each in waiting if each.code == regulation.code} == {e.village for e in villages}


def test_residents_are_heard_again_only_where_what_they_were_asked_about_changed(people):
    villages = two(people)
    regulation = m.filled(villages, m.started(villages))
    for each in villages:
        m.consults(each, regulation)

    def changed(**what) -> list[queries.Stand]:
        with clock.at(on(m.DRAFTED, 7)):
            own = m.party(regulation, people)
            actions.propose_joint_change(by=people.by("sekdes"), party=own, reason="Lebih jelas.", **what)
        for each in villages:
            m.accepts(each, regulation)
        return queries.stands(m.fresh(regulation))

    said = changed(wording={"lain": "Peraturan Bersama ini mengikat walaupun Kepala Desa berganti."})
    assert all(each.heard and [row["what"] for row in each.since] == ["lain"] for each in said)
    said = changed(dues={NEIGHBOUR: 45_000_000})
    assert not any(each.heard for each in said)
    assert "45.000.000" in said[0].since[0]["after"] and "60.000.000" in said[0].since[0]["before"]
    m.consults(villages[1], regulation)
    assert [each.heard for each in queries.stands(m.fresh(regulation))] == [False, True]
    with pytest.raises(Refused) as refused, clock.at(on(m.DRAFTED, 8)):
        actions.table_joint_text(by=people.by("kades"), regulation=regulation)
    assert refused.value.codes == ("AG-24",)
    page = as_("kades").get(to("page.joint_regulation", regulation.code)).content.decode()
    assert "Pasal yang ditanyakan berubah. Warga didengar lagi." in page


def test_an_unfilled_text_comes_before_nobody(people):
    villages = two(people)
    regulation = m.started(villages)
    for each in villages:
        m.accepts(each, regulation)
        m.consults(each, regulation)
    with pytest.raises(Refused) as refused:
        actions.table_joint_text(by=people.by("kades"), regulation=regulation)
    assert refused.value.codes == ("AG-62",)


def test_law_T2_a_joint_regulation_needs_every_villages_own_minutes_number_and_signature(people):
    villages = two(people)
    regulation = m.tabled(villages)
    m.decides(people, regulation)
    with pytest.raises(Refused, match="AG-23"):
        m.lock(people, regulation)  # the other village has not decided
    m.decides(villages[1], regulation)
    JointParty.objects.filter(regulation=regulation, village=NEIGHBOUR).update(number=None)
    with pytest.raises(Refused, match="AG-23"):
        m.lock(people, regulation)  # nor given its number
    m.numbers(villages[1], regulation, 7)
    regulation = m.lock(people, regulation)
    said = " ".join(words(regulation.paper.source)).replace("\u00a0", " ")
    assert "NOMOR 2 TAHUN 2026 NOMOR 7 TAHUN 2026" in said
    assert m.signs(people, regulation).state == "locked"  # one signature is not enough
    assert m.signs(villages[1], regulation).state == "signed"


def test_a_village_that_says_no_stops_it(people):
    villages = two(people)
    regulation = m.tabled(villages)
    m.decides(people, regulation)
    m.decides(villages[1], regulation, agreed=False)
    with pytest.raises(Refused, match="AG-23"):
        m.lock(people, regulation)


def test_a_decision_on_an_earlier_text_counts_for_nothing(people):
    villages = two(people)
    regulation = m.tabled(villages)
    for each in villages:
        m.decides(each, regulation)
    assert all(each.agreed for each in queries.stands(regulation))
    with clock.at(on(m.MUSYAWARAH, 9)):
        own = m.party(regulation, people)
        actions.reopen_joint_text(by=people.by("kades"), party=own, reason="Iuran keliru.")
        actions.propose_joint_change(by=people.by("sekdes"), party=own, reason="Iuran.", dues={NEIGHBOUR: 1_000_000})
    assert not any(each.agreed or each.accepted for each in queries.stands(m.fresh(regulation)))


def test_a_decision_that_was_annulled_after_locking_lets_nobody_sign(people):
    villages = two(people)
    regulation = m.locked(villages)
    Meeting.objects.filter(subjects__code=regulation.code, village=NEIGHBOUR).update(state="annulled")
    with pytest.raises(Refused, match="AG-23"):
        m.signs(people, regulation)


# Signing -------------------------------------------------------------------------------------------------------------------
def test_each_head_signs_the_same_bytes_and_each_signature_stands_in_the_file(people):
    villages = two(people)
    regulation = m.locked(villages)
    for each in villages:
        regulation = m.signs(each, regulation, seal=True)
    assert regulation.state == "signed"
    kept = files.read(queries.signed_file(regulation).sha256)
    assert kept.startswith(files.read(regulation.paper.file.sha256))
    assert kept.count(b"/ByteRange") == 2
    checked = verify(regulation.paper)
    assert checked.verdict == Verdict.GENUINE and [light.good for light in checked.lights] == [True, True, True]
    assert paper_of(kept) == regulation.paper and compare(regulation.paper, kept).same
    changed = compare(regulation.paper, kept[:-40] + b"x" + kept[-39:])
    assert not any(light.good for light in changed.lights)
    with pytest.raises(NoSuchMove):
        m.signs(people, regulation)


def test_a_sealing_that_was_interrupted_is_taken_up_by_the_daily_work(people):
    villages = two(people)
    regulation = m.locked(villages)
    assert verify(regulation.paper).verdict == Verdict.UNSIGNED
    m.signs(people, regulation)
    assert queries.signed_file(m.fresh(regulation)) == regulation.paper.file
    assert (sealing.seal_due(), sealing.seal_due()) == (1, 0)
    assert queries.signed_file(m.fresh(regulation)) != regulation.paper.file


def test_other_bytes_are_not_signed(people):
    villages = two(people)
    regulation = m.locked(villages)
    with pytest.raises(Refused, match="AG-19"), clock.at(on(m.MADE_ON, 5)):
        actions.sign_joint_text(by=people.by("kades"), party=m.party(regulation, people), seen="0" * 64)
    assert not JointTextSignature.objects.exists()


def test_law_E2_an_acting_head_signs_as_one_and_the_paper_says_so(people):
    villages = two(people)
    Appointment.objects.filter(person=villages[1].held["kades.2002"]).update(acting=True)
    regulation = m.locked(villages)
    said = words(regulation.paper.source)
    assert "PENJABAT KEPALA DESA BEJI," in said and said.count("CAP DESA") == 2
    assert m.party(regulation, villages[1]).capacity == "Penjabat Kepala Desa Beji"
    m.signs(villages[1], regulation)
    assert JointTextSignature.objects.get().party.village_id == NEIGHBOUR


def test_a_new_head_does_not_sign_under_the_name_of_the_old_one(people):
    villages = two(people)
    regulation = m.locked(villages)
    JointParty.objects.filter(regulation=regulation, village=people.village).update(
        person=villages[1].held["kades.2002"]
    )
    with pytest.raises(Refused, match="AG-18"), clock.at(on(m.MADE_ON, 5)):
        actions.sign_joint_text(
            by=people.by("kades"), party=m.party(regulation, people), seen=regulation.paper.file.sha256, reason="Sama."
        )


def test_ink_counts_for_a_village_when_somebody_there_who_did_not_lay_it_down_compared_it(people):
    villages = two(people)
    regulation = m.locked(villages)
    scan = files.put(b"%PDF-1.7 pindaian", media_type="application/pdf", name="pindaian.pdf")
    with clock.at(on(m.MADE_ON, 6)):
        actions.lay_down_joint_scan(by=people.by("sekdes"), party=m.party(regulation, people), scan=scan)
        seen = queries.sheet_seen(m.fresh(regulation))
        with pytest.raises(Refused, match="DB-56"):
            actions.confirm_joint_scan(by=people.by("sekdes"), party=m.party(regulation, people), seen=seen)
        with pytest.raises(Refused, match="AG-44"):
            actions.confirm_joint_scan(by=people.by("bpd"), party=m.party(regulation, people), seen="lain")
        actions.confirm_joint_scan(by=people.by("bpd"), party=m.party(regulation, people), seen=seen)
        assert m.fresh(regulation).state == "locked"
        theirs = m.party(regulation, villages[1])
        actions.confirm_joint_scan(by=villages[1].by("sekdes"), party=theirs, seen=seen)
    assert m.fresh(regulation).state == "signed"
    assert set(JointTextSignature.objects.values_list("mode", flat=True)) == {"wet"}
    paper, read = m.fresh(regulation).paper, files.read(scan.sha256)
    assert [light.good for light in verify(paper).lights] == [True, True, True]
    assert paper_of(read) == paper and [light.good for light in compare(paper, read).lights] == [True, True, True]
    assert people.held["bpd"].full_name in compare(paper, read).lights[0].says
    changed = compare(paper, read + b" ")
    assert [light.good for light in changed.lights] == [False, False, False]


def test_a_later_sheet_is_vouched_for_by_those_alone_who_compared_it(people):
    villages = two(people)
    regulation = m.locked(villages)
    first, later = (
        files.put(each, media_type="application/pdf", name="pindaian.pdf")
        for each in (b"%PDF-1.7 satu", b"%PDF-1.7 dua")
    )
    ours, theirs = m.party(regulation, people), m.party(regulation, villages[1])
    with clock.at(on(m.MADE_ON, 6)):
        actions.lay_down_joint_scan(by=people.by("sekdes"), party=ours, scan=first)
        actions.confirm_joint_scan(by=people.by("bpd"), party=ours, seen=queries.sheet_seen(m.fresh(regulation)))
        actions.lay_down_joint_scan(by=villages[1].by("sekdes"), party=theirs, scan=later)
        seen = queries.sheet_seen(m.fresh(regulation))
        actions.confirm_joint_scan(by=villages[1].by("kades"), party=theirs, seen=seen)
    said = verify(m.fresh(regulation).paper).lights[0].says.partition("Dinyatakan cocok")[2]
    assert villages[1].held["kades"].full_name in said and people.held["bpd"].full_name not in said


def test_one_head_signs_by_account_and_another_with_ink_and_both_are_looked_at(people):
    villages = two(people)
    regulation = m.signs(people, m.locked(villages), seal=True)
    scan = files.put(b"%PDF-1.7 lembar", media_type="application/pdf", name="pindaian.pdf")
    theirs = m.party(regulation, villages[1])
    with clock.at(on(m.MADE_ON, 6)):
        actions.lay_down_joint_scan(by=people.by("sekdes"), party=m.party(regulation, people), scan=scan)
        seen = queries.sheet_seen(m.fresh(regulation))
        actions.confirm_joint_scan(by=villages[1].by("sekdes"), party=theirs, seen=seen)
    regulation = m.fresh(regulation)
    assert regulation.state == "signed"
    file, paper = files.read(queries.signed_file(regulation).sha256), regulation.paper
    for lights in (verify(paper).lights, compare(paper, file).lights, compare(paper, files.read(scan.sha256)).lights):
        assert [light.good for light in lights] == [True, True, True]
    assert not compare(paper, files.read(paper.file.sha256)).lights[0].good  # it lacks the signature by account


def test_opening_again_voids_the_paper_and_every_signature(people):
    villages = two(people)
    regulation = m.locked(villages)
    m.signs(people, regulation)
    with clock.at(on(m.MADE_ON, 7)):
        own = m.party(regulation, villages[1])
        actions.reopen_joint_text(by=villages[1].by("kades"), party=own, reason="Nama BKAD keliru.")
    regulation = m.fresh(regulation)
    assert (regulation.state, regulation.paper) == ("drafting", None)
    assert Paper.objects.filter(kind="joint_regulation", withdrawal__isnull=False).count() == 1
    assert not any(each.signed or each.accepted for each in queries.stands(regulation))


def test_a_paper_of_another_day_is_not_locked(people):
    villages = two(people)
    regulation = m.tabled(villages)
    for each in villages:
        m.decides(each, regulation)
    with clock.at(on(m.MADE_ON)):
        knock = people.by("kades")
        paper = m.letters.regulation_paper(
            regulation, queries.stands(regulation), key=knock.key, made_on=m.MADE_ON, place=m.PLACE
        )
        with pytest.raises(NoSuchMove):
            actions.lock_joint_text(by=knock, regulation=regulation, made_on=m.MUSYAWARAH, place=m.PLACE, paper=paper)


# Where it may be made ------------------------------------------------------------------------------------------------------
def test_law_T20_across_a_regency_it_is_referred_and_not_signed(people):
    villages = two(people)
    regulation = m.locked(villages)
    m.of_another_regency(regulation)
    with pytest.raises(Refused) as refused, clock.at(on(m.MADE_ON, 5)):
        actions.sign_joint_text(
            by=people.by("kades"), party=m.party(regulation, people), seen=regulation.paper.file.sha256
        )
    assert "AG-63" in refused.value.codes
    finding = next(each for each in refused.value.findings if each.code == "AG-63")
    assert "surat rujukan" in str(finding.rule.remedy)
    drafted = offers.drafted(people, "51.08.02.2008")
    with pytest.raises(Refused, match="DB-41"), clock.at(on(offers.OFFERED)):
        offers.actions.send_joint_offer(by=people.by("kades"), offer=drafted, letter_number="1")


def test_law_T6_villages_of_one_district_go_to_its_camat_and_others_to_the_bupati(people):
    regulation = m.started(two(people))

    def said() -> str:
        return text.read_out(queries.newest_version(regulation).content, queries.setting(m.fresh(regulation)))

    assert "difasilitasi dan diselesaikan oleh Camat Pandanarum" in said()
    Region.objects.filter(pk=NEIGHBOUR).update(parent_id="33.04.06")  # of the next district
    assert "difasilitasi dan diselesaikan oleh Bupati Banjarnegara" in said()
    assert "pengadilan" not in said()  # between villages their word is the last


def test_law_T19_a_kelurahan_is_no_party(people):
    villages = two(people)
    offer = m.agreed_offer(villages)
    Region.objects.filter(pk=NEIGHBOUR).update(kind=Region.Kind.KELURAHAN)
    with pytest.raises(Refused, match="AG-63"):
        actions.start_joint_draft(by=people.by("sekdes"), offer=offer)
    assert not JointRegulation.objects.exists()


# Promulgation --------------------------------------------------------------------------------------------------------------
def test_each_secretary_promulgates_and_it_is_in_force_with_the_last_village(people):
    villages = two(people)
    regulation = m.locked(villages)
    for each in villages:
        m.signs(each, regulation)
    regulation = m.promulgates(people, regulation, "4")
    assert (regulation.state, regulation.in_force_on) == ("signed", None)
    with pytest.raises(NoSuchMove):
        m.promulgates(people, regulation, "5")
    regulation = m.promulgates(villages[1], regulation, "2")
    assert (regulation.state, regulation.in_force_on) == ("in_force", m.PROMULGATED)
    told = Notice.objects.filter(about=f"jointregulation:{regulation.code}")
    assert {"camat", "regent_office"} <= set(told.values_list("role", flat=True))
    sheet = Paper.objects.filter(kind="joint_gazette").order_by("pk").last()
    assert "Berita Desa Beji Tahun 2026 Nomor 2" in " ".join(words_of(files.read(sheet.file.sha256)).split())


def test_signing_late_is_warned_of_and_not_refused(people):
    villages = two(people)
    regulation = m.locked(villages)
    for each in villages:
        m.signs(each, regulation)
    with clock.at(on(m.PROMULGATED)):
        said = queries.stands(regulation)
        facts = queries.time_facts(m.fresh(regulation), said)
    assert facts.agreed_on == m.MUSYAWARAH
    assert (facts.signed_on - facts.agreed_on).days == 5
