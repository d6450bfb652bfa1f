"""Calls, sealed proposals, the panel and what it wrote, the ranking, and what was said against it."""

from bermitra.selection.models.calls import (
    Answer,
    Call,
    CallChange,
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
from bermitra.selection.models.direct import (
    DirectAppointment,
)
from bermitra.selection.models.dossiers import (
    Dossier,
)
from bermitra.selection.models.objections import (
    Objection,
    ObjectionStep,
)
from bermitra.selection.models.offers import (
    RivalCall,
    WrittenAnswer,
)
from bermitra.selection.models.panel import (
    Moderation,
    ModerationPoint,
    SiteVisit,
)
from bermitra.selection.models.proposals import (
    Proposal,
    ProposalFile,
    ProposalVersion,
    Reading,
)
from bermitra.selection.models.scores import (
    Candidacy,
    Feedback,
    GuardList,
    Ranking,
    Score,
)

__all__ = [
    "OUT",
    "Answer",
    "Call",
    "CallChange",
    "Candidacy",
    "Criterion",
    "DirectAppointment",
    "Dossier",
    "Feedback",
    "GuardList",
    "InterestDeclaration",
    "Json",
    "Moderation",
    "ModerationPoint",
    "Objection",
    "ObjectionStep",
    "PanelManager",
    "Panelist",
    "Proposal",
    "ProposalFile",
    "ProposalVersion",
    "Question",
    "Ranking",
    "Reading",
    "RivalCall",
    "Score",
    "SiteVisit",
    "WrittenAnswer",
    "_code",
]
