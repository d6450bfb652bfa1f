"""A round has introduced a village and a partner: each answers for itself, and with both a case begins as any offer's does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext, override

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.messages.api import tell
from bermitra.foundation.money import rupiah
from bermitra.foundation.text import _
from bermitra.matching.market import COUNTED
from bermitra.matching.models import Introduction
from bermitra.matching.rounds.actions import respond_to_match, take_up_match
from bermitra.needs.catalogue import sectors
from bermitra.needs.models import Need, Offer
from bermitra.partnership.life import begin, now_waits
from bermitra.partnership.models import Case
from bermitra.partnership.queries import form_label
from bermitra.partnership.rules import FIELDS, PARTNER_INITIATIVE
from bermitra.selection.life import tell_partner, wait_for
from bermitra.selection.models import Proposal
from bermitra.selection.rules import UNSOLICITED


@command("selection.answer_introduction", on="introduction")
def answer_introduction(act: Act, *, introduction: Introduction, accepts: bool, reason: str = "") -> Introduction:
    """Accept for the own side, or decline with a reason. Once both have accepted, their case begins.

    It begins as an offer of a third party that is still to be written: everything that such an offer must pass is ahead.
    """
    answered = respond_to_match(by=act, introduction=introduction, accepts=accepts, reason=reason)
    if answered.state == "accepted":
        case = _begin(act, answered)
        take_up_match(by=act, introduction=answered, case=case.code)
    return answered


def _begin(act: Act, introduction: Introduction) -> Case:
    offer, village = introduction.offer.offer, introduction.village.village
    needs = _answered_needs(offer, village.pk)
    field = _field(needs)
    case = begin(
        act,
        route=PARTNER_INITIATIVE,
        village=village,
        title=offer.title,
        field=field,
        forms=offer.forms,
        partner=offer.partner,
        example=introduction.round.example,
    )
    proposal = Proposal.objects.create(
        partner=offer.partner,
        village=village,
        case=case,
        title=offer.title,
        field_of_government=field,
        forms=offer.forms,
        draft=content_from(offer, needs, field),
        state=UNSOLICITED.through(act.door, UNSOLICITED.start),
        created_at=act.now,
        created_by=act.by.code,
    )
    now_waits(act, case)
    says = _("Lengkapi dan kirim usulan “{title}” kepada desa.")
    wait_for(
        act,
        case,
        door="page.proposal",
        record=proposal,
        code=proposal.code,
        says=says,
        party=offer.partner.code,
        role=roles.PARTNER_REP.key,
        region=village.pk,
    )
    tell_partner(
        act,
        offer.partner,
        _("Desa {village} dan Anda sama-sama menerima perkenalan. Lengkapi usulan Anda."),
        code=proposal.code,
        village=village.name,
    )
    tell(
        act,
        says=_("Desa Anda dan {partner} sama-sama menerima perkenalan. Mitra kini menulis usulannya."),
        params={"partner": offer.partner.name},
        about=f"case:{case.code}",
        url_name="page.case",
        code=case.code,
        region=village.pk,
    )
    act.log("partnership.introduced", case, round=introduction.round.code, introduction=introduction.code)
    return case


def _answered_needs(offer: Offer, village: str) -> list[Need]:
    """The village's needs that the offer is able to help with, the gravest first."""
    able = offer.abilities.values_list("sector", flat=True)
    found = Need.objects.filter(village=village, state__in=COUNTED, sector__in=list(able))
    return list(found.order_by("-severity", "pk"))


def _field(needs: list[Need]) -> str:
    """The field of government of the gravest need that is answered. Both have said yes, so that there is one (MT-02)."""
    return sectors()[needs[0].sector].fields[0]


def content_from(offer: Offer, needs: list[Need], field: str) -> dict[str, Any]:
    """What is known of the eight contents already, in Indonesian whatever the reader's language; the partner writes on.

    Procedure, changes and disputes stay empty: nobody has said anything of them yet.
    """
    months = offer.term_months or 0
    with override("id"):
        scope = [offer.title, offer.brings]
        if needs:
            scope.append(gettext("Kebutuhan desa yang dijawab: %s") % "; ".join(each.title for each in needs))
        forms = ", ".join(form_label(code) for code in offer.forms)
        money = gettext("Anggaran mitra untuk satu desa: %(low)s sampai %(high)s.") % {
            "low": rupiah(offer.budget_low or 0),
            "high": rupiah(offer.budget_high or 0),
        }
        written = {
            "scope": "\n".join(filter(None, scope)),
            "field": " · ".join(filter(None, [gettext(FIELDS[field]), forms])),
            "term": ngettext("%(n)s bulan", "%(n)s bulan", months) % {"n": months} if months else "",
            "rights_and_obligations": offer.conditions,
            "funding": money if offer.budget_high else "",
        }
    return {**{name: said for name, said in written.items() if said}, "term_years": -(-months // 12)}
