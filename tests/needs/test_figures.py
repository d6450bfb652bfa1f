"""Cost, goals and groups of a need, and who looks at its figures."""

import pytest

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment
from bermitra.foundation.commands.errors import NotAllowed
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.rules import Refused
from bermitra.needs import actions, queries
from bermitra.needs.models import Need
from tests.deliberation.test_pages import as_, hidden, send, to
from tests.needs import makers
from tests.partnership.makers import an_office
from tests.people import OURS, place

pytestmark = pytest.mark.django_db


def fresh(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def verified(people, need: Need, who: str = "anggota.bpd") -> Need:
    return actions.verify_figures(by=people.by(who), need=need, seen=queries.figures_hash(fresh(need)))


def test_another_than_the_writer_verifies_and_new_figures_take_it_away(people):
    need = makers.a_submitted_need(people)
    verified(people, need)
    assert fresh(need).verified_by == people.by("anggota.bpd").code
    actions.set_cost(by=people.by("kadus"), need=need, cost_low=40_000_000, cost_high=120_000_000)
    assert (fresh(need).verified_at, fresh(need).verified_by) == (None, "")
    verified(people, need, "bpd")
    actions.set_goals(by=people.by("kadus"), need=need, theme="environment", goals=[13, 6, 13], groups=["farmers"])
    assert (fresh(need).goals, fresh(need).verified_at) == ([6, 13], None)


def test_who_set_its_goals_does_not_verify(people):
    an_office(people, "rangkap", "Rangkap Contoh", roles.VILLAGE_OFFICIAL, where=OURS)
    need = makers.a_submitted_need(people)
    actions.set_goals(by=people.by("rangkap"), need=need, theme="", goals=[13], groups=[])
    Appointment.objects.filter(person=people.rangkap).update(role=roles.BPD_MEMBER.key)
    with pytest.raises(Refused) as refused:
        verified(people, fresh(need), "rangkap")
    assert refused.value.codes == ("ND-11",)


@pytest.mark.parametrize(
    "changed", [{"severity": 4}, {"cost_low": 1, "cost_high": 10**12}, {"goals": [1]}, {"male": 9_999}]
)
def test_only_what_was_read_is_verified(people, changed):
    need = makers.a_submitted_need(people)
    seen = queries.figures_hash(fresh(need))
    Need.objects.filter(pk=need.pk).update(**changed)
    with pytest.raises(Refused) as refused:
        actions.verify_figures(by=people.by("bpd"), need=need, seen=seen)
    assert (refused.value.codes, fresh(need).verified_at) == (("ND-22",), None)


def test_what_a_musyawarah_decided_on_is_not_reckoned_anew(people):
    makers.priorities_set(people)
    for state in ("discussed", "priority", "offered"):
        Need.objects.update(state=state)
        with pytest.raises(NoSuchMove):
            actions.set_cost(by=people.by("kadus"), need=Need.objects.get(), cost_low=1, cost_high=2)
        with pytest.raises(NoSuchMove):
            actions.set_goals(by=people.by("kadus"), need=Need.objects.get(), theme="", goals=[1], groups=[])
    assert (Need.objects.get().cost_low, Need.objects.get().goals) == (None, [])


def test_a_count_does_not_bring_back_what_another_took_away_meanwhile(people):
    makers.scores(S34=1)
    read = actions.propose_from_index(by=people.by("kadus"), village=place(OURS), indicator="S34")
    words = {"title": "Kantor baru", "text": "Kantor.", "hamlet": "Kulon", "location": "", "source": "rembuk dusun"}
    actions.revise(by=people.by("kadus"), need=fresh(read), sector=read.sector, severity=5, **words)
    counts = {"male": 10, "female": 12, "households": 6, "poor_households": 2}
    actions.count_beneficiaries(by=people.by("kadus"), need=read, idm_indicator="S34", **counts)
    assert (fresh(read).index_year, fresh(read).verified_at) == (None, None)


def test_who_counted_does_not_verify_whatever_office_it_holds_now(people):
    need = actions.record(by=people.by("kadus"), village=place(OURS), **makers.NEED)
    office = Appointment.objects.get(person=people.bpd)
    office.role = roles.VILLAGE_OFFICIAL.key
    office.save()
    counts = {"male": 100, "female": 120, "households": 60, "poor_households": 20}
    actions.count_beneficiaries(by=people.by("bpd"), need=need, **counts)
    office.role = roles.BPD_CHAIR.key
    office.save()
    actions.submit(by=people.by("kadus"), need=need)
    with pytest.raises(Refused) as refused:
        verified(people, fresh(need), "bpd")
    assert refused.value.codes == ("ND-11",)
    assert fresh(need).verified_at is None


@pytest.mark.parametrize("who", ["kades", "sekdes", "kadus", "warga", "camat", "dinas", "bupati", "kades.asing"])
def test_neither_the_village_government_nor_an_office_above_verifies(people, who):
    need = makers.a_submitted_need(people)
    with pytest.raises(NotAllowed):
        verified(people, need, who)


def test_a_draft_is_not_verified_and_a_met_need_is_not_costed(people):
    draft = actions.record(by=people.by("kadus"), village=place(OURS), **makers.NEED)
    with pytest.raises(NoSuchMove):
        verified(people, draft)
    makers.priorities_set(people)
    need = Need.objects.get(state="priority")
    actions.confirm_met(by=people.by("bpd"), need=need, why="Bronjong selesai.")
    with pytest.raises(NoSuchMove):
        actions.set_cost(by=people.by("kadus"), need=need, cost_low=1, cost_high=2)


# Pages ------------------------------------------------------------------------------------------------------------------


def test_cost_goals_and_groups_are_typed_on_forms_of_one_topic(people):
    need = makers.a_submitted_need(people)
    client, page = as_("operator"), to("needs.set_cost", need.code)
    half = send(client, page, cost_low="Rp40.000.000", cost_high="")
    turned = send(client, page, cost_low="Rp120 juta", cost_high="Rp40 juta")
    assert (half.status_code, turned.status_code) == (422, 422)
    assert "Isi kedua biaya" in half.content.decode()
    assert "Rp 40.000.000 kurang dari biaya terendah Rp 120.000.000" in turned.content.decode().replace("\xa0", " ")
    assert send(client, page, cost_low="Rp40 juta", cost_high="Rp120 juta").status_code == 302
    wrong = send(client, to("needs.set_goals", need.code), theme="environment", goals=["19"], groups=["farmers"])
    assert wrong.status_code == 422
    sent = send(
        client, to("needs.set_goals", need.code), theme="environment", goals=["6", "13"], groups=["farmers", "poor"]
    )
    assert sent.status_code == 302
    need = fresh(need)
    assert (need.cost_low, need.cost_high) == (40_000_000, 120_000_000)
    assert (need.theme, need.goals, need.groups) == ("environment", [6, 13], ["farmers", "poor"])
    shown = client.get(to("page.need", need.code)).content.decode()
    assert "6 · Desa Layak Air Bersih dan Sanitasi" in shown and "Masyarakat miskin" in shown


def test_the_page_of_verifying_shows_the_rule_and_the_need_says_who_has_looked(people):
    need = makers.a_submitted_need(people)
    client = as_("anggota.bpd")
    asked = client.get(to("needs.verify_figures", need.code)).content.decode()
    assert "ND-11" in asked and "133 perempuan, 141 laki-laki" in asked
    assert "belum diperiksa" in client.get(to("page.need", need.code)).content.decode()
    page = client.get(to("needs.verify_figures", need.code))
    Need.objects.filter(pk=need.pk).update(male=9_999)
    stale = client.post(to("needs.verify_figures", need.code), hidden(page))
    assert stale.status_code == 409
    assert "ND-22" in stale.content.decode() and "9999 laki-laki" in stale.content.decode().replace(".", "")
    assert client.post(to("needs.verify_figures", need.code), {**hidden(page), "seen": ""}).status_code == 422
    assert send(client, to("needs.verify_figures", need.code)).status_code == 302
    assert "Diperiksa orang lain" in client.get(to("page.need", need.code)).content.decode()
