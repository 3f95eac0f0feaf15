"""``GET /openapi.json`` and ``GET /llms.txt``: the service, described at the address that it was asked at."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..gateway import Request, Response, compress, json_response, text_response
from ..negotiation import accepts_gzip

__all__ = ["get_description", "get_page"]

_FOLDER = Path(__file__).parents[1] / "description"
_KEPT = "public, max-age=300"
_HOST = re.compile(r"[A-Za-z0-9.:\[\]_-]+")


def get_description(request: Request, public_url: str | None) -> tuple[Response, str]:
    """Answer with the OpenAPI document, whose only server is this one; `public_url` is the setting of that name."""
    document = (_FOLDER / "openapi.json").read_text(encoding="utf-8")
    servers = json.dumps([{"url": _find_address(request, public_url)}])
    body = document.replace('"servers":[]', f'"servers":{servers}', 1)
    headers = {"Cache-Control": _KEPT, "Vary": "Accept-Encoding"}
    response = json_response(None, headers=headers) | {"body": body}
    # A REST API, which sends payloads of version 1.0, hands out what is in base64 as it is.
    if request.is_v2 and accepts_gzip(request.header("accept-encoding", "")):
        response = compress(response)
    return response, "done"


def get_page(request: Request, public_url: str | None) -> tuple[Response, str]:
    """Answer with what a language model, or somebody in a hurry, needs; `public_url` is the setting of that name."""
    page = (_FOLDER / "llms.txt").read_text(encoding="utf-8").replace("{address}", _find_address(request, public_url))
    return text_response(page, headers={"Cache-Control": _KEPT}), "done"


def _find_address(request: Request, public_url: str | None) -> str:
    """Find the address of the service: that of the settings, or the one that the caller used.

    What a proxy says in its headers counts where the settings trust it, since anybody may send these headers.
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
    # API Gateway answers on the port of https only; the local API has one of its own, and no certificate.
    return f"http://{domain}" if re.search(r":[0-9]+$", domain) else f"https://{domain}"
