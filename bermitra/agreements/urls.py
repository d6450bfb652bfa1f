"""Addresses of this stage, by the code of the case: nouns, a page per act."""

from django.urls import include, path

from bermitra.agreements import views

urlpatterns = [
    path("", include("bermitra.agreements.existing.urls")),
    path("perjanjian/<code>/", views.room, name="page.agreement_room"),
    path("perjanjian/<code>/pemeriksaan/", views.checks, name="page.agreement_checks"),
    path("perjanjian/<code>/naskah/", views.draft, name="page.agreement_draft"),
    path("perjanjian/<code>/cetak/", views.printed, name="page.agreement_print"),
    path("perjanjian/<code>/perundingan/", views.history, name="page.agreement_history"),
    path("perjanjian/<code>/pindaian/", views.scan, name="page.agreement_scan"),
    path("perjanjian/<code>/baru/", views.start_draft, name="agreements.start_draft"),
    path("perjanjian/<code>/perubahan/", views.propose_change, name="agreements.propose_change"),
    path("perjanjian/<code>/nomor/", views.give_number, name="agreements.give_number"),
    path("perjanjian/<code>/syarat/", views.show_condition, name="agreements.show_condition"),
    path("perjanjian/<code>/giliran/", views.pass_turn, name="agreements.pass_turn"),
    path("perjanjian/<code>/telaah/permintaan/", views.request_legal_review, name="agreements.request_legal_review"),
    path("perjanjian/<code>/telaah/catatan/", views.give_legal_review, name="agreements.give_legal_review"),
    path("perjanjian/<code>/telaah/akhir/", views.end_legal_review, name="agreements.end_legal_review"),
    path("perjanjian/<code>/penerimaan/", views.accept_text, name="agreements.accept_text"),
    path("perjanjian/<code>/penghentian/", views.abandon_draft, name="agreements.abandon_draft"),
    path("perjanjian/<code>/seleksi-ulang/", views.return_to_selection, name="agreements.return_to_selection"),
    path("perjanjian/<code>/izin/permohonan/", views.request_permit, name="agreements.request_permit"),
    path("perjanjian/<code>/izin/pemberian/", views.grant_permit, name="agreements.grant_permit"),
    path("perjanjian/<code>/izin/penolakan/", views.refuse_permit, name="agreements.refuse_permit"),
    path("perjanjian/<code>/keputusan-bpd/", views.issue_bpd_decree, name="agreements.issue_bpd_decree"),
    path("perjanjian/<code>/penguncian/", views.finalise, name="agreements.finalise"),
    path("perjanjian/<code>/pembukaan/", views.reopen_draft, name="agreements.reopen_draft"),
    path("perjanjian/<code>/pembatalan-tanda-tangan/", views.void_signatures, name="agreements.void_signatures"),
    path("perjanjian/<code>/undangan/", views.invite_signer, name="agreements.invite_signer"),
    path("perjanjian/<code>/tanda-tangan/", views.sign, name="agreements.sign"),
    path("perjanjian/<code>/tanda-tangan/penolakan/", views.decline_to_sign, name="agreements.decline_to_sign"),
    path("perjanjian/<code>/pindaian/baru/", views.upload_wet_signatures, name="agreements.upload_wet_signatures"),
    path(
        "perjanjian/<code>/pindaian/pengembalian/", views.return_wet_signatures, name="agreements.return_wet_signatures"
    ),
    path(
        "perjanjian/<code>/pindaian/pengesahan/", views.confirm_wet_signatures, name="agreements.confirm_wet_signatures"
    ),
    path("perjanjian/<code>/pemberlakuan/", views.activate, name="agreements.activate"),
    path("perjanjian/<code>/ringkasan/", views.publish_summary, name="agreements.publish_summary"),
]
