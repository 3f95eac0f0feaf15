"""Logos and styles of the operator: objects in a bucket, or files in a folder."""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol

from ..config import settings

__all__ = ["FRESH_SECONDS", "Source", "find_source"]

FRESH_SECONDS: Final = 60
"""How long an execution environment trusts its copy of an asset before it checks for changes."""


class Source(Protocol):
    """A bucket or a folder."""

    def __hash__(self) -> int:
        """Hash the source, so that caches can tell one from another."""

    def fetch(self, key: str, version: str | None, most: int) -> tuple[bytes, str]:
        """Read an asset and its version; no bytes if it still has the known `version`.

        Raises
        ------
        Absent
            There is no such asset, or it may not be read.
        TooLarge
            It has more than `most` bytes.
        Unreachable
            Nothing can be read at the moment.
        """

    def list_names(self, folder: str) -> list[str]:
        """List the names of the assets in `folder`, in order and without subfolders; at most a thousand.

        Raises
        ------
        Unreachable
            Nothing can be read at the moment, or the names may not be listed.
        """


def find_source() -> Source | None:
    """Return the source of assets in the settings; None if they name none."""
    configuration = settings()
    place = configuration.assets_bucket or configuration.assets_dir
    return None if place is None else _source_at(place)


@cache
def _source_at(place: str) -> Source:
    """Return the bucket of this name, or, if it begins with a slash, the folder of this path."""
    if place.startswith("/"):
        from .folder import Folder

        return Folder(place)
    from .bucket import Bucket

    return Bucket(place)
