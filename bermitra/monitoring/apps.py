from django.apps import AppConfig

from bermitra.monitoring.access import ACCESS


class MonitoringConfig(AppConfig):
    name = "bermitra.monitoring"
    label = "monitoring"
    access = ACCESS
