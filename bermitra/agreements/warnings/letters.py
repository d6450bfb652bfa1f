"""What the paper of a warning says. Its facts are typed; what is owed, the time to cure and what follows are the agreement's."""

from __future__ import annotations

from datetime import date, timedelta

from bermitra.agreements.letters import LATER, office_of
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import Signers
from bermitra.agreements.queries.drafting import in_office
from bermitra.agreements.rules import ONE, OTHER
from bermitra.agreements.warnings import queries
from bermitra.agreements.warnings.ladder import Place
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.agreements.warnings.rules import NOTICE
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Copies,
    Document,
    Letterhead,
    Numbered,
    Opening,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Text,
    fill,
)
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.text import number_in_words
from bermitra.registry.letters import letterhead_of

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan belum ditarik."
LAST = "last"


def warning_paper(warning: WarningLetter, *, key: str, number: str, sent_on: date, sender: str) -> Prepared:
    """The letter, rendered for ``agreements.send_warning`` under the key of the request; ``sender`` is a person's code."""
    agreement = warning.agreement
    signing = in_office({warning.party: sender}, agreement.case, agreement.partner, sent_on)
    document = warning_document(warning, number=number, sent_on=sent_on, signing=signing)
    return prepare(
        document, key=key, about=about_of(warning), region=agreement.case.village_id, example=agreement.example
    )


def draft_document(warning: WarningLetter, today: date) -> Document:
    """The letter as it would read if it were sent today."""
    return warning_document(warning, number="", sent_on=today, signing={})


def warning_document(warning: WarningLetter, *, number: str, sent_on: date, signing: Signers) -> Document:
    agreement = warning.agreement
    words = queries.words_of(warning, queries.text_of(agreement))
    cure_by = sent_on + timedelta(days=warning.days)
    name = signing[warning.party][0].full_name if warning.party in signing else LATER
    sender = Slot("sender", (f"{office_of(warning.party, agreement, signing)},",), name)
    return Document(
        kind="warning",
        title=f"{warning.title}: {agreement.title}",
        dated=sent_on,
        author=_called(warning.party, agreement),
        letterhead=_head(warning.party, agreement),
        data={
            "warning": warning.code,
            "of": agreement.code,
            "rung": warning.rung,
            "number": number,
            "cure_by": "" if words.from_receipt else cure_by.isoformat(),
            "words": words.digest(warning),
        },
        blocks=(
            Opening(
                ", ".join(filter(None, (_seat(warning.party, agreement), long_date(sent_on)))),
                (("Nomor", number or LATER), ("Hal", fill("**{title}**", title=warning.title))),
                _addressee(OTHER[warning.party], agreement),
            ),
            _begins(warning, sent_on),
            Numbered(tuple(_point(each) for each in words.points), marks="number"),
            *_followed(warning),
            Paragraph(fill("Yang terjadi, tanggal {day}:", day=long_date(warning.happened_on)), keep=True),
            *_lines(warning.facts),
            Paragraph("Kami meminta Saudara:", keep=True),
            *_lines(warning.wanted),
            _until(warning, cure_by, from_receipt=words.from_receipt),
            *_agreed(warning, words),
            "Jawaban dan bukti perbaikan disampaikan lewat Bermitra, atau secara tertulis ke alamat kami. Jawaban Saudara "
            "dicatat bersama surat ini.",
            Signatures(groups=(("", (sender,)),)),
            Qr(CHECK),
            Copies(_copies(warning)),
        ),
    )


def _begins(warning: WarningLetter, sent_on: date) -> Text:
    agreement = warning.agreement
    made = f" tanggal {long_date(agreement.made_on)}" if agreement.made_on else ""
    numbers = [each for each in (agreement.village_number, agreement.partner_number) if each]
    says = (
        "kami memberitahukan dugaan pelanggaran atas ketentuan berikut:"
        if warning.rung == NOTICE
        else "kami memperingatkan bahwa ketentuan berikut belum dipenuhi:"
    )
    return fill(
        "Pada hari ini, {day} ({short}), berdasarkan Perjanjian Bersama {numbers}{made} tentang **{title}**, {says}",
        day=date_in_words(sent_on),
        short=f"{sent_on:%d-%m-%Y}",
        numbers=" dan ".join(f"Nomor {each}" for each in numbers),
        made=made,
        title=agreement.title,
        says=says,
    )


def _point(each: queries.Quoted) -> Text:
    """The article that says it as it reads now; else the row of the agreement."""
    said = f"{each.at.place}: “{each.at.words}”" if each.at.place else f"“{each.text.rstrip(' .;')}”"
    late = f", jatuh tempo {long_date(each.late_since)}" if each.late_since else ""
    linked = f"; akibat lalai: {each.sanction.rstrip(' .;')}" if each.sanction else ""
    return f"{said}{late}{linked}{f' ({each.sanction_at})' if each.sanction_at else ''}."


def _followed(warning: WarningLetter) -> tuple[Block, ...]:
    said: list[Block] = []
    before = warning.previous
    if before is not None and before.sent_on is not None and before.cure_by is not None:
        said.append(
            f"Surat ini melanjutkan {before.title} Nomor {before.number} tanggal {long_date(before.sent_on)}, yang "
            f"waktunya sampai {long_date(before.cure_by)}."
        )
    if warning.panel_minutes and warning.panel_on is not None:
        said.append(
            f"Panel menyatakan pelanggaran terbukti dalam Berita Acara Nomor {warning.panel_minutes} tanggal "
            f"{long_date(warning.panel_on)}."
        )
    return tuple(said)


def _until(warning: WarningLetter, cure_by: date, *, from_receipt: bool) -> Text:
    says = "Saudara berhak menjawab" if warning.rung == NOTICE else "Perbaikan kami tunggu"
    if from_receipt:  # nobody knows that day yet
        return fill(
            "{says} dalam waktu **{days} ({in_words}) hari** sejak surat ini diterima.",
            says=says, days=warning.days, in_words=number_in_words(warning.days),
        )  # fmt: skip
    return fill(
        "{says} paling lambat **{day}** ({short}), yaitu {days} ({in_words}) hari sejak surat ini dikirim.",
        says=says,
        day=date_in_words(cure_by),
        short=f"{cure_by:%d-%m-%Y}",
        days=warning.days,
        in_words=number_in_words(warning.days),
    )


def _agreed(warning: WarningLetter, words: queries.Words) -> tuple[Block, ...]:
    """On what this letter rests, and what the agreement says comes next: its own words."""
    said = []
    if words.rung.place:
        said.append(f"Surat ini didasarkan pada {_quote(words.rung)}.")
    if words.after.place:
        if_not = (
            "Jika terbukti dan belum diperbaiki" if warning.rung == NOTICE else "Jika sampai hari itu belum diperbaiki"
        )
        said.append(f"{if_not}, berlaku {_quote(words.after)}.")
    return tuple(said)


def _quote(at: Place) -> str:
    return f"{at.place}: “{at.words.rstrip(' .;:')}”"


def _lines(typed: str) -> list[Block]:
    return [Paragraph(line.strip(), indent=True) for line in typed.splitlines() if line.strip()]


# The two sides -------------------------------------------------------------------------------------------------------
def _called(party: str, agreement: Agreement) -> str:
    if party != ONE:
        return agreement.partner.name
    return f"Pemerintah {local_words(agreement.case.village_id)['village']} {agreement.case.village.name}"


def _seat(party: str, agreement: Agreement) -> str:
    """Where a side writes from, as far as it is known."""
    if party == ONE:
        return agreement.case.village.name
    return agreement.partner.seat.name if agreement.partner.seat else ""


def _head(party: str, agreement: Agreement) -> Letterhead:
    if party == ONE:
        return letterhead_of(agreement.case.village, local_words(agreement.case.village_id))
    return Letterhead((agreement.partner.name.upper(),), _address(agreement))


def _address(agreement: Agreement) -> str:
    """Where letters reach the partner, as far as it is known."""
    return agreement.partner.address or _seat(OTHER[ONE], agreement)


def _addressee(party: str, agreement: Agreement) -> tuple[Text, ...]:
    if party != ONE:
        return ("Yth. Pimpinan", agreement.partner.name, f"di {_address(agreement) or 'tempat'}")
    district = agreement.case.village.parent
    return (f"Yth. {office_of(ONE, agreement, {})}", f"Kecamatan {district.name}" if district else "di tempat")


def _copies(warning: WarningLetter) -> tuple[Text, ...]:
    """The BPD always; the Camat of the last one."""
    village, words = warning.agreement.case.village, local_words(warning.agreement.case.village_id)
    camat = (f"Camat {village.parent.name}",) if warning.rung == LAST and village.parent else ()
    return (f"{words['council']} {village.name}", *camat)
