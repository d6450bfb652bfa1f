"""Every address of the site: Indonesian nouns, a page per act."""

from django.urls import include, path
from django.views.i18n import set_language

from bermitra.site import views

urlpatterns = [
    path("", include("bermitra.portal.urls")),
    path("", include("bermitra.foundation.accounts.urls")),
    path("kerja/", include("bermitra.registry.urls")),
    path("kerja/", include("bermitra.deliberation.urls")),
    path("kerja/", include("bermitra.needs.urls")),
    path("kerja/", include("bermitra.partnership.urls")),
    path("kerja/", include("bermitra.selection.urls")),
    path("kerja/", include("bermitra.agreements.urls")),
    path("kerja/", include("bermitra.delivery.urls")),
    path("kerja/", include("bermitra.monitoring.urls")),
    path("kerja/", include("bermitra.desk.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("sehat/", views.health, name="page.health"),
    path(".well-known/checkpoint", views.checkpoint, name="page.journal_proof"),
]
