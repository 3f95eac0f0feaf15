from __future__ import annotations

import pytest

from qr_engine.config import Settings, load
from qr_engine.errors import ConfigurationError


def test_an_empty_environment_gives_the_memory_tier_alone():
    assert load({}) == Settings()
    assert load({}).redis_url is None


def test_an_empty_variable_counts_as_unset():
    assert load({"REDIS_URL": "", "REDIS_TTL": "  "}) == Settings()


def test_every_variable_is_read():
    given = {
        "REDIS_URL": "rediss://cache.example:6380/2",
        "REDIS_PREFIX": "shop",
        "REDIS_TTL": "60",
        "REDIS_MAX_CONNECTIONS": "3",
        "REDIS_ENABLE_STATS": "false",
        "REDIS_CONNECT_TIMEOUT_MS": "100",
        "REDIS_TIMEOUT_MS": "200",
        "MEMORY_CACHE_BYTES": "0",
        "MEMORY_CACHE_TTL": "5",
    }
    assert {name.lower() for name in given} == set(Settings.__struct_fields__)
    assert load(given) == Settings(
        redis_url="rediss://cache.example:6380/2",
        redis_prefix="shop",
        redis_ttl=60,
        redis_max_connections=3,
        redis_enable_stats=False,
        redis_connect_timeout_ms=100,
        redis_timeout_ms=200,
        memory_cache_bytes=0,
        memory_cache_ttl=5,
    )


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("REDIS_URL", "http://cache", "redis://"),
        ("REDIS_PREFIX", "a prefix", "1 to 64"),
        ("REDIS_TTL", "0", "at least 1"),
        ("REDIS_TTL", "an hour", "whole number of seconds"),
        ("REDIS_MAX_CONNECTIONS", "-1", "at least 1"),
        ("REDIS_ENABLE_STATS", "perhaps", "true or false"),
        ("REDIS_TIMEOUT_MS", "1.5", "whole number of milliseconds"),
        ("REDIS_CONNECT_TIMEOUT_MS", "40000", "1 to 30000"),
        ("MEMORY_CACHE_BYTES", "-5", "0 to turn"),
        ("MEMORY_CACHE_TTL", "x", "at least 1"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_it(name: str, value: str, rule: str):
    with pytest.raises(ConfigurationError) as caught:
        load({name: value})
    sentence = str(caught.value)
    assert sentence.startswith(f"{name} must be ")
    assert rule in sentence
    assert sentence.count(".") >= 1
    assert "\n" not in sentence


def test_a_wrong_address_is_not_shown_because_it_may_hold_a_password():
    with pytest.raises(ConfigurationError) as caught:
        load({"REDIS_URL": "reddis://:hunter2@cache"})
    assert "hunter2" not in str(caught.value)
