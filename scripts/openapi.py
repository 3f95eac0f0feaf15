"""Write ``openapi.yaml`` from the code: ``python scripts/openapi.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Replace the file, and the one that the service hands out, with what the code says now."""
    from scripts.api_description import SERVED, print_document, print_served

    for path, text in ((ROOT / "openapi.yaml", print_document()), (ROOT / SERVED, print_served())):
        path.write_text(text, encoding="utf-8")
        print(f"Wrote {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
