"""Values under the names of entries that somebody else wrote, or that were damaged: each is a miss, and is mended."""

from __future__ import annotations

import json
import resource
import zlib
from collections.abc import Callable

import msgspec
import pytest
import redis
from tests.documents import Answer, Curl, send
from tests.redis_server import RedisServer
from tests.stopwatch import Stopwatch

from qr_engine.cache.entry import ENTRY_LIMIT, Entry, pack, unpack

JSON = {"content-type": "application/json"}
LAYOUT_BYTES = 4


def requests(form: str) -> list[Curl]:
    return [
        Curl("POST", "/api/qr/generate", JSON, json.dumps({"data": "kept", "format": form})),
        Curl("GET", f"/api/qr/generate?data=kept&format={form}", {}, ""),
        Curl("GET", f"/api/qr/generate?data=kept&format={form}", {"accept-encoding": "gzip"}, ""),
    ]


def gzip(data: bytes) -> bytes:
    return zlib.compress(data, 6, 31)


def gzip_of_blanks(length: int) -> bytes:
    """A gzip member, made without ever having all of what it holds."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, 31)
    parts = [deflater.compress(b" " * 1_000_000) for _ in range(length // 1_000_000)]
    return b"".join([*parts, deflater.compress(b" " * (length % 1_000_000)), deflater.flush()])


def changed(**values: object) -> Callable[[Entry], Entry]:
    return lambda entry: msgspec.structs.replace(entry, **values)


def with_metadata(change: Callable[[list[object], list[object]], object]) -> Callable[[Entry], Entry]:
    def spoil(entry: Entry) -> Entry:
        own, scan = msgspec.msgpack.decode(entry.metadata[LAYOUT_BYTES:])
        result = change(own, scan) or (own, scan)
        metadata = entry.metadata[:LAYOUT_BYTES] + msgspec.msgpack.encode(result)
        return msgspec.structs.replace(entry, metadata=metadata)

    return spoil


def put(values: list[object], place: int, value: object) -> None:
    values[place] = value


SPOILT: dict[str, Callable[[Entry], Entry]] = {
    "no gzip": lambda entry: msgspec.structs.replace(entry, body=b"garbage" * 20, gzipped=True),
    "half a gzip": lambda entry: msgspec.structs.replace(entry, body=gzip(b"x" * entry.length)[:-9], gzipped=True),
    "gzip of something shorter": changed(body=gzip(b"short"), gzipped=True),
    "gzip of something longer": lambda entry: msgspec.structs.replace(
        entry, body=gzip(b"x" * (entry.length + 1)), gzipped=True
    ),
    "gzip and more": lambda entry: msgspec.structs.replace(
        entry, body=gzip(b"x" * entry.length) + b"more", gzipped=True
    ),
    "two gzips": lambda entry: msgspec.structs.replace(
        entry, body=gzip(b"x" * entry.length) + gzip(b"y"), gzipped=True
    ),
    "gzip with a wrong sum": lambda entry: msgspec.structs.replace(
        entry, body=gzip(b"x" * entry.length)[:-8] + b"\0" * 8, gzipped=True
    ),
    "no text": changed(body=b"\xff\xfe" * 50, gzipped=False, length=100),
    "no text in gzip": changed(body=gzip(b"\xff\xfe" * 500), gzipped=True, length=1000),
    "no metadata": lambda entry: msgspec.structs.replace(entry, metadata=b""),
    "other metadata": lambda entry: msgspec.structs.replace(entry, metadata=b"\0\0\0\0" + entry.metadata[4:]),
    "garbage for metadata": lambda entry: msgspec.structs.replace(entry, metadata=entry.metadata[:4] + b"\xc1" * 9),
    "half of the metadata": lambda entry: msgspec.structs.replace(entry, metadata=entry.metadata[:-9]),
    "more than the metadata": lambda entry: msgspec.structs.replace(entry, metadata=entry.metadata + b"\0"),
    "metadata that is a number": with_metadata(lambda own, scan: 5),
    "metadata without the scan": with_metadata(lambda own, scan: [own]),
    "metadata with too few values": with_metadata(lambda own, scan: [own[:-1], scan]),
    "metadata with too many values": with_metadata(lambda own, scan: [[*own, 1], scan]),
    "a version that is a text": with_metadata(lambda own, scan: put(own, 0, "seven")),
    "a version that is a list": with_metadata(lambda own, scan: put(own, 0, [7])),
    "a mask that is nothing": with_metadata(lambda own, scan: put(own, 4, None)),
    "a scan that is nothing": with_metadata(lambda own, scan: [own, None]),
    "warnings that are numbers": with_metadata(lambda own, scan: put(scan, 4, [1, 2])),
}


def spoil(client: redis.Redis, change: Callable[[Entry], Entry]) -> bytes:
    (name,) = client.scan_iter(match="*:e*:*")
    kept = client.get(name)
    assert isinstance(kept, bytes)
    entry = unpack(kept)
    assert entry is not None
    client.set(name, pack(change(entry)), px=3_600_000)
    return bytes(name)


def told(answer: Answer) -> object:
    return answer.json["cached"] if "cached" in answer.headers.get("content-type", "") else answer.headers["x-cache"]


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("form", ["svg", "json"])
@pytest.mark.parametrize("index", range(3), ids=["POST", "GET", "GET gzip"])
def test_what_does_not_decode_is_drawn_anew(
    api: Callable[..., None], redis_server: RedisServer, client: redis.Redis, name: str, form: str, index: int
):
    api(REDIS_URL=redis_server.url)
    request = requests(form)[index]
    right = send(request)
    assert right.headers["x-cache"] == "miss"
    spoil(client, SPOILT[name])
    answers = [send(request) for _ in range(2)]
    assert [(answer.status, answer.headers["x-cache"]) for answer in answers] == [(200, "miss"), (200, "redis")]
    for answer in answers:
        assert "etag" in answer.headers or answer.json["etag"] == right.json["etag"]
        if index:
            assert answer.body == right.body


@pytest.mark.parametrize(("declared", "held"), [(1500, 300_000_000), (300_000_000, 300_000_000), (4_294_967_295, 100)])
def test_a_bomb_takes_no_memory(
    api: Callable[..., None], redis_server: RedisServer, client: redis.Redis, declared: int, held: int
):
    api(REDIS_URL=redis_server.url)
    request = requests("svg")[1]
    send(request)
    spoil(client, changed(body=gzip_of_blanks(held), gzipped=True, length=declared))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Stopwatch() as watch:
        answers = [send(request) for _ in range(2)]
    assert [(answer.status, answer.headers["x-cache"]) for answer in answers] == [(200, "miss"), (200, "redis")]
    assert watch.seconds < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB


@pytest.mark.parametrize("size", [ENTRY_LIMIT + 1, 40_000_000, 200_000_000])
def test_a_value_larger_than_any_entry_is_not_read(
    api: Callable[..., None], redis_server: RedisServer, client: redis.Redis, size: int
):
    api(REDIS_URL=redis_server.url)
    request = requests("svg")[1]
    other = Curl("GET", "/api/qr/generate?data=other", {}, "")
    send(request)
    (name,) = client.scan_iter(match="*:e*:*")
    send(other)
    client.setrange(name, size - 1, b"x")
    received = client.info("stats")["total_net_output_bytes"]
    assert send(request).headers["x-cache"] == "miss"
    assert send(other).headers["x-cache"] == "redis"
    assert client.info("stats")["total_net_output_bytes"] - received < 100_000
    assert send(request).headers["x-cache"] == "redis"


def test_a_value_of_another_type_is_a_miss(api: Callable[..., None], redis_server: RedisServer, client: redis.Redis):
    api(REDIS_URL=redis_server.url)
    request = requests("svg")[1]
    send(request)
    (name,) = client.scan_iter(match="*:e*:*")
    client.delete(name)
    client.rpush(name, "a list")
    assert [send(request).headers["x-cache"] for _ in range(2)] == ["miss", "redis"]
