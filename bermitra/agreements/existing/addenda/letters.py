"""What the paper of an addendum to an agreement from before says. The body sets out what holds from now on; the annex lays
what was typed from the scan beside it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from bermitra.agreements.changing.letters import COMPARED, addendum_blocks
from bermitra.agreements.existing.addenda import queries
from bermitra.agreements.existing.addenda.models import TERMS, EarlierAddendum
from bermitra.agreements.letters import LATER
from bermitra.agreements.queries import Signers, setting_of
from bermitra.agreements.rules import ONE, TWO
from bermitra.agreements.text import PARTY_NAMES
from bermitra.deliberation.queries import decision_on
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Article,
    Block,
    Clause,
    Document,
    Paragraph,
    Table,
    fill,
)
from bermitra.foundation.money import in_words, rupiah
from bermitra.foundation.norms.queries import local_words
from bermitra.registry.letters import letterhead_of


def addendum_paper(
    addendum: EarlierAddendum, *, key: str, made_on: date, place: str, village_number: str, partner_number: str
) -> Prepared:
    """The addendum, rendered for ``agreements.lock_earlier_addendum`` under the key of the request."""
    signing = queries.signers_of(addendum, made_on)
    numbers = (village_number, partner_number)
    document = addendum_document(addendum, made_on=made_on, place=place, numbers=numbers, signing=signing)
    case = addendum.earlier.case
    return prepare(document, key=key, about=about_of(addendum), region=case.village_id, example=case.example)


def draft_document(addendum: EarlierAddendum, today: date) -> Document:
    """The addendum as it stands, to read and print while it is talked about."""
    return addendum_document(addendum, made_on=today, place=LATER, numbers=("", ""), signing={})


def addendum_document(
    addendum: EarlierAddendum, *, made_on: date, place: str, numbers: tuple[str, str], signing: Signers
) -> Document:
    """The whole paper; with nobody to sign yet it is a draft with empty lines."""
    case, bound = addendum.earlier.case, queries.as_bound(addendum)
    words, setting = local_words(case.village_id), setting_of(case, case.title)
    village = f"{words['village']} {setting.village}"
    terms = {name: getattr(addendum, name) for name in TERMS}
    return Document(
        kind="addendum",
        title=f"Adendum Perjanjian {village} dan {setting.partner} tentang {case.title}",
        dated=made_on,
        author=f"Pemerintah {village}",
        initials=tuple(PARTY_NAMES.values()),
        letterhead=letterhead_of(case.village, words),
        data={
            "text_hash": addendum.text_hash,
            "addendum": addendum.number,
            "of": case.code,
            "numbers": list(numbers),
            "made_on": made_on.isoformat(),
            "place": place,
            "signers": [signing[party][0].full_name for party in (ONE, TWO) if party in signing],
            **{name: value.isoformat() if isinstance(value, date) else value for name, value in terms.items()},
        },
        blocks=addendum_blocks(
            bound,
            setting,
            words,
            signing,
            names=("Adendum", "Perjanjian", "Perjanjian"),
            title=case.title,
            made_on=made_on,
            place=place,
            numbers=numbers,
            premises=_premises(addendum, words, setting.village),
            articles=_articles(addendum),
            comparison=_comparison(addendum),
        ),
    )


def _premises(addendum: EarlierAddendum, words: dict[str, str], village: str) -> list[str]:
    earlier, partner = addendum.earlier, queries.partner_of(addendum)
    made = f" tanggal {long_date(earlier.made_on)}" if earlier.made_on else ""
    said = [
        f"bahwa {words['village']} {village} dan {partner.name} telah mengikat Perjanjian Nomor {earlier.number}{made}, yang "
        "pindaiannya tercatat pada Bermitra",
        *(
            f"bahwa Perjanjian itu telah diubah dengan Adendum Nomor {each.village_number} dan Nomor {each.partner_number}"
            for each in reversed(queries.addenda_of(earlier))
            if each.state == "in_force" and each.pk != addendum.pk
        ),
        f"bahwa perubahan diperlukan karena: {addendum.reason.rstrip(' .;')}",
    ]
    decided = decision_on(addendum.code)
    if decided is not None and decided.agreed:
        said.append(
            f"bahwa {words['meeting']} {village} pada tanggal {long_date(decided.held_on)}, yang dihadiri {decided.present} "
            f"orang, telah menyepakati perubahan ini sebagaimana Berita Acara Nomor {decided.minutes_number}"
        )
    if addendum.evaluated_on is not None:
        said.append(
            f"bahwa hasil kerja sama telah dievaluasi pada tanggal {long_date(addendum.evaluated_on)}: "
            f"{addendum.evaluation.rstrip(' .;')}"
        )
    if addendum.permit_number:
        said.append(f"bahwa Bupati atau Wali Kota memberi izin tertulis Nomor {addendum.permit_number}")
    return said


def _articles(addendum: EarlierAddendum) -> list[Block]:
    """What changes, point by point, each as it reads from now on; then the day and the value; then what stays."""
    body: list[Block] = []
    for place, each in enumerate(addendum.changes, 1):
        number = f"{place}. " if len(addendum.changes) > 1 else ""
        quoted = f"{number}{each['article']}, pada halaman {each['page']} naskah Perjanjian,"
        if each["after"]:
            body += [
                Paragraph(f"{quoted} diubah sehingga berbunyi:", keep=True),
                Paragraph(fill("“{words}”", words=each["after"])),
            ]
        else:
            body.append(Paragraph(f"{quoted} dihapus seperti dikutip pada perbandingan naskah."))
    articles: list[Block] = [
        Article(
            "Perubahan",
            (Paragraph("Ketentuan Perjanjian diubah sebagai berikut:", keep=True),),
            key="perubahan_adendum",
        ),
        *body,
    ]
    if values := _values(addendum):
        articles.append(Article("Jangka Waktu dan Nilai", values, key="nilai_adendum"))
    stays = (
        Clause("Ketentuan lain dalam Perjanjian tetap berlaku."),
        Clause("Adendum ini merupakan bagian yang tidak terpisahkan dari Perjanjian."),
    )
    return [
        *articles,
        Article("Ketentuan Lain", stays, key="ketentuan_adendum"),
        Article("Mulai Berlaku", ("Adendum ini berlaku sejak ditandatangani PARA PIHAK.",), key="berlaku_adendum"),
    ]


def _values(addendum: EarlierAddendum) -> tuple[Clause, ...]:
    said = []
    if addendum.ends_on is not None:
        said.append(Clause(f"Perjanjian berakhir pada tanggal {long_date(addendum.ends_on)}."))
    if addendum.value is not None:
        worth = f"{rupiah(addendum.value)} ({in_words(addendum.value)})" if addendum.value else "tanpa uang"
        said.append(Clause(f"Nilai kerja sama menjadi {worth}."))
    return tuple(said)


def _comparison(addendum: EarlierAddendum) -> tuple[Block, ...]:
    with override("id"):
        values = queries.new_values(addendum)
    rows = [
        *((f"{each['article']}, halaman {each['page']}", each["before"], each["after"] or "dihapus") for each in addendum.changes),
        *values,
    ]  # fmt: skip
    sealed = fill("Sidik naskah yang disepakati: {hash}", hash=addendum.text_hash)
    return (
        Table(COMPARED, rows, small=True),
        Paragraph("Kolom semula diketik dari pindaian Perjanjian; mesin tidak membaca kertas.", align="left"),
        Paragraph(sealed, align="left"),
    )
