"""The processes that send, seen from the test: jobs go out, samples come in."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection, get_context
from typing import Any

import msgspec

from .options import Options
from .sending import Body, Job, Sample, serve
from .workload import Phase

__all__ = ["Clients", "clients"]

Received = Callable[[list[Sample], list[Body]], None]


class Clients:
    """`Options.processes` processes that share the work."""

    def __init__(self, lines: list[connection.Connection]) -> None:
        self._lines = lines

    def send(self, phase: Phase, options: Options, tags: dict[int, str], received: Received, decode: int) -> None:
        """Have all of `phase` sent, handing over what comes back as it comes."""
        count = len(self._lines)
        for number, line in enumerate(self._lines):
            part = msgspec.structs.replace(phase, codes=phase.codes[number::count], at=phase.at[number::count])
            concurrent = len(range(number, options.concurrent, count)) or 1
            line.send(Job(part, concurrent, tags, decode))
        busy: list[Any] = list(self._lines)
        while busy:
            ready: Any
            for ready in connection.wait(busy):
                report = ready.recv()
                if report is None:
                    busy.remove(ready)
                else:
                    received(*report)


@contextmanager
def clients(options: Options, paths: list[str]) -> Iterator[Clients]:
    """Start the processes, and end them."""
    # Forked ones would inherit the threads of the progress bar.
    context = get_context("spawn")
    lines, processes = [], []
    # Ctrl-C reaches every process of a terminal; this one alone is to answer it, and the others inherit that.
    answering = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for _ in range(options.processes):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, options.url, paths, options.timeout), daemon=True)
            process.start()
            theirs.close()
            lines.append(ours)
            processes.append(process)
    finally:
        signal.signal(signal.SIGINT, answering)
    try:
        yield Clients(lines)
        for line in lines:
            line.send(None)
        for process in processes:
            process.join(10)
    finally:
        for process in processes:
            process.terminate()
