"""Handing a stored file to whoever may have it; the page that calls this has asked whether he may."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import StoredFile


def download(file: StoredFile) -> HttpResponse:
    """To be saved, never shown in the browser, under the name it came with."""
    head = {"Content-Disposition": content_disposition_header(True, file.name)}
    return HttpResponse(files.read(file.sha256), content_type=file.media_type, headers=head)
