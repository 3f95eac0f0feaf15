"""A styled code, text to file and not read back, against python-qrcode's styled pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache, partial
from gzip import compress
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from qr_engine.pipeline.generate import draw_picture
from qr_engine.request import CanonicalRequest, parse

from .harness import Measured, Run, call, measure
from .machine import peer
from .node_peer import NPM_STYLED, node_peer
from .results import LeftOut, Line, Result
from .symbol_makers import PYTHON_QRCODE, url

__all__ = ["TITLE", "request_for", "results"]

TITLE = "Styled code of version 10-H: rounded modules, linear gradient, logo"

_CHARACTERS = 110
_SIZE = 1024
_MODULE_PIXELS = 15
"""As many as 57 modules and a quiet zone of 4 on each side have in 1,024 pixels; theirs gets none beyond."""

_LOGO_PERCENT = 20

_FROM, _TO = "#5b2a86", "#0b3d91"


def results(run: Run) -> Iterator[Result]:
    """Our PNG and our SVG against the one PNG, each from the text to the finished file."""
    text = url(_CHARACTERS)
    png, svg = (request_for(text, form) for form in ("png", "svg"))
    version = draw_picture(png)[1].version
    if version != 10:
        raise ValueError(f"{_CHARACTERS} characters make version {version}, and 10 is wanted")
    yield from _sizes(text)
    qrcode, drawers = peer("qrcode"), peer("qrcode.image.styles.moduledrawers.pil")
    if qrcode is None or drawers is None:
        yield LeftOut(PYTHON_QRCODE, "needs its packages: pip install qrcode pillow")
        return
    ours_png, ours_svg, theirs = measure(
        run,
        [
            call("qr_engine", partial(draw_picture, png)),
            call("qr_engine", partial(draw_picture, svg)),
            call(f"{PYTHON_QRCODE}, StyledPilImage", partial(_styled_pil, qrcode, drawers, text)),
        ],
        rounds=1 if run.quick else 3,
    )
    yield Line(what=f"{_SIZE:,} px PNG, text to file", ours=ours_png, theirs=theirs, target=5)
    yield Line(what="SVG against that PNG, text to file", ours=ours_svg, theirs=theirs, target=20)
    yield from _against_npm(run, request_for(text, "svg", logo=False), text)


def _sizes(text: str) -> Iterator[Result]:
    """Measure the SVG of a pattern against that of the plain code, and the same compressed, as most clients get it."""
    for pattern in ("square", "classy", "rounded"):
        for what, packed in (("SVG", bytes), ("SVG, gzip", compress)):
            ours, plain = (
                _bytes(name, packed(_svg(text, **style)))
                for name, style in (
                    ("qr_engine", {"data_pattern": pattern, "eye_shape": "rounded_square"}),
                    ("plain SVG", {}),
                )
            )
            target = _MOST_GROWTH if pattern == "square" else None
            yield Line(what=f"{what}, {pattern}", ours=ours, theirs=plain, as_floor=True, target=target)


_MOST_GROWTH = 1.5
"""Where the modules stay square; curves take more to write than edges."""


def _svg(text: str, **style: str) -> bytes:
    return draw_picture(parse({"data": text, "format": "svg", "error_correction": "H", "verify": False, **style})[1])[0]


def _bytes(name: str, body: bytes) -> Measured:
    return Measured(name, len(body), len(body), unit="bytes")


def _against_npm(run: Run, svg: CanonicalRequest, text: str) -> Iterator[Result]:
    """SVG against SVG, both without a logo, which theirs would load as a browser does."""
    node = node_peer(run)
    if isinstance(node, LeftOut):
        yield LeftOut(NPM_STYLED, node.why)
        return
    theirs = node.styled(text, "H", size=_SIZE, margin=4 * _MODULE_PIXELS)
    ours, others = measure(run, [call("qr_engine", partial(draw_picture, svg)), theirs], rounds=1 if run.quick else 7)
    yield Line(what="SVG without the logo, text to file", ours=ours, theirs=others, target=1)


def request_for(text: str, form: str, *, logo: bool = True, verify: bool = False) -> CanonicalRequest:
    """Return the styled code of `text` in a format."""
    request = {
        "data": text,
        "format": form,
        "size": _SIZE,
        "error_correction": "H",
        "data_pattern": "rounded",
        "eye_shape": "rounded_square",
        "gradient": {"type": "linear", "colors": [_FROM, _TO]},
        "verify": verify,
    }
    if logo:
        request["logo"] = {"data": b64encode(_logo()).decode(), "size": _LOGO_PERCENT, "padding": 0}
    return parse(request)[1]


@cache
def _logo() -> bytes:
    """Return a disc of 256 pixels, as PNG."""
    picture = Image.new("RGBA", (256, 256))
    ImageDraw.Draw(picture).ellipse((0, 0, 255, 255), "#c2185b")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _styled_pil(qrcode: Any, drawers: Any, text: str) -> bytes:
    """Its rounded modules and its gradient from left to right; it has no eyes of their own to round."""
    styled, masks = peer("qrcode.image.styledpil"), peer("qrcode.image.styles.colormasks")
    if styled is None or masks is None:
        raise ValueError("python-qrcode has no styled pictures")
    code = qrcode.QRCode(
        version=10, error_correction=qrcode.constants.ERROR_CORRECT_H, box_size=_MODULE_PIXELS, border=4
    )
    code.add_data(text)
    picture = code.make_image(
        image_factory=styled.StyledPilImage,
        module_drawer=drawers.RoundedModuleDrawer(),
        color_mask=masks.HorizontalGradiantColorMask((255, 255, 255), (91, 42, 134), (11, 61, 145)),
        embedded_image=Image.open(BytesIO(_logo())),
        embedded_image_ratio=_LOGO_PERCENT / 100,
    )
    out = BytesIO()
    picture.save(out)
    return out.getvalue()
