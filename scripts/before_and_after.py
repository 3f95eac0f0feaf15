"""Draw what changed between two renderers: ``python scripts/before_and_after.py COMMIT [file] [pixels of a code]``.

Every option of a style is drawn by the layer of that commit and by the one here; the sheet has those that differ, the
older picture on the left.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main(commit: str, file: str = "before-and-after.webp", side: str = "180") -> None:
    """Write the sheet to `file`."""
    from scripts.contact_sheets.before_and_after import compare

    sheet, count = compare(commit, int(side))
    sheet.save(file, lossless=True)
    print(f"Drew {file}: {count} options changed since {commit}.")


if __name__ == "__main__":
    main(*sys.argv[1:4])
