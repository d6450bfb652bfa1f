from django.apps import AppConfig

from bermitra.foundation.people.access import ACCESS


class PeopleConfig(AppConfig):
    name = "bermitra.foundation.people"
    label = "people"
    access = ACCESS
