"""Logos that are named: objects in a bucket or files in a folder, read within bounds and asked for again in a while."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Final

import msgspec

from ..config import settings
from ..errors import AssetNotFound, InvalidRequest
from .asset_faults import PATH, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    Fetch = Callable[[str, str | None], tuple[bytes, str]]

__all__ = ["FRESH_SECONDS", "HELD_BYTES", "PATH", "Assets", "asset"]

FRESH_SECONDS: Final = 60
"""How long an execution environment takes an asset to be what it was; then it asks whether it has changed."""

HELD_BYTES: Final = 8 * 1024 * 1024
"""Bytes of the assets that it remembers."""


def asset(key: str) -> bytes:
    """Give the bytes of an asset, as they are now or were within the last minute.

    Raises
    ------
    InvalidRequest
        There is neither a bucket nor a folder for assets, or the asset has more than 2 MiB.
    AssetNotFound
        There is no such asset, or it may not be read.
    AssetUnavailable
        S3 does not answer, or the folder cannot be read.
    """
    configuration = settings()
    place = configuration.assets_bucket or configuration.assets_dir
    if place is None:
        refuse("This deployment has no bucket or folder for assets; send the picture along as logo.data.")
    return _of(place).read(key)


class _Held(msgspec.Struct):
    body: bytes
    version: str
    checked: float


class Assets:
    """The assets of one place that were read last.

    Parameters
    ----------
    fetch
        Takes a key, and the version that is known of it or None; returns the bytes and their version, or no bytes if
        that is still the one that is known; raises as `asset`.
    """

    def __init__(self, fetch: Fetch) -> None:
        self.bytes = 0
        self._fetch = fetch
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def read(self, key: str) -> bytes:
        """Give the bytes of an asset; see `asset`."""
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
        """Ask what there is under the key: `held`, if that is what it still is."""
        try:
            body, version = self._fetch(key, None if held is None else held.version)
        except (AssetNotFound, InvalidRequest):
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
def _of(place: str) -> Assets:
    """Give the assets of a bucket, or of a folder, whose path begins with a slash."""
    if place.startswith("/"):
        from .asset_folder import Folder

        return Assets(Folder(place).fetch)
    from .asset_bucket import Bucket

    return Assets(Bucket(place).fetch)
