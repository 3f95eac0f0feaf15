"""Draw the pictures of the documentation: ``python scripts/pictures.py``."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import parse_qsl

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]

PICTURES = {
    "link.svg": "data=https://example.com&size=200",
    "colours.svg": "data=https://example.com&size=200&colors.foreground=navy&colors.background=%23fff4d6&margin=2",
    "network.svg": "data.type=wifi&data.ssid=Guests&data.password=correct+horse&error_correction=H&size=200",
}
"""Each file, and the query string of ``GET /api/qr/generate`` that gives it."""


def drawn(query: str) -> bytes:
    """The picture that the query string describes, as the API answers it."""
    from qr_engine import drawing
    from qr_engine.request import object_of_pairs, parse

    _, request = parse(object_of_pairs(parse_qsl(query)), strict=False)
    body, _ = drawing.drawn(request)
    return body


def main() -> None:
    """Replace every picture with what the engine draws now."""
    for name, query in PICTURES.items():
        (FOLDER / name).write_bytes(drawn(query))
        print(f"Drew docs/images/{name}.")


if __name__ == "__main__":
    main()
