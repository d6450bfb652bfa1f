"""Addresses of needs, priorities and potentials: nouns, a page per act."""

from django.urls import path

from bermitra.needs import views

urlpatterns = [
    path("kebutuhan/", views.needs, name="page.needs"),
    path("kebutuhan/baru/", views.record, name="needs.record"),
    path("kebutuhan/<code>/", views.need, name="page.need"),
    path("kebutuhan/<code>/uraian/", views.revise, name="needs.revise"),
    path("kebutuhan/<code>/penerima/", views.count_beneficiaries, name="needs.count_beneficiaries"),
    path("kebutuhan/<code>/pengajuan/", views.submit, name="needs.submit"),
    path("kebutuhan/<code>/penarikan/", views.withdraw, name="needs.withdraw"),
    path("kebutuhan/<code>/penundaan/", views.defer, name="needs.defer"),
    path("prioritas/", views.priorities, name="page.priorities"),
    path("prioritas/baru/", views.draft_priorities, name="needs.draft_priorities"),
    path("prioritas/<code>/", views.priority_list, name="page.priority_list"),
    path("prioritas/<code>/urutan/", views.place, name="needs.place"),
    path("prioritas/<code>/urutan/<need>/keluar/", views.drop, name="needs.drop"),
    path("prioritas/<code>/musyawarah/", views.table, name="needs.table"),
    path("prioritas/<code>/penetapan/", views.prioritise, name="needs.prioritise"),
    path("potensi/", views.potentials, name="page.potentials"),
    path("potensi/baru/", views.record_potential, name="needs.record_potential"),
    path("potensi/<code>/", views.potential, name="page.potential"),
    path("potensi/<code>/lembar/", views.revise_potential, name="needs.revise_potential"),
    path("potensi/<code>/penerbitan/", views.publish_potential, name="needs.publish_potential"),
    path("potensi/<code>/arsip/", views.archive_potential, name="needs.archive_potential"),
]
