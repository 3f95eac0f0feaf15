"""Whole functions under AWS's runtime interface emulator and client: HTTP in, process, handler, HTTP out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from .built_layer import Built, built_layer
from .cold_start import without_bytecode
from .emulator import Emulated, emulator, start_emulator
from .handler import ROOT, get_event, post_event
from .harness import Contender, Measured, Run, call, each_of, measure
from .results import LeftOut, Line, Result
from .symbol_makers import url

__all__ = ["TITLE", "results"]

TITLE = "Whole functions under the runtime interface emulator"

_USUAL = "segno + Pillow + redis + Powertools Logger, Metrics, resolver"
_NOTHING = "a function that does nothing"
_EVENTS = {"stats": "stats.json", "clear": "clear.json", "warm": "warm.json"}


def results(run: Run) -> Iterator[Result]:
    """Measure the first invocation, which starts the process, and later ones."""
    built, program = built_layer(run), emulator()
    if isinstance(built, LeftOut) or program is None:
        yield LeftOut(TITLE, built.why if isinstance(built, LeftOut) else "needs the SAM CLI: pip install aws-sam-cli")
        return
    yield from _cold(run, built, program)
    yield from _warm(run, built, program)


def _cold(run: Run, built: Built, program: Path) -> Iterator[Result]:
    plain = json.dumps(get_event({"data": url(25)}))
    stacks: dict[str, tuple[str, Sequence[Path], str]] = {
        name: ("app", (folder, built.layer, built.runtime), _event(name, plain))
        for name, folder in built.functions.items()
    }
    stacks["the same without bytecode"] = (
        "app",
        (*without_bytecode(run, built, "generate"), built.runtime),
        plain,
    )
    stacks[_USUAL] = ("usual_stack", (built.usual, built.runtime), plain)
    stacks[_NOTHING] = ("bare_function", (built.usual, built.runtime), plain)
    contenders = [
        Contender(name, partial(_first, program, built.python, *stack), single=True) for name, stack in stacks.items()
    ]
    found = {each.name: each for each in measure(run, contenders, rounds=1 if run.quick else 7)}
    for name in built.functions:
        what = f"{name}, first invocation, process and all"
        yield Line(what=what, ours=found[name], theirs=found[_NOTHING], as_floor=True)
    what = "generate, first invocation, process and all"
    yield Line(what=what, ours=found["generate"], theirs=found[_USUAL])
    yield Line(what=what, ours=found["generate"], theirs=found["the same without bytecode"])


def _warm(run: Run, built: Built, program: Path) -> Iterator[Result]:
    drawn = json.dumps(get_event({"data": url(25), "cache": "false"}))
    one = get_event({"data": url(25)})
    fifty = [{"data": f"{url(20)}{number:05d}"} for number in range(50)]
    batch = {**post_event(json.dumps({"codes": fifty})), "routeKey": "POST /api/qr/batch"}
    log = run.workspace / "generate.log"
    start = partial(start_emulator, program, built.python)
    with (
        start("app", (built.functions["generate"], built.layer, built.runtime), log) as ours,
        start("usual_stack", (built.usual, built.runtime)) as usual,
        start("bare_function", (built.usual, built.runtime)) as bare,
    ):
        found = measure(
            run,
            [
                _invoke("generate", ours, drawn),
                _invoke("generate", ours, json.dumps(one)),
                _invoke("generate, 50 codes", ours, json.dumps(batch)),
                _invoke(_USUAL, usual, drawn),
                _invoke(_NOTHING, bare, drawn),
            ],
        )
        lone, shared = _overheads(ours, log, {"memory": json.dumps(one), "done": json.dumps(batch)}, run.rounds * 20)
    drawing, hit, batched, theirs, floor = found
    yield Line(what="plain SVG, drawn", ours=drawing, theirs=theirs)
    yield Line(what="plain SVG, drawn", ours=drawing, theirs=floor, as_floor=True)
    yield Line(what="plain SVG, from the memory tier", ours=hit, theirs=floor, as_floor=True)
    yield Line(what="a code in a batch of 50", ours=each_of(batched, 50), theirs=hit)
    each = each_of(shared, 50)
    yield Line(what="the same without the handler's own time", ours=each, theirs=lone, target=40)


def _overheads(function: Emulated, log: Path, events: dict[str, str], times: int) -> list[Measured]:
    """Measure what an invocation with each of `events` takes besides its handler, by its log."""
    whole: dict[str, list[float]] = {outcome: [] for outcome in events}
    for _ in range(times):
        for outcome, event in events.items():
            began = perf_counter()
            function.invoke(event)
            whole[outcome].append(perf_counter() - began)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith('{"_aws"')]
    found = []
    for outcome, spent in whole.items():
        handling = [line["Duration"][0] / 1000 for line in lines if line["outcome"] == outcome][-times:]
        around = [one - other for one, other in zip(spent, handling, strict=True)]
        found.append(Measured("one code by itself", median(around), min(around)))
    return found


def _event(function: str, plain: str) -> str:
    if function not in _EVENTS:
        return plain
    return (ROOT / "events" / _EVENTS[function]).read_text()


def _first(program: Path, python: str, module: str, folders: Sequence[Path], event: str, _calls: int) -> float:
    with start_emulator(program, python, module, folders) as function:
        started = perf_counter()
        answer = function.invoke(event)
        spent = perf_counter() - started
    _require(answer)
    return spent


def _invoke(name: str, function: Emulated, event: str) -> Contender:
    _require(function.invoke(event))
    return call(name, partial(function.invoke, event))


def _require(answer: bytes) -> None:
    if json.loads(answer).get("statusCode") != 200:
        raise ValueError(f"the function answered {answer[:200]!r}")
