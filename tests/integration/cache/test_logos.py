"""What Redis keeps of codes with logos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from tests.environment import forget
from tests.redis_server import RedisServer
from tests.unit.logo.buckets import BUCKET, assets_bucket
from tests.unit.logo.pictures import as_base64, picture

from qr_engine.pipeline import engine
from qr_engine.pipeline.warm import warm_cache
from qr_engine.request.schema import WarmRequest

from .conftest import Environment, asked, entry_names

LOGO = picture(size=(300, 300), color=None, compress_level=0)
SENT = {"data": as_base64(LOGO), "size": 20}
NAMED = {"asset": "logo.png", "size": 20}


@pytest.fixture
def bucket(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket with a logo, for the engine of this process on the test's Redis."""
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    monkeypatch.setenv("MEMORY_CACHE_BYTES", "0")
    engine.engine.cache_clear()
    with assets_bucket(monkeypatch) as client:
        client.put_object(Bucket=BUCKET, Key="logo.png", Body=LOGO)
        yield client
    forget()


def test_an_entry_holds_the_picture_and_the_digest_of_the_logo(environment: Environment, client: redis.Redis):
    assert len(LOGO) > 250_000
    first, second = (environment().generate(asked("x", format="png", logo=SENT)) for _ in range(2))
    assert (first.source, second.source) == ("miss", "redis")
    assert len(second.entry.request) < 200
    (name,) = entry_names(client)
    assert client.strlen(name) < len(second.entry.body) + 1000


def test_a_logo_that_was_sent_along_is_not_remembered_by_popularity(environment: Environment):
    own = environment()
    for _ in range(2):
        own.generate(asked("x", logo=SENT))
        own.generate(asked("y"))
    assert [b"y" in found.request for found in own.cache.popular(10)] == [True]


@pytest.mark.usefixtures("bucket")
def test_a_popular_code_with_an_asset_is_drawn_anew(client: redis.Redis):
    own = engine.engine()
    wanted = asked("x", logo=NAMED)
    own.generate(wanted)
    client.delete(*entry_names(client))
    answer = warm_cache(WarmRequest(popular=10), lambda: 30_000.0)
    assert (answer["stored"], answer["failed"]) == (1, 0)
    assert own.generate(wanted).source == "redis"


def test_one_whose_asset_is_gone_fails_alone(client: redis.Redis, bucket: Any, monkeypatch: pytest.MonkeyPatch):
    own = engine.engine()
    own.generate(asked("x", logo=NAMED))
    own.generate(asked("y"))
    client.delete(*entry_names(client))
    bucket.delete_object(Bucket=BUCKET, Key="logo.png")
    monkeypatch.setattr("qr_engine.logo.assets.FRESH_SECONDS", 0)
    monkeypatch.setattr("qr_engine.logo.logo_cache._KNOWN._held", {})
    answer = warm_cache(WarmRequest(popular=10), lambda: 30_000.0)
    assert (answer["stored"], answer["failed"]) == (1, 1)
