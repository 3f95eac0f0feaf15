"""The maps of the tree name what is there."""

from __future__ import annotations

import re

import pytest
from tests.documents import ROOT

LAYER = ROOT / "layers" / "qr_engine" / "qr_engine"
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## The map")[1].split("\n## ")[0]
ROWS = [row.strip("| ").split(" | ") for row in MAP.splitlines() if row.startswith("| `")]
PATH = re.compile(r"`([\w/]+(?:/|\.(?:py|lua)))`")


def rooms() -> set[str]:
    """The packages of the layer and the modules of its root, as the map spells them."""
    packages = {f"{path.parent.relative_to(LAYER)}/" for path in LAYER.rglob("*/__init__.py")}
    return packages | {path.name for path in LAYER.glob("[!_]*.py")}


def test_the_map_has_a_row_for_every_room():
    assert sorted(name for room, _ in ROWS for name in PATH.findall(room)) == sorted(rooms())


@pytest.mark.parametrize(("room", "text"), ROWS, ids=[room for room, _ in ROWS])
def test_a_row_names_modules_of_its_room(room: str, text: str):
    folder = LAYER / PATH.findall(room)[0]
    assert all((folder / name).exists() for name in PATH.findall(text))
