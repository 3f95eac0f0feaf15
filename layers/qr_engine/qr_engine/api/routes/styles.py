"""``GET /api/qr/styles``: the named styles, each with the address of a preview."""

from __future__ import annotations

from ...assets import FRESH_SECONDS
from ...config import settings
from ...request.named_style import list_styles
from ..gateway import Request, Response, json_response
from ..service_address import find_address
from .query_params import read_parameters

__all__ = ["get"]

PREVIEW = "/api/qr/generate?data=https%3A%2F%2Fexample.com&style="
"""The address of a preview, up to the name of the style."""


def get(request: Request) -> tuple[Response, str]:
    """Answer with the names of the styles."""
    read_parameters(request)
    address = find_address(request, settings().public_url).removesuffix("/")
    styles = [{"name": name, "preview": f"{address}{_sign(f'{PREVIEW}{name}')}"} for name in list_styles()]
    headers = {"Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    return json_response({"success": True, "styles": styles}, headers=headers), "done"


def _sign(address: str) -> str:
    """Return the path and the query of a preview, signed if pictures need signed URLs."""
    if settings().signing != "required":
        return address
    from ..signing.keys import keys_of, sign_address

    return sign_address(keys_of(settings())[0], "GET", address)
