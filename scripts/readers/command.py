"""The command: its options, and what becomes of the results."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from .decoders import DECODERS
from .matrix import ALL_FAMILIES, FAMILIES
from .measuring import Plan, measure
from .page import PAGE, tables, write_page
from .results import load

__all__ = ["run"]

_EXAMPLES = """examples:
  measure_readers.py                                     everything, into docs/readers.md and its chart
  measure_readers.py --quick                             one picture in twelve, on the terminal only
  measure_readers.py --part matrix --family eyes         the matrix of one family, plain codes beside it
  measure_readers.py --part matrix --family "eyes, all" --family "borders, all" --decoder quirc --decoder boofcv
  measure_readers.py --part every --family borders --decoder jsqr    each with all 36 symbols and sizes
  measure_readers.py --part photographs --decoder zbar   the physical conditions, one decoder
  measure_readers.py --layer ../other/layers/qr_engine --keep before.json     another checkout's drawings
  measure_readers.py --from before.json                  the tables of a run that was kept
Only a run of the matrix and the photographs with all families and decoders writes the page. Pictures are drawn once and
kept in .make/readers/pictures until a file of the layer changes.
"""


_PARTS = ("matrix", "photographs", "every")


def run(arguments: Sequence[str], root: Path) -> None:
    """Measure what the arguments say; print the tables, or write the page of a whole run."""
    parser = argparse.ArgumentParser(
        prog="measure_readers.py",
        description=__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--part", action="append", choices=_PARTS, help="only this part; every: each style with every symbol"
    )
    parser.add_argument(
        "--family", action="append", choices=(*FAMILIES, *ALL_FAMILIES), help="only these rows of the matrix"
    )
    parser.add_argument("--decoder", action="append", choices=tuple(DECODERS), help="only these decoders")
    parser.add_argument("--quick", action="store_true", help="one picture in twelve")
    parser.add_argument("--jobs", type=int, help="how many decoders read at a time, where not one a processor")
    parser.add_argument("--layer", type=Path, help="draw with the layer in this folder")
    parser.add_argument("--keep", type=Path, help="write the results, picture by picture, into this file")
    parser.add_argument("--from", dest="kept", type=Path, help="measure nothing: take the results from this file")
    chosen = parser.parse_args(arguments)
    plan = Plan(
        parts=tuple(chosen.part or (("matrix",) if chosen.family else ("matrix", "photographs"))),
        families=tuple(chosen.family or ()),
        decoders=tuple(chosen.decoder or ()),
        quick=chosen.quick,
        jobs=chosen.jobs,
    )
    started = time.monotonic()
    results = load(chosen.kept) if chosen.kept else measure(plan, lambda what: print(f"{_since(started)} {what}"))
    if chosen.keep:
        results.save(chosen.keep)
    whole = {"matrix", "photographs"} <= {*plan.parts} and not (plan.families or plan.decoders or plan.quick)
    if whole and not (chosen.layer or chosen.kept):
        write_page(results, root / "docs")
        print(f"{_since(started)} wrote docs/{PAGE}")
    else:
        print(tables(results))


def _since(started: float) -> str:
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    return f"{minutes:2}:{seconds:02}"
