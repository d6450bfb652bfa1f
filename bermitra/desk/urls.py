from django.urls import include, path

from bermitra.desk import settings, views

urlpatterns = [
    path("", views.work_box, name="page.work_box"),
    path("kemitraan/<str:code>/", views.case, name="page.case"),
    path("desa/", views.village_list, name="page.village_list"),
    path("ketentuan/", settings.norms, name="page.norms"),
    path("ketentuan/<slug:name>/", settings.norm, name="page.norm"),
    path("ketentuan/<slug:name>/ubah/", settings.change, name="norms.change"),
    path("", include("bermitra.foundation.messages.urls")),
]
