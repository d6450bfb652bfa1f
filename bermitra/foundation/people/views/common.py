"""What the page of every act does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bermitra.foundation.documents import files
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.uploads import Safe


def act_page(
    request: HttpRequest,
    form: forms.Form,
    does: Callable[[], Any],
    *,
    heading: str,
    verb: str,
    back: str,
    says: str,
    lede: str = "",
    go: Callable[[Any], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form; once it is filled in well: act, say so, go on (where to may depend on what the act returned)."""
    if request.method == "POST" and form.is_valid():
        done = does()
        messages.success(request, says)
        return redirect(go(done) if go else back)
    shown = {"form": form, "heading": heading, "lede": lede, "verb": verb, "back": back, **context}
    return render(request, "people/act.html", shown, status=422 if form.is_bound and form.errors else 200)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound with, once something was sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def content_of(upload: Safe) -> Content:
    """Lay a safe upload into the store; its row is written by the act."""
    return files.put(upload.content, media_type=upload.media_type, name=upload.name)
