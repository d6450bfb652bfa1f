"""The field of a form that takes an uploaded file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from bermitra.foundation.documents.uploads import LARGEST_PDF, Safe, make_safe, take_as_it_is
from bermitra.foundation.fields import REQUIRED, say
from bermitra.foundation.text import BadInput


class SafeFileField(forms.FileField):
    """A PDF, JPEG or PNG; its value is a :class:`Safe` upload, or None where it is optional and empty."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})
    limits = _("PDF paling besar 10 MB, foto JPEG atau PNG paling besar 5 MB.")
    make = staticmethod(make_safe)

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", self.limits)
        kwargs.setdefault("error_messages", {}).setdefault("required", REQUIRED)
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Safe | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        try:
            # One byte more than the largest file is enough to see that it is too large.
            return self.make(upload.read(LARGEST_PDF + 1), upload.name or "")
        except BadInput as bad:
            raise ValidationError(say(bad), code=bad.code) from bad


class GrownFileField(SafeFileField):
    """One of our own papers to which somebody added something; who takes it in holds it against what it grew from."""

    widget = forms.FileInput(attrs={"accept": ".pdf"})
    limits = _("PDF paling besar 10 MB.")
    make = staticmethod(take_as_it_is)
