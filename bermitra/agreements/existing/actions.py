"""Verbs of earlier agreements: the regency's list, the village's record, what is added to it, and how it comes to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bermitra.agreements.existing import queries
from bermitra.agreements.existing.models import (
    COLUMNS,
    EMPTY,
    FILES,
    EarlierAgreement,
    EarlierEntry,
    ProposalLoad,
    ProposedAgreement,
)
from bermitra.agreements.existing.rules import (
    COMPLETING,
    DUPLICATING,
    EARLIER,
    OPEN_IN,
    PROPOSAL_FLOW,
    RECORDED_IN,
    RECORDING,
    CompletingFacts,
    RecordFacts,
)
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.models import Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Rule
from bermitra.foundation.text import _, shown
from bermitra.partnership.life import begin, move
from bermitra.partnership.models import Case
from bermitra.partnership.queries import require
from bermitra.partnership.rules import FLOW as CASE_FLOW
from bermitra.partnership.rules import LEAVING, OPENING, REGISTER_EXISTING, LeavingFacts
from bermitra.registry.actions import register_partner
from bermitra.registry.models import Partner
from bermitra.registry.rules import LOADING, TableFacts

HEAD, SECRETARY, BPD = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key
TITLE = 120  # letters of a scope that name the partnership in lists
COOPERATION = Subject.Kind.COOPERATION.value


# The regency's list -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Proposal:
    """A row of the regency's list as it was read: ``values`` by column, days as ISO text, what is not known left out."""

    row: int
    village: Region
    partner_name: str
    values: Mapping[str, Any]


@command("agreements.propose_existing", on="region")
def propose_existing(
    act: Act, *, region: Region, proposals: Sequence[Proposal], file_name: str, file_hash: str, skipped: int = 0
) -> ProposalLoad:
    """Lay the regency's list before its villages (RG-26). It records nothing: each village says what is so."""
    if any(not each.village.pk.startswith(f"{region.pk}.") for each in proposals):
        raise ValueError("a village of another regency")
    before = ProposalLoad.objects.filter(region=region, file_hash=file_hash).exists()
    act.require(LOADING, TableFacts(rows=len(proposals), loaded_before=before), standing(region.pk))
    load = ProposalLoad.objects.create(
        region=region,
        file_name=file_name,
        file_hash=file_hash,
        rows=len(proposals),
        skipped=skipped,
        at=act.now,
        by=act.by.code,
    )
    ProposedAgreement.objects.bulk_create(
        ProposedAgreement(
            load=load,
            row=each.row,
            village=each.village,
            partner_name=each.partner_name,
            values=dict(each.values),
            state=PROPOSAL_FLOW.through(act.door, PROPOSAL_FLOW.start),
        )
        for each in proposals
    )
    for village in sorted({each.village.pk for each in proposals}):
        count = sum(each.village.pk == village for each in proposals)
        tell(
            act,
            says=_("Kabupaten mengirim {count} perjanjian yang sudah berjalan untuk Anda periksa."),
            params={"count": count},
            about=f"proposalload:{load.code}",
            url_name="page.existing_agreements",
            role=SECRETARY,
            region=village,
        )
    act.log("existing.proposed", load, file=file_hash, rows=load.rows, skipped=skipped)
    return load


@command("agreements.decline_existing", on="proposal")
def decline_existing(act: Act, *, proposal: ProposedAgreement, reason: str) -> ProposedAgreement:
    """The village says that the row is not so, and why; the regency reads it (PS-11)."""
    act.require(LEAVING, LeavingFacts(reason=reason), standing(proposal.village_id))
    _proposal_to(act, proposal, reason=reason)
    act.log("existing.declined", proposal, load=proposal.load.code)
    return proposal


def _proposal_to(act: Act, proposal: ProposedAgreement, **also: Any) -> None:
    onward = PROPOSAL_FLOW.through(act.door, proposal.state)
    if not ProposedAgreement.objects.filter(pk=proposal.pk, state=proposal.state).update(state=onward, **also):
        raise NoSuchMove(PROPOSAL_FLOW.name, proposal.state, act.door)
    proposal.state = onward
    for name, value in also.items():
        setattr(proposal, name, value)


# The village's record -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class NewPartner:
    """A partner that the register does not know yet; ``village`` where it is one. ``different``: those of a like name were
    shown, and somebody said that it is none of them (RG-16)."""

    name: str
    kind: str
    village: Region | None = None
    different: bool = False


@command("agreements.register_existing", on="village")
def register_existing(
    act: Act,
    *,
    village: Region,
    coop_type: str,
    partner: Partner | NewPartner | None,
    field: str,
    scope: str,
    starts_on: date | None,
    ends_on: date | None = None,
    known: Mapping[str, Any] | None = None,
    difference: str = "",
    proposal: ProposedAgreement | None = None,
    example: bool = False,
) -> Case:
    """Record an agreement that runs already (PS-01, PS-02, PS-04, PS-09, AG-38, AG-52); files and the rest may follow.

    A partner that is new to the register is registered without a due diligence, which its duties then ask for. ``known``
    holds further columns of the record, as the regency's list or the village has them.
    """
    held = standing(village.pk)
    facts = RecordFacts(partner is not None, coop_type != "", starts_on is not None, scope)
    made_on = (known or {}).get("made_on") or starts_on
    require([(RECORDING, facts), (EARLIER, queries.earlier_facts(village, made_on))], held)
    if starts_on is None:  # AG-38 has just refused this; the type checker does not know
        raise TypeError("an agreement without a first day")
    registered = partner if isinstance(partner, Partner) else None
    passed = act.require(DUPLICATING, queries.duplicate_facts(village, registered, field, difference), held)
    if isinstance(partner, NewPartner):
        registered = _registered(act, village, partner, example)
    case = begin(
        act,
        route=REGISTER_EXISTING,
        village=village,
        title=shown(scope, TITLE),
        field=field,
        coop_type=coop_type,
        other_village=registered.village_id or "" if registered else "",
        further_villages=(known or {}).get("further_villages", ()),
        partner=registered,
        goals=scope if len(scope) > TITLE else "",
        example=example,
    )
    earlier = EarlierAgreement(
        case=case,
        scope=scope,
        starts_on=starts_on,
        ends_on=ends_on,
        difference=difference,
        recorded_at=act.now,
        recorded_by=act.by.code,
    )
    for name, value in (known or {}).items():
        if name not in COLUMNS or name in FILES:
            raise ValueError(f"no column {name!r} of a record")
        setattr(earlier, name, value)
    earlier.save()
    enter_values(act, earlier)
    if proposal is not None:
        if proposal.village_id != village.pk:
            raise ValueError("a row of another village")
        _proposal_to(act, proposal, case=case)
    _now_waits(act, earlier)
    act.log("existing.registered", case, complete=earlier.completeness.percent, passed=list(passed))
    return case


def _registered(act: Act, village: Region, partner: NewPartner, example: bool) -> Partner:
    made: Partner = register_partner(
        by=act,
        region=village,
        kind=partner.kind,
        name=partner.name,
        village=partner.village,
        declared_different=partner.different,
        example=example,
    )
    return made


@command("agreements.complete_existing", on="case")
def complete_existing(
    act: Act, *, case: Case, values: Mapping[str, Any], files: Mapping[str, Content] | None = None, reason: str = ""
) -> EarlierAgreement:
    """Add what was missing, or put right what stood wrong, with the reason (AG-50, AG-51, AG-52).

    Where the meeting is to ratify the agreement, it has the newer words before it from now on.
    """
    earlier = held_record(act, case, RECORDED_IN)
    given = {**values, **{name: keep_file(by=act, content=content) for name, content in (files or {}).items()}}
    if unknown := given.keys() - set(COLUMNS):
        raise ValueError(f"no column {', '.join(sorted(unknown))} of a record")
    changed = {name: value for name, value in given.items() if getattr(earlier, name) != value}
    replaced = sum(getattr(earlier, name) not in EMPTY for name in changed)
    facts = CompletingFacts(running=case.state == "running", replaced=replaced, reason=reason)
    for name, value in changed.items():
        setattr(earlier, name, value)
    asked: list[tuple[Iterable[Rule], Any]] = [(COMPLETING, facts)]
    if changed.keys() & {"made_on", "starts_on"}:
        asked.append((EARLIER, queries.earlier_facts(case.village, earlier.made_on or earlier.starts_on)))
    if "further_villages" in changed:
        asked.append((OPENING, queries.opening_facts(earlier)))
    require(asked, standing(case.village_id))
    earlier.save()
    enter_values(act, earlier, reason)
    if case.state == "needs_ratification":
        _offer(act, earlier)
    act.log("existing.completed", case, columns=sorted(changed), complete=earlier.completeness.percent)
    return earlier


@command("agreements.flag_ratification", on="case")
def flag_ratification(act: Act, *, case: Case) -> EarlierAgreement:
    """No meeting stood behind the agreement: the record is put before one."""
    earlier = held_record(act, case, OPEN_IN)
    move(act, case)
    _offer(act, earlier)
    _now_waits(act, earlier)
    act.log("ratification.required", case)
    return earlier


@command("agreements.confirm_existing", on="case")
def confirm_existing(act: Act, *, case: Case) -> EarlierAgreement:
    """The head says that the agreement runs; a meeting had agreed to it before it was made (AG-01, AG-52–54, RG-05)."""
    earlier = held_record(act, case, OPEN_IN)
    require(queries.confirming_asked(earlier, act.by.code), standing(case.village_id))
    return _runs(act, earlier, "existing.confirmed")


@command("agreements.ratify", on="case")
def ratify(act: Act, *, case: Case) -> EarlierAgreement:
    """The meeting has agreed to the record as it stands, with binding minutes (AG-39, AG-54, RG-05)."""
    earlier = held_record(act, case, OPEN_IN)
    require(queries.ratifying_asked(earlier), standing(case.village_id))
    withdraw_text(act, code=case.code)
    return _runs(act, earlier, "agreement.ratified")


@command("agreements.withdraw_existing", on="case")
def withdraw_existing(act: Act, *, case: Case, reason: str) -> Case:
    """The record was a mistake, or stands elsewhere; everybody reads why (PS-11)."""
    earlier = held_record(act, case, OPEN_IN)
    act.require(LEAVING, LeavingFacts(reason=reason), standing(case.village_id))
    move(act, case)
    Case.objects.filter(pk=case.pk).update(left_because=reason)
    case.left_because = reason
    withdraw_text(act, code=case.code)
    _now_waits(act, earlier)
    act.log("existing.withdrawn", case)
    return case


def held_record(act: Act, case: Case, states: frozenset[str]) -> EarlierAgreement:
    """The record behind the case, locked: two clerks may add to it at once."""
    found = EarlierAgreement.objects.select_for_update(of=("self",)).filter(case=case).first()
    if found is None or case.state not in states:
        raise NoSuchMove(CASE_FLOW.name, case.state, act.door)
    found.case = case
    return found


def _runs(act: Act, earlier: EarlierAgreement, verb: str) -> EarlierAgreement:
    move(act, earlier.case)
    earlier.confirmed_at, earlier.confirmed_by = act.now, act.by.code
    earlier.save(update_fields=["confirmed_at", "confirmed_by"])
    _now_waits(act, earlier)
    act.log(verb, earlier.case, complete=earlier.completeness.percent)
    return earlier


def enter_values(act: Act, earlier: EarlierAgreement, reason: str = "") -> None:
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in earlier.held().items()}
    EarlierEntry.objects.create(earlier=earlier, values=values, reason=reason, at=act.now, by=act.by.code)


def _offer(act: Act, earlier: EarlierAgreement) -> None:
    case = earlier.case
    offer_text(
        act,
        village=case.village,
        code=case.code,
        kind=COOPERATION,
        title=_title(case),
        text=queries.in_words(earlier),
        text_hash=queries.text_hash(earlier),
        partner=case.partner.code if case.partner is not None else "",
    )


def _title(case: Case) -> str:
    return f"Pengesahan: {case.title}"[:200]


# Whom it waits for: door, office, what is asked of it.
WAITED_FOR = {
    "existing_registered": (
        ("agreements.complete_existing", SECRETARY, _("Lengkapi catatan perjanjian “{title}”.")),
        ("agreements.confirm_existing", HEAD, _("Nyatakan perjanjian lama “{title}” berjalan.")),
    ),
    "needs_ratification": (
        ("agreements.ratify", BPD, _("Bawa perjanjian lama “{title}” ke Musyawarah Desa, lalu sahkan.")),
    ),
}


def _now_waits(act: Act, earlier: EarlierAgreement) -> None:
    """What waited is done; whoever is awaited now has it in the work box, within the days of the norm."""
    case = earlier.case
    close_duties(act, about=f"case:{case.code}")
    due = clock.today() + timedelta(days=int(standing(case.village_id).numbers["ratification_days"]))
    for door, role, says in WAITED_FOR.get(case.state, ()):
        open_duty(
            act,
            door=door,
            about=f"case:{case.code}",
            code=case.code,
            region=case.village_id,
            role=role,
            due_on=due,
            says=says,
            title=case.title,
        )
