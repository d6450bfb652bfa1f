"""Flags: a source, a right of reply, two people who decide, and a partner that stands still once one is proven."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bermitra.foundation.accounts.actions import issue_letter
from bermitra.foundation.calendar import WorkingDays, add_years
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import files
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.registry import actions
from bermitra.registry.due_diligence.book import book
from bermitra.registry.due_diligence.verdict import judge
from bermitra.registry.models import FlagReview, Partner, RiskFlag
from bermitra.registry.queries.flags import flags_visible_to, raisable
from bermitra.registry.queries.standing import standing_of, standings_of
from bermitra.registry.queries.verifications import current_verification, file_of
from bermitra.registry.rules import verdict_fresh
from tests.foundation.people.makers import an_officer
from tests.people import NEIGHBOUR, OURS, place
from tests.registry.makers import a_partner, a_verified_partner
from tests.registry.test_pages import at, confirm, send, signed_in, words

pytestmark = pytest.mark.django_db
SEEN = "Akta yang ditunjukkan memuat nomor yang tidak ada pada daftar notaris."


def raised(people, partner, who: str = "lksd", where: str = OURS, kind: str = "false_document", **more) -> RiskFlag:
    return actions.raise_flag(
        by=people.by(who), region=place(where), partner=partner, kind=kind, seen=SEEN, source="Salinan akta", **more
    )


def opinion(does, people, who: str, flag: RiskFlag, proven: bool = True):
    return does(by=people.by(who), flag=flag, proven=proven, reason="Nomor akta sudah diperiksa pada notaris.")


def proven(people, partner) -> RiskFlag:
    flag = raised(people, partner)
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "dinas", flag)
    return opinion(actions.resolve_flag, people, "inspektorat", flag)


def codes(does, *args, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        does(*args, **given)
    return refusal.value.codes


def test_what_can_be_raised_are_the_facts_that_nobody_can_match_by_name():
    assert set(raisable()) == {
        "false_document", "cash_to_officials", "hidden_interest", "land_conflict", "fake_beneficiaries", "illegal_levy",
        "party_politics",
    }  # fmt: skip
    assert raisable()["false_document"] == "false_document_confirmed"


def test_a_raised_flag_is_told_to_the_partner_at_once_and_stops_nothing_yet(people):
    partner = a_verified_partner(people)
    flag = raised(people, partner)
    assert standing_of(partner).fresh
    duty = Duty.objects.get(closed_at=None, about=f"riskflag:{flag.code}")
    assert (duty.door, duty.party, duty.due_on) == (
        "registry.reply_flag",
        partner.code,
        WorkingDays().add(clock.today(), 5),
    )
    assert Notice.objects.filter(party=partner.code, url_name="page.risk_flag", url_code=flag.code).exists()
    assert SEEN not in " ".join(Event.objects.values_list("body", flat=True))


@pytest.mark.parametrize("who", ["sekdes", "warga", "camat", "mitra"])
def test_only_those_who_watch_raise_flags(people, who):
    partner = a_partner(people)
    with pytest.raises(NotAllowed):
        raised(people, partner, who)


def test_nobody_raises_flags_where_the_partner_has_nothing_to_do(people):
    partner = a_partner(people)
    with pytest.raises(NotAllowed):
        raised(people, partner, "kades.asing", where="51.08.02.2008")
    assert raised(people, partner, "dinas", where="33.04").region_id == "33.04"


def test_a_village_does_not_raise_a_flag_as_its_neighbour(people):
    partner = a_partner(people)
    with pytest.raises(NotAllowed):
        raised(people, partner, "kades", where=NEIGHBOUR)


def test_one_person_alone_decides_nothing(people):
    partner = a_verified_partner(people)
    flag = raised(people, partner)
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    assert codes(opinion, actions.resolve_flag, people, "dinas", flag) == ("RG-14",)
    opinion(actions.review_flag, people, "dinas", flag)
    assert codes(opinion, actions.resolve_flag, people, "dinas", flag) == ("RG-23",)
    flag.refresh_from_db()
    assert (flag.state, standing_of(partner).fresh) == ("replied", True)
    assert Duty.objects.filter(closed_at=None, about=f"riskflag:{flag.code}", door="registry.resolve_flag").count() == 2


def test_RG_14_who_printed_the_letter_of_another_and_the_other_are_not_two_for_thirty_days(people):
    """Whoever held the code of a letter may sit behind both accounts."""
    letter = issue_letter(by=people.by("dinas"), person=people.inspektorat, reason="password")
    flag = raised(people, a_partner(people))
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "dinas", flag)
    assert codes(opinion, actions.resolve_flag, people, "inspektorat", flag) == ("RG-14",)
    with clock.at(letter.issued_at + timedelta(days=31)):
        opinion(actions.resolve_flag, people, "inspektorat", flag)
    assert RiskFlag.objects.get(pk=flag.pk).proven is True


def test_RG_14_a_third_beside_two_of_one_hand_decides(people):
    issue_letter(by=people.by("dinas"), person=people.inspektorat, reason="phone")
    an_officer(people)
    flag = raised(people, a_partner(people))
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    for who in ("dinas", "inspektorat"):
        opinion(actions.review_flag, people, who, flag)
    opinion(actions.resolve_flag, people, "dinas.dua", flag)
    assert RiskFlag.objects.get(pk=flag.pk).proven is True


def test_who_raised_it_gives_no_opinion(people):
    flag = raised(people, a_partner(people), "dinas", where="33.04")
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    assert codes(opinion, actions.review_flag, people, "dinas", flag) == ("RG-23",)


def test_a_partner_shuts_no_reviewer_out_by_declaring_him_after_the_flag(people):
    partner = a_partner(people)
    flag = raised(people, partner)
    owner = {"name": people.dinas.full_name, "capacity": "owner", "political_tie": "tidak ada"}
    actions.declare_owners(by=people.by("mitra"), partner=partner, owners=[owner])
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "dinas", flag)
    later = raised(people, partner, kind="illegal_levy")
    actions.reply_flag(by=people.by("mitra"), flag=later, text="Itu biaya resmi.")
    assert codes(opinion, actions.review_flag, people, "dinas", later) == ("RG-22",)


def test_nobody_gives_an_opinion_before_the_reply_or_its_deadline(people, monkeypatch):
    flag = raised(people, a_partner(people))
    assert codes(opinion, actions.review_flag, people, "dinas", flag) == ("RG-39",)
    later = WorkingDays().add(clock.today(), 6)
    monkeypatch.setattr(clock, "today", lambda: later)
    opinion(actions.review_flag, people, "dinas", flag)
    opinion(actions.resolve_flag, people, "inspektorat", flag)
    flag.refresh_from_db()
    assert flag.state == "confirmed"


def test_two_who_disagree_have_decided_nothing_and_a_third_decides(people):
    flag = raised(people, a_partner(people))
    actions.reply_flag(by=people.by("direktur"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "dinas", flag, proven=True)
    assert codes(opinion, actions.resolve_flag, people, "inspektorat", flag, proven=False) == ("RG-14",)
    opinion(actions.review_flag, people, "inspektorat", flag, proven=False)
    flag.refresh_from_db()
    assert (flag.state, flag.proven, FlagReview.objects.count()) == ("replied", None, 2)


def test_a_proven_flag_stops_the_partner_at_once_whatever_its_verdict(people):
    partner = a_verified_partner(people)
    flag = proven(people, partner)
    stands = standing_of(partner)
    assert (stands.verdict, stands.fresh, stands.blocking_flags) == ("blocked", False, ("false_document",))
    assert not verdict_fresh(stands)
    assert flag.decided_on == clock.today()
    assert not Duty.objects.filter(closed_at=None, about=f"riskflag:{flag.code}").exists()


def test_a_proven_flag_is_a_fact_of_the_due_diligence(people):
    partner = a_verified_partner(people)
    assert judge(book(), file_of(current_verification(partner), clock.today())).verdict == "verified"
    proven(people, partner)
    judgement = judge(book(), file_of(current_verification(partner), clock.today()))
    assert (judgement.verdict, [each.code for each in judgement.flags]) == ("blocked", ["false_document"])


def test_it_leaves_the_reckoning_after_the_norms_years_and_stays_in_the_journal(people):
    partner = a_verified_partner(people)
    flag = proven(people, partner)
    end = add_years(clock.today(), 5)
    assert flag.counts_until == end
    assert standing_of(partner, end - timedelta(days=1)).blocking_flags == ("false_document",)
    assert standing_of(partner, end).blocking_flags == ()
    verbs = list(Event.objects.filter(about=f"riskflag:{flag.code}").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["flag.raised", "flag.replied", "flag.reviewed", "flag.resolved"]


@pytest.mark.parametrize("flagged", [0, 1, 2])
def test_a_flag_proven_against_one_entry_stops_every_entry_of_the_body(people, flagged):
    entries = [a_partner(people), *(a_partner(people, name=f"PT Tirta {n}", prefix=f"n{n}.") for n in (1, 2))]
    if flagged == 0:
        proven(people, entries[0])
    else:
        flag = raised(people, entries[flagged])
        actions.reply_flag(by=people.by(f"n{flagged}.mitra"), flag=flag, text="Akta kami asli.")
        opinion(actions.review_flag, people, "dinas", flag)
        opinion(actions.resolve_flag, people, "inspektorat", flag)
    for each in entries[1:]:
        actions.merge_duplicates(by=people.by("dinas"), kept=entries[0], merged=each, reason="NIB sama.")
    again = [Partner.objects.get(pk=each.pk) for each in entries]
    assert [standing_of(each).verdict for each in again] == ["blocked"] * 3
    stands = standings_of(again)
    assert [stands[each.pk].verdict for each in again] == ["blocked"] * 3


def test_a_flag_that_is_not_proven_leaves_the_partner_as_it_was(people):
    partner = a_verified_partner(people)
    flag = raised(people, partner)
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "inspektorat", flag, proven=False)
    opinion(actions.resolve_flag, people, "dinas", flag, proven=False)
    flag.refresh_from_db()
    assert (flag.state, flag.counts_until, standing_of(partner).fresh) == ("cleared", None, True)


def test_new_facts_open_it_again_with_a_new_reply_while_the_old_decision_holds(people):
    partner = a_verified_partner(people)
    flag = proven(people, partner)
    with pytest.raises(NotAllowed):
        actions.reopen_flag(by=people.by("mitra"), flag=flag, reason="Surat notaris.")
    actions.reopen_flag(by=people.by("direktur"), flag=flag, reason="Notaris menyatakan akta itu asli.")
    assert (flag.state, flag.round) == ("raised", 2)
    assert standing_of(partner).verdict == "blocked"
    assert codes(opinion, actions.review_flag, people, "dinas", flag, proven=False) == ("RG-39",)
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Surat notaris terlampir.")
    opinion(actions.review_flag, people, "dinas", flag, proven=False)
    opinion(actions.resolve_flag, people, "inspektorat", flag, proven=False)
    assert standing_of(partner).fresh


def test_an_answered_flag_is_not_answered_twice_and_a_decided_one_not_decided_again(people):
    flag = proven(people, a_partner(people))
    with pytest.raises(NoSuchMove):
        actions.reply_flag(by=people.by("mitra"), flag=flag, text="Sekali lagi.")
    with pytest.raises(NoSuchMove):
        opinion(actions.resolve_flag, people, "dinas", flag)


def test_one_that_waits_too_long_goes_to_the_auditor_and_the_regents_office_once(people, monkeypatch):
    flag = raised(people, a_partner(people))
    assert actions.escalate_overdue_flags() == 0
    later = flag.due_on + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert actions.escalate_overdue_flags() == 1
    assert actions.escalate_overdue_flags() == 0
    waiting = Duty.objects.filter(closed_at=None, about=f"riskflag:{flag.code}", door="registry.review_flag")
    assert set(waiting.values_list("role", "region")) == {("auditor", "33.04"), ("dpmd_officer", "33.04")}
    assert Notice.objects.filter(role="regent_office", region="33.04", url_code=flag.code).exists()


def test_a_flag_is_seen_by_its_partner_its_village_and_its_regency(people):
    partner = a_partner(people)
    a_partner(people, name="CV Lain Sekali", prefix="lain.")
    flag = raised(people, partner)
    for who in ("mitra", "direktur", "kades", "bpd", "lksd", "dinas", "inspektorat", "bupati"):
        assert flag in flags_visible_to(people.held[who]), who
    for who in ("sekdes", "warga", "camat", "kades.asing", "dinas.asing", "lain.mitra"):
        assert flag not in flags_visible_to(people.held[who]), who


# Pages ----------------------------------------------------------------------------------------------------------------


def test_raised_answered_and_decided_through_the_pages(people):
    partner = a_verified_partner(people)
    page = send(
        signed_in(people.kades),
        at("registry.raise_flag", partner.code),
        kind="illegal_levy",
        seen=SEEN,
        source="Kuitansi",
    )
    flag = RiskFlag.objects.get()
    assert page["Location"] == at("page.risk_flag", flag.code)
    ours = signed_in(people.mitra)
    shown = words(ours.get(at("page.risk_flag", flag.code)))
    assert "Kuitansi" in shown
    assert "Kepala Desa" in shown
    assert "Sutrisno" not in shown  # the office, not the person
    assert send(ours, at("registry.reply_flag", flag.code), text="Itu biaya resmi.")["Location"].endswith(
        f"{flag.code}/"
    )
    for who, door in (("dinas", "registry.review_flag"), ("inspektorat", "registry.resolve_flag")):
        client = signed_in(people.held[who])
        confirm(client, at(door, flag.code))
        assert "RG-14" in words(client.get(at("page.risk_flag", flag.code)))
        assert send(client, at(door, flag.code), proven="yes", reason="Kuitansi bukan resmi.").status_code == 302
    assert "Terbukti" in words(ours.get(at("page.risk_flag", flag.code)))
    assert "Kuitansi bukan resmi." in words(ours.get(at("page.risk_flag", flag.code)))


def test_the_partner_reads_no_opinion_before_the_decision(people):
    flag = raised(people, a_partner(people))
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    opinion(actions.review_flag, people, "dinas", flag)
    assert "sudah diperiksa pada notaris" not in words(signed_in(people.mitra).get(at("page.risk_flag", flag.code)))
    assert "sudah diperiksa pada notaris" in words(signed_in(people.inspektorat).get(at("page.risk_flag", flag.code)))


def test_whoever_has_given_an_opinion_or_raised_it_is_asked_for_none(people):
    flag = raised(people, a_partner(people))
    actions.reply_flag(by=people.by("mitra"), flag=flag, text="Akta kami asli.")
    path = at("page.risk_flag", flag.code)
    assert "Beri penilaian" in words(signed_in(people.dinas).get(path))
    opinion(actions.review_flag, people, "dinas", flag)
    page = words(signed_in(people.dinas).get(path))
    assert "Anda sudah menilai." in page
    assert "Putuskan" not in page
    assert "Putuskan" in words(signed_in(people.inspektorat).get(path))


def test_the_evidence_is_read_by_both_sides_and_nobody_else(people):
    picture = files.put(b"%PDF-1.4 bukti", media_type="application/pdf", name="bukti.pdf")
    flag = raised(people, a_partner(people), file=picture)
    path = reverse("page.flag_file", args=[flag.code, 0])
    assert signed_in(people.mitra).get(path).status_code == 200
    assert signed_in(people.dinas).get(path).status_code == 200
    assert signed_in(people.kades_asing).get(path).status_code == 404
    assert signed_in(people.dinas).get(reverse("page.flag_file", args=[flag.code, 1])).status_code == 404


def test_the_list_is_narrowed_in_its_address(people):
    partner = a_verified_partner(people)
    raised(people, partner, kind="land_conflict")
    proven(people, partner)
    client = signed_in(people.dinas)
    everything = words(client.get(reverse("page.risk_flags")))
    assert "Konflik lahan" in everything
    assert "Dokumen palsu" in everything
    waiting = words(client.get(reverse("page.risk_flags") + "?keadaan=terbuka"))
    assert "Konflik lahan" in waiting
    assert "Dokumen palsu" not in waiting
    assert "Belum ada tanda risiko" in words(signed_in(people.kades_asing).get(reverse("page.risk_flags")))


def test_the_public_reads_kind_and_days_of_what_was_proven_and_nothing_else(people, client):
    partner = a_verified_partner(people)
    raised(people, partner, kind="land_conflict")
    before = words(client.get(reverse("page.partner", args=[partner.code])))
    assert "Konflik lahan" not in before
    proven(people, partner)
    page = words(client.get(reverse("page.partner", args=[partner.code])))
    assert "Dokumen palsu" in page
    assert "Konflik lahan" not in page
    assert SEEN not in page
    assert "Salinan akta" not in page
