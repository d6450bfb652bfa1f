from django.apps import AppConfig

from bermitra.foundation.regions.access import ACCESS


class RegionsConfig(AppConfig):
    name = "bermitra.foundation.regions"
    label = "regions"
    access = ACCESS
