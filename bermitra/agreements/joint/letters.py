"""What the papers of a Peraturan Bersama say. Papers are Indonesian whatever language the reader has chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements.joint import queries, text
from bermitra.agreements.joint.models import JointParty, JointRegulation, JointVersion
from bermitra.agreements.joint.queries import Stand
from bermitra.deliberation.inter_village.queries import joint_decision_on
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Clause,
    Column,
    Copies,
    Document,
    Numbered,
    Opening,
    Paragraph,
    Qr,
    Recital,
    Signatures,
    Slot,
    Span,
    Table,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.registry.letters import letterhead_of

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa Peraturan Bersama ini asli dan masih berlaku."
LATER = "…………………"
UNBROKEN = "\u00a0"  # no office is torn apart at the end of a line of a title
BASIS = (
    "Undang-Undang Nomor 6 Tahun 2014 tentang Desa sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang "
    "Nomor 3 Tahun 2024;",
    "Peraturan Pemerintah Nomor 43 Tahun 2014 tentang Peraturan Pelaksanaan Undang-Undang Nomor 6 Tahun 2014 tentang Desa "
    "sebagaimana telah beberapa kali diubah;",
    "Peraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa;",
    "Peraturan Menteri Dalam Negeri Nomor 96 Tahun 2017 tentang Tata Cara Kerja Sama Desa di Bidang Pemerintahan Desa;",
)


def regulation_paper(
    regulation: JointRegulation, said: list[Stand], *, key: str, made_on: date, place: str
) -> Prepared:
    """The regulation, rendered for ``agreements.lock_joint_text`` under the key of the request."""
    document = regulation_document(regulation, said, made_on=made_on, place=place)
    return prepare(
        document,
        key=key,
        about=about_of(regulation),
        region=regulation.village_id,
        example=regulation.example,
        to_sign=[each.party.field for each in said],
    )


def regulation_document(regulation: JointRegulation, said: list[Stand], *, made_on: date, place: str) -> Document:
    """The whole paper, as it is locked on this day; what is missing is a line of dots."""
    around, version = queries.setting(regulation), queries.newest_version(regulation)
    words = local_words(regulation.village_id)
    offices = [f"{words['head']} {each.party.village.name}".upper() for each in said]
    heads, about = text.joined(offices, "DAN"), regulation.title.upper()
    in_title = text.joined([each.replace(" ", UNBROKEN) for each in offices], "DAN")
    wide = len(said) in (2, 4)  # two abreast; three leave no room beside a signature
    slots = [_slot(each.party, queries.head_of(each.party, made_on), sealed=wide) for each in said]
    numbers = text.joined([str(each.party.number or LATER) for each in said])
    of_it = (
        f"Peraturan Bersama {words['head']} {text.joined([each.party.village.name for each in said])}",
        f"Nomor {numbers} Tahun {made_on.year}",
        f"tentang {regulation.title}",
    )
    return Document(
        kind="joint_regulation",
        title=f"Peraturan Bersama {words['head']} tentang {regulation.title}",
        dated=made_on,
        author=text.joined([f"Pemerintah {name}" for name in around.villages.values()]),
        plain=True,
        data={
            "text_hash": version.text_hash,
            "version": version.number,
            "numbers": {each.party.village_id: each.party.number for each in said},
            "made_on": made_on.isoformat(),
            "place": place,
            "offer": regulation.offer.code,
            "content": version.content,
        },
        blocks=(
            Title(
                ("PERATURAN BERSAMA", in_title),
                tuple(("", f"NOMOR {each.party.number or LATER} TAHUN {made_on.year}") for each in said),
                about,
            ),
            Paragraph("DENGAN RAHMAT TUHAN YANG MAHA ESA", align="center", keep=True),
            Paragraph(f"{in_title},", align="center"),
            *_recitals(regulation, said, around),
            Paragraph("MEMUTUSKAN:", align="center", keep=True),
            Recital("Menetapkan", (f"PERATURAN BERSAMA {heads} TENTANG {about}.",), marks=None),
            *_chapters(version),
            Signatures(
                lead=(
                    *_last(version),
                    f"Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Bersama ini dengan "
                    f"penempatannya dalam Berita {words['village']} masing-masing.",
                ),
                place_and_date=(f"Ditetapkan di {place}", f"pada tanggal {long_date(made_on)}"),
                groups=(("", tuple(slots)),),
            ),
            Qr(CHECK),
            Annex("IURAN SETIAP DESA DALAM SATU TAHUN", (_dues(version, said, words),), lines=of_it),
            Annex("KONSULTASI WARGA", (_consulted(said, words),), lines=of_it),
        ),
    )


def _recitals(regulation: JointRegulation, said: list[Stand], around: text.Setting) -> list[Block]:
    joint = joint_decision_on(regulation.offer.code)
    minutes = [
        f"Berita Acara Musyawarah Desa {each.party.village.name} Nomor {each.decided.minutes_number} tanggal "
        f"{long_date(each.decided.held_on)};"
        for each in said
        if each.decided is not None
    ]
    if joint is not None:
        day = f" tanggal {long_date(joint.minutes_on)}" if joint.minutes_on else ""
        minutes.append(f"Berita Acara Musyawarah antar-Desa Nomor {joint.minutes_number}{day};")
    villages = text.joined(list(around.villages.values()))
    return [
        Recital(
            "Menimbang",
            (
                f"bahwa {villages} mempunyai kebutuhan dan potensi bersama dalam {around.title};",
                "bahwa kebutuhan dan potensi itu lebih berhasil guna apabila dikelola melalui kerja sama antar-Desa yang telah "
                "disepakati dalam Musyawarah Desa setiap Desa;",
                "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Peraturan "
                f"Bersama Kepala Desa tentang {around.title};",
            ),
        ),
        Recital("Mengingat", BASIS, marks="number"),
        *([Recital("Memperhatikan", tuple(minutes), marks="number")] if minutes else []),
    ]


def _chapters(version: JointVersion) -> list[Block]:
    blocks: list[Block] = []
    for chapter in version.chapters:
        blocks.append(Chapter(chapter["title"].upper()))
        for article in chapter["articles"]:
            blocks += _article(article)
    return blocks


def _last(version: JointVersion) -> list[Block]:
    """The article that must not leave the signatures alone on their page."""
    return [Article("", ("Peraturan Bersama ini mulai berlaku pada tanggal diundangkan.",))]


def _article(article: dict[str, Any]) -> list[Block]:
    parts = article["body"]
    if len(parts) == 1 and article["code"] == "umum":  # definitions are numbered
        return [Article("", (Paragraph(parts[0]["text"], keep=True),)), Numbered(tuple(parts[0]["sub"]))]
    return [Article("", tuple(Clause(part["text"], tuple(part["sub"])) for part in parts))]


def _slot(party: JointParty, held: Appointment | None, *, sealed: bool) -> Slot:
    name = held.person.full_name if held is not None else LATER
    seal = f"CAP {local_words(party.village_id)['village'].upper()}" if sealed else ""
    return Slot(party.field, (f"{queries.office_words(party, held).upper()},",), name, seal=seal)


def _dues(version: JointVersion, said: list[Stand], words: dict[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, each in enumerate(said, 1):
        amount = version.content["dues"].get(each.party.village_id, 0)
        rows.append((str(number), f"{words['village']} {each.party.village.name}", rupiah(amount) if amount else LATER))
    total = sum(version.content["dues"].get(each.party.village_id, 0) for each in said)
    return Table(
        (Column("No", 0.4, "center"), Column("Desa", 3), Column("Iuran setahun", 2, "right")),
        rows,
        foot=((Span("JUMLAH", 2), rupiah(total)),),
    )


def _consulted(said: list[Stand], words: dict[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in said:
        heard, name = each.consulted, f"{words['village']} {each.party.village.name}"
        if heard is None:
            rows.append((name, "belum dicatat", "", "", ""))
            continue
        said_there = (
            "; ".join(f"{row['text']} (jawaban: {row['answer'].rstrip(' .')})" for row in heard.said)
            or "tidak ada usul"
        )
        rows.append((name, f"{long_date(heard.held_on)}, {heard.place}", str(heard.men), str(heard.women), said_there))
    return Table(
        (
            Column("Desa", 1.4),
            Column("Hari dan tempat", 1.7),
            Column("L", 0.4, "right"),
            Column("P", 0.4, "right"),
            Column("Usul warga dan jawabannya", 2.6),
        ),
        rows,
        small=True,
    )


# Promulgation --------------------------------------------------------------------------------------------------------
def gazette_papers(
    regulation: JointRegulation, party: JointParty, *, key: str, number: str, dated: date, secretary: str
) -> list[Prepared]:
    """The sheet of the Berita Desa, which is the letter to the Bupati through the Camat as well."""
    document = gazette_sheet(regulation, party, number=number, dated=dated, secretary=secretary)
    about = f"jointparty:{party.pk}"
    return [prepare(document, key=key, about=about, region=party.village_id, example=regulation.example)]


def gazette_sheet(
    regulation: JointRegulation, party: JointParty, *, number: str, dated: date, secretary: str
) -> Document:
    words, around = local_words(party.village_id), queries.setting(regulation)
    village = f"{words['village']} {party.village.name}"
    district = party.village.parent.name if party.village.parent else ""
    made = regulation.made_on or dated
    sha256 = regulation.paper.file.sha256 if regulation.paper is not None else ""
    return Document(
        kind="joint_gazette",
        title=f"Pengundangan Peraturan Bersama di {village}: {regulation.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(party.village, words),
        data={"regulation": regulation.code, "paper": sha256, "gazette": number},
        blocks=(
            Opening(
                fill("{place}, {day}", place=party.village.name, day=long_date(dated)),
                (("Nomor", f"{number} Tahun {dated.year}"), ("Hal", "Pengundangan Peraturan Bersama")),
                (f"Yth. {around.regent}", f"melalui Camat {district}"),
            ),
            fill(
                "Peraturan Bersama tentang **{title}** yang ditetapkan tanggal {made} dengan Nomor {n} Tahun {year} bagi "
                "{village} telah diundangkan.",
                title=regulation.title,
                made=long_date(made),
                n=str(party.number),
                year=str(made.year),
                village=village,
            ),
            fill("Desa yang ikut: {names}.", names=text.joined(list(around.villages.values()))),
            fill("Sidik naskah yang ditandatangani: {sha}.", sha=f"{sha256[:16]}"),
            Signatures(
                lead=(
                    f"Diundangkan dalam Berita {words['village']} {party.village.name} Tahun {dated.year} Nomor {number}.",
                ),
                place_and_date=(f"Diundangkan di {party.village.name}", f"pada tanggal {long_date(dated)}"),
                groups=(("", (Slot("secretary", (f"Sekretaris {village},",), secretary or LATER),)),),
            ),
            Qr("Arahkan kamera ke kotak ini untuk memeriksa lembar pengundangan ini."),
            Copies((f"{words['council']} {party.village.name}", f"Camat {district}")),
        ),
    )
