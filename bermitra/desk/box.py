"""Duties as lines of the work box: what to do, where, by when, and a word for how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import may_see, table
from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.text import _ as marked

SOON = timedelta(days=7)
NEW = timedelta(days=3)

# Acts with which something begins: they need no record before them, so nothing in the box leads to them.
STARTS = (
    ("needs.record", marked("Catat kebutuhan")),
    ("needs.record_potential", marked("Catat potensi")),
    ("needs.record_offer", marked("Buat tawaran untuk desa")),
    ("deliberation.plan", marked("Rencanakan musyawarah")),
    ("partnership.open", marked("Buka kemitraan baru")),
    ("selection.submit_unsolicited", marked("Ajukan usulan ke desa")),
    ("registry.register_partner", marked("Daftarkan mitra")),
    ("registry.onboard_villages", marked("Daftarkan banyak desa")),
    ("agreements.register_existing", marked("Catat perjanjian terdahulu")),
    ("agreements.propose_existing", marked("Unggah daftar perjanjian berjalan")),
)
# Where one looks things up, beside the duties; each is shown to those who may enter.
ROOMS = (
    ("page.meetings", marked("Musyawarah")),
    ("page.needs", marked("Kebutuhan")),
    ("page.backlog", marked("Kebutuhan yang belum terpenuhi")),
    ("page.aims", marked("Tujuan dan pantangan desa")),
    ("page.potentials", marked("Potensi")),
    ("page.invitees", marked("Daftar undangan tetap")),
    ("page.priorities", marked("Daftar prioritas")),
    ("page.consents", marked("Persetujuan masyarakat (PADIATAPA)")),
    ("page.village_list", marked("Desa dan berkasnya")),
    ("page.offices", marked("Jabatan desa")),
    ("page.assistance_desk", marked("Bantuan pengisian")),
    ("page.partner_list", marked("Mitra dan berkasnya")),
    ("page.offer_list", marked("Tawaran mitra")),
    ("page.fitting", marked("Kecocokan desa dan mitra")),
    ("page.round_rooms", marked("Putaran pemadanan")),
    ("page.draw_rooms", marked("Undian tempat")),
    ("page.village_draws", marked("Undian bagi desa Anda")),
    ("page.proposals", marked("Usulan kami")),
    ("page.measured_agreements", marked("Indikator kerja sama")),
    ("page.village_reports", marked("Laporan kerja sama")),
    ("page.overdue_board", marked("Laporan yang belum masuk")),
    ("page.cooperation_register", marked("Daftar kerja sama kabupaten")),
    ("page.existing_agreements", marked("Perjanjian terdahulu")),
    ("page.village_changes", marked("Perubahan desa")),
    ("page.listings", marked("Daftar sanksi dan pantauan")),
    ("page.norms", marked("Ketentuan daerah")),
    ("page.personal_matters", marked("Urusan data pribadi")),
    ("page.risk_flags", marked("Tanda risiko")),
    ("page.conflicts", marked("Benturan kepentingan")),
)


@dataclass(frozen=True)
class Line:
    """As ``{% rows %}`` takes it; ``kind`` is the colour of the capsule, ``state`` the word in it."""

    title: str
    url: str
    small: str
    state: str
    kind: str


def own_line(duty: Duty, person: Person, today: date) -> Line:
    url = address(duty.door, duty.url_code) or record_address(duty.about, person)
    state, kind = _state(duty, today)
    return Line(duty.sentence, url, _small(duty), state, kind)


def waiting_line(duty: Duty, person: Person, today: date) -> Line:
    late = _late(duty, today)
    state, kind = (late, "late") if late else (awaited(duty), "idle")
    small = " · ".join(part for part in (awaited(duty) if late else "", _small(duty)) if part)
    return Line(duty.sentence, record_address(duty.about, person), small, state, kind)


def address(name: str, code: str = "") -> str:
    """The page of this name (for this record), or nothing where the instance has none."""
    try:
        return reverse(name, kwargs={"code": code} if code else {})
    except NoReverseMatch:
        return ""


def record_address(about: str, person: Person) -> str:
    """The page of a record that is named as the journal names it (``case:7K3M9QXD2A``), if this person may open it."""
    kind, _colon, code = about.partition(":")
    row = table().get(f"page.{kind}")
    return address(row.name, code) if row is not None and may_see(row, person) else ""


def awaited(duty: Duty) -> str:
    """For whom one waits: "Menunggu Ketua BPD"."""
    role = roles.BY_KEY.get(duty.role)
    if role is not None and role.reach is Scope.PARTY:
        return _("Menunggu mitra")
    if role is not None:
        return _("Menunggu %(office)s") % {"office": _(role.name)}
    if duty.person:
        return _("Menunggu orang yang ditunjuk")
    return _("Menunggu mitra") if duty.party and not duty.region_id else _("Menunggu desa")


def _state(duty: Duty, today: date) -> tuple[str, str]:
    if late := _late(duty, today):
        return late, "late"
    if duty.due_on == today:
        return _("Tenggat hari ini"), "fix"
    if duty.due_on is not None and duty.due_on - today <= SOON:
        return _("Tenggat %(day)s") % {"day": date_format(duty.due_on, "j F")}, "fix"
    if today - localdate(duty.opened_at) < NEW:
        return _("Baru"), ""
    return _("Belum dikerjakan"), "idle"


def _late(duty: Duty, today: date) -> str:
    if duty.due_on is None or duty.due_on >= today:
        return ""
    days = (today - duty.due_on).days
    return ngettext("Terlambat %(days)s hari", "Terlambat %(days)s hari", days) % {"days": days}


def _small(duty: Duty) -> str:
    day = date_format(duty.due_on, "j F Y") if duty.due_on else ""
    parts = (
        duty.region.name if duty.region else "",
        _("tenggat %(day)s") % {"day": day} if day else _("tanpa tenggat"),
    )
    return " · ".join(part for part in parts if part)


def starts(person: Person) -> list[tuple[str, str]]:
    """What this person may begin: (address, verb)."""
    return _entered(STARTS, person)


def rooms(person: Person) -> list[tuple[str, str]]:
    """Where this person may look things up: (address, words), the files of his own villages first."""
    row = table()["page.village_file"]
    held = [each for each in person.offices if each.region and each.region.level == 4 and row.scope_of(each.role)]
    own = {each.region.code: each.region.name for each in held if each.region}
    files = [
        (address("page.village_file", code), _("Data Desa %(name)s") % {"name": name}) for code, name in own.items()
    ]
    reaching = [
        (f"{address('page.offers')}?{urlencode({'di': code})}", _("Tawaran yang menjangkau desa Anda")) for code in own
    ]
    return [*files, *reaching, *_entered(ROOMS, person)]


def _entered(doors: tuple[tuple[str, str], ...], person: Person) -> list[tuple[str, str]]:
    return [
        (url, _(words))
        for name, words in doors
        if (row := table().get(name)) is not None and may_see(row, person) and (url := address(name))
    ]
