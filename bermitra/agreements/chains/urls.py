"""Addresses of a chain, by the code of the case."""

from django.urls import path

from bermitra.agreements.chains import views

urlpatterns = [
    path("perjanjian/<code>/rangkaian/", views.chain, name="page.agreement_chain"),
    path("perjanjian/<code>/rangkaian/tingkat/", views.place_in_chain, name="agreements.place_in_chain"),
]
