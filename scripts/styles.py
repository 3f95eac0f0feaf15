"""Write docs/styles.md with its pictures: ``python scripts/styles.py``; takes some minutes, ZBar and Ghostscript."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Replace the page and every picture of it."""
    from scripts.style_table.page import write_page

    text = write_page(ROOT / "docs", print)
    (ROOT / "docs" / "styles.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
