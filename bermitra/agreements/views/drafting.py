"""Drafting by turns."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.agreements import actions, queries
from bermitra.agreements import forms as shapes
from bermitra.agreements.models import Agreement
from bermitra.agreements.views.common import about, agreement_at, back_to_room, plain
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.pages import data_of, sent
from bermitra.partnership.queries import cases_visible_to


def start_draft(request: HttpRequest, code: str) -> HttpResponse:
    case = get_object_or_404(cases_visible_to(person_of(request)), code=code)
    form = shapes.Sure(data_of(request))
    if sent(request, form):
        actions.start_draft(by=by(request), case=case)
        return back_to_room(request, code, _("Naskah pertama tersusun dari lembar pokok yang disetujui."))
    lede = _("Naskah disusun dari lembar pokok yang disetujui Musyawarah Desa dan pustaka pasal.")
    back = reverse("page.case", args=[code])
    return about(request, case, form, _("Mulai naskah perjanjian"), _("Susun naskah"), lede=lede, back=back)


def give_number(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Nomor naskah tercatat.")
    return plain(request, code, actions.give_number, _("Nomor naskah"), _("Simpan nomor"), done, shapes.Number)


def show_condition(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    wanted = {each.code: each for each in queries.conditions_asked(held)}
    condition = wanted.get(request.GET.get("syarat", ""))
    if condition is None:
        raise Http404
    form = shapes.Proof(data_of(request), initial={"proof": held.gates.get(condition.code, "")})
    if sent(request, form):
        actions.show_condition(by=by(request), agreement=held, condition=condition.code, **form.cleaned_data)
        return back_to_room(request, code, _("Bukti syarat tercatat."))
    return about(request, held, form, condition.says, _("Simpan bukti"), lede=condition.basis)


def pass_turn(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Setelah diserahkan, pihak lain yang menyusun naskah.")
    return plain(
        request,
        code,
        actions.pass_turn,
        _("Serahkan giliran"),
        _("Serahkan giliran"),
        _("Giliran berpindah."),
        lede=lede,
    )


def request_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    people = _reviewers(held)
    form = shapes.Reviewer([(each.code, each.full_name) for each in people.values()], data_of(request))
    if sent(request, form):
        reviewer = people[form.cleaned_data["reviewer"]]
        actions.request_legal_review(by=by(request), agreement=held, reviewer=reviewer)
        return back_to_room(request, code, _("Telaah hukum diminta."))
    lede = "" if people else _("Belum ada penelaah hukum di kabupaten ini. Mintalah Dinas PMD menunjuknya.")
    return about(request, held, form, _("Minta telaah hukum"), _("Minta telaah"), lede=lede)


def _reviewers(held: Agreement) -> dict[str, Person]:
    offices = Appointment.objects.in_force(clock.today()).filter(role=roles.LEGAL_REVIEWER.key)
    near = offices.filter(region__code=held.case.village_id[:5]).select_related("person").order_by("person__full_name")
    return {each.person.code: each.person for each in near}


def give_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Catatan telaah tercatat.")
    return plain(request, code, actions.give_legal_review, _("Telaah hukum"), _("Kirim catatan"), done, shapes.Review)


def end_legal_review(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Naskah kembali di tangan desa.")
    return plain(request, code, actions.end_legal_review, _("Akhiri telaah hukum"), _("Akhiri telaah"), done)


def accept_text(request: HttpRequest, code: str) -> HttpResponse:
    held = agreement_at(request, code)
    version = queries.newest_version(held)
    form = shapes.Accept(data_of(request), initial={"text_hash": version.text_hash})
    if sent(request, form):
        actions.accept_text(by=by(request), agreement=held, text_hash=form.cleaned_data["text_hash"])
        return back_to_room(request, code, _("Naskah versi {number} Anda terima.").format(number=version.number))
    lede = _("Versi {number}. Bila pihak lain mengubahnya, penerimaan ini gugur.").format(number=version.number)
    unsettled = queries.open_comments(held, queries.side_of_person(person_of(request), held))
    return about(
        request, held, form, _("Terima naskah"), _("Terima naskah"), lede=lede, version=version, unsettled=unsettled
    )


def abandon_draft(request: HttpRequest, code: str) -> HttpResponse:
    done = _("Naskah dihentikan.")
    return plain(request, code, actions.abandon_draft, _("Hentikan naskah"), _("Hentikan naskah"), done, shapes.Because)


def return_to_selection(request: HttpRequest, code: str) -> HttpResponse:
    lede = _("Naskah dan lembar pokoknya tidak dipakai lagi, dan calon lain dapat diusulkan.")
    return plain(
        request, code, actions.return_to_selection, _("Kembali ke seleksi"), _("Kembali ke seleksi"),
        _("Kemitraan kembali ke seleksi."), shapes.Because, lede,
    )  # fmt: skip
