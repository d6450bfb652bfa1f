"""The fixed cast: every test is a sentence about them. All are fictional; the places are real codes of the register.

Village Pandanarum (33.04.19.2001, Banjarnegara) is *ours*; Bestala (51.08.02.2008, Buleleng) is *foreign*.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import uuid4

from django.utils import timezone

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.commands.act import By
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.register import key_of

OURS, FOREIGN = "33.04.19.2001", "51.08.02.2008"
NEIGHBOUR = "33.04.19.2002"  # another village of our district

PLACES = {
    "33": ("province", "Jawa Tengah"),
    "33.04": ("regency", "Kabupaten Banjarnegara"),
    "33.04.19": ("district", "Pandanarum"),
    OURS: ("desa", "Pandanarum"),
    NEIGHBOUR: ("desa", "Beji"),
    "33.04.06": ("district", "Banjarnegara"),
    "33.04.06.1013": ("kelurahan", "Kutabanjarnegara"),
    "51": ("province", "Bali"),
    "51.08": ("regency", "Kabupaten Buleleng"),
    "51.08.02": ("district", "Seririt"),
    FOREIGN: ("desa", "Bestala"),
}

CAST = {
    # username: (full name, role, where the office is held)
    "kades": ("Sutrisno Hadi", roles.VILLAGE_HEAD, OURS),
    "sekdes": ("Wulan Pratiwi", roles.VILLAGE_SECRETARY, OURS),
    "bendahara": ("Tri Wahyuni", roles.VILLAGE_TREASURER, OURS),
    "kadus": ("Slamet Riyadi", roles.VILLAGE_OFFICIAL, OURS),
    "operator": ("Bayu Nugroho", roles.VILLAGE_OPERATOR, OURS),
    "bpd": ("Darsini", roles.BPD_CHAIR, OURS),
    "anggota.bpd": ("Karsono", roles.BPD_MEMBER, OURS),
    "lksd": ("Endah Lestari", roles.VILLAGE_COOP_UNIT, OURS),
    "warga": ("Paijo", roles.RESIDENT, OURS),
    "camat": ("Haryanto", roles.CAMAT, "33.04.19"),
    "dinas": ("Ratna Dewi", roles.DPMD_OFFICER, "33.04"),
    "bupati": ("Agus Setiawan", roles.REGENT_OFFICE, "33.04"),
    "inspektorat": ("Yuni Astuti", roles.AUDITOR, "33.04"),
    "kades.asing": ("I Ketut Suwardana", roles.VILLAGE_HEAD, FOREIGN),
    "sekdes.asing": ("Ni Luh Ariyani", roles.VILLAGE_SECRETARY, FOREIGN),
    "dinas.asing": ("Made Suarta", roles.DPMD_OFFICER, "51.08"),
    "pengelola": ("Lina Marlina", roles.INSTANCE_ADMIN, None),
}
PASSWORD = "tiga kata saja"


@dataclass
class People:
    """``people.kades`` is the person, ``people.by("kades")`` the same one knocking with a fresh key."""

    held: dict[str, Person] = field(default_factory=dict)
    village: str = OURS  # where these people meet

    def __getattr__(self, name: str) -> Person:
        try:
            return self.held[name.replace("_", ".")]
        except KeyError:
            raise AttributeError(name) from None

    def by(self, name: str, key: str = "") -> By:
        """A fresh object, so that offices read by an earlier act are read again."""
        person = Person.objects.get(username=name)
        return By(person=person, key=key or uuid4().hex, confirmed_at=timezone.now())


def place(code: str) -> Region:
    return Region.objects.get(pk=code)


def settle() -> People:
    """Put the places and the cast into the database of a test."""
    for code, (kind, name) in PLACES.items():
        Region.objects.create(
            code=code,
            level={2: 1, 5: 2, 8: 3, 13: 4}[len(code)],
            kind=kind,
            name=name,
            name_key=key_of(name, kind),
            parent_id=code.rpartition(".")[0] or None,
        )
    people = People()
    for username, (full_name, role, where) in CAST.items():
        person = Person(
            username=username, full_name=full_name, region_id=where, created_at=datetime(2024, 1, 1, tzinfo=UTC)
        )
        person.set_unusable_password()
        person.save()
        Appointment.objects.create(
            person=person,
            role=role.key,
            region_id=where,
            decree="141/1/2022",
            since=date(2022, 1, 1),
            until=date(2029, 12, 31),
            state=Appointment.State.CONFIRMED,
            state_at=datetime(2024, 1, 1, tzinfo=UTC),
        )
        people.held[username] = person
    return people
