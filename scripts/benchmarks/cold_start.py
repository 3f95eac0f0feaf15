"""A cold start, in fresh processes: what Lambda waits for once its own runtime client is up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from .built_layer import Built, built_layer
from .handler import get_event
from .harness import Contender, Run, measure
from .local_redis import start_redis
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "contender", "results", "without_bytecode"]

TITLE = "Cold start, over the bare runtime client"

_SCRIPT = Path(__file__).with_name("cold_process.py")
_ENGINE = "functions/generate/app.py"
_USUAL = "segno + Pillow + redis + Powertools Logger, Metrics, resolver"


def results(run: Run) -> Iterator[Result]:
    """Measure imports from the built layer, with and without its bytecode, and the first request after them."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    engine = ("app", built.functions["generate"], built.layer)
    usual = ("usual_stack", built.usual)
    contenders = [
        contender(built, _ENGINE, engine, "import"),
        contender(built, _USUAL, usual, "import"),
        contender(built, _ENGINE, engine, "both"),
        contender(built, _USUAL, usual, "both"),
        contender(built, "the first request", engine, "first request"),
        contender(built, "a later request of the same process", engine, "later request"),
        contender(built, "the same without bytecode", ("app", *without_bytecode(run, built, "generate")), "import"),
    ]
    server = shutil.which("redis-server")
    if server:
        redis = {"REDIS_URL": start_redis(server, run)}
        contenders.append(contender(built, _ENGINE, engine, "both", redis))
        # Now it is there, and every process finds it.
        contenders[-1].batch(1)
    else:
        yield LeftOut("the first answer from Redis", "needs redis-server on PATH: apt-get install redis-server")
    ours, theirs, ours_both, theirs_both, first, later, compiling, *from_redis = measure(
        run, contenders, rounds=1 if run.quick else 11
    )
    yield Line(what="import", ours=ours, theirs=theirs, target=3)
    yield Line(what="import and first plain SVG", ours=ours_both, theirs=theirs_both, target=3)
    for found in from_redis:
        yield Line(what="import, connect and first plain SVG from Redis", ours=found, theirs=theirs_both, target=3)
    yield Line(what="import", ours=ours, theirs=compiling)
    yield Line(what="plain SVG", ours=first, theirs=later, as_floor=True)
    if server:
        yield from _first_lookups(run, built, redis)


_FIRST_LOOKUPS = (
    ("import and first answer", "both"),
    ("the second answer, another code", "second request"),
    ("import and both answers", "both requests"),
)


def _first_lookups(run: Run, built: Built, redis: Mapping[str, str]) -> Iterator[Result]:
    """Measure what the first two answers of an environment wait for, with and without Redis in the first."""
    engine = ("app", built.functions["generate"], built.layer)
    for what, part in _FIRST_LOOKUPS:
        contenders = [
            contender(built, "no Redis", engine, part),
            contender(built, "wait", engine, part, {**redis, "REDIS_FIRST_LOOKUP": "wait"}),
            contender(built, "skip", engine, part, {**redis, "REDIS_FIRST_LOOKUP": "skip"}),
        ]
        none, waiting, skipping = measure(run, contenders, rounds=1 if run.quick else 11)
        yield Line(what=f"{what}, REDIS_FIRST_LOOKUP=wait", ours=waiting, theirs=none, as_floor=True)
        yield Line(what=f"{what}, REDIS_FIRST_LOOKUP=skip", ours=skipping, theirs=none, as_floor=True)


def contender(
    built: Built,
    name: str,
    stack: Sequence[object],
    part: str,
    redis: Mapping[str, str] | None = None,
    source: str = "",
) -> Contender:
    """One that starts a process a turn.

    Parameters
    ----------
    stack
        The module of a function, and the folders to import from.
    part
        What to measure, as `cold_process` names it.
    redis
        The variables that lead to a Redis; without one the picture is drawn.
    source
        What ``X-Cache`` has to say of the first answer; empty where that does not matter.
    """
    # Isolated, so that nothing of this environment can be imported; writing no bytecode, as /opt lets nobody write.
    command = [built.python, "-I", "-S", "-B", _SCRIPT, *stack, built.runtime]
    return Contender(name, partial(_seconds, [str(word) for word in command], part, redis or {}, source), single=True)


def _seconds(command: list[str], part: str, redis: Mapping[str, str], source: str, _calls: int) -> float:
    cached = {"cache": "true" if redis else "false"}
    events = [json.dumps(get_event({"data": url(length), **cached})) for length in (25, 26)]
    environment = {**os.environ, **redis}
    process = subprocess.run(
        command, input="\n".join(events), env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(process.stdout)
    if source and told["source"] != source:
        raise ValueError(f"the first answer came from {told['source']} and not from {source}")
    return float(told[part])


def without_bytecode(run: Run, built: Built, function: str) -> Iterator[Path]:
    """Return the folders of a function and of the layer, copied without what compiling them gave."""
    for folder in (built.functions[function], built.layer):
        copied = run.workspace / "uncompiled" / folder.name
        without = shutil.ignore_patterns("__pycache__")
        yield copied if copied.exists() else Path(shutil.copytree(folder, copied, ignore=without))
