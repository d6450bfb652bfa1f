"""Free, prior and informed consent (PADIATAPA): its steps in order, and whose yes or no it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

CONSENT_STEPS = (
    "preconditions",
    "social_preparation",
    "tenure_study",
    "consultation",
    "negotiation",
    "formalisation",
)
CONSENT = Flow(
    "consent",
    [
        Move("start", "preconditions", "deliberation.begin_consent"),
        Move("refused", "preconditions", "deliberation.begin_consent"),
        *(Move(here, after, "deliberation.record_consent_step") for here, after in pairwise(CONSENT_STEPS)),
        Move("formalisation", "given", "deliberation.give_consent"),
        *(Move(state, "refused", "deliberation.refuse_consent") for state in (*CONSENT_STEPS, "given")),
    ],
)

CONSENT_LABELS: dict[str, Label] = {
    "preconditions": Label(
        _("Prakondisi"), _("Tahap prakondisi"), _("Menunggu desa dan mitra menyiapkan prakondisi."), "padiatapa"
    ),
    "social_preparation": Label(
        _("Persiapan sosial"), _("Tahap persiapan sosial"), _("Menunggu pendamping menyiapkan warga."), "padiatapa"
    ),
    "tenure_study": Label(
        _("Kajian lahan dan peta"),
        _("Kajian lahan dan peta bersama"),
        _("Menunggu peta bersama disetujui warga."),
        "padiatapa",
    ),
    "consultation": Label(
        _("Konsultasi warga"), _("Penjelasan dan konsultasi"), _("Menunggu warga mempelajari informasi."), "padiatapa"
    ),
    "negotiation": Label(
        _("Perundingan"), _("Perundingan dan kesepakatan"), _("Menunggu warga terdampak berunding."), "padiatapa"
    ),
    "formalisation": Label(
        _("Pengesahan kesepakatan"),
        _("Pengesahan dan pemantauan"),
        _("Menunggu warga terdampak mengesahkan kesepakatan."),
        "padiatapa",
    ),
    "given": Label(
        _("Persetujuan diberikan"),
        _("Persetujuan diberikan, dipantau"),
        _("Tidak ada yang ditunggu."),
        "padiatapa_setuju",
    ),
    "refused": Label(_("Warga menolak"), _("Persetujuan ditolak"), _("Tidak ada yang ditunggu."), "padiatapa_menolak"),
}


@dataclass(frozen=True)
class DayFacts:
    """The day of something that has happened, and the day on which it is recorded."""

    held_on: date
    recorded_on: date


@rule(
    "DB-34",
    says=_("Tahap PADIATAPA dicatat setelah harinya tiba."),
    remedy=_("Periksa tanggalnya; catat setelah pertemuan selesai."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def consent_day_has_come(f: DayFacts) -> bool:
    return f.held_on <= f.recorded_on


@dataclass(frozen=True)
class ConsentFacts(DayFacts):
    """``days_since_information``: since the step before, or for the first since the information was handed over."""

    step: int
    previous_step: int
    minutes_attached: bool
    days_since_information: int
    study_days: int
    affected_present: int = field(default=0)
    local_language_minutes: bool = field(default=False)
    given_by: str = field(default="")


@rule(
    "DB-23",
    says=_("Tahap PADIATAPA harus berurutan, berberita acara, dan memberi waktu {consent_information_days} hari."),
    remedy=_("Selesaikan tahap sebelumnya dan beri warga waktu membaca informasi."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def consent_steps_in_order(f: ConsentFacts) -> bool:
    return f.step == f.previous_step + 1 and f.minutes_attached and f.days_since_information >= f.study_days


@rule(
    "DB-24",
    says=_("Persetujuan PADIATAPA harus diberikan kelompok terdampak sendiri, dalam bahasa yang dipahami."),
    remedy=_("Adakan pertemuan kelompok terdampak dengan penjelasan dalam bahasa setempat."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def affected_group_decides(f: ConsentFacts) -> bool:
    return f.affected_present > 0 and f.local_language_minutes and f.given_by == "affected_group"


INFORMING: tuple[Rule, ...] = (consent_day_has_come,)
STEPPING: tuple[Rule, ...] = (consent_steps_in_order, consent_day_has_come)
CONSENTING: tuple[Rule, ...] = (consent_steps_in_order, affected_group_decides, consent_day_has_come)
