"""Runs in a fresh interpreter: import one function after the runtime client, answer one event, print what it took.

Takes the module of the function and the folders to import from, and on standard input an event a line: the first, and
the second, which may be left out. Prints seconds, where the first answer came from, and
the bytes of memory that the process has of its own at the end.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from time import perf_counter
from typing import Any

__all__: list[str] = []

Handler = Callable[[dict[str, Any], Any], Any]

_LATER = 50


def main() -> None:
    """Read the event from standard input and print what each part took, in seconds."""
    module, *folders = sys.argv[1:]
    sys.path[:0] = folders
    event, *others = (json.loads(line) for line in sys.stdin)
    importlib.import_module("awslambdaric.bootstrap")
    ready = perf_counter()
    handler: Handler = importlib.import_module(module).lambda_handler
    imported = perf_counter()
    # The metrics line goes where it cannot mix with the result.
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        response = handler(event, None)
        answered = perf_counter()
        for other in others:
            handler(other, None)
        again = perf_counter()
        for _ in range(_LATER):
            handler(event, None)
        done = perf_counter()
    assert response["statusCode"] == 200, response
    seconds = {"import": imported - ready, "first request": answered - imported, "both": answered - ready}
    seconds |= {"second request": again - answered, "both requests": again - ready}
    seconds["later request"] = (done - again) / _LATER
    # Not every stack says where its answers come from.
    source = response.get("headers", {}).get("X-Cache", "")
    print(json.dumps({**seconds, "memory": _memory(), "source": source}))


def _memory() -> int:
    """Resident bytes that no other process shares."""
    with open("/proc/self/smaps_rollup") as listed:
        return sum(int(line.split()[1]) * 1024 for line in listed if line.startswith("Private_"))


main()
