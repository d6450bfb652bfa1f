from django.apps import AppConfig

from bermitra.foundation.duties.access import ACCESS


class DutiesConfig(AppConfig):
    name = "bermitra.foundation.duties"
    label = "duties"
    access = ACCESS
