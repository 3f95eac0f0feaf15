"""Which decoders read which styles: ``make readers``, or with ``--help`` by ``.venv-readers/bin/python``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Take the layer of this checkout, or of another one, and run the command."""
    layer = ROOT / "layers" / "qr_engine"
    if "--layer" in sys.argv[1:-1]:
        layer = Path(sys.argv[sys.argv.index("--layer") + 1]).resolve()
    sys.path[:0] = [str(layer), str(ROOT)]
    from scripts.readers.command import run

    run(sys.argv[1:], ROOT)


if __name__ == "__main__":
    main()
