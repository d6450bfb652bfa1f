"""Addresses of PADIATAPA."""

from django.urls import path

from bermitra.deliberation.consent import views

urlpatterns = [
    path("", views.consents, name="page.consents"),
    path("baru/", views.begin_consent, name="deliberation.begin_consent"),
    path("<code>/", views.consent, name="page.consent"),
    path("<code>/berita-acara/", views.consent_minutes, name="page.consent_minutes"),
    path("<code>/pernyataan/", views.consent_print, name="page.consent_print"),
    path("<code>/tahap/", views.record_consent_step, name="deliberation.record_consent_step"),
    path("<code>/persetujuan/", views.give_consent, name="deliberation.give_consent"),
    path("<code>/penolakan/", views.refuse_consent, name="deliberation.refuse_consent"),
]
