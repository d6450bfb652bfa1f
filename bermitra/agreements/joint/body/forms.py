"""The shape of what is typed about a BKAD."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.forms import has_come
from bermitra.agreements.joint.body.rules import OFFICES, Seated
from bermitra.deliberation.inter_village.forms import parse_others
from bermitra.foundation.fields import DateField, NameField, ParsedField, RupiahField, TextField, TickField
from bermitra.foundation.money import rupiah
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, clean_name, name_key, shown
from bermitra.foundation.text import _ as marked

OFFICE_WORDS = {"ketua": "chair", "sekretaris": "secretary", "bendahara": "treasurer", "anggota": "member"}
SEXES = [("L", _("Laki-laki")), ("P", _("Perempuan"))]


def parse_seats(typed: str, villages: dict[str, str]) -> list[Seated]:
    """A seat a line: name; L or P; village; office. ``villages``: code by the key of its name."""
    rows: list[Seated] = []
    for line in filter(None, (each.strip() for each in typed.splitlines())):
        cells = [each.strip() for each in line.split(";")]
        if len(cells) != 4:
            raise BadInput(
                "seat.form",
                marked("Baris “{value}” tidak lengkap. Tulis: nama; L atau P; desa; jabatan."),
                value=shown(line),
            )
        name, sex, village, office = cells
        if sex.upper() not in ("L", "P"):
            raise BadInput("seat.sex", marked("{value} bukan L atau P. Perbaiki jenis kelaminnya."), value=shown(sex))
        if name_key(village) not in villages:
            raise BadInput(
                "seat.village", marked("{value} bukan desa peserta. Tulis nama desanya."), value=shown(village)
            )
        if office.lower() not in OFFICE_WORDS:
            raise BadInput(
                "seat.office", marked("{value} bukan jabatan. Tulis ketua, sekretaris, bendahara, atau anggota."),
                value=shown(office),
            )  # fmt: skip
        rows.append(Seated(clean_name(name), sex.upper(), villages[name_key(village)], OFFICE_WORDS[office.lower()]))
    return rows


class Body(forms.Form):
    decree_number = TextField(label=_("Nomor keputusan bersama pembentukan BKAD"), limit=80)
    decree_on = DateField(label=_("Tanggal keputusan"))
    bank = TextField(label=_("Bank"), limit=120)
    account_name = TextField(
        label=_("Rekening atas nama"), help_text=_("Nama BKAD, bukan nama orang. Nomornya tidak ditulis."), limit=160
    )

    def __init__(self, villages: Sequence[Region], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        codes = {name_key(each.name): each.pk for each in villages}
        self.fields["seats"] = ParsedField(
            label=_("Pengurus BKAD"),
            help_text=_("Satu orang satu baris: nama; L atau P; desa; jabatan. Contoh: Tarmi; P; Beji; bendahara"),
            parse=lambda typed: parse_seats(typed, codes),
            empty=[],
            widget=forms.Textarea(attrs={"rows": 8}),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        held: dict[str, list[Seated]] = {}
        for each in given.get("seats") or []:
            held.setdefault(each.office, []).append(each)
        for office in ("chair", "secretary", "treasurer"):
            if "seats" in given and len(held.get(office, [])) != 1:
                says = gettext("Harus ada tepat satu %(office)s. Perbaiki daftarnya.")
                self.add_error("seats", says % {"office": gettext(OFFICES[office]).lower()})
        chairs, treasurers = held.get("chair", []), held.get("treasurer", [])
        if chairs and treasurers and chairs[0].village == treasurers[0].village:
            self.add_error("seats", _("Ketua dan bendahara dari desa yang sama. Pilih dari desa yang berbeda."))
        people = {name_key(each.name) for of in held.values() for each in of}
        if given.get("account_name") and name_key(given["account_name"]) in people:
            self.add_error("account_name", _("Rekening atas nama orang. Buka rekening atas nama BKAD."))
        return given


class Payment(forms.Form):
    """A part of what is still to be paid: ``rest``; ``receipts`` are in the book already."""

    amount = RupiahField(label=_("Jumlah yang dibayar"))
    paid_on = DateField(label=_("Tanggal bayar"))
    receipt = TextField(label=_("Nomor bukti setor"), limit=80)

    def __init__(self, *args: Any, rest: int, receipts: Collection[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rest, self.receipts = rest, receipts

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount > self.rest > 0:
            says = _("{value} lebih besar dari sisa iuran. Isi paling banyak {rest}.")
            raise ValidationError(says.format(value=rupiah(amount), rest=rupiah(self.rest)))
        return amount

    def clean_receipt(self) -> str:
        receipt: str = self.cleaned_data["receipt"]
        if receipt in self.receipts:
            says = _("Bukti setor “{value}” sudah tercatat. Isi nomor bukti pembayaran ini.")
            raise ValidationError(says.format(value=receipt))
        return receipt

    def clean_paid_on(self) -> date:
        return has_come(self.cleaned_data["paid_on"])


class Successor(forms.Form):
    name = NameField(label=_("Nama penggantinya"))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=SEXES, widget=forms.RadioSelect)
    reason = TextField(label=_("Alasan"), limit=300)
    decree_number = TextField(
        label=_("Nomor keputusan bersama perubahan pengurus"),
        help_text=_("Contoh: 02/KB-BKAD/III/2027"),
        limit=80,
    )


class Officer(forms.Form):
    """Who takes an office that is vacant; ``other`` is the village of the chair, or of the treasurer, that may not be its own."""

    name = NameField(label=_("Nama pengurus baru"), help_text=_("Anggota BKAD boleh mengisi jabatan ini."))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=SEXES, widget=forms.RadioSelect)
    decree_number = TextField(
        label=_("Nomor keputusan bersama perubahan pengurus"), help_text=_("Contoh: 02/KB-BKAD/III/2027"), limit=80
    )

    def __init__(self, villages: Sequence[Region], other: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.other = other
        known = [(each.pk, each.name) for each in villages]
        self.fields["represents"] = forms.ChoiceField(label=_("Desa yang diwakili"), choices=known)
        self.order_fields(["represents"])

    def clean_represents(self) -> str:
        found: str = self.cleaned_data["represents"]
        if found == self.other:
            raise ValidationError(_("Ketua dan bendahara dari desa yang sama. Pilih dari desa yang berbeda."))
        return found


class Newcomer(forms.Form):
    """Who sits in the body for a village that joins."""

    name = NameField(label=_("Nama wakil desa itu dalam BKAD"))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=SEXES, widget=forms.RadioSelect)
    decree_number = TextField(label=_("Nomor keputusan bersama perubahan pengurus"), limit=80)


class Invitation(forms.Form):
    village = ParsedField(
        label=_("Kode desa yang diundang"), help_text=_("Contoh: 33.04.06.2005"), parse=parse_others, empty=[]
    )
    dues = RupiahField(label=_("Iuran setahun"))
    reason = TextField(label=_("Alasan"), multiline=True, limit=1000)

    def clean_village(self) -> str:
        found: list[str] = self.cleaned_data["village"]
        if len(found) != 1:
            raise ValidationError(_("Isi satu kode desa saja."))
        return found[0]


class Acceptance(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    read = TickField(
        label=_("Saya sudah membaca susunan, keputusan, dan rekening BKAD ini."),
        error_messages={"required": _("Baca susunannya lebih dahulu, lalu centang pernyataan ini.")},
    )


class Arrival(forms.Form):
    found = forms.ChoiceField(
        label=_("Hasil pemeriksaan rekening BKAD"),
        choices=[("yes", _("Uangnya sudah masuk")), ("no", _("Uangnya tidak ditemukan"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Keterangan bila tidak ditemukan"), limit=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("found") == "no" and not given.get("reason"):
            self.add_error("reason", _("Keterangan kosong. Tulis apa yang tidak cocok pada rekening."))
        return given | {"found": given.get("found") == "yes"} if "found" in given else given


class Statement(forms.Form):
    number = TextField(label=_("Nomor surat pernyataan"), limit=80)
