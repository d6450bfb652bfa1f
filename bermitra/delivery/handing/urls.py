"""Addresses of handing over: the list by the code of the partnership, one handing over by its own."""

from django.urls import path

from bermitra.delivery.handing import views

PLACE = "serah-terima-barang/<str:code>/"

urlpatterns = [
    path("perjanjian/<str:code>/serah-terima/", views.handovers, name="page.goods_handovers"),
    path("perjanjian/<str:code>/serah-terima/baru/", views.draft_handover, name="delivery.draft_handover"),
    path(PLACE, views.handover, name="page.goods_handover"),
    path(f"{PLACE}cetak/", views.handover_paper, name="page.goods_handover_paper"),
    path(f"{PLACE}ubah/", views.set_handover, name="delivery.set_handover"),
    path(f"{PLACE}barang/", views.set_handover_item, name="delivery.set_handover_item"),
    path(f"{PLACE}tabel/", views.import_handover_items, name="delivery.import_handover_items"),
    path(f"{PLACE}penyerahan/", views.offer_handover, name="delivery.offer_handover"),
    path(f"{PLACE}penerimaan/", views.receive_handover, name="delivery.receive_handover"),
    path(f"{PLACE}pengembalian/", views.return_handover, name="delivery.return_handover"),
    path(f"{PLACE}pembatalan/", views.withdraw_handover, name="delivery.withdraw_handover"),
    path(f"{PLACE}inventaris/", views.record_in_inventory, name="delivery.record_in_inventory"),
    path("barang-serah-terima/<str:code>/foto/", views.photo, name="page.handover_photo"),
    path("barang-serah-terima/<str:code>/hapus/", views.drop_handover_item, name="delivery.drop_handover_item"),
]
