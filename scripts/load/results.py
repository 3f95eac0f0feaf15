"""What a measurement comes to, as the JSON document that is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import floor, log10
from statistics import fmean, median
from typing import Any

import msgspec
from scripts.benchmarks.machine import describe

from .kinds import CLASSES
from .measuring import Finished, Measurement
from .options import Options
from .profiles import KINDS
from .sending import Sample
from .workload import Workload

__all__ = ["document", "percentile", "statistics"]

_HISTOGRAM_STEPS = 12
"""Bars for each factor of ten."""

_QUANTILES = {"p95": 0.95, "p99": 0.99, "p99.9": 0.999}


def document(options: Options, work: Workload, measurement: Measurement) -> dict[str, Any]:
    """Return the whole result; times in milliseconds unless a name says otherwise."""
    samples = [sample for phase in measurement.phases for sample in phase.samples]
    good = [sample for sample in samples if not sample.error]
    by_class = {name: [sample for sample in good if _is(name, sample)] for name in CLASSES}
    seconds = sum(phase.seconds for phase in measurement.phases)
    errors = Counter(sample.error for sample in samples if sample.error)
    errors.update(f"unreadable: {problem}" for _, problem in measurement.unreadable)
    return {
        "began": measurement.began,
        "machine": describe(),
        "config": msgspec.to_builtins(options),
        "stopped": measurement.stopped,
        "summary": {
            "total_time": round(seconds, 3),
            "successful": len(good),
            "failed": len(samples) - len(good),
            "cache_hits": len(by_class["cached"]),
            "throughput_rps": round(len(good) / seconds, 1) if seconds else 0.0,
            "hit_rate": _hit_rate(good),
            "not_modified": len(by_class["revalidated"]),
            "bytes": sum(sample.size for sample in good),
            "decoded": measurement.decoded,
            "unreadable": len(measurement.unreadable),
        },
        "response_times": {name: statistics(of) for name, of in by_class.items()},
        "cache_stats": {"initial": measurement.initial, "final": measurement.final},
        "errors": dict(errors.most_common(20)),
        "phases": [_phase(phase) for phase in measurement.phases],
        "profiles": _profiles(work, good),
        "histograms": {name: _histogram(of) for name, of in by_class.items() if name not in ("all", "cached")},
        "timeline": _timeline(measurement.phases),
    }


def _is(name: str, sample: Sample) -> bool:
    if sample.status == 304:
        return name in ("all", "revalidated")
    sources = {"all": None, "drawn": ("miss", "bypass"), "cached": ("memory", "redis")}.get(name, (name,))
    return sources is None or sample.source in sources


def statistics(samples: Sequence[Sample]) -> dict[str, float] | None:
    """Return the response times of `samples` in milliseconds, and how many they are; None if there are none."""
    if not samples:
        return None
    times = sorted(sample.seconds * 1000 for sample in samples)
    figures = {"count": len(times), "min": times[0], "mean": fmean(times), "median": median(times)}
    figures |= {name: percentile(times, quantile) for name, quantile in _QUANTILES.items()}
    return {name: round(value, 3) for name, value in {**figures, "max": times[-1]}.items()}


def percentile(ascending: Sequence[float], quantile: float) -> float:
    """Return the least value that at least this part of all values does not exceed (nearest rank)."""
    rank = -(-len(ascending) * quantile // 1)
    return ascending[max(0, int(rank) - 1)]


def _hit_rate(samples: Iterable[Sample]) -> float | None:
    """Hits in percent of all lookups; a 304 is none."""
    sources = Counter(sample.source for sample in samples if sample.status == 200)
    hits = sources["memory"] + sources["redis"]
    lookups = hits + sources["miss"]
    return round(100 * hits / lookups, 2) if lookups else None


def _phase(phase: Finished) -> dict[str, Any]:
    good = [sample for sample in phase.samples if not sample.error]
    return {
        "name": phase.name,
        "seconds": round(phase.seconds, 3),
        "requests": len(phase.samples),
        "failed": len(phase.samples) - len(good),
        "throughput_rps": round(len(good) / phase.seconds, 1) if phase.seconds else 0.0,
        "began": round(phase.began, 3),
        # The few lookups of a revalidation are codes whose validator nobody knew: no rate of anything.
        "hit_rate": None if phase.name == "revalidation" else _hit_rate(good),
        "response_times": statistics(good),
    }


def _profiles(work: Workload, samples: Sequence[Sample]) -> dict[str, Any]:
    """For each kind of code the median time of an answer that was drawn, and of one from the cache."""
    profiles: dict[str, Any] = {}
    for kind in KINDS:
        of_kind = [sample for sample in samples if work.targets[sample.code].kind == kind]
        times = {name: statistics([sample for sample in of_kind if _is(name, sample)]) for name in ("drawn", "cached")}
        if of_kind:
            profiles[kind] = {name: figures and figures["median"] for name, figures in times.items()}
    return profiles


def _histogram(samples: Iterable[Sample]) -> list[list[float]]:
    """How many answers took how long: the lower bound of each bar in milliseconds, and the number."""
    bars = Counter(floor(log10(max(sample.seconds, 1e-6) * 1000) * _HISTOGRAM_STEPS) for sample in samples)
    return [[round(10 ** (bar / _HISTOGRAM_STEPS), 5), count] for bar, count in sorted(bars.items())]


def _timeline(phases: Sequence[Finished]) -> list[dict[str, float | str | None]]:
    """Throughput and hit rate in up to forty equal spans of each phase; seconds from the start of the test."""
    spans: list[dict[str, float | str | None]] = []
    for phase in phases:
        count = min(40, max(1, int(phase.seconds / 0.25)))
        width = phase.seconds / count
        inside: list[list[Sample]] = [[] for _ in range(count)]
        for sample in phase.samples:
            if not sample.error:
                inside[min(count - 1, int((sample.at + sample.seconds) / width))].append(sample)
        for number, of in enumerate(inside):
            at = round(phase.began + number * width, 3)
            rate = round(len(of) / width, 1)
            hit_rate = None if phase.name == "revalidation" else _hit_rate(of)
            spans.append({"phase": phase.name, "at": at, "throughput_rps": rate, "hit_rate": hit_rate})
    return spans
