from django import forms
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from bermitra.foundation.accounts.access import ACCESS
from bermitra.foundation.fields import NOT_LISTED, REQUIRED


class AccountsConfig(AppConfig):
    name = "bermitra.foundation.accounts"
    label = "accounts"
    access = ACCESS

    def ready(self) -> None:
        """Every door of every package must be known before the permission table is compared with them.

        Of an empty or outdated choice, tick or file Django would speak in words of its own: set before any form is made.
        """
        forms.Field.default_error_messages["required"] = REQUIRED
        for field in (forms.ChoiceField, forms.MultipleChoiceField):
            field.default_error_messages["invalid_choice"] = NOT_LISTED
        autodiscover_modules("actions", "gaps")
