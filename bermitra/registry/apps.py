from django.apps import AppConfig

from bermitra.registry.access import ACCESS


class RegistryConfig(AppConfig):
    name = "bermitra.registry"
    label = "registry"
    access = ACCESS
