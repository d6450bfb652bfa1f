"""Addresses of offers: nouns, a page per act."""

from django.urls import path

from bermitra.needs.offers.views import acts, parts, showing

urlpatterns = [
    path("", showing.offer_list, name="page.offer_list"),
    path("baru/", parts.record_offer, name="needs.record_offer"),
    path("<code>/", showing.offer_file, name="page.offer_file"),
    path("<code>/uraian/", parts.describe_offer, name="needs.describe_offer"),
    path("<code>/kemampuan/", parts.set_ability, name="needs.set_ability"),
    path("<code>/kemampuan/<sector>/hapus/", parts.drop_ability, name="needs.drop_ability"),
    path("<code>/imbalan/", parts.seek_return, name="needs.seek_return"),
    path("<code>/wilayah/", parts.place_offer, name="needs.place_offer"),
    path("<code>/anggaran/", parts.fund_offer, name="needs.fund_offer"),
    path("<code>/tujuan/", parts.aim_offer, name="needs.aim_offer"),
    path("<code>/penerbitan/", acts.publish_offer, name="needs.publish_offer"),
    path("<code>/jeda/", acts.pause_offer, name="needs.pause_offer"),
    path("<code>/perpanjangan/", acts.renew_offer, name="needs.renew_offer"),
    path("<code>/penarikan/", acts.withdraw_offer, name="needs.withdraw_offer"),
    path("<code>/pemeriksaan/", acts.verify_ability, name="needs.verify_ability"),
]
