"""Remove entries, all or some, and nothing else that is in the same Redis."""

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
"""Bytes that are read of a value to decide on it; only requests with very long texts are longer."""

Chosen = Callable[[int, bytes], bool]
"""Decides whether to remove an entry, from its drawing time (seconds since 1970) and its canonical request."""


class ClearFilter(msgspec.Struct, frozen=True):
    """Which entries a clear removes.

    Attributes
    ----------
    matches
        Decides whether to remove an entry.
    conditions
        The same conditions in a fixed wording: a cursor is valid only for the conditions that it was made for.
    forgets_popularity
        Whether to forget the popularity of the matching codes as well.
    """

    matches: Chosen
    conditions: str = ""
    forgets_popularity: bool = True


class Cleared(msgspec.Struct, frozen=True):
    """The result of a clear.

    Attributes
    ----------
    count
        Entries removed.
    scanned
        Entries looked at.
    freed_bytes
        Bytes that the removed entries took in Redis, including keys and overhead.
    cursor
        Where to continue if the time ran out before the end; else None.
    """

    count: int
    scanned: int
    freed_bytes: int
    cursor: str | None


def clear_redis(
    redis: ResilientClient, clear_filter: ClearFilter | None, *, cursor: str | None, seconds: float
) -> Cleared:
    """Remove the entries that match `clear_filter`, or every entry if it is None, from all primaries.

    SCAN and UNLINK work in batches, so neither ever holds up the server, however much it stores. A value under an
    entry's name that is not an entry is removed with "every entry", but never matches a filter.

    Parameters
    ----------
    cursor
        Where an earlier call stopped. It is valid only for the same conditions and the same primaries. Otherwise the
        clear starts again, which takes longer but misses nothing.
    seconds
        When to stop and return a cursor; at least one batch is done.

    Raises
    ------
    Unavailable
        Redis does not answer; entries that are already removed stay removed.
    InvalidRequest
        The cursor does not come from an earlier call.
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
    """Forget the popularity of the codes that are removed, so that warming does not bring them back.

    Raises
    ------
    Unavailable
        Redis does not answer.
    """
    if clear_filter is None or clear_filter.forgets_popularity:
        matches = None if clear_filter is None else clear_filter.matches
        redis.call(_forget_popularity, redis.settings.redis_prefix, matches)


def _fingerprint(nodes: Sequence[Server], conditions: str) -> int:
    """Return a number for the nodes and conditions that a cursor is valid for."""
    return zlib.crc32(" ".join([*(node.name for node in nodes), conditions]).encode())


def _parse_cursor(cursor: str | None, fingerprint: int) -> tuple[int, int]:
    """Return the index of the node, and the cursor in it, at which to continue the scan."""
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
    """Clear one batch; return the next cursor, and the entries removed, the entries seen and the bytes freed."""
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
        # A value of another type has the name of an entry.
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
