"""``bermitra verify-round FILE``: compute a published round or draw again, by two programs, and look for any complaint."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from bermitra.matching.verify_round import VERDICT, examine


class Command(BaseCommand):
    help = "Menghitung ulang putaran atau undian dari berkasnya dan memeriksa hasilnya."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(gettext("Berkas {name} tidak terbaca.").format(name=options["file"])) from error
        found = examine(data)
        for sentence, values in found.lines:
            self.stdout.write(gettext(sentence).format(**values))
        if not found.sound:
            raise CommandError(gettext(VERDICT[False]))
        self.stdout.write(gettext(VERDICT[True]))
