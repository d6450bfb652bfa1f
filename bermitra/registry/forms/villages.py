"""The shape of what a village types about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import DateField, NameField, ParsedField, PointField, RupiahField, TextField, TickField
from bermitra.foundation.personal.forms import AccountField
from bermitra.foundation.regions.models import Region
from bermitra.registry.forms.common import (
    Choice,
    parse_measure,
    parse_office_phone,
    parse_past_year,
    parse_people,
    parse_postcode,
    parse_year,
    parse_years,
)
from bermitra.registry.models import (
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)


def _ask_why(form: forms.Form, given: dict[str, Any]) -> None:
    """What was said already is not written over without a word (RG-25 asks it again)."""
    changed = [name for name, said in form.initial.items() if said and name in given and given[name] != said]
    if changed and not given.get("reason"):
        form.add_error("reason", gettext("Isian lama diganti. Tulis alasan singkat."))


class UpdateVillage(forms.Form):
    vision = TextField(label=_("Visi desa"), multiline=True, limit=1000)
    contact_name = NameField(label=_("Penanggung jawab kerja sama"))
    contact_office = TextField(label=_("Jabatannya"), limit=120, help_text=_("Contoh: Kaur Perencanaan"))
    budget_note = TextField(
        label=_("Kemampuan APB Desa untuk kerja sama"),
        help_text=_("Contoh: Dana Desa paling banyak Rp 82.000.000 selama tiga tahun."),
        limit=300,
        required=False,
    )
    adults = ParsedField(
        label=_("Jumlah penduduk dewasa"), parse=parse_people, empty=None, required=False,
        help_text=_("Contoh: 2.140. Daftar hadir musyawarah dibandingkan dengan angka ini."),
    )  # fmt: skip

    office_address = TextField(
        label=_("Alamat kantor desa"),
        help_text=_("Tercetak pada kop surat dan tampak bagi semua orang. Contoh: Jalan Raya Pandanarum Nomor 1"),
        limit=160,
        required=False,
    )
    office_postcode = ParsedField(
        label=_("Kode pos"), parse=parse_postcode, empty="", required=False, help_text=_("Contoh: 53457")
    )
    office_phone = ParsedField(
        label=_("Telepon kantor desa"), parse=parse_office_phone, empty="", required=False,
        help_text=_("Nomor kantor, bukan nomor pribadi. Contoh: (0286) 555 0188"),
    )  # fmt: skip
    office_mail = forms.EmailField(
        label=_("Surel kantor desa"),
        help_text=_("Alamat kantor, bukan alamat pribadi."),
        max_length=120,
        required=False,
        error_messages={"invalid": _("Ini bukan alamat surel. Tulis seperti kantor@desa.id, atau kosongkan.")},
    )

    def __init__(self, *args: Any, said: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if said:  # what was said already changes with a reason
            self.fields["reason"] = TextField(
                label=_("Alasan perubahan"), limit=300, required=False,
                help_text=_("Wajib bila isian lama diganti; tampak pada riwayat data desa."),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "reason" in self.fields:
            _ask_why(self, given)
        return given


class RecordAccount(forms.Form):
    holder_kind = Choice(label=_("Jenis rekening"), choices=VillageProfile.AccountHolder.choices)
    holder = NameField(label=_("Atas nama"), help_text=_("Contoh: Pemerintah Desa Pandanarum"))
    bank = TextField(label=_("Bank"), limit=80, help_text=_("Contoh: Bank Jateng, cabang Banjarnegara"))
    number = AccountField(label=_("Nomor rekening"))
    reason = TextField(
        label=_("Alasan bila bukan rekening lembaga, atau bila rekening diganti"),
        help_text=_("Alasan Anda dicatat dan tampak pada berkas desa."),
        limit=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _ask_why(self, given)
        return given


class RecordUmbrellaRegulation(forms.Form):
    number = TextField(label=_("Nomor"), limit=40)
    year = ParsedField(label=_("Tahun"), parse=parse_year, empty=None)
    title = TextField(label=_("Tentang"), initial=_("Kerja Sama Desa"))
    dated = DateField(label=_("Tanggal ditetapkan"))
    file = SafeFileField(label=_("Berkas"), required=False)

    def __init__(self, *args: Any, village: Region, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village = village

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = UmbrellaRegulation.objects.filter(
            village=self.village, number=given.get("number", ""), year=given.get("year") or 0
        )
        if known.exists():
            self.add_error("number", gettext("Peraturan Desa nomor dan tahun ini sudah dicatat."))
        return given


class RecordPlanLine(forms.Form):
    """``plan`` comes from the address: the village's page has a button for either."""

    reference = TextField(
        label=_("Nomor baris"), limit=40, help_text=_("Seperti tertulis dalam rencana, misalnya 2.4.3")
    )
    year = ParsedField(label=_("Tahun"), parse=parse_year, empty=None)
    field_of_government = forms.ChoiceField(label=_("Bidang"), choices=PlanLine.Field.choices)
    activity = TextField(label=_("Kegiatan"))
    estimate = RupiahField(label=_("Perkiraan biaya"), required=False, allow_zero=True)
    execution_mode = Choice(label=_("Pola pelaksanaan"), choices=PlanLine.Mode.choices)
    regulation = TextField(
        label=_("Ditetapkan dengan"), help_text=_("Contoh: Peraturan Desa 4 Tahun 2025"), limit=160, required=False
    )

    sub_field = TextField(label=_("Sub-bidang"), limit=160, required=False)
    place = TextField(label=_("Lokasi"), limit=160, required=False)
    quantity = ParsedField(
        label=_("Volume"), parse=parse_measure, empty=None, required=False, help_text=_("Contoh: 120")
    )
    unit = TextField(label=_("Satuan"), limit=40, required=False, help_text=_("Contoh: meter"))
    benefit = TextField(label=_("Sasaran dan manfaat"), required=False)
    starts_on = DateField(label=_("Tanggal mulai"), required=False)
    ends_on = DateField(label=_("Tanggal selesai"), required=False)
    funding = TextField(label=_("Sumber biaya"), limit=120, required=False, help_text=_("Contoh: Dana Desa"))
    executor = TextField(label=_("Rencana pelaksana kegiatan"), limit=160, required=False)

    def __init__(self, *args: Any, village: Region, plan: str, line: PlanLine | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village, self.plan, self.line = village, plan, line
        if plan == PlanLine.Plan.RPJM:
            self.fields["year"].label = _("Tahun pertama RPJM Desa")
            self.fields["sdg"] = TextField(label=_("Tujuan SDGs Desa"), limit=80, required=False)
            self.fields["present_state"] = TextField(label=_("Keadaan sekarang"), required=False)
            self.fields["beneficiaries"] = TextField(label=_("Penerima manfaat"), limit=120, required=False)
            self.fields["plan_years"] = ParsedField(
                label=_("Tahun pelaksanaan"), parse=parse_years, empty=[], required=False,
                help_text=_("Contoh: 2026, 2027"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = PlanLine.objects.kept().filter(
            village=self.village, plan=self.plan, year=given.get("year") or 0, reference=given.get("reference", "")
        )
        others = known.exclude(pk=self.line.pk) if self.line else known
        if others.exists():
            self.add_error("reference", gettext("Baris bernomor ini sudah dicatat untuk tahun itu."))
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("Tanggal selesai mendahului tanggal mulai. Periksa keduanya."))
        return given


class RecordAsset(forms.Form):
    name = TextField(label=_("Nama aset"), limit=160, help_text=_("Contoh: Tanah kas desa blok Sawangan"))
    kind = Choice(label=_("Jenis"), choices=VillageAsset.Kind.choices)
    quantity = ParsedField(label=_("Jumlah"), parse=parse_measure, empty=None, help_text=_("Contoh: 1.250,5"))
    unit = TextField(label=_("Satuan"), limit=20, help_text=_("Contoh: m², unit, atau meter"))
    village_land = TickField(label=_("Tanah kas desa"), required=False)
    title = forms.ChoiceField(
        label=_("Status sertifikat"),
        choices=[("", _("Tidak perlu sertifikat")), *VillageAsset.Title.choices],
        required=False,
    )
    certificate = TextField(label=_("Nomor sertifikat atau bukti milik"), limit=120, required=False)
    item_code = TextField(label=_("Kode barang"), limit=40, required=False)
    origin = forms.ChoiceField(
        label=_("Asal usul"), choices=[("", _("Belum diketahui")), *VillageAsset.Origin.choices], required=False
    )
    acquired_year = ParsedField(label=_("Tahun perolehan"), parse=parse_past_year, empty=None, required=False)
    recorded = TickField(label=_("Tercatat dalam buku inventaris aset desa"), required=False)
    pledged = TickField(label=_("Sedang dijaminkan atau dipakai pihak lain"), required=False)
    used_by = TextField(
        label=_("Dipakai oleh"),
        limit=160,
        required=False,
        help_text=_("Bila dipakai pihak lain: siapa, dan perjanjiannya."),
    )
    point = PointField(label=_("Titik lokasi"), required=False)

    def clean(self) -> dict[str, Any]:
        """With the point as the two columns that keep it."""
        given = super().clean() or {}
        if "point" in given:
            given["latitude"], given["longitude"] = given.pop("point") or (None, None)
        return given


def _why(label: Any) -> TextField:
    return TextField(label=label, limit=300, help_text=_("Tampak pada riwayat data desa."))


class CorrectPlanLine(RecordPlanLine):
    reason = _why(_("Alasan perbaikan"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"] = self.fields.pop("reason")  # asked last, also behind the columns of an RPJM


class CorrectAsset(RecordAsset):
    reason = _why(_("Alasan perbaikan"))


class TakeOut(forms.Form):
    reason = _why(_("Alasan pencabutan"))
