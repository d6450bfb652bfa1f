"""The pages that ask for the password and the code once more before a weighty act.

allauth takes a form that waits up again as soon as one of the two was given, past the middleware that would ask for the
other; the act then refused it. Here the form waits until both were.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import BaseReauthenticateView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bermitra.foundation.accounts.who import page_that_asks


class _BothFirst(BaseReauthenticateView):
    def form_valid(self, form: Any) -> HttpResponse:
        if page := page_that_asks(self.request):
            return HttpResponseRedirect(self.passthrough_next_url(reverse(page)))
        return super().form_valid(form)


class _Password(ReauthenticateView, _BothFirst):
    """Notes the password, then goes on as :class:`_BothFirst` says."""


class _Code(CodeView, _BothFirst):
    """Notes the code, then goes on as :class:`_BothFirst` says."""


password = _Password.as_view()
code = _Code.as_view()
