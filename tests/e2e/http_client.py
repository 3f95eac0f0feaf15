"""Plain HTTP for the tests: nothing is followed, decoded or retried."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from tests.unit.render.independent import draw_svg, open_picture, zxing_reads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Reply", "begin_request", "read_code", "request", "wait_until"]


class Reply(msgspec.Struct, frozen=True):
    """What came back; the header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """What a phone reads in the picture."""
        return read_code(self.body, self.headers["content-type"])


def read_code(picture: bytes, content_type: str) -> str:
    """What a phone reads in a picture of one code."""
    (text,) = zxing_reads(draw_svg(picture) if content_type.startswith("image/svg+xml") else open_picture(picture))
    return text


def request(
    url: str, method: str = "GET", *, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
) -> Reply:
    """Send one request over a connection of its own; 30 s at most."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, target, body, dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


def begin_request(port: int, body: bytes) -> socket.socket:
    """Begin to post a request for a code, and return once a worker waits for its body."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(
        b"POST /api/qr/generate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
    return connection


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Return as soon as `condition` holds; a refused or broken connection counts as not yet."""
    pause = Event()
    for _ in range(int(seconds / 0.05)):
        try:
            if condition():
                return
        except (OSError, HTTPException):
            pass
        pause.wait(0.05)
    raise AssertionError(f"it did not happen within {seconds} s")
