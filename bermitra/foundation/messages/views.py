"""Kabar: what others did that one should know, and the text to carry on to those who do not look here."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.permissions import may_see, table
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.messages import actions
from bermitra.foundation.messages.forms import PassedOn
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.messages.queries import (
    notices_for,
    notices_to_pass_on,
    notices_visible_to,
    recipients,
    unread_by,
    unread_count,
    wa_link,
)
from bermitra.foundation.pages import render

PAGE = 30


def inbox(request: HttpRequest) -> HttpResponse:
    """``?lain=1`` shows what was said to colleagues; ``?sebelum=`` goes on behind a notice."""
    person = person_of(request)
    others = request.GET.get("lain") == "1"
    found = notices_to_pass_on(person) if others else notices_for(person)
    last = Notice.objects.filter(code=request.GET.get("sebelum", "")).first()
    page = list((found.filter(pk__lt=last.pk) if last else found)[: PAGE + 1])
    more = page[PAGE - 1].code if len(page) > PAGE else ""
    context = {"notices": page[:PAGE], "more": more, "others": others, "unread": 0 if others else unread_count(person)}
    return render(request, "messages/inbox.html", context)


def mark_read(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method != "POST":
        return render(request, "messages/mark_read.html", {"newest": notices_for(person).first()})
    newest = get_object_or_404(notices_for(person), code=request.POST.get("newest", ""))
    actions.mark_read(by=by(request), person=person, newest=newest, only=request.POST.get("only") == "1")
    messages.success(request, _("Kabar ditandai sudah dibaca."))
    return redirect("page.inbox")


def notice(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    one = get_object_or_404(notices_visible_to(person), code=code)
    mine = notices_for(person).filter(pk=one.pk).exists()
    where = _record_url(one, person)
    text = _text(one)
    carries = not mine and may_open(person, "messages.confirm_sent", one.reach())
    context = {
        "notice": one,
        "mine": mine,
        "unread": mine and unread_by(person).filter(pk=one.pk).exists(),
        "where": where,
        "text": text,
        "told": one.told.order_by("-pk"),
        "recipients": recipients(one, text) if carries else (),
        "open_link": wa_link(text) if carries else "",
    }
    return render(request, "messages/notice.html", context)


def confirm_sent(request: HttpRequest, code: str) -> HttpResponse:
    one = get_object_or_404(notices_visible_to(person_of(request)), code=code)
    form = PassedOn(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "notice": one}
        return render(request, "messages/confirm_sent.html", context, status=422 if form.is_bound else 200)
    actions.confirm_sent(by=by(request), notice=one, how=form.cleaned_data["how"])
    messages.success(request, _("Tercatat. Kabar ini sudah disampaikan."))
    return redirect("page.notice", code=code)


def _address(notice: Notice) -> str:
    """Where the record is, or nothing for a notice that is only read."""
    try:
        return reverse(notice.url_name, kwargs={"code": notice.url_code}) if notice.url_name else ""
    except NoReverseMatch:
        return ""


def _record_url(notice: Notice, person: Person) -> str:
    row = table().get(notice.url_name)
    return _address(notice) if row is not None and may_see(row, person) else ""


def _text(notice: Notice) -> str:
    """What is carried on: the sentence and where to look, for a telephone."""
    address = _address(notice) or reverse("page.notice", kwargs={"code": notice.code})
    return _("%(sentence)s Lihat: %(address)s") % {
        "sentence": notice.sentence,
        "address": f"{settings.BERMITRA_ORIGIN}{address}",
    }
