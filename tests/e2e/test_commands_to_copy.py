"""What README and the first tour have to copy, copied: by a shell, from the top to the bottom, against a server."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from tests.documents import ROOT, blocks

Start = Callable[..., Any]

NOT_HERE = ("make ", "sam ", "REDIS_URL=")
"""What starts a server or deploys one."""


def lines(name: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    return "\n".join(
        block.text for block in blocks(text) if block.language == "sh" and not block.text.startswith(NOT_HERE)
    )


def copy(script: str, url: str, folder: Path) -> str:
    """Run the lines of a document as they are, but at another port; gives what they print."""
    shutil.copy(ROOT / "scripts" / "load" / "logos" / "bolt.png", folder / "logo.png")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script.replace("http://127.0.0.1:3000", url)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(file: Path) -> list[str]:
    return [barcode.text for barcode in zxingcpp.read_barcodes(Image.open(file))]


def answers(printed: str) -> list[Any]:
    """The JSON documents that were printed one after the other."""
    decoder, found, rest = json.JSONDecoder(), [], printed.lstrip()
    while rest:
        document, end = decoder.raw_decode(rest)
        found.append(document)
        rest = rest[end:].lstrip()
    return found


def test_what_readme_has_to_copy_works(local_api: Start, tmp_path: Path):
    wifi, reading = answers(copy(lines("README.md"), local_api().url, tmp_path))
    assert read(tmp_path / "qr.png") == ["https://example.com/?a=1&b=2"]
    assert read(tmp_path / "styled.png") == ["https://example.com"]
    assert wifi["success"]
    assert [symbol["text"] for symbol in reading["symbols"]] == ["https://example.com/?a=1&b=2"]


def test_the_first_tour_works_from_its_beginning_to_its_end(local_api: Start, tmp_path: Path):
    envelope, reading = answers(copy(lines("docs/getting-started.md"), local_api().url, tmp_path))
    assert read(tmp_path / "styled.png") == ["https://example.com"]
    assert b"<svg" in (tmp_path / "first.svg").read_bytes()
    assert b"<svg" in (tmp_path / "link.svg").read_bytes()
    assert envelope["metadata"]["scan"]["score"] is not None
    assert [symbol["text"] for symbol in reading["symbols"]] == ["https://example.com"]


@pytest.mark.parametrize("name", ["README.md", "docs/getting-started.md"])
def test_every_line_to_copy_is_one_that_is_tried(name: str):
    assert lines(name).count("curl") >= 4
