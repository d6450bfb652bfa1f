"""The shape of raising a flag, answering it, and giving an opinion on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import TextField
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms.common import Choice
from bermitra.registry.queries.flags import raisable
from bermitra.registry.queries.words import said
from bermitra.registry.rules import FLAG_DECISIONS, FLAG_OPEN


class RaiseFlag(forms.Form):
    kind = forms.ChoiceField(label=_("Yang terlihat"))
    seen = TextField(
        label=_("Apa, di mana, dan kapan"),
        help_text=_("Tulis kejadiannya. Nama pelapor dan orang lain tidak ditulis di sini."),
        multiline=True,
        limit=1000,
    )
    source = TextField(
        label=_("Dari mana Anda tahu"), help_text=_("Contoh: salinan akta, laporan warga, atau berita acara")
    )
    file = SafeFileField(label=_("Berkas bukti"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(each, said(book().flags[each].name)) for each in raisable()]  # type: ignore[attr-defined]


class ReplyFlag(forms.Form):
    text = TextField(label=_("Jawaban mitra"), multiline=True, limit=2000)
    file = SafeFileField(label=_("Berkas pendukung"), required=False)


class OpinionOnFlag(forms.Form):
    proven = Choice(label=_("Menurut Anda"), choices=(("yes", _("Terbukti")), ("no", _("Tidak terbukti"))))
    reason = TextField(
        label=_("Alasan"), multiline=True, limit=500, help_text=_("Mitra membaca alasan ini setelah putusan.")
    )


class ReopenFlag(forms.Form):
    reason = TextField(label=_("Fakta baru"), multiline=True, limit=1000)


class FindFlag(forms.Form):
    """The filter of the list, in its address."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False)

    STATES = {"terbuka": FLAG_OPEN, "diputus": FLAG_DECISIONS}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        words = {"terbuka": gettext("Menunggu"), "diputus": gettext("Sudah diputus")}
        self.fields["keadaan"].choices = [("", gettext("Semua")), *words.items()]  # type: ignore[attr-defined]
