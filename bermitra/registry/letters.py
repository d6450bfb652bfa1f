"""What all papers of a village have: its letterhead, and the place where its head signs."""

from __future__ import annotations

from datetime import date

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.documents.model import Letterhead, Slot
from bermitra.foundation.regions.models import Region
from bermitra.registry.models import VillageProfile
from bermitra.registry.queries.villages import village_profile


def office_line(profile: VillageProfile | None) -> str:
    """Address, postal code, telephone and mail of the office in one line; nothing of what nobody gave."""
    if profile is None:
        return ""
    given = (
        profile.office_address,
        profile.office_postcode and f"Kode Pos {profile.office_postcode}",
        profile.office_phone and f"Telepon {profile.office_phone}",
        profile.office_mail and f"Surel {profile.office_mail}",
    )
    return ", ".join(each for each in given if each)


def letterhead_of(village: Region, words: dict[str, str], *house: str) -> Letterhead:
    """``words`` are the local ones; ``house`` is what stands between district and village, as a council's name."""
    district = village.parent
    regency = district.parent if district else None
    above = [f"KECAMATAN {district.name.upper()}"] if district else []
    if regency is not None:
        above.insert(0, f"PEMERINTAH {regency.name.upper()}")
    lines = (*above, *house, f"{words['village'].upper()} {village.name.upper()}")
    return Letterhead(lines, office_line(village_profile(village)))


def head_slot(village: Region, words: dict[str, str], day: date, *, field: str) -> Slot:
    """Where the head of the village signs: by the name of the office held on that day, beside the mark for its stamp."""
    held = Appointment.objects.in_force(day).filter(region_id=village.pk, role=roles.VILLAGE_HEAD.key)
    found = held.select_related("person").order_by("-since", "-pk").first()
    office = (found.title if found else "") or f"{words['head']} {village.name}"
    if found and found.acting:
        office = f"Penjabat {office}"
    return Slot(field, (f"{office},",), found.person.full_name if found else "", seal=f"CAP {words['village'].upper()}")
