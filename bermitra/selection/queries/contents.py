"""What a proposal says: to its partner always, to others once it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785
from django.db.models import Exists, OuterRef

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.models import StoredFile
from bermitra.partnership.rules import INTRODUCED
from bermitra.selection.models import Proposal, ProposalVersion, Reading
from bermitra.selection.queries.panel import interest_known
from bermitra.selection.rules import READ_IN, UNREAD


def newest_version(proposal: Proposal) -> ProposalVersion | None:
    return ProposalVersion.objects.filter(proposal=proposal).order_by("-number").first()


def content_for_partner(proposal: Proposal) -> dict[str, Any]:
    """What the partner itself has written: its draft, else what it sent last."""
    if proposal.draft:
        return dict(proposal.draft)
    sent = newest_version(proposal)
    return dict(sent.content) if sent else {}


# States of an own offer that is in the hands of the village, or was.
HANDED_IN = ("sent", "compared", "not_chosen", "not_repaired")


def offer_is_written(proposal: Proposal) -> bool:
    """Whether its partner still writes on an offer to a village: not sent yet, sent back, or a rival before the deadline."""
    if (asked := proposal.rival_of) is not None:
        running = asked.opened_at is None and asked.closed_at is None and clock.now() <= asked.deadline
        return running and proposal.state in ("draft", "sealed")
    if proposal.case is None:
        return proposal.state == "draft"
    return proposal.case.state in (INTRODUCED, "returned_to_partner")


def is_open_to_read(proposal: Proposal) -> bool:
    """Proposals to a call and rivals are read once they were opened with minutes; an offer to a village once it was sent."""
    if proposal.call is None:
        asked = proposal.rival_of
        return proposal.state in HANDED_IN and (asked is None or asked.opened_at is not None)
    return proposal.call.state in READ_IN and proposal.state not in UNREAD


def opened(proposal: Proposal, person: Person) -> ProposalVersion | None:
    """The content for somebody outside the partner who has opened it through ``selection.read_proposal``; else nothing. Nor
    for whoever has read it, and of whom an interest is known by now (SL-12)."""
    if not is_open_to_read(proposal):
        return None
    read = Exists(Reading.objects.filter(version=OuterRef("pk"), person=person))
    sent = ProposalVersion.objects.filter(proposal=proposal).annotate(was_read=read).order_by("-number").first()
    if sent is None or not sent.was_read:
        return None
    sent.proposal = proposal
    return None if proposal.call is not None and interest_known(proposal.call, person) else sent


@dataclass(frozen=True)
class Attached:
    """A file that goes with a proposal; ``sent``: it stands in the version that was sent last, or was brought later because
    the panel had asked for it."""

    pk: int
    title: str
    file: StoredFile
    sent: bool


def sealed_files(version: ProposalVersion) -> list[Attached]:
    """Exactly what was sealed, under its titles of that day; of what the partner laid beside it later only what the panel had
    asked for, after it."""
    beside = list(version.proposal.files.select_related("file").order_by("pk"))
    laid = {each.file.sha256: each for each in beside}
    found = [(laid[each["sha256"]], each["title"]) for each in version.content.get("files", ())]
    sealed = {each["sha256"] for each in version.content.get("files", ())}
    found += [(each, each.title) for each in beside if each.brought_at is not None and each.file.sha256 not in sealed]
    return [Attached(each.pk, title, each.file, sent=True) for each, title in found]


def files_for_partner(proposal: Proposal) -> list[Attached]:
    """What the partner itself has laid beside its proposal, sent or not."""
    version = newest_version(proposal)
    sent = {(each["sha256"], each["title"]) for each in version.content.get("files", ())} if version else set()
    laid = proposal.files.select_related("file").order_by("pk")
    return [
        Attached(each.pk, each.title, each.file, each.brought_at is not None or (each.file.sha256, each.title) in sent)
        for each in laid
    ]


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical content: what is committed when it is sealed."""
    return sha256(rfc8785.dumps(content)).hexdigest()


def newest_versions(proposals: Sequence[Proposal]) -> dict[int, ProposalVersion]:
    """The newest version by the key of its proposal. One statement."""
    found = ProposalVersion.objects.filter(proposal__in=proposals).order_by("number")
    return {each.proposal_id: each for each in found}
