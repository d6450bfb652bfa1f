"""Addresses of this stage under ``mitra/`` that anybody may open: asking to be registered."""

from django.urls import path

from bermitra.registry.views import registration

urlpatterns = [
    path("mirip/", registration.similar, name="page.similar_partners"),
    path("daftar/", registration.request_registration, name="registry.request_registration"),
    path("daftar/<str:code>/", registration.registration_request, name="page.registration_request"),
]
