from django.apps import AppConfig

from bermitra.opendata.access import ACCESS


class OpenDataConfig(AppConfig):
    name = "bermitra.opendata"
    label = "opendata"
    access = ACCESS
