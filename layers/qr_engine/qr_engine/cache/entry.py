"""What the cache keeps of one drawn code, and its form in Redis as bytes.

::

    offset  size
         0     3   magic, "QRE"
         3     1   version of this layout: 2, or 3 for a signed entry
         4     4   CRC-32 of all that follows; signed: 16 bytes, see `entry_format`
         8     4   when it was drawn, seconds since 1970
        12     4   length of the picture once it is decoded
        16     1   coding of the picture: 0 as it is, 1 gzip
        17     2   length of the metadata
        19     2   length of the canonical request
        21         metadata, canonical request, picture

All numbers are big-endian. Whatever does not fit this to the byte is not an entry.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import msgspec

__all__ = [
    "ENTRY_LIMIT",
    "HEAD",
    "LONGEST_HEAD",
    "REMEMBERED_REQUEST",
    "SIGNATURE",
    "SIGNED_VERSION",
    "UNSIGNED_VERSION",
    "Entry",
    "compress_entry",
    "pack",
    "request_in",
    "request_to_remember",
    "unpack",
]

UNSIGNED_VERSION, SIGNED_VERSION = 2, 3
SIGNATURE = 16
"""Bytes of a signature."""

_UNSIGNED, _SIGNED = b"QRE\x02", b"QRE\x03"
_CONTENT = struct.Struct(">IIBHH")
_CONTENT_AT = {_UNSIGNED: 8, _SIGNED: 4 + SIGNATURE}
HEAD = _CONTENT_AT[_UNSIGNED] + _CONTENT.size
"""Bytes before the metadata in an entry that is not signed."""

LONGEST_HEAD = _CONTENT_AT[_SIGNED] + _CONTENT.size + 2 * 0xFFFF
"""The canonical request of every entry ends within this many bytes."""

ENTRY_LIMIT = 4 * 1024 * 1024
"""Bytes of the largest entry that goes to Redis; a larger one stays in memory."""

PICTURE_LIMIT = 32 * 1024 * 1024
"""Bytes of the largest picture, once it is decoded, that goes to Redis; several times what an answer can hold."""

REMEMBERED_REQUEST = 1024
"""Bytes of the longest request that the popularity ranking remembers."""

_GZIP = 31  # the window bits that make zlib write a gzip member (RFC 1952), with no time in it
_WORTH_IT = 0.9


class Entry(msgspec.Struct, frozen=True):
    """One drawn code.

    Attributes
    ----------
    created
        When it was drawn, in seconds since 1970.
    metadata
        The metadata of the picture, encoded by the engine.
    request
        The canonical request that it answers.
    body
        The picture, uncompressed or as a gzip member.
    gzipped
        Whether `body` is a gzip member.
    length
        Bytes of the uncompressed picture.
    recipe
        What popularity remembers instead of the request: enough to draw the picture again, or empty for nothing. None
        stands for the request itself. Set only for pictures drawn here, and not stored in Redis.
    """

    created: int
    metadata: bytes
    request: bytes
    body: bytes
    gzipped: bool
    length: int
    recipe: bytes | None = None

    @property
    def request_to_remember(self) -> bytes:
        """What popularity remembers of the request; empty if it ignores the entry."""
        return request_to_remember(self.request, self.recipe)

    @property
    def size(self) -> int:
        """Bytes of the packed entry without a signature."""
        return HEAD + len(self.metadata) + len(self.request) + len(self.body)

    @property
    def fits(self) -> bool:
        """Whether the entry may go to Redis."""
        return self.size + SIGNATURE <= ENTRY_LIMIT and self.length <= PICTURE_LIMIT

    def picture(self) -> bytes:
        """Decode the picture.

        Raises
        ------
        ValueError
            The picture does not decode to exactly `length` bytes; decoding stops there.
        """
        if not self.gzipped:
            return self.body
        inflater = zlib.decompressobj(_GZIP)
        try:
            picture = inflater.decompress(self.body, self.length + 1)
        except zlib.error as error:
            raise ValueError("the picture is not the gzip member that it should be") from error
        if len(picture) != self.length or not inflater.eof or inflater.unused_data:
            raise ValueError("the picture does not have the length that it should have")
        return picture


def request_to_remember(request: bytes, recipe: bytes | None) -> bytes:
    """Return what popularity remembers: the canonical request, or the `recipe` instead; nothing for a long one."""
    remembered = request if recipe is None else recipe
    return remembered if len(remembered) <= REMEMBERED_REQUEST else b""


def compress_entry(
    created: int, metadata: bytes, request: bytes, body: bytes, *, text: bool, recipe: bytes | None = None
) -> Entry:
    """Return the entry for `body`, compressed if it is `text` and shrinks by a tenth or more."""
    small = zlib.compress(body, 6, _GZIP) if text else body
    gains = small is not body and len(small) <= len(body) * _WORTH_IT
    return Entry(created, metadata, request, small if gains else body, gains, len(body), recipe)


def pack(entry: Entry, sign: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return `entry` packed for Redis, with a signature of its content if there is a `sign` function."""
    numbers = (entry.created, entry.length, entry.gzipped, len(entry.metadata), len(entry.request))
    content = b"".join((_CONTENT.pack(*numbers), entry.metadata, entry.request, entry.body))
    if sign is not None:
        return _SIGNED + sign(content) + content
    return _UNSIGNED + zlib.crc32(content).to_bytes(4, "big") + content


def unpack(
    value: bytes,
    is_signed: Callable[[bytes, memoryview], bool] | None = None,
    *,
    is_checked: bool = False,
) -> Entry | None:
    """Return the entry that `value` holds, or None if it is damaged, of another version or not an entry at all.

    Parameters
    ----------
    is_signed
        Checks a signature against the content that follows it; if it is given, unsigned entries are rejected.
    is_checked
        Whether these bytes have been accepted before, so that their checksum need not be computed again.
    """
    magic = _UNSIGNED if is_signed is None else _SIGNED
    content_at = _CONTENT_AT[magic]
    if len(value) < content_at + _CONTENT.size or not value.startswith(magic):
        return None
    if is_signed is not None:
        if not is_signed(value[len(magic) : content_at], memoryview(value)[content_at:]):
            return None
    elif not is_checked and zlib.crc32(memoryview(value)[content_at:]) != int.from_bytes(value[4:8], "big"):
        return None
    created, length, coding, metadata_length, request_length = _CONTENT.unpack_from(value, content_at)
    metadata_at = content_at + _CONTENT.size
    request_at = metadata_at + metadata_length
    body_at = request_at + request_length
    if body_at > len(value) or coding > 1 or length > PICTURE_LIMIT or (not coding and len(value) - body_at != length):
        return None
    metadata, request, body = value[metadata_at:request_at], value[request_at:body_at], value[body_at:]
    return Entry(created, metadata, request, body, coding == 1, length)


def request_in(head: bytes) -> tuple[int, bytes] | None:
    """Read when an entry was drawn and its canonical request, from the first bytes of the packed entry.

    None if these bytes are not the start of an entry, signed or not, or end before the request does.
    """
    content_at = _CONTENT_AT.get(head[:4])
    if content_at is None or len(head) < content_at + _CONTENT.size:
        return None
    created, _, _, metadata_length, request_length = _CONTENT.unpack_from(head, content_at)
    request_at = content_at + _CONTENT.size + metadata_length
    request = head[request_at : request_at + request_length]
    return (created, request) if len(request) == request_length else None
