"""What the tests of every kind share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests import sam_cli
from tests.redis_server import RedisServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How long an example takes says more of what else the machine does than of the example; under CI Hypothesis knows.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if os.environ.get("CI") != "true":
    settings.load_profile("busy machine")


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A running, empty Redis of its own for the test."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def long_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a failing Redis be left alone for so long that even a busy machine draws its codes within the pause."""
    monkeypatch.setattr("qr_engine.redis_client.breaker.FIRST_PAUSE", 2.5)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `sam build` makes for x86_64: a folder for the layer, one for each function, and the template."""
    return sam_cli.build(tmp_path_factory.mktemp("sam") / "build", "x86_64")
