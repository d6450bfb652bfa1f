from django.urls import path, re_path

from bermitra.portal import papers
from bermitra.portal.views import calls, handbook, offers, partners, partnerships, places

urlpatterns = [
    path("", places.home, name="page.home"),
    path("cari/", places.search, name="page.search"),
    path("desa/", places.village_list, name="page.villages"),
    path("desa/daftar.csv", places.villages_csv, name="page.villages_csv"),
    path("desa/daftar.xlsx", places.villages_xlsx, name="page.villages_xlsx"),
    re_path(r"^desa/(?P<digits>\d{10})/$", places.village_by_digits, name="page.village_by_digits"),
    path("desa/<str:code>/", places.village, name="page.village"),
    path("mitra/", partners.listed, name="page.partners"),
    path("mitra/<str:code>/", partners.one, name="page.partner"),
    path("tawaran/", offers.listed, name="page.offers"),
    path("tawaran/daftar.csv", offers.csv, name="page.offers_csv"),
    path("tawaran/daftar.xlsx", offers.xlsx, name="page.offers_xlsx"),
    path("tawaran/<str:code>/", offers.one, name="page.offer"),
    path("panggilan/", calls.listed, name="page.calls"),
    path("panggilan/<str:code>/", calls.one, name="page.call"),
    path("kemitraan/", partnerships.listed, name="page.partnerships"),
    path("kemitraan/daftar.csv", partnerships.csv, name="page.partnerships_csv"),
    path("kemitraan/daftar.xlsx", partnerships.xlsx, name="page.partnerships_xlsx"),
    path("kemitraan/<str:code>/", partnerships.one, name="page.partnership"),
    path("bantuan/", handbook.help_page, name="page.help"),
    path("bantuan/program/", handbook.programs, name="page.help_programs"),
    path("bantuan/istilah/", handbook.glossary, name="page.glossary"),
    path("bantuan/aturan/", handbook.rules, name="page.rules"),
    path("bantuan/aturan/<slug:chapter>/", handbook.rules_of, name="page.rules_of"),
    path("verifikasi/", papers.verify, name="page.verify"),
    path("verifikasi/<str:code>/", papers.paper, name="page.paper"),
    path("kemitraan/<str:code>/perjanjian/", papers.agreement, name="page.agreement"),
    path("kemitraan/<str:code>/perjanjian.pdf", papers.agreement_pdf, name="page.agreement_pdf"),
]
