"""Write what the renderer draws now into tests/golden: ``make golden``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "api.md"

sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main() -> None:
    """Replace the golden files, and the keys in the reference; refuse a changed picture without a raised version."""
    from scripts.golden_pictures import (
        BYTES,
        PICTURES,
        Bytes,
        Pictures,
        conditions,
        draw_all,
        pinned_versions,
        read_pictures,
        refusal,
        renew_keys,
    )

    from qr_engine import RENDERER_VERSION
    from qr_engine.scan import SCORE_VERSION

    here = conditions()
    if not pinned_versions().items() <= here.items():
        sys.exit(f"Install what the layer's lock pins before drawing golden pictures: {pinned_versions()}.")
    results = draw_all()
    lines = {name: picture.line for name, picture in results.items()}
    pictures = Pictures(RENDERER_VERSION, lines, SCORE_VERSION)
    written = Bytes(RENDERER_VERSION, here, {name: picture.bytes for name, picture in results.items() if picture.bytes})
    if reason := refusal(pictures, written):
        sys.exit(reason)
    if PICTURES.exists():
        before = read_pictures(PICTURES.read_bytes()).renderer_version
        REFERENCE.write_text(renew_keys(REFERENCE.read_text("utf-8"), before, RENDERER_VERSION), "utf-8")
    PICTURES.write_text(pictures.printed(), "utf-8")
    BYTES.write_text(written.printed(), "utf-8")
    print(f"Wrote {len(results)} pictures of renderer version {RENDERER_VERSION}.")


if __name__ == "__main__":
    main()
