"""What the cache keeps of one drawn code, and its bytes on the wire.

::

    offset  size
         0     3   magic, "QRE"
         3     1   version of this layout
         4     4   CRC-32 of all that follows
         8     4   when it was drawn, seconds since 1970
        12     2   length of the metadata
        14     4   length of the canonical request
        18         metadata, canonical request, picture

All numbers are big-endian. Whatever does not fit this to the byte is not an entry.
"""

from __future__ import annotations

import struct
import zlib

import msgspec

__all__ = ["Entry", "pack", "unpack"]

_MAGIC = b"QRE\x01"
_HEADER = struct.Struct(">4sIIHI")
_CHECKED_FROM = 8


class Entry(msgspec.Struct, frozen=True):
    """One drawn code.

    Attributes
    ----------
    created
        When it was drawn, in seconds since 1970.
    metadata
        What is known of the picture, encoded by the engine.
    request
        The canonical request that it answers.
    body
        The picture.
    """

    created: int
    metadata: bytes
    request: bytes
    body: bytes

    @property
    def size(self) -> int:
        """Bytes of the entry on the wire."""
        return _HEADER.size + len(self.metadata) + len(self.request) + len(self.body)


def pack(entry: Entry) -> bytes:
    """The wire form of `entry`."""
    rest = b"".join(
        (
            struct.pack(">IHI", entry.created, len(entry.metadata), len(entry.request)),
            entry.metadata,
            entry.request,
            entry.body,
        )
    )
    return _MAGIC + zlib.crc32(rest).to_bytes(4, "big") + rest


def unpack(value: bytes) -> Entry | None:
    """The entry that `value` holds, or None if it is damaged, of another version or not an entry at all."""
    if len(value) < _HEADER.size:
        return None
    magic, checksum, created, metadata_length, request_length = _HEADER.unpack_from(value)
    request_at = _HEADER.size + metadata_length
    body_at = request_at + request_length
    if magic != _MAGIC or body_at > len(value) or zlib.crc32(memoryview(value)[_CHECKED_FROM:]) != checksum:
        return None
    return Entry(created, value[_HEADER.size : request_at], value[request_at:body_at], value[body_at:])
