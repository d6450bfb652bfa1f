"""What the paper of a hand-over says: Berita Acara Serah Terima Jabatan, signed by both and by a witness above them."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Letterhead,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Title,
    fill,
)
from bermitra.foundation.duties.queries import holders
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.people.queries import Passing, passing
from bermitra.foundation.regions.models import Region

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa berita acara ini asli."
KIND = "hand_over"


def hand_over_paper(
    predecessor: Appointment, successor: Appointment, *, key: str, dated: date, note: str = ""
) -> Prepared:
    """Rendered for ``accounts.hand_over`` under the key of the request."""
    document = hand_over_document(predecessor, successor, passing(predecessor), dated=dated, note=note)
    region = predecessor.region_id or ""
    return prepare(document, key=key, about=about_of(predecessor), region=region, example=predecessor.person.example)


def hand_over_document(
    predecessor: Appointment, successor: Appointment, lines: list[Passing], *, dated: date, note: str
) -> Document:
    place = predecessor.region
    office = called(predecessor)
    where = place_of(place)
    return Document(
        kind=KIND,
        title=f"Berita Acara Serah Terima Jabatan {office}",
        dated=dated,
        author=where,
        letterhead=letterhead(place),
        blocks=(
            Title(("BERITA ACARA", "SERAH TERIMA JABATAN", office.upper())),
            fill(
                "Pada hari ini, {day}, bertempat di {where}, yang bertanda tangan di bawah ini menyatakan serah terima "
                "jabatan {office}.",
                day=date_in_words(dated),
                where=where,
                office=office,
            ),
            Facts(
                (
                    ("Yang menyerahkan", predecessor.person.full_name),
                    ("Surat keputusan", f"{predecessor.decree}, sampai {long_date(predecessor.until)}"),
                    ("Yang menerima", successor.person.full_name),
                    ("Surat keputusan", f"{successor.decree}, mulai {long_date(successor.since)}"),
                )
            ),
            Heading("Yang diserahkan"),
            *_list(lines),
            *((Heading("Catatan"), Paragraph(note)) if note else ()),
            Paragraph(
                "Perbuatan yang sudah dilakukan tetap tercatat atas nama pelakunya. Sejak tanggal ini tugas jabatan "
                "menjadi tanggung jawab yang menerima."
            ),
            _signatures(predecessor, successor, dated),
            Qr(CHECK),
        ),
    )


def _list(lines: list[Passing]) -> tuple[Block, ...]:
    rows = [(str(number), each.says, str(each.count)) for number, each in enumerate(lines, start=1)]
    columns = (Column("No.", 0.1), Column("Hal", 0.7), Column("Jumlah", 0.2, "right"))
    return (Table(columns, rows, caption="Pekerjaan dan berkas yang terbuka"),)


def _signatures(predecessor: Appointment, successor: Appointment, dated: date) -> Signatures:
    gives = Slot("gives", ("Yang menyerahkan,",), predecessor.person.full_name)
    takes = Slot("takes", ("Yang menerima,",), successor.person.full_name)
    above = _witness(predecessor, dated)
    groups: list[tuple[str, tuple[Slot, ...]]] = [("", (gives, takes))]
    if above is not None:
        groups.append(("", (Slot("knows", ("Mengetahui,", f"{called(above)},"), above.person.full_name),)))
    where = predecessor.region.name if predecessor.region else ""
    return Signatures(place_and_date=(f"{where}, {long_date(dated)}",), groups=tuple(groups))


def _witness(appointment: Appointment, day: date) -> Appointment | None:
    """The nearest of those who give this office, in office on the day of the hand-over, as a witness."""
    for role in appointment.office.given_by:
        if role != roles.PARTNER_SIGNATORY.key:
            found = holders(role, appointment.region_id or "", "", day)
            above = found.exclude(person=appointment.person_id).select_related("region").order_by("-since").first()
            if above is not None:
                return above
    return None


def called(appointment: Appointment) -> str:
    """The office on paper, in Indonesian whatever the reader's language."""
    name = appointment.title or appointment.office.name
    return f"Penjabat {name}" if appointment.acting else name


def place_of(region: Region | None) -> str:
    if region is None:
        return ""
    if region.level == 4:
        return f"{local_words(region.pk)['village']} {region.name}"
    return f"Kecamatan {region.name}" if region.level == 3 else region.name


def letterhead(region: Region | None) -> Letterhead:
    """From the regency down to the place of the office."""
    if region is None:
        return Letterhead(("PEMERINTAH",))
    above = {2: "PEMERINTAH {}", 3: "KECAMATAN {}"}
    lines = []
    walk: Region | None = Region.objects.select_related("parent__parent").get(pk=region.pk)
    while walk is not None and walk.level >= 2:
        words = place_of(walk) if walk.level == 4 else above[walk.level].format(walk.name)
        lines.append(words.upper())
        walk = walk.parent
    return Letterhead(tuple(reversed(lines)))
