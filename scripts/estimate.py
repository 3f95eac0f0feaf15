"""Hold the estimate of drawing times against what random pictures take; `--fit` makes its prices anew, in some minutes.

Prices are of the machine that measures: of one core on which nothing else runs.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]

_TABLE = ROOT / "layers" / "qr_engine" / "qr_engine" / "pipeline" / "drawing_time.py"
_FITTED, _CHECKED = 400, 200
"""Pictures that prices are made from, and others that the estimate is held against."""


def main() -> None:
    """Measure, and print how many estimates are within a factor of two."""
    from scripts.benchmarks.handler import prepare_environment

    prepare_environment()

    from scripts.drawing_times.fitting import fit_prices
    from scripts.drawing_times.measuring import measure
    from scripts.drawing_times.requests import random_requests

    from qr_engine.pipeline.drawing_time import PRICES

    parser = argparse.ArgumentParser(description="Hold the estimate of drawing times against random pictures.")
    parser.add_argument("--fit", action="store_true", help="make the prices anew first, from other random pictures")
    parser.add_argument("--count", type=int, default=_CHECKED, help="pictures to hold it against (200)")
    arguments = parser.parse_args()
    prices = PRICES
    if arguments.fit:
        measured = list(measure(random_requests(_FITTED, seed=1)))
        prices = fit_prices([amounts for _, amounts, _ in measured], [ms for _, _, ms in measured])
        _write(prices)
    ratios = []
    for request, amounts, ms in measure(random_requests(arguments.count, seed=2)):
        estimate = sum(prices.get(kind, 0.0) * amount for kind, amount in amounts.items())
        ratios.append(estimate / ms)
        if not 0.5 <= ratios[-1] <= 2:
            print(f"{request.format} of {request.size} px: {ms:.1f} ms, estimated {estimate:.1f}")
    within = sum(0.5 <= ratio <= 2 for ratio in ratios)
    print(f"{within} of {len(ratios)} estimates are between half and twice of what was measured.")


def _write(prices: dict[str, float]) -> None:
    """Put the prices into the module that uses them."""
    rows = "".join(f'    "{kind}": {price:.3g},\n' for kind, price in prices.items())
    text = _TABLE.read_text(encoding="utf-8")
    pattern = r"(PRICES: Final\[dict\[str, float\]\] = \{).*?\}"
    _TABLE.write_text(re.sub(pattern, lambda found: f"{found[1]}\n{rows}}}", text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
