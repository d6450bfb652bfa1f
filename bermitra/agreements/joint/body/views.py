"""Pages of a BKAD."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.joint.body import actions, forms, queries
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import MEMBER_LABELS, MEMBERSHIP
from bermitra.agreements.joint.forms import Because
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import visible_to
from bermitra.agreements.joint.views.common import about, own_party, regulation_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import examine


def _page(regulation: JointRegulation) -> str:
    return reverse("page.joint_body", args=[regulation.code])


def body(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits in it, what was paid and what is late, who joins and who leaves."""
    held, person, today = regulation_at(request, code), person_of(request), clock.today()
    found = JointBody.objects.filter(regulation=held).first()
    owed = queries.owed(found, today) if found is not None else []
    open_ones = held.memberships.filter(state="asked").exists()
    members = queries.members(held)
    forms_it = found is None and held.state == "in_force"
    leaving = [each for each in held.parties.all() if each.village_id in {one.pk for one in members}]
    may_leave = any(may_open(person, "agreements.ask_to_leave_joint", each.reach()) for each in leaving)
    doors = [
        ("agreements.form_joint_body", _("Bentuk BKAD"), forms_it and _may(person, held, "form_joint_body")),
        ("agreements.invite_joint_member", _("Undang desa bergabung"), _may(person, held, "invite_joint_member")),
        ("agreements.ask_to_leave_joint", _("Ajukan menarik diri"), may_leave and not open_ones),
    ]
    context = {
        "regulation": held,
        "example": held.example,
        "body": found,
        "members": members,
        "seats": [
            {"seat": each, "url": _if(person, "agreements.hand_over_joint_seat", each)}
            for each in (queries.seated(found) if found is not None else [])
        ],
        "former": list(found.seats.exclude(until=None).select_related("village")) if found is not None else [],
        "owed": [
            {"owed": each, "url": _if(person, "agreements.pay_joint_due", each.due) if each.rest else ""}
            for each in owed
        ],
        "total": sum(each.due.amount for each in owed),
        "paid": sum(each.paid for each in owed),
        "late": sum(each.rest for each in owed if each.late),
        "memberships": [
            {
                "membership": each,
                "state": MEMBER_LABELS[each.state],
                "kind": "ok" if each.state == "done" else "doing",
                "url": _if(person, "agreements.settle_joint_member", each) if each.state == "asked" else "",
            }
            for each in held.memberships.select_related("village", "regulation")
        ],
        "doors": [
            {"url": reverse(door, args=[code]), "verb": verb}
            for door, verb, open_now in doors
            if open_now and held.state == "in_force"
        ],
    }
    return render(request, "agreements/joint/body.html", context)


def _may(person: Any, held: JointRegulation, verb: str) -> bool:
    return may_open(person, f"agreements.{verb}", held.reach())


def _if(person: Any, door: str, record: Any) -> str:
    return reverse(door, args=[record.code]) if may_open(person, door, record.reach()) else ""


def form_body(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    form = forms.Body(queries.members(held), request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.form_joint_body(by=by(request), regulation=held, **form.cleaned_data),
        title=_("Bentuk BKAD"),
        verb=_("Bentuk BKAD"),
        says=_("BKAD terbentuk. Iuran setiap desa tercatat sampai akhir kerja sama."),
        lede=_("Setiap desa mempunyai wakil, perempuan ikut duduk, dan uang disimpan pada rekening BKAD."),
        back=_page(held),
    )


def pay(request: HttpRequest, code: str) -> HttpResponse:
    due = get_object_or_404(JointDue.objects.select_related("body__regulation", "village"), code=code)
    held = regulation_at(request, due.body.regulation.code)
    stand = next(each for each in queries.owed(due.body, clock.today(), due.village_id) if each.due.pk == due.pk)
    form = forms.Payment(request.POST or None, initial={"amount": stand.rest, "paid_on": clock.today()})
    return about(
        request,
        held,
        form,
        lambda: actions.pay_joint_due(by=by(request), due=due, **form.cleaned_data),
        title=_("Bayar iuran %(name)s tahun %(year)s") % {"name": due.village.name, "year": due.year},
        verb=_("Catat pembayaran"),
        says=_("Pembayaran iuran tercatat."),
        back=_page(held),
    )


def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    seat = get_object_or_404(JointBodySeat.objects.select_related("body__regulation", "village"), code=code)
    held, form = regulation_at(request, seat.body.regulation.code), forms.Successor(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: actions.hand_over_joint_seat(by=by(request), seat=seat, **form.cleaned_data),
        title=_("Ganti %(name)s") % {"name": seat.name},
        verb=_("Simpan pengganti"),
        says=_("Penggantinya tercatat."),
        lede=_("Pengganti berasal dari %(name)s juga.") % {"name": seat.village.name},
        back=_page(held),
    )


def leave(request: HttpRequest, code: str) -> HttpResponse:
    held, form = regulation_at(request, code), Because(request.POST or None)
    party = own_party(request, held, "agreements.ask_to_leave_joint")
    return about(
        request,
        held,
        form,
        lambda: actions.ask_to_leave_joint(by=by(request), party=party, **form.cleaned_data),
        title=_("Ajukan menarik diri"),
        verb=_("Ajukan menarik diri"),
        says=_("Naskahnya menunggu Musyawarah Desa Anda."),
        lede=_("Desa keluar setelah Musyawarah Desanya dan musyawarah antar-Desa setuju, dan iurannya lunas."),
        back=_page(held),
    )


def invite(request: HttpRequest, code: str) -> HttpResponse:
    held, form = regulation_at(request, code), forms.Invitation(request.POST or None)

    def does() -> JointMembership:
        given = dict(form.cleaned_data)
        village = Region.objects.select_related("parent").get(pk=given.pop("village"))
        return actions.invite_joint_member(by=by(request), regulation=held, village=village, **given)

    return about(
        request,
        held,
        form,
        does,
        title=_("Undang desa bergabung"),
        verb=_("Kirim undangan"),
        says=_("Naskahnya menunggu Musyawarah Desa yang diundang."),
        back=_page(held),
    )


def settle(request: HttpRequest, code: str) -> HttpResponse:
    seen = JointMembership.objects.filter(regulation__in=visible_to(person_of(request)))
    membership = get_object_or_404(seen.select_related("regulation__village", "village"), code=code)
    held, form = regulation_at(request, membership.regulation.code), forms.Settlement(request.POST or None)
    if membership.state != "asked":
        raise Http404
    facts = queries.member_facts(membership, form["joint_minutes"].value() or "", clock.today())
    return about(
        request,
        held,
        form,
        lambda: actions.settle_joint_member(by=by(request), membership=membership, **form.cleaned_data),
        title=_("Selesaikan keanggotaan %(name)s") % {"name": membership.village.name},
        verb=_("Selesaikan keanggotaan"),
        says=_("Keanggotaan desa itu selesai diubah."),
        findings=examine(MEMBERSHIP, facts, standing(held.village_id)),
        back=_page(held),
    )
