"""Partners: found, registered, their documents and owners."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents.handing import download
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import legal_name_key
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.forms import (
    AddDocument,
    AdmitPerson,
    DeclareOwner,
    FindPartner,
    ReadOn,
    RegisterPartner,
)
from bermitra.registry.models import Owner, Partner
from bermitra.registry.queries.partners import partners_visible_to
from bermitra.registry.queries.standing import standing_of, standings_of
from bermitra.registry.queries.verifications import (
    current_verification,
    documents_of,
    may_start_verification,
    reads_file_of,
)
from bermitra.registry.queries.words import kind_name, said
from bermitra.registry.rules import (
    LABELS,
)
from bermitra.registry.views.common import act_page, content_of, open_doors, partner_at, typed_in
from bermitra.registry.views.documents import document_items

PAGE = 50
NO_VALUE = "–"


def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners this person looks after, by name; read on from the last one shown."""
    person = person_of(request)
    form = FindPartner(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "jenis": ""}
    found = partners_visible_to(person)
    if asked["q"]:
        found = found.filter(Q(name__icontains=asked["q"]) | Q(legal_name_key=legal_name_key(asked["q"])))
    if asked["jenis"]:
        found = found.filter(kind=asked["jenis"])
    on = ReadOn(request.GET)
    last = partners_visible_to(person).filter(code=on.cleaned_data["setelah"]).first() if on.is_valid() else None
    if last:
        found = found.filter(Q(name__gt=last.name) | Q(name=last.name, code__gt=last.code))
    page = list(found.order_by("name", "code").select_related("seat")[: PAGE + 1])
    more = {**{k: v for k, v in asked.items() if v}, "setelah": page[PAGE - 1].code} if len(page) > PAGE else {}
    context = {
        "form": form,
        "items": _partner_items(page[:PAGE]),
        "next": f"?{urlencode(more)}" if more else "",
        "may_register": _counter(person) is not None,
    }
    return render(request, "registry/partner_list.html", context)


def _partner_items(partners: list[Partner]) -> list[dict[str, str]]:
    stands = standings_of(partners)
    return [
        {
            "url": reverse("page.partner_file", kwargs={"code": each.code}),
            "title": each.name,
            "small": " · ".join(filter(None, (kind_name(each), each.seat.name if each.seat else ""))),
            "state": verdict_word(stands[each.pk].verdict),
            "kind": "ok" if stands[each.pk].fresh and not stands[each.pk].listed else "idle",
        }
        for each in partners
    ]


def verdict_word(verdict: str) -> str:
    return _(LABELS[verdict].public) if verdict else _("Belum diuji")


def _counter(person: Person) -> Region | None:
    """The village or regency at whose counter this person registers partners."""
    for office in person.offices:
        region = office.region
        if region and may_open(person, "registry.register_partner", Reach(region=region.code)):
            return region
    return None


def register_partner(request: HttpRequest) -> HttpResponse:
    """A name that is known already is shown first, and asked about."""
    counter = _counter(person_of(request))
    if counter is None:
        raise PermissionDenied
    key = legal_name_key(request.POST.get("name", ""))
    same = list(Partner.objects.filter(legal_name_key=key)[:5]) if request.method == "POST" else []
    form = RegisterPartner(**typed_in(request), same=same)
    return act_page(
        request,
        form,
        lambda: actions.register_partner(by=by(request), region=counter, **form.asked()),
        heading=_("Daftarkan mitra"),
        lede=_("Lembaga, bukan orang. Orang-orangnya didaftarkan sesudah ini."),
        verb=_("Daftarkan mitra"),
        says=_("Mitra terdaftar."),
        back=reverse("page.partner_list"),
        go=lambda partner: reverse("page.partner_file", kwargs={"code": partner.code}),
        same=_same_items(same),
    )


def _same_items(same: list[Partner]) -> list[dict[str, str]]:
    return [{"title": each.name, "small": f"{kind_name(each)} · {each.code}"} for each in same]


OF_PARTNER = ("registry.admit_person", "registry.add_document", "registry.declare_owner", "registry.start_verification")


def partner_file(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    partner = get_object_or_404(partners_visible_to(person).select_related("seat", "village"), code=code)
    doors = open_doors(person, OF_PARTNER, partner, code)
    if not may_start_verification(partner):
        doors = [each for each in doors if each["name"] != "registry.start_verification"]
    verification = current_verification(partner)
    reads = reads_file_of(person, partner)
    stands = standing_of(partner)
    context = {
        "partner": partner,
        "kind_name": kind_name(partner),
        "worry": said(book().kinds[partner.kind].worry),
        "facts": _partner_facts(partner),
        "stands": stands,
        "last_day": stands.stale_on - timedelta(days=1) if stands.stale_on else None,
        "word": verdict_word(stands.verdict),
        "documents": document_items(partner, linked=reads),
        "owners": Owner.objects.filter(partner=partner).order_by("pk") if reads else None,
        "people": Appointment.objects.in_force(clock.today()).filter(party=code).select_related("person"),
        "verification": verification if reads else None,
        "label": LABELS[verification.state] if verification else None,
        "next": next((each for each in doors if each["name"] == "registry.start_verification"), None),
        "doors": doors,
        "example": partner.example,
    }
    return render(request, "registry/partner_file.html", context)


def _partner_facts(partner: Partner) -> list[tuple[str, str]]:
    return [
        (_("Kedudukan"), partner.seat.name if partner.seat else NO_VALUE),
        (_("Alamat"), partner.address or NO_VALUE),
        (_("Ukuran usaha"), partner.get_size_display() or NO_VALUE),
        (_("Telepon atau surel kantor"), partner.contact or NO_VALUE),
        (_("Visi lembaga"), partner.vision or NO_VALUE),
        (_("Kode mitra"), partner.code),
    ]


def partner_document(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The file of the newest document of this kind, for those who may read the partner's papers."""
    person = person_of(request)
    partner = get_object_or_404(partners_visible_to(person), code=code)
    document = documents_of(partner).get(kind) if reads_file_of(person, partner) else None
    if document is None or document.file is None:
        raise Http404
    return download(document.file)


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


def add_document(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    wanted = {"kind": request.GET.get("dokumen", "")}
    form = AddDocument(**typed_in(request), kind=book().kinds[partner.kind], initial=wanted)

    def does() -> None:
        given = {**form.cleaned_data, "file": content_of(form.cleaned_data["file"])}
        actions.add_document(by=by(request), partner=partner, **given)

    return act_page(
        request,
        form,
        does,
        heading=_("Catat dokumen"),
        lede=_("Dokumen terbaru dari setiap jenis yang dihitung."),
        verb=_("Catat dokumen"),
        says=_("Dokumen tercatat."),
        back=back,
        example=partner.example,
    )


def declare_owner(request: HttpRequest, code: str) -> HttpResponse:
    partner, back = partner_at(request, code)
    form = DeclareOwner(**typed_in(request))
    return act_page(
        request,
        form,
        lambda: actions.declare_owner(by=by(request), partner=partner, **form.cleaned_data),
        heading=_("Nyatakan pemilik atau pengurus"),
        lede=_("Satu orang setiap kali. Nama ini tidak pernah tampak di halaman umum."),
        verb=_("Nyatakan"),
        says=_("Pernyataan tersimpan. Tambah orang lain bila masih ada."),
        back=back,
        example=partner.example,
    )
