"""``make bench AGAINST=<commit>``: every line of the comparison as it comes, and whether anything is slower."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from ..harness import Run
from ..local_redis import start_redis
from .lines import Line, lines
from .measuring import Pair, Trees, Unanswered, measure
from .statistic import CONFIDENCE, THRESHOLD, judge
from .tree import read, worktree

__all__ = ["compare"]

_HEAD = """Processor time of this tree (ours) and of {commit} (theirs), which take turns. The ratio is ours over theirs:
under 1 this tree is faster. The interval holds the true median of the paired ratios with {confidence:.0%}, by order
statistics. A line is slower if all of its interval lies beyond {threshold}, measured twice; it is faster if all of it
lies under 1/{threshold}.
"""
_QUICK = "A quick run only tries everything out: too little is measured to judge by."
_ROW = "{:<38} {:>9} {:>9} {:>7}  {:<15} {}"


def compare(run: Run, root: Path, commit: str, words: Sequence[str]) -> int:
    """Compare the tree in `root` with `commit`, and print it.

    Parameters
    ----------
    words
        Only lines with one of them in their names are measured; all of them if there are none.

    Returns
    -------
    The exit status: 1 where something is slower, or is not answered by this tree; else 0.
    """
    chosen = [line for line in lines() if not words or any(word in line.what for word in words)]
    with worktree(root, commit, run.workspace) as place:
        trees = read("this tree", root), read(commit, place)
        print(_HEAD.format(commit=commit, confidence=CONFIDENCE, threshold=THRESHOLD))
        print(_ROW.format("", "ours", "theirs", "ratio", "interval", ""), flush=True)
        found = [_compared(run, line, trees) for line in chosen]
    slower = [line.what for line, verdict in zip(chosen, found, strict=True) if verdict == "slower"]
    failed = [line.what for line, verdict in zip(chosen, found, strict=True) if verdict == "failed"]
    print()
    if failed:
        print(f"Not answered by this tree: {', '.join(failed)}.")
    if run.quick:
        print(_QUICK)
    else:
        print(f"Slower: {', '.join(slower)}." if slower else "Nothing is slower.")
    return 1 if slower or failed else 0


def _compared(run: Run, line: Line, trees: Trees) -> str:
    """Print the verdict on one line and return it."""
    server = shutil.which("redis-server") if line.redis else None
    left_out = _left_out(line, server)
    if left_out:
        print(_ROW.format(line.what, "", "", "", "", left_out), flush=True)
        return ""
    redis = start_redis(server, run) if server else ""
    pairs: list[Pair] = []

    def ratios() -> list[float]:
        pairs[:] = measure(run, line, trees, redis)
        return [ours / theirs for ours, theirs in pairs]

    try:
        found, verdict = judge(ratios)
    except Unanswered as error:
        print(_ROW.format(line.what, "", "", "", "", f"cannot be compared: {error}"), flush=True)
        return "failed" if error.tree is trees[0] else ""
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    middle = found.median if found else ours / theirs
    bounds = f"{found.low:.3f} … {found.high:.3f}" if found else ""
    print(_ROW.format(line.what, _time(ours), _time(theirs), f"{middle:.3f}", bounds, verdict), flush=True)
    return verdict


def _left_out(line: Line, server: str | None) -> str:
    """Why a line cannot be measured here; empty where it can."""
    if line.redis and server is None:
        return "left out: needs redis-server on PATH"
    if line.part == "over HTTP" and sys.platform != "linux":
        return "left out: needs Linux, where the processor time of another process can be read"
    return ""


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:,.1f} µs"
