"""The rooms of a village's archive: one sheet each, its columns, and which rows belong to the village. The one place.

Left out on purpose: the text of proposals (those who read one leave their name at it), drafts of agreements that a side
has not shown yet, what is checked of a partner and who contests an office, one's own data of people, and anything sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from bermitra.agreements.existing.models import EarlierAgreement
from bermitra.agreements.models import Agreement, Obligation
from bermitra.deliberation.elements import elements
from bermitra.deliberation.inter_village.rules import OFFER_LABELS as JOINT_OFFER
from bermitra.deliberation.models import Attendee, Decision, JointAnswer, JointPlace, Meeting
from bermitra.deliberation.queries import element_name
from bermitra.deliberation.rules import LABELS as MEETING
from bermitra.delivery.models import Activity, Applicant, Due, HandoverItem, LedgerEntry, Training
from bermitra.delivery.queries import channel_label
from bermitra.delivery.rules import DUE_LABELS as DUE
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance
from bermitra.foundation.accounts.permissions import table
from bermitra.foundation.commands import clock
from bermitra.foundation.documents.sheets import Cell
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.duties.queries import kept_from
from bermitra.foundation.flow import Label
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.models import VillageIndex
from bermitra.foundation.regions.scores import score
from bermitra.foundation.text import _
from bermitra.matching.draws.words import why_left_out
from bermitra.matching.models import DrawEntrant, Introduction, RoundObjection, RoundVillage, ShortlistRow
from bermitra.matching.rounds.lives import PUBLIC, RESULT_SHOWN
from bermitra.matching.rounds.queries import headline
from bermitra.matching.rounds.rules import MISSING
from bermitra.matching.shortlists.reasons import in_one_line
from bermitra.monitoring.models import Indicator, Report, Value
from bermitra.needs.index import indicators
from bermitra.needs.models import Need, Potential, PriorityRow, VetoLift, VillageAims, VillageScores, Voice
from bermitra.needs.queries import goal_label, kind_label, risk_label, sector_label, theme_label, unit_label
from bermitra.needs.rules import LABELS as NEED
from bermitra.needs.rules import LIFT_LABELS as LIFT
from bermitra.needs.rules import POTENTIAL_LABELS as POTENTIAL
from bermitra.partnership.models import Case, CaseNote
from bermitra.registry.models import (
    Correction,
    PlanLine,
    RiskFlag,
    UmbrellaRegulation,
    Verification,
    VillageAsset,
    VillageProfile,
    VillageTable,
)
from bermitra.registry.queries.bodies import kept
from bermitra.registry.queries.villages import NOT_IN_THE_VILLAGE_OFFICE
from bermitra.selection.models import (
    Call,
    CallChange,
    Criterion,
    DirectAppointment,
    Feedback,
    ModerationPoint,
    Objection,
    ObjectionStep,
    Proposal,
    Question,
    RivalCall,
    SiteVisit,
    WrittenAnswer,
)
from bermitra.selection.rules import READ_IN, UNREAD

Codes = tuple[str, ...]  # of the village, the present one first: rows that never change hold the code of their day
Getter = str | Callable[[Any], Any]
CHUNK = 500
NAMELESS = ("accounts.contest_appointment",)  # acts of which the house shows what was said, and not who said it
OF_A_PARTNERS_FILE = (RiskFlag, Verification)  # its pages are shut to the operator and the secretary


@dataclass(frozen=True)
class Room:
    """``says`` stands on the first page of the archive; ``rows`` are those of the village, in the order of reading."""

    name: str  # of the sheet
    says: str
    rows: Callable[[Codes], QuerySet[Any]]
    columns: tuple[tuple[str, Getter], ...]

    @property
    def heads(self) -> list[str]:
        return [head for head, _getter in self.columns]

    def cells(self, codes: Codes) -> Iterator[list[Cell]]:
        """Row by row, a few hundred at a time in memory."""
        for record in self.rows(codes).iterator(chunk_size=CHUNK):
            yield [_cell(_get(record, getter)) for _head, getter in self.columns]


def _in(kind: type[Model], path: str, *order: str, **more: Any) -> Callable[[Codes], QuerySet[Any]]:
    """The rows whose ``path`` leads to the village."""
    return lambda codes: kind._default_manager.filter(**{f"{path}__in": codes}, **more).order_by(*order or ("pk",))


def _with(rows: Callable[[Codes], QuerySet[Any]], *related: str) -> Callable[[Codes], QuerySet[Any]]:
    return lambda codes: rows(codes).select_related(*related)


def _get(record: Any, getter: Getter) -> Any:
    if callable(getter):
        return getter(record)
    for name in getter.split("."):
        record = getattr(record, name, None)
        if callable(record):
            record = record()
    return record


def _cell(value: Any) -> Cell:
    """As a reader of a spreadsheet expects it: days and hours of the village's zone, yes and no, lists in one line."""
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case int() | float():
            return value
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case Decimal():
            return float(value)
        case list() | tuple():
            return "; ".join(str(each) for each in value)
    return gettext(str(value)) if value else ""


def _staff(labels: Mapping[str, Label]) -> Callable[[Any], str]:
    """The state of a record as those who work with it call it."""
    return lambda record: labels[record.state].staff


def _elements(attendee: Attendee) -> list[str]:
    return [elements()[code].id if code in elements() else code for code in attendee.elements]


def _duty(duty: Duty) -> str:
    return gettext(duty.says).format(**duty.params)


def _reckoned(table: list[dict[str, Any]]) -> list[str]:
    """Rows of costs or benefits, each with its amount where there is one."""
    return [row["what"] if row["amount"] is None else f"{row['what']}: {row['amount']}" for row in table]


def _score_of(code: str, held: VillageScores) -> int | None:
    return held.scores.get(code)


def _money(amount: str) -> Callable[[LedgerEntry], int]:
    return lambda entry: -getattr(entry, amount) if entry.counter_of_id else getattr(entry, amount)


def _points(scale_of: str, amount: str) -> Callable[[Any], Any]:
    """A measured figure with its decimals."""

    def read(record: Any) -> Any:
        held = getattr(record, amount)
        scale = _get(record, scale_of)
        return None if held is None else held / 10**scale if scale else held

    return read


def _joint_places(codes: Codes) -> QuerySet[JointPlace]:
    """The villages of its own offers, and itself in those that others have sent to it."""
    here = JointPlace.objects.filter(Q(offer__village__in=codes) | Q(village__in=codes, offer__sent_on__isnull=False))
    return here.select_related("offer__village", "village").order_by("offer_id", "village_id")


def _joint_answers(codes: Codes) -> QuerySet[JointAnswer]:
    """What it wrote, and what others wrote to it."""
    here = JointAnswer.objects.filter(Q(place__offer__village__in=codes) | Q(place__village__in=codes))
    related = ("place__offer", "place__village", "decision__subject__meeting", "withdrawal")
    return here.select_related(*related).order_by("pk")


def _offer_state(place: JointPlace) -> str:
    return str(JOINT_OFFER[place.offer.state].staff)


def _asked_with(place: JointPlace) -> str:
    return place.letter_number or place.offer.letter_number


def _asked_on(place: JointPlace) -> date | None:
    return place.asked_on or place.offer.sent_on


def _answer_by(place: JointPlace) -> date:
    return place.answer_by or place.offer.answer_by


def _open_proposals(codes: Codes) -> QuerySet[Proposal]:
    """Only what was opened with minutes, and offers that were handed to the village itself."""
    opened = Q(call__case__village__in=codes, call__state__in=READ_IN)
    offered = Q(call=None, case__village__in=codes)
    found = Proposal.objects.filter(opened | offered).exclude(state__in=UNREAD)
    return found.select_related("partner", "call", "case", "rival_of").order_by("pk")


def _offices(codes: Codes) -> QuerySet[Appointment]:
    """Without residents and groups, who hold a place for one purpose."""
    found = Appointment.objects.filter(region__in=codes, party="").exclude(role__in=NOT_IN_THE_VILLAGE_OFFICE)
    return found.select_related("person").order_by("since", "pk")


def _kept() -> set[str]:
    """Acts on records that one of those who take the archive along may not open, like a flag of a partner."""
    return {door for role in table()["opendata.download_archive"].scopes for door in kept_from(role)}


def _duties(codes: Codes) -> QuerySet[Duty]:
    """Without what is due in a record that is shut to one of its readers."""
    return Duty.objects.filter(region__in=codes).exclude(door__in=_kept()).order_by("opened_at", "pk")


def _events(codes: Codes) -> QuerySet[Event]:
    """The lines about the village, each with who did it; so without those from which more would be read than from the pages.

    Proposals and rivals that are still sealed, and those that were never handed in: nobody learns who wrote one. Records that
    are shut to one of its readers: who raised a flag, and which partner is looked at. Contested offices: their page says why,
    and never who.
    """
    of_calls = Proposal.objects.filter(call__case__village__in=codes)
    shut = of_calls.exclude(call__state__in=READ_IN) | of_calls.filter(state__in=UNREAD, candidacies=None)
    unsent = Proposal.objects.filter(village__in=codes, case=None)
    names = [f"proposal:{code}" for code in (shut | unsent).values_list("code", flat=True)]
    found = Event.objects.filter(region__in=codes).exclude(about__in=names).exclude(door__in={*_kept(), *NAMELESS})
    for kind in OF_A_PARTNERS_FILE:
        found = found.exclude(about__startswith=f"{kind._meta.model_name}:")
    return found.defer("body").order_by("seq")


def _office(appointment: Appointment) -> str:
    return appointment.title or gettext(roles.BY_KEY[appointment.role].name)


CASE = (("Kode kemitraan", "case.code"), ("Kemitraan", "case.title"))
AGREEMENT = (("Kode perjanjian", "agreement.code"), ("Nomor perjanjian", "agreement.village_number"))


def _drawn_for(codes: Codes) -> QuerySet[Any]:
    """Of draws whose list was published."""
    rows = _with(_in(DrawEntrant, "village", "draw__committed_at", "pk"), "draw__partner", "draw__regency")
    return rows(codes).exclude(draw__committed_at=None)


def _holds_the_draw(entrant: DrawEntrant) -> str:
    return entrant.draw.partner.name if entrant.draw.partner else entrant.draw.regency.name


def _came_out(side: RoundVillage) -> str:
    """What the round came to for the village, once it is published."""
    return " ".join(headline(side)) if side.round.state in RESULT_SHOWN else ""


ROOMS: tuple[Room, ...] = (
    Room(
        "Profil",
        _("Visi, penanggung jawab kerja sama, kemampuan APB Desa, dan rekening (tanpa nomornya)."),
        _in(VillageProfile, "village"),
        (
            ("Visi", "vision"), ("Penanggung jawab", "contact_name"), ("Jabatan", "contact_office"),
            ("Kemampuan APB Desa", "budget_note"), ("Penduduk dewasa", "adults"),
            ("Alamat kantor", "office_address"), ("Kode pos", "office_postcode"), ("Telepon kantor", "office_phone"),
            ("Surel kantor", "office_mail"), ("Jenis rekening", "get_account_holder_kind_display"),
            ("Atas nama", "account_holder"), ("Bank", "account_bank"), ("Alasan rekening", "account_reason"),
            ("Diperbarui", "updated_at"),
        ),
    ),
    Room(
        "Jabatan",
        _("Pemerintah desa dan BPD dengan masa jabatan dan nomor keputusannya."),
        _offices,
        (
            ("Nama", "person.full_name"), ("Kode orang", "person.code"), ("Jabatan", _office), ("Nomor keputusan", "decree"),
            ("Tanggal keputusan", "decree_on"), ("Mulai", "since"), ("Sampai", "until"), ("Keadaan", "get_state_display"),
        ),
    ),
    Room(
        "Bantuan pengisian",
        _("Siapa mengisi atas nama desa, dengan mandat siapa, dan sampai kapan."),
        _with(_in(Assistance, "village", "requested_at", "pk"), "helper"),
        (
            ("Nama", "helper.full_name"), ("Untuk", "purpose"), ("Nomor mandat", "number"), ("Mulai", "since"),
            ("Sampai", "until"), ("Keadaan", "get_state_display"), ("Diakhiri", "ended_at"), ("Alasan berakhir", "ended_why"),
        ),
    ),
    Room(
        "Indeks",
        _("Indeks yang diterbitkan Kementerian Desa, menurut tahun."),
        _in(VillageIndex, "village", "year"),
        (
            ("Tahun", "year"), ("Indeks", lambda e: score(e.idm)), ("Status", "status_published"),
            ("Sosial", lambda e: score(e.iks)), ("Ekonomi", lambda e: score(e.ike)), ("Lingkungan", lambda e: score(e.ikl)),
        ),
    ),
    Room(
        "Perdes kerja sama",
        _("Peraturan Desa tentang kerja sama."),
        _in(UmbrellaRegulation, "village", "dated", "pk"),
        (("Nomor", "number"), ("Tahun", "year"), ("Tentang", "title"), ("Tanggal", "dated"), ("Dicatat", "recorded_at")),
    ),
    Room(
        "Baris rencana",
        _("Baris RPJM dan RKP Desa, juga yang sudah dicabut."),
        _in(PlanLine, "village", "year", "plan", "pk"),
        (
            ("Kode", "code"), ("Rencana", "get_plan_display"), ("Tahun", "year"), ("Nomor", "reference"),
            ("Bidang", "get_field_of_government_display"), ("Sub-bidang", "sub_field"), ("Kegiatan", "activity"),
            ("Lokasi", "place"), ("Volume", "quantity"), ("Satuan", "unit"), ("Sasaran dan manfaat", "benefit"),
            ("Mulai", "starts_on"), ("Selesai", "ends_on"), ("Waktu", "duration"), ("Perkiraan biaya (Rp)", "estimate"),
            ("Sumber biaya", "funding"), ("Pola", "get_execution_mode_display"), ("Pelaksana", "executor"),
            ("SDGs Desa", "sdg"), ("Keadaan sekarang", "present_state"), ("Penerima manfaat", "beneficiaries"),
            ("Tahun pelaksanaan", "plan_years"), ("Ditetapkan dengan", "regulation"), ("Dicatat", "recorded_at"),
            ("Dicabut", "withdrawn_at"),
        ),
    ),
    Room(
        "Aset",
        _("Aset desa dengan status dan sertifikatnya, juga yang sudah dicabut dari daftar."),
        _in(VillageAsset, "village", "name", "pk"),
        (
            ("Kode", "code"), ("Nama", "name"), ("Jenis", "get_kind_display"), ("Jumlah", "quantity"), ("Satuan", "unit"),
            ("Tanah kas desa", "village_land"), ("Status sertifikat", "get_title_display"), ("Nomor sertifikat", "certificate"),
            ("Kode barang", "item_code"), ("Asal usul", "get_origin_display"), ("Tahun perolehan", "acquired_year"),
            ("Terinventaris", "recorded"), ("Dijaminkan atau dipakai", "pledged"), ("Dipakai oleh", "used_by"),
            ("Titik lokasi", lambda e: str(e.point or "")), ("Dicatat", "recorded_at"), ("Dicabut", "withdrawn_at"),
        ),
    ),
    Room(
        "Riwayat perbaikan",
        _("Apa yang diperbaiki pada data desa, dan mengapa."),
        _in(Correction, "village"),
        (
            ("Waktu", "corrected_at"), ("Data", "called"), ("Catatan", "about"), ("Dicabut", "withdrawn"),
            ("Semula dan menjadi", lambda e: [f"{k}: {a} → {b}" for k, (a, b) in e.changed.items()]),
            ("Alasan", "reason"), ("Oleh (kode orang)", "corrected_by"),
        ),
    ),
    Room(
        "Tabel yang dimuat",
        _("Tabel Excel atau CSV yang pernah dimuat ke data desa; berkasnya ikut dalam arsip."),
        _with(_in(VillageTable, "village"), "file"),
        (
            ("Waktu", "loaded_at"), ("Jenis", "get_kind_display"), ("Tahun", "year"), ("Berkas", "file.name"),
            ("Ditambah", "added"), ("Diperbarui", "changed"), ("Tetap", "unchanged"), ("SHA-256", "file.sha256"),
        ),
    ),
    Room(
        "Kebutuhan",
        _("Kebutuhan warga dengan jumlah yang terdampak dan urutannya."),
        _in(Need, "village"),
        (
            ("Kode", "code"), ("Judul", "title"), ("Uraian", "text"), ("Dusun", "hamlet"), ("Lokasi", "location"),
            ("Sektor", lambda e: sector_label(e.sector)), ("Berat (1–5)", "severity"), ("Laki-laki", "male"), ("Perempuan", "female"),
            ("Keluarga", "households"), ("Keluarga miskin", "poor_households"), ("Sumber", "source"),
            ("Biaya terendah", "cost_low"), ("Biaya seluruhnya", "cost_high"),
            ("Tema", lambda e: theme_label(e.theme) if e.theme else ""), ("Tujuan SDGs Desa", "goals"),
            ("Kelompok terdampak", lambda e: [element_name(code) for code in e.groups]),
            ("Indikator indeks", "idm_indicator"), ("Tahun skor", "index_year"), ("Skor", "index_score"),
            ("Diperiksa", "verified_at"), ("Keadaan", _staff(NEED)), ("Digabung ke", "merged_into.code"),
            ("Urutan", "rank"), ("Ditunda", "deferrals"), ("Alasan", "why"), ("Dicatat", "created_at"),
        ),
    ),
    Room(
        "Suara warga",
        _("Yang dikatakan dusun dan kelompok tentang setiap kebutuhan, dalam jumlah orang."),
        _with(_in(Voice, "need__village", "heard_on", "pk"), "need"),
        (
            ("Kode kebutuhan", "need.code"), ("Kebutuhan", "need.title"), ("Dusun", "hamlet"),
            ("Kelompok", lambda e: element_name(e.group) if e.group else ""), ("Orang", "people"), ("Yang dikatakan", "text"),
            ("Tanggal", "heard_on"), ("Dicatat", "at"),
        ),
    ),
    Room(
        "Tujuan dan pantangan",
        _("Tujuan yang dikejar desa dan yang tidak diterimanya."),
        _in(VillageAims, "village"),
        (
            ("Tujuan SDGs Desa", lambda e: [goal_label(number) for number in e.goals]),
            ("Pantangan", lambda e: [risk_label(code) for code in e.vetoes]), ("Diubah", "set_at"),
        ),
    ),
    Room(
        "Pencabutan pantangan",
        _("Usulan mencabut pantangan dan keadaannya."),
        _in(VetoLift, "village"),
        (
            ("Kode", "code"), ("Pantangan", lambda e: risk_label(e.veto)), ("Alasan", "why"), ("Keadaan", _staff(LIFT)),
            ("Diusulkan", "created_at"),
        ),
    ),
    Room(
        "Skor indeks",
        _("Skor terbit setiap indikator indeks desa."),
        _in(VillageScores, "village", "year"),
        (("Tahun", "year"), *((code, partial(_score_of, code)) for code in indicators())),
    ),
    Room(
        "Potensi",
        _("Yang dimiliki desa untuk bekerja sama."),
        _in(Potential, "village"),
        (
            ("Kode", "code"), ("Judul", "title"), ("Jenis", lambda e: kind_label(e.kind)), ("Banyaknya", "quantity"),
            ("Satuan", lambda e: unit_label(e.unit)),
            ("Musim", "season"), ("Pemilik", "owner"), ("Batas alam", "limit"), ("Catatan budaya", "culture_note"),
            ("Kekuatan", "strength"), ("Tempat", "place"), ("Titik lokasi", lambda e: str(e.point or "")),
            ("Biaya setahun", lambda e: _reckoned(e.costs)), ("Manfaat setahun", lambda e: _reckoned(e.benefits)),
            ("Keadaan", _staff(POTENTIAL)), ("Dicatat", "created_at"), ("Diperiksa", "verified_at"),
        ),
    ),
    Room(
        "Undian",
        _("Nomor desa dalam undian tempat program yang terbit, hasilnya, atau alasan desa tidak masuk daftar."),
        _drawn_for,
        (
            ("Kode", "draw.code"), ("Program", "draw.programme"), ("Penyelenggara", _holds_the_draw),
            ("Daftar terbit", "draw.committed_at"), ("Undian ke", "draw.attempt"), ("Tempat", "draw.seats"), ("Nomor desa", "number"),
            ("Alasan tidak masuk", lambda e: why_left_out(e, e.draw) if e.left_out else ""),
            ("Keadaan", lambda e: e.draw.label.staff), ("Mendapat tempat", "drawn"), ("Urutan", "rank"),
            ("Sidik daftar", "draw.list_hash"), ("Alasan batal", "draw.void_reason"),
        ),
    ),
    Room(
        "Putaran",
        _("Putaran pemadanan yang dibuka: undangan, jawaban dan pilihan desa, hasil dengan alasannya."),
        _with(_in(RoundVillage, "village", "round_id", round__state__in=PUBLIC), "round"),
        (
            ("Kode", "round.code"), ("Putaran", "round.title"), ("Dibuka", "round.opened_at"), ("Keadaan", "round.label.staff"),
            ("Memenuhi syarat", "eligible"), ("Yang kurang", lambda v: [gettext(MISSING[code]) for code in v.missing]),
            ("Ikut", "joined"), ("Alasan tidak ikut", "why_not"), ("Urutan desa", "order"), ("Dicoret desa", "struck"),
            ("Hasil", _came_out), ("Sidik daftar", "round.list_hash"), ("Alasan batal", "round.void_why"),
        ),
    ),
    Room(
        "Perkenalan",
        _("Mitra yang diperkenalkan putaran kepada desa, dan jawaban kedua pihak."),
        _with(_in(Introduction, "village__village", "round_id", "pk"), "round", "offer__offer__partner"),
        (
            ("Kode", "code"), ("Putaran", "round.title"), ("Tawaran", "offer.offer.title"), ("Mitra", "offer.offer.partner.name"),
            ("Keadaan", "label.staff"), ("Dijawab desa", "village_answered_at"), ("Dijawab mitra", "partner_answered_at"),
            ("Alasan penolakan", "why"), ("Kode kemitraan", "case"),
        ),
    ),
    Room(
        "Sanggahan putaran",
        _("Sanggahan desa atas hasil putaran, dan jawabannya."),
        _with(_in(RoundObjection, "village__village", "round_id", "pk"), "round"),
        (
            ("Kode", "code"), ("Putaran", "round.title"), ("Sanggahan", "text"), ("Keadaan", "label.staff"),
            ("Diajukan", "filed_at"), ("Jawaban", "answer"), ("Dijawab", "answered_at"),
        ),
    ),
    Room(
        "Prioritas",
        _("Daftar prioritas menurut tahun, dengan alasan setiap urutan."),
        _with(_in(PriorityRow, "list__village", "list__year", "list_id", "rank"), "list", "need"),
        (
            ("Tahun", "list.year"), ("Daftar", "list.title"), ("Keadaan", "list.get_state_display"), ("Urutan", "rank"),
            ("Kode kebutuhan", "need.code"), ("Kebutuhan", "need.title"), ("Alasan", "reason"),
        ),
    ),
    Room(
        "Mitra yang cocok",
        _("Tawaran mitra pada daftar yang cocok bagi desa, sebagaimana terakhir dihitung, dengan nilainya."),
        _with(
            _in(ShortlistRow, "village", "side", "rank", "pk", side=ShortlistRow.Side.VILLAGE),
            "offer__partner__merged_into", "shortlist",
        ),
        (
            ("Urutan", "rank"), ("Kode tawaran", "offer.code"), ("Tawaran", "offer.title"), ("Mitra", lambda e: kept(e.offer.partner).name),
            ("Nilai (persejuta)", "h"), ("Nilai desa (persejuta)", "a"), ("Nilai mitra (persejuta)", "b"),
            ("Alasan", lambda e: in_one_line(e.reasons, e.village_id, e.offer.code)),
            ("Dihitung", "shortlist.computed_at"), ("Sidik masukan", "shortlist.hash"),
        ),
    ),
    Room(
        "Musyawarah",
        _("Setiap musyawarah: undangan, pembahasan, dan berita acara."),
        _in(Meeting, "village", "held_on", "pk"),
        (
            ("Kode", "code"), ("Jenis", "get_kind_display"), ("Pokok", "topic"), ("Tempat", "place"), ("Tanggal", "held_on"),
            ("Mulai", "starts"), ("Selesai", "ends"), ("Sidang ke", "session"), ("Keadaan", _staff(MEETING)),
            ("Nomor undangan", "invitation_number"), ("Pemimpin", "chair"), ("Notulis", "minute_taker"),
            ("Pembahasan", "discussion"), ("Nomor berita acara", "minutes_number"), ("Tanggal berita acara", "minutes_on"),
            ("Mengikat sejak", "bound_on"), ("Alasan berakhir", "ended_why"),
        ),
    ),
    Room(
        "Peserta musyawarah",
        _("Nama peserta seperti dicatat desa sendiri. Jangan disebarkan."),
        _with(_in(Attendee, "meeting__village", "meeting__held_on", "meeting_id", "pk"), "meeting"),
        (
            ("Kode musyawarah", "meeting.code"), ("Tanggal", "meeting.held_on"), ("Nama", "name"),
            ("Jenis kelamin", "get_sex_display"), ("Unsur", _elements), ("Dusun", "hamlet"), ("Diundang", "invited"),
            ("Peninjau", "observer"), ("Hadir pada sidang", "session"), ("Orang lain bernama sama", "cleared"),
        ),
    ),
    Room(
        "Keputusan",
        _("Apa yang diputuskan musyawarah, dengan suara dan syaratnya."),
        _with(_in(Decision, "subject__meeting__village", "decided_at", "pk"), "subject__meeting"),
        (
            ("Kode musyawarah", "subject.meeting.code"), ("Tanggal", "subject.meeting.held_on"), ("Pokok", "subject.title"),
            ("Hasil", "get_result_display"), ("Cara", "get_mode_display"), ("Hadir", "present"),
            ("Mufakat", "approving"), ("Setuju", "votes_for"), ("Menolak", "votes_against"), ("Abstain", "votes_abstain"),
            ("Tidak sah", "votes_invalid"), ("Memberi suara", "voters"), ("Suara dengan", "get_ballot_display"),
            ("Rahasia", "secret"), ("Penghitung pertama", "counter_one"), ("Penghitung kedua", "counter_two"),
            ("Syarat", "conditions"), ("Alasan", "reason"),
        ),
    ),
    Room(
        "Penawaran antar-Desa",
        _("Kerja sama yang ditawarkan desa ini kepada desa lain, atau kepadanya: satu baris setiap desa."),
        _joint_places,
        (
            ("Kode", "offer.code"), ("Tentang", "offer.title"), ("Ditawarkan desa", "offer.village.name"),
            ("Desa", "village.name"), ("Keadaan", _offer_state), ("Nomor surat", _asked_with),
            ("Dikirim", _asked_on), ("Batas jawaban", _answer_by), ("Diingatkan (kali)", "reminded"),
            ("Dinyatakan tidak menjawab", "left_out_on"), ("Alasan berakhir", "offer.ended_why"),
        ),
    ),
    Room(
        "Jawaban antar-Desa",
        _("Jawaban tertulis desa atas penawaran antar-Desa, dan penarikannya; suratnya ada dalam map dokumen."),
        _joint_answers,
        (
            ("Kode", "code"), ("Kode penawaran", "place.offer.code"), ("Tentang", "place.offer.title"),
            ("Desa", "place.village.name"), ("Jawaban", "get_kind_display"), ("Nomor surat", "number"),
            ("Tanggal", "dated"), ("Catatan", "notes"), ("Berita acara", "decision.subject.meeting.minutes_number"),
            ("Ditarik", "withdrawal.at"), ("Alasan ditarik", "withdrawal.why"),
        ),
    ),
    Room(
        "Kemitraan",
        _("Setiap kemitraan dari gagasan sampai berakhir."),
        _with(_in(Case, "village"), "partner", "midterm_line", "plan_line"),
        (
            ("Kode", "code"), ("Judul", "title"), ("Jalur", "get_route_display"), ("Bidang", "get_field_of_government_display"),
            ("Mitra", "partner.name"), ("Keadaan", "label.staff"), ("Tujuan", "goals"), ("Baris RPJM", "midterm_line"),
            ("Baris RKP", "plan_line"), ("Catatan anggaran", "budget_note"), ("Bagian desa (Rp)", "village_share"),
            ("Tata ruang", "spatial_check"), ("Lingkungan", "environment_check"),
            ("Kode aset desa yang dipakai", "assets"), ("Rencana izin aset", "permit_plan"), ("Alasan terpisah", "split_because"),
            ("Alasan berhenti", "left_because"), ("Dibuka", "opened_at"),
        ),
    ),
    Room(
        "Catatan kemitraan",
        _("Catatan yang ditulis pada kemitraan."),
        _with(_in(CaseNote, "case__village"), "case"),
        (*CASE, ("Catatan", "text"), ("Waktu", "at"), ("Oleh (kode orang)", "by")),
    ),
    Room(
        "Penawaran",
        _("Penawaran yang diterbitkan desa."),
        _with(_in(Call, "case__village"), "case"),
        (
            ("Kode", "code"), *CASE, ("Nomor", "number"), ("Judul", "title"), ("Keadaan", "label.staff"),
            ("Dibuka", "opened_at"), ("Batas waktu", "deadline"), ("Ditutup", "closed_at"),
            ("Berita acara pembukaan", "opening_minutes"), ("Nilai dibuka", "revealed_at"), ("Alasan berakhir", "ended_why"),
        ),
    ),
    Room(
        "Perubahan penawaran",
        _("Perpanjangan, penarikan, pembukaan ulang, perbaikan, dan pembatalan penawaran, dengan alasannya."),
        _with(_in(CallChange, "call__case__village"), "call"),
        (
            ("Kode penawaran", "call.code"), ("Perubahan", "get_kind_display"), ("Alasan", "reason"),
            ("Batas waktu sebelumnya", "deadline_before"), ("Batas waktu baru", "deadline_after"), ("Waktu", "at"),
            ("Oleh (kode orang)", "by"),
        ),
    ),
    Room(
        "Kriteria",
        _("Kriteria setiap penawaran dengan bobotnya."),
        _with(_in(Criterion, "call__case__village", "call_id", "position"), "call"),
        (("Kode penawaran", "call.code"), ("Kriteria", "code"), ("Bobot", "weight")),
    ),
    Room(
        "Tanya jawab",
        _("Pertanyaan calon mitra dan jawaban desa."),
        _with(_in(Question, "call__case__village"), "call", "answer"),
        (
            ("Kode penawaran", "call.code"), ("Pertanyaan", "text"), ("Ditanyakan", "asked_at"), ("Jawaban", "answer.text"),
            ("Dijawab", "answer.at"),
        ),
    ),
    Room(
        "Usulan pembanding",
        _("Kapan desa meminta usulan pembanding, mengapa, dan apa yang diputuskan."),
        _with(_in(RivalCall, "case__village"), "case"),
        (
            ("Kode", "code"), *CASE, ("Yang diminta", "asks"), ("Alasan", "reason"), ("Diumumkan", "called_at"),
            ("Batas waktu", "deadline"), ("Dibuka", "opened_at"), ("Berita acara pembukaan", "opening_minutes"),
            ("Diputuskan", "closed_at"), ("Kode usulan terpilih", "chosen"), ("Alasan keputusan", "closed_because"),
        ),
    ),
    Room(
        "Penunjukan langsung",
        _("Mitra yang ditunjuk tanpa pesaing, jenis alasannya, dan penjelasannya."),
        _with(_in(DirectAppointment, "call__case__village"), "call__case", "proposal__partner", "continues"),
        (
            ("Kode", "code"), ("Kode kemitraan", "call.case.code"), ("Kode penawaran", "call.code"),
            ("Mitra", "proposal.partner.name"), ("Jenis alasan", "get_kind_display"), ("Penjelasan", "explanation"),
            ("Bukti tertulis", "evidence"), ("Melanjutkan", "continues.code"), ("Keadaan", "proposal.label.staff"),
            ("Ditunjuk", "at"),
        ),
    ),
    Room(
        "Jawaban tertulis",
        _("Jawaban tertulis desa atas usulan mitra, dan batas waktunya."),
        _with(_in(WrittenAnswer, "case__village"), "case"),
        (
            *CASE, ("Nomor surat", "letter_number"), ("Berita acara", "minutes_number"), ("Isi", "text"),
            ("Batas waktu", "due_on"), ("Dikirim", "at"), ("Terlambat (hari)", "days_late"),
        ),
    ),
    Room(
        "Usulan diterima",
        _("Usulan yang sudah dibuka: siapa, kapan, dan bagaimana akhirnya. Isinya dibaca di ruang seleksi."),
        _open_proposals,
        (
            ("Kode", "code"), ("Mitra", "partner.name"), ("Kode penawaran", "call.code"), ("Kode kemitraan", "case.code"),
            ("Disegel", "sealed_at"), ("Keadaan", "label.staff"), ("Alasan gugur", "out_because"),
            ("Usulan pembanding", "rival_of.code"), ("Terlambat dijawab (hari)", "days_late"),
        ),
    ),
    Room(
        "Kunjungan seleksi",
        _("Kunjungan dan wawancara tim seleksi sesudah usulan dibuka; berkasnya ikut dalam arsip. Jangan sebarkan nama."),
        _with(_in(SiteVisit, "proposal__call__case__village", "day", "pk"), "proposal__call", "proposal__partner", "file"),
        (
            ("Kode", "code"), ("Kode penawaran", "proposal.call.code"), ("Mitra", "proposal.partner.name"),
            ("Jenis", "get_kind_display"), ("Tanggal", "day"), ("Tempat", "place"), ("Hadir", "present"),
            ("Yang ditemukan", "found"), ("Berkas", "file.name"), ("Dicatat", "at"),
        ),
    ),
    Room(
        "Moderasi nilai",
        _("Catatan pembahasan selisih nilai menurut putaran, usulan, dan kriteria."),
        _with(
            _in(ModerationPoint, "moderation__call__case__village", "moderation_id", "pk"),
            "moderation__call", "proposal__partner",
        ),
        (
            ("Kode penawaran", "moderation.call.code"), ("Putaran", "moderation.round"), ("Mitra", "proposal.partner.name"),
            ("Kriteria", "criterion"), ("Catatan", "note"), ("Dicatat", "moderation.at"),
        ),
    ),
    Room(
        "Sanggahan",
        _("Sanggahan atas hasil seleksi dan jawabannya."),
        _with(_in(Objection, "call__case__village"), "call"),
        (
            ("Kode", "code"), ("Kode penawaran", "call.code"), ("Isi", "text"), ("Keadaan", "get_state_display"),
            ("Diajukan", "filed_at"), ("Jawaban", "answer"), ("Dijawab", "answered_at"),
        ),
    ),
    Room(
        "Kata dalam sanggahan",
        _("Setiap kata dalam sanggahan menurut urutannya, dan sampai kapan jawabannya ditunggu."),
        _with(_in(ObjectionStep, "objection__call__case__village", "objection_id", "pk"), "objection"),
        (
            ("Kode sanggahan", "objection.code"), ("Langkah", "get_kind_display"), ("Isi", "words"), ("Waktu", "at"),
            ("Jawaban paling lambat", "due_on"),
        ),
    ),
    Room(
        "Lembar nilai terkirim",
        _("Lembar nilai dan alasan yang dikirim kepada mitra yang tidak diusulkan; isinya dibaca di ruang seleksi."),
        _with(_in(Feedback, "proposal__call__case__village"), "proposal__partner", "proposal__call"),
        (
            ("Kode usulan", "proposal.code"), ("Mitra", "proposal.partner.name"), ("Kode penawaran", "proposal.call.code"),
            ("Putaran", "round"), ("Kata pengantar", "words"), ("Dikirim", "at"),
        ),
    ),
    Room(
        "Perjanjian",
        _("Perjanjian kerja sama; naskah yang dikunci ada dalam map dokumen."),
        _with(_in(Agreement, "case__village"), "case", "partner"),
        (
            ("Kode", "code"), *CASE, ("Mitra", "partner.name"), ("Judul", "title"), ("Keadaan", "label.staff"),
            ("Nomor desa", "village_number"), ("Nomor mitra", "partner_number"), ("Tanggal", "made_on"),
            ("Mulai", "starts_on"), ("Selesai", "ends_on"), ("Nilai (Rp)", "value"), ("Ditandatangani", "signed_at"),
            ("Berlaku", "in_force_at"), ("Ringkasan", "summary"),
        ),
    ),
    Room(
        "Perjanjian terdahulu",
        _("Perjanjian yang sudah berjalan sebelum dicatat di sini; sel kosong berarti belum diketahui."),
        _with(_in(EarlierAgreement, "case__village"), "case__partner"),
        (
            *CASE, ("Mitra", "case.partner.name"), ("Keadaan", "case.label.staff"), ("Ruang lingkup", "scope"),
            ("Kode desa lain yang ikut", "further_villages"), ("Sub-bidang", "sub_field"),
            ("Nomor", "number"), ("Tanggal", "made_on"), ("Keputusan BKD", "decree"),
            ("Mulai", "starts_on"), ("Selesai", "ends_on"), ("Nilai (Rp)", "value"), ("Penerima manfaat", "beneficiaries"),
            ("Nomor berita acara", "minutes_number"), ("Tanggal berita acara", "minutes_on"),
        ),
    ),
    Room(
        "Kewajiban",
        _("Kewajiban kedua pihak seperti ditandatangani."),
        _with(_in(Obligation, "agreement__case__village", "agreement_id", "number"), "agreement"),
        (
            *AGREEMENT, ("Nomor", "number"), ("Pihak", "get_party_display"), ("Jenis", "get_kind_display"), ("Isi", "text"),
            ("Jatuh tempo", "due_on"), ("Berkala", "period"), ("Ukuran", "measure"), ("Bukti", "evidence"),
            ("Nilai (Rp)", "amount"),
        ),
    ),
    Room(
        "Janji jatuh tempo",
        _("Kapan setiap kewajiban jatuh tempo, dan bagaimana keadaannya."),
        _with(_in(Due, "obligation__agreement__case__village", "due_on", "pk"), "obligation__agreement"),
        (
            ("Kode", "code"), ("Kode perjanjian", "obligation.agreement.code"), ("Kewajiban nomor", "obligation.number"),
            ("Isi", "obligation.text"), ("Jatuh tempo", "due_on"), ("Keadaan", lambda e: DUE[e.stands(clock.today())].staff),
        ),
    ),
    Room(
        "Rencana kerja",
        _("Kegiatan rencana kerja setiap perjanjian."),
        _with(_in(Activity, "plan__agreement__case__village", "plan_id", "number"), "plan__agreement"),
        (
            ("Kode perjanjian", "plan.agreement.code"), ("Nomor", "number"), ("Kegiatan", "title"), ("Tema", "get_theme_display"),
            ("Hasil", "output"), ("Target", "target"), ("Satuan", "unit"), ("Tempat", "place"), ("Mulai", "starts"),
            ("Selesai", "ends"), ("Biaya (Rp)", "cost"), ("Pengelola nanti", "owner_after_end"),
        ),
    ),
    Room(
        "Buku uang",
        _("Setiap catatan uang, juga yang ditolak dan yang dibatalkan oleh catatan balik."),
        _with(_in(LedgerEntry, "agreement__case__village", "agreement_id", "number"), "agreement", "counter_of", "line"),
        (
            *AGREEMENT, ("Nomor", "number"), ("Tanggal", "on"), ("Jenis", "get_kind_display"), ("Uraian", "text"),
            ("Rupiah", _money("amount")), ("Sumber", "line.source"), ("Lewat", lambda e: channel_label(e.channel)),
            ("Kode rekening", "budget_code"),
            ("Nomor bukti", "receipt_number"), ("Mengoreksi nomor", "counter_of.number"), ("Alasan", "reason"),
            ("Dicatat oleh", "by_name"), ("Dicatat", "at"),
        ),
    ),
    Room(
        "Serah terima",
        _("Setiap barang yang diserahterimakan, bagaimana diterima, dan nomor inventarisnya."),
        _with(
            _in(HandoverItem, "handover__case__village", "handover_id", "number"), "handover__case", "inventory"
        ),
        (
            ("Kode", "handover.code"), ("Kode kemitraan", "handover.case.code"), ("Kemitraan", "handover.case.title"),
            ("Nomor berita acara", "handover.number"), ("Tanggal", "handover.on"), ("Arah", "handover.get_giver_display"),
            ("Nomor", "number"), ("Barang", "name"), ("Jenis", "make"), ("Jumlah", "quantity"), ("Satuan", "unit"),
            ("Nilai (Rp)", "value"), ("Kondisi", "get_condition_display"), ("Tempat", "place"), ("Bukti milik", "proof"),
            ("Aset desa", "for_village"), ("Penerimaan", "get_verdict_display"), ("Kekurangan", "shortage"),
            ("Nomor inventaris", "inventory.number"), ("Keadaan", "handover.label.staff"),
        ),
    ),
    Room(
        "Pelatihan",
        _("Pelatihan setiap perjanjian."),
        _with(_in(Training, "agreement__case__village"), "agreement"),
        (
            ("Kode", "code"), *AGREEMENT, ("Judul", "title"), ("Dasar kebutuhan", "need_basis"), ("Kemampuan", "competency"),
            ("Penyelenggara", "provider"), ("Tempat", "place"), ("Mulai", "starts"), ("Selesai", "ends"), ("Jam", "hours"),
            ("Kursi", "seats"), ("Keadaan", "label.staff"),
        ),
    ),
    Room(
        "Pendaftar pelatihan",
        _("Nama pendaftar seperti dicatat desa sendiri, tanpa keterangan miskin. Jangan disebarkan."),
        _with(_in(Applicant, "training__agreement__case__village", "training_id", "order", "pk"), "training"),
        (
            ("Kode pelatihan", "training.code"), ("Nama", "name"), ("Jenis kelamin", "get_sex_display"), ("Dusun", "hamlet"),
            ("Urutan undian", "order"), ("Keadaan", "label.staff"),
        ),
    ),
    Room(
        "Indikator",
        _("Apa yang diukur pada setiap perjanjian, dari keadaan awal."),
        _with(
            _in(Indicator, "framework__agreement__case__village", "framework_id", "number"), "framework__agreement"
        ),
        (
            ("Kode", "code"), ("Kode perjanjian", "framework.agreement.code"), ("Nomor", "number"), ("Indikator", "title"),
            ("Jenis", "get_family_display"), ("Satuan", "unit"), ("Keadaan awal", _points("scale", "baseline")),
            ("Tanggal keadaan awal", "baseline_on"), ("Cara mengukur", "method"),
        ),
    ),
    Room(
        "Nilai indikator",
        _("Setiap pengukuran dengan sumbernya."),
        _with(_in(Value, "indicator__framework__agreement__case__village", "indicator_id", "measured_on"), "indicator"),
        (
            ("Kode indikator", "indicator.code"), ("Indikator", "indicator.title"), ("Nilai", _points("indicator.scale", "amount")),
            ("Tanggal", "measured_on"), ("Sumber", "source"), ("Cara", "method"), ("Keadaan", "label.staff"),
        ),
    ),
    Room(
        "Laporan",
        _("Laporan kerja sama; naskah yang dikirim ada dalam map dokumen."),
        _in(Report, "village", "year", "pk"),
        (
            ("Kode", "code"), ("Jenis", "get_kind_display"), ("Tahun", "year"), ("Dari", "starts_on"), ("Sampai", "ends_on"),
            ("Paling lambat", "due_on"), ("Keadaan", "label.staff"), ("Masuk (Rp)", "received"), ("Keluar (Rp)", "spent"),
            ("Nomor surat", "number"), ("Tanggal surat", "dated"), ("Dikirim", "sent_at"),
        ),
    ),
    Room(
        "Tugas",
        _("Yang ditunggu dari desa, dan kapan selesai."),
        _duties,
        (
            ("Tugas", _duty), ("Catatan", "about"), ("Jabatan", "get_role_display"), ("Paling lambat", "due_on"),
            ("Mulai", "opened_at"), ("Selesai", "closed_at"),
        ),
    ),
    Room(
        "Jurnal",
        _(
            "Tindakan tentang desa ini, tanpa pemeriksaan mitra dan nama penggugat; sidiknya dapat dicocokkan dengan "
            "jurnal umum."
        ),
        _events,
        (
            ("Nomor", "seq"), ("Waktu", "at"), ("Kejadian", "verb"), ("Catatan", "about"), ("Pintu", "door"),
            ("Oleh (kode orang)", "actor"), ("Tindakan", "act"), ("Sidik SHA-256", "hash"),
        ),
    ),
)  # fmt: skip
