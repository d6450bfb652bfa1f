"""``bermitra journal verify``: recompute the whole journal and check its checkpoints."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bermitra.foundation.journal.checkpoints import verify


class Command(BaseCommand):
    help = "Memeriksa seluruh jurnal: setiap baris, rantainya, dan titik periksa yang ditandatangani."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(lambda seq: self.stderr.write(f"  {seq} baris diperiksa"))
        if not verdict.sound:
            raise CommandError("\n".join(verdict.troubles))
        self.stdout.write(f"Jurnal utuh: {verdict.lines} baris, {verdict.checkpoints} titik periksa.")
        self.stdout.write(f"Kepala: {verdict.head}")
        self.stdout.write(f"Akar: {verdict.root}")
