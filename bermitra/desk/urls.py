from django.urls import include, path

from bermitra.desk import views

urlpatterns = [
    path("", views.work_box, name="page.work_box"),
    path("kemitraan/<str:code>/", views.case, name="page.case"),
    path("desa/", views.village_list, name="page.village_list"),
    path("", include("bermitra.foundation.messages.urls")),
]
