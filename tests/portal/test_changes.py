"""What became of an agreement since it was signed, as anybody reads it: addenda in force, a rest, a longer term."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bermitra.agreements.changing import actions
from bermitra.agreements.models import Agreement
from bermitra.foundation.commands import clock
from bermitra.partnership.models import Case
from tests.agreements import test_amending as changing
from tests.agreements.makers import an_agreement_in_force, fresh
from tests.agreements.test_amending import DAY, LATER
from tests.agreements.test_suspending import ASKED, resting
from tests.portal.test_joint import at, words

pytestmark = pytest.mark.django_db(transaction=True)

SEEN = LATER + timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def page_of(agreement: Agreement) -> str:
    return reverse("page.agreement", args=[agreement.case.code])


def test_an_addendum_is_told_in_words_once_it_holds_and_not_before(people):
    agreement = an_agreement_in_force(people)
    amendment = changing.begun(people, agreement, reason="Harga bibit turun, hubungi 081234567890.")
    amendment = changing.worded(people, amendment, blanks={"hari_lapor_kahar": 5})
    amendment = changing.locked(people, changing.agreed(people, amendment))
    assert "Adendum ke-1" not in at(page_of(agreement), SEEN)  # nobody has signed it
    amendment = changing.signed(people, amendment, "kades", "mitra.direktur")
    with CaptureQueriesContext(connection) as asked:
        page = at(page_of(agreement), SEEN)
    # Not one more than without an addendum (``test_verification``): what is old about the summary is read from these rows.
    assert len(asked) <= 12
    said = words(page)
    for each in (
        "Adendum ke-1: perubahan", "004/ADD-PANDANARUM/VII/2026 · 88/FPC/2026", "berlaku sejak", "Harga bibit turun",
        "1 hal berubah", "paling lambat 5 (lima) hari setelah kejadian", "Naskah di bawah ini berbunyi seperti saat ditandatangani.",
    ):  # fmt: skip
        assert each in said, each
    assert "081234567890" not in said
    assert f"/verifikasi/{amendment.paper.code}/" in page
    assert amendment.reason not in said


def test_a_longer_term_says_which_evaluation_came_before_it(people):
    agreement = an_agreement_in_force(people)
    Agreement.objects.update(starts_on=DAY - timedelta(days=60))
    ends = agreement.ends_on
    assert ends is not None
    with clock.at(LATER):
        amendment = actions.propose_renewal(
            by=people.by("sekdes"), agreement=fresh(agreement), reason="Kebun baru berbuah.",
            ends_on=date(ends.year + 1, ends.month, ends.day),
        )  # fmt: skip
    amendment = changing.by_the_meeting(people, changing.agreed(people, amendment, "kades", "mitra.direktur"))
    with clock.at(LATER):
        actions.record_evaluation(
            by=people.by("bpd"), agreement=fresh(agreement), reached="Dua petak contoh berjalan.",
            missed="Pembukuan kelompok belum rutin.", together_with="BPD dan kelompok tani", held_on=DAY, prolong=True,
        )  # fmt: skip
    changing.signed(people, changing.locked(people, amendment), "kades", "mitra.direktur")
    said = words(at(page_of(agreement), SEEN))
    assert "Adendum ke-1: perpanjangan" in said
    assert "Semula berakhir" in said and "Diperpanjang sesudah evaluasi" in said
    assert f"Berlaku sampai {ends.day}" in said and str(ends.year + 1) in said


def test_a_rest_says_why_and_until_when_and_is_gone_when_it_is_over(people):
    agreement = an_agreement_in_force(people)
    Case.objects.update(state="running")  # work has begun
    suspension = resting(people, fresh(agreement), caused_by="two")
    said = words(at(page_of(agreement), ASKED))
    assert "Kerja sama ditunda sejak 10 Maret 2026, paling lama sampai 30 Juni 2026. Sebab: keadaan kahar." in said
    assert suspension.reason not in said  # what happened is told in the parties' own words to the parties
    with clock.at(ASKED + timedelta(days=20)):
        actions.resume(by=people.by("kades"), suspension=suspension, how="Jalan sudah dibuka.")
    assert "Kerja sama ditunda" not in at(page_of(agreement), SEEN)
    assert Client().get(page_of(agreement)).status_code == 200
