"""A Lua script, the digest that Redis knows it by, and what it is run with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from ..hashes import sha1
from .errors import InvalidResponse

__all__ = ["Call", "Script"]


class Script(msgspec.Struct, frozen=True):
    """A Lua script; `of` makes one.

    Attributes
    ----------
    source
        What runs.
    sha1
        The hexadecimal SHA-1 of its UTF-8 bytes, which EVALSHA takes.
    is_sound
        Whether a reply is one that the script gives.
    """

    source: str
    sha1: str
    is_sound: Callable[[Any], bool]

    @classmethod
    def of(cls, source: str, is_sound: Callable[[Any], bool] = lambda _: True) -> Script:
        """Return the script with this source."""
        return cls(source, sha1(source.encode(), usedforsecurity=False).hexdigest(), is_sound)

    def check(self, reply: Any) -> Any:
        """Return `reply` if it is one that the script gives.

        Raises
        ------
        InvalidResponse
            It is not, so it belongs to something else.
        """
        if not self.is_sound(reply):
            raise InvalidResponse("the reply is none that this script gives")
        return reply


class Call(msgspec.Struct, frozen=True):
    """One run of a script: the names of what it touches, which share a hash tag, and its arguments."""

    keys: Sequence[str]
    args: Sequence[Any]
