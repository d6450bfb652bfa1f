"""The shape of what is typed between villages; rules are asked by the actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.elements import PRIVATE, elements
from bermitra.deliberation.forms import CountField, LongField
from bermitra.deliberation.inter_village.actions import Sent
from bermitra.deliberation.inter_village.rules import CONTENTS, MOST_VILLAGES
from bermitra.deliberation.models import Decision, JointOffer, JointSeat
from bermitra.foundation.accounts.forms import find_region
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import (
    REQUIRED,
    DateField,
    NameField,
    ParsedField,
    RupiahField,
    TextField,
    TimeField,
    say,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, clean_name, shown
from bermitra.foundation.text import _ as marked

FEWEST_DELEGATES, MOST_DELEGATES = 3, 20
PARTS: tuple[tuple[str, ...], ...] = (tuple(CONTENTS)[:4], tuple(CONTENTS)[4:])  # a page for each half


def parse_others(typed: str) -> list[str]:
    """Codes of villages, parted by commas or lines, each once. Raises :class:`BadInput` as ``find_region`` does, or
    ``village.level``, ``village.kelurahan``, ``village.many``."""
    found = list(dict.fromkeys(_village(each) for each in re.split(r"[,;\n]+", typed) if each.strip()))
    if len(found) > MOST_VILLAGES:
        raise BadInput("village.many", marked("Paling banyak {n} desa lain. Hapus sebagian."), n=MOST_VILLAGES)
    return found


def _village(typed: str) -> str:
    region = find_region(typed)
    if region.level != 4:
        raise BadInput("village.level", marked("{value} bukan kode desa. Isi kode desa, 10 angka."), value=region.pk)
    if region.kind == Region.Kind.KELURAHAN:
        raise BadInput(
            "village.kelurahan",
            marked("{value} adalah kelurahan. Kerja sama antar-Desa hanya untuk desa. Hapus kode itu."),
            value=region.name,
        )
    return region.pk


def parse_kelurahan(typed: str) -> Region:
    """The kelurahan of a code. Raises :class:`BadInput` as ``find_region`` does, or ``kelurahan.kind``."""
    region = find_region(typed)
    if region.kind != Region.Kind.KELURAHAN:
        raise BadInput(
            "kelurahan.kind", marked("{value} bukan kelurahan. Isi kode kelurahan, 10 angka."), value=region.name
        )
    return region


class KelurahanAsked(forms.Form):
    """With whom no offer is made, and a letter to the regent is."""

    kelurahan = ParsedField(
        label=_("Kode kelurahan yang ingin diajak"), help_text=_("Contoh: 33.04.06.1013"), parse=parse_kelurahan,
        empty=None, required=False,
    )  # fmt: skip


class JointOfferForm(forms.Form):
    title = TextField(label=_("Kerja sama tentang"), help_text=_("Contoh: Air bersih dari satu mata air"))
    purpose = forms.ChoiceField(label=_("Lingkup"), choices=JointOffer.Purpose.choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("Bidang"), choices=JointOffer.Field.choices)
    others = ParsedField(
        label=_("Kode desa yang ditawari"),
        help_text=_("Satu sampai sembilan desa lain, pisahkan dengan koma. Contoh: 33.04.19.2002"),
        parse=parse_others,
        empty=[],
    )
    delegates = CountField(label=_("Delegasi setiap desa"), help_text=_("Jumlah orang, sama untuk setiap desa."))
    answer_by = DateField(label=_("Batas jawaban"))

    def __init__(self, *args: Any, village: Region, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village = village
        self.fields["delegates"].initial = 6

    def clean_others(self) -> list[str]:
        others: list[str] = self.cleaned_data["others"]
        if self.village.pk in others:
            raise ValidationError(
                gettext("Desa Anda sendiri tidak perlu ditulis. Hapus %(code)s.") % {"code": self.village.pk}
            )
        return others

    def clean_delegates(self) -> int:
        wanted: int = self.cleaned_data["delegates"]
        if not FEWEST_DELEGATES <= wanted <= MOST_DELEGATES:
            said = {"n": wanted, "low": FEWEST_DELEGATES, "high": MOST_DELEGATES}
            raise ValidationError(gettext("%(n)s orang di luar batas. Isi antara %(low)s dan %(high)s.") % said)
        return wanted


class Asked(JointOfferForm):
    """Whom a draft is to be sent to, and until when they answer."""

    title = purpose = field = None  # type: ignore[assignment]


class Wording(forms.Form):
    """One half of the contents."""

    def __init__(self, *args: Any, part: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in PARTS[part - 1]:
            self.fields[name] = LongField(label=_(CONTENTS[name]), required=name != "other")


class Sending(forms.Form):
    letter_number = TextField(label=_("Nomor surat penawaran"), help_text=_("Contoh: 140/061/LG/2026"), limit=60)


class Delegation(forms.Form):
    """Who is sent, a line for each."""

    lines = forms.CharField(
        label=_("Satu orang satu baris"),
        help_text=_("Nama; L atau P; unsur yang diwakili. Contoh: Darsini; P; BPD"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": REQUIRED},
    )

    def clean_lines(self) -> list[Sent]:
        typed = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(typed) > MOST_DELEGATES:
            said = {"n": len(typed), "most": MOST_DELEGATES}
            raise ValidationError(gettext("Ada %(n)s baris, paling banyak %(most)s. Hapus sebagian.") % said)
        found: list[Sent] = []
        wrong = []
        for number, line in enumerate(typed, 1):
            try:
                sent = read_delegate(line)
                if sent.name.casefold() in {each.name.casefold() for each in found}:
                    raise BadInput(
                        "delegate.twice", marked("“{value}” tertulis dua kali. Hapus satu."), value=sent.name
                    )
                found.append(sent)
            except BadInput as bad:
                wrong.append(gettext("Baris %(n)s: %(says)s") % {"n": number, "says": say(bad)})
        if wrong:
            raise ValidationError(wrong)
        return found


SEXES = {"l": "L", "lk": "L", "laki-laki": "L", "p": "P", "pr": "P", "perempuan": "P"}


def read_delegate(line: str) -> Sent:
    """``Darsini; P; BPD``. Raises :class:`BadInput`."""
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3:
        raise BadInput("delegate.parts", marked("“{value}” belum lengkap. Tulis nama; L/P; unsur."), value=shown(line))
    sex = SEXES.get(parts[1].casefold())
    if sex is None:
        raise BadInput("person.sex", marked("“{value}” bukan L atau P. Tulis L atau P."), value=shown(parts[1]))
    named = {each.casefold(): code for code, e in elements().items() for each in (code, e.id, e.en)}
    element = named.get(parts[2].casefold())
    if element is None:
        raise BadInput(
            "person.element",
            marked("Unsur “{value}” tidak dikenal. Lihat daftar unsur di halaman ini."),
            value=shown(parts[2]),
        )
    if element in PRIVATE:
        raise BadInput(
            "delegate.private",
            marked("Unsur “{value}” tidak ditulis di samping nama. Pilih unsur lain yang ia wakili."),
            value=shown(parts[2]),
        )
    return Sent(clean_name(parts[0], limit=120), sex, element)


# The Musyawarah antar-Desa -------------------------------------------------------------------------------------------


class Calling(forms.Form):
    number = TextField(label=_("Nomor undangan"), help_text=_("Contoh: 01/MAD/IX/2026"), limit=60)
    held_on = DateField(label=_("Hari musyawarah"))
    starts = TimeField(label=_("Mulai pukul"))
    place = TextField(label=_("Tempat"), help_text=_("Contoh: Pendopo Kecamatan Pandanarum"), limit=120)


class JointAttendance(forms.Form):
    chair = NameField(label=_("Pimpinan musyawarah"))
    minute_taker = NameField(label=_("Notulen"))
    present = forms.MultipleChoiceField(
        label=_("Delegasi yang hadir"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, seats: Iterable[JointSeat], **kwargs: Any):
        super().__init__(*args, **kwargs)
        lines = [(seat, each) for seat in seats for each in seat.delegates]  # type: ignore[attr-defined]
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.name} · {seat.village.name}") for seat, each in lines
        ]
        self.fields["present"].initial = [each.code for seat, each in lines if each.code in seat.present]


class JointTopic(forms.Form):
    answer = LongField(label=_("Hasil pembahasan"))


class Voice(forms.Form):
    agrees = forms.ChoiceField(
        label=_("Suara desa"), choices=[("yes", _("Setuju")), ("no", _("Tidak setuju"))], widget=forms.RadioSelect
    )
    dues = RupiahField(label=_("Iuran setahun"), help_text=_("Rupiah. Tulis 0 bila tanpa iuran."), allow_zero=True)
    note = LongField(label=_("Catatan desa"), required=False)


class JointDecision(forms.Form):
    result = forms.ChoiceField(label=_("Keputusan"), choices=Decision.Result.choices, widget=forms.RadioSelect)
    reason = LongField(label=_("Alasan bila tidak setuju"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("result") == Decision.Result.REFUSED and not given.get("reason"):
            self.add_error("reason", gettext("Alasan belum diisi. Tulis mengapa desa-desa tidak sepakat."))
        return given


class JointMinutes(forms.Form):
    number = TextField(label=_("Nomor berita acara"), help_text=_("Contoh: BA-MAD/01/IX/2026"), limit=60)
    dated = DateField(label=_("Tanggal berita acara"))
    ends = TimeField(label=_("Selesai pukul"))
    discussion = LongField(label=_("Jalannya musyawarah"), required=False)


class JointSheet(forms.Form):
    sheet = SafeFileField(label=_("Pindaian lembar bertanda tangan"))
