"""What an addendum to an agreement from before needs, besides what every addendum does. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bermitra.agreements.changing.rules import TOUCHES
from bermitra.agreements.rules.assets import BUILT, LEASED, UTILISED
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _
from bermitra.partnership.rules import THIRD_PARTY

UNDER_WAY = ("drafted", "offered", "agreed", "locked")
FLOW = Flow(
    "earlier_addendum",
    (
        Move("start", "drafted", "agreements.propose_earlier_addendum"),
        Move("drafted", "drafted", "agreements.word_earlier_addendum"),
        Move("drafted", "offered", "agreements.offer_earlier_addendum"),
        Move(
            "drafted", "agreed", "agreements.offer_earlier_addendum"
        ),  # of a partner without an account: the paper asks it
        Move("offered", "agreed", "agreements.agree_earlier_addendum"),
        Move("offered", "rejected", "agreements.reject_earlier_addendum"),
        Move("agreed", "locked", "agreements.lock_earlier_addendum"),
        Move("locked", "locked", "agreements.confirm_earlier_addendum_scan"),
        Move("locked", "in_force", "agreements.confirm_earlier_addendum_scan"),
        *(Move(state, "withdrawn", "agreements.withdraw_earlier_addendum") for state in UNDER_WAY),
        # Another village holds the agreement now; what it wants to change it proposes itself.
        *(Move(state, "withdrawn", "agreements.record_village_change") for state in UNDER_WAY),
    ),
)
OVER = frozenset({"in_force", "rejected", "withdrawn"})
LABELS = {
    "drafted": (_("Sedang disusun"), _("Menunggu desa mengutip perubahannya, lalu Kepala Desa mengirim usul.")),
    "offered": (_("Diusulkan"), _("Menunggu mitra menjawab usul perubahan.")),
    "agreed": (_("Menunggu Musyawarah Desa"), _("Menunggu Musyawarah Desa, lalu Kepala Desa mengunci adendum.")),
    "locked": (_("Siap ditandatangani"), _("Menunggu tanda tangan basah, pindaiannya, dan yang mencocokkannya.")),
    "in_force": (_("Berlaku"), _("Tidak ada yang ditunggu.")),
    "rejected": (_("Tidak disetujui"), _("Tidak ada yang ditunggu.")),
    "withdrawn": (_("Ditarik"), _("Tidak ada yang ditunggu.")),
}
ASSET_FORMS = {
    "": _("Tidak ada aset desa yang dipakai"),
    LEASED: _("Sewa"),
    UTILISED: _("Kerja sama pemanfaatan"),
    BUILT[0]: _("Bangun guna serah"),
    BUILT[1]: _("Bangun serah guna"),
}


def touched(said: Sequence[str], *, term: bool, money: bool, asset: bool) -> list[str]:
    """What somebody says that it touches, what it touches by its values, and rights: no machine reads what free words bind
    somebody to."""
    found = {*said, "rights"}
    found |= {name for name, is_so in (("term", term), ("money", money), ("asset", asset)) if is_so}
    return [each for each in TOUCHES if each in found]


# Proposing ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RecordFacts:
    number: str
    made_on_known: bool
    scan_kept: bool
    coop_type: str


@rule(
    "AG-96",
    says=_("Adendum mengutip perjanjian yang nomor, tanggal, dan berkasnya tercatat di sini."),
    remedy=_("Lengkapi nomor, tanggal, dan berkas pada catatan perjanjian."),
    basis="product: an addendum names what it changes, and everybody can read what it quotes",
    status=Status.PRODUCT,
)
def quotes_a_known_agreement(f: RecordFacts) -> bool:
    return f.number != "" and f.made_on_known and f.scan_kept


@rule(
    "AG-97",
    says=_("Adendum hanya untuk perjanjian dengan pihak ketiga."),
    remedy=_("Ubah kerja sama antar-Desa dengan Peraturan Bersama."),
    basis="UU 6/2014 ps 92; product: a regulation is changed by a regulation",
    status=Status.SOURCED,
)
def agreement_with_a_third_party(f: RecordFacts) -> bool:
    return f.coop_type == THIRD_PARTY


@dataclass(frozen=True)
class QuotesFacts:
    """``changes``: article, page, semula and menjadi of each; ``pages``: of the scan."""

    changes: tuple[tuple[str, int, str, str], ...]
    pages: int


@rule(
    "AG-98",
    says=_("Setiap perubahan menyebut pasal dan halaman pindaian, semula, dan menjadi yang berbeda."),
    remedy=_("Perbaiki kutipannya menurut pindaian perjanjian."),
    basis="product: amendments lose edits, and the reader finds each quotation",
    status=Status.PRODUCT,
)
def every_change_is_quoted(f: QuotesFacts) -> bool:
    return all(
        article != "" and 1 <= page <= f.pages and before != "" and before != after
        for article, page, before, after in f.changes
    )


QUOTABLE: tuple[Rule, ...] = (quotes_a_known_agreement, agreement_with_a_third_party)
QUOTED: tuple[Rule, ...] = (every_change_is_quoted,)
