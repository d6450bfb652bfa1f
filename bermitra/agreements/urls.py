"""Addresses of this stage, by the code of the case: nouns, a page per act."""

from django.urls import include, path

from bermitra.agreements.views import changing, drafting, in_force, permits, reading, signing

urlpatterns = [
    path("", include("bermitra.agreements.existing.urls")),
    path("", include("bermitra.agreements.changing.urls")),
    path("", include("bermitra.agreements.chains.urls")),
    path("", include("bermitra.agreements.joint.urls")),
    path("perjanjian/<code>/", reading.room, name="page.agreement_room"),
    path("perjanjian/<code>/pemeriksaan/", reading.checks, name="page.agreement_checks"),
    path("perjanjian/<code>/naskah/", reading.draft, name="page.agreement_draft"),
    path("perjanjian/<code>/cetak/", reading.printed, name="page.agreement_print"),
    path("perjanjian/<code>/cetak/word/", reading.word, name="page.agreement_word"),
    path("perjanjian/<code>/perundingan/", reading.history, name="page.agreement_history"),
    path("perjanjian/<code>/pindaian/", reading.scan, name="page.agreement_scan"),
    path("perjanjian/<code>/baru/", drafting.start_draft, name="agreements.start_draft"),
    path("perjanjian/<code>/perubahan/", changing.propose_change, name="agreements.propose_change"),
    path("perjanjian/<code>/nomor/", drafting.give_number, name="agreements.give_number"),
    path("perjanjian/<code>/syarat/", drafting.show_condition, name="agreements.show_condition"),
    path("perjanjian/<code>/giliran/", drafting.pass_turn, name="agreements.pass_turn"),
    path("perjanjian/<code>/telaah/permintaan/", drafting.request_legal_review, name="agreements.request_legal_review"),
    path("perjanjian/<code>/telaah/catatan/", drafting.give_legal_review, name="agreements.give_legal_review"),
    path("perjanjian/<code>/telaah/akhir/", drafting.end_legal_review, name="agreements.end_legal_review"),
    path("perjanjian/<code>/penerimaan/", drafting.accept_text, name="agreements.accept_text"),
    path("perjanjian/<code>/penghentian/", drafting.abandon_draft, name="agreements.abandon_draft"),
    path("perjanjian/<code>/seleksi-ulang/", drafting.return_to_selection, name="agreements.return_to_selection"),
    path("perjanjian/<code>/izin/permohonan/", permits.request_permit, name="agreements.request_permit"),
    path("perjanjian/<code>/izin/pemberian/", permits.grant_permit, name="agreements.grant_permit"),
    path("perjanjian/<code>/izin/penolakan/", permits.refuse_permit, name="agreements.refuse_permit"),
    path("perjanjian/<code>/keputusan-bpd/", permits.issue_bpd_decree, name="agreements.issue_bpd_decree"),
    path("perjanjian/<code>/penguncian/", signing.finalise, name="agreements.finalise"),
    path("perjanjian/<code>/pembukaan/", signing.reopen_draft, name="agreements.reopen_draft"),
    path("perjanjian/<code>/pembatalan-tanda-tangan/", signing.void_signatures, name="agreements.void_signatures"),
    path("perjanjian/<code>/undangan/", signing.invite_signer, name="agreements.invite_signer"),
    path("perjanjian/<code>/tanda-tangan/", signing.sign, name="agreements.sign"),
    path("perjanjian/<code>/tanda-tangan/penolakan/", signing.decline_to_sign, name="agreements.decline_to_sign"),
    path("perjanjian/<code>/pindaian/baru/", signing.upload_wet_signatures, name="agreements.upload_wet_signatures"),
    path(
        "perjanjian/<code>/pindaian/pengembalian/",
        signing.return_wet_signatures,
        name="agreements.return_wet_signatures",
    ),
    path(
        "perjanjian/<code>/pindaian/pengesahan/",
        signing.confirm_wet_signatures,
        name="agreements.confirm_wet_signatures",
    ),
    path("perjanjian/<code>/pemberlakuan/", in_force.activate, name="agreements.activate"),
    path("perjanjian/<code>/ringkasan/", in_force.publish_summary, name="agreements.publish_summary"),
]
