"""Addresses of warnings."""

from django.urls import path

from bermitra.agreements.warnings import views

urlpatterns = [
    path("perjanjian/<code>/peringatan/baru/", views.draft_warning, name="agreements.draft_warning"),
    path("peringatan/<code>/", views.warning, name="page.warning"),
    path("peringatan/<code>/cetak/", views.printed, name="page.warning_print"),
    path("peringatan/<code>/jawaban/<int:number>/berkas/", views.word_file, name="page.warning_file"),
    path("peringatan/<code>/isi/", views.word_warning, name="agreements.word_warning"),
    path("peringatan/<code>/pengiriman/", views.send_warning, name="agreements.send_warning"),
    path("peringatan/<code>/penyerahan/", views.hand_warning, name="agreements.hand_warning"),
    path("peringatan/<code>/jawaban/", views.answer_warning, name="agreements.answer_warning"),
    path("peringatan/<code>/perbaikan/", views.claim_cure, name="agreements.claim_cure"),
    path("peringatan/<code>/perbaikan/penerimaan/", views.accept_cure, name="agreements.accept_cure"),
    path("peringatan/<code>/perbaikan/penolakan/", views.refuse_cure, name="agreements.refuse_cure"),
    path("peringatan/<code>/penarikan/", views.withdraw_warning, name="agreements.withdraw_warning"),
    path("peringatan/<code>/lanjutan/", views.follow_warning, name="agreements.follow_warning"),
]
