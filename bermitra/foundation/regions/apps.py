from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "bermitra.foundation.regions"
    label = "regions"
