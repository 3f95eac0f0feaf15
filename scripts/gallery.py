"""Draw contact sheets of every option of a styled code: ``python scripts/gallery.py [folder] [pixels of a code]``.

One sheet for each kind of option, drawn by the project's own PNG renderer; look at them after any change of a shape.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "layers" / "qr_engine"), str(ROOT)]


def main(folder: str = "gallery", side: str = "310") -> None:
    """Draw every sheet into `folder`."""
    from scripts.contact_sheets.effects import compose_with_effects
    from scripts.contact_sheets.layout import sheet
    from scripts.contact_sheets.logos import compose_with_logos
    from scripts.contact_sheets.options import SHEETS, compose_styles

    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    sheets = {name: compose_styles(styles, int(side)) for name, styles in SHEETS.items()}
    for name, codes in {
        **sheets,
        "effects": compose_with_effects(int(side)),
        "logos": compose_with_logos(int(side)),
    }.items():
        sheet(codes, int(side)).save(target / f"{name}.png", optimize=True)
        print(f"Drew {target / name}.png: {len(codes)} codes.")


if __name__ == "__main__":
    main(*sys.argv[1:3])
