"""What the paper of an addendum says: which articles read how from now on, under whose numbers, and what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bermitra.agreements import text
from bermitra.agreements.chains.rules import LEVELS
from bermitra.agreements.changing import queries as changing
from bermitra.agreements.changing.models import Amendment
from bermitra.agreements.letters import (
    CHECK,
    LATER,
    joined,
    parties_of,
    signing_slot,
)
from bermitra.agreements.models import SIGNATURE_FIELDS, Agreement
from bermitra.agreements.queries import Signers
from bermitra.agreements.rules import ONE, TWO
from bermitra.agreements.rules.signing import WET_WITNESSES
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Article,
    Block,
    Clause,
    Column,
    Document,
    Numbered,
    Paragraph,
    Qr,
    Signatures,
    Table,
    Title,
    fill,
)
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.text import number_in_words
from bermitra.registry.letters import letterhead_of

COMPARED = (Column("Tempat", 1), Column("Semula", 2), Column("Menjadi", 2))


def addendum_paper(
    amendment: Amendment, *, key: str, made_on: date, place: str, village_number: str, partner_number: str
) -> Prepared:
    """The addendum, rendered for ``agreements.lock_amendment`` under the key of the request."""
    signing = changing.signers_of(amendment, made_on)
    numbers = (village_number, partner_number)
    document = addendum_document(amendment, made_on=made_on, place=place, numbers=numbers, signing=signing)
    agreement = amendment.agreement
    return prepare(
        document, key=key, about=about_of(amendment), region=agreement.case.village_id, example=agreement.example,
        to_sign=tuple(SIGNATURE_FIELDS.values()),
    )  # fmt: skip


def addendum_document(
    amendment: Amendment, *, made_on: date, place: str, numbers: tuple[str, str], signing: Signers
) -> Document:
    """The whole paper; with nobody to sign yet it is a draft with empty lines."""
    agreement, bound = amendment.agreement, changing.as_bound(amendment)
    _before, setting = changing.settings_of(agreement, amendment.new_partner)
    words = local_words(agreement.case.village_id)
    village = f"{words['village']} {setting.village}"
    nth, level = _nth(amendment), LEVELS[text.level(amendment.content)]
    return Document(
        kind="addendum",
        title=f"Adendum {nth} {level} {village} dan {setting.partner} tentang {agreement.title}",
        dated=made_on,
        author=f"Pemerintah {village}",
        initials=tuple(text.PARTY_NAMES.values()),
        letterhead=letterhead_of(agreement.case.village, words),
        data={
            "text_hash": amendment.text_hash,
            "addendum": amendment.number,
            "of": agreement.code,
            "numbers": list(numbers),
            "made_on": made_on.isoformat(),
            "place": place,
            "changes": amendment.changes,
            "topics": amendment.content["topics"],
            "annexes": amendment.content["annexes"],
        },
        blocks=addendum_blocks(
            bound,
            setting,
            words,
            signing,
            names=(f"Adendum {nth}", level, "Perjanjian Bersama"),
            title=agreement.title,
            made_on=made_on,
            place=place,
            numbers=numbers,
            premises=_premises(amendment, setting, words),
            articles=_articles(amendment, setting),
            comparison=_comparison(amendment),
        ),
    )


def addendum_blocks(
    bound: Agreement,
    setting: text.Setting,
    words: dict[str, str],
    signing: Signers,
    *,
    names: tuple[str, str, str],
    title: str,
    made_on: date,
    place: str,
    numbers: tuple[str, str],
    premises: list[str],
    articles: Sequence[Block],
    comparison: Sequence[Block],
) -> tuple[Block, ...]:
    """From the heading to the annex: what every addendum has around its own premises, articles and comparison.

    ``names``: of the addendum, of what it changes in the heading, and in its sentences.
    """
    addendum, level, agreement = names
    return (
        Title(
            (
                addendum.upper(),
                level.upper(),
                "ANTARA",
                f"PEMERINTAH {words['village'].upper()} {setting.village.upper()}",
                "DENGAN",
                setting.partner.upper(),
            ),
            (("Nomor", numbers[0] or LATER), ("Nomor", numbers[1] or LATER)),
            title.upper(),
        ),
        fill(
            "Pada hari ini, {day} ({short}), bertempat di {place}, kami yang bertanda tangan di bawah ini:",
            day=date_in_words(made_on),
            short=f"{made_on:%d-%m-%Y}",
            place=place,
        ),
        parties_of(bound, setting, words, signing),
        "PIHAK KESATU dan PIHAK KEDUA secara bersama-sama disebut PARA PIHAK.",
        Paragraph("PARA PIHAK terlebih dahulu menerangkan:", keep=True),
        Numbered(tuple(joined(premises)), marks="letter"),
        f"Berdasarkan hal tersebut, PARA PIHAK sepakat mengubah {agreement} dengan ketentuan sebagai berikut:",
        *articles,
        Signatures(
            lead=(f"Demikian {addendum} ini dibuat dan ditandatangani PARA PIHAK.",),
            witnesses=WET_WITNESSES,
            groups=(("", tuple(signing_slot(party, bound, setting, words, signing) for party in (TWO, ONE))),),
        ),
        Annex(
            "PERBANDINGAN NASKAH",
            (*comparison, Qr(CHECK)),  # not behind the signatures, where it would stand alone on a page
            lines=(f"Adendum Nomor {numbers[0] or LATER}",),
        ),
    )


def draft_document(amendment: Amendment, today: date) -> Document:
    """The addendum as it stands, to read and print while it is talked about."""
    return addendum_document(amendment, made_on=today, place=LATER, numbers=("", ""), signing={})


def _nth(amendment: Amendment) -> str:
    """Kesatu, Kedua, … by the addenda that hold before it."""
    before = [each.pk for each in changing.in_force(amendment.agreement)]
    place = 1 + (before.index(amendment.pk) if amendment.pk in before else len(before))
    return "Kesatu" if place == 1 else f"Ke{number_in_words(place)}"


def _premises(amendment: Amendment, setting: text.Setting, words: dict[str, str]) -> list[str]:
    agreement = amendment.agreement
    made = f" tanggal {long_date(agreement.made_on)}" if agreement.made_on else ""
    said = [
        f"bahwa {words['village']} {setting.village} dan {agreement.partner.name} telah mengikat Perjanjian Bersama Nomor "
        f"{agreement.village_number or LATER} dan Nomor {agreement.partner_number or LATER}{made}",
        *(
            f"bahwa Perjanjian Bersama itu telah diubah dengan Adendum Nomor {each.village_number} dan Nomor "
            f"{each.partner_number}"
            for each in changing.in_force(agreement)
            if each.pk != amendment.pk
        ),
        f"bahwa perubahan diperlukan karena: {amendment.reason.rstrip(' .;')}",
    ]
    if amendment.new_partner is not None:
        said.append(
            f"bahwa {amendment.new_partner.name} menggantikan {agreement.partner.name} dan menerima semua hak dan "
            "kewajibannya menurut Perjanjian Bersama"
        )
    decided = decision_on(amendment.code)
    if decided is not None and decided.agreed:
        said.append(
            f"bahwa {words['meeting']} {setting.village} pada tanggal {long_date(decided.held_on)}, yang dihadiri "
            f"{decided.present} orang, telah menyepakati perubahan ini sebagaimana Berita Acara Nomor "
            f"{decided.minutes_number}"
        )
    evaluation = changing.last_evaluation(agreement)
    if amendment.kind == "renewal" and evaluation is not None:
        said.append(
            f"bahwa hasil kerja sama telah dievaluasi pada tanggal {long_date(evaluation.held_on)} bersama "
            f"{evaluation.together_with.rstrip(' .;')}"
        )
    return said


def _articles(amendment: Amendment, setting: text.Setting) -> list[Block]:
    """What changes, point by point, each article as it reads from now on; then what stays."""
    numbers = changing.quoted(amendment)
    changed = [
        change["what"].removeprefix("clause:") for change in amendment.changes if change["what"].startswith("clause:")
    ]
    was = {code for code, _number in changing.holding(amendment.agreement).numbers}
    now = {each["code"]: each for each in amendment.clauses}
    points: list[tuple[str, list[Block]]] = []
    for code in changed:
        quoted = numbers.get(code, "Pasal")
        if code not in now:
            points.append((f"{quoted} dihapus.", []))
            continue
        says = "diubah sehingga berbunyi sebagai berikut" if code in was else "disisipkan dan berbunyi sebagai berikut"
        points.append((f"{quoted} tentang {now[code]['title']} {says}:", _quoted(quoted, now[code])))
    annexes = [
        change["what"].removeprefix("annex:") for change in amendment.changes if change["what"].startswith("annex:")
    ]
    points += [
        (f"Lampiran {text.ANNEXES[kind][0]} diganti dengan baris yang tercantum pada perbandingan naskah.", [])
        for kind in annexes
    ]
    if not points:
        points.append((f"PIHAK KEDUA dalam Perjanjian Bersama selanjutnya adalah {setting.partner}.", []))
    body: list[Block] = []
    for place, (says, quoting) in enumerate(points, 1):
        number = f"{place}. " if len(points) > 1 else ""
        body += [Paragraph(f"{number}{says}", keep=bool(quoting)), *quoting]
    closing = (
        Clause("Ketentuan lain dalam Perjanjian Bersama tetap berlaku."),
        Clause("Adendum ini merupakan bagian yang tidak terpisahkan dari Perjanjian Bersama."),
        Clause("Nomor pasal yang sudah dikutip tidak bergeser oleh perubahan ini."),
    )
    first = Paragraph("Ketentuan Perjanjian Bersama diubah sebagai berikut:", keep=True)
    return [
        Article("Perubahan", (first,), key="perubahan_adendum"),
        *body,
        Article("Ketentuan Lain", closing, key="ketentuan_adendum"),
        Article("Mulai Berlaku", ("Adendum ini berlaku sejak ditandatangani PARA PIHAK.",), key="berlaku_adendum"),
    ]


def _quoted(number: str, clause: dict[str, Any]) -> list[Block]:
    """An article under the number by which it is quoted, set as it stands in the agreement."""
    head = [
        Paragraph(fill("**{number}**", number=number), align="center", keep=True),
        Paragraph(fill("**{title}**", title=clause["title"]), align="center", keep=True),
    ]
    parts = clause["body"]
    if len(parts) > 1:
        return [*head, Numbered(tuple(Clause(part["text"], tuple(part["sub"])) for part in parts), marks="clause")]
    said: list[Block] = []
    for part in parts:
        said.append(Paragraph(part["text"], keep=bool(part["sub"])))
        if part["sub"]:
            said.append(Numbered(tuple(part["sub"]), marks="letter"))
    return [*head, *said]


def _comparison(amendment: Amendment) -> tuple[Block, ...]:
    rows = [(place, before or "–", after or "dihapus") for place, before, after in changing.differences(amendment)]
    if not rows:
        return (Paragraph("Hanya nama PIHAK KEDUA yang berubah.", align="left"),)
    sealed = fill("Sidik naskah yang disepakati: {hash}", hash=amendment.text_hash)
    return (Table(COMPARED, rows, small=True), Paragraph(sealed, align="left"))
