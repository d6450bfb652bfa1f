from django.apps import AppConfig

from bermitra.selection.access import ACCESS


class SelectionConfig(AppConfig):
    name = "bermitra.selection"
    label = "selection"
    access = ACCESS
