"""A village takes its data along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import render
from bermitra.opendata import actions
from bermitra.opendata.archive import contents_of, prepare
from bermitra.opendata.sheets import ROOMS
from bermitra.registry.queries.villages import villages_visible_to


def download_archive(request: HttpRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """What the archive holds and how large it is; sent, the archive itself."""
    village = get_object_or_404(villages_visible_to(person_of(request)), pk=code)
    contents = contents_of(village)
    if request.method != "POST":
        context = {"village": village, "contents": contents, "rooms": ROOMS, "kilobytes": contents.size // 1_000 + 1}
        return render(request, "opendata/archive.html", context)
    archive = prepare(contents, clock.now())
    actions.download_archive(by=by(request), village=village, files=len(contents.files), size=contents.size)
    answer = StreamingHttpResponse(archive.pieces(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{archive.name}"'
    answer["Content-Encoding"] = "identity"  # packed already: not a second time on the way
    return answer
