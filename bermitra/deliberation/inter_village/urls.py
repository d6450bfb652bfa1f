"""Addresses of cooperation between villages."""

from django.urls import path

from bermitra.deliberation.inter_village.answers import views as answers
from bermitra.deliberation.inter_village.views import meetings, offers

urlpatterns = [
    path("musyawarah-antar-desa/", offers.offers, name="page.joint_offers"),
    path("penawaran-antar-desa/baru/", offers.draft_offer, name="deliberation.draft_joint_offer"),
    path("penawaran-antar-desa/<code>/", offers.offer, name="page.joint_offer"),
    path("penawaran-antar-desa/<code>/isi/<int:part>/", offers.word_offer, name="deliberation.word_joint_offer"),
    path("penawaran-antar-desa/<code>/pengiriman/", offers.send_offer, name="deliberation.send_joint_offer"),
    path("penawaran-antar-desa/<code>/penarikan/", offers.withdraw_offer, name="deliberation.withdraw_joint_offer"),
    path("penawaran-antar-desa/<code>/surat-rujukan/", offers.referral, name="page.referral_letter"),
    path("penawaran-antar-desa/<code>/surat/<village>/", offers.letter, name="page.joint_offer_letter"),
    path("penawaran-antar-desa/<code>/jawaban/", answers.answer, name="deliberation.answer_joint_offer"),
    path("penawaran-antar-desa/<code>/jawaban/penarikan/", answers.withdraw, name="deliberation.withdraw_joint_answer"),
    path("penawaran-antar-desa/<code>/jawaban/penutupan/", answers.close, name="deliberation.close_joint_answers"),
    path("penawaran-antar-desa/<code>/jawaban/<village>/", answers.letter, name="page.joint_answer_letter"),
    path("penawaran-antar-desa/<code>/lagi/<village>/", answers.again, name="deliberation.ask_joint_village_again"),
    path("penawaran-antar-desa/<code>/undangan/", meetings.call, name="deliberation.call_joint_meeting"),
    path("penawaran-antar-desa/<code>/delegasi-baru/", offers.renew_delegation, name="deliberation.renew_delegation"),
    path("musyawarah-antar-desa/<code>/", meetings.meeting, name="page.joint_meeting"),
    path("musyawarah-antar-desa/<code>/pembatalan/", meetings.cancel, name="deliberation.cancel_joint_meeting"),
    path("musyawarah-antar-desa/<code>/kehadiran/", meetings.attend, name="deliberation.record_joint_attendance"),
    path("musyawarah-antar-desa/<code>/pokok/<int:topic>/", meetings.topic, name="deliberation.answer_joint_topic"),
    path("musyawarah-antar-desa/<code>/naskah/<int:part>/", meetings.word, name="deliberation.word_joint_text"),
    path("musyawarah-antar-desa/<code>/suara/<village>/", meetings.voice, name="deliberation.say_for_village"),
    path("musyawarah-antar-desa/<code>/keputusan/", meetings.decide, name="deliberation.decide_jointly"),
    path("musyawarah-antar-desa/<code>/berita-acara/", meetings.finalise, name="deliberation.finalise_joint_minutes"),
    path("musyawarah-antar-desa/<code>/pengembalian/", meetings.give_back, name="deliberation.return_joint_minutes"),
    path("musyawarah-antar-desa/<code>/tanda-tangan/", meetings.sign, name="deliberation.sign_joint_minutes"),
    path("musyawarah-antar-desa/<code>/pindaian/", meetings.record_sheet, name="deliberation.record_joint_sheet"),
    path("musyawarah-antar-desa/<code>/pencocokan/", meetings.confirm_sheet, name="deliberation.confirm_joint_sheet"),
    path("musyawarah-antar-desa/<code>/lembar/", meetings.sheet, name="page.joint_sheet"),
    path("musyawarah-antar-desa/<code>/berkas/<kind>/", meetings.paper, name="page.joint_paper"),
    path("musyawarah/<code>/delegasi/", offers.name_delegates, name="deliberation.name_delegates"),
]
