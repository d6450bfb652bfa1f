from django.apps import AppConfig

from bermitra.agreements.access import ACCESS


class AgreementsConfig(AppConfig):
    name = "bermitra.agreements"
    label = "agreements"
    access = ACCESS
