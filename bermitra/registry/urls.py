"""Addresses of this stage under ``kerja/``: nouns, a page per act."""

from django.urls import path

from bermitra.registry.views import listings, partners, verifications, villages

urlpatterns = [
    path("desa/<str:code>/", villages.village_file, name="page.village_file"),
    path("desa/<str:code>/profil/", villages.update_village, name="registry.update_village"),
    path("desa/<str:code>/rekening/", villages.record_account, name="registry.record_account"),
    path("desa/<str:code>/perdes/", villages.record_umbrella_regulation, name="registry.record_umbrella_regulation"),
    path("desa/<str:code>/perdes/berkas/", villages.umbrella_regulation_file, name="page.umbrella_regulation"),
    path("desa/<str:code>/rencana/", villages.record_plan_line, name="registry.record_plan_line"),
    path("desa/<str:code>/aset/", villages.record_asset, name="registry.record_asset"),
    path("mitra/", partners.partner_list, name="page.partner_list"),
    path("mitra/baru/", partners.register_partner, name="registry.register_partner"),
    path("mitra/<str:code>/", partners.partner_file, name="page.partner_file"),
    path("mitra/<str:code>/orang/", partners.admit_person, name="registry.admit_person"),
    path("mitra/<str:code>/dokumen/", partners.add_document, name="registry.add_document"),
    path("mitra/<str:code>/dokumen/<str:kind>/", partners.partner_document, name="page.partner_document"),
    path("mitra/<str:code>/pemilik/", partners.declare_owner, name="registry.declare_owner"),
    path("mitra/<str:code>/uji-tuntas/", verifications.start_verification, name="registry.start_verification"),
    path("uji-tuntas/<str:code>/", verifications.verification_file, name="page.verification_file"),
    path("uji-tuntas/<str:code>/jawaban/", verifications.answer_verification, name="registry.answer_verification"),
    path("uji-tuntas/<str:code>/kirim/", verifications.submit_verification, name="registry.submit_verification"),
    path("uji-tuntas/<str:code>/ambil/", verifications.take_verification, name="registry.take_verification"),
    path("uji-tuntas/<str:code>/bukti/", verifications.check_evidence, name="registry.check_evidence"),
    path("uji-tuntas/<str:code>/perbaikan/", verifications.request_repair, name="registry.request_repair"),
    path(
        "uji-tuntas/<str:code>/kirim-ulang/", verifications.resubmit_verification, name="registry.resubmit_verification"
    ),
    path("uji-tuntas/<str:code>/kecocokan/", verifications.review_match, name="registry.review_match"),
    path("uji-tuntas/<str:code>/putusan/", verifications.conclude_verification, name="registry.conclude_verification"),
    path("uji-tuntas/<str:code>/buka-ulang/", verifications.reopen_verification, name="registry.reopen_verification"),
    path("daftar-sanksi/", listings.listings, name="page.listings"),
    path("daftar-sanksi/baru/", listings.list_party, name="registry.list_party"),
    path("daftar-sanksi/<str:code>/cabut/", listings.lift_listing, name="registry.lift_listing"),
]
