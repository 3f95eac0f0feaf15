"""What is frozen of the layout in Redis: names, values and the arguments of the scripts, as Redis itself sees them.

Environments of two releases share one Redis during a deployment, and read what the other has written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.frozen import assert_frozen

from qr_engine.cache.counters import Counters
from qr_engine.cache.entry import Entry, pack
from qr_engine.cache.operations import LookupRequest, StoreRequest
from qr_engine.cache.redis_tier import RedisTier
from qr_engine.cache.warm_progress import save_cursor
from qr_engine.config import load
from qr_engine.pipeline.generate import draw_picture
from qr_engine.pipeline.metadata import FINGERPRINT, pack_metadata
from qr_engine.request import parse

if TYPE_CHECKING:
    from tests.redis_server import RedisServer

KEY = "ab" + "12" * 31
METADATA = b"META"
ENTRY = Entry(1_700_000_000, METADATA, b"REQUEST", b"BODY", gzipped=False, length=4)
GZIPPED = Entry(1_700_000_000, METADATA, b"REQUEST", b"BODY", gzipped=True, length=9)


def test_redis_layout(redis_server: RedisServer, client: Any) -> None:
    tier = RedisTier(
        load({"REDIS_URL": redis_server.url}), Counters(memory_hits=2), lambda entry: entry.metadata == METADATA
    )
    scripts: list[list[str]] = []
    with client.monitor() as monitor:
        lookup, store = LookupRequest(KEY, b"REQUEST", lease_ms=2000, weight=3), StoreRequest(KEY, ENTRY)
        for step in (lambda: tier.lookup(lookup), lambda: tier.store([store])):
            step()
            scripts.append(_script(monitor))
    leased = RedisTier(load({"REDIS_URL": redis_server.url}), Counters(), lambda entry: entry.metadata == METADATA)
    assert leased.lookup(LookupRequest("ab" + "34" * 31, b"OTHER", lease_ms=1000)) is None
    save_cursor(tier.client, "v1", 7)
    found = {
        "keys": {name.decode(): _value(client, name) for name in sorted(client.scan_iter())},
        "every key expires": all(client.ttl(name) > 0 for name in client.scan_iter()),
        "arguments of a lookup": dict(enumerate(scripts[0])),
        "arguments of a store": dict(enumerate(scripts[1])),
        "counters": list(Counters.__struct_fields__),
        "an entry, in hexadecimal": pack(ENTRY).hex(" ", -4),
        "an entry with a gzip member, in hexadecimal": pack(GZIPPED).hex(" ", -4),
        "packed metadata begin with, in hexadecimal": FINGERPRINT.hex(),
        "packed metadata of a plain code": _metadata(),
    }
    assert_frozen("redis", found)


def _script(monitor: Any) -> list[str]:
    """The keys and arguments of the next script that Redis is sent by text or digest."""
    while True:
        words = monitor.next_command()["command"].split(" ")
        if words[0] == "EVALSHA":
            break
    keys = int(words[2])
    # The digest changes with the script's text, which is free; who asks is drawn by lot.
    found = [f"key {word}" for word in words[3 : 3 + keys]] + words[3 + keys :]
    return [word if len(word) != 19 or " " in word else "<who asks>" for word in found]


def _value(client: Any, name: bytes) -> str:
    kind = client.type(name).decode()
    if kind == "hash":
        pairs = sorted(b"=".join(pair).decode() for pair in client.hgetall(name).items())
        return f"hash of {', '.join(pairs)}"
    if kind == "zset":
        return f"sorted set of {b', '.join(client.zrange(name, 0, -1)).decode()}"
    value = client.get(name) or b""
    if value.startswith(b"QRE"):
        return "string: an entry"
    return "string: who asks" if len(value) == 19 else f"string: {value.decode()}"


def _metadata() -> str:
    _, metadata = draw_picture(parse({"data": "x"})[1])
    return pack_metadata(metadata)[len(FINGERPRINT) :].hex(" ", -4)
