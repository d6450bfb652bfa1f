from django.urls import include, path

from bermitra.desk import settings, switches, views

urlpatterns = [
    path("", views.work_box, name="page.work_box"),
    path("kemitraan/<str:code>/", views.case, name="page.case"),
    path("desa/", views.village_list, name="page.village_list"),
    path("ketentuan/", settings.norms, name="page.norms"),
    path("ketentuan/aturan/", switches.switches, name="page.rule_switches"),
    path("ketentuan/aturan/<slug:code>/", switches.switch, name="page.rule_switch"),
    path("ketentuan/aturan/<slug:code>/tetapkan/", switches.change, name="norms.switch_rule"),
    path("ketentuan/<slug:name>/", settings.norm, name="page.norm"),
    path("ketentuan/<slug:name>/ubah/", settings.change, name="norms.change"),
    path("", include("bermitra.foundation.messages.urls")),
]
