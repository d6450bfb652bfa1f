"""What the paper of an agreement says. Papers are Indonesian whatever language the reader has chosen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements import book, linked, queries, text
from bermitra.agreements.chains.rules import LEVELS
from bermitra.agreements.models import SIGNATURE_FIELDS, Agreement, DraftVersion, LegalReview
from bermitra.agreements.queries import Signers
from bermitra.agreements.rules.signing import WET_WITNESSES
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.calendar import date_in_words, long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Article,
    Block,
    Cell,
    Clause,
    Column,
    Document,
    Numbered,
    Paragraph,
    Parties,
    Qr,
    Signatures,
    Slot,
    Table,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.partnership.queries import channel_label, form_label
from bermitra.partnership.rules import VILLAGE_INITIATIVE
from bermitra.registry.letters import letterhead_of
from bermitra.selection.models import Candidacy
from bermitra.selection.queries import direct_of
from bermitra.selection.rules import DIRECT_BECAUSE

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa naskah ini asli dan masih berlaku."
LATER = "…………………"


def agreement_paper(
    agreement: Agreement, draft: queries.Draft, *, key: str, made_on: date, place: str, thumbs: Collection[str] = ()
) -> Prepared:
    """The agreement, rendered for ``agreements.finalise`` under the key of the request."""
    signing = queries.signers(agreement, draft, made_on)
    document = agreement_document(
        agreement, draft.version, made_on=made_on, place=place, signing=signing, thumbs=thumbs
    )
    region = agreement.case.village_id
    return prepare(
        document, key=key, about=about_of(agreement), region=region, example=agreement.example,
        to_sign=tuple(SIGNATURE_FIELDS.values()),
    )  # fmt: skip


def agreement_document(
    agreement: Agreement,
    version: DraftVersion,
    *,
    made_on: date,
    place: str,
    signing: Signers,
    thumbs: Collection[str] = (),
) -> Document:
    """The whole paper; with nobody to sign yet it is a draft with empty lines. ``thumbs``: sides that put a thumbprint."""
    setting = queries.setting_of(agreement.case, agreement.title)
    words = local_words(agreement.case.village_id)
    village, level = f"{words['village']} {setting.village}", LEVELS[text.level(version.content)]
    return Document(
        kind="agreement",
        title=f"{level} {village} dan {setting.partner} tentang {agreement.title}",
        dated=made_on,
        author=f"Pemerintah {village}",
        points=11 if text.is_short(version.content) else 12,
        initials=tuple(text.PARTY_NAMES.values()),
        letterhead=letterhead_of(agreement.case.village, words),
        data={
            "text_hash": version.text_hash,
            "version": version.number,
            "numbers": [agreement.village_number, agreement.partner_number],
            "made_on": made_on.isoformat(),
            "place": place,
            **({"thumbs": sorted(thumbs)} if thumbs else {}),
            "case": agreement.case.code,
            "topics": version.content["topics"],
            "annexes": version.content["annexes"],
        },
        blocks=(
            Title(
                (
                    level.upper(),
                    "ANTARA",
                    f"PEMERINTAH {village.upper()}",
                    "DENGAN",
                    setting.partner.upper(),
                ),
                (("Nomor", agreement.village_number or LATER), ("Nomor", agreement.partner_number or LATER)),
                agreement.title.upper(),
            ),
            *_unread(agreement),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, kami yang bertanda tangan di bawah ini:",
                day=date_in_words(made_on),
                short=f"{made_on:%d-%m-%Y}",
                place=place,
            ),
            parties_of(agreement, setting, words, signing),
            "PIHAK KESATU dan PIHAK KEDUA secara bersama-sama disebut PARA PIHAK dan masing-masing disebut PIHAK.",
            Paragraph("PARA PIHAK terlebih dahulu menerangkan:", keep=True),
            Numbered(tuple(_premises(agreement, setting, words)), marks="letter"),
            f"Berdasarkan hal tersebut, PARA PIHAK sepakat mengikatkan diri dalam {level} dengan ketentuan "
            "sebagai berikut:",
            *(_article(each) for each in version.clauses),
            Signatures(
                lead=(f"Demikian {level} ini dibuat dan ditandatangani PARA PIHAK.",),
                witnesses=WET_WITNESSES,
                groups=(
                    (
                        "",
                        tuple(
                            signing_slot(party, agreement, setting, words, signing, thumbs) for party in ("two", "one")
                        ),
                    ),
                ),
            ),
            *(() if text.is_short(version.content) else (Qr(CHECK),)),
            *_annexes(version, agreement.village_number),
        ),
    )


def draft_document(agreement: Agreement, version: DraftVersion, today: date) -> Document:
    """The text as it stands, to read and print while it is drafted."""
    return agreement_document(agreement, version, made_on=today, place=LATER, signing={})


def _unread(agreement: Agreement) -> tuple[Block, ...]:
    """A line that says which forms nobody has read yet, until a legal reviewer looked at the text."""
    unread = book.unread(agreement.forms)
    if not unread or LegalReview.objects.filter(version__agreement=agreement).exists():
        return ()
    names = queries.titles(form_label(each) for each in unread)
    return (Paragraph(fill("__Pasal bentuk {names} pada naskah ini belum ditelaah.__", names=names), align="center"),)


# Parts --------------------------------------------------------------------------------------------------------------
def parties_of(agreement: Agreement, setting: text.Setting, words: dict[str, str], signing: Signers) -> Parties:
    return Parties(
        (
            (
                _name("one", signing),
                fill(
                    "{office}, Kecamatan {district}, {regency}, berdasarkan {mandate}, berkedudukan di {address}, "
                    "dalam hal ini bertindak untuk dan atas nama Pemerintah {kind} {village}, selanjutnya disebut "
                    "**PIHAK KESATU**.",
                    office=_office("one", agreement, words, signing),
                    kind=words["village"],
                    village=setting.village,
                    district=setting.district,
                    regency=setting.regency,
                    mandate=_mandate("one", signing),
                    address=setting.village_address,
                ),
            ),
            (
                _name("two", signing),
                fill(
                    "{office}, berdasarkan {mandate}, berkedudukan di {address}, dalam hal ini bertindak untuk dan atas nama "
                    "{partner}, selanjutnya disebut **PIHAK KEDUA**.",
                    office=_office("two", agreement, words, signing),
                    mandate=_mandate("two", signing),
                    address=setting.partner_address or LATER,
                    partner=setting.partner,
                ),
            ),
        )
    )


def _name(party: str, signing: Signers) -> str:
    return signing[party][0].full_name if party in signing else LATER


def _mandate(party: str, signing: Signers) -> str:
    if party not in signing:
        return LATER
    held = signing[party][1]
    if queries.giver_of(held) is not None:
        return _power(held)
    decree = f"Surat Keputusan Nomor {held.decree}" if held.decree[:1].isdigit() else held.decree
    return f"{decree} tanggal {long_date(held.decree_on)}" if held.decree_on else decree


def _power(held: Appointment) -> str:
    """The letter of power by which somebody signs in another's name."""
    return f"Surat Kuasa Nomor {held.mandate.number} tanggal {long_date(held.mandate.dated)}"


def _office(party: str, agreement: Agreement, words: dict[str, str], signing: Signers) -> str:
    """The office of who signs; who signs by a letter of power does so in the name of the one who gave it."""
    held = signing[party][1] if party in signing else None
    giver = queries.giver_of(held) if held is not None else None
    if giver is not None:
        return f"a.n. {_called(party, giver, agreement, words)}"
    return _called(party, held, agreement, words)


def _called(party: str, held: Appointment | None, agreement: Agreement, words: dict[str, str]) -> str:
    if party == "one":
        name = held.title if held is not None and held.title else f"{words['head']} {agreement.case.village.name}"
        return f"Penjabat {name}" if held is not None and held.acting else name
    return held.title if held is not None and held.title else f"Wakil yang berwenang dari {agreement.partner.name}"


def office_of(party: str, agreement: Agreement, signing: Signers) -> str:
    """The office under a signature."""
    return _office(party, agreement, local_words(agreement.case.village_id), signing)


def _premises(agreement: Agreement, setting: text.Setting, words: dict[str, str]) -> list[str]:
    """Why, and with whose consent: need, meeting, plan, how the partner was found, the permits."""
    case, village = agreement.case, f"{words['village']} {setting.village}"
    said = []
    if grounds := queries.grounds(case):
        named = queries.titles(f"“{each}”" for each in grounds)  # residents write whole sentences as titles
        said.append(f"bahwa {village} memiliki kebutuhan atau potensi berupa {named}")
    if case.route == VILLAGE_INITIATIVE:
        chosen = (
            Candidacy.objects.filter(proposal__call__case=case, proposal__partner=agreement.partner)
            .order_by("-pk")
            .first()
        )
        said.append(f"bahwa {setting.partner} {_how_chosen(chosen)}")
    else:
        said.append(f"bahwa {setting.partner} telah menyampaikan usulan kerja sama atas prakarsanya sendiri")
    if decided := decision_on(agreement.sheet.code):
        said.append(
            f"bahwa {words['meeting']} {setting.village} pada tanggal {long_date(decided.held_on)}, yang dihadiri "
            f"{decided.present} orang, telah menyepakati kerja sama ini sebagaimana Berita Acara Nomor {decided.minutes_number}"
        )
    if case.plan_line is not None:
        said.append(
            f"bahwa kegiatan ini tercantum dalam RPJM Desa dan RKP Desa Tahun {case.plan_line.year} pada baris "
            f"{case.plan_line.reference}, {case.plan_line.activity}"
        )
    elif case.plan_change:
        said.append(f"bahwa kegiatan ini dimasukkan ke dalam rencana Desa dengan {case.plan_change}")
    if decree := case.bpd_decrees.order_by("-pk").first():
        said.append(
            f"bahwa BPD menyetujui beban Desa dengan Keputusan Nomor {decree.number} tanggal {long_date(decree.dated)}"
        )
    if permit := agreement.permits.filter(state="granted").order_by("-pk").first():
        day = f" tanggal {long_date(permit.dated)}" if permit.dated else ""
        said.append(f"bahwa {setting.regent} memberi izin tertulis Nomor {permit.number}{day}")
    return joined(said)


def joined(said: list[str]) -> list[str]:
    """Premises with the marks that a list of them ends in."""
    ends = [";"] * (len(said) - 2) + ["; dan"] * (len(said) > 1) + ["."]
    return [f"{each}{end}" for each, end in zip(said, ends, strict=True)]


def _how_chosen(candidacy: Candidacy | None) -> str:
    """By an open selection, or appointed directly: then the paper says so, and why."""
    if candidacy is not None and (made := direct_of(candidacy.proposal)) is not None:
        return (
            f"ditunjuk langsung sebagai calon mitra karena {DIRECT_BECAUSE[made.kind]}, sebagaimana diumumkan pada tanggal "
            f"{long_date(localdate(made.at))}"
        )
    minutes = f" Nomor {candidacy.minutes_number}" if candidacy and candidacy.minutes_number else ""
    return f"ditetapkan sebagai calon mitra melalui seleksi terbuka sebagaimana Berita Acara Seleksi{minutes}"


def _article(clause: dict[str, Any]) -> Article:
    body = tuple(Clause(part["text"], tuple(part["sub"])) for part in clause["body"])
    return Article(clause["title"], body, key=clause["code"])


def signing_slot(
    party: str,
    agreement: Agreement,
    setting: text.Setting,
    words: dict[str, str],
    signing: Signers,
    thumbs: Collection[str] = (),
) -> Slot:
    """A place for hand, office stamp and duty stamp: who keeps a copy keeps the other's signature over a duty stamp."""
    office = _office(party, agreement, words, signing)
    held = signing[party][1] if party in signing else None
    behalf = held is not None and queries.giver_of(held) is not None
    return Slot(
        "PihakKesatu" if party == "one" else "PihakKedua",
        (text.PARTY_NAMES[party], f"{office},", *(("Penerima Kuasa,",) if behalf else ())),
        _name(party, signing).upper() if party in signing else LATER,
        under=(
            *((setting.partner,) if party == "two" and setting.partner not in office else ()),
            *((_power(held),) if behalf and held is not None else ()),
        ),
        stamp=True,
        copy=text.PARTY_NAMES["two" if party == "one" else "one"],
        seal=f"CAP {words['village'].upper()}" if party == "one" else "CAP MITRA",
        thumb=party in thumbs,
    )


def _annexes(version: DraftVersion, number: str) -> tuple[Block, ...]:
    line = (f"{LEVELS[text.level(version.content)]} Nomor {number or LATER}",)
    if text.is_short(version.content):  # all of it on one sheet
        tables = (
            *_plan(version),
            *_duties(version),
            _caption("Indikator, data awal, dan target:"),
            _indicators(version),
            Qr(CHECK),  # below the tables, where there is room: four pages in all
        )
        return (Annex("RENCANA KERJA, KEWAJIBAN, DAN INDIKATOR", tables, lines=line, landscape=True),)
    return (
        Annex(
            "RENCANA KERJA DAN KEWAJIBAN PARA PIHAK",
            (*_plan(version), *_duties(version)),
            lines=line,
            landscape=True,
        ),
        Annex("RENCANA ANGGARAN", _budget(version), lines=line),
        Annex("INDIKATOR, DATA AWAL, DAN TARGET", (_indicators(version),), lines=line),
        Annex("LOKASI, OBJEK, DAN BATASAN KERJA SAMA", (*_objects(version), *_limits(version)), lines=line),
    )


def _caption(said: str) -> Block:
    return Paragraph(said, align="left", keep=True)


def _plan(version: DraftVersion) -> tuple[Block, ...]:
    rows = version.content["annexes"]["work_plan"]
    names = ("activity", "output", "target", "start", "end", "lead")
    heads = ("Kegiatan", "Keluaran", "Sasaran", "Mulai", "Selesai", "Penanggung jawab")
    return (_rows(heads, (2.4, 1.6, 1.6, 1, 1, 1.3), [[row[name] for name in names] for row in rows]),)


def _duties(version: DraftVersion) -> tuple[Block, ...]:
    """Every duty with what measures it, what proves it, who checks it, and the sanction of this text behind it."""
    heads = ("Pihak", "Kewajiban", "Tenggat", "Ukuran", "Bukti", "Pemeriksa", "Akibat kelalaian")
    rows: list[list[object]] = [
        [linked.PARTIES[row.party], row.act, row.due, row.measure, row.evidence, row.checker, _sanction(row)]
        for row in linked.rows(version.content["topics"], version.clauses)
        if row.kind == "duty"
    ]
    table = _rows(heads, (1.25, 2.2, 1.2, 1.4, 1.3, 1.1, 2), rows)
    return (_caption("Ukuran, bukti, pemeriksa, dan akibat kelalaian setiap kewajiban:"), table)


def _limits(version: DraftVersion) -> tuple[Block, ...]:
    rows: list[list[object]] = [
        [row.act, linked.PARTIES[row.party], row.checker, _sanction(row)]
        for row in linked.rows(version.content["topics"], version.clauses)
        if row.kind == "limit"
    ]
    if not rows:
        return ()
    table = _rows(("Batasan", "Berlaku bagi", "Pemeriksa", "Akibat pelanggaran"), (2.4, 1.2, 0.9, 2), rows)
    return (_caption("Batasan dan akibat pelanggarannya:"), table)


def _sanction(row: linked.Row) -> str:
    return f"{row.sanction} ({row.place})" if row.place and row.sanction else row.sanction


def _indicators(version: DraftVersion) -> Block:
    names = ("name", "unit", "baseline", "target", "evidence")
    rows = version.content["annexes"]["indicators"]
    heads = ("Indikator", "Satuan", "Data awal", "Target", "Bukti")
    return _rows(heads, (2, 0.8, 1.2, 1.4, 1.4), [[row[name] for name in names] for row in rows])


def _rows(heads: tuple[str, ...], widths: tuple[float, ...], rows: list[list[object]], right: str = "") -> Block:
    """``right`` heads a column of money."""
    if not rows:
        return Paragraph("Tidak ada baris pada lampiran ini.", align="left")
    named = (
        Column(head, width, "right" if head == right else "left") for head, width in zip(heads, widths, strict=True)
    )
    columns = (Column("No.", 0.45, "center"), *named)
    cells = [tuple(_said(value) for value in (number, *row)) for number, row in enumerate(rows, 1)]
    return Table(columns, cells, small=True)


def _said(value: object) -> Cell:
    """A cell in words: a day as 2027-03-01 is written 1 Maret 2027."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit():
        return long_date(date.fromisoformat(value))
    return str(value) if value not in (None, "") else "–"


def _budget(version: DraftVersion) -> tuple[Block, ...]:
    """Where the money comes from, by which way and under which code; then what it is spent on, where that is known."""
    sources = version.content["topics"]["money"]["sources"]
    if not sources:
        return (Paragraph("Kerja sama ini tidak memakai uang.", align="left"),)
    columns = (
        Column("No.", 0.4, "center"), Column("Sumber", 2.4), Column("Kode APB Desa", 1), Column("Saluran", 2),
        Column("Jumlah", 1.5, "right"),
    )  # fmt: skip
    cells: list[tuple[Cell, ...]] = [
        (str(number), row["from"], row["apbdes_code"] or "–", channel_label(row["channel"]), rupiah(int(row["amount"])))
        for number, row in enumerate(sources, 1)
    ]
    total = ("", "Jumlah", "", "", rupiah(sum(int(row["amount"]) for row in sources)))
    table = Table(columns, cells, foot=(total,), small=True)
    spent = version.content["annexes"]["budget"]
    if not spent:
        return (table,)
    rows: list[list[object]] = [[row["item"], row["source"], rupiah(int(row["amount"] or 0))] for row in spent]
    return (
        table,
        Paragraph("Rincian menurut kewajiban:", align="left", keep=True),
        _rows(("Uraian", "Sumber", "Jumlah"), (2.6, 2.6, 1.3), rows, right="Jumlah"),
    )


def _objects(version: DraftVersion) -> tuple[Block, ...]:
    assets = version.content["topics"]["others"]["assets"]
    where = version.content["blanks"].get("lokasi") or "wilayah Desa"
    place = Paragraph(f"Kerja sama dilaksanakan di {where}.", align="left")
    rows: list[list[object]] = [[row["name"], row["asset"], f"{row['years']} tahun"] for row in assets]
    used = (
        _rows(("Aset Desa", "Kode catatan", "Lama pemakaian"), (3, 1.2, 1.2), rows)
        if rows
        else Paragraph("Kerja sama ini tidak memakai aset Desa.", align="left")
    )
    return (place, used)
