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
from .measuring import Watcher, measure
from .options import Command, Options, parse_command_line
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
    command = parse_command_line(arguments)
    # What is for people goes to standard error where standard output has the JSON.
    console = Console(stderr=command.as_json)
    if not console.is_terminal:
        console.width = 120
    try:
        return _compare(command, console) if command.options is None else _test(command, command.options, console)
    except (Unreachable, comparison.NoResult, OSError) as problem:
        print(problem, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Stopped before anything was measured.", file=sys.stderr)
        return INTERRUPTED


def _test(command: Command, options: Options, console: Console) -> int:
    # Before the test, not after it, is the time to learn that nothing can be written there.
    command.report.mkdir(parents=True, exist_ok=True)
    work = workload(options)
    if console.is_terminal:
        with Bar(console) as bar:
            measurement = measure(options, work, bar)
    else:
        measurement = measure(options, work, Watcher())
    result = document(options, work, measurement)
    result["goals"] = [_goal(goal, result) for goal in command.goals]
    show(console, result)
    written = _write(command.report, result)
    console.print(f"Written to {written[0]} and {written[1].name}.", highlight=False, soft_wrap=True)
    if command.as_json:
        print(json.dumps(result))
    judged = _judge(result, console)
    if measurement.stopped is None:
        return judged
    print(f"Stopped early: {measurement.stopped}", file=sys.stderr)
    return INTERRUPTED if measurement.interrupted else FAILED


def _compare(command: Command, console: Console) -> int:
    assert command.compared is not None
    first, second = (comparison.load(file) for file in command.compared)
    console.print(comparison.table(first, second))
    for difference in comparison.differences(first, second):
        console.print(f"[yellow]Not alike:[/] {difference}", highlight=False)
    if command.as_json:
        print(json.dumps({name: [one, other] for name, one, other in comparison.compare_figures(first, second)}))
    second["goals"] = [_goal(goal, second) for goal in command.goals]
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
