"""The dossier: everything that was written down in choosing the partner of a case, as one file that prints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bermitra.foundation.documents.model import (
    Block,
    Contents,
    Document,
    Facts,
    Note,
    Part,
    Size,
    Title,
)
from bermitra.partnership.models import Case
from bermitra.partnership.rules import ROUTES
from bermitra.selection.letters import dossier_call as of_call
from bermitra.selection.letters import dossier_end as end
from bermitra.selection.letters import dossier_offer as of_offer
from bermitra.selection.letters.common import (
    UNANNOUNCED,
    Edition,
    day_of,
    head_of_paper,
    in_indonesian,
    moment_of,
    page_of_case,
    pdf_of,
    said,
    village_of,
)
from bermitra.selection.models import Call
from bermitra.selection.queries import call_of

EDITIONS = {
    Edition.HOUSE: "untuk tim seleksi, pemerintah desa, BPD, dan pengawas",
    Edition.PUBLIC: "untuk umum",
}
MASKED = (
    "Edisi ini tanpa nama saksi, penilai, dan penyanggah, serta tanpa isi usulan peserta. Nomor identitas, telepon, dan "
    "rekening disembunyikan."
)
KEPT_IN = (
    "Edisi ini memuat nama saksi dan penilai. Jangan disebarkan. Nomor identitas, telepon, dan rekening disembunyikan."
)


@in_indonesian
def dossier(case: Case, edition: Edition, *, at: datetime, size: Size = Size.A4) -> Document:
    """As the records stand ``at`` this moment. Parts of which nothing is written yet are left out."""
    call = call_of(case)
    if call is not None and call.state in UNANNOUNCED:
        call = None
    found = [(title, blocks) for title, make in _parts(case, call, edition) if (blocks := make())]
    return Document(
        kind="selection_dossier",
        title=f"Berkas seleksi: {said(case.title)}",
        dated=day_of(case, at),
        author=f"Pemerintah {village_of(case)}",
        letterhead=head_of_paper(case),
        size=size,
        data={"case": case.code, "edition": edition.value, "at": at.isoformat()},
        blocks=(
            Title(("BERKAS SELEKSI MITRA",), (), said(case.title).upper()),
            Facts(
                (
                    ("Desa", village_of(case)),
                    ("Kode kemitraan", case.code),
                    ("Jalur", ROUTES[case.route]),
                    *((("Mitra", case.partner.name),) if case.partner else ()),
                    ("Keadaan kemitraan", case.label.public),
                    ("Edisi", EDITIONS[edition]),
                    ("Disusun", moment_of(case, at)),
                )
            ),
            Note(KEPT_IN if edition is Edition.HOUSE else MASKED),
            Contents("Isi berkas"),
            *(block for title, blocks in found for block in (Part(title), *blocks)),
        ),
    )


Make = Callable[[], tuple[Block, ...]]


def _parts(case: Case, call: Call | None, edition: Edition) -> list[tuple[str, Make]]:
    """The order in which it happened."""
    decided: list[tuple[str, Make]] = [("Keputusan Musyawarah", lambda: end.decision(case))]
    if call is None:
        return [
            ("Usulan mitra", lambda: of_offer.offer(case, edition)),
            ("Pemeriksaan desa", lambda: of_offer.examined(case)),
            ("Usulan pembanding", lambda: of_offer.rivals(case, edition)),
            *decided,
            ("Jawaban tertulis", lambda: of_offer.answered(case)),
        ]
    return [
        ("Penawaran dan Kerangka Acuan Kerja", lambda: of_call.called(call)),
        ("Pengumuman dan perubahannya", lambda: of_call.announced(call)),
        ("Tanya jawab", lambda: of_call.questions(call)),
        ("Penunjukan langsung", lambda: of_call.direct(call)),
        ("Pembukaan usulan", lambda: of_call.opened(call, edition)),
        ("Tim seleksi dan pernyataan kepentingan", lambda: of_call.panel(call, edition)),
        ("Seleksi administrasi dan kunjungan", lambda: of_call.checked(call, edition)),
        ("Nilai dan alasan", lambda: of_call.scored(call, edition)),
        ("Moderasi", lambda: of_call.moderated(call, edition)),
        ("Peringkat", lambda: of_call.ranked(call, edition)),
        ("Pencalonan", lambda: of_call.proposed(call, edition)),
        ("Sanggahan dan jawabannya", lambda: end.objections(call, edition)),
        ("Syarat penetapan", lambda: end.guarded(call)),
        *decided,
    ]


def dossier_pdf(case: Case, edition: Edition, *, at: datetime) -> bytes:
    """Takes a while for a call with many proposals: made by the worker."""
    document = dossier(case, edition, at=at)
    return pdf_of(document, code=case.code, address=page_of_case(case), example=case.example)
