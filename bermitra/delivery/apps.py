from importlib import import_module

from django.apps import AppConfig

from bermitra.delivery.access import ACCESS


class DeliveryConfig(AppConfig):
    name = "bermitra.delivery"
    label = "delivery"
    access = ACCESS

    def ready(self) -> None:
        """The doors of what follows a change, and of the inner room, are known with the others."""
        for module in ("following", "handing.actions"):
            import_module(f"bermitra.delivery.{module}")
