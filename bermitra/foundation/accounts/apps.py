from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from bermitra.foundation.accounts.access import ACCESS


class AccountsConfig(AppConfig):
    name = "bermitra.foundation.accounts"
    label = "accounts"
    access = ACCESS

    def ready(self) -> None:
        """Every door of every package must be known before the permission table is compared with them."""
        autodiscover_modules("actions", "gaps")
