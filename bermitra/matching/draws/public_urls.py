"""Addresses of draws that anybody may open."""

from django.urls import path

from bermitra.matching.draws.views import public

urlpatterns = [
    path("undian/", public.listed, name="page.fair_draws"),
    path("undian/<str:code>/", public.one, name="page.fair_draw"),
    path("undian/<str:code>/daftar.json", public.list_file, name="page.fair_draw_list"),
    path("undian/<str:code>/undian.json", public.certificate, name="page.fair_draw_file"),
    path("undian/<str:code>/daftar.xlsx", public.workbook, name="page.fair_draw_xlsx"),
    path("undian/<str:code>/daftar.pdf", public.list_pdf, name="page.fair_draw_pdf"),
]
