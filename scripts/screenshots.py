"""Take the screenshots of the page that README shows: ``python scripts/screenshots.py``, with Chromium installed."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "page"

_STYLED = (
    "data=https://example.com/menu&data_pattern=extra_rounded&eye_shape=rounded_square"
    "&gradient.type=linear&gradient.colors=0b1033&gradient.colors=3b0764&gradient.angle=45&frame.style=rounded"
    "&frame.text=SCAN ME"
)
_FAINT = "data=https://example.com&data_pattern=dots&colors.foreground=8888ff"

SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "light.png": (_STYLED, {"viewport": {"width": 1440, "height": 960}, "color_scheme": "light"}),
    "dark.png": (_STYLED, {"viewport": {"width": 1440, "height": 960}, "color_scheme": "dark"}),
    "phone.png": (
        _STYLED,
        {"viewport": {"width": 360, "height": 780}, "color_scheme": "light", "device_scale_factor": 2},
    ),
    "mend.png": (_FAINT, {"viewport": {"width": 800, "height": 960}, "color_scheme": "light"}),
}
"""Each file, the request in the page's address, and the window."""

_COLORS = 256  # enough for a page, a third of the bytes


def main() -> None:
    """Take every screenshot."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve() as url:
        for name, body in take(url):
            (FOLDER / name).write_bytes(body)
            print(f"Wrote {(FOLDER / name).relative_to(ROOT)}.")


@contextmanager
def serve() -> Iterator[str]:
    """Run the local API on a port that is free, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in server.stdout or ():
            if "curl" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def take(url: str) -> Iterator[tuple[str, bytes]]:
    """Take each screenshot once the code and its verdict are there."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or sys.exit("chromium is missing: install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, (query, window) in SHOTS.items():
            page = browser.new_page(**window, reduced_motion="reduce")
            page.goto(f"{url}/#{query}")
            page.wait_for_selector("#stage[aria-busy=false] img")
            # How long the first drawing takes on this computer is of no interest to others.
            page.reload()
            page.wait_for_selector("#stage[aria-busy=false] img")
            page.wait_for_selector("#verdict .headline")
            page.wait_for_load_state("networkidle")
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COLORS, dither=Image.Dither.NONE)
            page.close()
            body = io.BytesIO()
            shot.save(body, "png", optimize=True)
            yield name, body.getvalue()
        browser.close()


if __name__ == "__main__":
    main()
