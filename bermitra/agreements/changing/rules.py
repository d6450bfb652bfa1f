"""What a change, a rest and a longer term of a running agreement need. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bermitra.agreements.rules.lives import ONE, TWO
from bermitra.foundation.flow import Flow, Move
from bermitra.foundation.rules import Rule, Status, rule
from bermitra.foundation.text import _

# Resting --------------------------------------------------------------------------------------------------------------
SUSPENSION_FLOW = Flow(
    "suspension",
    (
        Move("start", "proposed", "agreements.propose_suspension"),
        Move("proposed", "resting", "agreements.suspend"),
        Move("proposed", "refused", "agreements.refuse_suspension"),
        Move("resting", "resting", "agreements.resume"),  # one side is ready, and the other is waited for
        Move("resting", "over", "agreements.resume"),
    ),
)
SUSPENSION_LABELS = {
    "proposed": _("Menunggu jawaban pihak lain"),
    "resting": _("Kerja sama ditunda"),
    "refused": _("Tidak jadi ditunda"),
    "over": _("Penundaan selesai"),
}
CAUSES = {
    "force_majeure": _("Keadaan kahar"),
    "regulation": _("Perubahan peraturan"),
    "partner_finance": _("Keuangan mitra"),
    "audit": _("Pemeriksaan yang berjalan"),
    "social_conflict": _("Perselisihan di masyarakat"),
}
CAUSED_BY = {"": _("Bukan para pihak"), ONE: _("Desa"), TWO: _("Mitra")}
OF_ITSELF = {"partner_finance": TWO}  # causes that say by themselves whose they are


@dataclass(frozen=True)
class SuspensionFacts:
    """``latest``: the last day to which it may rest at most, ``latest_in_all``: with all the time that it rested before;
    ``frozen``: how many duties rest."""

    cause: str
    happened_on: date
    said_on: date
    notice_days: int
    until: date
    latest: date
    frozen: int
    latest_in_all: date


@rule(
    "AG-36",
    says=_("Penundaan harus bersebab, diberitahukan tepat waktu, dan berbatas waktu."),
    remedy=_("Pilih sebab, tulis tanggal kejadian, dan pilih hari terakhir yang lebih dekat."),
    basis="Permendagri 96/2017 ps 6(g); product: days and months",
    status=Status.SOURCED,
)
def suspension_bounded(f: SuspensionFacts) -> bool:
    in_time = 0 <= (f.said_on - f.happened_on).days <= f.notice_days
    return f.cause in CAUSES and in_time and f.said_on < f.until <= f.latest and f.frozen > 0


@rule(
    "AG-77",
    says=_("Semua penundaan satu perjanjian bersama-sama paling lama {suspension_total_months} bulan."),
    remedy=_("Pilih hari terakhir yang lebih dekat. Bila tidak cukup, ubah atau akhiri perjanjiannya."),
    basis="Permendagri 96/2017 ps 6(g); product: the law gives no length",
    status=Status.PRODUCT,
)
def rests_bounded_in_all(f: SuspensionFacts) -> bool:
    return f.until <= f.latest_in_all


SUSPENDING: tuple[Rule, ...] = (suspension_bounded, rests_bounded_in_all)


@dataclass(frozen=True)
class GoingOnFacts:
    """``ready``: the sides that say that it can go on; ``caused_by``: whose doing the rest was, empty for neither's."""

    ready: frozenset[str]
    caused_by: str


@rule(
    "AG-78",
    says=_("Penundaan diakhiri pihak yang bukan penyebabnya, atau oleh kedua pihak."),
    remedy=_("Tunggu pihak lain menyatakan siap, atau sampai hari terakhir penundaan."),
    basis="product: nobody ends alone what he caused, or what bound both",
    status=Status.PRODUCT,
)
def goes_on_by_who_did_not_cause(f: GoingOnFacts) -> bool:
    return f.ready == {ONE, TWO} or (f.caused_by != "" and bool(f.ready - {f.caused_by}))


GOING_ON: tuple[Rule, ...] = (goes_on_by_who_did_not_cause,)

# Changing -------------------------------------------------------------------------------------------------------------
AMENDMENT_FLOW = Flow(
    "amendment",
    (
        Move("start", "drafted", "agreements.propose_amendment"),
        Move("start", "drafted", "agreements.propose_renewal"),
        Move("start", "drafted", "agreements.propose_novation"),
        Move("drafted", "drafted", "agreements.word_amendment"),
        Move("drafted", "offered", "agreements.offer_amendment"),
        Move("offered", "parties_agreed", "agreements.agree_amendment"),
        Move("offered", "awaiting_musyawarah", "agreements.agree_amendment"),
        Move("offered", "rejected", "agreements.reject_amendment"),
        Move("parties_agreed", "awaiting_musyawarah", "agreements.send_amendment_to_musyawarah"),
        Move("awaiting_musyawarah", "parties_agreed", "agreements.record_amendment_consent"),
        Move("awaiting_musyawarah", "rejected", "agreements.record_amendment_refusal"),
        Move("parties_agreed", "locked", "agreements.lock_amendment"),
        Move("locked", "locked", "agreements.sign_amendment"),
        Move("locked", "in_force", "agreements.sign_amendment"),
        Move("locked", "locked", "agreements.register_certified_amendment"),
        Move("locked", "in_force", "agreements.register_certified_amendment"),
        Move("locked", "locked", "agreements.confirm_amendment_scan"),
        Move("locked", "in_force", "agreements.confirm_amendment_scan"),
        Move("drafted", "withdrawn", "agreements.withdraw_amendment"),
        Move("offered", "withdrawn", "agreements.withdraw_amendment"),
        Move("parties_agreed", "withdrawn", "agreements.withdraw_amendment"),
        Move("awaiting_musyawarah", "withdrawn", "agreements.withdraw_amendment"),
        Move("locked", "withdrawn", "agreements.withdraw_amendment"),
        # Another village holds the agreement now; what it wants to change it proposes itself.
        Move("drafted", "withdrawn", "agreements.record_village_change"),
        Move("offered", "withdrawn", "agreements.record_village_change"),
        Move("parties_agreed", "withdrawn", "agreements.record_village_change"),
        Move("awaiting_musyawarah", "withdrawn", "agreements.record_village_change"),
        Move("locked", "withdrawn", "agreements.record_village_change"),
    ),
)
OVER = frozenset({"in_force", "rejected", "withdrawn"})
KINDS = {
    "amendment": _("Perubahan"),
    "renewal": _("Perpanjangan"),
    "novation": _("Pergantian mitra"),
}
AMENDMENT_LABELS = {
    "drafted": (_("Sedang disusun"), _("Menunggu pengusul melengkapi lalu mengirim usulnya.")),
    "offered": (_("Diusulkan"), _("Menunggu pihak lain menjawab usul perubahan.")),
    "awaiting_musyawarah": (_("Menunggu Musyawarah Desa"), _("Menunggu Ketua BPD menyelenggarakan Musyawarah Desa.")),
    "parties_agreed": (_("Disepakati para pihak"), _("Menunggu Kepala Desa mengunci adendum.")),
    "locked": (_("Siap ditandatangani"), _("Menunggu para penanda tangan adendum.")),
    "in_force": (_("Berlaku"), _("Tidak ada yang ditunggu.")),
    "rejected": (_("Tidak disetujui"), _("Tidak ada yang ditunggu.")),
    "withdrawn": (_("Ditarik"), _("Tidak ada yang ditunggu.")),
}
TOUCHES = {
    "scope": _("Ruang lingkup"),
    "term": _("Jangka waktu"),
    "money": _("Uang"),
    "asset": _("Aset Desa"),
    "rights": _("Hak, kewajiban, dan batasan"),
    "sanctions": _("Sanksi"),
}
SLOT_FLOW = Flow(
    "addendum_signature",
    (
        Move("start", "invited", "agreements.lock_amendment"),
        Move("invited", "signed", "agreements.sign_amendment"),
        Move("invited", "signed", "agreements.register_certified_amendment"),
        Move("invited", "invited", "agreements.affix_amendment_stamp"),  # what is signed is another file from now on
        Move("invited", "signed", "agreements.confirm_amendment_scan"),
        Move("invited", "void", "agreements.withdraw_amendment"),
        Move("signed", "void", "agreements.withdraw_amendment"),
        Move("invited", "void", "agreements.record_village_change"),
        Move("signed", "void", "agreements.record_village_change"),
    ),
)
SLOT_LABELS = {
    "invited": _("Menunggu tanda tangan"),
    "signed": _("Sudah menandatangani"),
    "void": _("Tidak berlaku"),
}


@dataclass(frozen=True)
class ConsentFacts:
    """``touches``: what of scope, term, money, asset, rights and sanctions is touched; whether binding minutes agree to the
    addendum exactly as it reads."""

    touches: tuple[str, ...]
    sent_to_meeting: bool
    minutes_binding: bool


@rule(
    "AG-34",
    says=_("Perubahan lingkup, jangka, uang, aset, hak, atau sanksi memerlukan Musyawarah Desa."),
    remedy=_("Bawa perubahan ke Musyawarah Desa dan tetapkan berita acaranya."),
    basis="PP 43/2014 ps 145-147; Permendagri 96/2017 ps 6(g)",
    status=Status.SOURCED,
)
def amendment_goes_back_to_people(f: ConsentFacts) -> bool:
    return f.minutes_binding or not (f.sent_to_meeting or set(f.touches) & TOUCHES.keys())


@dataclass(frozen=True)
class AloneFacts:
    """``differences``: how many places change; asked once the other side is to answer (``offered``)."""

    reason: str
    offered: bool
    differences: int
    other_open: int


@rule(
    "AG-35",
    says=_("Perubahan harus beralasan, menunjukkan perbedaan, dan hanya satu pada satu waktu."),
    remedy=_("Tulis alasan, ubah isinya, dan selesaikan perubahan yang masih terbuka."),
    basis="product: amendments lose edits",
    status=Status.PRODUCT,
    switchable=True,
)
def amendment_reasoned_and_alone(f: AloneFacts) -> bool:
    return f.reason != "" and f.other_open == 0 and (f.differences > 0 or not f.offered)


@dataclass(frozen=True)
class RenewalFacts:
    """``years``: of the whole term as it would be, of a lease of the time that is added."""

    longer: bool
    evaluated: bool
    minutes_binding: bool
    today: date
    ends_on: date
    years: int
    limit_years: int


@rule(
    "AG-37",
    says=_("Perpanjangan memerlukan evaluasi, Musyawarah Desa, dan persetujuan sebelum masa akhir."),
    remedy=_("Selesaikan evaluasi dan Musyawarah Desa, lalu setujui perpanjangan tertulis."),
    basis="Permendagri 96/2017 ps 6(d), (g); product: no silent renewal",
    status=Status.PRODUCT,
)
def renewal_never_silent(f: RenewalFacts) -> bool:
    done = f.evaluated and f.minutes_binding and f.today <= f.ends_on and f.years <= f.limit_years
    return not f.longer or done


@dataclass(frozen=True)
class RunsFacts:
    binds: bool
    today: date
    ends_on: date


@rule(
    "AG-55",
    says=_("Hanya perjanjian yang masih berlaku dapat diubah atau diperpanjang."),
    remedy=_("Susun perjanjian baru; perjanjian yang waktunya habis tidak hidup kembali."),
    basis="PP 43/2014 ps 145-147; Permendagri 96/2017 ps 6(d)",
    status=Status.SOURCED,
)
def agreement_still_runs(f: RunsFacts) -> bool:
    return f.binds and f.today <= f.ends_on


PROPOSING: tuple[Rule, ...] = (amendment_reasoned_and_alone,)
CONSENTED: tuple[Rule, ...] = (amendment_goes_back_to_people,)
RENEWING: tuple[Rule, ...] = (renewal_never_silent,)
STILL_RUNS: tuple[Rule, ...] = (agreement_still_runs,)
