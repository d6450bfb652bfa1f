"""Comments on the text, with what became of the place they speak of."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.agreements.models import Agreement, DraftComment
from bermitra.agreements.rules import ONE, TWO
from bermitra.foundation.accounts.models import Person


@dataclass(frozen=True)
class Remark:
    """A comment as a page shows it; ``changed_in`` is the first later version in which its article reads otherwise."""

    comment: DraftComment
    changed_in: int | None

    @property
    def open(self) -> bool:
        return self.comment.settled_at is None


def remarks_of(agreement: Agreement) -> list[Remark]:
    """All comments on the text in their order. Two statements."""
    comments = list(DraftComment.objects.filter(agreement=agreement))
    if not comments:
        return []
    later = agreement.versions.filter(number__gt=min(each.version for each in comments)).order_by("number")
    changed = [
        (number, {each["what"] for each in changes}) for number, changes in later.values_list("number", "changes")
    ]
    return [Remark(each, _changed_in(each, changed)) for each in comments]


def _changed_in(comment: DraftComment, changed: list[tuple[int, set[str]]]) -> int | None:
    what = f"clause:{comment.place}"
    return next(
        (
            number
            for number, places in changed
            if number > comment.version and (what in places or (not comment.place and places))
        ),
        None,
    )


def side_of_person(person: Person, agreement: Agreement) -> str:
    """The side for which somebody reads: the partner's people read for the partner, all others for the village."""
    return TWO if any(office.party == agreement.partner.code for office in person.offices) else ONE


def open_comments(agreement: Agreement, party: str) -> list[DraftComment]:
    """What a side has said and not yet settled."""
    return list(DraftComment.objects.filter(agreement=agreement, party=party, settled_at=None))
