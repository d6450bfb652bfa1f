from importlib import import_module

from django.apps import AppConfig

from bermitra.deliberation.access import ACCESS


class DeliberationConfig(AppConfig):
    name = "bermitra.deliberation"
    label = "deliberation"
    access = ACCESS

    def ready(self) -> None:
        """The doors of the inner rooms are known with those of the outer one."""
        import_module("bermitra.deliberation.consent.actions")
