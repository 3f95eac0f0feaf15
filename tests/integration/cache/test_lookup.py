from __future__ import annotations

import time
from itertools import takewhile
from typing import Any

import msgspec
import pytest
from tests.redis_server import RedisServer
from tests.stopwatch import idle_seconds

from qr_engine.cache import Entry, LookupRequest, StoreRequest, compress_entry
from qr_engine.cache.entry import ENTRY_LIMIT, pack
from qr_engine.cache.script_args import STATISTICS_TTL
from qr_engine.errors import WouldNotScan
from qr_engine.observability import logger
from qr_engine.pipeline.drawing_time import LEAST_MS, drawing_ms
from qr_engine.pipeline.engine import Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.redis_client.errors import ConnectionLost
from qr_engine.redis_client.pool import Server
from qr_engine.request import cache_key, canonical_bytes, format_of

from .callers import draw_together, in_processes, look_up
from .conftest import Environment, asked, entry_names


def stats(engine: Engine) -> Any:
    return engine.cache.stats(format_of)


def test_a_second_environment_gets_the_picture_from_redis(environment: Environment):
    first, second = (environment().generate(asked("x", format=form)) for form in ("svg", "svg"))
    assert (first.source, second.source) == ("miss", "redis")
    assert first.entry.picture() == second.entry.picture()
    assert first.entry.metadata == second.entry.metadata


def test_the_memory_tier_stands_in_front(environment: Environment):
    engine = environment(MEMORY_CACHE_BYTES="100000")
    assert [engine.generate(asked("x")).source for _ in range(3)] == ["miss", "memory", "memory"]
    assert environment().generate(asked("x")).source == "redis"


def test_a_lookup_is_one_round_trip_and_a_store_one_more(environment: Environment, client: Any):
    engine = environment()
    engine.generate(asked("other"))
    with client.monitor() as watching:

        def sent() -> list[str]:
            """What clients have sent since the last time, without what scripts do."""
            client.echo("now")
            said = takewhile(lambda each: each["command"] != "ECHO now", watching.listen())
            return [each["command"].split()[0] for each in said if each["client_type"] != "lua"]

        sent()
        assert engine.generate(asked("x")).source == "miss"
        assert sent() == ["EVALSHA", "EVALSHA"]
        assert engine.generate(asked("x")).source == "redis"
        assert sent() == ["EVALSHA"]


def test_every_key_has_an_end_and_none_holds_what_was_encoded(environment: Environment, client: Any):
    engine = environment()
    for _ in range(2):
        engine.generate(asked("findme"))
    names = client.keys("*")
    assert names
    assert all(name.startswith(b"qr_engine_v2:{") and b"findme" not in name for name in names)
    assert all(0 < client.ttl(name) <= STATISTICS_TTL for name in names)
    assert len({name[: len(b"qr_engine_v2:{ab}")] for name in names}) == 1


def test_an_svg_of_300_pixels_takes_less_than_a_kilobyte(environment: Environment, client: Any):
    environment().generate(asked("https://example.com/some/path"))
    (name,) = entry_names(client)
    assert client.memory_usage(name) < 1024


@pytest.mark.slow
def test_no_lookup_is_lost_among_eight_processes(environment: Environment, redis_server: RedisServer):
    in_processes(8, look_up, redis_server.url, 1250, 400, {"MEMORY_CACHE_BYTES": "50000", "REDIS_TIMEOUT_MS": "5000"})
    found = stats(environment(REDIS_TIMEOUT_MS="5000"))
    assert found.hits + found.misses == 10_000
    assert found.misses == 400
    assert found.memory_hits + found.redis_hits == found.hits
    assert found.memory_hits > 0
    assert (found.sets, found.total_keys, found.total_keys_exact, found.errors) == (400, 400, True, 0)


def test_without_statistics_nothing_but_entries_is_written(environment: Environment, client: Any):
    engine = environment(REDIS_ENABLE_STATS="false")
    assert [engine.generate(asked("x")).source for _ in range(2)] == ["miss", "redis"]
    assert client.keys("*") == entry_names(client)
    found = stats(engine)
    assert (found.hits, found.misses, found.sets) == (1, 1, 1)


def test_an_entry_lives_a_ttl_longer_with_each_hit_up_to_the_longest(environment: Environment, client: Any):
    engine = environment(REDIS_TTL="100", REDIS_TTL_MAX="350")
    lives = []
    for _ in range(6):
        engine.generate(asked("x"))
        lives.append(client.ttl(entry_names(client)[0]))
    assert lives == pytest.approx([100, 200, 300, 350, 350, 350], abs=3)


def test_a_short_ttl_grows_as_well_under_the_longest_that_is_usual(environment: Environment, client: Any):
    engine = environment(REDIS_TTL="60")
    for _ in range(4):
        engine.generate(asked("x"))
    assert client.ttl(entry_names(client)[0]) == pytest.approx(240, abs=3)


def test_to_draw_an_entry_anew_does_not_shorten_its_life(environment: Environment, client: Any):
    engine = environment(REDIS_TTL="100")
    for _ in range(5):
        engine.generate(asked("x"))
    engine.draw_and_store(KeyedRequest.of(asked("x")))
    assert client.ttl(entry_names(client)[0]) == pytest.approx(500, abs=3)


def test_a_lookup_that_is_sent_again_does_not_wait_for_its_own_lease(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
):
    engine = environment()
    engine.generate(asked("other"))
    lost = iter([True])

    run = Server.run

    def answer_lost(*args: Any) -> Any:
        answer = run(*args)
        if next(lost, False):
            raise ConnectionLost("the answer was lost")
        return answer

    monkeypatch.setattr(Server, "run", answer_lost)
    started = idle_seconds()
    assert engine.generate(asked("x")).source == "miss"
    assert idle_seconds() - started < 1
    assert stats(engine).misses == 2


def test_what_cannot_be_drawn_does_not_become_popular(environment: Environment):
    engine = environment()
    for _ in range(3):
        with pytest.raises(WouldNotScan):
            engine.generate(asked("x", colors={"foreground": "white"}))
    engine.draw_and_store(KeyedRequest.of(asked("warmed but never asked for")))
    assert engine.cache.popular(10) == []


@pytest.mark.slow
def test_a_hundred_environments_that_miss_at_once_draw_once(environment: Environment, redis_server: RedisServer):
    # Ten processes of ten threads: a hundred processes would take two cores half a minute to start.
    answers = in_processes(10, draw_together, redis_server.url, 10, 100, "stampede", 0.5)
    found = [answer for each in answers for answer in each]
    assert sorted(source for source, _ in found) == ["miss"] + ["redis"] * 99
    assert len({body for _, body in found}) == 1
    told = stats(environment())
    assert (told.hits, told.misses, told.sets, told.errors) == (99, 1, 1, 0)


@pytest.mark.slow
def test_eight_processes_that_ask_for_one_heavy_code_draw_it_once(redis_server: RedisServer):
    effects = [{"type": name, "intensity": 60} for name in ("noise", "vintage", "shadow")]
    heavy = {"format": "webp", "size": 2800, "effects": effects, "gradient": {"colors": ["#000", "#00f"]}}
    assert drawing_ms(asked("heavy", **heavy)) > LEAST_MS
    # It takes longer than any code might have kept the others waiting for once.
    answers = in_processes(8, draw_together, redis_server.url, 1, 8, "heavy", 3.0, **heavy)
    assert sorted(source for each in answers for source, _ in each) == ["miss"] + ["redis"] * 7


def test_a_holder_that_dies_delays_the_others_by_no_more_than_the_lease(environment: Environment):
    engine, request = environment(), asked("x")
    canonical = canonical_bytes(request)
    assert engine.cache.lookup(LookupRequest(cache_key(canonical), canonical, lease_ms=300)) is None
    started = idle_seconds()
    other = environment()
    assert other.generate(request).source == "miss"
    assert 0.1 < idle_seconds() - started < 1.5
    assert (stats(other).misses, stats(other).errors) == (2, 0)


def test_an_environment_with_little_time_left_does_not_wait(environment: Environment):
    engine, request = environment(), asked("x")
    canonical = canonical_bytes(request)
    assert engine.cache.lookup(LookupRequest(cache_key(canonical), canonical)) is None
    started = idle_seconds()
    assert environment().generate(request, remaining_ms=lambda: 900.0).source == "miss"
    assert idle_seconds() - started < 0.5


def test_what_cannot_be_drawn_keeps_nobody_waiting(environment: Environment, client: Any):
    with pytest.raises(Exception, match="contrast"):
        environment().generate(asked("x", colors={"foreground": "white"}))
    assert list(client.scan_iter(match="*:l*:*")) == []


def test_an_entry_too_large_for_redis_stays_in_memory(environment: Environment, client: Any):
    engine = environment(MEMORY_CACHE_BYTES="100000000")
    key = "ab" * 32
    assert engine.cache.store(StoreRequest(key, Entry(0, b"", b"", bytes(ENTRY_LIMIT), False, ENTRY_LIMIT))) is False
    assert client.keys("*") == []
    found, tier = engine.cache.lookup(LookupRequest(key, b"")) or (None, None)
    assert found is not None
    assert tier == "memory"


VALUES = {
    "empty": b"",
    "foreign": b"another application's value",
    "truncated": b"QRE\x02",
}


@pytest.mark.parametrize("kind", [*VALUES, "corrupt", "of another request", "of another version", "of another type"])
def test_a_value_that_is_no_entry_is_a_miss_and_is_replaced(kind: str, environment: Environment, client: Any):
    engine, request = environment(), asked("x")
    good = engine.generate(request)
    (name,) = entry_names(client)
    if kind == "of another type":
        client.delete(name)
        client.rpush(name, "a", "b")
    elif kind == "corrupt":
        value = bytearray(client.get(name) or b"")
        value[-1] ^= 1
        client.set(name, bytes(value), keepttl=True)
    elif kind == "of another request":
        environment().generate(asked("y"))
        (other,) = set(entry_names(client)) - {name}
        client.set(name, client.get(other) or b"")
    elif kind == "of another version":
        entry = msgspec.structs.replace(good.entry, metadata=b"\x93\x01\x02\x03")
        client.set(name, pack(entry))
    else:
        client.set(name, VALUES[kind])
    again = environment().generate(request)
    assert again.source == "miss"
    assert again.entry.picture() == good.entry.picture()
    assert again.describe().keys() == good.describe().keys()
    assert environment().generate(request).source == "redis"
    told = stats(environment())
    assert told.misses >= 2
    assert told.errors == 0


def test_a_foreign_value_is_logged_once(environment: Environment, client: Any, monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    monkeypatch.setattr(logger(), "warning", lambda message, **_: said.append(message))
    engine = environment()
    for data in ("a", "b", "c"):
        engine.generate(asked(data))
    for name in entry_names(client):
        client.set(name, b"foreign")
    for data in ("a", "b", "c"):
        assert engine.generate(asked(data)).source == "miss"
    assert len(said) == 1
    assert "is no entry of this service" in said[0]


def test_the_hits_of_the_memory_tier_count_in_popularity(environment: Environment, monkeypatch: pytest.MonkeyPatch):
    engine = environment(MEMORY_CACHE_BYTES="100000", MEMORY_CACHE_TTL="1")
    now = [time.monotonic()]
    monkeypatch.setattr("qr_engine.cache.memory.monotonic", lambda: now[0])
    for _ in range(10):
        engine.generate(asked("x"))
    now[0] += 2
    engine.generate(asked("x"))
    (popular,) = stats(engine).popular
    assert popular.lookups == pytest.approx(11, abs=0.2)


def test_popularity_is_bounded_and_keeps_the_most_asked(
    environment: Environment, client: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qr_engine.cache.redis_tier.POPULAR_PER_TAG", 4)
    engine = environment()
    engine.cache.store(StoreRequest("ab" * 32, compress_entry(0, b"", b"", b"x", text=False)))
    body = compress_entry(0, b"", b"", b"x", text=False)
    names = [f"aa{number:062x}" for number in range(12)]
    # The last come when every place is taken by codes that were asked for before.
    for key in [*names[2:], *names[2:], *names[:2] * 20]:
        engine.cache.store(StoreRequest(key, msgspec.structs.replace(body, request=b"request")))
    assert client.zcard("qr_engine_v2:{aa}:p") == client.hlen("qr_engine_v2:{aa}:r") == 4
    members = {member.decode() for member in client.zrange("qr_engine_v2:{aa}:p", 0, -1)}
    assert {name[2:] for name in names[:2]} <= members


def test_scripts_that_the_server_has_forgotten_are_loaded_again(environment: Environment, client: Any):
    engine = environment()
    engine.generate(asked("x"))
    client.script_flush()
    assert engine.generate(asked("x")).source == "redis"
    assert stats(engine).errors == 0


def test_the_memory_tier_keeps_nothing_longer_than_redis_does(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
):
    engine = environment(MEMORY_CACHE_BYTES="100000", MEMORY_CACHE_TTL="60", REDIS_TTL="30")
    now = [time.monotonic()]
    monkeypatch.setattr("qr_engine.cache.memory.monotonic", lambda: now[0])
    found = []
    for seconds in (0, 29, 2):
        now[0] += seconds
        found.append(engine.generate(asked("x")).source)
    assert found == ["miss", "memory", "redis"]
