"""What the pages of a round show, in words and figures, out of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.calendar import long_date, long_moment, zone_of
from bermitra.foundation.duties.queries import may_open
from bermitra.foundation.text import _ as marked
from bermitra.matching.engine.features import TIERS
from bermitra.matching.figures import decimal
from bermitra.matching.models import Introduction, Round, RoundObjection, RoundOffer, RoundRun, RoundVillage
from bermitra.matching.rounds.lives import ANNOUNCED_IN, ANSWERABLE, RESULT_SHOWN
from bermitra.matching.rounds.policy import Policy
from bermitra.matching.rounds.queries import Option, headline, options, proposals_to_write, records, told
from bermitra.matching.rounds.queries.reading import of_own_side, with_both
from bermitra.matching.rounds.queries.telling import apart
from bermitra.matching.rounds.rules import MISSING, NO_PRIORITY, NOT_READY
from bermitra.matching.shortlists import reasons

INTRODUCTION_KINDS = {
    "offered": "fix", "accepted_by_village": "doing", "accepted_by_partner": "doing", "accepted": "ok",
    "taken_up": "ok", "declined": "idle", "lapsed": "idle",
}  # fmt: skip
UNSERVED = frozenset({"waiting", "exhausted", "no_offer"})  # a village that the round found nobody for
# Pages that help a village on: the name of each, whether it takes the village's code, and what the link says.
Page = tuple[str, bool, str]
STRONGER: tuple[Page, ...] = (
    ("page.needs", False, marked("Buka kebutuhan desa")), ("page.potentials", False, marked("Buka potensi desa")),
)  # fmt: skip
REMEDIES: dict[str, tuple[Page, ...]] = {
    NOT_READY: (
        ("registry.update_village", True, marked("Tunjuk penanggung jawab")),
        ("page.village_reports", False, marked("Kirim laporan kerja sama")),
    ),
    NO_PRIORITY: (("page.needs", False, marked("Buka kebutuhan desa")),),
}
OBJECTION_KINDS = {"filed": "fix", "upheld": "ok", "dismissed": "idle"}
# The way of a round: the states of each step, and its name.
WAY: tuple[tuple[tuple[str, ...], str], ...] = (
    (("draft",), marked("Disiapkan")),
    (("open",), marked("Undangan")),
    (("preferences",), marked("Pilihan")),
    (("ready", "computed"), marked("Hitungan")),
    (("provisional",), marked("Sanggahan")),
    (("responses",), marked("Jawaban")),
)


def way(state: str) -> list[dict[str, str]]:
    """The steps of a round with what is done and where it stands; a void one stands nowhere."""
    at = -1 if state == "void" else next((n for n, (states, _name) in enumerate(WAY) if state in states), len(WAY))
    return [
        {"name": _(name), "mark": "done" if n < at else "here" if n == at else ""}
        for n, (_states, name) in enumerate(WAY)
    ]


def tier_name(each: RoundVillage) -> str:
    """Its status in the published index; nothing where there is none."""
    return "" if each.tier is None else TIERS[each.tier]


def missing_words(each: RoundVillage) -> str:
    """Why it may not take part."""
    return " ".join(_(MISSING[code]) for code in each.missing if code in MISSING)


def remedies(each: RoundVillage, person: Person) -> list[dict[str, str]]:
    """Where this person puts right what keeps the village out, or makes it stronger for the next round."""
    pages = [
        *(REMEDIES[code] for code in each.missing if code in REMEDIES),
        *([STRONGER] if each.outcome.get("kind") in UNSERVED else []),
    ]
    return [
        {"url": reverse(name, args=[each.village_id] if named else []), "verb": _(verb)}
        for several in pages
        for name, named, verb in several
        if may_open(person, name, each.reach())
    ]


def places_words(each: RoundOffer) -> str:
    if not each.reserve:
        return ngettext("%(n)s tempat", "%(n)s tempat", each.places) % {"n": each.places}
    return _("%(n)s tempat, %(reserve)s di antaranya jatah") % {"n": each.places, "reserve": each.reserve}


# How a final round ended for a pair, the best of a side's first.
ENDS: tuple[tuple[str, str, str], ...] = (
    ("taken_up", marked("Menjadi kerja sama"), "ok"),
    ("accepted", marked("Diterima kedua pihak"), "ok"),
    ("declined", marked("Tidak dilanjutkan"), "idle"),
    ("lapsed", marked("Gugur tanpa jawaban"), "idle"),
)


def standing_of(each: RoundVillage | RoundOffer, ends: Sequence[tuple[str, str]] = ()) -> tuple[str, str]:
    """How a side stands in a word, and how the word is marked; ``ends`` of its introductions, once the round is final."""
    for state, word, kind in ENDS if each.round.state == "final" else ():
        words = [why for found, why in ends if found == state]
        if words:
            return (_("Gugur"), kind) if state == "lapsed" and all(words) else (_(word), kind)
    if isinstance(each, RoundVillage) and not each.eligible:
        return _("Belum memenuhi syarat"), "idle"
    if each.outcome.get("kind") == "matched" and each.round.state in RESULT_SHOWN:
        return _("Diperkenalkan"), "ok"
    if each.outcome.get("kind") in UNSERVED and each.round.state in RESULT_SHOWN:
        return _("Belum dapat"), "fix"
    if each.round.state == "draft":
        return _("Akan diundang"), "doing"
    if each.joined is None:
        return (_("Belum menjawab"), "fix") if each.round.state == "open" else (_("Tidak menjawab"), "idle")
    return (_("Ikut"), "doing") if each.joined else (_("Tidak ikut"), "idle")


# A village's result as others read it, by its kind; where it waits, the pair that it missed by least is told of.
TOLD_OPENLY: dict[str, str] = {
    "no_offer": marked("Belum ada tawaran yang lolos syarat untuk desa ini."),
    "ranked": marked("Tawaran terlalu sedikit: ada pada daftar peringkat biasa."),
    "gone": marked("Tidak dihitung: tidak lagi memenuhi syarat saat daftar dihitung."),
}
MISSED: dict[str, str] = {
    "below": marked("nilai desa ini bagi mitra {own}; batasnya {cutoff}."),
    "lot": marked("nilai desa ini bagi mitra sama dengan batasnya, {cutoff}; undian mendahulukan desa lain."),
    "ordered": marked("mitra mendahulukan desa lain dalam urutannya sendiri."),
    "reserved": marked("semua tempatnya jatah golongan lain."),
}


def outcome_words(each: RoundVillage | RoundOffer) -> str:
    """What came out for a side, for anybody to read."""
    if isinstance(each, RoundOffer) or not each.outcome:
        return " ".join(headline(each))
    outcome, pairs = each.outcome, each.outcome.get("pairs", ())
    if outcome["kind"] == "matched":
        named = [_("“%(title)s” dari %(who)s") % pair for pair in pairs if pair["fate"] == "introduced"]
        return _("Diperkenalkan kepada %(offers)s.") % {"offers": ", ".join(named)}
    if outcome["kind"] in TOLD_OPENLY:
        return _(TOLD_OPENLY[outcome["kind"]])
    if (at := outcome.get("told")) is None or pairs[at]["fate"] not in MISSED:
        return _("Belum dapat: semua tempat pada daftarnya terisi.")
    cutoff, own = apart(max(pairs[at]["cutoff"], 0), pairs[at]["b"])
    says = _(MISSED[pairs[at]["fate"]]).format(cutoff=cutoff, own=own)
    return _("Belum dapat. Yang paling dekat “%(title)s”: %(says)s") % {"title": pairs[at]["title"], "says": says}


def dates(of: Round) -> list[tuple[str, str]]:
    """The windows of the round that have a day, and the meeting of the throw."""
    days = (
        (_("Undangan dijawab sampai"), of.invite_until),
        (_("Pilihan disusun sampai"), of.prefer_until),
        (_("Masa sanggah sampai"), of.objections_until),
        (_("Hasil dijawab sampai"), of.answer_until),
    )
    lines = [(term, long_date(day)) for term, day in days if day]
    if of.meeting_at:
        lines.insert(2, (_("Angka dilempar pada"), long_moment(of.meeting_at, zone_of(of.regency_id))))
    return lines


def meeting_ahead(of: Round) -> str:
    """When the seed is to be thrown, while it was not and the round goes on."""
    if of.meeting_at is None or of.seed or of.state not in ANNOUNCED_IN:
        return ""
    return long_moment(of.meeting_at, zone_of(of.regency_id))


def reserve_words(counts: Mapping[str, int]) -> str:
    """How many places the reserve comes to, which rounding may leave at none."""
    return _("Jatah: %(n)s dari %(places)s tempat. Tawaran dengan satu tempat tidak diberi jatah.") % {
        "n": counts["reserve"], "places": counts["places"],
    }  # fmt: skip


def reserve_in_vain(of: Round, counts: Mapping[str, int]) -> bool:
    """The policy reserves places, and no offer has one that could be reserved."""
    return bool(of.policy.get("reserve_percent")) and counts["widest"] == 1


def policy_lines(of: Round, counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """Everything that decides the result and is no data of a side; ``counts`` are the round's."""
    if not of.policy:
        return []
    policy = Policy.read(of.policy)
    percent = _("%(n)s%%")
    reserve = _("tidak ada")
    if policy.reserve_percent:
        names = ", ".join(policy.tier_names())
        says = _("%(n)s%% tempat setiap tawaran bagi desa %(tiers)s.") % {"n": policy.reserve_percent, "tiers": names}
        reserve = f"{says} {reserve_words(counts)}"
    return [
        (_("Bobot kebutuhan desa"), percent % {"n": policy.village_weight}),
        (_("Bobot hal yang dicari mitra"), percent % {"n": policy.partner_weight}),
        (_("Kesamaan tujuan dan visi paling rendah"), percent % {"n": policy.vision_min}),
        (_("Bobot data yang belum diperiksa"), percent % {"n": policy.unverified_weight}),
        (_("Panjang daftar"), _("%(n)s calon") % {"n": policy.size}),
        (_("Mitra setiap desa"), str(policy.partners_per_village)),
        (_("Jatah"), reserve),
    ]


def precedence(of: Round) -> str:
    """The order in which places are filled: read wrongly by most people where it is not said."""
    policy = Policy.read(of.policy)
    if not policy.reserve_percent:
        return _("Tidak ada jatah: semua tempat diisi menurut nilai, lalu undian.")
    return _(
        "Jatah diisi lebih dahulu oleh desa yang berhak, menurut nilai. Tempat sisanya terbuka bagi semua desa, termasuk "
        "desa berhak lainnya. Jatah yang tidak terisi kembali terbuka bagi semua."
    )


def side_line(side: RoundVillage | RoundOffer, name: str, page: str) -> dict[str, str]:
    """A round in the list of a village or a partner."""
    left_out = isinstance(side, RoundVillage) and not side.eligible
    return {
        "title": side.round.title,
        "url": reverse(page, args=[side.code]),
        "small": f"{name} · {side.round.regency.name}",
        "state": _("Belum memenuhi syarat") if left_out else _(side.round.label.public),
        "kind": "idle" if side.joined is False or left_out else "fix" if side.joined is None else "doing",
    }


def objection_lines(found: Iterable[RoundObjection], *, may_answer: bool = False) -> list[dict[str, Any]]:
    """Who said what against the result, and the answer."""
    return [
        {
            "who": each.village.village.name if each.village else each.offer.offer.partner.name if each.offer else "",
            "text": each.text,
            "answer": each.answer,
            "on": each.filed_at,
            "state": _(each.label.staff),
            "kind": OBJECTION_KINDS[each.state],
            "url": reverse("matching.answer_objection", args=[each.code])
            if may_answer and each.state == "filed"
            else "",
        }
        for each in found
    ]


# One side ------------------------------------------------------------------------------------------------------------
def _links(side: RoundVillage | RoundOffer, record: str) -> dict[str, str]:
    """Where an entry of the list is read, and why the two fit; nothing for an entry that no row stands behind."""
    if not record:
        return {"url": "", "why": ""}
    if isinstance(side, RoundVillage):
        return {
            "url": reverse("page.offer", args=[record]),
            "why": reverse("page.pair", args=[side.village_id, record]),
        }
    return {
        "url": reverse("page.village", args=[record]),
        "why": reverse("page.pair", args=[record, side.offer.code]),
    }


def _entry(side: RoundVillage | RoundOffer, each: Option, known: Mapping[str, str]) -> dict[str, str]:
    """One entry of a list that can be chosen from; ``known``: the records behind the codes of the list."""
    small = _("%(who)s · nilai kecocokan %(h)s") % {"who": each.who, "h": decimal(each.h)}
    return {"title": each.title, "small": small, **_links(side, known.get(each.code, ""))}


def option_lines(side: RoundVillage | RoundOffer, person: Person) -> list[dict[str, str]]:
    """The own list as it will be read, before there is a result; until the list is published, others read it without what
    the side chose."""
    chosen = side.round.list_hash != "" or of_own_side(person, side)
    held = options(side, chosen=chosen)
    known = records(side, [each.code for each in held])
    return [
        {
            **_entry(side, each, known),
            "state": _("Dicoret") if each.struck else "",
            "kind": "idle" if each.struck else "",
        }
        for each in held
    ]


def choice_lines(
    side: RoundVillage | RoundOffer, held: Sequence[Option], now: dict[str, list[str]]
) -> dict[str, list[dict[str, Any]]]:
    """The list as the page of choices has it at this moment, what was struck apart; a code that is not on it is not shown."""
    known, elsewhere = {each.code: each for each in held}, records(side, [each.code for each in held])
    return {
        name: [{"code": code, **_entry(side, known[code], elsewhere)} for code in now[name] if code in known]
        for name in ("order", "struck")
    }


def told_lines(side: RoundVillage | RoundOffer) -> list[dict[str, str]]:
    """Every entry of the list with what became of it."""
    lines = told(side)
    known = records(side, [each.code for each in lines])
    return [
        {
            "title": each.title,
            "small": " · ".join(filter(None, [each.who, each.says])),
            "state": _("Diperkenalkan") if each.introduced else "",
            "kind": "ok",
            **_links(side, known.get(each.code, "")),
        }
        for each in lines
    ]


def introduction_lines(side: RoundVillage | RoundOffer, person: Person) -> list[dict[str, Any]]:
    """Those whom this side was introduced to, why, what was answered, and whether it may answer now."""
    village = isinstance(side, RoundVillage)
    found = list(with_both(side.introductions.all()).order_by("pk"))
    writing = proposals_to_write(found)
    return [
        {
            "title": each.offer.offer.title if village else each.village.village.name,
            "who": each.offer.offer.partner.name if village else each.village.village_id,
            "score": decimal(each.h),
            "state": _(each.label.staff),
            "kind": INTRODUCTION_KINDS[each.state],
            "waiting": _(each.label.waiting),
            "onward": _onward(each, writing.get(each.case, ""), person),
            "why": each.why,
            "until": each.until,
            "reasons": reasons.lines(each.reasons, each.village.village_id, each.offer.offer.code, inside=village),
            "url": reverse("selection.answer_introduction", args=[each.code])
            if _may_answer(each, village, person)
            else "",
        }
        for each in found
    ]


def _onward(each: Introduction, proposal: str, person: Person) -> dict[str, str]:
    """Where it goes on once both have accepted: the proposal, as long as the partner writes it, or the case."""
    if not each.case:
        return {}
    reach = each.reach()
    if proposal and of_own_side(person, each.offer) and may_open(person, "page.proposal", reach):
        says, verb = _("Kedua pihak menerima. Lengkapi usulan Anda."), _("Lengkapi usulan")
        return {"says": says, "verb": verb, "url": reverse("page.proposal", args=[proposal])}
    says = (
        _("Kedua pihak menerima. Mitra sedang menulis usulan.")
        if proposal
        else _("Kedua pihak menerima. Kelanjutannya ada pada berkas kerja sama.")
    )
    url = reverse("page.case", args=[each.case]) if may_open(person, "page.case", reach) else ""
    return {"says": says, "verb": _("Buka berkas kerja sama"), "url": url}


def _may_answer(each: Introduction, village: bool, person: Person) -> bool:
    answered = each.village_answered_at if village else each.partner_answered_at
    return each.state in ANSWERABLE and not answered and may_open(person, "selection.answer_introduction", each.reach())


def _apart(long: str) -> str:
    """A hash in pieces of four, as one reads it out: in one piece it would run out of its column."""
    return " ".join(long[at : at + 4] for at in range(0, len(long), 4))


# What came out -------------------------------------------------------------------------------------------------------
def seed_lines(of: Round, *, names: bool = False) -> list[tuple[str, str]]:
    """The published list by its hash, what was thrown, where and before whom; witnesses' ``names`` for the office alone."""
    saw = "; ".join(f"{each['name']}, {each['office']}" if names else each["office"] for each in of.witnesses)
    again = of.first_list_hash not in ("", of.list_hash)
    pairs = (
        (_("Sidik daftar"), _apart(of.first_list_hash or of.list_hash)),
        (_("Sidik daftar yang diperbaiki"), _apart(of.list_hash) if again else ""),
        (_("Angka yang dilempar"), of.thrown),
        (_("Tempat pelemparan"), of.thrown_place),
        (_("Dilempar pada"), long_date(localtime(of.thrown_at).date()) if of.thrown_at else ""),
        (_("Disaksikan"), saw),
        (_("Benih"), _apart(of.seed)),
    )
    return [pair for pair in pairs if pair[1]]


def report_lines(of: Round) -> list[tuple[str, str]]:
    """What the result comes to, and what looking at it in three ways has found."""
    report = of.report
    if not report:
        return []
    check = report["check"]
    found = sum(check.values())
    ways = [
        (_("Desa yang seharusnya mendapat tempat tetapi terlewat"), str(check.get("blocking", found))),
        (_("Pemeriksa terpisah"), _("Setuju") if not found else _("Tidak setuju: %(n)s temuan") % {"n": found}),
        (_("Hitungan cara kedua"), _("Sama") if report["second_way"] else _("Berbeda")),
        (_("Berkas dihitung ulang"), _("Sama") if report["replayed"] else _("Berbeda")),
    ]
    changed, dropped = report.get("changed_rows", []), report.get("dropped_choices", 0)
    if changed:
        ways.append((_("Baris yang berubah sejak angka dilempar"), ", ".join(changed)))
    if dropped:
        ways.append((_("Pilihan yang gugur karena perbaikan"), str(dropped)))
    sums, bare = report["sums"], report["without_reserve"]
    if not sums:
        return ways
    return [
        (_("Desa yang diperkenalkan"), _("%(n)s, tanpa jatah %(bare)s") % {"n": sums["pairs"], "bare": bare["pairs"]}),
        (_("Nilai kecocokan rata-rata"), decimal(sums["mean_h"])),
        *(
            (tier, _("diperkenalkan %(n)s dari %(all)s desa") % {"n": each["introduced"], "all": each["villages"]})
            for tier, each in _tiers(sums)
        ),
        *ways,
    ]


def _tiers(sums: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Those statuses that a village of the round has."""
    return [
        (TIERS[each["tier"]] if each["tier"] is not None else _("Tanpa status indeks"), each)
        for each in sums["tiers"]
        if each["villages"]
    ]


def compared(trial: RoundRun) -> dict[str, Any]:
    """A trial with the reserve beside the same one without it."""
    found = trial.result
    one, other = found["with"], found["without"]
    rows: list[list[str]] = [
        [_("Desa yang diperkenalkan"), str(one["pairs"]), str(other["pairs"])],
        [_("Nilai kecocokan rata-rata"), decimal(one["mean_h"]), decimal(other["mean_h"])],
        [_("Desa yang mendapat mitra hanya dengan cara ini"), str(found["gain"]), str(found["lose"])],
    ]
    bare = dict(_tiers(other))
    rows += [[tier, str(each["introduced"]), str(bare[tier]["introduced"])] for tier, each in _tiers(one)]
    return {
        "columns": [_("Hasil"), (_("Dengan jatah"), "num"), (_("Tanpa jatah"), "num")],
        "rows": rows,
        "size": _("%(villages)s desa, %(offers)s tawaran, %(places)s tempat.") % found,
        "with_bars": _bars(one),
        "without_bars": _bars(other),
    }


def _bars(sums: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": tier,
            "figure": _("%(n)s dari %(all)s") % {"n": each["introduced"], "all": each["villages"]},
            "length": each["introduced"] * 100 // each["villages"],
        }
        for tier, each in _tiers(sums)
    ]
