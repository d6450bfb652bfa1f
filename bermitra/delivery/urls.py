"""Addresses of this stage under ``kerja/``: nouns, a page per act."""

from django.urls import include, path

from bermitra.delivery.views import money, plans, promises, trainings

urlpatterns = [
    path("", include("bermitra.delivery.handing.urls")),
    # Of an agreement.
    path("perjanjian/<str:code>/rencana-kerja/", plans.draft_plan, name="delivery.draft_plan"),
    path("perjanjian/<str:code>/kewajiban/", promises.obligations, name="page.obligations"),
    path("perjanjian/<str:code>/tenggat/", promises.take_up_change, name="delivery.take_up_change"),
    path("perjanjian/<str:code>/buku-uang/", money.ledger, name="page.ledger"),
    path("perjanjian/<str:code>/buku-uang.xlsx", money.ledger_xlsx, name="page.ledger_xlsx"),
    path("perjanjian/<str:code>/buku-uang/catat/", money.post_entry, name="delivery.post_entry"),
    path("perjanjian/<str:code>/buku-uang/usulkan/", money.propose_entry, name="delivery.propose_entry"),
    path("perjanjian/<str:code>/pelatihan/", trainings.agreement_trainings, name="page.agreement_trainings"),
    path("perjanjian/<str:code>/pelatihan/baru/", trainings.plan_training, name="delivery.plan_training"),
    # The plan.
    path("rencana-kerja/<str:code>/", plans.plan, name="page.plan"),
    path("rencana-kerja/<str:code>/rencana.pdf", plans.plan_pdf, name="page.plan_pdf"),
    path("rencana-kerja/<str:code>/warga/", plans.record_plan_meeting, name="delivery.record_plan_meeting"),
    path("rencana-kerja/<str:code>/kegiatan/", plans.set_activity, name="delivery.set_activity"),
    path("rencana-kerja/<str:code>/tabel/", plans.import_activities, name="delivery.import_activities"),
    path("rencana-kerja/<str:code>/persetujuan/", plans.adopt_plan, name="delivery.adopt_plan"),
    path("kegiatan/<str:code>/", plans.activity, name="page.activity"),
    path("kegiatan/<str:code>/jadwal/", plans.schedule_activity, name="delivery.schedule_activity"),
    path("kegiatan/<str:code>/biaya/", plans.fund_activity, name="delivery.fund_activity"),
    path("kegiatan/<str:code>/hapus/", plans.drop_activity, name="delivery.drop_activity"),
    path("kegiatan/<str:code>/kemajuan/", plans.record_progress, name="delivery.record_progress"),
    # Promises.
    path("kewajiban/<str:code>/", promises.due, name="page.due"),
    path("kewajiban/<str:code>/bukti/", promises.submit_evidence, name="delivery.submit_evidence"),
    path("kewajiban/<str:code>/bukti/berkas/", promises.evidence_file, name="page.evidence_file"),
    path("kewajiban/<str:code>/terima/", promises.verify_evidence, name="delivery.verify_evidence"),
    path("kewajiban/<str:code>/kembalikan/", promises.return_evidence, name="delivery.return_evidence"),
    # Entries.
    path("catatan-uang/<str:code>/", money.entry, name="page.entry"),
    path("catatan-uang/<str:code>/bukti/", money.receipt_file, name="page.receipt_file"),
    path("catatan-uang/<str:code>/setujui/", money.confirm_entry, name="delivery.confirm_entry"),
    path("catatan-uang/<str:code>/tolak/", money.refuse_entry, name="delivery.refuse_entry"),
    path(
        "catatan-uang/<str:code>/perubahan-apb-desa/", money.record_budget_change, name="delivery.record_budget_change"
    ),
    path("catatan-uang/<str:code>/koreksi/", money.counter_entry, name="delivery.counter_entry"),
    # Trainings.
    path("pelatihan/<str:code>/", trainings.training, name="page.training"),
    path("pelatihan/<str:code>/jadwal/", trainings.schedule_training, name="delivery.schedule_training"),
    path("pelatihan/<str:code>/pengumuman/", trainings.announce_training, name="delivery.announce_training"),
    path("pelatihan/<str:code>/pendaftaran/", trainings.apply_for_training, name="delivery.apply_for_training"),
    path("pelatihan/<str:code>/penutupan/", trainings.close_enrolment, name="delivery.close_enrolment"),
    path("pelatihan/<str:code>/peserta/", trainings.training_file, name="page.training_file"),
    path("pelatihan/<str:code>/penetapan/", trainings.allocate_seats, name="delivery.allocate_seats"),
    path("pelatihan/<str:code>/undian/", trainings.draw_page, name="page.draw"),
    path("pelatihan/<str:code>/undian/calon.txt", trainings.draw_list, name="page.draw_list"),
    path("pelatihan/<str:code>/daftar-hadir.pdf", trainings.training_sheet, name="page.training_sheet"),
    path("pelatihan/<str:code>/daftar-hadir.xlsx", trainings.attendance_xlsx, name="page.attendance_xlsx"),
    path("pelatihan/<str:code>/daftar-hadir/", trainings.issue_sheet, name="delivery.issue_sheet"),
    path("pelatihan/<str:code>/kehadiran/", trainings.record_attendance, name="delivery.record_attendance"),
    path("pelatihan/<str:code>/selesai/", trainings.complete_training, name="delivery.complete_training"),
    path("pelatihan/<str:code>/sertifikat/", trainings.issue_certificate, name="delivery.issue_certificate"),
    path("sertifikat/<str:code>/", trainings.certificate, name="page.certificate"),
]
