"""Read logos that requests name, within limits; remember them, and check after a while whether they have changed."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from time import monotonic
from typing import Final, NoReturn

import msgspec

from ..assets import FRESH_SECONDS, Source, find_source
from ..assets.faults import Absent, AssetFault, TooLarge, Unreachable
from ..errors import AssetNotFound, AssetUnavailable, InvalidRequest, Issue
from ..observability import logger
from .model import MAX_BYTES

__all__ = ["FRESH_SECONDS", "HELD_BYTES", "PATH", "Assets", "asset"]

HELD_BYTES: Final = 8 * 1024 * 1024
"""Bytes of the assets that an execution environment remembers."""

PATH: Final = "logo.asset"
"""The field that all issues with an asset name."""


def asset(key: str) -> bytes:
    """Return the bytes of an asset, at most a minute old.

    Raises
    ------
    InvalidRequest
        There is neither a bucket nor a folder for assets, or the asset has more than 2 MiB.
    AssetNotFound
        There is no such asset, or the service has no permission to read it.
    AssetUnavailable
        S3 does not answer, or the folder cannot be read.
    """
    source = find_source()
    if source is None:
        _refuse("This deployment has no bucket or folder for assets; send the picture in logo.data.")
    try:
        return _of(source).read(key)
    except Absent as fault:
        # The log says which of the two it is, and callers do not learn it.
        logger().info("an asset cannot be read", extra={"error": str(fault)})
        raise AssetNotFound.of(
            Issue(PATH, "There is no such asset, or the service is not allowed to read it.")
        ) from None
    except TooLarge:
        _refuse(f"A logo can have at most {MAX_BYTES} bytes; this asset has more.", limit={"max_bytes": MAX_BYTES})
    except AssetFault as fault:
        detail = str(fault)
        logger().warning("assets cannot be read", extra={"detail": detail})
        again = Issue(PATH, "Cannot be read at the moment; try again in a few seconds.")
        raise AssetUnavailable(detail, issues=(again,)) from fault


def _refuse(message: str, *, limit: dict[str, float] | None = None) -> NoReturn:
    raise InvalidRequest.of(Issue(PATH, message, limit=limit))


class _Held(msgspec.Struct):
    body: bytes
    version: str
    checked: float


class Assets:
    """The most recently read assets of one bucket or folder.

    Parameters
    ----------
    source
        The bucket or folder.
    """

    def __init__(self, source: Source) -> None:
        self.bytes = 0
        self._source = source
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def read(self, key: str) -> bytes:
        """Return the bytes of an asset.

        Raises
        ------
        AssetFault
            See `Source.fetch`.
        """
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
            if monotonic() - held.checked < FRESH_SECONDS:
                return held.body
        fresh = self._refresh(key, held)
        if fresh is not held:
            self._keep(key, fresh)
        return fresh.body

    def _refresh(self, key: str, held: _Held | None) -> _Held:
        """Fetch the asset again; return `held` if it has not changed, or if the source does not answer."""
        try:
            body, version = self._source.fetch(key, None if held is None else held.version, MAX_BYTES)
        except Unreachable as fault:
            if held is None:
                raise
            logger().warning("assets cannot be read", extra={"detail": str(fault)})
            held.checked = monotonic()
            return held
        except AssetFault:
            self._drop(key)
            raise
        if held is not None and version == held.version:
            held.checked = monotonic()
            return held
        return _Held(body, version, monotonic())

    def _keep(self, key: str, fresh: _Held) -> None:
        self._drop(key)
        self._held[key] = fresh
        self.bytes += len(fresh.body)
        while self.bytes > HELD_BYTES:
            self._drop(next(iter(self._held)))

    def _drop(self, key: str) -> None:
        gone = self._held.pop(key, None)
        self.bytes -= 0 if gone is None else len(gone.body)


@cache
def _of(source: Source) -> Assets:
    """Return the remembered assets of a bucket or folder."""
    return Assets(source)
