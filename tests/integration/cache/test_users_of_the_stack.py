"""The users that the template gives the functions: each can do what its function does, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from redis.exceptions import NoPermissionError
from tests.infrastructure.expanded import of_type
from tests.redis_server import RedisServer

from qr_engine.cache import LookupRequest
from qr_engine.cache.clear import ClearFilter
from qr_engine.cache.glob import compile_glob
from qr_engine.config import load
from qr_engine.pipeline.engine import Engine
from qr_engine.pipeline.keyed_request import KeyedRequest
from qr_engine.request import format_of, text_of

from .conftest import asked

Uses = Callable[[Engine], None]


@pytest.fixture(params=["serverless", "nodes"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    kind: str = request.param
    return kind


@pytest.fixture
def server(kind: str, tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis with the commands of that kind of cache, and the four users; they have a password instead of a role."""
    server = RedisServer(tmp_path, *(("--rename-command", "MEMORY", "") if kind == "serverless" else ()))
    server.start()
    with redis.Redis.from_url(server.url) as administrator:
        for user in access(kind):
            administrator.execute_command(
                "ACL", "SETUSER", user, "resetchannels", "nopass", *access(kind)[user].split()
            )
    yield server
    server.stop()


def access(kind: str) -> dict[str, str]:
    users = of_type("AWS::ElastiCache::User", Cache=kind).values()
    return {each["UserName"].removeprefix("qr-engine-"): each["AccessString"] for each in users}


@pytest.fixture
def logged_in(server: RedisServer) -> Callable[[str], Engine]:
    """An environment of the function of that name, without a memory tier."""

    def make(user: str) -> Engine:
        own = {"REDIS_AUTH": "password", "REDIS_USERNAME": user, "REDIS_PASSWORD": "any"}
        return Engine(load({"REDIS_URL": server.url, "MEMORY_CACHE_BYTES": "0", **own}))

    return make


def generate(engine: Engine) -> None:
    assert [engine.generate(asked("a")).source for _ in range(2)] == ["miss", "redis"]
    engine.cache.release(["00" * 32])
    # More than are remembered for one tag: those that are asked for least go.
    for number in range(130):
        engine.cache.lookup(LookupRequest(f"00{number:062x}", b"request"))


def stats(engine: Engine) -> None:
    engine.cache.counters.misses += 1
    told = engine.cache.stats(format_of)
    assert (told.hits, told.total_keys, told.evictions) == (1, 1, 0)
    assert told.memory_bytes > 0
    assert told.popular


def warm(engine: Engine) -> None:
    engine.draw_and_store(KeyedRequest.of(asked("b")))
    engine.cache.release(["00" * 32])
    engine.cache.save_cursor("version", 5)
    assert engine.cache.load_cursor("version") == 5
    assert engine.cache.not_expiring(["00" * 32]) == [False]
    assert engine.cache.popular(5)


def clear(engine: Engine) -> None:
    matches = compile_glob("a*")
    cleared = engine.cache.clear(ClearFilter(lambda _created, request: matches(text_of(request))))
    assert cleared.count == 1
    assert cleared.freed_bytes > 0
    assert engine.cache.clear().count == 1


def test_each_function_does_its_work_with_its_own_user(logged_in: Callable[[str], Engine]):
    for use in (generate, stats, warm, clear):
        engine = logged_in(use.__name__)
        use(engine)
        assert engine.cache.counters.errors == 0, use.__name__


FORBIDDEN: dict[str, tuple[tuple[str, ...], ...]] = {
    "generate": (("SCAN", "0"), ("UNLINK", "qr_engine_v2:{aa}:e:x"), ("INFO",)),
    "stats": (("SET", "qr_engine_v2:x", "v"), ("DEL", "qr_engine_v2:x"), ("EVAL", "return 1", "0")),
    "clear": (("SET", "qr_engine_v2:x", "v"), ("EVAL", "return 1", "0"), ("INFO",)),
    "warm": (("SCAN", "0"), ("UNLINK", "qr_engine_v2:x"), ("INFO",)),
}
EVERYONE = (
    ("GET", "another:x"),
    ("KEYS", "*"),
    ("FLUSHALL",),
    ("CONFIG", "GET", "*"),
    ("ACL", "LIST"),
    ("CLIENT", "LIST"),
)


@pytest.mark.parametrize("user", FORBIDDEN)
def test_a_function_may_not_do_the_work_of_another(server: RedisServer, user: str):
    with redis.Redis(port=server.port, username=user, password="any") as client:
        for command in (*FORBIDDEN[user], *EVERYONE):
            with pytest.raises(NoPermissionError):
                client.execute_command(*command)


def used_by(server: RedisServer, work: Callable[[], None]) -> set[str]:
    """The commands that `work` makes the server execute, those inside of scripts included."""
    with redis.Redis.from_url(server.url) as administrator:
        administrator.config_resetstat()
        work()
        return {name.removeprefix("cmdstat_").lower() for name in administrator.info("commandstats")}


def test_no_user_has_a_command_that_its_function_never_sends(
    server: RedisServer, kind: str, logged_in: Callable[[str], Engine]
):
    # What only a cluster needs, and what only rare turns of the scripts do, cannot be seen here.
    rare = {"cluster|slots", "asking", "hdel", "zpopmin", "eval", "get", "getrange", "type", "strlen", "del", "dbsize"}
    own = {"info", "config|resetstat", "auth", "hello", "client|setinfo", "evalsha"}
    for use in (generate, stats, warm, clear):
        engine = logged_in(use.__name__)
        seen = used_by(server, lambda use=use, engine=engine: use(engine))  # type: ignore[misc]
        allowed = {part[1:] for part in access(kind)[use.__name__].split() if part.startswith("+")}
        assert seen - own <= allowed, use.__name__
        assert allowed - seen - own <= rare, use.__name__
