"""A record moves through a door once: whoever read it before another act moved it is refused, and nothing is written."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from bermitra.foundation.commands.moving import move_all_on, move_on
from bermitra.foundation.flow import Flow, Move, NoSuchMove
from bermitra.partnership.models import Case
from tests.partnership.makers import a_case

pytestmark = pytest.mark.django_db
LIFE = Flow("case", (Move("inventory", "cancelled", "end"), Move("inventory", "drafting", "begin")))


def test_the_first_act_moves_the_row_and_the_second_is_refused(people):
    first = a_case(people)
    second = Case.objects.get(pk=first.pk)
    move_on(SimpleNamespace(door="end"), LIFE, first, left_because="Pertama.")
    assert (first.state, first.left_because) == ("cancelled", "Pertama.")
    with pytest.raises(NoSuchMove):
        move_on(SimpleNamespace(door="begin"), LIFE, second, left_because="Kedua.")
    assert (second.state, second.left_because) == ("inventory", "")
    held = Case.objects.get(pk=first.pk)
    assert (held.state, held.left_because) == ("cancelled", "Pertama.")


def test_a_joined_act_names_the_door_it_goes_through(people):
    case = a_case(people)
    with pytest.raises(NoSuchMove):
        move_on(SimpleNamespace(door="elsewhere"), LIFE, case)
    move_on(SimpleNamespace(door="elsewhere"), LIFE, case, door="begin")
    assert Case.objects.get(pk=case.pk).state == "drafting"


def test_many_go_together_or_none_does(people):
    one, other = a_case(people), a_case(people)
    move_all_on(SimpleNamespace(door="end"), LIFE, [one, other])
    assert {one.state, other.state} == set(Case.objects.values_list("state", flat=True)) == {"cancelled"}
    third, gone = a_case(people), a_case(people)
    Case.objects.filter(pk=gone.pk).update(state="drafting")  # another act was quicker
    with pytest.raises(NoSuchMove), transaction.atomic():
        move_all_on(SimpleNamespace(door="end"), LIFE, [third, gone])
    assert Case.objects.get(pk=third.pk).state == "inventory"
    with pytest.raises(NoSuchMove):
        move_all_on(SimpleNamespace(door="elsewhere"), LIFE, [third])
