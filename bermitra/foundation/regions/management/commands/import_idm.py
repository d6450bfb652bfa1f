"""``bermitra import idm FILE``: keep a year's published village index (Indeks Desa Membangun)."""

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
from bermitra.foundation.regions.actions import import_index
from bermitra.foundation.regions.index import STATUSES, read_index
from bermitra.foundation.regions.load import areas_in_force, plan_index
from bermitra.foundation.regions.management.console import Progress, agreed, number, table, write_refused
from bermitra.foundation.text import BadInput


class Command(BaseCommand):
    help = "Memuat indeks desa (IDM) satu tahun dari berkas CSV, gz atau XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument(
            "--year", type=int, choices=range(2015, 2100), metavar="TAHUN", help="bawaan: dari nama berkas"
        )
        parser.add_argument("--yes", action="store_true", help="timpa nilai yang berbeda tanpa bertanya")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(self.stdout, 3)
        try:
            areas = areas_in_force()
            if not areas:
                raise CommandError(_("Daftar wilayah masih kosong. Jalankan lebih dahulu: bermitra import regions"))
            progress.step(_("Membaca {name} …").format(name=options["path"].name))
            index = read_index(options["path"], areas, options["year"])
            progress.step(_("Membandingkan {count} desa …").format(count=number(len(index.rows))))
            plan = plan_index(index)
            if index.refused:
                where = write_refused(settings.BERMITRA_HOME, index.source, index.refused, clock.now())
                said = _("{count} baris ditolak; baris dan alasannya: {path}")
                self.stdout.write(said.format(count=number(len(index.refused)), path=where))
            if not plan.new and not plan.changed:
                progress.end()
                self.stdout.write(_("Tidak ada perubahan."))
                return
            if plan.changed and not options["yes"]:
                said = _("{count} desa sudah punya nilai lain untuk {year}.")
                self.stdout.write(said.format(count=number(len(plan.changed)), year=plan.year))
                if not agreed(_("Timpa nilai itu? Ketik ya: ")):
                    self.stdout.write(_("Tidak ada yang diubah. Untuk menerapkan, ulangi dengan --yes."))
                    return
            progress.step(_("Menyimpan …"))
            import_index(by=By.the_system(), plan=plan)
        except BadInput as bad:
            raise CommandError(say(bad)) from bad
        except IntegrityError as clash:
            raise CommandError(_("Data lain dimuat pada saat yang sama. Ulangi perintah ini.")) from clash
        progress.end()
        rows = [(status, plan.statuses[status]) for _above, status in STATUSES]
        rows += [(_("Tanpa status"), plan.statuses[""]), (_("Status berbeda dari nilainya"), plan.contradicting)]
        rows += [(_("Baru"), len(plan.new)), (_("Berubah"), len(plan.changed)), (_("Tetap"), plan.unchanged)]
        self.stdout.write(_("Indeks desa {year}:").format(year=plan.year))
        self.stdout.write(table(rows))
