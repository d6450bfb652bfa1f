"""``bermitra daily``: once a day: forget used keys after a week and ended sessions."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.turns import writers_turn

KEPT_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = "Pekerjaan harian: menghapus kunci permintaan yang lewat tujuh hari dan sesi yang sudah berakhir."

    def handle(self, *args: Any, **options: Any) -> None:
        with writers_turn(connection):
            gone, _ = DoneAct.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
            call_command("clearsessions")
        self.stdout.write(f"{gone} kunci permintaan lama dihapus.")
