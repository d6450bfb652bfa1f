"""Who signs, who opens the text again, and who passes it on, at one and the same moment; and which outcome each row shows
afterwards."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from bermitra.agreements import actions
from bermitra.agreements.changing import actions as changing
from bermitra.agreements.models import Agreement, Amendment, DraftVersion, Signature, SignatureSlot
from bermitra.agreements.villages.models import Takeover, VillageChange
from bermitra.foundation.accounts.models import Appointment, Person
from bermitra.foundation.codes import ALPHABET
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.outside import Grown
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case, TermSheet
from tests.agreements import makers
from tests.agreements import test_amending as amending
from tests.agreements import village_makers as villages
from tests.partnership.makers import decided
from tests.people import NEIGHBOUR, OURS, People, place
from tests.selection.raced import Kind, at, line_of
from tests.selection.racing import copies, later, like, written

AHEAD = 0.1  # seconds, at most, that whoever signs is ahead, so that each order occurs
people = People({each.username: each for each in Person.objects.all()})  # of the house that this is imported in


def ready_to_sign(many: int) -> list[int]:
    return _copied(makers.a_locked_agreement(people), many)


def partly_signed(many: int) -> list[int]:
    return _copied(makers.signed_by(people, makers.a_locked_agreement(people), "mitra.direktur"), many)


def _copied(agreement: Agreement, many: int) -> list[int]:
    """So many cases with such an agreement, each with a paper, a sheet that its own meeting agreed to, and its places."""
    rows = copies(Case.objects.get(pk=agreement.case_id), many)
    sheets = {}
    with makers.clock.at(makers.DRAFTED):
        for sheet in TermSheet.objects.filter(case__in=rows).select_related("case").order_by("version"):
            decided(sheet.code, sheet.text_hash)
            sheets[sheet.case_id] = sheet.pk
    paper, slots = agreement.paper, list(agreement.slots.exclude(state="void"))
    papers = written(like(paper, code=_code(number)) for number in range(many))
    made = written(
        like(agreement, case_id=row, sheet_id=sheets[row], paper_id=held)
        for row, held in zip(rows, papers, strict=True)
    )
    version = DraftVersion.objects.get(agreement=agreement, number=agreement.text_version)
    written(like(version, agreement_id=each) for each in made)
    for slot in slots:
        keys = written(like(slot, agreement_id=each) for each in made)
        if slot.state == "signed":
            written(like(slot.signature, slot_id=each) for each in keys)
    assert Paper.objects.count() >= many
    return rows


def partly_signed_apart(many: int) -> list[int]:
    """Each in a village of its own, which holds another agreement as well: that one passes on, a draft does not."""
    rows = _apart(partly_signed(many))
    written(like(case, state="signed") for case in Case.objects.filter(pk__in=rows))
    return rows


def addendum_partly_signed_apart(many: int) -> list[int]:
    """Each agreement in a village of its own, with an addendum that the partner has signed and the village's head has not."""
    agreement = makers.an_agreement_in_force(people)
    worded = amending.worded(people, amending.begun(people, agreement), blanks={"hari_lapor_kahar": 5})
    pattern = amending.signed(people, amending.locked(people, amending.agreed(people, worded)), "mitra.direktur")
    rows = _apart(_copied(agreement, many))
    made = dict(Agreement.objects.filter(case__in=rows).values_list("case", "pk"))
    papers = written(like(pattern.paper, code=_code(many + number)) for number in range(many))
    keys = written(like(pattern, agreement_id=made[row], paper_id=held) for row, held in zip(rows, papers, strict=True))
    for slot in pattern.slots.all():
        written(like(slot, amendment_id=each) for each in keys)
    return rows


def _apart(rows: list[int]) -> list[int]:
    """A village for each case, with the same head: what a decree says of one is nothing to the others."""
    ours, head = place(OURS), Appointment.objects.get(person=people.kades)
    made = [copy(ours) for _row in rows]
    for number, village in enumerate(made):
        village.pk = f"{ours.parent_id}.{3000 + number}"
    Region.objects.bulk_create(made)
    written(like(head, region_id=village.pk) for village in made)
    for row, village in zip(rows, made, strict=True):
        Case.objects.filter(pk=row).update(village=village)
    return rows


def _code(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(13))


def agreement_of(row: int) -> Agreement:
    return makers.fresh(Agreement.objects.get(case_id=row))


def signs(who: str) -> Callable[[int], Callable[[], object]]:
    def ready(row: int) -> Callable[[], object]:
        held, by = agreement_of(row), people.by(who)
        seen = held.registered.sha256
        return at(makers.SIGNED, lambda: actions.sign(by=by, agreement=held, seen=seen))

    return ready


def opens_again(row: int) -> Callable[[], object]:
    held, by = agreement_of(row), people.by("mitra.direktur")
    return at(makers.SIGNED, lambda: actions.reopen_draft(by=by, agreement=held, reason="Angka pada Pasal 5 keliru."))


def voids(row: int) -> Callable[[], object]:
    held, by = agreement_of(row), people.by("mitra.direktur")
    return at(makers.SIGNED, lambda: actions.void_signatures(by=by, agreement=held, reason="Angka Pasal 5 keliru."))


def stamps(row: int) -> Callable[[], object]:
    held, by = agreement_of(row), people.by("sekdes")
    content = files.put(f"bermeterai {row}".encode(), media_type="application/pdf", name="bermeterai.pdf")
    found = Grown(held.registered.sha256, content.sha256)  # as it was judged before the act
    return at(
        makers.SIGNED,
        lambda: actions.affix_stamp(by=by, agreement=held, file=content, serial=f"M{row}", found=found),
    )


def signs_addendum(row: int) -> Callable[[], object]:
    held, by = amendment_of(row), people.by("kades")
    seen = held.registered.sha256
    return at(amending.LATER, lambda: changing.sign_amendment(by=by, amendment=held, seen=seen))


def passes_on(row: int) -> Callable[[], object]:
    """The village of this case is merged into its neighbour, by the list as it was read."""
    return at(villages.AT, villages.decree(people, "merged", of=Case.objects.get(pk=row).village_id))


def amendment_of(row: int) -> Amendment:
    return amending.again(Amendment.objects.get(agreement__case_id=row))


def state_of(row: int) -> tuple[str, str, list[str], int]:
    held = agreement_of(row)
    slots = sorted(SignatureSlot.objects.filter(agreement=held).values_list("state", flat=True))
    return held.state, held.case.state, slots, Signature.objects.filter(slot__agreement=held).count()


def one_slot(row: int, said: tuple[str, ...]) -> str:
    found = state_of(row)
    if sorted(said) == ["lost", "won"] and found == ("locked", "partly_signed", ["invited", "signed"], 1):
        return "signed once"
    return f"third: {said} {found}"


def signed_or_open(row: int, said: tuple[str, ...]) -> str:
    found = state_of(row)
    if said == ("won", "lost") and found == ("locked", "partly_signed", ["invited", "signed"], 1):
        return "signed, not opened"
    if said == ("lost", "won") and found == ("village_turn", "drafting", ["void", "void"], 0):
        return "opened, not signed"
    return f"third: {said} {found}"


def signed_or_void(row: int, said: tuple[str, ...]) -> str:
    found = state_of(row)
    if said == ("won", "lost") and found == ("locked", "signed", ["signed", "signed"], 2):
        return "signed by all, nothing void"
    if said == ("lost", "won") and found == ("village_turn", "drafting", ["void", "void"], 1):
        return "void, not signed"
    return f"third: {said} {found}"


def signed_or_stamped(row: int, said: tuple[str, ...]) -> str:
    found, held = state_of(row), agreement_of(row)
    texts = set(SignatureSlot.objects.filter(agreement=held).values_list("text_hash", flat=True))
    if texts != {held.registered.sha256}:
        return f"third: {texts}"
    if said == ("won", "lost") and found == ("locked", "partly_signed", ["invited", "signed"], 1) and not held.stamped:
        return "signed, not stamped"
    if said == ("lost", "won") and found == ("locked", "ready_to_sign", ["invited", "invited"], 0) and held.stamped:
        return "stamped, not signed"
    return f"third: {said} {found}"


def signed_or_passed(row: int, said: tuple[str, ...]) -> str:
    """A text that all have signed is not in the list that was read; one that is not yet signed stays, and is signed no more."""
    found, village = state_of(row), Case.objects.get(pk=row).village_id
    passed = VillageChange.objects.filter(village=village).count()
    if (said, passed) == (("won", "lost"), 0) and found == ("locked", "signed", ["signed", "signed"], 2):
        return "signed by all, not passed on"
    if (said, passed) == (("lost", "won"), 1) and found == ("locked", "partly_signed", ["invited", "signed"], 1):
        return "passed on, not signed"
    return f"third: {said} {passed} {found}"


def holds_or_lapsed(row: int, said: tuple[str, ...]) -> str:
    """The agreement passes on either way: with the addendum if that held first, without it if not."""
    held = amendment_of(row)
    takeover, signed = Takeover.objects.filter(case_id=row).first(), sorted(held.slots.values_list("state", flat=True))
    if takeover is None or held.agreement.case.village_id != NEIGHBOUR:
        return f"third: {said} {takeover}"
    holds = line_of(f"amendment:{held.code}", "amendment.in_force")
    passed = line_of(f"takeover:{takeover.code}", "agreement.taken_over")
    if said == ("won", "won") and (held.state, signed) == ("in_force", ["signed", "signed"]) and 0 < holds < passed:
        return "holds, then passed on"
    if said == ("lost", "won") and (held.state, signed) == ("withdrawn", ["void", "void"]) and holds == 0:
        if held.paper is not None and held.paper.is_withdrawn:
            return "passed on, lapsed"
    return f"third: {said} {held.state} {signed} {holds} {passed}"


KINDS = {
    "addendum_or_decree": Kind(
        addendum_partly_signed_apart, (signs_addendum, later(passes_on, AHEAD)), holds_or_lapsed
    ),
    "one_slot": Kind(ready_to_sign, (signs("kades"), signs("kades")), one_slot),
    "sign_or_decree": Kind(partly_signed_apart, (signs("kades"), later(passes_on, AHEAD)), signed_or_passed),
    "sign_or_reopen": Kind(ready_to_sign, (signs("kades"), later(opens_again, AHEAD)), signed_or_open),
    "sign_or_stamp": Kind(ready_to_sign, (signs("kades"), stamps), signed_or_stamped),
    "sign_or_void": Kind(partly_signed, (signs("kades"), later(voids, AHEAD)), signed_or_void),
}
