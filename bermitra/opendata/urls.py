from django.urls import path

from bermitra.opendata import views

urlpatterns = [
    path("arsip-desa/<str:code>/", views.download_archive, name="opendata.download_archive"),
]
