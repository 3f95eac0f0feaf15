"""From the command line to the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from . import comparison
from .measuring import Watcher, measured
from .options import Asked, Options, read
from .page import page
from .results import document
from .service import Unreachable
from .targets import Goal, value_of
from .terminal import Bar, show
from .workload import workload

__all__ = ["run"]

FAILED = 2
INTERRUPTED = 130
"""As a shell counts a process that SIGINT ended: 128 and the number of the signal."""


def run(arguments: Sequence[str]) -> int:
    """Do what `arguments` ask: 0, or 1 where a goal was missed.

    2 where the service does not answer, or stopped to, and 130 after Ctrl-C; what was measured until then is written.
    """
    asked = read(arguments)
    # What is for people goes to standard error where standard output has the JSON.
    console = Console(stderr=asked.as_json)
    if not console.is_terminal:
        console.width = 120
    try:
        return _compare(asked, console) if asked.options is None else _test(asked, asked.options, console)
    except (Unreachable, comparison.NoResult, OSError) as problem:
        print(problem, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped before anything was measured.", file=sys.stderr)
        return INTERRUPTED


def _test(asked: Asked, options: Options, console: Console) -> int:
    # Before the test, not after it, is the time to learn that nothing can be written there.
    asked.report.mkdir(parents=True, exist_ok=True)
    work = workload(options)
    if console.is_terminal:
        with Bar(console) as bar:
            found = measured(options, work, bar)
    else:
        found = measured(options, work, Watcher())
    result = document(options, work, found)
    result["goals"] = [_goal(goal, result) for goal in asked.goals]
    show(console, result)
    written = _write(asked.report, result)
    console.print(f"Written to {written[0]} and {written[1].name}.", highlight=False, soft_wrap=True)
    if asked.as_json:
        print(json.dumps(result))
    judged = _judge(result, console)
    if found.stopped is None:
        return judged
    print(f"Stopped early: {found.stopped}", file=sys.stderr)
    return INTERRUPTED if found.interrupted else FAILED


def _compare(asked: Asked, console: Console) -> int:
    assert asked.compared is not None
    first, second = (comparison.load(file) for file in asked.compared)
    console.print(comparison.table(first, second))
    for difference in comparison.differences(first, second):
        console.print(f"[yellow]Not alike:[/] {difference}", highlight=False)
    if asked.as_json:
        print(json.dumps({name: [one, other] for name, one, other in comparison.compared(first, second)}))
    second["goals"] = [_goal(goal, second) for goal in asked.goals]
    return _judge(second, console)


def _goal(goal: Goal, result: dict[str, Any]) -> dict[str, Any]:
    return {"goal": goal.text, "value": value_of(result, goal.name), "met": goal.met_by(result)}


def _judge(result: dict[str, Any], console: Console) -> int:
    for goal in result["goals"]:
        word = "[green]met[/]" if goal["met"] else "[red]missed[/]"
        console.print(f"{word} {goal['goal']}: {goal['value']}", highlight=False)
    return 0 if all(goal["met"] for goal in result["goals"]) else 1


def _write(folder: Path, result: dict[str, Any]) -> tuple[Path, Path]:
    stem = f"load_test_results_{datetime.now():%Y%m%d_%H%M%S}"
    files = folder / f"{stem}.json", folder / f"{stem}.html"
    files[0].write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    files[1].write_text(page(result), encoding="utf-8")
    return files
