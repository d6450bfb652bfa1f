"""What a text is made of, and the circumstances that choose its articles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bermitra.agreements.chains.rules import AGREEMENT, MEMORANDUM
from bermitra.agreements.rules import COOPERATIVE
from bermitra.foundation.text import _
from bermitra.partnership import sheet

Content = dict[str, Any]
Clauses = list[dict[str, Any]]
ANNEXES = {
    "work_plan": ("Rencana Kerja", ("activity", "output", "target", "start", "end", "lead")),
    "budget": ("Rencana Anggaran", ("item", "amount", "source", "apbdes_code", "channel")),
    "indicators": ("Indikator", ("name", "unit", "baseline", "target", "evidence")),
}
COLUMNS = {
    "activity": _("Kegiatan"), "output": _("Keluaran"), "target": _("Sasaran"), "start": _("Mulai"), "end": _("Selesai"),
    "lead": _("Penanggung jawab"), "item": _("Uraian"), "amount": _("Jumlah"), "source": _("Sumber"),
    "apbdes_code": _("Kode APB Desa"), "channel": _("Saluran"), "name": _("Indikator"), "unit": _("Satuan"),
    "baseline": _("Data awal"), "evidence": _("Bukti"),
}  # fmt: skip
SHAPES = {False: _("Naskah lengkap"), True: _("Naskah ringkas")}
PARTY_NAMES = {"one": "PIHAK KESATU", "two": "PIHAK KEDUA"}
SHORT_FORMS = ("kkn", "hibah")  # those whose short words were written


@dataclass(frozen=True)
class Setting:
    """Who agrees, where, on what: what the wording takes from the records and never asks for."""

    title: str
    village: str
    district: str
    regency: str
    regent: str
    partner: str
    village_address: str
    partner_address: str
    field: str
    initiative: str
    forms: tuple[str, ...]  # codes
    form_names: tuple[str, ...]
    goals: str = ""
    regulation: str = ""
    consent_needed: bool = False
    consent_number: str = ""
    partner_kind: str = ""


def is_short(content: Content) -> bool:
    return bool(content.get("shape", {}).get("short"))


def level(content: Content) -> str:
    """Memorandum, agreement or arrangement."""
    return str((content.get("chain") or {}).get("level", AGREEMENT))


def circumstances(content: Content, setting: Setting) -> frozenset[str]:
    topics = content["topics"]
    return frozenset(
        {
            "money" if topics["money"]["value"] else "no_money",
            "asset" if topics["others"]["assets"] else "no_asset",
            "consent" if setting.consent_needed else "no_consent",
            *_chained(content),
            "short" if is_short(content) else "whole",
            "cooperative" if setting.partner_kind == COOPERATIVE else "no_cooperative",
        }
    )


def _chained(content: Content) -> list[str]:
    chain = content.get("chain") or {}
    return ["memorandum"] * (level(content) == MEMORANDUM) + ["made_under"] * bool(chain.get("under"))


def too_much_for_short(topics: sheet.Topics, forms: Collection[str], *, consent: bool, limit: int) -> tuple[str, ...]:
    """What a short text cannot carry: another form, more money, an asset of the village, consent of those who are touched."""
    heavy = {
        "forms": not forms or not set(forms) <= set(SHORT_FORMS),
        "money": int(topics["money"]["value"]) > limit,
        "assets": bool(topics["others"]["assets"]),
        "consent": consent,
    }
    return tuple(name for name, so in heavy.items() if so)
