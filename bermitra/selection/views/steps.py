"""Acts on a call that need a few words at most."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bermitra.foundation.accounts.who import by
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.pages import data_of, sent
from bermitra.foundation.text import _ as marked
from bermitra.selection import actions, forms
from bermitra.selection.queries import (
    asked_of,
    standing_for,
)
from bermitra.selection.views.common import (
    Step,
    ask_why_apart_where_needed,
    asked,
    call_at,
    case_at,
    clock_of,
    deadline_line,
    done,
)

STEPS = {
    "selection.open_call": Step(
        actions.open_call, marked("Terbitkan penawaran"), marked("Terbitkan"), marked("Penawaran terbit dan terbuka bagi mitra."),
        forms.Apart,
    ),
    "selection.revise_terms": Step(
        actions.revise_terms, marked("Perbaiki penawaran"), marked("Perbaiki"), marked("Penawaran kembali menjadi draf."), on="case"
    ),
    "selection.extend_call": Step(
        actions.extend_call, marked("Perpanjang batas waktu"), marked("Perpanjang"),
        marked("Batas waktu diperpanjang. Semua yang menjawab diberi tahu."), forms.Longer,
    ),
    "selection.withdraw_call": Step(
        actions.withdraw_call, marked("Tarik penawaran untuk diperbaiki"), marked("Tarik penawaran"),
        marked("Penawaran kembali menjadi draf. Usulan tersegel kembali kepada mitranya."), forms.Reason,
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
    "selection.send_feedback": Step(
        actions.send_feedback, marked("Kirim alasan dan lembar nilai"), marked("Kirim"), marked("Lembar nilai terkirim kepada mitra."),
        forms.FeedbackWords,
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
        marked("Usulan diajukan ke Musyawarah Desa."), forms.TicksApart, on="case", after="page.case",
    ),
    "selection.answer_in_writing": Step(
        actions.answer_in_writing, marked("Kirim jawaban tertulis"), marked("Kirim jawaban"), marked("Jawaban tertulis terkirim."),
        forms.Letter, on="case", after="page.case",
    ),
    "selection.call_for_rivals": Step(
        actions.call_for_rivals, marked("Minta usulan pembanding"), marked("Umumkan permintaan"),
        marked("Permintaan usulan pembanding terbit dan terbuka bagi mitra."), forms.RivalAsking, on="case", after="page.case",
    ),
    "selection.open_rivals": Step(
        actions.open_rivals, marked("Buka usulan pembanding dengan berita acara"), marked("Buka usulan"),
        marked("Usulan dibuka untuk dibandingkan."), forms.Opening, on="case", after="page.rivals",
    ),
}  # fmt: skip


def step(request: HttpRequest, code: str, door: str) -> HttpResponse:
    one = STEPS[door]
    call = call_at(request, code) if one.on == "call" else None
    case = call.case if call else case_at(request, code)
    form = one.form(data_of(request))
    if sent(request, form):
        given = form.answers() if hasattr(form, "answers") else form.cleaned_data
        one.act(by=by(request), **({"call": call} if call else {"case": case}), **given)
        return done(request, _(one.says), one.after, code)
    findings = asked_of(door, case, call, standing_for(call) if call else standing(case.village_id))
    ask_why_apart_where_needed(form, findings)
    back = reverse(one.after, args=[code])
    return asked(request, form, case=case, title=_(one.title), verb=_(one.verb), back=back, findings=findings)


def extend_call(request: HttpRequest, code: str) -> HttpResponse:
    """A later deadline by the clock of the village, with the reason that everybody reads."""
    one, call = STEPS["selection.extend_call"], call_at(request, code)
    form = forms.Longer(data_of(request), initial=clock_of(call))
    if sent(request, form):
        later = form.moment(call.case.village_id)
        actions.extend_call(by=by(request), call=call, deadline=later, reason=form.cleaned_data["reason"])
        return done(request, _(one.says), one.after, code)
    back, lede = reverse(one.after, args=[code]), _("Batas waktu sekarang: %(ends)s.") % {"ends": deadline_line(call)}
    return asked(request, form, case=call.case, title=_(one.title), verb=_(one.verb), back=back, lede=lede)
