"""The local API over HTTP: two workers, and the load test's sending process on the same cores."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, perf_counter, sleep

from scripts.load.clients import Clients, clients
from scripts.load.options import Options, read
from scripts.load.sending import Sample
from scripts.load.workload import Phase

from .handler import ROOT
from .harness import Measured, Run, limit
from .local_redis import free_port
from .machine import peer
from .results import LeftOut, Line, Result

__all__ = ["TITLE", "results"]

TITLE = "The local API over HTTP, two workers"

_WANTED = 3000


def results(run: Run) -> Iterator[Result]:
    """Seconds an answer, all connections together."""
    if peer("aiohttp") is None or peer("granian") is None:
        yield LeftOut(TITLE, "needs the packages that the Makefile installs: make .venv/.dev")
        return
    requests = 500 if run.quick else 20_000
    with _api() as url:
        options = read(("--url", url, "--concurrent", "16", "--warm-up", "0")).options
        assert options is not None
        with clients(options, ["/api/qr/generate?data=https://example.com"]) as senders:
            tag = _sent(senders, options, 200, {})[1]
            found = {"warm": _sent(senders, options, requests, {})[0]}
            found["304"] = _sent(senders, options, requests, {0: tag})[0]
    wanted = limit(f"{_WANTED:,} a second", 1 / _WANTED)
    for what, seconds in found.items():
        ours = Measured("qr_engine", seconds, seconds)
        yield Line(what=f"{what}: {1 / seconds:,.0f} answers a second", ours=ours, theirs=wanted, target=1)


def _sent(senders: Clients, options: Options, requests: int, tags: dict[int, str]) -> tuple[float, str]:
    """Seconds an answer, and the validator of the picture."""
    samples: list[Sample] = []
    began = perf_counter()
    senders.send(Phase("warm", [0] * requests, [], None), options, tags, lambda new, _: samples.extend(new), 0)
    seconds = (perf_counter() - began) / requests
    failed = [sample.error for sample in samples if sample.error]
    if failed or len(samples) != requests:
        raise ValueError(f"the local API failed: {failed[:1]}")
    return seconds, samples[0].tag


@contextmanager
def _api() -> Iterator[str]:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "WORKERS": "2"}
    command = [sys.executable, str(ROOT / "scripts" / "serve.py")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).close()
            except OSError:
                if monotonic() > deadline:
                    raise
                sleep(0.02)
            else:
                break
        yield url
    finally:
        process.terminate()
        process.wait()
