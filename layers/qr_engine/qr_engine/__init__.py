"""QR Engine: QR codes drawn once, checked, and served from a distributed cache."""

import sys

# msgspec imports a few names from typing_extensions if it is installed, else the same names from typing. Powertools
# installs it, and its import takes 13 ms of each cold start, most of them for `inspect` and `ast`.
if "typing_extensions" not in sys.modules:
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401 - loaded for every module of the engine
    finally:
        del sys.modules["typing_extensions"]

__all__ = ["RENDERER_VERSION", "__version__"]

__version__ = "1.0.0"

RENDERER_VERSION = 17
"""Part of every cache key: raised whenever the same request would give other bytes than before."""
