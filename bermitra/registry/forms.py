"""The shape of what is typed about villages and partners; rules are asked by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation import money
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.forms import find_region, parse_username
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import long_date
from bermitra.foundation.codes import parse_code
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import (
    REQUIRED,
    DateField,
    NameField,
    ParsedField,
    PhoneField,
    RupiahField,
    TextField,
)
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import BadInput, required
from bermitra.foundation.text import _ as marked
from bermitra.registry.due_diligence.book import REGISTER, Document, Fact, Kind, Question, Type, book
from bermitra.registry.due_diligence.verdict import REASON_LETTERS
from bermitra.registry.models import (
    Listing,
    Owner,
    Partner,
    PartnerDocument,
    PlanLine,
    UmbrellaRegulation,
    VillageAsset,
    VillageProfile,
)
from bermitra.registry.queries.words import said

PARTY_ROLES = (roles.PARTNER_REP, roles.PARTNER_SIGNATORY)
OF_A_VILLAGE = frozenset({"village", "bumdes", "cooperative_kdmp"})  # kinds that are a village's own


# --- parsers ----------------------------------------------------------------------------------------------


def parse_year(text: str) -> int:
    typed = required(text, limit=10)
    if not (typed.isascii() and typed.isdigit() and 1990 <= int(typed) <= 2100):
        raise BadInput("year.form", marked("“{value}” bukan tahun. Tulis empat angka, misalnya 2026."), value=typed)
    return int(typed)


def parse_place(text: str) -> Region:
    """A regency, or a desa in it."""
    region = find_region(text)
    if region.level not in (2, 4) or region.kind == Region.Kind.KELURAHAN:
        raise BadInput(
            "place.kind",
            marked("{name} bukan kabupaten, kota, atau desa. Isi kode salah satunya."),
            name=region.name,
        )
    return region


def parse_share(text: str) -> int:
    """A percentage with at most two decimals, in hundredths of a percent."""
    share = money.parse_quantity(text.strip().removesuffix("%"))
    if share > 100:
        raise BadInput("share.large", marked("Bagian {value}% lebih dari 100%. Periksa angkanya."), value=share)
    return int(share * 100)


def parse_measure(text: str) -> Fraction:
    measure = Fraction(money.parse_quantity(text))
    if not 0 < measure < 10**12:
        raise BadInput(
            "measure.range", marked("Jumlah {value} tidak mungkin. Isi lebih dari 0."), value=text.strip()[:20]
        )
    return measure


def parse_partner(text: str) -> Partner:
    code = parse_code(text, 10)
    partner = Partner.objects.filter(code=code).first()
    if partner is None:
        raise BadInput(
            "partner.unknown",
            marked("Kode mitra {value} tidak terdaftar. Periksa kode pada halaman mitra."),
            value=code,
        )
    return partner


def parse_whole(text: str) -> int:
    typed = required(text, limit=20).removesuffix("%").strip()
    if not (typed.isascii() and typed.isdigit()):
        raise BadInput("number.form", marked("“{value}” bukan bilangan bulat. Tulis angka saja."), value=typed)
    return int(typed)


def parse_percent(text: str) -> int:
    percent = parse_whole(text)
    if percent > 100:
        raise BadInput("percent.large", marked("{value}% lebih dari 100%. Isi antara 0 dan 100."), value=percent)
    return percent


class Choice(forms.ChoiceField):
    """One of few, as radio buttons."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(**kwargs)


# --- villages ---------------------------------------------------------------------------------------------


class UpdateVillage(forms.Form):
    vision = TextField(label=_("Visi desa"), multiline=True, limit=1000)
    contact_name = NameField(label=_("Penanggung jawab kerja sama"))
    contact_office = TextField(label=_("Jabatannya"), limit=120, help_text=_("Contoh: Kaur Perencanaan"))
    budget_note = TextField(
        label=_("Kemampuan APB Desa untuk kerja sama"),
        help_text=_("Contoh: Dana Desa paling banyak Rp82.000.000 selama tiga tahun."),
        limit=300,
        required=False,
    )


class RecordAccount(forms.Form):
    holder_kind = Choice(label=_("Jenis rekening"), choices=VillageProfile.AccountHolder.choices)
    holder = NameField(label=_("Atas nama"), help_text=_("Contoh: Pemerintah Desa Pandanarum"))
    bank = TextField(label=_("Bank"), limit=80, help_text=_("Nomor rekening tidak disimpan."))
    reason = TextField(
        label=_("Alasan bila bukan rekening lembaga"),
        help_text=_("Aturan ini belum dipastikan kabupaten; alasan Anda dicatat dan tampak."),
        limit=300,
        required=False,
    )


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

    def __init__(self, *args: Any, village: Region, plan: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.village, self.plan = village, plan

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = PlanLine.objects.filter(
            village=self.village, plan=self.plan, year=given.get("year") or 0, reference=given.get("reference", "")
        )
        if known.exists():
            self.add_error("reference", gettext("Baris bernomor ini sudah dicatat untuk tahun itu."))
        return given


class RecordAsset(forms.Form):
    name = TextField(label=_("Nama aset"), limit=160, help_text=_("Contoh: Tanah kas desa blok Sawangan"))
    kind = Choice(label=_("Jenis"), choices=VillageAsset.Kind.choices)
    quantity = ParsedField(label=_("Jumlah"), parse=parse_measure, empty=None, help_text=_("Contoh: 1.250,5"))
    unit = TextField(label=_("Satuan"), limit=20, help_text=_("Contoh: m², unit, atau meter"))
    certificate = TextField(label=_("Nomor sertifikat atau bukti milik"), limit=120, required=False)
    recorded = forms.BooleanField(label=_("Tercatat dalam buku inventaris aset desa"), required=False)
    pledged = forms.BooleanField(label=_("Sedang dijaminkan atau dipakai pihak lain"), required=False)


# --- partners ---------------------------------------------------------------------------------------------


class FindPartner(forms.Form):
    q = TextField(label=_("Nama mitra"), required=False, limit=80)
    jenis = forms.ChoiceField(label=_("Jenis"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", gettext("Semua jenis")), *kind_choices()]  # type: ignore[attr-defined]


def kind_choices() -> list[tuple[str, str]]:
    return [(each.code, said(each.name)) for each in book().kinds.values()]


class ReadOn(forms.Form):
    """Where the last page of a list ended: in the address of the next one, never in a form that is sent again."""

    setelah = TextField(required=False, limit=10)


class RegisterPartner(forms.Form):
    """Seven questions; an eighth is asked only where the name is known already."""

    kind = forms.ChoiceField(label=_("Jenis lembaga"))
    name = NameField(label=_("Nama lembaga"), limit=160, help_text=_("Seperti pada akta, dengan PT, CV, atau Yayasan."))
    place = ParsedField(
        label=_("Kode wilayah kedudukan"),
        help_text=_("Kode kabupaten atau kota; kode desa bila berkantor di desa. Contoh: 33.04"),
        parse=parse_place,
        empty=None,
    )
    address = TextField(label=_("Alamat"), required=False)
    size = forms.ChoiceField(
        label=_("Ukuran usaha"), choices=[("", _("Bukan badan usaha")), *Partner.Size.choices], required=False
    )
    contact = TextField(label=_("Telepon atau surel kantor"), limit=160, required=False)
    vision = TextField(label=_("Visi lembaga"), multiline=True, limit=1000, required=False)

    def __init__(self, *args: Any, same: Iterable[Partner] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        if same:  # the name is known already
            self.fields["declared_different"] = forms.BooleanField(
                label=_("Sudah saya periksa: ini lembaga lain"), required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        place, kind = given.get("place"), given.get("kind")
        if place and kind in OF_A_VILLAGE and place.level != 4:
            self.add_error("place", gettext("Lembaga jenis ini milik desa. Isi kode desanya."))
        if "declared_different" in self.fields and not given.get("declared_different"):
            self.add_error("name", gettext("Nama ini sudah terdaftar. Periksa daftarnya sebelum mendaftarkan lagi."))
        return given

    def asked(self) -> dict[str, Any]:
        """What the act is asked with."""
        given = dict(self.cleaned_data)
        place: Region = given.pop("place")
        in_village = place if place.level == 4 else None
        return {
            **given,
            "seat": Region.objects.get(pk=place.code[:5]) if in_village else place,
            "located_in_village": in_village,
            "village": in_village if given["kind"] in OF_A_VILLAGE else None,
        }


class AdmitPerson(forms.Form):
    """Who acts for the partner, as what, by which mandate, how long."""

    full_name = NameField(label=_("Nama lengkap"))
    username = ParsedField(
        label=_("Nama pengguna"), parse=parse_username, help_text=_("Contoh: wakil.tirta. Tidak bisa diganti.")
    )
    phone = PhoneField(label=_("Nomor telepon"), required=False)
    role = Choice(label=_("Sebagai"))
    mandate = TextField(label=_("Surat tugas atau surat kuasa"), limit=160, help_text=_("Nomor dan tanggalnya."))
    since = DateField(label=_("Berlaku sejak"))
    until = DateField(label=_("Sampai"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(each.key, gettext(each.name)) for each in PARTY_ROLES]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."))
        known = Person.objects.filter(username=given.get("username", ""))
        if known.exists():
            self.add_error("username", gettext("Nama pengguna ini sudah dipakai. Pilih yang lain."))
        if given.get("phone") and Person.objects.filter(phone=given["phone"]).exists():
            self.add_error("phone", gettext("Nomor telepon ini sudah dipakai orang lain. Periksa nomornya."))
        return given


class AddDocument(forms.Form):
    kind = forms.ChoiceField(label=_("Dokumen"))
    number = TextField(label=_("Nomor"), limit=80, help_text=_("Nomor identitas orang tidak ditulis di sini."))
    issuer = TextField(label=_("Diterbitkan oleh"), limit=120, required=False)
    dated = DateField(label=_("Tanggal"))
    expires_on = DateField(
        label=_("Berlaku sampai"), help_text=_("Kosongkan bila tidak tertulis pada dokumen."), required=False
    )
    file = SafeFileField(label=_("Berkas"), required=False)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(e.code, said(e.name)) for e in documents_for(kind)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        dated, expires_on = given.get("dated"), given.get("expires_on")
        if dated and expires_on and expires_on < dated:
            self.add_error("expires_on", gettext("Tanggal akhir mendahului tanggal dokumen. Periksa keduanya."))
        return given


def documents_for(kind: Kind) -> list[Document]:
    """What a partner of this kind can record: what it must show, and what its answers rest on."""
    asked = [each.document.code for each in book().documents_of(kind.code, REGISTER)]
    asked += [code for each in book().questions_of(kind.code, REGISTER) for code in each.evidence]
    return [book().documents[code] for code in dict.fromkeys(asked)]


class DeclareOwner(forms.Form):
    name = NameField(label=_("Nama orang"))
    capacity = Choice(label=_("Sebagai"), choices=Owner.Capacity.choices)
    share_bp = ParsedField(
        label=_("Bagian kepemilikan (%)"), parse=parse_share, empty=None, required=False, help_text=_("Contoh: 37,5")
    )
    political_tie = TextField(
        label=_("Jabatan politik atau hubungan dengan pejabat"), help_text=_("Tulis “tidak ada” bila tidak ada.")
    )


# --- due diligence ----------------------------------------------------------------------------------------


class StartVerification(forms.Form):
    region = ParsedField(
        label=_("Kode desa atau kabupaten pemeriksa"),
        help_text=_("Desa yang akan bekerja sama, atau kabupaten tempat mendaftar. Contoh: 33.04.19.2001"),
        parse=parse_place,
        empty=None,
    )


class DeclareFacts(forms.Form):
    """What the questions and documents depend on."""

    def __init__(self, *args: Any, facts: Iterable[Fact], held: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for fact in facts:
            self.fields[fact.code] = forms.BooleanField(
                label=said(fact.name), required=False, initial=held.get(fact.code, False)
            )


YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))
_TYPED = {"yes": True, "no": False}


class Answers(forms.Form):
    """A few questions of the book; each may stay open, and every "tidak" wants its reason."""

    def __init__(self, *args: Any, questions: Iterable[Question], answers: Any, reasons: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for each in self.questions:
            held = answers.get(each.code)
            self.fields[each.code] = _question_field(each, held)
            if each.type is Type.YES_NO:
                self.fields[self.reason(each)] = TextField(
                    label=gettext("Alasan bila tidak"), multiline=True, limit=500, required=False,
                    initial=reasons.get(each.code, ""), widget=forms.Textarea(attrs={"rows": 2}),
                )  # fmt: skip

    @staticmethod
    def reason(question: Question) -> str:
        return f"{question.code}-reason"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for each in self.questions:
            reason = given.get(self.reason(each), "")
            if each.type is Type.YES_NO and given.get(each.code) == "no" and len(reason) < REASON_LETTERS:
                self.add_error(
                    self.reason(each),
                    gettext("Tulis alasan paling sedikit %(n)d huruf untuk jawaban “tidak”.") % {"n": REASON_LETTERS},
                )
        return given

    def answers(self) -> dict[str, Any]:
        """By question; None where it was left open."""
        given = ((each, self.cleaned_data[each.code]) for each in self.questions)
        return {e.code: _TYPED.get(v) if e.type is Type.YES_NO else (v if v != "" else None) for e, v in given}

    def reasons(self) -> dict[str, str]:
        return {e.code: self.cleaned_data[self.reason(e)] for e in self.questions if e.type is Type.YES_NO}


def _question_field(question: Question, held: Any) -> forms.Field:
    label = said(question.ask)
    match question.type:
        case Type.YES_NO:
            shown = {True: "yes", False: "no"}.get(held, "")
            return Choice(label=label, choices=YES_NO, required=False, initial=shown)
        case Type.CHOICE:
            options = [(option, said(words)) for option, words in question.options]
            return Choice(label=label, choices=options, required=False, initial=held or "")
        case Type.PERCENT:
            return ParsedField(label=label, parse=parse_percent, empty=None, required=False, initial=held)
        case Type.NUMBER:
            unit = said(question.unit) if question.unit else ""
            return ParsedField(label=label, parse=parse_whole, empty=None, required=False, initial=held, help_text=unit)


def _of_whom_and_when(document: PartnerDocument) -> str:
    days = " – ".join(long_date(each) for each in (document.dated, document.expires_on) if each)
    return f"{document.issuer} · {days}" if document.issuer else days


class CheckEvidence(forms.Form):
    """A few documents; what is not marked stays for later."""

    MARKS = ((PartnerDocument.Check.CHECKED, _("Cocok")), (PartnerDocument.Check.DISPUTED, _("Tidak cocok")))

    def __init__(self, *args: Any, documents: Iterable[PartnerDocument], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for each in documents:
            name = said(book().documents[each.kind].name)
            self.fields[each.kind] = Choice(
                label=f"{name} · {each.number}", help_text=_of_whom_and_when(each), choices=self.MARKS, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            raise forms.ValidationError(gettext("Belum ada dokumen yang ditandai. Tandai paling sedikit satu."))
        return given

    def marks(self) -> dict[str, str]:
        return {kind: mark for kind, mark in self.cleaned_data.items() if mark}


class Reason(forms.Form):
    """One sentence that goes with an act."""

    reason = TextField(label=_("Alasan"), multiline=True, limit=300)


class Repair(forms.Form):
    note = TextField(label=_("Yang harus diperbaiki"), multiline=True, limit=1000)


class ReviewMatch(forms.Form):
    listing = forms.ModelChoiceField(
        label=_("Nama dalam daftar"),
        queryset=Listing.objects.none(),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": REQUIRED},
    )
    same = Choice(label=_("Apakah itu mitra ini?"), choices=(("yes", _("Ya, pihak yang sama")), ("no", _("Bukan"))))
    reason = TextField(label=_("Alasan"), multiline=True, limit=300)

    def __init__(self, *args: Any, listings: Iterable[Listing], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["listing"]
        field.queryset = Listing.objects.filter(pk__in=[each.pk for each in listings])
        field.label_from_instance = lambda each: f"{each.name} · {each.source}"


class ListParty(forms.Form):
    name = NameField(label=_("Nama lembaga"), limit=160)
    partner = ParsedField(
        label=_("Kode mitra"), help_text=_("Isi bila pasti lembaga yang sudah terdaftar di sini."),
        parse=parse_partner, empty=None, required=False,
    )  # fmt: skip
    source = TextField(
        label=_("Sumber"), limit=160, help_text=_("Contoh: Daftar hitam nasional, atau putusan kabupaten")
    )
    basis = TextField(label=_("Dasar"), help_text=_("Nomor dan tanggal keputusan."))
    since = DateField(label=_("Berlaku sejak"))
    until = DateField(label=_("Sampai"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("Tanggal akhir mendahului tanggal mulai. Periksa kedua tanggal."))
        return given
