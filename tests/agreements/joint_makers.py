"""Four villages with one spring: from the offer that all agreed to, to the Peraturan Bersama of their heads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bermitra.agreements.joint import actions, letters, queries, sealing
from bermitra.agreements.joint.models import JointConsultation, JointParty, JointRegulation
from bermitra.foundation.commands import clock
from bermitra.foundation.regions.models import Region
from tests.deliberation import joint_makers, makers
from tests.deliberation.joint_makers import HELD
from tests.deliberation.makers import on
from tests.people import NEIGHBOUR, People, place

FOUR = {NEIGHBOUR: "Beji", "33.04.19.2003": "Sinduaji", "33.04.19.2004": "Sirongge"}
DRAFTED = HELD + timedelta(days=5)
MUSYAWARAH = HELD + timedelta(days=20)
MADE_ON = MUSYAWARAH + timedelta(days=5)
PROMULGATED = MADE_ON + timedelta(days=1)
PLACE = "Pandanarum"
BLANKS = {
    "tujuan": "menyediakan air bersih bagi warga semua desa sepanjang tahun dan menjaga hutan di atas mata air",
    "lokasi": "Tuk Sigemplo dan wilayah semua desa",
    "nama_bkad": "Banyu Guyub (contoh)",
    "alamat_bkad": "Pandanarum",
    "mulai": "2026-06-01",
    "akhir": "2031-05-31",
    "dasar_iuran": "jumlah sambungan rumah",
    "dasar_bagi_hasil": "iuran yang dibayar setiap desa",
}


def villages_of(people: People, codes: Sequence[str] = tuple(FOUR)) -> list[People]:
    """Ours first, then those of these codes with people of their own."""
    return [people, *(joint_makers.elsewhere(people, code, FOUR[code]) for code in codes)]


def agreed_offer(villages: Sequence[People]):
    """An offer to which every village agreed in its own Musyawarah, in writing, and together."""
    people = villages[0]
    offer = joint_makers.offered(people, *(each.village for each in villages[1:]))
    joint_makers.all_agreed(*villages, offer=offer)
    meeting = joint_makers.finalised(people, joint_makers.in_session(people, joint_makers.called(people, offer)))
    for each in villages:
        meeting = joint_makers.signs(each, meeting)
    offer.refresh_from_db()
    return offer


def started(villages: Sequence[People]) -> JointRegulation:
    with clock.at(on(DRAFTED)):
        offer = agreed_offer(villages)
        return actions.start_joint_draft(by=villages[0].by("sekdes"), offer=offer)


def fresh(regulation: JointRegulation) -> JointRegulation:
    return JointRegulation.objects.select_related("offer", "village", "paper__file", "scan").get(pk=regulation.pk)


def party(regulation: JointRegulation, people: People) -> JointParty:
    return JointParty.objects.select_related("village__parent", "regulation").get(
        regulation=regulation, village=people.village
    )


def filled(villages: Sequence[People], regulation: JointRegulation) -> JointRegulation:
    with clock.at(on(DRAFTED)):
        actions.propose_joint_change(
            by=villages[0].by("sekdes"),
            party=party(regulation, villages[0]),
            reason="Mengisi yang masih kosong.",
            blanks=BLANKS,
        )
    return fresh(regulation)


def accepts(people: People, regulation: JointRegulation) -> None:
    seen = queries.newest_version(regulation).text_hash
    with clock.at(on(DRAFTED, 4)):
        actions.accept_joint_text(by=people.by("kades"), party=party(regulation, people), seen=seen)


def consults(people: People, regulation: JointRegulation, **more) -> JointConsultation:
    given = {
        "held_on": DRAFTED,
        "place": f"Balai Desa {place(people.village).name}",
        "men": 38,
        "women": 41,
        "hamlets": ["Krajan", "Lor"],
        "said": [("Meter gratis untuk semua", "Hanya untuk rumah tangga miskin; iuran tidak cukup untuk semua.")],
    }
    with clock.at(on(DRAFTED, 5)):
        return actions.record_joint_consultation(
            by=people.by("sekdes"), party=party(regulation, people), **{**given, **more}
        )


def numbers(people: People, regulation: JointRegulation, number: int) -> None:
    with clock.at(on(DRAFTED, 6)):
        actions.give_joint_number(by=people.by("sekdes"), party=party(regulation, people), number=number)


def whole(villages: Sequence[People]) -> JointRegulation:
    """Filled in, accepted, consulted and numbered in every village."""
    regulation = filled(villages, started(villages))
    for number, each in enumerate(villages, 2):
        accepts(each, regulation)
        consults(each, regulation)
        numbers(each, regulation, number)
    return fresh(regulation)


def tabled(villages: Sequence[People]) -> JointRegulation:
    regulation = whole(villages)
    with clock.at(on(DRAFTED, 7)):
        actions.table_joint_text(by=villages[0].by("kades"), regulation=regulation)
    return fresh(regulation)


def decides(people: People, regulation: JointRegulation, *, agreed: bool = True, held_on: date = MUSYAWARAH) -> None:
    """This village's own Musyawarah on the text of now, binding."""
    text_hash = queries.newest_version(regulation).text_hash
    meeting = makers.an_invited_meeting(
        people, held_on, code=regulation.code, title=regulation.title, text_hash=text_hash
    )
    with clock.at(on(held_on)):
        held = makers.decided(people, makers.opened(people, meeting), "agreed" if agreed else "refused")
    joint_makers.binding(people, held)


def locked(villages: Sequence[People]) -> JointRegulation:
    regulation = tabled(villages)
    for each in villages:
        decides(each, regulation)
    return lock(villages[0], regulation)


def lock(people: People, regulation: JointRegulation) -> JointRegulation:
    with clock.at(on(MADE_ON)):
        knock, said = people.by("kades"), queries.stands(regulation)
        paper = letters.regulation_paper(regulation, said, key=knock.key, made_on=MADE_ON, place=PLACE)
        actions.lock_joint_text(by=knock, regulation=regulation, made_on=MADE_ON, place=PLACE, paper=paper)
    return fresh(regulation)


def signs(people: People, regulation: JointRegulation, seal: bool = False) -> JointRegulation:
    with clock.at(on(MADE_ON, 5)):
        seen = fresh(regulation).paper.file.sha256
        actions.sign_joint_text(by=people.by("kades"), party=party(regulation, people), seen=seen)
        if seal:
            sealing.seal(fresh(regulation))
    return fresh(regulation)


def promulgates(people: People, regulation: JointRegulation, number: str = "3") -> JointRegulation:
    with clock.at(on(PROMULGATED)):
        knock, own = people.by("sekdes"), party(regulation, people)
        name = knock.person.full_name
        papers = letters.gazette_papers(
            fresh(regulation), own, key=knock.key, number=number, dated=PROMULGATED, secretary=name
        )
        actions.promulgate_joint_text(by=knock, party=own, gazette_number=number, papers=papers)
    return fresh(regulation)


def in_force(villages: Sequence[People]) -> JointRegulation:
    regulation = locked(villages)
    for each in villages:
        signs(each, regulation)
    for each in villages:
        promulgates(each, regulation)
    return fresh(regulation)


def of_another_regency(regulation: JointRegulation) -> Region:
    """A village of another regency that somehow became a party."""
    away = Region.objects.get(pk="51.08.02.2008")
    JointParty.objects.create(regulation=regulation, village=away)
    return away
