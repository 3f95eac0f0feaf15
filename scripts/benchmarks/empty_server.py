"""An application that does nothing, on the server of the local API and with its settings; the port is in ``PORT``.

It answers every request alike: with the headers and the body in ``ANSWER``, a JSON array of the two; or without a body,
where there is no such variable.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

__all__ = ["application"]


_headers, _body = json.loads(os.environ.get("ANSWER", '[[["content-length", "0"]], ""]'))
HEADERS = [(name, value) for name, value in _headers]
BODY = _body.encode()


def application(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Return the same answer each time."""
    start_response("200 OK", HEADERS)
    return [BODY]


def main() -> None:
    """Serve until terminated."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn")
    Granian(
        "empty_server:application",
        interface=Interfaces.WSGI,
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        workers=1,
        blocking_threads=1,
        workers_kill_timeout=2,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
