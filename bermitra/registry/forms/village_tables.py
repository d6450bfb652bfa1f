"""A table that a village loads into its records: handed over, read, shown, and only then loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.documents.files import Content
from bermitra.foundation.fields import REQUIRED, ParsedField, TextField, say
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput
from bermitra.registry.forms.common import parse_year
from bermitra.registry.models import PlanLine, VillageAsset
from bermitra.registry.tables.assets import read_assets
from bermitra.registry.tables.plan_lines import read_plan_lines
from bermitra.registry.tables.reading import LARGEST, Reading

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD_FOR = 3_600  # seconds between reading and loading
SALT = "registry.village_table"


@dataclass(frozen=True)
class Held:
    """A table that was read and waits for a yes: where it lies, and into what it goes."""

    village: str
    plan: str
    year: int
    regulation: str
    file: Content

    def packed(self, person: str) -> str:
        """For the form of this very person; nobody else can have the file read with it."""
        file = self.file
        parts = [person, self.village, self.plan, self.year, self.regulation]
        return signing.dumps([*parts, file.sha256, file.size, file.media_type, file.name], salt=SALT)

    @classmethod
    def unpacked(cls, text: str, person: str, village: str, plan: str) -> Held:
        """Raises ``signing.BadSignature`` for what was not packed for this person and place within the hour."""
        whose, of, kind, year, regulation, *file = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
        if (whose, of, kind) != (person, village, plan):
            raise signing.BadSignature
        return cls(of, kind, year, regulation, Content(*file))


class TableFile(forms.FileField):
    """A CSV or XLSX table; its value is (name, content)."""

    widget = forms.FileInput(attrs={"accept": ".csv,.xlsx"})

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", _("Excel (.xlsx) atau CSV, paling besar 1 MB dan 1.000 baris."))
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes]:
        upload: UploadedFile = super().clean(data, initial)
        return upload.name or "tabel", upload.read(LARGEST + 1)


class LoadPlanLines(forms.Form):
    year = ParsedField(label=_("Tahun"), parse=parse_year, empty=None)
    regulation = TextField(
        label=_("Ditetapkan dengan"), help_text=_("Contoh: Peraturan Desa 4 Tahun 2025"), limit=160, required=False
    )
    table = TableFile(label=_("Tabel rencana"))

    def __init__(self, *args: Any, village: Region, codes: tuple[str, ...], plan: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village, self.codes, self.plan = village, codes, plan
        if plan == PlanLine.Plan.RPJM:
            self.fields["year"].label = _("Tahun pertama RPJM Desa")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("year") and given.get("table"):
            name, content = given["table"]
            self.found = _read(
                self, read_plan_lines, name, content,
                village=self.village, codes=self.codes, plan=self.plan, year=given["year"],
            )  # fmt: skip
        return given


class LoadAssets(forms.Form):
    table = TableFile(label=_("Tabel aset"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("table"):
            self.found = _read(self, read_assets, *given["table"])
        return given


def _read(form: forms.Form, read: Any, name: str, content: bytes, **more: Any) -> Reading | None:
    try:
        found: Reading = read(name, content, **more)
    except BadInput as bad:
        form.add_error("table", ValidationError(say(bad), code=bad.code))
        return None
    return found


class HeldTable(forms.Form):
    """The table that was shown, back from its page."""

    held = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: str, village: str, plan: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person, self.village, self.plan = person, village, plan

    def clean_held(self) -> Held:
        try:
            return Held.unpacked(self.cleaned_data["held"], self.person, self.village, self.plan)
        except signing.BadSignature:
            raise ValidationError(
                gettext("Pratinjau ini sudah lebih dari satu jam. Unggah tabelnya sekali lagi."), code="old"
            ) from None


class FilterPlan(forms.Form):
    """Which lines of the plans are wanted: in the address, never sent again."""

    rencana = forms.ChoiceField(
        label=_("Rencana"), required=False, choices=[("", _("RPJM dan RKP")), *PlanLine.Plan.choices]
    )
    pola = forms.ChoiceField(label=_("Pola"), required=False, choices=[("", _("Semua pola")), *PlanLine.Mode.choices])
    tahun = ParsedField(label=_("Tahun"), parse=parse_year, empty=None, required=False)


class FilterAssets(forms.Form):
    jenis = forms.ChoiceField(
        label=_("Jenis"), required=False, choices=[("", _("Semua jenis")), *VillageAsset.Kind.choices]
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Semua keadaan")),
            ("bebas", _("Bebas dipakai")),
            ("dipakai", _("Dijaminkan atau dipakai pihak lain")),
            ("belum", _("Belum terinventaris")),
            ("kas", _("Tanah kas desa")),
        ],
    )
