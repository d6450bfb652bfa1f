"""A village with everything in it that has an address, people of every office, and their nearest strangers.

Strangers hold the same offices as near by as the law knows: in the next village of the same district, in the next
district of the same regency, in another regency, with another partner. What they are shown, they must not be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from bermitra.agreements import actions as agreements
from bermitra.agreements import text as agreement_text
from bermitra.agreements.existing import actions as existing
from bermitra.agreements.existing.addenda.models import EarlierAddendum, EarlierAddendumScan
from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.joint import letters as joint_letters
from bermitra.agreements.joint import queries as joint_queries
from bermitra.agreements.joint import text as joint_text
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue, JointDuePayment, JointMembership
from bermitra.agreements.joint.models import JointParty, JointRegulation, JointVersion
from bermitra.agreements.models import (
    AddendumScan,
    Agreement,
    Amendment,
    Batch,
    DraftVersion,
    Suspension,
    Takeover,
    VillageChange,
    WarnedOf,
    WarningLetter,
    WarningWord,
    WetScan,
)
from bermitra.deliberation.consent import actions as consents
from bermitra.deliberation.models import (
    AttendanceSheet,
    ConsentStep,
    Decision,
    Delegate,
    Invitee,
    JointAnswer,
    JointMeeting,
    JointOffer,
    JointPlace,
    JointSeat,
    Meeting,
    MeetingObjection,
)
from bermitra.delivery import actions as delivery
from bermitra.delivery.models import (
    Applicant,
    Certificate,
    Due,
    Evidence,
    GoodsHandover,
    HandoverItem,
    LedgerEntry,
)
from bermitra.foundation.accounts import actions as accounts
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.enrolling import Newcomer
from bermitra.foundation.accounts.models import (
    Appointment,
    Assistance,
    AssistedEntry,
    EntryContest,
    HandOver,
    Mandate,
    Person,
    Token,
)
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By, about_of
from bermitra.foundation.documents import files
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.journal.models import Checkpoint
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.personal.models import Affected, DataBreach, DataConsent, NumberCase
from bermitra.foundation.regions.models import Region
from bermitra.matching.draws import actions as draws
from bermitra.matching.draws.lists import list_hash
from bermitra.matching.draws.queries import Organiser, rows_of
from bermitra.matching.draws.queries import about as about_draw
from bermitra.matching.models import (
    Draw,
    Introduction,
    Round,
    RoundObjection,
    RoundOffer,
    RoundRun,
    RoundVillage,
    Shortlist,
    ShortlistRow,
)
from bermitra.matching.rounds.policy import Policy
from bermitra.monitoring import actions as monitoring
from bermitra.monitoring.models import Indicator, Report, Value
from bermitra.needs.models import Offer
from bermitra.partnership import sheet
from bermitra.partnership.models import Case
from bermitra.registry import actions as registry
from bermitra.registry.models import (
    Listing,
    Owner,
    Partner,
    PartnerDocument,
    PartnerMerge,
    RiskFlag,
    UmbrellaRegulation,
    Verification,
    VillageTable,
)
from bermitra.registry.queries.conflicts import found_between
from bermitra.selection import actions as selection
from bermitra.selection.models import (
    Call,
    CallChange,
    DirectAppointment,
    Dossier,
    Feedback,
    Moderation,
    ModerationPoint,
    Objection,
    ObjectionStep,
    Panelist,
    Proposal,
    ProposalFile,
    ProposalVersion,
    Question,
    Reading,
    RivalCall,
    SiteVisit,
    WrittenAnswer,
)
from bermitra.selection.queries import content_hash
from tests.agreements import makers as agreement_makers
from tests.deliberation import joint_makers
from tests.deliberation import makers as deliberation_makers
from tests.delivery import makers as delivery_makers
from tests.foundation.duties.makers import an_act
from tests.foundation.personal import makers as personal_makers
from tests.monitoring import makers as monitoring_makers
from tests.needs import makers as needs_makers
from tests.needs import offer_makers
from tests.partnership import makers as partnership_makers
from tests.partnership.makers import LONG_AGO, an_office
from tests.people import NEIGHBOUR, OURS, PASSWORD, People, place
from tests.registry import makers as registry_makers
from tests.selection import makers as selection_makers

STARTED = datetime(2026, 3, 1, 3, tzinfo=UTC)  # the partnership of the stages after signing
NOW = monitoring_makers.REPORTED + timedelta(days=1)

# Who holds each office in our village or over it, and with our partner. Those the fixed cast lacks are added.
OWN = {
    "village_head": "kades",
    "village_secretary": "sekdes",
    "village_treasurer": "bendahara",
    "village_official": "kadus",
    "village_operator": "operator",
    "bpd_chair": "bpd",
    "bpd_member": "anggota.bpd",
    "village_coop_unit": "lksd",
    "selection_panelist": "penilai",
    "resident": "guru",
    "group_rep": "ketua.tani",
    "bumdes_director": "bumdes",
    "partner_rep": "mitra",
    "partner_signatory": "mitra.direktur",
    "camat": "camat",
    "dpmd_officer": "dinas",
    "regent_office": "bupati",
    "legal_reviewer": "bagian.hukum",
    "auditor": "inspektorat",
    "facilitator": "pendamping",
    "assisting_officer": "pembantu",
    "instance_admin": "pengelola",
}
STRANGER = {role: f"{who}.lain" for role, who in OWN.items() if role != "instance_admin"}
OF_PARTNER = ("bumdes_director", "partner_rep", "partner_signatory")
PLACED = {"camat": ("33.04.19", "33.04.06"), "dpmd_officer": ("33.04", "51.08"), "regent_office": ("33.04", "51.08"),
          "auditor": ("33.04", "51.08"), "legal_reviewer": ("33.04", "51.08")}  # fmt: skip


@dataclass
class World:
    """``codes`` names one record of each kind; ``for_role`` those that only one role was put in charge of."""

    people: People
    codes: dict[str, Any] = field(default_factory=dict)
    for_role: dict[tuple[str, str], Any] = field(default_factory=dict)

    def own(self, role: str) -> Person:
        return self.people.held[OWN[role]]

    def stranger(self, role: str) -> Person:
        return self.people.held[STRANGER[role]]


def build(people: People) -> World:
    world = World(people)
    with clock.at(selection_makers.OPENED):
        partner, other = _everybody(people)
        _registry(world, partner, other)
        _meetings(world)
        _needs(world)
        _shortlist(world)
        _draws(world, partner)
        _round(world)
    _partnership(world, partner)
    _written_answer(world)
    _joint_regulation(world)
    _monitoring(world)
    with clock.at(STARTED):
        _delivery(world, partner)
    with clock.at(NOW):
        _notices(world)
        _offices(world)
        _personal(world)
        _earlier(world, partner)
        _against(world, partner)
    people.held = {who: Person.objects.get(pk=person.pk) for who, person in people.held.items()}  # as they are now
    return world


def _against(world: World, partner: Partner) -> None:
    """A flag with its evidence, and a director who sits in the BPD: last of all, as either stops a partner."""
    flag = RiskFlag.objects.create(
        partner=partner, kind="land_conflict", region_id=OURS, state="raised", seen="Patok dipindah.", source="Berita acara",
        file=_stored("bukti.pdf"), raised_at=LONG_AGO, raised_by="system", raised_as="village_head", round_on=date(2026, 1, 5),
        due_on=date(2026, 1, 12),
    )  # fmt: skip
    Owner.objects.create(
        partner=partner, name="Karsono", capacity="officer", political_tie="tidak ada", declared_at=clock.now(),
        declared_by="system",
    )  # fmt: skip
    (shared,) = found_between(partner, OURS, clock.today())
    world.codes |= {"flag": flag.code, "conflict": shared.key}


def _everybody(people: People) -> tuple[Partner, Partner]:
    partner = partnership_makers.a_partner(people)
    other = partnership_makers.a_partner(people, name="Universitas Lain", username="mitra.lain")
    people.held["mitra.direktur.lain"] = people.held["mitra.lain.direktur"]
    for role, username in OWN.items():
        here, there = PLACED.get(role, (OURS, NEIGHBOUR))
        for who, where, party in ((username, here, partner), (STRANGER.get(role, ""), there, other)):
            if who and who not in people.held:
                named = {"party": party.code} if role in OF_PARTNER else {}
                an_office(people, who, f"{who.title()} Contoh", roles.BY_KEY[role], where=where, **named)
    Person.objects.update(password=make_password(PASSWORD))
    return partner, other


def _stored(name: str) -> StoredFile:
    content = files.put(name.encode(), media_type="application/pdf", name=f"{name}.pdf")
    return StoredFile.objects.create(
        sha256=content.sha256, size=content.size, media_type=content.media_type, name=content.name, stored_at=LONG_AGO
    )


def _a_paper(kind: str, about: str, source: Any = None) -> Paper:
    return Paper.objects.create(
        code=new_code(13), kind=kind, title="Surat", tree_hash="c" * 64, file=_stored(kind), source=source or {}, about=about,
        region=OURS, issued_at=LONG_AGO,
    )  # fmt: skip


def _registry(world: World, partner: Partner, other: Partner) -> None:
    people, codes = world.people, world.codes
    codes |= {"village": OURS, "partner": partner.code, "other_partner": other.code}
    UmbrellaRegulation.objects.create(
        village_id=OURS, number="4", year=2025, title="Kerja Sama Desa", dated=date(2025, 3, 1), file=_stored("perdes"),
        recorded_at=LONG_AGO, recorded_by="system",
    )  # fmt: skip
    _records_of_the_village(people, codes)
    document = PartnerDocument.objects.create(
        partner=partner, kind="deed", number="1", dated=date(2024, 1, 1), file=_stored("akta"), added_at=LONG_AGO,
        added_by="system",
    )  # fmt: skip
    codes["document_kind"], codes["partner_document"] = document.kind, document.pk
    codes["merge"] = _a_merge(people).code
    codes["partner_request"] = registry.request_registration(
        by=By(key="pendaftaran"), regency=place("33.04"), kind="company", name="PT Pendaftar Sendiri",
        seat=place("33.04"), contact_name="Rina Contoh", contact_phone="+6281234567811",
    ).code  # fmt: skip
    known = Verification.objects.get(partner=partner)
    Verification.objects.filter(pk=known.pk).update(reviewer=people.dinas.code, submitted_at=LONG_AGO)
    world.for_role["verification", "dpmd_officer"] = known.code
    under_way = Verification.objects.create(
        partner=partner, region_id=OURS, state="under_review", reviewer=people.lksd.code, started_at=LONG_AGO,
        submitted_at=LONG_AGO,
    )  # fmt: skip
    codes["verification"] = under_way.code
    listed = Listing.objects.create(
        name="CV Ingkar", legal_name_key="ingkar", region_id="33.04", source="Putusan 1/2025", basis="UU 23/2014",
        since=date(2025, 1, 1), listed_at=LONG_AGO, listed_by="system",
    )  # fmt: skip
    codes["listing"] = listed.code


def _records_of_the_village(people: People, codes: dict[str, Any]) -> None:
    codes["plan_line"] = registry_makers.a_plan_line(people, reference="9.9").code
    codes["village_asset"] = registry_makers.an_asset(people).code
    codes["village_table"] = VillageTable.objects.create(
        village_id=OURS, kind="rkp", year=2026, file=_stored("tabel"), added=1, changed=0, unchanged=0,
        loaded_at=LONG_AGO, loaded_by="system",
    ).pk  # fmt: skip


def _a_merge(people: People) -> PartnerMerge:
    """Two entries of one body that nobody here acts for."""
    kept, later = (
        registry.register_partner(
            by=people.by("sekdes"), region=place(OURS), kind="civil_society", name=name, declared_different=True
        )
        for name in ("Yayasan Dua Data", "Dua Data (Yayasan)")
    )
    return registry.merge_duplicates(by=people.by("dinas"), kept=kept, merged=later, reason="Akta yang sama.")


def _meetings(world: World) -> None:
    people, codes = world.people, world.codes
    meeting = deliberation_makers.an_invited_meeting(people, deliberation_makers.DAY + timedelta(days=14))
    codes["meeting"], codes["attendee"] = meeting.code, meeting.attendees.order_by("pk")[0].code
    _a_paper("invitation", f"meeting:{meeting.code}")
    Meeting.objects.filter(pk=meeting.pk).update(signed_sheet=_stored("lembar.pdf"))
    AttendanceSheet.objects.create(
        meeting=meeting, session=1, file=_stored("daftar-hadir.jpg"), at=LONG_AGO, by="system"
    )
    codes["invitee"] = Invitee.objects.order_by("pk")[0].code
    codes["meeting_objection"] = MeetingObjection.objects.create(
        meeting=meeting, name="Paijo", text="Undangan terlambat.", raised_at=LONG_AGO, raised_by="system"
    ).code
    process = consents.begin_consent(
        by=people.by("bpd"), village=place(OURS), about="ABCDEFGHJK", title="Penjualan buah", group="Pekebun",
        language="bahasa Jawa", informed_on=date(2026, 1, 5),
    )  # fmt: skip
    codes["consent"] = process.code
    ConsentStep.objects.create(
        process=process, round=1, number=1, held_on=date(2026, 1, 19), minutes_number="BA-1", minutes="", male=20, female=22,
        local_language=True, file=_stored("berita-acara-padiatapa"), recorded_at=LONG_AGO, recorded_by="system",
    )  # fmt: skip
    _a_paper("consent_statement", f"consentprocess:{process.code}")
    _between_villages(world)


def _between_villages(world: World) -> None:
    """An offer that is being worded, and one that was sent, both to a village in which no stranger serves."""
    people, codes = world.people, world.codes
    Region.objects.create(
        code=joint_makers.THIRD, level=4, kind="desa", name="Sinduaji", name_key="sinduaji", parent_id="33.04.19"
    )
    codes["drafted_joint_offer"] = joint_makers.drafted(people, joint_makers.THIRD).code
    sent = joint_makers.offered(people, joint_makers.THIRD)
    codes |= {"joint_offer": sent.code, "asked_village": joint_makers.THIRD}
    _a_paper("joint_offer_letter", about_of(sent.places.get(village_id=joint_makers.THIRD)))
    held = JointMeeting.objects.create(
        offer=sent, place="Pendopo", held_on=date(2026, 3, 20), starts=time(9), invitation_number="01/MAD", state="signing",
        invited_on=date(2026, 3, 10), sheet=_stored("lembar-antar-desa"), minutes_hash="e" * 64, created_at=LONG_AGO,
        created_by="system",
    )  # fmt: skip
    named_in = Meeting.objects.get(code=codes["meeting"])
    JointSeat.objects.create(meeting=held, village_id=OURS, named_in=named_in, head="Sutrisno Hadi")
    Delegate.objects.create(meeting=named_in, offer=sent, name="Darsini", sex="P", element="bpd")
    codes["joint_meeting"] = held.code
    _a_paper("joint_invitation", about_of(sent))


def _joint_regulation(world: World) -> None:
    """A Peraturan Bersama of ours and of a village without strangers, locked, with a scan and one promulgation."""
    offer = JointOffer.objects.get(code=world.codes["joint_offer"])
    held = JointRegulation.objects.create(
        offer=offer, village_id=OURS, title=offer.title, state="drafting", created_at=LONG_AGO, created_by="system"
    )
    own, _other = (JointParty.objects.create(regulation=held, village_id=each) for each in (OURS, joint_makers.THIRD))
    content = joint_text.start({})
    around = joint_queries.setting(held)
    JointVersion.objects.create(
        regulation=held, number=1, village_id=OURS, content=content, chapters=joint_text.chapters(content, around),
        text_hash=joint_text.text_hash(content, around), at=LONG_AGO, by="system",
    )  # fmt: skip
    day = date(2026, 4, 20)
    document = joint_letters.regulation_document(held, joint_queries.stands(held), made_on=day, place="Pandanarum")
    paper = _a_paper("joint_regulation", about_of(held), compose(document))
    _a_paper("joint_gazette", f"jointparty:{own.pk}")
    JointRegulation.objects.filter(pk=held.pk).update(
        state="locked", paper=paper, made_on=day, starts_on=day, ends_on=date(2031, 4, 19), place="Pandanarum",
        scan=_stored("pindaian-peraturan-bersama"), scan_by="system", locked_at=LONG_AGO,
    )  # fmt: skip
    world.codes["joint_regulation"] = held.code
    body = JointBody.objects.create(
        regulation=held, name="Banyu Guyub", decree_number="1", decree_on=day, bank="Bank Desa", account_name="BKAD",
        until=date(2031, 4, 19), state="proposed", words_hash="e" * 64, formed_at=LONG_AGO, formed_by="system",
    )  # fmt: skip
    seat = JointBodySeat.objects.create(body=body, village_id=OURS, name="Tarmi", sex="P", office="chair", since=day)
    vacant = JointBodySeat.objects.create(
        body=body, village_id=OURS, name="Ngatini", sex="P", office="secretary", since=day, until=day, ended_because="Pindah."
    )  # fmt: skip
    JointBodySeat.objects.create(
        body=body, village_id=joint_makers.THIRD, name="Wagiyo", sex="L", office="treasurer", since=day
    )
    due = JointDue.objects.create(body=body, village_id=OURS, year=2026, amount=1_000_000, due_on=day)
    theirs = JointDue.objects.create(body=body, village_id=joint_makers.THIRD, year=2026, amount=1_000_000, due_on=day)
    JointDuePayment.objects.create(due=theirs, amount=1, paid_on=day, receipt="BKU-1", at=LONG_AGO, by="system")
    leaving, own_leaving = (
        JointMembership.objects.create(
            regulation=held, village_id=village, kind="leave", reason="Tuk sendiri.", text_hash="f" * 64,
            state="asked", asked_at=LONG_AGO, asked_by="system",
        )
        for village in (joint_makers.THIRD, OURS)
    )  # fmt: skip
    world.codes |= {
        "joint_seat": seat.code,
        "vacant_joint_seat": vacant.code,
        "joint_due": due.code,
        "unseen_joint_due": theirs.code,
    }
    decree = _a_paper("joint_body_decree", about_of(held), {"data": {"number": "1", "heads": {}}})
    world.codes["joint_decree"] = decree.code
    world.codes |= {"joint_member": leaving.code, "own_joint_member": own_leaving.code}
    # Another one that is in force, so that everybody may read it.
    public = JointRegulation.objects.create(
        offer=JointOffer.objects.get(code=world.codes["drafted_joint_offer"]), village_id=OURS, title=offer.title,
        state="in_force", paper=_a_paper("joint_regulation_in_force", "jointregulation:umum", compose(document)), made_on=day,
        starts_on=day, ends_on=date(2031, 4, 19), place="Pandanarum", in_force_on=day, signed_at=LONG_AGO,
        created_at=LONG_AGO, created_by="system",
    )  # fmt: skip
    JointParty.objects.create(regulation=public, village_id=OURS, number=2, gazette_number="7", gazette_on=day)
    world.codes["public_joint_regulation"] = public.code


def _written_answer(world: World) -> None:
    """The letter of the asked village; what it rests on stands in other rooms' tests."""
    asked = JointPlace.objects.get(offer__code=world.codes["joint_offer"], village_id=world.codes["asked_village"])
    JointAnswer.objects.create(
        place=asked, decision=Decision.objects.order_by("pk")[0], kind="agree", text_hash=asked.offer.text_hash,
        number="140/044", dated=date(2026, 3, 3), paper=_a_paper("joint_answer_letter", about_of(asked)),
        answered_at=LONG_AGO, by="system",
    )  # fmt: skip


def _needs(world: World) -> None:
    people, codes = world.people, world.codes
    need = needs_makers.a_submitted_need(people)
    codes["need"] = need.code
    needs_makers.a_voice(people, need)
    needs_makers.scores(S34=1)
    potential = needs_makers.a_published_potential(people)
    needs_makers.a_printed_sheet(people, potential)
    codes["potential"] = potential.code
    offer = offer_makers.a_published_offer(people, Partner.objects.get(code=codes["partner"]))
    codes["partner_offer"] = offer.code
    codes["priorities"] = needs_makers.a_drafted_list(people, need).code
    codes["veto_lift"] = needs_makers.a_proposed_lift(people).code


def _shortlist(world: World) -> None:
    """Lists on which our village and our partner's offer stand."""
    made = Shortlist.objects.create(
        regency=place("33.04"), state="ready", asked_at=LONG_AGO, asked_by="system", computed_at=LONG_AGO, size=20,
        floor_slots=4, weights={"village": 60, "partner": 60, "vision": 20, "unverified": 70}, hash="c" * 64, rows_hash="d" * 64,
        villages=1, offers=1, measures={"eligible": 1, "never": 0, "never_share": 0, "gini": 0, "kept_places": 0, "tiers": []},
    )  # fmt: skip
    for side in ("village", "offer"):
        ShortlistRow.objects.create(
            shortlist=made, side=side, village_id=OURS, offer=Offer.objects.get(code=world.codes["partner_offer"]), rank=1,
            h=600_000, a=600_000, b=600_000, reasons=[{"kind": "goals", "goals": [6], "points": 600_000}],
        )  # fmt: skip
    world.codes["shortlist"] = made.code


def _draws(world: World, partner: Partner) -> None:
    """A draw that our partner prepares, with minutes; and one of a regency where nobody of the world holds office."""
    draw = draws.prepare_draw(
        by=world.people.by("mitra"), organiser=Organiser(place("33.04"), partner), programme="Pelatihan air bersih",
        what="Dua peserta.", seats=1, entry="applied",
    )  # fmt: skip
    _a_paper("draw_minutes", about_draw(draw))
    elsewhere = Region.objects.create(
        code="51.02", level=2, kind="regency", name="Kabupaten Tabanan", name_key="tabanan", parent_id="51"
    )
    held = Draw.objects.create(
        regency=elsewhere, programme="Pelatihan air bersih", programme_key="pelatihanairbersih", what="Dua peserta.",
        seats=1, entry="all", state="drawn", list_hash="a" * 64, committed_at=LONG_AGO, drawn_at=LONG_AGO,
        certificate=_stored("undian"), prepared_at=LONG_AGO, prepared_by="system",
    )  # fmt: skip
    _a_paper("draw_list", about_draw(held))
    enough = draws.prepare_draw(
        by=world.people.by("mitra"), organiser=Organiser(place("33.04"), partner), programme="Bibit kopi", what="Bibit.", seats=9
    )  # fmt: skip
    seen = list_hash(enough, rows_of(enough))
    draws.commit_draw(by=world.people.by("mitra"), draw=enough, seen=seen)  # a place for everybody
    asked = draws.prepare_draw(
        by=world.people.by("dinas"), organiser=Organiser(place("33.04")), programme="Pelatihan kopi", what="Dua peserta.", seats=1
    )  # fmt: skip
    until = clock.today() + timedelta(days=30)
    asked = draws.ask_villages(by=world.people.by("dinas"), draw=asked, until=until, silence="in")
    world.codes |= {"draw": draw.code, "published_draw": held.code, "asked_draw": asked.code}


def _round(world: World) -> None:
    """A round in which both sides answer: our village was introduced to our partner's offer."""
    norms, day = standing("33.04").numbers, date(2026, 3, 1)
    policy = Policy.of_norms(norms)
    of = Round.objects.create(
        regency=place("33.04"), title="Putaran air bersih", policy=policy.written(), policy_hash=policy.hash, invite_until=day,
        prefer_until=day, objections_until=day, answer_until=date(2027, 1, 1), inputs=_stored("daftar-putaran"),
        list_hash="a" * 64, thrown="4 2 6 1 3 5 5 2", thrown_at=LONG_AGO, seed="b" * 64, certificate=_stored("putaran"),
        opened_at=LONG_AGO, published_at=LONG_AGO, state="responses", created_at=LONG_AGO, created_by="system",
    )  # fmt: skip
    _a_paper("round_minutes", about_of(of))
    told = {"outcome": {"kind": "ranked", "least": 5, "pairs": []}, "joined": True, "answered_at": LONG_AGO}
    village = RoundVillage.objects.create(round=of, village=place(OURS), eligible=True, invited_at=LONG_AGO, **told)
    offer = RoundOffer.objects.create(
        round=of, offer=Offer.objects.get(code=world.codes["partner_offer"]), places=1, reserve=0, **told
    )
    made = Introduction.objects.create(
        round=of, village=village, offer=offer, a=600_000, b=600_000, h=600_000, state="offered", until=date(2027, 1, 1)
    )
    said = RoundObjection.objects.create(
        round=of, village=village, text="Keliru.", state="filed", filed_at=LONG_AGO, by="system"
    )
    run = RoundRun.objects.create(
        round=of, kind="trial", state="failed", problem="Hitungan gagal.", asked_at=LONG_AGO, asked_by="system"
    )
    world.codes |= {
        "round": of.code, "round_village": village.code, "round_offer": offer.code, "round_side": village.code,
        "introduction": made.code, "round_objection": said.code, "round_run": run.code,
    }  # fmt: skip
    world.for_role |= {("round_side", role): offer.code for role in ("partner_rep", "partner_signatory")}


def _partnership(world: World, partner: Partner) -> None:
    """One case from its call to an agreement in force, one that was just opened, and one that the partner offered."""
    people, codes = world.people, world.codes
    with clock.at(selection_makers.OPENED):
        codes["new_case"] = partnership_makers.a_case(people, title="Kerja sama baru").code
        offered = selection_makers.an_offer(people, partner=partner)
        codes["offered_case"] = offered.code
    codes["offer"] = Proposal.objects.get(case=offered).code
    codes |= _a_comparison(partner)
    case, call, proposal = _an_award(people, partner)
    codes |= {"case": case.code, "call": call.code, "proposal": proposal.code}
    codes["question"] = Question.objects.create(call=call, text="Kapan mulai?", asked_at=LONG_AGO, by="public").code
    codes["objection"] = Objection.objects.create(
        call=call, text="Nilai keliru.", state="filed", filed_at=LONG_AGO, by="system"
    ).code
    # What one says against a result is one's own: a partner's for its people together, a resident's for himself alone.
    said: dict[str, Any] = {"call": call, "text": "Nilai keliru.", "state": "filed", "filed_at": LONG_AGO}
    of_partner = Objection.objects.create(partner=partner, by=world.own("partner_rep").code, **said)
    ObjectionStep.objects.create(
        objection=of_partner, kind="filed", words="Nilai keliru.", at=LONG_AGO, by=of_partner.by
    )
    codes["own_objection"] = of_partner.code
    for role in ("resident", "group_rep"):
        world.for_role["own_objection", role] = Objection.objects.create(by=world.own(role).code, **said).code
    laid = ProposalFile.objects.create(proposal=proposal, file=_stored("usulan"), title="Rencana")
    codes["proposal_file"] = laid.pk
    first = proposal.versions.order_by("-pk")[0]
    content = {**first.content, "files": [{"sha256": laid.file.sha256, "title": laid.title}]}
    sent = ProposalVersion.objects.create(
        proposal=proposal, number=first.number + 1, content=content, content_hash=content_hash(content), sent_at=LONG_AGO, by="system",
    )  # fmt: skip
    for role in ("bpd_chair", "village_secretary", "auditor"):
        Reading.objects.create(version=sent, person=world.own(role), role=role, at=LONG_AGO)
    for seat in Panelist.objects.filter(call=call):
        Reading.objects.create(version=sent, person=seat.person, role="panel", at=LONG_AGO)
    codes["site_visit"] = SiteVisit.objects.create(
        proposal=proposal, kind="visit", day=date(2026, 3, 25), place="Kantor mitra", present=["Karsono"], found="Sesuai.",
        file=_stored("kunjungan"), at=LONG_AGO, by="system",
    ).code  # fmt: skip
    apart = Moderation.objects.create(call=call, round=1, at=LONG_AGO, by="system")
    ModerationPoint.objects.create(moderation=apart, proposal=proposal, criterion="need_fit", note="Dibahas bersama.")
    codes["direct"] = _a_direct_appointment(call, partner).code
    _printed(case, proposal)
    agreement = _an_agreement(world, case)
    codes["paper"] = agreement.paper.code
    batch = Batch.objects.create(
        partner=partner, title="Sekolah lapang", form="pdmp", pattern=agreement, opened_at=LONG_AGO, opened_by="system"
    )
    batch.cases.add(case)
    codes["batch"] = batch.code
    WetScan.objects.create(  # one more, that nobody has looked at
        agreement=agreement, file=_stored("pindaian"), text_hash="d" * 64, pages=1, signed_on=date(2026, 5, 8), at=LONG_AGO,
        uploaded_by="system", uploaded_by_name="Bayu Nugroho",
    )  # fmt: skip
    codes["provisional_call"] = _a_provisional_call(codes["new_case"], partner).code


def _a_direct_appointment(call: Call, partner: Partner) -> DirectAppointment:
    """One that came to nothing, with a file beside its reason."""
    out = Proposal.objects.create(
        call=call, partner=partner, state="withdrawn", created_at=LONG_AGO, created_by="system"
    )
    return DirectAppointment.objects.create(
        call=call,
        proposal=out,
        kind="emergency",
        explanation="Banjir bandang.",
        file=_stored("kejadian"),
        at=LONG_AGO,
        by="system",
    )


def _printed(case: Case, proposal: Proposal) -> None:
    """What is printed of a selection: the whole dossier, a written answer, and the sheet of one who was not chosen."""
    Dossier.objects.create(
        case=case, state="ready", stage="awarded", asked_at=LONG_AGO, asked_by="system", made_at=LONG_AGO,
        house=_stored("berkas-seleksi"), public=_stored("berkas-seleksi-umum"),
    )  # fmt: skip
    WrittenAnswer.objects.create(
        case=case, letter_number="140/9", minutes_number="BA-09", text="Desa menyetujui.", at=LONG_AGO, by="system"
    )
    out = {"kind": "disqualified", "reason": "Dokumen tidak lengkap."}
    Feedback.objects.create(proposal=proposal, round=99, data=out, at=LONG_AGO, by="system")


def _a_comparison(partner: Partner) -> dict[str, str]:
    """A case whose offer waits for rivals."""
    case = Case.objects.create(
        title="Usulan yang dibandingkan", route="partner_initiative", coop_type="pihak_ketiga",
        field_of_government="pemberdayaan_masyarakat", village=place(OURS), partner=partner, state="comparison",
        opened_at=LONG_AGO, opened_by="system",
    )  # fmt: skip
    asked = RivalCall.objects.create(
        case=case,
        asks="Pembelian buah.",
        reason="Nilainya besar.",
        called_at=LONG_AGO,
        called_by="system",
        deadline=LONG_AGO,
    )
    return {"compared_case": case.code, "rival_call": asked.code}


def _a_provisional_call(case: str, partner: Partner) -> Call:
    """A call whose result is provisional: those who took part may object to it."""
    call = Call.objects.create(
        case=Case.objects.get(code=case), title="Mitra sementara", threshold_total=60, threshold_each=1,
        state="provisional", opened_at=LONG_AGO, deadline=LONG_AGO, frozen_hash="e" * 64, drafted_at=LONG_AGO,
    )  # fmt: skip
    Proposal.objects.create(call=call, partner=partner, state="ranked", created_at=LONG_AGO, created_by="system")
    return call


def _an_award(people: People, partner: Partner) -> tuple[Case, Call, Proposal]:
    call = selection_makers.an_open_call(people)
    CallChange.objects.create(call=call, kind="extended", reason="Jalan terputus.", at=LONG_AGO, by="system")
    for who in ("penilai", "ketua.tani"):
        Panelist.objects.create(
            call=call, person=people.held[who], seat="other", scores=False, decree="05/2026", appointed_at=LONG_AGO,
            appointed_by="system",
        )  # fmt: skip
    proposal = selection_makers.a_sealed_proposal(people, call, partner)
    with clock.at(selection_makers.AFTER):
        selection.close_due_calls()
        call.refresh_from_db()
        selection.start_selection(
            by=people.by("bpd"), call=call, minutes_number="BA-02/TIM/III/2026", witnesses=["Karsono", "Paijo"]
        )
        for who in ("lksd", "guru", "kwt", "anggota.bpd"):
            selection.declare_interest(by=people.by(who), call=call, interest=False)
        selection.complete_admin_check(by=people.by("lksd"), call=call)
    with clock.at(selection_makers.AFTER + timedelta(days=2)):
        selection_makers.scored(people, call, proposal)
        selection.reveal_scores(by=people.by("lksd"), call=call)
        selection.propose_candidate(by=people.by("lksd"), call=call, minutes_number="BA-03/TIM/III/2026")
    with clock.at(selection_makers.AFTER + timedelta(days=3)):
        selection.accept_candidacy(by=people.by("mitra"), proposal=Proposal.objects.get(pk=proposal.pk))
    with clock.at(selection_makers.AFTER + timedelta(days=30)):
        call = Call.objects.select_related("case__village", "case__partner").get(pk=call.pk)
        case = selection.forward_to_musyawarah(by=people.by("bpd"), call=call)
        partnership_makers.a_tabled_sheet(people, case)
    with clock.at(selection_makers.AFTER + timedelta(days=40)):
        partnership_makers.agreed_by_meeting(case.sheets.get(state="tabled"))
        case = selection.record_consent(by=people.by("bpd"), case=case)
    return case, call, Proposal.objects.get(pk=proposal.pk)


def _an_agreement(world: World, case: Case) -> Any:
    """In force; a legal reviewer of the regency was asked about it on the way."""
    people = world.people
    draft = agreement_makers.a_whole_draft(people, case)
    with clock.at(agreement_makers.DRAFTED):
        agreements.request_legal_review(by=people.by("sekdes"), agreement=draft, reviewer=world.own("legal_reviewer"))
        agreements.end_legal_review(by=people.by("kades"), agreement=agreement_makers.fresh(draft))
        agreements.comment(by=people.by("mitra"), agreement=draft, text="Siapa yang memeriksa?")
    locked = agreement_makers.locked(people, agreement_makers.accepted(people, agreement_makers.fresh(draft)))
    scanned = agreement_makers.a_wet_scan(people, locked)
    for who in ("bpd", "mitra"):
        scanned = agreement_makers.confirmed_by(people, scanned, who)
    with clock.at(agreement_makers.SIGNED):
        agreements.activate(by=people.by("sekdes"), agreement=scanned, partner_number="1123/FPC/2026", stamp="manual")
    return agreement_makers.fresh(scanned)


def _delivery(world: World, partner: Partner) -> None:
    people, codes = world.people, world.codes
    plan = delivery_makers.an_adopted_plan(people, delivery_makers.an_agreement(people, partner))
    codes |= {"plan": plan.code, "running": plan.agreement.code, "running_case": plan.agreement.case.code}
    codes["activity"] = plan.activities.order_by("pk")[0].code
    codes["amendment"] = _an_addendum(plan.agreement)
    codes["suspension"] = Suspension.objects.create(
        agreement=plan.agreement, party="two", cause="audit", happened_on=date(2026, 2, 25), reason="Diperiksa.",
        until=date(2026, 4, 30), state="proposed", proposed_at=LONG_AGO, proposed_by="system",
    ).code  # fmt: skip
    codes["warning"] = _a_warning(plan.agreement)
    codes["village_change"], codes["takeover"] = _a_takeover(plan.agreement)
    due = Due.objects.filter(obligation__agreement=plan.agreement).order_by("pk")[0]
    Evidence.objects.create(
        due=due, text="Sudah", file=_stored("bukti"), house="village", at=LONG_AGO, by="system", by_name="Contoh"
    )
    codes["due"] = due.code
    progress = monitoring.open_progress_report(
        by=people.by("sekdes"), agreement=plan.agreement, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 28)
    )
    Report.objects.filter(pk=progress.pk).update(paper=_a_paper("report", f"report:{progress.code}"))
    for role in ("partner_rep", "partner_signatory"):  # who reads of its own agreements only
        world.for_role["report", role] = progress.code
    delivery.post_entry(by=people.by("bendahara"), **delivery_makers.money_in(plan.agreement))
    codes["entry"] = LedgerEntry.objects.get(agreement=plan.agreement).code
    _a_handover(codes, plan.agreement)
    training = delivery_makers.a_training(people, plan.agreement)
    delivery.announce_training(by=people.by("sekdes"), training=training, **delivery_makers.announcement())
    codes["training"] = training.code
    _a_paper("work_plan", f"plan:{plan.code}")
    _a_paper("training_sheet", f"training:{training.code}")
    delivery.apply_for_training(by=people.by("kadus"), training=training, people=[delivery_makers.resident("Warga")])
    applicant = Applicant.objects.get(training=training)
    with clock.at(STARTED + timedelta(days=10)):
        delivery.close_enrolment(by=people.by("sekdes"), training=training)
    paper = _a_paper("certificate", f"training:{training.code}")
    Certificate.objects.create(applicant=applicant, paper=paper, percent=90, at=LONG_AGO, by="system")
    codes["certificate"] = applicant.code


def _a_handover(codes: dict[str, Any], agreement: Agreement) -> None:
    """Handed over by the partner, with everything that has a page."""
    made = GoodsHandover.objects.create(
        case=agreement.case, giver="two", number="1/BAST", on=date(2026, 2, 20), place="Balai desa", state="offered",
        drafted_at=LONG_AGO, drafted_by="system", paper=_a_paper("handover", "goodshandover:X"),
        offered_at=LONG_AGO, offered_by="system", giver_office="partner_signatory",
    )  # fmt: skip
    item = HandoverItem.objects.create(
        handover=made, number=1, name="Pompa air", quantity=2, unit="unit", value=5_000_000, condition="good",
        for_village=True, photo=_stored("pompa"),
    )  # fmt: skip
    codes |= {"goods_handover": made.code, "handover_item": item.code}


def _an_addendum(agreement: Agreement) -> str:
    """Locked, with its scan: everything that has a page."""
    content = agreement_text.start(sheet.merged(sheet.blank(), partnership_makers.whole_topics()))
    DraftVersion.objects.create(
        agreement=agreement,
        number=1,
        party="one",
        content=content,
        clauses=[],
        text_hash="a" * 64,
        at=LONG_AGO,
        by="system",
    )
    made = Amendment.objects.create(
        agreement=agreement, number=1, kind="amendment", party="two", state="locked", reason="Bibit.", content=content,
        clauses=[], numbers=[], text_hash="d" * 64, made_on=date(2026, 2, 20), paper=_a_paper("addendum", "amendment:X"),
        proposed_at=LONG_AGO, proposed_by="system",
    )  # fmt: skip
    AddendumScan.objects.create(
        amendment=made, file=_stored("pindaian-adendum"), pages=1, signed_on=date(2026, 2, 21), at=LONG_AGO,
        uploaded_by="system", uploaded_by_name="Contoh",
    )  # fmt: skip
    return made.code


def _a_warning(agreement: Agreement) -> str:
    """Sent and answered with a file: everything that has a page."""
    made = WarningLetter.objects.create(
        agreement=agreement, party="two", rung="notice", title="Pemberitahuan Dugaan Pelanggaran", state="sent",
        facts="Petak belum ada.", happened_on=date(2026, 7, 1), wanted="Membuka petak.", days=7, number="005/SP/2026",
        sent_on=date(2026, 7, 6), cure_by=date(2026, 7, 13), paper=_a_paper("warning", "warningletter:X"),
        drafted_at=LONG_AGO, drafted_by="system",
    )  # fmt: skip
    WarnedOf.objects.create(warning=made, obligation=agreement.obligations.get(number=1), late_since=date(2026, 6, 30))
    WarningWord.objects.create(
        warning=made, party="one", kind="admits", text="Ya.", file=_stored("jawaban"), at=LONG_AGO, by="system",
        by_name="Contoh",
    )  # fmt: skip
    return made.code


def _a_takeover(agreement: Agreement) -> tuple[str, str]:
    """What the village held before another split off; the agreement has come back to it since."""
    case = agreement.case
    change = VillageChange.objects.create(
        village=case.village, kind="split", instrument="regulation", number="1 (contoh)", dated=date(2026, 1, 5),
        holds_from=date(2026, 1, 5), file=_stored("perda"), at=LONG_AGO, by="system", by_name="Contoh",
    )  # fmt: skip
    made = Takeover.objects.create(change=change, case=case, before=case.village, after=case.village)
    return change.code, made.code


def _earlier(world: World, partner: Partner) -> None:
    """An agreement that ran already, a row of the regency's list, and a table of officers of each who may hand one over."""
    people, codes = world.people, world.codes
    case = existing.register_existing(
        by=people.by("sekdes"), village=place(OURS), partner=partner, coop_type="pihak_ketiga", difference="lain",
        field="pelaksanaan_pembangunan", scope="Perbaikan irigasi", starts_on=date(2023, 2, 1),
    )  # fmt: skip
    EarlierAgreement.objects.filter(case=case).update(minutes_file=_stored("berita acara lama"))
    codes["earlier"] = case.code
    codes["earlier_addendum"] = _an_earlier_addendum(EarlierAgreement.objects.get(case=case))
    row = existing.Proposal(2, place(OURS), "PT Lama", {"coop_type": "pihak_ketiga"})
    load = existing.propose_existing(
        by=people.by("dinas"), region=place("33.04"), proposals=[row], file_name="daftar.xlsx", file_hash="f" * 64
    )
    codes["proposed"] = load.proposals.get().code
    for role, where in (("dpmd_officer", "33.04"), ("camat", "33.04.19")):
        newcomer = Newcomer(
            place(NEIGHBOUR), f"Petugas {role}", f"petugas.{role}", "bpd_member", "1/2026", date(2026, 1, 1),
            date(2029, 1, 1),
        )  # fmt: skip
        taken = registry.onboard_villages(
            by=people.by(OWN[role]), region=place(where), newcomers=[newcomer], file_name="a.xlsx", file_hash="a" * 64
        )
        world.for_role["onboarding", role] = taken.code


def _an_earlier_addendum(earlier: EarlierAgreement) -> str:
    """Locked, with its scan: everything that has a page."""
    made = EarlierAddendum.objects.create(
        earlier=earlier, number=1, state="locked", reason="Musim bergeser.", touches=["rights"], made_on=date(2026, 2, 20),
        paper=_a_paper("earlier_addendum", "earlieraddendum:X"), proposed_at=LONG_AGO, proposed_by="system",
    )  # fmt: skip
    EarlierAddendumScan.objects.create(
        addendum=made, file=_stored("pindaian-adendum-lama"), pages=1, signed_on=date(2026, 2, 21), at=LONG_AGO,
        uploaded_by="system", uploaded_by_name="Contoh",
    )  # fmt: skip
    return made.code


def _monitoring(world: World) -> None:
    people, codes = world.people, world.codes
    report = monitoring_makers.a_sent_report(people)
    codes["report"] = report.code
    codes["framework"] = Indicator.objects.order_by("pk")[0].framework.code
    codes["indicator"] = Indicator.objects.order_by("pk")[0].code
    value = Value.objects.order_by("pk")[0]
    Value.objects.filter(pk=value.pk).update(file=_stored("nilai"))
    codes["value"] = value.code


def _personal(world: World) -> None:
    """Everybody has something of their own that is kept sealed, and has allowed something."""
    codes = world.codes
    for role in OWN:
        person = world.own(role)
        world.for_role["my_value", role] = personal_makers.a_value_of(person).code
        allowed = DataConsent.objects.create(person=person, purpose="photo", given_at=LONG_AGO)
        world.for_role["my_consent", role] = allowed.code
        world.for_role["my_token", role] = Token.objects.create(
            person=person, name="aplikasi desa", digest=f"{person.pk:064}", seal=person.get_session_auth_hash(), offices=[],
            made_at=LONG_AGO, until=clock.today(),
        ).code  # fmt: skip
    codes["sealed_value"] = world.for_role["my_value", "village_head"]
    codes["withdrawn_consent"] = DataConsent.objects.create(
        person=world.own("village_head"), purpose="contact", given_at=LONG_AGO, withdrawn_at=LONG_AGO, stop_by=LONG_AGO
    ).code
    codes["number_case"] = NumberCase.objects.create(
        person=world.own("village_head"), holder=world.stranger("village_head"), opened_at=LONG_AGO
    ).code
    breach = DataBreach.objects.create(
        region_id=OURS, title="Laptop desa hilang", whom="place", found_at=LONG_AGO, recorded_at=LONG_AGO,
        recorded_by="system",
    )  # fmt: skip
    Affected.objects.create(breach=breach, person=world.own("village_head"))
    codes["data_breach"] = breach.code


def _offices(world: World) -> None:
    """One office that has passed on, letters of power on both sides, and entries under a mandate, one of them contested."""
    people, own = world.people, world.own("village_secretary").appointments.get()
    former = Appointment.objects.create(
        person=people.kadus, role=own.role, region=own.region, decree="141/0/2018", since=date(2018, 1, 1),
        until=date(2021, 12, 31), state="ended", state_at=LONG_AGO,
    )  # fmt: skip
    world.codes["hand_over"] = HandOver.objects.create(
        predecessor=former,
        successor=own,
        lines=[],
        paper=_a_paper("hand_over", "appointment:1"),
        at=LONG_AGO,
        by="system",
    ).code
    for role, holder in (("village_head", "village_operator"), ("partner_signatory", "partner_rep")):
        mandate = Mandate.objects.create(
            appointment=world.own(holder).appointments.get(), giver=world.own(role), purpose="prepare", scope="Isian",
            number="1/2026", dated=date(2026, 1, 1), file=_stored(f"kuasa-{role}"), at=LONG_AGO, by="system",
        )  # fmt: skip
        if role == "village_head":
            world.codes["mandate"] = mandate.code
            continue
        for partners in ("partner_rep", "partner_signatory"):
            world.for_role["mandate", partners] = mandate.code
            world.for_role["office", partners] = mandate.appointment_id
    for role in OWN.keys() - {"village_head", "partner_rep", "partner_signatory", "camat", "dpmd_officer"}:
        world.for_role["office", role] = world.own(role).appointments.earliest("pk").pk  # one's own, to resign from
    helper = world.own("assisting_officer")
    helped = Assistance.objects.create(
        village=place(OURS), helper=helper, purpose="Kebutuhan", state="contested", requested_at=LONG_AGO,
        requested_by="system", number="140/1/2026", since=date(2024, 1, 1), until=date(2029, 12, 31),
        file=_stored("mandat"), granted_at=LONG_AGO, granted_by="system", appointment=helper.appointments.get(),
    )  # fmt: skip
    entry = AssistedEntry.objects.create(
        assistance=helped, act=new_code(10), door="needs.record", about="need:7K3M9QXD2A", at=NOW
    )
    contest = EntryContest.objects.create(
        entry=entry, reason="Keliru.", by="system", role="village_head", at=NOW, due_on=NOW.date()
    )
    world.codes |= {"assistance": helped.code, "assisted_entry": entry.pk, "entry_contest": contest.pk}


def _notices(world: World) -> None:
    """One for each person alone; a printed letter with a first code; the journal's newest checkpoint."""
    people = world.people
    for role in OWN:
        notice = tell(
            an_act(), says="Kabar bagi {name}.", about="meeting:7K3M9QXD2A", params={"name": role},
            person=world.own(role).code,
        )  # fmt: skip
        world.for_role["notice", role] = notice.code
    Checkpoint.objects.create(size=1, at=LONG_AGO, root="a" * 64, head="a" * 64, frontier=[], note="bermitra")
    letter = accounts.issue_letter(by=people.by("dinas"), person=world.own("village_head"), reason="first")
    office = world.own("village_head").appointments.get()
    world.codes |= {"letter": letter.code, "person": world.own("village_head").code, "office": office.pk}
