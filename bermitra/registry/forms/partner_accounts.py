"""The account of a partner."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import TextField
from bermitra.foundation.personal.forms import AccountField


class RecordPartnerAccount(forms.Form):
    bank = TextField(label=_("Bank"), limit=80, help_text=_("Contoh: Bank Jateng, cabang Banjarnegara"))
    number = AccountField(label=_("Nomor rekening"), help_text=_("Atas nama lembaga, tidak pernah atas nama orang."))
