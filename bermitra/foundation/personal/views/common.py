"""A page with one form: show it, act, say so, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bermitra.foundation.rules import Refused


def act_page(
    request: HttpRequest,
    form: forms.Form,
    does: Callable[[], Any],
    template: str,
    *,
    says: str,
    go: str,
    **context: Any,
) -> HttpResponse:
    """``does`` is called once the form is filled in well; a refusal of named rules stands above the form it was sent with."""
    if request.method != "POST" or not form.is_valid():
        return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
    try:
        does()
    except Refused as refused:
        return render(request, template, {"form": form, **context, "findings": refused.findings}, status=409)
    messages.success(request, says)
    return redirect(go)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound with, once something was sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
