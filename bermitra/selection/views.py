"""Pages of a selection: fetch, act, say, go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bermitra.foundation import calendar
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.accounts.throttle import slow_down_sender
from bermitra.foundation.accounts.who import by, person_of
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.handing import download
from bermitra.foundation.documents.uploads import Safe
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import render
from bermitra.foundation.personal.open_text import openly
from bermitra.foundation.text import _ as marked
from bermitra.partnership.models import Case
from bermitra.partnership.queries import cases_visible_to, said
from bermitra.registry.models import Partner
from bermitra.selection import actions, criteria, forms, terms
from bermitra.selection.models import Call, Objection, Proposal, Question
from bermitra.selection.queries import (
    asked_of,
    call_of,
    calls_visible_to,
    content_for_partner,
    declared,
    files_for_partner,
    newest_version,
    objections_until,
    open_questions,
    opened,
    own_proposals,
    panel_candidates,
    proposals_visible_to,
    public_calls,
    ranking,
    reasons_of,
    sealed_count,
    sealed_files,
    standing_for,
    weights,
)
from bermitra.selection.rules import CHANNELS, READ_IN, SEATS

Initial = Mapping[str, Any]


# Fetching -----------------------------------------------------------------------------------------------------------
def _case(request: HttpRequest, code: str) -> Case:
    """A case one sees, or on whose panel one sits."""
    person = person_of(request)
    seen = cases_visible_to(person).filter(code=code).select_related("midterm_line", "plan_line").first()
    if seen is None:
        seen = _call(request, code).case
    return seen


def _call(request: HttpRequest, code: str) -> Call:
    """The call of the case with this code, with its panel and criteria; a deadline that has passed is seen to first."""
    seen = calls_visible_to(person_of(request)).filter(case__code=code).exclude(state="cancelled")
    whole = seen.select_related("case__midterm_line", "case__plan_line").prefetch_related("panel", "criteria")
    call = get_object_or_404(whole)
    if call.state == "open" and call.deadline is not None and call.deadline <= clock.now():
        actions.close_due_calls()
        call = get_object_or_404(whole)
    return call


def _proposal(request: HttpRequest, code: str) -> Proposal:
    return get_object_or_404(proposals_visible_to(person_of(request)), code=code)


def _own(request: HttpRequest, code: str) -> Proposal:
    """A proposal of one's own party."""
    return get_object_or_404(own_proposals(person_of(request)), code=code)


def _own_partner(person: Person) -> Partner:
    party = next((office.party for office in person.offices if office.party), "")
    return get_object_or_404(Partner, code=party)


# Asking -------------------------------------------------------------------------------------------------------------
def _ask(
    request: HttpRequest, form: Any, *, title: str, verb: str, back: str, case: Case | None = None, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "case": case,
        "example": case is not None and case.example,
        "title": title,
        "verb": verb,
        "back": back,
        **more,
    }
    return render(
        request, "partnership/act.html", context, status=422 if form.is_bound and not form.is_valid() else 200
    )


def _sent(request: HttpRequest, form: Any) -> bool:
    return request.method == "POST" and form.is_valid()


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(request: HttpRequest, says: str, name: str, code: str) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, code=code)


def _clock_of(call: Call) -> dict[str, Any]:
    """The deadline as it is typed: day and hour in the zone of the village."""
    if call.deadline is None:
        return {}
    local = call.deadline.astimezone(calendar.tz(calendar.zone_of(call.case.village_id)))
    return {"day": local.date(), "hour": local.time()}


def deadline_line(call: Call) -> str:
    if call.deadline is None:
        return ""
    zone = calendar.zone_of(call.case.village_id)
    return f"{calendar.long_date(call.deadline.astimezone(calendar.tz(zone)).date())}, {calendar.local_time(call.deadline, zone)}"


# The village prepares a call ------------------------------------------------------------------------------------------
def draft_call(request: HttpRequest, code: str) -> HttpResponse:
    case = _case(request, code)
    held = call_of(case)
    names = ("title", "number", "goals", "village_vision", "seeks", "offers")
    initial = {n: getattr(held, n) for n in names} if held else {"title": case.title, "goals": case.goals}
    form = forms.Heading(_data(request), initial=initial)
    if _sent(request, form):
        actions.draft_call(by=by(request), case=case, **form.cleaned_data)
        return _done(request, _("Penawaran tersimpan. Lengkapi bagian berikutnya."), "page.selection", code)
    back = reverse("page.selection" if held else "page.case", args=[code])
    return _ask(request, form, case=case, title=_("Siapkan penawaran"), verb=_("Simpan dan lanjutkan"), back=back)


@dataclass(frozen=True)
class Part:
    """A part of a call with a page of its own: the form, what it starts from, the act that takes it."""

    title: str
    form: Callable[..., Any]
    initial: Callable[[Call], Initial]
    act: Callable[[Any, Call, Any], Any]


def _write_kak(key: Any, call: Call, form: Any) -> None:
    actions.write_kak(by=key, call=call, sections=form.cleaned_data)


def _announce(key: Any, call: Call, form: Any) -> None:
    given = {name: form.cleaned_data[name] for name in ("channels", "threshold_total", "threshold_each")}
    actions.plan_announcement(by=key, call=call, deadline=form.moment(call.case.village_id), **given)


PARTS = {
    "selection.write_kak": Part(
        marked("Kerangka Acuan Kerja: isi pekerjaan"),
        lambda *args, **kwargs: forms.Sections(*args, parts=terms.WORK, **kwargs),
        lambda call: call.kak,
        _write_kak,
    ),
    "selection.write_kak_terms": Part(
        marked("Kerangka Acuan Kerja: syarat kerja sama"),
        lambda *args, **kwargs: forms.Sections(*args, parts=terms.TERMS, **kwargs),
        lambda call: call.kak,
        _write_kak,
    ),
    "selection.set_criteria": Part(
        marked("Bobot kriteria"),
        forms.Weights,
        lambda call: {**dict.fromkeys(criteria.criteria(), 0), **weights(call)},
        lambda key, call, form: actions.set_criteria(by=key, call=call, weights=form.cleaned_data),
    ),
    "selection.tick_vision": Part(
        marked("Visi yang dipegang desa"),
        forms.Ticks,
        lambda call: {"ticks": call.vision_ticks},
        lambda key, call, form: actions.tick_vision(by=key, call=call, ticks=form.cleaned_data["ticks"]),
    ),
    "selection.plan_announcement": Part(
        marked("Batas waktu dan pengumuman"),
        forms.Announcement,
        lambda call: {
            **_clock_of(call),
            "channels": call.channels,
            "threshold_total": call.threshold_total,
            "threshold_each": call.threshold_each,
        },
        _announce,
    ),
}


def prepare(request: HttpRequest, code: str, part: str) -> HttpResponse:
    call, one = _call(request, code), PARTS[part]
    form = one.form(_data(request), initial=one.initial(call))
    if _sent(request, form):
        one.act(by(request), call, form)
        return _done(request, _("Bagian penawaran tersimpan."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return _ask(request, form, case=call.case, title=_(one.title), verb=_("Simpan"), back=back)


def appoint_panel(request: HttpRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    form = forms.Seat(_data(request), people=panel_candidates(call), initial={"decree": call.panel_decree})
    if _sent(request, form):
        actions.appoint_panel(by=by(request), call=call, **form.answers())
        return _done(request, _("Anggota tim seleksi ditambahkan."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return _ask(request, form, case=call.case, title=_("Tambah anggota tim seleksi"), verb=_("Tambahkan"), back=back)


def release_panelist(request: HttpRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    people = [each.person for each in call.seats()]
    form = forms.Release(_data(request), people=people)
    if _sent(request, form):
        actions.release_panelist(by=by(request), call=call, **form.answers())
        return _done(request, _("Anggota tim seleksi dilepas."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return _ask(request, form, case=call.case, title=_("Lepas anggota tim seleksi"), verb=_("Lepas"), back=back)


def reopen_call(request: HttpRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    form = forms.Deadline(_data(request))
    if _sent(request, form):
        actions.reopen_call(by=by(request), call=call, deadline=form.moment(call.case.village_id))
        return _done(request, _("Penawaran dibuka lagi."), "page.selection", code)
    back = reverse("page.selection", args=[code])
    return _ask(request, form, case=call.case, title=_("Buka ulang penawaran"), verb=_("Buka ulang"), back=back)


# Acts that need a few words at most ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Step:
    """An act on a call or a case by its page: the act, its words, its form."""

    act: Callable[..., Any]
    title: str
    verb: str
    says: str
    form: type[Any] = forms.Sure
    on: str = "call"
    after: str = "page.selection"


STEPS = {
    "selection.open_call": Step(
        actions.open_call, marked("Terbitkan penawaran"), marked("Terbitkan"), marked("Penawaran terbit dan terbuka bagi mitra.")
    ),
    "selection.revise_terms": Step(
        actions.revise_terms, marked("Perbaiki penawaran"), marked("Perbaiki"), marked("Penawaran kembali menjadi draf."), on="case"
    ),
    "selection.cancel_call": Step(
        actions.cancel_call, marked("Batalkan penawaran"), marked("Batalkan penawaran"), marked("Penawaran dibatalkan."),
        forms.Reason, after="page.case",
    ),
    "selection.start_selection": Step(
        actions.start_selection, marked("Buka usulan dengan berita acara"), marked("Buka usulan"), marked("Usulan dibuka."),
        forms.Opening,
    ),
    "selection.declare_interest": Step(
        actions.declare_interest, marked("Nyatakan kepentingan"), marked("Nyatakan"), marked("Pernyataan Anda tersimpan."),
        forms.Declaration,
    ),
    "selection.complete_admin_check": Step(
        actions.complete_admin_check, marked("Selesaikan seleksi administrasi"), marked("Selesaikan"), marked("Penilaian dimulai.")
    ),
    "selection.reveal_scores": Step(
        actions.reveal_scores, marked("Buka semua nilai"), marked("Buka nilai"), marked("Nilai dibuka dan peringkat tersusun.")
    ),
    "selection.propose_candidate": Step(
        actions.propose_candidate, marked("Usulkan calon mitra"), marked("Usulkan"), marked("Calon mitra diumumkan."), forms.Minutes
    ),
    "selection.propose_next": Step(
        actions.propose_next, marked("Usulkan calon berikutnya"), marked("Usulkan"), marked("Calon mitra diumumkan."), forms.Minutes
    ),
    "selection.reopen_scoring": Step(
        actions.reopen_scoring, marked("Nilai ulang usulan"), marked("Nilai ulang"), marked("Penilaian dibuka lagi."), forms.Reason
    ),
    "selection.fail_call": Step(
        actions.fail_call, marked("Nyatakan penawaran gagal"), marked("Nyatakan gagal"), marked("Penawaran dinyatakan gagal."),
        forms.Reason,
    ),
    "selection.forward_to_musyawarah": Step(
        actions.forward_to_musyawarah, marked("Ajukan ke Musyawarah Desa"), marked("Ajukan"),
        marked("Calon mitra diajukan ke Musyawarah Desa."),
    ),
    "selection.record_consent": Step(
        actions.record_consent, marked("Catat persetujuan Musyawarah Desa"), marked("Catat persetujuan"),
        marked("Persetujuan tercatat."), on="case", after="page.case",
    ),
    "selection.record_refusal": Step(
        actions.record_refusal, marked("Catat penolakan Musyawarah Desa"), marked("Catat penolakan"), marked("Penolakan tercatat."),
        on="case", after="page.case",
    ),
    "selection.receive_unsolicited": Step(
        actions.receive_unsolicited, marked("Terima usulan mitra"), marked("Terima"), marked("Usulan diterima untuk diperiksa."),
        on="case", after="page.case",
    ),
    "selection.return_unsolicited": Step(
        actions.return_unsolicited, marked("Kembalikan usulan untuk diperbaiki"), marked("Kembalikan"),
        marked("Usulan dikembalikan kepada mitra."), forms.Reason, on="case", after="page.case",
    ),
    "selection.resubmit_unsolicited": Step(
        actions.resubmit_unsolicited, marked("Kirim ulang usulan"), marked("Kirim ulang"), marked("Usulan terkirim lagi."),
        on="case", after="page.case",
    ),
    "selection.decline_unsolicited": Step(
        actions.decline_unsolicited, marked("Tolak usulan dengan alasan"), marked("Tolak usulan"), marked("Usulan ditolak."),
        forms.Reason, on="case", after="page.case",
    ),
    "selection.accept_for_musyawarah": Step(
        actions.accept_for_musyawarah, marked("Nyatakan layak dimusyawarahkan"), marked("Nyatakan layak"),
        marked("Usulan diajukan ke Musyawarah Desa."), forms.Ticks, on="case", after="page.case",
    ),
    "selection.answer_in_writing": Step(
        actions.answer_in_writing, marked("Kirim jawaban tertulis"), marked("Kirim jawaban"), marked("Jawaban tertulis terkirim."),
        forms.Letter, on="case", after="page.case",
    ),
}  # fmt: skip


def step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one = STEPS[door]
    call = _call(request, code) if one.on == "call" else None
    case = call.case if call else _case(request, code)
    form = one.form(_data(request))
    if _sent(request, form):
        given = form.answers() if hasattr(form, "answers") else form.cleaned_data
        one.act(by=by(request), **({"call": call} if call else {"case": case}), **given)
        return _done(request, _(one.says), one.after, code)
    findings = asked_of(door, case, call, standing_for(call) if call else standing(case.village_id))
    back = reverse(one.after, args=[code])
    return _ask(request, form, case=case, title=_(one.title), verb=_(one.verb), back=back, findings=findings)


# The room of a selection ------------------------------------------------------------------------------------------------
def room(request: HttpRequest, code: str) -> HttpResponse:
    """The call with all its parts, the panel, what came in, and what may be done now."""
    person, call = person_of(request), _call(request, code)
    case, reach = call.case, call.house()
    declarations = declared(call) if call.state in ("checking", "scoring") else None
    open_to = [door for door in STEP_DOORS if may_open(person, door, reach) and door in _now(call)]
    told = [door for door in open_to if door in TOLD_IN_THE_ROOM]
    held = standing_for(call) if told or call.published_on else None
    seen = (
        list(proposals_visible_to(person).filter(call=call).order_by("sealed_at", "pk"))
        if call.state in READ_IN
        else []
    )
    asking = call.state in ("open", "closed")
    context = {
        "case": case,
        "call": call,
        "example": case.example,
        "state": _(call.label.staff),
        "waiting": _(call.label.waiting),
        "deadline": deadline_line(call),
        "parts": _parts(call, person, reach) if call.state == "draft" else [],
        "sections": [(_(label), call.kak.get(name, "")) for name, label in terms.SECTIONS.items()],
        "weights": [(said(criteria.criteria()[name].name), weight) for name, weight in weights(call).items()],
        "channels": ", ".join(_(CHANNELS[each]) for each in call.channels if each in CHANNELS),
        "panel": _panel(call, declarations),
        "sealed": sealed_count(call) if asking else None,
        "proposals": [
            {"url": reverse("page.proposal", args=[p.code]), "title": p.partner.name, "state": _(p.label.staff)}
            for p in seen
        ],
        "revealed": call.revealed_at is not None,
        "objections": list(call.objections.order_by("pk")) if call.published_on else [],
        "objections_until": objections_until(call, held) if held and call.published_on else None,
        "questions": list(call.questions.select_related("answer").order_by("pk")) if asking else [],
        "may_answer": may_open(person, "selection.answer_question", reach),
        "may_rule": may_open(person, "selection.dismiss_objection", reach),
        "findings": [each for door in told if held for each in asked_of(door, case, call, held, declarations, seen)],
        "doors": [{"url": reverse(door, args=[code]), "verb": _(STEPS[door].title)} for door in open_to],
        "seats": [
            {"url": reverse(door, args=[code]), "verb": verb}
            for door, verb in (
                ("selection.appoint_panel", _("Tambah anggota")),
                ("selection.release_panelist", _("Lepas anggota")),
            )
            if may_open(person, door, reach)
        ],
    }
    return render(request, "selection/room.html", context)


# What these ask stands in the room already; what a candidate must meet stands on the page of the act.
TOLD_IN_THE_ROOM = frozenset(
    {
        "selection.open_call", "selection.start_selection", "selection.complete_admin_check", "selection.reveal_scores",
        "selection.forward_to_musyawarah",
    }
)  # fmt: skip
STEP_DOORS = tuple(door for door, one in STEPS.items() if one.on == "call")


def _now(call: Call) -> frozenset[str]:
    """Acts that make sense in the state of the call and its case."""
    doors = {
        "draft": {"selection.open_call", "selection.cancel_call"},
        "open": {"selection.cancel_call", "selection.declare_interest"},
        "closed": {"selection.start_selection", "selection.cancel_call", "selection.declare_interest"},
        "checking": {
            "selection.declare_interest", "selection.complete_admin_check", "selection.fail_call", "selection.cancel_call",
        },
        "scoring": {"selection.declare_interest", "selection.reveal_scores", "selection.fail_call", "selection.cancel_call"},
        "provisional": {
            "selection.forward_to_musyawarah", "selection.propose_next", "selection.reopen_scoring", "selection.fail_call",
        },
    }.get(call.state, set())  # fmt: skip
    if call.revealed_at is not None and call.state == "scoring":
        doors = doors - {"selection.reveal_scores"} | {"selection.propose_candidate"}
    return frozenset(doors)


def _parts(call: Call, person: Person, reach: Any) -> list[dict[str, Any]]:
    filled = {
        "selection.draft_call": bool(call.goals and call.seeks),
        "selection.write_kak": all(call.kak.get(name) for name in terms.WORK),
        "selection.write_kak_terms": all(call.kak.get(name) for name in terms.TERMS),
        "selection.set_criteria": sum(weights(call).values()) == 100,
        "selection.tick_vision": bool(call.vision_ticks),
        "selection.plan_announcement": call.deadline is not None,
    }
    titles = {
        "selection.draft_call": _("Judul, tujuan, dan yang dicari"),
        **{name: _(one.title) for name, one in PARTS.items()},
    }
    may = may_open(person, "selection.write_kak", reach)
    return [
        {
            "title": titles[name],
            "url": reverse(name, args=[call.case.code]) if may else "",
            "state": _("Selesai") if ready else _("Belum diisi"),
            "kind": "ok" if ready else "",
        }
        for name, ready in filled.items()
    ]


def _panel(call: Call, declarations: Mapping[int, bool] | None) -> list[dict[str, Any]]:
    """The seats; what each declared, while that matters."""
    words = {None: _("Belum menyatakan kepentingan"), False: _("Tanpa kepentingan"), True: _("Berkepentingan")}
    kinds = {None: "", False: "ok", True: "late"}
    rows = []
    for each in call.seats():
        part = _("menilai") if each.scores else _("memimpin")
        row = {"title": each.person.full_name, "small": f"{_(SEATS[each.seat])} · {part}"}
        if declarations is not None:
            said_so = declarations.get(each.person_id)
            row |= {"state": words[said_so], "kind": kinds[said_so]}
        rows.append(row)
    return rows


def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """All proposals of the round side by side, with every reason; nothing before the scores were revealed."""
    call = _call(request, code)
    lines = ranking(call)
    if not lines:
        raise Http404
    names = [(each, said(criteria.criteria()[each].name)) for each in weights(call)]
    reasons = reasons_of(call)
    context = {
        "case": call.case,
        "example": call.case.example,
        "call": call,
        "columns": [_("Kriteria"), *((line.proposal.partner.name, "num") for line in lines)],
        "rows": [[name, *(decimal(line.points[each]) for line in lines)] for each, name in names],
        "foot": [
            [_("Nilai akhir"), *(decimal(line.total) for line in lines)],
            [_("Peringkat"), *(str(line.place or "–") for line in lines)],
            [_("Kesamaan visi (persen)"), *(str(line.vision_agreement) for line in lines)],
        ],
        "judged": [
            {
                "partner": line.proposal.partner.name,
                "below": ", ".join(said(criteria.criteria()[each].name) for each in line.below_floor),
                "reasons": [
                    {"criterion": name, "said": reasons.get((line.proposal_id, each), [])} for each, name in names
                ],
            }
            for line in lines
        ],
    }
    return render(request, "selection/comparison.html", context)


def decimal(exact: str) -> str:
    """An exact fraction as people read it: two decimals with a comma, rounded half up."""
    hundredths = int(Fraction(exact) * 100 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02}"


# Proposals --------------------------------------------------------------------------------------------------------------
def proposals(request: HttpRequest) -> HttpResponse:
    """A partner's own proposals, and the calls it may answer."""
    actions.close_due_calls()
    own = list(own_proposals(person_of(request)))
    answered = {each.call_id for each in own if each.state not in ("withdrawn",)}
    calls = [call for call in public_calls(open_only=True)[:50] if call.pk not in answered]
    context = {
        "own": [
            {
                "title": each.call.title if each.call else each.title,
                "url": reverse("page.proposal", args=[each.code]),
                "small": each.call.case.village.name if each.call else each.village.name if each.village else "",
                "state": _(each.label.public),
            }
            for each in own
        ],
        "calls": [
            {
                "title": call.title,
                "url": reverse("selection.draft_proposal", args=[call.code]),
                "small": f"{call.case.village.name} · {deadline_line(call)}",
            }
            for call in calls
        ],
    }
    return render(request, "selection/proposals.html", context)


@never_cache
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """One's own proposal with its parts, or one that was opened and that this person has read into the record."""
    person, one = person_of(request), _proposal(request, code)
    own = any(office.party == one.partner.code for office in person.offices)
    sent = newest_version(one) if own else opened(one, person)
    content = content_for_partner(one) if own else dict(sent.content) if sent else {}
    reach = one.reach()
    context = {
        "proposal": one,
        "own": own,
        "example": one.partner.example,
        "title": one.call.title if one.call else one.title,
        "case": one.call.case if one.call else one.case,
        "state": _(one.label.public if own else one.label.staff),
        "sent": sent,
        "shown": shown_content(one, content),
        "ticks": [said(criteria.statements()[each].text) for each in content.get("vision_ticks", [])],
        "files": files_for_partner(one) if own else sealed_files(sent) if sent else [],
        "writing": _writing(one) if own else [],
        "readings": list(one_readings(one)) if own else [],
        "doors": [
            {"url": reverse(door, args=[code]), "verb": _(PROPOSAL_STEPS[door].title)}
            for door in PROPOSAL_STEPS
            if door in _possible(one, own, bool(sent)) and may_open(person, door, reach)
        ],
        "back": reverse("page.proposals")
        if own
        else reverse("page.selection" if one.call else "page.case", args=[_case_code(one)]),
    }
    return render(request, "selection/proposal.html", context)


def _case_code(one: Proposal) -> str:
    held = one.call.case if one.call else one.case
    return held.code if held else ""


def one_readings(one: Proposal) -> Any:
    sent = newest_version(one)
    return sent.readings.select_related("person").order_by("at") if sent else ()


def shown_content(one: Proposal, content: Mapping[str, Any]) -> list[tuple[str, Any]]:
    names = terms.CONTENT if one.call else {**terms.EIGHT, **terms.OFFER}
    pairs = [(name, _(label), content.get(name)) for name, label in names.items() if name in content]
    return [(label, rupiah(value or 0) if name in ("cash", "in_kind") else value) for name, label, value in pairs]


def _writing(one: Proposal) -> list[dict[str, str]]:
    """The pages on which a partner still writes."""
    if one.call is not None:
        if one.state not in ("draft", "sealed") or one.call.state != "open":
            return []
        pages = [
            ("selection.draft_proposal", one.call.code, _("Tawaran")),
            ("selection.write_proposal", one.code, _("Jawaban atas kriteria")),
            ("selection.tick_proposal", one.code, _("Visi yang Anda pegang")),
            ("selection.attach_file", one.code, _("Berkas pendukung")),
        ]
    else:
        if one.state != "draft" and not (one.case and one.case.state == "returned_to_partner"):
            return []
        pages = [
            ("selection.write_unsolicited", one.code, _("Isi usulan, bagian pertama")),
            ("selection.write_unsolicited_terms", one.code, _("Isi usulan, bagian kedua")),
            ("selection.write_unsolicited_money", one.code, _("Nilai dan jangkauan")),
            ("selection.tick_unsolicited", one.code, _("Visi yang Anda pegang")),
            ("selection.attach_file", one.code, _("Berkas pendukung")),
        ]
    return [{"url": reverse(name, args=[code]), "title": title} for name, code, title in pages]


def draft_proposal(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of a proposal to a call; the same address leads back to the own one."""
    actions.close_due_calls()
    call, partner = get_object_or_404(public_calls(), code=code), _own_partner(person_of(request))
    own = own_proposals(person_of(request)).filter(call=call, partner=partner, state__in=("draft", "sealed")).first()
    form = forms.Parts(_data(request), parts=terms.OFFER, initial=content_for_partner(own) if own else {})
    if _sent(request, form):
        own = actions.draft_proposal(by=by(request), partner=partner, call=call, content=form.content())
        return _done(request, _("Draf usulan tersimpan."), "page.proposal", own.code)
    back = reverse("page.proposal", args=[own.code]) if own else reverse("page.proposals")
    return _ask(request, form, title=call.title, verb=_("Simpan dan lanjutkan"), back=back, lede=deadline_line(call))


@dataclass(frozen=True)
class Content:
    """A page on which a partner writes a part of its proposal."""

    title: str
    parts: Mapping[str, str] | None = None  # none: the statements of vision


_FIRST = dict(list(terms.EIGHT.items())[:4])
_SECOND = dict(list(terms.EIGHT.items())[4:])
_MONEY = {
    name: terms.OFFER[name] for name in ("cash", "in_kind", "term_years", "households_reached", "gifts_to_persons")
}
CONTENTS = {
    "selection.write_proposal": Content(marked("Jawaban atas kriteria"), terms.ANSWERS),
    "selection.tick_proposal": Content(marked("Visi yang Anda pegang")),
    "selection.write_unsolicited": Content(marked("Isi usulan, bagian pertama"), _FIRST),
    "selection.write_unsolicited_terms": Content(marked("Isi usulan, bagian kedua"), _SECOND),
    "selection.write_unsolicited_money": Content(marked("Nilai dan jangkauan"), _MONEY),
    "selection.tick_unsolicited": Content(marked("Visi yang Anda pegang")),
}


def write_content(request: HttpRequest, code: str, page: str) -> HttpResponse:
    own, one = _own(request, code), CONTENTS[page]
    held = content_for_partner(own)
    form: Any
    if one.parts is None:
        form = forms.Ticks(_data(request), initial={"ticks": held.get("vision_ticks", [])})
    else:
        form = forms.Parts(_data(request), parts=one.parts, initial=held)
    if _sent(request, form):
        content = {"vision_ticks": form.cleaned_data["ticks"]} if one.parts is None else form.content()
        if own.call is not None:
            actions.draft_proposal(by=by(request), partner=own.partner, call=own.call, content=content)
        else:
            actions.write_unsolicited(by=by(request), proposal=own, content=content)
        return _done(request, _("Draf usulan tersimpan."), "page.proposal", code)
    return _ask(request, form, title=_(one.title), verb=_("Simpan"), back=reverse("page.proposal", args=[code]))


def attach_file(request: HttpRequest, code: str) -> HttpResponse:
    own = _own(request, code)
    form = forms.Attachment(_data(request), request.FILES or None)
    if _sent(request, form):
        safe: Safe = form.cleaned_data["file"]
        stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.attach_file(by=by(request), proposal=own, file=stored, title=form.cleaned_data["title"])
        return _done(request, _("Berkas terlampir."), "page.proposal", code)
    return _ask(
        request, form, title=_("Lampirkan berkas"), verb=_("Unggah"), back=reverse("page.proposal", args=[code])
    )


@never_cache
def proposal_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A file of a proposal: for its partner, and, where it was sealed with it, for those who have opened it."""
    person, one = person_of(request), _proposal(request, code)
    if any(office.party == one.partner.code for office in person.offices):
        found = files_for_partner(one)
    else:
        sent = opened(one, person)
        found = sealed_files(sent) if sent else []
    for each in found:
        if each.pk == pk:
            return download(each.file)
    raise Http404


def draft_unsolicited(request: HttpRequest) -> HttpResponse:
    form = forms.Offer(_data(request))
    if _sent(request, form):
        own = actions.draft_unsolicited(by=by(request), partner=_own_partner(person_of(request)), **form.cleaned_data)
        return _done(request, _("Draf usulan dibuat. Isi delapan bagiannya."), "page.proposal", own.code)
    return _ask(
        request, form, title=_("Usulkan kerja sama kepada desa"), verb=_("Mulai usulan"), back=reverse("page.proposals")
    )


# Acts on one proposal -----------------------------------------------------------------------------------------------------
PROPOSAL_STEPS = {
    "selection.submit_proposal": Step(
        actions.submit_proposal, marked("Kirim usulan tersegel"), marked("Kirim usulan"), marked("Usulan terkirim dan tersegel.")
    ),
    "selection.submit_unsolicited": Step(
        actions.submit_unsolicited, marked("Kirim usulan kepada desa"), marked("Kirim usulan"), marked("Usulan terkirim kepada desa.")
    ),
    "selection.withdraw_proposal": Step(
        actions.withdraw_proposal, marked("Tarik usulan"), marked("Tarik usulan"), marked("Usulan ditarik.")
    ),
    "selection.read_proposal": Step(
        actions.read_proposal, marked("Baca usulan"), marked("Baca usulan"), marked("Usulan terbuka bagi Anda; mitra melihatnya.")
    ),
    "selection.request_documents": Step(
        actions.request_documents, marked("Minta kelengkapan"), marked("Minta"), marked("Permintaan terkirim kepada mitra."),
        forms.Missing,
    ),
    "selection.complete_documents": Step(
        actions.complete_documents, marked("Lengkapi dokumen"), marked("Kirim"), marked("Kelengkapan terkirim."), forms.Completed
    ),
    "selection.disqualify": Step(
        actions.disqualify, marked("Nyatakan gugur"), marked("Nyatakan gugur"), marked("Usulan dinyatakan gugur."), forms.Reason
    ),
    "selection.accept_candidacy": Step(
        actions.accept_candidacy, marked("Terima pencalonan"), marked("Terima"), marked("Pencalonan diterima.")
    ),
    "selection.decline_candidacy": Step(
        actions.decline_candidacy, marked("Tolak pencalonan"), marked("Tolak"), marked("Pencalonan ditolak."), forms.Reason
    ),
    "selection.score": Step(actions.score, marked("Beri nilai"), marked("Simpan nilai"), marked("Nilai Anda tersimpan.")),
}  # fmt: skip


def _possible(one: Proposal, own: bool, read: bool) -> frozenset[str]:
    """Acts that make sense in the state of a proposal."""
    own_acts = {
        "draft": {"selection.submit_unsolicited"} if one.call is None else set(),
        "curing": {"selection.complete_documents"},
        "proposed": {"selection.accept_candidacy", "selection.decline_candidacy"},
    }
    others = {
        "opened": {"selection.request_documents", "selection.disqualify"},
        "curing": {"selection.disqualify"},
        "admissible": {"selection.disqualify", *(("selection.score",) if read else ())},
    }
    possible = set((own_acts if own else others).get(one.state, set()))
    if own and one.call is not None and one.call.state == "open" and one.state in ("draft", "sealed"):
        possible |= {"selection.submit_proposal", "selection.withdraw_proposal"}
    if not own and not read:
        possible.add("selection.read_proposal")
    return frozenset(possible)


def proposal_step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one, on = PROPOSAL_STEPS[door], _proposal(request, code)
    form = one.form(_data(request))
    if _sent(request, form):
        one.act(by=by(request), proposal=on, **form.cleaned_data)
        return _done(request, _(one.says), "page.proposal", code)
    return _ask(request, form, title=_(one.title), verb=_(one.verb), back=reverse("page.proposal", args=[code]))


def score(request: HttpRequest, code: str) -> HttpResponse:
    """A level and a reason for every criterion, beside the proposal that this person has read."""
    one, on = PROPOSAL_STEPS["selection.score"], _proposal(request, code)
    if on.call is None:
        raise Http404
    form = forms.Scoring(_data(request), codes=weights(on.call))
    if _sent(request, form):
        actions.score(by=by(request), proposal=on, **form.answers())
        return _done(request, _(one.says), "page.selection", on.call.case.code)
    return _ask(request, form, title=on.partner.name, verb=_(one.verb), back=reverse("page.proposal", args=[code]))


# Questions and objections -------------------------------------------------------------------------------------------------
def ask_question(request: HttpRequest, code: str) -> HttpResponse:
    actions.close_due_calls()
    call = get_object_or_404(public_calls(), code=code)
    form = forms.Question(_data(request))
    if _sent(request, form):
        slow_down_sender(request, "ask")
        actions.ask_question(by=by(request), call=call, **form.cleaned_data)
        return _done(request, _("Pertanyaan terkirim. Jawabannya tampil bagi semua."), "selection.ask_question", code)
    questions = open_questions(call)
    rows_title = _("Yang sudah ditanyakan")
    return _ask(
        request, form, title=openly(call.title), verb=_("Kirim pertanyaan"), back=reverse("page.home"), lede=deadline_line(call),
        questions=questions, rows_title=rows_title,
    )  # fmt: skip


def answer_question(request: HttpRequest, code: str) -> HttpResponse:
    seen = Question.objects.filter(call__in=calls_visible_to(person_of(request)).values("pk"))
    question = get_object_or_404(seen.select_related("call__case__village"), code=code, answer=None)
    form = forms.Answer(_data(request))
    case = question.call.case
    if _sent(request, form):
        actions.answer_question(by=by(request), question=question, **form.cleaned_data)
        return _done(request, _("Jawaban terbit bagi semua."), "page.selection", case.code)
    back = reverse("page.selection", args=[case.code])
    return _ask(
        request,
        form,
        case=case,
        title=_("Jawab pertanyaan"),
        verb=_("Terbitkan jawaban"),
        back=back,
        lede=question.text,
    )


def file_objection(request: HttpRequest, code: str) -> HttpResponse:
    person = person_of(request)
    call = get_object_or_404(public_calls(), code=code)
    if not may_open(person, "selection.file_objection", call.reach()):
        raise Http404
    party = next((office.party for office in person.offices if office.party), "")
    form = forms.ObjectionText(_data(request))
    if _sent(request, form):
        partner = Partner.objects.filter(code=party).first() if party else None
        actions.file_objection(by=by(request), call=call, partner=partner, **form.cleaned_data)
        messages.success(request, _("Sanggahan terkirim kepada tim seleksi dan BPD."))
        return redirect("page.work_box")
    return _ask(
        request,
        form,
        title=_("Ajukan sanggahan"),
        verb=_("Kirim sanggahan"),
        back=reverse("page.work_box"),
        lede=call.title,
    )


OBJECTION_STEPS = {
    "selection.dismiss_objection": Step(
        actions.dismiss_objection,
        marked("Tolak sanggahan dengan alasan"),
        marked("Kirim jawaban"),
        marked("Jawaban terkirim."),
    ),
    "selection.uphold_objection": Step(
        actions.uphold_objection, marked("Terima sanggahan"), marked("Terima sanggahan"), marked("Sanggahan diterima.")
    ),
}


def answer_objection(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one = OBJECTION_STEPS[door]
    seen = Objection.objects.filter(call__in=calls_visible_to(person_of(request)).values("pk"))
    objection = get_object_or_404(seen.select_related("call__case__village"), code=code)
    form = forms.ObjectionAnswer(_data(request))
    case = objection.call.case
    if _sent(request, form):
        one.act(by=by(request), objection=objection, **form.cleaned_data)
        return _done(request, _(one.says), "page.selection", case.code)
    back = reverse("page.selection", args=[case.code])
    return _ask(request, form, case=case, title=_(one.title), verb=_(one.verb), back=back, lede=objection.text)
