from django.apps import AppConfig

from bermitra.deliberation.access import ACCESS


class DeliberationConfig(AppConfig):
    name = "bermitra.deliberation"
    label = "deliberation"
    access = ACCESS
