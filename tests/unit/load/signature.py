"""AWS Signature Version 4 as the other side checks it: from the bytes that came, by the rules that AWS publishes.

Independent of botocore, which signs for the load test.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from urllib.parse import quote

import msgspec

__all__ = ["Received", "signature_of"]


class Received(msgspec.Struct, frozen=True):
    """A request as it came; its target is the path and the query, percent-encoded as they were."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def signature_of(request: Received, secret: str) -> str:
    """The signature that the request has to bear, for the headers and the scope that it says it is signed for."""
    headers = {name.lower(): " ".join(value.split()) for name, value in request.headers.items()}
    found = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=[^/]+/(\S+), SignedHeaders=(\S+), Signature=[0-9a-f]{64}",
        headers["authorization"],
    )
    assert found is not None
    scope, names = found[1], found[2].split(";")
    # What could be changed on the way without anyone noticing is no signature.
    assert {"host", "x-amz-date"} <= set(names)
    assert "x-amz-security-token" in names or "x-amz-security-token" not in headers
    path, _, query = request.target.partition("?")
    canonical = [
        request.method,
        quote(path, safe="/~"),
        "&".join(sorted(query.split("&"))),
        *(f"{name}:{headers[name]}" for name in sorted(names)),
        "",
        ";".join(sorted(names)),
        sha256(request.body).hexdigest(),
    ]
    digest = sha256("\n".join(canonical).encode()).hexdigest()
    key = b"AWS4" + secret.encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signed = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest])
    return hmac.digest(key, signed.encode(), "sha256").hex()
