"""Levels with reasons, and when they are laid side by side."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class ScoreFacts:
    levels: tuple[int, ...]
    reasons: int
    shortest_reason: int
    score_reason_characters: int


@rule(
    "SL-16",
    says=_(
        "Setiap tingkat nilai harus antara nol dan empat, disertai alasan {score_reason_characters} huruf atau lebih."
    ),
    remedy=_("Isi tingkat nol sampai empat dan alasannya pada setiap kriteria."),
    basis="product: reasoned selection",
    status=Status.PRODUCT,
    switchable=True,
)
def score_with_reason(f: ScoreFacts) -> bool:
    in_range = all(0 <= level <= 4 for level in f.levels)
    return in_range and f.reasons == len(f.levels) and f.shortest_reason >= f.score_reason_characters


@dataclass(frozen=True)
class ScorersFacts:
    finished_scorers: int
    scorers: int
    panel_min: int


@rule(
    "SL-17",
    says=_("Nilai baru dibuka setelah semua penilai selesai."),
    remedy=_("Minta penilai yang belum selesai melengkapi nilainya."),
    basis="product: own score hidden until all are in",
    status=Status.PRODUCT,
)
def all_scores_in(f: ScorersFacts) -> bool:
    return f.finished_scorers == f.scorers and f.scorers >= f.panel_min


@dataclass(frozen=True)
class VisionBoundFacts:
    """The level given on a criterion that is bounded by the vision agreement, and the highest one that it allows."""

    level: int
    highest_level: int


@rule(
    "SL-43",
    says=_("Tingkat kesesuaian tidak boleh melampaui batas menurut kesepakatan visi."),
    remedy=_("Pilih tingkat yang masih dibolehkan; batasnya tertulis pada halaman penilaian."),
    basis="product: strict selection for the same goals and vision",
    status=Status.PRODUCT,
)
def fit_bounded_by_vision(f: VisionBoundFacts) -> bool:
    return f.level <= f.highest_level


@dataclass(frozen=True)
class ModerationFacts:
    """``moderated``: each criterion of each proposal whose levels lie that far apart has its note, long enough."""

    widest_spread_levels: int
    moderated: bool
    score_spread_levels: int


@rule(
    "SL-18",
    says=_("Selisih nilai {score_spread_levels} tingkat atau lebih harus dimoderasi dan dicatat."),
    remedy=_("Adakan moderasi; catat pembahasan setiap selisih, {score_reason_characters} huruf atau lebih."),
    basis="product: strict selection",
    status=Status.PRODUCT,
    switchable=True,
)
def wide_spread_moderated(f: ModerationFacts) -> bool:
    return f.widest_spread_levels < f.score_spread_levels or f.moderated


@dataclass(frozen=True)
class AnotherRoundFacts:
    """``rounds_again``: further rounds by moderation since the call was opened. ``wide``: levels of this round lie apart."""

    rounds_again: int
    wide: bool


@rule(
    "SL-44",
    says=_("Moderasi hanya boleh memulai satu putaran nilai lagi, dan hanya bila selisihnya lebar."),
    remedy=_("Catat pembahasan selisih dan lanjutkan dengan nilai yang ada."),
    basis="product: strict selection",
    status=Status.PRODUCT,
)
def one_more_round(f: AnotherRoundFacts) -> bool:
    return f.rounds_again == 0 and f.wide


SCORING: tuple[Rule, ...] = (score_with_reason,)

BOUNDED: tuple[Rule, ...] = (fit_bounded_by_vision,)

REVEALING: tuple[Rule, ...] = (all_scores_in,)

MODERATING: tuple[Rule, ...] = (wide_spread_moderated,)

SCORING_AGAIN: tuple[Rule, ...] = (one_more_round,)
