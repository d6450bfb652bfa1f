"""What fails of many records fails alone."""

from bermitra.foundation.flow import NoSuchMove
from bermitra.selection.actions.by_itself import each_by_itself


def test_one_that_fails_keeps_none_of_the_others_from_it_and_is_told(caplog):
    done = []

    def act(each: str) -> None:
        if each == "broken":
            raise ValueError("an old row")
        if each == "gone":
            raise NoSuchMove("call", "closed", "selection.close_call")
        done.append(each)

    assert each_by_itself(["first", "broken", "gone", "last"], act) == 2
    assert done == ["first", "last"]
    assert [(line.levelname, line.getMessage()) for line in caplog.records] == [
        ("ERROR", "broken: failed by itself"),
        ("WARNING", "gone: left as it is"),
    ]
