"""What an act tells people. Joins the running act: no door of its own, no line in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ParamSpec

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.messages.models import Notice

AT_ONCE = 500  # rows in one statement
P = ParamSpec("P")


def notice(
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
    """To a person, the holders of an office, a whole village or partner; :func:`tell_many` writes it.

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
    return Notice(
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


def _one(build: Callable[P, Notice]) -> Callable[P, Notice]:
    """Puts what ``build`` makes into the inbox of those concerned, with its arguments."""

    def told(*args: P.args, **kwargs: P.kwargs) -> Notice:
        made = build(*args, **kwargs)
        made.save(force_insert=True)
        return made

    return told


tell = _one(notice)


def tell_many(notices: Iterable[Notice]) -> int:
    """Many of :func:`notice`, a statement for each five hundred; says how many there were."""
    return len(Notice.objects.bulk_create(notices, batch_size=AT_ONCE))


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
    return tell_many(
        notice(act, says=says, about=about, params=params, url_name=url_name, person=person) for person in people
    )
