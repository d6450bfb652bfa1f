"""What binds a village where one partner proposes the same words to many. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _


@dataclass(frozen=True)
class MemberFacts:
    """One text to which the words would be proposed: of this partner and form, and agreed to by its own village meeting."""

    of_partner: bool
    in_form: bool
    own_consent: bool


@rule(
    "AG-66",
    says=_("Setiap desa terikat hanya oleh musyawarahnya sendiri, bukan oleh persetujuan desa lain."),
    remedy=_("Tunggu keputusan Musyawarah Desa itu, atau keluarkan desanya dari usulan ini."),
    basis="UU 6/2014 ps 93(2); product: one text for many villages",
    status=Status.PRODUCT,
)
def each_village_for_itself(f: MemberFacts) -> bool:
    return f.of_partner and f.in_form and f.own_consent


OFFERING: tuple[Rule, ...] = (each_village_for_itself,)
AT_ONCE = 25  # texts that one act proposes to
# Blanks that say something of one village or one day only: they are never taken over from another text.
LOCAL = ("lokasi", "alamat", "nama_", "nomor_", "tanggal_", "luas_")


def is_local(blank: str) -> bool:
    return blank.startswith(LOCAL)
