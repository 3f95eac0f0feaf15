"""AWS Signature Version 4; see "Create a signed AWS API request" in the IAM User Guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..hashes import hmac_sha256, sha256
from .credentials import Credentials

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ALGORITHM", "EMPTY_DIGEST", "scope_of", "sign", "sign_headers", "timestamp"]

ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY_DIGEST = sha256(b"").hexdigest()
"""The digest of an empty body, for requests without one."""


def timestamp(now: datetime) -> str:
    """Format a moment, in UTC, as signatures need it."""
    return now.strftime("%Y%m%dT%H%M%SZ")


def scope_of(moment: str, region: str, service: str) -> str:
    """Return the scope of a signature: a day, a region and a service."""
    return f"{moment[:8]}/{region}/{service}/aws4_request"


def sign(secret_key: str, moment: str, scope: str, canonical_request: str) -> str:
    """Sign a canonical request; return the signature in hexadecimal."""
    to_sign = f"{ALGORITHM}\n{moment}\n{scope}\n{sha256(canonical_request.encode()).hexdigest()}"
    key = b"AWS4" + secret_key.encode()
    for part in scope.split("/"):
        key = hmac_sha256(key, part.encode())
    return hmac_sha256(key, to_sign.encode()).hex()


def sign_headers(
    keys: Credentials,
    *,
    region: str,
    service: str,
    host: str,
    path: str,
    query: str,
    headers: dict[str, str],
    now: datetime,
) -> dict[str, str]:
    """Sign a GET request, and return all the headers that it needs except `Host`.

    Parameters
    ----------
    host
        Includes the port, if the address has one.
    path, query
        Percent-encoded as sent, with the parameters sorted by name.
    headers
        Other headers to send and sign, with names in lower case.
    """
    moment = timestamp(now)
    scope = scope_of(moment, region, service)
    signed = {**headers, "host": host, "x-amz-content-sha256": EMPTY_DIGEST, "x-amz-date": moment}
    if keys.session_token:
        signed["x-amz-security-token"] = keys.session_token
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    signature = sign(keys.secret_key, moment, scope, f"GET\n{path}\n{query}\n{lines}\n{names}\n{EMPTY_DIGEST}")
    del signed["host"]
    credential = f"Credential={keys.access_key}/{scope}"
    return {**signed, "authorization": f"{ALGORITHM} {credential}, SignedHeaders={names}, Signature={signature}"}
