"""What the papers between villages say. Papers are Indonesian."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

from bermitra.deliberation.inter_village import queries
from bermitra.deliberation.inter_village.queries import FIELDS, PURPOSES
from bermitra.deliberation.inter_village.rules import CONTENTS, JOINT_TOPICS
from bermitra.deliberation.letters import CHECK, delegates_table
from bermitra.deliberation.models import Decision, JointMeeting, JointOffer, JointPlace, JointSeat
from bermitra.foundation.calendar import date_in_words, local_time, long_date, moment, zone_of
from bermitra.foundation.commands.act import about_of
from bermitra.foundation.documents.issuing import Prepared, prepare
from bermitra.foundation.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    Copies,
    Document,
    Facts,
    Heading,
    Note,
    Numbered,
    Opening,
    Paragraph,
    Qr,
    Signatures,
    Slot,
    Table,
    Text,
    Title,
    fill,
)
from bermitra.foundation.money import rupiah
from bermitra.foundation.norms.queries import local_words, standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.regions.queries import path
from bermitra.registry.letters import head_slot, letterhead_of


def offer_letters(offer: JointOffer, *, key: str, number: str, dated: date) -> list[Prepared]:
    """One letter to each village that is asked, rendered for ``deliberation.send_joint_offer`` under the request's key."""
    asked = offer.places.exclude(village_id=offer.village_id).select_related("village__parent").order_by("village_id")
    return [
        prepare(
            offer_letter(offer, place, number=number, dated=dated),
            key=key,
            about=about_of(place),
            region=offer.village_id,
            example=offer.example,
        )
        for place in asked
    ]


def again_letter(
    offer: JointOffer, place: JointPlace, *, key: str, number: str, dated: date, answer_by: date
) -> Prepared:
    """The letter to one village that did not answer, rendered for ``deliberation.ask_joint_village_again``."""
    document = offer_letter(offer, place, number=number, dated=dated, answer_by=answer_by)
    return prepare(document, key=key, about=about_of(place), region=offer.village_id, example=offer.example)


def offer_letter(
    offer: JointOffer, place: JointPlace, *, number: str, dated: date, answer_by: date | None = None
) -> Document:
    answer_by = answer_by or offer.answer_by
    words = local_words(offer.village_id)
    village, to = f"{words['village']} {offer.village.name}", f"{words['village']} {place.village.name}"
    data = queries.text_of(offer)
    district = place.village.parent.name if place.village.parent else ""
    contents: tuple[Text, ...] = (
        fill("**Bidang**: {said}", said=queries.FIELDS[offer.field_of_government]),
        *(
            fill("**{title}**: {said}", title=title, said=offer.contents[name])
            for name, title in CONTENTS.items()
            if offer.contents.get(name)
        ),
    )
    return Document(
        kind="joint_offer_letter",
        title=f"Penawaran kerja sama antar-Desa kepada {to}: {offer.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(offer.village, words),
        data={**data, "to": place.village_id, "text": queries.hash_of(data), "answer_by": answer_by.isoformat()},
        blocks=(
            Opening(
                fill("{place}, {day}", place=offer.village.name, day=long_date(dated)),
                (("Nomor", number), ("Hal", "Penawaran Kerja Sama antar-Desa")),
                (f"Yth. {words['head']} {place.village.name}", f"Kecamatan {district}" if district else "di tempat"),
            ),
            fill(
                "Kami menawarkan kerja sama antar-Desa tentang **{title}** untuk {purpose}, dengan isi berikut:",
                title=offer.title,
                purpose=queries.PURPOSES[offer.purpose],
            ),
            Numbered(contents),
            fill(
                "Naskah yang sama dibahas dalam {meeting} setiap desa yang ditawari dan desa kami. Bila setuju, setiap desa "
                "mengutus {n} orang delegasi yang disebut dalam berita acaranya, sedikitnya {percent} persen perempuan.",
                meeting=words["meeting"],
                n=str(offer.delegates),
                percent=str(standing(offer.village_id).numbers["bkad_women_min_percent"]),
            ),
            fill(
                "Mohon dibahas dalam {meeting} Saudara dan dijawab secara tertulis paling lambat {day}, dengan menyebut nomor "
                "berita acaranya. Tidak adanya jawaban bukan persetujuan.",
                meeting=words["meeting"],
                day=long_date(answer_by),
            ),
            Facts((("Sidik naskah", queries.hash_of(data)[:16]),)),
            signed_by_head(offer.village, words, dated),
            Copies(_copies(offer, place, words)),
            Qr(CHECK),
        ),
    )


def referral_letter(offer: JointOffer, others: Sequence[Region], dated: date) -> Document:
    """To the regent through the Camat: what villages may not agree on among themselves, and why it comes to the regency.
    Its number is left open: the village's own book gives it."""
    words, village = local_words(offer.village_id), offer.village
    ours = f"{words['village']} {village.name}"
    above = {each.level: each for each in path(offer.village_id)}
    regency, district = above[2], above[3]
    bare = regency.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    regent = f"Wali Kota {bare}" if regency.kind == Region.Kind.CITY else f"Bupati {bare}"
    far = [each for each in others if each.pk[:5] != offer.village_id[:5]]
    wards = [each for each in others if each.kind == Region.Kind.KELURAHAN]
    because = [
        "Kerja sama desa di kabupaten atau kota yang berbeda mengikuti ketentuan kerja sama daerah." if far else "",
        "Kelurahan bukan desa dan tidak membuat Peraturan Bersama Kepala Desa." if wards else "",
        "Karena provinsinya berbeda, mohon diteruskan kepada Gubernur."
        if any(each.pk[:2] != offer.village_id[:2] for each in far)
        else "",
    ]
    said = [(title, offer.contents.get(name, "")) for name, title in CONTENTS.items() if offer.contents.get(name)]
    copies = (f"{words['council']} {village.name}", f"Dinas yang membidangi desa, {regency.name}")
    return Document(
        kind="referral_letter",
        title=f"Permohonan fasilitasi kerja sama: {offer.title}",
        dated=dated,
        author=f"Pemerintah {ours}",
        letterhead=letterhead_of(village, words),
        data={"offer": offer.code, "others": [each.pk for each in others]},
        blocks=(
            Opening(
                fill("{place}, {day}", place=village.name, day=long_date(dated)),
                (("Nomor", "……………………"), ("Hal", "Permohonan Fasilitasi Kerja Sama Daerah")),
                (f"Yth. {regent}", f"melalui Camat {district.name}", "di tempat"),
            ),
            fill(
                "{village} membutuhkan kerja sama tentang **{title}** untuk {purpose}, dengan:",
                village=ours, title=offer.title, purpose=PURPOSES[offer.purpose],
            ),
            Table(
                (Column("Desa atau kelurahan", 2), Column("Kecamatan", 1.5), Column("Kabupaten atau kota", 2), Column("Kode", 1.4)),
                tuple((_named(each), _above(each, 1), _above(each, 2), each.pk) for each in others),
            ),
            *(Paragraph(each) for each in because if each),
            Paragraph("Yang kami usulkan untuk dibahas:"),
            Numbered(
                (
                    fill("**Bidang**: {said}", said=FIELDS[offer.field_of_government]),
                    *(fill("**{title}**: {said}", title=title, said=text) for title, text in said),
                )
            ),
            Paragraph(
                "Kami mohon kebutuhan ini dibahas sebagai kerja sama daerah, dan mohon petunjuk langkah berikutnya. "
                "Sebelum ada petunjuk, tidak ada naskah yang kami tandatangani."
            ),
            Note("Dasar: Permendagri 96/2017 pasal 2–3, PP 28/2018, dan Permendagri 22/2020."),
            signed_by_head(village, words, dated),
            Copies(copies),
        ),
    )  # fmt: skip


def _named(area: Region) -> str:
    return f"{area.get_kind_display()} {area.name}"


def _above(area: Region, steps: int) -> str:
    found: Region | None = area
    for _step in range(steps):
        found = found.parent if found is not None else None
    return found.name if found is not None else ""


def _copies(offer: JointOffer, place: JointPlace, words: dict[str, str]) -> tuple[Text, ...]:
    districts = dict.fromkeys(each.parent.name for each in (offer.village, place.village) if each.parent)
    return (f"{words['council']} {offer.village.name}", *(f"Camat {name}" for name in districts))


# The Musyawarah antar-Desa -------------------------------------------------------------------------------------------


def invitation_paper(
    offer: JointOffer, *, key: str, number: str, dated: date, held_on: date, starts: time, place: str
) -> Prepared:
    """The invitation of all delegates, rendered for ``deliberation.call_joint_meeting`` under the request's key."""
    document = invitation(offer, number=number, dated=dated, held_on=held_on, starts=starts, place=place)
    return prepare(document, key=key, about=about_of(offer), region=offer.village_id, example=offer.example)


def invitation(offer: JointOffer, *, number: str, dated: date, held_on: date, starts: time, place: str) -> Document:
    words = local_words(offer.village_id)
    village = f"{words['village']} {offer.village.name}"
    zone = zone_of(offer.village_id)
    said = queries.answers(offer)
    coming = [each for each in said if each.takes_part]
    topics: tuple[Text, ...] = tuple(JOINT_TOPICS.values())
    return Document(
        kind="joint_invitation",
        title=f"Undangan Musyawarah antar-Desa: {offer.title}",
        dated=dated,
        author=f"Pemerintah {village}",
        letterhead=letterhead_of(offer.village, words),
        blocks=(
            Opening(
                fill("{place}, {day}", place=offer.village.name, day=long_date(dated)),
                (("Nomor", number), ("Hal", "Undangan Musyawarah antar-Desa")),
                ("Yth. delegasi desa sebagaimana daftar terlampir",),
            ),
            fill("Kami mengundang Bapak/Ibu menghadiri Musyawarah antar-Desa tentang **{title}**:", title=offer.title),
            Facts(
                (
                    ("Hari, tanggal", date_in_words(held_on)),
                    ("Pukul", local_time(moment(held_on, starts, zone), zone).removeprefix("pukul ")),
                    ("Tempat", place),
                )
            ),
            *_notes("Catatan desa dalam jawaban tertulisnya dibahas lebih dahulu:", coming, words),
            "Yang akan dibahas:",
            Numbered(topics),
            "Setiap desa mempunyai satu suara. Delegasi hadir lengkap sebagaimana disebut dalam berita acara desanya.",
            signed_by_head(offer.village, words, dated),
            Qr(CHECK),
            Annex(
                "DAFTAR DELEGASI",
                tuple(
                    block
                    for each in coming
                    for block in (
                        Heading(f"{words['village']} {each.place.village.name}"),
                        delegates_table((e.name, e.sex, e.element) for e in each.delegates),
                    )
                ),
            ),
        ),
    )


def minutes_paper(meeting: JointMeeting, *, key: str) -> Prepared:
    """The joint minutes, rendered for ``deliberation.finalise_joint_minutes`` under the request's key."""
    offer = meeting.offer
    return prepare(minutes(meeting), key=key, about=about_of(meeting), region=offer.village_id, example=meeting.example)


def minutes(meeting: JointMeeting) -> Document:
    """Of a meeting that carries the number, day and end of its minutes."""
    offer, dated = meeting.offer, meeting.minutes_on or meeting.held_on
    words, seats = local_words(offer.village_id), queries.signing_seats(meeting)
    letters = queries.letters_by_village(offer)
    names = ", ".join(f"{words['village']} {seat.village.name}" for seat in seats)
    ends = f" sampai pukul {meeting.ends:%H.%M}" if meeting.ends else ""
    zone = zone_of(offer.village_id)
    result = "MENYEPAKATI" if meeting.result == Decision.Result.AGREED else "TIDAK MENYEPAKATI"
    topics: tuple[Text, ...] = tuple(
        fill("**{topic}**: {answer}", topic=title, answer=meeting.topics.get(str(number), "tidak dibahas"))
        for number, title in JOINT_TOPICS.items()
    )
    slots = [
        Slot(f"head_{n}", (f"{words['head']} {seat.village.name},",), seat.head) for n, seat in enumerate(seats, 1)
    ]
    return Document(
        kind="joint_minutes",
        title=f"Berita Acara Musyawarah antar-Desa: {offer.title}",
        dated=dated,
        author=f"Pemerintah {words['village']} {offer.village.name}",
        letterhead=letterhead_of(offer.village, words),
        data=queries.joint_minutes_data(meeting),
        blocks=(
            Title(("BERITA ACARA", "MUSYAWARAH ANTAR-DESA"), (("Nomor", meeting.minutes_number),), offer.title.upper()),
            fill(
                "Pada hari ini, {day} ({short}), bertempat di {place}, telah dilaksanakan Musyawarah antar-Desa oleh {names} "
                "berdasarkan undangan Nomor {invitation}.",
                day=date_in_words(meeting.held_on),
                short=f"{meeting.held_on:%d-%m-%Y}",
                place=meeting.place,
                names=names,
                invitation=meeting.invitation_number,
            ),
            Facts(
                (
                    (
                        "Waktu",
                        local_time(moment(meeting.held_on, meeting.starts, zone), zone).removeprefix("pukul ") + ends,
                    ),
                    ("Pimpinan", meeting.chair),
                    ("Notulen", meeting.minute_taker),
                )
            ),
            *_asked(meeting, seats, words),
            Heading("Pembahasan enam pokok"),
            Numbered(topics),
            *((Heading("Jalannya musyawarah"), meeting.discussion) if meeting.discussion else ()),
            Heading("Suara dan iuran setiap desa"),
            _voices(seats),
            Heading("Kesepakatan"),
            fill(
                "Musyawarah **{result}** kerja sama {title}. Naskah yang dibahas bersidik {hash}.",
                result=result,
                title=offer.title,
                hash=offer.text_hash[:16],
            ),
            *((fill("Alasan: {said}", said=meeting.reason),) if meeting.reason else ()),
            *_changes(meeting),
            Signatures(
                lead=("Demikian berita acara ini dibuat dengan sebenarnya dan ditandatangani di bawah ini.",),
                place_and_date=(f"{meeting.place}, {long_date(dated)}",),
                groups=tuple(("", tuple(slots[at : at + 2])) for at in range(0, len(slots), 2)),
            ),
            Qr(CHECK),
            Annex(
                "DELEGASI SETIAP DESA",
                tuple(
                    block
                    for seat in seats
                    for block in (
                        Heading(f"{words['village']} {seat.village.name}"),
                        fill("Berita acara desa Nomor {number}.", number=seat.named_in.minutes_number),
                        *(
                            (fill("Jawaban tertulis Nomor {number}.", number=letters[seat.village_id].number),)
                            if seat.village_id in letters
                            else ()
                        ),
                        delegates_table(
                            (e.name, e.sex, e.element)
                            for e in seat.delegates  # type: ignore[attr-defined]
                            if e.code in seat.present
                        ),
                    )
                ),
            ),
        ),
    )


def _notes(lead: str, said: Iterable[queries.Answer], words: dict[str, str]) -> tuple[Block, ...]:
    """What the villages asked for that agreed with notes; nothing where none did."""
    items: tuple[Text, ...] = tuple(
        fill(
            "**{village}**: {asks} Catatan {head}: {beside}",
            village=village,
            asks=asks,
            head=words["head"],
            beside=beside,
        )
        if beside
        else fill("**{village}**: {asks}", village=village, asks=asks)
        for village, asks, beside in ((f"{words['village']} {e[0]}", *e[1:]) for e in queries.notes_of(said))
    )
    return (lead, Numbered(items)) if items else ()


def _asked(meeting: JointMeeting, seats: list[JointSeat], words: dict[str, str]) -> tuple[Block, ...]:
    here = {each.village_id for each in seats}
    said = [each for each in queries.answers(meeting.offer) if each.place.village_id in here]
    found = _notes("Desa berikut menjawab setuju dengan catatan, yang dibahas lebih dahulu:", said, words)
    return (Heading("Catatan dalam jawaban tertulis"), *found) if found else ()


def _voices(seats: list[JointSeat]) -> Table:
    voice = {True: "setuju", False: "tidak setuju", None: "belum bersuara"}
    rows: list[tuple[Cell, ...]] = [
        (seat.village.name, voice[seat.agrees], rupiah(seat.dues or 0), seat.note) for seat in seats
    ]
    columns = (Column("Desa", 1.5), Column("Suara", 1), Column("Iuran setahun", 1.4, "right"), Column("Catatan", 2.5))
    return Table(columns, rows, small=True)


def _changes(meeting: JointMeeting) -> tuple[Block, ...]:
    """Each content that was worded otherwise, before and after."""
    changed = queries.differences(meeting)
    if not changed or meeting.result != Decision.Result.AGREED:
        return ()
    items: tuple[Text, ...] = tuple(
        fill(
            "**{title}** semula: {before} Menjadi: {after}",
            title=CONTENTS[name],
            before=before or "(kosong)",
            after=after or "(dihapus)",
        )
        for name, before, after in changed
    )
    said = "Isi berikut diubah. Naskah yang diubah kembali dibahas dalam Musyawarah Desa setiap desa."
    return Heading("Perubahan naskah"), said, Numbered(items)


def signed_by_head(village: Region, words: dict[str, str], dated: date) -> Signatures:
    return Signatures(groups=(("", (head_slot(village, words, dated, field="village_head"),)),))
