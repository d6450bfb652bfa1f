"""The agreement: its text by turns, what it binds both sides to, its permits and decrees, and its signatures.

The tables of the inner rooms stand with the others for whoever looks for them.
"""

from bermitra.agreements.batches.models import Batch
from bermitra.agreements.chains.models import ChainPlace
from bermitra.agreements.changing.models import (
    AddendumConfirmation,
    AddendumScan,
    AddendumSlot,
    Amendment,
    EndReminder,
    Evaluation,
    Suspension,
)
from bermitra.agreements.existing.addenda.models import (
    EarlierAddendum,
    EarlierAddendumConfirmation,
    EarlierAddendumScan,
)
from bermitra.agreements.existing.models import (
    EarlierAgreement,
    EarlierEntry,
    ProposalLoad,
    ProposedAgreement,
)
from bermitra.agreements.joint.body.models import (
    JointBody,
    JointBodyAcceptance,
    JointBodySeat,
    JointDue,
    JointDuePayment,
    JointDueReceipt,
    JointHeadSignature,
    JointHeadSignedFile,
    JointMembership,
)
from bermitra.agreements.joint.models import (
    JointConsultation,
    JointParty,
    JointRegulation,
    JointSignedFile,
    JointTextAcceptance,
    JointTextSignature,
    JointVersion,
)
from bermitra.agreements.models.binding import (
    Annex,
    AssetUse,
    FundingLine,
    LimitLine,
    Obligation,
    SanctionLine,
)
from bermitra.agreements.models.comments import DraftComment
from bermitra.agreements.models.drafting import (
    Acceptance,
    Agreement,
    BpdDecree,
    Content,
    DraftVersion,
    LegalReview,
    Permit,
    _code,
)
from bermitra.agreements.models.signing import (
    SIGNATURE_FIELDS,
    Signature,
    SignatureSlot,
    SignedFile,
    WetConfirmation,
    WetScan,
)
from bermitra.agreements.models.summary import LocalSummary, LocalSummaryRead, SummaryTold
from bermitra.agreements.villages.models import Takeover, TakeoverAnswer, VillageChange
from bermitra.agreements.warnings.models import WarnedOf, WarningLetter, WarningWord

__all__ = [
    "SIGNATURE_FIELDS",
    "Acceptance",
    "AddendumConfirmation",
    "AddendumScan",
    "AddendumSlot",
    "Agreement",
    "Amendment",
    "Annex",
    "AssetUse",
    "Batch",
    "BpdDecree",
    "ChainPlace",
    "Content",
    "DraftComment",
    "DraftVersion",
    "EarlierAddendum",
    "EarlierAddendumConfirmation",
    "EarlierAddendumScan",
    "EarlierAgreement",
    "EarlierEntry",
    "EndReminder",
    "Evaluation",
    "FundingLine",
    "JointBody",
    "JointBodyAcceptance",
    "JointBodySeat",
    "JointConsultation",
    "JointDue",
    "JointDuePayment",
    "JointDueReceipt",
    "JointHeadSignature",
    "JointHeadSignedFile",
    "JointMembership",
    "JointParty",
    "JointRegulation",
    "JointSignedFile",
    "JointTextAcceptance",
    "JointTextSignature",
    "JointVersion",
    "LegalReview",
    "LimitLine",
    "LocalSummary",
    "LocalSummaryRead",
    "Obligation",
    "Permit",
    "ProposalLoad",
    "ProposedAgreement",
    "SanctionLine",
    "Signature",
    "SignatureSlot",
    "SignedFile",
    "SummaryTold",
    "Suspension",
    "Takeover",
    "TakeoverAnswer",
    "VillageChange",
    "WarnedOf",
    "WarningLetter",
    "WarningWord",
    "WetConfirmation",
    "WetScan",
    "_code",
]
