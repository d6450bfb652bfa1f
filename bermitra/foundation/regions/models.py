"""The register of areas, the aliases of old codes, each loading of it, and the yearly village index."""

from __future__ import annotations

from django.db import models

from bermitra.foundation.commands.act import Reach
from bermitra.foundation.journal.models import AppendOnly


class Region(models.Model):
    """One area of the register. The dotted code says where it lies: 33.04.19.2001 is in 33.04.19, 33.04 and 33."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Provinsi"
        REGENCY = "regency", "Kabupaten"
        CITY = "city", "Kota"
        DISTRICT = "district", "Kecamatan"
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"
        DESA_ADAT = "desa_adat", "Desa adat"

    code = models.CharField(max_length=13, primary_key=True)
    level = models.SmallIntegerField()  # 1 province, 2 regency or city, 3 district, 4 village
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)  # as names are compared
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    active = models.BooleanField(default=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["level", "name_key", "code"], name="region_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def reach(self) -> Reach:
        return Reach(region=self.code)


class RegionAlias(AppendOnly):
    """A code that was once in force, and what it became."""

    old_code = models.CharField(max_length=13)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="aliases")
    until = models.DateField()
    decree = models.CharField(max_length=160)

    class Meta:
        indexes = [models.Index(fields=["old_code"], name="region_alias_old_code")]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.region_id}"


class RegisterLoad(AppendOnly):
    """One loading of a register or an index: which file, how many rows, by whom."""

    kind = models.CharField(max_length=10)  # "regions" or "index"
    file_hash = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    decree = models.CharField(max_length=160, blank=True)
    counts = models.JSONField()
    at = models.DateTimeField()
    by_code = models.CharField(max_length=13)

    def __str__(self) -> str:
        return f"{self.kind} {self.file_hash[:12]}"


class VillageIndex(models.Model):
    """The published index of one village and year. Scores are whole ten-thousandths, so that they stay exact."""

    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="indices")
    year = models.SmallIntegerField()
    iks = models.IntegerField(null=True)
    ike = models.IntegerField(null=True)
    ikl = models.IntegerField(null=True)
    idm = models.IntegerField(null=True)
    status_published = models.CharField(max_length=30, blank=True)
    status_by_threshold = models.CharField(max_length=30, blank=True)
    published_code = models.CharField(max_length=13)
    how_matched = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["village", "year"], name="village_index_once")]

    def __str__(self) -> str:
        return f"{self.village_id} {self.year}"

    @property
    def contradicts(self) -> bool:
        """Kept as published, and flagged."""
        return bool(self.status_published) and self.status_published != self.status_by_threshold
