"""The service as processes: the local API, and a Redis that containers can reach."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.machine import LAMBDA_IMAGE, container_engine
from tests.redis_server import RedisServer, free_port
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class LocalApi:
    """``scripts/serve.py`` as a process.

    Attributes
    ----------
    url
        Where it answers.
    said
        What it had printed when it was ready.
    """

    def __init__(self, **environment: str) -> None:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("REDIS_", "MEMORY_", "WARM_", "HOST", "ADMIN_", "SIGNING"))
        }
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "serve.py")],
            env={**kept, "PORT": str(self.port), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = ""
        for line in self.process.stdout or ():
            self.said += line
            if "curl" in line:
                return
        _, errors = self.process.communicate()
        raise AssertionError(f"the local API did not start: {errors}")

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Press Ctrl-C, or send another signal; the exit code, and what it wrote to standard error in all its life."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors


@pytest.fixture
def local_api() -> Iterator[Callable[..., LocalApi]]:
    """Start the local API with these environment variables, as often as the test likes."""
    started: list[LocalApi] = []

    def start(**environment: str) -> LocalApi:
        started.append(LocalApi(**environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.interrupt()


@pytest.fixture(scope="session")
def container_gateway() -> str:
    """The address at which a container reaches this machine.

    ``sam local --docker-network host`` does not give the container the host's network (aws-sam-cli #4236), so that
    127.0.0.1 would be the container itself.
    """
    container_engine()
    arguments = ["docker", "run", "--rm", "--add-host", "here:host-gateway", "--entrypoint", "cat", LAMBDA_IMAGE]
    hosts = subprocess.run([*arguments, "/etc/hosts"], capture_output=True, text=True, timeout=60, check=True).stdout
    return next(line.split()[0] for line in hosts.splitlines() if line.endswith("here"))


@pytest.fixture(scope="module")
def redis_for_containers(tmp_path_factory: pytest.TempPathFactory, container_gateway: str) -> Iterator[RedisServer]:
    """A Redis that the functions reach from their containers."""
    server = RedisServer(tmp_path_factory.mktemp("redis"), addresses=(container_gateway, "127.0.0.1"))
    server.start()
    yield server
    server.stop()
