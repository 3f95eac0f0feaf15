"""``make bench`` in its quick mode: that everything runs, not what it finds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, str(ROOT / "scripts" / "bench.py"), "--out", str(folder)]
    subprocess.run(command, env={**os.environ, "QUICK": "1"}, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def topics(written: Path) -> list[dict[str, Any]]:
    topics: list[dict[str, Any]] = json.loads((written / "benchmarks.json").read_text("utf-8"))["topics"]
    return topics


def test_every_line_has_a_ratio(topics: list[dict[str, Any]]):
    ratios = [line["ratio"] for topic in topics for line in topic["lines"]]
    assert ratios
    assert all(ratio > 0 for ratio in ratios)


def test_a_topic_without_lines_says_what_it_lacks(topics: list[dict[str, Any]]):
    silent = [topic["title"] for topic in topics if not topic["lines"] and not topic["left_out"]]
    assert not silent


def test_the_page_has_a_heading_for_every_topic(written: Path, topics: list[dict[str, Any]]):
    page = (written / "benchmarks.md").read_text("utf-8")
    assert [topic["title"] for topic in topics] == [line[3:] for line in page.splitlines() if line.startswith("## ")]


def test_no_path_of_this_computer_is_written(written: Path):
    text = "".join(file.read_text("utf-8") for file in written.rglob("*.*") if file.is_file())
    assert str(ROOT) not in text


def test_the_charts_that_the_page_shows_are_written(written: Path):
    shown = re.findall(r"]\((charts/[a-z-]+\.svg)\)", (written / "benchmarks.md").read_text("utf-8"))
    assert shown
    assert all((written / name).read_text("utf-8").startswith("<svg") for name in shown)
