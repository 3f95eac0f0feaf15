"""Serve the whole API on this computer, or in a container, without AWS: ``make run``.

Each worker process stands for one Lambda execution environment: it answers one request at a time and has a memory
tier of its own. ``HOST`` (127.0.0.1), ``PORT`` (3000), ``WORKERS`` (1), ``ADMIN_TOKEN`` and the variables of the engine
apply; with ``REDIS_WARM_CACHE=true`` the cache is warmed before the API answers. SIGTERM lets it finish what it has
begun to answer.
"""

from __future__ import annotations

import http.client
import multiprocessing
import os
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granian.server.mp import MPServer
    from scripts.local_api.server_settings import ServerSettings

ROOT = Path(__file__).resolve().parents[1]

# As on Lambda, where the layer is at /opt/python; the worker processes inherit it.
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]

_EXAMPLE = "/api/qr/generate?data=https://example.com"

STARTING_SECONDS = 2
"""How long a worker that is told to end while it starts is waited for: it may miss the signal."""

DRAIN_SECONDS = 25
"""How long a worker may take for the requests that it has begun, which Kubernetes waits for 30 s by default."""


def _require_free(server: ServerSettings) -> None:
    # Granian would share a busy port with whoever has it (SO_REUSEPORT), and each would get some of the requests.
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((server.host, server.port))
        except OSError as error:
            place = "" if server.host == "127.0.0.1" else f" of {server.host}"
            retry = f"try PORT={server.port % 65_535 + 1} make run"
            sys.exit(f"Port {server.port}{place} cannot be used ({error.strerror}): {retry}.")


def _announce(server: ServerSettings, granian: MPServer, stopped: threading.Event) -> None:
    """Print where the API is as soon as it answers."""
    from scripts.signed_address import sign_with_environment

    from qr_engine.config import settings

    # Nothing is drawn without a style then, and the list has an example of each.
    example, file = ("/api/qr/styles", "styles.json") if settings().require_style else (_EXAMPLE, "qr.svg")
    if settings().signing == "required":
        example = sign_with_environment("GET", example)
    host = server.url.removeprefix("http://").rpartition(":")[0].strip("[]")
    while not stopped.wait(0.02):
        connection = http.client.HTTPConnection(host, server.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            continue
        finally:
            connection.close()
        granian.workers_kill_timeout = DRAIN_SECONDS
        print(f"QR Engine is running at {server.url}\n\n  curl -s '{server.url}{example}' -o {file}\n", flush=True)
        return


def main() -> None:
    """Start the server and stay until it is interrupted."""
    from scripts.local_api import server_settings

    try:
        server = server_settings.load(os.environ)
    except ValueError as error:
        sys.exit(str(error))
    _require_free(server)

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from scripts.local_api.application import work
    from scripts.local_api.redis_state import find_fault
    from scripts.local_api.routes import environment, parse
    from scripts.local_api.tally import Board

    from qr_engine.config import settings
    from qr_engine.errors import ConfigurationError

    for name, value in environment(parse(ROOT / "template.yaml")).items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("POWERTOOLS_METRICS_DISABLED", "true")
    try:
        fault = find_fault(settings())
    except ConfigurationError as error:
        sys.exit(str(error))
    if fault is not None:
        print(f"Redis does not answer ({fault}): the service draws codes until it does.", file=sys.stderr, flush=True)

    # A forked worker would inherit a process that already has threads.
    multiprocessing.set_start_method("spawn")
    granian = Granian(
        "scripts.local_api.application:work",
        interface=Interfaces.WSGI,
        address=server.host,
        port=server.port,
        workers=server.workers,
        blocking_threads=1,
        workers_kill_timeout=STARTING_SECONDS,
        log_level=LogLevels.error,
    )
    stopped = threading.Event()
    announcing = threading.Thread(target=_announce, args=(server, granian, stopped), daemon=True)
    granian.on_startup(announcing.start)
    granian.on_shutdown(stopped.set)
    # Granian's own loader would import from the folder that the server was started in.
    granian.serve(target_loader=partial(work, server, Board(server.workers)), wrap_loader=False)


if __name__ == "__main__":
    main()
