"""The shape of what a partner types about its own people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.fields import TextField
from bermitra.foundation.people.forms import Newcomer, Term

OF_A_PARTNER = (roles.PARTNER_REP, roles.PARTNER_SIGNATORY)


class Colleague(Newcomer, Term):
    """One more person who acts for a partner, by its own letter."""

    role = forms.ChoiceField(label=_("Perannya"))
    mandate = TextField(label=_("Nomor surat tugas atau kuasa"), limit=160)
    field_order = ("full_name", "username", "role", "mandate", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["since"].label, self.fields["until"].label = _("Mulai bertugas"), _("Berakhir")
        offered = [(each.key, gettext(each.name)) for each in OF_A_PARTNER]
        self.fields["role"].choices = offered  # type: ignore[attr-defined]
