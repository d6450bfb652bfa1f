"""Addresses of the lists of who fits whom: nouns, a page per act."""

from django.urls import path

from bermitra.matching.shortlists.views import lists, pairs, regency

urlpatterns = [
    path("", lists.fitting, name="page.fitting"),
    path("desa/<code>/", lists.fitting_partners, name="page.fitting_partners"),
    path("desa/<code>/berkas/<kind>/", lists.fitting_partners_file, name="page.fitting_partners_file"),
    path("tawaran/<code>/", lists.fitting_villages, name="page.fitting_villages"),
    path("tawaran/<code>/berkas/<kind>/", lists.fitting_villages_file, name="page.fitting_villages_file"),
    path("daftar/<code>/", regency.shortlist, name="page.shortlist"),
    path("daftar/<code>/berkas/<kind>/", regency.shortlist_file, name="page.shortlist_file"),
    path("hitung/", regency.ask_shortlist, name="matching.ask_shortlist"),
    path("mengapa/", pairs.why_not, name="page.why_not"),
    path("mengapa/<code>/<offer>/", pairs.pair, name="page.pair"),
    path("mengapa/<code>/<offer>/data.json", pairs.pair_file, name="page.pair_file"),
]
