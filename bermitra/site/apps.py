from django.apps import AppConfig

from bermitra.site.access import ACCESS


class SiteConfig(AppConfig):
    name = "bermitra.site"
    label = "site"
    access = ACCESS
