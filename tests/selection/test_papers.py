"""What is printed of a selection: what each paper says, to whom, on how many pages."""

from datetime import UTC, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from bermitra.foundation.calendar import long_date
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.documents import files
from bermitra.foundation.documents.actions import keep_file
from bermitra.foundation.documents.compose import Issued, compose, words
from bermitra.foundation.documents.model import Document, Size
from bermitra.foundation.flow import NoSuchMove
from bermitra.partnership.queries import term_sheet
from bermitra.selection import actions, binding
from bermitra.selection.criteria import criteria, statements
from bermitra.selection.letters import common
from bermitra.selection.letters.announcement import announcement
from bermitra.selection.letters.answer import answer_letter
from bermitra.selection.letters.common import Edition, call_pdf, pdf_of
from bermitra.selection.letters.comparison import UNREAD, comparison
from bermitra.selection.letters.dossier import dossier
from bermitra.selection.letters.feedback import feedback_sheet
from bermitra.selection.letters.minutes import selection_minutes
from bermitra.selection.letters.opening import UNNAMED, WHY_UNNAMED, opening_minutes
from bermitra.selection.letters.printing import KINDS, editable, kinds_of, printed
from bermitra.selection.letters.terms import terms_of_reference
from bermitra.selection.models import (
    Call,
    Candidacy,
    Dossier,
    Feedback,
    Proposal,
    ProposalVersion,
    Ranking,
    WrittenAnswer,
)
from bermitra.selection.queries import newest_versions
from bermitra.selection.queries.calls import public_hash
from bermitra.selection.queries.dossiers import cases_due, newest_dossier
from bermitra.selection.queries.feedback import sheets
from bermitra.selection.rules import FROZEN, OPENING_CALL
from tests.foundation.documents.said import says_the_same_in_each_form, tight, typed_out
from tests.partnership.makers import a_partner
from tests.people import People
from tests.selection.makers import (
    AFTER,
    OPENED,
    RIVALS_OVER,
    TICKS,
    a_call,
    a_candidate,
    a_checking_call,
    a_closed_call,
    a_rival_call,
    a_sealed_proposal,
    a_sealed_rival,
    an_awarded_case,
    an_offer,
    an_open_call,
    opened_rivals,
)
from tests.selection.test_pages import signed_in

pytestmark = pytest.mark.django_db
WITNESSES = ("Karsono", "Paijo")
PANEL = ("Sumiati", "Rumini")
TWO = ("mitra", "mitra.dua")  # partners, by user name


def test_a_dossier_is_due_again_after_another_candidate_and_a_day_after_it_failed(people):
    call = a_candidate(people)
    published = AFTER + timedelta(days=3)
    with clock.at(published):
        assert cases_due() == [call.case]
        one = Dossier.objects.create(
            case=call.case, state="failed", stage="provisional", asked_at=published, asked_by="system"
        )
        assert cases_due() == []
    with clock.at(published + timedelta(days=2)):
        assert cases_due() == [call.case]
    Dossier.objects.filter(pk=one.pk).update(asked_at=AFTER - timedelta(days=9))
    file = files.put(b"%PDF-1.7", media_type="application/pdf", name="berkas.pdf")
    kept = keep_file(by=By.the_system(), content=file)
    Dossier.objects.create(
        case=call.case,
        state="ready",
        stage="provisional",
        asked_at=published,
        asked_by="system",
        house=kept,
        public=kept,
    )
    with clock.at(published + timedelta(days=2)):
        assert cases_due() == []
        Candidacy.objects.create(proposal=call.proposals.get(), at=published + timedelta(days=1), by="system")
        assert cases_due() == [call.case]


def said(document: Document | None) -> str:
    assert document is not None
    return "\n".join(words(compose(document, Issued("7K3M9QXD2A", "https://desa.example/x/"))))


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in mm."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [
            (round(float(page.mediabox[2]) * 25.4 / 72), round(float(page.mediabox[3]) * 25.4 / 72))
            for page in opened.pages
        ]


def whole(call: Call) -> Call:
    return Call.objects.select_related("case__village__parent__parent", "case__partner").get(pk=call.pk)


# The announcement -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("size", "sheet"), [(Size.A4, (210, 297)), (Size.F4, (215, 330))])
@pytest.mark.parametrize("length", [1, 3, 12])
def test_an_announcement_is_one_sheet_whatever_was_typed(people, size, sheet, length):
    call = an_open_call(people)
    call.title = ("Mitra pendampingan pertanian lereng dan pasar " * length)[:200].strip()
    call.seeks = ["Pendampingan tetap paling sedikit tiga ratus jam setahun bagi semua kelompok tani"] * length
    call.offers = ["Petak contoh satu setengah hektare di Dusun Dhuwur, lengkap dengan saluran air"] * length
    call.kak = dict.fromkeys(call.kak, "Kantor desa, sekretariat lembaga kerja sama, pada jam kerja. " * length)
    assert pages(call_pdf(announcement(call, size), call)) == [sheet]


def test_an_announcement_says_what_for_whom_until_when_by_which_clock_and_where_to_read(people):
    told = said(announcement(an_open_call(people), Size.A4))
    assert "MITRA PENDAMPINGAN PERTANIAN LERENG" in told and "pendampingan 300 jam" in told
    assert "Senin, 23 Maret 2026, pukul 15.00 WIB" in told
    assert "Dihitung dengan jam Bermitra. Lewat satu detik berarti terlambat." in told
    assert "Isi contact" in told and "Isi beneficiaries" in told
    assert f"/panggilan/{Call.objects.get().code}/" in told


def test_letters_grow_with_the_room_that_is_left(people):
    call = an_open_call(people)
    few = announcement(call, Size.A4)
    call.kak = {**call.kak, "beneficiaries": "Semua keluarga di empat dusun. " * 9, "contact": "Kantor desa. " * 20}
    call.seeks = ["pendampingan tetap bagi kelompok tani di lereng atas"] * 5
    assert announcement(call, Size.A4).points < few.points == 17


# The terms of reference -----------------------------------------------------------------------------------------------
def test_the_terms_have_every_part_that_the_law_names(people):
    told = said(terms_of_reference(an_open_call(people), Size.F4))
    for part in (
        "Latar belakang", "Kebutuhan dan potensi", "Tujuan dan hasil", "Ruang lingkup", "Lokasi", "Penerima manfaat",
        "Analisis manfaat dan biaya", "Kesesuaian dengan RPJM Desa", "Kesesuaian tata ruang", "Sumbangan desa",
        "Yang dibutuhkan dari mitra", "Bentuk kerja sama", "Jangka waktu", "Perkiraan dana", "Kriteria, bobot",
        "Dokumen yang diminta", "Jadwal", "tempat bertanya", "Batas waktu usulan", "Risiko",
    ):  # fmt: skip
        assert part in told, part
    for criterion in criteria().values():
        assert criterion.name["id"] in told


def test_money_in_the_terms_is_said_in_words_too(people):
    call = an_open_call(people)
    call.case.benefits = [{"what": "Panen", "amount": 2_500_000, "unit": "kg", "source": "catatan"}]
    call.case.costs = [{"what": "Bibit", "amount": 1_000_000, "unit": "paket", "source": "harga"}]
    told = said(terms_of_reference(call, Size.F4))
    assert "Rp 2.500.000 (dua juta lima ratus ribu rupiah)" in told and "2,50" in told


def test_ticks_of_the_village_are_printed_only_once_all_proposals_are_in(people):
    call = an_open_call(people)
    held = statements()[TICKS[0]].text["id"]
    before = said(terms_of_reference(call, Size.F4))
    assert held not in before and common.by_eight(call.frozen_hash) not in before
    assert common.by_eight(public_hash(call)) in before
    call.state = "checking"
    after = said(terms_of_reference(call, Size.F4))
    assert held in after and common.by_eight(call.frozen_hash) in after


def test_nothing_that_is_kept_back_lies_in_the_data_of_a_paper_either(people):
    call = an_open_call(people)
    for made in (terms_of_reference(call, Size.F4), announcement(call, Size.A4)):
        tree = compose(made, Issued("7K3M9QXD2A", "https://desa.example/x/"))
        assert call.frozen_hash not in str(tree["data"])


# The opening ----------------------------------------------------------------------------------------------------------
def test_minutes_of_the_opening_name_each_seal_to_the_second_and_the_witnesses_to_the_house_alone(people):
    call = whole(a_checking_call(people, *TWO))
    house, public = (said(opening_minutes(call, Size.F4, each)) for each in Edition)
    for sent in ProposalVersion.objects.all():
        assert common.by_eight(sent.content_hash) in house and common.by_eight(sent.content_hash) in public
        assert common.second_of(call.case, sent.sent_at) in house
    assert "BA-02/TIM/III/2026" in house and "disaksikan 2 orang saksi" in public
    for name in WITNESSES:
        assert name in house and name not in public
    assert "Mitra Contoh 1" in house and "Mitra Contoh 1" not in public and UNNAMED in public
    assert WHY_UNNAMED in public and WHY_UNNAMED not in house


def test_minutes_of_the_opening_say_no_more_why_a_name_is_missing_once_all_names_stand_there(people):
    public = said(opening_minutes(whole(a_candidate(people, *TWO)), Size.F4, Edition.PUBLIC))
    assert "Mitra Contoh 1" in public and UNNAMED not in public and WHY_UNNAMED not in public


def test_there_are_no_minutes_before_the_opening(people):
    call = whole(a_closed_call(people))
    assert opening_minutes(call, Size.F4, Edition.HOUSE) is None
    assert {*kinds_of(call, Edition.HOUSE)} == {"pengumuman", "kak"}


def test_what_came_late_or_was_withdrawn_is_counted_and_not_named(people):
    call = an_open_call(people)
    late, gone = (
        a_partner(people, name="Mitra Lambat", username="mitra"),
        a_partner(people, name="Mitra Pergi", username="m2"),
    )
    with clock.at(OPENED + timedelta(days=1)):
        actions.draft_proposal(by=people.by("mitra"), partner=late, call=call, content={"offer": "belum selesai"})
    own = a_sealed_proposal(people, call, gone, "m2")
    with clock.at(OPENED + timedelta(days=4)):
        actions.withdraw_proposal(by=people.by("m2"), proposal=own)
    a_sealed_proposal(people, call, a_partner(people, name="Mitra Tetap", username="m3"), "m3")
    with clock.at(AFTER):
        actions.close_due_calls()
        actions.start_selection(
            by=people.by("bpd"), call=whole(call), minutes_number="BA-02", witnesses=list(WITNESSES)
        )
    told = said(opening_minutes(whole(call), Size.F4, Edition.HOUSE))
    assert (
        "Terlambat, tidak dibuka\n:\n1" in told and "Ditarik mitra\n:\n1" in told and "Usulan yang dibuka\n:\n1" in told
    )
    assert "Mitra Tetap" in told and "Mitra Lambat" not in told and "Mitra Pergi" not in told


# The selection --------------------------------------------------------------------------------------------------------
def test_minutes_of_the_selection_hold_panel_check_scores_ranking_window_and_places_to_sign(people):
    call = whole(a_candidate(people, *TWO))
    document = selection_minutes(call, Size.F4, Edition.HOUSE)
    told = said(document)
    for part in ("tanpa kepentingan", "2 usulan diperiksa", "100,00", "75,00", "Masa sanggah", "BA-03/TIM/III/2026"):
        assert part in told, part
    assert all(name in told for name in PANEL)
    assert "Ketua tim," in told and told.count("Anggota tim,") == 3
    public = said(selection_minutes(call, Size.F4, Edition.PUBLIC))
    assert "Mitra Contoh 1" in public and not any(name in public for name in PANEL)
    assert "Anggota 2" in public and "ditandatangani di bawah ini" not in public


def test_a_result_is_nobodys_before_it_is_published(people):
    call = whole(a_candidate(people))
    call.published_on = None
    assert selection_minutes(call, Size.F4, Edition.HOUSE) is None
    assert not {"seleksi", "perbandingan"} & {*kinds_of(call, Edition.PUBLIC)}
    assert printed(call, "perbandingan", Edition.PUBLIC) is None


# The comparison -------------------------------------------------------------------------------------------------------
def test_eight_proposals_are_compared_on_one_sheet_and_the_ninth_begins_another(people):
    call = whole(a_candidate(people))
    line = Ranking.objects.get()
    for number in range(2, 10):
        partner = a_partner(
            people,
            name=f"Perkumpulan Pendamping Usaha Pertanian Lereng Nusantara Sejahtera {number}",
            username=f"m{number}",
        )
        other = Proposal.objects.create(
            call=call, partner=partner, state="ranked", created_at=clock.now(), created_by="system"
        )
        Ranking.objects.create(
            call=call, round=call.round, proposal=other, place=number, total=f"{95 - number}", points=line.points,
            below_floor=[], vision_agreement=70, core_missing=0, at=line.at,
        )  # fmt: skip
        if number == 8:
            eight = printed(call, "perbandingan", Edition.HOUSE, contents={})
    nine = printed(call, "perbandingan", Edition.HOUSE, contents={})
    assert eight is not None and nine is not None
    assert pages(eight) == [(297, 210)]
    assert pages(nine) == [(297, 210), (297, 210)]
    told = said(comparison(call, {}))
    ranks = [told.index(f"{place}. ") for place in range(1, 10)]
    assert ranks == sorted(ranks)


def test_an_offer_is_compared_only_for_whom_has_opened_it(people):
    call = whole(a_candidate(people))
    (key, sent), *_ = newest_versions(list(call.proposals.all())).items()
    assert "Rp 180 juta" in said(comparison(call, {key: sent.content}))
    unread = said(comparison(call, {}))
    assert "180 juta" not in unread and UNREAD in unread
    assert "nilai dibuka 26 Maret 2026, hasil diumumkan 26 Maret 2026" in unread
    assert UNREAD not in said(comparison(call, None)) and "Uang tunai" not in said(comparison(call, None))


# A partner's sheet, the written answer --------------------------------------------------------------------------------
def test_the_sheet_of_a_partner_has_its_points_and_reasons_and_nobodys_name(people):
    call = whole(a_candidate(people, *TWO))
    loser = Proposal.objects.select_related("partner").get(call=call, state="ranked")
    data = sheets(call, [loser])[loser.pk]
    given = Feedback(
        proposal=loser, round=call.round, data=data, words="Ajukan lagi tahun depan.", at=AFTER, by="system"
    )
    told = said(feedback_sheet(given, call, Size.A4))
    assert "75,00 dari 100" in told and "2 dari 2" in told and "Ajukan lagi tahun depan." in told
    assert ": 18,75 dari 25" in told and "Tingkat 0 berarti tidak menjawab" in told
    assert loser.partner.name in told and "Mitra Contoh 1" not in told and not any(name in told for name in PANEL)
    out = Feedback(
        proposal=loser, round=1, data={"kind": "disqualified", "reason": "Akta kosong."}, at=AFTER, by="system"
    )
    assert "Akta kosong." in said(feedback_sheet(out, call, Size.A4))


def test_the_written_answer_is_a_letter_with_its_number_and_the_minutes_it_rests_on(people):
    case = an_offer(people)
    answer = WrittenAnswer.objects.create(
        case=case, letter_number="140/121/2026", minutes_number="BA-02/BPD", text="Disetujui dengan syarat.\nNIK 3304012345678901.",
        at=clock.now(), by="system",
    )  # fmt: skip
    document = answer_letter(answer, Size.F4)
    told = said(document)
    assert "140/121/2026" in told and "Berita Acara Nomor BA-02/BPD" in told and "Disetujui dengan syarat." in told
    assert "3304012345678901" not in told
    assert pages(pdf_of(document, code=case.code, address="https://desa.example/", example=True)) == [(215, 330)]


# The dossier ----------------------------------------------------------------------------------------------------------
def test_a_dossier_tells_everything_in_order_and_the_public_edition_names_no_witness_and_no_scorer(people):
    case = an_awarded_case(people, *TWO)
    with clock.at(AFTER + timedelta(days=41)):
        house, public = (said(dossier(case, each, at=clock.now())) for each in Edition)
    parts = [
        "Penawaran dan Kerangka Acuan Kerja", "Pengumuman dan perubahannya", "Pembukaan usulan",
        "Tim seleksi dan pernyataan kepentingan", "Seleksi administrasi", "Nilai dan alasan", "Peringkat", "Pencalonan",
        "Sanggahan dan jawabannya", "Syarat penetapan", "Keputusan Musyawarah",
    ]  # fmt: skip
    for told in (house, public):
        at = [told.index(part) for part in parts]
        assert at == sorted(at)
    for name in (*WITNESSES, *PANEL):
        assert name in house and name not in public
    assert "Menjawab kebutuhan utama warga" in public
    sheet = term_sheet(case)
    assert sheet is not None and common.by_eight(sheet.text_hash) in house
    for proposal in Proposal.objects.all():
        for text in ("Isi offer dari mitra.", "Isi funding dari mitra."):
            assert text not in house and text not in public, proposal


def test_a_dossier_hides_numbers_by_which_a_person_is_found(people):
    call = whole(a_candidate(people))
    partner, text = Proposal.objects.get().partner, "Hubungi 0812 3456 7890, nilai keliru."
    with clock.at(AFTER + timedelta(days=3)):
        actions.file_objection(by=people.by("mitra"), call=call, partner=partner, text=text)
    told = said(dossier(call.case, Edition.HOUSE, at=AFTER))
    assert "nilai keliru" in told and "3456" not in told
    assert "nilai keliru" not in said(dossier(call.case, Edition.PUBLIC, at=AFTER))


def test_a_dossier_tells_the_conditions_of_the_award_in_their_stages_and_of_a_met_one_what_is_true(people):
    call = whole(a_candidate(people, *TWO))
    with clock.at(AFTER + timedelta(days=3)):
        told = said(dossier(call.case, Edition.PUBLIC, at=clock.now()))
    assert "syarat terpenuhi. Berikutnya: Calon mitra harus menyatakan menerima pencalonan." in told
    offered = len(OPENING_CALL) + len(FROZEN)
    at = [
        told.index(stage)
        for stage in (
            f"Penawaran: {offered} dari {offered} terpenuhi",
            "Calon mitra: 6 dari 7 terpenuhi",
            "Keputusan desa: 0 dari 1 terpenuhi",
        )
    ]
    assert at == sorted(at)
    assert "Kepala Desa bukan penilai." in told and "Kepala Desa tidak boleh menjadi penilai" not in told
    assert "Calon mitra menerima pencalonan pada halaman usulannya. Yang dapat memenuhinya: Wakil mitra." in told


def test_a_dossier_dates_an_objection_by_the_clock_of_the_village(people):
    call = whole(a_candidate(people))
    late = (AFTER + timedelta(days=3)).astimezone(UTC).replace(hour=18)  # one in the night of the next day
    with clock.at(late):
        actions.file_objection(by=people.by("mitra"), call=call, partner=Proposal.objects.get().partner, text="Keliru.")
    told = said(dossier(call.case, Edition.PUBLIC, at=AFTER))
    assert long_date(late.date() + timedelta(days=1)) in told and long_date(late.date()) not in told


def test_a_dossier_of_a_partners_own_offer_keeps_its_words_for_the_house(people):
    case = an_offer(people)
    house, public = (said(dossier(case, each, at=clock.now())) for each in Edition)
    assert (
        "Usulan mitra" in house and "Isi procedure." in house and "seratus dua belas juta seratus ribu rupiah" in house
    )
    assert "Isi procedure." not in public and "Sidik isi" in public


def test_rivals_stay_sealed_in_a_dossier_until_they_are_opened_with_minutes(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    sent = common.by_eight(rival.versions.get().content_hash)
    for each in Edition:
        assert sent not in said(dossier(asked.case, each, at=OPENED + timedelta(days=3)))
    opened = opened_rivals(people, asked)
    house, public = (said(dossier(opened.case, each, at=clock.now())) for each in Edition)
    assert sent in house and sent in public
    assert rival.partner.name in house and rival.partner.name not in public and UNNAMED in public
    assert "Karsono, Paijo" in house and "Karsono" not in public
    assert "Nilainya besar, sehingga mitra lain" in public


def test_a_dossier_of_a_compared_offer_tells_who_left_and_that_the_chosen_one_met_all(people):
    asked = a_rival_call(people)
    rival = a_sealed_rival(people, asked)
    case = opened_rivals(people, asked).case
    with clock.at(RIVALS_OVER):
        own = Proposal.objects.select_related("partner", "case", "village", "call", "rival_of").get(pk=rival.pk)
        actions.withdraw_proposal(by=people.by("pesaing"), proposal=own)
        first = Proposal.objects.get(rival_of=None)
        case = actions.close_comparison(by=people.by("kades"), case=case, chosen=first, reason="Tinggal satu.")
    for each in Edition:
        told = said(dossier(case, each, at=clock.now()))
        assert rival.partner.name in told and "Mundur sesudah dibuka, 10 Maret 2026" in told
        assert "Layak dimusyawarahkan" in told and "SL-26" not in told


# The worker -----------------------------------------------------------------------------------------------------------
def asked(people: People) -> Dossier:
    case = an_awarded_case(people)
    return actions.ask_dossier(by=people.by("sekdes"), case=case)


def test_the_worker_makes_both_editions_and_everybody_gets_the_one_for_him(people):
    made = asked(people)
    assert binding.make_waiting() == 1 and binding.make_waiting() == 0
    made.refresh_from_db()
    assert made.state == "ready" and newest_dossier(made.case) == made
    public = Client().get(reverse("page.case_dossier", args=[made.case.code]))
    house = signed_in(people, "sekdes").get(reverse("page.dossier_pdf", args=[made.case.code]))
    assert public.content == files.read(made.public.sha256) and house.content == files.read(made.house.sha256)
    assert public.content != house.content and house["Content-Type"] == "application/pdf"


def test_one_dossier_of_a_case_is_asked_for_at_a_time(people):
    made = asked(people)
    with pytest.raises(NoSuchMove):
        actions.ask_dossier(by=people.by("bpd"), case=made.case)
    binding.make_waiting()
    again = actions.ask_dossier(by=people.by("bpd"), case=made.case)
    binding.make_waiting()
    assert Dossier.objects.filter(state="ready").count() == 2 and newest_dossier(made.case) == again


def test_no_dossier_of_a_call_that_was_never_announced(people):
    with pytest.raises(NoSuchMove):
        actions.ask_dossier(by=people.by("sekdes"), case=a_call(people).case)


def test_a_dossier_that_cannot_be_made_fails_and_says_so(people):
    made = asked(people)
    call = Call.objects.get()
    Call.objects.filter(pk=call.pk).update(goals="x" * 3_000)  # longer than any word a paper takes
    assert binding.make_waiting() == 1
    made.refresh_from_db()
    assert made.state == "failed" and newest_dossier(made.case) is None
    page = signed_in(people, "sekdes").get(reverse("selection.ask_dossier", args=[made.case.code])).content.decode()
    assert "Berkas gagal disusun" in page


def test_a_dossier_that_ended_its_worker_three_times_is_begun_no_more(people):
    made = asked(people)
    Dossier.objects.filter(pk=made.pk).update(state="making", tries=3, begun_at=clock.now() - 2 * binding.LEASE)
    assert binding.make_waiting() == 1
    made.refresh_from_db()
    assert made.state == "failed" and made.house is None


def test_a_result_and_an_award_have_their_dossier_the_next_day(people):
    call = a_candidate(people)
    assert binding.ask_due() == 1 and binding.ask_due() == 0
    binding.make_waiting()
    assert binding.ask_due() == 0
    Call.objects.filter(pk=call.pk).update(state="awarded")
    assert binding.ask_due() == 1
    assert [each.stage for each in Dossier.objects.order_by("pk")] == ["provisional", "awarded"]


def test_two_workers_make_one_dossier(people):
    made = asked(people)
    with_other = Dossier.objects.get(pk=made.pk)
    binding.begin_dossier(by=By.the_system(), dossier=made)
    with pytest.raises(NoSuchMove):
        binding.begin_dossier(by=By.the_system(), dossier=with_other)


# Their pages ----------------------------------------------------------------------------------------------------------
def test_everybody_prints_what_is_public_and_nothing_before_its_time(people):
    call = an_open_call(people)
    for kind, status in (
        ("pengumuman", 200),
        ("kak", 200),
        ("pembukaan", 404),
        ("seleksi", 404),
        ("perbandingan", 404),
        ("x", 404),
    ):
        answer = Client().get(reverse("page.call_paper", args=[call.code, kind]))
        assert answer.status_code == status, kind
        assert status == 404 or answer.content.startswith(b"%PDF-")
    page = Client().get(reverse("page.call", args=[call.code])).content.decode()
    assert reverse("page.call_paper", args=[call.code, "pengumuman"]) in page
    assert reverse("page.call_paper", args=[call.code, "pembukaan"]) not in page


def test_paper_is_chosen_in_the_address(people):
    call = an_open_call(people)
    at = reverse("page.call_paper", args=[call.code, "kak"])
    assert pages(Client().get(at).content)[0] == (215, 330)
    assert pages(Client().get(at, {"kertas": "a4"}).content)[0] == (210, 297)
    assert Client().get(at, {"kertas": "a3"}).status_code == 404


def test_an_office_that_must_edit_gets_the_same_words_as_a_word_file(people):
    call = an_open_call(people)
    at = reverse("page.call_paper", args=[call.code, "kak"])
    page = Client().get(reverse("page.call", args=[call.code])).content.decode()
    assert f"{at}?bentuk=word" in page
    answer = Client().get(at, {"bentuk": "word"})
    assert answer["Content-Disposition"] == f'attachment; filename="kak-{call.code}.docx"'
    tree = editable(call, "kak", Edition.PUBLIC)
    assert tight(typed_out(answer.content)) == tight("".join(words(tree)))
    says_the_same_in_each_form(tree)
    assert Client().get(at, {"bentuk": "odt"}).status_code == 404
    assert Client().get(reverse("page.call_paper", args=[call.code, "seleksi"]), {"bentuk": "word"}).status_code == 404
    house = reverse("page.selection_paper", args=[call.case.code, "kak"])
    assert typed_out(signed_in(people, "sekdes").get(house, {"bentuk": "word"}).content)


def test_a_draft_is_printed_for_the_house_as_a_draft_and_for_nobody_else(people):
    with clock.at(OPENED):
        call = a_call(people)
    house = signed_in(people, "sekdes").get(reverse("page.selection_paper", args=[call.case.code, "kak"]))
    assert house.status_code == 200
    assert Client().get(reverse("page.call_paper", args=[call.code, "kak"])).status_code == 404


def test_the_house_prints_every_paper_from_the_room(people):
    call = a_candidate(people)
    client = signed_in(people, "bpd")
    room = client.get(reverse("page.selection", args=[call.case.code])).content.decode()
    for kind in KINDS:
        at = reverse("page.selection_paper", args=[call.case.code, kind])
        assert at in room and client.get(at).content.startswith(b"%PDF-"), kind
    assert reverse("selection.ask_dossier", args=[call.case.code]) in room


def test_the_page_of_the_dossier_waits_by_itself(people):
    call = a_candidate(people)
    client, at = signed_in(people, "sekdes"), reverse("selection.ask_dossier", args=[call.case.code])
    first = client.get(at).content.decode()
    assert "Belum ada berkas" in first and 'http-equiv="refresh"' not in first
    client.post(at, {"_key": "11111111-1111-4111-8111-111111111111"})
    assert 'http-equiv="refresh"' in client.get(at).content.decode()
    binding.make_waiting()
    ready = client.get(at).content.decode()
    assert reverse("page.dossier_pdf", args=[call.case.code]) in ready and 'http-equiv="refresh"' not in ready


def test_a_partner_prints_its_own_sheet_and_no_other(people):
    call = a_candidate(people, *TWO)
    loser = Proposal.objects.get(call=call, state="ranked")
    at = reverse("page.feedback_paper", args=[loser.code])
    assert signed_in(people, "mitra.dua").get(at).content.startswith(b"%PDF-")
    candidate = signed_in(people, "mitra")  # sees the case as its partner, and no other's proposal in it
    assert (
        candidate.get(at).status_code == candidate.get(reverse("page.proposal", args=[loser.code])).status_code == 404
    )
