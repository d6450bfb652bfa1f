"""The five gates of a pair, and the life of a shortlist. Pure.

``engine/score.py`` asks the same five of all pairs at once; here they stand one by one, in the same order, with their sentence
and remedy, for the page that says why a pair is not on a list.
"""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

SHORTLIST_FLOW = Flow(
    "shortlist",
    (
        Move("start", "asked", "matching.ask_shortlist"),
        Move("asked", "computing", "matching.begin_shortlist"),
        Move("computing", "computing", "matching.begin_shortlist"),  # the worker was stopped, and takes it up again
        Move("computing", "ready", "matching.finish_shortlist"),
        Move("computing", "failed", "matching.fail_shortlist"),
        Move("ready", "replaced", "matching.finish_shortlist"),  # by the next one of its regency
    ),
)
WAITING = ("asked", "computing")


@dataclass(frozen=True)
class AskingFacts:
    """``waiting``: a shortlist of this regency is asked for and not ready yet. ``offers``: published ones that reach it.
    ``outlived``: lists are read there that name offers, and must end where no offer is left."""

    waiting: bool
    offers: int
    outlived: bool = False


@rule(
    "MT-15",
    says=_("Kabupaten ini hanya memiliki satu permintaan hitung pada satu waktu."),
    remedy=_("Tunggu hitungan yang sedang berjalan; halaman ini memuat ulang sendiri."),
    basis="product",
    status=Status.PRODUCT,
)
def one_at_a_time(f: AskingFacts) -> bool:
    return not f.waiting


@rule(
    "MT-16",
    says=_("Sedikitnya satu tawaran mitra yang terbit harus menjangkau kabupaten ini."),
    remedy=_("Ajak mitra menerbitkan tawaran untuk kabupaten ini."),
    basis="product",
    status=Status.PRODUCT,
)
def something_is_offered(f: AskingFacts) -> bool:
    return f.offers > 0 or f.outlived


ASKING: tuple[Rule, ...] = (one_at_a_time, something_is_offered)


@dataclass(frozen=True)
class PairFacts:
    """One village and one offer as the gates see them: counts, whole rupiah, whole percents.

    ``vision_percent`` is for the reader, rounded down; the gate itself is asked of the three counts of goals, exactly.
    """

    covers: bool
    shared_sectors: int
    vetoes_touched: int
    ask_low: int
    ask_high: int
    budget_low: int
    budget_high: int
    goals_village: int
    goals_offer: int
    goals_shared: int
    vision_percent: int
    vision_min_percent: int


@rule(
    "MT-01",
    says=_("Tawaran ini harus menjangkau kabupaten atau kota desa."),
    remedy=_("Tambahkan wilayah ini pada tawaran, atau pilih tawaran lain."),
    basis="product",
    status=Status.PRODUCT,
)
def serves_this_area(f: PairFacts) -> bool:
    return f.covers


@rule(
    "MT-02",
    says=_("Kebutuhan desa dan kemampuan mitra harus bertemu sedikitnya pada satu bidang."),
    remedy=_("Periksa bidang kebutuhan dan bidang tawaran."),
    basis="product",
    status=Status.PRODUCT,
)
def shares_a_sector(f: PairFacts) -> bool:
    return f.shared_sectors >= 1


@rule(
    "MT-03",
    says=_("Risiko mitra tidak boleh menyentuh pantangan desa."),
    remedy=_("Hilangkan risiko itu dari tawaran; pantangan hanya dicabut lewat musyawarah."),
    basis="product: a village may refuse",
    status=Status.PRODUCT,
)
def no_veto_touched(f: PairFacts) -> bool:
    return f.vetoes_touched == 0


@rule(
    "MT-04",
    says=_("Kebutuhan dana desa dan anggaran mitra harus bertemu."),
    remedy=_("Pecah kegiatan, tambah sumber dana, atau sesuaikan rentang anggaran."),
    basis="product",
    status=Status.PRODUCT,
)
def budgets_meet(f: PairFacts) -> bool:
    return f.ask_low <= f.budget_high and f.budget_low <= f.ask_high


@rule(
    "MT-05",
    says=_("Sedikitnya {vision_min_percent}% tujuan kedua pihak harus sama."),
    remedy=_("Pilih tujuan lain yang memang dikejar, atau cari tawaran lain."),
    basis="product",
    status=Status.PRODUCT,
)
def vision_alike(f: PairFacts) -> bool:
    """Shared goals over the geometric mean of both numbers of goals, compared without a root: squares are whole."""
    both = f.goals_village * f.goals_offer
    if not both:
        return f.vision_min_percent == 0
    return (100 * f.goals_shared) ** 2 >= f.vision_min_percent**2 * both


GATES: tuple[Rule, ...] = (serves_this_area, shares_a_sector, no_veto_touched, budgets_meet, vision_alike)
