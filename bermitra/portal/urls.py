from django.urls import path

from bermitra.portal import views

urlpatterns = [path("", views.home, name="page.home")]
