"""What one execution environment takes: its memory, and the layer on its disk."""

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

TITLE = "Memory and disk of one environment"

_SCRIPT = Path(__file__).with_name("cold_process.py")
_USUAL = "segno + Pillow + redis + Powertools"


def results(run: Run) -> Iterator[Result]:
    """Memory after some plain codes, without what other processes share; and bytes of every file of the layer."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    found = measure(
        run,
        [
            _contender(built, "generate", ("app", built.functions["generate"], built.layer)),
            _contender(built, _USUAL, ("usual_stack", built.usual)),
            _contender(built, "a function that does nothing", ("bare_function", built.usual)),
        ],
        rounds=1 if run.quick else 3,
    )
    ours, usual, bare = (Measured(each.name, each.median, each.minimum, unit="B") for each in found)
    yield Line(what="generate, plain codes, with the runtime client", ours=ours, theirs=usual)
    yield Line(what="generate, plain codes, with the runtime client", ours=ours, theirs=bare, as_floor=True)
    layer, packages = _size("the layer", built.layer), _size(_USUAL, built.usual)
    yield Line(what="files of the layer, bytecode included", ours=layer, theirs=packages)


def _contender(built: Built, name: str, stack: Sequence[object]) -> Contender:
    command = [built.python, "-I", "-S", "-B", _SCRIPT, *stack, built.runtime]
    return Contender(name, partial(_bytes, [str(word) for word in command]), single=True)


def _bytes(command: list[str], _calls: int) -> float:
    event = json.dumps(get_event({"data": url(25), "cache": "false"}))
    process = subprocess.run(command, input=event, capture_output=True, text=True, check=True)
    return float(json.loads(process.stdout)["memory"])


def _size(name: str, folder: Path) -> Measured:
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Measured(name, total, total, unit="B")
