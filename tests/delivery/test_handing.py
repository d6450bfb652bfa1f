"""Goods pass from one side to the other: written by who gives, received row by row by the other, and only then on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate

from bermitra.delivery import actions as delivery
from bermitra.delivery import sheets
from bermitra.delivery.handing import actions, letters, queries, rules
from bermitra.delivery.handing.models import GoodsHandover, InventoryRecord
from bermitra.delivery.models import LedgerEntry
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents.compose import words
from bermitra.foundation.documents.models import Paper
from bermitra.foundation.duties.models import OPEN, Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.messages.models import Notice
from bermitra.foundation.rules import Refused
from bermitra.foundation.text import BadInput
from bermitra.partnership.models import Case
from bermitra.registry.models import VillageAsset
from tests.delivery.makers import a_receipt, an_adopted_plan, an_agreement, line
from tests.foundation.documents.said import says_the_same_in_each_form, tight
from tests.people import People

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 2, 3, tzinfo=UTC)
HEAD: dict[str, Any] = {
    "number": "01/BAST/2026", "on": date(2026, 3, 1), "place": "Balai Desa Pandanarum", "keeper": "BUM Desa Panda Makmur",
    "witness_one": "Sarinem", "witness_two": "Paijo",
}  # fmt: skip
PUMP: dict[str, Any] = {
    "name": "Pompa air", "make": "Sentrifugal 2 inci", "quantity": Decimal(2), "unit": "unit", "value": 18_500_000,
    "condition": "good", "place": "Dusun Krajan", "proof": "Faktur 117/2026", "for_village": True,
}  # fmt: skip
SEEDLINGS: dict[str, Any] = {
    "name": "Bibit kopi", "quantity": Decimal("1250.50"), "unit": "batang", "value": 6_252_500, "condition": "good",
    "for_village": False,
}  # fmt: skip
ALL_CAME = {1: ("received", ""), 2: ("received", "")}


@pytest.fixture(autouse=True)
def _in_march(people):
    with clock.at(MARCH):
        yield


def drafted(people: People, case: Case | None = None, who: str = "mitra", **head: Any) -> GoodsHandover:
    """Written by the partner: two pumps that become the village's, and seedlings that do not."""
    case = case or an_agreement(people).case
    made = actions.draft_handover(by=people.by(who), case=case, **{**HEAD, **head})
    for row in (PUMP, SEEDLINGS):
        values = row if made.giver == "two" else {**row, "for_village": False}
        actions.set_handover_item(by=people.by(who), handover=made, **values)
    return made


def offered(people: People, case: Case | None = None, who: str = "mitra", **head: Any) -> GoodsHandover:
    made = drafted(people, case, who, **head)
    return actions.offer_handover(by=people.by("mitra.direktur" if made.giver == "two" else "kades"), handover=made)


def received(
    people: People, held: GoodsHandover, who: str = "sekdes", answers: Any = ALL_CAME, seen: str = ""
) -> GoodsHandover:
    """As the page does: the paper is drawn first, from what is about to be said."""
    items, knock = queries.items_of(held), people.by(who)
    hash_of = seen or queries.content_hash(held, items)
    office = queries.hand_of(people.held[who], held.case, held.receiver) or queries.hand_of(
        people.held[who], held.case, held.giver
    )
    assert office is not None
    paper = letters.handover_paper(held, queries.answered(items, answers), office, key=knock.key)
    return actions.receive_handover(by=knock, handover=held, seen=hash_of, answers=answers, paper=paper)


def refused(call: Any, **given: Any) -> tuple[str, ...]:
    """The codes an act is refused with, having changed nothing."""
    before = Event.objects.count()
    with pytest.raises(Refused) as why:
        call(**given)
    assert Event.objects.count() == before
    return why.value.codes


def waited_for(door: str) -> list[tuple[str, date | None]]:
    return sorted(Duty.objects.filter(OPEN, door=door).values_list("role", "due_on"))


# Rules ---------------------------------------------------------------------------------------------------------------
def test_DV_34_agreement_holds_first():
    holds = rules.agreement_holds_first
    assert holds(rules.HandingFacts("pelaksanaan", False, True)) and holds(rules.HandingFacts("berakhir", False, True))
    assert not holds(rules.HandingFacts("penandatanganan", False, True))
    assert not holds(rules.HandingFacts("berakhir", True, True))  # given up before there was an agreement
    assert not holds(rules.HandingFacts("pelaksanaan", False, False))


def test_DV_35_written_by_who_gives():
    assert rules.written_by_who_gives(rules.GiverFacts("two", "two"))
    assert not rules.written_by_who_gives(rules.GiverFacts("one", "two"))


def test_DV_36_handed_over_whole():
    whole = rules.handed_over_whole
    assert whole(rules.OfferingFacts(1, 1, "BUM Desa", ("sarinem", "paijo")))
    assert whole(rules.OfferingFacts(200, 0, "", ("sarinem", "paijo")))
    assert not whole(rules.OfferingFacts(201, 0, "", ("sarinem", "paijo")))
    assert not whole(rules.OfferingFacts(0, 0, "BUM Desa", ("sarinem", "paijo")))
    assert not whole(rules.OfferingFacts(1, 1, "", ("sarinem", "paijo")))
    assert not whole(rules.OfferingFacts(1, 1, "BUM Desa", ("sarinem", "sarinem")))
    assert not whole(rules.OfferingFacts(1, 1, "BUM Desa", ("sarinem", "")))


def test_DV_37_received_by_the_other_side():
    held = rules.received_by_the_other_side
    assert held(rules.OtherSideFacts("one", "two", "A", frozenset("BC")))
    assert not held(rules.OtherSideFacts("two", "two", "A", frozenset("BC")))
    assert not held(rules.OtherSideFacts("one", "two", "B", frozenset("BC")))  # who sits on both sides


def test_DV_38_received_as_read():
    assert rules.received_as_read(rules.ReceivingFacts("a", "a", (), 0))
    assert not rules.received_as_read(rules.ReceivingFacts("a", "b", (), 0))
    assert not rules.received_as_read(rules.ReceivingFacts("", "", (), 0))


def test_DV_39_every_row_answered():
    def holds(*answers: tuple[str, str], rows: int = 2) -> bool:
        return rules.every_row_answered(rules.ReceivingFacts("a", "a", answers, rows))

    assert holds(("received", ""), ("short", "kurang satu")) and holds(
        ("received", ""), ("not_received", "belum datang")
    )
    assert not holds(("received", ""))
    assert not holds(("received", ""), ("short", ""))
    assert not holds(("received", ""), ("perhaps", "entah"))
    assert not holds(("not_received", "belum datang"), ("not_received", "belum datang"))  # that is a list sent back


def test_DV_40_booked_once():
    assert rules.booked_once(rules.BookingFacts(True, 6, 4, 10))
    assert not rules.booked_once(rules.BookingFacts(True, 7, 4, 10))
    assert not rules.booked_once(rules.BookingFacts(False, 0, 4, 10))


def test_DV_42_row_still_in_list():
    assert rules.row_still_in_list(rules.RowFacts(True)) and not rules.row_still_in_list(rules.RowFacts(False))


def test_DV_41_in_inventory_in_time():
    late = rules.InventoryFacts(1, date(2026, 3, 16), date(2026, 3, 17), 14)
    assert not rules.in_inventory_in_time(late) and not rules.in_inventory_in_time.blocks
    assert rules.in_inventory_in_time(rules.InventoryFacts(1, date(2026, 3, 16), date(2026, 3, 16), 14))
    assert rules.in_inventory_in_time(rules.InventoryFacts(0, date(2026, 3, 16), date(2026, 3, 17), 14))


def test_every_state_has_its_words():
    assert rules.HANDOVER_LABELS.keys() == rules.HANDOVER_FLOW.states


# The list ------------------------------------------------------------------------------------------------------------
def test_the_side_that_writes_the_list_is_the_one_that_gives(people):
    made = drafted(people)
    assert (made.giver, made.receiver, made.state) == ("two", "one", "draft")
    assert [each.measure for each in queries.items_of(made)] == ["2 unit", "1.250,5 batang"]
    assert refused(actions.set_handover, by=people.by("sekdes"), handover=made, **HEAD) == ("DV-35",)
    item = made.items.get(number=2)
    assert refused(actions.drop_handover_item, by=people.by("sekdes"), item=item) == ("DV-35",)
    actions.drop_handover_item(by=people.by("mitra"), item=item)
    assert made.items.count() == 1
    back = drafted(people, made.case, "sekdes")  # the land comes back at the end, or the village gives something itself
    assert back.giver == "one"


def test_a_row_that_somebody_else_took_out_is_neither_written_nor_taken_out_again(people):
    made = drafted(people)
    item, same = made.items.get(number=2), made.items.get(number=2)  # two have the page of one row open
    actions.drop_handover_item(by=people.by("mitra"), item=same)
    last = Event.objects.count()
    assert refused(actions.set_handover_item, by=people.by("mitra"), handover=made, item=item, **SEEDLINGS) == (
        "DV-42",
    )
    assert refused(actions.drop_handover_item, by=people.by("mitra"), item=item) == ("DV-42",)
    assert made.items.count() == 1 and Event.objects.count() == last


def test_nothing_is_handed_over_before_the_agreement_holds(people):
    case = an_agreement(people).case
    Case.objects.filter(pk=case.pk).update(state="signed")
    case.refresh_from_db()
    assert refused(actions.draft_handover, by=people.by("mitra"), case=case, **HEAD) == ("DV-34",)


def test_a_list_without_its_witnesses_or_keeper_is_not_handed_over(people):
    made = drafted(people, keeper="")
    assert refused(actions.offer_handover, by=people.by("mitra.direktur"), handover=made) == ("DV-36",)
    actions.set_handover(by=people.by("mitra"), handover=made, **{**HEAD, "witness_two": "SARINEM"})
    assert refused(actions.offer_handover, by=people.by("mitra.direktur"), handover=made) == ("DV-36",)
    actions.set_handover(by=people.by("mitra"), handover=made, **HEAD)
    actions.offer_handover(by=people.by("mitra.direktur"), handover=made)
    with pytest.raises(NoSuchMove):  # from now on it is locked
        actions.set_handover_item(by=people.by("mitra"), handover=made, **PUMP)


def test_a_table_is_taken_row_by_row_with_what_is_wrong_named(people):
    good = "Barang;Jumlah;Satuan;Nilai;Keadaan;Merek;Aset desa\nPompa;2,5;unit;Rp 5.000.000;baik;X1;ya\n"
    (row,) = sheets.read_goods("a.csv", good.encode(), to_village=True)
    assert (row["quantity"], row["value"], row["condition"], row["for_village"]) == (
        Decimal("2.5"),
        5_000_000,
        "good",
        True,
    )
    made = drafted(people)
    actions.import_handover_items(by=people.by("mitra"), handover=made, rows=[row], sha256="a" * 64)
    assert [each.number for each in queries.items_of(made)] == [1, 2, 3]
    for wrong, said in (
        ("Pompa;0;unit;5000;baik;;", "Baris 2: Jumlah 0 tidak mungkin"),
        ("Pompa;2;unit;5000;bagus;;", "Kolom keadaan: tulis Baik, Rusak ringan, Rusak berat"),
        ("Pompa;2;unit;;baik;;", "Baris 2"),
        (";2;unit;5000;baik;;", "Baris 2"),
    ):
        with pytest.raises(BadInput, match=said):
            sheets.read_goods("a.csv", f"{good.splitlines()[0]}\n{wrong}\n".encode(), to_village=True)
    with pytest.raises(BadInput, match="tidak menjadi aset desa"):
        sheets.read_goods("a.csv", good.encode(), to_village=False)
    assert sheets._of_a_spreadsheet("2.5") == "2,5" and sheets._of_a_spreadsheet("1.250") == "1.250"


# Receiving -----------------------------------------------------------------------------------------------------------
def test_the_other_side_receives_row_by_row_and_only_then_there_is_a_paper(people):
    held = offered(people)
    assert held.paper is None and waited_for("delivery.receive_handover") == [("village_secretary", None)]
    told = Notice.objects.filter(about=f"goodshandover:{held.code}")
    assert {each.role for each in told} == {"village_secretary"}
    got = received(people, held, answers={1: ("short", "satu pompa tanpa selang"), 2: ("received", "")})
    assert (got.state, got.giver_name, got.receiver_name) == (
        "received", people.held["mitra.direktur"].full_name, people.sekdes.full_name,
    )  # fmt: skip
    assert (got.giver_office, got.receiver_office) == ("partner_signatory", "village_secretary")
    assert localdate(got.received_at) == date(2026, 3, 2) and got.paper.kind == "handover"
    assert [(each.verdict, each.shortage) for each in queries.items_of(got)] == [
        ("short", "satu pompa tanpa selang"), ("received", ""),
    ]  # fmt: skip
    assert waited_for("delivery.receive_handover") == []
    assert told.filter(party=got.case.partner.code).count() == 1


def test_nobody_receives_what_his_own_side_gives(people):
    held = offered(people)
    for who in ("mitra", "mitra.direktur"):
        with pytest.raises(Refused) as why:
            received(people, held, who)
        assert why.value.codes == ("DV-37",)
    assert refused(actions.return_handover, by=people.by("mitra"), handover=held, reason="x") == ("DV-37",)
    with pytest.raises(NotAllowed):
        actions.return_handover(by=people.by("kadus"), handover=held, reason="x")
    assert not Paper.objects.filter(kind="handover").exists()
    back = offered(people, held.case, "sekdes")
    with pytest.raises(Refused) as why:
        received(people, back, "kades")
    assert why.value.codes == ("DV-37",)
    assert received(people, back, "mitra").state == "received"


def test_what_is_not_received_counts_for_nothing_and_becomes_nobodys(people):
    held = received(people, offered(people), answers={1: ("not_received", "belum dikirim"), 2: ("received", "")})
    assert queries.worth(queries.items_of(held)) == SEEDLINGS["value"]
    assert queries.waiting_for_inventory(queries.items_of(held)) == []
    assert waited_for("delivery.record_in_inventory") == []


@pytest.mark.parametrize(
    "answers",
    [
        {1: ("received", "")},
        {1: ("received", ""), 2: ("short", "")},
        {1: ("not_received", "belum"), 2: ("not_received", "belum")},
    ],
)
def test_every_row_is_answered_or_nothing_is_written(people, answers):
    held = offered(people)
    items = queries.items_of(held)
    paper = letters.handover_paper(
        held,
        queries.answered(queries.items_of(held), ALL_CAME),
        queries.hand_of(people.sekdes, held.case, "one"),
        key="k",
    )
    given = {"handover": held, "answers": answers, "seen": queries.content_hash(held, items), "paper": paper}
    assert refused(actions.receive_handover, by=people.by("sekdes"), **given) == ("DV-39",)
    assert {each.verdict for each in queries.items_of(held)} == {""}


def test_a_list_that_is_not_what_was_brought_goes_back_and_comes_again(people):
    held = offered(people)
    read = queries.content_hash(held, queries.items_of(held))
    back = actions.return_handover(by=people.by("kades"), handover=held, reason="Jumlah pompa keliru.")
    assert (back.state, back.because) == ("draft", "Jumlah pompa keliru.")
    assert waited_for("delivery.receive_handover") == []
    with pytest.raises(NoSuchMove):
        received(people, back)
    pump = back.items.get(number=1)
    actions.set_handover_item(by=people.by("mitra"), handover=back, item=pump, **{**PUMP, "quantity": Decimal(1)})
    again = actions.offer_handover(by=people.by("mitra.direktur"), handover=back)
    with pytest.raises(Refused) as why:  # with the page of the first list still open
        received(people, again, seen=read)
    assert why.value.codes == ("DV-38",)
    assert received(people, again).state == "received"


def test_of_two_who_receive_at_once_one_does_and_nothing_is_received_twice(people):
    first = offered(people)
    second = GoodsHandover.objects.select_related("case__village", "case__partner").get(pk=first.pk)
    received(people, first)
    with pytest.raises(NoSuchMove):
        received(people, second, "kades", answers={1: ("short", "x"), 2: ("received", "")})
    assert Paper.objects.filter(kind="handover").count() == 1
    assert queries.items_of(second)[0].verdict == "received"
    with pytest.raises(NoSuchMove):
        actions.withdraw_handover(by=people.by("mitra"), handover=second, reason="keliru")


def test_who_gives_takes_it_back_before_it_was_received(people):
    held = offered(people)
    assert refused(actions.withdraw_handover, by=people.by("kades"), handover=held, reason="x") == ("DV-35",)
    gone = actions.withdraw_handover(by=people.by("mitra"), handover=held, reason="Ditunda ke bulan depan.")
    assert gone.state == "withdrawn" and waited_for("delivery.receive_handover") == []


# The inventory -------------------------------------------------------------------------------------------------------
def test_what_became_the_villages_is_recorded_in_its_inventory_and_stands_among_its_assets(people):
    held = received(people, offered(people))
    assert waited_for("delivery.record_in_inventory") == [("village_secretary", date(2026, 3, 16))]
    given = {"handover": held, "on": date(2026, 3, 5)}
    actions.record_in_inventory(by=people.by("sekdes"), numbers={1: "3.02.01.001"}, kinds={1: "equipment"}, **given)
    record = InventoryRecord.objects.get()
    asset = VillageAsset.objects.get(pk=record.asset_id)
    assert (record.number, record.on, asset.item_code, asset.recorded) == (
        "3.02.01.001",
        date(2026, 3, 5),
        "3.02.01.001",
        True,
    )
    assert (asset.name, asset.quantity, asset.origin, asset.acquired_year) == ("Pompa air", 2, "other", 2026)
    assert waited_for("delivery.record_in_inventory") == []
    for numbers in ({1: "lagi"}, {2: "bibit"}, {}):  # once, only what became the village's, and something at all
        with pytest.raises(NoSuchMove):
            actions.record_in_inventory(
                by=people.by("sekdes"), numbers=numbers, kinds={1: "other", 2: "other"}, **given
            )
    with pytest.raises(NotAllowed):
        actions.record_in_inventory(by=people.by("mitra"), numbers={1: "x"}, kinds={1: "other"}, **given)


def test_late_in_the_inventory_is_said_and_still_right(people):
    held = received(people, offered(people))

    def said(day: date) -> list[tuple[str, bool]]:
        return [(each.rule.code, each.holds) for each in queries.checks(held, queries.items_of(held), day)]

    assert said(date(2026, 3, 16)) == [("DV-41", True)] and said(date(2026, 3, 17)) == [("DV-41", False)]
    with clock.at(datetime(2026, 5, 1, 3, tzinfo=UTC)):
        actions.record_in_inventory(
            by=people.by("sekdes"), handover=held, on=date(2026, 5, 1), numbers={1: "1"}, kinds={1: "equipment"}
        )
    assert said(date(2026, 5, 1)) == [("DV-41", True)]


# The book of money ---------------------------------------------------------------------------------------------------
def test_goods_in_the_book_name_their_handover_and_are_never_worth_more_than_came(people):
    agreement = an_agreement(people)
    plan = an_adopted_plan(people, agreement)
    held = received(
        people, offered(people, agreement.case), answers={1: ("not_received", "belum"), 2: ("received", "")}
    )

    def goods(amount: int, receipt: str, **other: Any) -> LedgerEntry:
        return delivery.post_entry(
            by=people.by("bendahara"), agreement=agreement, kind="in_kind", on=date(2026, 3, 1), text="Bibit kopi",
            amount=amount, line=line(agreement, 3), activity=plan.activities.first(), receipt=a_receipt(receipt),
            **{"handover": held, **other},
        )  # fmt: skip

    first = goods(4_000_000, "satu")
    with pytest.raises(Refused) as why:
        goods(2_252_501, "dua")
    assert why.value.codes == ("DV-40",)
    goods(2_252_500, "dua")
    assert queries.booked(held) == SEEDLINGS["value"]
    delivery.counter_entry(by=people.by("bendahara"), entry=first, reason="Salah sumber.")
    assert queries.booked(held) == 2_252_500
    other = offered(people, agreement.case)
    with pytest.raises(Refused) as why:  # not received yet
        goods(1, "tiga", handover=other)
    assert why.value.codes == ("DV-40",)
    assert [each.pk for each in queries.received_of(agreement.case)] == [held.pk]


# The paper -----------------------------------------------------------------------------------------------------------
def test_the_paper_says_all_of_it_and_the_same_in_every_rendering(people):
    answers = {1: ("short", "satu pompa tanpa selang"), 2: ("received", "")}
    tree = received(people, offered(people), answers=answers).paper.source
    says_the_same_in_each_form(tree)
    said = tight("".join(words(tree)))
    for part in (
        "Nomor: 01/BAST/2026", "Minggu, satu Maret dua ribu dua puluh enam (01-03-2026)", "PIHAK YANG MENYERAHKAN",
        f"{people.sekdes.full_name}", "Sekretaris Desa Pandanarum", "Rp 18.500.000", "1.250,5 batang",
        "Rp 24.752.500 (dua puluh empat juta tujuh ratus lima puluh dua ribu lima ratus rupiah)",
        "Nomor 1, Pompa air: diterima dengan kekurangan: satu pompa tanpa selang.", "14 (empat belas) hari",
        "BUM Desa Panda Makmur", "2 (dua) rangkap", "Sarinem", "Paijo", "Perjanjian Bersama Nomor 01/PKS/2026",
    ):  # fmt: skip
        assert tight(part) in said, part


def test_the_paper_of_goods_that_came_whole_says_so(people):
    tree = received(people, offered(people)).paper.source
    assert tight("Semua barang diterima lengkap dan sesuai dengan daftar.") in tight("".join(words(tree)))
