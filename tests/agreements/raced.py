"""Who signs, and who opens the text again, at one and the same moment; and which outcome each row shows afterwards."""

from __future__ import annotations

from collections.abc import Callable

from bermitra.agreements import actions
from bermitra.agreements.models import Agreement, DraftVersion, Signature, SignatureSlot
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.codes import ALPHABET
from bermitra.foundation.documents import files
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.documents.outside import Grown
from bermitra.partnership.models import Case, TermSheet
from tests.agreements import makers
from tests.partnership.makers import decided
from tests.people import People
from tests.selection.raced import Kind, at
from tests.selection.racing import copies, like, written

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


KINDS = {
    "one_slot": Kind(ready_to_sign, (signs("kades"), signs("kades")), one_slot),
    "sign_or_reopen": Kind(ready_to_sign, (signs("kades"), opens_again), signed_or_open),
    "sign_or_stamp": Kind(ready_to_sign, (signs("kades"), stamps), signed_or_stamped),
    "sign_or_void": Kind(partly_signed, (signs("kades"), voids), signed_or_void),
}
