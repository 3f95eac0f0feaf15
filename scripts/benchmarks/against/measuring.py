"""Both trees at the same work in turns, as the pairs of processor times that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial

import msgspec

from ..harness import Run
from ..served import Served
from .driver import Prepared, Worker
from .lines import Line
from .tree import Tree

__all__ = ["Pair", "Trees", "Unanswered", "measure"]

Trees = tuple[Tree, Tree]
"""This one, and the one to compare with."""

Pair = tuple[float, float]
"""Seconds of processor time of both, in the same order, one measured right after the other."""

Turn = Callable[[int], float]
"""Does the work so many times; seconds of processor time of one."""

_HTTP_CALLS = 300
"""Answers of the local API a turn: some tens of milliseconds."""


class Unanswered(Exception):
    """A tree answered a request otherwise than the line expects."""

    def __init__(self, tree: Tree, line: Line, status: int, source: str = "", problem: str = "") -> None:
        self.tree = tree
        wanted, found = (
            " from ".join(filter(None, (str(code), by))) for code, by in ((line.status, line.source), (status, source))
        )
        super().__init__(" ".join(filter(None, (f"{tree.name} answers {found} and not {wanted}", problem))))


class _Plan(msgspec.Struct, frozen=True):
    """How often.

    Attributes
    ----------
    processes
        Pairs of processes one after the other: each has its addresses and its hash seed by chance, and keeps them.
    rounds
        Pairs of turns of each.
    starts
        Pairs of processes that only start.
    """

    processes: int
    rounds: int
    starts: int


def measure(run: Run, line: Line, trees: Trees, redis: str) -> list[Pair]:
    """Measure one line in both trees; `redis` is the address of a server that both may use.

    Raises
    ------
    Unanswered
        One of them answers something else.
    """
    plan = _Plan(1, 2, 2) if run.quick else _Plan(3, 5, 15)
    if line.part == "answer":
        return list(_answers(run, plan, line, trees, redis))
    if line.part == "over HTTP":
        return list(_over_http(run, plan, line, trees))
    for tree in trees:
        # This one compiles what has no bytecode yet, and puts the picture into Redis.
        _start(line, tree, redis, checks=False)
    return [_both(turn, lambda index: _start(line, trees[index], redis)) for turn in range(plan.starts)]


def _answers(run: Run, plan: _Plan, line: Line, trees: Trees, redis: str) -> Iterator[Pair]:
    calls = 0
    for _ in range(plan.processes):
        with ExitStack() as closing:
            turns: list[Turn] = []
            for tree in trees:
                worker = closing.enter_context(Worker(tree, line.route, _environment(line, tree, redis)))
                prepared = worker.prepare(line.events, prime=line.prime, revalidates=line.revalidates)
                _check(tree, line, prepared)
                turns.append(worker.answer)
            calls = calls or max(_calls(run, turn) for turn in turns)
            yield from _in_turns(plan, turns, calls)


def _over_http(run: Run, plan: _Plan, line: Line, trees: Trees) -> Iterator[Pair]:
    event = line.events[0]
    path = f"{event['rawPath']}?{event['rawQueryString']}"
    for _ in range(plan.processes):
        with ExitStack() as closing:
            turns: list[Turn] = []
            for tree in trees:
                server = closing.enter_context(Served(tree.root / "scripts" / "serve.py"))
                server.wait()
                _, tag = server.get(path, {})
                headers = {"if-none-match": tag} if line.revalidates else {}
                status, _ = server.get(path, headers)
                if status != line.status:
                    raise Unanswered(tree, line, status)
                turns.append(partial(server.answer, path, headers))
            yield from _in_turns(plan, turns, 20 if run.quick else _HTTP_CALLS)


def _in_turns(plan: _Plan, turns: Sequence[Turn], calls: int) -> Iterator[Pair]:
    for turn in turns:
        turn(calls)  # the first one fills caches of the processor and of the interpreter
    for number in range(plan.rounds):
        yield _both(number, lambda index: turns[index](calls))


def _both(number: int, seconds: Callable[[int], float]) -> Pair:
    """One turn of each, and the other one first every second time."""
    if number % 2:
        theirs = seconds(1)
        return seconds(0), theirs
    return seconds(0), seconds(1)


def _calls(run: Run, turn: Turn) -> int:
    """As many as fill two of the harness's turns."""
    wanted, calls = 2 * run.turn, 1
    while (spent := turn(calls) * calls) < wanted / 4:
        calls *= 4
    return max(1, round(calls * wanted / spent))


def _start(line: Line, tree: Tree, redis: str, *, checks: bool = True) -> float:
    """Measure a fresh process that imports the function and, where the line says so, gives its first answer."""
    with Worker(tree, line.route, _environment(line, tree, redis)) as worker:
        if line.part == "import" and checks:
            return worker.imported
        prepared = worker.prepare(line.events, prime=0, revalidates=False)
        if checks:
            _check(tree, line, prepared)
        return worker.imported + prepared.seconds


def _environment(line: Line, tree: Tree, redis: str) -> dict[str, str]:
    """Return a prefix for each tree, since neither may understand the entries of the other."""
    if not line.redis:
        return line.environment
    return {**line.environment, "REDIS_URL": redis, "REDIS_PREFIX": tree.name.replace(" ", "-")}


def _check(tree: Tree, line: Line, prepared: Prepared) -> None:
    if prepared.status != line.status or (line.source and prepared.source != line.source):
        raise Unanswered(tree, line, prepared.status, prepared.source, prepared.problem)
