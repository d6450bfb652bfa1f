"""An agreement from before is changed by an addendum: quoted, answered, decided, signed with ink, and the record says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from bermitra.agreements.changing.queries import compared_hash
from bermitra.agreements.existing.actions import complete_existing, confirm_existing
from bermitra.agreements.existing.addenda import actions, letters, queries, rules
from bermitra.agreements.existing.addenda.actions import Terms
from bermitra.agreements.existing.addenda.models import EarlierAddendum, EarlierAddendumScan
from bermitra.agreements.existing.models import EarlierAgreement, EarlierEntry
from bermitra.deliberation.models import ReadyText
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.documents import docx, files, signing
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.models import StoredFile
from bermitra.foundation.documents.uploads import make_safe
from bermitra.foundation.duties.models import Duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.models import Event
from bermitra.foundation.rules import Refused
from bermitra.portal.changes import earlier_addenda
from bermitra.portal.verification import Verdict, compare, paper_of, verify
from tests.agreements.makers import _scan_of
from tests.agreements.test_existing import KOPI, minutes, registered
from tests.agreements.village_makers import decree
from tests.foundation.documents.test_uploads import pdf
from tests.partnership.makers import a_partner, an_office, decided
from tests.people import People

pytestmark = pytest.mark.django_db
LASTS, LONGER = date(2027, 1, 31), date(2030, 1, 31)
CHANGE = {
    "article": "Pasal 4 ayat (1)", "page": 2, "before": "Perjanjian berlaku sampai 31 Januari 2027.",
    "after": "Perjanjian berlaku sampai 31 Januari 2030.",
}  # fmt: skip
TERMS = Terms(
    reason="Panen baru mulai tahun ketiga.", touches=("scope",), ends_on=LONGER, value=200_000_000,
    evaluated_on=date(2026, 1, 10), evaluation="Panen naik; alat pengering belum ada.",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


# Rules ----------------------------------------------------------------------------------------------------------------
def test_AG_96_quotes_a_known_agreement():
    whole = rules.RecordFacts("003/PKS/2023", True, True, "pihak_ketiga")
    assert rules.quotes_a_known_agreement(whole)
    for wrong in ({"number": ""}, {"made_on_known": False}, {"scan_kept": False}):
        assert not rules.quotes_a_known_agreement(replace(whole, **wrong))


def test_AG_97_agreement_with_a_third_party():
    assert rules.agreement_with_a_third_party(rules.RecordFacts("", False, False, "pihak_ketiga"))
    assert not rules.agreement_with_a_third_party(rules.RecordFacts("1", True, True, "antar_desa"))


def test_AG_98_every_change_is_quoted():
    whole = ("Pasal 4", 2, "lama", "baru")
    assert rules.every_change_is_quoted(rules.QuotesFacts((whole, ("Pasal 5", 3, "lama", "")), 3))
    for wrong in (("", 2, "lama", "baru"), ("Pasal 4", 0, "lama", "baru"), ("Pasal 4", 4, "lama", "baru"),
                  ("Pasal 4", 2, "", "baru"), ("Pasal 4", 2, "sama", "sama")):  # fmt: skip
        assert not rules.every_change_is_quoted(rules.QuotesFacts((whole, wrong), 3))


def test_free_words_always_touch_rights_and_values_what_they_are():
    assert rules.touched((), term=False, money=False, asset=False) == ["rights"]
    assert rules.touched(("sanctions",), term=True, money=True, asset=True) == [
        "term", "money", "asset", "rights", "sanctions",
    ]  # fmt: skip


# The way of a change --------------------------------------------------------------------------------------------------
def running(people: People, *, account: bool = True, **other) -> EarlierAgreement:
    """An agreement of 2023 with its scan of three pages, that the head has said to run."""
    partner = a_partner(people, "Koperasi Kopi Serayu", "kopi") if account else KOPI
    known = {"number": "003/PKS/2023", "made_on": date(2023, 2, 1), "value": 150_000_000}
    earlier = minutes(people, registered(people, partner=partner, ends_on=LASTS, known=known, **other))
    safe = make_safe(pdf(pages=3), "perjanjian.pdf")
    stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
    complete_existing(by=people.by("sekdes"), case=earlier.case, values={}, files={"text_file": stored})
    confirm_existing(by=people.by("kades"), case=earlier.case)
    return EarlierAgreement.objects.select_related("case__village", "case__partner", "text_file").get(pk=earlier.pk)


@pytest.mark.parametrize("says", [b"/Count 0", b"/Coont 3"])
def test_pages_of_the_scan_are_counted_and_not_taken_from_what_the_file_says(says):
    safe = make_safe(pdf(pages=3).replace(b"/Count 3", says), "perjanjian.pdf")
    stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
    kept = StoredFile(sha256=stored.sha256, media_type=safe.media_type, name=safe.name)
    assert queries.scan_pages(EarlierAgreement(text_file=kept)) == 3


def again(addendum: EarlierAddendum) -> EarlierAddendum:
    found = EarlierAddendum.objects.select_related("earlier__case__partner", "earlier__text_file", "paper__file")
    return found.get(pk=addendum.pk)


def proposed(people: People, earlier: EarlierAgreement, terms: Terms = TERMS, who: str = "sekdes") -> EarlierAddendum:
    made = actions.propose_earlier_addendum(by=people.by(who), case=earlier.case, terms=terms)
    actions.word_earlier_addendum(by=people.by(who), addendum=again(made), change=CHANGE, scan_pages=3)
    return again(made)


def offered(people: People, addendum: EarlierAddendum) -> EarlierAddendum:
    actions.offer_earlier_addendum(by=people.by("kades"), addendum=again(addendum), seen=addendum.text_hash)
    return again(addendum)


def agreed(people: People, earlier: EarlierAgreement, terms: Terms = TERMS) -> EarlierAddendum:
    """By the partner that has an account, and by the meeting."""
    made = offered(people, proposed(people, earlier, terms))
    if made.state == "offered":
        actions.agree_earlier_addendum(by=people.by("kopi.direktur"), addendum=made, seen=made.text_hash)
    decided(made.code, made.text_hash)
    return again(made)


TYPED = {
    "partner_signer": "Sri Lestari", "partner_office": "Ketua Koperasi Kopi Serayu",
    "partner_mandate": "Akta Pendirian Nomor 12 Tahun 2019",
}  # fmt: skip


def locked(people: People, addendum: EarlierAddendum, **typed) -> EarlierAddendum:
    given = {"made_on": clock.today(), "place": "Kantor Desa Pandanarum", "village_number": "007/AD/2026",
             "partner_number": "12/KKS/2026"}  # fmt: skip
    held, knock = again(addendum), people.by("kades")
    for name, value in typed.items():
        setattr(held, name, value)
    paper = letters.addendum_paper(held, key=knock.key, **given)
    pages = signing.page_count(files.read(paper.pdf.sha256))
    actions.lock_earlier_addendum(by=knock, addendum=held, paper=paper, pages=pages, **given, **typed)
    return again(addendum)


def scanned(people: People, addendum: EarlierAddendum, who: str = "sekdes") -> EarlierAddendumScan:
    safe = make_safe(_scan_of(addendum.pages), "pindaian.pdf")
    stored = files.put(safe.content, media_type=safe.media_type, name=safe.name)
    return actions.upload_earlier_addendum_scan(
        by=people.by(who), addendum=again(addendum), file=stored, pages=safe.pages, signed_on=clock.today(),
        witnesses=["Karsono", "Paijo"],
    )  # fmt: skip


def confirmed(people: People, addendum: EarlierAddendum, *whom: str) -> EarlierAddendum:
    for who in whom:
        held = again(addendum)
        scan = queries.newest_scan(held)
        assert scan is not None
        actions.confirm_earlier_addendum_scan(
            by=people.by(who), addendum=held, seen=compared_hash(held, scan), pages=held.pages
        )
    return again(addendum)


def doors(addendum: EarlierAddendum) -> dict[str, str]:
    found = Duty.objects.filter(about=f"earlieraddendum:{addendum.code}", closed_at=None)
    return {each.role: each.door.removeprefix("agreements.") for each in found}


def test_the_term_grows_by_meeting_ink_and_one_of_each_side_and_the_record_says_by_which_addendum(people):
    earlier = running(people)
    made = proposed(people, earlier)
    assert made.touches == ["scope", "term", "money", "rights"]
    assert doors(made) == {"village_head": "offer_earlier_addendum"}
    made = offered(people, made)
    assert made.state == "offered" and doors(made) == {"partner_signatory": "agree_earlier_addendum"}
    with pytest.raises(NotAllowed):
        actions.agree_earlier_addendum(by=people.by("kopi"), addendum=made, seen=made.text_hash)
    actions.agree_earlier_addendum(by=people.by("kopi.direktur"), addendum=made, seen=made.text_hash)
    read_out = ReadyText.objects.get(code=made.code)
    assert (
        "Semula: Perjanjian berlaku sampai 31 Januari 2027." in read_out.text and read_out.text_hash == made.text_hash
    )
    assert "Berakhir: 31 Januari 2027 menjadi 31 Januari 2030" in read_out.text
    with pytest.raises(Refused) as refused:
        locked(people, made)
    assert {"AG-34", "AG-37"} <= set(refused.value.codes)
    decided(made.code, "0" * 64)
    with pytest.raises(Refused):  # another text than that which stands here
        locked(people, made)
    decided(made.code, made.text_hash)
    made = locked(people, made)
    assert made.state == "locked" and doors(made) == {"village_secretary": "upload_earlier_addendum_scan"}
    assert not ReadyText.objects.filter(code=made.code).exists()
    assert verify(made.paper).verdict is Verdict.UNSIGNED
    scan = scanned(people, made)
    assert set(doors(made)) == {"bpd_chair", "partner_signatory"}
    made = confirmed(people, made, "bpd")
    assert made.state == "locked" and set(doors(made)) == {"partner_signatory"}
    assert EarlierAgreement.objects.get().ends_on == LASTS
    made = confirmed(people, made, "kopi")
    assert made.state == "in_force" and doors(made) == {}
    held = EarlierAgreement.objects.get()
    assert (held.ends_on, held.value) == (LONGER, 200_000_000)
    assert made.held == {"ends_on": "2027-01-31", "value": 150_000_000}
    last = EarlierEntry.objects.order_by("-pk")[0]
    assert (last.values["ends_on"], last.reason) == ("2030-01-31", "Adendum Nomor 007/AD/2026")
    found = verify(made.paper)
    assert found.verdict is Verdict.GENUINE and all(light.good for light in found.lights)
    assert (
        "Dinyatakan cocok oleh Darsini dan Wakil Koperasi Kopi Serayu; mesin tidak membaca kertas."
        in found.lights[0].says
    )
    content = files.read(scan.file.sha256)
    assert paper_of(content) == made.paper and compare(made.paper, content).same
    changed = compare(made.paper, content[:-1] + bytes([content[-1] ^ 1]))
    assert not changed.same and not all(light.good for light in changed.lights)
    (row,) = earlier_addenda(held)
    with override("id"):
        assert ("Berakhir", "31 Januari 2027", "31 Januari 2030") in row["values"] and row["changes"][0][0] == CHANGE[
            "article"
        ]


def test_a_partner_without_an_account_is_asked_by_the_paper_and_two_of_the_village_compare(people):
    earlier = running(people, account=False)
    made = offered(people, proposed(people, earlier))
    assert made.state == "agreed" and ReadyText.objects.filter(code=made.code).exists()
    decided(made.code, made.text_hash)
    with pytest.raises(Refused) as refused:
        locked(people, made)
    assert refused.value.codes == ("AG-18",)
    made = locked(people, made, **TYPED)
    assert made.paper.source["data"]["signers"] == ["Sutrisno Hadi", "Sri Lestari"]
    scanned(people, made)
    with pytest.raises(Refused) as own:
        confirmed(people, made, "sekdes")
    assert own.value.codes == ("AG-20",)
    assert confirmed(people, made, "kades").state == "locked"  # the chair of the BPD is missing
    assert confirmed(people, made, "kades").state == "locked"  # and nobody is two
    assert doors(made) == {"bpd_chair": "confirm_earlier_addendum_scan"}
    assert confirmed(people, made, "bpd").state == "in_force"
    assert "Sri Lestari" in verify(made.paper).lights[0].says


def test_a_partner_that_has_an_account_by_now_compares_itself(people):
    made = locked(people, agreed(people, running(people, account=False)), **TYPED)
    scanned(people, made)
    an_office(people, "kopi", "Wakil Koperasi", roles.PARTNER_REP, party=made.earlier.case.partner.code)
    assert confirmed(people, made, "bpd", "kades").state == "locked"
    assert confirmed(people, made, "kopi").state == "in_force"


def test_only_a_known_agreement_with_a_third_party_that_runs_is_changed(people):
    with pytest.raises(NoSuchMove):  # not yet said to run
        actions.propose_earlier_addendum(by=people.by("sekdes"), case=registered(people).case, terms=TERMS)
    earlier = running(people, account=False, difference="kelompok lain")
    for change, code in (
        ({"number": ""}, "AG-96"), ({"text_file": None}, "AG-96"), ({"ends_on": date(2025, 1, 1)}, "AG-55"),
    ):  # fmt: skip
        EarlierAgreement.objects.filter(pk=earlier.pk).update(**change)
        with pytest.raises(Refused) as refused:
            proposed(people, earlier)
        assert refused.value.codes == (code,)
        EarlierAgreement.objects.filter(pk=earlier.pk).update(
            number=earlier.number, text_file=earlier.text_file, ends_on=earlier.ends_on
        )
    type(earlier.case).objects.filter(pk=earlier.case_id).update(coop_type="antar_desa")
    earlier.case.refresh_from_db()
    with pytest.raises(Refused) as between:
        proposed(people, earlier)
    assert between.value.codes == ("AG-97",)
    for who in ("dinas", "camat", "bpd", "kades.asing"):
        with pytest.raises(NotAllowed):
            actions.propose_earlier_addendum(by=people.by(who), case=earlier.case, terms=TERMS)
    assert not EarlierAddendum.objects.exists()


def test_one_is_open_at_a_time_and_says_why_and_something_else(people):
    earlier = running(people)
    with pytest.raises(Refused) as silent:
        proposed(people, earlier, replace(TERMS, reason=""))
    assert silent.value.codes == ("AG-35",)
    bare = actions.propose_earlier_addendum(by=people.by("sekdes"), case=earlier.case, terms=TERMS)
    with pytest.raises(Refused) as second:
        proposed(people, earlier)
    assert second.value.codes == ("AG-35",)
    with pytest.raises(Refused) as empty:
        offered(people, again(bare))
    assert empty.value.codes == ("AG-35",)
    for wrong in ({"page": 4}, {"article": ""}, {"after": CHANGE["before"]}):
        with pytest.raises(Refused) as unquoted:
            actions.word_earlier_addendum(
                by=people.by("sekdes"), addendum=again(bare), change={**CHANGE, **wrong}, scan_pages=3
            )
        assert unquoted.value.codes == ("AG-98",)
    assert again(bare).changes == []


def test_a_quotation_is_mended_and_thrown_out_and_the_terms_too(people):
    made = proposed(people, running(people))
    other = {**CHANGE, "article": "Pasal 9"}
    actions.word_earlier_addendum(by=people.by("operator"), addendum=again(made), change=other, scan_pages=3)
    actions.word_earlier_addendum(
        by=people.by("operator"), addendum=again(made), place=0, change={**CHANGE, "page": 3}, scan_pages=3
    )
    assert [(each["article"], each["page"]) for each in again(made).changes] == [
        ("Pasal 4 ayat (1)", 3),
        ("Pasal 9", 2),
    ]
    actions.word_earlier_addendum(by=people.by("operator"), addendum=again(made), place=0, scan_pages=3)
    assert again(made).changes == [other]
    with pytest.raises(NoSuchMove):
        actions.word_earlier_addendum(by=people.by("operator"), addendum=again(made), place=1, scan_pages=3)
    actions.word_earlier_addendum(by=people.by("sekdes"), addendum=again(made), terms=Terms(reason="Lain."))
    assert (again(made).reason, again(made).touches, again(made).ends_on) == ("Lain.", ["rights"], None)
    with pytest.raises(Refused) as stale:  # the head read an older text
        actions.offer_earlier_addendum(by=people.by("kades"), addendum=again(made), seen=made.text_hash)
    assert stale.value.codes == ("AG-06",)
    offered(people, again(made))
    with pytest.raises(NoSuchMove):
        actions.word_earlier_addendum(by=people.by("sekdes"), addendum=again(made), terms=TERMS)


def test_a_longer_term_wants_an_evaluation_and_stays_within_the_years_of_the_use(people):
    earlier = running(people)
    for terms, code in (
        (replace(TERMS, evaluated_on=None), "AG-37"),
        (replace(TERMS, evaluated_on=clock.today() + timedelta(days=1)), "AG-37"),
        (replace(TERMS, asset_form="sewa", ends_on=date(2031, 1, 31)), "AG-37"),  # four years more, a lease has three
        (replace(TERMS, asset_form="ksp"), "AG-13"),
    ):
        made = agreed(people, earlier, terms)
        with pytest.raises(Refused) as refused:
            locked(people, made)
        assert refused.value.codes == (code,)
        actions.withdraw_earlier_addendum(by=people.by("kades"), addendum=again(made), reason="Diulang.")
    assert locked(people, agreed(people, earlier, replace(TERMS, asset_form="sewa"))).state == "locked"


def test_the_partner_says_no_and_why_and_the_record_stays(people):
    made = offered(people, proposed(people, running(people)))
    actions.reject_earlier_addendum(by=people.by("kopi.direktur"), addendum=made, reason="Harga belum cocok.")
    assert (again(made).state, again(made).left_because) == ("rejected", "Harga belum cocok.")
    assert EarlierAgreement.objects.get().ends_on == LASTS and doors(made) == {}
    with pytest.raises(NoSuchMove):
        actions.withdraw_earlier_addendum(by=people.by("kades"), addendum=again(made), reason="Terlambat.")


@pytest.mark.parametrize("first", ["agree", "withdraw"])
def test_of_agreeing_and_withdrawing_on_the_same_page_one_wins(first, people):
    """Both have read the row as it was offered."""
    made = offered(people, proposed(people, running(people)))
    seen_by_partner, seen_by_head = again(made), again(made)

    def agree() -> None:
        actions.agree_earlier_addendum(by=people.by("kopi.direktur"), addendum=seen_by_partner, seen=made.text_hash)

    def withdraw() -> None:
        actions.withdraw_earlier_addendum(by=people.by("kades"), addendum=seen_by_head, reason="Ditunda.")

    acts = [agree, withdraw] if first == "agree" else [withdraw, agree]
    acts[0]()
    with pytest.raises(NoSuchMove):
        acts[1]()
    assert again(made).state == ("agreed" if first == "agree" else "withdrawn")
    assert ReadyText.objects.filter(code=made.code).exists() == (first == "agree")


def test_what_is_withdrawn_after_locking_is_void_and_nothing_more_is_confirmed(people):
    made = locked(people, agreed(people, running(people)))
    scanned(people, made)
    confirmed(people, made, "bpd")
    late = again(made)
    actions.withdraw_earlier_addendum(by=people.by("kades"), addendum=again(made), reason="Salah kutip.")
    assert verify(again(made).paper).verdict is Verdict.WITHDRAWN
    scan = queries.newest_scan(late)
    with pytest.raises(NoSuchMove):
        actions.confirm_earlier_addendum_scan(
            by=people.by("kopi"), addendum=late, seen=compared_hash(late, scan), pages=late.pages
        )
    assert EarlierAgreement.objects.get().ends_on == LASTS


def test_another_scan_takes_the_place_and_is_compared_anew(people):
    made = locked(people, agreed(people, running(people)))
    scanned(people, made)
    held = confirmed(people, made, "bpd")
    seen = compared_hash(held, queries.newest_scan(held))
    safe = make_safe(_scan_of(made.pages + 1), "lain.pdf")
    actions.upload_earlier_addendum_scan(
        by=people.by("operator"), addendum=again(made), pages=safe.pages, signed_on=clock.today(), witnesses=["A", "B"],
        file=files.put(safe.content, media_type=safe.media_type, name=safe.name),
    )  # fmt: skip
    with pytest.raises(Refused) as stale:
        actions.confirm_earlier_addendum_scan(by=people.by("kopi"), addendum=again(made), seen=seen, pages=made.pages)
    assert stale.value.codes == ("AG-44",)
    assert confirmed(people, made, "kopi").state == "locked"  # the chair of the BPD compared the other scan


def test_who_does_not_hold_the_office_any_more_has_signed_nothing(people):
    made = locked(people, agreed(people, running(people)))
    scanned(people, made)
    Appointment.objects.filter(person=people.kades, role="village_head").update(until=clock.today() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        confirmed(people, made, "bpd")
    assert refused.value.codes == ("AG-18",)


def test_the_paper_says_the_same_in_both_forms_and_names_what_it_changes(people):
    made = agreed(people, running(people))
    tree = compose(letters.draft_document(again(made), clock.today()))
    assert docx.render(tree)[:2] == b"PK"
    said = str(tree).replace("\\xa0", " ")
    for words in ("003/PKS/2023", "1 Februari 2023", "31 Januari 2030", "dua ratus juta rupiah", CHANGE["before"],
                  "halaman 2 naskah Perjanjian", made.text_hash, "Panen naik"):  # fmt: skip
        assert words in said


def test_an_open_one_lapses_when_the_village_passes_the_agreement_on(people):
    made = locked(people, agreed(people, running(people)))
    decree(people, "merged")()
    assert again(made).state == "withdrawn" and "diambil alih" in again(made).left_because
    assert Event.objects.filter(verb="earlier_addendum.lapsed").count() == 1
    assert doors(made) == {}
    assert verify(again(made).paper).verdict is Verdict.WITHDRAWN
