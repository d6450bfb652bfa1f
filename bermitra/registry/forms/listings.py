"""The shape of a watch-list entry, of a table of them, and of looking at a match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.fields import REQUIRED, DateField, NameField, ParsedField, TextField
from bermitra.foundation.regions.workbooks import Column, Sheet, TableField, Wrong
from bermitra.foundation.text import _ as marked
from bermitra.registry.forms.common import Choice, parse_partner
from bermitra.registry.models import Listing
from bermitra.registry.queries.matches import Match


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

    def __init__(self, *args: Any, matches: Iterable[Match], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["listing"]
        by_key = {each.listing.pk: each for each in matches}
        field.queryset = Listing.objects.filter(pk__in=by_key)
        field.label_from_instance = lambda each: f"{each.name} · {each.source} · {alike(by_key[each.pk])}"


def alike(match: Match) -> str:
    """How near the two names are, and whether the form is another one."""
    words = gettext("kemiripan nama %(n)d%%") % {"n": match.likeness}
    return words if match.same_form else words + ", " + gettext("bentuk badan berbeda")


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


COLUMNS = (
    Column("nama", "PT Contoh Lama", True, marked("Nama lembaga seperti pada putusan.")),
    Column("sumber", "Daftar hitam nasional", True, marked("Siapa yang mencatatnya.")),
    Column("dasar", "Keputusan 12/2026", True, marked("Nomor dan tanggal keputusan.")),
    Column("sejak", "15/01/2026", True, marked("Hari pertama berlaku, tanggal lebih dahulu.")),
    Column("sampai", "15/01/2028", False, marked("Hari terakhir berlaku.")),
)
_FIELDS = {"nama": "name", "sumber": "source", "dasar": "basis", "sejak": "since", "sampai": "until"}


class ImportListings(forms.Form):
    table = TableField(label=_("Tabel pihak yang dicatat"), columns=COLUMNS)


def read_rows(sheet: Sheet) -> tuple[list[dict[str, Any]], list[Wrong]]:
    """Every row as if it had been typed into the form of one party: what is good, and what is to be mended."""
    good, wrong = [], []
    for number, cells in sheet.rows:
        form = ListParty({_FIELDS[column]: cell for column, cell in cells.items()})
        if form.is_valid():
            good.append({field: form.cleaned_data[field] for field in _FIELDS.values()})
            continue
        columns = {field: column for column, field in _FIELDS.items()}
        found = [(columns.get(field, ""), " ".join(map(str, said))) for field, said in form.errors.items()]
        wrong.append(Wrong(number, cells, [(column, f"{column}: {said}") for column, said in found]))
    return good, wrong
