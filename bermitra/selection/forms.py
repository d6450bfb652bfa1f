"""The shape of what is typed in a selection; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation import calendar
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import parse_region_code
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, ParsedField, RupiahField, TextField, TimeField
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput
from bermitra.foundation.text import _ as marked
from bermitra.partnership.forms import (
    YES_NO,
    ChoiceOfMany,
    ChoiceOfOne,
    CountField,
    LinesField,
    Reason,
    Sure,
    field_choices,
    form_choices,
)
from bermitra.partnership.queries import said
from bermitra.registry.forms import parse_partner
from bermitra.selection import criteria, terms
from bermitra.selection.models import Proposal
from bermitra.selection.queries import Bound
from bermitra.selection.rules import CHANNELS, DIRECT_KINDS, SEATS, TickFacts, five_to_ten_statements

__all__ = ["Reason", "Sure"]


def statement_choices() -> list[tuple[str, str]]:
    core = gettext("pernyataan inti")
    return [
        (code, f"{said(each.text)} ({core})" if each.core else said(each.text))
        for code, each in criteria.statements().items()
    ]


class Ticks(forms.Form):
    """Between five and ten statements: ticking all of them would say nothing."""

    ticks = ChoiceOfMany(
        label=_("Pernyataan yang Anda pegang"),
        help_text=_("Pilih lima sampai sepuluh. Pernyataan inti wajib dicentang kedua pihak."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ticks"].choices = statement_choices  # type: ignore[attr-defined]

    def clean_ticks(self) -> list[str]:
        ticks: list[str] = self.cleaned_data["ticks"]
        if not five_to_ten_statements(TickFacts(len(ticks))):
            raise ValidationError(
                gettext("Anda memilih %(n)s pernyataan. Pilih lima sampai sepuluh.") % {"n": len(ticks)}, code="ticks"
            )
        return ticks


class Apart(forms.Form):
    """For acts that ask SL-35."""

    split_because = TextField(
        label=_("Alasan terpisah dari kerja sama serupa"),
        help_text=_("Tampil bagi semua orang bila desa punya kerja sama serupa yang belum lama."),
        multiline=True,
        limit=1000,
        required=False,
    )


class TicksApart(Ticks, Apart):
    """What the village stands by, and why the offer is apart from like ones."""


class RivalAsking(Ticks):
    """What the village asks of others beside an offer that it has, and what it stands by, said before anybody's is read."""

    asks = TextField(
        label=_("Yang diminta dari mitra"),
        help_text=_("Tampil bagi semua orang. Sebut kebutuhannya, bukan isi usulan yang sudah masuk."),
        multiline=True,
        limit=2000,
    )
    reason = TextField(
        label=_("Alasan meminta usulan pembanding"),
        help_text=_("Tampil bagi semua orang."),
        multiline=True,
        limit=1000,
    )

    field_order = ("asks", "reason", "ticks")


class Chosen(Apart):
    """Which of the compared offers goes to the meeting, and why."""

    chosen = ChoiceOfOne(label=_("Usulan yang dibawa ke Musyawarah Desa"), radio=True)
    reason = TextField(
        label=_("Alasan memilih"), help_text=_("Tampil bagi semua orang dan setiap pengusul."), multiline=True, limit=2000,
    )  # fmt: skip
    interest = ChoiceOfOne(
        label=_("Apakah Anda, keluarga, atau usaha Anda berkepentingan dengan salah satu pengusul?"),
        choices=YES_NO,
        radio=True,
    )

    field_order = ("chosen", "reason", "interest", "split_because")

    def __init__(self, *args: Any, offers: Iterable[Proposal], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offers = {each.code: each for each in offers}
        self.fields["chosen"].choices = [(code, each.partner.name) for code, each in self.offers.items()]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "chosen": self.offers[given["chosen"]], "interest": given["interest"] == "yes"}


# The village's pages ------------------------------------------------------------------------------------------------
class Heading(forms.Form):
    title = TextField(label=_("Judul penawaran"))
    number = TextField(label=_("Nomor surat"), limit=60, required=False)
    goals = TextField(label=_("Tujuan bersama"), multiline=True, limit=2000)
    village_vision = TextField(label=_("Visi desa"), multiline=True, limit=1000)
    seeks = LinesField(label=_("Yang dicari dari mitra"))
    offers = LinesField(label=_("Yang disediakan desa"))


class Sections(forms.Form):
    """One of the two pages of the terms of reference."""

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, label in parts.items():
            self.fields[name] = TextField(label=gettext(label), multiline=True, limit=4000, required=False)


class DirectAppointment(Apart):
    """Whom, and why: what is written here everybody reads, the file only who sees the case."""

    partner = ParsedField(
        label=_("Kode mitra"),
        help_text=_("Tertulis pada halaman mitra. Contoh: 7K3M-9QXD-2A."),
        parse=parse_partner,
        empty=None,
    )
    kind = ChoiceOfOne(label=_("Jenis alasan"), radio=True)
    explanation = TextField(
        label=_("Penjelasan"), help_text=_("Tampil bagi semua orang. Jangan tulis data pribadi."), multiline=True, limit=2000
    )  # fmt: skip
    evidence = TextField(
        label=_("Bukti tertulis"),
        help_text=_("Untuk penyedia tunggal atau keadaan darurat: nomor surat, hasil pencarian, atau kejadiannya."),
        multiline=True,
        limit=2000,
        required=False,
    )
    file = SafeFileField(label=_("Berkas bukti"), required=False)

    field_order = ("partner", "kind", "explanation", "evidence", "file", "split_because")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, gettext(label)) for code, label in DIRECT_KINDS.items()]  # type: ignore[attr-defined]


class Weights(forms.Form):
    """The weight of each criterion of the book; their sum is a rule of its own."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code, each in criteria.criteria().items():
            self.fields[code] = CountField(label=said(each.name), help_text=said(each.asks), most=100)


class Deadline(forms.Form):
    day = DateField(label=_("Batas waktu"))
    hour = TimeField(label=_("Pukul"))

    def moment(self, village: str) -> datetime:
        given = self.cleaned_data
        return calendar.moment(given["day"], given["hour"], calendar.zone_of(village))


class Longer(Deadline):
    """A later deadline, and why, as everybody reads it."""

    reason = TextField(label=_("Alasan"), help_text=_("Tampil pada halaman penawaran bagi semua mitra."), limit=500)


class Announcement(Deadline):
    channels = ChoiceOfMany(label=_("Diumumkan lewat"))
    threshold_total = CountField(label=_("Nilai akhir paling rendah"), most=100)
    threshold_each = CountField(label=_("Paling rendah pada setiap kriteria (persen)"), most=100)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [(code, gettext(label)) for code, label in CHANNELS.items()]  # type: ignore[attr-defined]


class Seat(forms.Form):
    person = ChoiceOfOne(label=_("Nama"))
    seat = ChoiceOfOne(label=_("Mewakili"))
    scores = ChoiceOfOne(
        label=_("Ikut menilai?"),
        choices=YES_NO,
        radio=True,
        help_text=_("Ketua tim yang mengusulkan calon tidak ikut menilai."),
    )
    decree = TextField(label=_("Nomor surat keputusan"), limit=120)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {each.code: each for each in people}
        first = ("", gettext("Pilih satu"))
        self.fields["person"].choices = [first, *((code, each.full_name) for code, each in self.people.items())]  # type: ignore[attr-defined]
        self.fields["seat"].choices = [first, *((code, gettext(label)) for code, label in SEATS.items())]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "person": self.people[given["person"]], "scores": given["scores"] == "yes"}


class Release(forms.Form):
    person = ChoiceOfOne(label=_("Nama"))
    reason = TextField(label=_("Alasan"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {each.code: each for each in people}
        self.fields["person"].choices = [(code, each.full_name) for code, each in self.people.items()]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return {"person": self.people[self.cleaned_data["person"]], "reason": self.cleaned_data["reason"]}


class Opening(forms.Form):
    minutes_number = TextField(label=_("Nomor berita acara pembukaan"), limit=60, owed=True)
    witnesses = LinesField(
        label=_("Nama saksi"), help_text=_("Satu nama setiap baris. Nama saksi tidak ditampilkan."), required=False
    )


class Declaration(forms.Form):
    interest = ChoiceOfOne(
        label=_("Apakah Anda, keluarga, atau usaha Anda berkepentingan dengan salah satu mitra?"),
        choices=YES_NO,
        radio=True,
    )
    what = TextField(label=_("Bila ya, kepentingan apa"), multiline=True, limit=1000, required=False)

    def answers(self) -> dict[str, Any]:
        return {**self.cleaned_data, "interest": self.cleaned_data["interest"] == "yes"}


class Minutes(forms.Form):
    minutes_number = TextField(label=_("Nomor berita acara"), limit=60, owed=True)


class Missing(forms.Form):
    missing = TextField(label=_("Dokumen yang kurang"), multiline=True, limit=1000, owed=True)


class Completed(forms.Form):
    note = TextField(label=_("Yang sudah dilengkapi"), multiline=True, limit=1000)
    file = SafeFileField(label=_("Berkas yang diminta (bila ada)"), required=False)


class Question(forms.Form):
    text = TextField(label=_("Pertanyaan"), multiline=True, limit=1000)


class Answer(forms.Form):
    text = TextField(label=_("Jawaban"), multiline=True, limit=2000)


class ObjectionText(forms.Form):
    text = TextField(label=_("Sanggahan"), multiline=True, limit=2000)


class Withdrawal(forms.Form):
    reason = TextField(label=_("Alasan menarik sanggahan"), multiline=True, limit=1000, required=False)


class Appeal(forms.Form):
    reason = TextField(label=_("Mengapa jawabannya belum memuaskan"), multiline=True, limit=2000)


class FeedbackWords(forms.Form):
    words = TextField(
        label=_("Kata pengantar"),
        multiline=True,
        limit=1000,
        required=False,
        help_text=_("Nilai dan alasan setiap usulan ikut terkirim sendiri."),
    )


class ObjectionAnswer(forms.Form):
    answer = TextField(label=_("Jawaban dan alasannya"), multiline=True, limit=2000, owed=True)


class Letter(forms.Form):
    letter_number = TextField(label=_("Nomor surat jawaban"), limit=60, required=False)
    text = TextField(label=_("Isi jawaban"), multiline=True, limit=4000)


class Scoring(forms.Form):
    """A level and its reason for each criterion of the call; no level above what the visions allow (SL-43)."""

    def __init__(self, *args: Any, codes: Iterable[str], bounds: Mapping[str, Bound], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.codes = tuple(codes)
        for code in self.codes:
            each, bound = criteria.criteria()[code], bounds.get(code)
            highest = bound.highest if bound else criteria.HIGHEST
            choices = [(str(level), f"{level}: {said(each.guide[level])}") for level in range(highest, -1, -1)]
            helps = said(each.asks)
            if bound:
                told = {"agreement": bound.agreement, "level": highest}
                helps += " " + gettext("Kesepakatan visi %(agreement)s persen: paling tinggi tingkat %(level)s.") % told
            self.fields[f"level_{code}"] = ChoiceOfOne(
                label=said(each.name), help_text=helps, choices=choices, radio=True
            )
            self.fields[f"reason_{code}"] = TextField(
                label=gettext("Alasan: %s") % said(each.name), multiline=True, limit=2000, owed=True
            )

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "levels": {code: int(given[f"level_{code}"]) for code in self.codes},
            "reasons": {code: given[f"reason_{code}"] for code in self.codes},
        }


# The partner's pages ------------------------------------------------------------------------------------------------
class IntroductionAnswer(forms.Form):
    """Yes or no to an introduction; a no says why."""

    answer = ChoiceOfOne(
        label=_("Jawaban Anda"),
        choices=(("yes", _("Terima perkenalan")), ("no", _("Tolak dengan alasan"))),
        radio=True,
        help_text=_("Menerima belum berarti bekerja sama: usulan, Musyawarah Desa, dan naskah menyusul."),
    )
    reason = TextField(label=_("Alasan (wajib bila menolak)"), multiline=True, limit=1000, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "no" and not given.get("reason"):
            self.add_error("reason", gettext("Tulis alasan penolakan. Pihak lain membacanya."))
        return given

    def answers(self) -> dict[str, Any]:
        accepts = self.cleaned_data["answer"] == "yes"
        return {"accepts": accepts, "reason": "" if accepts else self.cleaned_data["reason"]}


class Parts(forms.Form):
    """Parts of a proposal in words or figures, as ``terms`` names them."""

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, label in parts.items():
            self.fields[name] = self._field(name, gettext(label))

    @staticmethod
    def _field(name: str, label: str) -> forms.Field:
        if name in terms.MONEY:
            return RupiahField(label=label, allow_zero=True, required=False)
        if name == "gifts_to_persons":
            return CountField(
                label=label, help_text=gettext("Isi 0 bila tidak ada. Pemberian kepada orang tidak diperbolehkan.")
            )
        if name in terms.NUMBERS:
            return CountField(label=label, required=False)
        if name in terms.TAKES:
            return ChoiceOfOne(label=label, choices=YES_NO, radio=True, required=False)
        return TextField(label=label, multiline=True, limit=4000, required=False)

    def content(self) -> dict[str, Any]:
        return {name: 0 if value is None else value for name, value in self.cleaned_data.items()}


class Attachment(forms.Form):
    title = TextField(label=_("Nama berkas"), limit=120)
    file = SafeFileField(label=_("Berkas"))


def find_village(text: str) -> Region:
    """The active village with this code; a kelurahan is left to the rule that explains it."""
    code = parse_region_code(text)
    region = Region.objects.filter(pk=code, active=True, level=4).first()
    if region is None:
        raise BadInput(
            "code.unknown", marked("Kode {value} bukan kode desa. Cari kodenya di halaman Cari."), value=code
        )
    return region


class Offer(forms.Form):
    village = ParsedField(label=_("Kode desa"), parse=find_village, empty=None, help_text=_("Contoh: 33.04.19.2001"))
    title = TextField(label=_("Judul usulan"))
    field = ChoiceOfOne(label=_("Bidang"))
    forms = ChoiceOfMany(label=_("Bentuk kerja sama"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = field_choices  # type: ignore[attr-defined]
        self.fields["forms"].choices = form_choices  # type: ignore[attr-defined]


class RivalOffer(forms.Form):
    """The heading of an offer where a village asks for rivals: place and field are those that are asked for."""

    title = TextField(label=_("Judul usulan"))
    forms = ChoiceOfMany(label=_("Bentuk kerja sama"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["forms"].choices = form_choices  # type: ignore[attr-defined]
