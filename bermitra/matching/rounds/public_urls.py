"""Addresses of rounds that anybody may open, under ``putaran/``."""

from django.urls import path

from bermitra.matching.rounds.views import openly, papers

urlpatterns = [
    path("", openly.listed, name="page.rounds"),
    path("<str:code>/", openly.one, name="page.round"),
    path("<str:code>/berkas.json", papers.certificate, name="page.round_file"),
    path("<str:code>/daftar.json", papers.published_list, name="page.round_list"),
]
