"""Addresses of what happens to a running agreement."""

from django.urls import path

from bermitra.agreements.changing.views import amending, suspending, wording

urlpatterns = [
    path("perjanjian/<code>/evaluasi/", amending.record_evaluation, name="agreements.record_evaluation"),
    path("perjanjian/<code>/adendum/baru/", amending.propose_amendment, name="agreements.propose_amendment"),
    path("perjanjian/<code>/adendum/perpanjangan/", amending.propose_renewal, name="agreements.propose_renewal"),
    path("perjanjian/<code>/adendum/pergantian-mitra/", amending.propose_novation, name="agreements.propose_novation"),
    path("perjanjian/<code>/penundaan/baru/", suspending.propose_suspension, name="agreements.propose_suspension"),
    path("adendum/<code>/", amending.amendment, name="page.amendment"),
    path("adendum/<code>/cetak/", amending.printed, name="page.amendment_print"),
    path("adendum/<code>/pindaian/", amending.scan, name="page.amendment_scan"),
    path("adendum/<code>/isi/", wording.word_amendment, name="agreements.word_amendment"),
    path("adendum/<code>/usul/", amending.offer_amendment, name="agreements.offer_amendment"),
    path("adendum/<code>/persetujuan/", amending.agree_amendment, name="agreements.agree_amendment"),
    path("adendum/<code>/penolakan/", amending.reject_amendment, name="agreements.reject_amendment"),
    path("adendum/<code>/penarikan/", amending.withdraw_amendment, name="agreements.withdraw_amendment"),
    path(
        "adendum/<code>/musyawarah/",
        amending.send_amendment_to_musyawarah,
        name="agreements.send_amendment_to_musyawarah",
    ),
    path(
        "adendum/<code>/musyawarah/persetujuan/",
        amending.record_amendment_consent,
        name="agreements.record_amendment_consent",
    ),
    path(
        "adendum/<code>/musyawarah/penolakan/",
        amending.record_amendment_refusal,
        name="agreements.record_amendment_refusal",
    ),
    path("adendum/<code>/penguncian/", amending.lock_amendment, name="agreements.lock_amendment"),
    path("adendum/<code>/tanda-tangan/", amending.sign_amendment, name="agreements.sign_amendment"),
    path(
        "adendum/<code>/tanda-tangan/tersertifikasi/",
        amending.register_certified_amendment,
        name="agreements.register_certified_amendment",
    ),
    path("adendum/<code>/meterai/", amending.affix_amendment_stamp, name="agreements.affix_amendment_stamp"),
    path("adendum/<code>/pindaian/baru/", amending.upload_amendment_scan, name="agreements.upload_amendment_scan"),
    path(
        "adendum/<code>/pindaian/pengesahan/",
        amending.confirm_amendment_scan,
        name="agreements.confirm_amendment_scan",
    ),
    path("penundaan/<code>/", suspending.suspension, name="page.suspension"),
    path("penundaan/<code>/persetujuan/", suspending.suspend, name="agreements.suspend"),
    path("penundaan/<code>/penolakan/", suspending.refuse_suspension, name="agreements.refuse_suspension"),
    path("penundaan/<code>/kelanjutan/", suspending.resume, name="agreements.resume"),
]
