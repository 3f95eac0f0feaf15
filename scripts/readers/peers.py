"""The same looks as other generators draw them: qr-code-styling of npm and python-qrcode of PyPI."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any, Final

from PIL import Image

from .drawing import on_white
from .npm import npm_folder

__all__ = ["NPM", "PYTHON", "draw_npm", "draw_python", "peer_versions"]

NPM: Final = "qr-code-styling"
PYTHON: Final = "python-qrcode"

_MARGIN: Final = 4

_NPM_PATTERNS: Final = {
    "square": "square",
    "dots": "dots",
    "rounded": "rounded",
    "extra_rounded": "extra-rounded",
    "classy": "classy",
    "classy_rounded": "classy-rounded",
}
_NPM_EYES: Final = {
    "square": ("square", "square"),
    "circle": ("dot", "dot"),
    "rounded_square": ("extra-rounded", "square"),
    "dot": ("dots", "dot"),
}
"""By our name: the types of the ring and of its centre."""

_PYTHON_PATTERNS: Final = {
    "square": "SquareModuleDrawer",
    "mosaic": "GappedSquareModuleDrawer",
    "dots": "CircleModuleDrawer",
    "rounded": "RoundedModuleDrawer",
    "vertical": "VerticalBarsDrawer",
    "horizontal": "HorizontalBarsDrawer",
}
_PYTHON_EYES: Final = {"square": "SquareModuleDrawer", "rounded_square": "RoundedModuleDrawer"}


def draw_npm(text: str, *, size: int, modules: int) -> dict[str, Image.Image]:
    """Return qr-code-styling's codes at level Q, by our names of pattern and eye.

    Raises
    ------
    OSError
        Node, or a package of npm, is missing.
    """
    import resvg_py

    node = shutil.which("node")
    if node is None:
        raise OSError("node is not on PATH")
    script = shutil.copy(Path(__file__).with_name("npm_codes.mjs"), npm_folder())
    names = list(product(_NPM_PATTERNS, _NPM_EYES))
    common: dict[str, Any] = {"text": text, "size": size, "modules": modules, "margin": _MARGIN}
    requests = [
        {**common, "dots": _NPM_PATTERNS[pattern], "cornersSquare": ring, "cornersDot": center}
        for pattern, eye in names
        for ring, center in [_NPM_EYES[eye]]
    ]
    run = subprocess.run([node, str(script)], input=json.dumps(requests), capture_output=True, text=True, check=False)
    if run.returncode:
        raise OSError(run.stderr.strip().splitlines()[-1])
    pictures = {}
    for (pattern, eye), svg in zip(names, json.loads(run.stdout), strict=True):
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size))
        pictures[f"{pattern} + {eye}"] = on_white(Image.open(io.BytesIO(png)))
    return pictures


def draw_python(text: str, *, size: int, modules: int) -> dict[str, Image.Image]:
    """Return python-qrcode's codes at level Q, by our names of pattern and eye."""
    import qrcode
    from qrcode.image.styledpil import StyledPilImage
    from qrcode.image.styles.moduledrawers import pil

    code = qrcode.QRCode(
        version=(modules - 17) // 4, error_correction=qrcode.constants.ERROR_CORRECT_Q, box_size=16, border=_MARGIN
    )
    code.add_data(text)
    code.make(fit=False)
    pictures = {}
    for (pattern, drawer), (eye, eye_drawer) in product(_PYTHON_PATTERNS.items(), _PYTHON_EYES.items()):
        image = code.make_image(
            StyledPilImage, module_drawer=getattr(pil, drawer)(), eye_drawer=getattr(pil, eye_drawer)()
        )
        pictures[f"{pattern} + {eye}"] = on_white(image.get_image()).resize((size, size), Image.Resampling.LANCZOS)
    return pictures


def peer_versions() -> dict[str, str]:
    """Return the versions of both."""
    about = npm_folder() / "node_modules" / NPM / "package.json"
    return {NPM: json.loads(about.read_text("utf-8"))["version"], PYTHON: version("qrcode")}
