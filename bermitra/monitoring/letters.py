"""What the report on village cooperation says on paper: to the BPD, with a copy to the regent through the camat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Block,
    Cell,
    Chapter,
    Column,
    Copies,
    Document,
    Facts,
    Heading,
    Letterhead,
    Numbered,
    Opening,
    PageBreak,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.foundation.regions.models import Region
from bermitra.monitoring import queries
from bermitra.monitoring.contents import CHAPTERS, chapters_of, content_hash
from bermitra.monitoring.indicators import FAMILIES
from bermitra.monitoring.models import Content, Report

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa laporan ini asli dan masih berlaku."
PARTIES = {"one": "Desa", "two": "Mitra"}


def report_paper(report: Report, *, key: str, number: str, dated: date) -> Prepared:
    """The report with its letter, rendered for ``monitoring.submit_report`` under the key of the request."""
    document = report_document(report, number=number, dated=dated)
    return prepare(document, key=key, about=about_of(report), region=report.village_id, example=report.example)


@dataclass(frozen=True)
class _Office:
    """Who writes and who reads, in the words of the place."""

    village: Region
    words: dict[str, str]
    head: str
    chair: str
    title: str

    @property
    def named(self) -> str:
        return f"{self.words['village']} {self.village.name}"

    @property
    def council(self) -> str:
        return f"{self.words['council']} {self.named}"

    @property
    def district(self) -> Region | None:
        return self.village.parent

    @property
    def regency(self) -> Region | None:
        return self.district.parent if self.district else None

    @property
    def regent(self) -> str:
        """The regent, or the mayor where it is a city."""
        if self.regency is None:
            return "Bupati"
        name = self.regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")
        return f"{'Wali Kota' if self.regency.kind == Region.Kind.CITY else 'Bupati'} {name}"


def report_document(report: Report, *, number: str, dated: date) -> Document:
    office = _office(report, dated)
    content = report.content
    chapters = [block for name in chapters_of(report.kind) for block in _chapter(name, content, office)]
    return Document(
        kind="cooperation_report",
        title=f"{office.title} {office.named}",
        dated=dated,
        author=f"Pemerintah {office.named}",
        letterhead=_letterhead(office),
        data={"content": content_hash(content, number, dated)},
        blocks=(
            *_letter(report, office, number, dated),
            PageBreak(),
            Title((office.title.upper(), office.named.upper())),
            *chapters,
            *_closing(office, dated),
            Qr(CHECK),
        ),
    )


def _office(report: Report, day: date) -> _Office:
    village = Region.objects.select_related("parent__parent").get(pk=report.village_id)
    held = queries.office_holders(village.pk, day)
    span = f"{long_date(report.starts_on)} sampai {long_date(report.ends_on)}"
    yearly = report.kind == Report.Kind.ANNUAL
    title = f"Laporan kerja sama desa tahun {report.year}" if yearly else f"Laporan kemajuan kerja sama {span}"
    return _Office(
        village,
        local_words(village.pk),
        held.get(roles.VILLAGE_HEAD.key, ""),
        held.get(roles.BPD_CHAIR.key, ""),
        title,
    )


def _letterhead(office: _Office) -> Letterhead:
    above = []
    if office.regency is not None:
        above.append(f"PEMERINTAH {office.regency.name.upper()}")
    if office.district is not None:
        above.append(f"KECAMATAN {office.district.name.upper()}")
    return Letterhead((*above, f"PEMERINTAH {office.named.upper()}"))


def _letter(report: Report, office: _Office, number: str, dated: date) -> tuple[Block, ...]:
    district = office.district.name if office.district else ""
    about = f"kerja sama “{report.agreement.title}”" if report.agreement else "seluruh kerja sama desa"
    return (
        Opening(
            f"{office.village.name}, {long_date(dated)}",
            (("Nomor", number), ("Sifat", "Biasa"), ("Lampiran", "Satu berkas"), ("Hal", office.title)),
            (f"Yth. Ketua {office.council}", f"di {office.village.name}"),
        ),
        fill(
            "Bersama surat ini kami sampaikan {title} tentang {about}, untuk waktu {start} sampai {end}. Laporan ini "
            "disusun menurut ketentuan pelaporan dalam Peraturan Menteri Dalam Negeri Nomor 96 Tahun 2017 dan memuat angka "
            "yang sama dengan buku uang kerja sama.",
            title=office.title[0].lower() + office.title[1:],
            about=about,
            start=long_date(report.starts_on),
            end=long_date(report.ends_on),
        ),
        fill("Mohon {council} menelaahnya. Pertanyaan kami jawab secara tertulis.", council=office.words["council"]),
        Signatures(groups=(("", (Slot("letter", (f"{office.words['head']} {office.village.name},",), office.head),)),)),
        Copies((f"{office.regent} melalui Camat {district}", f"Kepala Dinas yang membidangi desa, {_place(office)}")),
    )


def _place(office: _Office) -> str:
    return office.regency.name if office.regency else ""


def _closing(office: _Office, dated: date) -> tuple[Block, ...]:
    council = Slot("council", ("Diketahui,", f"Ketua {office.council},"), office.chair)
    head = Slot("head", (f"{office.words['head']} {office.village.name},",), office.head)
    return (
        Signatures(
            lead=("Demikian laporan ini dibuat dengan sebenarnya.",),
            place_and_date=(f"{office.village.name}, {long_date(dated)}",),
            groups=(("", (council, head)),),
        ),
    )


# Chapters -------------------------------------------------------------------------------------------------------------


def _chapter(name: str, content: Content, office: _Office) -> list[Block]:
    body = {
        "general": _general,
        "list": _list,
        "execution": _execution,
        "money": _money,
        "results": _results,
        "participation": _participation,
        "problems": _problems,
        "next": _next,
    }[name](content, office)
    return [Chapter(CHAPTERS[name].upper()), *body]


def _said(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.split("\n") if line.strip()]


def _general(content: Content, office: _Office) -> list[Block]:
    chapter = content["general"]
    umbrella = chapter["umbrella"]
    regulation = (
        f"Nomor {umbrella['number']} Tahun {umbrella['year']}, ditetapkan {_day(umbrella['dated'])}"
        if umbrella
        else "belum ditetapkan"
    )
    return [
        Facts(
            (
                (office.words["village"], office.village.name),
                ("Kode", office.village.pk),
                ("Kecamatan", office.district.name if office.district else ""),
                ("Kabupaten/Kota", _place(office)),
                (office.words["head"], office.head),
                (f"Ketua {office.words['council']}", office.chair),
                ("Peraturan Desa tentang kerja sama", regulation),
            )
        ),
        *_said(chapter["text"]),
    ]


def _list(content: Content, office: _Office) -> list[Block]:
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            f"{row['partner']} ({row['kind']}{', perjanjian terdahulu' if row.get('earlier') else ''})",
            ": ".join(filter(None, (row["field"], row["sub_field"]))),
            f"{row['number'] or UNKNOWN}, {_day(row['made_on'])}",
            f"{_day(row['starts_on'])} – {_day(row['ends_on']) if row['ends_on'] else UNKNOWN}",
            UNKNOWN if row["value"] is None else rupiah(row["value"]),
            UNKNOWN if row["people"] is None else str(row["people"]),
            f"{row['status']}; dokumen {'lengkap' if row['complete'] else 'belum lengkap'}",
        )
        for number, row in enumerate(content["list"], 1)
    ]
    return [
        _table(
            ("No.", 0.4, "center"), ("Mitra", 1.4), ("Bidang", 1.4), ("Nomor dan tanggal", 1.8), ("Jangka waktu", 1.2),
            ("Nilai", 1.5, "right"), ("Jiwa", 0.6, "right"), ("Status", 1.0), rows=rows,
        ),
        *(
            block
            for row in content["list"]
            for block in (
                Paragraph(fill("Ruang lingkup dengan {partner}:", partner=row["partner"]), keep=True),
                Numbered(tuple(row["scope"]), "letter"),
            )
        ),
    ]  # fmt: skip


def _execution(content: Content, office: _Office) -> list[Block]:
    blocks = _said(content["execution"]["text"])
    for row in content["execution"]["agreements"]:
        rows: list[tuple[Cell, ...]] = [
            (
                str(each["number"]),
                each["title"],
                f"{_figure(each['target'])} {each['unit']}",
                f"{_figure(each['made'])} {each['unit']}",
                f"{each['percent']}%",
                f"{_day(each['starts_on'])} – {_day(each['ends_on'])}",
            )
            for each in row["activities"]
        ]
        promises = f"{row['due']} kewajiban jatuh tempo: {row['met']} terpenuhi, {row['late']} belum berbukti."
        blocks += [
            Heading(row["title"]),
            _table(
                ("No.", 0.4, "center"), ("Kegiatan", 2.6), ("Target", 1.2), ("Realisasi", 1.2), ("%", 0.6, "right"),
                ("Waktu", 1.6), rows=rows,
            ),
            promises if row["due"] else "Belum ada kewajiban yang jatuh tempo.",
        ]  # fmt: skip
    if earlier := _earlier_partners(content):
        words = (
            "Perjanjian terdahulu dengan {partners} tidak memiliki rencana kerja dan kewajiban yang tercatat di sini."
        )
        blocks.append(fill(words, partners=earlier))
    return blocks


def _earlier_partners(content: Content) -> str:
    """With whom the village had agreements before it was here; empty where it had none."""
    return "; ".join(row["partner"] for row in content.get("list", ()) if row.get("earlier"))


def _money(content: Content, office: _Office) -> list[Block]:
    blocks: list[Block] = []
    for row in content["money"]["agreements"]:
        sources = row["sources"]
        rows: list[tuple[Cell, ...]] = [
            (each["source"], each["code"] or "–", *(rupiah(each[name]) for name in _SUMS)) for each in sources
        ]
        totals = tuple(rupiah(sum(each[name] for each in sources)) for name in _SUMS)
        blocks += [
            Heading(row["title"]),
            _table(
                ("Sumber", 1.8), ("Kode", 0.7), ("Rencana", 1.3, "right"), ("Diterima", 1.3, "right"),
                ("Digunakan", 1.3, "right"), ("Sisa", 1.3, "right"), rows=rows, foot=[("Jumlah", "", *totals)],
            ),
        ]  # fmt: skip
        if row["shared"]:
            blocks.append(f"Bagi hasil yang masuk kas desa: {rupiah(row['shared'])}.")
    treasury = content["money"]["treasury"]
    return [
        *blocks,
        "Barang, jasa, dan tenaga dihitung menurut nilainya. Rencana berlaku untuk seluruh jangka waktu perjanjian; kolom "
        "lain untuk waktu laporan, dan sisa sampai akhir waktu laporan.",
        fill(
            "Melalui Rekening Kas Desa diterima **{received}** dan dibelanjakan **{spent}**, sama dengan buku kas umum desa.",
            received=rupiah(treasury["received"]),
            spent=rupiah(treasury["spent"]),
        ),
        *(["Uang dari perjanjian terdahulu tidak termasuk jumlah ini."] if _earlier_partners(content) else []),
    ]


UNKNOWN = "belum diketahui"
_SUMS = ("planned", "received", "spent", "left")


def _results(content: Content, office: _Office) -> list[Block]:
    blocks = _said(content["results"]["text"])
    for row in content["results"]["agreements"]:
        rows: list[tuple[Cell, ...]] = [
            (
                f"{each['title']} ({each['unit']})",
                FAMILIES[each["family"]],
                each["baseline"],
                _target(each),
                each["value"] or "belum diukur lagi",
                _verdict(each),
            )
            for each in row["indicators"]
        ]
        blocks += [
            Heading(row["title"]),
            _table(
                ("Indikator", 2.4), ("Rumpun", 1.2), ("Awal", 0.8, "right"), ("Sasaran", 1, "right"),
                ("Sekarang", 1, "right"), ("Capaian", 1.1), rows=rows,
            ),
        ]  # fmt: skip
        if row["trainings"]:
            blocks.append(_trainings(row["trainings"]))
    return blocks


def _target(each: Content) -> str:
    return f"{each['target']} ({each['year']})" if each["target"] else "–"


def _verdict(each: Content) -> str:
    if each["met"] is None:
        return "–"
    said = "tercapai" if each["met"] else "belum tercapai"
    if each["progress"] is None:
        return said
    whole, tenth = divmod(abs(each["progress"]), 10)
    return f"{said}, {'−' if each['progress'] < 0 else ''}{whole},{tenth}%"


def _trainings(trainings: Sequence[Content]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            each["title"],
            str(each["hours"]),
            f"{each['took_part']} ({each['women']} perempuan)",
            str(each["hamlets"]),
            str(each["certified"]),
        )
        for each in trainings
    ]
    return _table(
        ("Pelatihan", 2.6), ("Jam", 0.6, "right"), ("Peserta selesai", 1.4), ("Dusun", 0.7, "right"),
        ("Sertifikat", 0.9, "right"), rows=rows,
    )  # fmt: skip


def _participation(content: Content, office: _Office) -> list[Block]:
    chapter = content["participation"]
    rows: list[tuple[Cell, ...]] = [
        (
            _day(each["held_on"]),
            each["topic"],
            each["number"] or "–",
            str(each["invited"]),
            str(each["present"]),
            str(each["women"]),
        )
        for each in chapter["meetings"]
    ]
    held: list[Block] = [f"Tidak ada {office.words['meeting']} tentang kerja sama pada waktu ini."]
    if rows:
        held = [
            _table(
                ("Tanggal", 1.2), ("Acara", 2.4), ("Berita acara", 1.5), ("Diundang", 0.8, "right"),
                ("Hadir", 0.7, "right"), ("Perempuan", 0.9, "right"), rows=rows,
            )
        ]  # fmt: skip
    return [*held, *_said(chapter["text"])]


def _problems(content: Content, office: _Office) -> list[Block]:
    chapter = content["problems"]
    late: tuple[Text, ...] = tuple(
        fill(
            "{party}: {text} (jatuh tempo {day}, {title})",
            party=PARTIES[each["party"]],
            text=each["text"],
            day=_day(each["due_on"]),
            title=each["agreement"],
        )
        for each in chapter["late"]
    )
    listed: list[Block] = [Paragraph("Kewajiban yang lewat tanggal dan belum berbukti:", keep=True), Numbered(late)]
    return [*_said(chapter["text"]), *(listed if late else [])]


def _next(content: Content, office: _Office) -> list[Block]:
    chapter = content["next"]
    ending = tuple(f"{each['title']}, berakhir {_day(each['ends_on'])}" for each in chapter["ending"])
    listed: list[Block] = [Paragraph("Kerja sama yang segera berakhir:", keep=True), Numbered(ending)]
    return [*_said(chapter["text"]), *(listed if ending else [])]


# ----------------------------------------------------------------------------------------------------------------------


def _table(*columns: tuple[Any, ...], rows: list[tuple[Cell, ...]], foot: Sequence[tuple[Cell, ...]] = ()) -> Table:
    return Table(tuple(Column(*each) for each in columns), rows, foot=foot, small=True)


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso)) if iso else "–"


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
