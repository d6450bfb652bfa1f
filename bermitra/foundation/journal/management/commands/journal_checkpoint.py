"""``bermitra journal checkpoint``: sign what the journal holds now, and print the note."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from bermitra.foundation.journal.checkpoints import make_checkpoint, origin
from bermitra.foundation.journal.models import Checkpoint
from bermitra.foundation.journal.signing import signing_key, verifier_key


class Command(BaseCommand):
    help = "Menandatangani titik periksa jurnal dan menampilkannya, beserta kunci untuk memeriksanya."

    def handle(self, *args: Any, **options: Any) -> None:
        make_checkpoint(timezone.now())
        last = Checkpoint.objects.order_by("-size").first()
        if last is None:
            self.stdout.write("Jurnal masih kosong.")
            return
        self.stdout.write(last.note)
        self.stdout.write(verifier_key(origin(), signing_key(settings.BERMITRA_HOME).public_key()))
