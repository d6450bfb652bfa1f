"""Offers as the public sees them: what a partner brings to villages, what it seeks, and who has looked at its word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from bermitra.foundation.documents.sheets import Cell
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.regions.models import Region
from bermitra.needs.models import Offer
from bermitra.needs.offers import words
from bermitra.needs.offers.queries import (
    behind,
    form_labels,
    narrowed,
    open_offers,
    public_offers,
    with_parts,
)
from bermitra.needs.offers.rules import OPEN
from bermitra.needs.queries.labels import goal_label, interest_label, risk_label, sector_label
from bermitra.portal.partners import state_of
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import kept
from bermitra.registry.queries.standing import PartnerStanding, standing_of
from bermitra.registry.queries.words import kind_name

FILE_CHUNK = 500
COLUMNS = (
    _("Kode"), _("Tawaran"), _("Mitra"), _("Kode mitra"), _("Jenis mitra"), _("Bentuk"), _("Kemampuan"),
    _("Kemampuan terperiksa"), _("Yang diminta kembali"), _("Wilayah"), _("Kode wilayah"), _("Jumlah desa"),
    _("Anggaran terendah"), _("Anggaran tertinggi"), _("Bulan"), _("Tujuan SDGs Desa"), _("Yang ikut terbawa"),
    _("Terbit"), _("Berlaku sampai"), _("Alamat"),
)  # fmt: skip


def found(chosen: dict[str, str], place: Region | None, today: date) -> QuerySet[Offer]:
    """Offers that a village may take up today and that fit, the newest first."""
    return with_parts(narrowed(open_offers(today), chosen, place))


def lines(offers: Sequence[Offer]) -> list[dict[str, str]]:
    """What the rows component writes: each offer, whose it is, for what, where, how much."""
    return [
        {
            "title": openly(each.title),
            "url": reverse("page.offer", args=[each.code]),
            "small": " · ".join(
                filter(None, (kept(each.partner).name, _sectors(each), words.where(each), words.budget(each)))
            ),
            "state": words.how_many(each),
            "kind": "ok" if any(ability.verified_at for ability in each.abilities.all()) else "idle",
        }
        for each in offers
    ]


def _sectors(offer: Offer) -> str:
    return "; ".join(sector_label(each.sector) for each in offer.abilities.all())


# The page of one offer ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    offer: Offer
    partner: Partner  # the entry that stands for its body
    standing: PartnerStanding
    today: date

    @property
    def open(self) -> bool:
        """Whether a village may take it up today."""
        last = self.offer.valid_until
        return self.offer.state == OPEN and last is not None and self.today <= last

    @property
    def word(self) -> tuple[str, str]:
        return words.state_of(self.offer)

    @property
    def verdict(self) -> tuple[str, str]:
        return state_of(self.standing)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return words.facts(self.offer, openly)

    @property
    def abilities(self) -> list[dict[str, str]]:
        return words.ability_lines(self.offer)

    @property
    def last_day(self) -> str:
        return _day(self.offer.valid_until)


def show(code: str, today: date) -> Shown | None:
    offer = with_parts(public_offers().filter(code=code)).first()
    if offer is None:
        return None
    partner = kept(offer.partner)
    return Shown(offer, partner, standing_of(partner, today), today)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


# The list as a file -----------------------------------------------------------------------------------------------------------


def file_rows(offers: QuerySet[Offer], base: str) -> Iterator[list[Cell]]:
    """Every offer that fits, a chunk at a time; ``base`` is the address of this site."""
    after = ""
    while True:
        chunk = list((behind(offers, after) if after else offers)[:FILE_CHUNK])
        for offer in chunk:
            yield _cells(offer, base)
        if len(chunk) < FILE_CHUNK:
            return
        after = chunk[-1].code


def _cells(offer: Offer, base: str) -> list[Cell]:
    partner, abilities, areas = kept(offer.partner), offer.abilities.all(), offer.areas.all()
    return [
        offer.code, openly(offer.title), partner.name, partner.code, kind_name(partner), "; ".join(form_labels(offer.forms)),
        "; ".join(f"{sector_label(each.sector)} {each.level}" for each in abilities),
        "; ".join(sector_label(each.sector) for each in abilities if each.verified_at),
        "; ".join(map(interest_label, offer.seeks)), words.where(offer),
        gettext("semua") if offer.everywhere else ", ".join(each.region_id for each in areas), offer.places or 0,
        offer.budget_low or 0, offer.budget_high or 0, offer.term_months or 0, "; ".join(map(goal_label, offer.goals)),
        "; ".join(map(risk_label, offer.risks)),
        localtime(offer.published_at).date().isoformat() if offer.published_at else "",
        offer.valid_until.isoformat() if offer.valid_until else "",
        base + reverse("page.offer", args=[offer.code]),
    ]  # fmt: skip
