"""The head of a village's papers: who is above it, what it is called, and where its office is reached."""

from __future__ import annotations

from bermitra.foundation.documents.model import Letterhead
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
