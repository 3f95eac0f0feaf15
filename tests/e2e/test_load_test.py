"""The load tools against the local API, as their user starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.machine import command
from tests.sam_cli import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.conftest import LocalApi
    from tests.redis_server import RedisServer

    Start = Callable[..., LocalApi]

FEW = ("--total", "240", "--codes", "20", "--concurrent", "8", "--warm-up", "10", "--decode", "1")


def load_test(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(ROOT / "scripts" / "load_test.py"), "--report", str(folder), *words]
    return subprocess.run(program, capture_output=True, text=True, timeout=120, check=False)


def result_in(folder: Path) -> dict[str, Any]:
    (file,) = folder.glob("load_test_results_*.json")
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def test_every_phase_finds_what_it_is_about(local_api: Start, redis_server: RedisServer, tmp_path: Path) -> None:
    api = local_api(WORKERS="2", REDIS_URL=redis_server.url)
    goals = "failed=0,unreadable=0,successful=240,hit_rate>80"
    done = load_test(tmp_path, "--url", api.url, *FEW, "--formats", "svg,png,pdf", "--assert", goals)
    assert done.returncode == 0, done.stdout + done.stderr
    result = result_in(tmp_path)
    sources = {name: times and times["count"] for name, times in result["response_times"].items()}
    assert sources["drawn"] == 20, "each code is drawn once"
    assert sources["memory"]
    assert sources["redis"]
    assert sources["revalidated"] == 48
    assert [phase["hit_rate"] for phase in result["phases"] if phase["name"] in ("warm", "warmed")] == [100, 100]
    assert result["summary"]["decoded"] >= 20
    assert result["cache_stats"]["final"]["mode"] == "standalone"
    assert [file.suffix for file in sorted(tmp_path.iterdir())] == [".html", ".json"]


def test_an_open_loop_keeps_its_rate_whatever_the_service_does(local_api: Start, tmp_path: Path) -> None:
    words = ("--rate", "100", "--duration", "1.5", "--phases", "warm", "--profile", "basic", "--codes", "5", "--json")
    done = load_test(tmp_path, "--url", local_api().url, *words)
    assert done.returncode == 0, done.stderr
    assert 90 < json.loads(done.stdout)["summary"]["successful"] < 220


def test_a_goal_that_is_missed_is_the_exit_status(local_api: Start, tmp_path: Path) -> None:
    done = load_test(tmp_path, "--url", local_api().url, *FEW, "--phases", "cold", "--assert", "p95<1us,failed=0")
    assert done.returncode == 1
    assert "missed p95<1us" in done.stdout
    assert [goal["met"] for goal in result_in(tmp_path)["goals"]] == [False, True]


def test_results_are_compared(local_api: Start, tmp_path: Path) -> None:
    api = local_api()
    for name in ("a", "b"):
        load_test(tmp_path / name, "--url", api.url, *FEW, "--phases", "warm")
    files = [str(next((tmp_path / name).glob("*.json"))) for name in ("a", "b")]
    done = load_test(tmp_path, "--compare", *files)
    assert done.returncode == 0, done.stderr
    assert "cached.median" in done.stdout


def test_a_service_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = load_test(tmp_path, "--url", "http://127.0.0.1:1")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "does not answer" in done.stderr


def test_the_quick_one_shows_a_rate_for_every_payload(local_api: Start) -> None:
    command("ab", "apt-get install apache2-utils")
    environment = {**os.environ, "REQUESTS": "40", "CONCURRENT": "4"}
    script = [str(ROOT / "scripts" / "load_test.sh"), local_api().url]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("equests") >= 7
    assert done.stdout.count('"success":true') == 2


def test_the_quick_one_is_sound_shell() -> None:
    shellcheck = command("shellcheck", "apt-get install shellcheck")
    done = subprocess.run(
        [shellcheck, str(ROOT / "scripts" / "load_test.sh")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
