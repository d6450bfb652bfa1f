"""A form that was sent, and waits until its sender has given the password (and the code) once more.

It is taken up at its own address, so that whatever it is answered with stands there. Its text waits in the session; its files
in a room of the instance that only the instance may look into, outside of every backup; what is older than an hour goes with
the next form that waits, or with the daily round.
"""

from __future__ import annotations

import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

KEY = "suspended_form"
KEPT = 3600  # seconds


def suspend(request: HttpRequest) -> None:
    """Lay the form aside, in the place of any other that waits in this session."""
    drop(request)
    forget_old()
    room = secrets.token_hex(16)
    files = [
        (name, _laid_down(room, str(number), upload), upload.name, upload.content_type)
        for number, (name, upload) in enumerate(_uploads(request))
    ]
    request.session[KEY] = {
        "address": request.get_full_path(),
        "typed": request.POST.urlencode(),
        "room": room,
        "files": files,
        "confirmed": False,
    }


def confirm(request: HttpRequest, address: str) -> None:
    """All was asked: the form may be taken up, if this is where its sender is led to."""
    held = request.session.get(KEY)
    if held and held["address"] == address:
        request.session[KEY] = {**held, "confirmed": True}


def take_up(request: HttpRequest) -> bool:
    """Make the request the one that was laid aside, where it is its turn. One that was left in between is dropped."""
    held = request.session.get(KEY)
    if held is None or held["address"] != request.get_full_path():
        return False
    if not held["confirmed"] or request.method != "GET":
        drop(request)
        return False
    sent: Any = request
    sent.method, sent.POST = "POST", QueryDict(held["typed"])
    sent._files = MultiValueDict()
    for name, number, called, kind in held["files"]:
        path = _place() / held["room"] / number
        if path.exists():  # else the hour is over: the form says itself that the file is missing
            sent._files.appendlist(name, SimpleUploadedFile(called, path.read_bytes(), kind))
    drop(request)
    return True


def drop(request: HttpRequest) -> None:
    """Forget the form that waits in this session, and its files."""
    if held := request.session.pop(KEY, None):
        shutil.rmtree(_place() / held["room"], ignore_errors=True)


def forget_old(now: float | None = None) -> int:
    """Take away the files of forms that nobody took up for an hour; says of how many."""
    earliest = (now or time.time()) - KEPT
    gone = 0
    for room in _place().glob("*"):
        with suppress(FileNotFoundError):  # somebody else tidied up at the same moment
            if room.stat().st_mtime < earliest:
                shutil.rmtree(room, ignore_errors=True)
                gone += 1
    return gone


def _uploads(request: HttpRequest) -> list[tuple[str, UploadedFile]]:
    return [(name, upload) for name, uploads in request.FILES.lists() for upload in uploads]


def _laid_down(room: str, number: str, upload: UploadedFile) -> str:
    place = _place() / room
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = place / number
    with path.open("wb") as out:
        path.chmod(0o600)
        for chunk in upload.chunks():
            out.write(chunk)
    return number


def _place() -> Path:
    place: Path = settings.BERMITRA_HOME / "waiting"
    return place
