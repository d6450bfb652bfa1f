"""``bermitra prepare``: tables, static files and the shipped register; harmless where they are there already."""

from typing import Any

from django.core.management.base import BaseCommand

from bermitra.site.ready import make_ready


class Command(BaseCommand):
    help = "Menyiapkan basis data, berkas tampilan, dan daftar wilayah. Boleh diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        make_ready(self.stdout.write)
        self.stdout.write("Siap. Mulai sistem baru: bermitra init. Jalankan situs: bermitra serve.")
