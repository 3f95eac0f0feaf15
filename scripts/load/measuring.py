"""The test itself: phase after phase, and everything that came back."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from typing import Any

import msgspec
from scripts.signed_address import sign_with_environment

from .clients import Clients, clients
from .options import Options
from .reading import Unreadable, text_in
from .sending import Body, Sample
from .service import Service, Unreachable
from .workload import Phase, Workload

__all__ = ["Finished", "Measurement", "measure"]


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
    phases
        Those that were begun.
    initial, final
        The cache statistics before and after; None where the stats route did not answer, or was not asked again.
    decoded
        How many pictures were read back.
    unreadable
        Codes whose picture did not read as it should, and what was wrong.
    stopped
        Why the test ended before its end, or None.
    interrupted
        Whether that was Ctrl-C.
    began
        The date and time of its start, with the zone (ISO 8601).
    """

    phases: list[Finished]
    initial: dict[str, Any] | None
    final: dict[str, Any] | None
    decoded: int
    unreadable: list[tuple[int, str]]
    stopped: str | None = None
    interrupted: bool = False
    began: str = ""


class Watcher:
    """What wants to know how far the test is; this one does not."""

    def phase(self, name: str, requests: int | None, seconds: float | None) -> None:
        """Begin a phase of so many requests or so many seconds."""

    def progress(self, samples: list[Sample]) -> None:
        """Add the answers that came back."""

    def note(self, text: str) -> None:
        """Something is done that is not measured."""


def measure(options: Options, work: Workload, watcher: Watcher) -> Measurement:
    """Run every phase of `work`; one that Ctrl-C or the service ends early is the last, and counts as far as it went.

    Raises
    ------
    Unreachable
        The service does not answer, or its cache cannot be emptied, before anything was measured.
    KeyboardInterrupt
        Ctrl-C, before anything was measured.
    """
    began = datetime.now().astimezone().isoformat(timespec="seconds")
    service = Service(options.url, options.region, options.timeout)
    watcher.note(f"Asking {options.url} for a code")
    service.require()
    initial = _stats(service)
    targets = [*work.targets, *work.strangers]
    finished: list[Finished] = []
    bodies: dict[tuple[int, str, str, bytes], None] = {}
    tags: dict[int, str] = {}
    stopped: KeyboardInterrupt | Unreachable | None = None
    try:
        with clients(options, [sign_with_environment("GET", target.path) for target in targets]) as senders:
            _warm_up(senders, options, work, watcher)
            started = perf_counter()
            for phase in work.phases:
                _prepare(phase, service, options, work, watcher)
                known = tags if phase.name == "revalidation" else {}
                _run(senders, phase, options, known, watcher, bodies, started, finished)
                tags.update({sample.code: sample.tag for sample in finished[-1].samples if sample.tag})
    except (KeyboardInterrupt, Unreachable) as early:
        if not any(phase.samples for phase in finished):
            raise
        stopped = early
    final = None if stopped else _stats(service)
    watcher.note(f"Reading {len(bodies)} pictures back")
    decoded, unreadable = _read_back(bodies, [target.text for target in targets])
    interrupted = isinstance(stopped, KeyboardInterrupt)
    why = f"Ctrl-C in the phase {finished[-1].name}" if interrupted else str(stopped) if stopped else None
    return Measurement(finished, initial, final, decoded, unreadable, why, interrupted, began)


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
        codes = sorted(set(phase.codes))
        service.warm([work.targets[code].fields for code in codes])


def _run(
    senders: Clients,
    phase: Phase,
    options: Options,
    tags: dict[int, str],
    watcher: Watcher,
    bodies: dict[Body, None],
    started: float,
    finished: list[Finished],
) -> None:
    """Send all of `phase`; however that ends, what came back is added to `finished`."""
    samples: list[Sample] = []

    def received(new: list[Sample], kept: list[Body]) -> None:
        samples.extend(new)
        bodies.update(dict.fromkeys(kept))
        watcher.progress(new)

    watcher.phase(phase.name, None if phase.seconds else len(phase.codes), phase.seconds)
    began = perf_counter()
    try:
        senders.send(phase, options, tags, received, options.decode)
    finally:
        finished.append(Finished(phase.name, began - started, perf_counter() - began, samples))


def _read_back(bodies: dict[Body, None], texts: list[str]) -> tuple[int, list[tuple[int, str]]]:
    """How many pictures were read, and what was wrong with which; Ctrl-C leaves out the rest."""
    unreadable: list[tuple[int, str]] = []
    decoded = 0
    try:
        for code, content_type, coding, body in bodies:
            if (problem := _problem(content_type, coding, body, texts[code])) is not None:
                unreadable.append((code, problem))
            decoded += 1
    except KeyboardInterrupt:
        pass
    return decoded, unreadable


def _problem(content_type: str, coding: str, body: bytes, text: str) -> str | None:
    try:
        decoded = text_in(body, content_type, coding)
    except Unreadable as problem:
        return str(problem)
    return None if decoded == text else f"reads {decoded!r}"
