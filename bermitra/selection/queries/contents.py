"""What a proposal says: to its partner always, to others once it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.documents.models import StoredFile
from bermitra.partnership.rules import INTRODUCED
from bermitra.selection.models import Proposal, ProposalVersion, Reading
from bermitra.selection.rules import READ_IN


def newest_version(proposal: Proposal) -> ProposalVersion | None:
    return ProposalVersion.objects.filter(proposal=proposal).order_by("-number").first()


def content_for_partner(proposal: Proposal) -> dict[str, Any]:
    """What the partner itself has written: its draft, else what it sent last."""
    if proposal.draft:
        return dict(proposal.draft)
    sent = newest_version(proposal)
    return dict(sent.content) if sent else {}


def offer_is_written(proposal: Proposal) -> bool:
    """Whether its partner still writes on an offer to a village: not sent yet, or sent back."""
    if proposal.case is None:
        return proposal.state == "draft"
    return proposal.case.state in (INTRODUCED, "returned_to_partner")


def is_open_to_read(proposal: Proposal) -> bool:
    """Proposals to a call are read once they were opened with minutes; an offer to a village once it was sent."""
    if proposal.call is None:
        return proposal.state == "sent"
    return proposal.call.state in READ_IN and proposal.state not in ("draft", "withdrawn", "late")


def opened(proposal: Proposal, person: Person) -> ProposalVersion | None:
    """The content for somebody outside the partner who has opened it through ``selection.read_proposal``; else nothing."""
    sent = newest_version(proposal) if is_open_to_read(proposal) else None
    if sent is None or not Reading.objects.filter(version=sent, person=person).exists():
        return None
    return sent


@dataclass(frozen=True)
class Attached:
    """A file that goes with a proposal; ``sent``: it stands in the version that was sent last."""

    pk: int
    title: str
    file: StoredFile
    sent: bool


def sealed_files(version: ProposalVersion) -> list[Attached]:
    """Exactly what was sealed, under its titles of that day; what the partner lays beside it later is not among them."""
    laid = {each.file.sha256: each for each in version.proposal.files.select_related("file")}
    found = [(laid[each["sha256"]], each["title"]) for each in version.content.get("files", ())]
    return [Attached(each.pk, title, each.file, sent=True) for each, title in found]


def files_for_partner(proposal: Proposal) -> list[Attached]:
    """What the partner itself has laid beside its proposal, sent or not."""
    version = newest_version(proposal)
    sent = {(each["sha256"], each["title"]) for each in version.content.get("files", ())} if version else set()
    laid = proposal.files.select_related("file").order_by("pk")
    return [Attached(each.pk, each.title, each.file, (each.file.sha256, each.title) in sent) for each in laid]


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical content: what is committed when it is sealed."""
    return sha256(rfc8785.dumps(content)).hexdigest()


def newest_versions(proposals: Sequence[Proposal]) -> dict[int, ProposalVersion]:
    """The newest version by the key of its proposal. One statement."""
    found = ProposalVersion.objects.filter(proposal__in=proposals).order_by("number")
    return {each.proposal_id: each for each in found}
