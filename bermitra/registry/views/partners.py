"""Partners: registered, shown with all that is known of them, changed and corrected; their people let in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.pages import act_page, render, typed_in
from bermitra.foundation.personal.models import Kind
from bermitra.foundation.personal.queries import masked
from bermitra.foundation.personal.subjects import Subject
from bermitra.foundation.text import mixed_script
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import REGISTER, book
from bermitra.registry.forms import AdmitPerson, ChangePartner, ProfileOfKind, RegisterPartner
from bermitra.registry.models import (
    OwnerDeclaration,
    Partner,
    PartnerChange,
    PartnerDocument,
    PartnerMerge,
    Verification,
)
from bermitra.registry.queries.bodies import merges_in_force, of_body, owners_of
from bermitra.registry.queries.flags import any_proven
from bermitra.registry.queries.profile import profile_facts, profile_gaps
from bermitra.registry.queries.standing import standing_of
from bermitra.registry.queries.verifications import documents_of, may_start_after, reads_file_of, verifications_of
from bermitra.registry.queries.words import kind_name, said
from bermitra.registry.rules import LABELS
from bermitra.registry.views.common import (
    counter_of,
    near_items,
    near_typed,
    open_doors,
    partner_at,
    standing_kind,
    standing_word,
)
from bermitra.registry.views.documents import document_items, missing_items

NO_VALUE = "–"
OF_PARTNER = (
    "registry.add_document",
    "registry.declare_owners",
    "registry.start_verification",
    "registry.update_partner",
    "registry.record_partner_account",
    "registry.admit_person",
    "registry.correct_partner",
    "registry.merge_duplicates",
)


def register_partner(request: HttpRequest) -> HttpResponse:
    """A name like one that is known already is shown first, and asked about."""
    counter = counter_of(person_of(request))
    if counter is None:
        raise PermissionDenied
    near = near_typed(request)
    form = RegisterPartner(**typed_in(request), near=bool(near), similar=reverse("page.similar_partners"))
    return act_page(
        request,
        form,
        lambda: actions.register_partner(by=by(request), region=counter, **form.asked()),
        "registry/act.html",
        heading=_("Daftarkan mitra"),
        lede=_("Lembaga, bukan orang. Orang-orangnya didaftarkan sesudah ini."),
        verb=_("Daftarkan mitra"),
        says=_("Mitra terdaftar."),
        back=reverse("page.partner_list"),
        go=lambda partner: reverse("page.partner_file", kwargs={"code": partner.code}),
        same=near_items(near),
        asks_similar=True,
    )


def partner_file(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    partner, here = partner_at(request, code, ever_flagged=any_proven())
    if partner.code != code:
        return redirect(here)  # not for good: a merge can be taken apart again
    doors = open_doors(person, OF_PARTNER, partner, code)
    files, held = verifications_of(partner), documents_of(partner)
    verification = files[0] if files else None
    if not may_start_after(verification):
        doors = [each for each in doors if each["name"] != "registry.start_verification"]
    reads = reads_file_of(person, partner, files)
    merged = list(merges_in_force(partner)) if partner.merged_entries else []
    stands = standing_of(partner, merges=merged, ever_flagged=getattr(partner, "ever_flagged", True))
    kind = book().kinds[partner.kind]
    own = may_open(person, "registry.add_document", partner.reach())
    missing = missing_items(partner, verification, held, may_add=own)
    lacks = {each["title"] for each in missing}
    context = {
        "partner": partner,
        "kind_name": kind_name(partner),
        "about": said(kind.about),
        "worry": said(kind.worry),
        "tests": [said(each) for each in book().tests_of(partner.kind, REGISTER)],
        "facts": _partner_facts(partner),
        "of_kind": profile_facts(partner),
        "gaps": profile_gaps(partner),
        "mixed": mixed_script(partner.name),
        "stands": stands,
        "last_day": stands.stale_on - timedelta(days=1) if stands.stale_on else None,
        "word": standing_word(stands),
        "word_kind": standing_kind(stands),
        "missing": missing,
        "documents": [each for each in document_items(partner, linked=reads, held=held) if each["title"] not in lacks],
        "owners": owners_of(partner) if reads else None,
        "people": _people(partner, merged),
        "merged": merged,
        "reads": reads,
        "verification": verification if reads else None,
        "label": LABELS[verification.state] if verification else None,
        "next": next((each for each in doors if each["name"] == "registry.start_verification"), None),
        "doors": doors,
        "own": own,
        "example": partner.example,
    }
    return render(request, "registry/partner_file.html", context)


def _people(partner: Partner, merged: Iterable[PartnerMerge]) -> Iterable[Appointment]:
    """Those who act for the body under any of its codes."""
    codes = [partner.code, *(each.merged.code for each in merged)]
    found = Appointment.objects.in_force(clock.today()).filter(party__in=codes)
    return found.select_related("person").order_by("since", "pk")  # type: ignore[no-any-return]


def _partner_facts(partner: Partner) -> list[tuple[str, str]]:
    facts = [
        (_("Kedudukan"), partner.seat.name if partner.seat else NO_VALUE),
        (_("Alamat"), partner.address or NO_VALUE),
        (_("NIB"), partner.business_number or NO_VALUE),
        (_("NPWP"), partner.tax_number or NO_VALUE),
        (_("Telepon atau surel kantor"), partner.contact or NO_VALUE),
        (_("Rekening"), _account(partner)),
        (_("Visi lembaga"), partner.vision or NO_VALUE),
        (_("Kode mitra"), partner.code),
    ]
    if partner.size:
        facts.insert(2, (_("Ukuran usaha"), partner.get_size_display()))
    if partner.village:
        facts.insert(1, (_("Milik desa"), partner.village.name))
    return facts


def _account(partner: Partner) -> str:
    """The bank, and the number but for its last digits."""
    if not partner.account_bank:
        return NO_VALUE
    number = masked(Subject.of_party(partner.code, partner.registered_in_id), Kind.ACCOUNT)
    return f"{partner.account_bank} · {number}" if number else NO_VALUE


def partner_history(request: HttpRequest, code: str) -> HttpResponse:
    """What was changed, replaced, withdrawn, merged; for those who may read the partner's papers."""
    person = person_of(request)
    partner, back = partner_at(request, code)
    if not reads_file_of(person, partner) and not may_open(person, "registry.correct_partner", partner.reach()):
        raise Http404
    mine = of_body(partner.kept_id)
    context = {
        "partner": partner,
        "back": back,
        "changes": [_change(each) for each in PartnerChange.objects.filter(mine).order_by("-changed_at", "-pk")],
        "documents": _older_documents(person, partner),
        "declarations": OwnerDeclaration.objects.filter(mine)
        .prefetch_related("owners")
        .order_by("-declared_at", "-pk"),
        "merges": merges_in_force(partner),
        "may_split": may_open(person, "registry.split_duplicates", partner.reach()),
        "example": partner.example,
    }
    return render(request, "registry/partner_history.html", context)


FIELD_NAMES = {name: field.label for name, field in ChangePartner.base_fields.items()} | {
    "kind": RegisterPartner.base_fields["kind"].label,
    "seat": ChangePartner.base_fields["place"].label,
}


def _change(change: PartnerChange) -> dict[str, Any]:
    """A change line by line: what stood there, and what stands there now."""
    lines = [
        (str(FIELD_NAMES[each]), str(change.before[each] or NO_VALUE), str(change.after[each] or NO_VALUE))
        for each in change.before
        if each in FIELD_NAMES
    ]
    of_kind = "profile" in change.before
    return {"change": change, "lines": lines, "of_kind": of_kind}


def _older_documents(person: Person, partner: Partner) -> list[dict[str, Any]]:
    """Every document there ever was; the newest of each kind that was not withdrawn is the one that counts."""
    may_withdraw = may_open(person, "registry.withdraw_document", partner.reach())
    found = PartnerDocument.objects.filter(of_body(partner.kept_id)).select_related("file")
    counting: set[str] = set()
    lines = []
    for each in found.order_by("-added_at", "-pk"):
        counts = each.withdrawn_at is None and each.kind not in counting
        if counts:
            counting.add(each.kind)
        lines.append(
            {
                "document": each,
                "name": said(book().documents[each.kind].name),
                "state": _("Dihitung") if counts else _("Ditarik") if each.withdrawn_at else _("Diganti"),
                "kind": "ok" if counts else "idle",
                "may_withdraw": may_withdraw and each.withdrawn_at is None,
            }
        )
    return lines


def update_partner(request: HttpRequest, code: str) -> HttpResponse:
    """Two pages on one address: what stands in the register of any body, and what its kind is asked for."""
    return _change_page(request, code, correction=False)


def correct_partner(request: HttpRequest, code: str) -> HttpResponse:
    return _change_page(request, code, correction=True)


def _change_page(request: HttpRequest, code: str, *, correction: bool) -> HttpResponse:
    partner, back = partner_at(request, code)
    act = actions.correct_partner if correction else actions.update_partner
    words = {
        "heading": _("Betulkan data lembaga") if correction else _("Ubah data lembaga"),
        "lede": _("Mitra diberi tahu, dan alasan Anda tersimpan.")
        if correction
        else _("Data lama tetap dalam riwayat."),
        "verb": _("Simpan perubahan"),
        "says": _("Perubahan tersimpan."),
        "back": back,
    }
    if request.GET.get("bagian") == "jenis" and not correction:
        of_kind = ProfileOfKind(**typed_in(request), kind=book().kinds[partner.kind], held=partner.profile)
        does = lambda: act(by=by(request), partner=partner, changes={"profile": of_kind.profile()})  # noqa: E731
        return act_page(request, of_kind, does, example=partner.example, **words)
    never_examined = not Verification.objects.filter(of_body(partner.kept_id)).exists()
    form = ChangePartner(
        **typed_in(request), partner=partner, correction=correction, kind_too=correction and never_examined
    )
    return act_page(
        request,
        form,
        lambda: act(by=by(request), partner=partner, **form.asked()),
        example=partner.example,
        **words,
    )


def admit_person(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    form = AdmitPerson(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.admit_person(by=by(request), partner=partner, **form.cleaned_data),
        heading=_("Daftarkan orang mitra"),
        lede=_("Periksa surat tugas atau surat kuasanya. Surat akses dicetak di halaman berikut."),
        verb=_("Daftarkan dan buat surat"),
        says=_("Orang mitra terdaftar."),
        back=back,
        go=lambda letter: reverse("page.access_letter", kwargs={"code": letter.code}),
        example=partner.example,
    )
