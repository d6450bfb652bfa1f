"""Addresses of batches, by their own code."""

from django.urls import path

from bermitra.agreements.batches import views

urlpatterns = [
    path("naskah-serentak/", views.batches, name="page.batches"),
    path("naskah-serentak/<code>/", views.batch, name="page.batch"),
    path("naskah-serentak/<code>/usulan/", views.offer_batch, name="agreements.offer_batch"),
    path("perjanjian/<code>/naskah-serentak/", views.open_batch, name="agreements.open_batch"),
]
