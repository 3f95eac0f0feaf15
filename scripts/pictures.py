"""Draw the pictures of the documentation: ``python scripts/pictures.py``."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import parse_qsl, quote

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]

_HEART = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><circle cx='12' cy='12' r='12'"
    " fill='#c2185b'/><path fill='#fff' d='M12 18.5 6.6 13a3.7 3.7 0 0 1 5.4-5 3.7 3.7 0 0 1 5.4 5z'/></svg>"
)

_SITE = "data=https://example.com&size=200&margin=2"

_SAMPLE = "data=https://example.com&size=160&margin=2&data_pattern=rounded&eye_shape=rounded_square"

_GRADIENTS = ("linear", "diagonal", "radial", "conic", "diamond", "spiral")

_EFFECTS = {"shadow": 60, "glow": 60, "blur": 70, "noise": 60, "vintage": 80}
"""Each with an intensity that shows it in a small picture."""

_FRAME = "data=https://example.com&size=240&margin=3&data_pattern=rounded&eye_shape=rounded_square"

PICTURES = {
    "link.svg": "data=https://example.com&size=200",
    "colours.svg": "data=https://example.com&size=200&colors.foreground=navy&colors.background=%23fff4d6&margin=2",
    "network.svg": "data.type=wifi&data.ssid=Guests&data.password=correct+horse&error_correction=H&size=200",
    "rounded.svg": f"{_SITE}&data_pattern=rounded&eye_shape=rounded_square"
    "&gradient.angle=45&gradient.colors=%235b2a86&gradient.colors=%23c2185b",
    "classy.svg": f"{_SITE}&data_pattern=classy_rounded&eye_shape=leaf&colors.foreground=%23004d40"
    "&colors.background=%23f3f8ee",
    "conic.svg": f"{_SITE}&data_pattern=extra_rounded&eye_border_style=quarter_round&eye_center_style=dot"
    "&gradient.type=conic&gradient.colors=%230b3d91&gradient.colors=%235b2a86&gradient.colors=%23b3541e"
    "&gradient.colors=%230b3d91",
    "logo.svg": f"{_SITE}&data_pattern=dots&eye_shape=circle&colors.foreground=%230b3d91&logo.shape=circle&logo.size=26"
    f"&logo.data={quote(_HEART)}",
    "badge.svg": f"{_SITE}&data_pattern=vertical&eye_shape=shield&frame.style=badge&frame.text=SCAN+ME"
    "&colors.foreground=%233e2723&frame.color=%23b3541e",
    "glow.svg": f"{_SITE}&data_pattern=extra_rounded&eye_shape=flower&colors.foreground=aquamarine"
    "&colors.background=%23101820&effects.0.type=glow&effects.0.intensity=50",
    "frame-simple.svg": f"{_FRAME}&frame.style=simple&frame.text=SCAN+ME&frame.color=%2300695c",
    "frame-rounded.svg": f"{_FRAME}&frame.style=rounded&frame.text=Scan+for+the+menu&frame.text_position=top"
    "&frame.color=%235b2a86",
    "frame-bubble.svg": f"{_FRAME}&frame.style=bubble&frame.color=%23b3541e"
    "&frame.text=%C4%8Cesky,+%CE%95%CE%BB%CE%BB%CE%B7%CE%BD%CE%B9%CE%BA%CE%AC",
    "frame-speech.svg": f"{_FRAME}&frame.style=speech&frame.text=Say+hello!&frame.color=%23c2185b",
    "frame-badge.svg": f"{_FRAME}&frame.style=badge&frame.text=Free+Wi-Fi+%E2%86%92&frame.color=%230b3d91"
    "&colors.background=%23fff4d6",
    "stroke.svg": "data=https://example.com&size=160&margin=2&data_pattern=dots&eye_shape=circle"
    "&colors.foreground=%230b3d91&stroke.color=gold&stroke.width=0.2",
    **{
        f"gradient-{kind}.svg": f"{_SAMPLE}&gradient.type={kind}&gradient.colors=%23c2185b&gradient.colors=%230b3d91"
        for kind in _GRADIENTS
    },
    **{
        f"effect-{kind}.svg": f"{_SAMPLE}&colors.foreground=%235b2a86"
        f"&effects.0.type={kind}&effects.0.intensity={amount}"
        for kind, amount in _EFFECTS.items()
    },
}
"""Each file, and the query string of ``GET /api/qr/generate`` that gives it."""


def draw(query: str) -> bytes:
    """Return the picture that the query string describes, as the API answers it."""
    from qr_engine.pipeline import generate
    from qr_engine.request import decode_pairs, parse

    _, request = parse(decode_pairs(parse_qsl(query)), strict=False)
    body, _ = generate.draw_picture(request)
    return body


def main() -> None:
    """Replace every picture with what the engine draws now."""
    for name, query in PICTURES.items():
        (FOLDER / name).write_bytes(draw(query))
        print(f"Drew docs/images/{name}.")


if __name__ == "__main__":
    main()
