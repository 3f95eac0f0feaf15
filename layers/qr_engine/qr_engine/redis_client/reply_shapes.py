"""What a valid reply to each command looks like; any other reply shows that the connection is at fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from .errors import InvalidResponse, RedisError

__all__ = ["SLOTS", "check_replies"]

SLOTS: Final = 16_384

_PORT = range(1, 65_536)
_DIGITS = re.compile(rb"[0-9]{1,20}")


def check_replies(commands: Sequence[tuple[Any, ...]], replies: Sequence[Any]) -> None:
    """Check that each of `replies` is one that Redis gives to its command; an error is valid for every command.

    Raises
    ------
    InvalidResponse
        A reply has another type, length or range.
    """
    for command, reply in zip(commands, replies, strict=True):
        if isinstance(reply, RedisError):
            continue
        is_sound = _SHAPES.get(command[0].partition(" ")[0])
        if is_sound is not None and not is_sound(command, reply):
            raise InvalidResponse(f"the reply to {command[0]} is not one that this command returns")


Command = tuple[Any, ...]


def _is_done(_: Command, reply: Any) -> bool:
    return bool(reply == b"OK")


def _is_number(_: Command, reply: Any) -> bool:
    return isinstance(reply, int)


def _is_count(_: Command, reply: Any) -> bool:
    return isinstance(reply, int) and reply >= 0


def _is_life(_: Command, reply: Any) -> bool:
    return isinstance(reply, int) and reply >= -2


def _is_size(_: Command, reply: Any) -> bool:
    return reply is None or (isinstance(reply, int) and reply >= 0)


def _is_value(_: Command, reply: Any) -> bool:
    return isinstance(reply, bytes)


def _is_value_or_nothing(_: Command, reply: Any) -> bool:
    return reply is None or isinstance(reply, bytes)


def _is_row(command: Command, reply: Any) -> bool:
    return (
        isinstance(reply, list)
        and len(reply) == len(command) - 2
        and all(value is None or isinstance(value, bytes) for value in reply)
    )


def _is_pairs(_: Command, reply: Any) -> bool:
    return isinstance(reply, list) and len(reply) % 2 == 0 and _are_values(reply)


def _is_page(_: Command, reply: Any) -> bool:
    """Return whether `reply` is one of SCAN: a cursor, and names."""
    if not (isinstance(reply, list) and len(reply) == 2):
        return False
    cursor, names = reply
    return isinstance(cursor, bytes) and bool(_DIGITS.fullmatch(cursor)) and _are_values(names)


def _is_master(_: Command, reply: Any) -> bool:
    """Return whether `reply` is one of a sentinel: None, or a host and a port."""
    if reply is None:
        return True
    if not (isinstance(reply, list) and len(reply) == 2 and _are_values(reply)):
        return False
    host, port = reply
    return bool(host) and host.isascii() and bool(_DIGITS.fullmatch(port)) and int(port) in _PORT


def _is_table(_: Command, reply: Any) -> bool:
    """Return whether `reply` is one of CLUSTER SLOTS: ranges of slots with the nodes that serve them, primary first."""
    return isinstance(reply, list) and all(map(_is_range, reply))


def _is_range(row: Any) -> bool:
    if not (isinstance(row, list) and len(row) >= 3 and all(isinstance(slot, int) for slot in row[:2])):
        return False
    first, last, *nodes = row
    return 0 <= first <= last < SLOTS and all(map(_is_node, nodes))


def _is_node(node: Any) -> bool:
    if not (isinstance(node, list) and len(node) >= 2):
        return False
    host, port = node[:2]
    return (host is None or (isinstance(host, bytes) and host.isascii())) and isinstance(port, int) and port in _PORT


def _are_values(reply: Any) -> bool:
    return isinstance(reply, list) and all(isinstance(value, bytes) for value in reply)


_SHAPES: Final[dict[str, Callable[[Command, Any], bool]]] = {
    **dict.fromkeys(("ASKING", "AUTH", "SELECT", "SET"), _is_done),
    **dict.fromkeys(("DBSIZE", "DEL", "EXPIRE", "HDEL", "STRLEN", "UNLINK", "ZREM"), _is_count),
    **dict.fromkeys(("GETRANGE", "INFO", "TYPE"), _is_value),
    **dict.fromkeys(("GET", "HGET"), _is_value_or_nothing),
    **dict.fromkeys(("HGETALL", "ZREVRANGE"), _is_pairs),
    "CLUSTER": _is_table,
    "HINCRBY": _is_number,
    "HMGET": _is_row,
    "MEMORY": _is_size,
    "PTTL": _is_life,
    "SCAN": _is_page,
    "SENTINEL": _is_master,
}
