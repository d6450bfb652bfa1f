"""Addresses of the Musyawarah: nouns, a page per act."""

from django.urls import path

from bermitra.deliberation import views

urlpatterns = [
    path("daftar-undangan/", views.invitees, name="page.invitees"),
    path("daftar-undangan/tambah/", views.add_invitee, name="deliberation.list_invitees"),
    path("daftar-undangan/salin/", views.paste_invitees, name="deliberation.paste_invitees"),
    path("daftar-undangan/<code>/keluar/", views.retire_invitee, name="deliberation.retire_invitee"),
    path("musyawarah/", views.meetings, name="page.meetings"),
    path("musyawarah/baru/", views.plan, name="deliberation.plan"),
    path("musyawarah/<code>/", views.meeting, name="page.meeting"),
    path("musyawarah/<code>/pokok/", views.table_text, name="deliberation.table_text"),
    path("musyawarah/<code>/undangan/", views.invite, name="deliberation.invite"),
    path("musyawarah/<code>/pembatalan/", views.cancel, name="deliberation.cancel"),
    path("musyawarah/<code>/daftar-hadir/", views.attendance, name="page.attendance"),
    path("musyawarah/<code>/kehadiran/", views.record_attendance, name="deliberation.record_attendance"),
    path("musyawarah/<code>/peserta/", views.add_attendee, name="deliberation.add_attendee"),
    path("peserta-musyawarah/<code>/", views.complete_attendee, name="deliberation.complete_attendee"),
    path("musyawarah/<code>/sidang/", views.open_session, name="deliberation.open_session"),
    path("musyawarah/<code>/penundaan/", views.postpone, name="deliberation.postpone"),
    path("musyawarah/<code>/jadwal-ulang/", views.adjourn, name="deliberation.adjourn"),
    path("musyawarah/<code>/sidang-kedua/", views.open_second_session, name="deliberation.open_second_session"),
    path("musyawarah/<code>/topik/<int:topic>/", views.answer_topic, name="deliberation.answer_topic"),
    path("musyawarah/<code>/keputusan/", views.record_decision, name="deliberation.record_decision"),
    path("musyawarah/<code>/draf-berita-acara/", views.draft_minutes, name="deliberation.draft_minutes"),
    path("musyawarah/<code>/berita-acara/", views.finalise_minutes, name="deliberation.finalise_minutes"),
    path("musyawarah/<code>/pengembalian/", views.return_minutes, name="deliberation.return_minutes"),
    path("musyawarah/<code>/tanda-tangan/", views.countersign, name="deliberation.countersign"),
    path("musyawarah/<code>/lembar-tanda-tangan/", views.record_signed_sheet, name="deliberation.record_signed_sheet"),
    path("musyawarah/<code>/keberatan/", views.object_to, name="deliberation.object"),
    path("keberatan-musyawarah/<code>/", views.answer_objection, name="deliberation.answer_objection"),
    path("musyawarah/<code>/penetapan/", views.make_binding, name="deliberation.make_binding"),
    path("musyawarah/<code>/ketidaksahan/", views.annul, name="deliberation.annul"),
    path("musyawarah/<code>/berkas/<kind>/", views.print_paper, name="page.minutes_print"),
    path("padiatapa/", views.consents, name="page.consents"),
    path("padiatapa/baru/", views.begin_consent, name="deliberation.begin_consent"),
    path("padiatapa/<code>/", views.consent, name="page.consent"),
    path("padiatapa/<code>/tahap/", views.record_consent_step, name="deliberation.record_consent_step"),
    path("padiatapa/<code>/persetujuan/", views.give_consent, name="deliberation.give_consent"),
    path("padiatapa/<code>/penolakan/", views.refuse_consent, name="deliberation.refuse_consent"),
]
