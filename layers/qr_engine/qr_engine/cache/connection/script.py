"""A Lua script, the digest that Redis knows it by, and what it is run with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ...digest import sha1

__all__ = ["Call", "Script"]


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


class Call(msgspec.Struct, frozen=True):
    """One run of a script: the names of what it touches, which share a hash tag, and its arguments."""

    keys: Sequence[str]
    args: Sequence[Any]
