"""An application that does nothing, on the server of the local API and with its settings; the port is in ``PORT``."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

__all__ = ["application"]


def application(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Return an answer without a body."""
    start_response("200 OK", [("content-length", "0")])
    return [b""]


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
