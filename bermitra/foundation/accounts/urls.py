"""Addresses of sign-in and of people."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from bermitra.foundation.accounts import confirming, views

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/surat/", views.use_letter, name="accounts.use_letter"),
    path("masuk/lagi/", confirming.password, name="account_reauthenticate"),
    path("masuk/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kode/lagi/", confirming.code, name="mfa_reauthenticate"),
    path("keluar/", account.logout, name="account_logout"),
    path("saya/kata-sandi/", account.password_change, name="account_change_password"),
    path("saya/kode-tambahan/", mfa.index, name="mfa_index"),
    path("saya/kode-tambahan/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("saya/kode-tambahan/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("saya/kode-cadangan/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("saya/kode-cadangan/buat/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("saya/kode-cadangan/unduh/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("saya/kunci-program/", views.tokens, name="page.tokens"),
    path("saya/kunci-program/baru/", views.make_token, name="accounts.make_token"),
    path("saya/kunci-program/<str:code>/cabut/", views.withdraw_token, name="accounts.withdraw_token"),
    path("peran/", views.role_book, name="page.roles"),
    path("orang/<str:code>/surat/baru/", views.issue_letter, name="accounts.issue_letter"),
    path("surat-akses/<str:code>/", views.print_letter, name="page.access_letter"),
]
