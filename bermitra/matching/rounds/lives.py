"""The lives of a round, of what it introduces, of an objection to it, and of one piece of work done for it by the worker."""

from __future__ import annotations

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.text import _

ROUND = Flow(
    "round",
    (
        Move("start", "draft", "matching.draft_round"),
        Move("start", "draft", "matching.follow_up"),
        Move("draft", "draft", "matching.revise_round"),
        Move("draft", "open", "matching.open_round"),
        Move("open", "preferences", "matching.close_invitations"),
        Move("open", "void", "matching.close_invitations"),  # nobody came, or nothing was offered
        Move("preferences", "preferences", "matching.keep_choices"),
        Move("open", "open", "matching.announce_throw"),
        Move("preferences", "preferences", "matching.announce_throw"),
        Move("ready", "ready", "matching.announce_throw"),  # held up: another day, before anything was thrown
        Move("preferences", "ready", "matching.close_preferences"),
        Move("ready", "ready", "matching.keep_list"),
        Move("ready", "ready", "matching.throw_seed"),
        Move("ready", "ready", "matching.run_round"),
        Move("ready", "computed", "matching.keep_result"),
        Move("computed", "provisional", "matching.publish_round"),
        Move("computed", "final", "matching.publish_round"),  # a plain ranked list introduces nobody
        Move("provisional", "ready", "matching.rerun_round"),
        Move("provisional", "responses", "matching.open_responses"),
        Move("responses", "final", "matching.close_responses"),
        *(
            Move(state, "void", "matching.void_round")
            for state in ("draft", "open", "preferences", "ready", "computed", "provisional")
        ),
    ),
)
ANNOUNCED_IN = frozenset({"open", "preferences", "ready"})
SIMULATED_IN = frozenset({"draft", "open", "preferences", "ready"})
PUBLIC = frozenset(ROUND.states - {"draft"})  # from the opening on everybody reads it, also why it was voided
RESULT_SHOWN = frozenset({"provisional", "responses", "final"})
FILE_SHOWN = RESULT_SHOWN | {"void"}  # what was computed is not thrown away in silence

_NOBODY = _("Tidak ada yang ditunggu.")
ROUND_LABELS: dict[str, Label] = {
    "draft": Label(_("Disiapkan"), _("Draf putaran dan kebijakan"), _("Menunggu Dinas PMD membuka putaran.")),
    "open": Label(
        _("Undangan terbuka"),
        _("Undangan semua desa yang memenuhi syarat"),
        _("Menunggu desa dan mitra menjawab undangan."),
    ),
    "preferences": Label(
        _("Menyusun pilihan"), _("Kedua pihak menyusun pilihan"), _("Menunggu desa dan mitra menyusun pilihan.")
    ),
    "ready": Label(_("Siap dijalankan"), _("Pilihan terkunci"), _("Menunggu Dinas PMD menjalankan putaran.")),
    "computed": Label(_("Dihitung"), _("Hasil dihitung dan diperiksa"), _("Menunggu Dinas PMD menerbitkan hasil.")),
    "provisional": Label(_("Hasil sementara"), _("Hasil terbit, masa sanggah"), _("Menunggu masa sanggah berakhir.")),
    "responses": Label(
        _("Menunggu jawaban kedua pihak"),
        _("Terima atau tolak"),
        _("Menunggu desa dan mitra menerima atau menolak."),
    ),
    "final": Label(_("Ditetapkan"), _("Ditetapkan"), _NOBODY),
    "void": Label(_("Dibatalkan"), _("Batal dengan alasan"), _NOBODY),
}

INTRODUCTION = Flow(
    "introduction",
    (
        Move("start", "offered", "matching.open_responses"),
        Move("start", "lapsed", "matching.open_responses"),  # its offer has changed, has ended, or has no place left
        Move("offered", "accepted_by_village", "matching.respond_to_match"),
        Move("offered", "accepted_by_partner", "matching.respond_to_match"),
        Move("accepted_by_village", "accepted", "matching.respond_to_match"),
        Move("accepted_by_partner", "accepted", "matching.respond_to_match"),
        *(
            Move(state, "declined", "matching.respond_to_match")
            for state in ("offered", "accepted_by_village", "accepted_by_partner")
        ),
        *(
            Move(state, "lapsed", "matching.close_responses")
            for state in ("offered", "accepted_by_village", "accepted_by_partner")
        ),
        Move("accepted", "taken_up", "matching.take_up_match"),
    ),
)
ANSWERABLE = frozenset(move.source for move in INTRODUCTION.moves if move.door == "matching.respond_to_match")
INTRODUCTION_LABELS: dict[str, Label] = {
    "offered": Label(
        _("Diperkenalkan"), _("Menunggu jawaban kedua pihak"), _("Menunggu jawaban Kepala Desa dan mitra.")
    ),
    "accepted_by_village": Label(_("Diterima desa"), _("Diterima desa"), _("Menunggu jawaban mitra.")),
    "accepted_by_partner": Label(_("Diterima mitra"), _("Diterima mitra"), _("Menunggu jawaban Kepala Desa.")),
    "accepted": Label(_("Diterima kedua pihak"), _("Diterima kedua pihak"), _("Menunggu kerja sama dimulai.")),
    "declined": Label(_("Tidak dilanjutkan"), _("Ditolak dengan alasan"), _NOBODY),
    "lapsed": Label(_("Gugur"), _("Gugur tanpa jawaban"), _NOBODY),
    "taken_up": Label(_("Menjadi kerja sama"), _("Berkas kerja sama dibuka"), _NOBODY),
}

OBJECTION = Flow(
    "round_objection",
    (
        Move("start", "filed", "matching.file_objection"),
        Move("filed", "upheld", "matching.answer_objection"),
        Move("filed", "dismissed", "matching.answer_objection"),
    ),
)
OBJECTION_LABELS: dict[str, Label] = {
    "filed": Label(_("Diajukan"), _("Sanggahan masuk"), _("Menunggu Dinas PMD menjawab sanggahan.")),
    "upheld": Label(_("Sanggahan diterima"), _("Sanggahan diterima"), _NOBODY),
    "dismissed": Label(_("Tidak diterima"), _("Sanggahan ditolak dengan alasan"), _NOBODY),
}

RUN = Flow(
    "round_run",
    (
        Move("start", "asked", "matching.close_invitations"),
        Move("start", "asked", "matching.close_preferences"),
        Move("start", "asked", "matching.simulate_round"),
        Move("start", "asked", "matching.run_round"),
        Move("start", "asked", "matching.rerun_round"),
        Move("asked", "done", "matching.keep_choices"),
        Move("asked", "done", "matching.keep_list"),
        Move("asked", "done", "matching.keep_trial"),
        Move("asked", "done", "matching.keep_result"),
        Move("asked", "failed", "matching.keep_failure"),
        Move("asked", "dropped", "matching.keep_failure"),  # the round is past all computing
        Move("failed", "asked", "matching.try_again"),
        *(
            Move(state, "dropped", door)
            for state in ("asked", "failed")
            for door in ("matching.close_invitations", "matching.void_round")
        ),
    ),
)
RUN_LABELS: dict[str, Label] = {
    "asked": Label(_("Sedang dihitung"), _("Sedang dihitung"), _("Menunggu hitungan selesai.")),
    "done": Label(_("Selesai dihitung"), _("Selesai dihitung"), _NOBODY),
    "failed": Label(_("Hitungan gagal"), _("Hitungan gagal"), _("Menunggu Dinas PMD mengulang hitungan.")),
    "dropped": Label(_("Tidak jadi dihitung"), _("Tidak jadi dihitung"), _NOBODY),
}
