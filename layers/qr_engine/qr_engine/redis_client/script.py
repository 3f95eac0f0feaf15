"""A Lua script, its digest in Redis, and one run of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from ..hashes import sha1
from .errors import InvalidResponse

__all__ = ["Call", "Script"]


class Script(msgspec.Struct, frozen=True):
    """A Lua script; create one with `of`.

    Attributes
    ----------
    source
        The Lua code.
    sha1
        The hexadecimal SHA-1 of the source in UTF-8; EVALSHA names a script by it.
    is_sound
        Whether a reply is one that the script can give.
    """

    source: str
    sha1: str
    is_sound: Callable[[Any], bool]

    @classmethod
    def of(cls, source: str, is_sound: Callable[[Any], bool] = lambda _: True) -> Script:
        """Return the script with this source."""
        return cls(source, sha1(source.encode(), usedforsecurity=False).hexdigest(), is_sound)

    def check(self, reply: Any) -> Any:
        """Return `reply` if it is one that the script can give.

        Raises
        ------
        InvalidResponse
            The reply must belong to something else.
        """
        if not self.is_sound(reply):
            raise InvalidResponse("the reply is not one that this script returns")
        return reply


class Call(msgspec.Struct, frozen=True):
    """One run of a script: the keys that it touches, which share a hash tag, and its arguments."""

    keys: Sequence[str]
    args: Sequence[Any]
