"""How the work box is narrowed: what is in the address, and nothing that is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.desk.villages import STATUSES, Asked
from bermitra.foundation.fields import DateField, ParsedField, TextField
from bermitra.foundation.norms.catalogue import DATE, Norm
from bermitra.foundation.norms.queries import Setting, out_of_order
from bermitra.foundation.norms.words import STAGES
from bermitra.foundation.rules import Rule


class Narrow(forms.Form):
    """A value that is not among the choices narrows nothing: an old link still opens the box."""

    waktu = forms.ChoiceField(
        label=_("Tenggat"),
        required=False,
        choices=[("", _("Semua pekerjaan")), ("terlambat", _("Sudah terlambat")), ("pekan", _("Tujuh hari ke depan"))],
    )
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)

    def __init__(self, *args: Any, places: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if len(places) < 2:
            del self.fields["wilayah"]
        else:
            self.fields["wilayah"].choices = [("", _("Semua wilayah")), *places.items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class VillagesAsked(forms.Form):
    """Which villages are listed, and in what order."""

    YES_NO = (("", _("Semua")), ("ya", _("Ada")), ("tidak", _("Belum ada")))
    kecamatan = forms.ChoiceField(label=_("Kecamatan"), required=False)
    status = forms.ChoiceField(
        label=_("Status indeks"),
        required=False,
        choices=[("", _("Semua status")), *((each, each) for each in STATUSES)],
    )
    perdes = forms.ChoiceField(label=_("Perdes kerja sama"), required=False, choices=YES_NO)
    kemitraan = forms.ChoiceField(label=_("Kemitraan"), required=False, choices=YES_NO)
    urut = forms.ChoiceField(
        label=_("Urutkan"),
        required=False,
        choices=[("nama", _("Menurut nama")), ("kode", _("Menurut kode")), ("indeks", _("Indeks tertinggi dahulu"))],
    )

    def __init__(self, *args: Any, districts: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if len(districts) < 2:
            del self.fields["kecamatan"]
        else:
            self.fields["kecamatan"].choices = [("", _("Semua kecamatan")), *districts]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """A value that is not among the choices narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            district=given.get("kecamatan", ""),
            status=given.get("status", ""),
            regulation=given.get("perdes", ""),
            partnership=given.get("kemitraan", ""),
            order=given.get("urut") or "nama",
        )

    def address(self, **more: str | int) -> str:
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        return f"?{urlencode({**kept, **more})}"


class NormsAsked(forms.Form):
    """Which settings of a regency are listed."""

    cari = forms.CharField(label=_("Kata yang dicari"), required=False, max_length=80)
    bab = forms.ChoiceField(
        label=_("Bab"),
        required=False,
        choices=[("", _("Semua bab")), *((code, _(title)) for code, title in STAGES.items())],
    )
    ubah = forms.ChoiceField(
        label=_("Yang diubah"),
        required=False,
        choices=[("", _("Semua ketentuan")), ("ya", _("Hanya yang pernah diubah daerah ini"))],
    )

    def wants(self, one: Setting) -> bool:
        """Whether this setting is left; a value that is not among the choices narrows nothing."""
        given = self.chosen()
        said = f"{gettext(one.norm.says)} {one.norm.basis}".casefold()
        return (
            given.get("cari", "").casefold() in said
            and given.get("bab", one.norm.stage) == one.norm.stage
            and (not given.get("ubah") or bool(one.rows))
        )

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def address(self, **more: str) -> str:
        return f"?{urlencode({**self.chosen(), **more})}"


class Recorded(forms.Form):
    """What a regency records of its settings has a basis and a first day; whether they do is asked by the act."""

    basis = TextField(label=_("Dasar hukum"), help_text=_("Contoh: Perbup Nomor 12 Tahun 2026 Pasal 4"), limit=200)
    effective_from = DateField(label=_("Mulai berlaku"))


class RuleSwitched(Recorded):
    """A rule switched off or on again, or its basis confirmed."""

    kind = forms.ChoiceField(label=_("Yang ditetapkan"), widget=forms.RadioSelect)
    field_order = ("kind", "basis", "effective_from")

    SWITCHABLE = (("off", _("Matikan aturan ini")), ("on", _("Nyalakan lagi aturan ini")))
    UNVERIFIED = (("confirmed", _("Pastikan dasarnya: aturan ini menahan tindakan")), ("on", _("Tarik kepastian itu")))

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self.SWITCHABLE if rule.switchable else self.UNVERIFIED  # type: ignore[attr-defined]


class NormChange(Recorded):
    """A new value; bounds and order are the norms'."""

    def __init__(self, *args: Any, norm: Norm, regency: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.norm, self.regency = norm, regency
        empties = norm.unit == DATE  # no day is a value as well: nobody votes
        self.fields["value"] = ParsedField(
            label=_("Nilai baru"),
            parse=norm.accept,
            required=not empties,
            help_text=norm.bounds or (gettext("Kosongkan bila tidak ada.") if empties else ""),
        )
        self.order_fields(("value",))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"value", "effective_from"} <= given.keys():
            found = out_of_order(self.regency, self.norm, given["value"], given["effective_from"])
            if found:
                other, past = found
                self.add_error("value", self._out_of_order(past).format(
                    value=self.norm.said(given["value"]), bound=other.said, other=gettext(other.norm.says)
                ))  # fmt: skip
        return given

    def _out_of_order(self, past: bool) -> str:
        if past:
            return gettext("{value} melewati {bound}, yaitu “{other}”. Perbaiki, atau ubah ketentuan itu lebih dahulu.")
        if self.norm.unit == DATE:
            return gettext(
                "{value} mendahului {bound}, yaitu “{other}”. Perbaiki, atau ubah ketentuan itu lebih dahulu."
            )
        return gettext("{value} kurang dari {bound}, yaitu “{other}”. Perbaiki, atau ubah ketentuan itu lebih dahulu.")
