"""Remove entries, all or some, and nothing else that lives in the same Redis."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec

from ..errors import InvalidRequest, Issue
from ..redis_client import read_batch
from ..redis_client.errors import ResponseError
from ..redis_client.resilient import ResilientClient
from . import keys
from .entry import LONGEST_HEAD, request_in
from .memory_usage import read_sizes

if TYPE_CHECKING:
    from ..redis_client import Client
    from ..redis_client.pool import Server

__all__ = ["ClearFilter", "Cleared", "clear_redis", "forget_popular"]

SCAN_COUNT = 500
HEAD_LENGTH = 2048
"""Bytes of a value that are read to decide on it; only requests for very long texts reach further."""

Chosen = Callable[[int, bytes], bool]
"""Tells whether an entry goes, from when it was drawn (seconds since 1970) and its canonical request."""


class ClearFilter(msgspec.Struct, frozen=True):
    """Which entries a clear removes.

    Attributes
    ----------
    matches
        Tells of an entry whether it goes.
    conditions
        The same in words that do not change: a cursor only counts for the same conditions.
    forgets_popularity
        Whether the popularity of what matches is forgotten as well.
    """

    matches: Chosen
    conditions: str = ""
    forgets_popularity: bool = True


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
    redis: ResilientClient, clear_filter: ClearFilter | None, *, cursor: str | None, seconds: float
) -> Cleared:
    """Remove the entries that match `clear_filter`, or every entry where it is None, from all primaries.

    SCAN and UNLINK in batches: neither ever holds up the server, however much it holds. A value under an entry's
    name that is no entry goes with "every entry", and is never picked.

    Parameters
    ----------
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
    nodes = redis.call(lambda client: client.primaries())
    matches = None if clear_filter is None else clear_filter.matches
    fingerprint = _fingerprint(nodes, "" if clear_filter is None else clear_filter.conditions)
    node, cursor_in_node = _parse_cursor(cursor, fingerprint)
    count = scanned = freed = 0
    while node < len(nodes):
        cursor_in_node, batch = redis.call(
            _clear_step, nodes[node], cursor_in_node, keys.entries(redis.settings.redis_prefix), matches
        )
        count, scanned, freed = count + batch[0], scanned + batch[1], freed + batch[2]
        if cursor_in_node == 0:
            node += 1
        if node < len(nodes) and monotonic() > deadline:
            return Cleared(count, scanned, freed, f"{fingerprint}-{node}-{cursor_in_node}")
    return Cleared(count, scanned, freed, None)


def forget_popular(redis: ResilientClient, clear_filter: ClearFilter | None) -> None:
    """Forget the popularity of what goes, so that no warming brings it back.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    if clear_filter is None or clear_filter.forgets_popularity:
        matches = None if clear_filter is None else clear_filter.matches
        redis.call(_forget_popularity, redis.settings.redis_prefix, matches)


def _fingerprint(nodes: Sequence[Server], conditions: str) -> int:
    """Return a number that says what a cursor is good for."""
    return zlib.crc32(" ".join([*(node.name for node in nodes), conditions]).encode())


def _parse_cursor(cursor: str | None, fingerprint: int) -> tuple[int, int]:
    """Return the number of the node, and the cursor in it, where the scan goes on."""
    if cursor is None:
        return 0, 0
    parts = cursor.split("-")
    if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,20}", part) for part in parts) or int(parts[2]) >= 2**64:
        raise InvalidRequest.of(Issue("cursor", "Must be the cursor of an earlier clear."))
    cursor_fingerprint, node, cursor_in_node = map(int, parts)
    return (node, cursor_in_node) if cursor_fingerprint == fingerprint else (0, 0)


def _clear_step(
    _: Client, node: Server, cursor: int, pattern: str, matches: Chosen | None
) -> tuple[int, tuple[int, int, int]]:
    """One batch: where the scan goes on, and how many entries went, were seen, and the bytes that are free."""
    following, names = node.redis.scan(cursor, match=pattern, count=SCAN_COUNT)
    matching = names if matches is None else _pick(node, names, matches)
    if not matching:
        return following, (0, len(names), 0)
    sizes_in_bytes = read_sizes(node, matching)
    removed = node.batch([("UNLINK", name) for name in matching])
    freed = sum(size for size, went in zip(sizes_in_bytes, removed, strict=True) if went)
    return following, (sum(removed), len(names), freed)


def _pick(node: Server, names: list[Any], matches: Chosen) -> list[Any]:
    matching = []
    for name, head in zip(names, _read_heads(node, names), strict=True):
        head_fields = request_in(head)
        if head_fields is None and len(head) == HEAD_LENGTH:
            (longer,) = node.batch([("GETRANGE", name, 0, LONGEST_HEAD - 1)])
            head_fields = request_in(longer)
        if head_fields is not None and matches(*head_fields):
            matching.append(name)
    return matching


def _read_heads(node: Server, names: list[Any]) -> list[bytes]:
    commands = [("GETRANGE", name, 0, HEAD_LENGTH - 1) for name in names]
    try:
        return node.batch(commands)
    except ResponseError:
        # Something of another type lies under the name of an entry.
        kinds = node.batch([("TYPE", name) for name in names])
        return [
            node.batch([command])[0] if kind == b"string" else b""
            for kind, command in zip(kinds, commands, strict=True)
        ]


def _forget_popularity(client: Client, prefix: str, matches: Chosen | None) -> None:
    if matches is None:
        client.batch([("UNLINK", name(prefix, tag)) for tag in keys.TAGS for name in (keys.popular, keys.requests)])
        return
    rows = read_batch(client, [("HGETALL", keys.requests(prefix, tag)) for tag in keys.TAGS])
    forgotten = [
        (tag, member)
        for tag, pairs in zip(keys.TAGS, rows, strict=True)
        for member, request in zip((pairs or ())[::2], (pairs or ())[1::2], strict=True)
        if matches(0, request)
    ]
    if forgotten:
        read_batch(client, [("ZREM", keys.popular(prefix, tag), member) for tag, member in forgotten])
        read_batch(client, [("HDEL", keys.requests(prefix, tag), member) for tag, member in forgotten])
