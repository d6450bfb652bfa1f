"""The shape of what is typed about a handing over; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.delivery import sheets
from bermitra.delivery.forms import Choice, TableFile, not_ahead
from bermitra.delivery.handing.models import GoodsHandover, HandoverItem
from bermitra.delivery.handing.rules import CONDITIONS, MOST_ROWS, VERDICTS, Verdict
from bermitra.delivery.models import PARTNER
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, NameField, ParsedField, RupiahField, TextField, TickField, say
from bermitra.foundation.text import BadInput
from bermitra.registry.models import VillageAsset


class Head(forms.Form):
    number = TextField(label=_("Nomor berita acara"), limit=60)
    on = DateField(label=_("Tanggal serah terima"))
    place = TextField(label=_("Tempat serah terima"), limit=120)
    keeper = TextField(
        label=_("Pengelola setelah diserahkan"), limit=160, required=False,
        help_text=_("Lembaga yang merawatnya, misalnya BUM Desa. Wajib bila ada yang menjadi aset desa."),
    )  # fmt: skip
    witness_one = NameField(label=_("Nama saksi pertama"), required=False)
    witness_two = NameField(
        label=_("Nama saksi kedua"), required=False, help_text=_("Wajib sebelum barang diserahkan.")
    )

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])


class Item(forms.Form):
    name = TextField(label=_("Nama barang atau pekerjaan"), limit=160)
    make = TextField(label=_("Jenis, merek, atau tipe"), limit=160, required=False)
    quantity = ParsedField(label=_("Jumlah"), parse=sheets.measure, empty=None, help_text=_("Contoh: 3 atau 1.250,5"))
    unit = TextField(label=_("Satuan"), limit=20, help_text=_("Contoh: unit, meter, m²"))
    value = RupiahField(label=_("Nilai seluruhnya dalam rupiah"), allow_zero=True)
    condition = Choice(label=_("Keadaan"), choices=list(CONDITIONS.items()))
    place = TextField(label=_("Tempat barang berada"), limit=120, required=False)
    proof = TextField(
        label=_("Bukti kepemilikan"), limit=120, required=False, help_text=_("Contoh: faktur, sertifikat, atau BPKB")
    )
    item_code = TextField(label=_("Kode aset"), limit=40, required=False, help_text=_("Bila sudah berkode inventaris."))
    for_village = TickField(label=_("Menjadi aset desa"), required=False)
    photo = SafeFileField(label=_("Foto"), required=False)

    def __init__(self, *args: Any, handover: GoodsHandover, item: HandoverItem | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.handover, self.item = handover, item
        self.fields["condition"].choices = [(code, gettext(words)) for code, words in CONDITIONS.items()]  # type: ignore[attr-defined]
        if handover.giver != PARTNER:  # what the village gives away is not its own from then on
            del self.fields["for_village"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.item is None:
            _room_for(self.handover, 1)
        return given

    def asked(self) -> dict[str, Any]:
        return {"for_village": False, **self.cleaned_data, "item": self.item}


class Goods(forms.Form):
    table = TableFile(label=_("Tabel barang"))

    def __init__(self, *args: Any, handover: GoodsHandover, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.handover = handover

    def clean_table(self) -> tuple[str, bytes]:
        name, content = self.cleaned_data["table"]
        try:
            self.rows = sheets.read_goods(name, content, to_village=self.handover.giver == PARTNER)
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad
        _room_for(self.handover, len(self.rows))
        return name, content


def _room_for(handover: GoodsHandover, rows: int) -> None:
    if handover.items.count() + rows > MOST_ROWS:
        raise ValidationError(
            gettext("Satu serah terima memuat paling banyak %(most)s baris. Buat serah terima lain untuk sisanya.")
            % {"most": MOST_ROWS},
            code="rows.many",
        )


class Answers(forms.Form):
    """Of every row whether it came; what is short is said beside it. ``seen`` is the hash of the list that the page shows."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[HandoverItem], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        choices = [(code, gettext(words)) for code, words in VERDICTS.items()]
        for each in self.items:
            said = gettext("%(number)s. %(name)s, %(measure)s") % {
                "number": each.number, "name": each.name, "measure": each.measure,
            }  # fmt: skip
            self.fields[f"verdict_{each.number}"] = Choice(label=said, choices=choices)
            self.fields[f"shortage_{each.number}"] = TextField(
                label=gettext("Kekurangan nomor %(number)s") % {"number": each.number}, limit=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for each in self.items:
            verdict, said = given.get(f"verdict_{each.number}"), given.get(f"shortage_{each.number}")
            if verdict in (Verdict.SHORT, Verdict.NOT_RECEIVED) and not said:
                self.add_error(
                    f"shortage_{each.number}", gettext("Sebutkan apa yang kurang, atau mengapa tidak diterima.")
                )
            if verdict == Verdict.RECEIVED and said:
                self.add_error(f"verdict_{each.number}", gettext("Ada kekurangan: pilih diterima dengan kekurangan."))
        return given

    def asked(self) -> dict[int, tuple[str, str]]:
        given = self.cleaned_data
        return {each.number: (given[f"verdict_{each.number}"], given[f"shortage_{each.number}"]) for each in self.items}


class Inventory(forms.Form):
    """A number for each thing that became the village's; what is left empty stays for later."""

    on = DateField(label=_("Tanggal dicatat dalam inventaris"))

    def __init__(self, *args: Any, items: Sequence[HandoverItem], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items = list(items)
        kinds = [("", gettext("Pilih golongan aset")), *VillageAsset.Kind.choices]
        for each in self.items:
            self.fields[f"number_{each.number}"] = TextField(
                label=gettext("Nomor inventaris %(name)s") % {"name": each.name}, limit=40, required=False
            )
            self.fields[f"kind_{each.number}"] = forms.ChoiceField(
                label=gettext("Golongan aset %(name)s") % {"name": each.name}, choices=kinds, required=False
            )

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for each in self.items:
            number, kind = given.get(f"number_{each.number}"), given.get(f"kind_{each.number}")
            if number and not kind:
                self.add_error(f"kind_{each.number}", gettext("Golongan belum dipilih. Pilih salah satu dari daftar."))
        if self.items and not self.errors and not any(self._numbered(given)):
            first = self.items[0].number
            self.add_error(f"number_{first}", gettext("Belum ada nomor inventaris. Isi paling sedikit satu."))
        return given

    def _numbered(self, given: dict[str, Any]) -> Iterator[HandoverItem]:
        return (each for each in self.items if given.get(f"number_{each.number}"))

    def asked(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = list(self._numbered(given))
        return {
            "on": given["on"],
            "numbers": {each.number: given[f"number_{each.number}"] for each in chosen},
            "kinds": {each.number: given[f"kind_{each.number}"] for each in chosen},
        }
