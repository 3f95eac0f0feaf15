"""Check that an SVG logo shows anything, by drawing it."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from ..model import Logo, refuse

__all__ = ["check_seen"]

# Pixels of the longer side; the shorter side of the narrowest strip then still has four.
_SIDE: Final = 80


def check_seen(logo: Logo) -> None:
    """Refuse a logo that the renderer cannot draw, or draws as nothing."""
    import resvg_py
    from PIL import Image

    scale = _SIDE / max(logo.width, logo.height)
    across, down = max(1, round(logo.width * scale)), max(1, round(logo.height * scale))
    sized = logo.body.decode().replace("<svg ", f'<svg width="{across}" height="{down}" ', 1)
    try:
        drawn = resvg_py.svg_to_bytes(svg_string=sized, skip_system_fonts=True)
    except ValueError as error:
        refuse(f"The SVG cannot be drawn: {error}.")
    except BaseException as error:
        # A panic in Rust code raises a class that is no `Exception`, and that cannot be imported from any module.
        if type(error).__name__ != "PanicException":
            raise
        refuse("The SVG cannot be drawn.")
    with Image.open(BytesIO(drawn)) as image:
        if image.convert("RGBA").getchannel("A").getbbox() is None:
            refuse("The SVG is fully transparent.")
