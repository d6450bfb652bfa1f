"""Addresses of draws under ``kerja/``: nouns, a page per act."""

from django.urls import path

from bermitra.matching.draws.views import holding, preparing

urlpatterns = [
    path("undian-desa/", holding.village_draws, name="page.village_draws"),
    path("undian-desa/<str:code>/", holding.answer, name="matching.answer_draw"),
    path("undian/", preparing.rooms, name="page.draw_rooms"),
    path("undian/baru/", preparing.prepare, name="matching.prepare_draw"),
    path("undian/<str:code>/", preparing.room, name="page.draw_room"),
    path("undian/<str:code>/program/", preparing.describe, name="matching.describe_draw"),
    path("undian/<str:code>/aturan/", preparing.set_rule, name="matching.set_draw_rule"),
    path("undian/<str:code>/pertemuan/", preparing.set_meeting, name="matching.set_draw_meeting"),
    path("undian/<str:code>/pendaftar/", preparing.enter, name="matching.enter_applications"),
    path("undian/<str:code>/pendaftar.xlsx", preparing.applications_form, name="page.applications_form"),
    path("undian/<str:code>/desa/", preparing.entrants, name="page.draw_entrants"),
    path("undian/<str:code>/desa.xlsx", preparing.entrants_xlsx, name="page.draw_entrants_xlsx"),
    path("undian/<str:code>/tanya/", preparing.ask, name="matching.ask_villages"),
    path("undian/<str:code>/penerbitan/", preparing.commit, name="matching.commit_draw"),
    path("undian/<str:code>/lemparan/", holding.throw, name="matching.throw_draw"),
    path("undian/<str:code>/pembatalan/", preparing.void, name="matching.void_draw"),
    path("undian/<str:code>/berita-acara.pdf", holding.minutes, name="page.draw_minutes"),
]
