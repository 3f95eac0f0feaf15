"""A Lua script, and the digest that Redis knows it by."""

from __future__ import annotations

import msgspec

from ...digest import sha1

__all__ = ["Script"]


class Script(msgspec.Struct, frozen=True):
    """A Lua script; `of` makes one.

    Attributes
    ----------
    source
        What runs.
    sha1
        The hexadecimal SHA-1 of its UTF-8 bytes, which EVALSHA takes.
    """

    source: str
    sha1: str

    @classmethod
    def of(cls, source: str) -> Script:
        """The script with this source."""
        return cls(source, sha1(source.encode(), usedforsecurity=False).hexdigest())
