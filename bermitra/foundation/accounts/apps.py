from django.apps import AppConfig
from django.core.checks import register

from bermitra.foundation.accounts.access import ACCESS
from bermitra.foundation.accounts.permissions import check_for_gaps


class AccountsConfig(AppConfig):
    name = "bermitra.foundation.accounts"
    label = "accounts"
    access = ACCESS

    def ready(self) -> None:
        register(check_for_gaps)
