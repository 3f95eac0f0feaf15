"""Remember recently read logos, since requests often use the same logo in many sizes and formats."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from ..errors import InvalidRequest, Issue
from .model import PATH, Logo
from .reading import read

__all__ = ["HELD_BYTES", "LogoCache", "load_logo"]

HELD_BYTES: Final = 16 * 1024 * 1024
"""Bytes of the logos that an execution environment remembers."""


class LogoCache:
    """Logos by the digest of the bytes that they were read from; above the limit, the least recently used are dropped.

    Parameters
    ----------
    limit
        The most bytes of all bodies together; the newest logo is kept whatever its size.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._held: OrderedDict[str, Logo] = OrderedDict()

    def get(self, digest: str) -> Logo | None:
        """Return the logo, and mark it as the most recently used; None if the cache does not have it."""
        if digest in self._held:
            self._held.move_to_end(digest)
        return self._held.get(digest)

    def put(self, logo: Logo) -> None:
        """Add a logo that the cache does not have."""
        self._held[logo.digest] = logo
        self.bytes += len(logo.body)
        while self.bytes > self.limit and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self.bytes -= len(gone.body)


_KNOWN: Final = LogoCache(HELD_BYTES)


def load_logo(digest: str, body: bytes | None) -> Logo:
    """Return the logo with this digest from the cache, or read it from `body`.

    Raises
    ------
    InvalidRequest
        As for `reading.read`; or nothing of the logo would be seen; or there is no body, and the cache lacks the logo.
    """
    logo = _KNOWN.get(digest)
    if logo is not None:
        return logo
    if body is None:
        message = "This logo came with a request and is no longer in memory; send it again."
        raise InvalidRequest.of(Issue(PATH, message))
    logo = read(body, digest)
    if logo.kind == "svg":
        from .svg.visible import check_seen

        check_seen(logo)
    _KNOWN.put(logo)
    return logo
