"""``bermitra backup FOLDER``: an archive of database and files, and the keys beside it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bermitra.site.safekeeping import SafekeepingError, back_up


class Command(BaseCommand):
    help = "Mencadangkan basis data dan berkas ke satu arsip, dan kunci ke arsip lain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            archive, keys = back_up(options["folder"], timezone.now())
        except SafekeepingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Cadangan: {archive}")
        self.stdout.write(f"Kunci:    {keys}  (pindahkan ke tempat lain yang aman)")
