"""Verbs of a batch. Each only proposes: every village has its own meeting, turn, acceptance, number and signature."""

from __future__ import annotations

from bermitra.agreements import queries as texts
from bermitra.agreements.actions import change_text
from bermitra.agreements.batches import queries
from bermitra.agreements.batches.models import Batch
from bermitra.agreements.batches.rules import AT_ONCE, OFFERING, MemberFacts, is_local
from bermitra.agreements.models import Agreement
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.partnership.models import Case


@command("agreements.open_batch", on="agreement")
def open_batch(act: Act, *, agreement: Agreement, title: str, cases: list[Case]) -> Batch:
    """Take the words of one text as the pattern for other villages of the same partner and form."""
    content, form = texts.newest_version(agreement).content, agreement.forms[0]
    for case in cases:
        act.require(
            OFFERING, MemberFacts(case.partner_id == agreement.partner_id, form in case.forms, own_consent=True)
        )
    batch = Batch.objects.create(
        partner=agreement.partner,
        title=title,
        form=form,
        pattern=agreement,
        blanks={name: value for name, value in content["blanks"].items() if not is_local(name)},
        wording=content["wording"],
        example=agreement.example,
        opened_at=act.now,
        opened_by=act.by.code,
    )
    batch.cases.set([agreement.case, *cases])
    act.log("batch.opened", batch, villages=len(cases) + 1)
    return batch


@command("agreements.offer_batch", on="batch")
def offer_batch(act: Act, *, batch: Batch, agreements: list[Agreement], reason: str) -> Batch:
    """Propose the words to these texts, each by the partner in its turn, ``AT_ONCE`` at most.

    An article that a village has changed itself is left as the village has it.
    """
    done = 0
    for agreement in agreements[:AT_ONCE]:
        act.require(OFFERING, queries.member_facts(batch, agreement))
        words = queries.words_for(batch, agreement, texts.newest_version(agreement))
        if words["wording"] or words["blanks"]:
            change_text(act, agreement=agreement, reason=reason, wording=words["wording"], blanks=words["blanks"])
            done += 1
    act.log("batch.offered", batch, texts=done)
    return batch
