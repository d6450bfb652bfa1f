"""The page on which a sign of trouble is explained."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bermitra.deliberation import actions, signs
from bermitra.deliberation.forms import Explanation
from bermitra.deliberation.views.common import about, done, meeting_at
from bermitra.foundation.accounts.who import by
from bermitra.foundation.pages import sent


def explain_sign(request: HttpRequest, code: str) -> HttpResponse:
    held = meeting_at(request, code)
    standing_now = [(each.code, each.says) for each in signs.shown(held)]
    initial = {"sign": request.GET.get("tanda") or (standing_now[0][0] if standing_now else "")}
    form = Explanation(request.POST or None, signs=standing_now, initial=initial)
    if sent(request, form):
        actions.explain_sign(by=by(request), meeting=held, **form.cleaned_data)
        return done(request, held, _("Penjelasan tersimpan dan terbaca semua orang."))
    lede = (
        _("Tanda ini dihitung dari catatan musyawarah dan tidak menghalangi keputusan.")
        if standing_now
        else _("Tidak ada tanda yang perlu dijelaskan sekarang.")
    )
    return about(request, held, form, _("Jelaskan tanda"), _("Simpan penjelasan"), lede=lede)
