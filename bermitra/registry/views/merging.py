"""Two entries of one body are merged, and taken apart again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.pages import act_page, typed_in
from bermitra.registry import actions
from bermitra.registry.forms import MergeDuplicates, Reason
from bermitra.registry.models import PartnerMerge
from bermitra.registry.queries.likeness import near, threshold
from bermitra.registry.queries.partners import partners_visible_to
from bermitra.registry.views.common import near_items, partner_at


def merge_duplicates(request: HttpRequest, code: str) -> HttpResponse:
    """The page of the one that is kept; names like its own are shown to choose from."""
    partner, back = partner_at(request, code)
    form = MergeDuplicates(**typed_in(request), initial={"merged": request.GET.get("ganda", "")})
    alike = near(
        partner.name, business_number=partner.business_number, tax_number=partner.tax_number, at_least=threshold()
    )
    others = [each for each in alike if each.partner.pk != partner.pk]
    return act_page(
        request,
        form,
        lambda: actions.merge_duplicates(by=by(request), kept=partner, **form.cleaned_data),
        "registry/act.html",
        heading=_("Gabungkan data ganda"),
        lede=_("Data yang dipertahankan: %(name)s, kode %(code)s.") % {"name": partner.name, "code": partner.code},
        verb=_("Gabungkan"),
        says=_("Kedua data digabung. Tidak ada catatan yang dipindahkan."),
        back=back,
        same=[
            {**item, "small": f"{item['small']} · {each.partner.code}"}
            for item, each in zip(near_items(others), others, strict=True)
        ],
        example=partner.example,
    )


def split_duplicates(request: HttpRequest, code: str) -> HttpResponse:
    seen = partners_visible_to(person_of(request)).values("pk")
    merge = get_object_or_404(
        PartnerMerge.objects.filter(kept__in=seen, split=None).select_related("kept", "merged"), code=code
    )
    form = Reason(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.split_duplicates(by=by(request), merge=merge, **form.cleaned_data),
        heading=_("Batalkan penggabungan"),
        lede=_("%(merged)s berdiri sendiri lagi di samping %(kept)s.")
        % {"merged": merge.merged.name, "kept": merge.kept.name},
        verb=_("Batalkan penggabungan"),
        says=_("Kedua data terpisah lagi."),
        back=reverse("page.partner_history", kwargs={"code": merge.kept.code}),
    )
