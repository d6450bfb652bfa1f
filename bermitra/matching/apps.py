from importlib import import_module

from django.apps import AppConfig

from bermitra.matching.access import ACCESS


class MatchingConfig(AppConfig):
    name = "bermitra.matching"
    label = "matching"
    access = ACCESS

    def ready(self) -> None:
        """The doors of every room are known with those of the others."""
        for room in ("shortlists", "rounds", "draws"):
            import_module(f"bermitra.matching.{room}.actions")
