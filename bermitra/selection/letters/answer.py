"""The written answer of a village to a partner that had offered of its own accord, as the letter that is sent."""

from __future__ import annotations

from bermitra.foundation.calendar import long_date
from bermitra.foundation.documents.model import (
    Copies,
    Document,
    Opening,
    Paragraph,
    Signatures,
    Size,
    Text,
    fill,
)
from bermitra.selection.letters.common import (
    day_of,
    head_of_paper,
    in_indonesian,
    lines_of,
    said,
    signed_by_head,
    village_of,
    words_of,
)
from bermitra.selection.models import WrittenAnswer


@in_indonesian
def answer_letter(answer: WrittenAnswer, size: Size) -> Document:
    case, words = answer.case, words_of(answer.case)
    dated = day_of(case, answer.at)
    partner = case.partner.name if case.partner else ""
    district = case.village.parent
    copies: tuple[Text, ...] = (
        f"{words['council']} {case.village.name}",
        *((f"Camat {district.name}",) if district else ()),
    )
    return Document(
        kind="written_answer",
        title=f"Jawaban tertulis kepada {partner}: {said(case.title)}",
        dated=dated,
        author=f"Pemerintah {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        data={"case": case.code, "letter": answer.letter_number, "minutes": answer.minutes_number},
        blocks=(
            Opening(
                fill("{place}, {day}", place=case.village.name, day=long_date(dated)),
                (("Nomor", answer.letter_number), ("Hal", "Jawaban atas usulan kerja sama")),
                ("Yth. Pimpinan", partner, "di tempat"),
            ),
            fill(
                "Usulan Saudara tentang **{title}** telah dibahas dalam {meeting} {place} dengan Berita Acara Nomor "
                "{minutes}. Berdasarkan hasil itu kami menjawab:",
                title=said(case.title),
                meeting=words["meeting"],
                place=case.village.name,
                minutes=answer.minutes_number,
            ),
            *(Paragraph(line, indent=True) for line in lines_of(answer.text)),
            "Demikian jawaban ini kami sampaikan. Atas perhatian Saudara kami ucapkan terima kasih.",
            Signatures(groups=(signed_by_head(case, dated),)),
            Copies(copies),
        ),
    )
