"""The regency records a decree on its page, as an officer meets it; who sees it afterwards, and what the open page says."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bermitra.agreements.models import VillageChange
from bermitra.agreements.villages.queries import held_by, list_hash
from tests.access.browsers import Browsers
from tests.agreements import makers
from tests.agreements import village_makers as villages
from tests.agreements.makers import fresh
from tests.agreements.test_existing import registered
from tests.deliberation.test_pages import a_pdf
from tests.partnership.test_pages import send, shown, signed_in
from tests.people import NEIGHBOUR, OURS, place

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, real_transactions):
    settings.BERMITRA_HOME = tmp_path


def typed(**other):
    return {
        "seen": list_hash(held_by(place(OURS))), "kind": "merged", "instrument": "regulation", "number": "4 Tahun 2026 (contoh)",
        "dated": "11 Mei 2026", "holds_from": "1 Juni 2026", "receiver": NEIGHBOUR,
        "file": SimpleUploadedFile("perda.pdf", a_pdf(), "application/pdf"), **other,
    }  # fmt: skip


def test_the_officer_reads_the_list_types_the_decree_and_every_agreement_passes(people):
    running = makers.an_agreement_in_force(people)
    officer = Browsers().of(people.dinas)
    page = officer.get(reverse("page.village_changes")).content.decode()
    assert reverse("agreements.record_village_change", args=[OURS]) in page
    for words, found in ((OURS, True), (f"\0{OURS}", True), ("tidak ada", False)):
        page = officer.get(reverse("page.village_changes"), {"q": words}).content.decode()
        assert (reverse("agreements.record_village_change", args=[OURS]) in page) is found
    page = shown(officer, "agreements.record_village_change", OURS)[1]
    assert running.title in page and "Catat dan alihkan perjanjian" in page
    wrong = send(officer, "agreements.record_village_change", OURS, **typed(receiver="99"))
    assert wrong.status_code == 422 and not VillageChange.objects.exists()
    refused = send(officer, "agreements.record_village_change", OURS, **typed(receiver=OURS))
    assert refused.status_code == 409 and "AG-87" in refused.content.decode()
    done = send(officer, "agreements.record_village_change", OURS, **typed())
    change = VillageChange.objects.get()
    assert done.url == reverse("page.village_change", args=[change.code])
    assert fresh(running).case.village_id == NEIGHBOUR
    file = officer.get(reverse("page.village_change_file", args=[change.code]))
    assert (
        file["Content-Type"] == "application/pdf"
        and f'perubahan-desa-{change.code}.pdf"' in file["Content-Disposition"]
    )


def test_only_the_regency_of_the_village_records_and_strangers_read_nothing(people):
    makers.an_agreement_in_force(people)
    for who in (people.held["dinas.asing"], people.kades, people.camat):
        answer = Browsers().of(who).get(reverse("agreements.record_village_change", args=[OURS]))
        assert answer.status_code in (403, 404)
    change = villages.decreed(people, "merged")
    assert shown(signed_in(people, "kades.asing"), "page.village_change", change.code)[0] == 404
    for who in ("kades", "mitra", "camat"):
        assert shown(signed_in(people, who), "page.village_change", change.code)[0] == 200


def test_what_was_recorded_before_the_last_ones_is_read_on(people, monkeypatch):
    makers.an_agreement_in_force(people)
    older = villages.decreed(people, "merged")
    said = {
        each.attname: getattr(older, each.attname)
        for each in VillageChange._meta.fields
        if each.name not in ("id", "code")
    }
    newer = VillageChange.objects.create(**said)
    monkeypatch.setattr("bermitra.agreements.villages.views.SHOWN", 1)
    officer, path = Browsers().of(people.dinas), reverse("page.village_changes")
    links = {each.code: reverse("page.village_change", args=[each.code]) for each in (older, newer)}
    first = officer.get(path).content.decode()
    assert links[newer.code] in first and links[older.code] not in first and f"?setelah={newer.code}" in first
    then = officer.get(path, {"setelah": newer.code}).content.decode()
    assert links[older.code] in then and links[newer.code] not in then and "?setelah=" not in then
    assert links[newer.code] in officer.get(path, {"setelah": "\0"}).content.decode()


def test_each_partner_reads_of_its_own_agreement_alone(people):
    running, earlier = makers.an_agreement_in_force(people), registered(people)
    assert earlier.case.partner != running.case.partner
    change = villages.decreed(people, "merged")
    assert change.takeovers.count() == 2
    says = shown(signed_in(people, "mitra"), "page.village_change", change.code)[1]
    assert running.title in says and earlier.case.title not in says and earlier.case.partner.name not in says
    for who in ("kades", "camat"):
        says = shown(signed_in(people, who), "page.village_change", change.code)[1]
        assert running.title in says and earlier.case.title in says


def test_everybody_reads_who_holds_it_and_the_partner_answers_on_its_page(people):
    running = makers.an_agreement_in_force(people)
    change = villages.decreed(people, "merged")
    takeover = change.takeovers.get()
    page = signed_in(people, "mitra")
    assert (
        reverse("agreements.answer_takeover", args=[takeover.code])
        in shown(page, "page.village_change", change.code)[1]
    )
    send(page, "agreements.answer_takeover", takeover.code, kind="wants_end", text="Petani kami pindah desa.")
    says = shown(page, "page.village_change", change.code)[1]
    assert "Meminta perjanjian diakhiri: Petani kami pindah desa." in says
    assert reverse("agreements.answer_takeover", args=[takeover.code]) not in says
    again = send(page, "agreements.answer_takeover", takeover.code, kind="noted", text="Kami menerima saja.")
    assert again.status_code == 409 and takeover.answers.get().kind == "wants_end"
    open_page = shown(Browsers().of(None), "page.agreement", running.case.code)[1]
    assert "Desa pemegang perjanjian" in open_page and "sebelumnya Pandanarum" in open_page
    assert "Petani kami" not in open_page and change.code not in open_page
