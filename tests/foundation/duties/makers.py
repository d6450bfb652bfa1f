"""An act under way, and duties as stages open them."""

from datetime import date

from bermitra.foundation.codes import new_code
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.duties.models import Duty
from tests.people import OURS

TODAY = date(2026, 11, 26)


def an_act(door: str = "test.act") -> Act:
    """What a stage's action is handed; ``api`` joins it and writes rows only."""
    return Act(By.the_system(), door, "system", clock.now(), new_code(10))


def a_duty(**given) -> Duty:
    about = given.setdefault("about", f"case:{new_code(10)}")
    given = {"door": "messages.confirm_sent", "code": about[-10:], "says": "Sampaikan kabar.", **given}
    if not {"region", "party", "person"} & given.keys():
        given["region"] = OURS
    open_duty(an_act(), **given)
    return Duty.objects.get(about=about, door=given["door"], closed_at=None)
