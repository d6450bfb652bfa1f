"""``bermitra daily``: what a new day brings: enrolments that end, reports that begin, keys and sessions that are forgotten."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from bermitra.agreements.sealing import seal_due
from bermitra.delivery.actions import close_due_enrolments
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.turns import writers_turn
from bermitra.monitoring.actions import open_due_reports
from bermitra.selection.actions import close_due_calls

KEPT_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = "Pekerjaan harian: menutup yang lewat tenggat, membuka laporan tahunan, menghapus kunci dan sesi lama."

    def handle(self, *args: Any, **options: Any) -> None:
        calls, enrolments, reports = close_due_calls(), close_due_enrolments(), open_due_reports(clock.today())
        self.stdout.write(f"{calls} penawaran dan {enrolments} pendaftaran ditutup, {reports} laporan tahunan dibuka.")
        self.stdout.write(f"{seal_due()} naskah disegel.")
        with writers_turn(connection):
            gone, _ = DoneAct.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
            call_command("clearsessions")
        self.stdout.write(f"{gone} kunci permintaan lama dihapus.")
