"""Handing a stored file or a paper just printed to whoever may have it; the page that calls this has asked whether he may."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from bermitra.foundation.documents import docx, files
from bermitra.foundation.documents.compose import Tree
from bermitra.foundation.documents.model import Size
from bermitra.foundation.documents.models import Paper, StoredFile
from bermitra.foundation.documents.uploads import ENDINGS


def download(file: StoredFile) -> HttpResponse:
    """To be saved, never shown in the browser, under the name it came with."""
    return _handed(file, file.name, to_save=True)


def shown(file: StoredFile, name: str) -> HttpResponse:
    """For the browser to show, and to be saved under ``name``: papers of the house, and uploads that were made safe."""
    return _handed(file, name, to_save=False)


def paper(request: HttpRequest, held: Paper, name: str) -> HttpResponse:
    """An issued paper for the browser to show; ``?bentuk=word`` gives its words as a file for editing."""
    if word_asked(request):
        return editable(held.source, f"{name}.docx")
    return shown(held.file, f"{name}.pdf")


def printed(pdf: bytes, name: str) -> HttpResponse:
    """A paper that is kept nowhere, for the browser to show."""
    return _answer(pdf, "application/pdf", name, to_save=False)


def editable(tree: Tree, name: str) -> HttpResponse:
    """The words of a paper as a Word file, to be saved and edited."""
    return _answer(docx.render(tree), docx.MEDIA_TYPE, name, to_save=True)


def word_asked(request: HttpRequest) -> bool:
    """``?bentuk=word``: the paper is wanted as a file for editing, not as the PDF."""
    wanted = request.GET.get("bentuk", "")
    if wanted not in ("", "pdf", "word"):
        raise Http404(_("Bentuk yang tersedia: pdf atau word."))
    return wanted == "word"


def size_asked(request: HttpRequest) -> Size | None:
    """``?kertas=a4`` or ``f4``; nothing asked, nothing chosen."""
    sizes = {each.value: each for each in Size}
    wanted = request.GET.get("kertas", "")
    if wanted and wanted not in sizes:
        raise Http404(_("Kertas yang tersedia: a4 atau f4."))
    return sizes.get(wanted)


def _handed(file: StoredFile, name: str, *, to_save: bool) -> HttpResponse:
    ending = ENDINGS.get(file.media_type, "")
    called = name if name.endswith(ending) else f"{name}{ending}"
    return _answer(files.read(file.sha256), file.media_type, called, to_save=to_save)


def _answer(content: bytes, media_type: str, name: str, *, to_save: bool) -> HttpResponse:
    head = {"Content-Disposition": content_disposition_header(to_save, name)}
    return HttpResponse(content, content_type=media_type, headers=head)
