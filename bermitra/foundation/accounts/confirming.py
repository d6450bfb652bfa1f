"""The pages that ask for the password and the code once more before a weighty act.

Each leads on to the other until all was asked, and then back to where one came from. A form that waits is taken up there
(:mod:`suspended`), not here: what it is answered with stands at its own address.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import BaseReauthenticateView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bermitra.foundation.accounts import suspended
from bermitra.foundation.accounts.who import page_that_asks


class _BothFirst(BaseReauthenticateView):
    def form_valid(self, form: Any) -> HttpResponse:
        if page := page_that_asks(self.request):
            return HttpResponseRedirect(self.passthrough_next_url(reverse(page)))
        suspended.confirm(self.request, self.get_success_url())
        return super().form_valid(form)


class _Password(ReauthenticateView, _BothFirst):
    """Notes the password, then goes on as :class:`_BothFirst` says."""


class _Code(CodeView, _BothFirst):
    """Notes the code, then goes on as :class:`_BothFirst` says."""


password = _Password.as_view()
code = _Code.as_view()
