"""The vectors of docs/signing-vectors.json, as tests use them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import msgspec
from tests.documents import ROOT

__all__ = ["KEY", "VECTORS", "Vector", "split"]

FILE = ROOT / "docs" / "signing-vectors.json"


class Request(msgspec.Struct, frozen=True):
    """A request by its method, its whole URL, and its body as text."""

    method: str
    url: str
    body: str = ""


class Vector(msgspec.Struct, frozen=True):
    """A signed request; docs/signing.md describes the members."""

    name: str
    method: str
    url: str
    string_to_sign: str
    signature: str
    body: str = ""
    utf8: bool = True
    same: tuple[Request, ...] = ()
    other: tuple[Request, ...] = ()

    @property
    def request(self) -> Request:
        return Request(self.method, self.url, self.body)


def split(request: Request) -> tuple[str, str, bytes]:
    """The path, the raw query and the body of a request."""
    parts = urlsplit(request.url)
    return parts.path, parts.query, request.body.encode()


_DOCUMENT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))

KEY: str = _DOCUMENT["key"]
VECTORS = msgspec.convert(_DOCUMENT["vectors"], list[Vector])
