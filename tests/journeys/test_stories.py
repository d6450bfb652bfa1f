"""Each partnership told from the first need to the public report by the product's own doors, and what must come out of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from cryptography import x509
from django.core.management import call_command

from bermitra.agreements.joint import queries as joint
from bermitra.agreements.joint.body.queries import owed, seated
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.models import Agreement, Obligation
from bermitra.agreements.queries import newest_scan, signed_file
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.deliberation.models import ConsentStep, Meeting
from bermitra.deliberation.queries import decision_on, presence
from bermitra.delivery.models import Activity, Certificate, Training
from bermitra.delivery.queries import money_of
from bermitra.foundation.accounts.models import Appointment, Assistance, AssistedEntry, EntryContest, HandOver, Person
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents import files, signing
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.personal.models import DataBreach, ErasureRequest
from bermitra.matching.models import Draw
from bermitra.monitoring import register
from bermitra.monitoring.models import Indicator, Report
from bermitra.needs.models import Need
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset
from bermitra.selection.letters.common import Edition
from bermitra.selection.letters.printing import editable, kinds_of
from bermitra.selection.models import Call, Proposal
from bermitra.selection.queries import ranking
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.story import BETWEEN, PARTNERSHIPS, read
from tests.foundation.documents.said import says_the_same_in_each_form
from tests.journeys.told import PASSWORD, expected, tell

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("code", PARTNERSHIPS)
def test_a_partnership_is_carried_from_the_first_need_to_the_public_report(code, client):
    memory, wanted = tell(code), expected()[code]
    assert memory.complete
    the_needs_add_up(code, wanted)
    the_meetings_had_their_quorum(memory, wanted)
    if "consent" in wanted:
        those_affected_agreed_step_by_step(memory, wanted)
    if "ranking" in wanted:
        the_panel_ranked_the_proposals(memory, wanted)
    the_agreement_rests_on_the_sheet_the_meeting_agreed_to(memory, wanted)
    it_is_signed_and_says_that_it_is_an_example(code, memory)
    plan_and_book_add_up(memory, wanted)
    if "warnings" in wanted:
        what_came_late_was_warned_of_until_it_came(memory, wanted)
    the_training_was_open_to_all(memory, wanted)
    what_was_measured_is_reported(code, memory, wanted)
    if "draw" in wanted:
        scarce_places_were_drawn_before_witnesses(memory, wanted)
    if "hand_over" in wanted:
        the_office_passed_on_with_its_minutes(memory, wanted)
        the_village_had_its_say_on_what_was_entered_for_it(memory)
        whoever_was_affected_was_told_in_time(memory)
        who_asked_to_be_forgotten_is_forgotten(memory)
    every_paper_says_the_same_in_each_form()
    everybody_can_look_it_up(memory, client)
    people_can_sign_in(code, client)
    call_command("journal_verify", stdout=StringIO())


def test_four_villages_bind_themselves_to_one_spring(client):
    memory, wanted = tell(BETWEEN), expected()[BETWEEN]
    held = memory.recall("PB1")
    assert memory.complete and isinstance(held, JointRegulation) and held.paper is not None
    assert (held.state, held.example) == ("in_force", True)
    parties = list(held.parties.order_by("village_id"))
    assert {each.village_id: [each.number, each.gazette_number] for each in parties} == wanted["numbers"]
    assert {each.village_id for each in Meeting.objects.filter(state="binding", subjects__code=held.code)} == set(
        wanted["numbers"]
    )
    signed = files.read(joint.signed_file(held).sha256)
    assert [each.good for each in signing.found_in(signed, example=True)] == [True] * 4
    for paper in Paper.objects.all():
        assert paper.example
        every_page_says_so(files.read(paper.file.sha256))
    every_paper_says_the_same_in_each_form({"joint_regulation", "joint_minutes", "joint_gazette", "joint_offer_letter"})
    body, today = held.body, date(2026, 4, 1)
    assert body.state == "formed" and {each.village_id for each in seated(body)} == set(wanted["numbers"])
    assert {
        each.due.village_id: [each.due.amount, each.paid] for each in owed(body, today) if each.due.year == 2026
    } == (wanted["dues"])
    page = f"/antar-desa/peraturan/{held.code}/"
    assert page in client.get("/antar-desa/peraturan/").content.decode()
    for village in wanted["numbers"]:
        assert page in client.get("/antar-desa/peraturan/", {"di": village}).content.decode()
    assert "contoh" in client.get(page).content.decode().lower()
    call_command("journal_verify", stdout=StringIO())


def every_paper_says_the_same_in_each_form(
    issued: frozenset[str] | set[str] = frozenset({"agreement", "work_plan"}),
) -> None:
    """One of each kind that was issued, and every paper of the calls: the words of the screen, the PDF and the Word file."""
    kinds = dict(Paper.objects.order_by("pk").values_list("kind", "pk"))
    assert {"minutes", "invitation", "attendance_sheet", *issued} <= kinds.keys()
    for paper in Paper.objects.filter(pk__in=kinds.values()):
        says_the_same_in_each_form(paper.source)
    for call in Call.objects.all():
        for name in kinds_of(call, Edition.HOUSE):
            if (tree := editable(call, name, Edition.HOUSE)) is not None:
                says_the_same_in_each_form(tree)


def the_needs_add_up(code: str, wanted: dict[str, Any]) -> None:
    needs = Need.objects.filter(village=read(code).village)
    sums = {name: sum(getattr(each, name) for each in needs) for name in wanted["needs"] if name != "count"}
    assert {"count": needs.count(), **sums} == wanted["needs"]
    assert {each.state for each in needs} == {"offered"}  # a partnership answers them
    assert all(each.example for each in needs)


def the_meetings_had_their_quorum(memory: Memory, wanted: dict[str, Any]) -> None:
    for name, (invited, present, women) in wanted["meetings"].items():
        meeting = memory.recall(name)
        assert isinstance(meeting, Meeting)
        here = presence(meeting)
        assert (meeting.state, here.invited, here.signed_in) == ("binding", invited, present)
        assert meeting.attendees.filter(invited=True, session=meeting.session, sex="P").count() == women


def those_affected_agreed_step_by_step(memory: Memory, wanted: dict[str, Any]) -> None:
    steps = list(ConsentStep.objects.filter(process=memory.recall("F")).order_by("number"))
    people = sum(each.male + each.female for each in steps)
    days = (steps[-1].held_on - steps[0].held_on).days
    assert {"steps": len(steps), "people": people, "days": days} == wanted["consent"]
    assert steps[-1].given_by == "affected_group"


def the_panel_ranked_the_proposals(memory: Memory, wanted: dict[str, Any]) -> None:
    call = memory.recall("C1")
    assert isinstance(call, Call)
    lines = {line.proposal_id: line for line in ranking(call)}
    for name, (place, total, vision) in wanted["ranking"].items():
        proposal = memory.recall(name)
        assert isinstance(proposal, Proposal)
        line = lines[proposal.pk]
        assert (line.place, Fraction(line.total), line.vision_agreement) == (place, Fraction(total), vision), name
        assert sorted(line.below_floor) == sorted(wanted["below_floor"].get(name, []))


def the_agreement_rests_on_the_sheet_the_meeting_agreed_to(memory: Memory, wanted: dict[str, Any]) -> None:
    case, agreement = memory.recall("K1"), memory.recall("PB1")
    assert isinstance(case, Case)
    assert isinstance(agreement, Agreement)
    assert (case.state, agreement.state, case.example, agreement.example) == ("running", "in_force", True, True)
    assert [case.benefit_total, case.cost_total] == wanted["ratio"]
    decided = decision_on(agreement.sheet.code)
    assert decided is not None
    assert decided.binding and decided.agreed and decided.text_hash == agreement.sheet.text_hash
    duties = Obligation.objects.filter(agreement=agreement, kind="duty")
    assert duties.filter(party="two").count() == wanted["duties"]["KM"]
    assert duties.filter(party="one").count() == wanted["duties"]["KD"]
    assert list(agreement.funding.order_by("number").values_list("amount", flat=True)) == wanted["sources"]
    assert agreement.limits.exists() and agreement.sanctions.exists()


def it_is_signed_and_says_that_it_is_an_example(code: str, memory: Memory) -> None:
    agreement = memory.recall("PB1")
    assert isinstance(agreement, Agreement) and agreement.paper is not None
    signed, scan = signed_file(agreement), newest_scan(agreement)
    if code == "musi_banyuasin":
        assert signed is None and scan is not None
        assert {each.by for each in scan.confirmations.all()}.isdisjoint({scan.uploaded_by})
        assert scan.confirmations.count() == 2
    else:
        assert signed is not None
        found = signing.found_in(files.read(signed.file.sha256), example=True)
        assert [each.good for each in found] == [True, True]
        issuer = x509.load_pem_x509_certificate(signing.certificate_pem(example=True)).issuer
        assert "CONTOH" in issuer.rfc4514_string()
        every_page_says_so(files.read(signed.file.sha256))
    papers = Paper.objects.all()
    assert papers.count() > 30
    for paper in papers:
        assert paper.example, paper
        every_page_says_so(files.read(paper.file.sha256))


def every_page_says_so(pdf: bytes) -> None:
    pages = printed(pdf).split("\f")[:-1]
    assert pages and all("CONTOH – TIDAK BERLAKU" in page for page in pages)


def printed(pdf: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed (poppler-utils)")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def plan_and_book_add_up(memory: Memory, wanted: dict[str, Any]) -> None:
    agreement = memory.recall("PB1")
    assert isinstance(agreement, Agreement)
    costs = Activity.objects.filter(plan__agreement=agreement).order_by("number").values_list("cost", flat=True)
    assert list(costs) == wanted["plan"]
    money = money_of(agreement)
    assert money.planned == sum(wanted["sources"])
    assert 0 < money.spent <= money.received <= money.planned
    if "shared" in wanted:
        assert money.shared == wanted["shared"]
    for name, (received, spent) in wanted["treasury"].items():
        report = memory.recall(name)
        assert isinstance(report, Report)
        assert (report.state, report.received, report.spent) == ("filed", received, spent)


def what_came_late_was_warned_of_until_it_came(memory: Memory, wanted: dict[str, Any]) -> None:
    for name, (rung, ended, sent_on, number) in wanted["warnings"].items():
        letter = memory.recall(name)
        assert isinstance(letter, WarningLetter) and letter.paper is not None and letter.sent_on is not None
        assert (letter.rung, letter.state, letter.sent_on) == (rung, ended, sent_on)
        point = letter.points.get()
        assert point.obligation is not None and point.obligation.number == number
        assert point.late_since is not None and point.late_since < letter.sent_on


def the_training_was_open_to_all(memory: Memory, wanted: dict[str, Any]) -> None:
    training, told = memory.recall("TR1"), wanted["training"]
    assert isinstance(training, Training)
    applicants = training.applicants.all()
    assert applicants.count() == told["applicants"]
    assert applicants.exclude(order=None).filter(order__lte=told["seats"]).count() == told["seats"]
    assert applicants.filter(state="not_seated").count() == told["waiting"]
    if "men" in told:
        assert (applicants.filter(sex="L").count(), applicants.filter(sex="P").count()) == (told["men"], told["women"])
    assert Certificate.objects.filter(applicant__training=training).count() == told["certificates"]


def what_was_measured_is_reported(code: str, memory: Memory, wanted: dict[str, Any]) -> None:
    for name, (baseline, value) in wanted["indicators"].items():
        indicator = memory.recall(f"I.{name}")
        assert isinstance(indicator, Indicator)
        last = indicator.values.filter(state="approved").latest("measured_on")
        assert (indicator.baseline, last.amount) == (baseline, value), name
    regency = read(code).village[:5]
    table = register.csv(register.agreements(register.Filters(regency, 2025)), 2025)
    assert table.split("\r\n")[1] == wanted["register"]
    report = memory.recall("R25")
    assert isinstance(report, Report) and report.paper is not None
    assert files.read(report.paper.file.sha256).startswith(b"%PDF-")


def scarce_places_were_drawn_before_witnesses(memory: Memory, wanted: dict[str, Any]) -> None:
    draw = memory.recall("U1")
    assert isinstance(draw, Draw) and draw.example
    listed = draw.entrants.exclude(number=None)
    found = {"seats": draw.seats, "listed": listed.count(), "drawn": listed.filter(drawn=True).count()}
    assert (draw.state, found) == ("drawn", wanted["draw"])
    kinds = set(Paper.objects.filter(about=f"fair_draw:{draw.code}").values_list("kind", flat=True))
    assert kinds == {"draw_list", "draw_minutes"}
    again = json.loads(files.read(draw.certificate.sha256))
    assert again["thrown"].replace(" ", "") == "3152664123541126"


def the_office_passed_on_with_its_minutes(memory: Memory, wanted: dict[str, Any]) -> None:
    done = memory.recall("ST1")
    assert isinstance(done, HandOver)
    before, after = done.predecessor, done.successor
    assert (before.state, after.state) == (Appointment.State.ENDED, Appointment.State.CONFIRMED)
    assert [before.person.full_name, after.person.full_name] == wanted["hand_over"]
    words = printed(files.read(done.paper.file.sha256))
    for each in (
        *wanted["hand_over"],
        "BERITA ACARA",
        "Buku agenda surat",
        "delapan belas Februari",
        "Tarwono Hadisiswoyo",
    ):
        assert each.lower() in words.lower(), each
    assert not before.person.offices and {each.role for each in after.person.offices} == {"village_secretary"}


def the_village_had_its_say_on_what_was_entered_for_it(memory: Memory) -> None:
    mandate, asset, contest = memory.recall("B1"), memory.recall("A2"), memory.recall("G1")
    assert isinstance(mandate, Assistance) and isinstance(asset, VillageAsset) and isinstance(contest, EntryContest)
    assert mandate.state == Assistance.State.ACTIVE and mandate.until <= date(2026, 8, 31)
    entered = AssistedEntry.objects.filter(assistance=mandate).order_by("pk").values_list("door", "about")
    assert list(entered) == [(door, about_of(asset)) for door in ("registry.record_asset", "registry.correct_asset")]
    assert contest.answered_by == mandate.helper.code and asset.quantity == 69
    told = Notice.objects.filter(about=about_of(mandate), region=asset.village_id).values_list("role", flat=True)
    assert {"village_head", "village_secretary"} <= set(told)


def whoever_was_affected_was_told_in_time(memory: Memory) -> None:
    breach = memory.recall("BR1")
    assert isinstance(breach, DataBreach) and breach.told_at is not None
    assert breach.told_at - breach.found_at < timedelta(hours=72)
    (affected,) = breach.affected.values_list("person__code", flat=True)
    assert Notice.objects.filter(about=about_of(breach), person=affected).count() == 1
    line = Event.objects.get(verb="data_breach.told", about=about_of(breach))
    assert json.loads(line.body)["facts"] == {"people": 1, "hours": 25, "public": False, "passed_over": []}


def who_asked_to_be_forgotten_is_forgotten(memory: Memory) -> None:
    request = ErasureRequest.objects.get(done_at__isnull=False)
    person = request.person
    assert not person.is_active and person.full_name == "Data dihapus" and not person.phone + person.email
    assert "Retno Susilowati" not in "".join(Person.objects.values_list("full_name", flat=True))
    assert Event.objects.filter(verb="score.given", actor=person.code).exists(), "what was done stays, under a code"


def everybody_can_look_it_up(memory: Memory, client) -> None:
    case, agreement = memory.recall("K1"), memory.recall("PB1")
    assert isinstance(case, Case) and isinstance(agreement, Agreement) and agreement.paper is not None
    page = client.get(f"/kemitraan/{case.code}/")
    assert page.status_code == 200
    assert "contoh" in page.content.decode().lower()
    check = client.get(f"/verifikasi/{agreement.paper.code}/").content.decode()
    assert "okumen contoh" in check


def people_can_sign_in(code: str, client) -> None:
    people = Person.objects.filter(example=True)
    assert people.count() == Person.objects.count()
    head = people.get(appointments__role="village_head", region=read(code).village)
    assert head.check_password(PASSWORD)
    office = head.appointments.get(role="village_head")
    assert office.since <= date(2025, 1, 1) <= office.until
