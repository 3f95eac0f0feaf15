"""Write ``openapi.yaml`` from the code: ``python scripts/openapi.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Replace the file with what the code says now."""
    from scripts.api_description import print_document

    path = ROOT / "openapi.yaml"
    path.write_text(print_document(), encoding="utf-8")
    print(f"Wrote {path.name}.")


if __name__ == "__main__":
    main()
