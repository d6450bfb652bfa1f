from django.urls import path, re_path

from bermitra.portal import views

urlpatterns = [
    path("", views.home, name="page.home"),
    path("cari/", views.search, name="page.search"),
    path("desa/", views.villages, name="page.villages"),
    path("desa/daftar.csv", views.villages_csv, name="page.villages_csv"),
    path("desa/daftar.xlsx", views.villages_xlsx, name="page.villages_xlsx"),
    re_path(r"^desa/(?P<digits>\d{10})/$", views.village_by_digits, name="page.village_by_digits"),
    path("desa/<str:code>/", views.village, name="page.village"),
]
