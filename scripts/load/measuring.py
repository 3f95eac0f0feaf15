"""The test itself: phase after phase, and everything that came back."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Any

import msgspec

from .clients import Clients, clients
from .options import Options
from .reading import Unreadable, text_in
from .sending import Body, Sample
from .service import Service, Unreachable
from .workload import Phase, Workload

__all__ = ["Finished", "Measurement", "measured"]


class Finished(msgspec.Struct, frozen=True):
    """One phase, done.

    Attributes
    ----------
    name
        Which.
    began
        Seconds after the start of the first phase.
    seconds
        How long it took.
    samples
        Every answer.
    """

    name: str
    began: float
    seconds: float
    samples: list[Sample]


class Measurement(msgspec.Struct, frozen=True):
    """Everything that came back.

    Attributes
    ----------
    initial, final
        The cache statistics before and after; None where the stats route did not answer.
    decoded
        How many pictures were read back.
    unreadable
        Codes whose picture did not read as it should, and what was wrong.
    """

    phases: list[Finished]
    initial: dict[str, Any] | None
    final: dict[str, Any] | None
    decoded: int
    unreadable: list[tuple[int, str]]


class Watcher:
    """What wants to know how far the test is; this one does not."""

    def phase(self, name: str, requests: int | None, seconds: float | None) -> None:
        """A phase begins, with so many requests or so many seconds."""

    def progress(self, samples: list[Sample]) -> None:
        """These came back."""

    def note(self, text: str) -> None:
        """Something is done that is not measured."""


def measured(options: Options, work: Workload, watcher: Watcher) -> Measurement:
    """Run every phase of `work`.

    Raises
    ------
    Unreachable
        The service does not answer, or its cache cannot be emptied.
    """
    service = Service(options.url, options.region, options.timeout)
    watcher.note(f"Asking {options.url} for a code")
    service.require()
    initial = _stats(service)
    targets = [*work.targets, *work.strangers]
    finished: list[Finished] = []
    bodies: dict[tuple[int, str, str, bytes], None] = {}
    tags: dict[int, str] = {}
    with clients(options, [target.path for target in targets]) as senders:
        _warm_up(senders, options, work, watcher)
        started = perf_counter()
        for phase in work.phases:
            _prepare(phase, service, options, work, watcher)
            known = tags if phase.name == "revalidation" else {}
            done = _run(senders, phase, options, known, watcher, bodies, started)
            finished.append(done)
            for sample in done.samples:
                if sample.tag:
                    tags[sample.code] = sample.tag
    final = _stats(service)
    watcher.note(f"Reading {len(bodies)} pictures back")
    unreadable = list(_unreadable(bodies, [target.text for target in targets]))
    return Measurement(finished, initial, final, len(bodies), unreadable)


def _stats(service: Service) -> dict[str, Any] | None:
    try:
        return service.stats()
    except Unreachable:
        return None


def _warm_up(senders: Clients, options: Options, work: Workload, watcher: Watcher) -> None:
    if not work.strangers:
        return
    watcher.note(f"Warming up with {len(work.strangers)} requests")
    first = len(work.targets)
    phase = Phase("warm-up", list(range(first, first + len(work.strangers))), [], None)
    senders.send(phase, options, {}, lambda *_: None, 0)


def _prepare(phase: Phase, service: Service, options: Options, work: Workload, watcher: Watcher) -> None:
    if phase.name == "cold" and options.clear:
        watcher.note("Emptying the cache")
        service.clear()
    if phase.name == "warmed":
        watcher.note("Emptying the cache, and filling it by the warm route")
        if options.clear:
            service.clear()
        asked = sorted(set(phase.codes))
        service.warm([work.targets[code].fields for code in asked])


def _run(
    senders: Clients,
    phase: Phase,
    options: Options,
    tags: dict[int, str],
    watcher: Watcher,
    bodies: dict[Body, None],
    started: float,
) -> Finished:
    samples: list[Sample] = []

    def received(new: list[Sample], kept: list[Body]) -> None:
        samples.extend(new)
        bodies.update(dict.fromkeys(kept))
        watcher.progress(new)

    watcher.phase(phase.name, None if phase.seconds else len(phase.codes), phase.seconds)
    began = perf_counter()
    senders.send(phase, options, tags, received, options.decode)
    return Finished(phase.name, began - started, perf_counter() - began, samples)


def _unreadable(bodies: dict[Body, None], texts: list[str]) -> Iterator[tuple[int, str]]:
    for code, content_type, coding, body in bodies:
        try:
            found = text_in(body, content_type, coding)
        except Unreadable as problem:
            yield code, str(problem)
        else:
            if found != texts[code]:
                yield code, f"reads {found!r}"
