"""The shape of what is typed about partners: found, registered, asked for, changed, merged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.codes import parse_business_number, parse_tax_number
from bermitra.foundation.fields import REQUIRED, NameField, ParsedField, PhoneField, TextField, TickField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import _ as marked
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms.common import parse_partner, parse_place
from bermitra.registry.models import Partner
from bermitra.registry.queries.partners import LISTED, SORTS, STANDINGS
from bermitra.registry.queries.words import said

OF_A_VILLAGE = frozenset({"village", "bumdes", "cooperative_kdmp"})  # kinds that are a village's own


class FindPartner(forms.Form):
    """What narrows a list. A value that is not among the choices narrows nothing: an old link still opens the list."""

    q = TextField(label=_("Nama mitra"), required=False, limit=80)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    hasil = forms.ChoiceField(label=_("Hasil uji tuntas"), required=False)
    di = TextField(label=_("Kode wilayah kedudukan"), help_text=_("Misalnya 33.04."), limit=13, required=False)
    sanksi = forms.ChoiceField(label=_("Daftar sanksi"), required=False)
    urut = forms.ChoiceField(label=_("Urutkan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, none, choices in (
            ("jenis", gettext("Semua jenis"), kind_choices()),
            ("hasil", gettext("Semua hasil"), [(key, gettext(words)) for key, words in STANDINGS.items()]),
            ("sanksi", gettext("Semua"), [(key, gettext(words)) for key, words in LISTED.items()]),
        ):
            self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]
        self.fields["urut"].choices = [(key, gettext(each.says)) for key, each in SORTS.items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def kind_choices() -> list[tuple[str, str]]:
    return [(each.code, said(each.name)) for each in book().kinds.values()]


class ReadOn(forms.Form):
    """Where the last page of a list ended: in the address of the next one, never in a form that is sent again."""

    setelah = TextField(required=False, limit=10)


def parse_seat(text: str) -> Region:
    """A regency by its code or name, or a desa by its code."""
    if any(letter.isdigit() for letter in text):
        return parse_place(text)
    kind = Region.Kind.CITY if text.strip().casefold().startswith("kota") else Region.Kind.REGENCY
    named = Region.objects.filter(level=2, name_key=key_of(text.strip(), kind), active=True)
    found = sorted(named, key=lambda each: each.kind != kind)
    if not found:
        raise BadInput(
            "seat.unknown", marked("“{value}” bukan nama kabupaten atau kota. Tulis misalnya Kabupaten Banjarnegara."),
            value=" ".join(text.split())[:40],
        )  # fmt: skip
    return found[0]


class OneOfMany(forms.Form):
    """Shared by all who name a body: its name is held against those that are registered already."""

    SIMILAR = "data-similar"  # what the page's script looks for: the address that names are asked of

    def ask_difference(self, *, near: bool) -> None:
        """Where names like it were found: has somebody looked at them?"""
        if near:
            self.fields["declared_different"] = TickField(
                label=_("Sudah saya periksa: ini lembaga lain"), required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place, kind = given.get("place"), given.get("kind")
        if place and kind in OF_A_VILLAGE and place.level != 4:
            self.add_error("place", gettext("Lembaga jenis ini milik desa. Isi kode desanya."))
        if "declared_different" in self.fields and not given.get("declared_different"):
            self.add_error("name", gettext("Nama yang mirip sudah terdaftar. Periksa daftarnya lebih dahulu."))
        return given

    def where(self) -> dict[str, Any]:
        """Seat and village of what was typed as the place."""
        place: Region = self.cleaned_data["place"]
        in_village = place if place.level == 4 else None
        return {
            "seat": Region.objects.get(pk=place.code[:5]) if in_village else place,
            "village": in_village if self.cleaned_data["kind"] in OF_A_VILLAGE else None,
        }


def _business_number() -> ParsedField:
    return ParsedField(
        label=_("NIB"), parse=parse_business_number, required=False, help_text=_("Nomor Induk Berusaha, 13 angka.")
    )


def _tax_number() -> ParsedField:
    return ParsedField(
        label=_("NPWP lembaga"),
        parse=parse_tax_number,
        required=False,
        help_text=_("15 atau 16 angka, boleh dengan titik."),
    )


def _place() -> ParsedField:
    return ParsedField(
        label=_("Tempat kedudukan"),
        help_text=_("Nama atau kode kabupaten atau kota; kode desa bila milik desa. Contoh: Kabupaten Banjarnegara"),
        parse=parse_seat,
        empty=None,
    )


class RegisterPartner(OneOfMany):
    """At the counter; one more question is asked only where a like name is known already."""

    kind = forms.ChoiceField(label=_("Jenis lembaga"))
    name = NameField(label=_("Nama lembaga"), limit=160, help_text=_("Seperti pada akta, dengan PT, CV, atau Yayasan."))
    place = _place()
    business_number = _business_number()
    tax_number = _tax_number()
    address = TextField(label=_("Alamat"), required=False)
    size = forms.ChoiceField(
        label=_("Ukuran usaha"), choices=[("", _("Bukan badan usaha")), *Partner.Size.choices], required=False
    )
    contact = TextField(label=_("Telepon atau surel kantor"), limit=160, required=False)
    vision = TextField(label=_("Visi lembaga"), multiline=True, limit=1000, required=False)

    def __init__(self, *args: Any, near: bool = False, similar: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs[self.SIMILAR] = similar
        self.ask_difference(near=near)

    def asked(self) -> dict[str, Any]:
        """What the act is asked with."""
        place: Region = self.cleaned_data["place"]
        given = {each: value for each, value in self.cleaned_data.items() if each != "place"}
        return {**given, **self.where(), "located_in_village": place if place.level == 4 else None}


class AskToRegister(OneOfMany):
    """What a body says of itself from the public page, and whom the counter may call."""

    kind = forms.ChoiceField(label=_("Jenis lembaga"))
    name = NameField(label=_("Nama lembaga"), limit=160, help_text=_("Seperti pada akta, dengan PT, CV, atau Yayasan."))
    place = _place()
    business_number = _business_number()
    tax_number = _tax_number()
    regency = forms.ModelChoiceField(
        label=_("Kabupaten yang dituju"), queryset=Region.objects.none(), empty_label=None,
        help_text=_("Petugas kabupaten ini memeriksa pendaftaran Anda."),
        error_messages={"required": REQUIRED, "invalid_choice": _("Pilih kabupaten dari daftar ini.")},
    )  # fmt: skip
    contact_name = NameField(label=_("Nama Anda"), help_text=_("Orang yang akan mewakili lembaga."))
    contact_phone = PhoneField(
        label=_("Nomor telepon Anda"), help_text=_("Petugas menelepon nomor ini sebelum memutuskan.")
    )
    consent = TickField(
        label=_("Saya setuju nama dan nomor telepon saya disimpan sampai pendaftaran ini diputus."),
        error_messages={"required": REQUIRED},
    )

    def __init__(self, *args: Any, counters: Any, near: bool = False, similar: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs[self.SIMILAR] = similar
        self.fields["regency"].queryset = counters  # type: ignore[attr-defined]
        self.ask_difference(near=near)

    def asked(self) -> dict[str, Any]:
        """What the act is asked with."""
        left_out = ("place", "consent")
        return {each: value for each, value in self.cleaned_data.items() if each not in left_out} | self.where()


class ChangePartner(forms.Form):
    """What stands in the register of a body; ``correction`` is made by the regency and always wants a reason."""

    name = NameField(label=_("Nama lembaga"), limit=160)
    place = _place()
    business_number = _business_number()
    tax_number = _tax_number()
    address = TextField(label=_("Alamat"), required=False)
    size = forms.ChoiceField(
        label=_("Ukuran usaha"), choices=[("", _("Bukan badan usaha")), *Partner.Size.choices], required=False
    )
    contact = TextField(label=_("Telepon atau surel kantor"), limit=160, required=False)
    vision = TextField(label=_("Visi lembaga"), multiline=True, limit=1000, required=False)
    reason = TextField(
        label=_("Alasan"),
        help_text=_("Wajib bila nama berubah: nomor dan tanggal akta perubahan."),
        limit=300,
        required=False,
    )

    def __init__(self, *args: Any, partner: Partner, correction: bool, kind_too: bool = False, **kwargs: Any):
        place = partner.village or partner.located_in_village or partner.seat
        held = {each: getattr(partner, each) for each in self.base_fields if each not in ("place", "reason")}
        kwargs["initial"] = {**held, "kind": partner.kind, "place": place.code if place else ""}
        super().__init__(*args, **kwargs)
        self.partner = partner
        if kind_too:
            kinds = forms.ChoiceField(label=_("Jenis lembaga"), choices=kind_choices())
            self.fields = {"kind": kinds, **self.fields}
        if correction:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _("Tampak bagi mitra dan tersimpan dalam riwayat.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place, kind = given.get("place"), given.get("kind", self.partner.kind)
        if place and kind in OF_A_VILLAGE and place.level != 4:
            self.add_error("place", gettext("Lembaga jenis ini milik desa. Isi kode desanya."))
        renamed = given.get("name") and given["name"] != self.partner.name
        if renamed and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Nama berubah. Tulis nomor dan tanggal akta perubahannya."))
        return given

    def asked(self) -> dict[str, Any]:
        """What the act is asked with."""
        place: Region = self.cleaned_data["place"]
        kind = self.cleaned_data.get("kind", self.partner.kind)
        in_village = place if place.level == 4 else None
        where = {
            "seat": Region.objects.get(pk=place.code[:5]) if in_village else place,
            "located_in_village": in_village,
            "village": in_village if kind in OF_A_VILLAGE else None,
        }
        given = {each: value for each, value in self.cleaned_data.items() if each not in ("place", "reason")}
        return {"changes": {**given, **where}, "reason": self.cleaned_data["reason"]}


class MergeDuplicates(forms.Form):
    merged = ParsedField(
        label=_("Kode mitra yang ganda"), help_text=_("Data ini akan menuju ke mitra di halaman ini."), parse=parse_partner,
        empty=None,
    )  # fmt: skip
    reason = TextField(label=_("Alasan"), multiline=True, limit=300, help_text=_("Misalnya: NIB dan akta yang sama."))
