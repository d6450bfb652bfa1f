"""Loops compiled by numba where the extra ``[national]`` is installed.

A kernel is an ordinary function over arrays and whole numbers, so that its text is the same whether Python runs it or a
processor. numba is imported at the first call that needs it, never by a page. What it compiled is kept in
``NUMBA_CACHE_DIR``, else beside the code, else in the home of the instance where the code cannot be written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType
from typing import Any

from bermitra.foundation.home import home
from bermitra.matching.engine import acceptance as accepting
from bermitra.matching.engine import sweep as sweeping

Kernel = Callable[..., None]
BACKENDS = ("auto", "numpy", "numba")


def wanted(backend: str) -> bool:
    """Whether ``backend`` means numba: "numpy" never, "auto" where it is installed, "numba" always.

    Raises ValueError for another word and ModuleNotFoundError where "numba" is not there.
    """
    if backend not in BACKENDS:
        raise ValueError(f"backend {backend!r} is none of {', '.join(BACKENDS)}")
    there = find_spec("numba") is not None
    if backend == "numba" and not there:
        raise ModuleNotFoundError("numba is not installed: pip install 'bermitra[national]'")
    return there and backend != "numpy"


@cache
def acceptance() -> Kernel:
    return _compiled(accepting.accept, accepting.rise, accepting.sink)


@cache
def sweep() -> Kernel:
    return _compiled(sweeping.sweep, sweeping.bits, sweeping.replace_root, sweeping.add_up, sweeping.surely_in)


def _compiled(kernel: Any, *helpers: Any) -> Kernel:
    """``kernel`` for one thread, with the ``helpers`` that it calls. No fast-math: nothing is reordered, and a quotient is
    that of IEEE arithmetic."""
    import numba

    if not numba.config.CACHE_DIR and not os.access(Path(__file__).parent, os.W_OK):
        numba.config.CACHE_DIR = str(home() / "kernels")
    inner = {each.__name__: numba.njit(nogil=True)(each) for each in helpers}
    alone = FunctionType(kernel.__code__, kernel.__globals__ | inner, kernel.__name__)
    alone.__module__, alone.__qualname__ = kernel.__module__, kernel.__qualname__
    made: Kernel = numba.njit(cache=True, nogil=True, error_model="numpy")(alone)
    return made
