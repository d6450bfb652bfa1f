"""What a round came to, for one side, in words: a headline, and a line for every entry of its list.

The numbers were kept with the result (``outcome`` of its row); here they become sentences in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bermitra.foundation.text import _
from bermitra.matching.figures import decimal
from bermitra.matching.models import RoundOffer, RoundVillage
from bermitra.matching.shortlists.rules import GATES

# Of a village: how it went as a whole, by the state that ``engine.outcomes`` names.
VILLAGE: dict[str, str] = {
    "matched": _("Diperkenalkan kepada {who}: “{title}”, urutan ke-{place} dari {listed} pada daftar Anda."),
    "waiting": _("Belum dapat: semua tempat pada {listed} tawaran di daftar Anda terisi."),
    "exhausted": _("Belum dapat: {struck} tawaran Anda coret dan {refused} mencoret Anda; selebihnya terisi."),
    "no_offer": _("Belum ada tawaran yang lolos syarat untuk desa Anda."),
    "ranked": _("Tawaran kurang dari {least}: putaran berakhir sebagai daftar peringkat biasa."),
    "gone": _("Tidak dihitung: desa Anda tidak lagi memiliki kebutuhan prioritas saat daftar dihitung."),
}
OFFER: dict[str, str] = {
    "matched": _("Diperkenalkan kepada {matched} desa; {free} tempat masih kosong."),
    "none": _("Belum ada desa yang diperkenalkan; {free} tempat masih kosong."),
    "ranked": VILLAGE["ranked"],
    "gone": _("Tidak dihitung: tawaran tidak lagi terbit, atau tempatnya habis, saat daftar dihitung."),
}
# Of one pair, by its fate: as the village reads it, and as the partner does.
TO_VILLAGE: dict[str, str] = {
    "introduced": _("Diperkenalkan; nilai kecocokan {h}."),
    "unasked": _("Tidak diminta: desa Anda mendapat pilihan yang lebih didahulukan."),
    "below": _("Menunggu: nilai desa Anda bagi mitra ini {own}; batasnya {cutoff}."),
    "lot": _("Menunggu: nilai desa Anda bagi mitra ini sama dengan batasnya, {cutoff}; undian mendahulukan desa lain."),
    "ordered": _("Menunggu: mitra mendahulukan desa lain dalam urutannya sendiri."),
    "reserved": _("Menunggu: semua tempatnya jatah desa tertinggal, desa Anda di luar jatah."),
    "ranked": _("Nilai kecocokan {h}."),
}
TO_PARTNER: dict[str, str] = {
    "introduced": _("Diperkenalkan; nilai kecocokan {h}."),
    "unasked": _("Desa ini mendapat mitra yang lebih didahulukannya."),
    "below": _("Menunggu: nilai desa ini bagi Anda {own}; batasnya {cutoff}."),
    "lot": _("Menunggu: nilai desa ini bagi Anda sama dengan batasnya, {cutoff}; undian mendahulukan desa lain."),
    "ordered": _("Menunggu: urutan Anda mendahulukan desa lain."),
    "reserved": _("Menunggu: semua tempat jatah desa tertinggal, desa ini di luar jatah."),
    "ranked": _("Nilai kecocokan {h}."),
}
BY_GATE = _("Paling banyak gugur pada syarat ini: {says}")
CLOSEST = _("Yang paling dekat: “{title}”. {says}")
RESERVE = _("Jatah diisi lebih dahulu: {filled} dari {reserve} tempat jatah terisi, {idle} dialihkan ke umum.")


@dataclass(frozen=True)
class Told:
    """One entry of a side's list: whom it is about, its place, the sentence, and whether they were introduced."""

    code: str
    title: str
    who: str
    place: int
    says: str
    introduced: bool


def headline(side: RoundVillage | RoundOffer) -> list[str]:
    """How it went as a whole, one to three sentences; empty before there is a result."""
    outcome = side.outcome
    if not outcome:
        return []
    found = _of_village(outcome) if isinstance(side, RoundVillage) else _of_offer(outcome)
    return [each for each in found if each]


def told(side: RoundVillage | RoundOffer) -> list[Told]:
    """Every entry of its list with what became of it, in the side's own order."""
    words = TO_VILLAGE if isinstance(side, RoundVillage) else TO_PARTNER
    return [
        Told(each["code"], each["title"], each["who"], place, _says(words, each), each["fate"] == "introduced")
        for place, each in enumerate(side.outcome.get("pairs", ()), start=1)
    ]


def _of_village(outcome: Mapping[str, Any]) -> list[str]:
    pairs = outcome.get("pairs", ())
    given = {**outcome, "listed": len(pairs)}
    if outcome["kind"] == "matched":
        said = [
            gettext(VILLAGE["matched"]).format(who=each["who"], title=each["title"], place=at, listed=len(pairs))
            for at, each in enumerate(pairs, start=1)
            if each["fate"] == "introduced"
        ]
        return said
    said = [gettext(VILLAGE[outcome["kind"]]).format(**given)]
    if (at := outcome.get("told")) is not None and outcome["kind"] in ("waiting", "exhausted"):
        closest = pairs[at]
        said.append(gettext(CLOSEST).format(title=closest["title"], says=_says(TO_VILLAGE, closest)))
    if gate := outcome.get("gate"):
        said.append(gettext(BY_GATE).format(says=gettext(GATES[gate - 1].says)))
    return said


def _of_offer(outcome: Mapping[str, Any]) -> list[str]:
    said = [gettext(OFFER[outcome["kind"]]).format(**outcome)]
    if outcome.get("reserve"):
        said.append(
            gettext(RESERVE).format(filled=outcome["in_reserve"], reserve=outcome["reserve"], idle=outcome["idle"])
        )
    return said


def _says(words: Mapping[str, str], pair: Mapping[str, Any]) -> str:
    cutoff, own = apart(max(pair.get("cutoff", 0), 0), pair["b"])
    return gettext(words[pair["fate"]]).format(cutoff=cutoff, own=own, h=decimal(pair["h"]))


def apart(one: int, other: int) -> tuple[str, str]:
    """Two scores with as many figures as it takes to tell them apart, at least two."""
    for places in range(2, 6):
        if one == other or decimal(one, places) != decimal(other, places):
            return decimal(one, places), decimal(other, places)
    return decimal(one, 6), decimal(other, 6)
