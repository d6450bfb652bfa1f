from django.apps import AppConfig

from bermitra.partnership.access import ACCESS


class PartnershipConfig(AppConfig):
    name = "bermitra.partnership"
    label = "partnership"
    access = ACCESS
