"""The register of areas, the aliases of old codes, each loading of it, and the yearly village index."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly


class PlainTextField(models.CharField):
    """Text compared letter by letter on either database, so that a range of codes or keys means the same and uses the
    index. A language's collation on PostgreSQL would skip the dots of ``33.04``."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        # Written out in full, Django does not add the second index that it gives to a varchar of unknown collation.
        return (
            f"character varying({self.max_length})"
            if connection.vendor == "postgresql"
            else super().db_type(connection)
        )

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found


class Region(models.Model):
    """One area of the register. The dotted code says where it lies: 33.04.19.2001 is in 33.04.19, 33.04 and 33.

    Rows are never deleted. When a decree gives the code to another area, everything that pointed to the old one follows
    it to its new code (``load``), and an alias remembers. Rows that never change (``AppendOnly``) keep the code of
    their day; ``queries.codes_held`` tells which code an area had when.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "Provinsi"
        REGENCY = "regency", "Kabupaten"
        CITY = "city", "Kota"
        DISTRICT = "district", "Kecamatan"
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"
        DESA_ADAT = "desa_adat", "Desa adat"

    code = PlainTextField(max_length=13, primary_key=True)
    level = models.SmallIntegerField()  # 1 province, 2 regency or city, 3 district, 4 village
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    name_key = PlainTextField(max_length=120)  # as names are compared
    # The beginning of the code says it too, and ``load`` refuses orphans: 91,599 checks of the database would say no more.
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="children", db_constraint=False
    )
    active = models.BooleanField(default=True)
    since = models.DateField(null=True)  # the day from which the code means this area; empty: as far back as we know
    until = models.DateField(null=True)
    members = models.IntegerField(default=0)  # areas in force directly below, kept by ``load``
    villages = models.IntegerField(default=0)  # villages in force anywhere below, kept by ``load``

    class Meta:
        indexes = [models.Index(fields=["name_key", "code"], name="region_by_name")]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.code)


class RegionAlias(AppendOnly):
    """A code or a name that was in force until a day, and the code that the area had from then on."""

    old_code = PlainTextField(max_length=13)
    old_name = models.CharField(max_length=120)
    old_key = PlainTextField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="aliases")
    since = models.DateField(null=True)
    until = models.DateField()
    decree = models.CharField(max_length=160)

    class Meta:
        indexes = [
            models.Index(fields=["old_code"], name="region_alias_old_code"),
            models.Index(fields=["old_key"], name="region_alias_old_name"),
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.region_id}"


class RegisterLoad(AppendOnly):
    """One loading of a register or an index: which file, how many rows, by whom."""

    class Kind(models.TextChoices):
        REGIONS = "regions", "Daftar wilayah"
        INDEX = "index", "Indeks desa"
        SCORES = "scores", "Skor indeks desa"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    file_hash = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    decree = models.CharField(max_length=160, blank=True)
    counts = models.JSONField()
    at = models.DateTimeField()
    by_code = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.kind} {self.file_hash[:12]}"


class NameList(models.Model):
    """All names in force as one text: what the search looks through before it asks the register. One row.

    Lines ``key<TAB>how many areas``, sorted by key; written by ``load`` in the act that changes the register.
    """

    load = models.OneToOneField(RegisterLoad, on_delete=models.PROTECT, related_name="+")
    names = models.TextField()

    def __str__(self) -> str:
        return f"names of load {self.load_id}"


class VillageIndex(models.Model):
    """The published index of one village and year. Scores are whole ten-thousandths, so that they stay exact."""

    class Matched(models.TextChoices):
        CODE_AND_NAME = "code_and_name", "Kode dan nama sama"
        CODE_NEAR_NAME = "code_near_name", "Kode sama, nama mirip"
        CODE_OTHER_NAME = "code_other_name", "Kode sama, nama lain"
        CODE_ONLY = "code_only", "Kode sama, tanpa nama"
        NAME = "name", "Nama sama dalam kabupaten"
        NEAR_NAME = "near_name", "Nama mirip dalam kecamatan"

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="indices", db_index=False)
    year = models.SmallIntegerField()
    iks = models.IntegerField(null=True)
    ike = models.IntegerField(null=True)
    ikl = models.IntegerField(null=True)
    idm = models.IntegerField(null=True)
    status_published = models.CharField(max_length=30, blank=True)
    status_by_threshold = models.CharField(max_length=30, blank=True)
    published_code = models.CharField(max_length=13)
    how_matched = models.CharField(max_length=20, choices=Matched.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "year"], name="village_index_once")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.year}"

    @property
    def contradicts(self) -> bool:
        """Kept as published, and flagged."""
        return bool(self.status_published) and self.status_published != self.status_by_threshold
