"""Whose notice it is, what is unread, and to whom a colleague may pass one on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q, QuerySet

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.queries import NOBODY, holders, inside, serves_village
from bermitra.foundation.messages.models import Notice, NoticeRead, Told

COUNTED = 100  # more unread notices than this are "99+"


def notices_for(person: Person) -> QuerySet[Notice]:
    """What was said to this person or an office of theirs, the newest first; ``seen`` tells whether they read it."""
    seen = NoticeRead.objects.filter(notice=OuterRef("pk"), person=person)
    return _newest(said_to(person)).annotate(seen=Exists(seen))


def unread_by(person: Person) -> QuerySet[Notice]:
    read = NoticeRead.objects.filter(notice=OuterRef("pk"), person=person)
    return _newest(said_to(person)).filter(~Exists(read))


def unread_count(person: Person) -> int:
    return unread_by(person)[:COUNTED].count()


def notices_to_pass_on(person: Person) -> QuerySet[Notice]:
    """What was said to others of the own village or partner: a colleague may carry it to them. Newest first."""
    told = Told.objects.filter(notice=OuterRef("pk"))
    read = NoticeRead.objects.filter(notice=OuterRef("pk"))
    found = _newest(_of_the_house(person)).exclude(said_to(person))
    return found.annotate(told_already=Exists(told), read_already=Exists(read))


def notices_visible_to(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(said_to(person) | _of_the_house(person)).select_related("region")


def _newest(wanted: Q) -> QuerySet[Notice]:
    """Chosen first and ordered afterwards: asked for the newest few at once, a database reads the whole table backwards
    until it has found enough of them."""
    return (
        Notice.objects.filter(pk__in=Notice.objects.filter(wanted).values("pk"))
        .select_related("region")
        .order_by("-pk")
    )


def said_to(person: Person) -> Q:
    mine = Q(person=person.code)
    for office in person.offices:
        everybody = Q(person="", role="")
        named = Q(person="", role=office.role)
        if office.party:
            mine |= everybody & Q(party=office.party)
        if office.office.reach is Scope.PARTY:
            mine |= named & Q(party=office.party) if office.party else NOBODY
        elif office.region_id:
            mine |= named & inside(office.region_id)
            if serves_village(office):
                mine |= everybody & Q(region_id=office.region_id, party="")
    return mine


def _of_the_house(person: Person) -> Q:
    found = NOBODY
    for office in person.offices:
        if office.party:
            found |= Q(party=office.party)
        if serves_village(office):
            found |= Q(region_id=office.region_id)
    return found


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom a notice may be carried; ``wa`` opens WhatsApp with the text, ready to be sent by hand."""

    name: str
    wa: str


def recipients(notice: Notice, text: str) -> list[Recipient]:
    """The people it was said to, as far as one can name them; those without a telephone get a link without a number."""
    if notice.person:
        people = list(Person.objects.filter(code=notice.person))
    elif notice.role:
        people = [each.person for each in holders(notice.role, notice.region_id or "", notice.party, clock.today())]
    else:
        people = []
    return [Recipient(each.full_name, wa_link(text, each.phone)) for each in people]


def wa_link(text: str, phone: str = "") -> str:
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"
