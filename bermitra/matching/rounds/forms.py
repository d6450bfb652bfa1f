"""The shape of what is typed about a round; rules are asked by the acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import DateField, ParsedField, TextField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, clean, required, shown
from bermitra.foundation.text import _ as marked
from bermitra.matching.engine.features import TIERS
from bermitra.matching.rounds.rules import MOST_THROWN
from bermitra.registry.forms.common import Choice, parse_percent, parse_whole

LONGEST_LIST = 999


def parse_thrown(typed: str) -> tuple[int, ...]:
    """``4 2 6 1`` or ``4, 2, 6, 1`` as it was called out; raises BadInput ``thrown.form`` and ``thrown.many``."""
    words = required(typed, limit=400).replace(",", " ").replace(";", " ").replace("-", " ").split()
    wrong = next((each for each in words if not (each.isascii() and each.isdigit() and len(each) <= 3)), "")
    if wrong:
        raise BadInput(
            "thrown.form", marked("“{value}” bukan angka dadu atau bola. Tulis angkanya saja, misalnya 4 2 6."),
            value=shown(wrong),
        )  # fmt: skip
    if len(words) > MOST_THROWN:
        raise BadInput(
            "thrown.many", marked("Ada {value} angka. Tulis paling banyak {most} angka."),
            value=len(words), most=MOST_THROWN,
        )  # fmt: skip
    return tuple(int(each) for each in words)


class NumberField(ParsedField):
    """A whole number or percentage; an empty one is ``None``."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, parse: Any = parse_whole, **kwargs: Any):
        super().__init__(parse=parse, empty=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


class Sure(forms.Form):
    """Nothing to type: one button says it."""


class Why(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=300)


# The office's pages -------------------------------------------------------------------------------------------------
class Aims(forms.Form):
    """What the round is for; where the office stands for several regencies, also of which one it is."""

    regency = Choice(label=_("Kabupaten atau kota"))
    title = TextField(label=_("Nama putaran"), limit=200, help_text=_("Contoh: Putaran kemitraan air bersih 2027."))
    programme = TextField(
        label=_("Untuk program apa"), multiline=True, limit=1000, help_text=_("Siapa yang diundang dan apa gunanya.")
    )
    why = TextField(
        label=_("Mengapa kebijakannya begini"),
        multiline=True,
        limit=1000,
        help_text=_("Alasan jatah dan bobot. Diumumkan bersama kebijakan."),
    )

    def __init__(self, *args: Any, places: Sequence[Region], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.places = {each.pk: each for each in places}
        if len(self.places) > 1:
            self.fields["regency"].choices = [(code, each.name) for code, each in self.places.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["regency"]

    def place(self) -> Region:
        return (
            self.places[self.cleaned_data["regency"]] if "regency" in self.fields else next(iter(self.places.values()))
        )

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "regency"}


class Calendar(forms.Form):
    """The two windows before the run; the two after it follow from the rules of the regency."""

    invite_until = DateField(label=_("Undangan dijawab paling lambat"))
    prefer_until = DateField(label=_("Pilihan disusun paling lambat"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("invite_until"), given.get("prefer_until")
        if first and last and last <= first:
            self.add_error("prefer_until", gettext("Pilihan disusun sesudah undangan ditutup. Mundurkan tanggal ini."))
        return given


class PolicyForm(forms.Form):
    """What decides the result; it is locked by its hash when the round opens."""

    village_weight = NumberField(
        label=_("Bobot kebutuhan desa (persen)"),
        parse=parse_percent,
        help_text=_("Sisanya bobot kesamaan tujuan dan visi, dari sisi desa."),
    )
    partner_weight = NumberField(
        label=_("Bobot hal yang dicari mitra (persen)"),
        parse=parse_percent,
        help_text=_("Sisanya bobot kesamaan tujuan dan visi, dari sisi mitra."),
    )
    vision_min = NumberField(label=_("Kesamaan tujuan dan visi paling rendah (persen)"), parse=parse_percent)
    reserve_percent = NumberField(
        label=_("Jatah desa golongan tertentu (persen)"),
        parse=parse_percent,
        help_text=_("Jatah diisi lebih dahulu; sisanya terbuka bagi semua desa. Isi 0 bila tidak ada."),
    )
    tiers = forms.TypedMultipleChoiceField(
        label=_("Golongan yang mendapat jatah"),
        coerce=int,
        choices=list(enumerate(TIERS)),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    size = NumberField(
        label=_("Jumlah calon pada setiap daftar"), help_text=_("Makin panjang, makin sedikit yang kehabisan.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reserve_percent") and not given.get("tiers"):
            self.add_error("tiers", gettext("Jatah belum punya golongan desa. Pilih sedikitnya satu."))
        if given.get("reserve_percent") == 0 and given.get("tiers"):
            self.add_error("reserve_percent", gettext("Jatah 0 persen tidak memerlukan golongan. Hapus centangnya."))
        return given


class Seed(forms.Form):
    """What fell in the meeting, and who saw it."""

    thrown = ParsedField(
        label=_("Angka yang dilempar, berurutan"),
        parse=parse_thrown,
        empty=(),
        help_text=_("Sedikitnya delapan angka dadu atau bola. Contoh: 4 2 6 1 3 5 5 2"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    witness_one = TextField(
        label=_("Nama saksi pertama"), limit=120, help_text=_("Nama saksi hanya dibaca Dinas PMD dan Inspektorat.")
    )
    office_one = TextField(label=_("Jabatan saksi pertama"), limit=120)
    witness_two = TextField(label=_("Nama saksi kedua"), limit=120)
    office_two = TextField(label=_("Jabatan saksi kedua"), limit=120)

    def witnesses(self) -> list[dict[str, str]]:
        given = self.cleaned_data
        return [{"name": given[f"witness_{n}"], "office": given[f"office_{n}"]} for n in ("one", "two")]


class Rerun(forms.Form):
    """``sides``: of whom something was wrong, as codes of villages or offers; nobody else is read anew."""

    changed = TextField(
        label=_("Masukan apa yang diperbaiki"),
        multiline=True,
        limit=1000,
        help_text=_("Diumumkan bersama hasil yang baru. Benihnya tetap sama."),
    )
    sides = TextField(
        label=_("Kode desa dan tawaran yang diperbaiki"),
        multiline=True,
        limit=4000,
        help_text=_("Satu kode pada satu baris. Hanya yang disebut dibaca ulang; lainnya tetap seperti daftar terbit."),
    )

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any):
        """``known``: codes of rows of the round by the codes under which their villages and offers are known."""
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_sides(self) -> list[str]:
        typed = self.cleaned_data["sides"].replace(",", " ").split()
        wrong = next((each for each in typed if each not in self.known), "")
        if wrong:
            says = gettext("“%(code)s” bukan desa atau tawaran dalam putaran ini. Periksa kodenya.")
            raise forms.ValidationError(says % {"code": shown(wrong)})
        return [self.known[each] for each in typed]


class Ruling(forms.Form):
    """The answer to an objection."""

    outcome = Choice(
        label=_("Putusan"),
        choices=(
            ("upheld", _("Sanggahan diterima; hitungan diulang")),
            ("dismissed", _("Sanggahan tidak diterima")),
        ),
    )
    answer = TextField(label=_("Jawaban dan alasannya"), multiline=True, limit=2000)


class FollowUp(forms.Form):
    title = TextField(label=_("Nama putaran lanjutan"), limit=200)


STANDINGS = (
    ("", _("Semua desa")),
    ("layak", _("Memenuhi syarat")),
    ("belum-layak", _("Belum memenuhi syarat")),
    ("ikut", _("Ikut")),
    ("belum", _("Belum menjawab")),
    ("tidak", _("Tidak ikut")),
    ("belum-pilih", _("Belum menyusun pilihan")),
    ("diperkenalkan", _("Diperkenalkan")),
)


class FindVillage(forms.Form):
    """Filters of the list of villages, as they stand in the address."""

    q = TextField(label=_("Nama atau kode desa"), limit=60, required=False)
    keadaan = forms.ChoiceField(label=_("Keadaan"), choices=STANDINGS, required=False)

    def chosen(self) -> dict[str, str]:
        """What was asked for and is understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


# The sides' pages ---------------------------------------------------------------------------------------------------
class Objection(forms.Form):
    """Said against a provisional result."""

    text = TextField(label=_("Sanggahan"), multiline=True, limit=2000)


def parse_codes(typed: str) -> list[str]:
    """Codes with blanks between them, as the page of choices carries them along; each as it was sent."""
    return clean(typed, limit=LONGEST_LIST * 11).split()


class CodesField(ParsedField):
    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_codes, empty=[], required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value


class Choices(forms.Form):
    """The own list in the order that is wanted, and what was struck from it, as codes.

    The page moves one entry with each button and carries both along; nothing is written before "Simpan".
    """

    order = CodesField(label=_("Urutan, dari yang paling diinginkan"))
    struck = CodesField(label=_("Yang dicoret"))

    def moved(self, move: str) -> dict[str, list[str]]:
        """Both lists after one button, such as ``up:7K3M9QXD2A``; a button that leads nowhere changes nothing."""
        order, struck = list(self.cleaned_data["order"]), list(self.cleaned_data["struck"])
        way, _colon, code = move.partition(":")
        if way == "back" and code in struck:
            struck.remove(code)
            order.append(code)
        elif code in order:
            at = order.index(code)
            order.remove(code)
            if way == "strike":
                struck.append(code)
            else:
                order.insert({"up": max(at - 1, 0), "down": at + 1, "top": 0}.get(way, at), code)
        return {"order": order, "struck": struck}
