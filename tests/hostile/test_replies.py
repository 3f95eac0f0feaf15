"""Replies that no sound Redis gives: the connection is at fault, and the request goes on without it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.documents import Curl, send
from tests.redis_server import RedisServer
from tests.stopwatch import idle_seconds

from qr_engine.pipeline.engine import engine

from .proxy import Proxy
from .scripted import ScriptedServer

JSON = {"content-type": "application/json"}
GET = Curl("GET", "/api/qr/generate?data=odd", {}, "")
BATCH = Curl("POST", "/api/qr/batch", JSON, json.dumps({"codes": [{"data": f"odd {number}"} for number in range(5)]}))

ODD = [
    b":5\r\n",
    b"$-1\r\n",
    b"*-1\r\n",
    b"*0\r\n",
    b"*1\r\n:0\r\n",
    b"*3\r\n:0\r\n:0\r\n:0\r\n",
    b"*2\r\n:-5\r\n:0\r\n",
    b"*2\r\n:999999999\r\n:0\r\n",
    b"*2\r\n$-1\r\n:1\r\n",
    b"*2\r\n*1\r\n:1\r\n:1\r\n",
    b"*2\r\n-ERR in the middle\r\n:1\r\n",
    b"*2\r\n:0\r\n-ERR in the middle\r\n",
    b"*2\r\n:0\r\n:7\r\n",
    b"*2\r\n:0\r\n$1\r\n1\r\n",
    b"+OK\r\n",
    b"$5\r\nhello\r\n",
    # RESP 3: a map, a null, a boolean, a double, a push, a big number, a set, a verbatim text.
    b"%1\r\n$1\r\na\r\n:1\r\n",
    b"_\r\n",
    b"#t\r\n",
    b",1.5\r\n",
    b">2\r\n$1\r\na\r\n:1\r\n",
    b"(1234567890123456789012345678901234567890\r\n",
    b"~1\r\n:1\r\n",
    b"=7\r\ntxt:abc\r\n",
    # Without an end.
    b"*1000000000\r\n",
    b"*2\r\n*1000000000\r\n",
    b"*1\r\n" * 500 + b":1\r\n",
    b"*99999999999999999999\r\n",
    b"$1000000000\r\n",
    b"$-2\r\n",
    b"*-2\r\n",
    b":\r\n",
    b":1_0\r\n",
    b":" + b"9" * 200 + b"\r\n",
    b"$3\r\nabcdef\r\n",
    b"\r\n\r\n",
    b"HTTP/1.1 400 Bad Request\r\n\r\n",
    b"\x15\x03\x01\x00\x02\x02\x16" * 3 + b"\r\n",
    # Errors that are one.
    b"-ERR no\r\n",
    b"-\r\n",
    b"-\xff\xfe\r\n",
    b"-MOVED 99999 127.0.0.1:7000\r\n",
    b"-MOVED 1 127.0.0.1:99999\r\n",
    b"-MOVED 1 " + b"x" * 70 + b":7000\r\n",
    b"-ASK x y\r\n",
    b"-LOADING soon\r\n",
]


@pytest.mark.parametrize("reply", ODD, ids=lambda reply: repr(reply[:40])[2:-1])
@pytest.mark.parametrize("request_", [GET, BATCH], ids=["one", "batch"])
def test_a_reply_of_another_shape_is_a_miss(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], reply: bytes, request_: Curl
):
    server = scripted(reply)
    api(REDIS_URL=f"redis://127.0.0.1:{server.port}")
    started = idle_seconds()
    answers = [send(request_) for _ in range(3)]
    assert [answer.status for answer in answers] == [200] * 3
    assert idle_seconds() - started < 2.5
    assert engine().cache.counters.errors >= 1
    assert engine().cache.counters.redis_hits == 0


@pytest.mark.parametrize(
    "reply", [reply for reply in ODD if not reply.startswith(b"-")], ids=lambda reply: repr(reply[:40])[2:-1]
)
@pytest.mark.parametrize(
    ("method", "route", "body"),
    [
        ("GET", "/api/qr/cache/stats", ""),
        ("POST", "/api/qr/cache/clear", "{}"),
        ("POST", "/api/qr/cache/clear", '{"pattern": "*"}'),
        ("POST", "/api/qr/cache/warm", '{"patterns": ["a"], "popular": 5}'),
    ],
)
def test_the_cache_routes_say_that_there_is_no_cache(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], reply: bytes, method: str, route: str, body: str
):
    server = scripted(reply)
    api(REDIS_URL=f"redis://127.0.0.1:{server.port}")
    answer = send(Curl(method, route, JSON, body))
    assert answer.status == 503
    assert answer.json["code"] == "cache_unavailable"


def test_what_was_at_fault_is_closed_and_counted(api: Callable[..., None], scripted: Callable[..., ScriptedServer]):
    server = scripted(b":5\r\n")
    api(REDIS_URL=f"redis://127.0.0.1:{server.port}")
    for _ in range(20):
        assert send(GET).status == 200
    assert engine().cache.breaker == "open"
    assert engine().cache.counters.errors == server.connections <= 3


def test_a_reply_too_many_belongs_to_nobody(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], redis_server: RedisServer
):
    server = scripted(b"*2\r\n:0\r\n:1\r\n", b"$-1\r\n", first=b"*2\r\n:0\r\n:1\r\n")
    api(REDIS_URL=f"redis://127.0.0.1:{server.port}")
    assert send(GET).status == 200
    assert engine().cache.breaker == "open"


@pytest.mark.parametrize("reply", ODD, ids=lambda reply: repr(reply[:40])[2:-1])
@pytest.mark.parametrize("mode", ["cluster", "sentinel"])
def test_who_is_asked_for_the_way_may_say_anything(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], reply: bytes, mode: str
):
    server = scripted(reply)
    variables = (
        {"REDIS_CLUSTER_NODES": f"127.0.0.1:{server.port}"}
        if mode == "cluster"
        else {"REDIS_SENTINEL_NODES": f"127.0.0.1:{server.port}", "REDIS_SENTINEL_MASTER": "main"}
    )
    api(**variables)
    started = idle_seconds()
    assert [send(GET).status for _ in range(2)] == [200, 200]
    assert idle_seconds() - started < 2.0
    assert engine().cache.counters.errors >= 1


@pytest.mark.parametrize(
    "rows",
    [
        b"*1\r\n*3\r\n:0\r\n:99999\r\n*2\r\n$9\r\n127.0.0.1\r\n:7000\r\n",
        b"*1\r\n*3\r\n:-5\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:7000\r\n",
        b"*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:70000\r\n",
        b"*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$3\r\n\xff\xfe\xfd\r\n:7000\r\n",
        b"*1\r\n*3\r\n:0\r\n:16383\r\n*0\r\n",
        b"*1\r\n*2\r\n:0\r\n:16383\r\n",
        b"*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$3\r\na\0b\r\n:7000\r\n",
        b"*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$70\r\n" + b"x" * 70 + b"\r\n:7000\r\n",
        b"*0\r\n",
    ],
)
def test_a_table_of_slots_that_cannot_be_is_a_fault(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], rows: bytes
):
    server = scripted(rows)
    api(REDIS_CLUSTER_NODES=f"127.0.0.1:{server.port}")
    assert [send(GET).status for _ in range(2)] == [200, 200]
    assert engine().cache.counters.errors >= 1


@pytest.mark.parametrize(
    "master",
    [
        b"*2\r\n$9\r\n127.0.0.1\r\n$5\r\n70000\r\n",
        b"*2\r\n$9\r\n127.0.0.1\r\n$2\r\n-1\r\n",
        b"*2\r\n$9\r\n127.0.0.1\r\n:7000\r\n",
        b"*2\r\n$3\r\na\0b\r\n$4\r\n7000\r\n",
        b"*2\r\n$2\r\n\xff\xfe\r\n$4\r\n7000\r\n",
        b"*2\r\n$0\r\n\r\n$4\r\n7000\r\n",
    ],
)
def test_a_master_that_cannot_be_is_a_fault(
    api: Callable[..., None], scripted: Callable[..., ScriptedServer], master: bytes
):
    server = scripted(master)
    api(REDIS_SENTINEL_NODES=f"127.0.0.1:{server.port}", REDIS_SENTINEL_MASTER="main")
    assert [send(GET).status for _ in range(2)] == [200, 200]
    assert engine().cache.counters.errors >= 1


@pytest.mark.parametrize("cut", [0, 1, 5, 30, 400])
@pytest.mark.parametrize("reset", [False, True], ids=["end", "reset"])
def test_a_reply_that_breaks_off_is_a_miss(
    api: Callable[..., None], redis_server: RedisServer, proxied: Callable[[int], Proxy], cut: int, reset: bool
):
    api(REDIS_URL=redis_server.url)
    assert send(GET).status == 200
    proxy = proxied(redis_server.port)
    proxy.cut_after, proxy.reset = cut, reset
    api(REDIS_URL=f"redis://127.0.0.1:{proxy.port}")
    assert [send(GET).status for _ in range(3)] == [200] * 3
    assert engine().cache.counters.errors >= 1
