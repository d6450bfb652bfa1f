"""Help: by role, the words of the law, the book of rules."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.pages import render
from bermitra.portal import handbook
from bermitra.portal.forms import FindRule


def help_page(request: HttpRequest) -> HttpResponse:
    context = {"guides": handbook.GUIDES, "find": FindRule()}
    return render(request, "portal/help.html", context)


def programs(request: HttpRequest) -> HttpResponse:
    """How a program sends what a person sends with a form."""
    context = {"origin": settings.BERMITRA_ORIGIN, "kinds": handbook.FIELD_KINDS, "answers": handbook.ANSWERS}
    return render(request, "portal/programs.html", context)


def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/glossary.html", {"terms": handbook.glossary()})


def rules(request: HttpRequest) -> HttpResponse:
    """All chapters; with ``?kode=`` straight to the rule of that code."""
    form = FindRule(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        if named := handbook.rule_named(form.cleaned_data["kode"]):
            chapter, rule = named
            return redirect(f"{reverse('page.rules_of', args=[chapter.address])}#{rule.code}")
        form.add_error("kode", _("Tidak ada aturan dengan kode ini. Periksa huruf dan angkanya."))
    status = 422 if form.is_bound else 200
    return render(request, "portal/rules.html", {"form": form, "chapters": handbook.CHAPTERS}, status=status)


def rules_of(request: HttpRequest, chapter: str) -> HttpResponse:
    """The rules of one stage, each with an anchor of its code."""
    found = handbook.chapter(chapter)
    if found is None:
        raise Http404(_("Tidak ada bab aturan di sini."))
    return render(request, "portal/rules_of.html", {"chapter": found, "chapters": handbook.CHAPTERS})
