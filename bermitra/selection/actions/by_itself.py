"""Many records at once, for the daily round and the worker: each in an act of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from bermitra.foundation.flow import NoSuchMove

log = logging.getLogger(__name__)
Each = TypeVar("Each")


def each_by_itself(found: Iterable[Each], act: Callable[[Each], object]) -> int:
    """Do ``act`` with each of ``found``; says how many were done. One that fails keeps none of the others from it, and is told
    in the log."""
    done = 0
    for each in list(found):
        try:
            act(each)
        except NoSuchMove:  # somebody was quicker; were it not so, it would stand as it is for ever
            log.warning("%s: left as it is", each, exc_info=True)
            continue
        except Exception:
            log.exception("%s: failed by itself", each)
            continue
        done += 1
    return done
