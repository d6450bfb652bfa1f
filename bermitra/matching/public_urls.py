"""Addresses of the matching stage that anybody may open."""

from django.urls import include, path

urlpatterns = [
    path("", include("bermitra.matching.draws.public_urls")),
    path("putaran/", include("bermitra.matching.rounds.public_urls")),
]
