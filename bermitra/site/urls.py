"""Every address of the site: Indonesian nouns, a page per act."""

from django.urls import include, path

from bermitra.site import views

handler403 = views.not_allowed
urlpatterns = [
    path("mitra/", include("bermitra.registry.public_urls")),
    path("", include("bermitra.matching.public_urls")),
    path("", include("bermitra.portal.urls")),
    path("", include("bermitra.foundation.accounts.urls")),
    path("", include("bermitra.foundation.personal.urls")),
    path("", include("bermitra.foundation.people.urls")),
    path("kerja/", include("bermitra.registry.urls")),
    path("kerja/", include("bermitra.deliberation.urls")),
    path("kerja/", include("bermitra.needs.urls")),
    path("kerja/", include("bermitra.matching.urls")),
    path("kerja/", include("bermitra.partnership.urls")),
    path("kerja/", include("bermitra.selection.urls")),
    path("kerja/", include("bermitra.agreements.urls")),
    path("kerja/", include("bermitra.delivery.urls")),
    path("kerja/", include("bermitra.monitoring.urls")),
    path("kerja/", include("bermitra.opendata.urls")),
    path("kerja/", include("bermitra.desk.urls")),
    path("bahasa/<str:language>/", views.language, name="page.language"),
    path("sehat/", views.health, name="page.health"),
    path(".well-known/checkpoint", views.checkpoint, name="page.journal_proof"),
]
