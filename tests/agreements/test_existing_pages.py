"""The pages of agreements that ran already, as a browser without scripts sends them, and where else they are seen."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bermitra.agreements.existing.models import EarlierAgreement, ProposedAgreement
from bermitra.agreements.existing.sheets import COLUMNS
from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN
from bermitra.foundation.regions.models import Region
from bermitra.monitoring import register
from bermitra.partnership.models import Case
from bermitra.registry.models import Partner
from tests.agreements.test_existing import ROW, minutes, proposed, registered
from tests.foundation.documents.test_uploads import pdf
from tests.partnership.makers import a_partner
from tests.partnership.test_pages import send, shown, signed_in
from tests.people import NEIGHBOUR, OURS
from tests.registry.test_pages import signed_in as officer_in
from tests.tables import cells, xlsx

pytestmark = pytest.mark.django_db
LIST = "page.existing_agreements"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


def body(answer) -> str:
    return answer.content.decode()


def test_the_regency_hands_over_its_list_sees_it_and_lays_it_before_the_villages(people):
    client = officer_in(people.dinas)
    address = reverse("agreements.propose_existing")
    assert client.get(address).status_code == 200
    table = xlsx(COLUMNS, [ROW, {**ROW, "Jenis": "MoU"}])
    page = body(client.post(address, {"table": SimpleUploadedFile("daftar.xlsx", table)}))
    assert "1 perjanjian dari 1 desa siap dikirim" in page and "Baris 3" in page and "1 Februari 2023" in page
    held = re.search(r'name="held" value="([^"]+)"', page)[1]  # type: ignore[index]
    _head, row = cells(client.post(address, {"held": held, "repairs": "1"}).getvalue())
    assert "Tulis KAD atau KDPK" in row[-1]
    assert client.post(address, {"held": held, "_key": uuid4().hex}).status_code == 422
    sent = client.post(address, {"held": held, "skip": "on", "_key": uuid4().hex})
    assert sent["Location"] == reverse(LIST) and ProposedAgreement.objects.count() == 1
    again = client.post(address, {"table": SimpleUploadedFile("daftar.xlsx", table)})
    assert again.status_code == 422 and "sudah diimpor" in body(again)
    assert "Menunggu desa" in body(client.get(reverse(LIST)))
    assert cells(client.get(reverse("page.existing_table")).getvalue())[0][0] == "no"


def test_the_village_takes_the_row_over_and_says_of_what_kind_the_partner_is(people):
    (proposal,) = proposed(people)
    client = signed_in(people, "operator")
    listed = body(client.get(reverse(LIST)))
    assert "Koperasi Kopi Serayu" in listed and f"?usulan={proposal.code}" in listed
    address = f"{reverse('agreements.register_existing')}?usulan={proposal.code}"
    page = body(client.get(address))
    assert "1 Februari 2023" in page and "Pendampingan kelompok tani kopi" in page
    given = {
        "coop_type": "pihak_ketiga", "partner_name": "Koperasi Kopi Serayu", "field": "pemberdayaan_masyarakat",
        "scope": "Pendampingan kelompok tani kopi", "starts_on": "1/2/2023", "ends_on": "",
    }  # fmt: skip
    asked = client.post(address, {**given, "_key": uuid4().hex})
    assert asked.status_code == 422 and "Pilih jenis lembaganya" in body(asked)
    done = client.post(address, {**given, "kind": "cooperative_kdmp", "_key": uuid4().hex})
    earlier = EarlierAgreement.objects.get()
    assert done["Location"] == reverse("page.existing_agreement", args=[earlier.case.code])
    assert (earlier.number, earlier.value, earlier.ends_on) == ("003/PKS/2023", 150_000_000, None)
    record = body(client.get(done["Location"]))
    assert "Lengkap 55%" in record and "Tanggal berakhir" in record and "dicatat kemudian" in record
    assert "AG-01" in record and "belum diketahui" in record


def test_a_known_name_is_asked_about_and_a_like_partnership_wants_its_difference(people):
    partner = a_partner(people)
    client = signed_in(people, "sekdes")
    address = reverse("agreements.register_existing")
    given = {
        "coop_type": "pihak_ketiga", "partner_name": "FAKULTAS PERTANIAN CONTOH", "field": "pemberdayaan_masyarakat",
        "scope": "KKN", "starts_on": "1/2/2023",
    }  # fmt: skip
    asked = client.post(address, {**given, "_key": uuid4().hex})
    assert asked.status_code == 422 and "Mitra yang mana?" in body(asked)
    assert client.post(address, {**given, "partner": partner.code, "_key": uuid4().hex}).status_code == 302
    like = client.post(address, {**given, "partner": partner.code, "_key": uuid4().hex})
    assert like.status_code == 422 and "Tulis bedanya" in body(like)
    last = {**given, "partner": partner.code, "difference": "KKN tahun kedua", "_key": uuid4().hex}
    assert client.post(address, last).status_code == 302
    assert Case.objects.count() == 2 and Partner.objects.count() == 1


def test_between_villages_asks_for_the_code_of_the_other(people):
    client = signed_in(people, "sekdes")
    address = reverse("agreements.register_existing")
    given = {
        "coop_type": "antar_desa", "partner_name": "Desa Beji", "field": "pelaksanaan_pembangunan", "scope": "Irigasi",
        "starts_on": "1/2/2023", "ends_on": "1/1/2023",
    }  # fmt: skip
    asked = client.post(address, {**given, "_key": uuid4().hex})
    assert asked.status_code == 422 and "Kode desa mitra" in body(asked) and "setelah tanggal mulai" in body(asked)
    own = client.post(address, {**given, "ends_on": "", "other_village": OURS, "_key": uuid4().hex})
    assert own.status_code == 422 and "Isi kode desa lain" in body(own)
    between = {**given, "ends_on": "", "other_village": NEIGHBOUR}
    for typed, words in (
        (f"{NEIGHBOUR}, 33.04.19.2999", "tidak ada dalam daftar wilayah"),
        ("33.04.06.1013", "bukan kode desa"),
        (OURS, "selain desa Anda dan desa mitra"),
    ):
        wrong = client.post(address, {**between, "further_villages": typed, "_key": uuid4().hex})
        assert wrong.status_code == 422 and words in body(wrong)
    Region.objects.create(
        code="33.04.19.2003", level=4, kind="desa", name="Lawen", name_key="lawen", parent_id="33.04.19"
    )
    done = client.post(address, {**between, "further_villages": "33.04.19.2003", "_key": uuid4().hex})
    assert done.status_code == 302 and Partner.objects.get().village_id == NEIGHBOUR
    assert "Lawen" in body(client.get(done["Location"]))
    part = reverse("agreements.complete_existing", args=[Case.objects.get().code]) + "?bagian=isi"
    page = body(client.get(part))
    assert 'value="33.04.19.2003"' in page
    again = {"scope": "Irigasi", "starts_on": "1/2/2023", "_key": uuid4().hex}
    own = client.post(part, {**again, "further_villages": NEIGHBOUR, "reason": "Salah."})
    assert own.status_code == 422 and "selain desa Anda dan desa mitra" in body(own)
    client.post(part, {**again, "further_villages": "", "reason": "Lawen tidak ikut."})
    assert EarlierAgreement.objects.get().further_villages == []


def test_each_part_is_completed_on_its_page_and_the_file_is_handed_out(people):
    code = registered(people).case.code
    client = signed_in(people, "sekdes")
    address = reverse("agreements.complete_existing", args=[code])
    for part in ("naskah", "isi", "musyawarah"):
        assert client.get(f"{address}?bagian={part}").status_code == 200
    assert client.get(f"{address}?bagian=lain").status_code == 404
    paper = SimpleUploadedFile("pks.pdf", pdf())
    sent = client.post(
        f"{address}?bagian=naskah",
        {"number": "003/PKS", "made_on": "1/2/2023", "text_file": paper, "_key": uuid4().hex},
    )
    assert sent.status_code == 302
    got = client.get(reverse("page.existing_file", args=[code, "text_file"]))
    assert got.status_code == 200 and got["Content-Type"] == "application/pdf"
    assert client.get(reverse("page.existing_file", args=[code, "decree_file"])).status_code == 404
    wrong = client.post(f"{address}?bagian=isi", {"scope": "", "starts_on": "", "value": "banyak", "_key": uuid4().hex})
    assert wrong.status_code == 422
    kept = client.post(f"{address}?bagian=isi", {"scope": "", "starts_on": "", "value": "0", "_key": uuid4().hex})
    earlier = EarlierAgreement.objects.get()
    assert kept.status_code == 302 and (earlier.value, earlier.scope != "") == (0, True)


def test_the_head_confirms_on_the_page_and_is_told_what_is_missing_first(people):
    earlier = registered(people)
    client = signed_in(people, "kades", again=True)
    status, page = shown(client, "agreements.confirm_existing", earlier.case.code)
    assert status == 200 and "AG-01" in page
    assert shown(client, "agreements.withdraw_existing", earlier.case.code)[0] == 200
    assert shown(signed_in(people, "sekdes"), "agreements.flag_ratification", earlier.case.code)[0] == 200
    assert shown(signed_in(people, "bpd", again=True), "agreements.ratify", earlier.case.code)[0] == 200
    refused = send(client, "agreements.confirm_existing", earlier.case.code)
    assert refused.status_code == 409 and "AG-01" in body(refused)
    minutes(people, earlier)
    done = send(client, "agreements.confirm_existing", earlier.case.code)
    assert done.status_code == 302 and Case.objects.get().state == "running"
    complete = reverse("agreements.complete_existing", args=[earlier.case.code])
    nothing_to_ask = signed_in(people, "sekdes").get(f"{complete}?bagian=musyawarah", follow=True)
    assert "Bagian ini sudah lengkap." in body(nothing_to_ask)


def test_a_stranger_sees_no_record_and_no_row(people):
    (proposal,) = proposed(people)
    code = registered(people).case.code
    client = signed_in(people, "sekdes.asing")
    for name in ("page.existing_agreement", "agreements.complete_existing", "agreements.decline_existing"):
        known = proposal.code if name.endswith("decline_existing") else code
        assert client.get(reverse(name, args=[known])).status_code == 404
    assert "Koperasi Kopi Serayu" not in body(client.get(reverse(LIST)))


def test_the_public_and_the_working_page_say_what_it_is(people):
    case = registered(people, known={"beneficiaries": 1250}).case
    page = body(Client().get(reverse("page.partnership", args=[case.code])))
    assert "Perjanjian terdahulu, dicatat belakangan, kelengkapan 11%" in page
    assert "dicatat kemudian" in page and "1.250 jiwa" in page and "akhirnya belum diketahui" in page
    room = body(signed_in(people, "sekdes").get(reverse("page.case", args=[case.code])))
    assert "Catatan perjanjian terdahulu" in room and "AG-01" in room


def test_the_register_of_the_regency_holds_it_with_what_is_not_known_left_empty(people):
    earlier = registered(people, known={"sub_field": "=Pertanian"})
    minutes(people, earlier)
    rows = register.listed(register.Filters("33.04", 2026))
    text = register.csv(rows, 2026)
    assert text.splitlines()[1] == (
        "1;Pandanarum;Pandanarum;2026;KDPK;Koperasi Kopi Serayu;Pemberdayaan Masyarakat;'=Pertanian;belum"
    )
    assert register.listed(register.Filters("33.04", 2022)) == []
    assert register.listed(register.Filters("33.04", 2026, "pelaksanaan_pembangunan")) == []
    client = officer_in(people.dinas)
    session = client.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    for address in (reverse("page.cooperation_register"), reverse("page.cooperation_register_file", args=["xlsx"])):
        assert client.get(address, {"tahun": "2026"}).status_code == 200
    EarlierAgreement.objects.filter(pk=earlier.pk).update(ends_on=date(2025, 1, 1))
    assert register.listed(register.Filters("33.04", 2026)) == []


def test_a_declined_row_shows_its_reason_to_the_regency(people):
    (proposal,) = proposed(people)
    client = signed_in(people, "sekdes")
    assert shown(client, "agreements.decline_existing", proposal.code)[0] == 200
    assert send(client, "agreements.decline_existing", proposal.code, reason="").status_code == 422
    assert send(client, "agreements.decline_existing", proposal.code, reason="Sudah berakhir.").status_code == 302
    page = body(officer_in(people.dinas).get(reverse(LIST) + "?hanya=semua"))
    assert "Sudah berakhir." in page and "Ditolak desa" in page
