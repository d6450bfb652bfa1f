"""What binds villages to one another: one text, each village's own decision, number and signature. Pure Python.

Basis: UU 6/2014 ps 92, PP 43/2014 ps 143-144, Permendagri 96/2017 ps 2-3, 6, 13, Permendagri 111/2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.agreements.rules import CONTENTS
from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Severity, Status, rule
from bermitra.foundation.text import _

JOINT_FLOW = Flow(
    "joint_regulation",
    [
        Move("start", "drafting", "agreements.start_joint_draft"),
        Move("drafting", "drafting", "agreements.propose_joint_change"),
        Move("drafting", "drafting", "agreements.accept_joint_text"),
        Move("drafting", "drafting", "agreements.give_joint_number"),
        Move("deciding", "deciding", "agreements.give_joint_number"),
        Move("drafting", "drafting", "agreements.record_joint_consultation"),
        Move("drafting", "deciding", "agreements.table_joint_text"),
        Move("deciding", "locked", "agreements.lock_joint_text"),
        *(Move(before, "drafting", "agreements.reopen_joint_text") for before in ("deciding", "locked")),
        Move("locked", "locked", "agreements.sign_joint_text"),
        Move("locked", "signed", "agreements.sign_joint_text"),
        Move("locked", "locked", "agreements.register_certified_joint_text"),
        Move("locked", "signed", "agreements.register_certified_joint_text"),
        Move("locked", "locked", "agreements.lay_down_joint_scan"),
        Move("locked", "locked", "agreements.confirm_joint_scan"),
        Move("locked", "signed", "agreements.confirm_joint_scan"),
        Move("signed", "signed", "agreements.promulgate_joint_text"),
        Move("signed", "in_force", "agreements.promulgate_joint_text"),
        *(Move(before, "abandoned", "agreements.abandon_joint_text") for before in ("drafting", "deciding")),
    ],
)

LABELS: dict[str, Label] = {
    "drafting": Label(
        _("Naskah disusun"),
        _("Naskah disusun bersama"),
        _("Menunggu setiap desa menerima naskah yang sama dan mendengar warganya."),
        "rancangan_peraturan_bersama",
    ),
    "deciding": Label(
        _("Dimusyawarahkan setiap desa"),
        _("Menunggu Musyawarah Desa setiap desa"),
        _("Menunggu keputusan mengikat Musyawarah Desa setiap desa atas naskah ini."),
        "rancangan_peraturan_bersama",
    ),
    "locked": Label(
        _("Menunggu tanda tangan"),
        _("Menunggu tanda tangan"),
        _("Menunggu tanda tangan setiap Kepala Desa."),
        "penetapan",
    ),
    "signed": Label(
        _("Menunggu pengundangan"),
        _("Menunggu pengundangan"),
        _("Menunggu pengundangan dalam Berita Desa setiap desa."),
        "penetapan",
    ),
    "in_force": Label(_("Berlaku"), _("Berlaku"), _("Tidak ada yang ditunggu."), "aktif_antar_desa"),
    "abandoned": Label(_("Dihentikan"), _("Dihentikan"), _("Tidak ada yang ditunggu."), "dihentikan"),
}


# Where it may be made ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TerritoryFacts:
    """``regencies``: codes of those in which the villages lie; ``kelurahan``: how many of the parties are none of a Desa."""

    regencies: frozenset[str]
    kelurahan: int


@rule(
    "AG-63",
    says=_("Peraturan Bersama hanya untuk desa dalam satu kabupaten; lintas kabupaten dirujuk ke kerja sama daerah."),
    remedy=_("Keluarkan desa kabupaten lain atau kelurahan, lalu kirim surat rujukan kepada Bupati."),
    basis="Permendagri 96/2017 ps 2-3; PP 28/2018; Permendagri 22/2020",
    status=Status.SOURCED,
)
def villages_of_one_regency(f: TerritoryFacts) -> bool:
    return len(f.regencies) == 1 and f.kelurahan == 0


# One text ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TextFacts:
    """``accepted``: the hash that each village's head accepted last, for those who accepted any."""

    text_hash: str
    accepted: tuple[str, ...]
    villages: int


@rule(
    "AG-61",
    says=_("Kepala Desa setiap desa harus menerima versi naskah yang sama."),
    remedy=_("Buka versi terakhir, lalu nyatakan menerima di desa yang belum."),
    basis="UU 6/2014 ps 92(2); product: drafting by turns",
    status=Status.PRODUCT,
)
def every_village_accepts_same_text(f: TextFacts) -> bool:
    return len(f.accepted) == f.villages and set(f.accepted) == {f.text_hash}


@dataclass(frozen=True)
class WholeFacts:
    """``holes``: blanks that nobody has filled in yet."""

    filled: frozenset[str]
    holes: int
    term_whole: bool


@rule(
    "AG-62",
    says=_("Delapan isi wajib, iuran setiap desa, dan jangka waktu naskah harus terisi."),
    remedy=_("Isi bagian naskah yang masih bertitik-titik."),
    basis="PP 43/2014 ps 143; Permendagri 96/2017 ps 6",
    status=Status.SOURCED,
)
def joint_text_is_whole(f: WholeFacts) -> bool:
    return CONTENTS.keys() <= f.filled and f.holes == 0 and f.term_whole


@dataclass(frozen=True)
class ConsultedFacts:
    """``villages_consulted``: whose residents were heard on the text of now, or on one that differs in nothing they were asked."""

    villages: int
    villages_consulted: int


@rule(
    "AG-24",
    says=_("Warga setiap desa harus didengar tentang naskah ini; pasal yang ditanyakan tidak berubah sesudahnya."),
    remedy=_("Catat konsultasi di desa yang belum, atau ulangi bila pasal yang ditanyakan berubah."),
    basis="Permendagri 111/2014",
    status=Status.UNVERIFIED,
)
def residents_consulted(f: ConsultedFacts) -> bool:
    return f.villages_consulted == f.villages


# Each village's own decision and number --------------------------------------------------------------------------------
@dataclass(frozen=True)
class OwnFacts:
    """``villages_with_minutes``: whose own Musyawarah agreed, binding, to exactly this text; ``villages_with_number``: that gave
    it a number of their own."""

    villages: int
    villages_with_minutes: int
    villages_with_number: int


@rule(
    "AG-23",
    says=_("Setiap desa peserta harus memiliki Musyawarah Desa, nomor, dan tanda tangannya sendiri."),
    remedy=_("Lengkapi berita acara atau nomor desa yang masih kurang."),
    basis="UU 6/2014 ps 92(2); Permendagri 96/2017 ps 13",
    status=Status.SOURCED,
)
def each_village_decided(f: OwnFacts) -> bool:
    return f.villages_with_minutes == f.villages == f.villages_with_number


# In time ---------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TimeFacts:
    """``agreed_on``: when the last village's Musyawarah agreed; ``signed_on``: when the last head signed, else today."""

    agreed_on: date | None
    signed_on: date
    most_days: int


@rule(
    "AG-25",
    says=_(
        "Peraturan Bersama sebaiknya ditandatangani paling lama {joint_regulation_signing_days} hari setelah setiap "
        "desa menyepakatinya, lalu diundangkan."
    ),
    remedy=_("Tandatangani dan undangkan di Berita Desa setiap desa."),
    basis="Permendagri 111/2014",
    status=Status.UNVERIFIED,
    severity=Severity.WARN,
)
def joint_regulation_in_time(f: TimeFacts) -> bool:
    return f.agreed_on is None or (f.signed_on - f.agreed_on).days <= f.most_days


STARTING: tuple[Rule, ...] = (villages_of_one_regency,)
ACCEPTED: tuple[Rule, ...] = (every_village_accepts_same_text,)
WHOLE: tuple[Rule, ...] = (joint_text_is_whole,)
CONSULTED: tuple[Rule, ...] = (residents_consulted,)
OWN: tuple[Rule, ...] = (each_village_decided,)
IN_TIME: tuple[Rule, ...] = (joint_regulation_in_time,)
