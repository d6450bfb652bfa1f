"""One example village with everything that a public page can show, and everything that it must not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone

from bermitra.agreements.models import Agreement
from bermitra.deliberation.models import Meeting
from bermitra.delivery.models import Applicant, KeptTotal, Training
from bermitra.foundation.accounts import roles
from bermitra.foundation.journal.writing import Line, append
from bermitra.needs.models import Need, Potential
from bermitra.partnership.models import Case, CaseNeed
from bermitra.registry.models import Listing, Partner, UmbrellaRegulation, VillageProfile
from bermitra.selection.models import Answer, Call, Question
from tests.deliberation.makers import an_invited_meeting, bind
from tests.monitoring.makers import an_agreement, measured
from tests.partnership.makers import LONG_AGO, agreed_by_meeting, somebody_in_charge
from tests.people import OURS, People, place
from tests.selection.makers import a_candidate

NOW = datetime(2027, 1, 20, 3, tzinfo=UTC)
NIK, PHONE, ACCOUNT = "3304191708820003", "0812-3456-7890", "rekening BRI 0321 0100 4567 508"
RESIDENTS = ("Tarmi", "Paijo", "Karso", "Ngatini", "Siti Rokhimah", "Kyai Mansur")  # invitees, one of them poor
PEOPLE_OF_PARTNERS = ("Direktur", "Sri Hartati", "Agus Prasetyo", "kantor@mitra.example.org", PHONE)


@dataclass
class Example:
    agreement: Agreement
    call: Call
    partner: Partner
    meeting: Meeting
    need: Need

    @property
    def case(self) -> Case:
        return self.agreement.case


def everything(people: People) -> Example:
    """An agreement in force with money, promises, figures and a training; a call with its result; needs and a meeting."""
    call = a_candidate(people, "mitra", "mitra2")
    Question.objects.create(call=call, text=f"Boleh menelepon {PHONE}?", asked_at=call.opened_at, by="public")
    asked = Question.objects.get(call=call)
    Answer.objects.create(question=asked, text=f"Ya, NIK {NIK} dan {ACCOUNT}.", at=call.opened_at, by="system")
    Call.objects.filter(pk=call.pk).update(goals=f"Panen naik. Hubungi {PHONE}.")
    partner = Partner.objects.get(name="Mitra Contoh 1")
    Partner.objects.filter(pk=partner.pk).update(
        seat=place("33.04"), contact=f"kantor@mitra.example.org {PHONE}", address="Jalan Serayu 12"
    )
    agreement = an_agreement(people, partner=partner, title="Sekolah lapang kapulaga", pages=6, example=True)
    agreed_by_meeting(agreement.sheet)
    measured(people, agreement)
    spent = KeptTotal.objects.create(agreement=agreement, line=agreement.funding.get(number=1), received=30_000_000)
    KeptTotal.objects.filter(pk=spent.pk).update(spent=18_000_000)
    a_training(agreement)
    need = CaseNeed.objects.get(case=agreement.case).need
    Need.objects.filter(pk=need.pk).update(rank=1, title=f"Harga kapulaga yang adil, tanya {PHONE}", poor_households=7)
    Potential.objects.create(
        village_id=OURS, title="Kapulaga", kind="crops", quantity="64.5", unit="ha", season="Maret–Juni", owner="Paijo",
        state="published", created_at=LONG_AGO, created_by="system",
    )  # fmt: skip
    profile = somebody_in_charge()
    VillageProfile.objects.filter(pk=profile.pk).update(account_holder="Kas Desa", account_bank="BRI 0321010004567508")
    UmbrellaRegulation.objects.create(
        village_id=OURS, number="4", year=2025, title="Kerja Sama Desa", dated=date(2025, 3, 1), recorded_at=LONG_AGO,
        recorded_by="system",
    )  # fmt: skip
    meeting = bind(people, an_invited_meeting(people, date(2026, 3, 2)))
    mark_examples()
    tell(agreement.case, "partnership.opened", "agreement.activated")
    agreement.refresh_from_db()
    call.refresh_from_db()
    return Example(agreement, call, Partner.objects.get(pk=partner.pk), meeting, Need.objects.get(pk=need.pk))


def a_training(agreement: Agreement) -> Training:
    training = Training.objects.create(
        agreement=agreement, title="Jemur dan panen", need_basis="Panen", competency="menjemur", provider="Fakultas",
        hours=16, seats=20, starts=date(2026, 8, 8), state="completed", planned_at=LONG_AGO, planned_by="system",
    )  # fmt: skip
    names = [("Tarmi", "P", True), ("Paijo", "L", False), *((f"Warga {n}", "LP"[n % 2], False) for n in range(12))]
    for name, sex, poor in names:
        Applicant.objects.create(
            training=training, name=name, name_key=name.lower(), sex=sex, hamlet="Kulon", poor=poor, state="attended",
            applied_at=LONG_AGO, entered_by="system",
        )  # fmt: skip
    return training


def mark_examples() -> None:
    for kind in (Case, Partner, Need, Potential, Meeting, Agreement):
        kind.objects.update(example=True)


def tell(case: Case, *verbs: str) -> None:
    """Lines of the journal about a case whose rows were written without it."""
    lines = [Line(verb, f"case:{case.code}", OURS) for verb in verbs]
    append(lines, act="CONTOH0001", at=LONG_AGO, actor=case.opened_by, role=roles.VILLAGE_HEAD.key, door="test")


def listed(partner: Partner) -> Listing:
    return Listing.objects.create(
        name=partner.name, legal_name_key=partner.legal_name_key, partner=partner, region=place("33.04"),
        source="Surat Bupati", basis="Perbup 1", since=date(2026, 1, 1), listed_at=timezone.now(), listed_by="system",
    )  # fmt: skip
