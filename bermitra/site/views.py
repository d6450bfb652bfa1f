"""Answers that belong to no stage: a form that went stale, the health of the instance, the open files at fixed addresses."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from bermitra.foundation import pages
from bermitra.foundation.accounts.lapsed import behind_the_door
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.journal.models import Checkpoint, Event
from bermitra.site.language import LANGUAGES


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's safety mark did not fit (cookies off, or a form left open too long)."""
    return render(request, "403_csrf.html", status=403)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Another office is needed; where the own one is out of its term, which it was and until when."""
    door, reach = (request.resolver_match and request.resolver_match.url_name) or "", None
    if isinstance(exception, NotAllowed):
        door, reach = exception.door, exception.reach
    lapsed = behind_the_door(request.user, door, reach) if isinstance(request.user, Person) else None
    context = {"lapsed": lapsed, "sentence": lapsed.sentence if lapsed else ""}
    return pages.render(request, "403.html", context, status=403)


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For a watcher: is the database there, and how far behind are the checkpoints?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        head = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        point = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    except DatabaseError:
        return JsonResponse({"sehat": False, "basis_data": False}, status=503)
    return JsonResponse({"sehat": True, "basis_data": True, "jurnal": head, "titik_periksa": point})


@never_cache
def language(request: HttpRequest, language: str) -> HttpResponse:
    """Keeps the choice in a cookie and leads back, to an address of this site only. A plain link and no form: the page
    that offers it then sets no cookie and is the same for everybody."""
    if language not in LANGUAGES:
        raise Http404
    back = request.GET.get("kembali", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if ours else reverse("page.home"))
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax")
    return answer


@never_cache
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint of the journal, as C2SP tlog-checkpoint."""
    last = Checkpoint.objects.order_by("-size").first()
    return HttpResponse(
        last.note if last else "", content_type="text/plain; charset=utf-8", status=200 if last else 404
    )
