"""Verbs: record what became of a village and who takes over its agreements; the partner answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from bermitra.agreements.actions.common import name_of
from bermitra.agreements.changing.actions.proposing import lapse
from bermitra.agreements.existing.addenda.actions import lapse as lapse_earlier
from bermitra.agreements.joint.body.actions import village_is_gone
from bermitra.agreements.joint.body.queries import regulations_of
from bermitra.agreements.models import Amendment, EarlierAddendum, Suspension, WarningLetter
from bermitra.agreements.villages import queries
from bermitra.agreements.villages.models import Takeover, TakeoverAnswer, VillageChange
from bermitra.agreements.villages.rules import DECREED, EVERY, GONE, GONE_WORDS, RECEIVERS, DecreeFacts, Kind
from bermitra.deliberation.api import pass_consent_on
from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import tz, zone_of
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.files import Content
from bermitra.foundation.duties.api import close_duties, open_duty, pass_duties
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.partnership.models import Case
from bermitra.partnership.queries import require

Records = Callable[[Case], list[str]]


@command("agreements.record_village_change", on="village")
def record_village_change(
    act: Act,
    *,
    village: Region,
    kind: str,
    instrument: str,
    number: str,
    dated: date,
    holds_from: date,
    receivers: Mapping[str, Region],
    seen: str,
    file: Content,
) -> VillageChange:
    """Pass every agreement of ``village`` on to its receiver (AG-85 … AG-87), all of them or none.

    ``receivers``: code of the case -> who takes it over; of a split, what stays names the village itself. ``seen`` is the
    hash of the list that was read. The cases are held until the act is done, so that nothing is signed meanwhile.
    """
    cases = queries.held_by(village, lock=True)
    today = act.now.astimezone(tz(zone_of(village.pk))).date()
    require(
        [
            (DECREED, DecreeFacts(number, dated, holds_from, today, has_file=file.size > 0)),
            (
                EVERY,
                queries.every_facts(cases, receivers, seen, leaves=kind in GONE and _leaves(village)),
            ),
            (RECEIVERS, queries.receiver_facts(kind, village, receivers.values())),
        ],
        standing(village.pk),
    )
    change = VillageChange.objects.create(
        village=village, kind=kind, instrument=instrument, number=number, dated=dated, holds_from=holds_from,
        file=keep_file(by=act, content=file), at=act.now, by=act.by.code, by_name=name_of(act),
    )  # fmt: skip
    moved = [(case, receivers[case.code]) for case in cases if receivers[case.code].pk != village.pk]
    for case, after in moved:
        _pass_on(act, change, case, after)
    if kind in GONE:
        village_is_gone(act, village, GONE_WORDS[Kind(kind)].format(number=number))
        for case in queries.left_behind(village):
            _leave_behind(act, case)
    act.log("village.changed", change, kind=kind, passed=len(moved), stayed=len(cases) - len(moved))
    return change


def _leaves(village: Region) -> bool:
    """Whether it has what does not pass on: a joint regulation that binds it, or a draft that waits to be signed."""
    return bool(regulations_of(village.pk)) or queries.left_behind(village).exists()


def _leave_behind(act: Act, case: Case) -> None:
    """A draft that nobody signs for the village any more: nobody is awaited but the partner, who may end it."""
    for about in (f"case:{case.code}", *(about_of(each) for each in case.agreements.all())):
        close_duties(act, about=about)
    partner = case.partner.code if case.partner else ""
    for where in ({"region": case.village_id}, {"party": partner}):
        if any(where.values()):
            tell(
                act,
                says=_("“{title}” tidak dapat ditandatangani lagi, karena desanya tidak ada lagi."),
                params={"title": case.title},
                about=f"case:{case.code}",
                url_name="page.agreement_room",
                code=case.code,
                **where,
            )
    if partner:
        open_duty(
            act,
            door="page.agreement_room",
            about=f"case:{case.code}",
            code=case.code,
            says=_("Hentikan naskah “{title}”: desanya tidak ada lagi."),
            party=partner,
            role=roles.PARTNER_SIGNATORY.key,
            title=case.title,
        )


def _pass_on(act: Act, change: VillageChange, case: Case, after: Region) -> None:
    before = case.village
    for amendment in Amendment.objects.filter(agreement__case=case).select_related(
        "agreement__case__village", "agreement__partner", "new_partner", "paper"
    ):
        lapse(act, amendment, _("Perjanjian ini diambil alih desa lain. Usulkan lagi kepada desa penerus."))
    lapse_earlier(act, case, _("Perjanjian ini diambil alih desa lain. Usulkan lagi kepada desa penerus."))
    takeover = Takeover.objects.create(change=change, case=case, before=before, after=after)
    Case.objects.filter(pk=case.pk).update(village=after)
    case.village = after
    pass_duties(about=_records(case), before=before.pk, after=after.pk)
    if after.kind != Region.Kind.KELURAHAN:  # nobody there could write down a no: it stays with those who asked
        pass_consent_on(act, about=case.code, after=after)
    params = {"title": case.title, "before": before.name, "after": after.name}
    for where in ({"region": before.pk}, {"region": after.pk}, {"party": case.partner.code if case.partner else ""}):
        if any(where.values()):
            tell(
                act,
                says=_("“{title}” diambil alih {after} dari {before} menurut keputusan daerah."),
                params=params,
                about=f"case:{case.code}",
                url_name="page.village_change",
                code=change.code,
                **where,
            )
    act.log("agreement.taken_over", takeover, region=after.pk, case=case.code, before=before.pk, after=after.pk)


def _records(case: Case) -> list[str]:
    """What duties may be open about: the records of this stage, and those that the stages above name."""
    own = [f"case:{case.code}"]
    for agreement in case.agreements.all():
        own += [f"agreement:{agreement.code}", f"summary:{agreement.code}", f"evaluation:{agreement.code}"]
    for table in (Amendment, Suspension, WarningLetter):
        own += [about_of(each) for each in table._default_manager.filter(agreement__case=case)]
    own += [about_of(each) for each in EarlierAddendum.objects.filter(earlier__case=case)]
    for name in settings.RECORDS_OF_CASE:
        own += cast(Records, import_string(name))(case)
    return own


@command("agreements.answer_takeover", on="takeover")
def answer_takeover(act: Act, *, takeover: Takeover, kind: str, text: str) -> TakeoverAnswer:
    """The partner says what it thinks of it; an answer stops nothing, and both villages and the regency read it."""
    Takeover.objects.select_for_update().get(pk=takeover.pk)  # of two answers at once the second finds the first
    if takeover.answers.exists():
        raise NoSuchMove("takeover", "answered", act.door)
    answer = TakeoverAnswer.objects.create(
        takeover=takeover, kind=kind, text=text, at=act.now, by=act.by.code, by_name=name_of(act)
    )
    village = takeover.case.village_id
    for where in ({"region": village}, {"region": village[:5], "role": roles.DPMD_OFFICER.key}):
        tell(
            act,
            says=_("Mitra menanggapi pengambilalihan “{title}”."),
            params={"title": takeover.case.title},
            about=f"case:{takeover.case.code}",
            url_name="page.village_change",
            code=takeover.change.code,
            **where,
        )
    act.log("takeover.answered", takeover, case=takeover.case.code, kind=kind)
    return answer
