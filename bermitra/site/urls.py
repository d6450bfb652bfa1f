"""Every address of the site: Indonesian nouns, a page per act."""

from django.urls import include, path
from django.views.i18n import set_language

from bermitra.site import views

urlpatterns = [
    path("", include("bermitra.portal.urls")),
    path("", include("bermitra.foundation.accounts.urls")),
    path("kerja/", include("bermitra.desk.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("sehat/", views.health, name="page.health"),
    path(".well-known/checkpoint", views.checkpoint, name="page.journal_proof"),
]
