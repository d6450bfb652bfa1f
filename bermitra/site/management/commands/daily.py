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
from bermitra.foundation.people.actions import end_due_assistances, remind_of_endings
from bermitra.foundation.personal.traces import sweep
from bermitra.monitoring.actions import note_overdue_reports, open_due_reports
from bermitra.registry.actions import escalate_overdue_flags, remind_partners
from bermitra.registry.printing import forget_old
from bermitra.selection.actions import close_due_calls

KEPT_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = "Pekerjaan harian: menutup yang lewat tenggat, membuka laporan tahunan, menghapus kunci dan sesi lama."

    def handle(self, *args: Any, **options: Any) -> None:
        calls, enrolments, reports = close_due_calls(), close_due_enrolments(), open_due_reports(clock.today())
        self.stdout.write(f"{calls} penawaran dan {enrolments} pendaftaran ditutup, {reports} laporan tahunan dibuka.")
        late, caught_up = note_overdue_reports(clock.today())
        self.stdout.write(f"{late} laporan dicatat tertunggak, {caught_up} tunggakan selesai.")
        self.stdout.write(f"{seal_due()} naskah disegel.")
        ended, ending = end_due_assistances(clock.today()), remind_of_endings(clock.today())
        self.stdout.write(f"{ended} mandat bantuan berakhir, {ending} jabatan diingatkan.")
        self.stdout.write(f"{escalate_overdue_flags()} tanda risiko diteruskan, {remind_partners()} mitra diingatkan.")
        with writers_turn(connection):
            gone, _ = DoneAct.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
            call_command("clearsessions")
        sweep()
        forget_old()
        self.stdout.write(f"{gone} kunci permintaan lama dihapus.")
