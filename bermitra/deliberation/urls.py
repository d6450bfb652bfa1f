"""Addresses of the Musyawarah: nouns, a page per act."""

from django.urls import include, path

from bermitra.deliberation.views import attendance, binding, calling, deciding, lists, meetings, minutes, sessions

urlpatterns = [
    path("daftar-undangan/", lists.invitees, name="page.invitees"),
    path("daftar-undangan/tambah/", lists.add_invitee, name="deliberation.list_invitees"),
    path("daftar-undangan/salin/", lists.paste_invitees, name="deliberation.paste_invitees"),
    path("daftar-undangan/<code>/keluar/", lists.retire_invitee, name="deliberation.retire_invitee"),
    path("musyawarah/", meetings.meetings, name="page.meetings"),
    path("musyawarah/baru/", calling.plan, name="deliberation.plan"),
    path("musyawarah/<code>/", meetings.meeting, name="page.meeting"),
    path("musyawarah/<code>/pokok/", calling.table_text, name="deliberation.table_text"),
    path("musyawarah/<code>/undangan/", calling.invite, name="deliberation.invite"),
    path("musyawarah/<code>/pembatalan/", calling.cancel, name="deliberation.cancel"),
    path("musyawarah/<code>/daftar-hadir/", attendance.attendance, name="page.attendance"),
    path("musyawarah/<code>/kehadiran/", attendance.record_attendance, name="deliberation.record_attendance"),
    path("musyawarah/<code>/peserta/", attendance.add_attendee, name="deliberation.add_attendee"),
    path("peserta-musyawarah/<code>/", attendance.complete_attendee, name="deliberation.complete_attendee"),
    path("musyawarah/<code>/sidang/", sessions.open_session, name="deliberation.open_session"),
    path("musyawarah/<code>/penundaan/", sessions.postpone, name="deliberation.postpone"),
    path("musyawarah/<code>/jadwal-ulang/", sessions.adjourn, name="deliberation.adjourn"),
    path("musyawarah/<code>/sidang-kedua/", sessions.open_second_session, name="deliberation.open_second_session"),
    path("musyawarah/<code>/topik/<int:topic>/", deciding.answer_topic, name="deliberation.answer_topic"),
    path("musyawarah/<code>/keputusan/", deciding.record_decision, name="deliberation.record_decision"),
    path("musyawarah/<code>/draf-berita-acara/", minutes.draft_minutes, name="deliberation.draft_minutes"),
    path("musyawarah/<code>/berita-acara/", minutes.finalise_minutes, name="deliberation.finalise_minutes"),
    path("musyawarah/<code>/pengembalian/", minutes.return_minutes, name="deliberation.return_minutes"),
    path("musyawarah/<code>/tanda-tangan/", minutes.countersign, name="deliberation.countersign"),
    path(
        "musyawarah/<code>/lembar-tanda-tangan/", minutes.record_signed_sheet, name="deliberation.record_signed_sheet"
    ),
    path("musyawarah/<code>/keberatan/", binding.object_to, name="deliberation.object"),
    path("keberatan-musyawarah/<code>/", binding.answer_objection, name="deliberation.answer_objection"),
    path("musyawarah/<code>/lembar/", binding.signed_sheet, name="page.signed_sheet"),
    path("musyawarah/<code>/penetapan/", binding.make_binding, name="deliberation.make_binding"),
    path("musyawarah/<code>/ketidaksahan/", binding.annul, name="deliberation.annul"),
    path("musyawarah/<code>/berkas/<kind>/", minutes.print_paper, name="page.minutes_print"),
    path("padiatapa/", include("bermitra.deliberation.consent.urls")),
]
