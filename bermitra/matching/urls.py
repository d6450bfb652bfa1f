"""Addresses of the matching stage, room by room."""

from django.urls import include, path

urlpatterns = [
    path("kecocokan/", include("bermitra.matching.shortlists.urls")),
    path("", include("bermitra.matching.rounds.urls")),
    path("", include("bermitra.matching.draws.urls")),
]
