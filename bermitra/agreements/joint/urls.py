"""Addresses of the Peraturan Bersama."""

from django.urls import path

from bermitra.agreements.joint.body import views as body
from bermitra.agreements.joint.views import acts, reading

PLACE = "peraturan-bersama/<code>/"

urlpatterns = [
    path("peraturan-bersama/", reading.regulations, name="page.joint_regulations"),
    path("peraturan-bersama/baru/<code>/", acts.start, name="agreements.start_joint_draft"),
    path(PLACE, reading.regulation, name="page.joint_regulation"),
    path(f"{PLACE}naskah/", reading.draft, name="page.joint_regulation_text"),
    path(f"{PLACE}naskah/<slug:article>/", acts.change, name="agreements.propose_joint_change"),
    path(f"{PLACE}cetak/", reading.paper, name="page.joint_regulation_print"),
    path(f"{PLACE}pindaian/", reading.scan, name="page.joint_regulation_scan"),
    path(f"{PLACE}berita-desa/<village>/", reading.gazette, name="page.joint_gazette"),
    path(f"{PLACE}penerimaan/", acts.accept, name="agreements.accept_joint_text"),
    path(f"{PLACE}nomor/", acts.number, name="agreements.give_joint_number"),
    path(f"{PLACE}konsultasi/", acts.consult, name="agreements.record_joint_consultation"),
    path(f"{PLACE}musyawarah/", acts.table, name="agreements.table_joint_text"),
    path(f"{PLACE}penguncian/", acts.lock, name="agreements.lock_joint_text"),
    path(f"{PLACE}pembukaan/", acts.reopen, name="agreements.reopen_joint_text"),
    path(f"{PLACE}penghentian/", acts.abandon, name="agreements.abandon_joint_text"),
    path(f"{PLACE}tanda-tangan/", acts.sign, name="agreements.sign_joint_text"),
    path(
        f"{PLACE}tanda-tangan/tersertifikasi/", acts.register_certified, name="agreements.register_certified_joint_text"
    ),
    path(f"{PLACE}pindaian/baru/", acts.lay_down, name="agreements.lay_down_joint_scan"),
    path(f"{PLACE}pindaian/pencocokan/", acts.confirm, name="agreements.confirm_joint_scan"),
    path(f"{PLACE}pengundangan/", acts.promulgate, name="agreements.promulgate_joint_text"),
    path(f"{PLACE}bkad/", body.body, name="page.joint_body"),
    path(f"{PLACE}bkad/pembentukan/", body.form_body, name="agreements.form_joint_body"),
    path(f"{PLACE}bkad/penerimaan/", body.accept_body, name="agreements.accept_joint_body"),
    path(f"{PLACE}bkad/undangan/", body.invite, name="agreements.invite_joint_member"),
    path(f"{PLACE}bkad/penarikan-diri/", body.leave, name="agreements.ask_to_leave_joint"),
    path(f"{PLACE}bkad/surat/<paper>/", body.paper, name="page.joint_body_paper"),
    path("iuran-antar-desa/<code>/", body.pay, name="agreements.pay_joint_due"),
    path("iuran-antar-desa/<code>/penerimaan/", body.look, name="agreements.confirm_joint_payment"),
    path("pengurus-bkad/<code>/", body.hand_over, name="agreements.hand_over_joint_seat"),
    path("pengurus-bkad/<code>/pengisian/", body.fill_office, name="agreements.fill_joint_office"),
    path("anggota-bkad/<code>/pernyataan/", body.state, name="agreements.state_joint_member"),
    path("anggota-bkad/<code>/", body.settle, name="agreements.settle_joint_member"),
]
