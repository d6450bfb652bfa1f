"""``bermitra import regions [DIR]``: bring the register of regions into the state of a file, the shipped one without DIR."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from bermitra.foundation.calendar import parse_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.fields import say
from bermitra.foundation.regions.actions import import_register
from bermitra.foundation.regions.load import RegisterPlan, plan_register
from bermitra.foundation.regions.management.console import Progress, agreed, number, table, write_refused
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import (
    SHIPPED,
    SHIPPED_DECREE,
    Area,
    Areas,
    Register,
    parent_of,
    read_register,
)
from bermitra.foundation.text import BadInput

SHOWN = 12  # differences of a kind that are named one by one


class Command(BaseCommand):
    help = "Memuat daftar wilayah dari berkas atau folder; tanpa DIR: daftar yang disertakan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, metavar="DIR", help="berkas atau folder daftar wilayah")
        parser.add_argument("--yes", action="store_true", help="terapkan perbedaan tanpa bertanya")
        parser.add_argument("--decree", default="", help="nomor keputusan yang menetapkan daftar ini")
        parser.add_argument(
            "--since", default="", help="hari pertama berlakunya, misalnya 2025-04-25; bawaan: hari ini"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"] or SHIPPED
        decree = options["decree"] or ("" if options["path"] else SHIPPED_DECREE)
        progress = Progress(self.stdout, 4)
        try:
            day = _day(options["since"])
            progress.step(_("Membaca {name} …").format(name=path.name))
            register = read_register(path)
            progress.step(_("Membandingkan {count} wilayah …").format(count=number(len(register.areas))))
            plan = plan_register(register, decree=decree or path.name, day=day)
            self._say_refused(register)
            if not plan.found:
                progress.end()
                self.stdout.write(_("Tidak ada perubahan."))
                return
            if not plan.first:
                self._show_differences(plan)
                if not options["yes"] and not agreed(_("Terapkan perbedaan ini? Ketik ya: ")):
                    self.stdout.write(_("Tidak ada yang diubah. Untuk menerapkan, ulangi dengan --yes."))
                    return
            progress.step(_("Menyimpan …"))
            load = import_register(by=By.the_system(), plan=plan)
        except BadInput as bad:
            raise CommandError(say(bad)) from bad
        except IntegrityError as clash:
            raise CommandError(_("Data lain dimuat pada saat yang sama. Ulangi perintah ini.")) from clash
        progress.end()
        there = load.counts["in_force"]
        self.stdout.write(
            table([(_(kind.label), there[kind.value]) for kind in Region.Kind] + [(_("Semua"), there["areas"])])
        )

    def _say_refused(self, register: Register) -> None:
        if register.refused:
            where = write_refused(settings.BERMITRA_HOME, register.source, register.refused, clock.now())
            count = number(len(register.refused))
            self.stdout.write(_("{count} baris ditolak; baris dan alasannya: {path}").format(count=count, path=where))

    def _show_differences(self, plan: RegisterPlan) -> None:
        found, old, new = plan.found, plan.old, plan.new
        lines = {
            _("Baru"): [_named(code, new) for code in found.new if code not in found.split],
            _("Dimekarkan"): [
                _("{child} dari {mothers}").format(
                    child=_named(code, new), mothers=", ".join(_named(each, old) for each in found.split[code])
                )
                for code in sorted(found.split)
            ],
            _("Berganti nama"): [f"{_named(code, old)} → {new[code][0]}" for code in found.renamed],
            _("Berpindah kode"): [f"{_named(a, old)} → {_named(b, new)}" for a, b in sorted(found.moved.items())],
            _("Dihapus"): [_named(code, old) for code in found.gone],
            _("Tetap berlaku karena barisnya ditolak"): [_named(code, old) for code in found.kept],
        }
        self.stdout.write(_("Perbedaan dengan daftar yang berlaku:"))
        self.stdout.write(table([(what, len(rows)) for what, rows in lines.items() if rows]))
        for what, rows in lines.items():
            for row in rows[:SHOWN]:
                self.stdout.write(f"  {what}: {row}")
            if len(rows) > SHOWN:
                self.stdout.write(_("  {what}: … dan {count} lagi").format(what=what, count=number(len(rows) - SHOWN)))


def _day(text: str) -> date:
    return parse_date(text, earliest=date(1945, 8, 17), latest=date(2100, 12, 31)) if text else clock.today()


def _named(code: str, areas: Areas) -> str:
    """``33.04.19.2001 Pandanarum (Pandanarum)``: code, name and what it lies in."""
    above: Area | None = areas.get(parent_of(code))
    return f"{code} {areas[code][0]}" + (f" ({above[0]})" if above else "")
