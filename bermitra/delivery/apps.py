from django.apps import AppConfig

from bermitra.delivery.access import ACCESS


class DeliveryConfig(AppConfig):
    name = "bermitra.delivery"
    label = "delivery"
    access = ACCESS
