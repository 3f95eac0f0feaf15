"""``make run`` as its user meets it: a process, HTTP, and a Redis that comes and goes."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.e2e.http_client import read_code, request, wait_until
from tests.machine import command
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import LocalApi
    from tests.redis_server import RedisServer

    Start = Callable[..., LocalApi]

JSON = {"content-type": "application/json"}
PICTURE = "/api/qr/generate?data=https://example.com"


def cached(api: LocalApi, data: str) -> bool | str:
    """Where the answer for `data` came from, as the JSON envelope says."""
    body = f'{{"data":"{data}"}}'
    found: bool | str = request(f"{api.url}/api/qr/generate", "POST", body=body, headers=JSON).json["cached"]
    return found


def run_serve(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_that_it_prints_draws_a_picture(local_api: Start, tmp_path: Path) -> None:
    api = local_api()
    (line,) = (line for line in api.said.splitlines() if "curl" in line)
    subprocess.run([command("curl", "install curl"), *shlex.split(line)[1:]], cwd=tmp_path, check=True, timeout=30)
    assert b"<svg" in (tmp_path / "qr.svg").read_bytes()


def test_curl_may_leave_the_encoding_of_letters_to_the_service(local_api: Start, tmp_path: Path) -> None:
    url = f"{local_api().url}/api/qr/generate?data=žlutý&format=png"
    subprocess.run([command("curl", "install curl"), "-sS", url, "-o", "qr.png"], cwd=tmp_path, check=True, timeout=30)
    assert read_code((tmp_path / "qr.png").read_bytes(), "image/png") == "žlutý"


def test_get_gives_an_svg_that_scans(local_api: Start) -> None:
    assert request(local_api().url + PICTURE).text == "https://example.com"


def test_a_png_arrives_intact(local_api: Start) -> None:
    reply = request(local_api().url + PICTURE + "&format=png&size=512")
    assert (reply.headers["content-type"], reply.text) == ("image/png", "https://example.com")


def test_post_gives_the_envelope(local_api: Start) -> None:
    body = '{"data":"žluťoučký kůň ±°µ×","error_correction":"H"}'.encode()
    envelope = request(f"{local_api().url}/api/qr/generate", "POST", body=body, headers=JSON).json
    assert (envelope["success"], envelope["cached"], envelope["metadata"]["error_correction"]) == (True, False, "H")
    assert read_code(envelope["data"].encode(), envelope["content_type"]) == "žluťoučký kůň ±°µ×"


def test_warming_makes_the_next_answer_a_hit(local_api: Start) -> None:
    api = local_api()
    warmed = request(f"{api.url}/api/qr/cache/warm", "POST", body='{"patterns": ["test1", "test2"]}', headers=JSON)
    assert warmed.json["count"] == 2
    assert cached(api, "test1") == "memory"


def test_a_service_that_is_to_be_warm_answers_its_first_request_from_the_cache(local_api: Start) -> None:
    api = local_api(REDIS_WARM_CACHE="true")
    assert "The cache is warm: 2 stored" in api.said
    assert cached(api, "https://example.com") == "memory"


def test_clearing_makes_the_next_answer_a_miss(local_api: Start) -> None:
    api = local_api()
    cached(api, "again")
    cleared = request(f"{api.url}/api/qr/cache/clear", "POST").json
    assert (cleared["success"], cleared["count"], cleared["complete"]) == (True, 1, True)
    assert cached(api, "again") is False


def test_stats_count_hits_and_misses(local_api: Start) -> None:
    api = local_api()
    for _ in range(4):
        request(api.url + PICTURE)
    stats = request(f"{api.url}/api/qr/cache/stats").json["stats"]
    assert (stats["hits"], stats["misses"], stats["hit_rate"], stats["mode"]) == (3, 1, 75.0, "memory")


def test_a_second_environment_is_answered_from_redis(local_api: Start, redis_server: RedisServer) -> None:
    first, second = (local_api(REDIS_URL=redis_server.url) for _ in range(2))
    assert [cached(first, "shared"), cached(second, "shared")] == [False, "redis"]


def test_losing_redis_changes_only_where_the_answer_came_from(local_api: Start, redis_server: RedisServer) -> None:
    api = local_api(REDIS_URL=redis_server.url, MEMORY_CACHE_BYTES="0")
    request(api.url + PICTURE)
    before = request(api.url + PICTURE)
    redis_server.stop()
    after = request(api.url + PICTURE)
    changing = {"x-cache", "server-timing", "date"}
    assert (before.headers["x-cache"], after.headers["x-cache"]) == ("redis", "miss")
    assert {k: v for k, v in before.headers.items() if k not in changing} == {
        k: v for k, v in after.headers.items() if k not in changing
    }
    assert (before.status, before.body) == (after.status, after.body)


def test_hits_return_when_redis_does(local_api: Start, redis_server: RedisServer) -> None:
    api = local_api(REDIS_URL=redis_server.url, MEMORY_CACHE_BYTES="0")
    redis_server.stop()
    assert request(api.url + PICTURE).headers["x-cache"] == "miss"
    redis_server.start()
    wait_until(lambda: request(api.url + PICTURE).headers["x-cache"] == "redis", seconds=5)


def test_redis_may_come_after_the_service(local_api: Start, redis_server: RedisServer) -> None:
    redis_server.stop()
    api = local_api(REDIS_URL=redis_server.url)
    redis_server.start()
    wait_until(lambda: request(f"{api.url}/api/qr/cache/stats").status == 200, seconds=10)
    assert request(f"{api.url}/api/qr/cache/stats").json["stats"]["mode"] == "standalone"


def test_a_client_that_has_the_picture_gets_304(local_api: Start) -> None:
    api = local_api()
    tag = request(api.url + PICTURE).headers["etag"]
    again = request(api.url + PICTURE, headers={"if-none-match": tag})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_a_bad_request_gets_a_problem(local_api: Start) -> None:
    reply = request(f"{local_api().url}/api/qr/generate?data=x&size=1")
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")
    assert [issue["path"] for issue in reply.json["errors"]] == ["size"]


def test_two_workers_answer(local_api: Start) -> None:
    api = local_api(WORKERS="2")
    assert {request(api.url + PICTURE).status for _ in range(20)} == {200}


def test_an_interrupt_ends_it_quietly(local_api: Start) -> None:
    api = local_api()
    request(api.url + PICTURE)
    assert api.interrupt() == (0, "")


def test_a_busy_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_serve(PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "http"), ("PORT", "70000"), ("WORKERS", "0"), ("REDIS_TTL", "soon")]
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str) -> None:
    done = run_serve(**{name: value})
    assert (done.returncode, done.stderr.count("\n"), done.stderr.split()[0]) == (1, 1, name)
