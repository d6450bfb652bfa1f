"""Handing a stored file to whoever may have it; the page that calls this has asked whether he may."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import StoredFile


def download(file: StoredFile) -> HttpResponse:
    """To be saved, never shown in the browser, under the name it came with."""
    return _handed(file, file.name, to_save=True)


def shown(file: StoredFile, name: str) -> HttpResponse:
    """For the browser to show, and to be saved under ``name``: papers of the house, and uploads that were made safe."""
    return _handed(file, name, to_save=False)


def _handed(file: StoredFile, name: str, *, to_save: bool) -> HttpResponse:
    head = {"Content-Disposition": content_disposition_header(to_save, name)}
    return HttpResponse(files.read(file.sha256), content_type=file.media_type, headers=head)
