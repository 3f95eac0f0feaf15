"""``scripts/serve.py`` as whatever runs it meets it: signals, probes, metrics, and who is let in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.e2e.http_client import begin_request, request, wait_until
from tests.redis_server import free_port
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import LocalApi
    from tests.redis_server import RedisServer

    Start = Callable[..., LocalApi]

PICTURE = "/api/qr/generate?data=https://example.com"


def refuses(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


def test_sigterm_lets_a_request_end_and_ends_with_0(local_api: Start) -> None:
    api, body = local_api(), b'{"data":"drained"}'
    with closing(begin_request(api.port, body)) as connection:
        api.process.send_signal(signal.SIGTERM)
        wait_until(lambda: refuses(api.port), seconds=10)
        # Longer than a worker is waited for that has not begun.
        Event().wait(3)
        connection.sendall(body)
        assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert api.interrupt(signal.SIGTERM) == (0, "")


def test_a_connection_that_asks_nothing_does_not_hold_it_up(local_api: Start) -> None:
    api = local_api(WORKERS="2")
    with closing(socket.create_connection(("127.0.0.1", api.port), timeout=30)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert api.interrupt(signal.SIGTERM) == (0, "")


def test_a_worker_ends_with_a_server_that_was_killed(local_api: Start) -> None:
    api = local_api(WORKERS="2")
    api.process.kill()
    assert api.process.wait() == -signal.SIGKILL
    wait_until(lambda: refuses(api.port), seconds=10)
    api.process.communicate()


def test_off_loopback_the_routes_for_operators_are_closed(local_api: Start) -> None:
    api = local_api(HOST="0.0.0.0")
    for method, path in (("GET", "/api/qr/cache/stats"), ("POST", "/api/qr/cache/clear"), ("GET", "/metrics")):
        reply = request(api.url + path, method)
        assert (reply.status, reply.headers["content-type"]) == (403, "application/problem+json")
    assert {request(api.url + path).status for path in (PICTURE, "/", "/healthz", "/readyz")} == {200}


def test_off_loopback_the_token_opens_them(local_api: Start) -> None:
    api = local_api(HOST="0.0.0.0", ADMIN_TOKEN="hunter2")
    assert request(f"{api.url}/api/qr/cache/stats").status == 403
    shown = {"authorization": "Bearer hunter2"}
    assert request(f"{api.url}/api/qr/cache/stats", headers=shown).json["success"] is True
    assert request(f"{api.url}/metrics", headers=shown).status == 200


def test_metrics_are_those_of_all_workers(local_api: Start) -> None:
    api = local_api(WORKERS="2")
    for number in range(30):
        request(f"{api.url}/api/qr/generate?data={number}")

    def drawn() -> tuple[float, float]:
        families = text_string_to_metric_families(request(f"{api.url}/metrics").body.decode())
        found = {sample.name: sample.value for family in families for sample in family.samples}
        return found["qr_engine_misses_total"], found["qr_engine_workers"]

    # A worker counts once it serves; the first one answers alone until then.
    wait_until(lambda: drawn()[1] == 2, seconds=30)
    assert {drawn() for _ in range(10)} == {(30.0, 2.0)}


def test_ready_tells_of_redis_and_needs_none(local_api: Start, redis_server: RedisServer) -> None:
    assert request(f"{local_api().url}/readyz").json == {"status": "ready", "redis": "none"}
    api = local_api(REDIS_URL=redis_server.url)
    assert request(f"{api.url}/readyz").json == {"status": "ready", "redis": "ok"}
    redis_server.stop()
    reply = request(f"{api.url}/readyz")
    assert (reply.status, reply.json["redis"]) == (200, "failing")
    redis_server.start()
    wait_until(lambda: request(f"{api.url}/readyz").json["redis"] == "ok", seconds=10)


def test_a_redis_that_does_not_answer_at_the_start_is_one_sentence(local_api: Start) -> None:
    api = local_api(REDIS_URL=f"redis://127.0.0.1:{free_port()}")
    assert request(api.url + PICTURE).status == 200
    _, errors = api.interrupt()
    assert errors.startswith("Redis does not answer (")
    assert errors.splitlines()[0].endswith("the service draws codes until it does.")


def test_a_folder_with_other_modules_changes_nothing(tmp_path: object) -> None:
    """What is imported is the program's own, wherever it is started."""
    folder = os.fspath(str(tmp_path))
    os.makedirs(f"{folder}/scripts/local_api")
    for name in ("application", "__init__"):
        with open(f"{folder}/scripts/local_api/{name}.py", "w", encoding="utf-8") as file:
            file.write("raise ImportError('this is another program')\n")
    port = free_port()
    with subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        cwd=folder,
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until(lambda: request(f"http://127.0.0.1:{port}{PICTURE}").status == 200, seconds=20)
        finally:
            process.terminate()
    assert process.returncode == 0


@pytest.mark.parametrize(("name", "value"), [("HOST", "nowhere.example"), ("ADMIN_TOKEN", "two words")])
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n"), done.stderr.split()[0]) == (1, 1, name)
