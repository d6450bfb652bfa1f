"""The page on which a partner's signatory names its account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from bermitra.foundation.accounts.who import by
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.pages import act_page, typed_in
from bermitra.registry import actions
from bermitra.registry.forms.partner_accounts import RecordPartnerAccount
from bermitra.registry.views.common import partner_at


@sensitive_post_parameters("number")
def record_partner_account(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    form = RecordPartnerAccount(**typed_in(request), initial={"bank": partner.account_bank})

    def does() -> None:
        bank, number = form.cleaned_data["bank"], Secret(form.cleaned_data["number"])
        actions.record_partner_account(by=by(request), partner=partner, bank=bank, number=number)

    return act_page(
        request,
        form,
        does,
        heading=_("Rekening lembaga"),
        lede=_("Nomornya disimpan terkunci. Yang tampak hanya angka terakhirnya."),
        verb=_("Catat rekening"),
        says=_("Rekening tercatat."),
        back=back,
    )
