from django.apps import AppConfig
from django.db.models.signals import post_migrate

from bermitra.foundation.journal import checks, guard


class JournalConfig(AppConfig):
    name = "bermitra.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        post_migrate.connect(guard.after_migrate, dispatch_uid="journal.guard")
        checks.register()
