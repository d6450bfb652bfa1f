"""Verbs of a draw: prepare it, ask the villages, publish its list, throw, void. Nobody picks, swaps or draws again in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time
from typing import Any

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.duties.api import close_duties, duty, open_duties, open_duty
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.messages.api import notice, tell_many
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.text import _, name_key
from bermitra.matching.draws import lists, lots, queries, words
from bermitra.matching.draws.queries import OF_PARTNER, Organiser, about, papers_of
from bermitra.matching.draws.rules import (
    ASKING,
    COMMITTING,
    DRAW_FLOW,
    MEETING,
    WAITING,
    WITNESSED,
    WitnessFacts,
)
from bermitra.matching.models import Draw, DrawEntrant
from bermitra.matching.rounds.rules import CLOSING, IN_TIME

AT_ONCE = 500  # rows in one statement
HEAD = roles.VILLAGE_HEAD.key
PUBLIC_PAGE = "page.fair_draw"


# Preparing -----------------------------------------------------------------------------------------------------------


@command("matching.prepare_draw", on="organiser")
def prepare_draw(
    act: Act,
    *,
    organiser: Organiser,
    programme: str,
    what: str,
    seats: int,
    entry: str = Draw.Entry.ALL,
    example: bool = False,
) -> Draw:
    """Begin a draw. The regency's office holds its own, a partner's people theirs, neither in the other's name."""
    if (organiser.partner is not None) != (act.role in OF_PARTNER):
        raise NotAllowed(act.door, act.by.code, organiser.reach())
    draw = Draw.objects.create(
        regency=organiser.regency,
        partner=organiser.partner,
        programme=programme,
        programme_key=name_key(programme),
        what=what,
        seats=seats,
        entry=Draw.Entry(entry),
        state=DRAW_FLOW.through(act.door, DRAW_FLOW.start),
        example=example,
        prepared_at=act.now,
        prepared_by=act.by.code,
    )
    _list_anew(act, draw, frozenset())
    act.log("draw.prepared", draw, seats=seats)
    return draw


@command("matching.describe_draw", on="draw")
def describe_draw(act: Act, *, draw: Draw, programme: str, what: str, seats: int) -> Draw:
    """Word the programme anew, and how many places it has."""
    draw = _held(draw)
    move_on(act, DRAW_FLOW, draw, programme=programme, programme_key=name_key(programme), what=what, seats=seats)
    _list_anew(act, draw, _applied(draw))
    act.log("draw.described", draw, seats=seats)
    return draw


@command("matching.set_draw_rule", on="draw")
def set_draw_rule(
    act: Act,
    *,
    draw: Draw,
    entry: str,
    statuses: Sequence[str] = (),
    districts: Sequence[str] = (),
    rest_months: int = 0,
    quotas: Sequence[str] = (),
) -> Draw:
    """Say by which rule villages are on the list, and by what places are shared out; the list is made anew from it."""
    draw = _held(draw)
    move_on(
        act,
        DRAW_FLOW,
        draw,
        entry=Draw.Entry(entry),
        statuses=list(statuses),
        districts=list(districts),
        rest_months=rest_months,
        quotas=list(quotas),
    )
    listed = _list_anew(act, draw, _applied(draw))
    act.log("draw.rule_set", draw, entrants=listed, quotas=list(quotas))
    return draw


@command("matching.set_draw_meeting", on="draw")
def set_draw_meeting(act: Act, *, draw: Draw, on: date, at: time, place: str) -> Draw:
    """Where and when the lot is thrown; it is published with the list."""
    draw = _held(draw)
    move_on(act, DRAW_FLOW, draw, meeting_on=on, meeting_at=at, meeting_place=place)
    act.log("draw.meeting_set", draw, on=on.isoformat())
    return draw


@command("matching.enter_applications", on="draw")
def enter_applications(act: Act, *, draw: Draw, villages: Collection[str]) -> Draw:
    """Exactly these villages (by code) have applied; those that the rule leaves out stay left out, with the reason."""
    draw = _held(draw)
    move_on(act, DRAW_FLOW, draw)
    listed = _list_anew(act, draw, frozenset(villages))
    act.log("draw.applications_entered", draw, applied=len(set(villages)), entrants=listed)
    return draw


def _held(draw: Draw) -> Draw:
    """The draw as it is now, kept from others until this act is done."""
    return Draw.objects.select_for_update().get(pk=draw.pk)


def _applied(draw: Draw) -> frozenset[str]:
    return frozenset(draw.entrants.filter(applied=True).values_list("village_id", flat=True))


def _list_anew(act: Act, draw: Draw, applied: Collection[str]) -> int:
    """Every village of the regency gets its row by the rule as it stands; says how many are on the list."""
    rows = lists.entrants_of(draw, applied, lists.day_of(draw, act.now))
    draw.entrants.all().delete()
    DrawEntrant.objects.bulk_create(rows, batch_size=AT_ONCE)
    _say_rule(draw)
    return sum(each.number is not None for each in rows)


def _say_rule(draw: Draw) -> None:
    draw.rule_text = "\n".join(words.rule_lines(draw, queries.district_names(draw.regency_id)))
    draw.save(update_fields=["rule_text"])


# Asking the villages --------------------------------------------------------------------------------------------------


@command("matching.ask_villages", on="draw")
def ask_villages(act: Act, *, draw: Draw, until: date, silence: str) -> Draw:
    """Announce the programme with its places and its rule, and ask every village that could be on the list whether it takes
    part. From now on nothing but their answers changes who is; ``silence`` says, beforehand, what no answer means."""
    draw = _held(draw)
    _list_anew(act, draw, _applied(draw))
    rows, norms = queries.rows_of(draw), standing(draw.regency_id)
    act.require(ASKING, queries.committing_facts(draw, rows, act.now, norms.numbers), norms)
    if partner := queries.organiser_standing(draw, act.now):
        act.require(queries.STANDING, partner, norms)
    move_on(
        act, DRAW_FLOW, draw, silence=silence, answer_until=until, asked_at=act.now, asked_by=act.by.code, **_counted(draw)
    )  # fmt: skip
    _say_rule(draw)
    candidates = [each for each in rows if each.number is not None]
    open_duties(_answer_duty(act, draw, each) for each in candidates)
    act.log("draw.villages_asked", draw, asked=len(candidates), until=until.isoformat(), silence=silence)
    return draw


def _answer_duty(act: Act, draw: Draw, each: DrawEntrant) -> Duty:
    return duty(
        act, door="matching.answer_draw", about=queries.answer_of(each), belongs_to=about(draw), code=draw.code,
        says=_("Jawab undian “{programme}”: desa Anda ikut atau tidak."), region=each.village_id, role=HEAD,
        due_on=draw.answer_until, programme=draw.programme,
    )  # fmt: skip


@command("matching.answer_draw", on="entrant")
def answer_draw(act: Act, *, entrant: DrawEntrant, takes_part: bool) -> DrawEntrant:
    """A village says whether it takes part; until the last day it may say otherwise."""
    draw = _held(entrant.draw)
    act.require(IN_TIME, queries.answering_facts(draw, (), act.now))
    move_on(act, DRAW_FLOW, draw)
    entrant.answer, entrant.answered_at, entrant.answered_by = takes_part, act.now, act.by.code
    entrant.save(update_fields=["answer", "answered_at", "answered_by"])
    close_duties(act, about=queries.answer_of(entrant))
    if act.role == roles.VILLAGE_SECRETARY.key:
        says = _("Sekretaris Desa menjawab undian “{programme}” bagi desa Anda. Anda masih dapat mengubahnya.")
        _tell(act, draw, [(entrant, says, {})])
    act.log("draw.answered", draw, village=entrant.village_id, takes_part=int(takes_part))
    return entrant


def _counted(draw: Draw) -> dict[str, Any]:
    """Which draw of its programme it is, once everybody sees it."""
    if draw.asked_at is not None:
        return {}
    before = list(queries.same_programme(draw))
    return {"attempt": len(before) + 1, "follows": before[-1] if before else None}


# Publishing ----------------------------------------------------------------------------------------------------------


@command("matching.commit_draw", on="draw")
def commit_draw(
    act: Act, *, draw: Draw, seen: str, paper: Prepared | None = None, certificate: Content | None = None
) -> Draw:
    """Publish the list with its hash; from now on nothing that decides the draw changes.

    ``seen``: the hash of the list that was read (MT-31). With a place for everybody nothing is drawn: all have one, and
    ``certificate`` says so.
    """
    draw = _held(draw)
    rows, norms = queries.rows_of(draw), standing(draw.regency_id)
    act.require(COMMITTING, queries.committing_facts(draw, rows, act.now, norms.numbers, seen), norms)
    if partner := queries.organiser_standing(draw, act.now):
        act.require(queries.STANDING, partner, norms)
    if draw.asked_at is not None:
        act.require(CLOSING, queries.answering_facts(draw, rows, act.now), norms)
        _write_settled(draw, rows)
    listed = [each for each in rows if each.number is not None]
    everybody = draw.seats >= len(listed)
    done: dict[str, Any] = {}
    if everybody:
        done = {"result_hash": lots.result_of(draw, rows, "").hash, "drawn_at": act.now, "drawn_by": act.by.code}
        done["certificate"] = keep_file(by=act, content=certificate) if certificate else None
    move_on(
        act,
        DRAW_FLOW,
        draw,
        "drawn" if everybody else "committed",
        list_hash=lists.list_hash(draw, rows),
        committed_at=act.now,
        committed_by=act.by.code,
        **_counted(draw),
        **done,
    )
    close_duties(act, about=about(draw))  # of villages that never answered
    if everybody:
        draw.entrants.filter(left_out="").update(drawn=True)
    else:
        _wait_for_throw(act, draw)
    if paper is not None:
        issue_paper(by=act, paper=paper)
    _tell_listed(act, draw, rows, everybody)
    act.log(
        "draw.committed", draw, list=draw.list_hash, entrants=len(listed), left_out=len(rows) - len(listed),
        seats=draw.seats, attempt=draw.attempt,
    )  # fmt: skip
    return draw


def _write_settled(draw: Draw, rows: Iterable[DrawEntrant]) -> None:
    """Who is on the list by the answers. Numbers change hands, and no two may be alike: the rows are written anew."""
    draw.entrants.all().delete()
    for each in rows:
        each.pk = None
    DrawEntrant.objects.bulk_create(rows, batch_size=AT_ONCE)


def _wait_for_throw(act: Act, draw: Draw) -> None:
    partner = draw.partner.code if draw.partner else ""
    open_duty(
        act,
        door="matching.throw_draw",
        about=about(draw),
        code=draw.code,
        says=_("Lempar dadu undian “{programme}” dalam pertemuan yang diumumkan."),
        region="" if partner else draw.regency_id,
        party=partner,
        role=roles.PARTNER_REP.key if partner else roles.DPMD_OFFICER.key,
        due_on=draw.meeting_on,
        programme=draw.programme,
    )


def _tell_listed(act: Act, draw: Draw, rows: Iterable[DrawEntrant], everybody: bool) -> None:
    """Every village hears its number, or why it is not on the list while there is time to object."""
    rows = list(rows)
    of = sum(each.number is not None for each in rows)
    left_out = _("Desa Anda tidak masuk daftar undian “{programme}”. Alasannya ada di halaman undian.")
    has_a_place = _("Desa Anda mendapat tempat “{programme}”: tempat cukup untuk semua.")
    listed = _("Desa Anda nomor {number} dari {of} dalam daftar undian “{programme}”.")
    _tell(act, draw, ((each, left_out, {}) for each in rows if each.number is None))
    _tell(
        act,
        draw,
        (
            (each, has_a_place, {}) if everybody else (each, listed, {"number": each.number, "of": of})
            for each in rows
            if each.number is not None
        ),
    )


def _tell(act: Act, draw: Draw, told: Iterable[tuple[DrawEntrant, str, dict[str, int]]]) -> None:
    """To the head of each village its sentence; a kelurahan has no head of a village."""
    tell_many(
        notice(
            act,
            says=says,
            about=about(draw),
            params={"programme": draw.programme, **params},
            url_name=PUBLIC_PAGE,
            code=draw.code,
            role=HEAD,
            region=each.village_id,
        )
        for each, says, params in told
        if each.left_out != "kelurahan"
    )


# Throwing ------------------------------------------------------------------------------------------------------------


@command("matching.throw_draw", on="draw")
def throw_draw(
    act: Act,
    *,
    draw: Draw,
    thrown: str,
    means: str,
    witness_one: str,
    witness_one_office: str,
    witness_two: str,
    witness_two_office: str,
    certificate: Content | None = None,
    minutes: Prepared | None = None,
) -> Draw:
    """Type what the dice or balls showed, with who watched; the result follows from it and from nothing else.

    ``certificate`` and ``minutes`` were made of the same throw (``throwing``), and are kept with the draw.
    """
    draw = _held(draw)
    rows, norms = queries.rows_of(draw), standing(draw.regency_id)
    act.require(WAITING, queries.waiting_facts(draw, rows, act.now, norms.numbers), norms)
    act.require(MEETING, queries.meeting_facts(draw, act.now), norms)
    typed_by = str(getattr(act.by.person, "full_name", ""))
    watched = WitnessFacts(witness_one, witness_one_office, witness_two, witness_two_office, typed_by)
    act.require(WITNESSED, watched, norms)
    result = lots.result_of(draw, rows, thrown)
    move_on(
        act,
        DRAW_FLOW,
        draw,
        thrown=result.figures,
        means=means,
        witness_one=witness_one,
        witness_one_office=witness_one_office,
        witness_two=witness_two,
        witness_two_office=witness_two_office,
        seed=result.seed,
        result_hash=result.hash,
        certificate=keep_file(by=act, content=certificate) if certificate else None,
        drawn_at=act.now,
        drawn_by=act.by.code,
    )
    _write_lots(rows, result)
    if minutes is not None:
        issue_paper(by=act, paper=minutes)
    close_duties(act, about=about(draw))
    _tell_drawn(act, draw, rows)
    act.log("draw.thrown", draw, list=draw.list_hash, seed=draw.seed, result=draw.result_hash)
    return draw


def _write_lots(rows: Iterable[DrawEntrant], result: lots.Result) -> None:
    held = {each.id: each for each in result.drawn.lots}
    listed = [each for each in rows if each.number is not None]
    for each in listed:
        lot = held[each.listed_code]
        each.drawn, each.rank = lot.drawn, lot.rank
    DrawEntrant.objects.bulk_update(listed, ["drawn", "rank"], batch_size=AT_ONCE)


def _tell_drawn(act: Act, draw: Draw, rows: Iterable[DrawEntrant]) -> None:
    drawn = _("Desa Anda terundi dan mendapat tempat “{programme}”.")
    not_yet = _("Desa Anda belum terundi untuk “{programme}”. Hasilnya dapat dihitung ulang.")
    _tell(act, draw, ((each, drawn if each.drawn else not_yet, {}) for each in rows if each.drawn is not None))


# Voiding -------------------------------------------------------------------------------------------------------------


@command("matching.void_draw", on="draw")
def void_draw(act: Act, *, draw: Draw, reason: str) -> Draw:
    """Say that the draw is not held. One that everybody saw stays open to them with the reason, and counts:
    the next draw of the programme says that it is not the first. A result is never voided."""
    draw = _held(draw)
    was_public = draw.public
    move_on(act, DRAW_FLOW, draw, void_reason=reason, voided_at=act.now, voided_by=act.by.code)
    close_duties(act, about=about(draw))
    if was_public:
        for paper in papers_of(draw):
            withdraw_paper(by=act, paper=paper, why=reason)
        says = _("Undian “{programme}” batal. Alasannya ada di halaman undian.")
        _tell(act, draw, ((each, says, {}) for each in draw.entrants.filter(left_out="").order_by("number")))
    act.log("draw.voided", draw, published=was_public)
    return draw
