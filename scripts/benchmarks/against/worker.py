"""Runs in a fresh interpreter, for one tree: import a function, answer events, say what processor time that took.

Takes the layer's folder and the file with the handler. Prints the seconds of the import as JSON, then reads a job a
line and prints an answer a line:

``{"events": [...], "prime": n, "revalidates": bool}``
    Answer the first event. Then answer the first n in all, so that the cache has them, put the validators of these
    answers into the events where the client is to have the pictures already, and answer the first event once more.
    Gives the seconds of the very first answer, and the status and ``X-Cache`` of the last.
``{"calls": n}``
    Answer the next n events; the seconds of one.

Imports little itself: what it has loaded costs the tree nothing any more.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import cycle, islice
from time import monotonic, process_time
from typing import Any

__all__: list[str] = []

_SECONDS = 29.0


class Context:
    """What Lambda hands to a handler beside the event."""

    function_name = memory_limit_in_mb = aws_request_id = "benchmark"
    function_version = "$LATEST"
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:benchmark"

    def __init__(self) -> None:
        self._end = monotonic() + _SECONDS

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would end this invocation."""
        return int((self._end - monotonic()) * 1000)


def main() -> None:
    """Work until there are no more jobs."""
    # Ctrl-C reaches every process of the terminal; whoever asks ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    layer, function = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    # The metrics lines are written, each with its system call, to where nobody reads them.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.path[:0] = [layer, os.path.dirname(function)]
    began = process_time()
    handler = _handler(function)
    print(json.dumps({"seconds": process_time() - began}), file=answers)
    following = iter(())
    for line in sys.stdin:
        job: dict[str, Any] = json.loads(line)
        if "events" in job:
            answer = _prepare(handler, job)
            following = cycle(job["events"])
        else:
            answer = {"seconds": _timed(handler, list(islice(following, job["calls"])))}
        print(json.dumps(answer), file=answers)


def _handler(function: str) -> Any:
    spec = spec_from_file_location("app", function)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["app"] = module
    spec.loader.exec_module(module)
    return module.lambda_handler


def _prepare(handler: Any, job: dict[str, Any]) -> dict[str, Any]:
    events = job["events"]
    began = process_time()
    answer = handler(events[0], Context())
    first = process_time() - began
    for event in events[: job["prime"]]:
        answer = handler(event, Context())
        if job["revalidates"]:
            event["headers"]["if-none-match"] = answer["headers"]["ETag"]
    if job["prime"]:
        answer = handler(events[0], Context())
    body = answer.get("body") or ""
    return {
        "seconds": first,
        "status": answer["statusCode"],
        "source": answer["headers"].get("X-Cache", ""),
        "problem": body[:200] if answer["statusCode"] >= 400 else "",
    }


def _timed(handler: Any, events: list[Any]) -> float:
    # Nobody pays for the garbage of what was before; everybody pays for their own, as in service.
    gc.collect()
    began = process_time()
    for event in events:
        handler(event, Context())
    return (process_time() - began) / len(events)


main()
