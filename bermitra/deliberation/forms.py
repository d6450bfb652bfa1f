"""The shape of what is typed about meetings; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.deliberation.actions import Who
from bermitra.deliberation.elements import elements
from bermitra.deliberation.models import Attendee, Countersignature, Decision, Meeting, ReadyText, Sex, Subject
from bermitra.deliberation.queries import element_name
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import REQUIRED, DateField, NameField, ParsedField, TextField, TickField, TimeField, say
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


class Participant(PersonForm):
    """Someone who came without an invitation; an observer explains and decides nothing."""

    observer = TickField(
        label=_("Hanya peninjau"),
        help_text=_("Mitra atau tamu boleh menjelaskan, tetapi tidak ikut memutuskan."),
        required=False,
    )
    mark = forms.ChoiceField(
        label=_("Tanda hadir"),
        choices=[c for c in Attendee.Mark.choices if c[0]],
        widget=forms.RadioSelect,
        initial="paper",
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

    def __init__(self, *args: Any, lines: Iterable[Attendee], session: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        lines = list(lines)
        names = [(each.code, f"{each.name} · {each.hamlet}" if each.hamlet else each.name) for each in lines]
        here = [each for each in lines if each.session == session]
        for field, mark in (("signed", Attendee.Mark.PAPER), ("thumbs", Attendee.Mark.THUMB)):
            self.fields[field].choices = names  # type: ignore[attr-defined]
            self.fields[field].initial = [each.code for each in here if each.mark == mark]


# Meetings ------------------------------------------------------------------------------------------------------------


class Plan(forms.Form):
    topic = TextField(label=_("Acara"), help_text=_("Contoh: Prioritas kebutuhan pertanian 2027"))
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=Meeting.Kind.choices, widget=forms.RadioSelect, initial="planned"
    )
    held_on = DateField(label=_("Hari sidang"))
    starts = TimeField(label=_("Mulai pukul"))
    place = TextField(label=_("Tempat"), help_text=_("Contoh: Balai Desa Pandanarum"), limit=120)


class SubjectForm(forms.Form):
    """A text that waits for a meeting, or a subject of the village's own."""

    ready = forms.ChoiceField(label=_("Naskah yang menunggu musyawarah"), required=False, widget=forms.RadioSelect)
    title = TextField(label=_("Pokok yang diputuskan"), required=False)
    text = LongField(label=_("Naskah"), help_text=_("Yang akan dibacakan dan disetujui atau ditolak."), required=False)

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
            return {"kind": Subject.Kind.OTHER.value, "title": given["title"], "text": given["text"]}
        return {
            "kind": chosen.kind,
            "title": chosen.title,
            "text": chosen.text,
            "text_hash": chosen.text_hash,
            "subject_code": chosen.code,
        }


class Invitation(forms.Form):
    number = TextField(label=_("Nomor undangan"), help_text=_("Contoh: 005/03/BPD/IV/2027"), limit=60)
    invited_on = DateField(label=_("Tanggal undangan"))


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
    """Seven questions; an eighth is asked only where a rule of unconfirmed basis wants a typed reason."""

    result = forms.ChoiceField(label=_("Keputusan"), choices=Decision.Result.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("Cara memutuskan"),
        choices=[("consensus", _("Mufakat")), ("open", _("Suara terbuka")), ("secret", _("Suara rahasia"))],
        widget=forms.RadioSelect,
    )
    approving = CountField(label=_("Yang sepakat, bila mufakat"), required=False)
    votes_for = CountField(label=_("Suara setuju"), required=False)
    votes_against = CountField(label=_("Suara tidak setuju"), required=False)
    votes_abstain = CountField(label=_("Tidak memilih"), required=False)
    said = LongField(label=_("Syarat bila setuju, alasan bila tidak"), required=False)

    def __init__(self, *args: Any, ask_despite: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if ask_despite:
            self.fields["despite"] = TextField(
                label=_("Alasan tetap melanjutkan"), help_text=_("Tercatat dan terbaca pada keputusan."), limit=300
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = ("approving",) if given.get("way") == "consensus" else ("votes_for", "votes_against", "votes_abstain")
        for name in wanted:
            if name in given and given[name] is None:
                self.add_error(name, ValidationError(REQUIRED, code="required"))
        if given.get("result") == Decision.Result.REFUSED and not given.get("said"):
            self.add_error("said", gettext("Alasan belum diisi. Tulis mengapa musyawarah tidak setuju."))
        return given

    def counts(self) -> dict[str, Any]:
        """The arguments of ``record_decision`` but for the subject."""
        given = self.cleaned_data
        vote = given["way"] != "consensus"
        agreed = given["result"] == Decision.Result.AGREED
        return {
            "result": given["result"],
            "mode": "vote" if vote else "consensus",
            "secret": given["way"] == "secret",
            "approving": 0 if vote else given["approving"],
            **{name: (given[name] or 0) if vote else 0 for name in ("votes_for", "votes_against", "votes_abstain")},
            "conditions": given["said"] if agreed else "",
            "reason": "" if agreed else given["said"],
            "despite": given.get("despite", ""),
        }


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
    resident = forms.ChoiceField(label=_("Wakil masyarakat"), required=False)
    sheet = SafeFileField(label=_("Pindaian lembar bertanda tangan"))

    def __init__(self, *args: Any, meeting: Meeting, missing: Iterable[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        here = meeting.attendees.filter(session=meeting.session, observer=False).order_by("name")
        names = list(here.values_list("name", flat=True))
        self.fields["resident"].choices = [("", _("Belum ada")), *((name, name) for name in names)]  # type: ignore[attr-defined]
        for name in {"chair", "minute_taker", "village_head", "resident"} - set(missing):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(name) for name in self.fields if name != "sheet"):
            raise ValidationError(gettext("Belum ada nama penanda tangan. Isi sedikitnya satu nama."))
        return given


class Read(forms.Form):
    """``seen`` is the hash of what the page shows: the act refuses where something else stands there by now."""

    seen = forms.CharField(widget=forms.HiddenInput)


class Binding(Read):
    """The names under the signed print, as the one who binds reads them there."""

    def __init__(self, *args: Any, signed: Iterable[Countersignature], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.capacities = [each.capacity for each in signed]
        for each in signed:
            label = gettext("%(capacity)s: nama pada lembar") % {"capacity": each.get_capacity_display()}
            self.fields[each.capacity] = NameField(label=label)

    def names(self) -> dict[str, str]:
        return {capacity: self.cleaned_data[capacity] for capacity in self.capacities}


class ObjectionForm(forms.Form):
    name = NameField(label=_("Nama yang berkeberatan"))
    text = LongField(label=_("Keberatan"))


class Answer(forms.Form):
    answer = LongField(label=_("Jawaban"), help_text=_("Akan terbaca pada halaman musyawarah."))
