from django.apps import AppConfig

from bermitra.portal.access import ACCESS


class PortalConfig(AppConfig):
    name = "bermitra.portal"
    label = "portal"
    access = ACCESS
