"""The life of a potential, and what its sheet must say."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# What is added to the sheet, also to one that is published.
ADDING = ("needs.rate_potential", "needs.locate_potential", "needs.value_potential", "needs.verify_potential")

POTENTIAL = Flow(
    "potential",
    [
        Move("start", "draft", "needs.record_potential"),
        Move("draft", "published", "needs.publish_potential"),
        Move("draft", "archived", "needs.archive_potential"),
        Move("published", "archived", "needs.archive_potential"),
        Move("draft", "draft", "needs.revise_potential"),
        *(Move(state, state, door) for state in ("draft", "published") for door in ADDING),
        Move("published", "published", "needs.print_potential"),
        Move("archived", "draft", "needs.revise_potential"),
        Move("published", "draft", "needs.revise_potential"),
    ],
)
POTENTIAL_LABELS: dict[str, Label] = {
    "draft": Label(_("Draf"), _("Draf potensi"), _("Menunggu pencatat melengkapi lembar potensi."), "inventarisasi"),
    "published": Label(_("Tersedia"), _("Lembar potensi terbit"), _("Menunggu mitra yang berminat."), "inventarisasi"),
    "archived": Label(_("Tidak ditawarkan lagi"), _("Diarsipkan"), _("Tidak ada yang ditunggu."), "inventarisasi"),
}


@dataclass(frozen=True)
class PotentialFacts:
    measured: bool
    season: str
    owner: str
    environment_note: str
    culture_note: str


@rule(
    "ND-07",
    says=_("Lembar potensi harus memuat ukuran, musim, pemilik, dan keterangan lingkungan serta budaya."),
    remedy=_("Lengkapi ukuran, musim, pemilik, serta catatan lingkungan dan budaya."),
    basis="Permendagri 96/2017 ps 14 (informasi dan data)",
    status=Status.SOURCED,
)
def potential_sheet_measured(f: PotentialFacts) -> bool:
    return f.measured and "" not in (f.season, f.owner, f.environment_note, f.culture_note)


PUBLISHING: tuple[Rule, ...] = (potential_sheet_measured,)


@dataclass(frozen=True)
class RatedFacts:
    """``rated``: its strength was chosen on the scale. By their codes: who looks at it, and who wrote or rated it."""

    rated: bool
    verifier: str
    said_by: frozenset[str]


@rule(
    "ND-17",
    says=_("Potensi yang sudah dinilai kekuatannya diperiksa oleh orang yang tidak menulis atau menilainya."),
    remedy=_("Nilai kekuatannya, lalu minta anggota BPD atau pendamping memeriksa."),
    basis="product: separation of duties",
    status=Status.PRODUCT,
)
def potential_verified_by_another(f: RatedFacts) -> bool:
    return f.rated and f.verifier not in f.said_by


VERIFYING_POTENTIAL: tuple[Rule, ...] = (potential_verified_by_another,)
