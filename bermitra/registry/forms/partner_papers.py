"""The shape of what a partner lays down and declares: documents, owners, who acts for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.forms import parse_username
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.documents.forms import SafeFileField
from bermitra.foundation.fields import REQUIRED, DateField, NameField, ParsedField, PhoneField, TextField, TickField
from bermitra.registry.due_diligence.book import REGISTER, Document, Kind, book
from bermitra.registry.forms.common import Choice, parse_share
from bermitra.registry.models import Owner
from bermitra.registry.queries.words import said

PARTY_ROLES = (roles.PARTNER_REP, roles.PARTNER_SIGNATORY)
FEWEST_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 40


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


class DeclareOwners(forms.Form):
    """Everybody at once, a block of four questions for each; a block that is left empty is left out."""

    PARTS = ("name", "capacity", "share_bp", "political_tie")

    def __init__(self, *args: Any, rows: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = range(1, max(FEWEST_ROWS, min(rows, MOST_ROWS)) + 1)
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=len(self.numbers))
        begun = [number for number in self.numbers if self._begun(number)] or [1]
        for number in self.numbers:
            self._ask(number, required=number in begun)

    def _begun(self, number: int) -> bool:
        given = self.data if self.is_bound else self.initial
        return any(str(given.get(f"{part}_{number}", "")).strip() for part in self.PARTS)

    def _ask(self, number: int, *, required: bool) -> None:
        who = {"n": number}
        self.fields[f"name_{number}"] = NameField(label=gettext("Nama orang %(n)d") % who, required=required)
        self.fields[f"capacity_{number}"] = forms.ChoiceField(
            label=gettext("Orang %(n)d sebagai") % who, choices=[("", "–"), *Owner.Capacity.choices], required=required,
            error_messages={"required": REQUIRED},
        )  # fmt: skip
        self.fields[f"share_bp_{number}"] = ParsedField(
            label=gettext("Bagian kepemilikan orang %(n)d (%%)") % who, parse=parse_share, empty=None, required=False,
            help_text=_("Contoh: 37,5. Kosongkan bila bukan pemilik."),
        )  # fmt: skip
        self.fields[f"political_tie_{number}"] = TextField(
            label=gettext("Jabatan politik atau hubungan dengan pejabat, orang %(n)d") % who, required=required,
            help_text=_("Tulis “tidak ada” bila tidak ada."),
        )  # fmt: skip

    @property
    def blocks(self) -> list[tuple[int, list[tuple[forms.BoundField, str]]]]:
        """The questions of each person with their short labels: whom they are about stands above them."""
        short = (
            gettext("Nama"),
            gettext("Sebagai"),
            gettext("Bagian kepemilikan (%)"),
            gettext("Jabatan politik atau hubungan dengan pejabat"),
        )
        return [
            (number, [(self[f"{part}_{number}"], label) for part, label in zip(self.PARTS, short, strict=True)])
            for number in self.numbers
        ]

    @staticmethod
    def of(owners: list[Owner]) -> dict[str, Any]:
        """What was declared last, as it is asked again."""
        return {
            f"{part}_{number}": value
            for number, owner in enumerate(owners, 1)
            for part, value in {
                "name": owner.name,
                "capacity": owner.capacity,
                "share_bp": f"{owner.percent.normalize():f}".replace(".", ",") if owner.percent is not None else "",
                "political_tie": owner.political_tie,
            }.items()
        }

    def owners(self) -> list[dict[str, Any]]:
        """What the act is asked with."""
        asked = [{part: self.cleaned_data[f"{part}_{number}"] for part in self.PARTS} for number in self.numbers]
        return [each for each in asked if each["name"]]


class AcceptRequest(AdmitPerson):
    """Who asked is known already: only the account and the mandate are typed."""

    def __init__(self, *args: Any, near: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for known in ("full_name", "phone"):
            del self.fields[known]
        if near:
            self.fields["declared_different"] = TickField(
                label=_("Sudah saya periksa: ini lembaga lain"), required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "declared_different" in self.fields and not given.get("declared_different"):
            self.add_error("declared_different", gettext("Periksa daftar nama mirip, lalu nyatakan lembaga lain."))
        return given
