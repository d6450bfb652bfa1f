"""Addresses of earlier agreements, by the code of the case."""

from django.urls import path

from bermitra.agreements.existing.views import proposals, recording, records

DECIDED_AT = {
    "agreements.flag_ratification": "ratifikasi",
    "agreements.confirm_existing": "pernyataan",
    "agreements.ratify": "pengesahan",
    "agreements.withdraw_existing": "penarikan",
}

urlpatterns = [
    path("perjanjian-terdahulu/", proposals.existing_agreements, name="page.existing_agreements"),
    path("perjanjian-terdahulu/baru/", recording.register_existing, name="agreements.register_existing"),
    path("perjanjian-terdahulu/daftar/", proposals.propose_existing, name="agreements.propose_existing"),
    path("perjanjian-terdahulu/formulir/", proposals.existing_table, name="page.existing_table"),
    path("perjanjian-terdahulu/usulan/<code>/", recording.decline_existing, name="agreements.decline_existing"),
    path("perjanjian-terdahulu/<code>/", records.existing_agreement, name="page.existing_agreement"),
    path("perjanjian-terdahulu/<code>/berkas/<kind>/", records.existing_file, name="page.existing_file"),
    path("perjanjian-terdahulu/<code>/kelengkapan/", records.complete_existing, name="agreements.complete_existing"),
    *(
        path(f"perjanjian-terdahulu/<code>/{noun}/", records.decide_existing, {"door": door}, name=door)
        for door, noun in DECIDED_AT.items()
    ),
]
