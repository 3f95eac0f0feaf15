"""Put a load on the API and say how it bears it: ``python scripts/load_test.py --help``, or docs/load-testing.md."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The layer, where it is there, signs addresses.
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> int:
    """Run the test that the command line describes, or compare two results; the exit status."""
    from scripts.load.command import run

    return run(sys.argv[1:])


# The client processes import this file again.
if __name__ == "__main__":
    sys.exit(main())
