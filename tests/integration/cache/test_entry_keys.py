"""Entries that are signed with `REDIS_ENTRY_KEY`, and two releases or two keys side by side."""

from __future__ import annotations

from typing import Any

import pytest
from tests.redis_server import RedisServer

from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.counters import Counters
from qr_engine.cache.entry import compress_entry
from qr_engine.cache.operations import LookupRequest, StoreRequest
from qr_engine.cache.redis_tier import RedisTier
from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import format_of

from .conftest import Environment, asked, entry_names

FIRST, SECOND = "first" * 8, "second" * 8


@pytest.fixture
def signed(environment: Environment) -> Engine:
    return environment(REDIS_ENTRY_KEY=FIRST)


def sources(engine: Engine, *texts: str) -> list[str]:
    return [engine.generate(asked(text)).source for text in texts]


def test_signed_entries_are_shared_by_those_with_the_key(signed: Engine, environment: Environment):
    assert sources(signed, "a", "a") == ["miss", "redis"]
    assert sources(environment(REDIS_ENTRY_KEY=FIRST), "a") == ["redis"]


def test_an_entry_that_nobody_signed_does_not_count(signed: Engine, environment: Environment, client: Any):
    assert sources(environment(), "a") == ["miss"]
    assert sources(signed, "a") == ["miss"]
    unsigned, own = sorted(entry_names(client))
    client.copy(unsigned, own, replace=True)
    assert sources(signed, "a", "a") == ["miss", "redis"]


def test_an_entry_cannot_be_copied_to_the_name_of_another(signed: Engine, client: Any):
    sources(signed, "a")
    (first,) = entry_names(client)
    sources(signed, "b")
    (second,) = set(entry_names(client)) - {first}
    client.copy(first, second, replace=True)
    assert sources(signed, "b", "b", "a") == ["miss", "redis", "redis"]


def test_a_rotation_loses_no_entry_and_lets_the_old_ones_expire(signed: Engine, environment: Environment, client: Any):
    sources(signed, "a")
    (name,) = entry_names(client)
    client.pexpire(name, 500_000)
    rotated = environment(REDIS_ENTRY_KEY=SECOND, REDIS_ENTRY_KEY_PREVIOUS=FIRST)
    assert sources(rotated, "a", "a", "b") == ["redis", "redis", "miss"]
    assert client.pttl(name) <= 500_000
    assert rotated.cache.popular(1)[0].lookups == pytest.approx(3, abs=0.1)
    client.delete(name)
    assert sources(rotated, "a", "a") == ["miss", "redis"]
    assert sources(environment(REDIS_ENTRY_KEY=SECOND), "a", "b") == ["redis", "redis"]
    assert sources(signed, "a") == ["miss"]


def test_a_warming_under_a_new_key_draws_what_only_the_old_one_has(signed: Engine, environment: Environment):
    key = signed.generate(asked("a")).key
    assert signed.cache.not_expiring([key]) == [True]
    rotated = environment(REDIS_ENTRY_KEY=SECOND, REDIS_ENTRY_KEY_PREVIOUS=FIRST)
    assert rotated.cache.not_expiring([key]) == [False]
    rotated.draw_and_store(KeyedRequest.of(asked("a")))
    assert rotated.cache.not_expiring([key]) == [True]


def test_two_releases_side_by_side_do_not_overwrite_each_other(redis_server: RedisServer, client: Any):
    tiers = [
        RedisTier(load({"REDIS_URL": redis_server.url}), Counters(), lambda _: True, layout) for layout in (b"1", b"2")
    ]
    key = "ab" * 32
    for tier, body in zip(tiers, (b"old", b"new"), strict=True):
        assert tier.lookup(LookupRequest(key, b"request")) is None
        tier.store([StoreRequest(key, compress_entry(0, b"", b"request", body, text=False))])
    found = [tier.lookup(LookupRequest(key, b"request")) for tier in tiers for _ in range(2)]
    assert [getattr(entry, "body", entry) for entry in found] == [b"old", b"old", b"new", b"new"]
    assert len(entry_names(client)) == 2


def test_stats_and_clear_see_the_entries_of_every_key(signed: Engine, environment: Environment):
    sources(signed, "a")
    sources(environment(REDIS_ENTRY_KEY=SECOND), "a")
    sources(environment(), "a", "b")
    assert signed.cache.stats(format_of).total_keys == 4
    assert signed.cache.clear(ClearFilter(lambda _, request: b"\xa1a" in request)).count == 3
    assert signed.cache.clear().count == 1
