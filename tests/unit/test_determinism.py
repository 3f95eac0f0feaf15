"""The same request gives the same bytes in every process, however it hashes and wherever it is, in whatever order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
import json, sys
from hashlib import sha256
from qr_engine.pipeline.generate import draw_picture
from qr_engine.pipeline.metadata import pack_metadata
from qr_engine.render import FORMATS
from qr_engine.request import cache_key, canonical_bytes, parse

styled = {
    "data_pattern": "random",
    "eye_border_style": "leaf",
    "eye_center_style": "heart",
    "gradient": {"type": "spiral", "colors": ["#5b2a86", "#0b3d91"]},
    "verify": False,
}
looks = [{}, {"colors": {"foreground": "navy", "background": "#fffbe6"}}, styled]
asked = [{"data": "žluťoučký kůň 茗荷", "format": form, "size": 256, **look} for form in FORMATS for look in looks]
asked += [
    {"data": {"type": "event", "title": "Dinner", "start": "2026-05-01T18:30:00+02:00"}},
    {"data": "x" * 40, "structured_append": {"part": 2, "parts": 3}},
    {"data": "12345", "micro": True},
]
found = {}
for number in range(len(asked))[:: int(sys.argv[1])]:
    canonical = parse(asked[number])[1]
    body, metadata = draw_picture(canonical)
    key = cache_key(canonical_bytes(canonical))
    found[number] = [key, sha256(body).hexdigest(), pack_metadata(metadata).hex()]
print(json.dumps(found, sort_keys=True))
"""


def draw(folder: Path, order: int, **environment: str) -> dict[str, list[str]]:
    """Key, bytes and metadata of some codes of every kind, drawn by a new process in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(order)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "layers" / "qr_engine"), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_every_process_draws_the_same(tmp_path: Path) -> None:
    one = draw(tmp_path, 1, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    other = draw(ROOT, -1, PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert len(one) > 20
    assert one == other
