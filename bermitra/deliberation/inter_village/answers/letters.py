"""What the letter of an asked village says. Papers are Indonesian."""

from __future__ import annotations

from datetime import date

from bermitra.deliberation.inter_village.answers.queries import letter_data
from bermitra.deliberation.inter_village.letters import signed_by_head
from bermitra.deliberation.inter_village.queries import Answer
from bermitra.deliberation.letters import CHECK, delegates_table
from bermitra.deliberation.models import JointAnswer, JointPlace
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import Block, Copies, Document, Facts, Heading, Opening, Qr, Text, fill
from bermitra.foundation.norms.queries import local_words
from bermitra.registry.letters import letterhead_of

IN_WORDS = {
    JointAnswer.Kind.AGREE: "SETUJU",
    JointAnswer.Kind.WITH_NOTES: "SETUJU DENGAN CATATAN",
    JointAnswer.Kind.DECLINE: "TIDAK SETUJU",
}


def answer_paper(said: Answer, *, key: str, kind: str, number: str, notes: str, dated: date) -> Prepared:
    """The letter, rendered for ``deliberation.answer_joint_offer`` under the request's key."""
    document = answer_letter(said, kind=kind, number=number, notes=notes, dated=dated)
    place = said.place
    return prepare(document, key=key, about=about_of(place), region=place.village_id, example=place.offer.example)


def answer_letter(said: Answer, *, kind: str, number: str, notes: str, dated: date) -> Document:
    """Of a village whose Musyawarah has decided."""
    place, offer, decided = said.place, said.place.offer, said.decided
    if decided is None:
        raise ValueError("nothing is decided")
    words = local_words(place.village_id)
    village, to = f"{words['village']} {place.village.name}", f"{words['village']} {offer.village.name}"
    district = offer.village.parent.name if offer.village.parent else ""
    minutes = f"Berita Acara Nomor {decided.minutes_number}"
    if decided.minutes_on is not None:
        minutes += f" tanggal {long_date(decided.minutes_on)}"
    return Document(
        kind="joint_answer_letter",
        title=f"Jawaban {village} atas penawaran kerja sama antar-Desa: {offer.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(place.village, words),
        data=letter_data(said, kind=kind, number=number, dated=dated, notes=notes),
        blocks=(
            Opening(
                fill("{place}, {day}", place=place.village.name, day=long_date(dated)),
                (("Nomor", number), ("Hal", "Jawaban atas Penawaran Kerja Sama antar-Desa")),
                (f"Yth. {words['head']} {offer.village.name}", f"Kecamatan {district}" if district else "di tempat"),
            ),
            fill(
                "Menunjuk {letter} tentang **{title}**, setelah penawaran itu disampaikan kepada {council} dan dibahas dalam "
                "{meeting} kami tanggal {held} ({minutes}), dengan ini kami menyatakan **{answer}** atas penawaran {to}.",
                letter=_referred(place),
                title=offer.title,
                council=words["council"],
                meeting=words["meeting"],
                held=long_date(decided.held_on),
                minutes=minutes,
                answer=IN_WORDS[JointAnswer.Kind(kind)],
                to=to,
            ),
            *_notes(kind, notes, decided.conditions),
            *_delegates(said, kind),
            Facts((("Sidik naskah", offer.text_hash[:16]),)),
            signed_by_head(place.village, words, dated),
            Copies(_copies(place, words)),
            Qr(CHECK),
        ),
    )


def _referred(place: JointPlace) -> str:
    """The letter that is answered; a text that was worded together since came out of their Musyawarah antar-Desa."""
    offer = place.offer
    number = f"surat Saudara Nomor {place.letter_number or offer.letter_number}"
    changed = offer.meetings.filter(state="signed").order_by("-signed_on", "-pk").first()
    if offer.edition > 1 and changed is not None and place.asked_on is None:
        return f"{number} dan naskah yang diubah dalam Musyawarah antar-Desa tanggal {long_date(changed.held_on)}"
    day = place.asked_on or offer.sent_on
    return f"{number} tanggal {long_date(day)}" if day is not None else number


def _notes(kind: str, notes: str, conditions: str) -> tuple[Block, ...]:
    if kind == JointAnswer.Kind.DECLINE:
        return (fill("Alasan: {said}", said=notes),) if notes else ()
    if not notes:
        return ()
    minuted = (fill("Syarat menurut berita acara: {said}", said=conditions),) if conditions != notes else ()
    told = "Catatan ini menjadi pokok pertama dalam Musyawarah antar-Desa."
    return Heading("Catatan"), notes, *minuted, told


def _delegates(said: Answer, kind: str) -> tuple[Block, ...]:
    if kind == JointAnswer.Kind.DECLINE or not said.delegates:
        return ()
    listed = delegates_table((e.name, e.sex, e.element) for e in said.delegates)
    return Heading("Utusan kami dalam Musyawarah antar-Desa"), listed


def _copies(place: JointPlace, words: dict[str, str]) -> tuple[Text, ...]:
    regions = (place.village, place.offer.village)
    districts = dict.fromkeys(each.parent.name for each in regions if each.parent)
    return (f"{words['council']} {place.village.name}", *(f"Camat {name}" for name in districts))
