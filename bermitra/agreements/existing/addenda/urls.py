"""Addresses of addenda to agreements from before."""

from django.urls import path

from bermitra.agreements.existing.addenda import views

HERE = "adendum-terdahulu/<code>/"

urlpatterns = [
    path(
        "perjanjian-terdahulu/<code>/adendum/",
        views.propose_earlier_addendum,
        name="agreements.propose_earlier_addendum",
    ),
    path(HERE, views.earlier_addendum, name="page.earlier_addendum"),
    path(f"{HERE}berkas/<kind>/", views.earlier_addendum_file, name="page.earlier_addendum_file"),
    path(f"{HERE}isi/", views.word_earlier_addendum, name="agreements.word_earlier_addendum"),
    path(f"{HERE}usul/", views.offer_earlier_addendum, name="agreements.offer_earlier_addendum"),
    path(f"{HERE}persetujuan/", views.agree_earlier_addendum, name="agreements.agree_earlier_addendum"),
    path(f"{HERE}penolakan/", views.reject_earlier_addendum, name="agreements.reject_earlier_addendum"),
    path(f"{HERE}penarikan/", views.withdraw_earlier_addendum, name="agreements.withdraw_earlier_addendum"),
    path(f"{HERE}penguncian/", views.lock_earlier_addendum, name="agreements.lock_earlier_addendum"),
    path(f"{HERE}pindaian/", views.upload_earlier_addendum_scan, name="agreements.upload_earlier_addendum_scan"),
    path(
        f"{HERE}pindaian/pengesahan/",
        views.confirm_earlier_addendum_scan,
        name="agreements.confirm_earlier_addendum_scan",
    ),
]
