"""The shape of what is typed about a change, a rest or a longer term."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.changing.rules import CAUSED_BY, CAUSES
from bermitra.agreements.forms import has_come
from bermitra.foundation.fields import DateField, RupiahField, TextField, TickField
from bermitra.partnership import sheet

DUES = [
    ("1", _("Tenggat mundur selama penundaan")),
    ("0", _("Tenggat tetap seperti semula")),
]


class Rest(forms.Form):
    cause = forms.ChoiceField(label=_("Sebab penundaan"), choices=[("", _("Pilih satu")), *CAUSES.items()])
    caused_by = forms.ChoiceField(
        label=_("Penyebabnya ada pada"), choices=list(CAUSED_BY.items()), widget=forms.RadioSelect, required=False,
        help_text=_("Pihak penyebab tidak dapat mengakhiri penundaan sendirian."),
    )  # fmt: skip
    happened_on = DateField(label=_("Tanggal kejadian"))
    reason = TextField(label=_("Apa yang terjadi"), multiline=True, limit=1000)
    until = DateField(label=_("Hari terakhir penundaan"), help_text=_("Sehari setelahnya kerja sama berjalan lagi."))
    goes_on = TextField(
        label=_("Yang tetap dikerjakan"),
        help_text=_("Contoh: perawatan alat dan laporan. Kosongkan bila tidak ada."),
        multiline=True,
        limit=1000,
        required=False,
    )
    moves_dues = forms.TypedChoiceField(
        label=_("Tenggat kewajiban"),
        choices=DUES,
        coerce=lambda chosen: chosen == "1",
        initial="1",
        widget=forms.RadioSelect,
    )


class GoOn(forms.Form):
    how = TextField(label=_("Catatan tentang kelanjutannya"), multiline=True, limit=1000, required=False)


class Reached(forms.Form):
    """What is said before anything is prolonged."""

    held_on = DateField(label=_("Tanggal evaluasi"))
    together_with = TextField(
        label=_("Dievaluasi bersama"), help_text=_("Contoh: BPD, kelompok tani, dan mitra"), limit=300
    )
    reached = TextField(label=_("Yang tercapai"), multiline=True, limit=3000)
    missed = TextField(label=_("Yang belum tercapai"), multiline=True, limit=3000)
    prolong = forms.TypedChoiceField(
        label=_("Kesimpulan"),
        choices=[("1", _("Layak diperpanjang")), ("0", _("Berakhir sesuai waktunya"))],
        coerce=lambda chosen: chosen == "1",
        widget=forms.RadioSelect,  # nothing is chosen for whoever judges
    )

    def clean_held_on(self) -> date:
        return has_come(self.cleaned_data["held_on"])


class Longer(forms.Form):
    ends_on = DateField(label=_("Berlaku sampai"))
    reason = TextField(label=_("Alasan perpanjangan"), multiline=True, limit=1000)


class Successor(forms.Form):
    partner = TextField(
        label=_("Kode mitra yang menggantikan"),
        help_text=_("Kode ada pada alamat halaman mitra. Mitra itu sudah terdaftar dan sudah diuji tuntas."),
        limit=20,
    )
    reason = TextField(label=_("Mengapa mitra berganti"), multiline=True, limit=1000)


class NewDuty(forms.Form):
    """A right or a duty that begins with the addendum."""

    party = forms.ChoiceField(label=_("Pihak"), choices=[*sheet.PARTIES.items()])
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("duty", _("Kewajiban")), ("right", _("Hak"))])
    text = TextField(label=_("Isi"), help_text=_("Contoh: menyediakan bibit kopi"), limit=500)
    due = DateField(label=_("Paling lambat tanggal"), required=False)
    period = TextField(label=_("Atau setiap"), help_text=_("Contoh: setiap tiga bulan"), limit=80, required=False)
    measure = TextField(label=_("Ukuran"), limit=200, required=False)
    evidence = TextField(label=_("Bukti"), limit=200, required=False)
    checker = TextField(label=_("Pemeriksa"), limit=120, required=False)
    sanction = TextField(label=_("Akibat bila lalai"), limit=200, required=False)
    amount = RupiahField(label=_("Nilai"), allow_zero=True, required=False)


class TermOnly(forms.Form):
    end = DateField(label=_("Berakhir"))


class SourceForm(forms.Form):
    amount = RupiahField(label=_("Jumlah"), allow_zero=True)


class Lines(forms.Form):
    """A line each."""

    lines = TextField(label=_("Satu batasan satu baris"), multiline=True, limit=6000)

    def rows(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]


class OwnArticle(forms.Form):
    """An article that the parties word themselves."""

    title = TextField(label=_("Judul pasal"), limit=120)
    after = forms.ChoiceField(label=_("Disisipkan setelah"), choices=[])
    typed = TextField(
        label=_("Isi pasal"),
        help_text=_("Satu ayat satu baris. Huruf di bawah ayat diawali tanda hubung."),
        multiline=True,
        limit=8000,
    )

    def __init__(self, places: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = places  # type: ignore[attr-defined]


class Read(forms.Form):
    """Exactly the text that was read."""

    seen = forms.CharField(widget=forms.HiddenInput)
    read = TickField(
        label=_("Saya sudah membaca perbandingannya."),
        error_messages={"required": _("Baca perbandingannya lebih dahulu, lalu centang pernyataan ini.")},
    )


class LockAddendum(forms.Form):
    made_on = DateField(label=_("Tanggal adendum"))
    place = TextField(label=_("Tempat penandatanganan"), limit=120)
    village_number = TextField(label=_("Nomor adendum dari desa"), limit=60)
    partner_number = TextField(label=_("Nomor adendum dari mitra"), limit=60)
    reason = TextField(label=_("Alasan bila syarat yang dasarnya belum dipastikan dilewati"), limit=500, required=False)
