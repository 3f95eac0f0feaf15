"""Whether an SVG logo shows anything, seen from its drawing."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from ..model import Logo, refuse

__all__ = ["check_seen"]

# Pixels of the longer side; of a strip, the shorter one still has four.
_SIDE: Final = 80


def check_seen(logo: Logo) -> None:
    """Refuse what the program that draws it later cannot draw, or would leave empty."""
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
        # Rust code that gives up raises what is no Exception, of a class that has no module to be imported from.
        if type(error).__name__ != "PanicException":
            raise
        refuse("The SVG cannot be drawn.")
    with Image.open(BytesIO(drawn)) as image:
        if image.convert("RGBA").getchannel("A").getbbox() is None:
            refuse("The SVG is fully transparent.")
