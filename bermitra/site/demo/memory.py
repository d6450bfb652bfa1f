"""How far a story was played: a small file beside the instance, written whole after every act."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model


class Memory:
    """The last step that is done, the records that acts named, and what clerks saw where an act was refused.

    ``told_by`` is the fingerprint of the story: one that was told in other words is not gone on with.
    """

    def __init__(self, path: Path | None = None):
        self._path = path
        held = json.loads(path.read_text(encoding="utf-8")) if path is not None and path.is_file() else {}
        self.done: int = held.get("done", 0)
        self.told_by: str = held.get("told_by", "")
        self.complete: bool = held.get("complete", False)
        self._names: dict[str, list[Any]] = held.get("names", {})
        self.sights: list[dict[str, Any]] = held.get("sights", [])

    def remember(self, name: str, record: Model) -> None:
        self._names[name] = [record._meta.label_lower, record.pk]

    def recall(self, name: str) -> Model | None:
        """The record of this name as it is now."""
        if name not in self._names:
            return None
        label, key = self._names[name]
        return apps.get_model(label)._base_manager.filter(pk=key).first()

    def finish(self, step: int, *, last: bool = False) -> None:
        self.done, self.complete = step, last
        if self._path is None:
            return
        half = self._path.with_suffix(".part")
        held = {
            "done": self.done, "complete": self.complete, "told_by": self.told_by, "names": self._names,
            "sights": self.sights,
        }  # fmt: skip
        half.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        os.replace(half, self._path)
