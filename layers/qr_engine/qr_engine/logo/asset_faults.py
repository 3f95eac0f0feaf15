"""What may be wrong with an asset, wherever assets are."""

from __future__ import annotations

from typing import Final, NoReturn

from ..errors import AssetNotFound, AssetUnavailable, InvalidRequest, Issue
from ..observability import logger
from .model import MAX_BYTES

__all__ = ["PATH", "refuse", "refuse_large", "unavailable", "unreadable"]

PATH: Final = "logo.asset"
"""The field that every fault of an asset is laid to."""


def refuse(message: str, *, limit: dict[str, float] | None = None) -> NoReturn:
    """Refuse the asset that a request names."""
    raise InvalidRequest.of(Issue(PATH, message, limit=limit))


def refuse_large() -> NoReturn:
    """Refuse an asset that has more bytes than a logo may."""
    refuse(f"A logo has at most {MAX_BYTES} bytes; this asset has more.", limit={"max_bytes": MAX_BYTES})


def unreadable(error: str) -> AssetNotFound:
    """Say that the asset is not there, or may not be read: callers are not told which, the log is."""
    logger().info("an asset cannot be read", extra={"error": error})
    return AssetNotFound.of(Issue(PATH, "There is no such asset, or the service may not read it."))


def unavailable(detail: str) -> AssetUnavailable:
    """Say that nothing can be read at the moment."""
    logger().warning("assets cannot be read", extra={"detail": detail})
    return AssetUnavailable(detail, issues=(Issue(PATH, "Cannot be read at the moment; try again in a few seconds."),))
