from django.apps import AppConfig
from django.db.models import Q

from bermitra.foundation.people.passing import Assigned
from bermitra.foundation.text import _
from bermitra.registry.access import ACCESS
from bermitra.registry.rules import State


class RegistryConfig(AppConfig):
    name = "bermitra.registry"
    label = "registry"
    access = ACCESS
    hands_over = (
        Assigned(
            "registry.Verification",
            "reviewer",
            Q(state__in=[State.UNDER_REVIEW.value, State.REPAIR.value]),
            "region__code",
            _("Berkas uji tuntas yang sedang diperiksa"),
        ),
    )
