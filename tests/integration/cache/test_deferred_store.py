from __future__ import annotations

from typing import Any

import pytest

from qr_engine.errors import TooMuchData
from qr_engine.pipeline.engine import Engine
from qr_engine.request import format_of

from .conftest import Environment, asked, entry_names


@pytest.fixture
def skipping(environment: Environment) -> Engine:
    return environment(REDIS_FIRST_LOOKUP="skip", MEMORY_CACHE_BYTES="100000")


def untouched(engine: Engine) -> bool:
    """Whether there is no client of Redis yet."""
    return engine.cache.redis is not None and not engine.cache.redis.client.has_client


def figures(engine: Engine) -> tuple[int, int, int]:
    found = engine.cache.stats(format_of)
    return found.hits, found.misses, found.sets


def test_the_first_plain_code_is_drawn_without_redis(skipping: Engine, client: Any):
    assert skipping.generate(asked("x")).source == "miss"
    assert untouched(skipping)
    assert entry_names(client) == []


@pytest.mark.parametrize("second", ["x", "y"], ids=["a memory hit", "another code"])
def test_the_first_code_arrives_in_redis_with_the_second_request(
    second: str, skipping: Engine, environment: Environment
):
    drawn = skipping.generate(asked("x"))
    skipping.generate(asked(second))
    found = environment().generate(asked("x"))
    assert found.source == "redis"
    assert found.entry.picture() == drawn.entry.picture()


def test_hits_and_misses_remain_the_lookups(skipping: Engine, environment: Environment):
    for data in ("x", "y", "x"):
        skipping.generate(asked(data))
    assert figures(skipping) == (1, 2, 2)
    assert figures(environment()) == (1, 2, 2)


def test_the_skipped_code_is_as_popular_as_any(skipping: Engine):
    skipping.generate(asked("x"))
    (found,) = skipping.cache.stats(format_of).popular
    assert found.lookups == pytest.approx(1, abs=0.01)


def test_only_the_first_lookup_is_skipped(environment: Environment):
    environment().generate(asked("y"))
    engine = environment(REDIS_FIRST_LOOKUP="skip")
    assert [engine.generate(asked(data)).source for data in ("x", "y")] == ["miss", "redis"]


def test_a_styled_first_code_waits_for_redis(environment: Environment):
    styled = asked("x", data_pattern="dots")
    environment().generate(styled)
    assert environment(REDIS_FIRST_LOOKUP="skip").generate(styled).source == "redis"


def test_a_first_code_that_cannot_be_drawn_loads_no_client_and_counts(skipping: Engine, environment: Environment):
    with pytest.raises(TooMuchData):
        skipping.generate(asked("x" * 3000))
    assert untouched(skipping)
    skipping.generate(asked("y"))
    assert figures(environment()) == (0, 2, 1)


def test_a_clear_removes_the_first_code_as_well(skipping: Engine, environment: Environment):
    skipping.generate(asked("x"))
    skipping.cache.clear()
    assert environment().generate(asked("x")).source == "miss"


def test_where_redis_is_down_the_miss_is_not_lost(environment: Environment):
    engine = environment(REDIS_FIRST_LOOKUP="skip", REDIS_URL="redis://127.0.0.1:1")
    for _ in range(2):
        engine.generate(asked("x"))
    assert engine.cache.counters.misses == 2


def test_an_environment_that_starts_ahead_skips_nothing(environment: Environment, monkeypatch: pytest.MonkeyPatch):
    environment().generate(asked("x"))
    monkeypatch.setenv("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency")
    assert environment(REDIS_FIRST_LOOKUP="skip").generate(asked("x")).source == "redis"
