from django.urls import path

from bermitra.desk import views

urlpatterns = [path("", views.work_box, name="page.work_box")]
