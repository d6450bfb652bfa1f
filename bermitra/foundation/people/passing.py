"""What of a stage is in the hands of one person, so that it can go to the successor of an office.

A stage names its tables in ``hands_over`` of its AppConfig, as it hands down its rows of the permission table; nothing
here knows any stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Assigned:
    """``field`` of ``model`` holds the code of the person in charge while a row is ``open``; ``place`` leads to the
    dotted code of the region it lies in. ``says`` is a marked sentence for the list of what is handed over."""

    model: str
    field: str
    open: Q
    place: str
    says: str

    def held_by(self, person: str, region: str) -> QuerySet[Any]:
        """Open rows in this person's charge, in this region or below it."""
        inside = Q(**{f"{self.place}__startswith": region})
        return self.table.objects.filter(self.open, inside, **{self.field: person})

    @property
    def table(self) -> Any:
        model: type[Model] = apps.get_model(self.model)
        return model


def assigned() -> tuple[Assigned, ...]:
    return tuple(each for config in apps.get_app_configs() for each in getattr(config, "hands_over", ()))
