from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import msgspec
import pytest
import redis
from tests.environment import forget
from tests.redis_server import RedisServer
from tests.s3_server import S3Server, s3_server

from qr_engine.errors import CacheUnavailable
from qr_engine.pipeline import engine
from qr_engine.pipeline.warm import warm_cache
from qr_engine.request.schema import WarmRequest

from .conftest import Environment, asked, entry_names

BUCKET, KEY = "warm-lists", "popular.jsonl"


def plenty() -> float:
    return 30_000.0


class Hurry:
    """A clock by which an invocation ends after some looks at it."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def __call__(self) -> float:
        self.looks -= 1
        return 30_000.0 if self.looks > 0 else 0.0


@pytest.fixture
def own(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[engine.Engine]:
    """The engine of this process, on the test's Redis and with a list in S3."""
    monkeypatch.setenv("REDIS_URL", redis_server.url)
    monkeypatch.setenv("MEMORY_CACHE_BYTES", "0")
    # On a busy machine a server may take longer for an answer than anybody would wait for otherwise.
    for name in ("REDIS_TIMEOUT_MS", "REDIS_CONNECT_TIMEOUT_MS", "REDIS_FIRST_CONNECT_TIMEOUT_MS"):
        monkeypatch.setenv(name, "5000")
    monkeypatch.setenv("WARM_PATTERNS", f"s3://{BUCKET}/{KEY}")
    forget()
    yield engine.engine()
    forget()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """An S3 in which lines can be put."""
    with s3_server() as server:
        for name, value in server.variables.items():
            monkeypatch.setenv(name, value)
        server.create_bucket(Bucket=BUCKET)
        yield server


def put(client, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    client.put_object(Bucket=BUCKET, Key=KEY, Body=text.encode())


def test_the_list_in_s3_is_warmed(own: engine.Engine, bucket, client: redis.Redis):
    put(bucket, '"one"', "", {"data": "two", "format": "png"}, "  ")
    answer = warm_cache(WarmRequest(listed=True), plenty)
    assert (answer["stored"], answer["failed"], answer["complete"]) == (2, 0, True)
    assert own.generate(asked("one")).source == "redis"
    assert own.generate(asked("two", format="png")).source == "redis"


def test_a_bad_line_fails_alone_and_says_which_it_is(own: engine.Engine, bucket):
    bad = ["not json", "[1]", '"\\ud800"', "[" * 100_000, '{"data": ""}']
    put(bucket, '"good"', *bad, '"also good"')
    answer = warm_cache(WarmRequest(listed=True), plenty)
    assert [result["outcome"] for result in answer["results"]] == ["stored", *["failed"] * 5, "stored"]
    assert "Line 2" in answer["results"][1]["problem"]["detail"]
    assert answer["results"][5]["problem"]["errors"][0].path == "data"


def test_a_code_that_fails_is_not_present_the_second_time(own: engine.Engine):
    unreadable = {"data": "x", "colors": {"foreground": "white"}}
    answer = warm_cache(WarmRequest(patterns=[unreadable, unreadable]), plenty)
    assert [result["outcome"] for result in answer["results"]] == ["failed", "failed"]


@pytest.mark.parametrize("text", ["\n" * 100_001, "x" * (16 * 1024 * 1024 + 1)])
def test_a_list_that_is_too_long_is_not_read(own: engine.Engine, bucket, text: str):
    bucket.put_object(Bucket=BUCKET, Key=KEY, Body=text.encode())
    (result,) = warm_cache(WarmRequest(listed=True), plenty)["results"]
    assert result["problem"]["code"] == "list_unavailable"


def test_an_answer_stays_below_what_lambda_can_return(own: engine.Engine):
    pattern = {"data": "x" * 3000, **{f"field{number}": 1 for number in range(30)}}
    answer = warm_cache(WarmRequest(patterns=[pattern] * 800), plenty)
    assert answer["failed"] == 800
    assert len(msgspec.json.encode(answer)) < 5 * 1024 * 1024


@pytest.mark.usefixtures("bucket")
def test_a_list_that_is_not_there_fails_alone(own: engine.Engine):
    answer = warm_cache(WarmRequest(patterns=["x"], listed=True), plenty)
    assert [result["outcome"] for result in answer["results"]] == ["stored", "failed"]
    assert answer["results"][1]["problem"]["code"] == "list_unavailable"


def test_a_long_list_is_gone_on_with_by_the_next_warming(own: engine.Engine, bucket, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("qr_engine.pipeline.warm.BATCH", 10)
    put(bucket, *(json.dumps(f"line {number}") for number in range(50)))
    first = warm_cache(WarmRequest(listed=True), Hurry(20))
    assert (first["complete"], first["left"], first["stored"]) == (False, 50 - first["stored"], first["stored"])
    second = warm_cache(WarmRequest(listed=True), Hurry(1000))
    assert second["results"][0]["line"] == first["stored"] + 1
    assert (second["stored"], second["complete"]) == (50 - first["stored"], True)


def test_a_changed_list_is_begun_anew(own: engine.Engine, bucket):
    put(bucket, '"a"', '"b"', '"c"')
    warm_cache(WarmRequest(listed=True), Hurry(2))
    put(bucket, '"d"', '"e"')
    answer = warm_cache(WarmRequest(listed=True), plenty)
    assert (answer["results"][0]["line"], answer["stored"]) == (1, 2)


def test_the_popular_that_are_missing_or_about_to_expire_are_drawn_again(own: engine.Engine, client: redis.Redis):
    for data, times in (("missing", 3), ("expiring", 2), ("lasting", 1)):
        for _ in range(times):
            own.generate(asked(data))
    by_life = sorted(entry_names(client), key=client.ttl)
    lasting, expiring, missing = by_life
    client.delete(missing)
    client.expire(expiring, 60)
    answer = warm_cache(WarmRequest(popular=10), plenty)
    assert (answer["stored"], answer["present"]) == (2, 1)
    assert client.exists(missing)
    assert client.ttl(expiring) > 3000
    assert client.ttl(lasting) > 3000


def test_only_as_many_of_the_popular_as_are_asked_for(own: engine.Engine, client: redis.Redis):
    for data, times in (("most", 3), ("less", 2), ("least", 1)):
        for _ in range(times):
            own.generate(asked(data))
    client.delete(*entry_names(client))
    assert warm_cache(WarmRequest(popular=2), plenty)["stored"] == 2
    assert [own.generate(asked(data)).source for data in ("most", "less", "least")] == ["redis", "redis", "miss"]


def test_all_sources_together_and_each_code_once(own: engine.Engine, bucket):
    own.generate(asked("popular"))
    put(bucket, '"listed"', '"given"')
    answer = warm_cache(WarmRequest(patterns=["given"], listed=True, popular=5), plenty)
    assert (answer["stored"], answer["present"]) == (2, 2)


def test_with_redis_gone_there_is_nothing_to_warm(own: engine.Engine, redis_server: RedisServer):
    redis_server.stop()
    with pytest.raises(CacheUnavailable):
        warm_cache(WarmRequest(patterns=["x"]), plenty)


def test_redis_lost_while_warming_fails_what_is_left_of_it(
    own: engine.Engine, redis_server: RedisServer, environment: Environment
):
    looks = count(1)

    def clock() -> float:
        if next(looks) == 3:
            redis_server.stop()
        return 30_000.0

    answer = warm_cache(WarmRequest(patterns=[str(number) for number in range(8)]), clock)
    assert 0 < answer["stored"] < 8
    assert answer["stored"] + answer["failed"] == 8
    assert answer["results"][-1]["problem"]["code"] == "cache_unavailable"


def test_a_code_that_its_line_keeps_out_of_the_cache_is_warmed_as_any_other(own: engine.Engine):
    assert warm_cache(WarmRequest(patterns=[{"data": "x", "cache": False}]), plenty)["stored"] == 1
    code = own.generate(asked("x"))
    assert (code.source, code.entry.gzipped) == ("redis", True)
