"""Appointing a partner without rivals, and the file that was laid beside the reason."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.documents.handing import download
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import act_page, content_of, typed_in
from bermitra.partnership.queries import findings
from bermitra.selection import actions, forms
from bermitra.selection.queries import directs_visible_to, prepared_asked
from bermitra.selection.views.common import call_at


def appoint_directly(request: HttpRequest, code: str) -> HttpResponse:
    """Above the form stands what must be ready before any partner is named; what is asked of the partner follows the answer."""
    person, call = person_of(request), call_at(request, code)
    case, held = call.case, standing(call.case.village_id)
    form = forms.DirectAppointment(**typed_in(request))

    def does() -> Any:
        given = dict(form.cleaned_data)
        return actions.appoint_directly(by=by(request), call=call, **{**given, "file": content_of(given["file"])})

    return act_page(
        request,
        form,
        does,
        heading=_("Tunjuk mitra langsung"),
        kicker=case.title,
        lede=_("Tanpa mitra pesaing. Alasannya terbuka bagi semua, lalu berlaku masa sanggah dan Musyawarah Desa."),
        verb=_("Tunjuk dan umumkan"),
        says=_("Penunjukan langsung diumumkan. Mitra diminta menjawab."),
        back=reverse("page.selection", args=[code]),
        findings=findings(prepared_asked(call, held, person), held),
        acts={"SL-11": {"url": reverse("selection.declare_interest", args=[code]), "verb": _("Nyatakan kepentingan")}},
        example=case.example,
    )


@never_cache
def evidence(request: HttpRequest, code: str) -> HttpResponse:
    """The file beside the reason, for those who see the case and for the partner."""
    seen = get_object_or_404(directs_visible_to(person_of(request)).distinct(), code=code)
    if seen.file is None:
        raise Http404
    return download(seen.file)
