"""Partners as the public sees them: legal bodies, how they stand and what they have done; never a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from bermitra.delivery.models import Due
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import legal_name_key
from bermitra.needs.offers.queries import open_offers
from bermitra.partnership.models import Case
from bermitra.partnership.queries import Filters, public_cases
from bermitra.portal import partnerships
from bermitra.portal.lists import within
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Partner, PartnerMerge
from bermitra.registry.queries.bodies import merges_in_force, of_body
from bermitra.registry.queries.flags import public_flags
from bermitra.registry.queries.partners import SORTS, Sort, narrowed, public_partners
from bermitra.registry.queries.profile import profile_facts
from bermitra.registry.queries.standing import PartnerStanding, standing_of, standings_of
from bermitra.registry.queries.words import kind_name, said
from bermitra.registry.rules import FLAG_DECISIONS, LABELS, PASSES, State

CASES = 50
NEVER = _("Belum diverifikasi")
STALE = _("Verifikasi kedaluwarsa")
LISTED = _("Tercantum dalam daftar sanksi")
PROVEN, LOOKED_AT_AGAIN = _("Risiko terbukti"), _("Ditinjau ulang")


def found(chosen: dict[str, str], today: date, place: Region | None = None) -> QuerySet[Partner]:
    weighed = {name: value for name, value in chosen.items() if name in ("hasil", "sanksi")}
    partners = narrowed(public_partners(), weighed, today)
    if kind := chosen.get("jenis"):
        partners = partners.filter(kind=kind)
    if place is not None:
        partners = partners.filter(Q(seat=place) | within(place, "seat"))
    if words := chosen.get("q"):
        partners = partners.filter(named(words))
    return SORTS[chosen.get("urut", "")].ordered(partners)


def named(words: str) -> Q:
    """Partners with these letters in their name, whatever its form and punctuation: PT. Maju-Jaya and maju jaya."""
    form, _sep, key = legal_name_key(words).partition(":")
    wanted = Q(legal_name_key__contains=key) if key else Q(name__icontains=words)
    return wanted & Q(legal_name_key__startswith=f"{form}:") if form and key else wanted


def behind(partners: QuerySet[Partner], code: str, sort: Sort) -> QuerySet[Partner]:
    """What follows the partner of this code."""
    at = Subquery(Partner.objects.filter(code=code).values(sort.field))
    further = {f"{sort.field}__lte" if sort.newest_first else f"{sort.field}__gte": at}
    return partners.filter(**further).exclude(**{sort.field: at}, code__lte=code)


def kinds() -> list[tuple[str, str]]:
    """The kinds of partner by code, in the reader's language."""
    return [(code, said(kind.name)) for code, kind in book().kinds.items()]


def state_of(standing: PartnerStanding) -> tuple[str, str]:
    """How a partner stands in a word, and how the word is marked. A name that nobody has compared yet says nothing."""
    if standing.confirmed_matches:
        return gettext(LISTED), "late"
    if not standing.verdict:
        return gettext(NEVER), "idle"
    if standing.verdict in PASSES and not standing.fresh:
        return gettext(STALE), "fix"
    mark = {State.VERIFIED: "ok", State.WITH_CONDITIONS: "doing", State.NOT_VERIFIED: "fix", State.BLOCKED: "late"}
    verdict = State(standing.verdict)
    return gettext(LABELS[verdict].public), mark[verdict]


def lines(partners: Sequence[Partner], today: date) -> list[dict[str, str]]:
    """What the rows component writes. Three statements for any number of partners."""
    stands = standings_of(partners, today)
    made = []
    for each in partners:
        word, mark = state_of(stands[each.pk])
        made.append(plain_line(each) | {"state": word, "kind": mark})
    return made


def plain_line(partner: Partner) -> dict[str, str]:
    """A partner with what it is and where it has its seat."""
    return {
        "title": partner.name,
        "url": reverse("page.partner", args=[partner.code]),
        "small": " · ".join(
            filter(None, [kind_name(partner), partner.seat.name if partner.seat else "", _offers(partner)])
        ),
    }


def counting_offers(partners: QuerySet[Partner], today: date) -> QuerySet[Partner]:
    """With ``offers``: how many the body has open, under whichever of its entries; None for none."""
    theirs = Q(partner=OuterRef("pk")) | Q(partner__merged_into=OuterRef("pk"))
    open_ones = open_offers(today).filter(theirs).order_by().annotate(all=Value(1)).values("all")
    counted = Subquery(open_ones.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return partners.annotate(offers=counted)


def _offers(partner: Partner) -> str:
    """How many offers it has open, where that was read along."""
    number = getattr(partner, "offers", None)
    return ngettext("%(n)s tawaran terbuka", "%(n)s tawaran terbuka", number) % {"n": number} if number else ""


@dataclass(frozen=True)
class Shown:
    """The page of one partner."""

    partner: Partner
    kind: str
    standing: PartnerStanding
    cases: list[Case]
    offers: int
    due: int
    kept: int
    flags: list[dict[str, str]]
    of_kind: list[tuple[str, str]]
    entries: list[PartnerMerge]

    @property
    def word(self) -> tuple[str, str]:
        return state_of(self.standing)

    @property
    def says(self) -> str:
        """The verdict in a sentence, with its days."""
        stands = self.standing
        if stands.confirmed_matches:
            return gettext("Badan ini tercantum dalam daftar sanksi. Perjanjian baru tidak dapat dibuat.")
        if self.flags:
            return gettext("Risiko pada badan ini terbukti. Perjanjian baru tidak dapat dibuat.")
        if not stands.verdict or stands.concluded_on is None or stands.stale_on is None:
            return gettext("Badan ini terdaftar, tetapi belum selesai diperiksa.")
        days = {"on": _date(stands.concluded_on), "until": _date(stands.stale_on)}
        if stands.verdict not in PASSES:
            return gettext("Diperiksa %(on)s dan belum memenuhi syarat.") % days
        if not stands.fresh:
            return gettext("Diperiksa %(on)s; hasilnya tidak berlaku lagi sejak %(until)s.") % days
        if stands.verdict == State.WITH_CONDITIONS:
            return gettext("Diperiksa %(on)s dan lolos dengan syarat. Hasilnya berlaku sebelum %(until)s.") % days
        return gettext("Diperiksa %(on)s dan lolos. Hasilnya berlaku sebelum %(until)s.") % days

    @property
    def running(self) -> int:
        return sum(case.phase == "pelaksanaan" for case in self.cases)


def show(code: str, today: date) -> Shown | None:
    """The partner, how it stands, its partnerships, its promises; what was proven of it only where something was."""
    partner = counting_offers(public_partners(), today).select_related("seat", "village").filter(code=code).first()
    if partner is None:
        return None
    cases = list(partnerships.brief(public_cases(Filters(partner=partner.code)))[:CASES])
    promised = Due.objects.filter(
        of_body(partner.pk, entry="obligation__agreement__partner"), obligation__party="two", due_on__lte=today
    )
    running = Q(
        obligation__agreement__state__in=("in_force", "suspended")
    )  # counted, not sought: else every running agreement is read
    kept: dict[str, Any] = promised.aggregate(
        due=Count("pk", filter=running), kept=Count("pk", filter=running & Q(state="met"))
    )
    merged = list(merges_in_force(partner)) if partner.merged_entries else []
    stands = standing_of(partner, today, merged)
    return Shown(
        partner, kind_name(partner), stands, cases, getattr(partner, "offers", None) or 0, kept["due"], kept["kept"],
        _flags(partner, stands, today), profile_facts(partner, public=True), merged,
    )  # fmt: skip


def leads_to(code: str) -> str:
    """The code of the entry that this one was merged into; empty for one that stands for itself."""
    found = Partner.objects.filter(code=code).exclude(merged_into=None)
    return found.values_list("merged_into__code", flat=True).first() or ""


def _flags(partner: Partner, stands: PartnerStanding, today: date) -> list[dict[str, str]]:
    """What was proven of this body, by kind and days; who saw it, and what exactly, is nobody else's."""
    found = public_flags(partner, today) if stands.blocking_flags else []
    return [
        {
            "title": said(book().flags[flag.kind].name),
            "small": gettext("Diputus %(on)s, dihitung sebelum %(until)s")
            % {"on": _date(flag.decided_on or today), "until": _date(flag.counts_until or today)},
            "state": gettext(PROVEN) if flag.state in FLAG_DECISIONS else gettext(LOOKED_AT_AGAIN),
            "kind": "late",
        }
        for flag in found
    ]


def _date(on: date) -> str:
    return date_format(on, "j F Y")
