"""Cases in the states that tests begin from. What earlier stages hold is written as rows; the case itself goes through its doors."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from bermitra.deliberation.models import Decision, Meeting, Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.text import legal_name_key
from bermitra.needs.models import Need, Potential, PriorityList, PriorityRow
from bermitra.partnership import actions, sheet
from bermitra.partnership.models import Case, TermSheet
from bermitra.partnership.queries import sheet_hash
from bermitra.registry.models import Partner, PlanLine, VerdictRecord, Verification, VillageProfile
from tests.people import OURS, People, place

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def an_office(
    people: People, username: str, name: str, role: roles.Role, *, where: str = OURS, party: str = ""
) -> Person:
    """A further person with an office; ``people.by(username)`` knocks for it."""
    person = Person(username=username, full_name=name, region_id=where, created_at=LONG_AGO)
    person.set_unusable_password()
    person.save()
    Appointment.objects.create(
        person=person, role=role.key, region_id=where, party=party, decree="141/2/2024", since=date(2024, 1, 1),
        until=date(2029, 12, 31), state=Appointment.State.CONFIRMED, state_at=LONG_AGO,
    )  # fmt: skip
    people.held[username] = person
    return person


def a_partner(
    people: People, name: str = "Fakultas Pertanian Contoh", username: str = "mitra", verified: bool = True
) -> Partner:
    """A partner with its people (``username`` and ``username.direktur``), verified unless said otherwise."""
    partner = Partner.objects.create(
        kind="university", name=name, legal_name_key=legal_name_key(name), registered_in_id=OURS,
        registered_at=LONG_AGO, registered_by="system",
    )  # fmt: skip
    an_office(people, username, f"Wakil {name}", roles.PARTNER_REP, party=partner.code)
    an_office(people, f"{username}.direktur", f"Direktur {name}", roles.PARTNER_SIGNATORY, party=partner.code)
    if verified:
        verify(partner)
    return partner


def verify(partner: Partner, verdict: str = "verified") -> None:
    """A verdict of January 2026 that serves until the middle of 2028."""
    made = Verification.objects.create(partner=partner, region_id=OURS, state=verdict, started_at=LONG_AGO)
    VerdictRecord.objects.create(
        verification=made, partner=partner, verdict=verdict, flags=[], repairs=[], counts={"score": 100}, book_version=1,
        inputs={"kind": partner.kind, "answers": {}},
        concluded_on=date(2026, 1, 15), stale_on=date(2028, 6, 30), concluded_at=LONG_AGO, concluded_by="system",
    )  # fmt: skip


def a_need(title: str = "Air bersih Dusun Dhuwur", village: str = OURS, state: str = "submitted") -> Need:
    return Need.objects.create(
        village_id=village, title=title, sector="water", severity=4, male=40, female=44, households=21, state=state,
        created_at=LONG_AGO, created_by="system",
    )  # fmt: skip


def a_potential(title: str = "Lereng kapulaga 12 ha", village: str = OURS) -> Potential:
    return Potential.objects.create(
        village_id=village, title=title, kind="land", state="published", created_at=LONG_AGO, created_by="system"
    )


def decided(code: str, text_hash: str, *, agreed: bool = True, state: str = "binding", minutes: str = "") -> Meeting:
    """A meeting that decided on the subject of this code."""
    meeting = Meeting.objects.create(
        village_id=OURS, kind="sudden", topic="Musyawarah Desa", place="Balai Desa", held_on=clock.today(), starts=time(9),
        state=state, minutes_number=minutes or f"BA-{new_code(10)}", minutes_on=clock.today(), created_at=clock.now(),
        created_by="system",
    )  # fmt: skip
    subject = Subject.objects.create(
        meeting=meeting, code=code, kind="cooperation", title="Pokok", text_hash=text_hash, tabled_at=clock.now()
    )
    Decision.objects.create(
        subject=subject, result="agreed" if agreed else "refused", mode="consensus", present=50, approving=48,
        text_hash=text_hash, decided_at=clock.now(), decided_by="system",
    )  # fmt: skip
    return meeting


def priorities_set(*needs: Need) -> PriorityList:
    made = PriorityList.objects.create(
        village_id=OURS,
        year=2026,
        title="Prioritas",
        hash="a" * 64,
        state="set",
        created_at=LONG_AGO,
        created_by="system",
    )
    for rank, need in enumerate(needs, 1):
        PriorityRow.objects.create(list=made, need=need, rank=rank, reason="Mendesak")
    decided(made.code, made.hash)
    return made


def plan_lines() -> tuple[PlanLine, PlanLine]:
    common: dict[str, Any] = {
        "village_id": OURS, "field_of_government": "pemberdayaan_masyarakat", "activity": "Budidaya lereng",
        "execution_mode": "pihak_ketiga", "recorded_at": LONG_AGO, "recorded_by": "system",
    }  # fmt: skip
    midterm, _ = PlanLine.objects.get_or_create(
        plan="rpjm", year=2024, reference="4.06", defaults=common, village_id=OURS
    )
    annual, _ = PlanLine.objects.get_or_create(plan="rkp", year=2026, reference="21", defaults=common, village_id=OURS)
    return midterm, annual


def somebody_in_charge(village: str = OURS) -> VillageProfile:
    """Without one a village opens no call and takes no offer to its meeting (RG-17)."""
    said = {"contact_name": "Endah Lestari", "contact_office": "Kaur Perencanaan"}
    profile, _new = VillageProfile.objects.get_or_create(
        village_id=village, defaults={**said, "updated_at": LONG_AGO, "updated_by": "system"}
    )
    return profile


def a_case(people: People, **other: Any) -> Case:
    """Opened by the head: state ``inventory``."""
    given = {"title": "Budidaya lereng", "field": "pemberdayaan_masyarakat", "forms": ["pdmp"], "goals": "Panen naik."}
    return actions.open_case(by=people.by("kades"), village=place(OURS), **{**given, **other})


def a_prepared_case(people: People, **other: Any) -> Case:
    """With its need as a priority, in the plan, weighed and checked: state ``preparing_terms``."""
    case, need = a_case(people, **other), a_need()
    actions.link_needs(by=people.by("operator"), case=case, needs=[need])
    actions.record_budget(
        by=people.by("bendahara"), case=case, note="Cukup dari Dana Desa.", share=20_000_000, room=35_000_000
    )
    actions.weigh(
        by=people.by("operator"), case=case, years=3,
        benefits=[{"what": "Tambahan panen", "amount": 468_000_000, "unit": "rupiah", "source": "Gapoktan"}],
        costs=[{"what": "Rencana kerja", "amount": 312_000_000, "unit": "rupiah", "source": "RAB"}],
    )  # fmt: skip
    actions.check_place(
        by=people.by("sekdes"), case=case, spatial="Di luar hutan lindung.", spatial_ok=True,
        environment="Lereng dikuatkan.", environment_ok=True,
    )  # fmt: skip
    actions.say_consent(by=people.by("sekdes"), case=case, touches=[], reason="Di rumah warga peserta.")
    actions.submit_priorities(by=people.by("kades"), case=case)
    priorities_set(need)
    actions.record_priority(by=people.by("bpd"), case=case)
    midterm, annual = plan_lines()
    somebody_in_charge()
    return actions.link_plan_line(by=people.by("sekdes"), case=case, midterm=midterm, annual=annual)


def whole_topics(**other: Any) -> sheet.Topics:
    """All nine topics filled, as a faculty and a village would."""
    return {
        "scope": {
            "field": "pemberdayaan_masyarakat", "forms": ["pdmp"], "items": ["Sekolah lapang", "Uji tanah"],
            "excluded": ["Penjualan pupuk"],
        },
        "procedure": {"text": "Sekolah lapang bergilir di empat dusun."},
        "delegation": {"text": "Tidak ada BKAD; tim bersama desa dan fakultas."},
        "term": {"start": "2026-12-01", "end": "2029-11-30"},
        "duties": [
            {"party": "one", "kind": "duty", "text": "menyediakan petak contoh 1,5 ha", "due": "2027-01-31",
             "measure": "1,5 ha", "evidence": "berita acara", "sanction": "teguran tertulis"},
            {"party": "two", "kind": "duty", "text": "mendampingi 336 jam", "period": "setiap tahun", "measure": "336 jam",
             "evidence": "daftar hadir", "checker": "Sekretaris Desa", "sanction": "teguran tertulis"},
            {"party": "two", "kind": "right", "text": "memakai data dengan izin tertulis petani"},
        ],
        "money": {
            "value": 312_000_000,
            "sources": [
                {"from": "Dana Desa", "amount": 82_000_000, "apbdes_code": "", "channel": "rkd"},
                {"from": "Fakultas", "amount": 230_000_000, "apbdes_code": "4.3.4", "channel": "dilaksanakan_mitra"},
            ],
        },
        "changes": {"text": "Dengan musyawarah para pihak dan adendum."},
        "disputes": {"text": "Musyawarah, Camat, lalu Pengadilan Negeri Banjarnegara."},
        "others": {
            "assets": [], "limits": ["Tidak ada kewajiban membeli dari satu sumber."],
            "sanctions": [{"breach": "terlambat melapor", "sanction": "teguran tertulis", "days": 14}],
            "notes": "Data petani hanya dengan izin tertulis.",
            "terms": [
                {"blank": "jam_pendampingan", "title": "Layanan Pendampingan: Lama pendampingan", "value": "336 jam", "unit": "text"},
                {"blank": "jumlah_pendamping", "title": "Layanan Pendampingan: Jumlah pendamping", "value": 2, "unit": "count"},
                {"blank": "keluaran_pendampingan", "title": "Layanan Pendampingan: Keluaran pendampingan",
                 "value": "petak contoh dan pembukuan kelompok", "unit": "text"},
            ],
        },
        **other,
    }  # fmt: skip


def a_tabled_sheet(people: People, case: Case, **topics: Any) -> TermSheet:
    """Of a case of which nobody has said yet what it touches, it is said that nothing is."""
    if case.consent_needed is None:
        actions.say_consent(by=people.by("sekdes"), case=case, touches=[], reason="Di rumah warga peserta.")
    actions.draft_term_sheet(by=people.by("sekdes"), case=case, topics=whole_topics(**topics))
    return actions.table_term_sheet(by=people.by("kades"), case=case)


def agreed_by_meeting(sheet_of: TermSheet) -> Meeting:
    """A binding decision that agrees to exactly this sheet."""
    return decided(sheet_of.code, sheet_hash(sheet_of))
