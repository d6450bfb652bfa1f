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


SCORING: tuple[Rule, ...] = (score_with_reason,)

REVEALING: tuple[Rule, ...] = (all_scores_in,)
