"""Addresses of this stage: nouns, a page per act. What is about a call has the code of its case; a proposal its own."""

from django.urls import path

from bermitra.selection.views import (
    comparison,
    direct,
    feedback,
    introductions,
    objections,
    panel,
    papers,
    preparing,
    proposals,
    rivals,
    room,
    steps,
)

PREPARED = (
    ("kak", "selection.write_kak"),
    ("kak/syarat", "selection.write_kak_terms"),
    ("bobot", "selection.set_criteria"),
    ("visi", "selection.tick_vision"),
    ("pengumuman", "selection.plan_announcement"),
)
STEPS = (
    ("penawaran/terbit", "selection.open_call"),
    ("penawaran/perbaikan", "selection.revise_terms"),
    ("penawaran/penarikan", "selection.withdraw_call"),
    ("penawaran/pembatalan", "selection.cancel_call"),
    ("seleksi/pembukaan", "selection.start_selection"),
    ("seleksi/kepentingan", "selection.declare_interest"),
    ("seleksi/administrasi", "selection.complete_admin_check"),
    ("seleksi/nilai", "selection.reveal_scores"),
    ("seleksi/calon", "selection.propose_candidate"),
    ("seleksi/calon-berikut", "selection.propose_next"),
    ("seleksi/nilai-ulang", "selection.reopen_scoring"),
    ("seleksi/kegagalan", "selection.fail_call"),
    ("seleksi/lembar-nilai", "selection.send_feedback"),
    ("seleksi/musyawarah", "selection.forward_to_musyawarah"),
    ("keputusan/persetujuan", "selection.record_consent"),
    ("keputusan/penolakan", "selection.record_refusal"),
    ("usulan/penerimaan", "selection.receive_unsolicited"),
    ("usulan/pengembalian", "selection.return_unsolicited"),
    ("usulan/kirim-ulang", "selection.resubmit_unsolicited"),
    ("usulan/penolakan", "selection.decline_unsolicited"),
    ("usulan/kelayakan", "selection.accept_for_musyawarah"),
    ("usulan/jawaban", "selection.answer_in_writing"),
    ("usulan/pembanding", "selection.call_for_rivals"),
    ("usulan/pembukaan", "selection.open_rivals"),
)
CONTENTS = (
    ("jawaban", "selection.write_proposal"),
    ("visi", "selection.tick_proposal"),
    ("isi", "selection.write_unsolicited"),
    ("isi/lanjutan", "selection.write_unsolicited_terms"),
    ("nilai-usulan", "selection.write_unsolicited_money"),
    ("visi-mitra", "selection.tick_unsolicited"),
)
PROPOSAL_STEPS = (
    ("kiriman", "selection.submit_proposal"),
    ("kiriman-desa", "selection.submit_unsolicited"),
    ("kiriman-pembanding", "selection.submit_rival"),
    ("penarikan", "selection.withdraw_proposal"),
    ("bacaan", "selection.read_proposal"),
    ("kelengkapan", "selection.request_documents"),
    ("dokumen", "selection.complete_documents"),
    ("gugur", "selection.disqualify"),
    ("pencalonan", "selection.accept_candidacy"),
    ("pengunduran", "selection.decline_candidacy"),
)
OWN_OBJECTIONS = (("penarikan", "selection.withdraw_objection"), ("banding", "selection.appeal_objection"))
OBJECTIONS = (("jawaban", "selection.dismiss_objection"), ("penerimaan", "selection.uphold_objection"))

urlpatterns = [
    path("kemitraan/<str:code>/seleksi/", room.room, name="page.selection"),
    path("kemitraan/<str:code>/seleksi/surat/<str:kind>.pdf", papers.selection_paper, name="page.selection_paper"),
    path("kemitraan/<str:code>/berkas/", papers.ask_dossier, name="selection.ask_dossier"),
    path("kemitraan/<str:code>/berkas-seleksi.pdf", papers.dossier_pdf, name="page.dossier_pdf"),
    path("kemitraan/<str:code>/surat-jawaban.pdf", papers.answer_paper, name="page.answer_paper"),
    path("usulan/<str:code>/hasil.pdf", papers.feedback_paper, name="page.feedback_paper"),
    path("kemitraan/<str:code>/seleksi/perbandingan/", comparison.comparison, name="page.comparison"),
    path("kemitraan/<str:code>/seleksi/moderasi/", panel.moderate_scores, name="selection.moderate_scores"),
    path("kemitraan/<str:code>/seleksi/moderasi/putaran/", panel.score_again, name="selection.score_again"),
    path("kemitraan/<str:code>/penawaran/", preparing.draft_call, name="selection.draft_call"),
    path("kemitraan/<str:code>/penawaran/tim/", preparing.appoint_panel, name="selection.appoint_panel"),
    path("kemitraan/<str:code>/penawaran/tim/lepas/", preparing.release_panelist, name="selection.release_panelist"),
    path("kemitraan/<str:code>/penawaran/perpanjangan/", steps.extend_call, name="selection.extend_call"),
    path("kemitraan/<str:code>/penunjukan-langsung/", direct.appoint_directly, name="selection.appoint_directly"),
    path("penunjukan/<str:code>/bukti/", direct.evidence, name="page.direct_evidence"),
    path("kemitraan/<str:code>/penawaran/buka-ulang/", preparing.reopen_call, name="selection.reopen_call"),
    *(
        path(f"kemitraan/<str:code>/penawaran/{at}/", preparing.prepare, {"part": name}, name=name)
        for at, name in PREPARED
    ),
    *(path(f"kemitraan/<str:code>/{at}/", steps.step, {"door": name}, name=name) for at, name in STEPS),
    path("kemitraan/<str:code>/usulan/perbandingan/", rivals.rivals, name="page.rivals"),
    path("kemitraan/<str:code>/usulan/pilihan/", rivals.close_comparison, name="selection.close_comparison"),
    path("pembanding/<str:code>/usulan/", rivals.draft_rival, name="selection.draft_rival"),
    path("usulan/", proposals.proposals, name="page.proposals"),
    path("usulan/baru/", proposals.draft_unsolicited, name="selection.draft_unsolicited"),
    path("usulan/<str:code>/", proposals.proposal, name="page.proposal"),
    path("usulan/<str:code>/hasil/", feedback.feedback, name="page.feedback"),
    path("usulan/<str:code>/berkas/", proposals.attach_file, name="selection.attach_file"),
    path("usulan/<str:code>/berkas/<int:pk>/", proposals.proposal_file, name="page.proposal_file"),
    path("usulan/<str:code>/penilaian/", proposals.score, name="selection.score"),
    path("usulan/<str:code>/kunjungan/", panel.record_site_visit, name="selection.record_site_visit"),
    path("kunjungan/<str:code>/berkas/", panel.site_visit_file, name="page.site_visit_file"),
    *(path(f"usulan/<str:code>/{at}/", proposals.write_content, {"page": name}, name=name) for at, name in CONTENTS),
    *(
        path(f"usulan/<str:code>/{at}/", proposals.proposal_step, {"door": name}, name=name)
        for at, name in PROPOSAL_STEPS
    ),
    path("perkenalan/<str:code>/jawaban/", introductions.answer_introduction, name="selection.answer_introduction"),
    path("panggilan/<str:code>/usulan/", proposals.draft_proposal, name="selection.draft_proposal"),
    path("panggilan/<str:code>/pertanyaan/", objections.ask_question, name="selection.ask_question"),
    path("panggilan/<str:code>/sanggahan/", objections.file_objection, name="selection.file_objection"),
    path("pertanyaan/<str:code>/jawaban/", objections.answer_question, name="selection.answer_question"),
    path("sanggahan/<str:code>/", objections.objection, name="page.objection"),
    *(
        path(f"sanggahan/<str:code>/{at}/", objections.own_step, {"door": name}, name=name)
        for at, name in OWN_OBJECTIONS
    ),
    *(
        path(f"sanggahan/<str:code>/{at}/", objections.answer_objection, {"door": name}, name=name)
        for at, name in OBJECTIONS
    ),
]
