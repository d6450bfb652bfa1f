"""The shape of what is typed about meetings; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.actions import Who
from bermitra.deliberation.elements import elements
from bermitra.deliberation.models import Attendee, Countersignature, Decision, Meeting, ReadyText, Sex, Subject, Witness
from bermitra.deliberation.queries import element_name
from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.fields import (
    NOTHING_READ,
    REQUIRED,
    DateField,
    NameField,
    ParsedField,
    TextField,
    TickField,
    TimeField,
    say,
)
from bermitra.foundation.text import BadInput, clean_name, required, shown, undotted
from bermitra.foundation.text import _ as marked

MOST_LINES = 500


def parse_count(typed: str) -> int:
    """A whole number of people, ``1.250`` with or without the dot."""
    text = undotted(required(typed))
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise BadInput(
            "count.form", marked("“{value}” bukan jumlah orang. Tulis angka saja, misalnya 41."), value=shown(typed)
        )
    return int(text)


class CountField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, **kwargs: Any):
        super().__init__(parse=parse_count, empty=None, **kwargs)


class LongField(TextField):
    def __init__(self, **kwargs: Any):
        super().__init__(multiline=True, limit=5000, **kwargs)


def element_choices() -> list[tuple[str, str]]:
    return [(code, element_name(code)) for code in elements()]


class Why(forms.Form):
    why = TextField(label=_("Alasan"), help_text=_("Akan terbaca pada halaman musyawarah."), limit=300)


class Sure(forms.Form):
    """Nothing to type: one button says it."""


# Lists of people -----------------------------------------------------------------------------------------------------


class PersonForm(forms.Form):
    name = NameField(label=_("Nama"))
    sex = forms.ChoiceField(label=_("Jenis kelamin"), choices=Sex.choices, widget=forms.RadioSelect)
    hamlet = TextField(label=_("Dusun"), limit=60)
    elements = forms.MultipleChoiceField(
        label=_("Unsur yang diwakili"),
        choices=element_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": REQUIRED},
    )
    poor = TickField(label=_("Rumah tangga miskin"), help_text=_("Hanya terlihat oleh pencatat desa."), required=False)

    def who(self) -> Who:
        given = self.cleaned_data
        return Who(given["name"], given["sex"], given["hamlet"], tuple(given["elements"]), given["poor"])


class Guest(PersonForm):
    """A person who perhaps only observes: such a one explains and decides nothing, and needs neither hamlet nor element."""

    observer = TickField(
        label=_("Hanya peninjau"),
        help_text=_("Mitra atau tamu boleh menjelaskan, tetapi tidak ikut memutuskan."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["elements"].required = self.fields["hamlet"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("observer"):
            for name in ("hamlet", "elements"):
                if name in given and not given[name]:
                    self.add_error(name, ValidationError(REQUIRED, code="required"))
        return given


class AttendeeLine(Guest):
    """``same_name``: somebody of this name would have to step back, so that it is asked whether this is another person.

    Who helped is asked beside a thumbprint; beside both, the reason comes first, and the sheet of the session asks who helped.
    """

    cleared = TextField(
        label=_("Alasan bila orang lain bernama sama"),
        help_text=_("Contoh: petani Dusun Kulon, tidak pernah bekerja pada mitra. Tercetak pada berita acara."),
        limit=200,
        required=False,
    )

    helped_by = NameField(
        label=_("Yang membantu cap jempol"), help_text=_("Tercetak pada daftar hadir berita acara."), required=False
    )

    def __init__(self, *args: Any, same_name: bool, thumb: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not same_name:
            del self.fields["cleared"]
        if same_name or not thumb:
            del self.fields["helped_by"]


class Participant(Guest):
    """Someone who came without an invitation."""

    mark = forms.ChoiceField(
        label=_("Tanda hadir"),
        choices=[c for c in Attendee.Mark.choices if c[0]],
        widget=forms.RadioSelect,
        initial="paper",
    )


class PastedInvitees(forms.Form):
    """Many at once: lines as they are copied from a spreadsheet, or written with semicolons."""

    lines = forms.CharField(
        label=_("Satu orang satu baris"),
        help_text=_("Nama; L atau P; dusun; unsur dipisah koma; miskin bila perlu. Boleh disalin dari lembar kerja."),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": REQUIRED},
    )

    def clean_lines(self) -> list[Who]:
        typed = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(typed) > MOST_LINES:
            raise ValidationError(
                gettext("Ada %(n)s baris, paling banyak %(most)s. Kirim dalam beberapa bagian.")
                % {"n": len(typed), "most": MOST_LINES}
            )
        found, wrong = [], []
        for number, line in enumerate(typed, 1):
            try:
                found.append(read_person(line))
            except BadInput as bad:
                wrong.append(gettext("Baris %(n)s: %(says)s") % {"n": number, "says": say(bad)})
        if wrong:
            raise ValidationError(wrong[:20])
        return found


def read_person(line: str) -> Who:
    """``Tarmi; P; Krajan; women, farmers; miskin``. Raises :class:`BadInput`."""
    parts = [part.strip() for part in (line.split("\t") if "\t" in line else line.split(";"))]
    if len(parts) < 4 or len(parts) > 5:
        raise BadInput(
            "person.parts", marked("“{value}” belum lengkap. Tulis nama; L/P; dusun; unsur."), value=shown(line)
        )
    sex = {"l": "L", "lk": "L", "laki-laki": "L", "p": "P", "pr": "P", "perempuan": "P"}.get(parts[1].casefold())
    if sex is None:
        raise BadInput("person.sex", marked("“{value}” bukan L atau P. Tulis L atau P."), value=shown(parts[1]))
    named = {each.casefold(): code for code, e in elements().items() for each in (code, e.id, e.en)}
    chosen = []
    for word in filter(None, (each.strip() for each in parts[3].split(","))):
        if word.casefold() not in named:
            raise BadInput(
                "person.element",
                marked("Unsur “{value}” tidak dikenal. Lihat daftar unsur di halaman ini."),
                value=shown(word),
            )
        chosen.append(named[word.casefold()])
    if not chosen:
        raise BadInput("person.no_element", marked("Unsur belum diisi. Tulis sedikitnya satu unsur."))
    poor = len(parts) == 5 and parts[4].casefold() in ("miskin", "ya", "y", "1")
    return Who(clean_name(parts[0], limit=120), sex, required(parts[2], limit=60), tuple(chosen), poor)


class Attendance(forms.Form):
    """The sheet of one session: who signed, and who left a thumbprint."""

    signed = forms.MultipleChoiceField(
        label=_("Menandatangani daftar hadir"), required=False, widget=forms.CheckboxSelectMultiple
    )
    thumbs = forms.MultipleChoiceField(
        label=_("Memberi cap jempol"), required=False, widget=forms.CheckboxSelectMultiple
    )

    helper = NameField(
        label=_("Yang membantu cap jempol"),
        help_text=_("Bila pembantunya berbeda, perbaiki pada baris orangnya."),
        required=False,
    )

    def __init__(self, *args: Any, lines: Iterable[Attendee], session: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        lines = list(lines)
        names = [(each.code, f"{each.name} · {each.hamlet}" if each.hamlet else each.name) for each in lines]
        here = [each for each in lines if each.session == session]
        for field, mark in (("signed", Attendee.Mark.PAPER), ("thumbs", Attendee.Mark.THUMB)):
            self.fields[field].choices = names  # type: ignore[attr-defined]
            self.fields[field].initial = [each.code for each in here if each.mark == mark]


class AttendanceSheets(forms.Form):
    """Up to five photographs at once; the session is asked only where there were two."""

    session = forms.TypedChoiceField(
        label=_("Lembar dari"), choices=[(1, _("Sidang pertama")), (2, _("Sidang kedua"))], coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    sheet = SafeFileField(label=_("Foto atau pindaian lembar pertama"))
    sheet_2 = SafeFileField(label=_("Lembar kedua"), required=False)
    sheet_3 = SafeFileField(label=_("Lembar ketiga"), required=False)
    sheet_4 = SafeFileField(label=_("Lembar keempat"), required=False)
    sheet_5 = SafeFileField(
        label=_("Lembar kelima"),
        help_text=_("Bila masih ada, simpan dahulu lalu buka halaman ini lagi."),
        required=False,
    )

    def __init__(self, *args: Any, session: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.newest = session
        self.fields["session"].initial = session
        for name in ("sheet_2", "sheet_3", "sheet_4"):
            self.fields[name].help_text = ""
        if session == 1:
            del self.fields["session"]

    def given(self) -> tuple[int, list[Safe]]:
        """Of which session, and the files."""
        typed = self.cleaned_data
        return typed.get("session") or self.newest, [typed[each] for each in SHEETS if typed.get(each)]


SHEETS = ("sheet", "sheet_2", "sheet_3", "sheet_4", "sheet_5")


# Meetings ------------------------------------------------------------------------------------------------------------


class Plan(forms.Form):
    topic = TextField(label=_("Acara"), help_text=_("Contoh: Prioritas kebutuhan pertanian 2027"))
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Meeting.Kind.choices, widget=forms.RadioSelect, initial="planned"
    )
    sudden_because = TextField(
        label=_("Alasan bila mendadak"),
        help_text=_("Mengapa tidak dapat direncanakan; tercetak pada undangan dan berita acara."),
        limit=300,
        required=False,
    )
    held_on = DateField(label=_("Hari sidang"))
    starts = TimeField(label=_("Mulai pukul"))
    place = TextField(label=_("Tempat"), help_text=_("Contoh: Balai Desa Pandanarum"), limit=120)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == Meeting.Kind.SUDDEN and not given.get("sudden_because"):
            self.add_error("sudden_because", gettext("Alasan belum diisi. Tulis mengapa musyawarah mendadak."))
        return given


class SubjectForm(forms.Form):
    """A text that waits for a meeting, or a subject of the village's own."""

    ready = forms.ChoiceField(label=_("Naskah yang menunggu musyawarah"), required=False, widget=forms.RadioSelect)
    title = TextField(label=_("Pokok yang diputuskan"), required=False)
    text = LongField(label=_("Naskah"), help_text=_("Yang akan dibacakan dan disetujui atau ditolak."), required=False)
    person = TickField(
        label=_("Pemilihan atau penilaian orang"),
        help_text=_("Bila dengan pemungutan suara, suaranya rahasia dengan kertas."),
        required=False,
    )

    def __init__(self, *args: Any, waiting: Iterable[ReadyText], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.waiting = {each.code: each for each in waiting}
        choices = [(each.code, f"{each.get_kind_display()}: {each.title}") for each in self.waiting.values()]
        self.fields["ready"].choices = [*choices, ("", _("Pokok lain, ditulis di bawah"))]  # type: ignore[attr-defined]
        self.fields["ready"].initial = ""
        if not choices:
            del self.fields["ready"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("ready"):
            for name in ("title", "text"):
                if name in given and not given[name]:
                    self.add_error(name, ValidationError(REQUIRED, code="required"))
        return given

    def subject(self) -> dict[str, Any]:
        """The arguments of ``table_text``."""
        given = self.cleaned_data
        chosen = self.waiting.get(given.get("ready", ""))
        if chosen is None:
            kind = Subject.Kind.PERSON if given["person"] else Subject.Kind.OTHER
            return {"kind": kind.value, "title": given["title"], "text": given["text"]}
        return {
            "kind": chosen.kind,
            "title": chosen.title,
            "text": chosen.text,
            "text_hash": chosen.text_hash,
            "subject_code": chosen.code,
            "partner": chosen.partner,
        }


class Invitation(forms.Form):
    """A third question is asked only where the invitation comes with fewer days than the norm says."""

    number = TextField(label=_("Nomor undangan"), help_text=_("Contoh: 005/03/BPD/IV/2027"), limit=60)
    invited_on = DateField(label=_("Tanggal undangan"))

    def __init__(self, *args: Any, held_on: date, ask_despite: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        if ask_despite:
            self.fields["despite"] = TextField(
                label=_("Alasan undangan terlambat"),
                help_text=_("Tercetak pada undangan dan berita acara."),
                limit=300,
            )

    def clean_invited_on(self) -> date:
        invited_on: date = self.cleaned_data["invited_on"]
        if invited_on > self.held_on:
            says = gettext("Tanggal undangan %(day)s sesudah hari sidang. Tulis tanggal sebelum sidang.")
            raise ValidationError(says % {"day": long_date(invited_on)}, code="late")
        return invited_on


class Opening(forms.Form):
    chair = NameField(label=_("Pimpinan musyawarah"))
    minute_taker = NameField(label=_("Notulen"))


class OpeningAgain(Opening):
    held_on = DateField(label=_("Hari sidang kedua"))


class Adjourning(forms.Form):
    held_on = DateField(label=_("Hari sidang kedua"))
    starts = TimeField(label=_("Mulai pukul"))


class Topic(forms.Form):
    answer = LongField(label=_("Hasil pembahasan"))


class DecisionForm(forms.Form):
    """What was decided, and how; votes are asked for on a page of their own. One question more is asked only where a rule of
    unconfirmed basis wants a typed reason."""

    WAYS = (
        ("consensus", _("Mufakat")),
        ("hands", _("Suara terbuka, angkat tangan")),
        ("paper", _("Suara terbuka, kertas suara")),
        ("secret", _("Suara rahasia, kertas suara")),
    )
    FOR_PERSONS = ("consensus", "secret")
    FOR_OTHERS = ("consensus", "hands", "paper")

    seen = forms.CharField(widget=forms.HiddenInput)  # the hash of the text that the page shows
    result = forms.ChoiceField(label=_("Keputusan"), choices=Decision.Result.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("Cara memutuskan"),
        help_text=_("Suaranya ditanyakan pada halaman berikutnya."),
        widget=forms.RadioSelect,
    )
    approving = CountField(label=_("Yang sepakat, bila mufakat"), required=False)
    said = LongField(label=_("Syarat bila setuju, alasan bila tidak"), required=False)

    def __init__(self, *args: Any, about_person: bool = False, ask_despite: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        allowed = self.FOR_PERSONS if about_person else self.FOR_OTHERS
        self.fields["way"].choices = [way for way in self.WAYS if way[0] in allowed]  # type: ignore[attr-defined]
        if ask_despite:
            self.fields["despite"] = TextField(
                label=_("Alasan tetap melanjutkan"), help_text=_("Tercatat dan terbaca pada keputusan."), limit=300
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") == "consensus" and "approving" in given and given["approving"] is None:
            self.add_error("approving", ValidationError(REQUIRED, code="required"))
        if given.get("result") == Decision.Result.REFUSED and not given.get("said"):
            self.add_error("said", gettext("Alasan belum diisi. Tulis mengapa musyawarah tidak setuju."))
        return given

    @property
    def asks_votes(self) -> bool:
        """Whether it was filled in well, and the votes are wanting."""
        return bool(self.cleaned_data["way"] != "consensus")

    def decision(self) -> dict[str, Any]:
        """The arguments of ``record_decision`` but for the subject."""
        return {"mode": "consensus", "approving": self.cleaned_data["approving"], **self.result_and_words()}

    def result_and_words(self) -> dict[str, Any]:
        given = self.cleaned_data
        agreed = given["result"] == Decision.Result.AGREED
        return {
            "seen": given["seen"],
            "result": given["result"],
            "conditions": given["said"] if agreed else "",
            "reason": "" if agreed else given["said"],
            "despite": given.get("despite", ""),
        }


class Votes(DecisionForm):
    """The votes as they were counted; what the page before asked is carried along."""

    HEAPS = ("votes_for", "votes_against", "votes_abstain", "votes_invalid", "voters")

    votes_for = CountField(label=_("Suara setuju"))
    votes_against = CountField(label=_("Suara tidak setuju"))
    votes_abstain = CountField(label=_("Tidak memilih"))
    votes_invalid = CountField(label=_("Suara tidak sah"))
    voters = CountField(label=_("Orang yang memberi suara"), help_text=_("Dihitung sendiri, bukan dari jumlah suara."))
    counter_one = forms.ChoiceField(label=_("Penghitung pertama"), error_messages={"required": REQUIRED})
    counter_two = forms.ChoiceField(label=_("Penghitung kedua"), error_messages={"required": REQUIRED})

    def __init__(self, *args: Any, may_count: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = [("", _("Pilih")), *((name, name) for name in sorted(may_count))]
        for counter in ("counter_one", "counter_two"):
            self.fields[counter].choices = names  # type: ignore[attr-defined]
        for name in ("result", "way", "said"):
            self.fields[name].widget = forms.HiddenInput()
        del self.fields["approving"]

    @property
    def said_before(self) -> str:
        """What was answered on the page before: ``Setuju. Suara terbuka, angkat tangan.``"""
        said = [dict(self.fields[name].choices).get(self[name].value() or "", "") for name in ("result", "way")]  # type: ignore[attr-defined]
        return " ".join(f"{each}." for each in said if each)

    @property
    def asks_votes(self) -> bool:
        return False

    def decision(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "mode": "vote",
            "ballot": "hands" if given["way"] == "hands" else "paper",
            "secret": given["way"] == "secret",
            **{name: given[name] for name in (*self.HEAPS, "counter_one", "counter_two")},
            **self.result_and_words(),
        }


class Handing(forms.Form):
    chair = NameField(
        label=_("Pimpinan berikutnya"), help_text=_("Wakil ketua atau anggota BPD yang hadir dan tidak berkepentingan.")
    )


class MinutesDraft(forms.Form):
    number = TextField(
        label=_("Nomor berita acara"), help_text=_("Contoh: BA-02/BPD/IV/2027"), limit=60, required=False
    )
    dated = DateField(label=_("Tanggal berita acara"), required=False)
    ends = TimeField(label=_("Selesai pukul"), required=False)
    discussion = LongField(label=_("Jalannya musyawarah"), required=False)
    absence_reason = LongField(
        label=_("Alasan bila unsur wajib tidak hadir"),
        help_text=_("Sebutkan juga upaya mengundangnya."),
        required=False,
    )


class SignedSheet(forms.Form):
    """Names as they stand under the signed print."""

    chair = NameField(label=_("Pimpinan musyawarah"), required=False)
    minute_taker = NameField(label=_("Notulen"), required=False)
    village_head = NameField(label=_("Kepala Desa"), required=False)
    residents = forms.MultipleChoiceField(
        label=_("Warga yang menandatangani"),
        help_text=_("Centang nama yang Anda baca pada pindaian."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sheet = SafeFileField(label=_("Pindaian lembar bertanda tangan"))

    def __init__(self, *args: Any, missing: Iterable[str], residents: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = list(residents)
        self.fields["residents"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        for name in {"chair", "minute_taker", "village_head"} - set(missing):
            del self.fields[name]
        if not names:
            del self.fields["residents"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in self.fields if name != "sheet"):
            raise ValidationError(gettext("Belum ada nama penanda tangan. Isi sedikitnya satu nama."))
        return given


class Read(forms.Form):
    """``seen`` is the hash of what the page shows: the act refuses where something else stands there by now."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOTHING_READ})


class Binding(Read):
    """The names under the signed print, as the one who binds reads them there; of several residents in any order."""

    def __init__(self, *args: Any, signed: Iterable[Countersignature], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.capacities: dict[str, str] = {}
        for each in signed:
            said, several = each.get_capacity_display(), list(self.capacities.values()).count(each.capacity)
            name, label = each.capacity, gettext("%(capacity)s: nama pada lembar") % {"capacity": said}
            if several:
                name = f"{name}_{several + 1}"
                label = gettext("%(capacity)s ke-%(n)s: nama pada lembar") % {"capacity": said, "n": several + 1}
            self.fields[name] = NameField(label=label)
            self.capacities[name] = each.capacity

    def names(self) -> list[tuple[str, str]]:
        """Capacity and name of each, the argument of ``make_binding``."""
        return [(capacity, self.cleaned_data[name]) for name, capacity in self.capacities.items()]


class DrawAgain(forms.Form):
    """Who is passed over is picked among those who were drawn; who follows is not asked."""

    passed = forms.ChoiceField(label=_("Warga yang tidak dapat menandatangani"), widget=forms.RadioSelect)
    why = TextField(label=_("Alasan"), help_text=_("Terbaca di samping namanya pada halaman musyawarah."), limit=300)

    def __init__(self, *args: Any, waiting: Iterable[Witness], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["passed"].choices = [(each.attendee.code, each.attendee.name) for each in waiting]  # type: ignore[attr-defined]


class DecreeForm(forms.Form):
    number = TextField(label=_("Nomor Keputusan BPD"), help_text=_("Contoh: 03/KEP/BPD/2027"), limit=60)
    dated = DateField(label=_("Tanggal keputusan"))


class Explanation(forms.Form):
    """Of the signs that stand now."""

    sign = forms.ChoiceField(
        label=_("Tanda"), choices=(), widget=forms.RadioSelect, error_messages={"required": REQUIRED}
    )
    text = TextField(
        label=_("Penjelasan"), help_text=_("Semua orang dapat membacanya. Jangan sebut nama orang."), limit=300,
        multiline=True,
    )  # fmt: skip

    def __init__(self, *args: Any, signs: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sign"].choices = list(signs)  # type: ignore[attr-defined]


class ObjectionForm(forms.Form):
    name = NameField(label=_("Nama yang berkeberatan"))
    text = LongField(label=_("Keberatan"))


class Answer(forms.Form):
    answer = LongField(label=_("Jawaban"), help_text=_("Akan terbaca pada halaman musyawarah."))
