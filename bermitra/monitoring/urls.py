"""Addresses of indicators and reports: nouns, a page per act."""

from django.urls import path

from bermitra.monitoring import views

urlpatterns = [
    path("indikator/", views.measured_agreements, name="page.measured_agreements"),
    path("indikator/baru/<code>/", views.draft_framework, name="monitoring.draft_framework"),
    path("indikator/<code>/", views.framework, name="page.framework"),
    path("indikator/<code>/sub-bidang/", views.describe_framework, name="monitoring.describe_framework"),
    path("indikator/<code>/pilihan/", views.known_indicators, name="page.known_indicators"),
    path("indikator/<code>/baris/", views.set_indicator, name="monitoring.set_indicator"),
    path("indikator/<code>/penetapan/", views.adopt_framework, name="monitoring.adopt_framework"),
    path("ukuran/<code>/", views.indicator, name="page.indicator"),
    path("ukuran/<code>/data-awal/", views.set_baseline, name="monitoring.set_baseline"),
    path("ukuran/<code>/sasaran/", views.set_target, name="monitoring.set_target"),
    path("ukuran/<code>/keluar/", views.drop_indicator, name="monitoring.drop_indicator"),
    path("ukuran/<code>/nilai/", views.record_value, name="monitoring.record_value"),
    path("nilai/<code>/bukti/", views.value_file, name="page.value_file"),
    path("nilai/<code>/perbaikan/", views.revise_value, name="monitoring.revise_value"),
    path("nilai/<code>/pengiriman/", views.submit_value, name="monitoring.submit_value"),
    path("nilai/<code>/persetujuan/", views.approve_value, name="monitoring.approve_value"),
    path("nilai/<code>/pengembalian/", views.return_value, name="monitoring.return_value"),
    path("laporan/", views.village_reports, name="page.village_reports"),
    path("laporan/belum/", views.overdue_board, name="page.overdue_board"),
    path("laporan/tahunan/<code>/", views.open_report, name="monitoring.open_report"),
    path("laporan/kemajuan/<code>/", views.open_progress_report, name="monitoring.open_progress_report"),
    path("laporan/<code>/", views.village_report, name="page.village_report"),
    path("laporan/<code>/berkas/", views.report_file, name="page.report_file"),
    path("laporan/<code>/uraian/", views.describe_report, name="monitoring.describe_report"),
    path("laporan/<code>/uang/", views.state_money, name="monitoring.state_money"),
    path("laporan/<code>/angka/", views.renew_figures, name="monitoring.renew_figures"),
    path("laporan/<code>/pengiriman/", views.submit_report, name="monitoring.submit_report"),
    path("laporan/<code>/pertanyaan/", views.question_report, name="monitoring.question_report"),
    path("laporan/<code>/penerimaan/", views.receive_report, name="monitoring.receive_report"),
    path("laporan/<code>/tembusan/", views.forward_report, name="monitoring.forward_report"),
    path("daftar-kerja-sama/", views.cooperation_register, name="page.cooperation_register"),
    path("daftar-kerja-sama/<kind>/", views.cooperation_register_file, name="page.cooperation_register_file"),
]
