"""Keys, sealed values, looks, consents, and requests to be forgotten. Rows here can go: that is what they are for."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import new_code
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.personal import vault
from bermitra.foundation.regions.models import Region

OPEN_CASE = Q(closed_at=None)
OPEN_REQUEST = Q(withdrawn_at=None, done_at=None)
WAITS = Q(told_at=None, set_aside_at=None)  # a breach of which people are still to be told


def _code() -> str:
    return new_code(10)


class Kind(models.TextChoices):
    """What is kept sealed."""

    NIK = "nik", _("NIK")
    IDENTITY_SCAN = "identity_scan", _("Foto KTP")
    ACCOUNT = "account", _("Nomor rekening")


class DataKey(models.Model):
    """The one key under which everything sealed of a person, a village or a partner lies; without it none of it opens.

    ``code`` is bound into every sealing: it stays when a village's own code changes.
    """

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="data_key")
    region = models.OneToOneField(Region, on_delete=models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=10, blank=True)  # public code of a partner
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=~Q(party=""), name="data_key_party_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, region=None, party="")
                | Q(person=None, region__isnull=False, party="")
                | (Q(person=None, region=None) & ~Q(party="")),
                name="data_key_of_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def holder(self) -> str:
        """The code of the person, the partner or the village."""
        return self.person.code if self.person is not None else self.party or str(self.region_id)


class PersonalValue(models.Model):
    """One sealed value of a holder: a number, or the bytes of a picture. A new one takes the place of the old."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Persetujuan Anda")
        AGREEMENT = "agreement", _("Keperluan perjanjian")

    class Purpose(models.TextChoices):
        SIGNATORY_IDENTITY = "signatory_identity", _("Memastikan siapa yang menandatangani perjanjian")
        PAYMENT = "payment", _("Menerima uang kerja sama")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="values")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    media_type = models.CharField(max_length=40, blank=True)  # of a picture
    sealed = models.BinaryField()
    fingerprint = models.CharField(max_length=64, blank=True)  # of a number; a picture has none
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=13)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "kind"], name="personal_value_once"),
            models.UniqueConstraint(fields=["fingerprint"], condition=Q(kind="nik"), name="personal_nik_once"),
        ]
        indexes = [models.Index(fields=["kind", "fingerprint"], name="personal_value_same")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    def reach(self) -> Reach:
        if self.key.person is not None:
            return self.key.person.reach()
        parties = frozenset({self.key.party} if self.key.party else ())
        return Reach(region=self.key.region_id or "", parties=parties)

    def opened(self) -> bytes:
        """What it says. Only those pages call this that may show it. Raises :class:`vault.Unreadable`."""
        return vault.unseal(bytes(self.key.wrapped), self.key.code, self.kind, bytes(self.sealed))


class PersonalLook(models.Model):
    """Somebody else read a value of a person, and said why. The person reads this; it goes when the person's data go."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    act = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="personal_look_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.act}"

    @property
    def office(self) -> roles.Role:
        return roles.BY_KEY[self.role]

    def reach(self) -> Reach:
        return self.person.reach()


class DataConsent(models.Model):
    """What a person allowed for one purpose, until it is withdrawn; after that others have a limited time to stop."""

    class Purpose(models.TextChoices):
        PHOTO = "photo", _("Foto saya pada laporan dan halaman publik")
        TESTIMONY = "testimony", _("Nama dan pernyataan saya pada laporan dan halaman publik")
        CONTACT = "contact", _("Nomor telepon saya diberikan kepada mitra kerja sama")
        CHILD = "child", _("Foto atau pernyataan anak saya, sebagai orang tua atau wali")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    stop_by = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="data_consent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.code}"

    def reach(self) -> Reach:
        return self.person.reach()

    def is_late(self, now: datetime) -> bool:
        return self.stop_by is not None and self.stopped_at is None and now > self.stop_by


class ErasureRequest(models.Model):
    """A person asks to be forgotten, here or by a letter; the regency's officer carries it out."""

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasure_requests")
    letter = models.CharField(max_length=80, blank=True)  # its number, where the request came on paper
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=OPEN_REQUEST, name="erasure_request_open_once"),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return self.person.reach()


class NumberCase(models.Model):
    """A person gave a NIK that another person has given before. Neither learns of the other; the regency looks at both.

    The number itself is not kept here, nor for the person who came second.
    """

    class Outcome(models.TextChoices):
        TYPED_WRONG = "typed_wrong", _("Orang kedua salah menulis NIK")
        FIRST_WRONG = "first_wrong", _("NIK yang tersimpan salah; dihapus dan diminta lagi")
        SAME_PERSON = "same_person", _("Satu orang mempunyai dua akun")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=13, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "holder"], condition=OPEN_CASE, name="number_case_open_once"),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.person.region_id or "")


class DataBreach(models.Model):
    """Personal data got out. From the hour it was found the law's clock runs, until everybody affected has been told.

    The three texts are what the law wants told; they are written when it is known, at the latest with the notice. Without
    ``region`` it is of the whole instance.
    """

    class Whom(models.TextChoices):
        PLACE = "place", _("Semua orang di wilayah ini")
        ROLE = "role", _("Pemegang satu jabatan di wilayah ini")
        CODES = "codes", _("Orang tertentu, dengan kodenya")

    code = models.CharField(max_length=10, unique=True, default=_code, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=120)
    whom = models.CharField(max_length=5, choices=Whom.choices)
    role = models.CharField(max_length=30, blank=True, choices=[(each.key, each.name) for each in roles.ALL])
    found_at = models.DateTimeField()
    leaked = models.CharField(max_length=500, blank=True)
    happened = models.CharField(max_length=1000, blank=True)
    measures = models.CharField(max_length=1000, blank=True)
    authority_letter = models.CharField(max_length=80, blank=True)  # its number, to the authority for personal data
    public = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=13)
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=13, blank=True)
    set_aside_at = models.DateTimeField(null=True)  # recorded by mistake: nobody is told
    set_aside_by = models.CharField(max_length=13, blank=True)
    set_aside_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["region", "-found_at"], name="data_breach_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None, told_by="", public=False) | (Q(told_at__isnull=False) & ~Q(told_by="")),
                name="data_breach_told_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by="", set_aside_why="")
                | (Q(told_at=None, set_aside_at__isnull=False) & ~Q(set_aside_by="") & ~Q(set_aside_why="")),
                name="data_breach_told_or_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def reach(self) -> Reach:
        return Reach(region=self.region_id or "")

    @property
    def waits(self) -> bool:
        return self.told_at is None and self.set_aside_at is None


class Affected(models.Model):
    """Whose data got out, as it stood when the breach was recorded: somebody who comes later is not concerned."""

    breach = models.ForeignKey(DataBreach, on_delete=models.PROTECT, related_name="affected", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["breach", "person"], name="affected_once")]

    def __str__(self) -> str:
        return f"{self.breach_id} {self.person_id}"
