"""SnapStart's hooks, called as Lambda's runtime calls them, around a real Redis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
import snapshot_restore_py as runtime
from tests.environment import forget
from tests.redis_server import RedisServer

from qr_engine.cache import LookupRequest
from qr_engine.pipeline import engine

from .conftest import asked


@pytest.fixture
def hooks(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """What an environment that starts for a snapshot registers: before the freeze, and after the thaw."""
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    for registry in ("_before_snapshot_registry", "_after_restore_registry"):
        monkeypatch.setattr(runtime, registry, [])
    forget()
    engine.prepare()
    yield called(runtime.get_before_snapshot), called(runtime.get_after_restore)
    forget()


def called(registered: Callable[[], list[Any]]) -> Callable[[], None]:
    def run() -> None:
        found = registered()
        assert found
        for hook, args, kwargs in found:
            hook(*args, **kwargs)

    return run


def connections(client: redis.Redis) -> int:
    """How many there are, but for the client's own."""
    return len(client.client_list()) - 1


def test_starting_for_a_snapshot_opens_no_connection(hooks: Any, client: redis.Redis):
    assert connections(client) == 0
    assert engine.engine.cache_info().currsize == 0


def test_a_snapshot_has_no_connection_and_no_picture_in_memory(hooks: Any, client: redis.Redis):
    freeze, _ = hooks
    assert engine.engine().generate(asked("a")).source == "miss"
    assert connections(client) == 1
    freeze()
    assert connections(client) == 0
    assert len(engine.engine().cache.memory) == 0


def test_what_was_restored_connects_anew_and_goes_on(hooks: Any, client: redis.Redis):
    freeze, thaw = hooks
    engine.engine().generate(asked("a"))
    freeze()
    thaw()
    assert engine.engine().generate(asked("a")).source == "redis"
    assert engine.engine().cache.counters.errors == 0


def test_two_that_were_restored_from_one_snapshot_hold_different_leases(hooks: Any, client: redis.Redis):
    freeze, thaw = hooks
    tier = engine.engine().cache.redis
    assert tier is not None
    key = "00" * 32
    holders = []
    for _ in range(2):
        freeze()
        thaw()
        assert tier.lookup(LookupRequest(key, b"request")) is None
        (lease,) = client.scan_iter(match="*:l*:*")
        holders.append(client.get(lease))
        tier.release([key])
    assert holders[0] != holders[1]
