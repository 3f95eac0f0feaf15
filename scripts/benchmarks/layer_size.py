"""How large the layer is once Lambda has unpacked it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .built_layer import built_layer
from .harness import Measured, Run
from .results import LeftOut, Line, Result

__all__ = ["TITLE", "results"]

TITLE = "Layer unpacked"

_LIMIT = 45_000_000


def results(run: Run) -> Iterator[Result]:
    """Bytes of every file, against what is allowed and against the usual stack."""
    built = built_layer(run)
    if isinstance(built, LeftOut):
        yield LeftOut(TITLE, built.why)
        return
    ours = _size("the layer", built.layer)
    limit = Measured("the most that is wanted", _LIMIT, _LIMIT, unit="B")
    yield Line(what="sum of the files, bytecode included", ours=ours, theirs=limit, target=1)
    usual = _size("segno + Pillow + redis + Powertools", built.usual)
    yield Line(what="sum of the files, bytecode included", ours=ours, theirs=usual)


def _size(name: str, folder: Path) -> Measured:
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Measured(name, total, total, unit="B")
