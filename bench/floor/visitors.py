"""Visitors of a server: one or several at once, each asking again as soon as it was answered. One thread, bare sockets.

Measured beside wrk on the floor it adds a tenth to the middle, and it needs nothing installed.
"""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field
from email.parser import BytesParser

BUFFER = 1 << 16
FEWEST = 20  # answers of a round, however slow they come


def asking(address: str, cookie: str = "") -> bytes:
    """What a browser sends, as far as it matters here."""
    lines = [f"GET {address} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", "Connection: close"]
    return "\r\n".join([*lines, *([f"Cookie: {cookie}"] if cookie else []), "", ""]).encode("ascii")


@dataclass
class Answer:
    """An answer as it came over the wire."""

    whole: bytes
    head: bytes = field(init=False, repr=False)
    body: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.head, _sep, self.body = self.whole.partition(b"\r\n\r\n")

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.partition(b"\r\n")[2]
        return {name.lower(): value for name, value in BytesParser().parsebytes(lines).items()}


def visit(port: int, request: bytes, *, visitors: int, seconds: float) -> list[float]:
    """The milliseconds of every answer that was asked for within so many seconds, and of twenty at least."""
    poll, times = selectors.DefaultSelector(), []
    until = time.perf_counter() + seconds
    for _each in range(visitors):
        _knock(poll, port, request)
    while poll.get_map():
        for key, _events in poll.select():
            line, (start, chunks) = key.fileobj, key.data
            assert isinstance(line, socket.socket)
            if chunk := line.recv(BUFFER):
                chunks.append(chunk)
                continue
            now = time.perf_counter()
            times.append((now - start) * 1000)
            poll.unregister(line)
            line.close()
            _must_be_well(request, b"".join(chunks))
            if now < until or len(times) < FEWEST:
                _knock(poll, port, request)
    return times


def once(port: int, request: bytes) -> Answer:
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request)
        chunks = []
        while chunk := line.recv(BUFFER):
            chunks.append(chunk)
    whole = b"".join(chunks)
    _must_be_well(request, whole)
    return Answer(whole)


def _knock(poll: selectors.BaseSelector, port: int, request: bytes) -> None:
    start = time.perf_counter()
    line = socket.create_connection(("127.0.0.1", port))
    line.sendall(request)
    poll.register(line, selectors.EVENT_READ, (start, []))


def _must_be_well(request: bytes, answer: bytes) -> None:
    if not answer.startswith(b"HTTP/1.1 200"):
        asked, said = request.partition(b"\r\n")[0], answer.partition(b"\r\n")[0]
        raise SystemExit(f"{asked.decode()} was answered with {said.decode() or 'nothing'}")
