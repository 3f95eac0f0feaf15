"""Logos that were read a moment ago: the same one is asked for in many sizes and formats."""

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
    """Logos by the digest of what they were read from; beyond the limit the least recently used are forgotten.

    Parameters
    ----------
    limit
        Bytes of their bodies; the last one is kept however large it is.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._held: OrderedDict[str, Logo] = OrderedDict()

    def get(self, digest: str) -> Logo | None:
        """Give the logo, which becomes the last to go; None if it is not known."""
        if digest in self._held:
            self._held.move_to_end(digest)
        return self._held.get(digest)

    def put(self, logo: Logo) -> None:
        """Remember a logo that is not known."""
        self._held[logo.digest] = logo
        self.bytes += len(logo.body)
        while self.bytes > self.limit and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self.bytes -= len(gone.body)


_KNOWN: Final = LogoCache(HELD_BYTES)


def load_logo(digest: str, body: bytes | None) -> Logo:
    """Give the logo that `body` is, or that is known by its digest.

    Raises
    ------
    InvalidRequest
        As `reading.read`; or nothing of it would be seen; or there is no body, and the logo is not known.
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
