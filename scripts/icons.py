"""Try the SVGs of icon sets as logos, against Chromium.

The folders are unpacked packages of npm, which are no part of this repository: devicon (MIT), flag-icons (MIT) and
simple-icons (CC0-1.0).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Print the report of the sets that the command line names."""
    from scripts.icon_sets.report import report

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="try one file of so many")
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    given = parser.parse_args()
    pairs = [each.partition("=") for each in given.sets]
    report({name: Path(folder) for name, _, folder in pairs}, given.every)


if __name__ == "__main__":
    main()
