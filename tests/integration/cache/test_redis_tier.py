"""The Redis tier by itself: what it takes for an entry, and what it remembers of those that it has checked."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.redis_server import RedisServer

from qr_engine.cache.counters import Counters
from qr_engine.cache.entry import Entry, compress_entry, pack
from qr_engine.cache.operations import LookupRequest, StoreRequest
from qr_engine.cache.redis_tier import RedisTier
from qr_engine.config import load


def noting_tier(server: RedisServer, checked: list[Entry]) -> RedisTier:
    """Return a tier that puts every entry that it checks into `checked`, and finds all of them sound."""

    def is_sound(entry: Entry) -> bool:
        checked.append(entry)
        return True

    return RedisTier(load({"REDIS_URL": server.url}), Counters(), is_sound)


def test_what_was_checked_once_is_not_checked_again_and_anything_else_is(redis_server: RedisServer, client: Any):
    checked: list[Entry] = []
    tier = noting_tier(redis_server, checked)
    keys = ["ab" * 32, "cd" * 32]
    entry = compress_entry(0, b"", b"request", b"x" * 200, text=True)
    tier.store([StoreRequest(key, entry) for key in keys])
    requests = [LookupRequest(key, b"request") for key in keys]
    for _ in range(3):
        assert tier.lookup_all(requests) == [entry, entry]
    assert checked == [entry, entry]
    name = tier.entry_name(keys[0])
    client.set(name, damaged(client.get(name)))
    assert tier.lookup_all(requests) == [None, entry]
    client.set(name, pack(msgspec.structs.replace(entry, created=1)))
    assert tier.lookup_all(requests) == [msgspec.structs.replace(entry, created=1), entry]
    assert len(checked) == 3


def damaged(value: bytes) -> bytes:
    """The same value with the last bit of it changed."""
    return value[:-1] + bytes([value[-1] ^ 1])


def test_how_many_checked_values_are_known_is_bounded(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.cache.redis_tier.CHECKED_MOST", 2)
    checked: list[Entry] = []
    tier = noting_tier(redis_server, checked)
    requests = [LookupRequest(f"ab{number:062x}", b"request") for number in range(3)]
    tier.store(
        [StoreRequest(request.key, compress_entry(0, b"", b"request", b"x", text=False)) for request in requests]
    )
    for number in (0, 1, 1, 2, 0):
        tier.lookup(requests[number])
    assert len(checked) == 4
