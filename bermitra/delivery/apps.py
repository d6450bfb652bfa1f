from importlib import import_module

from django.apps import AppConfig

from bermitra.delivery.access import ACCESS


class DeliveryConfig(AppConfig):
    name = "bermitra.delivery"
    label = "delivery"
    access = ACCESS

    def ready(self) -> None:
        """The door of what follows a change is known with the others."""
        import_module("bermitra.delivery.following")
