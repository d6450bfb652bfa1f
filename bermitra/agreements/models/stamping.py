"""An electronic duty stamp: put on the locked file outside of here, before anybody signs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from bermitra.foundation.documents.models import StoredFile


class Stamped(models.Model):
    """A text on whose paper such a stamp may stand. From then on the stamped file is the one that is signed."""

    stamped = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")  # with its e-meterai
    stamp_serial = models.CharField(max_length=60, blank=True, default="")
    stamp_issuer = models.CharField(max_length=120, blank=True, default="")  # to whom its seal was traced, "" to nobody
    paper: Any

    class Meta:
        abstract = True

    @property
    def registered(self) -> StoredFile | None:
        """The file that is signed: the locked paper, or the same with its stamp."""
        return self.stamped or (self.paper.file if self.paper else None)

    @property
    def stamp_said(self) -> str:
        """The number of the stamp on the file, and whether its seal was traced; "" where there is none."""
        if self.stamped_id is None:
            return ""
        number = _("Meterai elektronik dibubuhkan pada berkas, nomor seri {serial}.").format(serial=self.stamp_serial)
        return f"{number} {self.seal_said}"

    @property
    def seal_said(self) -> str:
        if self.stamp_issuer:
            says = _("Segelnya diterbitkan {issuer} dan terlacak ke sertifikat induk yang dipercaya di sini.")
            return says.format(issuer=self.stamp_issuer)
        return _("Penerbit segelnya tidak diperiksa: sertifikat induknya tidak dipasang di sini.")
