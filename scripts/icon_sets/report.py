"""SVG logos of whole icon sets: what is drawn, what is refused and why, and how far that is from Chromium.

A picture is compared at 96 pixels, on white, by the mean difference of its channels.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from base64 import b64encode
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import resvg_py
from PIL import Image, ImageChops, ImageStat

from qr_engine.errors import InvalidRequest
from qr_engine.logo import Logo, read_logo

__all__ = ["report"]

SIDE = 96
COLUMNS = 10
# Of a page, which Chromium draws in one piece.
ROWS = 40
# Of 255: what antialiasing comes to in a picture of many edges.
FAR = 6.0


class Tried(NamedTuple):
    """A file, and what has become of it: the logo, or why it was refused; and how far it is from Chromium."""

    path: Path
    logo: Logo | None
    reason: str
    seconds: float


def report(sets: dict[str, Path], every: int) -> None:
    """Print a table of the sets, trying one file of `every`, the reasons for refusals, and what differs most."""
    print("| set | files | drawn | mean difference | largest | beyond antialiasing | CPU ms, median | most |")
    print("|---|---|---|---|---|---|---|---|")
    refused: Counter[str] = Counter()
    differing: list[tuple[float, Path]] = []
    for name, folder in sets.items():
        tried = [attempt(path) for path in sorted(folder.rglob("*.svg"))[::every]]
        drawn = [each for each in tried if each.logo]
        refused.update(f"{name}: {each.reason}" for each in tried if not each.logo)
        found = compare([(each.path, each.logo) for each in drawn if each.logo])
        differing += found
        far = [difference for difference, _ in found]
        times = sorted(1000 * each.seconds for each in tried)
        print(
            f"| {name} | {len(tried)} | {len(drawn)} ({len(drawn) / len(tried):.1%}) | {sum(far) / len(far):.2f} "
            f"| {max(far):.2f} | {sum(each > FAR for each in far)} | {times[len(times) // 2]:.1f} | {times[-1]:.0f} |"
        )
    for reason, count in refused.most_common():
        print(f"\n- {count} × {reason}", end="")
    print("\n\nFarthest from Chromium:")
    for difference, path in sorted(differing, reverse=True)[:10]:
        print(f"- {difference:.2f} {path.parent.name}/{path.name}")


def attempt(path: Path) -> Tried:
    """Read one file as a logo."""
    body = b64encode(path.read_bytes()).decode()
    began = time.process_time()
    try:
        logo, reason = read_logo(body), ""
    except InvalidRequest as refusal:
        logo, reason = None, refusal.issues[0].message
    return Tried(path, logo, reason, time.process_time() - began)


def compare(drawn: list[tuple[Path, Logo]]) -> list[tuple[float, Path]]:
    """How far each logo is from what Chromium makes of the file, page by page."""
    found = []
    for start in range(0, len(drawn), COLUMNS * ROWS):
        page = drawn[start : start + COLUMNS * ROWS]
        screen = browse([path for path, _ in page])
        for index, (path, logo) in enumerate(page):
            left, top = index % COLUMNS * SIDE, index // COLUMNS * SIDE
            theirs = screen.crop((left, top, left + SIDE, top + SIDE))
            difference = ImageChops.difference(on_white(logo), theirs)
            found.append((sum(ImageStat.Stat(difference).mean) / 3, path))
    return found


def on_white(logo: Logo) -> Image.Image:
    """Return the logo as the renderer draws it, in the middle of a white square."""
    longer = max(logo.width, logo.height)
    across, down = (max(1, round(SIDE * side / longer)) for side in (logo.width, logo.height))
    sized = logo.body.decode().replace("<svg ", f'<svg width="{across}" height="{down}" ', 1)
    paper = Image.new("RGBA", (SIDE, SIDE), "white")
    with Image.open(BytesIO(resvg_py.svg_to_bytes(svg_string=sized, skip_system_fonts=True))) as image:
        paper.alpha_composite(image.convert("RGBA"), ((SIDE - across) // 2, (SIDE - down) // 2))
    return paper.convert("RGB")


def browse(paths: list[Path]) -> Image.Image:
    """Draw the files on one page, as Chromium draws them."""
    images = [
        f"<img style='left:{index % COLUMNS * SIDE}px;top:{index // COLUMNS * SIDE}px' src='{path.resolve().as_uri()}'>"
        for index, path in enumerate(paths)
    ]
    style = f"body{{margin:0}}img{{position:absolute;width:{SIDE}px;height:{SIDE}px;object-fit:contain}}"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(images)}", "utf-8")
        size = f"--window-size={COLUMNS * SIDE},{(-(-len(paths) // COLUMNS)) * SIDE + 200}"
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files"]
        places = [f"--user-data-dir={folder}/profile", f"--screenshot={folder}/shot.png", page.as_uri()]
        subprocess.run(["chromium", *options, size, *places], check=True, capture_output=True, timeout=300)
        with Image.open(Path(folder) / "shot.png") as image:
            return image.convert("RGB")
