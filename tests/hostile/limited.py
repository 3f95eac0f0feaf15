"""Requests answered in a process of their own, which the system ends after so many seconds of CPU time.

Run as a program, it reads requests from its standard input, one JSON array a line, and writes an answer for each.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time
from typing import Any

import msgspec

__all__ = ["ENOUGH", "Answer", "answers"]

ROOT = Path(__file__).parents[2]

ENOUGH = 2.0
"""Seconds of CPU time in which every request is answered: what was a hole took several times as long.

The most that was measured is about one. Large pictures wait for memory, which is slow on some machines beyond what
`tests.stopwatch` sees.
"""

Request = tuple[str, str, Any]
"""A route such as ``POST /api/qr/validate``, its query string, and what its body is in JSON; None for no body."""


class Answer(msgspec.Struct):
    """What came back, and the seconds of CPU time that it takes on a quiet machine (`tests.stopwatch`)."""

    status: int
    body: Any
    seconds: float

    @property
    def messages(self) -> list[str]:
        """The messages of the problem, with the fields that they are about."""
        return [f"{issue['path']}: {issue['message']}" for issue in self.body.get("errors", [])]


def answers(requests: Sequence[Request], *, seconds: int = 4) -> list[Answer]:
    """Answer requests one after the other in a new process; it fails where that takes more CPU time.

    Parameters
    ----------
    seconds
        Of CPU time, over what it takes to load everything.
    """
    lines = "".join(f"{json.dumps(request)}\n" for request in requests)
    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile.limited", str(seconds)],
        input=lines,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'layers' / 'qr_engine'}:{ROOT}"},
        encoding="utf-8",
    )
    assert run.returncode == 0, f"ended with {run.returncode} after {seconds} CPU seconds: {run.stderr[-2000:]}"
    given = [line for line in run.stdout.splitlines() if line.startswith("[")]
    return [Answer(*json.loads(line)) for line in given]


def _serve(seconds: int) -> None:
    from tests.stopwatch import Stopwatch, slowness
    from tests.unit.api.routes.conftest import HANDLERS, answer, event_v2

    warm = {
        "data": "x",
        "format": "png",
        "logo": {"data": "data:image/svg+xml,<svg viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>"},
    }
    HANDLERS["generate"](event_v2("POST /api/qr/generate", body=json.dumps(warm)), None)
    limit = int(process_time() + 1 + seconds * 1.5 * slowness())
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    for line in sys.stdin:
        route, query, body = json.loads(line)
        event = event_v2(route, query=query, body=None if body is None else json.dumps(body))
        with Stopwatch() as watch:
            found = answer(HANDLERS["generate"](event, None))
        is_json = "json" in found.headers["Content-Type"]
        print(json.dumps([found.status, found.json if is_json else {}, watch.seconds]), flush=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
