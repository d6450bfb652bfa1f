"""``bermitra import indicators FILE``: keep the published scores of villages, indicator by indicator (IDM)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.fields import say
from bermitra.foundation.regions.load import areas_in_force
from bermitra.foundation.regions.management.console import Progress, agreed, number, table, write_refused
from bermitra.foundation.text import BadInput
from bermitra.needs.actions import import_indicators, plan_scores
from bermitra.needs.scores import read_scores


class Command(BaseCommand):
    help = "Memuat skor indikator indeks desa (IDM) dari berkas CSV, gz atau XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="timpa skor yang berbeda tanpa bertanya")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(self.stdout, 3)
        try:
            areas = areas_in_force()
            if not areas:
                raise CommandError(_("Daftar wilayah masih kosong. Jalankan lebih dahulu: bermitra import regions"))
            progress.step(_("Membaca {name} …").format(name=options["path"].name))
            found = read_scores(options["path"], areas)
            progress.step(_("Membandingkan {count} baris …").format(count=number(len(found.rows))))
            plan = plan_scores(found)
            if found.refused:
                where = write_refused(settings.BERMITRA_HOME, found.source, found.refused, clock.now())
                said = _("{count} baris ditolak; baris dan alasannya: {path}")
                self.stdout.write(said.format(count=number(len(found.refused)), path=where))
            if not plan.new and not plan.changed:
                progress.end()
                self.stdout.write(_("Tidak ada perubahan."))
                return
            if plan.changed and not options["yes"]:
                said = _("{count} desa dan tahun sudah punya skor lain.")
                self.stdout.write(said.format(count=number(len(plan.changed))))
                if not agreed(_("Timpa skor itu? Ketik ya: ")):
                    self.stdout.write(_("Tidak ada yang diubah. Untuk menerapkan, ulangi dengan --yes."))
                    return
            progress.step(_("Menyimpan …"))
            import_indicators(by=By.the_system(), plan=plan)
        except BadInput as bad:
            raise CommandError(say(bad)) from bad
        except IntegrityError as clash:
            raise CommandError(_("Data lain dimuat pada saat yang sama. Ulangi perintah ini.")) from clash
        progress.end()
        rows = [(_("Baru"), len(plan.new)), (_("Berubah"), len(plan.changed)), (_("Tetap"), plan.unchanged)]
        self.stdout.write(_("Skor indikator indeks desa:"))
        self.stdout.write(table(rows))
