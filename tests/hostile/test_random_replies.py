"""Whatever comes in place of a reply, in RESP 2 or RESP 3: the cache gives an answer or a problem, never a fault."""

from __future__ import annotations

import socket
from collections.abc import Callable
from itertools import cycle
from typing import Any
from unittest import mock

import hiredis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qr_engine.cache import LookupRequest
from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.entry import compress_entry, pack
from qr_engine.config import load
from qr_engine.errors import Problem
from qr_engine.pipeline.batch import generate_all
from qr_engine.pipeline.engine import Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import format_of, parse

MODES = {
    "standalone": {"REDIS_URL": "redis://127.0.0.1:1"},
    "cluster": {"REDIS_CLUSTER_NODES": "127.0.0.1:1,127.0.0.1:2"},
    "sentinel": {"REDIS_SENTINEL_NODES": "127.0.0.1:1,127.0.0.1:2", "REDIS_SENTINEL_MASTER": "main"},
    "with a login": {"REDIS_URL": "redis://user:password@127.0.0.1:1/3"},
    "signed": {
        "REDIS_URL": "redis://127.0.0.1:1",
        "REDIS_ENTRY_KEY": "k" * 32,
        "REDIS_ENTRY_KEY_PREVIOUS": "p" * 32,
    },
    "without statistics": {"REDIS_URL": "redis://127.0.0.1:1", "REDIS_ENABLE_STATS": "false"},
}
REQUESTS = [parse({"data": text, "format": "txt"})[1] for text in ("one", "other", "third")]
KEYED = [KeyedRequest.of(request) for request in REQUESTS]
ENTRY = Engine(load({})).draw(KEYED[0])


def command(engine: Engine, operation: Callable[[Engine], object]) -> object:
    """What comes of `operation`: its result or a problem; anything else is raised."""
    try:
        return operation(engine)
    except Problem as problem:
        return problem


def batch(engine: Engine) -> object:
    return generate_all(engine, [*KEYED, KEYED[0]], remaining_ms=lambda: 1010.0, reserve_ms=0)


SOME = ClearFilter(lambda created, request: len(request) > created % 7)
OPERATIONS: dict[str, Callable[[Engine], object]] = {
    "generate": lambda engine: engine.generate(REQUESTS[0], remaining_ms=lambda: 1010.0),
    "batch": batch,
    "draw_and_store": lambda engine: engine.draw_and_store(KEYED[1]),
    "lookup": lambda engine: engine.cache.lookup(LookupRequest(KEYED[0].key, KEYED[0].canonical, lease_ms=5)),
    "release": lambda engine: engine.cache.release([keyed.key for keyed in KEYED]),
    "stats": lambda engine: engine.cache.stats(format_of),
    "clear": lambda engine: engine.cache.clear(seconds=0),
    "clear some": lambda engine: engine.cache.clear(SOME, seconds=0),
    "popular": lambda engine: engine.cache.popular(5),
    "not_expiring": lambda engine: engine.cache.not_expiring([keyed.key for keyed in KEYED]),
    "save_cursor": lambda engine: engine.cache.save_cursor("version", 7),
    "load_cursor": lambda engine: engine.cache.load_cursor("version"),
}


def bulk(value: bytes) -> bytes:
    return b"$%d\r\n%b\r\n" % (len(value), value)


def aggregate(sign: bytes, parts: list[bytes], pairs: bool = False) -> bytes:
    if pairs:
        parts = parts[: len(parts) // 2 * 2]
    return sign + b"%d\r\n" % (len(parts) // 2 if pairs else len(parts)) + b"".join(parts)


NUMBERS = st.one_of(st.integers(-3, 3), st.integers(0, 20_000), st.integers(-(2**70), 2**70)).map(b":%d\r\n".__mod__)
TEXTS = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"0", b"17", b"OK", b"string", b"127.0.0.1", b"7000", b"7 version", b"1e5", b"-nan", b"1" * 40]),
    st.sampled_from([b"ab" * 31, KEYED[0].key[2:].encode(), KEYED[0].canonical, pack(ENTRY), pack(ENTRY)[:40]]),
    st.builds(
        pack,
        st.builds(
            compress_entry, st.just(0), st.binary(), st.just(KEYED[0].canonical), st.binary(), text=st.booleans()
        ),
    ),
)
BULKS = TEXTS.map(bulk)
LINES = st.text(st.characters(blacklist_characters="\r\n", max_codepoint=0x2FF), max_size=20).map(str.encode)
CODES = [
    "ERR",
    "MOVED 1 127.0.0.1:1",
    "MOVED 99999 x:1",
    "ASK 3 :2",
    "ASK",
    "NOSCRIPT",
    "READONLY",
    "LOADING",
    "NOAUTH",
    "WRONGPASS",
    "NOPERM",
    "OOM",
    "CLUSTERDOWN",
    "TRYAGAIN",
    "BUSY",
    "WRONGTYPE",
    "ERR max number of clients",
    "",
]
ERRORS = st.builds(lambda code, text: b"-%b %b\r\n" % (code.encode(), text), st.sampled_from(CODES), LINES)
RESP3 = st.one_of(
    st.sampled_from([b"_\r\n", b"#t\r\n", b"#f\r\n", b"#x\r\n", b",1.5\r\n", b",inf\r\n", b",\r\n", b"(12\r\n"]),
    st.sampled_from([b"*-1\r\n", b"$-1\r\n", b"=7\r\ntxt:abc\r\n", b"!3\r\nERR\r\n"]),
    st.sampled_from([b"$?\r\n;4\r\nabcd\r\n;0\r\n", b"*?\r\n.\r\n"]),
    LINES.map(lambda line: b"+%b\r\n" % line),
)
LEAVES = st.one_of(NUMBERS, BULKS, ERRORS, RESP3, st.just(b"+OK\r\n"))
REPLIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(aggregate, st.sampled_from([b"*", b"*", b"*", b"~", b">"]), st.lists(inner, max_size=6)),
        st.builds(aggregate, st.sampled_from([b"%", b"|"]), st.lists(inner, max_size=6), st.just(value=True)),
    ),
    max_leaves=12,
)
NODES = st.builds(lambda port: aggregate(b"*", [bulk(b"127.0.0.1"), b":%d\r\n" % port]), st.integers(1, 3))
SOUND = st.one_of(
    # A lookup, a SCAN, CLUSTER SLOTS, a master, names with scores: so that what follows a sound reply is met as well.
    st.builds(lambda value, counted: aggregate(b"*", [value, counted]), st.one_of(BULKS, NUMBERS), NUMBERS),
    st.builds(
        lambda cursor, names: aggregate(b"*", [bulk(cursor), aggregate(b"*", names)]),
        st.sampled_from([b"0", b"1", b"99999999999999999999"]),
        st.lists(BULKS, max_size=4),
    ),
    st.builds(lambda *nodes: aggregate(b"*", [aggregate(b"*", [b":0\r\n", b":16383\r\n", *nodes])]), NODES, NODES),
    st.just(aggregate(b"*", [bulk(b"127.0.0.1"), bulk(b"7000")])),
    st.builds(lambda pairs: aggregate(b"*", pairs), st.lists(BULKS, min_size=2, max_size=2)),
)


class FakeSocket:
    """Answers each command that is sent with the next of `replies`, whatever it is, and then with nothing."""

    def __init__(self, replies: Any) -> None:
        self._replies = replies
        self._near, self._far = socket.socketpair()
        self._waiting = b""
        self._seconds: float | None = None
        self._commands = hiredis.Reader()

    def sendall(self, data: bytes) -> None:
        self._commands.feed(data)
        while self._commands.gets() is not False:
            self._waiting += next(self._replies)

    def recv(self, length: int) -> bytes:
        chunk, self._waiting = self._waiting[:length], self._waiting[length:]
        if not chunk:
            raise TimeoutError("nobody answers")
        return chunk

    def settimeout(self, seconds: float) -> None:
        assert seconds >= 0
        self._seconds = seconds

    def gettimeout(self) -> float | None:
        return self._seconds

    def fileno(self) -> int:
        return self._near.fileno()

    def close(self) -> None:
        self._near.close()
        self._far.close()


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    replies=st.lists(st.one_of(REPLIES, SOUND), min_size=1, max_size=12),
    names=st.lists(st.sampled_from(sorted(OPERATIONS)), min_size=1, max_size=4),
)
def test_any_reply_is_answered_or_a_problem(mode: str, replies: list[bytes], names: list[str]) -> None:
    endless = cycle(replies)
    with (
        mock.patch("qr_engine.redis_client.connection.open_socket", side_effect=lambda *_: FakeSocket(endless)),
        mock.patch("qr_engine.cache.stats.SCAN_SECONDS", 0),
        mock.patch("qr_engine.redis_client.breaker.FIRST_PAUSE", 0),
        mock.patch("qr_engine.redis_client.resilient.logger"),
    ):
        engine = Engine(load({"MEMORY_CACHE_BYTES": "0", **MODES[mode]}))
        for name in names:
            command(engine, OPERATIONS[name])
        code = engine.generate(REQUESTS[2], remaining_ms=lambda: 1010.0)
        assert code.entry.picture() == Engine(load({})).draw(KEYED[2]).picture()
