"""Every golden picture, drawn as the service draws it."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from qr_engine.errors import Problem
from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import parse

from .catalogue import requests
from .lossy import record_sources
from .normal_form import normal_form

if TYPE_CHECKING:
    from qr_engine.pipeline.metadata import Metadata

    from .lossy import Sources

__all__ = ["Picture", "draw", "draw_all"]


class Picture(msgspec.Struct, frozen=True):
    """A picture as the golden files know it.

    Attributes
    ----------
    line
        The digest of its normal form, and what its metadata say, readable.
    bytes
        The digest of its bytes; None for one that is refused.
    """

    line: dict[str, Any]
    bytes: str | None


@cache
def draw_all() -> dict[str, Picture]:
    """Draw the whole catalogue, once in a process."""
    return draw(requests())


def draw(requests: dict[str, dict[str, Any]]) -> dict[str, Picture]:
    """Draw these requests; a process that drew one of their logos before may find it encoded already."""
    sources: Sources = {}
    with record_sources(sources):
        return {name: _draw(request, sources) for name, request in requests.items()}


def _draw(request: dict[str, Any], sources: Sources) -> Picture:
    try:
        body, metadata = draw_picture(parse(request)[1])
    except Problem as problem:
        return Picture({"refused": problem.code}, None)
    digest = _digest(normal_form(body, request["format"], sources))
    return Picture({"digest": digest, **_describe(metadata)}, _digest(body))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:20]


def _describe(metadata: Metadata) -> dict[str, Any]:
    """Return the members that do not depend on how well something is compressed; those without a value are left out."""
    kind = f"M{metadata.version}" if metadata.micro else str(metadata.version)
    scan = metadata.scan
    members = {
        "symbol": f"{kind}-{metadata.error_correction or 'none'}, mask {metadata.mask}",
        "bits": f"{metadata.data_used}/{metadata.data_capacity}",
        "pixels": f"{metadata.width}x{metadata.height}" if metadata.width else None,
        "features": " ".join(metadata.features_used),
        "contrast": scan.contrast,
        "score": scan.score,
        "warnings": " ".join([advice.code for advice in scan.warnings]),
        "changes": len(scan.changes),
    }
    return {name: value for name, value in members.items() if value or (name == "score" and value is not None)}
