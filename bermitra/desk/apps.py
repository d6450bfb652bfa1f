from django.apps import AppConfig

from bermitra.desk.access import ACCESS


class DeskConfig(AppConfig):
    name = "bermitra.desk"
    label = "desk"
    access = ACCESS
