"""Addresses of this room: nouns, a page per act. A round has its code; a village or an offer in it has one of its own."""

from django.urls import path

from bermitra.matching.rounds.views import office, papers, people, sides, steps

STEPS = (
    ("pembukaan", "matching.open_round"),
    ("undangan/penutupan", "matching.close_invitations"),
    ("pilihan/penguncian", "matching.close_preferences"),
    ("hitungan/jalankan", "matching.run_round"),
    ("hasil/penerbitan", "matching.publish_round"),
    ("hasil/hitung-ulang", "matching.rerun_round"),
    ("jawaban/pembukaan", "matching.open_responses"),
    ("jawaban/penutupan", "matching.close_responses"),
    ("pembatalan", "matching.void_round"),
)
OF_SIDES = (
    ("ikut", "matching.join_round"),
    ("tidak-ikut", "matching.decline_round"),
    ("sanggahan", "matching.file_objection"),
)

urlpatterns = [
    path("putaran/", office.rooms, name="page.round_rooms"),
    path("putaran/baru/", office.draft_round, name="matching.draft_round"),
    path("putaran/<str:code>/", office.room, name="page.round_room"),
    path("putaran/<str:code>/perubahan/", office.revise_round, name="matching.revise_round"),
    path("putaran/<str:code>/percobaan/", steps.simulate_round, name="matching.simulate_round"),
    path("putaran/<str:code>/pertemuan/", steps.announce_throw, name="matching.announce_throw"),
    path("putaran/<str:code>/berita-acara.pdf", papers.minutes, name="page.round_minutes"),
    path("putaran/<str:code>/benih/", steps.throw_seed, name="matching.throw_seed"),
    path("putaran/<str:code>/hitungan/", steps.work, name="page.round_work"),
    path("putaran/<str:code>/peserta/", people.villages, name="page.round_villages"),
    path("putaran/<str:code>/peserta/daftar.xlsx", people.villages_xlsx, name="page.round_villages_xlsx"),
    path("putaran/<str:code>/jawaban/", people.answers, name="page.round_answers"),
    path("putaran/<str:code>/jawaban/daftar.xlsx", people.answers_xlsx, name="page.round_answers_xlsx"),
    path("putaran/<str:code>/lanjutan/", steps.follow_up, name="matching.follow_up"),
    *(path(f"putaran/<str:code>/{at}/", steps.step, {"door": name}, name=name) for at, name in STEPS),
    path("hitungan-putaran/<str:code>/ulang/", steps.try_again, name="matching.try_again"),
    path("sanggahan-putaran/<str:code>/jawaban/", steps.answer_objection, name="matching.answer_objection"),
    path("peserta-putaran/desa/<str:code>/", sides.round_village, name="page.round_village"),
    path("peserta-putaran/tawaran/<str:code>/", sides.round_offer, name="page.round_offer"),
    path("peserta-putaran/<str:code>/pilihan/", sides.set_preferences, name="matching.set_preferences"),
    path("peserta-putaran/<str:code>/penjelasan.pdf", papers.explanation, name="page.round_explanation"),
    *(path(f"peserta-putaran/<str:code>/{at}/", sides.act, {"door": name}, name=name) for at, name in OF_SIDES),
]
