"""Whose value it is: a person's, a village's or a partner's, in the terms of a door."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.regions.models import Region


@dataclass(frozen=True)
class Subject:
    """Exactly one of the three is set. A partner is known here by its code and the region that looks after it."""

    person: Person | None = None
    village: Region | None = None
    party: str = ""
    party_region: str = ""

    @classmethod
    def of_person(cls, person: Person) -> Subject:
        return cls(person=person)

    @classmethod
    def of_village(cls, village: Region) -> Subject:
        return cls(village=village)

    @classmethod
    def of_party(cls, code: str, region: str) -> Subject:
        return cls(party=code, party_region=region)

    @property
    def code(self) -> str:
        if self.person is not None:
            return self.person.code
        return self.village.pk if self.village is not None else self.party

    def reach(self) -> Reach:
        if self.person is not None:
            return self.person.reach()
        if self.village is not None:
            return Reach(region=self.village.pk)
        return Reach(region=self.party_region, parties=frozenset({self.party}))

    def of_key(self, before: str = "") -> Q:
        """The key of this subject; ``before`` leads to the key from another table."""
        if self.person is not None:
            return Q(**{f"{before}person": self.person})
        if self.village is not None:
            return Q(**{f"{before}region": self.village})
        return Q(**{f"{before}party": self.party})
