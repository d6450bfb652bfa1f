"""The life of a Musyawarah, and the nine topics of a cooperation."""

from __future__ import annotations

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.text import _

MUSYAWARAH = Flow(
    "musyawarah",
    [
        Move("start", "planned", "deliberation.plan"),
        Move("planned", "invited", "deliberation.invite"),
        Move("planned", "cancelled", "deliberation.cancel"),
        Move("invited", "cancelled", "deliberation.cancel"),
        Move("waiting_quorum", "cancelled", "deliberation.cancel"),
        Move("adjourned", "cancelled", "deliberation.cancel"),
        Move("invited", "in_session", "deliberation.open_session"),
        Move("waiting_quorum", "in_session", "deliberation.open_session"),
        Move("invited", "waiting_quorum", "deliberation.postpone"),
        Move("waiting_quorum", "adjourned", "deliberation.adjourn"),
        Move("adjourned", "in_session", "deliberation.open_second_session"),
        Move("in_session", "in_session", "deliberation.record_decision"),
        Move("in_session", "minutes_draft", "deliberation.record_decision"),
        Move("minutes_draft", "countersigning", "deliberation.finalise_minutes"),
        Move("countersigning", "minutes_draft", "deliberation.return_minutes"),
        Move("countersigning", "countersigning", "deliberation.countersign"),
        Move("countersigning", "objection_window", "deliberation.countersign"),
        Move("countersigning", "countersigning", "deliberation.record_signed_sheet"),
        Move("countersigning", "objection_window", "deliberation.record_signed_sheet"),
        Move("countersigning", "countersigning", "deliberation.draw_again"),
        Move("countersigning", "objection_window", "deliberation.draw_again"),
        Move("objection_window", "objection_window", "deliberation.object"),
        Move("objection_window", "objection_window", "deliberation.answer_objection"),
        Move("objection_window", "minutes_draft", "deliberation.return_minutes"),
        Move("objection_window", "binding", "deliberation.make_binding"),
        Move("binding", "binding", "deliberation.issue_decree"),
        Move("minutes_draft", "annulled", "deliberation.annul"),
        Move("objection_window", "annulled", "deliberation.annul"),
        Move("binding", "annulled", "deliberation.annul"),
    ],
)

LABELS: dict[str, Label] = {
    "planned": Label(
        _("Direncanakan"), _("Rencana musyawarah"), _("Menunggu Ketua BPD mengirim undangan."), "musdes_direncanakan"
    ),
    "invited": Label(_("Undangan terkirim"), _("Undangan terkirim"), _("Menunggu hari musyawarah."), "musdes_diundang"),
    "waiting_quorum": Label(
        _("Menunggu kuorum"), _("Ditunda menunggu kuorum"), _("Menunggu peserta lain hadir."), "musdes_ditunda"
    ),
    "adjourned": Label(
        _("Dijadwalkan ulang"),
        _("Kuorum gagal, sidang kedua"),
        _("Menunggu Ketua BPD membuka sidang kedua."),
        "musdes_sidang_kedua",
    ),
    "in_session": Label(
        _("Sedang berlangsung"), _("Sidang berlangsung"), _("Menunggu peserta memutuskan."), "musdes_berlangsung"
    ),
    "minutes_draft": Label(
        _("Berita acara disusun"), _("Draf berita acara"), _("Menunggu notulen melengkapi berita acara."), "ba_disusun"
    ),
    "countersigning": Label(
        _("Berita acara ditandatangani"),
        _("Penandatanganan berita acara"),
        _("Menunggu tanda tangan pada berita acara."),
        "ba_ditandatangani",
    ),
    "objection_window": Label(
        _("Masa keberatan"), _("Masa keberatan warga"), _("Menunggu masa keberatan warga berakhir."), "masa_keberatan"
    ),
    "binding": Label(
        _("Keputusan mengikat"), _("Keputusan mengikat"), _("Tidak ada yang ditunggu."), "keputusan_mengikat"
    ),
    "cancelled": Label(_("Dibatalkan"), _("Dibatalkan"), _("Tidak ada yang ditunggu."), "musdes_batal"),
    "annulled": Label(
        _("Dinyatakan tidak sah"), _("Dinyatakan tidak sah"), _("Tidak ada yang ditunggu."), "keputusan_tidak_sah"
    ),
}


TOPICS: dict[int, str] = {
    1: _("Ruang lingkup dan bidang"),
    2: _("Tata cara dan ketentuan pelaksanaan"),
    3: _("Delegasi desa dalam badan kerja sama"),
    4: _("Jangka waktu"),
    5: _("Hak dan kewajiban"),
    6: _("Pembiayaan"),
    7: _("Perubahan, penundaan, dan pembatalan"),
    8: _("Penyelesaian perselisihan"),
    9: _("Lain-lain"),
}
