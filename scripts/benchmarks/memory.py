"""The memory of one execution environment."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from .built_layer import Built, built_layer
from .handler import get_event
from .harness import Contender, Measured, Run, measure
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Memory of one environment"

_SCRIPT = Path(__file__).with_name("cold_process.py")


def results(run: Run) -> Iterator[Result]:
    """After some plain codes, without what is shared with other processes; the runtime client is included."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    found = measure(
        run,
        [
            _contender(built, "generate", ("app", built.functions["generate"], built.layer)),
            _contender(built, "segno + Pillow + redis + Powertools", ("usual_stack", built.usual)),
            _contender(built, "a function that does nothing", ("bare_function", built.usual)),
        ],
        rounds=1 if run.quick else 3,
    )
    ours, usual, bare = (Measured(each.name, each.median, each.minimum, unit="B") for each in found)
    yield Line(what="generate, plain codes", ours=ours, theirs=usual)
    yield Line(what="generate, plain codes", ours=ours, theirs=bare, as_floor=True)


def _contender(built: Built, name: str, stack: Sequence[object]) -> Contender:
    command = [built.python, "-I", "-S", "-B", _SCRIPT, *stack, built.runtime]
    return Contender(name, partial(_bytes, [str(word) for word in command]), single=True)


def _bytes(command: list[str], _calls: int) -> float:
    event = json.dumps(get_event({"data": url(25), "cache": "false"}))
    process = subprocess.run(command, input=event, capture_output=True, text=True, check=True)
    return float(json.loads(process.stdout)["memory"])
