"""Starting and stopping gunicorn with two sync workers on a free port of the loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds until it must answer


@contextmanager
def served(application: str, **environment: str) -> Iterator[int]:
    """The port on which ``application`` answers, everything of it loaded; it is stopped afterwards."""
    port = _free_port()
    words = [
        sys.executable, "-m", "gunicorn", application, "--workers", "2", "--worker-class", "sync", "--preload",
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    started = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait_for(port, started)
        yield port
    finally:
        started.terminate()
        started.wait(timeout=10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _wait_for(port: int, started: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and started.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise SystemExit(f"gunicorn did not start: exit code {started.poll()}")
