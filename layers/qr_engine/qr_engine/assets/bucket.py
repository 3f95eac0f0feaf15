"""Assets as objects of a bucket in S3."""

from __future__ import annotations

from typing import Final

from ..aws.s3 import S3Error, get_object, list_keys
from .faults import Absent, TooLarge, Unreachable

__all__ = ["Bucket"]

# Without permission to list a bucket, S3 gives the same answer for a missing object and for a forbidden one.
_ABSENT: Final = frozenset({"NoSuchKey", "AccessDenied", "InvalidObjectState", "404", "403"})


class Bucket:
    """A bucket in S3.

    Parameters
    ----------
    name
        Its name.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def fetch(self, key: str, version: str | None, most: int) -> tuple[bytes, str]:
        """Read an object and its ETag; see `Source.fetch`."""
        try:
            found = get_object(self.name, key, most=most, etag=version)
        except S3Error as error:
            if error.code in _ABSENT:
                raise Absent(error.code) from None
            raise Unreachable(f"S3 does not return the asset: {error.code}.") from None
        if found is None:
            return b"", version or ""
        if len(found[0]) > most:
            raise TooLarge
        return found

    def list_names(self, folder: str) -> list[str]:
        """List the names of the objects in `folder`; see `Source.list_names`."""
        prefix = f"{folder}/"
        try:
            return [key.removeprefix(prefix) for key in list_keys(self.name, prefix)]
        except S3Error as error:
            raise Unreachable(f"S3 does not list {prefix}: {error.code}.") from None
