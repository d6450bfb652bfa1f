"""Addresses of what happens to a running agreement."""

from django.urls import path

from bermitra.agreements.changing.views import suspending

urlpatterns = [
    path("perjanjian/<code>/penundaan/baru/", suspending.propose_suspension, name="agreements.propose_suspension"),
    path("penundaan/<code>/", suspending.suspension, name="page.suspension"),
    path("penundaan/<code>/persetujuan/", suspending.suspend, name="agreements.suspend"),
    path("penundaan/<code>/penolakan/", suspending.refuse_suspension, name="agreements.refuse_suspension"),
    path("penundaan/<code>/kelanjutan/", suspending.resume, name="agreements.resume"),
]
