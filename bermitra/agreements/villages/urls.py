"""Addresses of what becomes of villages: the act by the code of the village, the rest by the code of the record."""

from django.urls import path

from bermitra.agreements.villages import views

urlpatterns = [
    path("perubahan-desa/", views.village_changes, name="page.village_changes"),
    path("perubahan-desa/catat/<code>/", views.record_village_change, name="agreements.record_village_change"),
    path("perubahan-desa/tanggapan/<code>/", views.answer_takeover, name="agreements.answer_takeover"),
    path("perubahan-desa/<code>/", views.village_change, name="page.village_change"),
    path("perubahan-desa/<code>/berkas/", views.decree, name="page.village_change_file"),
]
