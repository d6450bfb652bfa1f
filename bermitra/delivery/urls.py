"""Addresses of this stage under ``kerja/``: nouns, a page per act."""

from django.urls import path

from bermitra.delivery import views

urlpatterns = [
    # Of an agreement.
    path("perjanjian/<str:code>/rencana-kerja/", views.draft_plan, name="delivery.draft_plan"),
    path("perjanjian/<str:code>/kewajiban/", views.obligations, name="page.obligations"),
    path("perjanjian/<str:code>/buku-uang/", views.ledger, name="page.ledger"),
    path("perjanjian/<str:code>/buku-uang.xlsx", views.ledger_xlsx, name="page.ledger_xlsx"),
    path("perjanjian/<str:code>/buku-uang/catat/", views.post_entry, name="delivery.post_entry"),
    path("perjanjian/<str:code>/buku-uang/usulkan/", views.propose_entry, name="delivery.propose_entry"),
    path("perjanjian/<str:code>/pelatihan/", views.agreement_trainings, name="page.agreement_trainings"),
    path("perjanjian/<str:code>/pelatihan/baru/", views.plan_training, name="delivery.plan_training"),
    # The plan.
    path("rencana-kerja/<str:code>/", views.plan, name="page.plan"),
    path("rencana-kerja/<str:code>/rencana.pdf", views.plan_pdf, name="page.plan_pdf"),
    path("rencana-kerja/<str:code>/warga/", views.record_plan_meeting, name="delivery.record_plan_meeting"),
    path("rencana-kerja/<str:code>/kegiatan/", views.set_activity, name="delivery.set_activity"),
    path("rencana-kerja/<str:code>/tabel/", views.import_activities, name="delivery.import_activities"),
    path("rencana-kerja/<str:code>/persetujuan/", views.adopt_plan, name="delivery.adopt_plan"),
    path("kegiatan/<str:code>/", views.activity, name="page.activity"),
    path("kegiatan/<str:code>/jadwal/", views.schedule_activity, name="delivery.schedule_activity"),
    path("kegiatan/<str:code>/biaya/", views.fund_activity, name="delivery.fund_activity"),
    path("kegiatan/<str:code>/hapus/", views.drop_activity, name="delivery.drop_activity"),
    path("kegiatan/<str:code>/kemajuan/", views.record_progress, name="delivery.record_progress"),
    # Promises.
    path("kewajiban/<str:code>/", views.due, name="page.due"),
    path("kewajiban/<str:code>/bukti/", views.submit_evidence, name="delivery.submit_evidence"),
    path("kewajiban/<str:code>/bukti/berkas/", views.evidence_file, name="page.evidence_file"),
    path("kewajiban/<str:code>/terima/", views.verify_evidence, name="delivery.verify_evidence"),
    path("kewajiban/<str:code>/kembalikan/", views.return_evidence, name="delivery.return_evidence"),
    # Entries.
    path("catatan-uang/<str:code>/", views.entry, name="page.entry"),
    path("catatan-uang/<str:code>/bukti/", views.receipt_file, name="page.receipt_file"),
    path("catatan-uang/<str:code>/setujui/", views.confirm_entry, name="delivery.confirm_entry"),
    path("catatan-uang/<str:code>/tolak/", views.refuse_entry, name="delivery.refuse_entry"),
    path("catatan-uang/<str:code>/koreksi/", views.counter_entry, name="delivery.counter_entry"),
    # Trainings.
    path("pelatihan/<str:code>/", views.training, name="page.training"),
    path("pelatihan/<str:code>/jadwal/", views.schedule_training, name="delivery.schedule_training"),
    path("pelatihan/<str:code>/pengumuman/", views.announce_training, name="delivery.announce_training"),
    path("pelatihan/<str:code>/pendaftaran/", views.apply_for_training, name="delivery.apply_for_training"),
    path("pelatihan/<str:code>/penutupan/", views.close_enrolment, name="delivery.close_enrolment"),
    path("pelatihan/<str:code>/peserta/", views.training_file, name="page.training_file"),
    path("pelatihan/<str:code>/penetapan/", views.allocate_seats, name="delivery.allocate_seats"),
    path("pelatihan/<str:code>/undian/", views.draw_page, name="page.draw"),
    path("pelatihan/<str:code>/undian/calon.txt", views.draw_list, name="page.draw_list"),
    path("pelatihan/<str:code>/daftar-hadir.pdf", views.training_sheet, name="page.training_sheet"),
    path("pelatihan/<str:code>/daftar-hadir.xlsx", views.attendance_xlsx, name="page.attendance_xlsx"),
    path("pelatihan/<str:code>/daftar-hadir/", views.issue_sheet, name="delivery.issue_sheet"),
    path("pelatihan/<str:code>/kehadiran/", views.record_attendance, name="delivery.record_attendance"),
    path("pelatihan/<str:code>/selesai/", views.complete_training, name="delivery.complete_training"),
    path("pelatihan/<str:code>/sertifikat/", views.issue_certificate, name="delivery.issue_certificate"),
    path("sertifikat/<str:code>/", views.certificate, name="page.certificate"),
]
