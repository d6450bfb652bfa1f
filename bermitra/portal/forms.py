"""What a visitor may ask for; everything stays in the address, so that a page can be sent on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import ParsedField, TextField
from bermitra.foundation.regions.queries import LONGEST
from bermitra.foundation.text import required
from bermitra.needs.forms import sector_choices
from bermitra.needs.offers.forms import interest_choices
from bermitra.needs.offers.queries import form_choices
from bermitra.partnership.rules import FIELDS, PHASES
from bermitra.portal import partners
from bermitra.registry.queries.partners import LISTED, SORTS, STANDINGS
from bermitra.selection.rules import DIRECT_KINDS


class Find(forms.Form):
    """One line: a name, a code, or a name and its place."""

    q = ParsedField(
        label=_("Cari desa, mitra, atau nomor kemitraan"),
        help_text=_("Contoh: Pandanarum, Banjarnegara, 33.04.19.2001, atau 7K3M-9QXD-2A"),
        parse=lambda typed: required(typed, limit=LONGEST),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class Narrow(forms.Form):
    """A value that is not among the choices narrows nothing: an old link still opens the list."""

    di = TextField(
        label=_("Kode wilayah"), help_text=_("Misalnya 33.04 untuk Kabupaten Banjarnegara."), limit=13, required=False
    )

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def words(self, name: str, value: str) -> str:
        """What was chosen, in words."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices)[value])  # type: ignore[arg-type, index]  # lists of pairs, all of them
        return value


class NarrowPartnerships(Narrow):
    q = TextField(label=_("Nama kemitraan atau mitra"), limit=LONGEST, required=False)
    tahap = forms.ChoiceField(label=_("Tahap"), required=False)
    bidang = forms.ChoiceField(label=_("Bidang"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["tahap"].choices = _all(PHASES, gettext("Semua tahap"))  # type: ignore[attr-defined]
        self.fields["bidang"].choices = _all(FIELDS, gettext("Semua bidang"))  # type: ignore[attr-defined]


class NarrowPartners(Narrow):
    q = TextField(label=_("Nama mitra"), limit=LONGEST, required=False)
    jenis = forms.ChoiceField(label=_("Jenis mitra"), required=False)
    hasil = forms.ChoiceField(label=_("Hasil uji tuntas"), required=False)
    sanksi = forms.ChoiceField(label=_("Daftar sanksi"), required=False)
    urut = forms.ChoiceField(label=_("Urutkan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", gettext("Semua jenis")), *partners.kinds()]  # type: ignore[attr-defined]
        self.fields["hasil"].choices = _all(STANDINGS, gettext("Semua hasil"))  # type: ignore[attr-defined]
        self.fields["sanksi"].choices = _all(LISTED, gettext("Semua"))  # type: ignore[attr-defined]
        self.fields["urut"].choices = [(key, gettext(each.says)) for key, each in SORTS.items()]  # type: ignore[attr-defined]


class NarrowOffers(Narrow):
    q = TextField(label=_("Nama tawaran atau mitra"), limit=LONGEST, required=False)
    bidang = forms.ChoiceField(label=_("Bidang kebutuhan"), required=False)
    jenis = forms.ChoiceField(label=_("Jenis mitra"), required=False)
    bentuk = forms.ChoiceField(label=_("Bentuk kerja sama"), required=False)
    dicari = forms.ChoiceField(label=_("Yang diminta kembali"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["bidang"].choices = [("", gettext("Semua bidang")), *sector_choices()]  # type: ignore[attr-defined]
        self.fields["jenis"].choices = [("", gettext("Semua jenis")), *partners.kinds()]  # type: ignore[attr-defined]
        self.fields["bentuk"].choices = [("", gettext("Semua bentuk")), *form_choices()]  # type: ignore[attr-defined]
        self.fields["dicari"].choices = [("", gettext("Semua")), *interest_choices()]  # type: ignore[attr-defined]


class NarrowDirect(Narrow):
    jenis = forms.ChoiceField(label=_("Jenis alasan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = _all(DIRECT_KINDS, gettext("Semua jenis"))  # type: ignore[attr-defined]


class FindRule(forms.Form):
    """The code that a refused act named."""

    kode = TextField(label=_("Kode aturan"), help_text=_("Misalnya AG-01"), limit=10)


def _all(choices: dict[str, str], none: str) -> list[tuple[str, str]]:
    return [("", none), *((key, gettext(words)) for key, words in choices.items())]
