"""The shape of what is typed about plans, promises, money and trainings; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.agreements.models import Agreement, FundingLine, Obligation
from bermitra.deliberation.elements import COMMUNITY, elements
from bermitra.delivery import draw, queries, sheets
from bermitra.delivery.handing.queries import received_of
from bermitra.delivery.models import SEXES, Activity, Applicant, BudgetChange, LedgerEntry, Plan, Training
from bermitra.delivery.rules import THEMES
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import (
    REQUIRED,
    DateField,
    NameField,
    ParsedField,
    RupiahField,
    TextField,
    TickField,
    say,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.text import BadInput, clean, required
from bermitra.foundation.text import _ as marked
from bermitra.partnership import book
from bermitra.registry.models import PlanLine

AGAIN = _("Pilih salah satu dari daftar.")


class Choice(forms.ChoiceField):
    """One of few, as radio buttons."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("error_messages", {}).update({"required": REQUIRED, "invalid_choice": AGAIN})
        super().__init__(**kwargs)


class OneOf(Choice):
    """One of many, as a list to open."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.Select, **kwargs)


class Several(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("error_messages", {}).update({"required": REQUIRED, "invalid_choice": AGAIN})
        super().__init__(**kwargs)


def _count(typed: str) -> int:
    """A whole number from zero up."""
    return 0 if typed.strip() == "0" else sheets.whole(typed)


class CountField(ParsedField):
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})

    def __init__(self, *, least: int = 1, most: int = 999_999_999, **kwargs: Any):
        self.least, self.most = least, most
        super().__init__(parse=self._read, empty=None, **kwargs)

    def _read(self, typed: str) -> int:
        count = _count(typed)
        if not self.least <= count <= self.most:
            raise BadInput(
                "number.range", marked("{value} di luar batas. Isi antara {low} dan {high}."), value=count, low=self.least,
                high=self.most,
            )  # fmt: skip
        return count

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else value


class TableFile(forms.FileField):
    """A CSV or XLSX table; its value is (name, content)."""

    widget = forms.FileInput(attrs={"accept": ".csv,.xlsx"})

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("CSV atau XLSX, paling besar 500 kB."))
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes]:
        upload: UploadedFile = super().clean(data, initial)
        return upload.name or "tabel", upload.read(sheets.LARGEST + 1)


def _by_number(rows: Iterable[Any], text: Any) -> list[tuple[str, str]]:
    return [(str(row.number), f"{row.number}. {text(row)}") for row in rows]


class Sure(forms.Form):
    """Nothing to fill in: the button is the answer."""


class AsRead(forms.Form):
    """``seen`` is the hash of what the page shows: the act refuses where something else stands there by now."""

    seen = forms.CharField(widget=forms.HiddenInput)


class Why(forms.Form):
    reason = TextField(label=_("Alasan"), multiline=True, limit=300)


# The plan ------------------------------------------------------------------------------------------------------------


class PlanMeeting(forms.Form):
    on = DateField(label=_("Tanggal pertemuan warga"))
    at = TextField(label=_("Tempat"), limit=120)
    men = CountField(label=_("Laki-laki yang hadir"), least=0, most=99_999)
    women = CountField(label=_("Perempuan yang hadir"), least=0, most=99_999)
    said = TextField(label=_("Pokok pendapat warga"), multiline=True, limit=2000, required=False)

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])


def not_ahead(day: date) -> date:
    if day > clock.today():
        raise ValidationError(gettext("Tanggal ini masih di depan. Isi tanggal kejadiannya."))
    return day


class ActivityForm(forms.Form):
    title = TextField(label=_("Nama kegiatan"))
    theme = Choice(label=_("Tujuan"), choices=[])
    output = TextField(label=_("Hasil yang bisa dilihat"), help_text=_("Contoh: petani terlatih"))
    target = CountField(label=_("Target"))
    unit = TextField(label=_("Satuan"), limit=40, help_text=_("Contoh: orang, hektare, kali"))
    place = TextField(label=_("Dusun atau lokasi"), limit=120, required=False)
    duties = Several(label=_("Memenuhi kewajiban"), required=False)

    def __init__(self, *args: Any, obligations: Sequence[Obligation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.obligations = {str(each.number): each for each in obligations}
        self.fields["theme"].choices = [(code, gettext(name)) for code, name in THEMES.items()]  # type: ignore[attr-defined]
        self.fields["duties"].choices = _by_number(obligations, lambda each: each.text)  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen = given.pop("duties")
        return {**given, "obligations": [self.obligations[number] for number in chosen]}


class ScheduleForm(forms.Form):
    starts = DateField(label=_("Mulai"))
    ends = DateField(label=_("Selesai"))
    lead_village = TextField(label=_("Penanggung jawab dari desa"), limit=120, required=False)
    lead_partner = TextField(label=_("Penanggung jawab dari mitra"), limit=120, required=False)
    after = OneOf(label=_("Menunggu kegiatan"), required=False)
    lasting = TickField(label=_("Meninggalkan aset atau layanan yang tetap ada"), required=False)
    owner_after_end = TextField(
        label=_("Pengelola setelah kerja sama berakhir"), required=False,
        help_text=_("Nama lembaga dan sumber biaya perawatannya."),
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[Activity], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.others = {str(each.number): each for each in others}
        choices = [("", gettext("Tidak menunggu")), *_by_number(others, lambda each: each.title)]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", gettext("Selesai mendahului mulai. Isi tanggal yang lebih kemudian."))
        return given

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"predecessor": self.others.get(given.pop("after")), **given}


class FundingForm(forms.Form):
    """What an activity costs, and how much of it each source of the agreement pays."""

    cost = RupiahField(label=_("Biaya"), allow_zero=True)
    execution_mode = Choice(label=_("Pola pelaksanaan"), choices=PlanLine.Mode.choices, required=False)
    sdg = CountField(
        label=_("Nomor tujuan SDGs Desa"), most=18, required=False, help_text=_("1 sampai 18, bila ada yang sesuai.")
    )

    def __init__(self, *args: Any, lines: Sequence[FundingLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"line_{line.number}"] = RupiahField(
                label=gettext("Dari %(source)s") % {"source": line.source}, allow_zero=True, required=False,
                help_text=gettext("Dalam perjanjian %(amount)s") % {"amount": rupiah(line.amount)},
            )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {
            "funding": {line.number: given.pop(f"line_{line.number}") or 0 for line in self.lines},
            **given,
        }


class ActivityTable(forms.Form):
    table = TableFile(label=_("Tabel kegiatan"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_table(self) -> tuple[str, bytes]:
        name, content = self.cleaned_data["table"]
        duties = queries.duties_of(self.plan.agreement).values_list("number", flat=True)
        lines = FundingLine.objects.filter(agreement=self.plan.agreement, until=None).values_list("number", flat=True)
        try:
            self.rows = sheets.read_activities(name, content, duties=duties, lines=lines)
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad
        return name, content


class ProgressForm(forms.Form):
    on = DateField(label=_("Tanggal keadaan ini"))
    percent = CountField(label=_("Kemajuan dalam persen"), least=0, most=100)
    done = CountField(label=_("Hasil yang tercapai"), least=0, required=False)
    text = TextField(label=_("Keterangan"), multiline=True, limit=2000, required=False)
    photo = SafeFileField(label=_("Foto"), required=False)

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])

    def clean_done(self) -> int:
        return self.cleaned_data["done"] or 0


# Promises ------------------------------------------------------------------------------------------------------------


class EvidenceForm(forms.Form):
    text = TextField(label=_("Apa yang sudah dilakukan"), multiline=True, limit=2000)
    file = SafeFileField(label=_("Berkas bukti"), required=False)


class AcceptForm(forms.Form):
    text = TextField(label=_("Catatan pemeriksa"), multiline=True, limit=1000, required=False)


class ReturnForm(forms.Form):
    text = TextField(label=_("Apa yang masih kurang"), multiline=True, limit=1000)


# Money ---------------------------------------------------------------------------------------------------------------


class EntryForm(forms.Form):
    """``kind`` is chosen by the link that leads here, so that the page asks only what this kind needs."""

    on = DateField(label=_("Tanggal pada bukti"))
    text = TextField(label=_("Uraian"))
    amount = RupiahField(label=_("Jumlah"))
    source = OneOf(label=_("Sumber dana"))
    use = OneOf(label=_("Untuk kegiatan"))
    budget_code = OneOf(label=_("Kode rekening APB Desa"), required=False)
    before_budget = TickField(
        label=_("Uang ini belum tercantum dalam APB Desa tahun berjalan"), required=False,
        help_text=_("Uangnya dicatat, lalu tertahan sampai perubahan APB Desa dicatat."),
    )  # fmt: skip
    receipt_number = TextField(label=_("Nomor bukti"), limit=80, required=False)
    receipt = SafeFileField(label=_("Bukti"))

    def __init__(self, *args: Any, agreement: Agreement, kind: str, ask_reason: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind, kinds = kind, LedgerEntry.Kind
        if ask_reason:
            self.fields["reason"] = TextField(
                label=gettext("Alasan bila tanggalnya di luar jangka waktu perjanjian"), limit=300, required=False
            )
        in_kind = kind == kinds.IN_KIND
        funding = list(FundingLine.objects.filter(agreement=agreement, until=None))
        self.lines = {str(each.number): each for each in funding if (each.channel in queries.NO_CASH) is in_kind}
        self.activities = {str(each.number): each for each in Activity.objects.filter(plan__agreement=agreement)}
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (number, f"{line.source} · {queries.channel_label(line.channel)}") for number, line in self.lines.items()
        ]
        self.fields["use"].choices = _by_number(self.activities.values(), lambda each: each.title)  # type: ignore[attr-defined]
        codes = [(code, f"{code} {said['id']}") for code, said in book.apbdes().items()]
        self.fields["budget_code"].choices = [("", gettext("Tidak masuk Rekening Kas Desa")), *codes]  # type: ignore[attr-defined]
        if in_kind:
            self.fields["amount"].label = gettext("Nilai dalam rupiah")
        if kind == kinds.SHARE:
            del self.fields["source"]
        if kind in (kinds.RECEIPT, kinds.SHARE):
            del self.fields["use"]
        else:
            del self.fields["budget_code"], self.fields["before_budget"]
        self.handovers = {each.code: each for each in received_of(agreement.case)} if in_kind else {}
        if self.handovers:
            named = [(code, f"{each.number}, {long_date(each.on)}") for code, each in self.handovers.items()]
            self.fields["handover"] = OneOf(
                label=gettext("Berita acara serah terima"), required=False,
                choices=[("", gettext("Tidak terkait")), *named],
            )  # fmt: skip

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {
            "kind": self.kind,
            "line": self.lines.get(given.pop("source", "")),
            "activity": self.activities.get(given.pop("use", "")),
            "handover": self.handovers.get(given.pop("handover", "")),
            **given,
        }


class BudgetChangeForm(forms.Form):
    kind = Choice(label=_("Perubahan ditetapkan dengan"), choices=BudgetChange.Kind.choices)
    number = TextField(label=_("Nomor peraturan"), limit=80)
    dated = DateField(label=_("Tanggal peraturan"))
    file = SafeFileField(label=_("Pindaian peraturan"), required=False)

    def clean_dated(self) -> date:
        return not_ahead(self.cleaned_data["dated"])


# Training ------------------------------------------------------------------------------------------------------------


class TrainingForm(forms.Form):
    """What a training is for; place and days have a page of their own."""

    title = TextField(label=_("Nama pelatihan"))
    need_basis = TextField(
        label=_("Kebutuhan warga yang dijawab"), multiline=True, limit=1000,
        help_text=_("Sebut kebutuhannya dan dari mana diketahui."),
    )  # fmt: skip
    competency = TextField(label=_("Sesudahnya peserta mampu"), multiline=True, limit=1000)
    provider = TextField(label=_("Penyelenggara"), limit=160)
    hours = CountField(label=_("Lama dalam jam"), most=2000)
    seats = CountField(label=_("Banyak peserta"), most=9999)
    use = OneOf(label=_("Bagian dari kegiatan"), required=False)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.activities = {str(each.number): each for each in Activity.objects.filter(plan__agreement=agreement)}
        choices = [("", gettext("Tidak terkait")), *_by_number(self.activities.values(), lambda each: each.title)]
        self.fields["use"].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"activity": self.activities.get(given.pop("use")), **given}


class TrainingSchedule(forms.Form):
    place = TextField(label=_("Tempat"), limit=120)
    starts = DateField(label=_("Mulai"))
    ends = DateField(label=_("Selesai"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", gettext("Selesai mendahului mulai. Isi tanggal yang lebih kemudian."))
        return given


def _pairs(typed: str) -> list[tuple[str, str]]:
    """Lines of ``what: which``. Raises :class:`BadInput` ``pairs.form``."""
    found = []
    for line in required(typed, multiline=True).split("\n"):
        left, colon, right = line.partition(":")
        if line.strip() and not (colon and left.strip() and right.strip()):
            raise BadInput(
                "pairs.form", marked("Baris “{value}” belum lengkap. Tulis nama, titik dua, isinya."), value=line[:40]
            )
        if line.strip():
            found.append((clean(left, limit=60), clean(right, limit=120)))
    return found


def parse_hamlets(typed: str) -> list[dict[str, str]]:
    return [{"name": name, "place": place} for name, place in _pairs(typed)]


def parse_quotas(typed: str) -> list[dict[str, Any]]:
    return [{"group": group, "seats": sheets.whole(seats)} for group, seats in _pairs(typed)]


class Announcement(forms.Form):
    criteria = TextField(label=_("Siapa yang boleh ikut"), multiline=True, limit=1000)
    quota = Choice(
        label=_("Kuota"),
        choices=[("none", _("Tanpa kuota: semua pendaftar berpeluang sama")), ("some", _("Ada kuota kelompok"))],
    )
    quotas = ParsedField(
        label=_("Kuota setiap kelompok"), parse=parse_quotas, empty=None, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Satu baris satu kelompok. Contoh: Perempuan: 15"),
    )  # fmt: skip
    hamlets = ParsedField(
        label=_("Tempat mendaftar di setiap dusun"), parse=parse_hamlets, empty=None,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=_("Satu baris satu dusun. Contoh: Krajan: rumah kepala dusun"),
    )  # fmt: skip
    hamlets_of_village = CountField(label=_("Banyak dusun di desa"), most=99)
    closes_on = DateField(label=_("Hari terakhir mendaftar"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("quota") == "some" and not given.get("quotas"):
            self.add_error("quotas", gettext("Tulis kuotanya, atau pilih tanpa kuota."))
        return given

    def asked(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        quotas = given.pop("quotas") if given.pop("quota") == "some" else []
        return {**given, "quotas": quotas}


class ApplicantForm(forms.Form):
    name = NameField(label=_("Nama lengkap"))
    sex = Choice(label=_("Jenis kelamin"), choices=list(SEXES.items()))
    hamlet = OneOf(label=_("Dusun"))
    element = OneOf(label=_("Unsur warga"), required=False)
    poor = TickField(
        label=_("Keluarga miskin"),
        required=False,
        help_text=_("Hanya untuk pembagian yang adil; tidak pernah ditampilkan."),
    )
    different = TickField(label=_("Namanya sama dengan pendaftar lain, tetapi orangnya berbeda"), required=False)

    def __init__(self, *args: Any, training: Training, **kwargs: Any):
        super().__init__(*args, **kwargs)
        hamlets = [(each["name"], each["name"]) for each in training.hamlets]
        self.fields["hamlet"].choices = [("", gettext("Pilih dusun")), *hamlets]  # type: ignore[attr-defined]
        known = [(code, each.id) for code, each in elements().items() if code in COMMUNITY and not each.private]
        self.fields["element"].choices = [("", gettext("Tidak dicatat")), *known]  # type: ignore[attr-defined]


class ApplicantTable(forms.Form):
    table = TableFile(label=_("Tabel pendaftar"))

    def clean_table(self) -> tuple[str, bytes]:
        name, content = self.cleaned_data["table"]
        try:
            self.rows = sheets.read_applicants(name, content)
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad
        return name, content


class DrawForm(forms.Form):
    """The seed as it was thrown, and who watched."""

    means = OneOf(
        label=_("Alat undian"),
        choices=[("dadu", _("Dadu")), ("bola bernomor", _("Bola bernomor")), ("kartu angka", _("Kartu angka"))],
    )
    seed = ParsedField(
        label=_("Angka yang keluar, berurutan"), parse=draw.parse_seed,
        help_text=_("Paling sedikit 16 angka. Contoh: 3152 6641 2354 1126"),
    )  # fmt: skip
    witness_one = NameField(label=_("Saksi pertama"))
    witness_two = NameField(label=_("Saksi kedua"))


class AttendanceForm(forms.Form):
    on = DateField(label=_("Hari pelatihan"))
    hours = CountField(label=_("Lama hari itu dalam jam"), most=24)
    topic = TextField(label=_("Yang dipelajari"))
    present = Several(label=_("Yang hadir"), required=False)
    sheet = SafeFileField(label=_("Foto atau pindaian daftar hadir"), required=False)

    def __init__(self, *args: Any, seated: Sequence[Applicant], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(each.code, f"{each.name}, {each.hamlet}") for each in seated]
        self.fields["present"].choices = choices  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])


AT_ONCE = 10  # certificates of one sending: each is drawn before the act


class CertificateForm(forms.Form):
    people = Several(label=_("Peserta yang berhak"))

    def __init__(self, *args: Any, earned: Sequence[tuple[Applicant, int]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.earned = {each.code: each for each, _percent in earned}
        choices = [(each.code, f"{each.name}, {percent}%") for each, percent in earned]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def clean_people(self) -> list[Applicant]:
        chosen = self.cleaned_data["people"]
        if len(chosen) > AT_ONCE:
            raise ValidationError(gettext("Pilih paling banyak %(most)s peserta sekali kirim.") % {"most": AT_ONCE})
        return [self.earned[code] for code in chosen]
