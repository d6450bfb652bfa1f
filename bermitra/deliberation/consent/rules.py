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


# What happens at each step and what residents get there. Whoever stands at one reads it with RIGHT_TO_REFUSE.
CONSENT_ABOUT: dict[str, str] = {
    "preconditions": _("Desa dan mitra menjelaskan rencana serta hak warga; warga menerima informasi tertulis untuk dibawa pulang."),
    "social_preparation": _("Warga memilih sendiri wakilnya, laki-laki dan perempuan, serta aturan dan waktu bertemu."),
    "tenure_study": _("Warga memetakan tanah, air, hutan, dan tempat adat yang dipakainya; salinan peta tinggal pada warga."),
    "consultation": _("Mitra menjawab pertanyaan warga tentang manfaat dan risiko, lalu meninggalkan ruangan."),
    "negotiation": _("Warga merundingkan syarat dan batas; usul warga ditulis dan dijawab satu per satu."),
    "formalisation": _("Kelompok terdampak menyatakan setuju atau tidak; surat pernyataan dan syaratnya disimpan warga."),
}  # fmt: skip
RIGHT_TO_REFUSE = _("Warga boleh menolak sekarang, tanpa harus memberi alasan kepada mitra.")


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
class InformingFacts(DayFacts):
    """``case_village`` is the village of the case that the consent is about, empty where nobody knows such a case."""

    village: str
    case_village: str


@rule(
    "DB-57",
    says=_("PADIATAPA dimulai oleh desa yang memiliki kemitraan itu."),
    remedy=_("Periksa kode kemitraan; kode ini milik desa lain."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def begun_by_the_village_of_the_case(f: InformingFacts) -> bool:
    return f.case_village in ("", f.village)


@dataclass(frozen=True)
class ConsentFacts(DayFacts):
    """``days_since_information``: since the step before, or for the first since the information was handed over.

    ``recorded_all_before``: whoever records this step has recorded every earlier one of the round.
    """

    step: int
    previous_step: int
    minutes_attached: bool
    days_since_information: int
    study_days: int
    affected_present: int = field(default=0)
    local_language_minutes: bool = field(default=False)
    given_by: str = field(default="")
    scan_used_before: bool = field(default=False)
    recorded_all_before: bool = field(default=False)


@rule(
    "DB-23",
    says=_("Tahap PADIATAPA harus berurutan, berberita acara, dan memberi waktu {consent_information_days} hari."),
    remedy=_("Selesaikan tahap sebelumnya, lampirkan berita acaranya, dan beri warga waktu membaca."),
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


@rule(
    "DB-35",
    says=_("Setiap tahap PADIATAPA memakai berita acaranya sendiri."),
    remedy=_("Unggah pindaian berita acara tahap ini; yang ini sudah dipakai."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def each_step_has_its_own_minutes(f: ConsentFacts) -> bool:
    return not f.scan_used_before


@rule(
    "DB-58",
    says=_("Persetujuan warga tidak dicatat oleh orang yang mencatat sendiri semua tahap sebelumnya."),
    remedy=_("Minta Ketua BPD atau wakil kelompok yang lain mencatat persetujuannya."),
    basis="product; praktik PADIATAPA",
    status=Status.PRODUCT,
)
def more_than_one_recorded_the_round(f: ConsentFacts) -> bool:
    return not f.recorded_all_before


INFORMING: tuple[Rule, ...] = (consent_day_has_come, begun_by_the_village_of_the_case)
STEPPING: tuple[Rule, ...] = (consent_steps_in_order, each_step_has_its_own_minutes, consent_day_has_come)
CONSENTING: tuple[Rule, ...] = (
    consent_steps_in_order,
    affected_group_decides,
    each_step_has_its_own_minutes,
    consent_day_has_come,
    more_than_one_recorded_the_round,
)
