"""The life of an offer, and what it must say before villages read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bermitra.foundation.flow import Flow, Label, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# The life of an offer -------------------------------------------------------------------------------------------------

OPEN, PAUSED, EXHAUSTED = "published", "paused", "exhausted"
STANDING = (OPEN, PAUSED, EXHAUSTED)  # published, and not over yet
CHANGEABLE = ("draft", PAUSED)
READ = (OPEN, EXHAUSTED)  # villages rely on what it says at this moment
REVISING = (
    "needs.describe_offer",
    "needs.set_ability",
    "needs.drop_ability",
    "needs.seek_return",
    "needs.place_offer",
    "needs.fund_offer",
    "needs.aim_offer",
)

OFFER = Flow(
    "offer",
    [
        Move("start", "draft", "needs.record_offer"),
        *(Move(state, state, door) for door in REVISING for state in CHANGEABLE),
        *(Move(state, OPEN, "needs.publish_offer") for state in CHANGEABLE),
        *(Move(state, PAUSED, "needs.pause_offer") for state in READ),
        *(Move(state, "withdrawn", "needs.withdraw_offer") for state in ("draft", *STANDING)),
        *(Move(state, "expired", "needs.expire_offer") for state in STANDING),
        Move("expired", "draft", "needs.renew_offer"),
        # A place that is taken: the last one ends the offer for now. One that is free again opens it, where it may be published.
        Move(OPEN, OPEN, "needs.use_quota"),
        Move(OPEN, EXHAUSTED, "needs.use_quota"),
        Move(PAUSED, PAUSED, "needs.use_quota"),
        *(Move(EXHAUSTED, state, "needs.free_quota") for state in (OPEN, PAUSED)),
        *(Move(state, state, "needs.free_quota") for state in ("draft", OPEN, PAUSED, "expired", "withdrawn")),
    ],
)

LABELS: dict[str, Label] = {
    "draft": Label(_("Draf"), _("Draf tawaran"), _("Menunggu mitra melengkapi tawaran.")),
    OPEN: Label(_("Terbuka"), _("Tawaran terbuka"), _("Menunggu desa yang berminat.")),
    PAUSED: Label(_("Dijeda"), _("Tawaran dijeda"), _("Menunggu mitra membuka kembali tawaran.")),
    EXHAUSTED: Label(_("Kuota habis"), _("Kuota habis"), _("Menunggu mitra menjeda tawaran, lalu menambah kuota.")),
    "expired": Label(_("Kedaluwarsa"), _("Masa berlaku habis"), _("Tidak ada yang ditunggu.")),
    "withdrawn": Label(_("Ditarik"), _("Ditarik mitra"), _("Tidak ada yang ditunggu.")),
}

LEVELS: dict[int, str] = {
    25: _("Mulai belajar: belum pernah dikerjakan di desa"),
    50: _("Pernah dikerjakan di satu atau dua desa"),
    75: _("Berpengalaman, dengan hasil yang dapat dilihat"),
    100: _("Bidang utama, terbukti di banyak desa"),
}

# What it must say -------------------------------------------------------------------------------------------------------

PARTS: dict[str, str] = {
    "brings": _("yang dibawa"),
    "abilities": _("kemampuan per bidang"),
    "forms": _("bentuk kerja sama"),
    "seeks": _("yang diminta kembali"),
    "where": _("wilayah"),
    "places": _("jumlah desa"),
    "budget": _("anggaran per desa"),
    "term": _("jangka waktu"),
    "goals": _("tujuan"),
}


@dataclass(frozen=True)
class OfferFacts:
    """``filled`` are the parts of :data:`PARTS` that say something; ``gifts_to_persons`` is None while it is not answered.

    ``last_day`` is the last one until which an offer that is published today may stand. ``abilities`` is in how many sectors it
    helps, ``open_ones`` how many other offers of its body villages read, each beside the norm that bounds it; budgets are
    whole rupiah.
    """

    filled: frozenset[str]
    gifts_to_persons: bool | None
    valid_until: date | None
    today: date
    last_day: date
    abilities: int
    offer_abilities_most: int
    budget_low: int | None
    budget_high: int | None
    offer_budget_span: int
    open_ones: int
    open_offers_of_body: int


@rule(
    "ND-05",
    says=_("Tawaran harus menyebut yang dibawa, yang diminta kembali, lokasi, jangka waktu, dan anggaran."),
    remedy=_("Lengkapi bagian tawaran yang masih kosong."),
    basis="product",
    status=Status.PRODUCT,
)
def offer_is_complete(f: OfferFacts) -> bool:
    return f.filled >= PARTS.keys()


class Gifts(Protocol):
    """Facts of an offer or of a proposal: what it gives to persons, None while that is not answered."""

    @property
    def gifts_to_persons(self) -> int | None: ...


@rule(
    "ND-06",
    says=_("Tawaran tidak boleh memberi uang kepada orang atau pejabat desa."),
    remedy=_("Hapus pemberian kepada pribadi; salurkan lewat rekening desa atau barang tercatat."),
    basis="product; UU 6/2014 ps 29, 51, 64",
    status=Status.PRODUCT,
)
def no_cash_to_persons(f: Gifts) -> bool:
    return f.gifts_to_persons == 0


@rule(
    "ND-16",
    says=_("Tawaran berlaku paling lama {offer_valid_months} bulan sejak terbit, dan belum lewat."),
    remedy=_("Isi tanggal akhir yang masih di depan, paling lama {offer_valid_months} bulan."),
    basis="product",
    status=Status.PRODUCT,
)
def valid_for_a_while(f: OfferFacts) -> bool:
    return f.valid_until is not None and f.today <= f.valid_until <= f.last_day


@rule(
    "ND-18",
    says=_("Satu lembaga membuka paling banyak {open_offers_of_body} tawaran sekaligus."),
    remedy=_("Jeda atau tarik tawaran lain, atau gabungkan isinya."),
    basis="product: one partner must not fill the lists of all villages",
    status=Status.PRODUCT,
)
def few_open_offers(f: OfferFacts) -> bool:
    return f.open_ones < f.open_offers_of_body


@rule(
    "ND-19",
    says=_("Satu tawaran menyebut kemampuan pada paling banyak {offer_abilities_most} bidang."),
    remedy=_("Hapus bidang yang bukan bidang utama tawaran ini."),
    basis="product: one partner must not fill the lists of all villages",
    status=Status.PRODUCT,
)
def few_abilities(f: OfferFacts) -> bool:
    return f.abilities <= f.offer_abilities_most


@rule(
    "ND-20",
    says=_("Anggaran tertinggi paling banyak {offer_budget_span} kali anggaran terendah."),
    remedy=_("Isi anggaran yang sungguh tersedia bagi satu desa."),
    basis="product: a budget that fits every cost says nothing",
    status=Status.PRODUCT,
)
def honest_budget(f: OfferFacts) -> bool:
    if f.budget_low is None or f.budget_high is None:
        return True  # ND-05 asks for it
    return f.budget_high <= f.budget_low * f.offer_budget_span


PUBLISHING: tuple[Rule, ...] = (
    offer_is_complete,
    no_cash_to_persons,
    valid_for_a_while,
    few_open_offers,
    few_abilities,
    honest_budget,
)


@dataclass(frozen=True)
class ChangingFacts:
    """``open``: villages rely on it at this moment: lists and rounds are computed from it, or all its places are taken."""

    open: bool


@rule(
    "ND-14",
    says=_("Tawaran yang terbuka dijeda dahulu sebelum isinya diubah."),
    remedy=_("Jeda tawaran, ubah isinya, lalu terbitkan lagi."),
    basis="product",
    status=Status.PRODUCT,
)
def paused_before_it_changes(f: ChangingFacts) -> bool:
    return not f.open


CHANGING: tuple[Rule, ...] = (paused_before_it_changes,)


@dataclass(frozen=True)
class UntouchedFacts:
    """``held``: places that wait for the answers to an introduction of a round."""

    held: int


@rule(
    "MT-36",
    says=_("Tawaran tidak diubah, dijeda, atau ditarik selama perkenalan dari putaran menunggu jawaban."),
    remedy=_("Jawab perkenalan itu dahulu, atau tunggu masa jawaban putaran berakhir."),
    basis="product",
    status=Status.PRODUCT,
)
def untouched_while_introduced(f: UntouchedFacts) -> bool:
    return f.held == 0


UNTOUCHED: tuple[Rule, ...] = (untouched_while_introduced,)


@dataclass(frozen=True)
class AbilityFacts:
    """What an officer of the regency says of an ability: whether villages may take the offer up, and why. ``seen`` is the hash
    of what the page showed, ``now`` that of what the offer says."""

    open: bool
    reason: str
    seen: str
    now: str


@rule(
    "ND-15",
    says=_("Kemampuan diperiksa pada tawaran yang terbuka, dengan alasan yang diumumkan."),
    remedy=_("Tunggu tawaran terbuka, lalu tulis bukti yang Anda lihat."),
    basis="product",
    status=Status.PRODUCT,
)
def ability_looked_at_in_public(f: AbilityFacts) -> bool:
    return f.open and f.reason != ""


@rule(
    "ND-21",
    says=_("Kemampuan yang diperiksa harus sama dengan yang Anda baca."),
    remedy=_("Mitra sudah mengubah tawaran: buka halaman ini lagi, lalu periksa isinya."),
    basis="product",
    status=Status.PRODUCT,
)
def looked_at_as_it_is(f: AbilityFacts) -> bool:
    return f.seen == f.now


VERIFYING: tuple[Rule, ...] = (ability_looked_at_in_public, looked_at_as_it_is)
