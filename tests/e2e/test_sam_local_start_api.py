"""The API behind the real SAM CLI, over HTTP; each request meets a fresh execution environment in a container."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from scripts.release import environments
from tests.e2e.http_client import read_code, request, wait_until
from tests.machine import container_engine
from tests.redis_server import free_port
from tests.sam_cli import ROOT, sam, shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.redis_server import RedisServer

PICTURE = "/api/qr/generate?data=https://example.com"


@pytest.fixture(scope="module")
def api(built: Path, tmp_path_factory: pytest.TempPathFactory, redis_for_containers: RedisServer) -> Iterator[str]:
    """The address of ``sam local start-api``, whose functions share a real Redis."""
    folder = tmp_path_factory.mktemp("start-api")
    (folder / "environment.json").write_text(json.dumps({"Parameters": {"REDIS_URL": redis_for_containers.url}}))
    yield from started(built, folder, "--env-vars", str(folder / "environment.json"))


@pytest.fixture(scope="module")
def dev_api(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same with the environment that the functions of the dev stack have, on this machine's processor."""
    container_engine()
    given = environments()["dev"].parameters | {"Architecture": "x86_64"}
    overrides = [f"{name}={value}" for name, value in given.items()]
    yield from started(built, tmp_path_factory.mktemp("dev"), "--parameter-overrides", *overrides)


def started(built: Path, folder: Path, *options: str) -> Iterator[str]:
    """Start it with these options, give its address, and end it."""
    port = free_port()
    arguments = [sam(), "local", "start-api", "--port", str(port), "--skip-pull-image"]
    arguments += ["--template-file", str(built / "template.yaml"), "--config-file", str(ROOT / "samconfig.toml")]
    arguments += options
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(arguments, env=shell(), stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: request(f"{url}/").status > 0, seconds=60)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=60)


def test_an_svg(api: str) -> None:
    reply = request(f"{api}{PICTURE}")
    assert (reply.status, reply.headers["content-type"]) == (200, "image/svg+xml")
    assert reply.text == "https://example.com"


def test_a_png_byte_for_byte(api: str) -> None:
    reply = request(f"{api}{PICTURE}&format=png&size=512", headers={"accept": "*/*"})
    assert (reply.status, reply.headers["content-type"], reply.body[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    assert reply.text == "https://example.com"


def test_json(api: str) -> None:
    body = json.dumps({"data": "žluťoučký kůň ±°µ×", "error_correction": "H"})
    reply = request(f"{api}/api/qr/generate", "POST", body=body, headers={"content-type": "application/json"})
    assert reply.json["success"] is True
    assert read_code(reply.json["data"].encode(), reply.json["content_type"]) == "žluťoučký kůň ±°µ×"


def test_a_client_that_has_the_picture_gets_304(api: str) -> None:
    tag = request(f"{api}{PICTURE}&margin=5").headers["etag"]
    again = request(f"{api}{PICTURE}&margin=5", headers={"if-none-match": tag})
    assert (again.status, again.body) == (304, b"")


def test_a_bad_request_gets_a_problem(api: str) -> None:
    reply = request(f"{api}/api/qr/generate?data=x&size=1")
    assert (reply.status, reply.headers["content-type"]) == (400, "application/problem+json")


def test_a_second_environment_answers_from_redis(api: str) -> None:
    first, second = (request(f"{api}/api/qr/generate?data=twice") for _ in range(2))
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("miss", "redis")
    assert first.body == second.body


def test_the_dev_stack_answers_and_keeps_codes_in_memory_only(dev_api: str) -> None:
    picture, stats = request(f"{dev_api}{PICTURE}"), request(f"{dev_api}/api/qr/cache/stats")
    assert (picture.status, picture.text, picture.headers["x-cache"]) == (200, "https://example.com", "miss")
    assert stats.json["stats"]["mode"] == "memory"
