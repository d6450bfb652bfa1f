"""``bermitra rebuild``: make again from the rows what is kept beside them as sums, and say what was wrong."""

from typing import Any

from django.core.management.base import BaseCommand

from bermitra.agreements.models import Agreement
from bermitra.delivery.actions import rebuild_totals
from bermitra.delivery.queries import wrong_totals
from bermitra.foundation.commands.act import By
from bermitra.foundation.money import rupiah


class Command(BaseCommand):
    help = "Menghitung ulang jumlah yang disimpan dari baris buku uang, dan menyebut yang keliru."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = mended = 0
        for agreement in Agreement.objects.filter(entries__isnull=False).distinct().order_by("pk"):
            asked += 1
            wrong = wrong_totals(agreement)
            if not wrong:
                continue
            rebuild_totals(by=By.the_system(), agreement=agreement)
            mended += 1
            sources = dict(agreement.funding.values_list("pk", "source"))
            for line, (was, now) in sorted(wrong.items(), key=lambda each: each[0] or 0):
                name = sources.get(line, "Bagi hasil") if line else "Bagi hasil"
                self.stdout.write(
                    f"{agreement.code} {name}: diterima {rupiah(was[0])} menjadi {rupiah(now[0])}, "
                    f"dipakai {rupiah(was[1])} menjadi {rupiah(now[1])}."
                )
        self.stdout.write(f"{asked} buku uang diperiksa, {mended} dihitung ulang.")
