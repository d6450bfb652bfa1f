"""``bermitra restore ARCHIVE KEYS``: into an empty instance; says at the end whether everything is there and true."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bermitra.foundation.journal.checkpoints import verify
from bermitra.site.safekeeping import SafekeepingError, erase_again, restore


class Command(BaseCommand):
    help = "Memulihkan cadangan ke BERMITRA_HOME dan basis data yang masih kosong, lalu memeriksanya."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("keys", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["archive"], options["keys"])
        except SafekeepingError as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        verdict = verify()
        troubles = list(verdict.troubles)
        files = settings.BERMITRA_HOME / "files"
        for name in manifest["files"]:
            if sha256((files / name).read_bytes()).hexdigest() != Path(name).name:
                troubles.append(f"Berkas {name} berubah.")
        if (verdict.lines, verdict.head if verdict.lines else "") != tuple(manifest["journal"].values()):
            troubles.append("Kepala jurnal berbeda dari cadangan.")
        again = erase_again()  # also where something is wrong: nobody stays in it who should not be there
        if troubles:
            raise CommandError("\n".join(troubles))
        if again:
            self.stdout.write(f"Dihapus lagi: {again} data pribadi yang dihapus sesudah cadangan ini dibuat.")
        self.stdout.write(f"Pulih: jurnal {manifest['journal']['seq']} baris, {len(manifest['files'])} berkas, utuh.")
