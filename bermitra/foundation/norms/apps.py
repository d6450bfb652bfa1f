from django.apps import AppConfig

from bermitra.foundation.norms.access import ACCESS


class NormsConfig(AppConfig):
    name = "bermitra.foundation.norms"
    label = "norms"
    access = ACCESS
