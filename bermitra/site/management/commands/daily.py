"""``bermitra daily``: what a new day brings: enrolments that end, reports that begin, keys and sessions that are forgotten."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from bermitra.agreements.chains.actions import tell_of_ended_parents
from bermitra.agreements.changing.actions import remind_of_ends, resume_due
from bermitra.agreements.changing.sealing import seal_due as seal_due_addenda
from bermitra.agreements.joint.body.sealing import seal_due as seal_due_heads
from bermitra.agreements.joint.sealing import seal_due as seal_due_joint
from bermitra.agreements.sealing import seal_due
from bermitra.deliberation.inter_village.actions import remind_of_joint_offers
from bermitra.delivery.actions import close_due_enrolments
from bermitra.delivery.following import take_up_due_changes
from bermitra.foundation.accounts import suspended
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.models import DoneAct
from bermitra.foundation.commands.turns import writers_turn
from bermitra.foundation.people.actions import end_due_assistances, remind_of_endings
from bermitra.foundation.personal.traces import sweep
from bermitra.matching.rounds.actions import close_due_rounds
from bermitra.matching.shortlists.computing import ask_due_shortlists
from bermitra.monitoring.actions import note_overdue_reports, open_due_reports
from bermitra.needs.offers.actions import expire_due_offers, pause_fallen_offers
from bermitra.registry.actions import escalate_overdue_flags, lapse_requests, remind_partners
from bermitra.registry.printing import forget_old
from bermitra.selection.actions import (
    close_due_calls,
    keep_due_guards,
    lapse_due_candidates,
    lapse_due_offers,
    look_for_ties_where_panels_work,
    remind_of_offers,
)
from bermitra.selection.binding import ask_due as ask_due_dossiers

KEPT_FOR = timedelta(days=7)
log = logging.getLogger(__name__)


def _rests() -> str:
    return f"{resume_due(clock.today())} kerja sama yang ditunda berjalan lagi."


def _ends() -> str:
    return f"{remind_of_ends(clock.today())} perjanjian diingatkan tentang masa akhirnya."


def _following() -> str:
    return f"{take_up_due_changes()} perjanjian disesuaikan tenggatnya."


def _calls() -> str:
    return f"{close_due_calls()} penawaran ditutup."


def _own_offers() -> str:
    over, told = lapse_due_offers(clock.today()), remind_of_offers(clock.today())
    return f"{over} usulan mitra gugur, {told} diingatkan."


def _candidates() -> str:
    return f"{lapse_due_candidates()} pencalonan gugur."


def _panels() -> str:
    return f"{look_for_ties_where_panels_work()} tim seleksi dengan kaitan yang berubah."


def _guards() -> str:
    return f"{keep_due_guards()} daftar syarat penetapan diperiksa."


def _enrolments() -> str:
    return f"{close_due_enrolments()} pendaftaran ditutup."


def _reports() -> str:
    return f"{open_due_reports(clock.today())} laporan tahunan dibuka."


def _overdue() -> str:
    late, caught_up = note_overdue_reports(clock.today())
    return f"{late} laporan dicatat tertunggak, {caught_up} tunggakan selesai."


def _seals() -> str:
    return f"{seal_due() + seal_due_addenda() + seal_due_joint() + seal_due_heads()} naskah disegel."


def _chains() -> str:
    return f"{tell_of_ended_parents(clock.today())} naskah diberi tahu bahwa induknya berakhir."


def _assistance() -> str:
    return f"{end_due_assistances(clock.today())} mandat bantuan berakhir."


def _offices() -> str:
    return f"{remind_of_endings(clock.today())} jabatan diingatkan."


def _flags() -> str:
    return f"{escalate_overdue_flags()} tanda risiko diteruskan."


def _partners() -> str:
    return f"{remind_partners()} mitra diingatkan."


def _requests() -> str:
    return f"{lapse_requests()} pendaftaran mitra gugur."


def _joint_offers() -> str:
    return f"{remind_of_joint_offers(clock.today())} desa diingatkan tentang penawaran antar-Desa."


def _offers() -> str:
    over, resting = expire_due_offers(clock.today()), pause_fallen_offers(clock.today())
    return f"{over} tawaran mitra habis masa berlakunya, {resting} dijeda."


def _shortlists() -> str:
    return f"{ask_due_shortlists()} daftar yang cocok diminta."


def _rounds() -> str:
    return f"{close_due_rounds()} putaran dilanjutkan."


def _dossiers() -> str:
    return f"{ask_due_dossiers()} berkas seleksi diminta."


def _keys() -> str:
    with writers_turn(connection):
        gone, _ = DoneAct.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
        call_command("clearsessions")
    return f"{gone} kunci permintaan lama dihapus."


def _traces() -> str:
    sweep()
    return "Jejak yang sudah dihapus disapu."


def _letters() -> str:
    return f"{forget_old()} kumpulan surat akses dihapus."


def _forms() -> str:
    return f"{suspended.forget_old()} isian tertunda dihapus."


# Each by itself: what goes wrong in one must not cost a village the others.
STEPS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("penundaan", _rests),
    ("masa akhir", _ends),
    ("tenggat", _following),
    ("penawaran", _calls),
    ("usulan mitra", _own_offers),
    ("pencalonan", _candidates),
    ("tim seleksi", _panels),
    ("pendaftaran", _enrolments),
    ("laporan tahunan", _reports),
    ("tunggakan", _overdue),
    ("segel", _seals),
    ("rangkaian perjanjian", _chains),
    ("bantuan", _assistance),
    ("jabatan", _offices),
    ("tanda risiko", _flags),
    ("mitra", _partners),
    ("pendaftaran mitra", _requests),
    ("penawaran antar-Desa", _joint_offers),
    ("tawaran mitra", _offers),
    ("daftar yang cocok", _shortlists),
    ("putaran", _rounds),
    ("berkas seleksi", _dossiers),
    # After everything that a new day changes: what the pages of calls say of their guards.
    ("syarat penetapan", _guards),
    ("kunci permintaan", _keys),
    ("jejak", _traces),
    ("surat akses", _letters),
    ("isian tertunda", _forms),
)


class Command(BaseCommand):
    help = "Pekerjaan harian: menutup yang lewat tenggat, membuka laporan tahunan, menghapus kunci dan sesi lama."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for name, step in STEPS:
            try:
                self.stdout.write(step())
            except Exception as wrong:
                failed += 1
                log.exception("daily: a step failed: %s", name)
                self.stderr.write(f"Langkah “{name}” gagal: {wrong}")
        if failed:
            raise CommandError(f"{failed} dari {len(STEPS)} langkah gagal; yang lain selesai. Periksa catatan peladen.")
