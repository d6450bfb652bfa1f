"""What a partner shares with officials of a village is explained by the partner, and looked at by somebody without it."""

from __future__ import annotations

from collections.abc import Collection

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.registry.models import ConflictExplanation, ConflictReview, Partner
from bermitra.registry.queries.conflicts import Found, examiner_facts, explained_first, found_between, refused_and_gone
from bermitra.registry.rules import TAKING


@command("registry.explain_conflict", on="partner")
def explain_conflict(act: Act, *, partner: Partner, village: Region, item: str, text: str) -> ConflictExplanation:
    """The partner says what a found item is; somebody of the village, or of the regency, looks at it next."""
    found = _found(act, partner, village, item)
    explanation = ConflictExplanation.objects.create(
        partner=partner, village=village, item=item, text=text, explained_at=act.now, explained_by=act.by.code
    )
    act.log("conflict.explained", partner, region=village.code, village=village.code, kind=found.overlap.kind.value)
    regency = _is_of_the_unit(found, village)  # whoever is part of it does not look at it: then the regency does
    open_duty(
        act,
        door="registry.review_conflict",
        about=_about(item),
        code=item,
        says=_("Tinjau penjelasan benturan kepentingan {partner}."),
        region=village.code[:5] if regency else village.code,
        role=roles.DPMD_OFFICER.key if regency else roles.VILLAGE_COOP_UNIT.key,
        partner=partner.name,
    )
    return explanation


def _is_of_the_unit(found: Found, village: Region) -> bool:
    held = Appointment.objects.in_force(clock.today()).filter(region=village, role=roles.VILLAGE_COOP_UNIT.key)
    return held.filter(person__code=found.overlap.official.code).exists()


@command("registry.review_conflict", on="village")
def review_conflict(
    act: Act, *, village: Region, partner: Partner, item: str, acceptable: bool, tie: bool, reason: str
) -> ConflictReview:
    """Look at an item: whether it may stand. ``tie``: it is a real tie, not a mistake or another person of this name."""
    found = _found(act, partner, village, item)
    tied = examiner_facts(act.by.person, partner, clock.today(), explained_first(found.keys))
    act.require(TAKING, tied, standing(village.code))
    if found.explanation is None and acceptable:
        raise NoSuchMove("conflict", "not_explained", act.door)
    review = ConflictReview.objects.create(
        partner=partner,
        village=village,
        item=item,
        kind=found.overlap.kind.value,
        acceptable=acceptable,
        tie=tie,
        reason=reason,
        until=found.overlap.official.until,
        reviewed_at=act.now,
        reviewed_by=act.by.code,
    )
    act.log("conflict.reviewed", partner, region=village.code, village=village.code, acceptable=acceptable, tie=tie)
    for key in found.keys:
        close_duties(act, about=_about(key))
    if not acceptable or tie:
        _tell_camat(act, partner, village, item, acceptable=acceptable)
    tell(
        act,
        says=_("Penjelasan {partner} diterima.") if acceptable else _("Penjelasan {partner} tidak diterima."),
        params={"partner": partner.name},
        about=_about(item),
        url_name="page.conflicts",
        party=partner.code,
    )
    return review


def _tell_camat(act: Act, partner: Partner, village: Region, item: str, *, acceptable: bool) -> None:
    """Who watches over the village knows of a real tie, and of one that stops a cooperation. The notice names nobody:
    the page behind it gives the reason and the cases."""
    tell(
        act,
        says=_("{partner} berhubungan dengan pejabat Desa {village}. Hubungan itu dinyatakan dan ditinjau.")
        if acceptable
        else _("Benturan kepentingan menghentikan kerja sama {partner} dengan Desa {village}. Baca alasannya."),
        params={"partner": partner.name, "village": village.name},
        about=_about(item),
        url_name="page.conflicts",
        role=roles.CAMAT.key,
        region=village.code[:8],
    )


def _found(act: Act, partner: Partner, village: Region, item: str) -> Found:
    """The item as it is found now; what is no longer shared needs no words, unless it was refused."""
    shared = found_between(partner, village.code, clock.today())
    found = next((each for each in shared if item in each.keys), None)
    if found is None:
        raise NoSuchMove("conflict", "not_found", act.door)
    return found


def tell_of_refused(act: Act, partner: Partner, before: Collection[str]) -> None:
    """Who refused something that the partner has just declared otherwise is told; ``before``: what was gone already."""
    for item, found in refused_and_gone(partner, clock.today()).items():
        if item not in before and found.review is not None:
            tell(
                act,
                says=_("{partner} mengganti data yang Anda tolak. Penolakan berlaku sampai ditinjau lagi."),
                params={"partner": partner.name},
                about=_about(item),
                url_name="page.conflicts",
                person=found.review.reviewed_by,
            )


def _about(item: str) -> str:
    return f"conflict:{item}"
