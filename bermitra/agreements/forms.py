"""The shape of what is typed about an agreement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements import book, text
from bermitra.agreements.models import LocalSummary, SummaryTold
from bermitra.agreements.rules import PARTIES
from bermitra.foundation.calendar import long_date, parse_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.characters import uncovered
from bermitra.foundation.documents.forms import GrownFileField, SafeFileField
from bermitra.foundation.fields import DateField, ParsedField, RupiahField, TextField, TickField
from bermitra.foundation.money import parse_rupiah
from bermitra.foundation.text import BadInput, clean, required, shown, undotted
from bermitra.foundation.text import _ as marked
from bermitra.partnership import book as budget

STAMPS = [("", _("Belum dibubuhkan")), ("physical", _("Meterai tempel")), ("electronic", _("Meterai elektronik"))]


def _column(name: str) -> str:
    return str(_(text.COLUMNS[name]))


def parse_count(typed: str) -> int:
    """A whole number from 0 up, as typed."""
    value = undotted(required(typed))
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        raise BadInput("count.form", marked("{value} bukan bilangan bulat. Tulis misalnya 14."), value=shown(typed))
    return int(value)


class CountField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_count, empty=None, **kwargs)


class Sure(forms.Form):
    """Nothing to fill in: the page says what happens, the button does it."""


class Because(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=1000)


class Comment(forms.Form):
    text = TextField(label=_("Komentar"), multiline=True, limit=1000)


class Answer(forms.Form):
    answer = TextField(label=_("Jawaban"), multiline=True, limit=1000)


def has_come(day: date) -> date:
    """The day, where it is today or before; nobody records what has not happened yet."""
    if day > clock.today():
        raise forms.ValidationError(
            _("{value} belum terjadi. Isi hari ini atau hari sebelumnya.").format(value=long_date(day))
        )
    return day


class Told(forms.Form):
    """How residents got to know the text, on a day that has come."""

    way = forms.ChoiceField(label=_("Caranya"), choices=SummaryTold.Way.choices)
    told_on = DateField(label=_("Tanggal"))
    place = TextField(label=_("Tempat"), help_text=_("Contoh: Balai Desa, rapat RT 03"), limit=120)

    def clean_told_on(self) -> date:
        return has_come(self.cleaned_data["told_on"])


class LocalText(forms.Form):
    language = TextField(label=_("Bahasa"), help_text=_("Contoh: Jawa, Sunda, Bali, Melayu"), limit=40)
    text = TextField(
        label=_("Ringkasan"),
        help_text=_("Huruf Latin, aksara Jawa, aksara Bali, atau Pegon. Paling panjang satu halaman."),
        multiline=True,
        limit=1800,
    )
    writer = TextField(label=_("Nama penulis"), limit=120)

    def clean(self) -> dict[str, Any]:
        """A letter that no font of the papers holds is refused by name, before it becomes a question mark in print."""
        given = super().clean() or {}
        for name in ("language", "text", "writer"):
            if unknown := uncovered(given.get(name) or ""):
                self.add_error(
                    name,
                    _("“{value}” belum dapat dicetak. Tulis bagian itu dengan huruf lain.").format(
                        value=" ".join(unknown[:10])
                    ),
                )
        return given


class SameWords(forms.Form):
    """One of the summaries that nobody but its writer has read."""

    summary = forms.ChoiceField(label=_("Ringkasan yang Anda periksa"), widget=forms.RadioSelect)
    same = TickField(label=_("Saya memahami bahasanya, dan isinya sama dengan ringkasan bahasa Indonesia."))

    def __init__(self, *args: Any, unread: list[LocalSummary], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unread = {str(each.pk): each for each in unread}
        self.fields["summary"].choices = [  # type: ignore[attr-defined]
            (key, _("Bahasa {language}, ditulis {writer}").format(language=each.language, writer=each.writer))
            for key, each in self.unread.items()
        ]

    def asked(self) -> LocalSummary:
        return self.unread[self.cleaned_data["summary"]]


class Number(forms.Form):
    number = TextField(label=_("Nomor naskah pihak Anda"), help_text=_("Contoh: 003/PB-PANDANARUM/III/2027"), limit=60)


class Rewording(forms.Form):
    """An article in other words: a paragraph a line, letters below it with a dash in front."""

    typed = TextField(
        label=_("Isi pasal"),
        help_text=_(
            "Satu ayat satu baris. Huruf di bawah ayat diawali tanda hubung. Kosongkan untuk memakai naskah baku."
        ),
        multiline=True,
        limit=8000,
        required=False,
    )
    reason = TextField(label=_("Alasan perubahan"), limit=500)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["typed"].widget.attrs["rows"] = 14


class OwnWords(forms.Form):
    """An article in own words, for the sheet that the meeting decides on."""

    article = forms.ChoiceField(label=_("Pasal"))
    typed = TextField(
        label=_("Isi pasal"),
        help_text=_("Satu ayat satu baris. Uang ditulis pada kewajiban atau sumber dana, bukan di sini."),
        multiline=True,
        limit=8000,
    )

    def __init__(self, titles: dict[str, str], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.titles = titles
        self.fields["article"].choices = list(titles.items())  # type: ignore[attr-defined]
        self.fields["typed"].widget.attrs["rows"] = 14

    def row(self) -> dict[str, str]:
        code = self.cleaned_data["article"]
        return {"article": code, "title": self.titles[code], "text": self.cleaned_data["typed"]}


class Blanks(forms.Form):
    """The blanks of one article."""

    def __init__(self, article: book.Article, values: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, slot in article.slots.items():
            self.fields[name] = _blank_field(slot)
            self.initial[name] = _shown(slot, values.get(name))
        self.fields["reason"] = TextField(label=_("Alasan perubahan"), limit=500)

    def blanks(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class Terms(forms.Form):
    """Blanks that bind somebody, for the sheet that the meeting decides on; empty follows the library."""

    def __init__(self, slots: dict[str, tuple[str, book.Slot]], values: dict[str, Any], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.slots = slots
        for name, (title, slot) in slots.items():
            self.fields[name] = field = _blank_field(slot)
            field.chapter = title  # type: ignore[attr-defined]  # the heading that its questions stand under
            if slot.default is not None:
                library = _("Naskah baku: {value}.").format(value=text.blank_value(slot, slot.default))
                field.help_text = f"{field.help_text} {library}".strip()
            self.initial[name] = _shown(slot, values.get(name))

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"blank": name, "title": f"{title}: {slot.says}", "value": _kept(value), "unit": slot.unit}
            for name, (title, slot) in self.slots.items()
            if (value := self.cleaned_data[name]) not in (None, "")
        ]


def _blank_field(slot: book.Slot) -> forms.Field:
    if slot.unit in ("count", "percent"):
        hint = _("Dalam persen, tanpa tanda %.") if slot.unit == "percent" else ""
        return CountField(label=slot.says, help_text=hint, required=False)
    if slot.unit == "money":
        return RupiahField(label=slot.says, allow_zero=True, required=False)
    if slot.unit == "date":
        return DateField(label=slot.says, required=False)
    return TextField(label=slot.says, limit=300, required=False)


def _shown(slot: book.Slot, value: Any) -> Any:
    if value in (None, ""):
        return ""
    return date.fromisoformat(value) if slot.unit == "date" else value


def _kept(value: Any) -> Any:
    """As the sheet keeps it: days as text."""
    return value.isoformat() if isinstance(value, date) else value


class DutyForm(forms.Form):
    """What makes a duty measurable."""

    due = DateField(label=_("Paling lambat tanggal"), required=False)
    period = TextField(label=_("Atau setiap"), help_text=_("Contoh: setiap tiga bulan"), limit=80, required=False)
    measure = TextField(label=_("Ukuran"), help_text=_("Contoh: 30 orang lulus uji"))
    evidence = TextField(label=_("Bukti"), help_text=_("Contoh: daftar hadir dan sertifikat"))
    checker = TextField(label=_("Pemeriksa"), help_text=_("Contoh: BPD"), limit=120)
    sanction = TextField(label=_("Akibat bila lalai"), help_text=_("Contoh: peringatan pertama"))
    reason = TextField(label=_("Alasan perubahan"), limit=500)


def parse_account(typed: str) -> str:
    """A code of the village budget, as 4.3.2. Raises :class:`BadInput` ``account.unknown`` with the nearest ones."""
    code = required(typed).replace(" ", "").strip(".")
    known = budget.apbdes()
    if code not in known:
        near = get_close_matches(code, known, n=3, cutoff=0.0)
        raise BadInput(
            "account.unknown",
            marked("{value} bukan kode rekening penerimaan desa. Yang terdekat: {near}."),
            value=shown(typed),
            near="; ".join(f"{each} {known[each]['id']}" for each in sorted(near)),
        )
    return code


class Account(forms.Form):
    """Where a line of money is booked."""

    apbdes_code = ParsedField(label=_("Kode rekening APB Desa"), help_text=_("Contoh: 4.3.2"), parse=parse_account)
    reason = TextField(label=_("Alasan perubahan"), limit=500)


class Term(forms.Form):
    start = DateField(label=_("Mulai"))
    end = DateField(label=_("Berakhir"))
    reason = TextField(label=_("Alasan perubahan"), limit=500)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("start"), given.get("end")
        if start and end and end <= start:
            self.add_error("end", _("Tanggal berakhir harus setelah tanggal mulai. Perbaiki salah satunya."))
        return given


class Shape(forms.Form):
    """The whole text, or the short one of a light partnership."""

    shape = forms.ChoiceField(
        label=_("Panjang naskah"),
        choices=[("whole", _("Naskah lengkap")), ("short", _("Naskah ringkas"))],
        widget=forms.RadioSelect,
    )
    reason = TextField(label=_("Alasan perubahan"), limit=500)


class AnnexRows(forms.Form):
    """A table pasted or typed: a row a line, columns apart by a semicolon or a tabulator as spreadsheets copy them."""

    rows = forms.CharField(
        label=_("Baris tabel"), widget=forms.Textarea(attrs={"rows": 12}), required=False, strip=False
    )
    reason = TextField(label=_("Alasan perubahan"), limit=500)

    def __init__(self, kind: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.columns = text.ANNEXES[kind][1]
        self.fields["rows"].help_text = _("Satu baris satu kegiatan, kolom dipisah titik koma: {columns}.").format(
            columns="; ".join(_column(name) for name in self.columns)
        )

    def clean_rows(self) -> list[dict[str, Any]]:
        rows = []
        for number, line in enumerate(self.cleaned_data["rows"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                cells = [clean(cell, limit=300) for cell in (line.split("\t") if "\t" in line else line.split(";"))]
                if len(cells) > len(self.columns):
                    raise BadInput(
                        "rows.many",
                        marked("Baris {number} berisi {count} kolom. Paling banyak {limit} kolom."),
                        number=number,
                        count=len(cells),
                        limit=len(self.columns),
                    )
                rows.append(self._row(dict(zip(self.columns, cells, strict=False))))
            except BadInput as bad:
                raise forms.ValidationError(str(_(bad.message)).format(**bad.values), code=bad.code) from bad
        return rows

    def _row(self, cells: dict[str, str]) -> dict[str, Any]:
        row: dict[str, Any] = {name: cells.get(name, "") for name in self.columns}
        for name in ("start", "end"):
            if row.get(name):
                day = parse_date(row[name], earliest=date(2000, 1, 1), latest=date(2100, 12, 31))
                row[name] = day.isoformat()
        if "amount" in row:
            row["amount"] = parse_rupiah(row["amount"], allow_zero=True) if row["amount"].strip() else 0
        return row


def as_rows(kind: str, rows: list[dict[str, Any]]) -> str:
    """The rows of an annex as they are typed."""
    return "\n".join("; ".join(_cell(row.get(name, "")) for name in text.ANNEXES[kind][1]) for row in rows)


def _cell(value: Any) -> str:
    said = str(value)
    if len(said) == 10 and said[4:5] == "-" == said[7:8]:
        return long_date(date.fromisoformat(said))
    return said.replace(";", ",")


class Proof(forms.Form):
    proof = TextField(
        label=_("Bukti yang menunjukkan syarat ini terpenuhi"),
        help_text=_("Contoh: Surat Nomor 12/2027 tanggal 3 Maret 2027. Kosongkan bila belum terpenuhi."),
        limit=300,
        required=False,
    )


class Review(forms.Form):
    advice = TextField(label=_("Catatan telaah hukum"), multiline=True, limit=4000)


class Reviewer(forms.Form):
    reviewer = forms.ChoiceField(label=_("Penelaah hukum"), choices=[])

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = people  # type: ignore[attr-defined]


class Accept(forms.Form):
    text_hash = forms.CharField(widget=forms.HiddenInput)
    read = TickField(
        label=_("Saya sudah membaca seluruh naskah ini."),
        error_messages={"required": _("Baca naskahnya lebih dahulu, lalu centang pernyataan ini.")},
    )


class Permission(forms.Form):
    because = TextField(label=_("Mengapa izin diperlukan"), multiline=True, limit=1000)


class Granted(forms.Form):
    number = TextField(label=_("Nomor surat izin"), limit=80)
    dated = DateField(label=_("Tanggal surat izin"))
    file = SafeFileField(label=_("Berkas surat izin"), required=False)


class Decree(forms.Form):
    number = TextField(label=_("Nomor Keputusan BPD"), limit=80)
    dated = DateField(label=_("Tanggal keputusan"))
    about = TextField(label=_("Beban desa yang disetujui"), multiline=True, limit=500)
    file = SafeFileField(label=_("Berkas keputusan"), required=False)


class Lock(forms.Form):
    made_on = DateField(label=_("Tanggal perjanjian"))
    place = TextField(label=_("Tempat penandatanganan"), limit=120)
    thumbs = forms.MultipleChoiceField(
        label=_("Yang membubuhkan cap jempol"),
        help_text=_(
            "Naskah menyediakan kotak cap jempol dan baris bagi pembacanya. Kosongkan bila semua menulis sendiri."
        ),
        choices=list(PARTIES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = TextField(label=_("Alasan bila syarat yang dasarnya belum dipastikan dilewati"), limit=500, required=False)


class Sign(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    agree = TickField(
        label=_("Saya sudah membaca naskah ini dan menandatanganinya."),
        error_messages={"required": _("Baca naskahnya lebih dahulu, lalu centang pernyataan ini.")},
    )
    reason = TextField(label=_("Alasan bila syarat yang dasarnya belum dipastikan dilewati"), limit=500, required=False)


class Certified(forms.Form):
    file = GrownFileField(label=_("Naskah yang Anda tandatangani dengan sertifikat BSrE atau PSrE (PDF)"))
    reason = TextField(label=_("Alasan bila syarat yang dasarnya belum dipastikan dilewati"), limit=500, required=False)


class Stamp(forms.Form):
    file = GrownFileField(label=_("Naskah terkunci dengan meterai elektronik (PDF)"))
    serial = TextField(label=_("Nomor seri meterai"), limit=60)


class Scan(forms.Form):
    file = SafeFileField(label=_("Pindaian naskah yang ditandatangani"))
    signed_on = DateField(label=_("Tanggal ditandatangani"))
    first_witness = TextField(label=_("Saksi pertama"), limit=120)
    second_witness = TextField(label=_("Saksi kedua"), limit=120)
    read_aloud_one = TextField(
        label=_("Bila Pihak Kesatu membubuhkan cap jempol: siapa yang membacakan naskah"),
        help_text=_("Kosongkan bila ia membaca dan menandatangani sendiri."),
        limit=120,
        required=False,
    )
    read_aloud_two = TextField(
        label=_("Bila Pihak Kedua membubuhkan cap jempol: siapa yang membacakan naskah"),
        help_text=_("Kosongkan bila ia membaca dan menandatangani sendiri."),
        limit=120,
        required=False,
    )

    def __init__(self, *args: Any, thumbs: Collection[str] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        for party in thumbs:  # the paper has a place for who read it aloud: the scan shows a name there
            field = self.fields[f"read_aloud_{party}"]
            field.required, field.help_text = True, _("Salin nama yang tertulis di bawah cap jempol.")


class Compared(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    pages = CountField(label=_("Jumlah halaman yang cocok"), help_text=_("Cocokkan kode pada kaki setiap halaman."))


class Activation(forms.Form):
    village_number = TextField(label=_("Nomor naskah dari desa"), limit=60, required=False)
    partner_number = TextField(label=_("Nomor naskah dari mitra"), limit=60, required=False)
    stamp = forms.ChoiceField(label=_("Meterai"), choices=STAMPS, required=False)
    stamp_serial = TextField(label=_("Nomor seri meterai"), limit=60, required=False)


class Summary(forms.Form):
    summary = TextField(
        label=_("Ringkasan untuk warga"),
        help_text=_("Bahasa sehari-hari, paling panjang satu halaman."),
        multiline=True,
        limit=2500,
    )
