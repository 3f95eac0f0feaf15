"""Nothing of a private code is in Redis or in a log: a dump of the one and all lines of the other are read for it."""

from __future__ import annotations

import base64
import io
import json
import logging
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from tests.environment import forget
from tests.redis_server import RedisServer
from tests.unit.api.routes.conftest import HANDLERS, event_v2

from qr_engine import observability
from qr_engine.config import telemetry
from qr_engine.pipeline import engine
from qr_engine.request import CanonicalRequest, cache_key, canonical_bytes, parse

PASSWORD, SECRET, NOTE = "correct horse battery staple", "JBSWY3DPEHPK3PXP", "the invitation of Alice 7f3a"
WIFI = f"WIFI:T:WPA;S:Guests;P:{PASSWORD};;"
OTP = f"otpauth://totp/ACME:alice?secret={SECRET}"
REQUESTS: list[dict[str, Any]] = [
    {"data": {"type": "wifi", "ssid": "Guests", "password": PASSWORD}},
    {"data": WIFI, "format": "png", "data_pattern": "dots"},
    {"data": OTP},
    {"data": NOTE, "private": True},
]
FAILING = {"data": WIFI, "version": 1}
PUBLIC = "https://example.com/for-everybody"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Read all that was written to a log, whatever its level, metrics lines included."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(_WithEverything())
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED", raising=False)
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "DEBUG")
    telemetry.cache_clear()
    root, own = logging.getLogger(), observability.logger()
    level = own.log_level
    own.setLevel(logging.DEBUG)
    for each in own.handlers:
        # Whoever used the logger first has bound it to an output that may be closed by now.
        monkeypatch.setattr(each, "stream", lines)
    root.addHandler(handler)
    yield lambda: lines.getvalue() + "".join(capsys.readouterr())
    root.removeHandler(handler)
    own.setLevel(level)
    telemetry.cache_clear()


class _WithEverything(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{super().format(record)} {record.__dict__!r}"


@pytest.fixture
def send(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """Call a route of the functions of this process, on the test's Redis."""
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    for name in ("REDIS_TIMEOUT_MS", "REDIS_CONNECT_TIMEOUT_MS", "REDIS_FIRST_CONNECT_TIMEOUT_MS"):
        monkeypatch.setenv(name, "5000")
    forget()

    def sending(route: str, **parts: Any) -> Any:
        function = route.rpartition("/")[2] if "/cache/" in route else "generate"
        if "json" in parts:
            parts["body"] = json.dumps(parts.pop("json"))
        return HANDLERS[function](event_v2(route, **parts), None)

    yield sending
    forget()


def use_every_route(send: Callable[..., Any]) -> None:
    for _ in range(2):
        for request in REQUESTS:
            assert send("POST /api/qr/generate", json=request)["statusCode"] == 200
            assert send("POST /api/qr/validate", json=request)["statusCode"] == 200
            if isinstance(request["data"], str):
                query = {name: str(value).lower() if value is True else value for name, value in request.items()}
                assert send("GET /api/qr/generate", query=query)["statusCode"] == 200
        send("POST /api/qr/batch", json={"codes": [*REQUESTS, FAILING, PUBLIC, REQUESTS[0]]})
        assert send("POST /api/qr/generate", json=FAILING)["statusCode"] == 413
        assert send("GET /v1/create-qr-code/", query={"data": WIFI})["statusCode"] == 200
        assert send("GET /chart", query={"cht": "qr", "chl": OTP})["statusCode"] == 400
        send("POST /api/qr/cache/warm", json={"patterns": [*REQUESTS, PUBLIC], "popular": 10})
    send("GET /api/qr/cache/stats")


def dump(client: Any) -> bytes:
    """Every key and value, and what the server serialises each value to."""
    readers: dict[bytes, Callable[[bytes], list[bytes]]] = {
        b"string": lambda key: [client.get(key)],
        b"hash": lambda key: [part for pair in client.hgetall(key).items() for part in pair],
        b"zset": lambda key: client.zrange(key, 0, -1),
    }
    parts: list[bytes] = []
    for key in client.scan_iter():
        parts += [key, *readers[client.type(key)](key), client.dump(key)]
    return b"\n".join(parts)


def traces() -> list[bytes]:
    """What nobody may find: the secrets, as they are and as they are often written, and the keys of their codes."""
    texts = [PASSWORD, SECRET, NOTE, "Guests"]
    written = [form for text in texts for form in (text, urllib.parse.quote(text), urllib.parse.quote_plus(text))]
    digests = [cache_key(canonical_bytes(parse(request)[1]))[2:] for request in (*REQUESTS, FAILING)]
    coded = [base64.b64encode(text.encode())[:-4].decode() for text in texts]
    return [trace.encode() for trace in (*written, *digests, *coded)]


def test_nothing_of_a_private_code_is_in_redis_or_in_a_log(
    send: Callable[..., Any], client: redis.Redis, log: Callable[[], str]
):
    use_every_route(send)
    kept, lines = dump(client), log()
    assert [trace for trace in traces() if trace in kept] == []
    assert [trace for trace in traces() if trace.decode() in lines] == []
    # The search would find what is there.
    assert PUBLIC.encode() in kept
    assert cache_key(canonical_bytes(parse({"data": PUBLIC})[1]))[2:].encode() in kept
    assert '"Requests"' in lines


def test_nor_does_a_command_of_it_reach_redis(send: Callable[..., Any], client: redis.Redis):
    client.config_resetstat()
    before = client.info("commandstats")
    for request in REQUESTS:
        send("POST /api/qr/generate", json=request)
    ran = {name: figures["calls"] for name, figures in client.info("commandstats").items() if name not in before}
    assert ran.keys() <= {"cmdstat_info", "cmdstat_config|resetstat"}


def test_while_redis_is_away_nothing_of_it_is_logged_either(
    send: Callable[..., Any], redis_server: RedisServer, log: Callable[[], str]
):
    redis_server.stop()
    for request in REQUESTS:
        assert send("POST /api/qr/generate", json=request)["statusCode"] == 200
    send("POST /api/qr/batch", json={"codes": [*REQUESTS, PUBLIC]})
    lines = log()
    assert [trace for trace in traces() if trace.decode() in lines] == []
    assert "redis" in lines


def fail(request: CanonicalRequest) -> None:
    """Raise two errors that quote the text."""
    try:
        int(request.text)
    except ValueError as error:
        raise KeyError(request.text) from error


@pytest.fixture
def faults(send: Callable[..., Any], log: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Make every request fail, and read what is logged, in which there may be nothing of them."""

    def failing() -> str:
        monkeypatch.setattr(engine, "draw_picture", fail)
        for request in REQUESTS:
            assert send("POST /api/qr/generate", json=request)["statusCode"] == 500
        lines = log()
        assert [trace for trace in traces() if trace.decode() in lines] == []
        return lines

    return failing


def test_a_fault_that_quotes_it_is_logged_without_the_quotation(faults: Callable[[], str]):
    lines = faults()
    assert "KeyError: its message may quote the request, and is left out" in lines
    assert "in draw" in lines


def test_nor_is_it_quoted_where_the_log_cannot_be_written(faults: Callable[[], str], monkeypatch: pytest.MonkeyPatch):
    closed = io.StringIO()
    closed.close()
    for each in observability.logger().handlers:
        monkeypatch.setattr(each, "stream", closed)
    assert "--- Logging error ---" in faults()


def test_what_was_popular_before_it_was_private_is_not_drawn_again(send: Callable[..., Any], client: redis.Redis):
    send("POST /api/qr/generate", json={"data": PUBLIC})
    (name,) = (key for key in client.scan_iter() if client.type(key) == b"hash" and key.endswith(b":r"))
    (member,) = client.hkeys(name)
    client.hset(name, member, canonical_bytes(parse({"data": WIFI})[1]))
    answer = json.loads(send("POST /api/qr/cache/warm", json={"popular": 10})["body"])
    assert (answer["stored"], answer["failed"]) == (0, 1)
    assert PASSWORD not in json.dumps(answer)
