"""``POST /api/qr/validate``: check a request and describe its symbol, without drawing."""

from __future__ import annotations

from ...pipeline.engine import engine
from ...pipeline.generate import plan
from ...pipeline.keyed_request import KeyedRequest
from ...request import decode_json, with_style
from ..answer import PRIVATE, etag_of
from ..gateway import Request, Response, json_response
from .generate import BODY_LIMIT
from .query_params import read_parameters

__all__ = ["post"]


def post(request: Request) -> tuple[Response, str]:
    """Answer with the symbol, its capacity and every warning, or with the problem that generate would give."""
    read_parameters(request)
    fields = decode_json(request.text(BODY_LIMIT))
    keyed = KeyedRequest.from_fields(*with_style(fields))
    canonical = keyed.request
    engine().check_drawing_time(canonical)
    artwork, scan = plan(canonical)
    symbol = artwork.symbol
    width, height = artwork.pixels if canonical.size else (None, None)
    answer = {
        "success": True,
        "valid": True,
        "etag": None if keyed.is_private else etag_of(keyed.key),
        "format": canonical.format,
        "symbol": {
            "version": symbol.version,
            "micro": symbol.micro,
            "name": symbol.name,
            "modules": symbol.size,
            "error_correction": symbol.error_correction,
            "mask": symbol.mask,
            "eci": symbol.eci,
            "segments": [{"mode": segment.mode, "characters": len(segment.text)} for segment in symbol.segments],
        },
        "budget": {
            "unit": "bits",
            "capacity": symbol.capacity_bits,
            "used": symbol.data_bits,
            "free": symbol.capacity_bits - symbol.data_bits,
        },
        "size": {"width": width, "height": height, "quiet_zone": canonical.margin},
        "scan": scan,
    }
    return json_response(answer, headers=PRIVATE if keyed.is_private else None), "done"
