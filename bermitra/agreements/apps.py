from importlib import import_module

from django.apps import AppConfig

from bermitra.agreements.access import ACCESS


class AgreementsConfig(AppConfig):
    name = "bermitra.agreements"
    label = "agreements"
    access = ACCESS

    def ready(self) -> None:
        """The doors of the inner rooms are known with those of the outer one."""
        for room in ("batches", "chains", "changing", "existing", "existing.addenda", "joint", "joint.body"):
            import_module(f"bermitra.agreements.{room}.actions")
