"""The steps of a case as plain functions, for acts of this stage and of later ones: they join the act that calls them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bermitra.deliberation.api import withdraw_text
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import Flow
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _
from bermitra.matching.models import Introduction
from bermitra.needs.api import release_needs, tie_needs
from bermitra.needs.models import Need
from bermitra.needs.offers.actions import free_quota
from bermitra.partnership.models import Case, CaseNeed, TermSheet
from bermitra.partnership.rules import (
    FLOW,
    GIVEN_UP,
    OPENING,
    PREPARED_IN,
    SHEET_FLOW,
    THIRD_PARTY,
    OpeningFacts,
)
from bermitra.registry.models import Partner

HEAD, SECRETARY, BPD, UNIT = (
    roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key, roles.BPD_CHAIR.key, roles.VILLAGE_COOP_UNIT.key,
)  # fmt: skip
PARTNER = roles.PARTNER_REP.key
# Nobody is asked any more, or not yet again: needs that the case answers may be offered elsewhere.
UNTIED = frozenset({*GIVEN_UP, "call_failed", "preparing_terms", "rejected_by_musyawarah"})
# Who is waited for in each state up to the draft of the agreement: the door, the office, what is asked of it.
WAITED_FOR: dict[str, tuple[tuple[str, str, str], ...]] = {
    "inventory": (("partnership.submit_priorities", HEAD, _("Ajukan prioritas “{title}” kepada BPD.")),),
    "awaiting_priority_musyawarah": (
        ("partnership.record_priority", BPD, _("Bawa prioritas “{title}” ke Musyawarah Desa, lalu catat hasilnya.")),
    ),
    "priority_agreed": (
        ("partnership.link_plan_line", SECRETARY, _("Catat baris RPJM dan RKP Desa untuk “{title}”.")),
    ),
    "preparing_terms": (("selection.draft_call", SECRETARY, _("Siapkan penawaran untuk “{title}”.")),),
    "call_failed": (("selection.reopen_call", HEAD, _("Tentukan langkah berikut untuk penawaran “{title}”.")),),
    "offers_received": (("selection.start_selection", BPD, _("Buka usulan untuk “{title}” dengan berita acara.")),),
    "candidate_proposed": (
        ("partnership.draft_term_sheet", SECRETARY, _("Susun lembar pokok kerja sama “{title}”.")),
        ("selection.forward_to_musyawarah", BPD, _("Ajukan calon mitra “{title}” ke Musyawarah Desa.")),
    ),
    "proposal_received": (("selection.receive_unsolicited", SECRETARY, _("Periksa kelengkapan usulan “{title}”.")),),
    "initial_check": (
        ("selection.accept_for_musyawarah", HEAD, _("Nyatakan usulan “{title}” layak, kembali, atau tolak.")),
    ),
    "returned_to_partner": (
        ("selection.resubmit_unsolicited", PARTNER, _("Perbaiki dan kirim ulang usulan “{title}”.")),
    ),
    "comparison": (("selection.open_rivals", HEAD, _("Buka usulan pembanding “{title}” setelah batas waktu.")),),
    "awaiting_musyawarah": (
        ("selection.record_consent", BPD, _("Bawa “{title}” ke Musyawarah Desa, lalu catat keputusannya.")),
    ),
    "rejected_by_musyawarah": (("selection.revise_terms", HEAD, _("Perbaiki penawaran “{title}” atau batalkan.")),),
    "consent_given": (
        ("selection.answer_in_writing", HEAD, _("Kirim jawaban tertulis kepada mitra tentang “{title}”.")),
    ),
    "awaiting_plan_line": (
        ("partnership.link_plan_line", SECRETARY, _("Catat baris RPJM dan RKP Desa untuk “{title}”.")),
    ),
    "drafting": (("agreements.start_draft", SECRETARY, _("Susun naskah perjanjian “{title}”.")),),
}


def begin(
    act: Act,
    *,
    route: str,
    village: Region,
    title: str,
    field: str,
    coop_type: str = THIRD_PARTY,
    other_village: str = "",
    further_villages: Sequence[str] = (),
    **given: Any,
) -> Case:
    """A new case in the state that the running door opens it in (PS-01, PS-02, PS-04).

    ``other_village``: the code of the other one, between villages; ``further_villages`` those beside the two.
    """
    regencies = tuple(code[:5] for code in (village.pk, other_village, *further_villages) if code)
    facts = OpeningFacts(unit_kind=village.kind, coop_type=coop_type, field=field, regencies=regencies)
    act.require(OPENING, facts)
    return Case.objects.create(
        title=title,
        route=route,
        coop_type=coop_type,
        field_of_government=field,
        village=village,
        state=FLOW.through(act.door, Flow.start),
        opened_at=act.now,
        opened_by=act.by.code,
        **given,
    )


def move(act: Act, case: Case, target: str | None = None, *, door: str = "") -> None:
    """Take ``case`` through the running door (or ``door``, where a joined act goes through another); raises NoSuchMove where
    it doesn't open, or another act was quicker."""
    move_on(act, FLOW, case, target, door=door)
    if case.state in GIVEN_UP:
        _give_place_back(act, case)
    _tie_needs(act, case)


def _give_place_back(act: Act, case: Case) -> None:
    """What a round had begun ends before an agreement: the offer has the village's place again."""
    for made in Introduction.objects.filter(case=case.code).select_related("offer__offer__partner"):
        free_quota(by=act, offer=made.offer.offer)


def _tie_needs(act: Act, case: Case) -> None:
    """Once a partner is asked, what the case answers is offered; where it comes to nothing it is a priority as before, unless
    another case has it."""
    answered = CaseNeed.objects.filter(case=case).values("need")
    if case.state in UNTIED:
        elsewhere = CaseNeed.objects.exclude(case=case).exclude(case__state__in=UNTIED | PREPARED_IN).values("need")
        release_needs(act, Need.objects.filter(pk__in=answered).exclude(pk__in=elsewhere))
    elif case.state not in PREPARED_IN:
        tie_needs(act, Need.objects.filter(pk__in=answered))


def now_waits(act: Act, case: Case, due_on: date | None = None) -> None:
    """What waited for the case in its former state is done; whoever the new state waits for has it in the work box.

    ``due_on``: the day until which that is to be done, where the state has one.
    """
    close_duties(act, about=f"case:{case.code}")
    for door, role, says in WAITED_FOR.get(case.state, ()):
        of_partner = role == PARTNER and case.partner is not None
        open_duty(
            act,
            door=door,
            about=f"case:{case.code}",
            code=case.code,
            region=case.village_id,
            party=case.partner.code if of_partner and case.partner else "",
            role=role,
            due_on=due_on,
            says=says,
            title=case.title,
        )


def choose_partner(act: Act, case: Case, partner: Partner | None) -> None:
    """Name the candidate (later: the partner) of a case, or nobody again. A sheet that names another one is dropped."""
    Case.objects.filter(pk=case.pk).update(partner=partner)
    case.partner = partner
    for sheet in TermSheet.objects.filter(case=case, state__in=("draft", "tabled", "agreed")).select_related("partner"):
        if sheet.state == "draft" and partner is not None:
            TermSheet.objects.filter(pk=sheet.pk, state="draft").update(partner=partner)
        elif sheet.partner_id != (partner.pk if partner else None):
            drop_sheet(act, sheet)


def agree_sheet(act: Act, sheet: TermSheet) -> None:
    """The meeting agreed to ``sheet``: an earlier agreed one gives way. The caller has asked the rule."""
    TermSheet.objects.filter(case=sheet.case_id, state="agreed").update(state="superseded")
    move_on(act, SHEET_FLOW, sheet, "agreed", door="partnership.agree_term_sheet", agreed_at=act.now)
    withdraw_text(act, code=sheet.code)
    act.log("term_sheet.agreed", sheet, case=sheet.case.code, text=sheet.text_hash)


def drop_sheet(act: Act, sheet: TermSheet) -> None:
    """The sheet is no longer asked about, or no longer holds."""
    move_on(act, SHEET_FLOW, sheet, "superseded", door="partnership.drop_term_sheet")
    withdraw_text(act, code=sheet.code)
    act.log("term_sheet.dropped", sheet, case=sheet.case.code)


def drop_open_sheet(act: Act, case: Case) -> None:
    """The case is left: nobody is asked about its sheet any more."""
    if held := TermSheet.objects.filter(case=case, state__in=("draft", "tabled")).select_related("case").first():
        drop_sheet(act, held)
