"""Everything that is held about a person, in one archive that the person takes along: for reading and for machines."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from bermitra.foundation.accounts.models import AccessLetter, Person, Token
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.messages.queries import said_to
from bermitra.foundation.personal.breaches import told_to
from bermitra.foundation.personal.models import ErasureRequest, Kind, PersonalValue
from bermitra.foundation.personal.queries import consents_of, looks_at, offices_of_a_life

FORMAT = "bermitra-data-saya/1"
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}
STYLE = Path(__file__).with_name("export.css")


def bundle(person: Person, now: datetime) -> bytes:
    """The archive: ``data-saya.html`` to read, ``data-saya.json`` to take elsewhere, the picture as it was given."""
    values = list(PersonalValue.objects.filter(key__person=person).select_related("key"))
    data = gathered(person, values, now)
    pictures = [each for each in values if each.kind == Kind.IDENTITY_SCAN]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data-saya.html", render_to_string("personal/bundle.html", {"data": data, "now": now}))
        archive.writestr("tampilan.css", STYLE.read_text(encoding="utf-8"))
        archive.writestr("data-saya.json", json.dumps(data, indent=1, ensure_ascii=False))
        for each in pictures:
            archive.writestr(picture_name(each), each.opened())
    return out.getvalue()


def gathered(person: Person, values: list[PersonalValue], now: datetime) -> dict[str, Any]:
    """Plain values by Indonesian names: whoever gets the file reads what each is."""
    return {
        "format": FORMAT,
        "dibuat": _moment(now),
        "profil": {
            "kode": person.code,
            "nama_lengkap": person.full_name,
            "nama_pengguna": person.username,
            "telepon": person.phone,
            "surel": person.email,
            "wilayah": person.region.name if person.region is not None else "",
            "terdaftar": _moment(person.created_at),
            "terakhir_masuk": _moment(person.last_login),
        },
        "jabatan": [
            {
                "jabatan": each.title or gettext(each.office.name),
                "tempat": each.region.name if each.region is not None else each.party,
                "surat_keputusan": each.decree,
                "mulai": each.since.isoformat(),
                "berakhir": each.until.isoformat(),
                "keadaan": str(each.get_state_display()),
            }
            for each in offices_of_a_life(person)
        ],
        "data_terkunci": [
            {
                "jenis": str(each.get_kind_display()),
                "isi": picture_name(each) if each.kind == Kind.IDENTITY_SCAN else each.opened().decode(),
                "untuk": str(each.get_purpose_display()),
                "dasar": str(each.get_basis_display()),
                "disimpan": _moment(each.kept_at),
            }
            for each in values
        ],
        "yang_melihat": [
            {
                "siapa": f"{each.by.full_name}, {gettext(each.office.name)}",
                "data": str(each.get_kind_display()),
                "alasan": each.reason,
                "kapan": _moment(each.at),
                "tindakan": each.act,
            }
            for each in looks_at(person)
        ],
        "izin": [
            {
                "untuk": str(each.get_purpose_display()),
                "diberikan": _moment(each.given_at),
                "ditarik": _moment(each.withdrawn_at),
                "dihentikan": _moment(each.stopped_at),
            }
            for each in consents_of(person)
        ],
        "surat_akses": [
            {
                "kode_surat": each.code,
                "sebab": str(each.get_reason_display()),
                "dibuat": _moment(each.issued_at),
                "dipakai": _moment(each.used_at),
            }
            for each in AccessLetter.objects.filter(person=person).order_by("-issued_at", "-pk")
        ],
        "kunci_program": [
            {
                "nama": each.name,
                "dibuat": _moment(each.made_at),
                "sampai": each.until.isoformat(),
                "dipakai": _moment(each.used_at),
                "dicabut": _moment(each.withdrawn_at),
            }
            for each in Token.objects.filter(person=person).order_by("-made_at", "-pk")
        ],
        "permintaan_penghapusan": [
            {"diminta": _moment(each.asked_at), "dibatalkan": _moment(each.withdrawn_at)}
            for each in ErasureRequest.objects.filter(person=person).order_by("-asked_at")
        ],
        "kebocoran": [
            {
                "diberitahukan": _moment(each.told_at),
                "data": each.leaked,
                "kejadian": each.happened,
                "penanganan": each.measures,
            }
            for each in told_to(person)
        ],
        "kabar": [
            {"isi": each.sentence, "kapan": _moment(each.created_at)}
            for each in Notice.objects.filter(said_to(person)).order_by("-pk")
        ],
        "jurnal": [
            {"baris": seq, "kapan": _moment(at), "tindakan": act, "pintu": door, "hal": verb, "tentang": about}
            for seq, at, act, door, verb, about in Event.objects.filter(actor=person.code)
            .order_by("-seq")
            .values_list("seq", "at", "act", "door", "verb", "about")
        ],
    }


def picture_name(value: PersonalValue) -> str:
    return f"foto-ktp{ENDINGS.get(value.media_type, '')}"


def _moment(at: datetime | None) -> str:
    """Local time, as the person reads it on a clock."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at is not None else ""
