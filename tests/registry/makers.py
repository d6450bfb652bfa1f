"""Partners and villages that tests of this stage and the later ones begin with, made through the product's own doors.

Partner people are ``mitra`` (partner_rep) and ``direktur`` (partner_signatory) of the first partner; another partner's
are named with its own prefix.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import applicable, judge, required
from bermitra.registry.models import Partner, PartnerDocument, PlanLine, VerdictRecord, Verification, VillageAsset
from bermitra.registry.queries.verifications import documents_of, file_of
from tests.people import OURS, place


def by(person: Person) -> By:
    """This person knocking with a fresh key and a fresh confirmation."""
    return By(person=Person.objects.get(pk=person.pk), key=uuid4().hex, confirmed_at=timezone.now())


def a_partner(
    people,
    *,
    name: str = "PT Tirta Serayu Lestari",
    kind: str = "company",
    prefix: str = "",
    region: str = OURS,
    who: str = "sekdes",
) -> Partner:
    """A partner registered by the village secretary of ours, with the people who act for it.

    ``people.mitra`` and ``people.direktur`` (behind ``prefix``) are of the cast from then on.
    """
    partner = actions.register_partner(
        by=people.by(who), region=place(region), kind=kind, name=name, seat=place(region[:5]),
        address="Jalan Serayu 12", size="medium" if kind == "company" else "", contact="kantor@mitra.example.org",
        declared_different=True,
    )  # fmt: skip
    _somebody(people, f"{prefix}mitra", "Agus Prasetyo", roles.PARTNER_REP, partner)
    _somebody(people, f"{prefix}direktur", "Sri Hartati", roles.PARTNER_SIGNATORY, partner)
    return partner


def _somebody(people, username: str, full_name: str, role: roles.Role, partner: Partner) -> None:
    person = Person(username=username, full_name=full_name, created_at=datetime(2024, 1, 1, tzinfo=UTC))
    person.set_unusable_password()
    person.save()
    Appointment.objects.create(
        person=person,
        role=role.key,
        party=partner.code,
        decree="SK 01/2024",
        since=date(2024, 1, 1),
        until=date(2029, 12, 31),
        state=Appointment.State.CONFIRMED,
        state_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    people.held[username] = person


def a_full_file(people, partner: Partner, *, prefix: str = "", region: str = OURS, **answers) -> Verification:
    """A due diligence in which everything is said and recorded: all good, but for ``answers``. Not yet sent."""
    rep = f"{prefix}mitra"
    actions.declare_owners(
        by=people.by(rep), partner=partner,
        owners=[{"name": "Sri Hartati", "capacity": "officer", "political_tie": "tidak ada"}],
    )  # fmt: skip
    verification = actions.start_verification(by=people.by(rep), partner=partner, region=place(region))
    file = file_of(verification, clock.today())
    evidence = [code for each in applicable(book(), file) for code in each.evidence]
    for code in dict.fromkeys([each.code for each in required(book(), file)] + evidence):
        a_document(people, partner, code, prefix=prefix)
    good = {each.code: each.example_answer for each in applicable(book(), file)}
    reasons = {code: "Masih diurus, selesai bulan depan." for code, answer in answers.items() if answer is False}
    return actions.answer_verification(
        by=people.by(rep), verification=verification, answers={**good, **answers}, reasons=reasons, facts={}
    )


def a_document(
    people, partner: Partner, kind: str, *, prefix: str = "", dated: date | None = None, **more
) -> PartnerDocument:
    """Thirty days old, where no other day is given: nothing about it ends soon."""
    dated = dated or clock.today() - timedelta(days=30)
    return actions.add_document(
        by=people.by(f"{prefix}mitra"), partner=partner, kind=kind, number="01/2026", dated=dated, **more
    )


def a_taken_file(people, partner: Partner, *, prefix: str = "", **answers) -> Verification:
    """Sent by the partner and taken by the village's cooperation unit."""
    verification = a_full_file(people, partner, prefix=prefix, **answers)
    actions.submit_verification(by=people.by(f"{prefix}mitra"), verification=verification)
    return actions.take_verification(by=people.by("lksd"), verification=verification)


def looked_at(people, verification: Verification, mark: str = "checked") -> Verification:
    keys = [each.pk for each in documents_of(verification.partner).values()]
    return actions.check_evidence(by=people.by("lksd"), verification=verification, marks=dict.fromkeys(keys, mark))


def concluded(people, verification: Verification) -> VerdictRecord:
    """Closed with whatever verdict follows."""
    verdict = judge(book(), file_of(verification, clock.today())).verdict
    return actions.conclude_verification(by=people.by("lksd"), verification=verification, stated_verdict=verdict)


def a_verified_partner(people, *, prefix: str = "", **more) -> Partner:
    """A partner whose due diligence was concluded today as verified, with ``mitra`` and ``direktur``."""
    partner = a_partner(people, prefix=prefix, **more)
    record = concluded(people, looked_at(people, a_taken_file(people, partner, prefix=prefix)))
    assert record.verdict == "verified", record.repairs
    return partner


def a_village_profile(people, code: str = OURS, who: str = "sekdes"):
    return actions.update_village(
        by=people.by(who), village=place(code), vision="Desa mandiri dan berbudaya", contact_name="Endah Lestari",
        contact_office="Ketua Lembaga Kerja Sama Desa",
    )  # fmt: skip


def a_plan_line(people, *, reference: str = "2.4.3", plan: str = "rkp", year: int = 2026) -> PlanLine:
    return actions.record_plan_line(
        by=people.by("sekdes"), village=place(OURS), plan=plan, reference=reference, year=year,
        field_of_government="pelaksanaan_pembangunan", activity="Pembangunan sarana air bersih",
        execution_mode="pihak_ketiga", estimate=231_000_000, regulation="Peraturan Desa 4 Tahun 2025",
    )  # fmt: skip


def an_asset(people, name: str = "Tanah kas desa blok Sawangan", **more) -> VillageAsset:
    given = {"kind": "land", "quantity": 2_500, "unit": "m²", "certificate": "SHP 12", "recorded": True, **more}
    return actions.record_asset(by=people.by("sekdes"), village=place(OURS), name=name, **given)
