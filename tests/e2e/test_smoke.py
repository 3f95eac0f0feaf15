"""``make smoke``: what it says of an API that works, and of one that does not."""

from __future__ import annotations

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from tests.redis_server import RedisServer
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.conftest import LocalApi


def smoke(url: str, *options: str) -> tuple[int, dict[str, str]]:
    """What the smoke test ends with, and its verdict on each check."""
    command = [sys.executable, str(ROOT / "scripts" / "smoke.py"), url, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    return done.returncode, {line[9:35].strip(): line.split()[0] for line in done.stdout.splitlines()}


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


def test_an_api_that_works_passes_every_check(local_api: Callable[..., LocalApi], redis: RedisServer) -> None:
    api = local_api(REDIS_URL=redis.url, WORKERS="2", MEMORY_CACHE_BYTES="0")
    ended, verdicts = smoke(api.url)
    assert ended == 0
    # The alarms' metrics are AWS's to tell.
    assert verdicts.pop("metrics of the alarms") == "skipped"
    assert {*verdicts.values()} == {"ok"}
    assert "a hit across environments" in verdicts


def test_without_a_shared_cache_that_check_is_left_out(local_api: Callable[..., LocalApi]) -> None:
    ended, verdicts = smoke(local_api().url)
    assert ended == 0
    assert verdicts["a hit across environments"] == "skipped"


@pytest.mark.parametrize("signing", ["required", "admin"])
def test_it_signs_what_it_asks_where_it_knows_the_key(
    local_api: Callable[..., LocalApi], monkeypatch: pytest.MonkeyPatch, signing: str
) -> None:
    key = {"SIGNING_KEY": "a key for tests, of more than 32 bytes", "SIGNING_KEY_ID": "2026-11"}
    api = local_api(SIGNING=signing, **key)
    ended, verdicts = smoke(api.url)
    assert ended == 1
    assert "failed" in verdicts.values()
    for name, value in key.items():
        monkeypatch.setenv(name, value)
    ended, verdicts = smoke(api.url)
    assert ended == 0, verdicts


def test_where_a_style_is_required_every_check_passes_with_one(
    local_api: Callable[..., LocalApi], tmp_path: Path
) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "acme.json").write_text('{"data_pattern": "rounded", "lock": true}', encoding="utf-8")
    api = local_api(ASSETS_DIR=str(tmp_path), REQUIRE_STYLE="true")
    ended, verdicts = smoke(api.url, "--style", "acme")
    assert (ended, verdicts["GET styles"], verdicts["a styled PNG, read"]) == (0, "ok", "ok")
    assert smoke(api.url)[0] == 1


def test_it_leaves_nothing_in_the_cache(local_api: Callable[..., LocalApi], redis: RedisServer) -> None:
    api = local_api(REDIS_URL=redis.url)
    smoke(api.url)
    with Redis.from_url(redis.url) as client:
        assert list(client.scan_iter("*:e*:*")) == []


class _Broken(BaseHTTPRequestHandler):
    """Answers everything with 500, as a function that does not start."""

    def do_GET(self) -> None:
        self.send_error(500)

    def do_POST(self) -> None:
        self.send_error(500)

    def do_HEAD(self) -> None:
        self.send_error(500)

    def log_message(self, *arguments: object) -> None:
        pass


def test_an_api_that_answers_nothing_but_500_fails_every_check() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Broken)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        ended, verdicts = smoke(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
    verdicts.pop("metrics of the alarms")
    assert ended == 1
    assert {*verdicts.values()} == {"failed"}


def test_nobody_there_is_a_failure_and_no_traceback() -> None:
    ended, verdicts = smoke("http://127.0.0.1:9")
    assert ended == 1
    assert verdicts["GET generate"] == "failed"
