"""Removing entries, all or some, and nothing else that lives in the same Redis."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec

from ..errors import InvalidRequest, Issue
from ..redis_client import batch, primaries, readable
from ..redis_client.errors import Refused
from ..redis_client.resilient import Guarded
from . import keys
from .entry import LONGEST_HEAD, request_in
from .memory_usage import sizes

if TYPE_CHECKING:
    from ..redis_client import Client
    from ..redis_client.pool import Server

__all__ = ["Chosen", "Cleared", "clear_redis", "forget_popular"]

BATCH = 500
HEAD_LENGTH = 2048
"""Bytes of a value that are read to decide on it; only requests for very long texts reach further."""

Chosen = Callable[[int, bytes], bool]
"""Whether an entry goes, from when it was drawn (seconds since 1970) and its canonical request."""


class Cleared(msgspec.Struct, frozen=True):
    """What a clear has done.

    Attributes
    ----------
    count
        Entries removed.
    scanned
        Entries looked at.
    freed_bytes
        What the removed ones took in Redis, keys and overhead included.
    cursor
        Where to go on from, if the time ran out before the end; else None.
    """

    count: int
    scanned: int
    freed_bytes: int
    cursor: str | None


def clear_redis(
    redis: Guarded, chosen: Chosen | None, *, conditions: str, cursor: str | None, seconds: float
) -> Cleared:
    """Remove the entries that `chosen` picks, or every entry where it is None, from all primaries.

    SCAN and UNLINK in batches: neither ever holds up the server, however much it holds. A value under an entry's
    name that is no entry goes with "every entry", and is never picked.

    Parameters
    ----------
    conditions
        What `chosen` asks, in words that are the same each time.
    cursor
        Where an earlier call stopped. It counts only for the same conditions and the same primaries: otherwise the
        clear begins anew, which costs time and misses nothing.
    seconds
        When to stop, at a cursor to go on from; at least one batch is done.

    Raises
    ------
    Unavailable
        Redis does not answer; what was removed by then stays removed.
    InvalidRequest
        The cursor is none that an earlier call gave.
    """
    deadline = monotonic() + seconds
    nodes = redis.call(primaries)
    ground = _ground(nodes, conditions)
    node, at = _position(cursor, ground)
    count = scanned = freed = 0
    while node < len(nodes):
        at, batch = redis.call(_step, nodes[node], at, keys.entries(redis.settings.redis_prefix), chosen)
        count, scanned, freed = count + batch[0], scanned + batch[1], freed + batch[2]
        if at == 0:
            node += 1
        if node < len(nodes) and monotonic() > deadline:
            return Cleared(count, scanned, freed, f"{ground}-{node}-{at}")
    return Cleared(count, scanned, freed, None)


def forget_popular(redis: Guarded, chosen: Chosen | None) -> None:
    """Forget the popularity of what `chosen` picks, so that no warming brings it back.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    redis.call(_forget, redis.settings.redis_prefix, chosen)


def _ground(nodes: Sequence[Server], conditions: str) -> int:
    """A number that says what a cursor is good for."""
    return zlib.crc32(" ".join([*(node.name for node in nodes), conditions]).encode())


def _position(cursor: str | None, ground: int) -> tuple[int, int]:
    """The node and the place in it where the scan goes on."""
    if cursor is None:
        return 0, 0
    parts = cursor.split("-")
    if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,20}", part) for part in parts) or int(parts[2]) >= 2**64:
        raise InvalidRequest.of(Issue("cursor", "Must be a cursor that an earlier clear gave."))
    found, node, at = map(int, parts)
    return (node, at) if found == ground else (0, 0)


def _step(_: Client, node: Server, at: int, pattern: str, chosen: Chosen | None) -> tuple[int, tuple[int, int, int]]:
    """One batch: where the scan goes on, and how many entries went, were seen, and the bytes that are free."""
    following, names = node.redis.scan(at, match=pattern, count=BATCH)
    picked = names if chosen is None else _picked(node, names, chosen)
    if not picked:
        return following, (0, len(names), 0)
    taken = sizes(node, picked)
    gone = batch(node, [("UNLINK", name) for name in picked])
    freed = sum(size for size, went in zip(taken, gone, strict=True) if went)
    return following, (sum(gone), len(names), freed)


def _picked(node: Server, names: list[Any], chosen: Chosen) -> list[Any]:
    picked = []
    for name, head in zip(names, _heads(node, names), strict=True):
        found = request_in(head)
        if found is None and len(head) == HEAD_LENGTH:
            (longer,) = batch(node, [("GETRANGE", name, 0, LONGEST_HEAD - 1)])
            found = request_in(longer)
        if found is not None and chosen(*found):
            picked.append(name)
    return picked


def _heads(node: Server, names: list[Any]) -> list[bytes]:
    commands = [("GETRANGE", name, 0, HEAD_LENGTH - 1) for name in names]
    try:
        return batch(node, commands)
    except Refused:
        # Something of another type lies under the name of an entry.
        kinds = batch(node, [("TYPE", name) for name in names])
        return [
            batch(node, [command])[0] if kind == b"string" else b""
            for kind, command in zip(kinds, commands, strict=True)
        ]


def _forget(client: Client, prefix: str, chosen: Chosen | None) -> None:
    if chosen is None:
        batch(client, [("UNLINK", name(prefix, tag)) for tag in keys.TAGS for name in (keys.popular, keys.requests)])
        return
    found = readable(client, [("HGETALL", keys.requests(prefix, tag)) for tag in keys.TAGS])
    gone = [
        (tag, member)
        for tag, pairs in zip(keys.TAGS, found, strict=True)
        for member, request in zip((pairs or ())[::2], (pairs or ())[1::2], strict=True)
        if chosen(0, request)
    ]
    if gone:
        readable(client, [("ZREM", keys.popular(prefix, tag), member) for tag, member in gone])
        readable(client, [("HDEL", keys.requests(prefix, tag), member) for tag, member in gone])
