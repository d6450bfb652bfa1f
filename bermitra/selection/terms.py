"""The parts of the terms of reference (KAK) and of a proposal, in the order in which they are asked and printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bermitra.foundation.text import _
from bermitra.selection.rules import CONTENTS

# Two pages of questions. What the case knows already (benefit and cost, plan, place) is printed from there, and criteria,
# deadline and channels have pages of their own.
WORK = {
    "background": _("Latar belakang, kebutuhan, dan data"),
    "results": _("Tujuan dan hasil yang terukur"),
    "scope": _("Ruang lingkup pekerjaan"),
    "location": _("Lokasi"),
    "beneficiaries": _("Penerima manfaat: perempuan, keluarga miskin, dan dusun"),
    "risks": _("Risiko dan pencegahannya"),
}
TERMS = {
    "contribution": _("Sumbangan desa"),
    "wanted": _("Yang dibutuhkan dari mitra"),
    "term": _("Jangka waktu"),
    "funds": _("Perkiraan dana dan sumbernya"),
    "documents": _("Dokumen yang diminta"),
    "schedule": _("Jadwal"),
    "contact": _("Tempat bertanya (jabatan dan alamat kantor)"),
}
SECTIONS = {**WORK, **TERMS}

# A proposal to a call: what is offered, and how it answers the criteria.
OFFER = {
    "offer": _("Yang ditawarkan"),
    "wants": _("Yang diharapkan dari desa"),
    "cash": _("Uang tunai"),
    "in_kind": _("Nilai barang dan jasa"),
    "term_years": _("Lama kerja sama (tahun)"),
    "households_reached": _("Keluarga yang dijangkau"),
    "gifts_to_persons": _("Pemberian kepada orang atau pejabat desa"),
}
ANSWERS = {
    "benefit": _("Manfaat bagi warga dan pembagiannya"),
    "capability": _("Kemampuan dan pengalaman"),
    "funding": _("Kepastian dan jalur pendanaan"),
    "environment": _("Lingkungan, sosial, dan budaya"),
    "participation": _("Keikutsertaan warga"),
    "exit_plan": _("Setelah kerja sama berakhir"),
}
CONTENT = {**OFFER, **ANSWERS}
MONEY = ("cash", "in_kind")
NUMBERS = (*MONEY, "term_years", "households_reached", "gifts_to_persons")
FIGURES = {name: OFFER[name] for name in NUMBERS}
NEEDED = ("offer", "wants", "term_years", "households_reached", *ANSWERS)

# An offer of the partner's own accord: the eight contents of law, each in words, with its money beside them.
EIGHT = {
    "scope": _("Ruang lingkup"),
    "field": _("Bidang dan bentuk kerja sama"),
    "procedure": _("Tata cara pelaksanaan"),
    "term": _("Jangka waktu"),
    "rights_and_obligations": _("Hak dan kewajiban kedua pihak"),
    "funding": _("Pendanaan"),
    "changes": _("Perubahan, penundaan, dan pembatalan"),
    "disputes": _("Penyelesaian perselisihan"),
}


# What every offer says of itself in yes or no, whatever form it has: either of them asks for rivals (SL-26).
TAKES = {
    "uses_asset": _("Memakai tanah atau aset desa?"),
    "exclusive": _("Menutup mitra lain untuk hal yang sama?"),
}


def empty_sections(kak: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in SECTIONS if not kak.get(name))


def empty_parts(content: Mapping[str, Any]) -> tuple[str, ...]:
    """What a proposal must still say; the statements of vision are counted apart."""
    return tuple(name for name in NEEDED if not content.get(name))


def says_yes(content: Mapping[str, Any], name: str) -> bool | None:
    """The answer to one of ``TAKES``; ``None`` where it was not given."""
    return {"yes": True, "no": False}.get(content.get(name, ""))


def contents_of(content: Mapping[str, Any]) -> frozenset[str]:
    """Which of the eight contents of law an offer holds."""
    return frozenset(name for name in CONTENTS if content.get(name))
