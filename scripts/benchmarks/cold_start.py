"""A cold start, in fresh processes: what Lambda waits for once its own runtime client is up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from .built_layer import Built, built_layer
from .handler import get_event
from .harness import Contender, Run, measure
from .local_redis import started
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results", "without_bytecode"]

TITLE = "Cold start, over the bare runtime client"

_SCRIPT = Path(__file__).with_name("cold_process.py")
_ENGINE = "functions/generate/app.py"
_USUAL = "segno + Pillow + redis + Powertools Logger, Metrics, resolver"


def results(run: Run) -> Iterator[Result]:
    """Imports from the built layer, with and without its bytecode, and the first request after them."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    engine = ("app", built.functions["generate"], built.layer)
    usual = ("usual_stack", built.usual)
    contenders = [
        _contender(built, _ENGINE, engine, "import"),
        _contender(built, _USUAL, usual, "import"),
        _contender(built, _ENGINE, engine, "both"),
        _contender(built, _USUAL, usual, "both"),
        _contender(built, "the first request", engine, "first request"),
        _contender(built, "a later request of the same process", engine, "later request"),
        _contender(built, "the same without bytecode", ("app", *without_bytecode(run, built, "generate")), "import"),
    ]
    server = shutil.which("redis-server")
    if server:
        redis = started(server, run)
        contenders.append(_contender(built, _ENGINE, engine, "both", redis))
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


def _first_lookups(run: Run, built: Built, redis: str) -> Iterator[Result]:
    """What the first two answers of an environment wait for, with and without Redis in the first."""
    engine = ("app", built.functions["generate"], built.layer)
    for what, part in _FIRST_LOOKUPS:
        contenders = [
            _contender(built, "no Redis", engine, part),
            _contender(built, "wait", engine, part, redis, "wait"),
            _contender(built, "skip", engine, part, redis, "skip"),
        ]
        none, waiting, skipping = measure(run, contenders, rounds=1 if run.quick else 11)
        yield Line(what=f"{what}, REDIS_FIRST_LOOKUP=wait", ours=waiting, theirs=none, as_floor=True)
        yield Line(what=f"{what}, REDIS_FIRST_LOOKUP=skip", ours=skipping, theirs=none, as_floor=True)


def _contender(
    built: Built, name: str, stack: Sequence[object], part: str, redis: str = "", first_lookup: str = "wait"
) -> Contender:
    # Isolated, so that nothing of this environment can be imported; writing no bytecode, as /opt lets nobody write.
    command = [built.python, "-I", "-S", "-B", _SCRIPT, *stack, built.runtime]
    return Contender(name, partial(_seconds, [str(word) for word in command], part, redis, first_lookup), single=True)


def _seconds(command: list[str], part: str, redis: str, first_lookup: str, _calls: int) -> float:
    cached = {"cache": "true" if redis else "false"}
    events = [json.dumps(get_event({"data": url(length), **cached})) for length in (25, 26)]
    environment = {**os.environ, "REDIS_URL": redis, "REDIS_FIRST_LOOKUP": first_lookup}
    process = subprocess.run(
        command, input="\n".join(events), env=environment, capture_output=True, text=True, check=True
    )
    return float(json.loads(process.stdout)[part])


def without_bytecode(run: Run, built: Built, function: str) -> Iterator[Path]:
    """The folders of a function and of the layer, copied without what compiling them gave."""
    for folder in (built.functions[function], built.layer):
        copied = run.workspace / "uncompiled" / folder.name
        without = shutil.ignore_patterns("__pycache__")
        yield copied if copied.exists() else Path(shutil.copytree(folder, copied, ignore=without))
