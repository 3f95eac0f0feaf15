"""The command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from .arguments import above_zero, address, measure, number, words
from .kinds import PHASES
from .profiles import FORMATS, PROFILES
from .targets import Goal, TargetError, parse_goals

__all__ = ["Command", "Options", "parse_command_line"]

_MOST = 2_000_000
"""Requests in an open loop, whose times are all chosen beforehand."""

_DESCRIPTION = """Put a load on the API and say how it bears it.

Without --rate the loop is closed: each of --concurrent connections sends its next request as soon as it has an answer,
so the service sets the pace. With --rate it is open: requests are due at random moments, that many a second, whether
the service keeps up or not, and a latency counts from the moment that its request was due."""
_EPILOG = """examples:
  load_test.py --profile zipf --total 20000
  load_test.py --rate 500 --duration 60 --assert 'p99<50ms,hit_rate>85,failed=0'
  load_test.py --url https://abc.execute-api.eu-central-1.amazonaws.com --total 2000
  load_test.py --compare before.json after.json"""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of load to put where; docs/load-testing.md explains each.

    Attributes
    ----------
    total
        Requests; None for as many as fit into the duration.
    """

    url: str
    total: int | None
    concurrent: int
    duration: float | None
    rate: float | None
    profile: str
    codes: int
    skew: float
    formats: tuple[str, ...]
    seed: int
    phases: tuple[str, ...]
    warm_up: int
    clear: bool
    decode: int
    processes: int
    timeout: float
    region: str | None


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the command line.

    Attributes
    ----------
    options
        The load; None where two results are to be compared.
    compared
        The two result files, or None.
    report
        The folder that gets the results.
    as_json
        Whether standard output gets the result as JSON and nothing else.
    goals
        What has to hold.
    """

    options: Options | None
    compared: tuple[Path, Path] | None
    report: Path
    as_json: bool
    goals: tuple[Goal, ...]


def parse_command_line(arguments: Sequence[str]) -> Command:
    """Read and check the command line; a wrong one ends the process with status 2 and says what is allowed."""
    parser = _parser()
    parsed = parser.parse_args(arguments)
    for name, allowed in (("formats", FORMATS), ("phases", PHASES)):
        wrong = [word for word in getattr(parsed, name) if word not in allowed]
        if wrong or not getattr(parsed, name):
            parser.error(f"--{name} takes {', '.join(allowed)}, not {wrong[0] if wrong else 'nothing'}")
    try:
        goals = parse_goals(parsed.goals or "")
    except TargetError as error:
        parser.error(f"--assert: {error}")
    if parsed.processes > parsed.concurrent:
        parser.error(f"--processes must be at most --concurrent, {parsed.concurrent}: each has a connection")
    if parsed.rate and parsed.duration and parsed.rate * parsed.duration > _MOST:
        parser.error(f"--rate times --duration must be at most {_MOST}")
    if parsed.report.exists() and not parsed.report.is_dir():
        parser.error(f"--report must be a folder, and {parsed.report} is a file")
    options = Options(
        url=parsed.url,
        total=parsed.total or (None if parsed.duration else 5000),
        concurrent=parsed.concurrent,
        duration=parsed.duration,
        rate=parsed.rate,
        profile=parsed.profile,
        codes=parsed.codes,
        skew=parsed.skew if parsed.skew is not None else float(parsed.profile == "zipf"),
        formats=tuple(parsed.formats),
        seed=parsed.seed,
        phases=tuple(name for name in PHASES if name in parsed.phases),
        warm_up=parsed.warm_up,
        clear=parsed.clear,
        decode=parsed.decode,
        processes=parsed.processes,
        timeout=parsed.timeout,
        region=parsed.region,
    )
    compared = tuple(parsed.compare) if parsed.compare else None
    return Command(
        options=None if compared else options, compared=compared, report=parsed.report, as_json=parsed.json, goals=goals
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=Path(sys.argv[0]).name,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    url = "http://127.0.0.1:3000"
    add("--url", type=address, default=url, help="where the API is, with its stage if it has one (%(default)s)")
    add("--total", type=number(1), metavar="N", help="requests to send, all phases together (5000)")
    add("--concurrent", type=number(1, 10_000), default=100, metavar="N", help="connections at a time (%(default)s)")
    add("--duration", type=above_zero, metavar="SECONDS", help="stop after that long, whatever is left")
    add("--rate", type=above_zero, metavar="RPS", help="open loop: requests a second")
    add("--profile", choices=tuple(PROFILES), default="mixed", help="what is asked for (%(default)s)")
    add("--codes", type=number(1, 100_000), default=1000, metavar="N", help="distinct codes (%(default)s)")
    add("--skew", type=measure, metavar="S", help="Zipf exponent of their popularity (zipf 1, else 0)")
    add("--formats", type=words, default=("svg", "png"), metavar="A,B", help=f"of {', '.join(FORMATS)} (svg,png)")
    add("--seed", type=number(0), default=1, metavar="N", help="the same seed asks for the same (%(default)s)")
    add("--phases", type=words, default=PHASES, metavar="A,B", help=f"of {', '.join(PHASES)} (all)")
    add("--warm-up", type=number(0, 100_000), default=200, metavar="N", help="requests that do not count (%(default)s)")
    add("--no-clear-cache", dest="clear", action="store_false", help="begin with the cache as it is")
    add(
        "--decode",
        type=number(0),
        default=50,
        metavar="N",
        help="read back each N-th picture, 0 for none (%(default)s)",
    )
    add("--processes", type=number(1, 64), default=1, metavar="N", help="processes that send (%(default)s)")
    add(
        "--timeout", type=above_zero, default=30.0, metavar="SECONDS", help="wait that long for an answer (%(default)g)"
    )
    add("--region", help="AWS region that cache routes are signed for, where the address does not say it")
    add("--report", type=Path, default=Path(), metavar="DIR", help="folder for the results (the current one)")
    add("--json", action="store_true", help="print the result as JSON, and nothing else")
    add("--assert", dest="goals", metavar="GOALS", help="exit with 1 unless they hold: 'p95<50ms,hit_rate>85'")
    add("--compare", nargs=2, type=Path, metavar=("A", "B"), help="set two results side by side; sends nothing")
    return parser
