from django.apps import AppConfig

from bermitra.foundation.personal.access import ACCESS


class PersonalConfig(AppConfig):
    name = "bermitra.foundation.personal"
    label = "personal"
    access = ACCESS
