"""An offer in the words of its pages: what is only said by the partner itself is marked wherever it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.money import rupiah
from bermitra.foundation.personal.open_text import openly
from bermitra.needs.models import Offer, OfferAbility
from bermitra.needs.offers.queries import form_labels
from bermitra.needs.offers.rules import EXHAUSTED, LABELS, LEVELS, OPEN, PAUSED
from bermitra.needs.queries.labels import goal_label, interest_label, risk_label, sector_label

KINDS = {OPEN: "ok", PAUSED: "fix", EXHAUSTED: "fix"}


def state_of(offer: Offer) -> tuple[str, str]:
    """How an offer stands in a word, and how the word is marked."""
    return _(LABELS[offer.state].public), KINDS.get(offer.state, "idle")


def checked(ability: OfferAbility) -> tuple[str, str]:
    """Who says so: the partner itself, or the office that looked; and how the word is marked."""
    if ability.verified_in is None:
        return _("dinyatakan sendiri"), "idle"
    office = {"office": ability.verified_in.name}
    if ability.verified_at is None:
        return _("belum terbukti menurut %(office)s") % office, "fix"
    return _("diperiksa %(office)s") % office, "ok"


def ability_lines(offer: Offer) -> list[dict[str, str]]:
    """The abilities as the rows component writes them, each with its mark and the published reason."""
    lines = []
    for each in offer.abilities.all():
        word, kind = checked(each)
        level = f"{each.level} · {_(LEVELS[each.level])}"
        small = " · ".join(filter(None, (level, openly(each.what), _reason(each))))
        lines.append(
            {"title": sector_label(each.sector), "small": small, "state": word, "kind": kind, "of": each.sector}
        )
    return lines


def _reason(ability: OfferAbility) -> str:
    if not ability.verified_reason:
        return ""
    said = {"reason": openly(ability.verified_reason)}
    if ability.verified_at is None:
        return _("Alasan: %(reason)s") % said
    day = date_format(localtime(ability.verified_at).date(), "j F Y")
    return _("Alasan: %(reason)s (%(day)s)") % {**said, "day": day}


def where(offer: Offer) -> str:
    if offer.everywhere:
        return _("Seluruh Indonesia")
    return ", ".join(each.region.name for each in offer.areas.all())


def how_many(offer: Offer) -> str:
    """``untuk 5 desa lagi``, and how many hold a place already."""
    if offer.places is None:
        return ""
    left = ngettext("untuk %(n)s desa lagi", "untuk %(n)s desa lagi", offer.places) % {"n": offer.places}
    if not offer.places_taken:
        return left
    return ngettext(
        "%(left)s; %(n)s desa sudah mendapat tempat", "%(left)s; %(n)s desa sudah mendapat tempat", offer.places_taken
    ) % {"left": left, "n": offer.places_taken}


def budget(offer: Offer) -> str:
    """Of one village over the whole term."""
    low, high = offer.budget_low, offer.budget_high
    if low is None or high is None:
        return ""
    if low == high:
        return rupiah(low)
    return _("%(low)s sampai %(high)s") % {"low": rupiah(low), "high": rupiah(high)}


def term(offer: Offer) -> str:
    if offer.term_months is None:
        return ""
    return ngettext("%(n)s bulan", "%(n)s bulan", offer.term_months) % {"n": offer.term_months}


def facts(offer: Offer, typed: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """What an offer says beside its abilities, as terms and what they are; nothing of what it does not say.

    ``typed`` is what becomes of words that people wrote: on public pages, ``openly``.
    """
    gifts = {True: _("Ada"), False: _("Tidak ada"), None: ""}[offer.gifts_to_persons]
    told = [
        (_("Yang dibawa"), typed(offer.brings)),
        (_("Bentuk kerja sama"), "; ".join(form_labels(offer.forms))),
        (_("Yang diminta kembali"), "; ".join(map(interest_label, offer.seeks))),
        (_("Syarat bagi desa"), typed(offer.conditions)),
        (_("Uang atau hadiah untuk pribadi"), gifts),
        (_("Wilayah"), where(offer)),
        (_("Jumlah desa"), how_many(offer)),
        (_("Anggaran per desa"), budget(offer)),
        (_("Lama kerja sama"), term(offer)),
        (_("Tujuan SDGs Desa"), "; ".join(map(goal_label, offer.goals))),
        (_("Visi"), typed(offer.vision)),
        (_("Yang ikut terbawa ke desa"), "; ".join(map(risk_label, offer.risks))),
    ]
    return [(term, said) for term, said in told if said]
