"""Pages of a BKAD."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements.joint.body import actions, forms, letters, queries, sealing
from bermitra.agreements.joint.body.models import JointBody, JointBodySeat, JointDue, JointMembership
from bermitra.agreements.joint.body.rules import (
    AGREED_BODY,
    ARRIVED,
    CHANGING,
    FORMING,
    MEMBER_LABELS,
    MEMBERSHIP,
    WHEN_ALL_AGREED,
    BoardFacts,
)
from bermitra.agreements.joint.forms import Because, Sure
from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import findings as conditions
from bermitra.agreements.joint.queries import visible_to
from bermitra.agreements.joint.views.common import about, own_party, regulation_at
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Reach
from bermitra.foundation.documents import html
from bermitra.foundation.documents.handing import editable, shown, word_asked
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.regions.models import Region
from bermitra.foundation.rules import Finding, Refused, examine, unmet


def _page(regulation: JointRegulation) -> str:
    return reverse("page.joint_body", args=[regulation.code])


def body(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits in it, what was paid and what is late, who joins and who leaves."""
    held, person, today = regulation_at(request, code), person_of(request), clock.today()
    found = JointBody.objects.filter(regulation=held).select_related("regulation", "paper").first()
    formed = found is not None and found.state == "formed"
    owed = queries.owed(found, today) if found is not None and formed else []
    members = queries.members(held)
    open_ones = held.memberships.filter(state="asked").exists()
    accepted = queries.accepting(found) if found is not None else set()
    waits = set(queries.unsigned(found)) if found is not None and formed else set()
    accepts = [each for each in members if each.pk in waits or (found and not formed and each.pk not in accepted)]
    may_accept = any(may_open(person, "agreements.accept_joint_body", each.reach()) for each in accepts)
    leaving = [each for each in held.parties.all() if each.village_id in {one.pk for one in members}]
    may_leave = any(may_open(person, "agreements.ask_to_leave_joint", each.reach()) for each in leaving)
    doors = [
        (
            "agreements.accept_joint_body",
            _("Tandatangani keputusan BKAD") if formed else _("Terima susunan BKAD"),
            may_accept,
        ),
        (
            "agreements.form_joint_body",
            _("Ubah susunan BKAD") if found else _("Usulkan susunan BKAD"),
            not formed and _may(person, held, "form_joint_body"),
        ),
        ("agreements.invite_joint_member", _("Undang desa bergabung"), _may(person, held, "invite_joint_member")),
        ("agreements.ask_to_leave_joint", _("Ajukan menarik diri"), may_leave and not open_ones),
    ]
    names = {each.village_id: each.village.name for each in held.memberships.select_related("village")}
    names |= {each.pk: each.name for each in members}
    keepers = {each.pk: found.keeper_for(each.pk) for each in members} if found is not None and formed else {}
    seats, former = (queries.seated(found), queries.ended(found)) if found is not None else ([], [])
    may_fill = any(may_open(person, "agreements.fill_joint_office", each.reach()) for each in members)
    context = {
        "regulation": held,
        "example": held.example,
        "body": found,
        "formed": formed,
        "accepted": [(each, each.pk in accepted) for each in members] if found is not None and not formed else [],
        "findings": examine(AGREED_BODY, queries.accepted_facts(found), standing(held.village_id))
        if found and not formed
        else (),
        "decrees": [
            {"paper": each, "number": each.source["data"]["number"], "newest": found and found.paper_id == each.pk}
            for each in queries.decrees(held)
        ],
        "waits": [each.name for each in members if each.pk in waits],
        "members": members,
        "seats": [
            {"seat": each, "url": _if(person, "agreements.hand_over_joint_seat", each) if formed else ""}
            for each in seats
        ],
        "vacant": [
            {"seat": each, "url": reverse("agreements.fill_joint_office", args=[each.code]) if may_fill else ""}
            for each in (queries.vacant(seats, former) if formed else ())
        ],
        "former": former,
        "owed": [
            {
                "owed": each,
                "url": _if(person, "agreements.pay_joint_due", each.due) if each.to_pay else "",
                "look": _look(person, keepers, each),
            }
            for each in owed
        ],
        "total": sum(each.due.amount for each in owed),
        "paid": sum(each.paid for each in owed),
        "late": sum(each.rest for each in owed if each.late),
        "memberships": [
            {
                "membership": each,
                "state": WHEN_ALL_AGREED[each.paper_id is not None]
                if each.state == "asked" and queries.all_agreed(each, decided, members)
                else MEMBER_LABELS[each.state],
                "kind": "ok" if each.state == "done" else "doing",
                "decisions": [(names.get(village, village), found) for village, found in decided.items()],
                "first": queries.first_day_out(each) if each.state == "asked" else None,
                "url": _if(person, "agreements.settle_joint_member", each) if each.state == "asked" else "",
                "state_url": _states(person, each),
            }
            for each in held.memberships.select_related("village", "regulation", "paper")
            for decided in (queries.decisions(each),)
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


def _look(person: Any, keepers: dict[str, str], each: queries.Owed) -> str:
    """Where whoever may look into the account says whether the money came in."""
    door, keeper = "agreements.confirm_joint_payment", keepers.get(each.due.village_id, "")
    may = each.pending and keeper and may_open(person, door, Reach(region=keeper))
    return reverse(door, args=[each.due.code]) if may else ""


def _states(person: Any, each: JointMembership) -> str:
    door = "agreements.state_joint_member"
    waits = each.state == "asked" and each.paper is None
    return reverse(door, args=[each.code]) if waits and may_open(person, door, each.village.reach()) else ""


def paper(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """A decree on the board, or what a village stated: with its signatures, or its words as a file for editing."""
    held = regulation_at(request, code)
    stated = [each.paper for each in held.memberships.select_related("paper__file") if each.paper is not None]
    found = next((each for each in (*queries.decrees(held), *stated) if each.code == paper), None)
    if found is None:
        raise Http404
    name = f"{found.kind.replace('_', '-')}-{found.code}"
    if word_asked(request):
        return editable(found.source, f"{name}.docx")
    return shown(queries.signed_file(found), f"{name}.pdf")


def form_body(request: HttpRequest, code: str) -> HttpResponse:
    held = regulation_at(request, code)
    form = forms.Body(queries.members(held), request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: _form(request, held, form.cleaned_data),
        title=_("Usulkan susunan BKAD"),
        verb=_("Kirim kepada setiap Kepala Desa"),
        says=_("Susunan terkirim. BKAD terbentuk setelah Kepala Desa setiap desa menerimanya."),
        lede=_("Setiap desa mempunyai wakil, perempuan ikut duduk, dan uang disimpan pada rekening BKAD."),
        back=_page(held),
    )


def _form(request: HttpRequest, held: JointRegulation, given: dict[str, Any]) -> JointBody:
    knock, seats = by(request), given["seats"]
    account, number = bool(given["bank"] and given["account_name"]), given["decree_number"]
    facts = queries.forming_facts(held, seats, account=account, decree=number)
    _before_the_paper(examine(FORMING, facts, standing(held.village_id)))
    decree = letters.Decree(number, given["decree_on"], given["bank"], given["account_name"], tuple(seats))
    paper = letters.decree_paper(held, decree, key=knock.key)
    body = actions.form_joint_body(by=knock, regulation=held, paper=paper, **given)
    sealing.seal(body.paper)
    return body


def _before_the_paper(findings: tuple[Finding, ...]) -> None:
    """A paper takes a second to make: not for what cannot be done anyhow."""
    if refused := unmet(findings):
        raise Refused(refused)


def accept_body(request: HttpRequest, code: str) -> HttpResponse:
    held, door = regulation_at(request, code), "agreements.accept_joint_body"
    person = person_of(request)
    village = next((each for each in queries.members(held) if may_open(person, door, each.reach())), None)
    found = JointBody.objects.filter(regulation=held).select_related("regulation", "paper__file").first()
    if village is None or found is None or not queries.awaits(found, village.pk):
        raise Http404
    form = forms.Acceptance(request.POST or None, initial={"seen": found.words_hash})

    def does() -> None:
        actions.accept_joint_body(by=by(request), village=village, body=found, seen=form.cleaned_data["seen"])
        sealing.seal(found.paper)

    return about(
        request,
        held,
        form,
        does,
        title=_("Terima susunan BKAD"),
        verb=_("Terima dan tandatangani"),
        says=_("Anda menerima susunan BKAD ini dan menandatangani keputusannya."),
        lede=_("Atas nama %(name)s. Bila susunan diubah, Anda diminta menerima yang baru.") % {"name": village.name},
        **({"words": html.render(found.paper.source)} if found.paper else {"proposed": found}),
        seats=queries.seated(found),
        back=_page(held),
    )


def pay(request: HttpRequest, code: str) -> HttpResponse:
    due = get_object_or_404(JointDue.objects.select_related("body__regulation", "village"), code=code)
    held = regulation_at(request, due.body.regulation.code)
    rest = queries.stand_of(due, clock.today()).to_pay
    form = forms.Payment(
        request.POST or None, rest=rest, receipts=set(due.payments.values_list("receipt", flat=True)),
        initial={"amount": rest, "paid_on": clock.today()},
    )  # fmt: skip
    return about(
        request,
        held,
        form,
        lambda: actions.pay_joint_due(by=by(request), due=due, **form.cleaned_data),
        title=_("Bayar iuran %(name)s tahun %(year)s") % {"name": due.village.name, "year": due.year},
        verb=_("Catat pembayaran"),
        says=_("Pembayaran iuran tercatat. Terhitung setelah desa lain melihat uangnya masuk."),
        back=_page(held),
    )


def look(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a payment came into the account, said by somebody of another village."""
    due = get_object_or_404(JointDue.objects.select_related("body__regulation", "village"), code=code)
    held, payment = regulation_at(request, due.body.regulation.code), queries.unseen(due)
    if payment is None:
        raise Http404
    form = forms.Arrival(request.POST or None)
    person = person_of(request)
    facts = queries.arrived_facts(payment, person, person.code)
    return about(
        request,
        held,
        form,
        lambda: actions.confirm_joint_payment(by=by(request), payment=payment, **form.cleaned_data),
        title=_("Periksa setoran %(name)s tahun %(year)s") % {"name": due.village.name, "year": due.year},
        verb=_("Simpan hasil pemeriksaan"),
        says=_("Hasil pemeriksaan rekening tercatat."),
        lede=_("%(amount)s, disetor %(day)s, bukti %(receipt)s.")
        % {"amount": rupiah(payment.amount), "day": long_date(payment.paid_on), "receipt": payment.receipt},
        findings=examine(ARRIVED, facts, standing(held.village_id)),
        back=_page(held),
    )


def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    seat = get_object_or_404(JointBodySeat.objects.select_related("body__regulation", "village"), code=code)
    held, form = regulation_at(request, seat.body.regulation.code), forms.Successor(request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: _hand_over(request, seat, form.cleaned_data),
        title=_("Ganti %(name)s") % {"name": seat.name},
        verb=_("Simpan pengganti"),
        says=_("Penggantinya tercatat. Keputusannya menunggu tanda tangan setiap Kepala Desa."),
        lede=_("Pengganti berasal dari %(name)s juga.") % {"name": seat.village.name},
        back=_page(held),
    )


def _hand_over(request: HttpRequest, seat: JointBodySeat, given: dict[str, Any]) -> JointBodySeat:
    knock, body = by(request), seat.body
    name, sex, reason, number = (given[each] for each in ("name", "sex", "reason", "decree_number"))
    board, norms = queries.after(seat, name, sex), standing(seat.village_id)
    facts = queries.forming_facts(body.regulation, board, account=True, decree=number)
    _before_the_paper((*_changing(body, seat.village_id), *examine(FORMING, facts, norms)))
    decree = letters.changed(body, seat, name, sex, reason, number=number, dated=clock.today())
    paper = letters.decree_paper(body.regulation, decree, key=knock.key)
    new = actions.hand_over_joint_seat(by=knock, seat=seat, paper=paper, **given)
    sealing.seal(new.body.paper)
    return new


def fill_office(request: HttpRequest, code: str) -> HttpResponse:
    """An office that became vacant as its village went."""
    seat = get_object_or_404(JointBodySeat.objects.select_related("body__regulation", "village"), code=code)
    held, person = regulation_at(request, seat.body.regulation.code), person_of(request)
    members, board = queries.members(held), queries.seated(seat.body)
    village = next((each for each in members if may_open(person, "agreements.fill_joint_office", each.reach())), None)
    if village is None or seat not in queries.vacant(board, queries.ended(seat.body)):
        raise Http404
    apart = {"chair": "treasurer", "treasurer": "chair"}.get(seat.office, "")
    other = next((each.village_id for each in board if each.office == apart), "") if len(members) > 1 else ""
    form = forms.Officer(members, other, request.POST or None)
    return about(
        request,
        held,
        form,
        lambda: _fill(request, village, seat, form.cleaned_data),
        title=_("Isi jabatan %(office)s BKAD") % {"office": seat.get_office_display().lower()},
        verb=_("Simpan pengurus baru"),
        says=_("Pengurus baru tercatat. Keputusannya menunggu tanda tangan setiap Kepala Desa."),
        lede=_("Sepakati dahulu dengan Kepala Desa lain: setiap Kepala Desa menandatangani keputusannya."),
        findings=_changing(seat.body, village.pk),
        back=_page(held),
    )


def _changing(body: JointBody, village: str) -> tuple[Finding, ...]:
    """What is asked before a board is changed."""
    norms = standing(village)
    formed = examine(AGREED_BODY, queries.accepted_facts(body), norms)
    return *formed, *examine(CHANGING, BoardFacts(len(queries.unsigned(body))), norms)


def _fill(request: HttpRequest, village: Region, seat: JointBodySeat, given: dict[str, Any]) -> JointBodySeat:
    knock, body, norms = by(request), seat.body, standing(village.pk)
    name, sex, represents, number = (given[each] for each in ("name", "sex", "represents", "decree_number"))
    facts = queries.forming_facts(
        body.regulation, queries.filled(seat, name, sex, represents), account=True, decree=number
    )
    _before_the_paper((*_changing(body, village.pk), *examine(FORMING, facts, norms)))
    decree = letters.filled_by(seat, name, sex, represents, number=number, dated=clock.today())
    paper = letters.decree_paper(body.regulation, decree, key=knock.key)
    new = actions.fill_joint_office(by=knock, village=village, seat=seat, paper=paper, **given)
    sealing.seal(new.body.paper)
    return new


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
        lede=_("Desa keluar setelah Musyawarah Desanya setuju, iurannya lunas, dan masa pemberitahuan lewat."),
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
        says=_("Naskahnya menunggu Musyawarah Desa yang diundang dan setiap desa peserta."),
        back=_page(held),
    )


def _membership(request: HttpRequest, code: str) -> JointMembership:
    seen = JointMembership.objects.filter(regulation__in=visible_to(person_of(request)), state="asked")
    return get_object_or_404(seen.select_related("regulation__village", "village__parent"), code=code)


def state(request: HttpRequest, code: str) -> HttpResponse:
    membership = _membership(request, code)
    held, form = regulation_at(request, membership.regulation.code), forms.Statement(request.POST or None)
    if membership.paper_id is not None:
        raise Http404
    facts = replace(queries.member_facts(membership, clock.today()), arrears=0, stated=True)
    findings = examine(MEMBERSHIP, facts, standing(membership.village_id))

    def does() -> JointMembership:
        knock, number = by(request), form.cleaned_data["number"]
        _before_the_paper(findings)
        paper = letters.statement_paper(membership, key=knock.key, number=number, dated=clock.today())
        stated = actions.state_joint_member(
            by=knock, village=membership.village, membership=membership, number=number, paper=paper
        )
        sealing.seal(stated.paper)
        return stated

    return about(
        request,
        held,
        form,
        does,
        title=_("Tandatangani pernyataan %(name)s") % {"name": membership.village.name},
        verb=_("Tandatangani pernyataan"),
        says=_("Pernyataan Anda terdaftar dan dapat diperiksa siapa pun."),
        lede=queries.member_text(membership),
        findings=findings,
        back=_page(held),
    )


def settle(request: HttpRequest, code: str) -> HttpResponse:
    membership = _membership(request, code)
    held, body = regulation_at(request, membership.regulation.code), queries.seats_newcomer(membership)
    form = (Sure if body is None else forms.Newcomer)(request.POST or None)
    asked = queries.settling_asked(membership, clock.today())
    return about(
        request,
        held,
        form,
        lambda: _settle(request, membership, body, form.cleaned_data),
        title=_("Selesaikan keanggotaan %(name)s") % {"name": membership.village.name},
        verb=_("Selesaikan keanggotaan"),
        says=_("Keanggotaan desa itu selesai diubah."),
        lede=_("Keputusan dibaca dari berita acara Musyawarah Desa yang tercatat.")
        if body is None
        else _("Desa itu mendapat wakil dalam BKAD. Setiap Kepala Desa menandatangani keputusan perubahannya."),
        findings=conditions(asked, standing(held.village_id)),
        back=_page(held),
    )


def _settle(
    request: HttpRequest, membership: JointMembership, body: JointBody | None, given: dict[str, Any]
) -> JointMembership:
    knock, today = by(request), clock.today()
    if body is None:
        return actions.settle_joint_member(by=knock, membership=membership)
    regulation, village = body.regulation, membership.village_id
    name, sex, number = (given[each] for each in ("name", "sex", "decree_number"))
    board, norms = queries.with_newcomer(body, village, name, sex), standing(regulation.village_id)
    facts = queries.forming_facts(regulation, board, account=True, decree=number, joins=village)
    _before_the_paper((*conditions(queries.settling_asked(membership, today), norms), *examine(FORMING, facts, norms)))
    decree = letters.joined_by(body, membership, name, sex, number=number, dated=today)
    paper = letters.decree_paper(regulation, decree, key=knock.key)
    settled = actions.settle_joint_member(by=knock, membership=membership, paper=paper, **given)
    sealing.seal(queries.decrees(regulation)[-1])
    return settled
