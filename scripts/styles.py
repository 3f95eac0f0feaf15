"""Write docs/styles.md with its pictures: ``make styles``, which takes some minutes and Ghostscript."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Replace the page and every picture of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, help="how many pictures are read at a time, where not one a processor")
    jobs = parser.parse_args().jobs
    from scripts.style_table.page import write_page

    text = write_page(ROOT / "docs", print, jobs=jobs)
    (ROOT / "docs" / "styles.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
