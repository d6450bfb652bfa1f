from django.apps import AppConfig

from bermitra.needs.access import ACCESS


class NeedsConfig(AppConfig):
    name = "bermitra.needs"
    label = "needs"
    access = ACCESS
