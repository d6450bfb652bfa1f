"""The invented village that tries every short cut: what it is refused by, what it sees, and that nothing of it stays."""

from __future__ import annotations

import pytest

from bermitra.agreements.models import Agreement
from bermitra.foundation.journal.models import Event
from bermitra.foundation.regions.load import areas_in_force
from bermitra.foundation.regions.models import Region
from bermitra.partnership.models import Case
from bermitra.site.demo.memory import Memory
from bermitra.site.demo.stage import PLAYS, StoryBroken
from bermitra.site.demo.story import GATES, STORIES, read
from tests.journeys.told import tell

LEGAL_GATES = {
    "PS-01", "PS-02", "PS-05", "PS-06", "PS-07", "PS-12", "PS-14", "ND-01", "ND-02", "ND-06", "DB-03", "DB-04", "DB-06",
    "DB-07", "DB-09", "DB-10", "DB-18", "DB-26", "DB-27", "RG-01", "RG-04", "RG-15", "RG-16", "SL-01", "SL-02", "SL-03", "SL-04",
    "SL-05", "SL-07", "SL-09", "SL-10", "SL-11", "SL-13", "SL-14", "SL-16", "SL-17", "SL-18", "SL-21", "SL-22", "SL-23", "SL-32", "SL-54",
    "FD-04",
    "AG-01", "AG-06", "AG-08", "AG-20", "AG-22", "AG-42", "AG-43", "DV-06", "DV-07", "DV-10", "DV-11", "DV-14", "DV-16",
    "DV-17", "DV-19", "DV-23", "DV-26", "MN-01", "MN-02", "MN-05", "MN-06",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.slow
def test_every_short_cut_is_refused_by_its_rule_and_the_right_way_leads_to_the_end():
    memory = tell(GATES)
    shown = {code for sight in memory.sights for code, _says, _remedy in sight["lines"]}
    assert shown == LEGAL_GATES
    refused = [act for act in read(GATES).acts if act.expected is not None]
    assert [sight["step"] for sight in memory.sights] == [act.step for act in refused]
    for sight in memory.sights:
        for _code, says, remedy in sight["lines"]:
            assert says and remedy and "{" not in says + remedy, sight
    signed = Event.objects.filter(door="agreements.sign").values_list("verb", flat=True)
    assert list(signed).count("agreement.signed") == 2  # of four attempts
    case, agreement = memory.recall("K1"), memory.recall("PB1")
    assert isinstance(case, Case) and isinstance(agreement, Agreement)
    assert (case.state, agreement.state) == ("running", "in_force")


@pytest.mark.django_db
def test_the_invented_village_takes_no_code_of_the_register():
    story = read(GATES)
    assert story.village.startswith("99.")
    with pytest.raises(StoryBroken):
        tell_until(2)
    assert Region.objects.get(pk=story.village).name == "Mekar Contoh"
    assert not any(code.startswith("99") for code in areas_in_force())


def test_every_act_of_every_story_is_played_and_no_play_is_idle():
    told = {act.act for code in STORIES for act in read(code).acts}
    assert told == PLAYS.keys()


class Interrupted(Memory):
    """A memory whose power is cut after a step."""

    def __init__(self, after: int):
        super().__init__()
        self.after = after

    def finish(self, step: int, *, last: bool = False) -> None:
        super().finish(step, last=last)
        if step == self.after:
            raise StoryBroken("listrik padam")


def tell_until(step: int) -> Memory:
    return tell(GATES, Interrupted(step))
