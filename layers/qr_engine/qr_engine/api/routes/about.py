"""``GET /openapi.json`` and ``GET /llms.txt``: descriptions of the service at the address that the caller used."""

from __future__ import annotations

import json
from pathlib import Path

from ..compression import compress
from ..gateway import Request, Response, json_response, text_response
from ..service_address import find_address

__all__ = ["get_description", "get_page"]

_FOLDER = Path(__file__).parents[1] / "description"
_KEPT = "public, max-age=300"


def get_description(request: Request, public_url: str | None) -> tuple[Response, str]:
    """Answer with the OpenAPI document, whose only server is this one; `public_url` is the setting of that name."""
    document = (_FOLDER / "openapi.json").read_text(encoding="utf-8")
    servers = json.dumps([{"url": find_address(request, public_url)}])
    body = document.replace('"servers":[]', f'"servers":{servers}', 1)
    headers = {"Cache-Control": _KEPT, "Vary": "Accept-Encoding"}
    return compress(request, json_response(None, headers=headers) | {"body": body}), "done"


def get_page(request: Request, public_url: str | None) -> tuple[Response, str]:
    """Answer with the summary for language models and people in a hurry; `public_url` is the setting of that name."""
    page = (_FOLDER / "llms.txt").read_text(encoding="utf-8").replace("{address}", find_address(request, public_url))
    return text_response(page, headers={"Cache-Control": _KEPT}), "done"
