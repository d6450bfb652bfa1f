"""What the pages of every act do, and the words on the way to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.who import person_of
from bermitra.foundation.commands.act import Reach, Reachable
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _ as marked
from bermitra.registry.forms import RegisterPartner
from bermitra.registry.models import Partner
from bermitra.registry.queries.bodies import kept
from bermitra.registry.queries.likeness import Near, near, threshold
from bermitra.registry.queries.partners import partners_visible_to
from bermitra.registry.queries.standing import PartnerStanding
from bermitra.registry.queries.words import kind_name
from bermitra.registry.rules import LABELS, PASSES

VERBS: dict[str, str] = {
    "registry.update_village": marked("Perbarui profil"),
    "registry.record_account": marked("Catat rekening"),
    "registry.record_partner_account": marked("Catat rekening"),
    "registry.record_umbrella_regulation": marked("Catat Perdes kerja sama"),
    "registry.record_asset": marked("Catat aset"),
    "registry.correct_plan_line": marked("Perbaiki baris"),
    "registry.withdraw_plan_line": marked("Cabut baris"),
    "registry.correct_asset": marked("Perbaiki aset"),
    "registry.withdraw_asset": marked("Cabut dari daftar"),
    "registry.admit_person": marked("Daftarkan orang mitra"),
    "registry.add_document": marked("Catat dokumen"),
    "registry.declare_owners": marked("Nyatakan pemilik dan pengurus"),
    "registry.update_partner": marked("Ubah data lembaga"),
    "registry.correct_partner": marked("Betulkan data lembaga"),
    "registry.merge_duplicates": marked("Gabungkan data ganda"),
    "registry.accept_request": marked("Terima pendaftaran"),
    "registry.decline_request": marked("Tolak pendaftaran"),
    "registry.confirm_load": marked("Sahkan tabel ini"),
    "registry.decline_load": marked("Tolak tabel ini"),
    "registry.start_verification": marked("Mulai uji tuntas"),
    "registry.answer_verification": marked("Isi jawaban"),
    "registry.submit_verification": marked("Kirim uji tuntas"),
    "registry.take_verification": marked("Ambil berkas"),
    "registry.check_evidence": marked("Periksa bukti"),
    "registry.request_repair": marked("Minta perbaikan"),
    "registry.resubmit_verification": marked("Kirim perbaikan"),
    "registry.review_match": marked("Tinjau kecocokan nama"),
    "registry.conclude_verification": marked("Tutup uji tuntas"),
    "registry.reopen_verification": marked("Buka ulang"),
    "registry.reply_flag": marked("Gunakan hak jawab"),
    "registry.review_flag": marked("Beri penilaian"),
    "registry.resolve_flag": marked("Putuskan"),
    "registry.reopen_flag": marked("Buka ulang"),
}
NEXT: dict[str, str] = {
    "registry.reply_flag": marked("Anda berhak menjawab sebelum dua orang memutuskan."),
    "registry.review_flag": marked("Beri penilaian Anda; putusan lahir dari dua orang yang sependapat."),
    "registry.resolve_flag": marked("Pemeriksa pertama sudah menilai. Putuskan bila Anda sependapat."),
    "registry.start_verification": marked("Desa memerlukan uji tuntas yang masih berlaku sebelum memilih mitra."),
    "registry.answer_verification": marked("Lengkapi jawaban; setiap bagian tersimpan begitu dikirim."),
    "registry.submit_verification": marked("Semua sudah lengkap. Kirim supaya pemeriksa bisa mengambilnya."),
    "registry.resubmit_verification": marked("Semua sudah lengkap. Kirim kembali kepada pemeriksa."),
    "registry.take_verification": marked("Ambil berkas ini untuk diperiksa."),
    "registry.check_evidence": marked("Lihat dokumen satu per satu dan tandai."),
    "registry.review_match": marked("Sebuah nama dalam daftar sanksi harus ditinjau lebih dahulu."),
    "registry.conclude_verification": marked("Semua bukti sudah dilihat. Tutup berkas dengan putusan yang dihitung."),
}


def open_doors(person: Person, doors: Iterable[str], record: Reachable, code: str) -> list[dict[str, str]]:
    """Those of ``doors`` that this person may go through, as links with their verbs."""
    reach = record.reach()
    return [
        {
            "name": door,
            "url": reverse(door, kwargs={"code": code}),
            "verb": _(VERBS[door]),
            "says": _(NEXT[door]) if door in NEXT else "",
        }
        for door in doors
        if may_open(person, door, reach)
    ]


def partner_at(request: HttpRequest, code: str, **known: Exists) -> tuple[Partner, str]:
    """The partner that the address leads to, if this person may open its file, and the address of that file.

    ``known`` is read along with a partner that stands for itself.
    """
    found = partners_visible_to(person_of(request)).select_related(
        "merged_into", "seat", "village", "located_in_village"
    )
    partner = kept(get_object_or_404(found.annotate(**known), code=code))
    return partner, reverse("page.partner_file", kwargs={"code": partner.code})


def counter_of(person: Person) -> Region | None:
    """The village or regency at whose counter this person registers partners."""
    for office in person.offices:
        region = office.region
        if region and may_open(person, "registry.register_partner", Reach(region=region.code)):
            return region
    return None


def verdict_word(verdict: str) -> str:
    return _(LABELS[verdict].public) if verdict else _("Belum diuji")


def standing_word(standing: PartnerStanding) -> str:
    """How a body stands today, in a word or two: what holds it up before what it once was given."""
    if standing.listed:
        return _("Tercantum dalam daftar sanksi")
    if standing.verdict in PASSES and not standing.fresh:
        return _("Kedaluwarsa")
    return verdict_word(standing.verdict)


def standing_kind(standing: PartnerStanding) -> str:
    if standing.listed or (standing.verdict in PASSES and not standing.fresh):
        return "fix"
    return "ok" if standing.fresh else "idle"


def near_items(near: Iterable[Near]) -> list[dict[str, str]]:
    """Partners with a name like the one that was typed, as rows with their public page."""
    return [
        {
            "title": each.partner.name,
            "small": " · ".join(
                filter(None, (kind_name(each.partner), each.partner.seat.name if each.partner.seat else ""))
            ),
            "url": reverse("page.partner", kwargs={"code": each.partner.code}),
            "state": _("%(n)d%% mirip") % {"n": each.alike},
        }
        for each in near
    ]


def near_typed(request: HttpRequest) -> list[Near]:
    """What is registered already under a name, NIB or NPWP like those that were sent; nothing before anything was."""
    if request.method != "POST":
        return []
    typed = RegisterPartner(request.POST)
    typed.is_valid()
    name, business, tax = (typed.cleaned_data.get(each) or "" for each in ("name", "business_number", "tax_number"))
    return near(name, business_number=business, tax_number=tax, at_least=threshold())
