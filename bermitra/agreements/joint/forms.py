"""The shape of what is typed about a Peraturan Bersama; rules are asked by the actions."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.forms import CountField, _blank_field, _shown, has_come
from bermitra.agreements.joint import book, text
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, ParsedField, RupiahField, TextField, TickField
from bermitra.foundation.personal.open_text import kinds_in
from bermitra.foundation.text import BadInput, clean, required, shown
from bermitra.foundation.text import _ as marked

MOST_SAID = 60


def parse_number(typed: str) -> int:
    """A number of a regulation, 1 to 999: the year is put behind it by the paper."""
    value = required(typed)
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 999:
        raise BadInput(
            "joint.number",
            marked("{value} bukan nomor peraturan. Tulis angkanya saja, misalnya 3."),
            value=shown(typed),
        )
    return int(value)


def parse_hamlets(typed: str) -> list[str]:
    return [clean(each, limit=60) for each in re.split(r"[,;\n]+", typed) if each.strip()]


def parse_said(typed: str) -> list[tuple[str, str]]:
    """One proposal a line, and behind a semicolon the answer that it was given."""
    rows: list[tuple[str, str]] = []
    for line in filter(None, (each.strip() for each in typed.splitlines())):
        said, _mark, answer = line.partition(";")
        if not said.strip() or not answer.strip():
            raise BadInput(
                "joint.unanswered", marked("Usul “{value}” belum dijawab. Tulis jawabannya setelah titik koma."),
                value=shown(line),
            )  # fmt: skip
        if kinds_in(line):  # it is kept for good, and printed for everybody to read
            raise BadInput(
                "joint.personal",
                marked("Usul “{value}” memuat data pribadi dan akan dicetak. Hapus nomor atau keadaan orang itu."),
                value=shown(line),
            )
        rows.append((clean(said, limit=500), clean(answer, limit=500)))
    if len(rows) > MOST_SAID:
        raise BadInput("joint.many", marked("Paling banyak {n} usul. Gabungkan yang serupa."), n=MOST_SAID)
    return rows


def _kept(value: Any) -> Any:
    """As a version keeps it: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


class Sure(forms.Form):
    """Nothing to fill in: the page says what happens, the button does it."""


class Because(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=1000)


class Passing(forms.Form):
    """A reason lets a condition pass whose legal basis was not verified yet."""

    reason = TextField(
        label=_("Alasan bila ada syarat yang dilewati"),
        help_text=_("Hanya untuk syarat yang dasar hukumnya belum dipastikan kabupaten Anda."),
        multiline=True,
        limit=500,
        required=False,
    )


class Filling(forms.Form):
    """The blanks of one article, and in the article on money the dues of each village."""

    def __init__(self, article: book.Pasal, content: text.Content, setting: text.Setting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.article = article
        for name, slot in article.slots.items():
            self.fields[name] = _blank_field(slot)
            self.fields[name].initial = _shown(slot, content["blanks"].get(name))
        self.dues = list(setting.villages) if "dues" in article.lists else []
        for code in self.dues:
            self.fields[f"dues_{code.replace('.', '')}"] = RupiahField(
                label=_("Iuran setahun %(name)s") % {"name": setting.villages[code]},
                initial=content["dues"].get(code) or None,
            )
        self.fields["reason"] = TextField(label=_("Alasan perubahan"), limit=500)

    def change(self) -> dict[str, Any]:
        """What ``propose_joint_change`` is given."""
        given = self.cleaned_data
        blanks = {name: _kept(given[name]) for name in self.article.slots}
        dues = {code: given[f"dues_{code.replace('.', '')}"] for code in self.dues}
        return {"reason": given["reason"], "blanks": blanks, "dues": dues}


class Accept(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    read = TickField(
        label=_("Saya sudah membaca seluruh naskah ini."),
        error_messages={"required": _("Baca naskahnya lebih dahulu, lalu centang pernyataan ini.")},
    )


class Number(forms.Form):
    number = ParsedField(
        label=_("Nomor Peraturan Bersama di desa Anda"),
        help_text=_("Angkanya saja, menurut buku peraturan desa Anda. Contoh: 3"),
        parse=parse_number,
        empty=None,
    )


class Consultation(forms.Form):
    held_on = DateField(label=_("Hari konsultasi"))
    place = TextField(label=_("Tempat"), limit=120)
    men = CountField(label=_("Laki-laki yang hadir"))
    women = CountField(label=_("Perempuan yang hadir"))
    hamlets = ParsedField(
        label=_("Dusun asal yang hadir"), help_text=_("Pisahkan dengan koma."), parse=parse_hamlets, empty=[]
    )
    said = ParsedField(
        label=_("Usul dan keberatan warga, dengan jawabannya"),
        help_text=_("Satu baris satu usul: usul; jawaban. Kosongkan bila tidak ada."),
        parse=parse_said,
        empty=[],
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_held_on(self) -> date:
        return has_come(self.cleaned_data["held_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("men") == 0 and given.get("women") == 0:
            self.add_error("men", _("Tidak ada yang hadir. Isi jumlah laki-laki atau perempuan yang datang."))
        return given


class Lock(Passing):
    made_on = DateField(label=_("Tanggal penetapan"))
    place = TextField(label=_("Tempat penetapan"), limit=120)
    field_order = ("made_on", "place", "reason")


class Sign(Passing):
    seen = forms.CharField(widget=forms.HiddenInput)


class Seen(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)


class Compared(Seen):
    read_aloud_by = TextField(
        label=_("Bila Kepala Desa membubuhkan cap jempol: siapa yang membacakan naskah"),
        help_text=_("Kosongkan bila ia membaca dan menandatangani sendiri."),
        limit=120,
        required=False,
    )


class Scan(forms.Form):
    scan = SafeFileField(label=_("Pindaian Peraturan Bersama bertanda tangan"))


class Gazette(forms.Form):
    gazette_number = TextField(label=_("Nomor Berita Desa"), help_text=_("Contoh: 3"), limit=40)
