"""Draw the pictures of the documentation: ``python scripts/pictures.py``."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import parse_qsl

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]

_SITE = "data=https://example.com&size=200&margin=2"

_FRAME = "data=https://example.com&size=240&margin=3&data_pattern=rounded&eye_shape=rounded_square"

PICTURES = {
    "link.svg": "data=https://example.com&size=200",
    "colours.svg": "data=https://example.com&size=200&colors.foreground=navy&colors.background=%23fff4d6&margin=2",
    "network.svg": "data.type=wifi&data.ssid=Guests&data.password=correct+horse&error_correction=H&size=200",
    "rounded.svg": f"{_SITE}&data_pattern=rounded&eye_shape=rounded_square"
    "&gradient.angle=45&gradient.colors=%235b2a86&gradient.colors=%23c2185b",
    "dots.svg": f"{_SITE}&data_pattern=dots&eye_shape=circle&colors.foreground=%230b3d91&colors.eye_center=%23c2185b",
    "classy.svg": f"{_SITE}&data_pattern=classy_rounded&eye_shape=leaf&colors.foreground=%23004d40"
    "&colors.background=%23f3f8ee",
    "conic.svg": f"{_SITE}&data_pattern=extra_rounded&eye_border_style=quarter_round&eye_center_style=dot"
    "&gradient.type=conic&gradient.colors=%230b3d91&gradient.colors=%235b2a86&gradient.colors=%23b3541e"
    "&gradient.colors=%230b3d91",
    "diamond.svg": f"{_SITE}&data_pattern=diamond&eye_border_style=hexagon&eye_center_style=diamond"
    "&colors.foreground=%23263238&colors.eye_border=%2300695c&colors.eye_center=%2300695c",
    "vertical.svg": f"{_SITE}&data_pattern=vertical&eye_shape=shield&colors.foreground=%233e2723"
    "&background_gradient.type=radial&background_gradient.colors=%23fffdf5&background_gradient.colors=%23ffe0b2",
    "frame-simple.svg": f"{_FRAME}&frame.style=simple&frame.text=SCAN+ME&frame.color=%2300695c",
    "frame-rounded.svg": f"{_FRAME}&frame.style=rounded&frame.text=Scan+for+the+menu&frame.text_position=top"
    "&frame.color=%235b2a86",
    "frame-bubble.svg": f"{_FRAME}&frame.style=bubble&frame.color=%23b3541e"
    "&frame.text=%C4%8Cesky,+%CE%95%CE%BB%CE%BB%CE%B7%CE%BD%CE%B9%CE%BA%CE%AC",
    "frame-speech.svg": f"{_FRAME}&frame.style=speech&frame.text=Say+hello!&frame.color=%23c2185b",
    "frame-badge.svg": f"{_FRAME}&frame.style=badge&frame.text=Free+Wi-Fi+%E2%86%92&frame.color=%230b3d91"
    "&colors.background=%23fff4d6",
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
