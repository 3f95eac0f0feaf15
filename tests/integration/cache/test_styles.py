"""What Redis keeps of codes in a named style."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from tests.environment import forget
from tests.redis_server import RedisServer
from tests.unit.logo.buckets import Clock, assets_folder

from qr_engine.assets import FRESH_SECONDS
from qr_engine.cache import keys
from qr_engine.pipeline import engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.pipeline.warm import warm_cache
from qr_engine.request import named_style, parse, with_style
from qr_engine.request.schema import WarmRequest

from .conftest import entry_names

OWN = {"data": "https://example.com/menu", "style": "acme", "size": 500}


@pytest.fixture
def folder(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder with styles, for the engine of this process on the test's Redis."""
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    monkeypatch.setenv("MEMORY_CACHE_BYTES", "0")
    for name in ("REDIS_TIMEOUT_MS", "REDIS_CONNECT_TIMEOUT_MS", "REDIS_FIRST_CONNECT_TIMEOUT_MS"):
        monkeypatch.setenv(name, "5000")
    engine.engine.cache_clear()
    with assets_folder(monkeypatch, tmp_path / "assets") as found:
        yield found
    forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(named_style, "monotonic", found)
    return found


def put(folder: Path, **fields: Any) -> None:
    (folder / "styles" / "acme.json").write_text(json.dumps(fields), encoding="utf-8")


def generate(fields: dict[str, Any]) -> engine.Code:
    return engine.engine().generate_keyed(KeyedRequest.from_fields(*with_style(fields)), lambda: 30_000.0)


def warm() -> dict[str, Any]:
    return warm_cache(WarmRequest(popular=10), lambda: 30_000.0)


def test_a_popular_code_is_drawn_with_the_style_as_it_is_then(folder: Path, client: redis.Redis, clock: Clock):
    put(folder, data_pattern="dots")
    assert [generate(OWN).source for _ in range(2)] == ["miss", "redis"]
    put(folder, data_pattern="rounded")
    clock.now += FRESH_SECONDS
    assert (warm()["stored"], len(entry_names(client))) == (1, 2)
    assert generate(OWN).source == "redis"


def test_one_whose_style_is_gone_or_locks_what_it_says_fails_alone(folder: Path, client: redis.Redis, clock: Clock):
    put(folder, data_pattern="dots")
    generate(OWN)
    engine.engine().generate(parse({"data": "another"})[1])
    client.delete(*entry_names(client))
    put(folder, size=400, lock=["size"])
    clock.now += FRESH_SECONDS
    answer = warm()
    assert (answer["stored"], answer["failed"]) == (1, 1)
    (folder / "styles" / "acme.json").unlink()
    clock.now += FRESH_SECONDS
    assert sorted(result["outcome"] for result in warm()["results"]) == ["failed", "present"]


def test_a_damaged_recipe_fails_alone(folder: Path, client: redis.Redis):
    put(folder, data_pattern="dots")
    code = generate(OWN)
    name = keys.requests("qr_engine_v2", keys.tag_of(code.key))
    assert client.hkeys(name) == [code.key[2:].encode()]
    client.hset(name, code.key[2:], b"\x95nothing")
    assert warm()["failed"] == 1


def test_where_a_style_is_required_what_was_popular_without_one_is_not_drawn_again(
    folder: Path, client: redis.Redis, monkeypatch: pytest.MonkeyPatch
):
    engine.engine().generate(parse({"data": "another"})[1])
    client.delete(*entry_names(client))
    monkeypatch.setenv("REQUIRE_STYLE", "true")
    forget()
    assert (warm()["stored"], warm()["failed"]) == (0, 1)
