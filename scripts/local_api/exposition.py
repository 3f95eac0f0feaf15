"""The tallies in Prometheus' text format, version 0.0.4 (prometheus.io, "Exposition formats")."""

from __future__ import annotations

import os
import re
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from qr_engine import RENDERER_VERSION, __version__

from .tally import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .tally import Histogram, Tally

__all__ = ["CONTENT_TYPE", "expose"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_OBSERVED_HELP = {
    "LookupTime": "Lookups that memory could not answer; all those of a batch together are one.",
    "DrawTime": "Drawings.",
}
_COUNTED_HELP = {
    "MemoryHits": "Lookups that the memory of a worker answered.",
    "RedisHits": "Lookups that Redis answered.",
    "Misses": "Lookups that nothing answered.",
    "BreakerOpened": "Failures after which Redis is left alone for a moment.",
    "BreakerSkipped": "Lookups that did without a Redis that is left alone.",
    "CacheErrors": "Refusals that Redis answered with.",
    "ColdStart": "Starts of functions; each worker has all of them.",
    "WarmStored": "Codes that a warming stored.",
    "WarmPresent": "Codes that a warming found in the cache.",
    "WarmFailed": "Codes that a warming could not draw.",
    "WarmLeft": "Codes that a warming left for the next.",
}


def expose(tally: Tally) -> str:
    """Return what all workers have counted, and the resources of their processes."""
    return "".join(f"{line}\n" for line in (*_service(tally), *_engine(tally), *_processes(tally.processes)))


def _service(tally: Tally) -> Iterator[str]:
    yield from _head("qr_engine_info", "gauge", "The version of the service, and of its renderer.")
    yield _sample("qr_engine_info", 1, version=__version__, renderer_version=RENDERER_VERSION)
    yield from _head("qr_engine_workers", "gauge", "Workers that answer.")
    yield _sample("qr_engine_workers", len(tally.processes))
    yield from _head("qr_engine_requests_total", "counter", "Requests, by route and outcome.")
    for route, outcomes in sorted(tally.requests.items()):
        for outcome, times in sorted(outcomes.items()):
            yield _sample("qr_engine_requests_total", times, route=route, outcome=outcome)
    yield from _head("qr_engine_request_duration_seconds", "histogram", "Requests, from event in to response out.")
    for route, histogram in sorted(tally.durations.items()):
        yield from _histogram("qr_engine_request_duration_seconds", histogram, route=route)


def _engine(tally: Tally) -> Iterator[str]:
    for name, histogram in tally.observed.items():
        family = f"qr_engine_{_snake(name.removesuffix('Time'))}_duration_seconds"
        yield from _head(family, "histogram", _OBSERVED_HELP.get(name, f"The metric {name}."))
        yield from _histogram(family, histogram)
    for name, times in tally.counted.items():
        family = f"qr_engine_{_snake(name)}_total"
        yield from _head(family, "counter", _COUNTED_HELP.get(name, f"The metric {name}."))
        yield _sample(family, times)
    yield from _head("qr_engine_redis_refusals_total", "counter", "Refusals that Redis answered with, by kind.")
    for kind, times in sorted(tally.refusals.items()):
        yield _sample("qr_engine_redis_refusals_total", times, kind=kind)


def _processes(processes: Iterable[int]) -> Iterator[str]:
    """Return the total resources of the workers' processes, under the names of Prometheus' clients; only on Linux."""
    folders = [folder for folder in (Path(f"/proc/{process}") for process in processes) if folder.is_dir()]
    if not folders:
        return
    # proc(5): the fields of /proc/pid/stat after the name in parentheses, which may contain anything.
    stats = [folder.joinpath("stat").read_text().rpartition(") ")[2].split() for folder in folders]
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    boot = float(re.findall(r"^btime (\d+)", Path("/proc/stat").read_text(), re.MULTILINE)[0])
    yield from _head("process_cpu_seconds_total", "counter", "Processor time of all workers, in seconds.")
    yield _sample("process_cpu_seconds_total", sum(int(stat[11]) + int(stat[12]) for stat in stats) / ticks)
    yield from _head(
        "process_resident_memory_bytes", "gauge", "Memory of all workers; what they share counts each time."
    )
    yield _sample("process_resident_memory_bytes", sum(int(stat[21]) for stat in stats) * page)
    yield from _head("process_open_fds", "gauge", "Open files and connections of all workers.")
    yield _sample("process_open_fds", sum(len(list(folder.joinpath("fd").iterdir())) for folder in folders))
    yield from _head("process_start_time_seconds", "gauge", "When the first of the workers started, since 1970.")
    yield _sample("process_start_time_seconds", boot + min(int(stat[19]) for stat in stats) / ticks)


def _head(family: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP {family} {text}"
    yield f"# TYPE {family} {kind}"


def _histogram(family: str, histogram: Histogram, **labels: str) -> Iterator[str]:
    counts = list(accumulate(histogram.counts))
    for bound, times in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
        yield _sample(f"{family}_bucket", times, **labels, le=bound)
    yield _sample(f"{family}_sum", histogram.seconds, **labels)
    yield _sample(f"{family}_count", counts[-1], **labels)


def _sample(name: str, value: float, **labels: object) -> str:
    pairs = ",".join(f'{label}="{_escape(str(text))}"' for label, text in labels.items())
    return f"{name}{{{pairs}}} {float(value)!r}" if pairs else f"{name} {float(value)!r}"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
