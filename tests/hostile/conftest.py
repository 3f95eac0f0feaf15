from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from tests.environment import forget, fresh
from tests.redis_server import RedisServer

from .proxy import Proxy
from .scripted import ScriptedServer


@pytest.fixture
def client(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """A client that knows nothing of the engine."""
    with redis.Redis.from_url(redis_server.url) as found:
        yield found


@pytest.fixture
def proxied() -> Iterator[Callable[[int], Proxy]]:
    """Puts a proxy in front of a port."""
    made: list[Proxy] = []

    def make(port: int) -> Proxy:
        made.append(Proxy(port))
        return made[-1]

    yield make
    for found in made:
        found.close()


@pytest.fixture
def scripted() -> Iterator[Callable[..., ScriptedServer]]:
    """Makes a server that answers what it is told to."""
    made: list[ScriptedServer] = []

    def make(*replies: bytes, first: bytes = b"") -> ScriptedServer:
        made.append(ScriptedServer(*replies, first=first))
        return made[-1]

    yield make
    for found in made:
        found.close()


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Begins a new execution environment of the API with these variables, and no memory tier."""

    def begin(**variables: Any) -> None:
        forget()
        fresh(monkeypatch)
        for name, value in {"MEMORY_CACHE_BYTES": "0", **variables}.items():
            monkeypatch.setenv(name, str(value))

    yield begin
    forget()
