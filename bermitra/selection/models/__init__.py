"""Calls, sealed proposals, the panel and what it wrote, the ranking, and what was said against it."""

from bermitra.selection.models.calls import (
    Answer,
    Call,
    Criterion,
    InterestDeclaration,
    Panelist,
    PanelManager,
    Question,
)
from bermitra.selection.models.codes import (
    OUT,
    Json,
    _code,
)
from bermitra.selection.models.objections import (
    Objection,
)
from bermitra.selection.models.offers import (
    WrittenAnswer,
)
from bermitra.selection.models.proposals import (
    Proposal,
    ProposalFile,
    ProposalVersion,
    Reading,
)
from bermitra.selection.models.scores import (
    Candidacy,
    Ranking,
    Score,
)

__all__ = [
    "OUT",
    "Answer",
    "Call",
    "Candidacy",
    "Criterion",
    "InterestDeclaration",
    "Json",
    "Objection",
    "PanelManager",
    "Panelist",
    "Proposal",
    "ProposalFile",
    "ProposalVersion",
    "Question",
    "Ranking",
    "Reading",
    "Score",
    "WrittenAnswer",
    "_code",
]
