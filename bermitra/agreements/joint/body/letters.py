"""The statement of a village that joins or leaves. Papers are Indonesian whatever language the reader has chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from bermitra.agreements.joint.body import queries
from bermitra.agreements.joint.body.models import JointMembership
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import parties_of
from bermitra.agreements.joint.text import joined
from bermitra.agreements.text import money
from bermitra.deliberation.inter_village.letters import letterhead_of, signed_by_head
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import Copies, Document, Facts, Numbered, Qr, Title, fill
from bermitra.foundation.norms.queries import local_words

CHECK = "Arahkan kamera ke kotak ini untuk memeriksa bahwa pernyataan ini asli."
TITLES = {"join": "SURAT PERNYATAAN BERGABUNG", "leave": "SURAT PERNYATAAN MENARIK DIRI"}


def statement_data(membership: JointMembership, *, number: str, dated: date) -> dict[str, Any]:
    """What the paper states, in a fixed form."""
    own = queries.decisions(membership).get(membership.village_id)
    return {
        "membership": membership.code,
        "village": membership.village_id,
        "kind": membership.kind,
        "text_hash": membership.text_hash,
        "number": number,
        "dated": dated.isoformat(),
        "minutes": own.minutes_number if own is not None else "",
    }


def statement_paper(membership: JointMembership, *, key: str, number: str, dated: date) -> Prepared:
    """Rendered for ``agreements.state_joint_member`` under the key of the request."""
    return prepare(
        statement(membership, number=number, dated=dated),
        key=key,
        about=about_of(membership),
        region=membership.village_id,
        example=membership.regulation.example,
    )


def _numbered(regulation: JointRegulation) -> str:
    numbers = joined([str(each.number) for each in parties_of(regulation) if each.number is not None])
    return f"Nomor {numbers} Tahun {regulation.made_on.year}" if regulation.made_on else f"Nomor {numbers}"


def statement(membership: JointMembership, *, number: str, dated: date) -> Document:
    words, regulation = local_words(membership.village_id), membership.regulation
    village = f"{words['village']} {membership.village.name}"
    own = queries.decisions(membership).get(membership.village_id)
    joins = membership.kind == JointMembership.Kind.JOIN
    district = membership.village.parent.name if membership.village.parent else ""
    told = [f"{words['head']} {each.name}" for each in queries.members(regulation) if each.pk != membership.village_id]
    held = (
        f"Berita Acara Nomor {own.minutes_number} tanggal {long_date(own.minutes_on or own.held_on)}"
        if own
        else "…………………"
    )
    duties = (
        f"terikat pada Peraturan Bersama {_numbered(regulation)} tentang {regulation.title};",
        f"membayar iuran {money(membership.dues)} setiap tahun ke rekening atas nama BKAD;",
        f"menganggarkan iuran itu dalam APB Desa dan menjaga aset bersama di wilayah {village}.",
    )
    settled = (
        f"menarik diri dari Peraturan Bersama {_numbered(regulation)} tentang {regulation.title};",
        "menyelesaikan iuran dan kewajiban yang sudah jatuh tempo sebelum keluar;",
        "tidak menghentikan layanan bagi desa lain dengan penarikan diri ini.",
    )
    return Document(
        kind="joint_statement",
        title=f"{TITLES[membership.kind].capitalize()}: {village}, {regulation.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(membership.village, words),
        data=statement_data(membership, number=number, dated=dated),
        blocks=(
            Title((TITLES[membership.kind],), (("", f"NOMOR {number}"),), ""),
            fill(
                "Berdasarkan keputusan {meeting} {village} ({held}), {head} {name} menyatakan bahwa {village}:",
                meeting=words["meeting"],
                village=village,
                held=held,
                head=words["head"],
                name=membership.village.name,
            ),
            Numbered(duties if joins else settled),
            fill("Alasan: {reason}", reason=membership.reason),
            Facts((("Sidik naskah yang dimusyawarahkan", membership.text_hash[:16]),)),
            signed_by_head(membership.village, words, dated),
            Copies((*told, f"{words['council']} {membership.village.name}", f"Camat {district}")),
            Qr(CHECK),
        ),
    )
