"""What an act tells people. Joins the running act: no door of its own, no line in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.messages.models import Notice


def tell(
    act: Act,
    *,
    says: str,
    about: str,
    params: Mapping[str, str | int] | None = None,
    url_name: str = "",
    code: str = "",
    role: str = "",
    region: str = "",
    party: str = "",
    person: str = "",
) -> Notice:
    """Put a notice into the inbox of those concerned: a person, the holders of an office, a whole village or partner.

    ``says`` is a marked sentence filled from ``params`` (titles, codes, whole numbers). ``url_name`` and ``code`` lead
    to the record; without them the notice is only read.

    Where several are given the narrowest is told: ``person``, else ``role`` (whose own kind says whether it sits in the
    ``region`` or the ``party``), else ``party``, else everybody in office in the village. The other offices of the region
    and party that are named see the notice as well and may carry it on; a ``person`` alone is told alone.
    """
    if role and role not in roles.BY_KEY:
        raise ValueError(f"no role {role!r}")
    given = dict(params or {})
    says.format(**given)  # a gap in the sentence shows itself here, not on the page
    return Notice.objects.create(
        says=says,
        params=given,
        about=about,
        url_name=url_name,
        url_code=code,
        role=role,
        region_id=region or None,
        party=party,
        person=person,
        created_at=act.now,
        act=act.code,
    )


AT_ONCE = 500  # rows in one statement


def tell_each(
    act: Act,
    *,
    people: Iterable[str],
    says: str,
    about: str,
    params: Mapping[str, str | int] | None = None,
    url_name: str = "",
) -> int:
    """The same notice to many people alone, by their codes; says how many were told."""
    given = dict(params or {})
    says.format(**given)
    notices = [
        Notice(says=says, params=given, about=about, url_name=url_name, person=person, created_at=act.now, act=act.code)
        for person in people
    ]
    return len(Notice.objects.bulk_create(notices, batch_size=AT_ONCE))
