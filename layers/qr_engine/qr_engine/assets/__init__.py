"""What the operator puts beside the service, logos and styles: objects of a bucket, or files of a folder."""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol

from ..config import settings

__all__ = ["FRESH_SECONDS", "Source", "find_source"]

FRESH_SECONDS: Final = 60
"""How long an execution environment takes an asset to be what it was; then it asks whether it has changed."""


class Source(Protocol):
    """A bucket or a folder."""

    def __hash__(self) -> int:
        """Tell one from another."""

    def fetch(self, key: str, version: str | None, most: int) -> tuple[bytes, str]:
        """Read an asset and its version; no bytes if it still has the `version` that is known.

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
        """List the names of what lies in `folder`, in their order, and not in folders of it; a thousand at most.

        Raises
        ------
        Unreachable
            Nothing can be read at the moment, or the names may not be.
        """


def find_source() -> Source | None:
    """Return the place of assets that the settings name; None if they name none."""
    configuration = settings()
    place = configuration.assets_bucket or configuration.assets_dir
    return None if place is None else _source_at(place)


@cache
def _source_at(place: str) -> Source:
    """Return the bucket of this name, or the folder, whose path begins with a slash."""
    if place.startswith("/"):
        from .folder import Folder

        return Folder(place)
    from .bucket import Bucket

    return Bucket(place)
