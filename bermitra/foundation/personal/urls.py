"""Addresses of one's own data, and of the counter that works on them."""

from django.urls import path

from bermitra.foundation.personal.views import breaches, counter, mine

urlpatterns = [
    path("pelindungan-data/", mine.privacy, name="page.privacy"),
    path("saya/", mine.my_data, name="page.my_data"),
    path("saya/nik/", mine.keep_nik, name="accounts.keep_nik"),
    path("saya/foto-ktp/", mine.keep_identity_scan, name="accounts.keep_identity_scan"),
    path("saya/tersimpan/<str:code>/", mine.my_value, name="page.my_value"),
    path("saya/tersimpan/<str:code>/hapus/", mine.remove_value, name="accounts.remove_value"),
    path("saya/unduh/", mine.export_my_data, name="accounts.export_my_data"),
    path("saya/izin/baru/", mine.record_data_consent, name="accounts.record_data_consent"),
    path("saya/izin/<str:code>/tarik/", mine.withdraw_data_consent, name="accounts.withdraw_data_consent"),
    path("saya/penghapusan/", mine.request_erasure, name="accounts.request_erasure"),
    path("saya/penghapusan/batal/", mine.withdraw_erasure_request, name="accounts.withdraw_erasure_request"),
    path("data-pribadi/", counter.matters, name="page.personal_matters"),
    path("data-pribadi/lihat/<str:code>/", counter.look_at_value, name="accounts.look_at_value"),
    path("data-pribadi/nomor-ganda/<str:code>/", counter.close_number_case, name="accounts.close_number_case"),
    path("data-pribadi/izin/<str:code>/", counter.confirm_use_stopped, name="accounts.confirm_use_stopped"),
    path("data-pribadi/hapus/<str:code>/", counter.erase_person, name="accounts.erase_person"),
    path("data-pribadi/kebocoran/", breaches.breaches, name="page.data_breaches"),
    path("data-pribadi/kebocoran/baru/", breaches.record_data_breach, name="accounts.record_data_breach"),
    path("data-pribadi/kebocoran/<str:code>/", breaches.breach, name="page.data_breach"),
    path(
        "data-pribadi/kebocoran/<str:code>/beri-tahu/",
        breaches.notify_data_breach,
        name="accounts.notify_data_breach",
    ),
    path(
        "data-pribadi/kebocoran/<str:code>/batalkan/",
        breaches.set_aside_data_breach,
        name="accounts.set_aside_data_breach",
    ),
]
