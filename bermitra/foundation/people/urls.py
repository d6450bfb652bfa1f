"""Addresses of people, their offices, written powers, and entries made for a village."""

from django.urls import path

from bermitra.foundation.people.views import assistance, handover, mandates, offices, people

urlpatterns = [
    path("orang/", people.people, name="page.people"),
    path("orang/baru/", people.enrol, name="accounts.enrol"),
    path("orang/<str:code>/", people.person, name="page.person"),
    path("orang/<str:code>/jabatan/baru/", people.enrol_further, name="accounts.enrol_further"),
    path("saya/kontak/", mandates.change_contact, name="accounts.change_contact"),
    path("kerja/jabatan/", offices.offices, name="page.offices"),
    path("kerja/jabatan/desa/<str:code>/", offices.village_offices, name="page.village_offices"),
    path("kerja/jabatan/desa/<str:code>/usulkan/", offices.propose_office, name="accounts.propose_office"),
    path("kerja/jabatan/<int:code>/", offices.appointment, name="page.appointment"),
    path("kerja/jabatan/<int:code>/sahkan/", offices.confirm_appointment, name="accounts.confirm_appointment"),
    path("kerja/jabatan/<int:code>/gugat/", offices.contest_appointment, name="accounts.contest_appointment"),
    path("kerja/jabatan/<int:code>/akhiri/", offices.end_appointment, name="accounts.end_appointment"),
    path("kerja/jabatan/<int:code>/serah-terima/", handover.hand_over, name="accounts.hand_over"),
    path("kerja/serah-terima/<str:code>/", handover.hand_over_page, name="page.hand_over"),
    path("kerja/serah-terima/<str:code>/berita-acara.pdf", handover.hand_over_pdf, name="page.hand_over_pdf"),
    path("kerja/surat-kuasa/baru/", mandates.record_mandate, name="accounts.record_mandate"),
    path("kerja/surat-kuasa/<str:code>/berkas/", mandates.mandate_file, name="page.mandate_file"),
    path("kerja/bantuan-isian/", assistance.desk, name="page.assistance_desk"),
    path(
        "kerja/bantuan-isian/desa/<str:code>/minta/", assistance.request_assistance, name="accounts.request_assistance"
    ),
    path("kerja/bantuan-isian/<str:code>/", assistance.assistance, name="page.assistance"),
    path("kerja/bantuan-isian/<str:code>/surat/", assistance.mandate_letter, name="page.mandate_letter"),
    path("kerja/bantuan-isian/<str:code>/berkas/", assistance.assistance_file, name="page.assistance_file"),
    path("kerja/bantuan-isian/<str:code>/mandat/", assistance.grant_assistance, name="accounts.grant_assistance"),
    path(
        "kerja/bantuan-isian/<str:code>/mandat-kertas/",
        assistance.record_assistance_mandate,
        name="accounts.record_assistance_mandate",
    ),
    path("kerja/bantuan-isian/<str:code>/akhiri/", assistance.end_assistance, name="accounts.end_assistance"),
    path("kerja/isian-atas-nama/<int:code>/gugat/", assistance.contest_entry, name="accounts.contest_entry"),
    path("kerja/gugatan-isian/<int:code>/jawab/", assistance.correct_entry, name="accounts.correct_entry"),
]
