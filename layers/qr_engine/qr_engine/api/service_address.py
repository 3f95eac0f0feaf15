"""The public address of the service."""

from __future__ import annotations

import re

from .gateway import Request

__all__ = ["find_address"]

_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]+")


def find_address(request: Request, public_url: str | None) -> str:
    """Return the address of the service: the one in the settings, or the one that the caller used.

    The headers of a proxy count only if the settings trust it, since anybody may send these headers.
    """
    if public_url == "forwarded":
        scheme = request.header("x-forwarded-proto", "").partition(",")[0].strip()
        host = request.header("x-forwarded-host", "").partition(",")[0].strip() or request.header("host", "")
        if scheme in ("http", "https") and _HOST.fullmatch(host):
            return f"{scheme}://{host}"
    elif public_url:
        return public_url
    domain = request.domain
    if not _HOST.fullmatch(domain):
        return "/"
    # API Gateway always answers on the port of https; the local API has its own port and no certificate.
    return f"http://{domain}" if re.search(r":[0-9]+$", domain) else f"https://{domain}"
