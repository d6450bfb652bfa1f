"""What happens in real offices, as the digest of the law lists it: each survived by the way that people take.

E17 stands in ``tests/delivery``; E1, E13 and E19 stand in ``tests/deliberation``; E8, E12, E16 and E20 in ``tests/agreements``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from bermitra.agreements import actions, book, queries
from bermitra.agreements.existing import actions as existing
from bermitra.agreements.models import Agreement
from bermitra.agreements.villages import actions as village_acts
from bermitra.agreements.villages import queries as changing
from bermitra.agreements.villages.rules import holder_is_a_village, own_meeting_agreed
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.models import ConsentProcess, ReadyText
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.documents.queries import by_code
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.journal.checkpoints import verify as verify_journal
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.norms.models import RegencyNorm
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal import actions as personal
from bermitra.foundation.regions.actions import import_register
from bermitra.foundation.regions.load import plan_register
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import Register, kind_of
from bermitra.foundation.rules import Refused, examine, unmet
from bermitra.partnership.models import Case
from bermitra.partnership.queries import findings
from bermitra.portal.verification import Verdict, verify
from bermitra.registry.models import VillageAsset
from bermitra.registry.queries.conflicts import overlap_facts_of
from bermitra.registry.rules import UNTIED
from bermitra.selection.queries import public_ranking
from tests.access.browsers import Browsers
from tests.agreements import makers
from tests.agreements import test_amending as amending
from tests.agreements import test_existing as existing_tests
from tests.agreements import village_makers as villages
from tests.agreements.makers import MADE_ON, fresh
from tests.agreements.test_existing import registered
from tests.agreements.test_facts import a_draft_with, term, using
from tests.deliberation import joint_makers as joint_offers
from tests.deliberation import makers as meetings
from tests.deliberation.makers import words_of
from tests.delivery import test_handing as handing
from tests.partnership.makers import a_case, a_partner, an_office, decided
from tests.partnership.test_pages import shown, signed_in
from tests.people import FOREIGN, NEIGHBOUR, OURS, place
from tests.registry import test_conflicts as conflicts
from tests.registry.makers import an_asset
from tests.selection import makers as selected

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def test_E2_an_acting_head_signs_with_the_decree_and_the_paper_says_so(people):
    held = Appointment.objects.filter(person=people.kades)
    held.update(acting=True, decree="141/77/2026")
    agreement = makers.an_accepted_text(people)
    held.update(decree="")
    with pytest.raises(Refused) as refused:
        makers.locked(people, agreement)
    assert refused.value.codes == ("AG-18",)
    held.update(decree="141/77/2026")
    locked = makers.locked(people, agreement)
    words = words_of(files.read(locked.paper.file.sha256))
    assert words.count("Penjabat Kepala Desa Pandanarum") == 2 and "141/77/2026" in words
    assert queries.slots_of(locked)[0].capacity == "Penjabat Kepala Desa Pandanarum"
    assert makers.signed_by(people, locked, "kades").case.state == "partly_signed"


def test_E3_the_deputy_takes_the_chairs_place_by_a_mandate_and_nobody_else_does(people):
    agreement = makers.a_draft(people)
    given = {"case": agreement.case, "number": "4/KEP-BPD/2026", "dated": MADE_ON, "about": "Dana pendamping desa"}
    Appointment.objects.filter(person=people.bpd).update(state="ended")
    with clock.at(makers.DRAFTED):
        for who in ("bpd", "anggota.bpd", "kades"):
            with pytest.raises(NotAllowed):
                actions.issue_bpd_decree(by=people.by(who), **given)
        an_office(people, "wakil.bpd", "Mulyani", roles.BPD_CHAIR)
        Appointment.objects.filter(person=people.held["wakil.bpd"]).update(acting=True)
        assert actions.issue_bpd_decree(by=people.by("wakil.bpd"), **given).number == "4/KEP-BPD/2026"


def test_E4_what_ties_a_partner_to_the_head_stops_it_and_the_camat_reads_why_and_in_which_case(people):
    partner, case = conflicts.a_partner(people), a_case(people)
    Case.objects.filter(pk=case.pk).update(partner=partner)
    (item,) = conflicts.shares(people, partner)
    conflicts.explained(people, partner, item)
    conflicts.reviewed(people, partner, item, who="dinas", acceptable=False)
    assert unmet(examine(UNTIED, overlap_facts_of([partner], OURS, clock.today())))[0].code == "RG-15"
    told = Notice.objects.get(role="camat")
    assert (told.region_id, told.url_name) == ("33.04.19", "page.conflicts")
    assert "Sutrisno" not in told.says + str(told.params)  # the notice names nobody
    page = signed_in(people, "camat").get(reverse("page.conflicts")).content.decode()
    assert "Sudah dibandingkan dengan data warga." in page and case.title in page
    assert reverse("page.case", args=[case.code]) in page


def test_E5_what_was_signed_before_the_meeting_is_ratified_by_it_or_does_not_count(people):
    case = existing.flag_ratification(by=people.by("sekdes"), case=registered(people).case).case
    assert case.state == "needs_ratification"
    with pytest.raises(Refused) as refused:
        existing.ratify(by=people.by("bpd"), case=case)
    assert refused.value.codes == ("AG-39",)
    decided(case.code, ReadyText.objects.get(code=case.code).text_hash)
    existing.ratify(by=people.by("bpd"), case=case)
    case.refresh_from_db()
    assert case.state == "running"


def test_E6_what_was_given_without_any_paper_is_recorded_and_the_meeting_gives_it_its_agreement(people):
    giver = a_partner(people, "PT Pemberi Pompa")
    given = registered(people, scope="Pompa air dari perusahaan, sudah dipakai sejak Maret 2023", partner=giver)
    assert (given.text_file, given.number) == (None, "") and "text_file" in {
        each.key for each in given.completeness.missing
    }
    with pytest.raises(Refused):  # nobody's word makes it count
        existing.confirm_existing(by=people.by("kades"), case=given.case)
    case = existing.flag_ratification(by=people.by("sekdes"), case=given.case).case
    laid = ReadyText.objects.get(code=case.code)
    assert "Pompa air dari perusahaan" in laid.text
    decided(case.code, laid.text_hash)
    with pytest.raises(Refused) as early:  # before the meeting agreed nothing passes over
        handing.drafted(people, case)
    assert early.value.codes == ("DV-34",)
    existing.ratify(by=people.by("bpd"), case=case)
    case.refresh_from_db()
    assert case.state == "running"
    handed = handing.received(people, handing.offered(people, case))
    says = " ".join(words_of(files.read(handed.paper.file.sha256)).split())
    assert "kerja sama yang berjalan sejak" in says and case.code in says and "PT Pemberi Pompa" in says
    assert handing.waited_for("delivery.record_in_inventory")
    handing.actions.record_in_inventory(
        by=people.by("sekdes"), handover=handed, on=clock.today(), numbers={1: "3.02.01.001"}, kinds={1: "equipment"}
    )
    assert VillageAsset.objects.get(item_code="3.02.01.001").name == "Pompa air"


def test_E7_an_agreement_follows_its_village_to_the_number_that_a_decree_gives(people):
    running = makers.an_agreement_in_force(people)
    make_checkpoint(makers.SIGNED)
    kept = files.read(queries.signed_file(running).file.sha256)
    now, moved = "33.04.06.2050", dict(Region.objects.values_list("code", "name"))
    moved[now] = moved.pop(OURS)  # the village went to another district
    areas = {code: (name, kind_of(code)) for code, name in moved.items()}
    decree = plan_register(
        Register("contoh.csv", "ab" * 32, areas, []), decree="Keputusan contoh", day=date(2026, 6, 1)
    )
    import_register(by=By.the_system(), plan=decree)
    held = fresh(running)
    assert held.case.village_id == now and not Region.objects.get(pk=OURS).active
    assert people.kades.appointments.get().region_id == now
    status, page = shown(signed_in(people, "kades"), "page.agreement_room", held.case.code)
    assert status == 200 and held.title in page
    assert signed_in(people, "kades").get(reverse("page.case", args=[held.case.code])).status_code == 200
    assert files.read(queries.signed_file(held).file.sha256) == kept
    assert verify(by_code(held.paper.code)).verdict is Verdict.GENUINE
    assert verify_journal().sound


def test_E7_a_merged_village_hands_its_agreement_to_its_successor_and_the_signed_paper_stays_as_it_is(people):
    running = makers.an_agreement_in_force(people)
    make_checkpoint(makers.SIGNED)
    kept = files.read(queries.signed_file(running).file.sha256)
    an_office(people, "kades.beji", "Rahayu Widodo", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    handing.offered(people, running.case)
    waiting = Duty.objects.get(door="delivery.receive_handover", closed_at=None)
    assert waiting.region_id == OURS
    change = villages.decreed(people, "merged")
    held = fresh(running)
    assert held.case.village_id == NEIGHBOUR and held.state == "in_force"
    # Who acts now, and who only reads: the successor's officers in the room, the former ones in the decree's page.
    status, page = shown(signed_in(people, "kades.beji"), "page.agreement_room", held.case.code)
    assert status == 200 and "sebelumnya Pandanarum" in page
    former = signed_in(people, "kades")
    assert former.get(reverse("page.agreement_room", args=[held.case.code])).status_code == 404
    status, page = shown(former, "page.village_change", change.code)
    assert status == 200 and held.title in page and "dari Pandanarum ke Beji" in page
    # What waited for the former secretary waits for the new one.
    waiting.refresh_from_db()
    assert waiting.region_id == NEIGHBOUR
    told = Notice.objects.filter(url_name="page.village_change")
    assert {each.region_id or each.party for each in told} == {OURS, NEIGHBOUR, held.partner.code}
    # The paper says whom it bound, and who holds it now.
    assert files.read(queries.signed_file(held).file.sha256) == kept
    verified = verify(by_code(held.paper.code))
    facts = dict(verified.facts)
    assert verified.verdict is Verdict.GENUINE and verified.agreement == held
    assert facts["Para pihak"].startswith("Desa Pandanarum") and facts["Dipegang sekarang oleh"].startswith(
        "Beji, sejak"
    )
    assert verify_journal().sound
    # The partner answers once; nothing stops by it.
    takeover = change.takeovers.get()
    village_acts.answer_takeover(
        by=people.by("mitra"), takeover=takeover, kind="objects", text="Kami belum diajak bicara."
    )
    with pytest.raises(NoSuchMove):
        village_acts.answer_takeover(by=people.by("mitra"), takeover=takeover, kind="noted", text="Baik.")
    assert "Kami belum diajak bicara." in shown(signed_in(people, "mitra"), "page.village_change", change.code)[1]


def test_E7_an_open_addendum_lapses_and_the_successor_asks_its_own_meeting(people):
    running = makers.an_agreement_in_force(people)
    small = {"hari_lapor_kahar": 5}  # touches nothing that the meeting decided
    amendment = amending.agreed(people, amending.worded(people, amending.begun(people, running), blanks=small))
    assert amendment.state == "parties_agreed"
    villages.decreed(people, "merged")
    assert amending.again(amendment).state == "withdrawn"
    # The successor takes it up again, and its own meeting is asked.
    an_office(people, "kades.beji", "Rahayu Widodo", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    taken = amending.worded(people, amending.begun(people, running), blanks=small)
    taken = amending.agreed(people, taken, second="kades.beji")
    assert (taken.touches, taken.state) == ([], "awaiting_musyawarah")
    assert ReadyText.objects.get(code=taken.code).village_id == NEIGHBOUR
    facts = changing.own_meeting_facts(taken.agreement.case, agreed=False)
    assert not own_meeting_agreed(facts)


def test_E7_what_residents_agreed_to_goes_with_the_agreement_and_a_change_of_it_asks_them(people):
    running = touching_land(people)
    villages.decreed(people, "merged")
    head = an_office(people, "kades.beji", "Rahayu Widodo", roles.VILLAGE_HEAD, where=NEIGHBOUR)
    an_office(people, "bpd.beji", "Suparti", roles.BPD_CHAIR, where=NEIGHBOUR)
    process = ConsentProcess.objects.get()
    assert process.village_id == NEIGHBOUR and queries.group_facts(fresh(running).case).consent_state == "given"
    assert shown(signed_in(people, "bpd.beji"), "page.consent", process.code)[0] == 200
    # What touches nothing that they were asked about asks nobody anew.
    small = amending.worded(people, amending.begun(people, running), blanks={"hari_lapor_kahar": 5})
    assert not {"AG-16", "AG-94"} & asked_before_locking(small)
    amending.actions.withdraw_amendment(
        by=people.by("mitra.direktur"), amendment=amending.again(small), reason="Belum perlu."
    )
    # Another limit does: the residents are asked about the addendum, by the village that holds the agreement now.
    limits = {
        "others": {**amending.queries.holding(running).content["topics"]["others"], "limits": ["Lebak boleh dibuka."]}
    }
    more = amending.worded(people, amending.begun(people, running), topics=limits)
    more = amending.agreed(people, more, second="kades.beji")
    assert "AG-94" in asked_before_locking(more)
    status, page = shown(signed_in(people, "kades.beji"), "page.amendment", more.code)
    assert status == 200 and f"{reverse('deliberation.begin_consent')}?tentang={more.code}" in page
    asked = {
        "about": more.code, "title": "Batasan baru", "group": "Pekebun", "language": "bahasa Jawa",
        "informed_on": amending.DAY,
    }  # fmt: skip
    with clock.at(amending.LATER):
        with pytest.raises(Refused) as refused:
            consents.begin_consent(by=people.by("bpd"), village=place(OURS), **asked)
        assert refused.value.codes == ("DB-57",)
        begun = consents.begin_consent(by=people.by("kades.beji"), village=place(NEIGHBOUR), **asked)
    assert "AG-94" in asked_before_locking(more)
    ConsentProcess.objects.filter(pk=begun.pk).update(state="given")  # its steps are told in tests/deliberation
    assert not {"AG-16", "AG-94"} & asked_before_locking(more)
    assert head.code == more.agreed_by
    # They may say no as before, and now it is the successor that writes it down.
    with pytest.raises(NotAllowed):
        consents.refuse_consent(by=people.by("bpd"), process=process, why="Lebak ikut dibuka.")
    consents.refuse_consent(by=people.by("bpd.beji"), process=process, why="Lebak ikut dibuka.")
    assert "AG-16" in asked_before_locking(more)
    page = shown(Browsers().of(None), "page.partnership", running.case.code)[1]
    assert "Persetujuan warga ditarik" in page


@pytest.mark.parametrize("goes_on", [False, True])
def test_E7_residents_of_what_became_a_kelurahan_may_still_say_no(people, goes_on):
    running = touching_land(people)
    villages.decreed(people, "urban_ward", to=villages.WARD)
    case = fresh(running).case
    assert case.village_id == villages.WARD and queries.group_facts(case).consent_state == "given"
    by, process = people.by("warga"), ConsentProcess.objects.get()
    assert process.village_id == OURS
    if goes_on:  # another decree names a village, and there they say it to its BPD
        villages.decreed(people, "merged", of=villages.WARD)
        an_office(people, "bpd.beji", "Suparti", roles.BPD_CHAIR, where=NEIGHBOUR)
        by, process, case = people.by("bpd.beji"), ConsentProcess.objects.get(), fresh(running).case
        assert (case.village_id, process.village_id) == (NEIGHBOUR, NEIGHBOUR)
    consents.refuse_consent(by=by, process=process, why="Lebak ikut dibuka.")
    assert queries.group_facts(case).consent_withdrawn


def touching_land(people) -> Agreement:
    """An agreement that runs, with the yes of those whose land it touches."""
    running = makers.an_agreement_in_force(people)
    Case.objects.filter(pk=running.case_id).update(consent_needed=True, touches=["land"])
    meetings.a_given_consent(people, running.case.code)
    return fresh(running)


def asked_before_locking(amendment) -> set[str]:
    held = amending.again(amendment)
    norms = standing(held.agreement.case.village_id)
    found = findings(amending.queries.locking_asked(held, amending.DAY, norms), norms)
    return {each.code for each in found if not each.holds}


def test_E7_of_a_split_village_some_agreements_go_and_some_stay(people):
    going = makers.an_agreement_in_force(people)
    staying = Case.objects.get(pk=registered(people).case_id)
    where = {going.case.code: place(NEIGHBOUR), staying.code: place(OURS)}
    with pytest.raises(Refused) as refused:  # none may be forgotten
        villages.decreed(people, "split", receivers={going.case.code: place(NEIGHBOUR)})
    assert refused.value.codes == ("AG-86",)
    change = villages.decreed(people, "split", receivers=where)
    staying.refresh_from_db()
    assert (fresh(going).case.village_id, staying.village_id) == (NEIGHBOUR, OURS)
    assert [each.case_id for each in change.takeovers.all()] == [going.case_id]


def test_E7_a_kelurahan_keeps_what_was_signed_and_signs_nothing_new(people):
    running = makers.an_agreement_in_force(people)
    with pytest.raises(Refused) as refused:  # a desa is no receiver of what becomes a kelurahan
        villages.decreed(people, "urban_ward")
    assert refused.value.codes == ("AG-87",)
    villages.decreed(people, "urban_ward", to=villages.WARD)
    held = fresh(running)
    assert held.case.village_id == villages.WARD and held.binds
    says = "Sekarang dipegang kelurahan"
    for who in (people.mitra, people.dinas):  # nobody acts for it: the pages say so, and to whom one turns
        status, page = shown(Browsers().of(who), "page.agreement_room", held.case.code)
        assert status == 200 and says in page and "Dinas PMD" in page
        assert f"Kelurahan {held.case.village.name}" in page and f"Desa {held.case.village.name}" not in page
    paper = shown(Browsers().of(None), "page.agreement", held.case.code)[1]
    assert says in paper and f"Kelurahan {held.case.village.name}" in paper
    assert f"Kelurahan {held.case.village.name}" in shown(Browsers().of(people.dinas), "page.case", held.case.code)[1]
    public = shown(Browsers().of(None), "page.partnership", held.case.code)[1]
    assert f"Kelurahan {held.case.village.name}" in public and f"Desa {held.case.village.name}" not in public
    for village in (held.case.village, place(OURS)):
        assert not holder_is_a_village(changing.holder_facts(village))
    villages.decreed(people, "merged", of=villages.WARD)  # another decree names a village that goes on with it
    held = fresh(running)
    assert held.case.village_id == NEIGHBOUR and holder_is_a_village(changing.holder_facts(held.case.village))
    assert says not in shown(signed_in(people, "mitra"), "page.agreement_room", held.case.code)[1]


def test_E7_a_decree_and_a_signature_that_meet_have_one_outcome(people):
    """Whoever was first, the other one finds it: a list that has changed, or a village that is there no longer."""
    agreement = makers.signed_by(people, makers.a_locked_agreement(people), "mitra.direktur")
    registered(people)
    seen = changing.list_hash(changing.held_by(place(OURS)))
    makers.signed_by(people, agreement, "kades")  # signed while the officer read the list
    with pytest.raises(Refused) as refused:
        villages.decreed(people, "merged", seen=seen)
    assert refused.value.codes == ("AG-86",) and fresh(agreement).case.village_id == OURS


def test_E7_nothing_is_signed_for_a_village_that_is_there_no_longer(people):
    agreement = makers.signed_by(people, makers.a_locked_agreement(people), "mitra.direktur")
    registered(people)
    villages.decreed(people, "merged")
    assert fresh(agreement).case.village_id == OURS  # a draft does not pass on
    with clock.at(villages.AT), pytest.raises(Refused) as refused:
        actions.sign(by=people.by("kades"), agreement=fresh(agreement), seen=agreement.paper.file.sha256)
    assert "AG-88" in refused.value.codes


def test_E7_a_draft_of_a_village_that_is_gone_says_why_and_where_it_goes_on_and_is_ended(people):
    draft = makers.signed_by(people, makers.a_locked_agreement(people), "mitra.direktur")
    before = villages.decreed(people, "merged")  # it holds nothing else
    case, told = draft.case, Notice.objects.filter(url_name="page.agreement_room", about=f"case:{draft.case.code}")
    assert {each.region_id or each.party for each in told.filter(says__contains="desanya tidak ada lagi")} == {
        OURS, draft.partner.code,
    }  # fmt: skip
    waits = Duty.objects.filter(about=f"case:{case.code}", closed_at=None)
    assert [(each.door, each.party) for each in waits] == [("page.agreement_room", draft.partner.code)]
    head = signed_in(people, "kades")
    for name in ("page.agreement_room", "page.case"):
        status, page = shown(head, name, case.code)
        assert status == 200 and "Desa ini tidak ada lagi" in page and before.number in page
        assert "dimulai desa penerus" in page and reverse("agreements.sign", args=[case.code]) not in page
    public = shown(Browsers().of(None), "page.partnership", case.code)[1]
    assert before.number in public and "Yang ditunggu" not in public
    assert "AG-88" in shown(head, "page.agreement_checks", case.code)[1]
    assert case.title in shown(head, "page.village_change", before.code)[1]
    # What is left is to end it, and the partner may do that as well.
    room = shown(signed_in(people, "mitra.direktur"), "page.agreement_room", case.code)[1]
    assert reverse("agreements.void_signatures", args=[case.code]) in room
    with clock.at(villages.AT):
        actions.void_signatures(by=people.by("mitra.direktur"), agreement=fresh(draft), reason="Desanya digabung.")
        page = shown(head, "page.agreement_draft", case.code)[1]
        assert reverse("agreements.propose_change", args=[case.code]) not in page
        actions.abandon_draft(by=people.by("mitra.direktur"), agreement=fresh(draft), reason="Desanya digabung.")
    case.refresh_from_db()
    assert case.state == "cancelled" and "Desa ini tidak ada lagi" not in shown(head, "page.case", case.code)[1]


@pytest.mark.parametrize("length", ["whole", "short"])
def test_E9_no_text_of_any_form_may_serve_a_campaign(length):
    circumstances = frozenset({"short"}) if length == "short" else frozenset()
    for form in sorted({each for article in book.articles().values() for each in article.forms}):
        parts = [part for each in book.chosen([form], circumstances) for part in each.parts]
        assert any("kampanye" in text for part in parts for text in (part.text, *part.sub)), form
    assert "netralitas" in {
        each.code for each in book.conditions_of(["pdmp"])
    }  # the paper of those who stay in the village


def test_E9_while_people_vote_programmes_of_organisations_and_offices_are_warned_of_and_none_is_stopped(people):
    agreement = makers.a_draft(people)
    for name, value in (("election_from", "2026-04-01"), ("election_until", "2026-06-30")):
        RegencyNorm.objects.create(
            regency_id="33.04", name=name, value=value, basis="Keputusan KPU contoh", set_at=clock.now(),
            effective_from=date(2026, 3, 1),
        )  # fmt: skip

    def warned(day: datetime, kind: str) -> bool:
        agreement.partner.kind = kind
        agreement.partner.save()
        with clock.at(day):
            found = {each.code: each for each in queries.checks_of(fresh(agreement))["agreements.finalise"]}["AG-80"]
            room = shown(signed_in(people, "sekdes"), "page.agreement_room", agreement.case.code)[1]
        assert found.rule.severity == "warn" and ("Masa pemilihan" in room) is not found.holds
        return not found.holds

    voting, later = datetime(2026, 4, 20, 3, tzinfo=UTC), datetime(2026, 7, 1, 3, tzinfo=UTC)
    assert warned(voting, "civil_society") and warned(voting, "regional_government")
    assert not warned(voting, "company") and not warned(later, "civil_society")


def test_E10_what_crosses_a_regency_is_referred_and_nothing_is_written(people):
    far = existing_tests.NewPartner(name="Desa Bestala", kind="village", village=place(FOREIGN))
    with pytest.raises(Refused) as recorded:
        registered(people, coop_type="antar_desa", partner=far)
    assert recorded.value.codes == ("PS-04",) and not Case.objects.exists()
    offer = joint_offers.drafted(people, FOREIGN)
    with pytest.raises(Refused) as sent, clock.at(meetings.on(joint_offers.OFFERED)):
        joint_offers.actions.send_joint_offer(by=people.by("kades"), offer=offer, letter_number="1")
    assert sent.value.codes == ("DB-41",) and "Bupati" in sent.value.findings[0].rule.remedy


def test_E11_who_competes_for_one_need_answers_the_same_terms_and_is_ranked(people):
    call = selected.a_candidate(people, "pertama", "kedua")
    page = reverse("page.call_paper", args=[call.code, "kak"])
    papers = [signed_in(people, who).get(page) for who in ("pertama", "kedua")]
    assert [each.status_code for each in papers] == [200, 200] and papers[0].content == papers[1].content
    assert call.proposals.values_list("call__frozen_hash", flat=True).distinct().get() == call.frozen_hash != ""
    lines = public_ranking(call)
    assert [(line.place, line.proposal.partner.name) for line in lines] == [
        (1, "Mitra Contoh 1"),
        (2, "Mitra Contoh 2"),
    ]


def test_E14_an_old_spreadsheet_is_taken_row_by_row_with_what_is_wrong_named(people):
    good = {**existing_tests.ROW, "Tanggal perjanjian": "1/2/2020", "Mulai": "1/2/2020", "Selesai": "", "Nilai Rp": ""}
    merged = {**good, "Mitra": "", "Nomor perjanjian": "4"}  # its name stands in the cell above, which was merged
    impossible = {**good, "Mitra": "Koperasi Lain", "Mulai": "31/2/2020"}
    read = existing_tests.listed(good, merged, impossible)
    (kept,) = read.proposals
    assert (kept.values["made_on"], kept.values["starts_on"]) == ("2020-02-01", "2020-02-01")
    assert not {"ends_on", "value"} & kept.values.keys()  # what is empty stays unknown, and is no nought
    assert [each.row for each in read.wrong] == [3, 4] and "31 Februari" in read.wrong[1].says


def test_E15_a_newer_rule_touches_no_agreement_that_runs(people):
    three = a_draft_with(people, "sewa", others=using(an_asset(people), "sewa", 3), term=term(3))
    running = makers.fresh(three)
    assert "AG-09" not in codes_on(running, MADE_ON)
    RegencyNorm.objects.create(
        regency_id="33.04", name="lease_max_years", value=2, basis="Peraturan contoh", set_at=clock.now(),
        effective_from=MADE_ON + timedelta(days=30),
    )  # fmt: skip
    assert "AG-09" not in codes_on(running, MADE_ON)  # the day before it comes into force, the rule of that day
    assert "AG-09" in codes_on(running, MADE_ON + timedelta(days=30))  # what is not signed yet falls under the new one


def codes_on(agreement: Agreement, day: date) -> set[str]:
    held = standing(OURS, day)
    asked = queries.locking_asked(agreement, queries.draft_of(agreement), day, held)
    return {each.code for each in unmet(findings(asked, held))}


def test_E15_and_its_words_and_lights_stay_as_they_were_signed(people):
    running = makers.an_agreement_in_force(people)
    make_checkpoint(makers.SIGNED)
    before = (queries.newest_version(running).text_hash, running.ends_on, running.case.state)
    for name, value in (("lease_max_years", 1), ("objection_working_days", 30)):
        RegencyNorm.objects.create(
            regency_id="33.04", name=name, value=value, basis="Peraturan contoh", set_at=clock.now(),
            effective_from=MADE_ON + timedelta(days=30),
        )  # fmt: skip
    held = makers.fresh(running)
    assert (queries.newest_version(held).text_hash, held.ends_on, held.case.state) == before
    assert verify(by_code(held.paper.code)).verdict is Verdict.GENUINE


def test_E18_who_signed_is_forgotten_and_the_paper_is_kept(people):
    running = makers.an_agreement_in_force(people)
    make_checkpoint(makers.SIGNED)
    kept = files.read(queries.signed_file(running).file.sha256)
    personal.request_erasure(by=people.by("kades"), person=people.kades)
    Appointment.objects.filter(person=people.kades).update(state=Appointment.State.ENDED)
    personal.erase_person(by=people.by("dinas"), person=people.kades, told=True)
    assert Person.objects.get(pk=people.kades.pk).full_name == "Data dihapus"
    assert files.read(queries.signed_file(running).file.sha256) == kept
    assert verify(by_code(running.paper.code)).verdict is Verdict.GENUINE
    assert verify_journal().sound
